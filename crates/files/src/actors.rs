//! Tables of bargaining actors in CSV: the forms that people already have.
//!
//! `Actor,Capability,Position,Salience`; KTAB's `Actor,Description,Power,Pos1,Sal1,…`
//! with or without the title line before it; named columns (influence, power or
//! capability, then pairs that end in Position and Salience). A cell may be uncertain:
//! `0.3..0.6` or `0.3..0.4..0.6`.

use crate::csv_rows::{self, Row, Rows};
use crate::suggest::{did_you_mean, listed};
use crate::{codes, number, table};
use raison_core::{Code, Diagnostic, Domain, FileId, Problems, Span, Uncertain};

/// A column that is needed is missing.
pub const NO_COLUMN: Code = Code("R2020");
/// A column is not used.
pub const UNUSED_COLUMN: Code = Code("R2021");
/// A position column lacks its salience column, or the other way round.
pub const NO_PAIR: Code = Code("R2022");
/// A cell is empty.
pub const EMPTY_CELL: Code = Code("R2023");
/// The table says nothing that could be bargained about.
pub const NO_CONTEST: Code = Code("R2024");
/// Saliences are read as percentages.
pub const PERCENT: Code = Code("R2025");

/// One actor.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// The name.
    pub name: String,
    /// More words on who it is; may be empty.
    pub description: String,
    /// Its row.
    pub span: Span,
}

/// A checked table.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorTable {
    /// The actors.
    pub actors: Vec<Actor>,
    /// The issues' names.
    pub issues: Vec<String>,
    /// Capabilities.
    pub capability: Vec<Uncertain>,
    /// Positions, actor by actor.
    pub positions: Vec<Uncertain>,
    /// Saliences in 0..=1, actor by actor.
    pub salience: Vec<Uncertain>,
    /// Votes in a formal procedure, where there is a column.
    pub votes: Option<Vec<f64>>,
}

/// Actors and issues at most.
const MOST: usize = 2_000;

const ACTOR: [&str; 2] = ["actor", "name"];
const DESCRIPTION: [&str; 2] = ["description", "desc"];
const CAPABILITY: [&str; 4] = ["capability", "power", "influence", "cap"];
const VOTES: [&str; 2] = ["votes", "vote"];

/// The columns found.
struct Columns {
    actor: String,
    description: Option<String>,
    capability: String,
    votes: Option<String>,
    /// Name of the issue, position column, salience column.
    issues: Vec<(String, String, String)>,
}

/// Reads a table; `None` where an error was reported.
pub fn read(file: FileId, text: &str, problems: &mut Problems) -> Option<ActorTable> {
    let text = without_title(text);
    let mut found = Problems::new();
    let rows = csv_rows::read(file, &text, &mut found);
    let table = columns(&rows, &mut found).and_then(|c| fill(&rows, &c, file, &mut found));
    let broken = found.has_errors();
    problems.extend(found.into_vec());
    table.filter(|_| !broken)
}

/// Blanks out lines before the header, keeping every byte's place.
fn without_title(text: &str) -> String {
    let mut start = 0;
    for line in text.split_inclusive('\n').take(3) {
        let first = line
            .split(',')
            .next()
            .unwrap_or("")
            .trim()
            .trim_matches('"')
            .to_lowercase();
        if ACTOR.contains(&first.as_str()) {
            return "\n".repeat(start) + &text[start..];
        }
        start += line.len();
    }
    text.to_owned()
}

fn columns(rows: &Rows, problems: &mut Problems) -> Option<Columns> {
    if rows.header.is_empty() {
        return None;
    }
    let header: Vec<(String, &str, Span)> = rows
        .header
        .iter()
        .map(|(n, at)| (n.to_lowercase(), n.as_str(), *at))
        .collect();
    for (k, (name, original, at)) in header.iter().enumerate() {
        let first = header[..k]
            .iter()
            .find(|h| h.0 == *name && !name.is_empty());
        if let Some(first) = first {
            problems.push(table::duplicate(original, first.2, *at));
        }
    }
    let one = |names: &[&str]| {
        header
            .iter()
            .find(|h| names.contains(&h.0.as_str()))
            .map(|h| h.1.to_owned())
    };
    let actor = one(&ACTOR);
    let capability = one(&CAPABILITY);
    let whole = header.first().zip(header.last()).map(|(a, b)| a.2.to(b.2));
    for (found, what) in [(&actor, "Actor"), (&capability, "Capability")] {
        if found.is_none() {
            problems.push(no_column(what, &header, whole));
        }
    }
    let issues = pairs(&header, problems);
    if issues.is_empty() && !problems.has_errors() {
        problems.push(no_column("Position", &header, whole));
    }
    let fixed = [&ACTOR[..], &DESCRIPTION, &CAPABILITY, &VOTES].concat();
    for (name, original, at) in &header {
        if !name.is_empty() && !fixed.contains(&name.as_str()) && stem(name).is_none() {
            problems.push(
                Diagnostic::warning(UNUSED_COLUMN, format!("column `{original}` is not used"))
                    .at(*at, "")
                    .help_if(did_you_mean(
                        name,
                        fixed.iter().copied().chain(["position", "salience"]),
                    )),
            );
        }
    }
    Some(Columns {
        actor: actor?,
        capability: capability?,
        description: one(&DESCRIPTION),
        votes: one(&VOTES),
        issues,
    })
}

