//! Gravity of trade.

use super::ridge::least_squares;
use super::{Facts, Values, growth, int, put};
use raison_record::{Outcome, Store};
use std::collections::BTreeSet;

/// Years before the start whose flows are used.
const YEARS: i32 = 10;
/// Fewest flows behind a fit.
const FEWEST: usize = 300;

/// Gravity (Tinbergen 1962) by least squares on positive flows of the ten years before: log
/// of both directions on log of the product of GDPs, log of the distance of capitals, and a
/// land border. With few flows the defaults stay.
pub fn fit(store: &Store, facts: &Facts, from: i32, out: &mut Values) -> Outcome<()> {
    let names = ["ccode1", "ccode2", "year", "smoothflow1", "smoothflow2"];
    let t = store.read("cow_trade_ndy", Some(&names))?;
    let gdp = growth::economies(store)?;
    let land: BTreeSet<(i32, i32, i32)> = facts
        .land
        .iter()
        .flat_map(|(a, b, first, last)| {
            let years = (from - YEARS).max(*first)..=(*last).min(from);
            years.map(move |y| (*a.min(b), *a.max(b), y))
        })
        .collect();
    let (mut rows, mut flows) = (Vec::new(), Vec::new());
    for r in 0..t.rows() {
        let get = |n: &str| int(&t, n, r);
        let (Some(a), Some(b), Some(y)) = (get("ccode1"), get("ccode2"), get("year")) else {
            continue;
        };
        if !(from - YEARS..from).contains(&y) {
            continue;
        }
        let flow = |n: &str| t.get(n).map_or(0.0, |c| c.number(r)).max(0.0);
        let both = flow("smoothflow1") + flow("smoothflow2");
        let (Some(x), Some(z), Some(km)) = (gdp.get(&(a, y)), gdp.get(&(b, y)), facts.km(a, b, y))
        else {
            continue;
        };
        if both > 0.0 && *x > 0.0 && *z > 0.0 {
            let border = land.contains(&(a.min(b), a.max(b), y));
            rows.push([
                1.0,
                (x * z).ln(),
                km.max(50.0).ln(),
                f64::from(u8::from(border)),
            ]);
            flows.push(both.ln());
        }
    }
    if rows.len() >= FEWEST {
        let b = least_squares(&rows, &flows);
        for (name, value) in ["constant", "gdp", "distance", "border"].iter().zip(b) {
            put(out, &format!("trade.{name}"), value);
        }
    }
    Ok(())
}
