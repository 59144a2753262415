//! Institutions that two states share, counted.

use super::{Maker, Member, int, members};
use raison_core::Domain;
use raison_core::world::{Layer, Memberships, Obligations};
use raison_record::{Outcome, Store};
use std::collections::{BTreeMap, HashMap};

const WORK: &str = "pevehouse-2020";
const COUNT: Domain = Domain {
    low: 0.0,
    high: 10_000.0,
};

/// Ties of shared full memberships, in the year before the start or, where one of the two
/// enters later, in the year of its entry; and how many each state belongs to. Where that
/// year is missing, the nearest within ten before or five after. Nothing where the table
/// holds no pair.
pub(super) fn counts(
    store: &Store,
    make: &mut Maker,
    all: &[Member],
    when: &HashMap<i32, i32>,
) -> Outcome<()> {
    let found = shared(store, make, when)?;
    if found.is_empty() {
        return Ok(());
    }
    let full = members::values(store, "cow_igo_sy", &["sum_igo_full"], when)?;
    let mut most = vec![0.0f64; make.world.states.len()];
    for ((a, b), count) in found.into_iter().filter(|(_, count)| *count > 0.0) {
        most[a] = most[a].max(count);
        most[b] = most[b].max(count);
        let weight = (count, COUNT);
        make.tie(
            Layer::Institutions,
            (a, b),
            weight,
            Obligations::default(),
            WORK,
        );
    }
    let mut memberships = vec![Memberships::default(); most.len()];
    for member in all {
        if let Some(at) = make.by_code.get(&member.code) {
            // Nobody shares more institutions than it belongs to.
            let count = full.get(&member.code).map_or(0.0, |v| v[0]).max(most[*at]);
            let since = member.since(0) as i16;
            memberships[*at] = Memberships { count, since };
        }
    }
    make.world.memberships = memberships;
    Ok(())
}

/// Shared institutions of pairs of states, the lower place first.
fn shared(
    store: &Store,
    make: &Maker,
    when: &HashMap<i32, i32>,
) -> Outcome<BTreeMap<(usize, usize), f64>> {
    let t = store.read("cow_igo_ndy", None)?;
    let mut best: BTreeMap<(usize, usize), (i32, f64)> = BTreeMap::new();
    for row in 0..t.rows() {
        let get = |n: &str| int(&t, n, row);
        let (Some(y), Some(one), Some(two), Some(count)) =
            (get("year"), get("ccode1"), get("ccode2"), get("dyadigos"))
        else {
            continue;
        };
        let (Some(x), Some(z)) = (when.get(&one), when.get(&two)) else {
            continue;
        };
        let year = *x.max(z);
        if y < year - 10 || y > year + 5 {
            continue;
        }
        let (Some(a), Some(b)) = (make.by_code.get(&one), make.by_code.get(&two)) else {
            continue;
        };
        // Later years count as further away than any earlier one.
        let away = if y <= year { year - y } else { 10 + y - year };
        let known = best
            .entry((*a.min(b), *a.max(b)))
            .or_insert((i32::MAX, 0.0));
        if away < known.0 {
            *known = (away, f64::from(count));
        }
    }
    Ok(best.into_iter().map(|(k, (_, c))| (k, c)).collect())
}
