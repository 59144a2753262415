//! How often disputes arise, and how they go.

use super::minimise::minimise;
use super::{Facts, Values, int, put};
use raison_record::column::Table;
use raison_record::stats::formula::Formula;
use raison_record::stats::logit::{Sample, fit};
use raison_record::{Column, Outcome, Store};
use raison_world::snapshot::FADE;
use raison_world::system::class;
use std::collections::{BTreeMap, BTreeSet};

const FORMULA: &str = "onset ~ land + ratio + major + defence + democracies + t + I(t^2) + I(t^3) + history + fighting";
const NAMES: [&str; 11] = [
    "dispute.constant",
    "dispute.land",
    "dispute.ratio",
    "dispute.major",
    "dispute.defence",
    "dispute.democracies",
    "dispute.peace1",
    "dispute.peace2",
    "dispute.peace3",
    "dispute.history",
    "dispute.fighting",
];

/// The logit of disputes between originators with its yearly level; how many dyad-years and disputes it saw.
pub fn logit(
    all: &Table,
    begun: &BTreeSet<(i32, i32, i32)>,
    facts: &Facts,
    from: i32,
    out: &mut Values,
) -> Outcome<(usize, usize)> {
    let mut t = before(all, from);
    features(&mut t);
    let key = |r: usize| {
        Some((
            int(&t, "ccode1", r)?,
            int(&t, "ccode2", r)?,
            int(&t, "year", r)?,
        ))
    };
    let onset = (0..t.rows())
        .map(|r| i32::from(key(r).is_some_and(|k| begun.contains(&k))))
        .collect();
    let fights: BTreeSet<(i32, i32)> = facts.fights.iter().map(|f| (f.state, f.year)).collect();
    let fought = |(a, b, y): (i32, i32, i32)| [a, b].iter().any(|s| fights.contains(&(*s, y - 1)));
    let fighting = (0..t.rows())
        .map(|r| i32::from(key(r).is_some_and(fought)))
        .collect();
    t.set("onset", Column::Int(onset));
    t.set("fighting", Column::Int(fighting));
    let got = fit(&Sample::new(Formula::parse(FORMULA)?, &t)?, None)?;
    let b: Vec<f64> = got.coefficients.iter().map(|c| c.estimate).collect();
    let level = Level::fit(&yearly(&t, &b), from);
    for (name, value) in NAMES.iter().zip(&b) {
        // The logit matches the mean number of disputes: a level that varies on the log
        // scale must not raise it.
        let shift = if *name == NAMES[0] {
            -0.5 * level.variance()
        } else {
            0.0
        };
        put(out, name, value + shift);
    }
    put(out, "dispute.tension.memory", level.memory);
    put(out, "dispute.tension.sd", level.sd);
    put(out, "dispute.tension.start", level.start.0);
    put(out, "dispute.tension.start.sd", level.start.1);
    Ok((got.n, got.events))
}

fn before(all: &Table, from: i32) -> Table {
    let rows =
        (0..all.rows() as u32).filter(|r| int(all, "year", *r as usize).is_some_and(|y| y < from));
    all.take(&rows.collect::<Vec<u32>>())
}

fn column(t: &Table, name: &str) -> Vec<f64> {
    let rows = t.rows();
    t.get(name).map_or(vec![f64::NAN; rows], |c| {
        (0..rows).map(|r| c.number(r)).collect()
    })
}

fn features(t: &mut Table) {
    let known = |x: f64| if x.is_nan() { 0.0 } else { x };
    // A regime that is not coded is taken for no democracy, as the world takes it.
    let both = column(t, "polity21")
        .iter()
        .zip(column(t, "polity22"))
        .map(|(x, y)| f64::from(u8::from(x.min(y) >= 6.0 && !x.is_nan() && !y.is_nan())))
        .collect();
    let defence = column(t, "atop_defense").into_iter().map(known).collect();
    let spell = column(t, "gmlmidspell").iter().map(|x| x / 10.0).collect();
    let history = history(t);
    for (name, values) in [
        ("democracies", both),
        ("defence", defence),
        ("t", spell),
        ("history", history),
        ("land", column(t, "landcontig")),
        ("ratio", column(t, "cincprop")),
        ("major", column(t, "cowmajdyad")),
    ] {
        t.set(name, Column::Float(values));
    }
}

/// Log of one more than the pair's past disputes, halved every ten years. Rows of a pair
/// stand together in order of years.
fn history(t: &Table) -> Vec<f64> {
    let mut last: Option<((Option<i32>, Option<i32>), i32)> = None;
    let mut past = 0.0;
    (0..t.rows())
        .map(|r| {
            let pair = (int(t, "ccode1", r), int(t, "ccode2", r));
            let year = int(t, "year", r).unwrap_or(0);
            match last {
                Some((p, y)) if p == pair => past *= FADE.powi(year - y),
                _ => past = 0.0,
            }
            last = Some((pair, year));
            let seen = f64::ln_1p(past);
            past += f64::from(u8::from(int(t, "gmlmidonset", r) == Some(1)));
            seen
        })
        .collect()
}

