//! Growth of capabilities and of economies.

use super::{Facts, Values, int, put};
use raison_record::{Outcome, Store};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What moves capabilities, then mean and standard deviation of yearly log changes of GDP
/// (a twentieth is cut at each end, as in what the defaults say).
pub fn fit(store: &Store, facts: &Facts, from: i32, out: &mut Values) -> Outcome<()> {
    let found = Process::of(&autocovariances(&relative(facts, from)));
    put(out, "growth.carry", found.carry);
    put(out, "growth.memory", found.memory);
    put(out, "growth.trend.sd", found.trend);
    put(out, "growth.sd", found.lasting);
    let (mean, sd) = trimmed(&changes(&economies(store)?, from));
    put(out, "gdp.mean", mean);
    put(out, "gdp.sd", sd);
    Ok(())
}

/// GDP by state and year, million international dollars of 2011.
pub fn economies(store: &Store) -> Outcome<HashMap<(i32, i32), f64>> {
    let t = store.read("cw_gdppop", Some(&["ccode", "year", "pwtrgdp"]))?;
    Ok((0..t.rows())
        .filter_map(|r| {
            let key = (int(&t, "ccode", r)?, int(&t, "year", r)?);
            Some((key, t.get("pwtrgdp")?.number(r)))
        })
        .filter(|(_, x)| x.is_finite())
        .collect())
}

/// Capabilities below this share of the system are mostly noise of measurement.
const HEARD: f64 = 0.005;
/// Changes of capabilities beyond these quantiles count as the quantile.
const CUT: f64 = 0.025;
/// Longest lag that is used, and years of past growth that a world states.
const LAGS: usize = 20;
const PAST: usize = 10;

/// Yearly log changes of shares by state and year, each share of the states that have one
/// in both years. Years at war and the two after are left out: worlds have the costs of war
/// and recovery apart.
fn relative(facts: &Facts, from: i32) -> BTreeMap<(i32, i32), f64> {
    let mut years: BTreeMap<i32, BTreeMap<i32, f64>> = BTreeMap::new();
    for ((state, year), x) in facts
        .cinc
        .iter()
        .filter(|((_, y), x)| *y < from && **x > 0.0)
    {
        years.entry(*year).or_default().insert(*state, *x);
    }
    let fought: BTreeSet<(i32, i32)> = facts
        .fights
        .iter()
        .flat_map(|f| (0..3).map(move |k| (f.state, f.year + k)))
        .collect();
    let mut out = BTreeMap::new();
    for (year, now) in &years {
        let Some(before) = years.get(&(year - 1)) else {
            continue;
        };
        let both = || {
            now.iter()
                .filter_map(|(s, x)| Some((*s, *x, *before.get(s)?)))
        };
        let (new, old) = both().fold((0.0, 0.0), |sum, (_, x, y)| (sum.0 + x, sum.1 + y));
        for (state, x, y) in both() {
            if y / old > HEARD && !fought.contains(&(state, *year)) {
                out.insert((state, *year), (x / new / (y / old)).ln());
            }
        }
    }
    out
}

/// Autocovariances at lags 0 to [`LAGS`] with the pairs behind each.
fn autocovariances(changes: &BTreeMap<(i32, i32), f64>) -> Vec<(f64, f64)> {
    let mut sorted: Vec<f64> = changes.values().copied().collect();
    sorted.sort_by(f64::total_cmp);
    if sorted.is_empty() {
        return vec![(f64::NAN, 0.0); LAGS + 1];
    }
    let cut = (sorted.len() as f64 * CUT) as usize;
    let (low, high) = (sorted[cut], sorted[sorted.len() - 1 - cut]);
    let mean = sorted.iter().map(|x| x.clamp(low, high)).sum::<f64>() / sorted.len() as f64;
    let part = |x: &f64| x.clamp(low, high) - mean;
    (0..=LAGS as i32)
        .map(|lag| {
            let later = |(s, y): (i32, i32)| changes.get(&(s, y + lag));
            let both = changes
                .iter()
                .filter_map(|(k, x)| Some(part(x) * part(later(*k)?)));
            let (sum, n) = both.fold((0.0, 0.0), |s, x| (s.0 + x, s.1 + 1.0));
            (sum / f64::max(n, 1.0), n)
        })
        .collect()
}

