//! Binary logit by iteratively reweighted least squares.
//!
//! McCullagh and Nelder (1989), chapters 2 and 4. Columns are scaled to length one before
//! the normal equations are solved, and the iteration runs until the deviance stands still
//! (relative change under 1e-14), so that estimates are those of the maximum, not of a
//! stopping rule.

use super::formula::Formula;
use crate::codes;
use crate::column::Table;
use crate::refusal::{Outcome, Refusal};
use nalgebra::{DMatrix, DVector};
use raison_core::Diagnostic;
use rayon::prelude::*;

/// Iterations at most; a fit that is possible needs about ten.
const MOST_STEPS: usize = 60;
/// Relative change of the deviance at which to stop.
const STILL: f64 = 1e-14;
/// Rows summed in one piece: fixed, so that sums do not depend on the number of threads.
const PIECE: usize = 4096;

/// Rows without a missing value, as numbers.
pub struct Sample {
    /// The formula.
    pub formula: Formula,
    /// Values of the variables, row by row.
    pub values: Vec<f64>,
    /// The design, row by row, the constant first.
    pub design: Vec<f64>,
    /// The outcome, 0 or 1.
    pub outcome: Vec<f64>,
    /// Which rows of the table these are.
    pub rows: Vec<u32>,
    /// Rows left out because a value is missing.
    pub dropped: usize,
    /// Columns of the design.
    pub width: usize,
}

/// A coefficient.
#[derive(Clone, Debug, PartialEq)]
pub struct Coefficient {
    /// Term.
    pub term: String,
    /// Estimate.
    pub estimate: f64,
    /// Standard error; clustered where clusters were given.
    pub se: f64,
}

impl Coefficient {
    /// Estimate over standard error.
    pub fn z(&self) -> f64 {
        self.estimate / self.se
    }

    /// Two-sided p-value of the standard normal distribution.
    pub fn p(&self) -> f64 {
        erfc(self.z().abs() / std::f64::consts::SQRT_2)
    }
}

/// A fitted model.
#[derive(Clone, Debug)]
pub struct Fit {
    /// Coefficients, the constant first.
    pub coefficients: Vec<Coefficient>,
    /// Covariance of the estimates, as used for the standard errors.
    pub covariance: Vec<Vec<f64>>,
    /// Rows used.
    pub n: usize,
    /// Rows left out because a value is missing.
    pub dropped: usize,
    /// Rows with outcome 1.
    pub events: usize,
    /// Residual deviance.
    pub deviance: f64,
    /// Deviance of the model with a constant only.
    pub null_deviance: f64,
    /// Akaike's criterion.
    pub aic: f64,
    /// Log likelihood.
    pub log_likelihood: f64,
    /// Steps taken.
    pub steps: usize,
    /// Number of clusters, where the standard errors are clustered.
    pub clusters: Option<usize>,
}

impl Sample {
    /// Takes the complete rows of a table.
    pub fn new(formula: Formula, table: &Table) -> Outcome<Sample> {
        formula.check(table)?;
        let columns: Vec<_> = formula
            .variables
            .iter()
            .filter_map(|v| table.get(v))
            .collect();
        let Some(outcome) = table.get(&formula.outcome) else {
            return Err(no_fit("the outcome is missing", "check the formula"));
        };
        let width = formula.terms.len() + usize::from(formula.intercept);
        let mut sample = Sample {
            formula,
            values: Vec::new(),
            design: Vec::new(),
            outcome: Vec::new(),
            rows: Vec::new(),
            dropped: 0,
            width,
        };
        let (mut values, mut design) = (Vec::new(), Vec::new());
        for row in 0..table.rows() {
            let y = outcome.number(row);
            values.clear();
            values.extend(columns.iter().map(|c| c.number(row)));
            sample.formula.row(&values, &mut design);
            if y.is_nan() || design.iter().any(|x| !x.is_finite()) {
                sample.dropped += 1;
                continue;
            }
            if y != 0.0 && y != 1.0 {
                return Err(no_fit(
                    &format!(
                        "the outcome `{}` is {y} in row {}",
                        sample.formula.outcome,
                        row + 1
                    ),
                    "a logit explains an outcome that is 0 or 1",
                ));
            }
            sample.values.extend_from_slice(&values);
            sample.design.extend_from_slice(&design);
            sample.outcome.push(y);
            sample.rows.push(row as u32);
        }
        sample.check()?;
        Ok(sample)
    }

