//! States and organisations by the names, peoples, seats and leaders that texts use.

use crate::lexicon::Reader;
use crate::tag::Identity;
use crate::token::{Kind, Token, Tokens, word_hash};
use raison_core::{Code, Diagnostic, FileId, Problems, Span};
use std::collections::{BTreeMap, HashMap};

static SHIPPED: &str = include_str!("../../../library/lexicon/states.toml");

/// What kind of name a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// `Iran`
    Name,
    /// `Iranian`, `Iranians`
    People,
    /// `Tehran`
    Seat,
    /// `Khamenei`
    Leader,
}

/// An actor's number in [`Names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Actor(pub u16);

/// A name found in a text; token numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// First token.
    pub from: usize,
    /// One past the last token.
    pub to: usize,
    /// Whose name.
    pub actor: Actor,
    /// What kind of name.
    pub kind: NameKind,
}

#[derive(Clone, Debug)]
struct Entry {
    words: Vec<String>,
    actor: Actor,
    kind: NameKind,
}

type First = HashMap<u64, Vec<Entry>, std::hash::BuildHasherDefault<Identity>>;

/// The table of names.
#[derive(Clone, Debug, Default)]
pub struct Names {
    codes: Vec<(String, String)>,
    states: usize,
    first: First,
}

const KINDS: [(&str, NameKind); 4] = [
    ("names", NameKind::Name),
    ("people", NameKind::People),
    ("seats", NameKind::Seat),
    ("leaders", NameKind::Leader),
];

impl Names {
    /// The shipped table.
    pub fn shipped() -> Self {
        let mut names = Self::default();
        let mut problems = Problems::new();
        names.extend(FileId(0), SHIPPED, &mut problems);
        debug_assert!(problems.is_empty(), "{problems:?}");
        names
    }

    /// Adds a table of the same form; entries for a known code are added to it.
    pub fn extend(&mut self, file: FileId, text: &str, problems: &mut Problems) {
        let Some(table) = Reader::parse(file, text, problems) else {
            return;
        };
        for section in table.fields(&["kind", "states", "organisations"], problems) {
            if section.key == "kind" {
                continue;
            }
            for actor in section.open_table(problems) {
                let id = self.code(actor.key);
                for list in actor.table(&KINDS.map(|(k, _)| k), problems) {
                    let kind = KINDS.iter().find(|(k, _)| *k == list.key);
                    let kind = kind.map_or(NameKind::Name, |(_, k)| *k);
                    let text = list.string(problems).unwrap_or_default();
                    text.split(';').for_each(|n| self.add(n.trim(), id, kind));
                }
            }
            if section.key == "states" {
                self.states = self.codes.len();
            }
        }
        let order = |e: &Entry| std::cmp::Reverse(e.words.len());
        self.first.values_mut().for_each(|l| l.sort_by_key(order));
    }

    fn code(&mut self, code: &str) -> Actor {
        let found = self.codes.iter().position(|(c, _)| c == code);
        let at = found.unwrap_or_else(|| {
            self.codes.push((code.to_string(), String::new()));
            self.codes.len() - 1
        });
        Actor(at as u16)
    }

    fn add(&mut self, name: &str, actor: Actor, kind: NameKind) {
        let mut tokens = Tokens::default();
        tokens.read(name);
        let words: Vec<String> = tokens
            .list
            .iter()
            .map(|t| t.text(name).to_string())
            .collect();
        let Some(first) = words.first() else { return };
        let entry = self.codes.get_mut(actor.0 as usize);
        if let Some((_, shown)) = entry.filter(|(_, s)| s.is_empty()) {
            *shown = name.to_string();
        }
        let entry = Entry {
            words: words.clone(),
            actor,
            kind,
        };
        self.first.entry(word_hash(first)).or_default().push(entry);
    }

    /// The code, such as `IRN`.
    pub fn code_of(&self, actor: Actor) -> &str {
        self.codes.get(actor.0 as usize).map_or("", |(c, _)| c)
    }

    /// The first name listed, such as `Iran`.
    pub fn name_of(&self, actor: Actor) -> &str {
        self.codes.get(actor.0 as usize).map_or("", |(_, n)| n)
    }

    /// The actor of that code or name.
    pub fn find(&self, code_or_name: &str) -> Option<Actor> {
        let by_code = self.codes.iter().position(|(c, _)| c == code_or_name);
        if let Some(at) = by_code {
            return Some(Actor(at as u16));
        }
        let mut tokens = Tokens::default();
        tokens.read(code_or_name);
        let mention = self.at(code_or_name, &tokens.list, 0)?;
        (mention.to == tokens.list.len()).then_some(mention.actor)
    }

