//! The word lists of the draft, and what they say of sentences.

use super::find::{Phrase, Section, Sentence};
use super::{Act, Aim};
use crate::lexicon::{Field, Reader};
use raison_core::{FileId, Problems};

static SHIPPED: &str = include_str!("../../../../library/lexicon/doctrine.toml");

type List = Vec<(String, Vec<Phrase>)>;

/// Phrases by what they stand for, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    announced: List,
    kinds: List,
    bars: List,
    conditions: List,
    necessities: List,
    aims: List,
}

impl Rules {
    /// The shipped lists.
    pub fn shipped() -> Self {
        let mut rules = Self::default();
        let mut problems = Problems::new();
        rules.extend(FileId(0), SHIPPED, &mut problems);
        debug_assert!(problems.is_empty(), "{problems:?}");
        rules
    }

    /// Reads a file of the same form over the lists; an entry given there replaces the one
    /// that is there.
    pub fn extend(&mut self, file: FileId, text: &str, problems: &mut Problems) {
        let Some(table) = Reader::parse(file, text, problems) else {
            return;
        };
        let keys = [
            "kind",
            "announced",
            "kinds",
            "bars",
            "conditions",
            "necessities",
            "aims",
        ];
        for section in table.fields(&keys, problems) {
            let list = match section.key {
                "announced" => &mut self.announced,
                "kinds" => &mut self.kinds,
                "bars" => &mut self.bars,
                "conditions" => &mut self.conditions,
                "necessities" => &mut self.necessities,
                "aims" => &mut self.aims,
                _ => continue,
            };
            for entry in section.open_table(problems) {
                replace(list, &entry, problems);
            }
        }
    }

    /// Whether a noun announces: `Some(true)` principles, `Some(false)` pillars.
    pub(super) fn announces(&self, word: &str) -> Option<bool> {
        let words = [word.to_string()];
        let (key, _) = first(&self.announced, &words)?;
        Some(key == "principles")
    }

    /// What the sentences about a principle make of it, or why they do not settle it.
    pub(super) fn act(&self, sentences: &[&Sentence]) -> Result<Act, String> {
        let score = |key: &str| {
            let phrases = self.kinds.iter().find(|(k, _)| k == key).map(|(_, p)| p);
            let found = |p: &&Phrase| sentences.iter().any(|s| p.is_in(&s.words));
            phrases.map_or(0, |list| list.iter().filter(found).count())
        };
        let scores = [
            ("bar", score("bar")),
            ("weigh", score("weigh")),
            ("release", score("release")),
        ];
        let best = scores
            .iter()
            .max_by_key(|(_, n)| *n)
            .filter(|(_, n)| *n > 0);
        let Some((kind, most)) = best else {
            return Err("no word tells whether it bars, weighs or releases".to_string());
        };
        if scores.iter().filter(|(_, n)| n == most).count() > 1 {
            return Err("its words fit more than one kind (bar, weigh, release)".to_string());
        }
        match *kind {
            "bar" => self.bar(sentences),
            "weigh" => Ok(Act::Weigh),
            _ => self.release(sentences),
        }
    }

    fn bar(&self, sentences: &[&Sentence]) -> Result<Act, String> {
        let tags = all(&self.bars, sentences);
        if tags.is_empty() {
            return Err("what it bars could not be told in tags of alternatives".to_string());
        }
        let tag = |t: &String| format!("\"{t}\" in alternative.tags");
        let tags: Vec<String> = tags.iter().map(tag).collect();
        let mut when = tags.join(" || ");
        let conditions = all(&self.conditions, sentences);
        if !conditions.is_empty() {
            if tags.len() > 1 {
                when = format!("({when})");
            }
            when = format!("{when} && {}", conditions.join(" && "));
        }
        Ok(Act::Bar(when))
    }

    fn release(&self, sentences: &[&Sentence]) -> Result<Act, String> {
        let necessities = all(&self.necessities, sentences);
        match necessities.is_empty() {
            true => Err("the necessity that it names could not be told".to_string()),
            false => Ok(Act::Release(Vec::new(), necessities.join(" || "))),
        }
    }

    /// The aims that a section's words support; each once, with its first sentence. An aim
    /// at a layer makes the same aim without layer superfluous.
    pub(super) fn aims(&self, section: &Section) -> Vec<Aim> {
        let mut out: Vec<Aim> = Vec::new();
        for (key, phrases) in &self.aims {
            let Some((measure, direction)) = key.split_once(' ') else {
                continue;
            };
            let (measure, layer) = match measure.split_once('.') {
                Some((m, l)) => (m, Some(l.to_string())),
                None => (measure, None),
            };
            let hit = section.sentences.iter().find_map(|s| {
                let phrase = phrases.iter().find(|p| p.is_in(&s.words))?;
                Some((s, phrase))
            });
            if let Some((sentence, phrase)) = hit {
                out.push(Aim {
                    measure: measure.to_string(),
                    layer,
                    direction: direction.trim().to_string(),
                    support: sentence.support(),
                    word: phrase.text.clone(),
                });
            }
        }
        let layered: Vec<String> = out
            .iter()
            .filter(|a| a.layer.is_some())
            .map(|a| a.measure.clone())
            .collect();
        out.retain(|a| a.layer.is_some() || !layered.contains(&a.measure));
        out
    }
}

fn replace(list: &mut List, entry: &Field<'_>, problems: &mut Problems) {
    let words = entry.words(|c| c == ',' || c == '\n', problems);
    let phrases = words.iter().map(|(w, _)| Phrase::new(w)).collect();
    match list.iter_mut().find(|(k, _)| k == entry.key) {
        Some((_, old)) => *old = phrases,
        None => list.push((entry.key.to_string(), phrases)),
    }
}

fn first<'a>(list: &'a List, words: &[String]) -> Option<(&'a str, &'a Phrase)> {
    list.iter()
        .find_map(|(key, phrases)| Some((key.as_str(), phrases.iter().find(|p| p.is_in(words))?)))
}

/// Every entry that stands in any of the sentences, in the order of the list.
fn all(list: &List, sentences: &[&Sentence]) -> Vec<String> {
    let stands = |phrases: &[Phrase]| {
        let there = |p: &Phrase| sentences.iter().any(|s| p.is_in(&s.words));
        phrases.iter().any(there)
    };
    list.iter()
        .filter(|(_, phrases)| stands(phrases))
        .map(|(key, _)| key.clone())
        .collect()
}
