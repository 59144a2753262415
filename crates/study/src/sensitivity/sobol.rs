//! First-order and total Sobol indices with bootstrap intervals.
//!
//! First order by the estimator of Saltelli et al. (2010, table 2 (b)), total by that of
//! Jansen (1999; table 2 (f) of Saltelli et al.). The mean of the response is taken off
//! first, which leaves both unbiased to order 1/N and makes the first more precise.

use super::points::Samples;
use raison_core::draws::Stream;
use rayon::prelude::*;

/// A number with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Index {
    /// Estimate.
    pub value: f64,
    /// 2.5 % point over bootstrap draws.
    pub low: f64,
    /// 97.5 % point over bootstrap draws.
    pub high: f64,
}

/// The indices of one factor: an input, or several inputs that move together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indices {
    /// Share of the variance that goes when this factor becomes known (first order).
    pub first: Index,
    /// Share of the variance that is left when all but this factor are known (total).
    pub total: Index,
}

/// What a Sobol analysis found.
#[derive(Clone, Debug, PartialEq)]
pub struct Decomposition {
    /// Mean of the response.
    pub mean: f64,
    /// Variance of the response; where it is zero there are no indices.
    pub variance: f64,
    /// One for each factor, in the order asked.
    pub factors: Vec<Indices>,
    /// How often the response was asked.
    pub evaluations: usize,
}

/// A response to one row of inputs; the buffer is the caller's to use.
pub type Response<'r> = dyn Fn(&[f64], &mut Vec<f64>) -> f64 + Sync + 'r;

/// Below this variance a response counts as constant: probabilities carry rounding.
const STILL: f64 = 1e-20;

/// Indices of factors, each a list of columns that are exchanged together.
pub fn sobol(
    samples: &Samples,
    factors: &[Vec<usize>],
    response: &Response<'_>,
    bootstrap: usize,
    seed: u64,
) -> Decomposition {
    let (mut a, mut b) = (
        ask(&samples.a, samples.width, response),
        ask(&samples.b, samples.width, response),
    );
    let rows = samples.rows as f64;
    let mean = (a.iter().sum::<f64>() + b.iter().sum::<f64>()) / (2.0 * rows).max(1.0);
    a.iter_mut().chain(&mut b).for_each(|y| *y -= mean);
    let variance = variance(&a, &b, None);
    let evaluations = samples.rows * (2 + factors.len());
    if variance.is_nan() || variance <= STILL {
        return Decomposition {
            mean,
            variance: 0.0,
            factors: Vec::new(),
            evaluations,
        };
    }
    let mixed: Vec<Vec<f64>> = factors
        .par_iter()
        .map(|columns| exchange(samples, columns, response, mean))
        .collect();
    let weights = resamples(samples.rows, bootstrap, seed);
    let variances: Vec<f64> = weights
        .iter()
        .map(|w| self::variance(&a, &b, Some(w)))
        .collect();
    let factors = mixed
        .par_iter()
        .map(|m| indices(&a, &b, m, variance, &weights, &variances))
        .collect();
    Decomposition {
        mean,
        variance,
        factors,
        evaluations,
    }
}

/// The response at every row.
fn ask(rows: &[f64], width: usize, response: &Response<'_>) -> Vec<f64> {
    rows.par_chunks_exact(width.max(1))
        .map_init(Vec::new, |buffer, row| response(row, buffer))
        .collect()
}

/// The response at the first sample with some columns of the second.
fn exchange(samples: &Samples, columns: &[usize], response: &Response<'_>, mean: f64) -> Vec<f64> {
    let width = samples.width.max(1);
    let mut row = vec![0.0; samples.width];
    let mut buffer = Vec::new();
    let pairs = samples
        .a
        .chunks_exact(width)
        .zip(samples.b.chunks_exact(width));
    pairs
        .map(|(a, b)| {
            row.copy_from_slice(a);
            for c in columns {
                if let (Some(to), Some(from)) = (row.get_mut(*c), b.get(*c)) {
                    *to = *from;
                }
            }
            response(&row, &mut buffer) - mean
        })
        .collect()
}

/// How often each row counts in each bootstrap draw.
fn resamples(rows: usize, draws: usize, seed: u64) -> Vec<Vec<u32>> {
    (0..draws)
        .into_par_iter()
        .map(|draw| {
            let name = format!("sensitivity.bootstrap.{draw}");
            let mut stream = Stream::new(seed, &name, 0);
            let mut counts = vec![0; rows];
            for _ in 0..rows {
                let at = (stream.uniform() * rows as f64) as usize;
                if let Some(count) = counts.get_mut(at.min(rows.saturating_sub(1))) {
                    *count += 1;
                }
            }
            counts
        })
        .collect()
}

/// Sum of a term over rows, each counted as often as a bootstrap draw says.
fn sum(rows: usize, counts: Option<&[u32]>, term: impl Fn(usize) -> f64) -> f64 {
    match counts {
        None => (0..rows).map(term).sum(),
        Some(counts) => (0..rows)
            .zip(counts)
            .map(|(j, c)| f64::from(*c) * term(j))
            .sum(),
    }
}

fn variance(a: &[f64], b: &[f64], counts: Option<&[u32]>) -> f64 {
    let n = 2.0 * a.len() as f64;
    let mean = sum(a.len(), counts, |j| a[j] + b[j]) / n;
    sum(a.len(), counts, |j| a[j] * a[j] + b[j] * b[j]) / n - mean * mean
}

fn first(a: &[f64], b: &[f64], m: &[f64], counts: Option<&[u32]>) -> f64 {
    sum(a.len(), counts, |j| b[j] * (m[j] - a[j])) / a.len() as f64
}

fn total(a: &[f64], m: &[f64], counts: Option<&[u32]>) -> f64 {
    sum(a.len(), counts, |j| (a[j] - m[j]) * (a[j] - m[j])) / (2.0 * a.len() as f64)
}

fn indices(
    a: &[f64],
    b: &[f64],
    m: &[f64],
    variance: f64,
    weights: &[Vec<u32>],
    variances: &[f64],
) -> Indices {
    let over = |estimate: &dyn Fn(Option<&[u32]>) -> f64| {
        let draws = weights.iter().zip(variances);
        let draws = draws.map(|(w, v)| estimate(Some(w)) / v).collect();
        interval(estimate(None) / variance, draws)
    };
    Indices {
        first: over(&|w| first(a, b, m, w)),
        total: over(&|w| total(a, m, w)),
    }
}

/// A percentile interval; without draws it is as wide as the point.
fn interval(value: f64, mut draws: Vec<f64>) -> Index {
    draws.retain(|x| x.is_finite());
    draws.sort_by(f64::total_cmp);
    let at = |q: f64| {
        let place = (draws.len().saturating_sub(1) as f64 * q).round() as usize;
        draws.get(place).copied().unwrap_or(value)
    };
    Index {
        value,
        low: at(0.025).min(value),
        high: at(0.975).max(value),
    }
}
