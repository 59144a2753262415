//! Players from the CSV file beside a case.

use super::players::{NO_INFLUENCE, NO_SALIENCE, yes_no};
use super::{Beside, anything};
use crate::codes;
use crate::csv_rows::{self, Row};
use crate::table::{Context, Table, assumed, bad_number, out_of_domain, unstated};
use crate::{number, source};
use raison_core::{Diagnostic, Dimension, Domain, Input, Num, Player, Provenance, SourceMap, Span};

pub(super) fn from_csv(
    top: &Table<'_>,
    name: &str,
    at: Span,
    dimensions: &[Dimension],
    sources: &mut SourceMap,
    beside: &Beside<'_>,
    ctx: &mut Context<'_>,
) -> Vec<Player> {
    let plain = !name.contains(['/', '\\']) && name != ".." && name.ends_with(".csv");
    let found = if plain { beside(name) } else { None };
    let Some((shown, bytes)) = found else {
        ctx.report(
            Diagnostic::error(codes::NOT_READABLE, format!("`{name}` cannot be read"))
                .at(at, "named here")
                .note("a case reads only CSV files that stand in its own folder"),
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
    let columns = columns(dimensions);
    let names: Vec<&str> = columns.iter().map(String::as_str).collect();
    csv_rows::know_columns(&rows, &names, ctx.problems);
    let mut seen: Vec<(String, Span)> = Vec::new();
    let mut out = Vec::new();
    for row in &rows.rows {
        let Some((id, id_at)) = row.get("id") else {
            ctx.report(
                Diagnostic::error(codes::MISSING_KEY, "a player has no `id`")
                    .at(row.span, "in this row"),
            );
            continue;
        };
        if let Some((_, first)) = seen.iter().find(|(other, _)| other == id) {
            ctx.report(crate::table::duplicate(id, *first, id_at));
        }
        seen.push((id.to_owned(), id_at));
        out.push(from_row(top, id, row, dimensions, ctx));
    }
    out
}

fn columns(dimensions: &[Dimension]) -> Vec<String> {
    let fixed = [
        "id",
        "name",
        "post",
        "influence",
        "salience",
        "veto",
        "accepts_within",
        "present",
        "source",
        "judgement",
        "note",
    ];
    let own = dimensions
        .iter()
        .flat_map(|d| [d.id.clone(), format!("salience_{}", d.id)]);
    fixed.iter().map(|c| (*c).to_owned()).chain(own).collect()
}

fn from_row(
    top: &Table<'_>,
    id: &str,
    row: &Row,
    dimensions: &[Dimension],
    ctx: &mut Context<'_>,
) -> Player {
    if !crate::table::is_id(id) {
        ctx.report(
            Diagnostic::error(codes::BAD_ID, format!("`{id}` is no id"))
                .at(row.span, "in this row")
                .note("ids are made of lower-case letters, digits and hyphens, at most 80"),
        );
    }
    let (sourced, judged) = row_provenance(top, row, ctx);
    let path = format!("players.{id}.");
    let mut cell = |key: &str, suffix: &str, domain: Domain| -> Option<Num> {
        let provenance = if suffix.is_empty() { &judged } else { &sourced };
        let (text, at) = row.get(key)?;
        let amount = match number::from_text(text) {
            Ok(amount) => amount,
            Err(bad) => {
                ctx.report(bad_number(key, at, &bad));
                return None;
            }
        };
        let (low, high) = amount.ends();
        if let Some(x) = [low, high].into_iter().find(|x| !domain.holds(*x)) {
            ctx.report(out_of_domain(key, x, domain, at));
            return None;
        }
        if *provenance == Provenance::Unstated {
            ctx.report(unstated(key, at));
        }
        Some(ctx.inputs.add(Input {
            path: format!("{path}{suffix}{key}"),
            amount,
            domain,
            provenance: provenance.clone(),
            span: Some(at),
        }))
    };
    let influence = cell("influence", "", Domain::UNIT);
    let salience = cell("salience", "", Domain::UNIT);
    let within = dimensions.first().map_or(Domain::UNIT, |d| Domain {
        low: 0.0,
        high: d.high - d.low,
    });
    let accepts_within = cell("accepts_within", "", within);
    let positions = dimensions
        .iter()
        .map(|d| {
            cell(
                &d.id,
                "positions.",
                Domain {
                    low: d.low,
                    high: d.high,
                },
            )
        })
        .collect();
    let saliences = dimensions
        .iter()
        .map(|d| cell(&format!("salience_{}", d.id), "", Domain::UNIT))
        .collect();
    let mut stand_in = |num: Option<Num>, key: &str, why: &str| match num {
        Some(num) => num,
        None => {
            let full = format!("{path}{key}");
            if row.get(key).is_none() {
                ctx.report(assumed(&full, anything(Domain::UNIT), why).at(row.span, "in this row"));
            }
            ctx.assume(full, anything(Domain::UNIT), Domain::UNIT, why)
        }
    };
    let influence = stand_in(influence, "influence", NO_INFLUENCE);
    let salience = stand_in(salience, "salience", NO_SALIENCE);
    let veto = row_flag(row, "veto", false, &path, &judged, ctx);
    let present = row_flag(row, "present", true, &path, &judged, ctx);
    Player {
        id: id.to_owned(),
        name: row.get("name").map_or(id, |(n, _)| n).to_owned(),
        post: row.get("post").map_or("", |(n, _)| n).to_owned(),
        influence,
        salience,
        saliences,
        positions,
        veto,
        accepts_within,
        present,
        span: Some(row.span),
    }
}

fn row_flag(
    row: &Row,
    key: &str,
    default: bool,
    path: &str,
    provenance: &Provenance,
    ctx: &mut Context<'_>,
) -> Num {
    let (value, span) = match row.get(key) {
        None => (default, None),
        Some((text, at)) => {
            let value = match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "1" => true,
                "false" | "no" | "0" => false,
                _ => {
                    ctx.report(
                        Diagnostic::error(
                            codes::WRONG_TYPE,
                            format!("`{key}` is `{text}`, not true or false"),
                        )
                        .at(at, ""),
                    );
                    default
                }
            };
            (value, Some(at))
        }
    };
    ctx.inputs.add(yes_no(
        format!("{path}{key}"),
        value,
        provenance.clone(),
        span,
    ))
}

/// What supports a row's positions, and what supports its other numbers. A row with a
/// source and a judgement has its positions from the source and the rest by judgement.
fn row_provenance(top: &Table<'_>, row: &Row, ctx: &mut Context<'_>) -> (Provenance, Provenance) {
    let source = row.get("source").map(|(text, at)| {
        let cite = |one| ctx.bibliography.citation(one, at, ctx.problems);
        Provenance::Source(text.split(';').map(cite).collect())
    });
    let judgement = row
        .get("judgement")
        .map(|(why, _)| Provenance::Judgement(why.to_owned()));
    match (source, judgement) {
        (Some(s), Some(j)) => (s, j),
        (Some(one), None) | (None, Some(one)) => (one.clone(), one),
        (None, None) => (top.provenance().clone(), top.provenance().clone()),
    }
}