fn no_column(what: &str, header: &[(String, &str, Span)], at: Option<Span>) -> Diagnostic {
    let names = header.iter().map(|h| h.1);
    let near = did_you_mean(what, names.clone()).map(|n| n.replace("did you mean", "is it"));
    let problem = Diagnostic::error(NO_COLUMN, format!("there is no column `{what}`"))
        .help_if(near)
        .help(format!("columns here: {}", listed(names)))
        .note("a table reads `Actor,Capability,Position,Salience`, one row per actor");
    match at {
        Some(at) => problem.at(at, "the header"),
        None => problem,
    }
}

/// Whether a column holds positions, and of which issue.
fn stem(name: &str) -> Option<(bool, String)> {
    for (words, is_position) in [(["position", "pos"], true), (["salience", "sal"], false)] {
        for word in words {
            if let Some(rest) = name.strip_suffix(word) {
                return Some((is_position, rest.trim_matches(['_', '-', ' ']).to_owned()));
            }
            let rest = name
                .strip_prefix(word)
                .map(|r| r.trim_matches(['_', '-', ' ']));
            if let Some(rest) = rest.filter(|r| r.bytes().all(|b| b.is_ascii_digit())) {
                return Some((is_position, rest.to_owned()));
            }
        }
    }
    None
}

fn pairs(
    header: &[(String, &str, Span)],
    problems: &mut Problems,
) -> Vec<(String, String, String)> {
    let stems: Vec<(bool, String, &str, Span)> = header
        .iter()
        .filter_map(|(name, original, at)| stem(name).map(|(p, s)| (p, s, *original, *at)))
        .collect();
    let mut out = Vec::new();
    for (is_position, stem, original, at) in &stems {
        let partner = stems.iter().find(|s| s.0 != *is_position && s.1 == *stem);
        match partner {
            Some(partner) if *is_position => {
                out.push((
                    title(original, stem),
                    (*original).to_owned(),
                    partner.2.to_owned(),
                ));
            }
            Some(_) => {}
            None => {
                let wanted = if *is_position { "Salience" } else { "Position" };
                let text = format!(
                    "column `{original}` has no {} column beside it",
                    wanted.to_lowercase()
                );
                let name = if stem.is_empty() {
                    wanted.to_owned()
                } else {
                    format!("{stem} {wanted}")
                };
                problems.push(
                    Diagnostic::error(NO_PAIR, text)
                        .at(*at, "")
                        .help(format!("add a column `{name}`")),
                );
            }
        }
    }
    out
}

/// The issue's name as the header writes it.
fn title(original: &str, stem: &str) -> String {
    if stem.is_empty() {
        return "position".to_owned();
    }
    if stem.bytes().all(|b| b.is_ascii_digit()) {
        return format!("issue {stem}");
    }
    let cut = original.len().min(stem.len());
    original
        .get(..cut)
        .filter(|t| t.to_lowercase() == stem)
        .unwrap_or(stem)
        .to_owned()
}

fn fill(
    rows: &Rows,
    columns: &Columns,
    file: FileId,
    problems: &mut Problems,
) -> Option<ActorTable> {
    let mut out = ActorTable {
        actors: Vec::new(),
        issues: columns.issues.iter().map(|i| i.0.clone()).collect(),
        capability: Vec::new(),
        positions: Vec::new(),
        salience: Vec::new(),
        votes: columns.votes.as_ref().map(|_| Vec::new()),
    };
    let wide = Domain {
        low: -1e100,
        high: 1e100,
    };
    let weight = Domain {
        low: 0.0,
        high: 1e100,
    };
    let percent = Domain {
        low: 0.0,
        high: 100.0,
    };
    let mut saliences: Vec<Span> = Vec::new();
    for row in &rows.rows {
        let Some((name, at)) = row.get(&columns.actor) else {
            problems.push(empty(row, &columns.actor));
            continue;
        };
        if let Some(first) = out.actors.iter().find(|a| a.name == name) {
            problems.push(table::duplicate(name, first.span, at));
        }
        let description = columns.description.as_ref().and_then(|c| row.get(c));
        out.actors.push(Actor {
            name: name.to_owned(),
            description: description.map_or(String::new(), |d| d.0.to_owned()),
            span: row.span,
        });
        out.capability
            .push(cell(row, &columns.capability, weight, problems));
        for (_, position, salience) in &columns.issues {
            out.positions.push(cell(row, position, wide, problems));
            out.salience.push(cell(row, salience, percent, problems));
            saliences.push(row.get(salience).map_or(row.span, |c| c.1));
        }
        if let (Some(column), Some(votes)) = (&columns.votes, &mut out.votes) {
            votes.push(cell(row, column, weight, problems).central());
        }
    }
    sizes(&out, file, problems)?;
    scale(&mut out.salience, &saliences, problems);
    if !problems.has_errors() {
        contest(&out, file, problems);
    }
    Some(out)
}

