//! Adding packs: finding out what a file is, reading it, converting it.

use crate::codes;
use crate::pack::{self, Pack, TableSpec};
use crate::read::bytes::{self, Loaded};
use crate::refusal::{Outcome, Refusal, unreadable};
use crate::store::{Entry, Prepared, Store, StoredColumn};
use raison_core::{Diagnostic, Problems, SourceMap};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// Folders deeper than this are not searched.
const DEEPEST: usize = 8;
/// More files than this in one folder are refused.
const MOST_FILES: usize = 20_000;

/// A table that was added.
#[derive(Debug)]
pub struct Added {
    /// The table.
    pub table: String,
    /// The file it came from.
    pub from: String,
    /// Rows.
    pub rows: u64,
    /// Whether the file matches a known version.
    pub verified: bool,
}

/// What `add` did.
#[derive(Debug, Default)]
pub struct Report {
    /// Tables added, by name.
    pub added: Vec<Added>,
    /// Files left alone, and why.
    pub skipped: Vec<(String, String)>,
    /// Warnings, with the texts they point into.
    pub warnings: Vec<(Vec<Diagnostic>, SourceMap)>,
}

/// How to add.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Accept files that match no known version.
    pub unverified: bool,
}

/// A file and the table it is.
struct Known {
    path: PathBuf,
    pack: &'static Pack,
    spec: &'static TableSpec,
}

/// Adds a file or a folder of files. Nothing is added unless everything can be.
pub fn add(store: &mut Store, path: &Path, options: Options) -> Outcome<Report> {
    let meta = std::fs::metadata(path).map_err(|e| unreadable(path, &e))?;
    let mut report = Report::default();
    let mut found = Vec::new();
    if meta.is_dir() {
        let mut files = Vec::new();
        walk(path, 0, &mut files)?;
        files.sort();
        for file in files {
            match by_name(&file) {
                Some((pack, spec)) => found.push(Known {
                    path: file,
                    pack,
                    spec,
                }),
                None => report
                    .skipped
                    .push((file.display().to_string(), "no known table".to_owned())),
            }
        }
        if found.is_empty() {
            return Err(Refusal::error(
                codes::UNKNOWN_FILE,
                format!("no known table in the folder `{}`", path.display()),
                "`raison data list --known` shows the names of all tables and files",
            ));
        }
        twice(&found)?;
    } else {
        let (pack, spec) = identify(path)?;
        found.push(Known {
            path: path.to_owned(),
            pack,
            spec,
        });
    }
    let ready: Vec<Outcome<Ready>> = found
        .par_iter()
        .map(|known| prepare(known, options))
        .collect();
    finish(store, ready, report)
}

/// Adds one file whose name does not tell what it is, such as a download.
pub fn add_as(store: &mut Store, path: &Path, name: &str, options: Options) -> Outcome<Report> {
    let (pack, spec) = match by_name(Path::new(name)) {
        Some(found) => found,
        None => identify(path)?,
    };
    let known = Known {
        path: path.to_owned(),
        pack,
        spec,
    };
    finish(store, vec![prepare(&known, options)], Report::default())
}

fn finish(store: &mut Store, ready: Vec<Outcome<Ready>>, mut report: Report) -> Outcome<Report> {
    let mut prepared = Vec::new();
    let mut failures = Vec::new();
    for outcome in ready {
        match outcome {
            Ok((added, table, warnings)) => {
                report.added.push(added);
                prepared.push(table);
                report.warnings.extend(warnings);
            }
            Err(refusal) => failures.push(refusal),
        }
    }
    if !failures.is_empty() {
        return Err(together(failures));
    }
    store.insert(prepared)?;
    report.added.sort_by(|a, b| a.table.cmp(&b.table));
    Ok(report)
}

type Ready = (Added, Prepared, Option<(Vec<Diagnostic>, SourceMap)>);