    fn check(&self) -> Outcome<()> {
        let events = self.outcome.iter().filter(|y| **y == 1.0).count();
        if self.outcome.len() <= self.width {
            return Err(no_fit(
                &format!(
                    "{} complete rows are too few for {} coefficients ({} rows have missing values)",
                    self.outcome.len(),
                    self.width,
                    self.dropped
                ),
                "use fewer terms, or columns with fewer missing values",
            ));
        }
        if events == 0 || events == self.outcome.len() {
            return Err(no_fit(
                &format!(
                    "the outcome `{}` never varies in the complete rows",
                    self.formula.outcome
                ),
                "check the years and the columns: missing values may have removed all events",
            ));
        }
        Ok(())
    }
}

fn no_fit(message: &str, help: &str) -> Refusal {
    Refusal::error(codes::NO_FIT, message, help)
}

/// Sums of one step: information, gradient, deviance.
struct Sums {
    information: Vec<f64>,
    gradient: Vec<f64>,
    deviance: f64,
}

/// log(1 + exp(x)) without overflow.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

/// The logistic function.
pub(crate) fn logistic(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + (-x).exp())
    } else {
        let e = x.exp();
        e / (1.0 + e)
    }
}

fn sums(design: &[f64], outcome: &[f64], beta: &[f64]) -> Sums {
    let k = beta.len();
    let zero = || Sums {
        information: vec![0.0; k * k],
        gradient: vec![0.0; k],
        deviance: 0.0,
    };
    let pieces: Vec<Sums> = design
        .par_chunks(PIECE * k)
        .zip(outcome.par_chunks(PIECE))
        .map(|(rows, ys)| {
            let mut s = zero();
            for (x, y) in rows.chunks_exact(k).zip(ys) {
                let eta: f64 = x.iter().zip(beta).map(|(a, b)| a * b).sum();
                let mu = logistic(eta);
                s.deviance += 2.0 * (softplus(eta) - y * eta);
                let (w, r) = (mu * (1.0 - mu), y - mu);
                for (i, a) in x.iter().enumerate() {
                    s.gradient[i] += a * r;
                    let wa = w * a;
                    let line = &mut s.information[i * k..i * k + i + 1];
                    line.iter_mut().zip(x).for_each(|(t, b)| *t += wa * b);
                }
            }
            s
        })
        .collect();
    pieces.into_iter().fold(zero(), |mut all, s| {
        let add = |a: &mut Vec<f64>, b: Vec<f64>| a.iter_mut().zip(b).for_each(|(x, y)| *x += y);
        add(&mut all.information, s.information);
        add(&mut all.gradient, s.gradient);
        all.deviance += s.deviance;
        all
    })
}

/// Fits the model. `clusters` gives a cluster number for every row of the table.
pub fn fit(sample: &Sample, clusters: Option<&[u32]>) -> Outcome<Fit> {
    let k = sample.width;
    let (design, scale) = scaled(sample);
    let names = sample.formula.names();
    let mut beta = vec![0.0; k];
    if sample.formula.intercept {
        // Start from the model with a constant only.
        let mean = sample.outcome.iter().sum::<f64>() / sample.outcome.len() as f64;
        beta[0] = (mean / (1.0 - mean)).ln() * scale[0];
    }
    let mut last = f64::INFINITY;
    let mut steps = 0;
    loop {
        let s = sums(&design, &sample.outcome, &beta);
        let still = (last - s.deviance).abs() <= STILL * (s.deviance.abs() + 0.1);
        let cholesky = factor(&s, k, &names)?;
        if still || steps == MOST_STEPS {
            if !still || s.deviance < 1e-6 * sample.outcome.len() as f64 {
                return Err(separated(&beta, &scale, &names));
            }
            return Ok(finish(
                sample, &design, &scale, &beta, &s, &cholesky, steps, clusters,
            ));
        }
        let step = cholesky.solve(&DVector::from_column_slice(&s.gradient));
        let half = halving(&design, &sample.outcome, &beta, step.as_slice(), s.deviance);
        beta.iter_mut().zip(&step).for_each(|(b, d)| *b += half * d);
        last = s.deviance;
        steps += 1;
    }
}