/// Observed and expected disputes of each year.
fn yearly(t: &Table, b: &[f64]) -> BTreeMap<i32, (f64, f64)> {
    let names = ["land", "ratio", "major", "defence", "democracies"];
    let x: Vec<Vec<f64>> = names.iter().map(|n| column(t, n)).collect();
    let (spell, history) = (column(t, "t"), column(t, "history"));
    let fighting = column(t, "fighting");
    let onset = column(t, "onset");
    let mut out: BTreeMap<i32, (f64, f64)> = BTreeMap::new();
    for r in 0..t.rows() {
        let s = spell[r];
        let z = b[0]
            + x.iter().zip(&b[1..6]).map(|(x, b)| b * x[r]).sum::<f64>()
            + b[6] * s
            + b[7] * s * s
            + b[8] * s * s * s
            + b[9] * history[r]
            + b[10] * fighting[r];
        let Some(year) = int(t, "year", r).filter(|_| z.is_finite() && onset[r].is_finite()) else {
            continue;
        };
        let sums = out.entry(year).or_default();
        sums.0 += onset[r];
        sums.1 += 1.0 / (1.0 + (-z).exp());
    }
    out
}

/// The yearly level of disputes: a first-order autoregression of the log ratio of observed
/// to expected disputes, by the likelihood of a Kalman filter.
#[derive(Clone, Copy, Debug)]
struct Level {
    memory: f64,
    sd: f64,
    /// Mean and standard deviation of what is expected for the first simulated year.
    start: (f64, f64),
}

impl Level {
    /// Variance of the level in the long run.
    fn variance(&self) -> f64 {
        self.sd * self.sd / (1.0 - self.memory * self.memory)
    }

    fn fit(yearly: &BTreeMap<i32, (f64, f64)>, from: i32) -> Level {
        let seen: Vec<(f64, f64)> = yearly
            .range(..from)
            .map(|(_, (d, mu))| (((d + 0.5) / (mu + 0.5)).ln(), 1.0 / (mu + 0.5)))
            .collect();
        let read = |x: &[f64]| {
            let memory = 0.98 / (1.0 + (-x[0]).exp());
            (memory, x[1].exp().clamp(1e-3, 3.0), x[2])
        };
        let x = minimise(&[1.0, -1.0, 0.0], 0.5, |x| filter(&seen, read(x)).0);
        let (memory, sd, mean) = read(&x);
        let (_, level, variance) = filter(&seen, (memory, sd, mean));
        Level {
            memory,
            sd,
            start: (level, variance.sqrt()),
        }
    }
}

/// Minus log likelihood, and mean (from the average) and variance of the next year's level.
fn filter(seen: &[(f64, f64)], (memory, sd, mean): (f64, f64, f64)) -> (f64, f64, f64) {
    let (mut level, mut variance) = (0.0, sd * sd / (1.0 - memory * memory));
    let mut minus = 0.0;
    for (ratio, noise) in seen {
        let surprise = ratio - mean - level;
        let total = variance + noise;
        minus += 0.5 * (total.ln() + surprise * surprise / total);
        let gain = variance / total;
        level = memory * (level + gain * surprise);
        variance = memory * memory * variance * (1.0 - gain) + sd * sd;
    }
    (minus, level, variance)
}

/// Shares of acts and replies among originators, smoothed by half a case; the pairs of a
/// dispute that went to war count as one.
pub fn ladder(store: &Store, facts: &Facts, from: i32, out: &mut Values) -> Outcome<()> {
    let names = [
        "dispnum",
        "ccode1",
        "ccode2",
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
    // Wars and other disputes, of two democracies and of other pairs.
    let mut fought = [[0.5f64; 2]; 2];
    let free = |state: Option<i32>, year: i32| {
        let polity = state.and_then(|s| facts.polity.get(&(s, year - 1)));
        polity.is_some_and(|p| class(*p) == 2)
    };
    let mut wars: BTreeMap<Option<i32>, Vec<([usize; 2], bool)>> = BTreeMap::new();
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
        let cell = [(a - 2) as usize, reply];
        let both = [int(&t, "ccode1", row), int(&t, "ccode2", row)];
        let both = both.into_iter().all(|s| free(s, y));
        if a.max(b) == 5 {
            let war = wars.entry(int(&t, "dispnum", row)).or_default();
            war.push((cell, both));
        } else {
            fought[usize::from(both)][0] += 1.0;
            joint[cell[0]][cell[1]] += 1.0;
        }
    }
    // A war between several originators is one war.
    for cells in wars.values() {
        for ([a, b], both) in cells {
            let part = 1.0 / cells.len() as f64;
            joint[*a][*b] += part;
            fought[usize::from(*both)][1] += part;
        }
    }
    let odds = fought.map(|x| x[1] / x[0]);
    put(out, "ladder.democracies", (odds[1] / odds[0]).min(5.0));
    let total: f64 = joint.iter().flatten().sum();
    let (acts, replies) = (
        ["threat", "display", "force", "war"],
        ["none", "display", "force", "war"],
    );
    for (a, row) in acts.iter().zip(&joint) {
        let sum: f64 = row.iter().sum();
        put(out, &format!("ladder.first.{a}"), sum / total);
        for (r, x) in replies.iter().zip(row) {
            put(out, &format!("ladder.{a}.{r}"), x / sum);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_that_is_known_is_found_again() {
        // A deterministic series of the process: memory 0.8, innovations of 0.3 by turns.
        let (mut level, mut yearly) = (0.0f64, BTreeMap::new());
        for (i, year) in (1816..2016).enumerate() {
            let z = (((i * 7919) % 997) as f64 / 997.0 - 0.5) * 12f64.sqrt();
            level = 0.8 * level + 0.3 * z;
            yearly.insert(year, (400.0 * (0.2 + level).exp(), 400.0));
        }
        let got = Level::fit(&yearly, 2016);
        assert!((got.memory - 0.8).abs() < 0.1, "{got:?}");
        assert!((got.sd - 0.3).abs() < 0.05, "{got:?}");
        assert!((got.start.0 - 0.8 * level).abs() < 0.3, "{got:?}");
    }
}
