//! Growth of capabilities and of economies.

use super::{Facts, Values, put};
use raison_record::{Outcome, Store};
use std::collections::HashMap;

/// Standard deviation of yearly log changes of capabilities, mean and standard deviation of
/// those of GDP; a twentieth is cut at each end, as in what the defaults say.
pub fn fit(store: &Store, facts: &Facts, from: i32, out: &mut Values) -> Outcome<()> {
    let (_, sd) = trimmed(&changes(&facts.cinc, from));
    put(out, "growth.sd", sd);
    let t = store.read("cw_gdppop", Some(&["ccode", "year", "pwtrgdp"]))?;
    let gdp: HashMap<(i32, i32), f64> = (0..t.rows())
        .filter_map(|r| {
            let key = (super::int(&t, "ccode", r)?, super::int(&t, "year", r)?);
            Some((key, t.get("pwtrgdp")?.number(r)))
        })
        .filter(|(_, x)| x.is_finite())
        .collect();
    let (mean, sd) = trimmed(&changes(&gdp, from));
    put(out, "gdp.mean", mean);
    put(out, "gdp.sd", sd);
    Ok(())
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