/// A full step, halved while it makes the fit worse.
fn halving(design: &[f64], outcome: &[f64], beta: &[f64], step: &[f64], now: f64) -> f64 {
    let mut half = 1.0;
    for _ in 0..20 {
        let tried: Vec<f64> = beta.iter().zip(step).map(|(b, d)| b + half * d).collect();
        let deviance = deviance(design, outcome, &tried);
        if deviance <= now * (1.0 + 1e-12) {
            break;
        }
        half /= 2.0;
    }
    half
}

fn deviance(design: &[f64], outcome: &[f64], beta: &[f64]) -> f64 {
    let k = beta.len();
    let pieces: Vec<f64> = design
        .par_chunks(PIECE * k)
        .zip(outcome.par_chunks(PIECE))
        .map(|(rows, ys)| {
            rows.chunks_exact(k)
                .zip(ys)
                .map(|(x, y)| {
                    let eta: f64 = x.iter().zip(beta).map(|(a, b)| a * b).sum();
                    2.0 * (softplus(eta) - y * eta)
                })
                .sum()
        })
        .collect();
    pieces.iter().sum()
}

fn scaled(sample: &Sample) -> (Vec<f64>, Vec<f64>) {
    let k = sample.width;
    let n = sample.outcome.len() as f64;
    let mut scale = vec![0.0; k];
    for row in sample.design.chunks_exact(k) {
        scale.iter_mut().zip(row).for_each(|(s, x)| *s += x * x / n);
    }
    for s in &mut scale {
        *s = if *s > 0.0 { s.sqrt() } else { 1.0 };
    }
    let design = sample
        .design
        .chunks_exact(k)
        .flat_map(|row| {
            row.iter()
                .zip(&scale)
                .map(|(x, s)| x / s)
                .collect::<Vec<_>>()
        })
        .collect();
    (design, scale)
}

type Cholesky = nalgebra::Cholesky<f64, nalgebra::Dyn>;

fn factor(s: &Sums, k: usize, names: &[String]) -> Outcome<Cholesky> {
    let matrix = DMatrix::from_fn(k, k, |i, j| {
        let (low, high) = if i >= j { (i, j) } else { (j, i) };
        s.information[low * k + high]
    });
    let diagonal: Vec<f64> = (0..k).map(|i| matrix[(i, i)]).collect();
    let cholesky = matrix.cholesky();
    let weak = match &cholesky {
        // A pivot that all but vanishes against its own column: no information of its own.
        Some(c) => (0..k).find(|i| c.l_dirty()[(*i, *i)].powi(2) < 1e-12 * diagonal[*i]),
        None => Some(dependent(s, k)),
    };
    match (cholesky, weak) {
        (Some(c), None) => Ok(c),
        (_, weak) => {
            let name = names.get(weak.unwrap_or(0)).map_or("", String::as_str);
            Err(Refusal::one(
                Diagnostic::error(
                    codes::NO_FIT,
                    format!("the term `{name}` repeats what the terms before it say"),
                )
                .note("its column is a linear combination of theirs, or does not vary")
                .help("leave the term out"),
            ))
        }
    }
}

/// First column whose leading block cannot be factored.
fn dependent(s: &Sums, k: usize) -> usize {
    (1..=k)
        .find(|n| {
            let block = DMatrix::from_fn(*n, *n, |i, j| {
                let (low, high) = if i >= j { (i, j) } else { (j, i) };
                s.information[low * k + high]
            });
            block.cholesky().is_none()
        })
        .map_or(0, |n| n - 1)
}

