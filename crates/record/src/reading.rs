//! The record as other crates read it: tables by column, opened when asked for, and the
//! few row types that many readers share.

use crate::column::{Column, Table};
use crate::refusal::Outcome;
use crate::store::Store;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// A store with a memory: what was read once is not read again.
pub struct Record {
    store: Store,
    read: Mutex<HashMap<String, Arc<Table>>>,
}

/// A day of which only a part may be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartialDate {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: Option<u32>,
    /// Day.
    pub day: Option<PartOfMonth>,
}

/// A day, or roughly which part of the month (codes 66, 77, 88 of International Crisis
/// Behavior; the codebook read here does not spell them out, so the order is an inference).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOfMonth {
    /// A day, 1 to 31.
    Day(u32),
    /// Code 66.
    Early,
    /// Code 77.
    Middle,
    /// Code 88.
    Late,
}

impl PartialDate {
    /// From year, month and day as published; `None` without a year.
    pub fn from_codes(year: Option<i32>, month: Option<i32>, day: Option<i32>) -> Option<Self> {
        let day = match day {
            Some(66) => Some(PartOfMonth::Early),
            Some(77) => Some(PartOfMonth::Middle),
            Some(88) => Some(PartOfMonth::Late),
            Some(d @ 1..=31) => Some(PartOfMonth::Day(d as u32)),
            _ => None,
        };
        Some(PartialDate {
            year: year?,
            month: month.filter(|m| (1..=12).contains(m)).map(|m| m as u32),
            day,
        })
    }
}

/// A state in an international crisis (ICB, actor level).
#[derive(Clone, Debug, PartialEq)]
pub struct CrisisActor {
    /// Number of the actor; unique.
    pub cracno: i32,
    /// Number of the crisis.
    pub crisno: i32,
    /// Name of the crisis.
    pub name: String,
    /// Code of the state (close to Gleditsch and Ward's).
    pub state: Option<i32>,
    /// Three letters of the state.
    pub actor: String,
    /// When the actor perceived the trigger.
    pub trigger_date: Option<PartialDate>,
    /// State seen as the source of the threat.
    pub opponent: Option<i32>,
    /// Row in table `icb2`, for its other columns.
    pub row: usize,
}

/// A leader's spell in office (Archigos).
#[derive(Clone, Debug, PartialEq)]
pub struct LeaderSpell {
    /// Key of the spell.
    pub obsid: String,
    /// Gleditsch-Ward code of the state.
    pub gwcode: i32,
    /// Name.
    pub leader: String,
    /// First day in office, days since 1970-01-01.
    pub start: i32,
    /// Last day in office.
    pub end: i32,
}

impl Record {
    /// Over a store.
    pub fn new(store: Store) -> Self {
        Record {
            store,
            read: Mutex::default(),
        }
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Whether a table is there.
    pub fn has(&self, table: &str) -> bool {
        self.store.has(table)
    }

    /// Columns of a table; codes that mean missing are missing.
    pub fn columns(&self, table: &str, columns: &[&str]) -> Outcome<Arc<Table>> {
        let key = format!("{table}\n{}", columns.join("\n"));
        if let Some(known) = self.known(&key) {
            return Ok(known);
        }
        let read = Arc::new(self.store.read(table, Some(columns))?);
        if let Ok(mut all) = self.read.lock() {
            all.insert(key, read.clone());
        }
        Ok(read)
    }

    fn known(&self, key: &str) -> Option<Arc<Table>> {
        self.read.lock().ok()?.get(key).cloned()
    }

    /// All states in crisis, in the order of their numbers.
    pub fn crisis_actors(&self) -> Outcome<Vec<CrisisActor>> {
        let names = [
            "cracno", "crisno", "crisname", "cracid", "actor", "yrtrig", "motrig", "datrig",
            "southv",
        ];
        // The day codes are wanted here, so the table is read as published.
        let table = self.store.read_raw("icb2", Some(&names))?;
        let int = |name: &str, row: usize| table.get(name).and_then(|c| c.int(row));
        let text = |name: &str, row: usize| {
            let cell = table.get(name).and_then(|c: &Column| c.text(row));
            cell.unwrap_or("").to_owned()
        };
        let mut all: Vec<CrisisActor> = (0..table.rows())
            .filter_map(|row| {
                Some(CrisisActor {
                    cracno: int("cracno", row)?,
                    crisno: int("crisno", row)?,
                    name: text("crisname", row),
                    state: int("cracid", row),
                    actor: text("actor", row),
                    trigger_date: PartialDate::from_codes(
                        int("yrtrig", row),
                        int("motrig", row),
                        int("datrig", row),
                    ),
                    opponent: int("southv", row),
                    row,
                })
            })
            .collect();
        all.sort_by_key(|a| a.cracno);
        Ok(all)
    }

    /// All spells of leaders, by state and first day.
    pub fn leader_spells(&self) -> Outcome<Vec<LeaderSpell>> {
        let names = ["obsid", "gwcode", "leader", "startdate", "enddate"];
        let table = self.columns("archigos", &names)?;
        let int = |name: &str, row: usize| table.get(name).and_then(|c| c.int(row));
        let text = |name: &str, row: usize| table.get(name).and_then(|c| c.text(row));
        let mut all: Vec<LeaderSpell> = (0..table.rows())
            .filter_map(|row| {
                Some(LeaderSpell {
                    obsid: text("obsid", row)?.to_owned(),
                    gwcode: int("gwcode", row)?,
                    leader: text("leader", row)?.to_owned(),
                    start: int("startdate", row)?,
                    end: int("enddate", row)?,
                })
            })
            .collect();
        all.sort_by(|a, b| (a.gwcode, a.start, &a.obsid).cmp(&(b.gwcode, b.start, &b.obsid)));
        Ok(all)
    }

    /// A number by state and year from a table with `ccode` (or `gwcode`) and `year`, such
    /// as `cow_nmc` and `cinc`.
    pub fn by_state_year(&self, table: &str, column: &str) -> Outcome<HashMap<(i32, i32), f64>> {
        let key = match self.store.entry(table) {
            Some(e) if e.columns.iter().any(|c| c.name == "gwcode") => "gwcode",
            _ => "ccode",
        };
        let read = self.columns(table, &[key, "year", column])?;
        let int = |name: &str, row: usize| read.get(name).and_then(|c| c.int(row));
        Ok((0..read.rows())
            .filter_map(|row| {
                let value = read.get(column)?.float(row)?;
                Some(((int(key, row)?, int("year", row)?), value))
            })
            .collect())
    }
}
