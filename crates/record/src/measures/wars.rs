//! Sizes and onsets of wars.
//!
//! Richardson's law: the sizes of wars follow a power law. The exponent of the density is
//! estimated by maximum likelihood (Clauset, Shalizi and Newman 2009, equation 3.1); the
//! slope of the cumulative distribution is one less. The line fitted to the cumulative
//! distribution on logarithmic axes, as in Cederman (2003), is given for comparison: it is
//! biased.

use crate::column::Table;
use crate::refusal::Outcome;
use crate::store::Store;
use std::collections::BTreeMap;

/// A war between states.
#[derive(Clone, Debug, PartialEq)]
pub struct War {
    /// Its number.
    pub number: i32,
    /// Year of its first onset.
    pub year: i32,
    /// Battle deaths of all participants.
    pub deaths: f64,
}

/// Interstate wars with their battle deaths. The source has one row for each pair of
/// opponents and year; a participant's deaths are counted once for the whole war. A state
/// that changed sides is two participants.
pub fn interstate(store: &Store) -> Outcome<Vec<War>> {
    let names = ["warnum", "ccode1", "year", "sidea1", "batdeath1"];
    Ok(wars(&store.read("cow_war_inter", Some(&names))?))
}

fn wars(table: &Table) -> Vec<War> {
    let int = |name: &str, row: usize| table.get(name).and_then(|c| c.int(row));
    /// Deaths by state and side.
    type Deaths = BTreeMap<(i32, i32), i32>;
    let mut all: BTreeMap<i32, (i32, Deaths)> = BTreeMap::new();
    for row in 0..table.rows() {
        let (Some(war), Some(state), Some(year)) =
            (int("warnum", row), int("ccode1", row), int("year", row))
        else {
            continue;
        };
        let (first, deaths) = all.entry(war).or_insert((year, BTreeMap::new()));
        *first = year.min(*first);
        let side = int("sidea1", row).unwrap_or(0);
        let known = deaths.entry((state, side)).or_insert(0);
        *known = (*known).max(int("batdeath1", row).unwrap_or(0));
    }
    all.into_iter()
        .map(|(number, (year, deaths))| War {
            number,
            year,
            deaths: deaths.values().map(|d| f64::from(*d)).sum(),
        })
        .collect()
}

/// A power law fitted to the sizes from `xmin` up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PowerLaw {
    /// Exponent of the density.
    pub alpha: f64,
    /// Smallest size that follows the law.
    pub xmin: f64,
    /// How many sizes do.
    pub n: usize,
    /// Largest distance between the fitted and the observed distribution.
    pub distance: f64,
}

/// Maximum likelihood from a given size up; `None` where fewer than two sizes remain.
pub fn power_law_from(sizes: &[f64], xmin: f64) -> Option<PowerLaw> {
    let mut tail: Vec<f64> = sizes
        .iter()
        .copied()
        .filter(|x| *x >= xmin && xmin > 0.0)
        .collect();
    tail.sort_by(f64::total_cmp);
    let n = tail.len();
    let logs: f64 = tail.iter().map(|x| (x / xmin).ln()).sum();
    if n < 2 || logs <= 0.0 {
        return None;
    }
    let alpha = 1.0 + n as f64 / logs;
    let distance = tail
        .iter()
        .enumerate()
        .map(|(i, x)| {
            let fitted = 1.0 - (x / xmin).powf(1.0 - alpha);
            let (before, after) = (i as f64 / n as f64, (i + 1) as f64 / n as f64);
            (fitted - before).abs().max((after - fitted).abs())
        })
        .fold(0.0, f64::max);
    Some(PowerLaw {
        alpha,
        xmin,
        n,
        distance,
    })
}

/// The law from the size at which it fits best (smallest Kolmogorov–Smirnov distance),
/// leaving at least ten sizes.
pub fn power_law(sizes: &[f64]) -> Option<PowerLaw> {
    let mut starts: Vec<f64> = sizes.iter().copied().filter(|x| *x > 0.0).collect();
    starts.sort_by(f64::total_cmp);
    let last = starts.len().checked_sub(10)?;
    starts.truncate(last + 1);
    starts.dedup();
    starts
        .into_iter()
        .filter_map(|xmin| power_law_from(sizes, xmin))
        .min_by(|a, b| a.distance.total_cmp(&b.distance))
}

