//! Ties of the record: borders, pacts, trade.

use super::{ByCode, Maker, float, int};
use raison_core::Domain;
use raison_core::world::{Border, Layer, Obligations};
use raison_record::column::year_of;
use raison_record::{Outcome, Store};
use std::collections::{BTreeMap, HashMap};

/// Borders as they are when the later of the two is a member.
pub(super) fn borders(
    store: &Store,
    by_code: &ByCode,
    entered: &HashMap<i32, i32>,
) -> Outcome<Vec<Border>> {
    let t = store.read("cow_contdir", None)?;
    let mut best: BTreeMap<(usize, usize), bool> = BTreeMap::new();
    for row in 0..t.rows() {
        let day = |name: &str| t.get(name).and_then(|c| c.int(row)).map(year_of);
        let (Some(kind), Some(from), Some(to)) =
            (int(&t, "conttype", row), day("stdate"), day("enddate"))
        else {
            continue;
        };
        let entry = |name| int(&t, name, row).and_then(|c| entered.get(&c).copied());
        let (Some(x), Some(y)) = (entry("ccode1"), entry("ccode2")) else {
            continue;
        };
        let year = x.max(y);
        if kind == 0 || from >= year.max(1817) || to < year {
            continue;
        }
        let state = |name| int(&t, name, row).and_then(|c| by_code.get(&c).copied());
        if let (Some(a), Some(b)) = (state("ccode1"), state("ccode2")) {
            *best.entry((a.min(b), a.max(b))).or_insert(false) |= kind == 1;
        }
    }
    Ok(best
        .into_iter()
        .map(|((a, b), land)| Border { a, b, land })
        .collect())
}

/// Pacts in the year before the start. The table has each pair twice, once for what each
/// side owes; ties of alliance are mutual.
pub(super) fn alliances(store: &Store, make: &mut Maker) -> Outcome<()> {
    let t = store.read("atop_alliance", None)?;
    let mut found: BTreeMap<(usize, usize), Obligations> = BTreeMap::new();
    for row in 0..t.rows() {
        if int(&t, "year", row) != Some(make.year - 1) {
            continue;
        }
        let ends = (make.state(&t, "ccode1", row), make.state(&t, "ccode2", row));
        let (Some(a), Some(b)) = ends else {
            continue;
        };
        let yes = |name| int(&t, name, row) == Some(1);
        let o = found.entry((a.min(b), a.max(b))).or_default();
        o.defence |= yes("atop_defense");
        o.offence |= yes("atop_offense");
        o.neutrality |= yes("atop_neutral");
        o.nonaggression |= yes("atop_nonagg");
        o.consultation |= yes("atop_consul");
    }
    for (ends, obligations) in found.into_iter().filter(|(_, o)| o.any()) {
        let weight = (1.0, Domain::UNIT);
        make.tie(Layer::Alliance, ends, weight, obligations, "leeds-2002");
    }
    Ok(())
}

/// Flows from nothing upwards.
const FLOW: Domain = Domain {
    low: 0.0,
    high: 1e12,
};

/// Two-way trade of the year before the start, in million dollars. A recorded flow of
/// nothing is a flow of nothing: only what the table lacks is left to gravity.
pub(super) fn trade(store: &Store, make: &mut Maker) -> Outcome<()> {
    let names = ["ccode1", "ccode2", "year", "smoothflow1", "smoothflow2"];
    let t = store.read("cow_trade_ndy", Some(&names))?;
    for row in 0..t.rows() {
        if int(&t, "year", row) != Some(make.year - 1) {
            continue;
        }
        let flow = |name| float(&t, name, row).filter(|x| *x >= 0.0);
        let flows = [flow("smoothflow1"), flow("smoothflow2")];
        let known = flows.iter().any(Option::is_some);
        let both = flows.iter().flatten().sum::<f64>();
        let ends = (make.state(&t, "ccode1", row), make.state(&t, "ccode2", row));
        if let (Some(a), Some(b), true) = (ends.0, ends.1, known) {
            let (weight, none) = ((both, FLOW), Obligations::default());
            make.tie(Layer::Trade, (a, b), weight, none, "barbieri-2009");
        }
    }
    Ok(())
}
