//! From verb groups to coded clauses.

use super::group::{Group, before, group};
use super::subject::{Found, adjectival, agent, subject};
use super::{Clause, Rule, Sentence, Who, WhyNot, Words};
use crate::lexicon::{Agentless, Lexicon, Rules, Verbs};
use crate::tag::Tag;
use crate::vics::Act;

/// A compiled lexicon with its rules: codes sentences.
#[derive(Clone, Debug)]
pub struct Coder {
    /// Verbs by form.
    pub verbs: Verbs,
    /// The switches.
    pub rules: Rules,
    words: Words,
}

impl Coder {
    /// Compiles a lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        Self {
            verbs: lexicon.compile(),
            rules: lexicon.rules.clone(),
            words: Words::default(),
        }
    }

    /// The function words.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// Codes one sentence; `out` gets every verb, coded or not.
    pub fn code(&self, s: &Sentence<'_>, out: &mut Vec<Clause>) {
        out.clear();
        let question = self.is_question(s);
        let mut at = 0;
        while at < s.len() {
            if s.tag(at).is_verb() || s.tag(at) == Tag::MD {
                let g = group(s, &self.words, at);
                let clause = self.clause(s, &g, question, out);
                out.push(clause);
                at = g.verb + 1;
            } else {
                at += 1;
            }
        }
    }

    fn is_question(&self, s: &Sentence<'_>) -> bool {
        let from = s.len().saturating_sub(3);
        (from..s.len()).any(|i| s.word(i) == "?")
    }

    fn clause(&self, s: &Sentence<'_>, g: &Group, question: bool, done: &[Clause]) -> Clause {
        let mut clause = Clause {
            from: g.from as u32,
            verb: g.verb as u32,
            lemma: self.verbs.lemma_of(s.hash(g.verb), s.tag(g.verb)),
            subject: None,
            who: None,
            rule: Rule::Missing,
            entry: None,
            act: None,
            why_not: None,
            negated: g.negated,
            passive: g.passive,
            future: g.future,
            modal: g.modal,
            infinitive: g.infinitive,
        };
        self.find_subject(s, g, done, &mut clause);
        clause.entry = self.entry(s, &mut clause);
        if self.lets_us(s, g) {
            clause.why_not = Some(WhyNot::Auxiliary);
        }
        clause.why_not = clause
            .why_not
            .or_else(|| self.why_not(s, g, question, &clause));
        if clause.why_not.is_none() {
            clause.act = clause.entry.map(|act| self.shade(act, &clause));
        }
        clause
    }

    /// The act in the lexicon, of verb and particle or of the verb alone.
    fn entry(&self, s: &Sentence<'_>, clause: &mut Clause) -> Option<Act> {
        let Some(lemma) = clause.lemma else {
            clause.why_not = Some(WhyNot::NotInLexicon);
            return None;
        };
        let verb = clause.verb as usize;
        let mut entry = self.verbs.act(lemma);
        if self.verbs.has_phrases(lemma) {
            let phrase = [verb + 1, verb + 2].map(|i| self.verbs.phrase(lemma, s.hash(i)));
            if let Some(found) = phrase.into_iter().flatten().next() {
                entry = found;
            }
        }
        if entry.is_none() {
            clause.why_not = Some(match s.tag(verb) {
                Tag::MD => WhyNot::Auxiliary,
                _ => WhyNot::NotInLexicon,
            });
        }
        entry
    }

    fn why_not(
        &self,
        s: &Sentence<'_>,
        g: &Group,
        question: bool,
        clause: &Clause,
    ) -> Option<WhyNot> {
        let r = &self.rules;
        if s.is_quoted(g.verb) && !r.quotations {
            return Some(WhyNot::Quotation);
        }
        if (question || g.inverted && g.from == 0) && !r.questions {
            return Some(WhyNot::Question);
        }
        if g.participle && adjectival(s, g.verb) {
            return Some(WhyNot::Adjective);
        }
        let left_out = g.infinitive && !r.infinitives
            || g.participle && !r.participles
            || g.negated && !r.negation_turns
            || clause.rule == Rule::Imperative && !r.imperatives
            || clause.rule == Rule::Agentless && r.agentless_passive == Agentless::Uncoded;
        if left_out {
            return Some(WhyNot::Form);
        }
        clause.who.is_none().then_some(WhyNot::NoSubject)
    }

    /// Negation and future.
    fn shade(&self, act: Act, clause: &Clause) -> Act {
        let act = match clause.rule {
            Rule::Imperative => Act::Appeal,
            _ => act,
        };
        let act = if clause.future && self.rules.future_deeds {
            act.future()
        } else {
            act
        };
        if clause.negated { act.denied() } else { act }
    }

    fn find_subject(&self, s: &Sentence<'_>, g: &Group, done: &[Clause], clause: &mut Clause) {
        if g.passive || g.participle && s.tag(g.verb) == Tag::VBN {
            let agent = agent(s, &self.words, g.verb);
            clause.rule = if agent.is_some() {
                Rule::Agent
            } else {
                Rule::Agentless
            };
            clause.subject = agent.map(|a| a as u32);
            clause.who = Some(agent.map_or(Who::Other, |a| self.who(s, a)));
            return;
        }
        if self.let_us(s, g) {
            clause.rule = Rule::LetUs;
            clause.subject = g.from.checked_sub(1).map(|i| i as u32);
            clause.who = Some(Who::Own);
            return;
        }
        match subject(s, &self.words, g) {
            Found::At(at, rule) => {
                clause.subject = Some(at as u32);
                clause.rule = rule;
                clause.who = Some(self.who(s, at));
                clause.negated |= self.words.nobody.contains(&s.hash(at));
            }
            Found::Before(rule) => match done.last() {
                Some(last) => {
                    clause.rule = rule;
                    clause.subject = last.subject;
                    clause.who = last.who;
                }
                None => self.no_subject(s, g, clause),
            },
            Found::Existential => clause.why_not = Some(WhyNot::Existential),
            Found::Nothing => self.no_subject(s, g, clause),
        }
    }

    fn no_subject(&self, s: &Sentence<'_>, g: &Group, clause: &mut Clause) {
        let bare = matches!(s.tag(g.from), Tag::VB | Tag::VBP) && !g.infinitive;
        let first = (0..g.from).all(|i| !s.tag(i).is_noun() && s.tag(i) != Tag::PRP);
        if bare && first {
            clause.rule = Rule::Imperative;
            clause.who = Some(Who::Own);
        }
    }

    /// `let` in `let us …`: it helps the verb that follows.
    fn lets_us(&self, s: &Sentence<'_>, g: &Group) -> bool {
        self.words.let_.contains(&s.hash(g.verb))
            && self.words.own_object.contains(&s.hash(g.verb + 1))
    }

    fn let_us(&self, s: &Sentence<'_>, g: &Group) -> bool {
        let pronoun = before(s, g.from);
        let own = pronoun.filter(|&i| self.words.own_object.contains(&s.hash(i)));
        own.and_then(|i| i.checked_sub(1))
            .is_some_and(|i| self.words.let_.contains(&s.hash(i)))
    }

    /// Self or Other, by the head of the subject.
    fn who(&self, s: &Sentence<'_>, at: usize) -> Who {
        let hash = s.hash(at);
        let own = self.rules.self_subjects.contains(&hash)
            || self.words.own_object.contains(&hash) && s.tag(at) != Tag::NNP
            || self.rules.own_state && s.is_own(at);
        if own { Who::Own } else { Who::Other }
    }
}
