//! Parameters from the years before the start.

use raison_record::column::Table;
use raison_record::stats::dangerous_dyads;
use raison_record::stats::formula::Formula;
use raison_record::stats::logit::{Sample, fit};
use raison_record::{Column, Outcome, Store};
use std::collections::{BTreeMap, BTreeSet};

/// What was fitted, and on what.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// Parameter names with their values.
    pub parameters: Vec<(String, f64)>,
    /// Dyad-years of the dispute logit, and disputes in them.
    pub dyads: (usize, usize),
    /// Wars behind durations and sizes.
    pub wars: usize,
}

const FORMULA: &str =
    "gmlmidonset ~ land + ratio + major + defence + democracies + t + I(t^2) + I(t^3)";
const NAMES: [&str; 9] = [
    "dispute.constant",
    "dispute.land",
    "dispute.ratio",
    "dispute.major",
    "dispute.defence",
    "dispute.democracies",
    "dispute.peace1",
    "dispute.peace2",
    "dispute.peace3",
];

/// Fits on years before `from`: the dispute logit, the response ladder, how long wars
/// last, how large they are, how long pacts last.
///
/// # Errors
/// Where the store lacks a table, or the logit has no fit.
pub fn fitted(store: &Store, from: i32) -> Outcome<Fitted> {
    let mut parameters = Vec::new();
    let dyads = logit(store, from, &mut parameters)?;
    ladder(store, from, &mut parameters)?;
    let wars = wars(store, from, &mut parameters)?;
    pacts(store, from, &mut parameters)?;
    Ok(Fitted {
        parameters,
        dyads,
        wars,
    })
}

fn logit(store: &Store, from: i32, out: &mut Vec<(String, f64)>) -> Outcome<(usize, usize)> {
    let all = dangerous_dyads::data(store)?;
    let year = all.get("year");
    let keep: Vec<u32> = (0..all.rows() as u32)
        .filter(|r| {
            year.and_then(|c| c.int(*r as usize))
                .is_some_and(|y| y < from)
        })
        .collect();
    let mut t = all.take(&keep);
    let rows = t.rows();
    let column = |name: &str, t: &Table| -> Vec<f64> {
        t.get(name).map_or(vec![f64::NAN; rows], |c| {
            (0..rows).map(|r| c.number(r)).collect()
        })
    };
    let (a, b) = (column("polity21", &t), column("polity22", &t));
    let both = |(x, y): (&f64, &f64)| {
        if x.is_nan() || y.is_nan() {
            f64::NAN
        } else {
            f64::from(u8::from(x.min(*y) >= 6.0))
        }
    };
    t.set(
        "democracies",
        Column::Float(a.iter().zip(&b).map(both).collect()),
    );
    let defence = column("atop_defense", &t);
    t.set(
        "defence",
        Column::Float(
            defence
                .iter()
                .map(|x| if x.is_nan() { 0.0 } else { *x })
                .collect(),
        ),
    );
    t.set(
        "t",
        Column::Float(column("gmlmidspell", &t).iter().map(|x| x / 10.0).collect()),
    );
    for (new, old) in [
        ("land", "landcontig"),
        ("ratio", "cincprop"),
        ("major", "cowmajdyad"),
    ] {
        t.set(new, Column::Float(column(old, &t)));
    }
    let got = fit(&Sample::new(Formula::parse(FORMULA)?, &t)?, None)?;
    let values = got.coefficients.iter().map(|c| c.estimate);
    out.extend(NAMES.iter().map(|n| (*n).to_owned()).zip(values));
    Ok((got.n, got.events))
}

fn int(t: &Table, name: &str, row: usize) -> Option<i32> {
    t.get(name)?.int(row)
}

/// Shares of acts and replies among originators, smoothed by half a case.
fn ladder(store: &Store, from: i32, out: &mut Vec<(String, f64)>) -> Outcome<()> {
    let names = [
        "year",
        "gmlmidonset",
        "sidea1",
        "orig1",
        "orig2",
        "hostlev1",
        "hostlev2",
    ];
    let t = store.read("gml_mid_ddydisps", Some(&names))?;
    let mut joint = [[0.5f64; 4]; 4];
    for row in 0..t.rows() {
        let is = |n: &str| int(&t, n, row) == Some(1);
        if !(is("gmlmidonset") && is("sidea1") && is("orig1") && is("orig2")) {
            continue;
        }
        let (Some(y), Some(a), Some(b)) = (
            int(&t, "year", row),
            int(&t, "hostlev1", row),
            int(&t, "hostlev2", row),
        ) else {
            continue;
        };
        if y >= from || !(2..=5).contains(&a) || !(1..=5).contains(&b) {
            continue;
        }
        let reply = [0, 1, 1, 2, 3][(b - 1) as usize];
        joint[(a - 2) as usize][reply] += 1.0;
    }
    let total: f64 = joint.iter().flatten().sum();
    let (acts, replies) = (
        ["threat", "display", "force", "war"],
        ["none", "display", "force", "war"],
    );
    for (a, row) in acts.iter().zip(&joint) {
        let sum: f64 = row.iter().sum();
        out.push((format!("ladder.first.{a}"), sum / total));
        for (r, x) in replies.iter().zip(row) {
            out.push((format!("ladder.{a}.{r}"), x / sum));
        }
    }
    Ok(())
}

fn wars(store: &Store, from: i32, out: &mut Vec<(String, f64)>) -> Outcome<usize> {
    let t = store.read("cow_war_inter", Some(&["warnum", "year"]))?;
    let mut years: BTreeMap<i32, BTreeSet<i32>> = BTreeMap::new();
    for row in 0..t.rows() {
        if let (Some(w), Some(y)) = (int(&t, "warnum", row), int(&t, "year", row)) {
            years.entry(w).or_default().insert(y);
        }
    }
    let ended: Vec<&BTreeSet<i32>> = years
        .values()
        .filter(|y| y.last().is_some_and(|l| *l < from))
        .collect();
    let touched: usize = ended.iter().map(|y| y.len()).sum();
    out.push((
        "war.end".to_owned(),
        ended.len() as f64 / touched.max(1) as f64,
    ));
    let all = raison_record::measures::wars::interstate(store)?;
    let sizes: Vec<f64> = all
        .iter()
        .filter(|w| w.year < from)
        .map(|w| w.deaths)
        .collect();
    out.push(("war.size.exponent".to_owned(), super::hill(&sizes, 1000.0)));
    Ok(ended.len())
}

/// Yearly chance that a pair's pact ends, among pairs that both go on.
fn pacts(store: &Store, from: i32, out: &mut Vec<(String, f64)>) -> Outcome<()> {
    let t = store.read("atop_alliance", Some(&["ccode1", "ccode2", "year"]))?;
    let mut by_year: BTreeMap<i32, BTreeSet<(i32, i32)>> = BTreeMap::new();
    for row in 0..t.rows() {
        let (Some(a), Some(b), Some(y)) = (
            int(&t, "ccode1", row),
            int(&t, "ccode2", row),
            int(&t, "year", row),
        ) else {
            continue;
        };
        if a < b && y < from {
            by_year.entry(y).or_default().insert((a, b));
        }
    }
    let (mut ended, mut all) = (0usize, 0usize);
    for (year, pairs) in &by_year {
        if let Some(next) = by_year.get(&(year + 1)) {
            all += pairs.len();
            ended += pairs.difference(next).count();
        }
    }
    out.push(("alliance.end".to_owned(), ended as f64 / all.max(1) as f64));
    Ok(())
}
