//! `raison list`: what there is.

use crate::failure::Failure;
use crate::markdown::wrap;
use crate::output::{Format, bold, print};
use clap::{Args, ValueEnum};
use raison::catalogue::{Entry, entries};
use raison::embedded::Embedded;
use raison::files::Kind;
use raison::registry;
use serde_json::{Value, json};

/// List what the built-in library holds, or the lenses
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct ListArgs {
    /// What to list; without it, an overview with counts
    #[arg(value_enum)]
    what: Option<What>,
    /// How to print it
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  raison list                        counts, and the first command to try
  raison list cases                  slug, state, date and title of every case
  raison list leaders --format json  the same for programs";

/// What can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// Decisions from documented history
    Cases,
    /// Doctrines: principles that bar, weigh and release
    Doctrines,
    /// Profiles of leaders, scored on their words
    Leaders,
    /// Theories of decision
    Lenses,
    /// Simulated systems of states
    Worlds,
    /// Studies over the record
    Studies,
    /// Norm groups that leaders' scores are read against
    Norms,
}

const ALL: [What; 7] = [
    What::Cases,
    What::Doctrines,
    What::Leaders,
    What::Norms,
    What::Lenses,
    What::Worlds,
    What::Studies,
];

impl What {
    fn kind(self) -> Option<Kind> {
        match self {
            What::Cases => Some(Kind::Case),
            What::Doctrines => Some(Kind::Doctrine),
            What::Leaders => Some(Kind::Leader),
            What::Worlds => Some(Kind::World),
            What::Studies => Some(Kind::Study),
            What::Norms => Some(Kind::Norm),
            What::Lenses => None,
        }
    }

    fn word(self) -> &'static str {
        self.kind().map_or("lenses", Kind::folder)
    }

    fn count(self) -> usize {
        match self.kind() {
            Some(kind) => raison::files::Shelf::slugs(&Embedded, kind).len(),
            None => registry::all().len(),
        }
    }

    fn about(self) -> &'static str {
        match self {
            What::Cases => "decisions from documented history",
            What::Doctrines => "principles that bar, weigh and release",
            What::Leaders => "profiles scored on leaders' words",
            What::Norms => "groups that leaders' scores are read against",
            What::Lenses => "theories of how states decide",
            What::Worlds => "simulated systems of states",
            What::Studies => "studies over the record",
        }
    }
}

/// Runs the verb.
pub fn run(args: ListArgs) -> Result<(), Failure> {
    let text = match (args.what, args.format) {
        (None, Format::Text) => overview(),
        (None, Format::Json) => document(&overview_json()),
        (Some(what), Format::Text) => table(what),
        (Some(what), Format::Json) => document(&rows_json(what)),
    };
    print(&text)
}

fn document(value: &Value) -> String {
    format!("{value:#}\n")
}

fn overview() -> String {
    let mut out = format!("{}\n\n", bold("The built-in library and the lenses"));
    for what in ALL {
        let (count, word, about) = (what.count(), what.word(), what.about());
        out.push_str(&format!("  {count:>4}  {word:<10} {about}\n"));
    }
    out.push_str("\n`raison list cases` lists one kind. The first command to try:\n\n");
    out.push_str("  raison analyze cuban-missile-crisis\n");
    out
}

fn overview_json() -> Value {
    let counts: serde_json::Map<String, Value> = ALL
        .iter()
        .map(|w| (w.word().to_owned(), json!(w.count())))
        .collect();
    json!({ "schema": "raison.list/1", "engine": raison::ENGINE, "counts": counts })
}

fn table(what: What) -> String {
    let rows = match what.kind() {
        Some(kind) => rows(kind),
        None => lens_rows(),
    };
    if rows.len() < 2 {
        return format!("The built-in library holds no {}.\n", what.word());
    }
    let mut out = aligned(&rows);
    let next = match what {
        What::Cases => "raison analyze CASE",
        What::Doctrines => "raison analyze CASE --doctrine DOCTRINE",
        What::Leaders => "raison analyze CASE --leader LEADER",
        What::Lenses => "raison explain LENS",
        _ => return out,
    };
    out.push_str(&format!("\nNext: `{next}`\n"));
    out
}

fn rows(kind: Kind) -> Vec<Vec<String>> {
    let head: &[&str] = match kind {
        Kind::Case => &["case", "state", "decided", "title"],
        Kind::Doctrine => &["doctrine", "state", "years", "title"],
        Kind::Leader => &["leader", "state", "words of", "basis", "name"],
        Kind::Norm => &["norm group", "leaders", "coder", "title"],
        Kind::World => &["world", "title"],
        Kind::Study => &["study", "title"],
    };
    let mut rows = vec![head.iter().map(|h| (*h).to_owned()).collect()];
    rows.extend(entries(&Embedded, kind).into_iter().map(|e| row(kind, e)));
    rows
}

