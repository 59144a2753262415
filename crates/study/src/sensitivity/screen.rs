//! Screening: which inputs move the response at all, and about how much.
//!
//! Elementary effects along random one-at-a-time paths (Morris 1991), summarised by the
//! mean of their absolute values, μ* (Campolongo, Cariboni and Saltelli 2007). The step
//! goes from a value of one sample to that of an independent one (a winding-stairs path),
//! so the effect is in units of the response and respects each input's distribution.

use super::points::Samples;
use super::sobol::Response;
use raison_core::draws::Stream;
use rayon::prelude::*;

/// μ* of each column listed, over as many paths as the samples have rows. Every path
/// visits the columns in an order of its own.
pub fn screen(
    samples: &Samples,
    columns: &[usize],
    response: &Response<'_>,
    seed: u64,
) -> Vec<f64> {
    let width = samples.width.max(1);
    let paths: Vec<Vec<f64>> = (0..samples.rows)
        .into_par_iter()
        .map(|path| {
            let rows = path * width..(path + 1) * width;
            match (samples.a.get(rows.clone()), samples.b.get(rows)) {
                (Some(from), Some(to)) => walk(
                    from,
                    to,
                    columns,
                    response,
                    &order(columns.len(), path, seed),
                ),
                _ => vec![0.0; columns.len()],
            }
        })
        .collect();
    let mut sums = vec![0.0; columns.len()];
    for path in &paths {
        sums.iter_mut().zip(path).for_each(|(s, e)| *s += e);
    }
    sums.iter_mut()
        .for_each(|s| *s /= paths.len().max(1) as f64);
    sums
}

/// Absolute effects of moving one column after the other.
fn walk(
    from: &[f64],
    to: &[f64],
    columns: &[usize],
    response: &Response<'_>,
    order: &[usize],
) -> Vec<f64> {
    let mut row = from.to_vec();
    let mut buffer = Vec::new();
    let mut before = response(&row, &mut buffer);
    let mut effects = vec![0.0; columns.len()];
    for at in order {
        let Some(column) = columns.get(*at) else {
            continue;
        };
        if let (Some(slot), Some(new)) = (row.get_mut(*column), to.get(*column)) {
            *slot = *new;
        }
        let after = response(&row, &mut buffer);
        if let Some(effect) = effects.get_mut(*at) {
            *effect = (after - before).abs();
        }
        before = after;
    }
    effects
}

/// A random order (Fisher and Yates), keyed by the path's number.
fn order(n: usize, path: usize, seed: u64) -> Vec<usize> {
    let mut stream = Stream::new(seed, "sensitivity.screen", (path * n) as u64);
    let mut order: Vec<usize> = (0..n).collect();
    for i in (1..n).rev() {
        let j = (stream.uniform() * (i + 1) as f64) as usize;
        order.swap(i, j.min(i));
    }
    order
}
