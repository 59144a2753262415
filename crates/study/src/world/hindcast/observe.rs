//! What the record shows among the members of a system.

use super::Facts;
use raison_record::measures::concentration::{concentration, effective_poles};
use raison_record::stats::dangerous_dyads;
use raison_record::{Outcome, Store, Table};
use std::collections::{BTreeMap, BTreeSet};

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
    /// Politically relevant pairs in the years of the hindcast, and in the thirty before.
    pub pairs: (Vec<f64>, Vec<f64>),
    /// Battle deaths of wars that began in the years of the hindcast.
    pub sizes: Vec<f64>,
}

/// Years before the start that models of comparison see.
pub const BEFORE: i32 = 30;
/// Last year of the revised disputes, and of the interstate wars.
const LAST_DISPUTE: i32 = 2010;
const LAST_WAR: i32 = 2003;

/// Who is observed in a year: all members, or those of the start only.
#[derive(Clone, Debug)]
pub enum Watched {
    /// Every member of the year.
    All,
    /// States of the start, by code.
    Start(BTreeSet<i32>),
}

impl Watched {
    fn holds(&self, state: i32) -> bool {
        match self {
            Watched::All => true,
            Watched::Start(list) => list.contains(&state),
        }
    }
}

/// Reads the record: disputes of politically relevant pairs, wars, pacts, capabilities.
///
/// # Errors
/// Where the store lacks a table.
pub fn observed(
    store: &Store,
    facts: &Facts,
    who: &Watched,
    from: i32,
    to: i32,
) -> Outcome<Observed> {
    let years: Vec<i32> = (from - BEFORE..=to).collect();
    let seen = disputes(store, who)?;
    let onsets = onsets(facts, who);
    let count = |y: i32, k: usize| seen.get(&y).map_or(0.0, |x| x[k]);
    let upto = |y: i32, last: i32, x: f64| if y > last { f64::NAN } else { x };
    let share = |y: i32| upto(y, LAST_DISPUTE, count(y, 1) / count(y, 0));
    let power: Vec<[f64; 2]> = years.iter().map(|y| power(facts, who, *y)).collect();
    let each = |f: &dyn Fn(i32) -> f64| years.iter().map(|y| f(*y)).collect::<Vec<f64>>();
    let all: Vec<Vec<f64>> = vec![
        each(&|y| upto(y, LAST_DISPUTE, count(y, 0))),
        each(&share),
        each(&|y| upto(y, LAST_WAR, onsets.get(&y).copied().unwrap_or(0.0))),
        each(&|y| density(facts, who, y)),
        power.iter().map(|p| p[0]).collect(),
        power.iter().map(|p| p[1]).collect(),
    ];
    let pairs = each(&|y| count(y, 2));
    let cut = BEFORE as usize;
    let wars = raison_record::measures::wars::interstate(store)?;
    Ok(Observed {
        before: all.iter().map(|x| x[..cut].to_vec()).collect(),
        series: all.iter().map(|x| x[cut..].to_vec()).collect(),
        pairs: (pairs[cut..].to_vec(), pairs[..cut].to_vec()),
        sizes: wars
            .iter()
            .filter(|w| (from..=to).contains(&w.year))
            .map(|w| w.deaths)
            .collect(),
    })
}

/// Disputes, those with force, and relevant pairs of each year.
fn disputes(store: &Store, who: &Watched) -> Outcome<BTreeMap<i32, [f64; 3]>> {
    let names = ["ccode1", "ccode2", "year", "hostlev1", "hostlev2"];
    let raw = store.read("gml_mid_ddydisps", Some(&names))?;
    let mut level: BTreeMap<(i32, i32, i32), i32> = BTreeMap::new();
    for row in 0..raw.rows() {
        let get = |n: &str| int(&raw, n, row);
        if let (Some(a), Some(b), Some(y)) = (get("ccode1"), get("ccode2"), get("year")) {
            let high = get("hostlev1").max(get("hostlev2")).unwrap_or(0);
            let known = level.entry((a, b, y)).or_default();
            *known = high.max(*known);
        }
    }
    let t = dangerous_dyads::data(store)?;
    let mut out: BTreeMap<i32, [f64; 3]> = BTreeMap::new();
    for row in 0..t.rows() {
        let get = |n: &str| int(&t, n, row);
        let (Some(a), Some(b), Some(y)) = (get("ccode1"), get("ccode2"), get("year")) else {
            continue;
        };
        if !who.holds(a) || !who.holds(b) {
            continue;
        }
        let sums = out.entry(y).or_default();
        sums[2] += 1.0;
        if get("gmlmidonset") == Some(1) {
            sums[0] += 1.0;
            let high = level.get(&(a, b, y)).copied().unwrap_or(0);
            sums[1] += f64::from(u8::from(high >= 4));
        }
    }
    Ok(out)
}

/// Interstate wars by the year of their first onset, where watched states fight on both
/// sides.
fn onsets(facts: &Facts, who: &Watched) -> BTreeMap<i32, f64> {
    let mut first: BTreeMap<i32, i32> = BTreeMap::new();
    for f in &facts.fights {
        if who.holds(f.state) && who.holds(f.other) {
            let year = first.entry(f.war).or_insert(f.year);
            *year = f.year.min(*year);
        }
    }
    let mut out = BTreeMap::new();
    first
        .values()
        .for_each(|y| *out.entry(*y).or_default() += 1.0);
    out
}

/// Share of pairs of members with a pact; NaN after the last year of the table.
fn density(facts: &Facts, who: &Watched, year: i32) -> f64 {
    let alive = facts.alive(year);
    let inside = |s: i32| alive.contains(&s) && who.holds(s);
    let n = alive.iter().filter(|s| who.holds(**s)).count() as f64;
    facts.pacts.get(&year).map_or(f64::NAN, |p| {
        let tied = p.keys().filter(|(a, b)| inside(*a) && inside(*b)).count();
        tied as f64 / (n * (n - 1.0) / 2.0)
    })
}

/// Concentration and effective poles of the capabilities of members.
fn power(facts: &Facts, who: &Watched, year: i32) -> [f64; 2] {
    let alive = facts.alive(year);
    let known = |s: &i32| {
        facts
            .cinc
            .get(&(*s, year))
            .copied()
            .filter(|_| who.holds(*s))
    };
    let x: Vec<f64> = alive.iter().filter_map(known).collect();
    if x.len() < 2 {
        return [f64::NAN; 2];
    }
    [concentration(&x), effective_poles(&x)]
}
