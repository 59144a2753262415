//! Items of a world, from a CSV file beside it or from tables of the file itself: both
//! become rows of named cells.

use crate::csv_rows::{self, Row};
use crate::table::{Context, Table, bad_number};
use crate::{codes, number, source};
use raison_core::{
    Citation, Diagnostic, Domain, Input, Num, Provenance, SourceMap, Span, Uncertain,
};
use toml::de::DeValue;

/// Hands out the files beside a world.
pub type Beside<'b> = dyn Fn(&str) -> Option<(String, Vec<u8>)> + 'b;

/// Cells that every item may have.
const EVERYWHERE: [&str; 3] = ["source", "judgement", "note"];

/// The rows under a key: `key = "file.csv"` or `[[key]]`.
pub fn rows(
    top: &Table<'_>,
    key: &str,
    columns: &[&str],
    sources: &mut SourceMap,
    beside: &Beside<'_>,
    ctx: &mut Context<'_>,
) -> Vec<Row> {
    let known: Vec<&str> = columns.iter().chain(&EVERYWHERE).copied().collect();
    match top.raw(key, ctx).map(|v| v.value) {
        None => Vec::new(),
        Some(DeValue::String(_)) => match top.opt_text_at(key, ctx) {
            Some((name, at)) => from_csv(&name, at, &known, sources, beside, ctx),
            None => Vec::new(),
        },
        Some(_) => top
            .raw_tables(key, ctx)
            .into_iter()
            .map(|(map, span)| {
                let t = top.inside(map, span, String::new(), ctx);
                t.know(ctx, columns);
                let cells = t.entries(ctx);
                let cells = cells
                    .into_iter()
                    .map(|(name, _, v)| (name.to_owned(), plain(v.value), v.span));
                Row::of(span, cells.collect())
            })
            .collect(),
    }
}

/// A value as the text of a cell.
fn plain(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(s) => s.to_string(),
        DeValue::Integer(i) => i.as_str().to_owned(),
        DeValue::Float(f) => f.as_str().to_owned(),
        DeValue::Boolean(b) => b.to_string(),
        DeValue::Datetime(d) => d.to_string(),
        DeValue::Array(a) => {
            let numbers = a.iter().all(|x| number::scalar(x.get_ref()).is_ok());
            let parts: Vec<String> = a.iter().map(|x| plain(x.get_ref())).collect();
            parts.join(if numbers { ".." } else { ";" })
        }
        DeValue::Table(_) => String::new(),
    }
}

fn from_csv(
    name: &str,
    at: Span,
    columns: &[&str],
    sources: &mut SourceMap,
    beside: &Beside<'_>,
    ctx: &mut Context<'_>,
) -> Vec<Row> {
    let safe = !name.contains(['/', '\\']) && name.ends_with(".csv");
    let Some((shown, bytes)) = safe.then(|| beside(name)).flatten() else {
        ctx.report(
            Diagnostic::error(codes::NOT_READABLE, format!("`{name}` cannot be read"))
                .at(at, "named here")
                .note("a world reads only CSV files that stand beside it"),
        );
        return Vec::new();
    };
    let Some(file) = source::add(sources, &shown, &bytes, ctx.problems) else {
        return Vec::new();
    };
    let text = sources
        .file(file)
        .map(|f| f.text.clone())
        .unwrap_or_default();
    let rows = csv_rows::read(file, &text, ctx.problems);
    csv_rows::know_columns(&rows, columns, ctx.problems);
    rows.rows
}

/// One item while it is read: the cells, its path, what holds for its numbers.
pub struct Item<'r> {
    /// The cells.
    pub row: &'r Row,
    /// Dotted path with a trailing dot.
    pub path: String,
    provenance: Provenance,
}

impl<'r> Item<'r> {
    /// An item whose numbers fall back to the provenance of `top`.
    pub fn new(row: &'r Row, path: String, top: &Table<'_>, ctx: &mut Context<'_>) -> Self {
        let works = cited(row, ctx);
        let provenance = match row.get("judgement") {
            Some((why, _)) => Provenance::Judgement(why.to_owned()),
            None if !works.is_empty() => Provenance::Source(works),
            None => top.provenance().clone(),
        };
        Item {
            row,
            path,
            provenance,
        }
    }

