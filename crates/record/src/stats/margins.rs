//! Average marginal effects of a logit, with standard errors by the delta method.
//!
//! Effects are of variables, not of terms: where a variable stands in several terms (a
//! cubic, an interaction) all of them move. For a variable that is 0 or 1 throughout the
//! effect is the difference between 1 and 0.

use super::logit::{Fit, Sample, logistic};

/// The effect of a variable on the probability.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Variable.
    pub variable: String,
    /// Mean over the rows used.
    pub effect: f64,
    /// Standard error.
    pub se: f64,
    /// Whether it is the difference between 1 and 0.
    pub discrete: bool,
}

/// The effects of all variables, in the order of the formula.
pub fn average(sample: &Sample, fit: &Fit) -> Vec<Effect> {
    let beta: Vec<f64> = fit.coefficients.iter().map(|c| c.estimate).collect();
    (0..sample.formula.variables.len())
        .map(|v| one(sample, fit, &beta, v))
        .collect()
}

fn one(sample: &Sample, fit: &Fit, beta: &[f64], v: usize) -> Effect {
    let width = sample.formula.variables.len();
    let values = || sample.values.chunks_exact(width);
    let discrete = values().all(|row| row[v] == 0.0 || row[v] == 1.0);
    let spread = values().fold(0.0f64, |m, row| m.max(row[v].abs()));
    let h = (spread * 1e-5).max(1e-12);
    let mut effect = 0.0;
    let mut gradient = vec![0.0; beta.len()];
    let (mut moved, mut low, mut high) = (Vec::new(), Vec::new(), Vec::new());
    for row in values() {
        moved.clear();
        moved.extend_from_slice(row);
        let (below, above) = if discrete {
            (0.0, 1.0)
        } else {
            (row[v] - h, row[v] + h)
        };
        moved[v] = below;
        sample.formula.row(&moved, &mut low);
        moved[v] = above;
        sample.formula.row(&moved, &mut high);
        // With `discrete` the width is one, so the difference quotient is the difference.
        let per = 1.0 / (above - below);
        let probability = |x: &[f64]| logistic(x.iter().zip(beta).map(|(a, b)| a * b).sum());
        let (p0, p1) = (probability(&low), probability(&high));
        effect += (p1 - p0) * per;
        for ((g, a), b) in gradient.iter_mut().zip(&low).zip(&high) {
            *g += (p1 * (1.0 - p1) * b - p0 * (1.0 - p0) * a) * per;
        }
    }
    let n = sample.outcome.len() as f64;
    let variance: f64 = gradient
        .iter()
        .enumerate()
        .map(|(i, a)| {
            let line = fit.covariance.get(i).map_or(&[][..], Vec::as_slice);
            a * line.iter().zip(&gradient).map(|(c, b)| c * b).sum::<f64>()
        })
        .sum();
    Effect {
        variable: sample.formula.variables[v].clone(),
        effect: effect / n,
        se: variance.max(0.0).sqrt() / n,
        discrete,
    }
}
