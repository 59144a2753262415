//! Contiguity and distances.

use super::frame::{Found, Frame, coverage};
use super::universe::{System, via};
use crate::column::{Column, MISSING, NO_ROW, Table, calendar, day_number, year_of};
use crate::refusal::Outcome;
use std::collections::HashMap;
use std::sync::Arc;

/// Contiguity of a pair in a year: the first and the last of the year, by month.
struct Neighbours {
    by_year: HashMap<(i32, i32, i32), Kinds>,
    last_year: i32,
}

/// Month of a year, first day of the spell, type: for the first and the last of the year.
struct Kinds {
    first: (i32, i32, i32),
    last: (i32, i32, i32),
}

fn neighbours(frame: &Frame) -> Outcome<Neighbours> {
    let names = ["ccode1", "ccode2", "conttype", "stdate", "enddate"];
    let table = frame.store.read("cow_contdir", Some(&names))?;
    let int = |name: &str, row: usize| table.get(name).and_then(|c| c.int(row));
    let mut out = Neighbours {
        by_year: HashMap::new(),
        last_year: i32::MIN,
    };
    for row in 0..table.rows() {
        let (Some(a), Some(b), Some(kind), Some(start), Some(end)) = (
            int("ccode1", row),
            int("ccode2", row),
            int("conttype", row),
            int("stdate", row),
            int("enddate", row),
        ) else {
            continue;
        };
        let (first, last) = (year_of(start), year_of(end));
        out.last_year = out.last_year.max(last);
        for year in first.max(frame.panel.from)..=last.min(frame.panel.to) {
            let from = if year == first {
                calendar(start).1 as i32
            } else {
                1
            };
            let to = if year == last {
                calendar(end).1 as i32
            } else {
                12
            };
            let (first, last) = ((from, start, kind), (to, start, kind));
            // Earliest month wins the first place, latest the last; within a month the
            // order is that in which the spells began.
            out.by_year
                .entry((a, b, year))
                .and_modify(|kinds| {
                    kinds.first = kinds.first.min(first);
                    kinds.last = kinds.last.max(last);
                })
                .or_insert(Kinds { first, last });
        }
    }
    Ok(out)
}

/// `conttype` for dyads; numbers of neighbours by land and sea for states.
pub fn contiguity(frame: &Frame) -> Outcome<Found> {
    let neighbours = neighbours(frame)?;
    let last = neighbours.last_year;
    let mut found = Found::default();
    found.sources.push("cow_contdir".to_owned());
    coverage(&mut found.notes, "cow_contdir", last, frame.panel.to);
    let pick = |kinds: &Kinds| match frame.choices.last_contiguity {
        true => kinds.last.2,
        false => kinds.first.2,
    };
    let place = |code, year| frame.place(code, System::Cow, year);
    if let Some(dyads) = frame.dyads {
        let mut out: Vec<i32> = frame
            .dyad_years
            .iter()
            .map(|y| if i32::from(*y) <= last { 0 } else { MISSING })
            .collect();
        for ((a, b, year), kinds) in &neighbours.by_year {
            let at = match (place(*a, *year), place(*b, *year)) {
                (Some(i), Some(j)) => dyads.at(i, j, *year),
                _ => None,
            };
            if let Some(slot) = at.and_then(|at| out.get_mut(at)) {
                *slot = pick(kinds);
            }
        }
        found.push("conttype", Column::Int(out));
        return Ok(found);
    }
    let empty: Vec<i32> = (0..frame.panel.rows())
        .map(|r| {
            if frame.panel.year_at(r) <= last {
                0
            } else {
                MISSING
            }
        })
        .collect();
    let (mut land, mut sea) = (empty.clone(), empty);
    for ((a, b, year), kinds) in &neighbours.by_year {
        if place(*b, *year)
            .and_then(|p| frame.panel.at(p, *year))
            .is_none()
        {
            continue;
        }
        let Some(at) = place(*a, *year).and_then(|p| frame.panel.at(p, *year)) else {
            continue;
        };
        let kind = pick(kinds);
        if let Some(slot) = land.get_mut(at) {
            *slot += i32::from(kind == 1);
        }
        if let Some(slot) = sea.get_mut(at) {
            *slot += i32::from((2..=5).contains(&kind));
        }
    }
    found.push("land", Column::Int(land));
    found.push("sea", Column::Int(sea));
    Ok(found)
}

