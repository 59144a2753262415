//! Typed columns and the tables they make.
//!
//! A missing value is a value of its own kind inside the vector (`i32::MIN`, not-a-number,
//! an unused code), so that a column is one plain vector and a scan needs no second one.
//! The accessors hide this.

use std::sync::Arc;

/// The missing whole number and the missing date.
pub const MISSING: i32 = i32::MIN;
/// The missing text code and the missing row of a [`Column::Via`].
pub const NO_ROW: u32 = u32::MAX;

/// Texts that repeat: one code per row and the list of distinct words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// One code per row; [`NO_ROW`] is missing.
    pub codes: Vec<u32>,
    /// The distinct texts, in order of first appearance.
    pub list: Vec<Arc<str>>,
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// Whole numbers; [`MISSING`] is missing.
    Int(Vec<i32>),
    /// Real numbers; not-a-number is missing.
    Float(Vec<f64>),
    /// Texts.
    Text(Words),
    /// Days since 1970-01-01; [`MISSING`] is missing.
    Date(Vec<i32>),
    /// Row `i` holds row `rows[i]` of another column; [`NO_ROW`] is missing. A table of
    /// two million dyad-years keeps each state's values once and shares the row numbers.
    Via {
        /// Which row of `of`.
        rows: Arc<Vec<u32>>,
        /// The column looked into; never itself a `Via`.
        of: Arc<Column>,
    },
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Whole numbers.
    Int,
    /// Real numbers.
    Float,
    /// Texts.
    Text,
    /// Calendar days.
    Date,
}

