//! From a word form to its lemma and its place in the scheme.

use super::inflect::{Form, Irregular};
use crate::tag::{Identity, Tag};
use crate::token::word_hash;
use crate::vics::Act;
use std::collections::{BTreeMap, HashMap};

type ByHash<T> = HashMap<u64, T, std::hash::BuildHasherDefault<Identity>>;

/// A verb's number in the lexicon's list of lemmas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lemma(pub u32);

/// One reading of a word form.
#[derive(Clone, Copy, Debug)]
struct Reading {
    lemma: Lemma,
    form: Form,
}

/// Verbs by their forms.
#[derive(Clone, Debug, Default)]
pub struct Verbs {
    lemmas: Vec<String>,
    acts: Vec<Option<Act>>,
    readings: ByHash<Vec<Reading>>,
    phrases: ByHash<Option<Act>>,
    /// Lemmas with at least one phrase.
    phrased: Vec<bool>,
}

impl Verbs {
    /// Builds the table from base forms and `verb particle` phrases.
    pub fn new(
        entries: &BTreeMap<String, Option<Act>>,
        phrases: &BTreeMap<(String, String), Option<Act>>,
        irregular: &Irregular,
    ) -> Self {
        let mut out = Self::default();
        let mut all: BTreeMap<&str, Option<Act>> = BTreeMap::new();
        all.extend(irregular.bases().map(|b| (b, None)));
        all.extend(phrases.keys().map(|(verb, _)| (verb.as_str(), None)));
        all.extend(entries.iter().map(|(w, a)| (w.as_str(), *a)));
        for (base, act) in all {
            out.add(base, act, irregular);
        }
        for ((verb, particle), act) in phrases {
            if let Some(lemma) = out.lemma(verb, Tag::VB) {
                out.phrased[lemma.0 as usize] = true;
                out.phrases
                    .insert(phrase_hash(lemma, word_hash(particle)), *act);
            }
        }
        out
    }

    fn add(&mut self, base: &str, act: Option<Act>, irregular: &Irregular) {
        let lemma = Lemma(self.lemmas.len() as u32);
        self.lemmas.push(base.to_string());
        self.acts.push(act);
        self.phrased.push(false);
        for (word, form) in irregular.forms(base) {
            let list = self.readings.entry(word_hash(&word)).or_default();
            list.push(Reading { lemma, form });
        }
    }

    /// The lemma of a word form, by its letters and its tag.
    pub fn lemma(&self, word: &str, tag: Tag) -> Option<Lemma> {
        self.lemma_of(word_hash(word), tag)
    }

    /// The same by [`word_hash`]: the reading whose form fits the tag, else a coded one, else any.
    pub fn lemma_of(&self, hash: u64, tag: Tag) -> Option<Lemma> {
        let list = self.readings.get(&hash)?;
        let wanted = match tag {
            Tag::VBZ => Form::Third,
            Tag::VBD => Form::Past,
            Tag::VBN => Form::Participle,
            Tag::VBG => Form::Ing,
            _ => Form::Base,
        };
        let fits = list.iter().find(|r| r.form == wanted);
        let coded = || list.iter().find(|r| self.act(r.lemma).is_some());
        fits.or_else(coded)
            .or_else(|| list.first())
            .map(|r| r.lemma)
    }

    /// The lemma's letters.
    pub fn name(&self, lemma: Lemma) -> &str {
        self.lemmas.get(lemma.0 as usize).map_or("", String::as_str)
    }

    /// The act that a bare verb stands for; `None` if it is not coded.
    pub fn act(&self, lemma: Lemma) -> Option<Act> {
        self.acts.get(lemma.0 as usize).copied().flatten()
    }

    /// Whether any phrase begins with the lemma.
    pub fn has_phrases(&self, lemma: Lemma) -> bool {
        self.phrased.get(lemma.0 as usize) == Some(&true)
    }

    /// The entry of a phrase: `Some(None)` is a phrase that is expressly not coded.
    pub fn phrase(&self, lemma: Lemma, particle: u64) -> Option<Option<Act>> {
        self.phrases.get(&phrase_hash(lemma, particle)).copied()
    }

    /// Every coded verb with its act, in alphabetical order.
    pub fn coded(&self) -> impl Iterator<Item = (&str, Act)> {
        let pairs = self.lemmas.iter().zip(&self.acts);
        pairs.filter_map(|(l, a)| Some((l.as_str(), (*a)?)))
    }
}

fn phrase_hash(lemma: Lemma, particle: u64) -> u64 {
    (particle ^ (u64::from(lemma.0) << 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
