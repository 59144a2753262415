//! How long wars last and how large they are.

use super::minimise::minimise;
use super::{Facts, Values, put};
use raison_record::{Outcome, Store};
use std::collections::{BTreeMap, BTreeSet};

/// Fewest battle deaths of a war.
const LEAST: f64 = 1000.0;

/// Yearly chance of an end, and a regression of log deaths on years and on the capabilities
/// of the weaker side, for deaths of at least 1000; how many wars.
pub fn fit(store: &Store, facts: &Facts, from: i32, out: &mut Values) -> Outcome<usize> {
    let mut years: BTreeMap<i32, BTreeSet<i32>> = BTreeMap::new();
    for f in &facts.fights {
        years.entry(f.war).or_default().insert(f.year);
    }
    years.retain(|_, y| y.last().is_some_and(|l| *l < from));
    let touched: usize = years.values().map(BTreeSet::len).sum();
    put(out, "war.end", years.len() as f64 / touched.max(1) as f64);
    let dead: BTreeMap<i32, f64> = raison_record::measures::wars::interstate(store)?
        .into_iter()
        .map(|w| (w.number, w.deaths))
        .collect();
    let cases: Vec<[f64; 3]> = years
        .iter()
        .filter_map(|(war, y)| {
            let deaths = dead.get(war).copied().filter(|d| *d >= LEAST)?;
            Some([deaths.ln(), y.len() as f64 - 1.0, weaker(facts, *war)?.ln()])
        })
        .collect();
    let b = truncated(&cases);
    for (name, value) in ["constant", "year", "scale", "sd"].iter().zip(b) {
        put(out, &format!("war.size.{name}"), value);
    }
    Ok(years.len())
}

/// Capabilities of the weaker side of a war, each state as in its first year of it.
fn weaker(facts: &Facts, war: i32) -> Option<f64> {
    let mut first: BTreeMap<(i32, i32), i32> = BTreeMap::new();
    for f in facts.fights.iter().filter(|f| f.war == war) {
        let year = first.entry((f.side, f.state)).or_insert(f.year);
        *year = f.year.min(*year);
    }
    let mut sides = [0.0; 2];
    for ((side, state), year) in first {
        let known = facts.cinc.get(&(state, year)).copied().unwrap_or(0.0);
        *sides.get_mut((side - 1).clamp(0, 1) as usize)? += known;
    }
    Some(sides[0].min(sides[1])).filter(|x| *x > 0.0)
}

/// Constant, weight of years, weight of log capabilities and standard deviation of a normal
/// regression cut below at log 1000, by maximum likelihood.
fn truncated(cases: &[[f64; 3]]) -> [f64; 4] {
    let read = |x: &[f64]| {
        [
            x[0],
            x[1].clamp(0.0, 5.0),
            x[2].clamp(0.0, 3.0),
            x[3].exp().clamp(0.3, 4.0),
        ]
    };
    let bound = LEAST.ln();
    let minus = |x: &[f64]| {
        let [a, b, c, s] = read(x);
        let lost = cases.iter().map(|[y, years, scale]| {
            let mean = a + b * years + c * scale;
            let (z, cut) = ((y - mean) / s, (bound - mean) / s);
            0.5 * z * z + s.ln() + above(cut).ln()
        });
        lost.sum::<f64>() + 1e-3 * (x[0] - 10.0).powi(2)
    };
    read(&minimise(&[9.0, 0.7, 0.5, 0.3], 0.3, minus))
}

/// Chance that a standard normal number is above a bound.
fn above(x: f64) -> f64 {
    let tail = 0.5 * raison_record::stats::logit::erfc(x.abs() / std::f64::consts::SQRT_2);
    if x >= 0.0 { tail } else { 1.0 - tail }.max(1e-300)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_regression_finds_what_made_the_numbers() {
        let mut cases = Vec::new();
        for i in 0..4000usize {
            let u = ((i * 7919 % 4001) as f64 + 0.5) / 4001.0;
            let v = ((i * 104_729 % 3989) as f64 + 0.5) / 3989.0;
            let z = (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos();
            let (years, scale) = ((i % 4) as f64, -8.0 + (i % 7) as f64);
            let y = 10.0 + 0.6 * years + 0.5 * scale + 1.2 * z;
            if y >= LEAST.ln() {
                cases.push([y, years, scale]);
            }
        }
        let b = truncated(&cases);
        for (got, known) in b.iter().zip([10.0, 0.6, 0.5, 1.2]) {
            assert!((got - known).abs() < 0.12, "{b:?}");
        }
    }
}