fn row(kind: Kind, e: Entry) -> Vec<String> {
    match kind {
        Kind::Case => vec![
            e.id,
            e.state,
            e.from.map_or(String::new(), |d| d.to_string()),
            e.title,
        ],
        Kind::Doctrine => {
            let years = years(&e);
            vec![e.id, e.state, years, e.title]
        }
        Kind::Leader => {
            let years = years(&e);
            vec![e.id, e.state, years, e.basis, e.who]
        }
        Kind::Norm => {
            let n = e.count.map_or(String::new(), |n| format!("{n}"));
            vec![e.id, n, e.who, e.title]
        }
        Kind::World | Kind::Study => vec![e.id, e.title],
    }
}

fn years(e: &Entry) -> String {
    match (e.from.map(|d| d.year()), e.to.map(|d| d.year())) {
        (Some(a), Some(b)) if a == b => format!("{a}"),
        (Some(a), Some(b)) => format!("{a}–{b}"),
        (Some(a), None) => format!("{a}–"),
        (None, Some(b)) => format!("–{b}"),
        (None, None) => String::new(),
    }
}

fn lens_rows() -> Vec<Vec<String>> {
    let mut rows = vec![vec!["lens".to_owned(), "what it claims".to_owned()]];
    for lens in registry::all() {
        let about = lens.about();
        let mut claim = about.claim.to_owned();
        if !about.aliases.is_empty() {
            claim.push_str(&format!(" (Also `{}`.)", about.aliases.join("`, `")));
        }
        rows.push(vec![lens.id().to_owned(), claim]);
    }
    rows
}

/// The width that text output is set for.
const WIDTH: usize = 80;

/// Columns two blanks apart; the last one is wrapped below itself.
fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |c: usize| {
        let cells = rows.iter().filter_map(|r| r.get(c));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let last = columns.saturating_sub(1);
    let widths: Vec<usize> = (0..last).map(width).collect();
    let indent: usize = widths.iter().map(|w| w + 2).sum();
    let mut out = String::new();
    for (at, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let pad = width + 2 - cell.chars().count().min(width + 2);
            line.push_str(cell);
            line.push_str(&" ".repeat(pad));
        }
        let room = WIDTH.saturating_sub(indent).max(20);
        let text = row.get(last).map_or("", String::as_str);
        line.push_str(&wrap(text, room).join(&format!("\n{}", " ".repeat(indent))));
        let line = line.trim_end();
        out.push_str(&if at == 0 { bold(line) } else { line.to_owned() });
        out.push('\n');
    }
    out
}

fn rows_json(what: What) -> Value {
    let rows: Vec<Value> = match what.kind() {
        Some(kind) => entries(&Embedded, kind)
            .iter()
            .map(|e| entry_json(kind, e))
            .collect(),
        None => registry::all()
            .iter()
            .map(|l| {
                let about = l.about();
                json!({
                    "id": l.id(),
                    "title": about.title,
                    "aliases": about.aliases,
                    "claim": about.claim,
                    "citations": about.citations,
                    "calibrated": l.calibrated(),
                })
            })
            .collect(),
    };
    json!({ "schema": "raison.list/1", "engine": raison::ENGINE, what.word(): rows })
}

fn entry_json(kind: Kind, e: &Entry) -> Value {
    let date = |d: Option<raison::core::Date>| d.map(|d| d.to_string());
    let mut value = json!({ "id": e.id, "title": e.title });
    let mut put = |key: &str, v: Value| {
        if !v.is_null() && v != "" {
            value[key] = v;
        }
    };
    put("state", json!(e.state));
    match kind {
        Kind::Case => put("decided", json!(date(e.from))),
        _ => {
            put("from", json!(date(e.from)));
            put("to", json!(date(e.to)));
        }
    }
    match kind {
        Kind::Doctrine => put("holder", json!(e.who)),
        Kind::Leader => {
            put("name", json!(e.who));
            put("basis", json!(e.basis));
            put("words", json!(e.count));
        }
        Kind::Norm => {
            put("coder", json!(e.who));
            put("n", json!(e.count));
        }
        _ => {}
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_last_column_is_wrapped_below_itself() {
        let rows = vec![
            vec!["id".to_owned(), "title".to_owned()],
            vec!["a".to_owned(), "word ".repeat(30)],
        ];
        let text = aligned(&rows);
        assert!(text.lines().all(|l| l.chars().count() <= WIDTH), "{text}");
        assert!(
            text.lines()
                .nth(2)
                .is_some_and(|l| l.starts_with("    word"))
        );
    }
}
