//! One decision under another leader, doctrine, number or theory, draw by draw.
//!
//! Draws are keyed by the inputs' paths, so both sides share the luck of every input that
//! they share: the difference is the change's and not the draw's. Where several things are
//! changed, each one's part is its Shapley value (1953): its mean contribution over all
//! orders of making the changes, so that the parts add up to the whole.

mod distribution;
mod reasons;

pub use distribution::Distribution;
pub use reasons::{Carried, InputShift};

use crate::analysis::{Options, answers};
use crate::draws::Answers;
use raison_core::{Abstention, Case, Draw, Lens};
use rayon::prelude::*;

/// Most changes that are told apart; more are only shown together.
pub const MOST_CHANGES: usize = 5;

/// One thing that is changed.
pub struct Change {
    /// In the user's words: `leader=nikita-khrushchev-1961`.
    pub name: String,
    /// Whether it puts another lens in the place of the one asked.
    pub lens: Option<Box<dyn Lens>>,
}

/// What a counterfactual is made of.
pub struct Setup<'a> {
    /// The changes.
    pub changes: &'a [Change],
    /// The case under every set of changes: bit `i` of the index says whether change `i`
    /// is made. With more than [`MOST_CHANGES`] changes, two: none and all.
    pub cases: &'a [Case],
    /// The lenses asked.
    pub lenses: &'a [Box<dyn Lens>],
    /// Draws and seed.
    pub options: Options,
}

/// What a counterfactual found for one lens.
#[derive(Clone, Debug)]
pub struct LensChange {
    /// The lens asked.
    pub id: &'static str,
    /// The lens that answers for the changed case, where it is another.
    pub against: Option<&'static str>,
    /// What was found, or why one side does not answer.
    pub found: Result<Changed, Abstention>,
}

/// A paired comparison.
#[derive(Clone, Debug)]
pub struct Changed {
    /// Mean probability of each alternative before and after.
    pub before: Vec<f64>,
    /// See [`before`](Self::before).
    pub after: Vec<f64>,
    /// Leading alternative before and after, by mean probability.
    pub leading: (usize, usize),
    /// Share of draws in which another alternative leads after the change.
    pub leader_changes: f64,
    /// Share of draws that go from one leading alternative to another, largest first.
    pub moves: Vec<(usize, usize, f64)>,
    /// The paired change of each alternative's probability.
    pub differences: Vec<Distribution>,
    /// The alternative whose probability changes most, which parts and inputs speak of.
    pub focus: usize,
    /// Each change's part in the mean change of the focus; empty for a single change.
    pub parts: Vec<f64>,
    /// The reasons of both judgements, the most changed first.
    pub reasons: Vec<Carried>,
    /// Shared numbers that differ, and what each does alone at the central values.
    pub inputs: Vec<InputShift>,
}

/// Runs a counterfactual, lens by lens.
pub fn run(setup: &Setup<'_>) -> Vec<LensChange> {
    let swapped = setup.changes.iter().find_map(|c| c.lens.as_deref());
    let tables: Vec<Vec<Option<Answers>>> = (0..setup.cases.len())
        .map(|set| match setup.other(set) {
            None => asked(&setup.cases[set], setup.lenses, setup.options),
            Some(lens) => {
                let table = asked_one(&setup.cases[set], lens, setup.options);
                vec![table; setup.lenses.len()]
            }
        })
        .collect();
    setup
        .lenses
        .par_iter()
        .enumerate()
        .map(|(at, lens)| LensChange {
            id: lens.id(),
            against: swapped.map(Lens::id),
            found: setup.compare(at, lens.as_ref(), &tables),
        })
        .collect()
}

fn asked(case: &Case, lenses: &[Box<dyn Lens>], options: Options) -> Vec<Option<Answers>> {
    let prepared: Vec<_> = lenses.iter().map(|l| l.prepare(&case.question)).collect();
    answers(case, lenses, &prepared, options)
}

fn asked_one(case: &Case, lens: &dyn Lens, options: Options) -> Option<Answers> {
    let prepared = lens.prepare(&case.question).ok()?;
    let inputs = &case.question.inputs;
    let n = case.question.situation.alternatives.len();
    let one = [(lens.id(), prepared.as_ref())];
    let runs = (options.seed, options.draws);
    crate::draws::ask(&one, inputs, n, runs, usize::MAX).pop()
}

