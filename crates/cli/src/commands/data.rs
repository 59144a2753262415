//! `raison data`: public data sets in and out of the store.

use super::recording::{Format, StoreArgs, failure, print};
use crate::failure::{Failure, print_problems};
use clap::{Args, Subcommand};
use raison::record::{Store, add, pack};
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Public data sets: list, add, verify, remove, cite.
#[derive(Args)]
pub struct DataArgs {
    #[command(flatten)]
    store: StoreArgs,
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Show the tables in the store.
    List {
        /// Show every table that is known, in the store or not.
        #[arg(long)]
        known: bool,
        /// Show the columns of one table.
        table: Option<String>,
        /// How to write the result.
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Add a file, a folder of files, or a file from the publisher's address.
    Add {
        /// File, folder or http(s) address.
        source: String,
        /// Accept files that match no known version; they stay marked.
        #[arg(long)]
        unverified: bool,
    },
    /// Read every table again and compare digests.
    Verify,
    /// Take tables or whole packs out of the store.
    Remove {
        /// Names of tables or packs.
        #[arg(required = true)]
        names: Vec<String>,
    },
    /// Print how to cite a table of the store or a table file, as BibTeX.
    Cite {
        /// Name of a table or pack, or a Parquet file written by `raison table`.
        table: String,
    },
}

/// Runs the verb.
pub fn run(args: DataArgs) -> Result<(), Failure> {
    match args.action {
        Action::List {
            known,
            table: Some(table),
            format,
        } => columns(&args.store, &table, known, format),
        Action::List {
            known,
            table: None,
            format,
        } => list(&args.store, known, format),
        Action::Add { source, unverified } => add_source(&args.store, &source, unverified),
        Action::Verify => verify(&args.store),
        Action::Remove { names } => {
            let mut store = args.store.open()?;
            for table in store.remove(&names).map_err(failure)? {
                eprintln!("removed {table}");
            }
            Ok(())
        }
        Action::Cite { table } => cite(&table),
    }
}

fn list(store: &StoreArgs, known: bool, format: Format) -> Result<(), Failure> {
    let store = store.open()?;
    let rows: Vec<_> = pack::tables()
        .filter(|(_, spec)| known || store.has(&spec.name))
        .collect();
    if format == Format::Json {
        let list: Vec<Value> = rows.iter().map(|(p, t)| entry_json(&store, p, t)).collect();
        return print(&format!(
            "{:#}\n",
            json!({ "store": store.folder(), "tables": list })
        ));
    }
    let mut out = String::new();
    let mut last = "";
    for (pack, spec) in &rows {
        if pack.name != last {
            let _ = writeln!(out, "{}: {}", pack.name, pack.title);
            last = &pack.name;
        }
        let state = match store.entry(&spec.name) {
            None => "not in the store".to_owned(),
            Some(e) if e.verified => format!("{} rows", e.rows),
            Some(e) => format!("{} rows, unverified", e.rows),
        };
        let _ = writeln!(out, "  {:<24} {:<11} {state}", spec.name, spec.years);
    }
    if rows.is_empty() {
        eprintln!("the store `{}` is empty", store.folder().display());
        eprintln!(
            "help: raison data add FILE-OR-FOLDER; raison data list --known shows what is known"
        );
    }
    print(&out)
}

fn entry_json(store: &Store, pack: &pack::Pack, spec: &pack::TableSpec) -> Value {
    let entry = store.entry(&spec.name);
    json!({
        "table": spec.name,
        "pack": pack.name,
        "what": spec.what,
        "unit": spec.unit,
        "years": spec.years,
        "version": spec.version,
        "terms": spec.terms,
        "published": pack.published,
        "cite": spec.cite,
        "rows": entry.map(|e| e.rows),
        "verified": entry.map(|e| e.verified),
        "sha256": entry.map(|e| e.from_sha256.clone()),
    })
}

fn columns(store: &StoreArgs, table: &str, known: bool, format: Format) -> Result<(), Failure> {
    let Some((pack, spec)) = pack::table(table) else {
        let near = pack::nearest(table, pack::tables().map(|(_, t)| t.name.as_str()));
        return Err(Failure::Request(match near {
            Some(near) => format!("there is no table `{table}`; did you mean `{near}`?"),
            None => format!("there is no table `{table}`"),
        }));
    };
    let store = store.open()?;
    if !known && !store.has(table) {
        eprintln!("note: `{table}` is not in the store");
    }
    if format == Format::Json {
        let columns: Vec<Value> = spec
            .columns
            .iter()
            .map(|c| json!({ "name": c.name, "kind": c.kind.kind(), "missing": c.missing_codes(), "about": c.about }))
            .collect();
        let mut value = entry_json(&store, pack, spec);
        value["columns"] = Value::Array(columns);
        return print(&format!("{value:#}\n"));
    }
    let mut out = String::new();
    let _ = writeln!(out, "{}: {}", spec.name, spec.what);
    let _ = writeln!(out, "  one row per {}, {}", spec.unit, spec.years);
    let _ = writeln!(out, "  {}", spec.version);
    let _ = writeln!(out, "  terms: {}", spec.terms);
    let _ = writeln!(out, "  published: {}", pack.published);
    for c in &spec.columns {
        let missing: Vec<String> = c.missing_codes().iter().map(ToString::to_string).collect();
        let missing = match missing.is_empty() {
            true => String::new(),
            false => format!(" (missing: {})", missing.join(", ")),
        };
        let line = format!("    {:<20} {}{missing}", c.name, c.about);
        let _ = writeln!(out, "{}", line.trim_end());
    }
    print(&out)
}

fn add_source(store: &StoreArgs, source: &str, unverified: bool) -> Result<(), Failure> {
    let mut store = store.open()?;
    let options = add::Options { unverified };
    let report = if source.starts_with("http://") || source.starts_with("https://") {
        fetch(&mut store, source, options)?
    } else {
        add::add(&mut store, Path::new(source), options).map_err(failure)?
    };
    for (problems, sources) in &report.warnings {
        print_problems(sources, problems);
    }
    skipped(&report.skipped);
    for table in &report.added {
        let mark = if table.verified { "" } else { ", unverified" };
        eprintln!(
            "added {} from {} ({} rows{mark})",
            table.table, table.from, table.rows
        );
    }
    eprintln!(
        "{} tables in `{}`",
        report.added.len(),
        store.folder().display()
    );
    Ok(())
}

/// A few by name, the others by number.
fn skipped(list: &[(String, String)]) {
    for (file, why) in list.iter().take(5) {
        eprintln!("note: skipped {file}: {why}");
    }
    if list.len() > 5 {
        eprintln!(
            "note: skipped {} more files that are no known table",
            list.len() - 5
        );
    }
}

fn fetch(store: &mut Store, url: &str, options: add::Options) -> Result<add::Report, Failure> {
    use indicatif::{ProgressBar, ProgressStyle};
    use raison::record::download;
    let bar = ProgressBar::new_spinner();
    let style = "{bytes} of {total_bytes} [{bar:30}] {bytes_per_sec} {eta}";
    if let Ok(style) = ProgressStyle::with_template(style) {
        bar.set_style(style.progress_chars("=> "));
    }
    let folder = store.folder().join("downloads");
    let patience = download::Patience::default();
    let fetched = download::fetch(url, &folder, patience, &mut |arrived, total| {
        if let Some(total) = total {
            bar.set_length(total);
        }
        bar.set_position(arrived);
    });
    bar.finish_and_clear();
    let path = fetched.map_err(failure)?;
    let report = add::add_as(store, &path, &download::file_name(url), options);
    // Added or not, the file has done its part; a wrong one must not be taken for a right
    // one the next time.
    let _ = std::fs::remove_file(&path);
    report.map_err(failure)
}

fn verify(store: &StoreArgs) -> Result<(), Failure> {
    let store = store.open()?;
    let verdicts = store.verify();
    let mut out = String::new();
    let mut bad = 0;
    for v in &verdicts {
        let state = match (&v.fault, v.entry.verified) {
            (Some(fault), _) => {
                bad += 1;
                format!("DAMAGED: {fault}")
            }
            (None, true) => "whole, known version".to_owned(),
            (None, false) => "whole, unverified version".to_owned(),
        };
        let _ = writeln!(out, "{:<28} {state}", v.table);
    }
    print(&out)?;
    if bad > 0 {
        return Err(Failure::Request(format!(
            "{bad} of {} tables are damaged; add their files again",
            verdicts.len()
        )));
    }
    eprintln!("{} tables are whole", verdicts.len());
    Ok(())
}

fn cite(name: &str) -> Result<(), Failure> {
    if name.ends_with(".parquet") {
        let text = raison::record::write::citations_of(&PathBuf::from(name)).map_err(failure)?;
        return print(&format!("{text}\n"));
    }
    let keys: Vec<&String> = pack::tables()
        .filter(|(p, t)| t.name == name || p.name == name)
        .flat_map(|(_, t)| &t.cite)
        .collect();
    if keys.is_empty() {
        let names = pack::tables().flat_map(|(p, t)| [t.name.as_str(), p.name.as_str()]);
        return Err(Failure::Request(match pack::nearest(name, names) {
            Some(near) => format!("there is no table or pack `{name}`; did you mean `{near}`?"),
            None => format!("there is no table or pack `{name}`"),
        }));
    }
    let mut entries: Vec<&str> = keys.into_iter().filter_map(|k| pack::citation(k)).collect();
    entries.sort_unstable();
    entries.dedup();
    print(&format!("{}\n", entries.join("\n\n")))
}
