//! Choices made inside the training rows.

use super::folds::folds;
use raison_core::record::nested::{compose, contrasts, outcome};
use raison_core::record::{CLASSES, Penalties, RecordLens, Rows};
use std::sync::Arc;

/// Folds inside the training rows, by whole crises.
pub const INNER: usize = 5;

/// What was chosen, and answers to the training rows by fits that had not seen them.
pub struct Choice {
    /// Penalty of each contrast.
    pub penalties: Penalties,
    /// One answer per training row.
    pub held_out: Vec<[f64; CLASSES]>,
}

/// Chooses the penalty of every contrast by its log-likelihood over inner folds.
///
/// The three contrasts of a nested model do not share parameters, so each is chosen by
/// itself, and the held-out answers are put together from the fits that were chosen.
pub fn choose(
    lens: &dyn RecordLens,
    rows: &Arc<Rows>,
    training: &[usize],
    want_held_out: bool,
) -> Choice {
    let grid = lens.penalties();
    // A baseline with nothing to choose is not stacked either.
    if grid.len() == 1 && !want_held_out {
        let only = grid.first().copied().unwrap_or(1.0);
        return Choice {
            penalties: [only; 3],
            held_out: Vec::new(),
        };
    }
    let crises: Vec<i32> = training.iter().map(|r| rows.rows[*r].crisis).collect();
    let fold = folds(&crises, INNER, 1);
    let answers: Vec<Vec<[f64; 3]>> = grid
        .iter()
        .map(|penalty| held_out(lens, rows, training, &fold, *penalty))
        .collect();
    let mut best = [0usize; 3];
    for (c, best) in best.iter_mut().enumerate() {
        let loss = |k: usize| -> f64 {
            let pairs = training.iter().zip(&answers[k]);
            pairs
                .filter_map(|(row, q)| {
                    let yes = outcome(c, rows.rows[*row].class)?;
                    let q = if yes { q[c] } else { 1.0 - q[c] };
                    Some(-q.max(1e-9).ln())
                })
                .sum()
        };
        for k in 1..grid.len() {
            if loss(k) < loss(*best) {
                *best = k;
            }
        }
    }
    Choice {
        penalties: best.map(|k| grid[k]),
        held_out: (0..training.len())
            .map(|i| compose(std::array::from_fn(|c| answers[best[c]][i][c])))
            .collect(),
    }
}

fn held_out(
    lens: &dyn RecordLens,
    rows: &Arc<Rows>,
    training: &[usize],
    fold: &[usize],
    penalty: f64,
) -> Vec<[f64; 3]> {
    let mut out = vec![[0.5; 3]; training.len()];
    for k in 0..INNER {
        let pick = |inside: bool| -> Vec<usize> {
            let both = training.iter().zip(fold);
            both.filter(|(_, f)| (**f == k) == inside)
                .map(|(r, _)| *r)
                .collect()
        };
        let (inside, outside) = (pick(true), pick(false));
        if inside.is_empty() || outside.is_empty() {
            continue;
        }
        let fitted = lens.fit(rows, &outside, [penalty; 3]);
        let places = (0..fold.len()).filter(|i| fold[*i] == k);
        for (i, p) in places.zip(fitted.answers(rows, &inside)) {
            out[i] = contrasts(&p);
        }
    }
    out
}
