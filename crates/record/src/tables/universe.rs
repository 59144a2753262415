//! Which states exist when, and which pairs of them: the rows of research tables.

use crate::codes;
use crate::column::{Column, MISSING, NO_ROW, Table, day_number, year_of};
use crate::refusal::{Outcome, Refusal};
use crate::store::Store;
use std::sync::Arc;

/// The two lists of states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// Correlates of War state system.
    Cow,
    /// Gleditsch and Ward's list, with its microstates.
    Gw,
}

impl System {
    /// Name of the column with a state's code.
    pub fn code(self) -> &'static str {
        match self {
            System::Cow => "ccode",
            System::Gw => "gwcode",
        }
    }
}

/// One state with the spells of its membership, in days.
#[derive(Clone, Debug)]
pub struct State {
    /// Code in the list.
    pub code: i32,
    /// Name in the list.
    pub name: String,
    /// Whether it is one of Gleditsch and Ward's microstates.
    pub microstate: bool,
    /// First and last day of each spell, in order.
    pub spells: Vec<(i32, i32)>,
}

/// The states of a list, by code.
#[derive(Clone, Debug)]
pub struct States {
    /// The list.
    pub system: System,
    /// The states, by code.
    pub list: Vec<State>,
    /// Last year of the list as published.
    pub last_year: i32,
    /// Store tables used.
    pub sources: Vec<&'static str>,
}