/// A trend that is a first-order autoregression, changes that last, and noise of the level
/// that does not.
#[derive(Debug)]
struct Process {
    memory: f64,
    /// Standard deviations of the trend in the long run, and of changes that last.
    trend: f64,
    lasting: f64,
    /// Part of the mean growth of ten years that is expected for the next.
    carry: f64,
}

impl Process {
    /// By moments: beyond the first lag only the trend is left in the autocovariances, s² mᵏ;
    /// passing noise of the level makes the first one lower.
    fn of(seen: &[(f64, f64)]) -> Process {
        let fitted = (50..100).map(|m| Process::at(f64::from(m) / 100.0, seen));
        let best = fitted.min_by(|a, b| a.0.total_cmp(&b.0));
        let (_, memory, s2) = best.unwrap_or((0.0, 0.5, 0.0));
        let passing = (s2 * memory - seen[1].0).max(0.0);
        let lasting = (seen[0].0 - s2 - 2.0 * passing).max(0.0);
        let together = |i: usize, k: usize| s2 * memory.powi(i.abs_diff(k) as i32);
        let n = PAST as f64;
        let trends: f64 = (0..PAST * PAST).map(|c| together(c / PAST, c % PAST)).sum();
        let variance = trends / (n * n) + lasting / n + 2.0 * passing / (n * n);
        let next: f64 = (1..=PAST).map(|k| together(0, k)).sum::<f64>() / n;
        Process {
            memory,
            trend: s2.sqrt(),
            lasting: lasting.sqrt(),
            carry: next / variance,
        }
    }

    /// Squares left by a memory, with it and the best variance of the trend.
    fn at(memory: f64, seen: &[(f64, f64)]) -> (f64, f64, f64) {
        let lags = || (2..seen.len()).map(|k| (memory.powi(k as i32), seen[k]));
        let (up, down) = lags().fold((0.0, 0.0), |s, (b, (g, n))| {
            (s.0 + n * b * g, s.1 + n * b * b)
        });
        let s2 = (up / down).max(0.0);
        let left = lags().map(|(b, (g, n))| n * (g - s2 * b).powi(2)).sum();
        (left, memory, s2)
    }
}

fn changes(x: &HashMap<(i32, i32), f64>, from: i32) -> Vec<f64> {
    let mut out: Vec<f64> = x
        .iter()
        .filter(|((_, y), v)| y + 1 < from && **v > 0.0)
        .filter_map(|((s, y), v)| Some((x.get(&(*s, y + 1))? / v).ln()))
        .filter(|d| d.is_finite())
        .collect();
    out.sort_by(f64::total_cmp);
    out
}

/// Mean and standard deviation without a twentieth at each end.
fn trimmed(sorted: &[f64]) -> (f64, f64) {
    let cut = sorted.len() / 20;
    let x = &sorted[cut..sorted.len() - cut];
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    let var = x.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
    (mean, var.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trend_that_is_known_is_found_and_noise_has_none() {
        // Autocovariances of a trend (0.02, memory 0.9), lasting changes of 0.05 and passing
        // noise of 0.03.
        let known = |s: f64| -> Vec<(f64, f64)> {
            let of = |k: i32| {
                let trend = s * s * 0.9f64.powi(k);
                let rest = [0.05f64.powi(2) + 2.0 * 0.03f64.powi(2), -(0.03f64.powi(2))];
                (trend + rest.get(k as usize).copied().unwrap_or(0.0), 500.0)
            };
            (0..=LAGS as i32).map(of).collect()
        };
        let got = Process::of(&known(0.02));
        assert!(
            (got.memory - 0.9).abs() < 1e-9 && (got.trend - 0.02).abs() < 1e-6,
            "{got:?}"
        );
        assert!((got.lasting - 0.05).abs() < 1e-6, "{got:?}");
        assert!((0.2..0.6).contains(&got.carry), "{got:?}");
        assert!(Process::of(&known(0.0)).carry < 1e-9);
    }
}