impl Column {
    /// An empty column of a kind.
    pub fn empty(kind: Kind) -> Self {
        match kind {
            Kind::Int => Column::Int(Vec::new()),
            Kind::Float => Column::Float(Vec::new()),
            Kind::Text => Column::Text(Words::default()),
            Kind::Date => Column::Date(Vec::new()),
        }
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        match self {
            Column::Int(v) | Column::Date(v) => v.len(),
            Column::Float(v) => v.len(),
            Column::Text(w) => w.codes.len(),
            Column::Via { rows, .. } => rows.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What it holds.
    pub fn kind(&self) -> Kind {
        match self {
            Column::Int(_) => Kind::Int,
            Column::Float(_) => Kind::Float,
            Column::Text(_) => Kind::Text,
            Column::Date(_) => Kind::Date,
            Column::Via { of, .. } => of.kind(),
        }
    }

    /// The column behind and the row in it.
    fn at(&self, row: usize) -> Option<(&Column, usize)> {
        match self {
            Column::Via { rows, of } => match rows.get(row) {
                Some(&r) if r != NO_ROW => Some((of, r as usize)),
                _ => None,
            },
            own => Some((own, row)),
        }
    }

    /// The whole number in a row; dates are days since 1970-01-01; a real number counts
    /// where it is whole.
    pub fn int(&self, row: usize) -> Option<i32> {
        let (column, row) = self.at(row)?;
        match column {
            Column::Int(v) | Column::Date(v) => v.get(row).copied().filter(|x| *x != MISSING),
            Column::Float(v) => {
                let x = v.get(row).copied()?;
                (x.fract() == 0.0 && x.abs() < 2e9).then_some(x as i32)
            }
            _ => None,
        }
    }

    /// The number in a row.
    pub fn float(&self, row: usize) -> Option<f64> {
        let (column, row) = self.at(row)?;
        match column {
            Column::Float(v) => v.get(row).copied().filter(|x| !x.is_nan()),
            Column::Int(v) | Column::Date(v) => {
                v.get(row).filter(|x| **x != MISSING).map(|x| f64::from(*x))
            }
            _ => None,
        }
    }

    /// The number in a row, not-a-number where it is missing.
    pub fn number(&self, row: usize) -> f64 {
        self.float(row).unwrap_or(f64::NAN)
    }

    /// The text in a row.
    pub fn text(&self, row: usize) -> Option<&str> {
        let (column, row) = self.at(row)?;
        match column {
            Column::Text(w) => w
                .codes
                .get(row)
                .and_then(|c| w.list.get(*c as usize))
                .map(AsRef::as_ref),
            _ => None,
        }
    }

    /// Whether a row holds nothing.
    pub fn is_missing(&self, row: usize) -> bool {
        match self.kind() {
            Kind::Text => self.text(row).is_none(),
            Kind::Float => self.float(row).is_none(),
            Kind::Int | Kind::Date => self.int(row).is_none(),
        }
    }

    /// The chosen rows, in the order given.
    pub fn take(&self, keep: &[u32]) -> Column {
        fn pick<T: Copy>(v: &[T], keep: &[u32], missing: T) -> Vec<T> {
            keep.iter()
                .map(|r| v.get(*r as usize).copied().unwrap_or(missing))
                .collect()
        }
        match self {
            Column::Int(v) => Column::Int(pick(v, keep, MISSING)),
            Column::Date(v) => Column::Date(pick(v, keep, MISSING)),
            Column::Float(v) => Column::Float(pick(v, keep, f64::NAN)),
            Column::Text(w) => Column::Text(Words {
                codes: pick(&w.codes, keep, NO_ROW),
                list: w.list.clone(),
            }),
            Column::Via { rows, of } => Column::Via {
                rows: Arc::new(pick(rows, keep, NO_ROW)),
                of: of.clone(),
            },
        }
    }

    /// The same column with some whole numbers turned into missing ones.
    pub fn without_codes(self, codes: &[i32]) -> Column {
        match self {
            Column::Int(v) if !codes.is_empty() => Column::Int(
                v.into_iter()
                    .map(|x| if codes.contains(&x) { MISSING } else { x })
                    .collect(),
            ),
            other => other,
        }
    }
}

/// Builds a [`Words`] one text at a time.
#[derive(Default)]
pub struct WordsBuilder {
    words: Words,
    seen: std::collections::HashMap<Arc<str>, u32>,
}

impl WordsBuilder {
    /// Adds a row.
    pub fn push(&mut self, text: Option<&str>) {
        let code = match text {
            None => NO_ROW,
            Some(t) => match self.seen.get(t) {
                Some(code) => *code,
                None => self.learn(t),
            },
        };
        self.words.codes.push(code);
    }

    fn learn(&mut self, text: &str) -> u32 {
        let code = self.words.list.len() as u32;
        let word: Arc<str> = text.into();
        self.words.list.push(word.clone());
        self.seen.insert(word, code);
        code
    }

    /// The finished column.
    pub fn finish(self) -> Column {
        Column::Text(self.words)
    }
}

/// A table: named columns of one length.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Column names, in order.
    pub names: Vec<String>,
    /// The columns, in the order of the names.
    pub columns: Vec<Column>,
    /// What the reader should know: coverage, unmatched keys, carried lists.
    pub notes: Vec<String>,
    /// Names of the store tables that went into it.
    pub sources: Vec<String>,
}

impl Table {
    /// How many rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, Column::len)
    }

    /// Adds a column, or replaces the one of that name.
    pub fn set(&mut self, name: impl Into<String>, column: Column) {
        let name = name.into();
        match self.names.iter().position(|n| *n == name) {
            Some(i) => self.columns[i] = column,
            None => {
                self.names.push(name);
                self.columns.push(column);
            }
        }
    }

    /// The column of a name.
    pub fn get(&self, name: &str) -> Option<&Column> {
        let i = self.names.iter().position(|n| n == name)?;
        self.columns.get(i)
    }

    /// Remembers a store table that went into it.
    pub fn uses(&mut self, table: &str) {
        if !self.sources.iter().any(|s| s == table) {
            self.sources.push(table.to_owned());
        }
    }

    /// The chosen rows, in the order given; shared row numbers stay shared.
    pub fn take(&self, keep: &[u32]) -> Table {
        let mut done: Vec<(*const Vec<u32>, Arc<Vec<u32>>)> = Vec::new();
        let columns = self
            .columns
            .iter()
            .map(|c| take_shared(c, keep, &mut done))
            .collect();
        Table {
            names: self.names.clone(),
            columns,
            notes: self.notes.clone(),
            sources: self.sources.clone(),
        }
    }

    /// Only the named columns, in the order given; unknown names are left out.
    pub fn select(&self, names: &[&str]) -> Table {
        let mut out = Table {
            notes: self.notes.clone(),
            sources: self.sources.clone(),
            ..Table::default()
        };
        for name in names {
            if let Some(column) = self.get(name) {
                out.set(*name, column.clone());
            }
        }
        out
    }
}