fn sizes(out: &ActorTable, file: FileId, problems: &mut Problems) -> Option<()> {
    if out.actors.is_empty() {
        let text = "the table has a header but no actors";
        problems.push(Diagnostic::error(NO_CONTEST, text).at(Span::new(file, 0, 0), ""));
        return None;
    }
    if out.actors.len() > MOST || out.issues.len() > MOST {
        let text = format!("more than {MOST} actors or issues");
        problems.push(Diagnostic::error(codes::TOO_LARGE, text).at(out.actors[0].span, ""));
        return None;
    }
    Some(())
}

fn empty(row: &Row, column: &str) -> Diagnostic {
    Diagnostic::error(EMPTY_CELL, format!("there is no `{column}` in this row")).at(row.span, "")
}

fn cell(row: &Row, column: &str, domain: Domain, problems: &mut Problems) -> Uncertain {
    let Some((text, at)) = row.get(column) else {
        problems.push(empty(row, column));
        return Uncertain::Known(0.0);
    };
    match number::from_text(text) {
        Ok(amount) => {
            let (low, high) = amount.ends();
            for x in [low, high] {
                if !domain.holds(x) {
                    problems.push(outside(column, x, domain, at));
                    break;
                }
            }
            amount
        }
        Err(bad) => {
            problems.push(table::bad_number(column, at, &bad));
            Uncertain::Known(0.0)
        }
    }
}

fn outside(column: &str, x: f64, domain: Domain, at: Span) -> Diagnostic {
    let text = match (x < 0.0, domain.high) {
        (true, _) if domain.low == 0.0 => format!("`{column}` is {x}, but cannot be negative"),
        (_, 100.0) => format!("`{column}` is {x}; saliences run from 0 to 1, or from 0 to 100"),
        _ => format!("`{column}` is {x}, which is too large to compute with"),
    };
    Diagnostic::error(codes::OUT_OF_DOMAIN, text).at(at, "")
}

/// Saliences above 1 anywhere mean that all are percentages.
fn scale(list: &mut [Uncertain], places: &[Span], problems: &mut Problems) {
    let Some(k) = list.iter().position(|s| s.ends().1 > 1.0) else {
        return;
    };
    for s in list.iter_mut() {
        *s = hundredth(*s);
    }
    let problem = Diagnostic::warning(PERCENT, "saliences are read as percentages of 100");
    let problem = problem.note("one of them is above 1; each is divided by 100");
    problems.push(match places.get(k) {
        Some(at) => problem.at(*at, "above 1"),
        None => problem,
    });
}

fn hundredth(amount: Uncertain) -> Uncertain {
    match amount {
        Uncertain::Known(v) => Uncertain::Known(v / 100.0),
        Uncertain::Range { low, high } => Uncertain::Range {
            low: low / 100.0,
            high: high / 100.0,
        },
        Uncertain::ThreePoint { low, mode, high } => Uncertain::ThreePoint {
            low: low / 100.0,
            mode: mode / 100.0,
            high: high / 100.0,
        },
        Uncertain::Score { value, low, high } => Uncertain::Score {
            value: value / 100.0,
            low: low / 100.0,
            high: high / 100.0,
        },
    }
}

/// Warns where there is nothing to bargain about, refuses where nobody has weight.
fn contest(out: &ActorTable, file: FileId, problems: &mut Problems) {
    let at = Span::new(file, 0, 0).to(out.actors[0].span);
    if out.actors.len() == 1 {
        let text = "there is one actor only, so there is nothing to bargain about";
        problems.push(Diagnostic::warning(NO_CONTEST, text).at(out.actors[0].span, ""));
    }
    let d = out.issues.len();
    for (k, issue) in out.issues.iter().enumerate() {
        let column = || (0..out.actors.len()).map(|i| i * d + k);
        let powerful =
            column().any(|c| out.capability[c / d].ends().1 * out.salience[c].ends().1 > 0.0);
        if !powerful {
            let text = format!("nobody has weight on `{issue}`: capability times salience is 0");
            problems.push(Diagnostic::error(NO_CONTEST, text).at(at, ""));
        }
        let first = out.positions[k];
        if out.actors.len() > 1 && column().all(|c| out.positions[c] == first && first.is_known()) {
            let text = format!("all actors hold the same position on `{issue}`");
            problems.push(Diagnostic::warning(NO_CONTEST, text).at(at, ""));
        }
    }
}
