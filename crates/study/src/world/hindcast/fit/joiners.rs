//! Third states that join disputes below war; [`entrants`](super::entrants) has wars.

use super::ridge::logit;
use super::{Facts, Values, int, put};
use raison_record::{Outcome, Store};
use std::collections::{BTreeMap, BTreeSet};

/// A dispute with its sides: originators and joiners, first the side that began.
#[derive(Default)]
pub struct Dispute {
    /// First year.
    pub year: i32,
    /// Whether originators went to war with each other.
    pub war: bool,
    /// Originators, first the side that began.
    pub began: [BTreeSet<i32>; 2],
    /// Joiners of any kind.
    joined: [BTreeSet<i32>; 2],
    /// Joiners that were at war in the first year or the next.
    pub fought: [BTreeSet<i32>; 2],
    /// First year, state, side and whether at war, of everyone who joined.
    entries: Vec<(i32, i32, usize, bool)>,
}

/// Members of the system in the dispute's first year that did not begin it.
pub fn third(facts: &Facts, d: &Dispute) -> impl Iterator<Item = i32> {
    let all = facts.alive(d.year).into_iter();
    all.filter(|k| d.began.iter().all(|b| !b.contains(k)))
}

/// Disputes that began before a year, in which both sides have originators.
///
/// # Errors
/// Where the store lacks the table.
pub fn disputes(store: &Store, from: i32) -> Outcome<BTreeMap<i32, Dispute>> {
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
            d.entries
                .push((year, state, side, get("hostlev1") == Some(5)));
        }
    }
    for d in out.values_mut() {
        let soon = (d.year + 1).min(from - 1);
        let all = std::mem::take(&mut d.entries).into_iter();
        for (_, state, side, _) in all.filter(|e| e.3 && e.0 <= soon) {
            d.fought[side].insert(state);
        }
    }
    out.retain(|_, d| d.year < from && d.began.iter().all(|b| !b.is_empty()));
    Ok(out)
}

const NAMES: [&str; 4] = ["constant", "ally", "neighbour", "major"];

/// A logit of joining over all third members of the system at the first year of a dispute
/// below war, and the sides that joiners take.
pub fn fit(store: &Store, facts: &Facts, from: i32, out: &mut Values) -> Outcome<()> {
    let (mut rows, mut joined) = (Vec::new(), Vec::new());
    let (mut loyal, mut target) = ((0.0, 0.0), (0.0, 0.0));
    let none = BTreeMap::new();
    let yes = |x: bool| f64::from(u8::from(x));
    for d in disputes(store, from)?.values().filter(|d| !d.war) {
        let pacts = facts.pacts.get(&d.year).unwrap_or(&none);
        let near = facts.neighbours(d.year);
        for k in third(facts, d) {
            let ally = |side: &BTreeSet<i32>| {
                side.iter()
                    .any(|s| pacts.get(&(k.min(*s), k.max(*s))) == Some(&true))
            };
            let allied = [ally(&d.began[0]), ally(&d.began[1])];
            let one = allied[0] != allied[1];
            let border = near
                .get(&k)
                .is_some_and(|n| d.began.iter().flatten().any(|s| n.contains(s)));
            rows.push([yes(one), yes(border), yes(facts.major(k, d.year))]);
            let side = (0..2).find(|s| d.joined[*s].contains(&k));
            joined.push(side.is_some());
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
    for (name, b) in NAMES.iter().zip(logit(&rows, &joined)) {
        put(out, &format!("join.{name}"), b);
    }
    put(out, "join.loyal", loyal.1 / loyal.0);
    put(out, "join.defender", target.1 / target.0);
    Ok(())
}