fn prepare(known: &Known, options: Options) -> Outcome<Ready> {
    let raw = bytes::load(&known.path)?;
    let verified = raw.digests.iter().any(|d| known.spec.sha256.contains(d));
    // Read before judging the version: a broken file is told as broken.
    let read = crate::read::read_loaded(&raw, Some(known.spec))?;
    if !verified && !options.unverified {
        return Err(not_known(known, &raw));
    }
    let mut content = Vec::new();
    crate::parquet_write::write(&read.table, &[], &mut content)?;
    let name = known.spec.name.clone();
    let sha256 = bytes::sha256(&content);
    let from = known
        .path
        .file_name()
        .map_or(String::new(), |n| n.to_string_lossy().into_owned());
    let columns = read
        .table
        .names
        .iter()
        .zip(&read.table.columns)
        .map(|(name, column)| StoredColumn {
            name: name.clone(),
            kind: column.kind(),
            missing: known
                .spec
                .columns
                .iter()
                .find(|c| c.name == *name)
                .map_or(Vec::new(), pack::ColumnSpec::missing_codes),
        })
        .collect();
    let entry = Entry {
        pack: known.pack.name.clone(),
        file: format!("{name}-{}.parquet", sha256.get(..12).unwrap_or(&sha256)),
        sha256,
        bytes: content.len() as u64,
        rows: read.table.rows() as u64,
        from: from.clone(),
        from_sha256: raw.digests.first().cloned().unwrap_or_default(),
        verified,
        columns,
    };
    let added = Added {
        table: name.clone(),
        from,
        rows: entry.rows,
        verified,
    };
    let warnings = (!read.warnings.is_empty()).then_some((read.warnings, read.sources));
    Ok((
        added,
        Prepared {
            name,
            entry,
            content,
        },
        warnings,
    ))
}

fn not_known(known: &Known, raw: &Loaded) -> Refusal {
    let digest = raw.digests.first().map_or("", String::as_str);
    Refusal::one(
        Diagnostic::error(
            codes::UNVERIFIED,
            format!("`{}` matches no known version of table `{}`", raw.shown, known.spec.name),
        )
        .note(format!("its SHA-256 is {digest}"))
        .note(format!("known: {} ({})", known.spec.version, known.spec.sha256.join(", ")))
        .help("if the file is what you want, accept it with `--unverified`; the table stays marked so"),
    )
}

/// All failures as one.
fn together(failures: Vec<Refusal>) -> Refusal {
    let mut failures = failures.into_iter();
    let Some(first) = failures.next() else {
        return Refusal::Machine("nothing failed".to_owned());
    };
    let mut problems = Problems::new();
    let mut sources = SourceMap::new();
    for refusal in std::iter::once(first).chain(failures) {
        match refusal {
            Refusal::Machine(text) => return Refusal::Machine(text),
            Refusal::Input(both) => {
                let (list, map) = *both;
                problems.extend(merge(list, &map, &mut sources));
            }
        }
    }
    Refusal::many(problems, sources)
}

/// Moves diagnostics of one source map into another.
pub fn merge(list: Vec<Diagnostic>, from: &SourceMap, into: &mut SourceMap) -> Vec<Diagnostic> {
    let mut moved: Vec<(u32, raison_core::FileId)> = Vec::new();
    let mut place = |span: &mut raison_core::Span| {
        if let Some((_, id)) = moved.iter().find(|(old, _)| *old == span.file.0) {
            span.file = *id;
        } else if let Some(file) = from.file(span.file) {
            let id = into.add(file.name.clone(), file.text.clone());
            moved.push((span.file.0, id));
            span.file = id;
        }
    };
    list.into_iter()
        .map(|mut d| {
            d.primary.iter_mut().for_each(|l| place(&mut l.span));
            d.secondary.iter_mut().for_each(|l| place(&mut l.span));
            d
        })
        .collect()
}

fn twice(found: &[Known]) -> Outcome<()> {
    for (i, a) in found.iter().enumerate() {
        if let Some(b) = found.iter().take(i).find(|b| b.spec.name == a.spec.name) {
            return Err(Refusal::error(
                codes::BAD_REQUEST,
                format!(
                    "`{}` and `{}` are both table `{}`",
                    b.path.display(),
                    a.path.display(),
                    a.spec.name
                ),
                "add the one that you want by its own path",
            ));
        }
    }
    Ok(())
}

