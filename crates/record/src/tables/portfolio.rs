//! Similarity of alliance portfolios on dyad-years, from ATOP.

use super::attributes::{Attribute, only};
use super::frame::{Found, Frame, coverage};
use super::universe::{System, via};
use crate::column::{Column, NO_ROW};
use crate::measures::similarity::{Cell, Similarity, from_cells};
use crate::refusal::Outcome;
use rayon::prelude::*;
use std::sync::Arc;

/// Levels of commitment: 3 defence or offence, 2 neutrality or non-aggression, 1
/// consultation, 0 none; 3 towards oneself.
const LEVELS: usize = 4;

/// One year: who is there, who owes what to whom, and their weights.
struct Year {
    places: Vec<usize>,
    levels: Vec<u8>,
    weights: Vec<f64>,
}

/// Columns `atop_s`, `atop_s_weighted` (by capabilities), …
pub fn attribute(frame: &Frame) -> Outcome<Found> {
    let Some(dyads) = frame.dyads else {
        return Err(only(Attribute::Similarity, "dyad-years"));
    };
    let (years, last) = portfolios(frame)?;
    let scored: Vec<Vec<(usize, usize, Similarity)>> =
        years.par_iter().map(|(_, y)| scores(y)).collect();
    let mut rows = vec![NO_ROW; frame.dyad_years.len()];
    let mut values: [Vec<f64>; 7] = Default::default();
    for ((year, _), pairs) in years.iter().zip(scored) {
        for (i, j, similarity) in pairs {
            let at = values[0].len() as u32;
            push(&mut values, &similarity);
            for row in [dyads.at(i, j, *year), dyads.at(j, i, *year)]
                .into_iter()
                .flatten()
            {
                if let Some(slot) = rows.get_mut(row) {
                    *slot = at;
                }
            }
        }
    }
    let rows = Arc::new(rows);
    let mut found = Found::default();
    found
        .sources
        .extend(["atop_alliance".to_owned(), "cow_nmc".to_owned()]);
    coverage(&mut found.notes, "atop_alliance", last, frame.panel.to);
    let names = [
        "atop_s",
        "atop_s_weighted",
        "atop_s_squared",
        "atop_s_weighted_squared",
        "atop_kappa",
        "atop_pi",
        "atop_tau_b",
    ];
    for (name, of) in names.into_iter().zip(values) {
        found.push(name, via(&rows, &Arc::new(Column::Float(of))));
    }
    Ok(found)
}

fn push(values: &mut [Vec<f64>; 7], s: &Similarity) {
    let row = [
        s.s,
        s.s_weighted,
        s.s_squared,
        s.s_weighted_squared,
        s.kappa,
        s.pi,
        s.tau_b,
    ];
    values.iter_mut().zip(row).for_each(|(v, x)| v.push(x));
}

fn portfolios(frame: &Frame) -> Outcome<(Vec<(i32, Year)>, i32)> {
    let names = [
        "ccode1",
        "ccode2",
        "year",
        "atop_defense",
        "atop_offense",
        "atop_neutral",
        "atop_nonagg",
        "atop_consul",
    ];
    let table = frame.store.read("atop_alliance", Some(&names))?;
    let nmc = frame
        .store
        .read("cow_nmc", Some(&["ccode", "year", "cinc"]))?;
    let weights = frame.panel_rows(&nmc, "ccode", System::Cow).rows;
    let int = |name: &str, row: usize| table.get(name).and_then(|c| c.int(row));
    let last = (0..table.rows())
        .filter_map(|r| int("year", r))
        .max()
        .unwrap_or(0);
    let (from, to) = (frame.panel.from, frame.panel.to.min(last));
    let mut years: Vec<(i32, Year)> = (from..=to)
        .map(|y| (y, members(frame, y, &nmc, &weights)))
        .collect();
    for row in 0..table.rows() {
        let (Some(a), Some(b), Some(year)) =
            (int("ccode1", row), int("ccode2", row), int("year", row))
        else {
            continue;
        };
        let Some((_, y)) = usize::try_from(year - from)
            .ok()
            .and_then(|i| years.get_mut(i))
        else {
            continue;
        };
        let find = |code| {
            let place = frame.place(code, System::Cow, year)?;
            y.places.binary_search(&place).ok()
        };
        let (Some(i), Some(j)) = (find(a), find(b)) else {
            continue;
        };
        let on = |name: &str| int(name, row) == Some(1);
        let level = if on("atop_defense") || on("atop_offense") {
            3
        } else if on("atop_neutral") || on("atop_nonagg") {
            2
        } else {
            u8::from(on("atop_consul"))
        };
        let n = y.places.len();
        if let Some(slot) = y.levels.get_mut(i * n + j) {
            *slot = (*slot).max(level);
        }
    }
    Ok((years, last))
}

fn members(frame: &Frame, year: i32, nmc: &crate::Table, weights: &[u32]) -> Year {
    let rows: Vec<(usize, usize)> = (0..frame.states.list.len())
        .filter_map(|p| Some((p, frame.panel.at(p, year)?)))
        .collect();
    let n = rows.len();
    let mut levels = vec![0; n * n];
    (0..n).for_each(|i| levels[i * n + i] = 3);
    let weight = |row: usize| {
        let source = weights.get(row).copied().unwrap_or(NO_ROW);
        nmc.get("cinc")
            .map_or(f64::NAN, |c| c.number(source as usize))
    };
    Year {
        places: rows.iter().map(|r| r.0).collect(),
        levels,
        weights: rows.iter().map(|r| weight(r.1)).collect(),
    }
}

/// All pairs of a year. Partners without a weight count in the weighted scores with none.
fn scores(year: &Year) -> Vec<(usize, usize, Similarity)> {
    let n = year.places.len();
    let known: Vec<f64> = year
        .weights
        .iter()
        .map(|w| if w.is_nan() { 0.0 } else { *w })
        .collect();
    let mut out = Vec::with_capacity(n * n / 2);
    for i in 0..n {
        for j in i + 1..n {
            let mut table = [(0u32, 0.0f64); LEVELS * LEVELS];
            let (a, b) = (
                &year.levels[i * n..i * n + n],
                &year.levels[j * n..j * n + n],
            );
            for ((x, y), w) in a.iter().zip(b).zip(&known) {
                let cell = &mut table[usize::from(*x) * LEVELS + usize::from(*y)];
                cell.0 += 1;
                cell.1 += w;
            }
            let mut cells = [Cell {
                x: 0.0,
                y: 0.0,
                count: 0.0,
                weight: 0.0,
            }; LEVELS * LEVELS];
            let mut used = 0;
            for (k, (count, weight)) in table.iter().enumerate().filter(|(_, c)| c.0 > 0) {
                cells[used] = Cell {
                    x: (k / LEVELS) as f64,
                    y: (k % LEVELS) as f64,
                    count: f64::from(*count),
                    weight: *weight,
                };
                used += 1;
            }
            out.push((
                year.places[i],
                year.places[j],
                from_cells(&cells[..used], 3.0),
            ));
        }
    }
    out
}