fn take_shared(
    column: &Column,
    keep: &[u32],
    done: &mut Vec<(*const Vec<u32>, Arc<Vec<u32>>)>,
) -> Column {
    let Column::Via { rows, of } = column else {
        return column.take(keep);
    };
    let address = Arc::as_ptr(rows);
    let shared = match done.iter().find(|(a, _)| *a == address) {
        Some((_, taken)) => taken.clone(),
        None => {
            let taken: Vec<u32> = keep
                .iter()
                .map(|r| rows.get(*r as usize).copied().unwrap_or(NO_ROW))
                .collect();
            let taken = Arc::new(taken);
            done.push((address, taken.clone()));
            taken
        }
    };
    Column::Via {
        rows: shared,
        of: of.clone(),
    }
}

/// One row, seen by a filter.
pub trait RowView {
    /// The number in a column; `None` where it is missing or not a number.
    fn number(&self, column: &str) -> Option<f64>;
    /// The text in a column; `None` where it is missing or not a text.
    fn text(&self, column: &str) -> Option<&str>;
}

/// What a filter keeps; conditions in the predicate language are compiled to one.
pub trait RowFilter: Sync {
    /// Whether the row stays.
    fn keeps(&self, row: &dyn RowView) -> bool;
}

impl<F: Fn(&dyn RowView) -> bool + Sync> RowFilter for F {
    fn keeps(&self, row: &dyn RowView) -> bool {
        self(row)
    }
}

/// A row of a [`Table`].
pub struct TableRow<'a> {
    /// The table.
    pub table: &'a Table,
    /// Which row, from 0.
    pub row: usize,
}

impl RowView for TableRow<'_> {
    fn number(&self, column: &str) -> Option<f64> {
        self.table.get(column)?.float(self.row)
    }

    fn text(&self, column: &str) -> Option<&str> {
        self.table.get(column)?.text(self.row)
    }
}

impl Table {
    /// The rows that a filter keeps.
    pub fn filter(&self, filter: &dyn RowFilter) -> Table {
        let keep: Vec<u32> = (0..self.rows())
            .filter(|row| {
                filter.keeps(&TableRow {
                    table: self,
                    row: *row,
                })
            })
            .map(|row| row as u32)
            .collect();
        self.take(&keep)
    }
}

/// Day number (since 1970-01-01) of a calendar day of the Gregorian calendar, or `None`
/// where there is no such day. Years −9999 to 9999.
pub fn day_number(year: i32, month: u32, day: u32) -> Option<i32> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    if day == 0 || day > length || !(-9999..=9999).contains(&year) {
        return None;
    }
    // Days from civil: eras of 400 years that start on 1 March.
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y.rem_euclid(400);
    let month_from_march = (month as i32 + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day as i32 - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

/// Year, month and day of a day number.
pub fn calendar(day: i32) -> (i32, u32, u32) {
    let z = i64::from(day) + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let d = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u32;
    let m = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    } as u32;
    let y = year_of_era + era * 400 + i64::from(m <= 2);
    (y as i32, m, d)
}

/// The calendar year of a day number.
pub fn year_of(day: i32) -> i32 {
    calendar(day).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendar_days_go_there_and_back() {
        assert_eq!(day_number(1970, 1, 1), Some(0));
        assert_eq!(day_number(2000, 3, 1), Some(11_017));
        assert_eq!(day_number(1900, 2, 29), None);
        assert_eq!(day_number(2021, 4, 31), None);
        for day in (-200_000..40_000).step_by(37) {
            let (y, m, d) = calendar(day);
            assert_eq!(day_number(y, m, d), Some(day));
        }
    }

    #[test]
    fn a_column_seen_through_row_numbers_is_missing_where_there_is_no_row() {
        let of = Arc::new(Column::Float(vec![1.5, f64::NAN]));
        let via = Column::Via {
            rows: Arc::new(vec![1, NO_ROW, 0]),
            of,
        };
        assert_eq!(via.float(0), None);
        assert_eq!(via.float(1), None);
        assert_eq!(via.float(2), Some(1.5));
        assert_eq!(via.take(&[2, 2]).float(1), Some(1.5));
    }
}
