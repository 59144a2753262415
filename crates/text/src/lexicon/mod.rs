//! The lexicon: data that users can read, override and extend.
//!
//! The shipped files are `library/lexicon/*.toml`. A user's file has the same form and
//! holds only what differs.

mod inflect;
mod table;
mod verbs;

pub use inflect::{Form, Irregular};
pub use verbs::{Lemma, Verbs};

use crate::token::word_hash;
use crate::vics::Act;
use raison_core::{Code, Diagnostic, FileId, Problems, Span};
use std::collections::{BTreeMap, HashSet};
pub(crate) use table::{Field, Reader};

const TWICE: Code = Code("R4003");
const VALUE: Code = Code("R4004");

static VICS: &str = include_str!("../../../../library/lexicon/vics.toml");
static IRREGULAR: &str = include_str!("../../../../library/lexicon/irregular.toml");

/// What to do with a passive that names no agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agentless {
    /// It is an act of others.
    Other,
    /// It is not coded.
    Uncoded,
}

/// The switches of the coder; each is a key of `[rules]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Words that, as subjects, are the speaker (hashes).
    pub self_subjects: HashSet<u64>,
    /// Whether the speaker's state as a subject is Self too.
    pub own_state: bool,
    /// Passives without agent.
    pub agentless_passive: Agentless,
    /// `will` and `shall` turn deeds into words.
    pub future_deeds: bool,
    /// Negation turns an act around (otherwise it is not coded).
    pub negation_turns: bool,
    /// Infinitives are coded.
    pub infinitives: bool,
    /// Participles without auxiliary are coded.
    pub participles: bool,
    /// Questions are coded.
    pub questions: bool,
    /// Imperatives are coded, as the speaker's appeals.
    pub imperatives: bool,
    /// Quotations are coded.
    pub quotations: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            self_subjects: ["i", "we"].map(word_hash).into(),
            own_state: false,
            agentless_passive: Agentless::Other,
            future_deeds: true,
            negation_turns: true,
            infinitives: true,
            participles: true,
            questions: false,
            imperatives: true,
            quotations: false,
        }
    }
}

/// Verb lists and rules, before they are compiled.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Base form → act, or `None` where the entry says "not coded".
    pub verbs: BTreeMap<String, Option<Act>>,
    /// (verb, particle) → act.
    pub phrases: BTreeMap<(String, String), Option<Act>>,
    /// The switches.
    pub rules: Rules,
    irregular: Irregular,
}

impl Lexicon {
    /// The shipped lexicon.
    pub fn shipped() -> Self {
        let mut lexicon = Self {
            irregular: shipped_irregular(),
            ..Self::default()
        };
        let mut problems = Problems::new();
        lexicon.extend(FileId(0), VICS, &mut problems);
        debug_assert!(problems.is_empty(), "{problems:?}");
        lexicon
    }

    /// Reads a lexicon file over what is there: entries named in it take their new place.
    pub fn extend(&mut self, file: FileId, text: &str, problems: &mut Problems) {
        let Some(table) = Reader::parse(file, text, problems) else {
            return;
        };
        let keys = ["kind", "title", "verbs", "phrases", "rules"];
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        for field in table.fields(&keys, problems) {
            match field.key {
                "verbs" => self.read_verbs(&field, &mut seen, problems),
                "phrases" => self.read_phrases(&field, &mut seen, problems),
                "rules" => self.read_rules(&field, problems),
                _ => {
                    field.string(problems);
                }
            }
        }
    }

    fn read_verbs(
        &mut self,
        field: &Field<'_>,
        seen: &mut BTreeMap<String, Span>,
        problems: &mut Problems,
    ) {
        for list in field.table(&LISTS, problems) {
            let act = Act::from_name(list.key);
            for (word, span) in list.words(char::is_whitespace, problems) {
                if once(&word, span, seen, problems) {
                    self.verbs.insert(word, act);
                }
            }
        }
    }

    fn read_phrases(
        &mut self,
        field: &Field<'_>,
        seen: &mut BTreeMap<String, Span>,
        problems: &mut Problems,
    ) {
        for list in field.table(&LISTS, problems) {
            let act = Act::from_name(list.key);
            for (phrase, span) in list.words(|c| c == ',' || c == '\n', problems) {
                match phrase.split_whitespace().collect::<Vec<_>>()[..] {
                    [verb, particle, ..] if once(&phrase, span, seen, problems) => {
                        self.phrases.insert((verb.into(), particle.into()), act);
                    }
                    [_, _, ..] => {}
                    _ => problems.push(one_word_phrase(&phrase, span)),
                }
            }
        }
    }