    /// As [`Names::find`], with a diagnostic that suggests near names.
    pub fn resolve(&self, wanted: &str) -> Result<Actor, Diagnostic> {
        self.find(wanted).ok_or_else(|| {
            let names = self.codes.iter().flat_map(|(c, n)| [c, n]);
            let near = names
                .map(|n| (strsim::jaro_winkler(n, wanted), n))
                .max_by(|a, b| a.0.total_cmp(&b.0))
                .filter(|(score, _)| *score > 0.8);
            Diagnostic::error(Code("R4006"), format!("no state is called `{wanted}`"))
                .help_if(near.map(|(_, n)| format!("did you mean `{n}`?")))
                .help("use a name from library/lexicon/states.toml or a three-letter code")
        })
    }

    /// Whether the actor is a state (not an organisation).
    pub fn is_state(&self, actor: Actor) -> bool {
        (actor.0 as usize) < self.states
    }

    /// All codes with the first name of each.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.codes.iter().map(|(c, n)| (c.as_str(), n.as_str()))
    }

    /// The longest name that begins at a token.
    pub fn at(&self, text: &str, tokens: &[Token], at: usize) -> Option<Mention> {
        let token = tokens.get(at)?;
        if token.kind != Kind::Word {
            return None;
        }
        let entries = self.first.get(&token.hash)?;
        let fits = |e: &&Entry| {
            let mut there = tokens.get(at..).unwrap_or(&[]).iter();
            e.words
                .iter()
                .all(|w| there.next().is_some_and(|t| same(t.text(text), w)))
        };
        let entry = entries.iter().find(fits)?;
        Some(Mention {
            from: at,
            to: at + entry.words.len(),
            actor: entry.actor,
            kind: entry.kind,
        })
    }

    /// All mentions, from left to right, without overlaps. Compounds such as
    /// `Iran-Iraq` yield one mention for each part that is a name.
    pub fn mentions(&self, text: &str, tokens: &[Token], out: &mut Vec<Mention>) {
        out.clear();
        let mut at = 0;
        while at < tokens.len() {
            match self.at(text, tokens, at) {
                Some(mention) => {
                    out.push(mention);
                    at = mention.to;
                }
                None => {
                    if tokens[at].capital {
                        self.compound(text, &tokens[at], at, out);
                    }
                    at += 1;
                }
            }
        }
    }

    fn compound(&self, text: &str, token: &Token, at: usize, out: &mut Vec<Mention>) {
        let word = token.text(text);
        if !word.contains('-') {
            return;
        }
        for part in word.split('-').filter(|p| !p.is_empty()) {
            let entries = self.first.get(&word_hash(part));
            let mut entries = entries.into_iter().flatten();
            if let Some(e) = entries.find(|e| e.words.len() == 1 && same(part, &e.words[0])) {
                out.push(Mention {
                    from: at,
                    to: at + 1,
                    actor: e.actor,
                    kind: e.kind,
                });
            }
        }
    }
}

/// Equal but for the form of the apostrophe and for texts wholly in capitals.
fn same(word: &str, entry: &str) -> bool {
    word == entry
        || word.replace('’', "'") == entry
        || word.len() > 3 && word.eq_ignore_ascii_case(entry) && word == word.to_uppercase()
}

/// Codes and names of all actors, for messages.
pub fn listing(names: &Names) -> BTreeMap<String, String> {
    names
        .all()
        .map(|(c, n)| (c.to_string(), n.to_string()))
        .collect()
}

/// The byte range of a mention.
pub fn span_of(file: FileId, tokens: &[Token], mention: &Mention) -> Span {
    let start = tokens.get(mention.from).map_or(0, |t| t.start as usize);
    let last = mention.to.saturating_sub(1);
    let end = tokens.get(last).map_or(start, |t| t.end as usize);
    Span::new(file, start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<String> {
        let names = Names::shipped();
        let (mut tokens, mut found) = (Tokens::default(), Vec::new());
        tokens.read(text);
        names.mentions(text, &tokens.list, &mut found);
        found
            .iter()
            .map(|m| names.code_of(m.actor).to_string())
            .collect()
    }

    #[test]
    fn names_peoples_seats_and_leaders_are_found() {
        assert_eq!(
            codes("Iran’s leader told Moscow that US and Israeli ships, not us, left."),
            ["IRN", "RUS", "USA", "ISR"]
        );
        assert_eq!(codes("the eight-year Iran-Iraq War"), ["IRN", "IRQ"]);
        assert_eq!(codes("the Democratic Republic of the Congo"), ["COD"]);
        assert_eq!(codes("the turkey and the china plate"), [""; 0]);
    }

    #[test]
    fn unknown_states_get_a_suggestion() {
        let names = Names::shipped();
        assert_eq!(names.find("United States"), names.find("USA"));
        let problem = names.resolve("Unted States").unwrap_err();
        assert!(problem.helps[0].contains("United States"), "{problem:?}");
    }
}
