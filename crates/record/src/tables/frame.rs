//! The rows of a table in the making, and joins that hang columns on them.

use super::crosswalk::translate;
use super::universe::{Dyads, Panel, States, System, via};
use crate::column::{Column, NO_ROW, Table, day_number};
use crate::refusal::Outcome;
use crate::store::Store;
use std::sync::Arc;

/// Choices that change values, not rows.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Values as the R package returns them, known faults included.
    pub as_upstream: bool,
    /// Take the last contiguity of a year, not the first.
    pub last_contiguity: bool,
    /// Take the last capital of a year, not the first.
    pub last_capital: bool,
    /// Rules for several disputes in one dyad-year; the published choice where empty.
    pub whittle: Vec<super::whittle::Rule>,
}

/// The frame: which rows, and what hangs on them so far.
pub struct Frame<'a> {
    /// Where data come from.
    pub store: &'a Store,
    /// The list of states.
    pub states: &'a States,
    /// State-years.
    pub panel: &'a Panel,
    /// Dyad-years, where the table has them.
    pub dyads: Option<&'a Dyads>,
    /// Choices.
    pub choices: &'a Choices,
    /// Year of every dyad-year.
    pub dyad_years: Arc<Vec<i16>>,
}

/// Columns found, with what there is to say about them.
#[derive(Default)]
pub struct Found {
    /// Name and column.
    pub columns: Vec<(String, Column)>,
    /// Coverage, unmatched keys.
    pub notes: Vec<String>,
    /// Store tables used.
    pub sources: Vec<String>,
}

impl Found {
    /// Adds a column.
    pub fn push(&mut self, name: impl Into<String>, column: Column) {
        self.columns.push((name.into(), column));
    }
}

impl<'a> Frame<'a> {
    /// A frame.
    pub fn new(
        store: &'a Store,
        states: &'a States,
        panel: &'a Panel,
        dyads: Option<&'a Dyads>,
        choices: &'a Choices,
    ) -> Self {
        let dyad_years = dyads.map_or(Vec::new(), |d| {
            let years: Vec<i16> = (0..panel.rows()).map(|r| panel.year_at(r) as i16).collect();
            d.rows1
                .iter()
                .map(|r| years.get(*r as usize).copied().unwrap_or(0))
                .collect()
        });
        Frame {
            store,
            states,
            panel,
            dyads,
            choices,
            dyad_years: Arc::new(dyad_years),
        }
    }

    /// Whether the states of two state-years of one year exist on the same day of it.
    pub fn coexist(&self, row: usize, other: usize) -> bool {
        let year = self.panel.year_at(row);
        let (Some(first), Some(last)) = (day_number(year, 1, 1), day_number(year, 12, 31)) else {
            return false;
        };
        let spells = |row: usize| {
            let place = self
                .panel
                .state
                .get(row)
                .map_or(usize::MAX, |p| *p as usize);
            self.states
                .list
                .get(place)
                .map_or(&[][..], |s| s.spells.as_slice())
        };
        spells(row).iter().any(|(a0, a1)| {
            let (from, to) = (*a0.max(&first), *a1.min(&last));
            from <= to
                && spells(other)
                    .iter()
                    .any(|(b0, b1)| *b0 <= to && *b1 >= from)
        })
    }

    /// Reads columns of a table; codes that mean missing stay where upstream is asked for.
    pub fn read(&self, table: &str, columns: &[&str]) -> Outcome<Table> {
        if self.choices.as_upstream {
            self.store.read_raw(table, Some(columns))
        } else {
            self.store.read(table, Some(columns))
        }
    }

    /// Place in the list of states of a code of another list.
    pub fn place(&self, code: i32, coding: System, year: i32) -> Option<usize> {
        self.panel
            .place(translate(code, coding, self.states.system, year))
    }

    /// For every state-year the row of a source table with columns `key` and `year`.
    pub fn panel_rows(&self, table: &Table, key: &str, coding: System) -> PanelRows {
        let mut out = PanelRows {
            rows: vec![NO_ROW; self.panel.rows()],
            unmatched: 0,
            duplicates: 0,
            last_year: i32::MIN,
        };
        let (Some(code), Some(year)) = (table.get(key), table.get("year")) else {
            return out;
        };
        for row in 0..table.rows() {
            let (Some(code), Some(year)) = (code.int(row), year.int(row)) else {
                continue;
            };
            out.last_year = out.last_year.max(year);
            if year < self.panel.from || year > self.panel.to {
                continue;
            }
            let at = self
                .place(code, coding, year)
                .and_then(|p| self.panel.at(p, year));
            match at.and_then(|at| out.rows.get_mut(at)) {
                Some(slot) if *slot == NO_ROW => *slot = row as u32,
                Some(_) => out.duplicates += 1,
                None => out.unmatched += 1,
            }
        }
        out
    }

    /// Hangs state-level columns on the rows: once for state-years, twice for dyads.
    pub fn hang(&self, found: &mut Found, columns: Vec<(String, Column)>) {
        match self.dyads {
            None => found.columns.extend(columns),
            Some(dyads) => {
                let shared: Vec<(String, Arc<Column>)> =
                    columns.into_iter().map(|(n, c)| (n, Arc::new(c))).collect();
                for (side, rows) in [("1", &dyads.rows1), ("2", &dyads.rows2)] {
                    for (name, column) in &shared {
                        found.push(format!("{name}{side}"), via(rows, column));
                    }
                }
            }
        }
    }