/// The 5th and 95th percentile of the exponent over resamples of the sizes, each with its
/// own best start. The same seed gives the same interval.
pub fn bootstrap(sizes: &[f64], resamples: usize, seed: u64) -> Option<(f64, f64)> {
    use rayon::prelude::*;
    let mut found: Vec<f64> = (0..resamples as u64)
        .into_par_iter()
        .filter_map(|i| {
            let mut state = mix(seed ^ mix(i));
            let resample: Vec<f64> = (0..sizes.len())
                .filter_map(|_| {
                    state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
                    let at = (u128::from(mix(state)) * sizes.len() as u128) >> 64;
                    sizes.get(at as usize).copied()
                })
                .collect();
            power_law(&resample).map(|l| l.alpha)
        })
        .collect();
    found.sort_by(f64::total_cmp);
    let at = |share: f64| found.get((share * found.len() as f64) as usize).copied();
    Some((at(0.05)?, at(0.95)?))
}

/// SplitMix64's finisher (Steele, Lea and Flood 2014).
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Cumulative distribution: each size with the share of sizes as large or larger.
pub fn cumulative(sizes: &[f64]) -> Vec<(f64, f64)> {
    let mut sorted = sizes.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    sorted
        .iter()
        .enumerate()
        .map(|(i, x)| (*x, (n - i as f64) / n))
        .collect()
}

/// Line through the cumulative distribution on logarithmic axes: slope and R².
pub fn cumulative_line(sizes: &[f64]) -> (f64, f64) {
    let points: Vec<(f64, f64)> = cumulative(sizes)
        .into_iter()
        .filter(|p| p.0 > 0.0)
        .map(|(x, p)| (x.log10(), p.log10()))
        .collect();
    let n = points.len() as f64;
    let (mx, my) = (
        points.iter().map(|p| p.0).sum::<f64>() / n,
        points.iter().map(|p| p.1).sum::<f64>() / n,
    );
    let sum = |f: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(f).sum::<f64>();
    let sxx = sum(&|p| (p.0 - mx).powi(2));
    let sxy = sum(&|p| (p.0 - mx) * (p.1 - my));
    let syy = sum(&|p| (p.1 - my).powi(2));
    (sxy / sxx, sxy * sxy / (sxx * syy))
}

/// Counts per year against a Poisson process.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Onsets {
    /// Mean per year.
    pub mean: f64,
    /// Variance over mean; one for a Poisson process.
    pub dispersion: f64,
    /// Share of years without any.
    pub zero_years: f64,
    /// The same expected of a Poisson process.
    pub zero_expected: f64,
}

/// Compares counts per year with a Poisson process of the same mean.
pub fn onsets(counts: &[f64]) -> Onsets {
    let n = counts.len() as f64;
    let mean = counts.iter().sum::<f64>() / n;
    let variance = counts.iter().map(|c| (c - mean).powi(2)).sum::<f64>() / (n - 1.0);
    Onsets {
        mean,
        dispersion: variance / mean,
        zero_years: counts.iter().filter(|c| **c == 0.0).count() as f64 / n,
        zero_expected: (-mean).exp(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponent_of_an_exact_law_is_found() {
        // Quantiles of a power law with exponent 2.5 from 10 up.
        let sizes: Vec<f64> = (0..4000)
            .map(|i| 10.0 * (1.0 - (f64::from(i) + 0.5) / 4000.0).powf(-1.0 / 1.5))
            .collect();
        let law = power_law_from(&sizes, 10.0).expect("law");
        assert!((law.alpha - 2.5).abs() < 0.01, "{law:?}");
        assert!(law.distance < 0.001);
    }

    #[test]
    fn few_sizes_have_no_law() {
        assert_eq!(power_law(&[1.0, 2.0]), None);
        assert_eq!(power_law_from(&[5.0, 5.0], 5.0), None);
        assert_eq!(bootstrap(&[], 10, 1), None);
    }
}
