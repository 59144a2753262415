//! Intra-state wars on state-years.

use super::attributes::{Attribute, only};
use super::frame::{Found, Frame};
use super::universe::System;
use crate::column::{Column, MISSING, NO_ROW, WordsBuilder};
use crate::refusal::Outcome;
use std::collections::BTreeMap;

/// Years in which a state without a row is known to have had no such war.
const COVERED: std::ops::RangeInclusive<i32> = 1816..=2007;

/// The wars of a state in a year, one of them chosen: a new one before an older one, then
/// the deadliest, then the lower number.
pub fn civil_wars(frame: &Frame) -> Outcome<Found> {
    if frame.dyads.is_some() {
        return Err(only(Attribute::CivilWars, "state-years"));
    }
    let names = [
        "warnum",
        "warname",
        "wartype",
        "year",
        "cowintraonset",
        "cowintraongoing",
        "primary_state",
        "ccodea",
        "intnl",
        "outcome",
        "sideadeaths",
        "sidebdeaths",
    ];
    let table = frame.store.read("cow_war_intra", Some(&names))?;
    let int = |name: &str, row: usize| table.get(name).and_then(|c| c.int(row));
    let mut by_state: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for row in 0..table.rows() {
        let (Some(1), Some(code), Some(year)) = (
            int("primary_state", row),
            int("ccodea", row),
            int("year", row),
        ) else {
            continue;
        };
        let at = frame
            .place(code, System::Cow, year)
            .and_then(|p| frame.panel.at(p, year));
        if let Some(at) = at {
            by_state.entry(at).or_default().push(row);
        }
    }
    let mut chosen = vec![NO_ROW; frame.panel.rows()];
    let mut numbers: Vec<Option<String>> = vec![None; frame.panel.rows()];
    for (at, rows) in by_state {
        let new = rows.iter().any(|r| int("cowintraonset", *r) == Some(1));
        let deaths = |r: &usize| {
            let (a, b) = (int("sideadeaths", *r), int("sidebdeaths", *r));
            match (a, b) {
                (None, None) => i64::MIN,
                (a, b) => i64::from(a.unwrap_or(0)) + i64::from(b.unwrap_or(0)),
            }
        };
        let best = rows
            .iter()
            .filter(|r| !new || int("cowintraonset", **r) == Some(1))
            .max_by_key(|r| (deaths(r), std::cmp::Reverse(int("warnum", **r))));
        let all: Vec<String> = rows
            .iter()
            .filter_map(|r| int("warnum", *r).map(|n| n.to_string()))
            .collect();
        if let (Some(best), Some(slot), Some(text)) =
            (best, chosen.get_mut(at), numbers.get_mut(at))
        {
            *slot = *best as u32;
            *text = Some(all.join("; "));
        }
    }
    let mut found = Found::default();
    found.sources.push("cow_war_intra".to_owned());
    super::frame::coverage(&mut found.notes, "cow_war_intra", 2008, frame.panel.to);
    for name in names {
        let Some(column) = table.get(name) else {
            continue;
        };
        match name {
            "year" | "primary_state" | "ccodea" => {}
            "cowintraonset" | "cowintraongoing" => {
                found.push(name, with_zeroes(&column.take(&chosen), frame));
            }
            "sideadeaths" | "sidebdeaths" if frame.choices.as_upstream => {
                found.push(name, minus_nine(&column.take(&chosen), &chosen));
            }
            _ => found.push(name, column.take(&chosen)),
        }
    }
    let mut words = WordsBuilder::default();
    numbers.iter().for_each(|n| words.push(n.as_deref()));
    found.push("intrawarnums", words.finish());
    Ok(found)
}

fn with_zeroes(column: &Column, frame: &Frame) -> Column {
    let value = |row: usize| match column.int(row) {
        Some(x) => x,
        None if COVERED.contains(&frame.panel.year_at(row)) => 0,
        None => MISSING,
    };
    Column::Int((0..column.len()).map(value).collect())
}

/// The package gives back the code for unknown deaths.
fn minus_nine(column: &Column, chosen: &[u32]) -> Column {
    let value = |row: usize| match (column.int(row), chosen.get(row)) {
        (Some(x), _) => x,
        (None, Some(r)) if *r != NO_ROW => -9,
        _ => MISSING,
    };
    Column::Int((0..column.len()).map(value).collect())
}