    /// Joins columns of a state-year table.
    pub fn join_panel(&self, table: &str, coding: System, columns: &[&str]) -> Outcome<Found> {
        let key = coding.code();
        let mut wanted = vec![key, "year"];
        wanted.extend_from_slice(columns);
        let source = self.read(table, &wanted)?;
        let rows = self.panel_rows(&source, key, coding);
        let mut found = Found::default();
        found.sources.push(table.to_owned());
        found.notes.extend(rows.notes(table, key, self));
        let taken = columns
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), source.get(name)?.take(&rows.rows))))
            .collect();
        self.hang(&mut found, taken);
        Ok(found)
    }

    /// For every dyad-year the row of a source table of pairs; in both orders where the
    /// source names each pair once.
    pub fn dyad_rows(&self, table: &Table, both: bool) -> DyadRows {
        let mut out = DyadRows {
            rows: vec![NO_ROW; self.dyad_years.len()],
            unmatched: Vec::new(),
            unmatched_count: 0,
            duplicates: Vec::new(),
            last_year: i32::MIN,
        };
        let (Some(a), Some(b), Some(year), Some(dyads)) = (
            table.get("ccode1"),
            table.get("ccode2"),
            table.get("year"),
            self.dyads,
        ) else {
            return out;
        };
        for row in 0..table.rows() {
            let (Some(a), Some(b), Some(year)) = (a.int(row), b.int(row), year.int(row)) else {
                continue;
            };
            out.last_year = out.last_year.max(year);
            if year < self.panel.from || year > self.panel.to {
                continue;
            }
            let (Some(i), Some(j)) = (
                self.place(a, System::Cow, year),
                self.place(b, System::Cow, year),
            ) else {
                out.unmatched(row);
                continue;
            };
            let straight = dyads.at(i, j, year);
            let crossed = if both { dyads.at(j, i, year) } else { None };
            if straight.is_none() && crossed.is_none() && dyads.at(j, i, year).is_none() {
                out.unmatched(row);
            }
            for at in straight.into_iter().chain(crossed) {
                out.put(at, row);
            }
        }
        out
    }
}

/// Result of a state-year join.
pub struct PanelRows {
    /// Source row per state-year.
    pub rows: Vec<u32>,
    /// Source rows, in the years asked for, of no member state.
    pub unmatched: usize,
    /// Source rows for a state-year that had one already.
    pub duplicates: usize,
    /// Last year of the source.
    pub last_year: i32,
}

impl PanelRows {
    /// What the reader should know.
    pub fn notes(&self, table: &str, key: &str, frame: &Frame) -> Vec<String> {
        let mut notes = Vec::new();
        coverage(&mut notes, table, self.last_year, frame.panel.to);
        if self.unmatched > 0 {
            notes.push(format!(
                "{table}: {} rows match no member state-year (joined on {key}, year)",
                self.unmatched
            ));
        }
        if self.duplicates > 0 {
            notes.push(format!(
                "{table}: {} rows repeat a state-year; the first was taken",
                self.duplicates
            ));
        }
        notes
    }
}

/// Result of a dyad-year join.
pub struct DyadRows {
    /// Source row per dyad-year.
    pub rows: Vec<u32>,
    /// The first few source rows that match no dyad-year.
    pub unmatched: Vec<usize>,
    /// How many there are.
    pub unmatched_count: usize,
    /// The first few source rows for a dyad-year that had one already.
    pub duplicates: Vec<(usize, usize)>,
    /// Last year of the source.
    pub last_year: i32,
}

/// Row numbers kept for notes.
const KEPT: usize = 5;

impl DyadRows {
    fn unmatched(&mut self, row: usize) {
        self.unmatched_count += 1;
        if self.unmatched.len() < KEPT {
            self.unmatched.push(row);
        }
    }

    fn put(&mut self, at: usize, row: usize) {
        if let Some(slot) = self.rows.get_mut(at) {
            if *slot == NO_ROW {
                *slot = row as u32;
            } else if self.duplicates.len() < KEPT {
                self.duplicates.push((*slot as usize, row));
            }
        }
    }

    /// What the reader should know.
    pub fn notes(&self, table: &str, frame: &Frame) -> Vec<String> {
        let mut notes = Vec::new();
        coverage(&mut notes, table, self.last_year, frame.panel.to);
        if self.unmatched_count > 0 {
            let rows: Vec<String> = self.unmatched.iter().map(|r| (r + 1).to_string()).collect();
            notes.push(format!(
                "{table}: {} rows match no dyad-year (joined on ccode1, ccode2, year): row {}{}",
                self.unmatched_count,
                rows.join(", "),
                if self.unmatched_count > KEPT {
                    " …"
                } else {
                    ""
                }
            ));
        }
        for (first, second) in &self.duplicates {
            notes.push(format!(
                "{table}: rows {} and {} name the same dyad-year; the first was taken",
                first + 1,
                second + 1
            ));
        }
        notes
    }
}

/// Says where a source ends before the table does.
pub fn coverage(notes: &mut Vec<String>, table: &str, last: i32, to: i32) {
    if last < to && last > i32::MIN {
        notes.push(format!("{table} ends in {last}; later years are missing"));
    }
}
