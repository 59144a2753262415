//! The search for the subject.

use super::group::{Group, before};
use super::{REACH, Rule, Sentence, Words};
use crate::tag::Tag;

/// What was found on the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The head of a noun phrase or a pronoun.
    At(usize, Rule),
    /// The subject of the verb before.
    Before(Rule),
    /// `there`.
    Existential,
    /// Nothing.
    Nothing,
}

/// Looks for the subject of a verb group; the first word of the search is left of it.
pub(super) fn subject(s: &Sentence<'_>, words: &Words, g: &Group) -> Found {
    let mut from = g.from;
    if g.infinitive {
        from = before(s, g.from).unwrap_or(g.from);
    } else if let Some(cc) = before(s, g.from)
        && s.tag(cc) == Tag::CC
    {
        return Found::Before(Rule::Coordinated);
    }
    leftwards(s, words, from, g)
}

fn leftwards(s: &Sentence<'_>, words: &Words, from: usize, g: &Group) -> Found {
    let floor = from.saturating_sub(REACH);
    let mut at = from;
    while at > floor {
        at -= 1;
        match s.tag(at) {
            Tag::RB | Tag::UH | Tag::X | Tag::POS | Tag::RP => {}
            Tag::Mark if words.stop.contains(&s.hash(at)) => break,
            Tag::EX => return Found::Existential,
            Tag::WDT | Tag::WP => return relative(s, words, at),
            Tag::IN if words.relative.contains(&s.hash(at)) && at + 1 == from => {
                return relative(s, words, at);
            }
            tag if tag.is_verb() || tag == Tag::MD => {
                let adjective = matches!(tag, Tag::VBN | Tag::VBG) && adjectival(s, at);
                if !adjective {
                    return Found::Before(handed(g));
                }
            }
            tag if tag.is_noun() || matches!(tag, Tag::PRP | Tag::CD | Tag::DT | Tag::JJ) => {
                match phrase(s, words, at, g) {
                    Phrase::Subject(head) => return Found::At(head, rule(s, at, g)),
                    Phrase::Skip(to) => at = to,
                }
            }
            _ => {}
        }
    }
    Found::Nothing
}

fn handed(g: &Group) -> Rule {
    if g.infinitive || g.participle {
        Rule::HandedOn
    } else {
        Rule::Coordinated
    }
}

fn rule(s: &Sentence<'_>, at: usize, g: &Group) -> Rule {
    let verb_before = (at.saturating_sub(6)..at).any(|i| s.tag(i).is_verb());
    if g.infinitive && verb_before {
        Rule::Control
    } else {
        Rule::Subject
    }
}

enum Phrase {
    /// The head of a phrase that can be a subject.
    Subject(usize),
    /// Not a subject: go on left of this token.
    Skip(usize),
}

/// A noun phrase that ends at `end`: inside a prepositional phrase or not?
fn phrase(s: &Sentence<'_>, words: &Words, end: usize, g: &Group) -> Phrase {
    let object = words.object.contains(&s.hash(end)) && s.tag(end) == Tag::PRP;
    let mut start = end;
    if s.tag(end) != Tag::PRP {
        while start > 0 && end - start < REACH && inside_phrase(s, start - 1) {
            // a determiner begins the phrase, unless another stands before it (`all the`)
            let determined = matches!(s.tag(start), Tag::DT | Tag::PRPS);
            if determined && s.tag(start - 1) != Tag::DT {
                break;
            }
            start -= 1;
        }
    }
    let Some(left) = start.checked_sub(1) else {
        return Phrase::Subject(end);
    };
    let preposition = match s.tag(left) {
        Tag::IN => !words.clause.contains(&s.hash(left)),
        Tag::TO => true,
        _ => false,
    };
    if preposition || object && !g.infinitive {
        return Phrase::Skip(left.min(start));
    }
    Phrase::Subject(end)
}

fn inside_phrase(s: &Sentence<'_>, at: usize) -> bool {
    match s.tag(at) {
        // `in 1953 Iran …`: the year belongs to the preposition
        Tag::CD => !(s.word(at).len() == 4 && s.tag(at + 1) == Tag::NNP),
        Tag::DT | Tag::JJ | Tag::PRPS | Tag::POS => true,
        tag if tag.is_noun() => true,
        Tag::VBN | Tag::VBG => adjectival(s, at),
        Tag::CC => {
            let joins = |t: Tag| t.is_noun() || t == Tag::JJ;
            joins(s.tag(at + 1)) && at > 0 && joins(s.tag(at - 1))
        }
        _ => false,
    }
}

/// A participle between determiner or preposition and noun.
pub(super) fn adjectival(s: &Sentence<'_>, at: usize) -> bool {
    let after = s.tag(at + 1);
    let noun_follows = after.is_noun() || after == Tag::JJ;
    let left = at.checked_sub(1).map_or(Tag::Mark, |i| s.tag(i));
    noun_follows && matches!(left, Tag::DT | Tag::JJ | Tag::PRPS | Tag::POS | Tag::CD)
}

/// The noun before a relative pronoun.
fn relative(s: &Sentence<'_>, words: &Words, at: usize) -> Found {
    let floor = at.saturating_sub(6);
    let nouns = (floor..at).rev().take_while(|&i| s.tag(i) != Tag::MD);
    for i in nouns {
        let tag = s.tag(i);
        if tag.is_noun() || matches!(tag, Tag::PRP | Tag::DT) {
            return Found::At(i, Rule::Relative);
        }
        if tag.is_verb() || words.stop.contains(&s.hash(i)) {
            break;
        }
    }
    Found::At(at, Rule::Subject)
}

/// The agent of a passive: the noun after `by`.
pub(super) fn agent(s: &Sentence<'_>, words: &Words, verb: usize) -> Option<usize> {
    let end = (verb + 9).min(s.len());
    let by = (verb + 1..end)
        .take_while(|&i| !s.tag(i).is_verb() && !words.stop.contains(&s.hash(i)))
        .find(|&i| words.by.contains(&s.hash(i)))?;
    let mut head = None;
    for i in by + 1..(by + 1 + REACH / 4).min(s.len()) {
        match s.tag(i) {
            Tag::PRP => return Some(i),
            tag if tag.is_noun() => head = Some(i),
            Tag::DT | Tag::JJ | Tag::CD | Tag::PRPS | Tag::POS => {}
            _ => break,
        }
    }
    head
}
