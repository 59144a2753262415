//! Asking a prepared lens at many draws, with the same answer on any number of threads.

use raison_core::choice::TIE;
use raison_core::{Draw, Inputs, Known, Prepared};
use rayon::prelude::*;

/// Draws in one block: the unit of work, of memory and of random streams.
const BLOCK: usize = 256;

/// Probabilities by draw, row-major: row `d` holds one number per alternative.
#[derive(Clone, Debug)]
pub struct Answers {
    /// Alternatives.
    pub width: usize,
    /// `draws × width` numbers.
    pub table: Vec<f64>,
}

impl Answers {
    /// One row per draw.
    pub fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.table.chunks_exact(self.width.max(1))
    }

    /// Mean probability of every alternative.
    pub fn mean(&self) -> Vec<f64> {
        let mut sum = vec![0.0; self.width];
        let mut rows = 0usize;
        for row in self.rows() {
            sum.iter_mut().zip(row).for_each(|(s, p)| *s += p);
            rows += 1;
        }
        sum.iter().map(|s| s / rows.max(1) as f64).collect()
    }

    /// Share of draws in which each alternative leads; ties are shared.
    pub fn leads(&self) -> Vec<f64> {
        let mut leads = vec![0.0; self.width];
        let mut rows = 0usize;
        for row in self.rows() {
            let top = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let tied = row.iter().filter(|p| **p >= top - TIE).count() as f64;
            for (lead, p) in leads.iter_mut().zip(row) {
                if *p >= top - TIE {
                    *lead += 1.0 / tied;
                }
            }
            rows += 1;
        }
        leads.iter().map(|l| l / rows.max(1) as f64).collect()
    }

    /// The `q` quantile over draws of each alternative's probability.
    pub fn quantile(&self, q: f64) -> Vec<f64> {
        (0..self.width)
            .map(|i| {
                let mut column: Vec<f64> = self.rows().map(|r| r[i]).collect();
                let at = ((column.len().saturating_sub(1)) as f64 * q).round() as usize;
                if column.is_empty() {
                    return f64::NAN;
                }
                *column.select_nth_unstable_by(at, f64::total_cmp).1
            })
            .collect()
    }
}

/// Asks several prepared lenses at the same draws. Zero draws means the central values,
/// once.
pub fn ask(
    lenses: &[(&'static str, &dyn Prepared)],
    inputs: &Inputs,
    alternatives: usize,
    seed: u64,
    draws: usize,
) -> Vec<Answers> {
    if draws == 0 {
        let central = inputs.central();
        return lenses
            .iter()
            .map(|(_, lens)| Answers {
                width: alternatives,
                table: one(*lens, Draw(&central), alternatives),
            })
            .collect();
    }
    let blocks: Vec<(usize, usize)> = (0..draws.div_ceil(BLOCK))
        .map(|b| (b * BLOCK, BLOCK.min(draws - b * BLOCK)))
        .collect();
    let parts: Vec<Vec<Vec<f64>>> = blocks
        .par_iter()
        .map(|(first, rows)| block(lenses, inputs, alternatives, seed, *first, *rows))
        .collect();
    (0..lenses.len())
        .map(|lens| Answers {
            width: alternatives,
            table: parts.iter().flat_map(|p| p[lens].iter().copied()).collect(),
        })
        .collect()
}

fn block(
    lenses: &[(&'static str, &dyn Prepared)],
    inputs: &Inputs,
    alternatives: usize,
    seed: u64,
    first: usize,
    rows: usize,
) -> Vec<Vec<f64>> {
    let table = inputs.draw(seed, first as u64, rows);
    let mut out = vec![Vec::with_capacity(rows * alternatives); lenses.len()];
    let ids: Vec<&'static str> = lenses.iter().map(|(id, _)| *id).collect();
    let mut answers = vec![vec![0.0; alternatives]; lenses.len()];
    for row in table.chunks_exact(inputs.len().max(1)) {
        for (at, (_, lens)) in lenses.iter().enumerate() {
            let (before, here) = answers.split_at_mut(at);
            let known = Known {
                ids: &ids[..at],
                answers: before,
            };
            lens.probabilities_given(Draw(row), &known, &mut here[0]);
            out[at].extend_from_slice(&here[0]);
        }
    }
    out
}

/// One answer.
pub fn one(lens: &dyn Prepared, draw: Draw<'_>, alternatives: usize) -> Vec<f64> {
    let mut out = vec![0.0; alternatives];
    lens.probabilities(draw, &mut out);
    out
}
