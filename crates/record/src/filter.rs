//! A plain filter for rows: comparisons joined by `and`.

use crate::codes;
use crate::column::{RowFilter, RowView, Table};
use crate::pack::nearest;
use crate::refusal::{Outcome, Refusal};
use raison_core::{Diagnostic, Problems, SourceMap, Span};

/// Comparisons that must all hold.
#[derive(Debug)]
pub struct Conjunction {
    text: String,
    parts: Vec<Comparison>,
}

#[derive(Debug)]
struct Comparison {
    column: String,
    at: (usize, usize),
    operator: Operator,
    value: Value,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Equal,
    Unequal,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

#[derive(Debug)]
enum Value {
    Number(f64),
    Text(String),
}

const OPERATORS: [(&str, Operator); 7] = [
    ("==", Operator::Equal),
    ("!=", Operator::Unequal),
    ("<=", Operator::LessEqual),
    (">=", Operator::GreaterEqual),
    ("<", Operator::Less),
    (">", Operator::Greater),
    ("=", Operator::Equal),
];

/// Where a filter is at fault.
fn fault(text: &str, from: usize, to: usize, message: String, help: &str) -> Refusal {
    let mut sources = SourceMap::new();
    let file = sources.add("--where", text);
    let mut problems = Problems::new();
    problems.push(
        Diagnostic::error(codes::BAD_FILTER, message)
            .at(Span::new(file, from, to), "")
            .help(help),
    );
    Refusal::many(problems, sources)
}

impl Conjunction {
    /// Reads `column == value and column >= value …`; `&&` and `,` also mean and.
    pub fn parse(text: &str) -> Outcome<Conjunction> {
        let mut parts = Vec::new();
        for (from, to) in pieces(text) {
            let piece = text.get(from..to).unwrap_or("");
            let found = OPERATORS
                .iter()
                .filter_map(|(sign, op)| piece.find(sign).map(|at| (at, *sign, *op)))
                // The first sign of the piece, the longer one where two begin there.
                .min_by_key(|(at, sign, _)| (*at, usize::MAX - sign.len()));
            let Some((at, sign, operator)) = found else {
                return Err(fault(
                    text,
                    from,
                    to,
                    "a condition needs a comparison".to_owned(),
                    "write it like `year >= 1946 and conttype == 1`",
                ));
            };
            let column = piece[..at].trim();
            let value = piece[at + sign.len()..].trim();
            if column.is_empty() || value.is_empty() {
                return Err(fault(
                    text,
                    from,
                    to,
                    format!("nothing to compare on one side of `{sign}`"),
                    "write a column, a sign and a value: `year >= 1946`",
                ));
            }
            let start = from + piece.find(column).unwrap_or(0);
            parts.push(Comparison {
                column: column.to_owned(),
                at: (start, start + column.len()),
                operator,
                value: match value.parse::<f64>() {
                    Ok(number) => Value::Number(number),
                    Err(_) => Value::Text(value.trim_matches(['"', '\'']).to_owned()),
                },
            });
        }
        Ok(Conjunction {
            text: text.to_owned(),
            parts,
        })
    }

    /// Whether every column is in the table.
    pub fn check(&self, table: &Table) -> Outcome<()> {
        for part in &self.parts {
            if table.get(&part.column).is_none() {
                let near = nearest(&part.column, table.names.iter().map(String::as_str));
                let help = match near {
                    Some(n) => format!("did you mean `{n}`?"),
                    None => "the columns depend on `--with`".to_owned(),
                };
                return Err(fault(
                    &self.text,
                    part.at.0,
                    part.at.1,
                    format!("the table has no column `{}`", part.column),
                    &help,
                ));
            }
        }
        Ok(())
    }
}

/// Byte ranges of the conditions between `and`, `&&` and commas.
fn pieces(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let sign = [" and ", "&&", ","]
            .into_iter()
            .find(|s| rest.starts_with(s));
        match (sign, rest.chars().next()) {
            (Some(sign), _) => {
                out.push((from, at));
                at += sign.len();
                from = at;
            }
            (None, Some(c)) => at += c.len_utf8(),
            (None, None) => break,
        }
    }
    out.push((from, text.len()));
    out
}

impl RowFilter for Conjunction {
    fn keeps(&self, row: &dyn RowView) -> bool {
        self.parts.iter().all(|part| part.holds(row))
    }
}

impl Comparison {
    fn holds(&self, row: &dyn RowView) -> bool {
        let order = match &self.value {
            Value::Number(wanted) => match row.number(&self.column) {
                Some(x) => x.partial_cmp(wanted),
                // A text column may hold digits.
                None => row
                    .text(&self.column)
                    .and_then(|t| t.parse::<f64>().ok())
                    .and_then(|x| x.partial_cmp(wanted)),
            },
            Value::Text(wanted) => row.text(&self.column).map(|t| t.cmp(wanted.as_str())),
        };
        // A missing value meets no condition.
        order.is_some_and(|o| match self.operator {
            Operator::Equal => o.is_eq(),
            Operator::Unequal => o.is_ne(),
            Operator::Less => o.is_lt(),
            Operator::LessEqual => o.is_le(),
            Operator::Greater => o.is_gt(),
            Operator::GreaterEqual => o.is_ge(),
        })
    }
}

/// Rows with the lower state code first.
pub fn lower_code_first() -> impl RowFilter {
    |row: &dyn RowView| row.number("ccode1") < row.number("ccode2")
}

/// Rows of some years.
pub fn between(from: Option<i32>, to: Option<i32>) -> impl RowFilter {
    move |row: &dyn RowView| {
        let year = row.number("year").unwrap_or(f64::NAN);
        from.is_none_or(|f| year >= f64::from(f)) && to.is_none_or(|t| year <= f64::from(t))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column::Column;

    fn table() -> Table {
        let mut t = Table::default();
        t.set("year", Column::Int(vec![1914, 1939, 1990]));
        t.set("x", Column::Float(vec![0.5, f64::NAN, 2.0]));
        t
    }

    #[test]
    fn conditions_are_joined_and_missing_values_meet_none() {
        let kept = |text: &str| {
            let c = Conjunction::parse(text).expect("filter");
            c.check(&table()).expect("columns");
            table().filter(&c).rows()
        };
        assert_eq!(kept("year >= 1939"), 2);
        assert_eq!(kept("year >= 1939 and x > 0"), 1);
        assert_eq!(kept("x != 0.5"), 1);
        assert_eq!(kept("year=1914&&x<=0.5"), 1);
    }

    #[test]
    fn faults_show_the_place() {
        for text in ["", "year", "year >", "ye == 1 and", "== 3", "é"] {
            let c = Conjunction::parse(text).and_then(|c| c.check(&table()));
            assert!(c.is_err(), "{text}");
        }
    }
}