/// Radius of the sphere, m (equatorial, as the usual software takes it).
const RADIUS: f64 = 6_378_137.0;

/// Great-circle distance in km by Vincenty's formula for the sphere, which is stable for
/// near and for opposite points.
pub fn great_circle(lat1: f64, lng1: f64, lat2: f64, lng2: f64) -> f64 {
    let radians = f64::to_radians;
    let (phi1, phi2) = (radians(lat1), radians(lat2));
    let delta = radians(lng1) - radians(lng2);
    let east = phi2.cos() * delta.sin();
    let north = phi1.cos() * phi2.sin() - phi1.sin() * phi2.cos() * delta.cos();
    let along = phi1.sin() * phi2.sin() + phi1.cos() * phi2.cos() * delta.cos();
    RADIUS * (east * east + north * north).sqrt().atan2(along) / 1000.0
}

/// For every state-year the number of its capital.
struct Capitals {
    of_row: Vec<u32>,
    places: Vec<(f64, f64)>,
    last_year: i32,
}

fn capitals(frame: &Frame) -> Outcome<Capitals> {
    let names = ["ccode", "stdate", "enddate", "lat", "lng"];
    let table = frame.store.read("cow_capitals", Some(&names))?;
    let mut out = Capitals {
        of_row: vec![NO_ROW; frame.panel.rows()],
        places: vec![(f64::NAN, f64::NAN); table.rows()],
        last_year: i32::MIN,
    };
    // The day from which the chosen capital of a state-year holds.
    let mut held = vec![0i32; frame.panel.rows()];
    for row in 0..table.rows() {
        capital(frame, &table, row, &mut out, &mut held);
    }
    Ok(out)
}

fn capital(frame: &Frame, table: &Table, row: usize, out: &mut Capitals, held: &mut [i32]) {
    let int = |name: &str| table.get(name).and_then(|c| c.int(row));
    let real = |name: &str| table.get(name).map_or(f64::NAN, |c| c.number(row));
    let (Some(code), Some(start), Some(end)) = (int("ccode"), int("stdate"), int("enddate")) else {
        return;
    };
    if let Some(place) = out.places.get_mut(row) {
        *place = (real("lat"), real("lng"));
    }
    let (first, last) = (year_of(start), year_of(end));
    out.last_year = out.last_year.max(last);
    for year in first.max(frame.panel.from)..=last.min(frame.panel.to) {
        let at = frame
            .place(code, System::Cow, year)
            .and_then(|p| frame.panel.at(p, year));
        let Some(at) = at else { continue };
        // First capital of the year: the one that holds from the earliest day.
        let from = day_number(year, 1, 1).map_or(start, |d| d.max(start));
        let better = out.of_row[at] == NO_ROW
            || (frame.choices.last_capital && from >= held[at])
            || (!frame.choices.last_capital && from < held[at]);
        if better {
            out.of_row[at] = row as u32;
            held[at] = from;
        }
    }
}

/// Distance between capitals; for states the distance to the nearest other capital.
pub fn capital_distance(frame: &Frame) -> Outcome<Found> {
    let capitals = capitals(frame)?;
    let mut found = Found::default();
    found.sources.push("cow_capitals".to_owned());
    coverage(
        &mut found.notes,
        "cow_capitals",
        capitals.last_year,
        frame.panel.to,
    );
    let n = capitals.places.len();
    let km = distances(frame, &capitals);
    if let Some(dyads) = frame.dyads {
        let capital = |r: &u32| capitals.of_row.get(*r as usize).copied().unwrap_or(NO_ROW);
        let rows: Vec<u32> = dyads
            .rows1
            .iter()
            .zip(dyads.rows2.iter())
            .map(|(a, b)| match (capital(a), capital(b)) {
                (NO_ROW, _) | (_, NO_ROW) => NO_ROW,
                (a, b) => a * n as u32 + b,
            })
            .collect();
        let column = via(&Arc::new(rows), &Arc::new(Column::Float(km)));
        found.push("capdist", column);
        return Ok(found);
    }
    found.push(
        "mincapdist",
        Column::Float(nearest_capital(frame, &capitals, &km)),
    );
    Ok(found)
}