fn separated(beta: &[f64], scale: &[f64], names: &[String]) -> Refusal {
    let largest = (0..beta.len())
        .max_by(|a, b| beta[*a].abs().total_cmp(&beta[*b].abs()))
        .unwrap_or(0);
    let name = names.get(largest).map_or("", String::as_str);
    let value = beta[largest] / scale[largest];
    Refusal::one(
        Diagnostic::error(
            codes::NO_FIT,
            "the terms separate the outcomes: there is no finite maximum",
        )
        .note(format!(
            "the coefficient of `{name}` grows without end (now {value:.3})"
        ))
        .help("leave out the term that predicts the outcome without fail"),
    )
}

#[allow(clippy::too_many_arguments)]
fn finish(
    sample: &Sample,
    design: &[f64],
    scale: &[f64],
    beta: &[f64],
    s: &Sums,
    cholesky: &Cholesky,
    steps: usize,
    clusters: Option<&[u32]>,
) -> Fit {
    let k = beta.len();
    let inverse = cholesky.inverse();
    let (middle, count) = match clusters {
        None => (inverse, None),
        Some(clusters) => {
            let (meat, count) = meat(sample, design, beta, clusters);
            (&inverse * meat * &inverse, Some(count))
        }
    };
    let covariance: Vec<Vec<f64>> = (0..k)
        .map(|i| {
            (0..k)
                .map(|j| middle[(i, j)] / (scale[i] * scale[j]))
                .collect()
        })
        .collect();
    let coefficients = sample
        .formula
        .names()
        .into_iter()
        .enumerate()
        .map(|(i, term)| Coefficient {
            term,
            estimate: beta[i] / scale[i],
            se: covariance[i][i].sqrt(),
        })
        .collect();
    let n = sample.outcome.len();
    let events = sample.outcome.iter().filter(|y| **y == 1.0).count();
    let share = events as f64 / n as f64;
    let null = match sample.formula.intercept {
        true => -2.0 * n as f64 * (share * share.ln() + (1.0 - share) * (1.0 - share).ln()),
        false => 2.0 * n as f64 * std::f64::consts::LN_2,
    };
    Fit {
        coefficients,
        covariance,
        n,
        dropped: sample.dropped,
        events,
        deviance: s.deviance,
        null_deviance: null,
        aic: s.deviance + 2.0 * k as f64,
        log_likelihood: -s.deviance / 2.0,
        steps,
        clusters: count,
    }
}

/// Sum over clusters of the outer products of their scores, times G / (G − 1); Liang and
/// Zeger (1986).
fn meat(sample: &Sample, design: &[f64], beta: &[f64], clusters: &[u32]) -> (DMatrix<f64>, usize) {
    let k = beta.len();
    let mut scores: std::collections::BTreeMap<u32, Vec<f64>> = Default::default();
    for ((x, y), row) in design
        .chunks_exact(k)
        .zip(&sample.outcome)
        .zip(&sample.rows)
    {
        let eta: f64 = x.iter().zip(beta).map(|(a, b)| a * b).sum();
        let residual = y - logistic(eta);
        let cluster = clusters.get(*row as usize).copied().unwrap_or(u32::MAX);
        let score = scores.entry(cluster).or_insert_with(|| vec![0.0; k]);
        score
            .iter_mut()
            .zip(x)
            .for_each(|(s, a)| *s += a * residual);
    }
    let mut meat = DMatrix::zeros(k, k);
    for score in scores.values() {
        let v = DVector::from_column_slice(score);
        meat += &v * v.transpose();
    }
    let g = scores.len() as f64;
    (meat * (g / (g - 1.0).max(1.0)), scores.len())
}

/// Complementary error function by a rational approximation with relative error under
/// 1.2e-7 (Press et al. 1992, section 6.2): enough for a p-value.
pub fn erfc(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.5 * x.abs());
    let c = [
        -1.26551223,
        1.00002368,
        0.37409196,
        0.09678418,
        -0.18628806,
        0.27886807,
        -1.13520398,
        1.48851587,
        -0.82215223,
        0.17087277,
    ];
    let poly = c.iter().rev().fold(0.0, |sum, c| sum * t + c);
    let value = t * (-x * x + poly).exp();
    if x >= 0.0 { value } else { 2.0 - value }
}
