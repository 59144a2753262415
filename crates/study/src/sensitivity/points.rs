//! Points for a sensitivity analysis: Owen-scrambled Sobol points, carried to the inputs'
//! own distributions.
//!
//! The generator knows 256 dimensions and 65,536 points. More dimensions are made of
//! several sets of 256 with seeds of their own (padding, Burley 2020): each set is well
//! spread, pairs across sets are as good as independent. More points are not offered.

use raison_core::Inputs;
use rayon::prelude::*;

/// Most points that the generator has.
pub const MOST_POINTS: usize = 1 << 16;

/// Two independent samples of the same inputs, as Saltelli et al. (2010) call them A and
/// B: row-major, one row per point, one column per input.
#[derive(Clone, Debug)]
pub struct Samples {
    /// Columns.
    pub width: usize,
    /// Rows of each.
    pub rows: usize,
    /// The first sample.
    pub a: Vec<f64>,
    /// The second sample.
    pub b: Vec<f64>,
}

/// The coordinate of a point in one dimension, strictly between 0 and 1.
pub fn coordinate(point: usize, dimension: usize, seed: u64) -> f64 {
    let set = (dimension / 256) as u64;
    let key = mix(seed ^ mix(set.wrapping_add(0x9e37_79b9_7f4a_7c15)));
    let at = (dimension % 256) as u32;
    let raw = sobol_burley::sample((point % MOST_POINTS) as u32, at, key as u32);
    // Single precision reaches 0 and, rounded, 1: half a step keeps both ends out.
    (f64::from(raw) + 0.5 / f64::from(1u32 << 24)).clamp(1e-9, 1.0 - 1e-9)
}

/// The finaliser of SplitMix64: nearby seeds give unlike keys.
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Samples {
    /// Samples of `width` columns where `varied` lists the uncertain ones, `centre` holds
    /// the others, and `quantile(column, u)` carries a uniform number to a column's own
    /// distribution.
    pub fn new(
        centre: &[f64],
        varied: &[usize],
        rows: usize,
        seed: u64,
        quantile: impl Fn(usize, f64) -> f64 + Sync,
    ) -> Samples {
        let rows = rows.min(MOST_POINTS);
        let side = |first: usize| -> Vec<f64> {
            let row = |point: usize| {
                let mut values = centre.to_vec();
                for (at, column) in varied.iter().enumerate() {
                    if let Some(value) = values.get_mut(*column) {
                        *value = quantile(*column, coordinate(point, first + at, seed));
                    }
                }
                values
            };
            (0..rows).into_par_iter().flat_map_iter(row).collect()
        };
        Samples {
            width: centre.len(),
            rows,
            a: side(0),
            b: side(varied.len()),
        }
    }

    /// Samples of the uncertain inputs of a question; the known ones keep their values.
    pub fn of(inputs: &Inputs, varied: &[usize], rows: usize, seed: u64) -> Samples {
        let all: Vec<_> = inputs.iter().map(|(_, input)| input).collect();
        Samples::new(&inputs.central(), varied, rows, seed, |column, u| {
            all.get(column)
                .map_or(f64::NAN, |i| i.domain.clamp(i.amount.quantile(u)))
        })
    }
}

/// The columns of a question's uncertain inputs.
pub fn uncertain(inputs: &Inputs) -> Vec<usize> {
    inputs
        .iter()
        .filter(|(_, input)| !input.amount.is_known())
        .map(|(num, _)| num.0 as usize)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_stratified_and_columns_differ() {
        let rows = 256;
        for dimension in [0, 1, 255, 256, 700] {
            let mut cells = vec![0; rows];
            for point in 0..rows {
                let u = coordinate(point, dimension, 5);
                assert!(u > 0.0 && u < 1.0);
                cells[(u * rows as f64) as usize] += 1;
            }
            assert!(cells.iter().all(|c| *c == 1), "one point in each cell");
        }
        let differ = (0..rows).filter(|p| coordinate(*p, 0, 5) != coordinate(*p, 256, 5));
        assert!(
            differ.count() > rows / 2,
            "padded sets have keys of their own"
        );
    }

    #[test]
    fn pairs_across_padded_sets_are_uncorrelated() {
        let n = 4096;
        let sum: f64 = (0..n)
            .map(|p| (coordinate(p, 3, 1) - 0.5) * (coordinate(p, 259, 1) - 0.5))
            .sum();
        assert!((12.0 * sum / n as f64).abs() < 0.06);
    }
}