impl Setup<'_> {
    /// The lens that answers under a set of changes, where it is not the one asked.
    fn other(&self, set: usize) -> Option<&dyn Lens> {
        let all = set + 1 == self.cases.len();
        let made = |i: usize| {
            (self.together() && all && set > 0) || (!self.together() && set >> i & 1 == 1)
        };
        let changes = self.changes.iter().enumerate();
        changes
            .filter(|(i, _)| made(*i))
            .find_map(|(_, c)| c.lens.as_deref())
    }

    /// Whether the changes are only made together.
    fn together(&self) -> bool {
        self.changes.len() > MOST_CHANGES
    }

    fn compare(
        &self,
        at: usize,
        lens: &dyn Lens,
        tables: &[Vec<Option<Answers>>],
    ) -> Result<Changed, Abstention> {
        let last = self.cases.len().saturating_sub(1);
        let (Some(first_case), Some(last_case)) = (self.cases.first(), self.cases.last()) else {
            return Err(Abstention::new("there is nothing to compare", ""));
        };
        let situation = &first_case.question.situation;
        let after_lens = self.other(last).unwrap_or(lens);
        let first = lens.prepare(&first_case.question)?;
        let second = after_lens.prepare(&last_case.question)?;
        let table = |set: usize| {
            tables
                .get(set)
                .and_then(|t| t.get(at))
                .and_then(Option::as_ref)
        };
        let (Some(before), Some(after)) = (table(0), table(last)) else {
            return Err(Abstention::new("no answer", ""));
        };
        let differences = distribution::paired(before, after);
        let sizes: Vec<f64> = differences.iter().map(|d| d.mean.abs()).collect();
        let focus = situation.leading(&sizes);
        let means: Option<Vec<f64>> = (0..self.cases.len())
            .map(|set| table(set)?.mean().get(focus).copied())
            .collect();
        let parts = means.filter(|_| self.changes.len() > 1 && !self.together());
        let (leader_changes, moves) = distribution::moves(|p| situation.leading(p), before, after);
        let central = [first_case, last_case].map(|c| c.question.inputs.central());
        let judged = (
            first.judge(Draw(&central[0])),
            second.judge(Draw(&central[1])),
        );
        let (before, after) = (before.mean(), after.mean());
        Ok(Changed {
            leading: (situation.leading(&before), situation.leading(&after)),
            leader_changes,
            moves,
            focus,
            parts: parts.map_or(Vec::new(), |m| shapley(&m, self.changes.len())),
            reasons: reasons::carried(first_case, &judged.0, last_case, &judged.1),
            inputs: reasons::inputs(first_case, last_case, first.as_ref(), focus),
            differences,
            before,
            after,
        })
    }
}

/// Shapley values of `n` changes from the outcome under every set of them.
pub fn shapley(outcome: &[f64], n: usize) -> Vec<f64> {
    let factorial = |k: usize| (1..=k).map(|i| i as f64).product::<f64>();
    (0..n)
        .map(|i| {
            (0..outcome.len())
                .filter(|set| set >> i & 1 == 0)
                .map(|set| {
                    let size = set.count_ones() as usize;
                    let weight = factorial(size) * factorial(n - size - 1) / factorial(n);
                    let with = outcome.get(set | 1 << i).copied().unwrap_or(f64::NAN);
                    weight * (with - outcome[set])
                })
                .sum()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up_and_share_what_is_done_together() {
        // f(a) = 1, f(b) = 2, f(ab) = 5: two of the five come only together.
        let parts = shapley(&[0.0, 1.0, 2.0, 5.0], 2);
        assert!((parts[0] - 2.0).abs() < 1e-12 && (parts[1] - 3.0).abs() < 1e-12);
        let outcome = [0.1, 0.4, 0.2, 0.9, 0.3, 0.3, 0.8, 0.6];
        let parts = shapley(&outcome, 3);
        assert!((parts.iter().sum::<f64>() - (outcome[7] - outcome[0])).abs() < 1e-12);
    }
}
