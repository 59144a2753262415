//! Quantal response in normal form.

use super::branch::{Quantal, Response, follow};
use crate::Result;
use crate::normal_form::{NormalForm, Profile};

/// The logit quantal response equilibria of a game in normal form at precision `lambda`.
///
/// Domain: `lambda` 0 or more, per unit of payoff. The first answer lies on the principal
/// branch; further ones lie on branches that left it at a bifurcation below `lambda`.
///
/// Source: McKelvey & Palfrey 1995.
///
/// # Errors
/// A `lambda` that is negative or not finite; a branch that cannot be followed so far.
pub fn quantal_response(game: &NormalForm, lambda: f64) -> Result<Quantal<Profile>> {
    let mut strategic = Strategic::new(game);
    let branches = follow(&mut strategic, lambda)?;
    let bifurcations = branches
        .first()
        .map(|b| b.passed.iter().map(|p| p.0).collect())
        .unwrap_or_default();
    let answers = branches
        .into_iter()
        .map(|b| (strategic.profile(&b.log_odds), b))
        .collect();
    Ok(Quantal {
        lambda,
        answers,
        bifurcations,
    })
}

struct Strategic<'a> {
    game: &'a NormalForm,
    sizes: Vec<usize>,
    /// Where each player's log odds begin; the end is the last.
    offsets: Vec<usize>,
    chances: Profile,
    /// Payoff of each strategy, and its derivative by each other player's probabilities.
    earned: Profile,
    /// Two players: payoffs as matrices, own strategy by row.
    matrices: Option<[Vec<f64>; 2]>,
}

impl<'a> Strategic<'a> {
    fn new(game: &'a NormalForm) -> Self {
        let sizes = game.sizes();
        let mut offsets = vec![0];
        for k in &sizes {
            offsets.push(offsets[offsets.len() - 1] + k - 1);
        }
        let chances: Profile = sizes.iter().map(|k| vec![0.0; *k]).collect();
        Self {
            game,
            matrices: matrices(game, &sizes),
            earned: chances.clone(),
            sizes,
            offsets,
            chances,
        }
    }

    fn profile(&mut self, z: &[f64]) -> Profile {
        self.mix(z);
        self.chances.clone()
    }

    /// Probabilities from log odds, the first strategy's being 0.
    fn mix(&mut self, z: &[f64]) {
        for (player, chances) in self.chances.iter_mut().enumerate() {
            let odds = &z[self.offsets[player]..self.offsets[player + 1]];
            soft(odds, chances);
        }
    }

    fn earn(&mut self) {
        if let Some([row, column]) = &self.matrices {
            multiply(row, &self.chances[1], &mut self.earned[0]);
            multiply(column, &self.chances[0], &mut self.earned[1]);
            return;
        }
        for player in 0..self.sizes.len() {
            self.earned[player] = self.game.expected(player, &self.chances);
        }
    }

    /// ∂ payoff of `player`'s strategies / ∂ probabilities of `other`: own by row.
    fn mixed_slopes(&self, player: usize, other: usize) -> Vec<f64> {
        let (rows, columns) = (self.sizes[player], self.sizes[other]);
        let mut table = vec![0.0; rows * columns];
        for number in 0..self.game.profiles() {
            let s = self.game.strategies_of(number);
            let rest = (0..s.len()).filter(|k| *k != player && *k != other);
            let chance: f64 = rest.map(|k| self.chances[k][s[k]]).product();
            table[s[player] * columns + s[other]] += chance * self.game.payoffs_of(number)[player];
        }
        table
    }

    fn write_gains(&self, gains: &mut [f64]) {
        for (player, earned) in self.earned.iter().enumerate() {
            let at = self.offsets[player];
            for (j, e) in earned.iter().enumerate().skip(1) {
                gains[at + j - 1] = e - earned[0];
            }
        }
    }

    /// ∂Δu_player / ∂z_other through the probabilities of `other`.
    fn write_slopes(&self, player: usize, other: usize, table: &[f64], slopes: &mut [f64]) {
        let (n, columns) = (self.offsets[self.sizes.len()], self.sizes[other]);
        let p = &self.chances[other];
        for j in 1..self.sizes[player] {
            let difference = |l: usize| table[j * columns + l] - table[l];
            let mean: f64 = (0..columns).map(|l| p[l] * difference(l)).sum();
            let line = (self.offsets[player] + j - 1) * n + self.offsets[other];
            for l in 1..columns {
                slopes[line + l - 1] = p[l] * (difference(l) - mean);
            }
        }
    }
}

impl Response for Strategic<'_> {
    fn size(&self) -> usize {
        self.offsets[self.sizes.len()]
    }

    fn gains(&mut self, z: &[f64], gains: &mut [f64]) {
        self.mix(z);
        self.earn();
        self.write_gains(gains);
    }

    fn slopes(&mut self, z: &[f64], gains: &mut [f64], slopes: &mut [f64]) {
        self.gains(z, gains);
        slopes.fill(0.0);
        if let Some([row, column]) = &self.matrices {
            self.write_slopes(0, 1, row, slopes);
            self.write_slopes(1, 0, column, slopes);
            return;
        }
        for player in 0..self.sizes.len() {
            for other in (0..self.sizes.len()).filter(|o| *o != player) {
                let table = self.mixed_slopes(player, other);
                self.write_slopes(player, other, &table, slopes);
            }
        }
    }
}

fn matrices(game: &NormalForm, sizes: &[usize]) -> Option<[Vec<f64>; 2]> {
    let &[m, n] = sizes else { return None };
    let cell = |player: usize, i: usize, j: usize| game.payoffs_of(j * m + i)[player];
    let row = (0..m).flat_map(|i| (0..n).map(move |j| cell(0, i, j)));
    let column = (0..n).flat_map(|j| (0..m).map(move |i| cell(1, i, j)));
    Some([row.collect(), column.collect()])
}

fn multiply(matrix: &[f64], vector: &[f64], out: &mut [f64]) {
    for (o, line) in out.iter_mut().zip(matrix.chunks_exact(vector.len())) {
        *o = line.iter().zip(vector).map(|(a, b)| a * b).sum();
    }
}

/// Softmax of 0 and `odds`, without overflow.
pub(super) fn soft(odds: &[f64], chances: &mut [f64]) {
    let top = odds.iter().copied().fold(0.0, f64::max);
    let mut total = 0.0;
    for (p, z) in chances.iter_mut().zip(std::iter::once(&0.0).chain(odds)) {
        *p = (z - top).exp();
        total += *p;
    }
    chances.iter_mut().for_each(|p| *p /= total);
}
