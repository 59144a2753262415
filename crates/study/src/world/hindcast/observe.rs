//! What the record shows among the states of the start.

use raison_record::measures::concentration::{concentration, effective_poles};
use raison_record::{Outcome, Store, Table};
use raison_world::System;
use std::collections::{BTreeMap, BTreeSet, HashMap};

fn int(t: &Table, name: &str, row: usize) -> Option<i32> {
    t.get(name)?.int(row)
}

/// Observed series, in the order of [`SERIES`](super::SERIES).
#[derive(Clone, Debug)]
pub struct Observed {
    /// Years of the hindcast; NaN where the record has none.
    pub series: Vec<Vec<f64>>,
    /// Thirty years before it.
    pub before: Vec<Vec<f64>>,
    /// Battle deaths of wars that began in the years of the hindcast.
    pub sizes: Vec<f64>,
}

/// Years before the start that models of comparison see.
const BEFORE: i32 = 30;
/// Last year of the revised disputes, and of the interstate wars.
const LAST_DISPUTE: i32 = 2010;
const LAST_WAR: i32 = 2003;

/// Reads the record among the states of the world and, for disputes, its relevant pairs.
///
/// # Errors
/// Where the store lacks a table.
pub fn observed(store: &Store, system: &System, from: i32, to: i32) -> Outcome<Observed> {
    let codes = codes(store, system, from)?;
    let first = from - BEFORE;
    let years: Vec<i32> = (first..=to).collect();
    let (disputes, force) = disputes(store, system, &codes)?;
    let onsets = onsets(store, &codes)?;
    let density = density(store, &codes)?;
    let power = power(store, &codes)?;
    let get = |m: &BTreeMap<i32, f64>, y: i32, last: i32| {
        if y > last {
            f64::NAN
        } else {
            m.get(&y).copied().unwrap_or(0.0)
        }
    };
    let share = |y: i32| {
        let (d, f) = (
            get(&disputes, y, LAST_DISPUTE),
            get(&force, y, LAST_DISPUTE),
        );
        if d > 0.0 { f / d } else { f64::NAN }
    };
    let of = |y: i32, k: usize| power.get(&y).map_or(f64::NAN, |p| p[k]);
    let all: Vec<Vec<f64>> = vec![
        years
            .iter()
            .map(|y| get(&disputes, *y, LAST_DISPUTE))
            .collect(),
        years.iter().map(|y| share(*y)).collect(),
        years.iter().map(|y| get(&onsets, *y, LAST_WAR)).collect(),
        years
            .iter()
            .map(|y| density.get(y).copied().unwrap_or(f64::NAN))
            .collect(),
        years.iter().map(|y| of(*y, 0)).collect(),
        years.iter().map(|y| of(*y, 1)).collect(),
    ];
    let cut = BEFORE as usize;
    let wars = raison_record::measures::wars::interstate(store)?;
    Ok(Observed {
        before: all.iter().map(|x| x[..cut].to_vec()).collect(),
        series: all.iter().map(|x| x[cut..].to_vec()).collect(),
        sizes: wars
            .iter()
            .filter(|w| (from..=to).contains(&w.year))
            .map(|w| w.deaths)
            .collect(),
    })
}

/// Places of the world's states by their codes in the record.
fn codes(store: &Store, system: &System, from: i32) -> Outcome<HashMap<i32, usize>> {
    let members = raison_world::record_world::members(store, from)?;
    let by_name = |short: &str, code: i32| {
        system
            .world
            .state(short)
            .or_else(|| system.world.state(&format!("C{code}")))
    };
    Ok(members
        .iter()
        .filter_map(|(code, short, _)| Some((*code, by_name(short, *code)?)))
        .collect())
}

type Yearly = BTreeMap<i32, f64>;

fn disputes(
    store: &Store,
    system: &System,
    codes: &HashMap<i32, usize>,
) -> Outcome<(Yearly, Yearly)> {
    let names = [
        "ccode1",
        "ccode2",
        "year",
        "gmlmidonset",
        "hostlev1",
        "hostlev2",
    ];
    let t = store.read("gml_mid_ddydisps", Some(&names))?;
    let (mut all, mut force) = (Yearly::new(), Yearly::new());
    for row in 0..t.rows() {
        let (Some(a), Some(b), Some(y)) = (
            int(&t, "ccode1", row),
            int(&t, "ccode2", row),
            int(&t, "year", row),
        ) else {
            continue;
        };
        let (Some(i), Some(j), true) = (codes.get(&a), codes.get(&b), a < b) else {
            continue;
        };
        if int(&t, "gmlmidonset", row) != Some(1) || system.pair(*i, *j).is_none() {
            continue;
        }
        *all.entry(y).or_default() += 1.0;
        let level = int(&t, "hostlev1", row).max(int(&t, "hostlev2", row));
        *force.entry(y).or_default() += f64::from(u8::from(level >= Some(4)));
    }
    Ok((all, force))
}

/// Interstate wars by the year of their first onset, where states of the world fight on
/// both sides.
fn onsets(store: &Store, codes: &HashMap<i32, usize>) -> Outcome<Yearly> {
    let t = store.read(
        "cow_war_inter",
        Some(&["warnum", "ccode1", "ccode2", "year"]),
    )?;
    let mut first: BTreeMap<i32, i32> = BTreeMap::new();
    for row in 0..t.rows() {
        let (Some(w), Some(y)) = (int(&t, "warnum", row), int(&t, "year", row)) else {
            continue;
        };
        let known = |n: &str| int(&t, n, row).is_some_and(|c| codes.contains_key(&c));
        if known("ccode1") && known("ccode2") {
            let year = first.entry(w).or_insert(y);
            *year = y.min(*year);
        }
    }
    let mut out = Yearly::new();
    first
        .values()
        .for_each(|y| *out.entry(*y).or_default() += 1.0);
    Ok(out)
}

fn density(store: &Store, codes: &HashMap<i32, usize>) -> Outcome<Yearly> {
    let t = store.read("atop_alliance", Some(&["ccode1", "ccode2", "year"]))?;
    let mut pairs: BTreeMap<i32, BTreeSet<(i32, i32)>> = BTreeMap::new();
    for row in 0..t.rows() {
        let (Some(a), Some(b), Some(y)) = (
            int(&t, "ccode1", row),
            int(&t, "ccode2", row),
            int(&t, "year", row),
        ) else {
            continue;
        };
        if a < b && codes.contains_key(&a) && codes.contains_key(&b) {
            pairs.entry(y).or_default().insert((a, b));
        }
    }
    let n = codes.len() as f64;
    let all = n * (n - 1.0) / 2.0;
    Ok(pairs
        .into_iter()
        .map(|(y, p)| (y, p.len() as f64 / all))
        .collect())
}

/// Concentration and effective poles of the capabilities of the world's states.
fn power(store: &Store, codes: &HashMap<i32, usize>) -> Outcome<BTreeMap<i32, [f64; 2]>> {
    let t = store.read("cow_nmc", Some(&["ccode", "year", "cinc"]))?;
    let mut by_year: BTreeMap<i32, Vec<f64>> = BTreeMap::new();
    for row in 0..t.rows() {
        let (Some(c), Some(y)) = (int(&t, "ccode", row), int(&t, "year", row)) else {
            continue;
        };
        let x = t.get("cinc").map_or(f64::NAN, |c| c.number(row));
        if codes.contains_key(&c) && x.is_finite() {
            by_year.entry(y).or_default().push(x);
        }
    }
    let both = |x: &Vec<f64>| [concentration(x), effective_poles(x)];
    Ok(by_year.iter().map(|(y, x)| (*y, both(x))).collect())
}