/// A microstate: code, name, day of independence.
type Micro = (i32, &'static str, Option<(i32, u32, u32)>);

/// Names of the microstates, which the list in the store does not hold (Gleditsch and
/// Ward 1999, tentative list), and their days of independence: a pair counts only where
/// both exist on the same day.
const MICROSTATES: &[Micro] = &[
    (54, "Dominica", Some((1978, 11, 3))),
    (55, "Grenada", Some((1974, 2, 7))),
    (56, "Saint Lucia", Some((1979, 2, 22))),
    (57, "Saint Vincent and the Grenadines", Some((1979, 10, 27))),
    (58, "Antigua & Barbuda", Some((1981, 11, 1))),
    (60, "Saint Kitts and Nevis", Some((1983, 9, 19))),
    (221, "Monaco", None),
    (223, "Liechtenstein", None),
    (232, "Andorra", None),
    (331, "San Marino", None),
    (396, "Abkhazia", Some((2008, 8, 26))),
    (397, "South Ossetia", Some((2008, 8, 26))),
    (403, "São Tomé and Principe", Some((1975, 7, 12))),
    (591, "Seychelles", Some((1976, 6, 29))),
    (935, "Vanuatu", Some((1980, 7, 30))),
    (970, "Kiribati", Some((1979, 7, 12))),
    (971, "Nauru", Some((1968, 1, 31))),
    (972, "Tonga", Some((1970, 6, 4))),
    (973, "Tuvalu", Some((1978, 10, 1))),
    (983, "Marshall Islands", Some((1986, 10, 21))),
    (986, "Palau", Some((1994, 10, 1))),
    (987, "Federated States of Micronesia", Some((1986, 11, 3))),
    (990, "Samoa/Western Samoa", Some((1962, 1, 1))),
];

impl States {
    /// Reads a list.
    pub fn load(store: &Store, system: System) -> Outcome<States> {
        match system {
            System::Cow => cow(store),
            System::Gw => gw(store),
        }
    }

    /// The same list with its last members carried to the end of a later year.
    pub fn carried_to(mut self, year: i32) -> States {
        let last_day = last_day(self.last_year);
        let Some(new_last) = day_number(year, 12, 31) else {
            return self;
        };
        for state in &mut self.list {
            for spell in &mut state.spells {
                if spell.1 >= last_day {
                    spell.1 = new_last;
                }
            }
        }
        self
    }

    /// The place of a code in the list.
    pub fn index(&self, code: i32) -> Option<usize> {
        self.list.binary_search_by_key(&code, |s| s.code).ok()
    }

    /// Whether a state is a member on some day from `from` to `to`.
    pub fn member(&self, code: i32, from: i32, to: i32) -> bool {
        self.index(code)
            .and_then(|i| self.list.get(i))
            .is_some_and(|s| s.spells.iter().any(|(a, b)| *a <= to && *b >= from))
    }
}

fn last_day(year: i32) -> i32 {
    day_number(year, 12, 31).unwrap_or(i32::MAX)
}

fn gather(mut spells: Vec<(i32, String, bool, i32, i32)>, system: System) -> States {
    spells.sort_by_key(|s| (s.0, s.3));
    let mut list: Vec<State> = Vec::new();
    for (code, name, microstate, start, end) in spells {
        match list.last_mut() {
            Some(last) if last.code == code => last.spells.push((start, end)),
            _ => list.push(State {
                code,
                name,
                microstate,
                spells: vec![(start, end)],
            }),
        }
    }
    let last = list
        .iter()
        .flat_map(|s| s.spells.iter().map(|p| p.1))
        .max()
        .unwrap_or(0);
    States {
        system,
        list,
        last_year: year_of(last),
        sources: Vec::new(),
    }
}

fn cow(store: &Store) -> Outcome<States> {
    let t = store.read("cow_states", None)?;
    let int = |name: &str, row: usize| t.get(name).and_then(|c| c.int(row));
    let date = |prefix: &str, row: usize| {
        let part = |suffix: &str| int(&format!("{prefix}{suffix}"), row);
        day_number(part("year")?, part("month")? as u32, part("day")? as u32)
    };
    let mut spells = Vec::new();
    for row in 0..t.rows() {
        let (Some(code), Some(start), Some(end)) =
            (int("ccode", row), date("st", row), date("end", row))
        else {
            return Err(no_dates("cow_states", row));
        };
        let name = t.get("statenme").and_then(|c| c.text(row)).unwrap_or("");
        spells.push((code, name.to_owned(), false, start, end));
    }
    let mut states = gather(spells, System::Cow);
    states.sources = vec!["cow_states"];
    Ok(states)
}

fn no_dates(table: &str, row: usize) -> Refusal {
    Refusal::error(
        codes::STORE_DAMAGED,
        format!("row {} of table `{table}` has no code or no dates", row + 1),
        "add the pack again",
    )
}

fn gw(store: &Store) -> Outcome<States> {
    let t = store.read("gw_states", None)?;
    let int = |name: &str, row: usize| t.get(name).and_then(|c| c.int(row));
    let mut spells = Vec::new();
    for row in 0..t.rows() {
        let (Some(code), Some(start), Some(end)) = (
            int("gwcode", row),
            int("startdate", row),
            int("enddate", row),
        ) else {
            return Err(no_dates("gw_states", row));
        };
        let name = t.get("statename").and_then(|c| c.text(row)).unwrap_or("");
        spells.push((code, name.to_owned(), false, start, end));
    }
    let mut sources = vec!["gw_states"];
    let last = spells.iter().map(|s| s.4).max().unwrap_or(0);
    // The list of the store leaves out the microstates; the scores of democracy, which
    // follow the full list, tell their years.
    if store.has("gw_democracy") {
        sources.push("gw_democracy");
        let known: Vec<i32> = spells.iter().map(|s| s.0).collect();
        micro_spells(store, &known, last, &mut spells)?;
    }
    let mut states = gather(spells, System::Gw);
    states.sources = sources;
    Ok(states)
}

fn micro_spells(
    store: &Store,
    known: &[i32],
    last: i32,
    spells: &mut Vec<(i32, String, bool, i32, i32)>,
) -> Outcome<()> {
    let t = store.read("gw_democracy", Some(&["gwcode", "year"]))?;
    let (Some(code), Some(year)) = (t.get("gwcode"), t.get("year")) else {
        return Ok(());
    };
    let mut years: Vec<(i32, i32)> = (0..t.rows())
        .filter_map(|row| Some((code.int(row)?, year.int(row)?)))
        .filter(|(c, y)| !known.contains(c) && *y <= year_of(last))
        .collect();
    years.sort_unstable();
    let mut at = 0;
    while let Some(&(code, first)) = years.get(at) {
        let mut end = at;
        while years.get(end + 1) == Some(&(code, first + (end + 1 - at) as i32)) {
            end += 1;
        }
        let final_year = first + (end - at) as i32;
        let known = MICROSTATES.iter().find(|m| m.0 == code);
        let name = known.map_or(String::new(), |m| m.1.to_owned());
        let start = known
            .and_then(|m| m.2)
            .filter(|(y, _, _)| *y == first)
            .and_then(|(y, m, d)| day_number(y, m, d))
            .or_else(|| day_number(first, 1, 1))
            .unwrap_or(0);
        spells.push((code, name, true, start, last_day(final_year)));
        at = end + 1;
    }
    Ok(())
}

/// State-years: one row per member and year.
#[derive(Clone, Debug)]
pub struct Panel {
    /// First year.
    pub from: i32,
    /// Last year.
    pub to: i32,
    /// Which state of the list, per row.
    pub state: Vec<u32>,
    /// State code per row.
    pub code: Arc<Column>,
    /// Year per row.
    pub year: Arc<Column>,
    /// Row of (state, year), state by state.
    grid: Vec<u32>,
    width: usize,
    /// Place of a code in the list.
    by_code: Vec<u32>,
}

/// Largest state code.
const LARGEST: usize = 1000;

impl Panel {
    /// All member-years from `from` to `to`.
    pub fn new(states: &States, from: i32, to: i32) -> Panel {
        let width = (to - from + 1).max(0) as usize;
        let mut grid = vec![NO_ROW; states.list.len() * width];
        let (mut state, mut code, mut year) = (Vec::new(), Vec::new(), Vec::new());
        let mut by_code = vec![NO_ROW; LARGEST];
        for (i, s) in states.list.iter().enumerate() {
            if let Some(slot) = by_code.get_mut(s.code as usize) {
                *slot = i as u32;
            }
            for (start, end) in &s.spells {
                let (first, last) = (year_of(*start).max(from), year_of(*end).min(to));
                for y in first..=last {
                    let slot = &mut grid[i * width + (y - from) as usize];
                    // Two spells may touch one year.
                    if *slot == NO_ROW {
                        *slot = state.len() as u32;
                        state.push(i as u32);
                        code.push(s.code);
                        year.push(y);
                    }
                }
            }
        }
        Panel {
            from,
            to,
            state,
            code: Arc::new(Column::Int(code)),
            year: Arc::new(Column::Int(year)),
            grid,
            width,
            by_code,
        }
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.state.len()
    }

    /// Place of a code in the list of states.
    pub fn place(&self, code: i32) -> Option<usize> {
        let place = *self.by_code.get(usize::try_from(code).ok()?)?;
        (place != NO_ROW).then_some(place as usize)
    }

    /// Row of the state at a place in a year.
    pub fn at(&self, place: usize, year: i32) -> Option<usize> {
        if year < self.from || year > self.to {
            return None;
        }
        let row = *self
            .grid
            .get(place * self.width + (year - self.from) as usize)?;
        (row != NO_ROW).then_some(row as usize)
    }

    /// Row of a state code in a year.
    pub fn row(&self, code: i32, year: i32) -> Option<usize> {
        self.at(self.place(code)?, year)
    }

    /// The year of a row.
    pub fn year_at(&self, row: usize) -> i32 {
        self.year.int(row).unwrap_or(MISSING)
    }
}

/// A pair of states over some years without a gap.
#[derive(Clone, Copy, Debug)]
struct Run {
    first: i32,
    last: i32,
    row: u32,
}

/// Dyad-years: one row per pair of members and year in which both exist on some day.
#[derive(Clone, Debug)]
pub struct Dyads {
    /// Row of the first state in the panel.
    pub rows1: Arc<Vec<u32>>,
    /// Row of the second state in the panel.
    pub rows2: Arc<Vec<u32>>,
    /// First row of each pair, and one past the last row at the end.
    pub pair_starts: Vec<u32>,
    runs: Vec<Run>,
    /// First run of the pair (i, j): `i * states + j`.
    first_run: Vec<u32>,
    states: usize,
    /// Whether each pair appears in both orders.
    pub directed: bool,
}

impl Dyads {
    /// All pairs.
    pub fn new(states: &States, panel: &Panel, directed: bool) -> Dyads {
        let n = states.list.len();
        let mut out = Dyads {
            rows1: Arc::default(),
            rows2: Arc::default(),
            pair_starts: Vec::new(),
            runs: Vec::new(),
            first_run: Vec::with_capacity(n * n + 1),
            states: n,
            directed,
        };
        let (mut rows1, mut rows2): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
        let mut runs: Vec<(i32, i32)> = Vec::new();
        for (i, a) in states.list.iter().enumerate() {
            for (j, b) in states.list.iter().enumerate() {
                out.first_run.push(out.runs.len() as u32);
                if i == j || (!directed && i > j) {
                    continue;
                }
                together(a, b, panel, &mut runs);
                if !runs.is_empty() {
                    out.pair_starts.push(rows1.len() as u32);
                }
                for (first, last) in &runs {
                    out.runs.push(Run {
                        first: *first,
                        last: *last,
                        row: rows1.len() as u32,
                    });
                    for year in *first..=*last {
                        let row = |place| panel.at(place, year).map_or(NO_ROW, |r| r as u32);
                        rows1.push(row(i));
                        rows2.push(row(j));
                    }
                }
            }
        }
        out.first_run.push(out.runs.len() as u32);
        out.pair_starts.push(rows1.len() as u32);
        out.rows1 = Arc::new(rows1);
        out.rows2 = Arc::new(rows2);
        out
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.rows1.len()
    }

    /// Row of the states at two places in a year.
    pub fn at(&self, i: usize, j: usize, year: i32) -> Option<usize> {
        let pair = i * self.states + j;
        let first = *self.first_run.get(pair)? as usize;
        let end = *self.first_run.get(pair + 1)? as usize;
        let run = self
            .runs
            .get(first..end)?
            .iter()
            .find(|r| r.first <= year && year <= r.last)?;
        Some(run.row as usize + (year - run.first) as usize)
    }

    /// Row of two codes in a year.
    pub fn row(&self, panel: &Panel, code1: i32, code2: i32, year: i32) -> Option<usize> {
        self.at(panel.place(code1)?, panel.place(code2)?, year)
    }
}

/// Years in which two states exist on the same day, as runs without gaps.
fn together(a: &State, b: &State, panel: &Panel, runs: &mut Vec<(i32, i32)>) {
    runs.clear();
    for (a0, a1) in &a.spells {
        for (b0, b1) in &b.spells {
            let (start, end) = (*a0.max(b0), *a1.min(b1));
            if start > end {
                continue;
            }
            let first = year_of(start).max(panel.from);
            let last = year_of(end).min(panel.to);
            if first > last {
                continue;
            }
            match runs.last_mut() {
                Some(run) if first <= run.1 + 1 => run.1 = run.1.max(last),
                _ => runs.push((first, last)),
            }
        }
    }
}

/// A state-year table's own columns.
pub fn state_year_columns(states: &States, panel: &Panel) -> Table {
    let mut out = Table::default();
    let column = |c: &Arc<Column>| c.as_ref().clone();
    let names = state_column(states, panel, |s| s.name.as_str());
    match states.system {
        System::Cow => {
            out.set("ccode", column(&panel.code));
            out.set("cw_name", names);
        }
        System::Gw => {
            out.set("gwcode", column(&panel.code));
            out.set("gw_name", names);
            out.set("microstate", micro_column(states, panel));
        }
    }
    out.set("year", column(&panel.year));
    for source in &states.sources {
        out.uses(source);
    }
    out
}

fn state_column(states: &States, panel: &Panel, of: impl Fn(&State) -> &str) -> Column {
    let mut words = crate::column::WordsBuilder::default();
    for place in &panel.state {
        words.push(states.list.get(*place as usize).map(&of));
    }
    words.finish()
}

fn micro_column(states: &States, panel: &Panel) -> Column {
    let flag = |place: &u32| {
        states
            .list
            .get(*place as usize)
            .map_or(0, |s| i32::from(s.microstate))
    };
    Column::Int(panel.state.iter().map(flag).collect())
}

/// A dyad-year table's own columns.
pub fn dyad_year_columns(states: &States, panel: &Panel, dyads: &Dyads) -> Table {
    let mut out = Table::default();
    let code = states.system.code();
    out.set(format!("{code}1"), via(&dyads.rows1, &panel.code));
    out.set(format!("{code}2"), via(&dyads.rows2, &panel.code));
    out.set("year", via(&dyads.rows1, &panel.year));
    if states.system == System::Gw {
        let micro = Arc::new(micro_column(states, panel));
        out.set("microstate1", via(&dyads.rows1, &micro));
        out.set("microstate2", via(&dyads.rows2, &micro));
    }
    for source in &states.sources {
        out.uses(source);
    }
    out
}

/// A column seen through row numbers.
pub fn via(rows: &Arc<Vec<u32>>, of: &Arc<Column>) -> Column {
    Column::Via {
        rows: rows.clone(),
        of: of.clone(),
    }
}