/// Distance between every two capitals, row by row.
fn distances(frame: &Frame, capitals: &Capitals) -> Vec<f64> {
    let n = capitals.places.len();
    let mut km = vec![f64::NAN; n * n];
    for (i, a) in capitals.places.iter().enumerate() {
        for (j, b) in capitals.places.iter().enumerate().take(i) {
            // The same both ways to the last digit, in whatever order the capitals are
            // listed; the package computes each way.
            let there = great_circle(a.0, a.1, b.0, b.1);
            let back = great_circle(b.0, b.1, a.0, a.1);
            let one = if a < b { there } else { back };
            let each_way = frame.choices.as_upstream;
            km[i * n + j] = if each_way { there } else { one };
            km[j * n + i] = if each_way { back } else { one };
        }
        km[i * n + i] = 0.0;
    }
    km
}

fn nearest_capital(frame: &Frame, capitals: &Capitals, km: &[f64]) -> Vec<f64> {
    let n = capitals.places.len();
    let mut by_year: HashMap<i32, Vec<(usize, usize)>> = HashMap::new();
    for (row, capital) in capitals.of_row.iter().enumerate() {
        if *capital != NO_ROW {
            let year = frame.panel.year_at(row);
            by_year
                .entry(year)
                .or_default()
                .push((row, *capital as usize));
        }
    }
    let mut out = vec![f64::NAN; frame.panel.rows()];
    for here in by_year.values() {
        for (row, a) in here {
            let mut nearest = f64::INFINITY;
            for (other, b) in here {
                let d = km.get(a * n + b).copied().unwrap_or(f64::NAN);
                // Most are farther than the nearest so far: then nothing more is asked.
                if d < nearest && other != row && frame.coexist(*row, *other) {
                    nearest = d;
                }
            }
            if let Some(slot) = out.get_mut(*row).filter(|_| nearest.is_finite()) {
                *slot = nearest;
            }
        }
    }
    out
}

/// Smallest distance between two states, or of a state to any other.
pub fn minimum_distance(frame: &Frame) -> Outcome<Found> {
    let table = frame.read("cow_mindist", &["ccode1", "ccode2", "year", "mindist"])?;
    let mut found = Found::default();
    found.sources.push("cow_mindist".to_owned());
    let Some(distance) = table.get("mindist") else {
        return Ok(found);
    };
    if frame.dyads.is_some() {
        let joined = frame.dyad_rows(&table, true);
        found.notes = joined.notes("cow_mindist", frame);
        let rows = Arc::new(joined.rows);
        found.push("mindist", via(&rows, &Arc::new(distance.clone())));
        return Ok(found);
    }
    let mut out = vec![f64::INFINITY; frame.panel.rows()];
    for row in 0..table.rows() {
        let int = |name: &str| table.get(name).and_then(|c| c.int(row));
        let (Some(a), Some(b), Some(year), Some(km)) = (
            int("ccode1"),
            int("ccode2"),
            int("year"),
            distance.float(row),
        ) else {
            continue;
        };
        for code in [a, b] {
            let at = frame
                .place(code, System::Cow, year)
                .and_then(|p| frame.panel.at(p, year));
            if let Some(slot) = at.and_then(|at| out.get_mut(at)) {
                *slot = slot.min(km);
            }
        }
    }
    let known = |x: f64| if x.is_finite() { x } else { f64::NAN };
    found.push(
        "minmindist",
        Column::Float(out.into_iter().map(known).collect()),
    );
    Ok(found)
}
