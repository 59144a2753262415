//! What differs between two runs, found by comparing what is shown: no result is
//! computed here.

use crate::view::{Against, View};
use raison_core::{Input, Reason};
use raison_study::{Analysis, Answer, Difference, Shift};

/// A number that a counterfactual changed.
pub(crate) struct ChangedInput<'a> {
    pub path: &'a str,
    pub before: Option<&'a Input>,
    pub after: Option<&'a Input>,
}

/// The numbers that differ between the case as coded and as changed.
pub(crate) fn inputs<'a>(view: &View<'a>, against: &Against<'a>) -> Vec<ChangedInput<'a>> {
    let (a, b) = (&against.case.question.inputs, &view.case.question.inputs);
    let mut out = Vec::new();
    for (_, before) in a.iter() {
        let after = b.find(&before.path).map(|n| b.get(n));
        if after.is_none_or(|i| i.amount != before.amount) {
            out.push(ChangedInput {
                path: &before.path,
                before: Some(before),
                after,
            });
        }
    }
    let new = b.iter().filter(|(_, i)| a.find(&i.path).is_none());
    out.extend(new.map(|(_, i)| ChangedInput {
        path: &i.path,
        before: None,
        after: Some(i),
    }));
    out.retain(|c| crate::cited::shown(view, c.path));
    out
}

/// Whether a probability moves by less than half a point, in the mean and in the spread.
pub(crate) fn stays(s: &Shift) -> bool {
    [s.mean, s.low, s.high].iter().all(|x| x.abs() < 0.005)
}

/// Whether nothing that is shown of a lens changes.
pub(crate) fn is_still(d: &Difference) -> bool {
    d.leading.0 == d.leading.1 && d.shifts.iter().all(stays)
}

/// What became of a lens's reasons.
#[derive(Default)]
pub(crate) struct ChangedReasons<'a> {
    pub gone: Vec<&'a Reason>,
    pub new: Vec<&'a Reason>,
    pub moved: Vec<(&'a Reason, &'a Reason)>,
}

impl ChangedReasons<'_> {
    pub(crate) fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.new.is_empty() && self.moved.is_empty()
    }
}

/// The reasons of one lens in both runs, paired by their words.
pub(crate) fn reasons<'a>(against: &Against<'a>, lens: &str) -> ChangedReasons<'a> {
    let find = |analysis: &'a Analysis| -> &'a [Reason] {
        let result = analysis.lenses.iter().find(|l| l.id == lens);
        let answer: Option<&Answer> = result.and_then(|l| l.answer.as_ref().ok());
        answer.map_or(&[], |a| a.central.reasons.as_slice())
    };
    let before = find(&against.counterfactual.baseline);
    let after = find(&against.counterfactual.changed);
    pair(before, after)
}

/// Pairs reasons whose words are the same but for their figures.
fn pair<'a>(before: &'a [Reason], after: &'a [Reason]) -> ChangedReasons<'a> {
    let mut left: Vec<(String, &Reason)> = after.iter().map(|r| (words(&r.text), r)).collect();
    let mut out = ChangedReasons::default();
    for old in before {
        let key = words(&old.text);
        let same = left.iter().position(|(_, r)| r.text == old.text);
        let Some(at) = same.or_else(|| left.iter().position(|(k, _)| *k == key)) else {
            out.gone.push(old);
            continue;
        };
        let (_, new) = left.remove(at);
        if new.text != old.text || differs(old.weight, new.weight) {
            out.moved.push((old, new));
        }
    }
    out.new = left.into_iter().map(|(_, r)| r).collect();
    out
}

/// A text without its figures.
fn words(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_ascii_digit() && !matches!(c, '+' | '-' | '−' | '.'))
        .collect()
}

/// Whether two weights differ by more than rounding shows.
fn differs(a: f64, b: f64) -> bool {
    (a - b).abs() > 5e-3 * a.abs().max(b.abs())
}

/// What a change of leader or doctrine reaches, for those who expect more of it.
pub(crate) fn reach(against: &Against<'_>) -> Vec<&'static str> {
    const REACH: [(&str, &str); 2] = [
        (
            "--leader",
            "Another leader changes what reads the profile: leader, memory (years of birth) and \
             composite. Players, their positions and the other side stay as coded.",
        ),
        (
            "--doctrine",
            "Another doctrine changes what reads it: doctrine and composite. Nothing else of the \
             case changes.",
        ),
    ];
    let made = |flag: &str| against.changes.iter().any(|c| c.starts_with(flag));
    REACH
        .iter()
        .filter(|(flag, _)| made(flag))
        .map(|(_, text)| *text)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_paired_by_words_and_not_by_figures() {
        let before = [
            Reason::new("worth 0.5", 1.0),
            Reason::new("same", 1.0),
            Reason::new("old", 1.0),
        ];
        let after = [
            Reason::new("same", 1.001),
            Reason::new("worth -0.7", 1.0),
            Reason::new("fresh", 2.0),
        ];
        let r = pair(&before, &after);
        let text = |list: &[&Reason]| list.iter().map(|r| r.text.clone()).collect::<Vec<_>>();
        assert_eq!(text(&r.gone), ["old"]);
        assert_eq!(text(&r.new), ["fresh"]);
        assert_eq!(r.moved.len(), 1);
        assert_eq!(r.moved[0].1.text, "worth -0.7");
    }
}
