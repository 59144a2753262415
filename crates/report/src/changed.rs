//! What differs between two runs, found by comparing what is shown: no result is
//! computed here.

use crate::view::{Against, View};
use raison_core::{Input, Reason};
use raison_study::{Analysis, Answer};

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
    let mut out = ChangedReasons::default();
    for old in before {
        match after.iter().find(|r| r.text == old.text) {
            None => out.gone.push(old),
            Some(new) if differs(old.weight, new.weight) => out.moved.push((old, new)),
            Some(_) => {}
        }
    }
    out.new.extend(
        after
            .iter()
            .filter(|r| !before.iter().any(|o| o.text == r.text)),
    );
    out
}

/// Whether two weights differ by more than rounding shows.
fn differs(a: f64, b: f64) -> bool {
    (a - b).abs() > 5e-3 * a.abs().max(b.abs())
}
