//! The verb group: auxiliaries, negation, main verb.

use super::{Sentence, Words};
use crate::tag::Tag;

/// Auxiliaries and main verb.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Group {
    pub from: usize,
    pub verb: usize,
    pub modal: bool,
    pub future: bool,
    pub negated: bool,
    pub passive: bool,
    /// `shall we …?`, `has he …?`
    pub inverted: bool,
    /// The main verb is a bare participle.
    pub participle: bool,
    pub infinitive: bool,
    /// A finite verb or a modal opens it.
    pub finite: bool,
}

/// Adverbs and negations that may stand between auxiliary and verb.
const GAP: usize = 5;

/// Reads the group that begins at `at`, a verb or modal.
pub(super) fn group(s: &Sentence<'_>, words: &Words, at: usize) -> Group {
    let mut g = Group {
        from: at,
        verb: at,
        ..Group::default()
    };
    let mut current = at;
    for _ in 0..GAP {
        let tag = s.tag(current);
        let (next, inverted) = next_verb(s, words, current, &mut g.negated);
        let Some(next) = next else { break };
        let hash = s.hash(current);
        let after = s.tag(next);
        let chained = if tag == Tag::MD {
            g.modal |= !words.will.contains(&hash);
            g.future |= words.will.contains(&hash);
            matches!(after, Tag::VB | Tag::VBP | Tag::VBN)
        } else if words.be.contains(&hash) && matches!(after, Tag::VBN | Tag::VBD) {
            g.passive = !ambiguous_have(s, words, current, next);
            true
        } else if words.be.contains(&hash) && after == Tag::VBG
            || words.have.contains(&hash) && matches!(after, Tag::VBN | Tag::VBD)
        {
            true
        } else {
            words.do_.contains(&hash) && matches!(after, Tag::VB | Tag::VBP)
        };
        if !chained {
            break;
        }
        g.inverted |= inverted;
        current = next;
    }
    g.verb = current;
    let (first, main) = (s.tag(at), s.tag(current));
    g.finite = matches!(first, Tag::MD | Tag::VBD | Tag::VBP | Tag::VBZ);
    g.participle = current == at && matches!(main, Tag::VBG | Tag::VBN);
    g.infinitive = first == Tag::VB && before(s, at).is_some_and(|b| s.tag(b) == Tag::TO);
    g.negated |= negated_before(s, words, at);
    g
}

/// `'s` before a participle may be `has`; `been` after it says so.
fn ambiguous_have(s: &Sentence<'_>, words: &Words, current: usize, next: usize) -> bool {
    s.word(current).ends_with('s')
        && words.have.contains(&s.hash(current))
        && s.word(current).len() <= 4
        && words.be.contains(&s.hash(next))
}

/// The next verb after adverbs and negations; a pronoun in between means inversion.
fn next_verb(
    s: &Sentence<'_>,
    words: &Words,
    at: usize,
    negated: &mut bool,
) -> (Option<usize>, bool) {
    let (mut inverted, mut denied) = (false, false);
    for next in at + 1..(at + 1 + GAP).min(s.len()) {
        match s.tag(next) {
            Tag::RB | Tag::UH | Tag::DT if words.not.contains(&s.hash(next)) => {
                // "not only", "not merely" denies nothing
                denied = !words.only.contains(&s.hash(next + 1));
            }
            Tag::RB => {}
            Tag::PRP if !inverted && s.tag(at) != Tag::VBG => inverted = true,
            tag if tag.is_verb() => {
                *negated |= denied;
                return (Some(next), inverted);
            }
            _ => break,
        }
    }
    *negated |= denied && !inverted;
    (None, false)
}

/// The nearest token on the left that is no adverb.
pub(super) fn before(s: &Sentence<'_>, at: usize) -> Option<usize> {
    let start = at.saturating_sub(GAP);
    (start..at).rev().find(|&i| s.tag(i) != Tag::RB)
}

fn negated_before(s: &Sentence<'_>, words: &Words, at: usize) -> bool {
    let start = at.saturating_sub(GAP);
    let adverbs = (start..at).rev();
    adverbs
        .take_while(|&i| matches!(s.tag(i), Tag::RB | Tag::TO))
        .any(|i| words.not.contains(&s.hash(i)))
}
