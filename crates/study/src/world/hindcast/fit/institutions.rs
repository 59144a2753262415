//! Memberships in institutions: how fast they grow, and how many become common.

use super::{Facts, Values, int, put};
use raison_record::{Outcome, Store};
use std::collections::HashMap;

/// Years before the start that the rates are taken from: they differ between eras too much
/// for all years.
const YEARS: i32 = 30;
/// Years in which a state counts as new, after the first full one.
const NEW: i32 = 5;

/// Yearly gain of memberships of new and of other states, its standard deviation, and the
/// part of the others with which a gained membership is shared.
pub fn fit(store: &Store, facts: &Facts, from: i32, out: &mut Values) -> Outcome<()> {
    let years = from - YEARS..from;
    let mut gains = gains(store, &years)?;
    // Years of membership behind a state; those of 1816 are old.
    let age = |c: i32, y: i32| {
        let first = facts.members.iter().filter(|m| m.0 == c).map(|m| m.1);
        first
            .min()
            .filter(|f| *f > 1816)
            .map_or(i32::MAX, |f| y - f)
    };
    // What a state joins up to its first full year is there when it enters a world.
    gains.retain(|(c, y), _| age(*c, *y) > 1);
    let new = |c: i32, y: i32| age(c, y) <= NEW + 1;
    let (fresh, settled): (Vec<_>, Vec<_>) = gains.iter().partition(|((c, y), _)| new(*c, *y));
    let (fresh, settled) = (ordered(&fresh), ordered(&settled));
    put(out, "institution.rate", mean(&settled));
    // In a stretch without new states they gain as others do.
    let rate = if fresh.is_empty() { &settled } else { &fresh };
    put(out, "institution.rate.new", mean(rate));
    let squares = spread(&fresh) + spread(&settled);
    let sd = (squares / (gains.len() as f64 - 2.0)).sqrt();
    put(out, "institution.sd", sd);
    put(out, "institution.shared", common(store, &gains, &years)?);
    Ok(())
}

/// Change of full memberships of each state from the year before, by state and year.
fn gains(store: &Store, years: &std::ops::Range<i32>) -> Outcome<HashMap<(i32, i32), f64>> {
    let t = store.read("cow_igo_sy", Some(&["ccode", "year", "sum_igo_full"]))?;
    let count: HashMap<(i32, i32), f64> = (0..t.rows())
        .filter_map(|r| {
            let key = (int(&t, "ccode", r)?, int(&t, "year", r)?);
            Some((key, f64::from(int(&t, "sum_igo_full", r)?)))
        })
        .collect();
    let gain = |(c, y): (i32, i32), x: f64| Some(((c, y), x - count.get(&(c, y - 1))?));
    Ok(count
        .iter()
        .filter(|((_, y), _)| years.contains(y))
        .filter_map(|(key, x)| gain(*key, *x))
        .collect())
}

/// Slope through 0 of the change in shared institutions on the gains of both.
fn common(
    store: &Store,
    gains: &HashMap<(i32, i32), f64>,
    years: &std::ops::Range<i32>,
) -> Outcome<f64> {
    let t = store.read("cow_igo_ndy", None)?;
    let mut count: HashMap<(i32, i32, i32), i32> = HashMap::new();
    for r in 0..t.rows() {
        let get = |n: &str| int(&t, n, r);
        if let (Some(y), Some(a), Some(b), Some(x)) =
            (get("year"), get("ccode1"), get("ccode2"), get("dyadigos"))
            && y >= years.start - 1
            && y < years.end
        {
            count.insert((a, b, y), x);
        }
    }
    let (mut products, mut squares) = (0.0, 0.0);
    for ((a, b, y), x) in &count {
        if let (Some(before), Some(one), Some(two)) = (
            count.get(&(*a, *b, y - 1)),
            gains.get(&(*a, *y)),
            gains.get(&(*b, *y)),
        ) {
            // Whole numbers: the sums do not depend on the order.
            products += (one + two) * f64::from(x - before);
            squares += (one + two) * (one + two);
        }
    }
    Ok(products / squares)
}

/// Values in ascending order, so that sums do not depend on that of a table in memory.
fn ordered(x: &[(&(i32, i32), &f64)]) -> Vec<f64> {
    let mut out: Vec<f64> = x.iter().map(|(_, v)| **v).collect();
    out.sort_by(f64::total_cmp);
    out
}

fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}

/// Sum of squared distances from the mean.
fn spread(x: &[f64]) -> f64 {
    let m = mean(x);
    x.iter().map(|v| (v - m) * (v - m)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use raison_core::world_parameters::PARAMETERS;
    use raison_record::add;
    use std::path::PathBuf;

    fn data() -> Option<PathBuf> {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut places = vec![root.join("../shared"), root.join("../../shared")];
        places.extend(std::env::var_os("RAISON_SHARED").map(PathBuf::from));
        let found = places.into_iter().map(|p| p.join("data/peacesciencer"));
        let found = found.into_iter().find(|p| p.is_dir());
        if found.is_none() {
            println!("SKIPPED: the folder `shared` with the data is not there");
        }
        found
    }

    #[test]
    fn the_defaults_are_those_of_the_last_thirty_years_of_the_table() {
        let Some(data) = data() else { return };
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = Store::open(folder.path()).expect("a store");
        for file in ["cow_states.csv", "cow_igo_sy.csv", "cow_igo_ndy.csv.gz"] {
            let done = add::add(&mut store, &data.join(file), add::Options::default());
            done.unwrap_or_else(|e| panic!("{file}: {e}"));
        }
        let facts = Facts {
            members: super::super::facts::spells(&store.read("cow_states", None).expect("read")),
            ..Facts::default()
        };
        let mut out = Values::new();
        fit(&store, &facts, 2015, &mut out).expect("a fit");
        assert_eq!(out.len(), 4);
        for (name, value) in &out {
            let known = PARAMETERS.iter().find(|p| p.name == name);
            let known = known.unwrap_or_else(|| panic!("{name}")).value;
            assert!(
                (value / known - 1.0).abs() < 1e-3,
                "{name}: {value}, {known}"
            );
        }
        // Only what was known before 1950 enters a hindcast of 1950: an era of slower growth.
        let mut early = Values::new();
        fit(&store, &facts, 1950, &mut early).expect("a fit");
        assert!((early[0].1 - 0.4496).abs() < 1e-3, "{}", early[0].1);
        assert!((early[3].1 - 0.3140).abs() < 1e-3, "{}", early[3].1);
    }
}
