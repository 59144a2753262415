//! Keys: which columns name a row, and whether they do.

use crate::column::{Column, MISSING, NO_ROW, Table};
use std::collections::HashMap;

/// What is wrong with the keys of a table; at most a few of each.
#[derive(Debug, Default)]
pub struct KeyFaults {
    /// Rows (from 0) with an empty key column, and its name.
    pub empty: Vec<(usize, String)>,
    /// Rows with the key of an earlier row: the earlier and the later.
    pub duplicates: Vec<(usize, usize)>,
    /// How many duplicates there are in all.
    pub duplicate_count: usize,
}

/// Faults kept of each kind.
const KEPT: usize = 20;

/// A cell as one comparable number; `None` where it is missing.
fn part(column: &Column, row: usize) -> Option<i64> {
    match column {
        Column::Int(v) | Column::Date(v) => {
            v.get(row).filter(|x| **x != MISSING).map(|x| i64::from(*x))
        }
        Column::Float(v) => v
            .get(row)
            .filter(|x| !x.is_nan())
            .map(|x| x.to_bits() as i64),
        Column::Text(w) => w
            .codes
            .get(row)
            .filter(|x| **x != NO_ROW)
            .map(|x| i64::from(*x)),
        Column::Via { rows, of } => match rows.get(row) {
            Some(&r) if r != NO_ROW => part(of, r as usize),
            _ => None,
        },
    }
}

/// Checks that every row has a key and no two rows have the same.
pub fn check(table: &Table, key: &[String]) -> KeyFaults {
    let columns: Vec<(&String, &Column)> = key
        .iter()
        .filter_map(|name| table.get(name).map(|c| (name, c)))
        .collect();
    let mut faults = KeyFaults::default();
    let mut seen: HashMap<[i64; 4], usize> = HashMap::with_capacity(table.rows());
    let mut last: Option<[i64; 4]> = None;
    let mut sorted = true;
    for row in 0..table.rows() {
        let mut this = [0i64; 4];
        for (slot, (name, column)) in this.iter_mut().zip(&columns) {
            match part(column, row) {
                Some(x) => *slot = x,
                None if faults.empty.len() < KEPT => faults.empty.push((row, (*name).clone())),
                None => {}
            }
        }
        // Most files are sorted by their key: then no look-up is needed.
        if sorted && last.is_none_or(|l| l < this) {
            last = Some(this);
            continue;
        }
        if sorted {
            sorted = false;
            for earlier in 0..row {
                seen.insert(full(&columns, earlier), earlier);
            }
        }
        if let Some(first) = seen.insert(this, row) {
            faults.duplicate_count += 1;
            if faults.duplicates.len() < KEPT {
                faults.duplicates.push((first, row));
            }
        }
    }
    faults
}

fn full(columns: &[(&String, &Column)], row: usize) -> [i64; 4] {
    let mut this = [0i64; 4];
    for (slot, (_, column)) in this.iter_mut().zip(columns) {
        *slot = part(column, row).unwrap_or(0);
    }
    this
}

/// A key in words: `ccode 2, year 1914`.
pub fn shown(table: &Table, key: &[String], row: usize) -> String {
    let parts: Vec<String> = key
        .iter()
        .filter_map(|name| {
            let column = table.get(name)?;
            let value = crate::write::cell_text(column, row);
            Some(format!("`{name}` {value}"))
        })
        .collect();
    parts.join(", ")
}

/// A number for every row, the same where the named columns hold the same; a missing cell
/// is a value of its own.
pub fn groups(table: &Table, names: &[String]) -> Vec<u32> {
    let columns: Vec<&Column> = names.iter().filter_map(|n| table.get(n)).collect();
    let mut seen: HashMap<Vec<Option<i64>>, u32> = HashMap::new();
    (0..table.rows())
        .map(|row| {
            let key: Vec<Option<i64>> = columns.iter().map(|c| part(c, row)).collect();
            let next = seen.len() as u32;
            *seen.entry(key).or_insert(next)
        })
        .collect()
}