fn walk(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Outcome<()> {
    let entries = std::fs::read_dir(folder).map_err(|e| unreadable(folder, &e))?;
    for entry in entries {
        let entry = entry.map_err(|e| unreadable(folder, &e))?;
        let path = entry.path();
        // `file_type` does not follow links, so a loop of links cannot trap the walk.
        let kind = entry.file_type().map_err(|e| unreadable(&path, &e))?;
        if kind.is_dir() && depth < DEEPEST {
            walk(&path, depth + 1, files)?;
        } else if kind.is_file() || (kind.is_symlink() && path.is_file()) {
            files.push(path);
        }
        if files.len() > MOST_FILES {
            return Err(Refusal::error(
                codes::TOO_LARGE,
                format!("more than {MOST_FILES} files in `{}`", folder.display()),
                "give the folder that holds the data",
            ));
        }
    }
    Ok(())
}

/// The table that a file name belongs to, whatever the format.
fn by_name(path: &Path) -> Option<(&'static Pack, &'static TableSpec)> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let stem = name.strip_suffix(".gz").unwrap_or(&name);
    let stem = [".csv", ".tsv", ".dta", ".parquet"]
        .iter()
        .find_map(|e| stem.strip_suffix(e))?;
    pack::tables().find(|(_, t)| {
        let own = t.name.eq_ignore_ascii_case(stem);
        own || t
            .files
            .iter()
            .any(|f| f.to_ascii_lowercase().strip_suffix(".csv") == Some(stem))
    })
}

/// By name, else by digest, else by the columns.
fn identify(path: &Path) -> Outcome<(&'static Pack, &'static TableSpec)> {
    if let Some(found) = by_name(path) {
        return Ok(found);
    }
    let raw = bytes::load(path)?;
    let by_digest = pack::tables().find(|(_, t)| raw.digests.iter().any(|d| t.sha256.contains(d)));
    if let Some(found) = by_digest {
        return Ok(found);
    }
    let names = column_names(&raw)?;
    let has = |wanted: &str| names.iter().any(|n| n.eq_ignore_ascii_case(wanted));
    let mut fitting: Vec<_> = pack::tables()
        .filter(|(_, t)| t.columns.iter().all(|c| c.optional || has(c.header())))
        .collect();
    fitting.sort_by_key(|(_, t)| std::cmp::Reverse(t.columns.len()));
    match fitting.as_slice() {
        [] => Err(unknown_file(&raw, &names)),
        [only] => Ok(*only),
        [first, second, ..] if first.1.columns.len() > second.1.columns.len() => Ok(*first),
        [first, second, ..] => Err(Refusal::error(
            codes::UNKNOWN_FILE,
            format!(
                "`{}` could be table `{}` or `{}`: they have the same columns",
                raw.shown, first.1.name, second.1.name
            ),
            format!(
                "name the file `{}` or `{}`",
                first.1.files.first().map_or("", String::as_str),
                second.1.files.first().map_or("", String::as_str)
            ),
        )),
    }
}

fn unknown_file(raw: &Loaded, names: &[String]) -> Refusal {
    if raw.content.trim_ascii_start().starts_with(b"<") {
        return Refusal::error(
            codes::UNKNOWN_FILE,
            format!("`{}` is a web page, not a table", raw.shown),
            "open the publisher's page and take the address of the file itself",
        );
    }
    let shown: Vec<&str> = names.iter().take(8).map(String::as_str).collect();
    Refusal::one(
        Diagnostic::error(
            codes::UNKNOWN_FILE,
            format!("`{}` is no known table", raw.shown),
        )
        .note(format!("its columns are {}", shown.join(", ")))
        .help("`raison data list --known` shows the names of all tables and files"),
    )
}

fn column_names(raw: &Loaded) -> Outcome<Vec<String>> {
    match bytes::format(&raw.content) {
        bytes::Format::Text => {
            let (text, _) = bytes::text(&raw.content);
            let line = text.lines().next().unwrap_or("");
            Ok(line
                .split([',', ';', '\t'])
                .map(|n| n.trim_matches(['"', ' ']).to_owned())
                .collect())
        }
        _ => Ok(crate::read::read_loaded(raw, None)?.table.names),
    }
}
