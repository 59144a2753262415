//! The word lists, compiled for look-up.

use crate::lexicon::{Field, Lemma, Reader, Verbs};
use crate::tag::{Identity, Tag};
use crate::token::{Tokens, word_hash};
use raison_core::{FileId, Problems};
use std::collections::HashMap;

static SHIPPED: &str = include_str!("../../../../library/lexicon/traits.toml");

/// What a word or phrase is a mark of; bits.
pub type Marks = u16;
pub(super) const CC_HIGH: Marks = 1;
pub(super) const CC_LOW: Marks = 1 << 1;
pub(super) const TASK_HIGH: Marks = 1 << 2;
pub(super) const TASK_LOW: Marks = 1 << 3;
pub(super) const IGB_HIGH: Marks = 1 << 4;
pub(super) const DIS_HIGH: Marks = 1 << 5;
pub(super) const OWN_GROUP: Marks = 1 << 6;
pub(super) const OTHER_GROUP: Marks = 1 << 7;
pub(super) const INITIATIVE: Marks = 1 << 8;
pub(super) const NO_INITIATIVE: Marks = 1 << 9;
pub(super) const POWER: Marks = 1 << 10;
const VERBS: Marks = INITIATIVE | NO_INITIATIVE | POWER;

type ByHash<T> = HashMap<u64, T, std::hash::BuildHasherDefault<Identity>>;

/// Word lists of all traits.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    words: ByHash<Marks>,
    phrases: ByHash<Vec<(Vec<u64>, Marks)>>,
    /// Base forms of verbs in the lists of verbs.
    verbs: Vec<(String, Marks)>,
    lemmas: Vec<Marks>,
}

const SECTIONS: [(&str, &str, Marks); 12] = [
    ("complexity", "high", CC_HIGH),
    ("complexity", "low", CC_LOW),
    ("task", "high", TASK_HIGH),
    ("task", "low", TASK_LOW),
    ("initiative", "high", INITIATIVE),
    ("initiative", "low", NO_INITIATIVE),
    ("power", "high", POWER),
    ("ingroup", "high", IGB_HIGH),
    ("ingroup", "group", OWN_GROUP),
    ("distrust", "high", DIS_HIGH),
    ("distrust", "group", OTHER_GROUP),
    ("title", "", 0),
];

impl Lists {
    /// The shipped lists, for the verbs of a lexicon.
    pub fn shipped(verbs: &Verbs) -> Self {
        let mut lists = Self::default();
        let mut problems = Problems::new();
        lists.extend(FileId(0), SHIPPED, &mut problems);
        debug_assert!(problems.is_empty(), "{problems:?}");
        lists.bind(verbs);
        lists
    }

    /// Adds the lists of a file; a list given there replaces the list that is there.
    pub fn extend(&mut self, file: FileId, text: &str, problems: &mut Problems) {
        let Some(table) = Reader::parse(file, text, problems) else {
            return;
        };
        let mut keys: Vec<&str> = SECTIONS.iter().map(|s| s.0).collect();
        keys.push("kind");
        for section in table.fields(&keys, problems) {
            if matches!(section.key, "kind" | "title") {
                continue;
            }
            let lists: Vec<&str> = SECTIONS
                .iter()
                .filter(|s| s.0 == section.key)
                .map(|s| s.1)
                .collect();
            for list in section.table(&lists, problems) {
                let found = SECTIONS
                    .iter()
                    .find(|s| s.0 == section.key && s.1 == list.key);
                if let Some((_, _, mark)) = found {
                    self.replace(&list, *mark, problems);
                }
            }
        }
    }

    fn replace(&mut self, list: &Field<'_>, mark: Marks, problems: &mut Problems) {
        self.words.values_mut().for_each(|m| *m &= !mark);
        self.phrases
            .values_mut()
            .flatten()
            .for_each(|(_, m)| *m &= !mark);
        self.verbs.iter_mut().for_each(|(_, m)| *m &= !mark);
        for (entry, _) in list.words(|c| c == ',' || c == '\n', problems) {
            self.add(&entry, mark);
        }
    }

    fn add(&mut self, entry: &str, mark: Marks) {
        if mark & VERBS != 0 {
            self.verbs.push((entry.to_string(), mark));
            return;
        }
        let mut tokens = Tokens::default();
        tokens.read(entry);
        let hashes: Vec<u64> = tokens.list.iter().map(|t| t.hash).collect();
        match hashes[..] {
            [] => {}
            [one] => *self.words.entry(one).or_default() |= mark,
            [first, ..] => self
                .phrases
                .entry(first)
                .or_default()
                .push((hashes[1..].to_vec(), mark)),
        }
    }

    /// Prepares the lists of verbs for a lexicon; call it again after [`Lists::extend`].
    pub fn bind(&mut self, verbs: &Verbs) {
        self.lemmas.clear();
        for (word, mark) in &self.verbs {
            if let Some(Lemma(at)) = verbs.lemma(word, Tag::VB) {
                let at = at as usize;
                if self.lemmas.len() <= at {
                    self.lemmas.resize(at + 1, 0);
                }
                self.lemmas[at] |= mark;
            }
        }
    }

    /// Marks of the word or phrase at a token, and how many tokens it takes.
    pub(super) fn at(&self, tokens: &[crate::token::Token], at: usize) -> (Marks, usize) {
        let Some(token) = tokens.get(at) else {
            return (0, 1);
        };
        if let Some(list) = self.phrases.get(&token.hash) {
            for (rest, marks) in list {
                let there = tokens.get(at + 1..at + 1 + rest.len());
                if there.is_some_and(|t| t.iter().map(|t| t.hash).eq(rest.iter().copied())) {
                    return (*marks, 1 + rest.len());
                }
            }
        }
        (self.words.get(&token.hash).copied().unwrap_or(0), 1)
    }

    /// Marks of a verb.
    pub(super) fn verb(&self, lemma: Lemma) -> Marks {
        self.lemmas.get(lemma.0 as usize).copied().unwrap_or(0)
    }

    /// Base forms in the lists of verbs.
    pub fn verb_bases(&self) -> impl Iterator<Item = &str> {
        self.verbs.iter().map(|(w, _)| w.as_str())
    }

    /// The hash of `word`, for callers that test membership.
    pub fn knows(&self, word: &str) -> bool {
        self.words.contains_key(&word_hash(word))
    }
}
