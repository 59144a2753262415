//! One cell: text to value.

use crate::column::day_number;
use crate::pack::{CellKind, ColumnSpec};

/// A value, or none.
#[derive(Debug, PartialEq)]
pub enum Cell<'a> {
    /// Empty, or one of the usual signs for missing in a column of numbers.
    Missing,
    /// A whole number.
    Int(i32),
    /// A real number.
    Float(f64),
    /// A text.
    Text(std::borrow::Cow<'a, str>),
    /// Days since 1970-01-01.
    Date(i32),
}

/// What can be wrong with a cell.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// Not of the column's type.
    NotOfType,
    /// Outside the column's range.
    OutOfRange,
}

impl Fault {
    /// What should be there.
    pub fn expected(&self, spec: &ColumnSpec) -> String {
        match (self, spec.bounds()) {
            (Fault::OutOfRange, Some([low, high])) => format!("{low} to {high} expected"),
            _ => format!("{} expected", in_words(spec.kind)),
        }
    }
}

/// A type, for messages.
pub fn in_words(kind: CellKind) -> &'static str {
    match kind {
        CellKind::State => "a state code",
        CellKind::Year => "a year",
        CellKind::Day => "a day of the month",
        CellKind::Int => "a whole number",
        CellKind::Float => "a number",
        CellKind::Text => "a text",
        CellKind::Date => "a date (YYYY-MM-DD)",
    }
}

/// A column whose type is told by its cells.
pub fn inferred(name: &str, kind: CellKind) -> ColumnSpec {
    ColumnSpec {
        name: name.to_owned(),
        header: None,
        kind,
        missing: Vec::new(),
        range: None,
        optional: false,
        about: String::new(),
    }
}

/// Reads a cell. In a column of texts only the empty cell is missing: `NA` is Namibia.
pub fn parse<'a>(bytes: &'a [u8], spec: &ColumnSpec) -> Result<Cell<'a>, Fault> {
    if spec.kind == CellKind::Text {
        return Ok(match bytes {
            [] => Cell::Missing,
            _ => Cell::Text(String::from_utf8_lossy(bytes)),
        });
    }
    let trimmed = bytes.trim_ascii();
    if is_missing(trimmed) {
        return Ok(Cell::Missing);
    }
    match spec.kind {
        CellKind::Float => {
            let x = number(trimmed).ok_or(Fault::NotOfType)?;
            within(spec, x)?;
            Ok(Cell::Float(x))
        }
        CellKind::Date => date(trimmed).map(Cell::Date).ok_or(Fault::NotOfType),
        _ => {
            let x = whole(trimmed).ok_or(Fault::NotOfType)?;
            within(spec, f64::from(x))?;
            Ok(Cell::Int(x))
        }
    }
}

fn within(spec: &ColumnSpec, x: f64) -> Result<(), Fault> {
    if spec.allows(x) {
        Ok(())
    } else {
        Err(Fault::OutOfRange)
    }
}

/// The usual signs for a missing number.
fn is_missing(bytes: &[u8]) -> bool {
    matches!(bytes, b"" | b"NA" | b"." | b"NaN" | b"nan" | b"NULL")
}

fn whole(bytes: &[u8]) -> Option<i32> {
    let (negative, digits) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    if digits.is_empty() || digits.len() > 10 || !digits.iter().all(u8::is_ascii_digit) {
        // A program may have written 1914.0.
        let x = number(bytes)?;
        return (x.fract() == 0.0 && x.abs() < 2_147_483_647.0).then_some(x as i32);
    }
    let size = digits
        .iter()
        .fold(0i64, |n, d| n * 10 + i64::from(d - b'0'));
    let value = if negative { -size } else { size };
    i32::try_from(value).ok().filter(|x| *x != i32::MIN)
}

fn number(bytes: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(bytes).ok()?;
    text.parse::<f64>().ok().filter(|x| x.is_finite())
}

fn date(bytes: &[u8]) -> Option<i32> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut parts = text.splitn(3, '-');
    let year = parts.next()?;
    if year.len() != 4 {
        return None;
    }
    let (month, day) = (parts.next()?, parts.next()?);
    day_number(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// What a column could hold, from the cells seen so far.
#[derive(Clone, Debug)]
pub struct Guess {
    whole: bool,
    number: bool,
    date: bool,
    any: bool,
}

impl Default for Guess {
    fn default() -> Self {
        Guess {
            whole: true,
            number: true,
            date: true,
            any: false,
        }
    }
}

impl Guess {
    /// Takes a cell into account.
    pub fn see(&mut self, bytes: &[u8]) {
        let trimmed = bytes.trim_ascii();
        if is_missing(trimmed) {
            return;
        }
        self.any = true;
        self.whole = self.whole && whole(trimmed).is_some();
        self.number = self.number && (self.whole || number(trimmed).is_some());
        self.date = self.date && !self.number && date(trimmed).is_some();
        if !self.number && !self.date {
            self.whole = false;
        }
    }

    /// The narrowest type that holds them all.
    pub fn kind(&self) -> CellKind {
        match self {
            Guess { any: false, .. } => CellKind::Text,
            Guess { whole: true, .. } => CellKind::Int,
            Guess { number: true, .. } => CellKind::Float,
            Guess { date: true, .. } => CellKind::Date,
            _ => CellKind::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_become_values() {
        let year = inferred("year", CellKind::Year);
        assert_eq!(parse(b" 1914.0 ", &year), Ok(Cell::Int(1914)));
        assert_eq!(parse(b"18i6", &year), Err(Fault::NotOfType));
        assert_eq!(parse(b"7", &year), Err(Fault::OutOfRange));
        assert_eq!(parse(b"NA", &year), Ok(Cell::Missing));
        let code = inferred("country_code", CellKind::Text);
        assert_eq!(parse(b"NA", &code), Ok(Cell::Text("NA".into())), "Namibia");
        let mut deaths = inferred("fatality", CellKind::Int);
        deaths.range = Some([0.0, 6.0]);
        deaths.missing = vec![-9];
        assert_eq!(parse(b"-9", &deaths), Ok(Cell::Int(-9)));
        assert_eq!(parse(b"-8", &deaths), Err(Fault::OutOfRange));
        let big = inferred("x", CellKind::Int);
        assert_eq!(parse(b"99999999999", &big), Err(Fault::NotOfType));
        assert_eq!(parse(b"-2147483648", &big), Err(Fault::NotOfType));
    }
}
