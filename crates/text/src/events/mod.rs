//! Dated events with actors and a coarse category: who did what to whom, when and where.
//!
//! Categories are a subset of PLOVER (`library/lexicon/events.toml`). An event comes from a
//! verb with its subject or from an event noun with the names beside it. What a date or an
//! actor leaves open stays open and is listed; nothing is filled in from elsewhere.

mod words;

pub use words::EventWords;

use crate::clause::{Clause, Coder, Rule, Sentence};
use crate::dates::{DateMention, Precision, dates};
use crate::names::{Actor, Mention, NameKind, Names};
use crate::score::Pipeline;
use std::ops::Range;

/// A text and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// As written.
    pub text: String,
    /// Bytes of the text read.
    pub span: Range<usize>,
}

/// An actor of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Code, such as `IRN`.
    pub code: String,
    /// How the text names it.
    pub place: Place,
}

/// An event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// PLOVER type, such as `ASSAULT`.
    pub category: String,
    /// The verb or noun.
    pub trigger: Place,
    /// Who did it.
    pub sources: Vec<Party>,
    /// To whom.
    pub targets: Vec<Party>,
    /// When, as far as the sentence says.
    pub date: Option<DateMention>,
    /// Where.
    pub location: Option<Place>,
    /// The sentence.
    pub sentence: Place,
    /// Between 0 and 1; see [`confidence`].
    pub confidence: f64,
}

/// Something that was left open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unresolved {
    /// What it is about.
    pub place: Place,
    /// Why it stays open.
    pub why: &'static str,
}

/// All that was found in a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Events {
    /// Events whose sentence gives a date, even an incomplete one.
    pub dated: Vec<Event>,
    /// Events without any date, with at least two parties.
    pub undated: Vec<Event>,
    /// Dates and actors that stay open.
    pub unresolved: Vec<Unresolved>,
}

/// Reads events from English text.
pub fn events(text: &str, coder: &Coder, names: &Names, words: &EventWords) -> Events {
    let mut out = Events::default();
    let mut mentions = Vec::new();
    Pipeline::default().run(
        coder,
        text,
        |_, _| {},
        |coded| {
            let s = coded.sentence;
            names.mentions(text, s.tokens, &mut mentions);
            let reader = Reader {
                s,
                clauses: coded.clauses,
                mentions: &mentions,
                dates: dates(text, s.tokens),
                coder,
                names,
                words,
            };
            reader.read(&mut out);
        },
    );
    out
}

/// What the parts of an event are worth: 0.3 for the trigger; a day 0.2, a month or year 0.1;
/// a source 0.2, a target 0.2; a verb rather than a noun 0.1. No more than 0.9: a rule that
/// reads words cannot be surer.
pub fn confidence(event: &Event, verb: bool) -> f64 {
    let date = match event.date.as_ref().map(|d| d.precision) {
        Some(Precision::Day) => 0.2,
        Some(Precision::Month | Precision::Year) => 0.1,
        _ => 0.0,
    };
    let given = |present: bool, worth: f64| if present { worth } else { 0.0 };
    let sum = 0.3
        + date
        + given(!event.sources.is_empty(), 0.2)
        + given(!event.targets.is_empty(), 0.2)
        + given(verb, 0.1);
    (sum * 100.0_f64).round().min(90.0) / 100.0
}

/// `the treaty was signed`: verb and noun tell one event; the one with more parties stays.
fn drop_doubles(found: &mut Vec<Event>) {
    let parties = |e: &Event| e.sources.len() + e.targets.len();
    let keep: Vec<bool> = (0..found.len())
        .map(|i| {
            let same =
                |j: usize| found[j].category == found[i].category && found[j].date == found[i].date;
            let more = |j: usize| parties(&found[j]) > parties(&found[i]);
            let incomplete = found[i].sources.is_empty() || found[i].targets.is_empty();
            !(incomplete && (0..found.len()).any(|j| j != i && same(j) && more(j)))
        })
        .collect();
    let mut flags = keep.iter();
    found.retain(|_| flags.next().copied().unwrap_or(true));
}

