//! Third states that join disputes.

use super::{Facts, Values, int, put};
use raison_record::stats::formula::Formula;
use raison_record::stats::logit::{Sample, fit as logit};
use raison_record::{Column, Outcome, Store, Table};
use std::collections::{BTreeMap, BTreeSet};

/// A dispute with its sides: originators and joiners, first the side that began.
#[derive(Default)]
struct Dispute {
    year: i32,
    war: bool,
    began: [BTreeSet<i32>; 2],
    joined: [BTreeSet<i32>; 2],
}

fn disputes(store: &Store, from: i32) -> Outcome<BTreeMap<i32, Dispute>> {
    let t = store.read("gml_mid_ddydisps", None)?;
    let mut out: BTreeMap<i32, Dispute> = BTreeMap::new();
    for r in 0..t.rows() {
        let get = |n: &str| int(&t, n, r);
        let (Some(number), Some(state), Some(year)) = (get("dispnum"), get("ccode1"), get("year"))
        else {
            continue;
        };
        let d = out.entry(number).or_insert_with(|| Dispute {
            year,
            ..Dispute::default()
        });
        d.year = d.year.min(year);
        let (side, first) = (
            usize::from(get("sidea1") != Some(1)),
            get("orig1") == Some(1),
        );
        if first {
            d.began[side].insert(state);
            d.war |= get("orig2") == Some(1) && get("hostlev1").max(get("hostlev2")) == Some(5);
        } else {
            d.joined[side].insert(state);
        }
    }
    out.retain(|_, d| d.year < from && d.began.iter().all(|b| !b.is_empty()));
    Ok(out)
}

/// A logit of joining over all third members of the system at the dispute's first year, and
/// the sides that joiners take.
pub fn fit(store: &Store, facts: &Facts, from: i32, out: &mut Values) -> Outcome<()> {
    let mut x: [Vec<f64>; 4] = Default::default();
    let mut joined = Vec::new();
    let (mut loyal, mut target) = ((0.0, 0.0), (0.0, 0.0));
    let none = BTreeMap::new();
    for d in disputes(store, from)?.values() {
        let pacts = facts.pacts.get(&d.year).unwrap_or(&none);
        let near = facts.neighbours(d.year);
        for k in facts.alive(d.year) {
            if d.began.iter().any(|b| b.contains(&k)) {
                continue;
            }
            let ally = |side: &BTreeSet<i32>| {
                side.iter()
                    .any(|s| pacts.get(&(k.min(*s), k.max(*s))) == Some(&true))
            };
            let allied = [ally(&d.began[0]), ally(&d.began[1])];
            let one = allied[0] != allied[1];
            let border = near
                .get(&k)
                .is_some_and(|n| d.began.iter().flatten().any(|s| n.contains(s)));
            let yes = |x: bool| f64::from(u8::from(x));
            let row = [d.war, one, border, facts.major(k, d.year)];
            x.iter_mut().zip(row).for_each(|(x, v)| x.push(yes(v)));
            let side = (0..2).find(|s| d.joined[*s].contains(&k));
            joined.push(i32::from(side.is_some()));
            let Some(side) = side else { continue };
            if one {
                loyal.0 += 1.0;
                loyal.1 += yes(allied[side]);
            } else {
                target.0 += 1.0;
                target.1 += yes(side == 1);
            }
        }
    }
    let names = ["war", "ally", "neighbour", "major"];
    let mut t = Table::default();
    t.set("joined", Column::Int(joined));
    for (name, x) in names.iter().zip(x) {
        t.set(*name, Column::Float(x));
    }
    let formula = Formula::parse("joined ~ war + ally + neighbour + major")?;
    let got = logit(&Sample::new(formula, &t)?, None)?;
    let all = ["constant"].into_iter().chain(names);
    for (name, c) in all.zip(&got.coefficients) {
        put(out, &format!("join.{name}"), c.estimate);
    }
    put(out, "join.loyal", loyal.1 / loyal.0);
    put(out, "join.defender", target.1 / target.0);
    Ok(())
}
