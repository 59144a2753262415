//! Who does what: every verb of a sentence with its subject, read from tags alone.
//!
//! No parse tree: the subject is the nearest noun or pronoun to the left that is not
//! inside a prepositional phrase; `and` and `to` hand the subject on; a passive takes its
//! agent from `by …`. Searches go no further than [`REACH`] tokens, so the work grows in
//! step with the text.

mod code;
mod group;
mod subject;
mod words;

pub use code::Coder;
pub use words::Words;

use crate::lexicon::Lemma;
use crate::tag::Tag;
use crate::token::Token;
use crate::vics::Act;

/// Tokens that a search for a subject or an agent looks at, at most.
pub const REACH: usize = 60;

/// Whose act it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The speaker's, or a group that the speaker counts in (`we`).
    Own,
    /// Anybody else's.
    Other,
}

/// How the subject was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The nearest noun or pronoun on the left.
    Subject,
    /// Handed on over `and`, `or`, `but` or a comma.
    Coordinated,
    /// The noun before `who`, `which` or `that`.
    Relative,
    /// The object of the verb before: `ask the nations to disarm`.
    Control,
    /// The subject of the verb before: `we intend to disarm`.
    HandedOn,
    /// The noun after `by`.
    Agent,
    /// A passive that names no agent.
    Agentless,
    /// `let us …`
    LetUs,
    /// An order or request: the speaker's appeal.
    Imperative,
    /// None was found.
    Missing,
}

/// Why a verb was not coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// `be`, `have`, `do` or a modal that only helps another verb.
    Auxiliary,
    /// The lexicon has no entry.
    NotInLexicon,
    /// The lexicon says: not coded.
    Uncoded,
    /// A participle that describes a noun: `the existing treaties`.
    Adjective,
    /// A question.
    Question,
    /// Somebody else's words.
    Quotation,
    /// Nobody to attribute it to.
    NoSubject,
    /// `there is …`
    Existential,
    /// Infinitives, participles or negations that the rules leave out.
    Form,
}

/// One verb with all that was found out about it. Indices are tokens of the sentence.
#[derive(Clone, Copy, Debug)]
pub struct Clause {
    /// First token of the verb group.
    pub from: u32,
    /// The main verb.
    pub verb: u32,
    /// Its lemma, where the lexicon knows the form.
    pub lemma: Option<Lemma>,
    /// The head of the subject.
    pub subject: Option<u32>,
    /// Whose act.
    pub who: Option<Who>,
    /// How the subject was found.
    pub rule: Rule,
    /// What the lexicon says of the verb.
    pub entry: Option<Act>,
    /// What was coded.
    pub act: Option<Act>,
    /// Why not, where it was not.
    pub why_not: Option<WhyNot>,
    /// A negation stands in the verb group.
    pub negated: bool,
    /// Passive voice.
    pub passive: bool,
    /// `will` or `shall`.
    pub future: bool,
    /// Any other modal.
    pub modal: bool,
    /// Infinitive with `to`.
    pub infinitive: bool,
}

/// A tagged sentence.
#[derive(Clone, Copy, Debug)]
pub struct Sentence<'a> {
    /// The text that the tokens point into.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// One tag per token.
    pub tags: &'a [Tag],
    /// Which tokens name the speaker's own state (may be empty).
    pub own: &'a [bool],
    /// Which tokens stand in quotation (may be empty).
    pub quoted: &'a [bool],
}

impl Sentence<'_> {
    /// The tag of a token; [`Tag::Mark`] outside the sentence.
    pub fn tag(&self, at: usize) -> Tag {
        self.tags.get(at).copied().unwrap_or(Tag::Mark)
    }

    /// The hash of a token; 0 outside the sentence.
    pub fn hash(&self, at: usize) -> u64 {
        self.tokens.get(at).map_or(0, |t| t.hash)
    }

    /// The letters of a token.
    pub fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| t.text(self.text))
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len().min(self.tags.len())
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn is_own(&self, at: usize) -> bool {
        self.own.get(at).copied().unwrap_or(false)
    }

    /// Whether a token stands in quotation marks.
    pub fn is_quoted(&self, at: usize) -> bool {
        self.quoted.get(at).copied().unwrap_or(false)
    }
}
