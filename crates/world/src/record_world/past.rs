//! What lies behind the states at the start.

use super::{ByCode, int, members};
use crate::snapshot::FADE;
use raison_core::world::World;
use raison_record::column::year_of;
use raison_record::{Outcome, Store};
use std::collections::{BTreeMap, HashMap};

/// Peace years of pairs, their past disputes, and who began.
pub(super) fn before_start(
    store: &Store,
    year: i32,
    by_code: &ByCode,
    world: &mut World,
) -> Outcome<()> {
    let since = relevant_since(store, year, by_code)?;
    let names = [
        "ccode1",
        "ccode2",
        "year",
        "gmlmidonset",
        "sidea1",
        "orig1",
        "orig2",
    ];
    let t = store.read("gml_mid_ddydisps", Some(&names))?;
    let mut last = since.clone();
    let mut past: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    world.conduct = vec![(0.0, 0.0); world.states.len()];
    for row in 0..t.rows() {
        let state = |name| int(&t, name, row).and_then(|c| by_code.get(&c).copied());
        let (Some(a), Some(b), Some(y)) = (state("ccode1"), state("ccode2"), int(&t, "year", row))
        else {
            continue;
        };
        if y >= year {
            continue;
        }
        let is = |n: &str| int(&t, n, row) == Some(1);
        let weight = FADE.powi(year - y);
        if a < b {
            let known = last.entry((a, b)).or_insert(y + 1);
            *known = (y + 1).max(*known);
            if is("gmlmidonset") {
                *past.entry((a, b)).or_default() += weight;
            }
        }
        if is("gmlmidonset") && is("sidea1") && is("orig1") && is("orig2") {
            world.conduct[a].0 += weight;
            world.conduct[b].1 += weight;
        }
    }
    world.fighting = fighting(store, year, by_code)?;
    let years = |y: i32| (year - y).clamp(0, 200) as u16;
    world.quiet = last
        .into_iter()
        .map(|((a, b), y)| (a, b, years(y)))
        .collect();
    world.past = past.into_iter().map(|((a, b), x)| (a, b, x)).collect();
    Ok(())
}

/// States at war in the year before.
fn fighting(store: &Store, year: i32, by_code: &ByCode) -> Outcome<Vec<usize>> {
    let t = store.read("cow_war_inter", Some(&["ccode1", "year"]))?;
    let mut out: Vec<usize> = (0..t.rows())
        .filter(|r| int(&t, "year", *r) == Some(year - 1))
        .filter_map(|r| by_code.get(&int(&t, "ccode1", r)?).copied())
        .collect();
    out.sort_unstable();
    out.dedup();
    Ok(out)
}

/// The year since which each relevant pair is one: both members, and neighbours or one a
/// major power.
fn relevant_since(
    store: &Store,
    year: i32,
    by_code: &ByCode,
) -> Outcome<BTreeMap<(usize, usize), i32>> {
    let all = members(store, year, year)?;
    let since: HashMap<usize, i32> = all
        .iter()
        .filter_map(|m| {
            let spell = m.spells.iter().find(|s| s.0 <= year && s.1 >= year)?;
            Some((*by_code.get(&m.code)?, spell.0 - 1))
        })
        .collect();
    let mut out: BTreeMap<(usize, usize), i32> = BTreeMap::new();
    let mut note = |a: usize, b: usize, from: i32| {
        let (Some(x), Some(y)) = (since.get(&a), since.get(&b)) else {
            return;
        };
        let from = from.max(*x).max(*y);
        let known = out.entry((a.min(b), a.max(b))).or_insert(from);
        *known = from.min(*known);
    };
    let t = store.read("cow_contdir", None)?;
    for row in 0..t.rows() {
        let day = |name: &str| t.get(name).and_then(|c| c.int(row)).map(year_of);
        let state = |name| int(&t, name, row).and_then(|c| by_code.get(&c).copied());
        if let (Some(a), Some(b), Some(from), Some(to)) = (
            state("ccode1"),
            state("ccode2"),
            day("stdate"),
            day("enddate"),
        ) && from < year
            && to >= year
            && int(&t, "conttype", row) != Some(0)
        {
            note(a, b, from);
        }
    }
    let t = store.read("cow_majors", None)?;
    for row in 0..t.rows() {
        let (Some(c), Some(from), Some(to)) = (
            int(&t, "ccode", row),
            int(&t, "styear", row),
            int(&t, "endyear", row),
        ) else {
            continue;
        };
        if let (Some(a), true) = (by_code.get(&c), from < year && to >= year) {
            by_code
                .values()
                .filter(|b| *b != a)
                .for_each(|b| note(*a, *b, from));
        }
    }
    Ok(out)
}