    /// Works that the item cites.
    pub fn works(&self, ctx: &mut Context<'_>) -> Vec<Citation> {
        cited(self.row, ctx)
    }

    /// A text, where there is one.
    pub fn text(&self, key: &str) -> Option<(&'r str, Span)> {
        self.row.get(key)
    }

    /// A text that has to be there.
    pub fn needed(&self, key: &str, what: &str, ctx: &mut Context<'_>) -> Option<(&'r str, Span)> {
        let found = self.row.get(key);
        if found.is_none() {
            ctx.report(
                Diagnostic::error(codes::MISSING_KEY, format!("`{key}` is missing"))
                    .at(self.row.span, "in this item")
                    .help(format!("add `{key}`: {what}")),
            );
        }
        found
    }

    /// Texts separated by semicolons, with the place of the cell.
    pub fn list(&self, key: &str) -> Vec<(&'r str, Span)> {
        let Some((text, at)) = self.row.get(key) else {
            return Vec::new();
        };
        let parts = text.split(';').map(str::trim).filter(|t| !t.is_empty());
        parts.map(|t| (t, at)).collect()
    }

    /// Yes or no; no where nothing is said.
    pub fn yes(&self, key: &str, ctx: &mut Context<'_>) -> bool {
        match self.row.get(key) {
            None | Some(("0" | "false" | "no", _)) => false,
            Some(("1" | "true" | "yes", _)) => true,
            Some((text, at)) => {
                ctx.report(
                    Diagnostic::error(codes::WRONG_TYPE, format!("`{text}` is neither yes nor no"))
                        .at(at, "")
                        .help("write 1 or 0"),
                );
                false
            }
        }
    }

    /// A plain number without uncertainty.
    pub fn plain(&self, key: &str, ctx: &mut Context<'_>) -> Option<f64> {
        self.amount(key, ctx).map(|(amount, _)| amount.central())
    }

    fn amount(&self, key: &str, ctx: &mut Context<'_>) -> Option<(Uncertain, Span)> {
        let (text, at) = self.row.get(key)?;
        match number::from_text(text) {
            Ok(amount) => Some((amount, at)),
            Err(bad) => {
                ctx.report(bad_number(key, at, &bad));
                None
            }
        }
    }

    /// A number of the inputs; `out` reports one outside its domain.
    pub fn num(
        &self,
        key: &str,
        domain: Domain,
        default: Option<f64>,
        out: &dyn Fn(f64, Span) -> Diagnostic,
        ctx: &mut Context<'_>,
    ) -> Num {
        if default.is_none() && self.row.get(key).is_none() {
            self.needed(key, "a number", ctx);
        }
        let stated = self.amount(key, ctx);
        let stated = stated.filter(|(amount, at)| {
            let (low, high) = amount.ends();
            let bad = [low, high, amount.central()]
                .into_iter()
                .find(|x| !domain.holds(*x));
            if let Some(x) = bad {
                ctx.report(out(x, *at));
            }
            bad.is_none()
        });
        let path = format!("{}{key}", self.path);
        match stated {
            Some((amount, at)) => {
                if self.provenance == Provenance::Unstated {
                    ctx.report(crate::table::unstated(key, at));
                }
                ctx.inputs.add(Input {
                    path,
                    amount,
                    domain,
                    provenance: self.provenance.clone(),
                    span: Some(at),
                })
            }
            None => {
                let value = domain.clamp(default.unwrap_or(0.0));
                ctx.assume(
                    path,
                    Uncertain::Known(value),
                    domain,
                    "not stated in the world",
                )
            }
        }
    }
}

fn cited(row: &Row, ctx: &mut Context<'_>) -> Vec<Citation> {
    let Some((text, at)) = row.get("source") else {
        return Vec::new();
    };
    let works = text.split(';').map(str::trim).filter(|t| !t.is_empty());
    works
        .map(|t| ctx.bibliography.citation(t, at, ctx.problems))
        .collect()
}
