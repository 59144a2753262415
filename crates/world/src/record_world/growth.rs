//! How each state's capabilities grew before the start.

use super::{float, int};
use raison_record::{Outcome, Store};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Years over which growth before the start is taken, and the fewest that have to be known.
const GROWN: i32 = 10;
const FEWEST: usize = 5;

/// Capabilities by year and state.
type Years = BTreeMap<i32, BTreeMap<i32, f64>>;

/// Mean yearly log change of each state's share over the ten years to a year, each share
/// among those that have capabilities in both years. Years at war and the two after are left
/// out, as where it is estimated how much of such growth goes on.
pub fn growth(store: &Store, year: i32) -> Outcome<HashMap<i32, f64>> {
    let years = capabilities(store, year)?;
    let fought = fought(store, year)?;
    let quiet = |code: i32, y: i32| (0..3).all(|k| !fought.contains(&(code, y - k)));
    let mut sums: HashMap<i32, (f64, usize)> = HashMap::new();
    for (y, now) in &years {
        let Some(before) = years.get(&(y - 1)) else {
            continue;
        };
        let both = || {
            now.iter()
                .filter_map(|(c, x)| Some((*c, *x, *before.get(c)?)))
        };
        let (new, old) = both().fold((0.0, 0.0), |sum, (_, x, z)| (sum.0 + x, sum.1 + z));
        for (code, x, z) in both().filter(|b| quiet(b.0, *y)) {
            let sum = sums.entry(code).or_default();
            sum.0 += ((x / new) / (z / old)).ln();
            sum.1 += 1;
        }
    }
    let known = sums.into_iter().filter(|(_, (_, n))| *n >= FEWEST);
    Ok(known.map(|(c, (sum, n))| (c, sum / n as f64)).collect())
}

fn capabilities(store: &Store, year: i32) -> Outcome<Years> {
    let mut years = Years::new();
    let t = store.read("cow_nmc", Some(&["ccode", "year", "cinc"]))?;
    for r in 0..t.rows() {
        let of = (
            int(&t, "year", r),
            int(&t, "ccode", r),
            float(&t, "cinc", r),
        );
        if let (Some(y), Some(code), Some(x)) = of
            && (year - GROWN..=year).contains(&y)
            && x > 0.0
        {
            years.entry(y).or_default().insert(code, x);
        }
    }
    Ok(years)
}

/// States and the years up to one in which they fought.
fn fought(store: &Store, year: i32) -> Outcome<BTreeSet<(i32, i32)>> {
    let t = store.read("cow_war_inter", Some(&["ccode1", "year"]))?;
    let all = (0..t.rows()).filter_map(|r| Some((int(&t, "ccode1", r)?, int(&t, "year", r)?)));
    Ok(all.filter(|(_, y)| *y <= year).collect())
}
