//! Every verb with all that was found out about it, as owned data for reports.

use crate::clause::{Clause, Coder, Rule, Sentence, Who, WhyNot};
use crate::vics::Act;

/// A sentence and its verbs; byte offsets into the text of the speech.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traced {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The verbs in order.
    pub clauses: Vec<TracedClause>,
}

/// One verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TracedClause {
    /// Bytes of the verb group.
    pub verb: (usize, usize),
    /// Bytes of the subject's head.
    pub subject: Option<(usize, usize)>,
    /// Base form.
    pub lemma: String,
    /// Self or other.
    pub who: Option<Who>,
    /// How the subject was found.
    pub rule: Rule,
    /// What the lexicon says.
    pub entry: Option<Act>,
    /// What was coded.
    pub act: Option<Act>,
    /// Why not, where it was not.
    pub why_not: Option<WhyNot>,
    /// A negation turned the act.
    pub negated: bool,
    /// `will` or `shall`.
    pub future: bool,
    /// Passive voice.
    pub passive: bool,
}

impl Traced {
    /// Copies out a coded sentence; `offset` is where its text begins in the speech.
    pub fn new(s: &Sentence<'_>, clauses: &[Clause], coder: &Coder, offset: usize) -> Self {
        let place = |at: u32| {
            let token = s.tokens.get(at as usize);
            token.map_or((0, 0), |t| {
                (offset + t.start as usize, offset + t.end as usize)
            })
        };
        let last = s.len().saturating_sub(1) as u32;
        let clause = |c: &Clause| TracedClause {
            verb: (place(c.from).0, place(c.verb).1),
            subject: c.subject.map(place),
            lemma: match c.lemma {
                Some(lemma) => coder.verbs.name(lemma).to_string(),
                None => s.word(c.verb as usize).to_lowercase(),
            },
            who: c.who,
            rule: c.rule,
            entry: c.entry,
            act: c.act,
            why_not: c.why_not,
            negated: c.negated,
            future: c.future,
            passive: c.passive,
        };
        Self {
            start: place(0).0,
            end: place(last).1,
            clauses: clauses.iter().map(clause).collect(),
        }
    }
}

/// The words of a rule, for readers.
pub fn rule_words(rule: Rule) -> &'static str {
    match rule {
        Rule::Subject => "subject on the left",
        Rule::Coordinated => "subject handed on by a conjunction",
        Rule::Relative => "noun before who, which or that",
        Rule::Control => "object of the verb before",
        Rule::HandedOn => "subject of the verb before",
        Rule::Agent => "passive, agent after by",
        Rule::Agentless => "passive without agent",
        Rule::LetUs => "let us",
        Rule::Imperative => "imperative: the speaker appeals",
        Rule::Missing => "no subject",
    }
}

/// The words of a reason not to code, for readers.
pub fn why_not_words(why: WhyNot) -> &'static str {
    match why {
        WhyNot::Auxiliary => "auxiliary or modal",
        WhyNot::NotInLexicon => "not in the lexicon",
        WhyNot::Uncoded => "left out by the lexicon",
        WhyNot::Adjective => "participle that describes a noun",
        WhyNot::Question => "question",
        WhyNot::Quotation => "somebody else's words",
        WhyNot::NoSubject => "nobody to attribute it to",
        WhyNot::Existential => "there is",
        WhyNot::Form => "form that the rules leave out",
    }
}
