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
pub fn choose(lens: &dyn RecordLens, rows: &Arc<Rows>, training: &[usize]) -> Choice {
    let grid = lens.penalties();
    let answers = held_out(lens, rows, training, grid);
    let best = match lens.separable() {
        true => {
            std::array::from_fn(|c| least(grid.len(), |k| loss(rows, training, &answers[k], c)))
        }
        false => {
            let all = |k: usize| (0..3).map(|c| loss(rows, training, &answers[k], c)).sum();
            [least(grid.len(), all); 3]
        }
    };
    Choice {
        penalties: best.map(|k| grid.get(k).copied().unwrap_or(1.0)),
        held_out: (0..training.len())
            .map(|i| compose(std::array::from_fn(|c| answers[best[c]][i][c])))
            .collect(),
    }
}

/// The place of the smallest loss, the first of equals.
fn least(n: usize, loss: impl Fn(usize) -> f64) -> usize {
    let losses: Vec<f64> = (0..n).map(loss).collect();
    let better = |best: usize, k: usize| if losses[k] < losses[best] { k } else { best };
    (0..n).fold(0, better)
}

/// Log loss of the answers to one contrast, over the rows where it arises.
fn loss(rows: &Rows, training: &[usize], answers: &[[f64; 3]], contrast: usize) -> f64 {
    let pairs = training.iter().zip(answers);
    pairs
        .filter_map(|(row, q)| {
            let yes = outcome(contrast, rows.rows[*row].class)?;
            let q = if yes { q[contrast] } else { 1.0 - q[contrast] };
            Some(-q.max(1e-9).ln())
        })
        .sum()
}

/// Answers to every training row, by each penalty, from fits without the row's crisis.
fn held_out(
    lens: &dyn RecordLens,
    rows: &Arc<Rows>,
    training: &[usize],
    grid: &[f64],
) -> Vec<Vec<[f64; 3]>> {
    let crises: Vec<i32> = training.iter().map(|r| rows.rows[*r].crisis).collect();
    let fold = folds(&crises, INNER, 1);
    let mut out = vec![vec![[0.5; 3]; training.len()]; grid.len()];
    for k in 0..INNER {
        let (places, outside): (Vec<usize>, Vec<usize>) =
            (0..training.len()).partition(|i| fold[*i] == k);
        if places.is_empty() || outside.is_empty() {
            continue;
        }
        let row = |i: &usize| training[*i];
        let outside: Vec<usize> = outside.iter().map(row).collect();
        let inside: Vec<usize> = places.iter().map(row).collect();
        for (out, fitted) in out.iter_mut().zip(lens.path(rows, &outside, grid)) {
            for (i, p) in places.iter().zip(fitted.answers(rows, &inside)) {
                out[*i] = contrasts(&p);
            }
        }
    }
    out
}
