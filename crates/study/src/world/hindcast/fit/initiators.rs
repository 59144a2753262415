//! Who begins a dispute.

use super::minimise::minimise;
use super::{Facts, Values, int, put};
use raison_record::{Outcome, Store};
use raison_world::initiation;
use raison_world::snapshot::FADE;
use std::collections::HashMap;

const NAMES: [&str; 4] = ["share", "major", "democracy", "conduct"];

/// A dispute between two originators: the one who began, the other, the year.
pub type Case = (i32, i32, i32);

/// Disputes between originators, in order of years.
pub fn cases(store: &Store) -> Outcome<Vec<Case>> {
    let names = [
        "ccode1",
        "ccode2",
        "year",
        "gmlmidonset",
        "sidea1",
        "orig1",
        "orig2",
    ];
    let t = store.read("gml_mid_ddydisps", Some(&names))?;
    let mut out: Vec<Case> = (0..t.rows())
        .filter(|r| {
            let is = |n: &str| int(&t, n, *r) == Some(1);
            is("gmlmidonset") && is("sidea1") && is("orig1") && is("orig2")
        })
        .filter_map(|r| {
            Some((
                int(&t, "ccode1", r)?,
                int(&t, "ccode2", r)?,
                int(&t, "year", r)?,
            ))
        })
        .collect();
    out.sort_by_key(|c| (c.2, c.0, c.1));
    Ok(out)
}

/// Differences of the four features between who began and the other, for each case with
/// known capabilities; conduct as known at the start of the year.
pub fn differences(facts: &Facts, cases: &[Case]) -> Vec<(i32, [f64; 4])> {
    let mut past: HashMap<i32, (f64, f64, i32)> = HashMap::new();
    let mut out = Vec::new();
    for group in cases.chunk_by(|a, b| a.2 == b.2) {
        for (a, b, year) in group {
            let seen = |s: i32| {
                let (begun, suffered, last) = past.get(&s).copied().unwrap_or((0.0, 0.0, *year));
                let fade = FADE.powi(year - last);
                initiation(begun * fade, suffered * fade)
            };
            let of = |s: i32| -> Option<[f64; 4]> {
                let cinc = facts.cinc.get(&(s, *year)).filter(|x| **x > 0.0)?;
                let yes = |x: bool| f64::from(u8::from(x));
                let free = facts.polity.get(&(s, year - 1)).is_some_and(|p| *p >= 6.0);
                Some([cinc.ln(), yes(facts.major(s, *year)), yes(free), seen(s)])
            };
            if let (Some(x), Some(y)) = (of(*a), of(*b)) {
                out.push((*year, std::array::from_fn(|k| x[k] - y[k])));
            }
        }
        for (a, b, year) in group {
            for (s, began) in [(*a, true), (*b, false)] {
                let p = past.entry(s).or_insert((0.0, 0.0, *year));
                let fade = FADE.powi(year - p.2);
                *p = (p.0 * fade, p.1 * fade, *year);
                if began { p.0 += 1.0 } else { p.1 += 1.0 }
            }
        }
    }
    out
}

/// Widths of the normal prior around naught that are tried.
const PRIORS: [f64; 5] = [0.05, 0.1, 0.2, 0.5, 2.0];
/// Years of a block that is foretold from what came before it.
const BLOCK: i32 = 10;

/// Weights of a paired comparison without a constant, shrunk towards naught by a normal
/// prior: its width is the one with which blocks of ten years before the start were best
/// foretold from the years before them. How many cases there were.
pub fn fit(store: &Store, facts: &Facts, from: i32, out: &mut Values) -> Outcome<usize> {
    let all = differences(facts, &cases(store)?);
    let used: Vec<(i32, [f64; 4])> = all.into_iter().filter(|x| x.0 < from).collect();
    let foretold = |width: f64| -> f64 {
        let blocks = (1..=8).map(|k| from - k * BLOCK);
        blocks
            .map(|start| {
                let known: Vec<_> = used.iter().filter(|x| x.0 < start).copied().collect();
                let b = shrunk(&known, width);
                let new = used
                    .iter()
                    .filter(|x| (start..start + BLOCK).contains(&x.0));
                new.map(|(_, x)| log_score(x, &b)).sum::<f64>()
            })
            .sum()
    };
    let scored = PRIORS.iter().map(|w| (foretold(*w), *w));
    let width = scored
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or(0.05, |x| x.1);
    for (name, b) in NAMES.iter().zip(shrunk(&used, width)) {
        put(out, &format!("initiator.{name}"), b);
    }
    Ok(used.len())
}

fn shrunk(cases: &[(i32, [f64; 4])], width: f64) -> Vec<f64> {
    minimise(&[0.0; 4], 0.2, |b| {
        let prior: f64 = b.iter().map(|x| 0.5 * (x / width).powi(2)).sum();
        prior - cases.iter().map(|(_, x)| log_score(x, b)).sum::<f64>()
    })
}

/// Log chance that the one who began is the one who begins.
fn log_score(x: &[f64; 4], b: &[f64]) -> f64 {
    let z: f64 = x.iter().zip(b).map(|(x, b)| x * b).sum();
    -(-z).exp().ln_1p()
}

/// Mean log score of the fitted comparison on cases of given years, and their number; a
/// fair coin has -0.693.
pub fn score(facts: &Facts, cases: &[Case], b: [f64; 4], from: i32, to: i32) -> (f64, usize) {
    let all = differences(facts, cases);
    let seen: Vec<f64> = all
        .iter()
        .filter(|x| (from..=to).contains(&x.0))
        .map(|(_, x)| log_score(x, &b))
        .collect();
    (
        seen.iter().sum::<f64>() / seen.len().max(1) as f64,
        seen.len(),
    )
}
