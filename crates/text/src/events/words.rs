//! The word lists of the event reader.

use crate::clause::Sentence;
use crate::lexicon::{Lexicon, Reader};
use raison_core::{FileId, Problems};
use std::collections::BTreeMap;

static SHIPPED: &str = include_str!("../../../../library/lexicon/events.toml");

/// Verbs and nouns by category.
#[derive(Clone, Debug, Default)]
pub struct EventWords {
    verbs: BTreeMap<String, String>,
    nouns: BTreeMap<String, String>,
}

const CATEGORIES: [&str; 15] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "YIELD",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];

impl EventWords {
    /// The shipped lists.
    pub fn shipped() -> Self {
        let mut words = Self::default();
        let mut problems = Problems::new();
        words.extend(FileId(0), SHIPPED, &mut problems);
        debug_assert!(problems.is_empty(), "{problems:?}");
        words
    }

    /// Reads a file of the same form over the lists; a word listed twice goes with the later
    /// category.
    pub fn extend(&mut self, file: FileId, text: &str, problems: &mut Problems) {
        let Some(table) = Reader::parse(file, text, problems) else {
            return;
        };
        for section in table.fields(&["kind", "verbs", "nouns"], problems) {
            if section.key == "kind" {
                continue;
            }
            let verbs = section.key == "verbs";
            for list in section.table(&CATEGORIES, problems) {
                let separator = |c: char| {
                    if verbs {
                        c.is_whitespace()
                    } else {
                        c == ',' || c == '\n'
                    }
                };
                for (word, _) in list.words(separator, problems) {
                    let map = if verbs {
                        &mut self.verbs
                    } else {
                        &mut self.nouns
                    };
                    map.insert(word, list.key.to_string());
                }
            }
        }
    }

    /// A lexicon of verb forms that knows all event verbs.
    pub fn lexicon(&self) -> Lexicon {
        let mut lexicon = Lexicon::shipped();
        for verb in self.verbs.keys() {
            lexicon.verbs.entry(verb.clone()).or_insert(None);
        }
        lexicon
    }

    pub(super) fn verb(&self, base: &str) -> Option<&str> {
        self.verbs.get(base).map(String::as_str)
    }

    /// The category of a noun at a token, and its width; a token tagged as a verb is none.
    pub(super) fn noun(&self, s: &Sentence<'_>, at: usize) -> Option<(&str, usize)> {
        if !s.tag(at).is_noun() && s.tag(at) != crate::tag::Tag::JJ {
            return None;
        }
        let word = s.word(at).to_lowercase();
        let pair = format!("{word} {}", s.word(at + 1).to_lowercase());
        if let Some(category) = self.nouns.get(&pair) {
            return Some((category, 2));
        }
        let known = self.nouns.get(&word).filter(|_| s.tag(at).is_noun());
        known.map(|c| (c.as_str(), 1))
    }
}
