//! What a study says against itself.

use super::metrics::{Ranking, Target, metrics};
use super::run::{CHOSEN, Fitted, Forecasts, Plan, Source, chosen, fit_all};
use super::splits::Part;
use raison_core::record::{CLASSES, Rows, UNKNOWN};
use std::collections::HashSet;
use std::sync::Arc;

/// An area under the curve above this is treated as a leak until shown otherwise: what the
/// other actors of the same crisis did would give about as much.
pub const CEILING: f64 = 0.82;

/// The same for the Brier skill of force: no forecast of crisis decisions from before the
/// decision has come near it.
pub const SKILL_CEILING: f64 = 0.30;

/// A score that is too good.
#[derive(Clone, Debug, PartialEq)]
pub struct Alarm {
    /// Lens.
    pub lens: &'static str,
    /// Protocol.
    pub split: &'static str,
    /// Which score: `AUC` or `Brier skill`.
    pub score: &'static str,
    /// The score.
    pub value: f64,
    /// What it passes.
    pub ceiling: f64,
}

/// Scores of force by one lens that are too good to be true.
pub(super) fn too_good(f: &Forecasts) -> impl Iterator<Item = Alarm> {
    let auc = Ranking::new(&f.list).auc(&f.list, None);
    let skill = metrics(&f.list, Target::Force, None).brier_skill;
    let (lens, split) = (f.lens, f.split.word());
    let scores = [("AUC", auc, CEILING), ("Brier skill", skill, SKILL_CEILING)];
    let passed = scores.into_iter().filter(|(_, x, limit)| x > limit);
    passed.map(move |(score, value, ceiling)| Alarm {
        lens,
        split,
        score,
        value,
        ceiling,
    })
}

/// Whether training and test rows share a crisis.
pub(super) fn share_a_crisis(source: &Source<'_>, part: &Part) -> bool {
    let rows = source(&[], &|_, class| class);
    let crisis = |i: &usize| rows.rows[*i].crisis;
    let training: HashSet<i32> = part.training.iter().map(crisis).collect();
    part.test.iter().any(|i| training.contains(&crisis(i)))
}

/// Lenses, mixtures and baselines whose choices or fit change, if only by a bit, when every
/// held-back response is replaced by another and the covariates of the held-back rows are
/// permuted and stretched (permuted alone they would keep their mean and spread).
pub(super) fn looked_at_test_rows(source: &Source<'_>, part: &Part, plan: &Plan) -> Vec<String> {
    let mut hidden = vec![false; source(&[], &|_, c| c).len()];
    part.test.iter().for_each(|i| hidden[*i] = true);
    let own = Arc::new(source(&hidden, &|_, class| class));
    let mut altered = source(&hidden, &|i, class| {
        let held = hidden.get(i).copied().unwrap_or(false);
        if held && class != UNKNOWN {
            (class + 1 + (i % 3) as u8) % CLASSES as u8
        } else {
            class
        }
    });
    permute(&mut altered, &part.test);
    let altered = Arc::new(altered);
    let (own, altered) = rayon::join(
        || chosen_values(&own, part, plan),
        || chosen_values(&altered, part, plan),
    );
    let pairs = own.iter().zip(&altered);
    let changed = pairs.filter(|(a, b)| a.1 != b.1);
    changed.map(|((lens, _), _)| (*lens).to_owned()).collect()
}

/// Gives every held-back row the covariates of the next, twice their size less one; what is
/// missing becomes known.
fn permute(rows: &mut Rows, test: &[usize]) {
    let other = |i: usize| {
        let next = test.get((i + 1) % test.len()).copied().unwrap_or(0);
        let values = rows.of(next).iter().copied();
        let values = values.map(|v| if v.is_nan() { 0.5 } else { 2.0 * v - 1.0 });
        values.collect::<Vec<f64>>()
    };
    let moved: Vec<Vec<f64>> = (0..test.len()).map(other).collect();
    let width = rows.names.len();
    for (row, values) in test.iter().zip(moved) {
        if let Some(place) = rows.values.get_mut(row * width..(row + 1) * width) {
            place.copy_from_slice(&values);
        }
    }
}

/// Every number that was chosen or fitted, bit for bit.
fn chosen_values(rows: &Arc<Rows>, part: &Part, plan: &Plan) -> Vec<(&'static str, Vec<u64>)> {
    let lenses = fit_all(rows, &part.training, &plan.lenses, &plan.mixtures, &|| {});
    let baselines = fit_all(rows, &part.training, &plan.baselines, &[], &|| {});
    let bits = |f: &Fitted| {
        let fitted = f.lens.parameters().into_iter().map(|p| p.value);
        let all = f.penalties.into_iter().chain([f.inner]).chain(fitted);
        (f.lens.id(), all.map(f64::to_bits).collect())
    };
    let best = chosen(&lenses, plan.mixtures.len()).map(|at| {
        let (_, own): (&str, Vec<u64>) = bits(&lenses[at]);
        (CHOSEN, std::iter::once(at as u64).chain(own).collect())
    });
    let all = lenses.iter().chain(&baselines).map(bits);
    all.chain(best).collect()
}
