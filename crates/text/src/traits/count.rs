//! Counting the marks of the traits in one coded sentence.

use super::lists::{self, Lists, Marks};
use super::{Trait, TraitCounts};
use crate::clause::{Clause, Coder, Sentence, Who};
use crate::names::Mention;

/// Tokens on each side that belong to a reference.
const NEAR: usize = 4;

/// Counts all marks of one sentence. `own` tells the mentions of the speaker's own state
/// from those of others; `marks` is a buffer.
pub fn count(
    s: &Sentence<'_>,
    clauses: &[Clause],
    coder: &Coder,
    lists: &Lists,
    mentions: &[(Mention, bool)],
    marks: &mut Vec<Marks>,
    out: &mut TraitCounts,
) {
    read_marks(s, lists, marks, out);
    verbs(s, clauses, coder, lists, mentions, marks, out);
    pronouns(s, clauses, coder, marks, out);
    references(s, clauses, coder, mentions, marks, out);
}

/// Complexity and task words count where they stand; the others are kept for later.
fn read_marks(s: &Sentence<'_>, lists: &Lists, marks: &mut Vec<Marks>, out: &mut TraitCounts) {
    marks.clear();
    let mut at = 0;
    while at < s.len() {
        let (found, width) = if s.is_quoted(at) {
            (0, 1)
        } else {
            lists.at(s.tokens, at)
        };
        let pairs = [
            (lists::CC_HIGH, Trait::Cc, true),
            (lists::CC_LOW, Trait::Cc, false),
            (lists::TASK_HIGH, Trait::Task, true),
            (lists::TASK_LOW, Trait::Task, false),
        ];
        for (bit, which, high) in pairs {
            if found & bit != 0 {
                out.add(which, high);
            }
        }
        marks.push(found);
        marks.extend((1..width).map(|_| 0));
        at += width;
    }
    marks.truncate(s.len());
}

/// Belief in control from the verbs of `I` and `we`; need for power from those of the own
/// group too.
fn verbs(
    s: &Sentence<'_>,
    clauses: &[Clause],
    coder: &Coder,
    lists: &Lists,
    mentions: &[(Mention, bool)],
    marks: &[Marks],
    out: &mut TraitCounts,
) {
    for clause in clauses.iter().filter(|c| !c.passive) {
        if s.is_quoted(clause.verb as usize) {
            continue;
        }
        let subject = clause.subject.map(|at| at as usize);
        let person = clause.who == Some(Who::Own)
            && subject.is_some_and(|at| coder.rules.self_subjects.contains(&s.hash(at)));
        let listed = clause.lemma.map_or(0, |l| lists.verb(l));
        if person {
            let begins = listed & lists::INITIATIVE != 0
                || clause.entry.is_some() && listed & lists::NO_INITIATIVE == 0;
            out.add(Trait::Bace, begins);
        }
        if person || subject.is_some_and(|at| own_group(s, coder, mentions, marks, at)) {
            out.add(Trait::Pwr, listed & lists::POWER != 0 || strong(clause));
        }
    }
}

/// Deeds and threats are strong action even where the list of verbs does not name them.
fn strong(clause: &Clause) -> bool {
    clause.entry.is_some_and(|a| a.scale() < -1)
}

/// Whether a subject is the speaker's state, or `our government`.
fn own_group(
    s: &Sentence<'_>,
    coder: &Coder,
    mentions: &[(Mention, bool)],
    marks: &[Marks],
    at: usize,
) -> bool {
    let named = mentions
        .iter()
        .any(|(m, own)| *own && (m.from..m.to).contains(&at));
    let ours = (at.saturating_sub(3)..at).any(|i| coder.words().ours.contains(&s.hash(i)));
    let group = marks.get(at).is_some_and(|m| m & lists::OWN_GROUP != 0);
    named || ours && group
}

/// Self-confidence, from the pronouns of the first person singular.
fn pronouns(
    s: &Sentence<'_>,
    clauses: &[Clause],
    coder: &Coder,
    marks: &[Marks],
    out: &mut TraitCounts,
) {
    let words = coder.words();
    for at in (0..s.len()).filter(|&at| words.first_person.contains(&s.hash(at))) {
        if s.is_quoted(at) {
            continue;
        }
        let subject_of = clauses.iter().find(|c| c.subject == Some(at as u32));
        let confident = match subject_of {
            Some(clause) => clause.entry.is_some() && !clause.negated,
            None if words.own_possessive.contains(&s.hash(at)) => {
                let strong = lists::TASK_HIGH | lists::IGB_HIGH;
                (at + 1..at + 3).any(|i| marks.get(i).is_some_and(|m| m & strong != 0))
            }
            None => receives(clauses, at),
        };
        out.add(Trait::Sc, confident);
    }
}

/// `they honored me`: a cooperative act whose verb stands just before the pronoun.
fn receives(clauses: &[Clause], at: usize) -> bool {
    clauses.iter().any(|c| {
        let verb = c.verb as usize;
        let near = verb < at && at - verb <= 2;
        near && c.entry.is_some_and(|a| a.scale() > 0) && !c.negated
    })
}

/// In-group bias and distrust, from references to the own group and to others.
fn references(
    s: &Sentence<'_>,
    clauses: &[Clause],
    coder: &Coder,
    mentions: &[(Mention, bool)],
    marks: &[Marks],
    out: &mut TraitCounts,
) {
    for (mention, own) in mentions {
        if s.is_quoted(mention.from) {
            continue;
        }
        refer(mention.from, mention.to, *own, clauses, marks, out);
    }
    let words = coder.words();
    for at in 0..s.len() {
        let mark = marks.get(at).copied().unwrap_or(0);
        let ours = |i: usize| words.ours.contains(&s.hash(i));
        if mark & lists::OWN_GROUP != 0 && (at.saturating_sub(3)..at).any(ours) {
            refer(at, at + 1, true, clauses, marks, out);
        }
        if mark & lists::OTHER_GROUP != 0 {
            refer(at, at + 1, false, clauses, marks, out);
        }
    }
}

fn refer(
    from: usize,
    to: usize,
    own: bool,
    clauses: &[Clause],
    marks: &[Marks],
    out: &mut TraitCounts,
) {
    let near = |bit: Marks| {
        let window = from.saturating_sub(NEAR)..(to + NEAR).min(marks.len());
        marks
            .get(window)
            .is_some_and(|m| m.iter().any(|m| m & bit != 0))
    };
    if own {
        return out.add(Trait::Igb, near(lists::IGB_HIGH));
    }
    let harmful = clauses.iter().any(|c| {
        let subject = c
            .subject
            .is_some_and(|at| (from..to).contains(&(at as usize)));
        subject && c.act.is_some_and(|a| a.scale() < 0)
    });
    out.add(Trait::Dis, harmful || near(lists::DIS_HIGH));
}