struct Reader<'a> {
    s: Sentence<'a>,
    clauses: &'a [Clause],
    mentions: &'a [Mention],
    dates: Vec<DateMention>,
    coder: &'a Coder,
    names: &'a Names,
    words: &'a EventWords,
}

/// Tokens between a verb and its target, at most.
const REACH: usize = 25;

impl Reader<'_> {
    fn read(&self, out: &mut Events) {
        let mut found = Vec::new();
        for clause in self.clauses {
            found.extend(self.verb_event(clause, out));
        }
        found.extend((0..self.s.len()).filter_map(|at| self.noun_event(at)));
        drop_doubles(&mut found);
        self.open_dates(&found, out);
        for event in found {
            if event.date.is_some() {
                out.dated.push(event);
            } else if event.sources.len() + event.targets.len() >= 2 {
                out.undated.push(event);
            }
        }
    }

    fn verb_event(&self, clause: &Clause, out: &mut Events) -> Option<Event> {
        let verb = clause.verb as usize;
        let name = self.coder.verbs.name(clause.lemma?);
        let category = self.words.verb(name)?;
        let unreal = clause.modal
            || clause.future
            || clause.negated
            || clause.infinitive
            || self.s.tag(clause.from as usize) == crate::tag::Tag::VB;
        if unreal || self.s.is_quoted(verb) || self.bare_participle(clause) {
            return None;
        }
        let left = self.subject(clause);
        let right = self.after(verb);
        let (mut sources, mut targets) = if clause.passive {
            (self.agents(clause), left)
        } else {
            (left, right)
        };
        if sources.is_empty() {
            sources.extend(self.instrument(verb, clause));
        }
        targets.retain(|t| !sources.contains(t));
        let date = self.near_date(verb).cloned();
        if date.is_some() && (sources.is_empty() || targets.is_empty() && clause.passive) {
            self.open_actor(clause, out);
        }
        if sources.is_empty() && targets.is_empty() {
            return None;
        }
        let mut event = self.event(category, (verb, verb + 1), date, sources, targets);
        event.confidence = confidence(&event, true);
        Some(event)
    }

    /// A participle without auxiliary tells no event of its own.
    fn bare_participle(&self, clause: &Clause) -> bool {
        use crate::tag::Tag;
        let tag = self.s.tag(clause.from as usize);
        clause.from == clause.verb && matches!(tag, Tag::VBG | Tag::VBN)
    }

    fn noun_event(&self, at: usize) -> Option<Event> {
        let (category, width) = self.words.noun(&self.s, at)?;
        if self.s.is_quoted(at) || self.is_verb_of_clause(at) || self.is_instrument(at) {
            return None;
        }
        let parties = self.beside(at);
        let date = self.noun_date(at, width).cloned();
        if parties.is_empty() || date.is_none() && parties.len() < 2 {
            return None;
        }
        // Both sides of a war or a treaty stand beside the noun; one alone is who did it.
        let mutual =
            matches!(category, "AGREE" | "CONSULT") || self.s.word(at).eq_ignore_ascii_case("war");
        let (sources, targets) = match mutual && parties.len() >= 2 {
            true => (parties[..1].to_vec(), parties[1..].to_vec()),
            false => (parties, Vec::new()),
        };
        let mut event = self.event(category, (at, at + width), date, sources, targets);
        event.confidence = confidence(&event, false);
        Some(event)
    }

    /// `killed in airstrikes`: the noun belongs to the verb's event.
    fn is_instrument(&self, at: usize) -> bool {
        let near = |c: &&Clause| c.passive && (c.verb as usize) < at && at - (c.verb as usize) < 12;
        let coded = |c: &Clause| {
            let name = c.lemma.map(|l| self.coder.verbs.name(l));
            name.is_some_and(|n| self.words.verb(n).is_some())
        };
        self.clauses.iter().rev().find(near).is_some_and(coded)
    }

    fn is_verb_of_clause(&self, at: usize) -> bool {
        self.clauses.iter().any(|c| c.verb as usize == at)
    }

    fn event(
        &self,
        category: &str,
        trigger: (usize, usize),
        date: Option<DateMention>,
        sources: Vec<Party>,
        targets: Vec<Party>,
    ) -> Event {
        Event {
            category: category.to_string(),
            trigger: self.place(trigger.0, trigger.1),
            sources,
            targets,
            date,
            location: self.location(trigger.0),
            sentence: self.place(0, self.s.len()),
            confidence: 0.0,
        }
    }

    fn place(&self, from: usize, to: usize) -> Place {
        let first = self.s.tokens.get(from).map_or(0, |t| t.start as usize);
        let last = self.s.tokens.get(to.saturating_sub(1));
        let end = last.map_or(first, |t| t.end as usize).max(first);
        let raw = self.s.text.get(first..end).unwrap_or("");
        Place {
            text: raw.split_whitespace().collect::<Vec<_>>().join(" "),
            span: first..end,
        }
    }

    fn party(&self, m: &Mention) -> Party {
        Party {
            code: self.names.code_of(m.actor).to_string(),
            place: self.place(m.from, m.to),
        }
    }

    fn parties(&self, keep: impl Fn(&Mention) -> bool) -> Vec<Party> {
        let mut seen: Vec<Actor> = Vec::new();
        let mut out = Vec::new();
        for m in self.mentions.iter().filter(|m| keep(m)) {
            if !seen.contains(&m.actor) {
                seen.push(m.actor);
                out.push(self.party(m));
            }
        }
        out
    }

    /// Names in the subject's noun phrase: up to eight tokens left of its head, not across a
    /// verb, and the head itself. A passive's subject is what stands left of it.
    fn subject(&self, clause: &Clause) -> Vec<Party> {
        let from = clause.from as usize;
        let end = match (clause.passive, clause.subject) {
            (true, _) => from,
            (false, Some(head)) => head as usize + 1,
            (false, None) => return Vec::new(),
        };
        let verbs = self.clauses.iter().filter(|c| (c.verb as usize) < end);
        let finite = verbs
            .filter(|c| !self.bare_participle(c))
            .map(|c| c.verb as usize);
        let floor = finite
            .max()
            .map_or(0, |v| v + 1)
            .max(end.saturating_sub(12));
        let mut found = self.parties(|m| m.from >= floor && m.from < end);
        if clause.passive && found.len() > 1 {
            found.drain(..found.len() - 1);
        }
        found
    }

    /// Names after a verb, up to the next verb of a clause or a semicolon, places left out.
    fn after(&self, verb: usize) -> Vec<Party> {
        let next = self.clauses.iter().map(|c| c.from as usize);
        let next = next.filter(|v| *v > verb).min().unwrap_or(self.s.len());
        let end = next.min(verb + REACH);
        let found = self.parties(|m| m.from > verb && m.from < end && !self.is_place(m));
        found.into_iter().take(3).collect()
    }

    /// `in Cuba`, `at Yalta`: where, not to whom.
    fn is_place(&self, m: &Mention) -> bool {
        let before = m.from.checked_sub(1).map_or("", |i| self.s.word(i));
        let before = match before.eq_ignore_ascii_case("the") {
            true => m.from.checked_sub(2).map_or("", |i| self.s.word(i)),
            false => before,
        };
        let named = matches!(m.kind, NameKind::Name | NameKind::Seat);
        named && matches!(before, "in" | "In" | "at" | "from" | "From" | "near" | ",")
    }

    /// Agents of a passive: the names after `by`.
    fn agents(&self, clause: &Clause) -> Vec<Party> {
        let verb = clause.verb as usize;
        match (clause.rule, clause.subject) {
            (Rule::Agent, Some(head)) => {
                let end = head as usize + 1;
                self.parties(|m| m.from > verb && m.from < end)
            }
            _ => Vec::new(),
        }
    }

    /// `killed in Israeli and US airstrikes`: peoples before an event noun after the verb.
    fn instrument(&self, verb: usize, clause: &Clause) -> Vec<Party> {
        if !clause.passive {
            return Vec::new();
        }
        let end = (verb + REACH).min(self.s.len());
        let noun = (verb + 1..end).find(|&i| self.words.noun(&self.s, i).is_some());
        noun.map_or(Vec::new(), |at| {
            self.parties(|m| m.from > verb && m.from < at && at - m.from <= 6 && !self.is_place(m))
        })
    }

    /// Names within six tokens before an event noun (`Washington's role in the 1953 coup`),
    /// or after it over `with`, `between`, `against`, `on`.
    fn beside(&self, at: usize) -> Vec<Party> {
        let verbs = self.clauses.iter().map(|c| c.verb as usize);
        let floor = verbs.filter(|v| *v < at).max().map_or(0, |v| v + 1);
        let floor = floor.max(at.saturating_sub(6));
        let joins = self.s.word(at + 1);
        let after = matches!(joins, "with" | "between" | "against" | "on" | "by" | "of");
        let end = if after { at + 8 } else { at };
        self.parties(|m| m.from >= floor && m.from < end.max(at))
    }

    /// The date nearest to a verb, in the sentence; not one that an event noun has for itself.
    fn near_date(&self, verb: usize) -> Option<&DateMention> {
        let here = self.s.tokens.get(verb)?.start as usize;
        let free = self.dates.iter().filter(|d| !self.belongs_to_noun(d));
        free.min_by_key(|d| d.span.start.abs_diff(here))
    }

    /// `the 1953 coup`: a date right before an event noun.
    fn belongs_to_noun(&self, date: &DateMention) -> bool {
        let next = self
            .s
            .tokens
            .partition_point(|t| (t.start as usize) < date.span.end);
        self.words.noun(&self.s, next).is_some()
    }

    /// The date of an event noun: right before it, or after it over `of`, `in`, `on`, `since`.
    fn noun_date(&self, at: usize, width: usize) -> Option<&DateMention> {
        let index = |byte: usize| self.s.tokens.partition_point(|t| (t.start as usize) < byte);
        self.dates.iter().find(|d| {
            let (from, to) = (index(d.span.start), index(d.span.end));
            let joins = from.checked_sub(1).map_or("", |i| self.s.word(i));
            let after = from > at
                && from <= at + width + 8
                && matches!(joins, "of" | "in" | "on" | "since");
            let apart = |i: usize| self.s.word(i) == "," || self.words.noun(&self.s, i).is_some();
            let between = (at + width..from).any(apart);
            to == at || after && !between && !self.belongs_to_noun(d)
        })
    }

    /// `in Qom, Iran`: capitalised words after `in` or `at` behind the trigger.
    fn location(&self, at: usize) -> Option<Place> {
        let end = (at + REACH).min(self.s.len());
        let mut from = at + 1;
        while from < end && self.s.word(from) != "," {
            let preposition = matches!(self.s.word(from), "in" | "at" | "near");
            let capital = |i: usize| {
                let t = self.s.tokens.get(i);
                let people = self
                    .mentions
                    .iter()
                    .any(|m| m.from == i && m.kind == NameKind::People);
                t.is_some_and(|t| t.capital) && self.s.tag(i).is_noun() && !people
            };
            if preposition && capital(from + 1) && !self.in_date(from + 1) {
                let mut to = from + 2;
                while to < self.s.len()
                    && (capital(to) || self.s.word(to) == "," && capital(to + 1))
                {
                    to += 1;
                }
                return Some(self.place(from + 1, to));
            }
            from += 1;
        }
        None
    }

    fn in_date(&self, at: usize) -> bool {
        let start = self.s.tokens.get(at).map_or(0, |t| t.start as usize);
        self.dates.iter().any(|d| d.span.contains(&start))
    }

    fn open_actor(&self, clause: &Clause, out: &mut Events) {
        let (place, why) = match clause.subject.map(|h| h as usize) {
            Some(head) if self.mentions.iter().any(|m| (m.from..m.to).contains(&head)) => return,
            Some(head) => (
                self.place(head, head + 1),
                "the actor is not in the table of names",
            ),
            None if clause.passive => (
                self.place(clause.from as usize, clause.verb as usize + 1),
                "the sentence names no agent",
            ),
            None => return,
        };
        out.unresolved.push(Unresolved { place, why });
    }

    fn open_dates(&self, found: &[Event], out: &mut Events) {
        for date in &self.dates {
            let used = found.iter().any(|e| e.date.as_ref() == Some(date));
            let why = match (date.precision, used) {
                (Precision::NoYear, _) => "the year is not said",
                (Precision::Relative, _) => "it depends on the day of writing",
                (_, false) => "no event that could be coded belongs to it",
                _ => continue,
            };
            out.unresolved.push(Unresolved {
                place: Place {
                    text: date.text.clone(),
                    span: date.span.clone(),
                },
                why,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Events {
        let words = EventWords::shipped();
        let coder = Coder::new(&words.lexicon());
        events(text, &coder, &Names::shipped(), &words)
    }

    fn short(e: &Event) -> String {
        let codes = |p: &[Party]| {
            p.iter()
                .map(|p| p.code.as_str())
                .collect::<Vec<_>>()
                .join("+")
        };
        let date = e
            .date
            .as_ref()
            .and_then(DateMention::iso)
            .unwrap_or_default();
        format!(
            "{date} {} {} {}",
            codes(&e.sources),
            e.category,
            codes(&e.targets)
        )
    }

    #[test]
    fn who_did_what_to_whom_when_and_where() {
        let found = read("Japan attacked the United States at Pearl Harbor on December 7, 1941.");
        assert_eq!(short(&found.dated[0]), "1941-12-07 JPN ASSAULT USA");
        let place = found.dated[0].location.as_ref().map(|l| l.text.as_str());
        assert_eq!(place, Some("Pearl Harbor"));
        let found = read("Iraq was invaded by American troops in 2003.");
        assert_eq!(short(&found.dated[0]), "2003 USA ASSAULT IRQ");
        let found =
            read("The treaty between Egypt and Israel of 26 March 1979 was signed in Washington.");
        let all: Vec<String> = found.dated.iter().map(short).collect();
        assert_eq!(all, ["1979-03-26 EGY AGREE ISR"]);
    }

    #[test]
    fn what_is_open_stays_open() {
        let found = read("On February 28 Cuba was attacked. Yesterday France met Italy.");
        let why: Vec<&str> = found.unresolved.iter().map(|u| u.why).collect();
        assert!(why.contains(&"the year is not said"));
        assert!(why.contains(&"the sentence names no agent"));
        assert!(why.contains(&"it depends on the day of writing"));
        assert!(
            found
                .dated
                .iter()
                .all(|e| e.date.as_ref().is_none_or(|d| d.year.is_none()))
        );
    }

    #[test]
    fn what_did_not_happen_is_no_event() {
        let found = read(
            "In 1962 the United States would not attack Cuba. France will invade Spain in 1990.",
        );
        assert!(found.dated.is_empty(), "{found:?}");
    }

    #[test]
    fn a_date_before_a_noun_is_not_lent_to_another() {
        let found = read(
            "It recalls Britain's role in the 1953 coup and its aid during the Iran-Iraq War.",
        );
        let all: Vec<String> = found.dated.iter().map(short).collect();
        assert_eq!(all, ["1953 GBR COERCE "]);
    }
}