    fn read_rules(&mut self, field: &Field<'_>, problems: &mut Problems) {
        let keys = [
            "self_subjects",
            "own_state",
            "agentless_passive",
            "future_deeds",
            "negation",
            "infinitives",
            "participles",
            "questions",
            "imperatives",
            "quotations",
        ];
        for rule in field.table(&keys, problems) {
            let flag = match rule.key {
                "self_subjects" => {
                    let words = rule.strings(problems);
                    self.rules.self_subjects = words.iter().map(|w| word_hash(w)).collect();
                    continue;
                }
                "agentless_passive" => {
                    let other = rule.choice(["uncoded", "other"], problems);
                    self.rules.agentless_passive = match other {
                        Some(0) => Agentless::Uncoded,
                        _ => Agentless::Other,
                    };
                    continue;
                }
                "negation" => {
                    self.rules.negation_turns =
                        rule.choice(["uncoded", "turn"], problems) != Some(0);
                    continue;
                }
                "own_state" => &mut self.rules.own_state,
                "future_deeds" => &mut self.rules.future_deeds,
                "infinitives" => &mut self.rules.infinitives,
                "participles" => &mut self.rules.participles,
                "questions" => &mut self.rules.questions,
                "imperatives" => &mut self.rules.imperatives,
                _ => &mut self.rules.quotations,
            };
            if let Some(value) = rule.boolean(problems) {
                *flag = value;
            }
        }
    }

    /// All forms of all verbs, ready for look-up.
    pub fn compile(&self) -> Verbs {
        Verbs::new(&self.verbs, &self.phrases, &self.irregular)
    }
}

const LISTS: [&str; 7] = [
    "reward", "promise", "appeal", "oppose", "threaten", "punish", "uncoded",
];

fn shipped_irregular() -> Irregular {
    let mut problems = Problems::new();
    let table = Reader::parse(FileId(0), IRREGULAR, &mut problems);
    let fields = table
        .as_ref()
        .map(|t| t.fields(&["kind", "verbs", "double"], &mut problems));
    let (mut verbs, mut double) = (String::new(), String::new());
    for field in fields.unwrap_or_default() {
        let text = field.string(&mut Problems::new()).unwrap_or_default();
        match field.key {
            "verbs" => verbs = text,
            "double" => double = text,
            _ => {}
        }
    }
    Irregular::new(&verbs, &double)
}

fn once(
    word: &str,
    span: Span,
    seen: &mut BTreeMap<String, Span>,
    problems: &mut Problems,
) -> bool {
    match seen.insert(word.to_string(), span) {
        None => true,
        Some(first) => {
            let problem = Diagnostic::error(TWICE, format!("`{word}` stands in the lexicon twice"));
            problems.push(
                problem
                    .at(span, "again here")
                    .also(first, "first here")
                    .note("a verb has one place in the scheme; which one would hold is not clear")
                    .help("delete one of the two"),
            );
            false
        }
    }
}

fn one_word_phrase(phrase: &str, span: Span) -> Diagnostic {
    Diagnostic::error(VALUE, format!("`{phrase}` is no phrase"))
        .at(span, "one word only")
        .note("a phrase is a verb and the particle that follows it, such as `call for`")
        .help("move single verbs to `[verbs]`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tag::Tag;

    #[test]
    fn the_shipped_lexicon_has_no_problems_and_knows_forms() {
        let mut lexicon = Lexicon::default();
        let mut problems = Problems::new();
        lexicon.extend(FileId(0), VICS, &mut problems);
        assert!(problems.is_empty(), "{:#?}", problems.as_slice());
        let verbs = Lexicon::shipped().compile();
        let act = |word: &str, tag| verbs.lemma(word, tag).and_then(|l| verbs.act(l));
        assert_eq!(act("Attacked", Tag::VBD), Some(Act::Punish));
        assert_eq!(act("forgave", Tag::VBD), Some(Act::Reward));
        assert_eq!(act("walked", Tag::VBD), None);
    }

    #[test]
    fn a_users_file_overrides_and_is_checked() {
        let mut lexicon = Lexicon::shipped();
        let mut problems = Problems::new();
        let text = "kind = \"lexicon\"\n[verbs]\nappeal = \"attack zoom\"\nuncoded = \"hope\"\n";
        lexicon.extend(FileId(0), text, &mut problems);
        assert!(problems.is_empty());
        assert_eq!(lexicon.verbs["attack"], Some(Act::Appeal));
        assert_eq!(lexicon.verbs["hope"], None);
        let bad = "[verbs]\npunnish = \"x\"\nreward = \"zoom zoom\"\n[rules]\nquestions = 3\n";
        lexicon.extend(FileId(0), bad, &mut problems);
        let codes: Vec<_> = problems.as_slice().iter().map(|p| p.code.0).collect();
        assert_eq!(codes, ["R4002", "R4003", "R4004"]);
    }
}
