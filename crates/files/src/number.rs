//! Numbers as coders write them: known, ranges, three-point estimates, scores.

use raison_core::Uncertain;
use toml::de::DeValue;

/// What is wrong with a number.
#[derive(Debug, PartialEq)]
pub enum Bad {
    /// Not a number at all.
    Type(&'static str),
    /// The ends are the wrong way round.
    Order,
    /// Infinite or not a number.
    NotFinite,
    /// A list of another length than 2 or 3.
    Length(usize),
    /// A word that is no number.
    Text(String),
}

/// Reads a number without its provenance: `0.4`, `[0.3, 0.6]`, `[0.3, 0.4, 0.6]`.
pub fn plain(value: &DeValue<'_>) -> Result<Uncertain, Bad> {
    match value {
        DeValue::Array(list) => {
            let parts: Result<Vec<f64>, Bad> = list.iter().map(|v| scalar(v.get_ref())).collect();
            from_parts(&parts?)
        }
        other => known(scalar(other)?),
    }
}

/// One finite number.
pub fn scalar(value: &DeValue<'_>) -> Result<f64, Bad> {
    let number = match value {
        DeValue::Integer(i) => i64::from_str_radix(&i.as_str().replace('_', ""), i.radix())
            .map(|x| x as f64)
            .map_err(|_| Bad::Text(i.as_str().to_owned()))?,
        DeValue::Float(f) => f
            .as_str()
            .replace('_', "")
            .parse()
            .map_err(|_| Bad::Text(f.as_str().to_owned()))?,
        other => return Err(Bad::Type(word(other))),
    };
    finite(number)
}

fn finite(x: f64) -> Result<f64, Bad> {
    if x.is_finite() {
        Ok(x)
    } else {
        Err(Bad::NotFinite)
    }
}

fn known(x: f64) -> Result<Uncertain, Bad> {
    finite(x).map(Uncertain::Known)
}

fn from_parts(parts: &[f64]) -> Result<Uncertain, Bad> {
    match *parts {
        [low, high] if low <= high => Ok(Uncertain::Range { low, high }),
        [low, mode, high] if low <= mode && mode <= high => {
            Ok(Uncertain::ThreePoint { low, mode, high })
        }
        [_, _] | [_, _, _] => Err(Bad::Order),
        _ => Err(Bad::Length(parts.len())),
    }
}

/// A score with its 95 % interval.
pub fn score(value: f64, low: f64, high: f64) -> Result<Uncertain, Bad> {
    if low <= value && value <= high {
        Ok(Uncertain::Score { value, low, high })
    } else {
        Err(Bad::Order)
    }
}

/// Reads a CSV cell or a value of `--set`: `0.4`, `0.3..0.6`, `0.3..0.4..0.6`, or the
/// bracketed forms of TOML.
pub fn from_text(text: &str) -> Result<Uncertain, Bad> {
    let text = text.trim();
    let inner = text.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
    let cells: Vec<&str> = match inner {
        Some(inner) => inner.split(',').collect(),
        None => text.split("..").collect(),
    };
    let parts: Result<Vec<f64>, Bad> = cells
        .iter()
        .map(|c| {
            let c = c.trim();
            let number: f64 = c
                .parse()
                .map_err(|_| Bad::Text(c.chars().take(40).collect()))?;
            finite(number)
        })
        .collect();
    match parts?.as_slice() {
        [x] if inner.is_none() => Ok(Uncertain::Known(*x)),
        many => from_parts(many),
    }
}

/// The type of a value in the user's words.
pub fn word(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_ranges() {
        assert_eq!(from_text(" 0.4 "), Ok(Uncertain::Known(0.4)));
        assert_eq!(
            from_text("0.3..0.6"),
            Ok(Uncertain::Range {
                low: 0.3,
                high: 0.6
            })
        );
        let three = Uncertain::ThreePoint {
            low: -1.0,
            mode: 0.0,
            high: 2.0,
        };
        assert_eq!(from_text("-1..0..2"), Ok(three));
        assert_eq!(from_text("[-1, 0, 2]"), Ok(three));
        assert_eq!(from_text("0.6..0.3"), Err(Bad::Order));
        assert_eq!(from_text("nan"), Err(Bad::NotFinite));
        assert_eq!(from_text("[1]"), Err(Bad::Length(1)));
        assert!(matches!(from_text("high"), Err(Bad::Text(_))));
    }
}
