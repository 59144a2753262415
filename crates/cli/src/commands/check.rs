//! `raison check`: every problem in files, with its place.

use crate::failure::Failure;
use crate::output::{self, Format, bold};
use clap::Args;
use raison::core::{Diagnostic, Label, SourceMap};
use raison::files::Kind;
use raison::files::library::KINDS;
use raison::inspect::{Counted, Inspected, inspect};
use raison::report::diagnostics;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Report every problem in cases, doctrines and leaders, with its place
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct CheckArgs {
    /// Files, case folders and whole libraries
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to print what was found
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  raison check my-case                       a case folder
  raison check doctrine.toml leader.toml     loose files; `kind` tells them
  raison check library --format json         a folder of cases, doctrines …

The names stand for your own files; `raison new case my-case` writes such a
folder.

Exit code 0 where there are only warnings, 2 where anything is an error.
`raison explain CODE` tells more of a code such as R0203.";

/// Runs the verb.
pub fn run(args: CheckArgs) -> Result<(), Failure> {
    let found: Vec<Inspected> = args.paths.iter().map(|p| inspect(p)).collect();
    let text = match args.format {
        Format::Text => text(&found),
        Format::Json => format!("{:#}\n", document(&found)),
    };
    output::print(&text)?;
    let wrong = |i: &Inspected| i.problems.iter().any(Diagnostic::is_error);
    if found.iter().any(wrong) {
        return Err(Failure::Told);
    }
    Ok(())
}

fn text(found: &[Inspected]) -> String {
    let colour = output::colour();
    let mut out = String::new();
    for one in found {
        out.push_str(&diagnostics::render(
            &one.sources,
            &one.problems,
            colour,
            80,
        ));
    }
    let files: Vec<&Counted> = found.iter().flat_map(|i| &i.files).collect();
    out.push_str(&counts(&files));
    for world in files.iter().filter(|f| !f.ties.is_empty()) {
        let rows = world
            .ties
            .iter()
            .map(|(layer, marks)| (layer.as_str(), *marks));
        let head = format!("ties of {}", world.id);
        out.push_str(&format!("{}\n", super::worlds::tied(&head, rows)));
    }
    out.push_str(&verdict(found, &files));
    out
}

/// One row per case, then one for each other kind.
fn counts(files: &[&Counted]) -> String {
    let mut rows: Vec<(String, [usize; 4])> = files
        .iter()
        .filter(|f| f.kind == Kind::Case)
        .map(|f| (f.id.clone(), numbers(f)))
        .collect();
    for kind in [Kind::Doctrine, Kind::Leader] {
        let of_kind: Vec<_> = files.iter().filter(|f| f.kind == kind).collect();
        match of_kind.as_slice() {
            [] => {}
            [one] => rows.push((one.id.clone(), numbers(one))),
            many => rows.push((
                kind.folder().to_owned(),
                total(many.iter().map(|f| numbers(f))),
            )),
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    let widest = rows.iter().map(|(name, _)| name.chars().count()).max();
    let width = widest.unwrap_or(0).max("numbers of".len());
    let head = format!(
        "{:<width$}  {:>8}  {:>9}  {:>8}  {:>10}",
        "numbers of", "sourced", "judgement", "neither", "not stated"
    );
    let mut out = format!("{}\n", bold(&head));
    for (name, [a, b, c, d]) in rows {
        out.push_str(&format!(
            "{name:<width$}  {a:>8}  {b:>9}  {c:>8}  {d:>10}\n"
        ));
    }
    if files.iter().any(|f| f.kind == Kind::Case) {
        out.push_str(
            "Of a case these are the numbers in its own files; `raison analyze` also counts those\n\
             of the leaders, the doctrine and the earlier cases that it reads.\n",
        );
    }
    out.push('\n');
    out
}

fn numbers(f: &Counted) -> [usize; 4] {
    [f.source, f.judgement, f.neither, f.assumed]
}

fn total(rows: impl Iterator<Item = [usize; 4]>) -> [usize; 4] {
    rows.fold([0; 4], |sum, row| std::array::from_fn(|i| sum[i] + row[i]))
}

fn verdict(found: &[Inspected], files: &[&Counted]) -> String {
    let read: Vec<String> = KINDS
        .iter()
        .filter_map(|kind| {
            let n = files.iter().filter(|f| f.kind == *kind).count();
            let word = match (kind, n) {
                (Kind::Norm, 1) => "norm group",
                (Kind::Norm, _) => "norm groups",
                (_, 1) => kind.word(),
                _ => kind.folder(),
            };
            (n > 0).then(|| format!("{n} {word}"))
        })
        .collect();
    let read = match read.is_empty() {
        true => "nothing could be read".to_owned(),
        false => format!("checked {}", read.join(", ")),
    };
    let problems: Vec<Diagnostic> = found.iter().flat_map(|i| i.problems.clone()).collect();
    match problems.is_empty() {
        true => format!("{read}: no problems\n"),
        false => format!("{read}: {}\n", diagnostics::count(&problems)),
    }
}

fn document(found: &[Inspected]) -> Value {
    let files: Vec<Value> = found.iter().flat_map(|i| &i.files).map(file).collect();
    let problems: Vec<Value> = found
        .iter()
        .flat_map(|i| i.problems.iter().map(|d| problem(&i.sources, d)))
        .collect();
    let all = || found.iter().flat_map(|i| &i.problems);
    let errors = all().filter(|d| d.is_error()).count();
    json!({
        "schema": "raison.check/1",
        "engine": raison::ENGINE,
        "errors": errors,
        "warnings": problems.len() - errors,
        "files": files,
        "problems": problems,
    })
}

fn file(f: &Counted) -> Value {
    json!({
        "kind": f.kind.word(),
        "id": f.id,
        "numbers": {
            "source": f.source,
            "judgement": f.judgement,
            "neither": f.neither,
            "not_stated": f.assumed,
        },
        "ties": f.ties.iter().map(|(layer, [recorded, stated, estimated])| json!({
            "layer": layer, "recorded": recorded, "stated": stated, "estimated": estimated,
        })).collect::<Vec<_>>(),
    })
}

fn problem(sources: &SourceMap, d: &Diagnostic) -> Value {
    let mut value = json!({
        "code": d.code.0,
        "severity": if d.is_error() { "error" } else { "warning" },
        "message": d.message,
    });
    if let Some(label) = &d.primary {
        value["place"] = place(sources, label);
    }
    value["also"] = d.secondary.iter().map(|l| place(sources, l)).collect();
    value["notes"] = json!(d.notes);
    value["helps"] = json!(d.helps);
    value
}

fn place(sources: &SourceMap, label: &Label) -> Value {
    let (line, column) = sources.line_column(label.span);
    let name = sources.file(label.span.file).map_or("?", |f| &f.name);
    json!({
        "file": name,
        "line": line,
        "column": column,
        "start": label.span.start,
        "end": label.span.end,
        "text": label.text,
    })
}
