//! How long leaders stay.

use super::{Facts, Values, int, put};
use raison_record::column::year_of;
use raison_record::{Outcome, Store};
use std::collections::BTreeMap;

const NAMES: [&str; 3] = ["exit.autocracy", "exit.mixed", "exit.democracy"];
/// Fewest state-years of a class of regime behind a hazard.
const FEWEST: f64 = 50.0;

/// Share of state-years in which a leader left, by class of regime, and the yearly hazard
/// of a natural death in the seventh decade of life; half a case is added to each. What has
/// too few years keeps its default.
pub fn fit(store: &Store, facts: &Facts, from: i32, out: &mut Values) -> Outcome<()> {
    let t = store.read(
        "archigos",
        Some(&["gwcode", "yrborn", "startdate", "enddate", "exit"]),
    )?;
    let mut years: BTreeMap<(i32, i32), bool> = BTreeMap::new();
    let (mut aged, mut died) = (0.0, 0.5);
    for r in 0..t.rows() {
        let day = |n: &str| t.get(n)?.int(r).map(year_of);
        let (Some(state), Some(first), Some(last)) =
            (int(&t, "gwcode", r), day("startdate"), day("enddate"))
        else {
            continue;
        };
        let how = t.get("exit").and_then(|c| c.text(r)).unwrap_or("");
        let born = int(&t, "yrborn", r);
        for year in first..=last.min(from - 1) {
            let left = year == last && how != "Still in Office";
            *years.entry((state, year)).or_default() |= left;
            if born.is_some_and(|b| (60..70).contains(&(year - b))) {
                aged += 1.0;
                died += f64::from(u8::from(left && how == "Natural Death"));
            }
        }
    }
    let mut sums = [[0.0, 0.5]; 3];
    for ((state, year), left) in years {
        let Some(polity) = facts.polity.get(&(state, year - 1)) else {
            continue;
        };
        let sum = &mut sums[raison_world::system::class(*polity)];
        sum[0] += 1.0;
        sum[1] += f64::from(u8::from(left));
    }
    for (name, [all, left]) in NAMES.iter().zip(sums) {
        if all >= FEWEST {
            put(out, name, left / all);
        }
    }
    if aged >= FEWEST {
        put(out, "exit.natural", died / aged);
    }
    Ok(())
}
