//! Which reason, and which number, carried a change.

use crate::draws::one;
use raison_core::{Case, Draw, Judgement, Origin, Prepared, Reason};

/// A reason before and after, and its part in the change.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// The reason's words after the change, or before it where it is gone.
    pub text: String,
    /// Weight before, in the lens's unit, for or against what then led; `None` where the
    /// reason was not given.
    pub before: Option<f64>,
    /// Weight after.
    pub after: Option<f64>,
    /// Its part of all changes of weight, 0 to 1.
    pub share: f64,
}

/// A number that both cases state differently.
#[derive(Clone, Debug, PartialEq)]
pub struct InputShift {
    /// Its path.
    pub path: String,
    /// Central value before and after.
    pub values: (f64, f64),
    /// What it alone does to the probability of the focus, at the central values.
    pub alone: f64,
}

/// Pairs the reasons of two judgements: by what they rest on and, among several of the
/// same, by their words; the most changed first.
pub(super) fn carried(
    first: &Case,
    before: &Judgement,
    second: &Case,
    after: &Judgement,
) -> Vec<Carried> {
    let mut left: Vec<(Vec<String>, &Reason)> = keyed(second, after);
    let mut out = Vec::new();
    for (key, old) in keyed(first, before) {
        let words = left.iter().position(|(_, r)| r.text == old.text);
        let same = || left.iter().position(|(k, _)| !k.is_empty() && *k == key);
        let new = words.or_else(same).map(|at| left.remove(at).1);
        out.push(pair(Some(old), new));
    }
    out.extend(left.into_iter().map(|(_, new)| pair(None, Some(new))));
    let all: f64 = out.iter().map(moved).sum();
    if all > 0.0 {
        out.iter_mut().for_each(|c| c.share = moved(c) / all);
    }
    out.sort_by(|a, b| b.share.total_cmp(&a.share));
    out
}

fn pair(old: Option<&Reason>, new: Option<&Reason>) -> Carried {
    let text = new.or(old).map_or(String::new(), |r| r.text.clone());
    Carried {
        text,
        before: old.map(|r| r.weight),
        after: new.map(|r| r.weight),
        share: 0.0,
    }
}

fn moved(c: &Carried) -> f64 {
    let change = (c.after.unwrap_or(0.0) - c.before.unwrap_or(0.0)).abs();
    if change.is_finite() { change } else { 0.0 }
}

/// Reasons with the sorted names of what they rest on.
fn keyed<'j>(case: &Case, judgement: &'j Judgement) -> Vec<(Vec<String>, &'j Reason)> {
    let inputs = &case.question.inputs;
    let name = |origin: &Origin| match origin {
        Origin::Input(num) => {
            let there = (num.0 as usize) < inputs.len();
            there.then(|| inputs.get(*num).path.clone())
        }
        Origin::Field(path) => Some(path.clone()),
        Origin::Work(_) => None,
    };
    let key = |r: &Reason| {
        let mut names: Vec<String> = r.origins.iter().filter_map(name).collect();
        names.sort();
        names
    };
    judgement.reasons.iter().map(|r| (key(r), r)).collect()
}

/// Numbers that both cases state differently, the one that does most alone first.
pub(super) fn inputs(
    first: &Case,
    second: &Case,
    lens: &dyn Prepared,
    focus: usize,
) -> Vec<InputShift> {
    let (a, b) = (&first.question.inputs, &second.question.inputs);
    let n = first.question.situation.alternatives.len();
    let mut values = a.central();
    let at = |values: &[f64]| {
        one(lens, Draw(values), n)
            .get(focus)
            .copied()
            .unwrap_or(f64::NAN)
    };
    let base = at(&values);
    let mut out = Vec::new();
    for (num, input) in a.iter() {
        let Some(other) = b.find(&input.path) else {
            continue;
        };
        let (old, new) = (input.amount.central(), b.get(other).amount.central());
        if old == new {
            continue;
        }
        values[num.0 as usize] = new;
        out.push(InputShift {
            path: input.path.clone(),
            values: (old, new),
            alone: at(&values) - base,
        });
        values[num.0 as usize] = old;
    }
    out.sort_by(|x, y| {
        y.alone
            .abs()
            .total_cmp(&x.alone.abs())
            .then(x.path.cmp(&y.path))
    });
    out
}
