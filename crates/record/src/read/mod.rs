//! Readers: files as people have them, into typed tables.

pub mod bytes;
pub mod cell;
pub mod csv;
pub mod stata;

use crate::codes;
use crate::column::Table;
use crate::pack::TableSpec;
use crate::refusal::{Outcome, Refusal};
use raison_core::Diagnostic;
use std::path::Path;

/// A table read, with warnings.
pub struct Read {
    /// The table.
    pub table: Table,
    /// What the reader had to say about the input.
    pub warnings: Vec<Diagnostic>,
    /// The texts that the warnings point into.
    pub sources: raison_core::SourceMap,
}

impl Read {
    pub(crate) fn plain(table: Table) -> Self {
        Read {
            table,
            warnings: Vec::new(),
            sources: raison_core::SourceMap::new(),
        }
    }
}

/// Reads any table file: `.csv`, `.tsv`, `.csv.gz`, `.dta`, `.parquet`. The format is told by the
/// content, not the name. Without a `spec` column types are inferred.
pub fn read(path: &Path, spec: Option<&TableSpec>) -> Outcome<Read> {
    let raw = bytes::load(path)?;
    read_loaded(&raw, spec)
}

/// How many rows a Parquet file states; nothing where it is not there or not whole.
pub fn rows(path: &Path) -> Option<u64> {
    let content = std::fs::read(path).ok()?;
    let rows = crate::parquet_read::footer_rows(content.into())?;
    u64::try_from(rows).ok()
}

/// [`read`] for content that is in memory.
pub fn read_loaded(raw: &bytes::Loaded, spec: Option<&TableSpec>) -> Outcome<Read> {
    match bytes::format(&raw.content) {
        bytes::Format::Parquet => {
            let content = ::bytes::Bytes::copy_from_slice(&raw.content);
            let table = crate::parquet_read::read(content, None, &raw.shown)?;
            typed(table, spec, &raw.shown)
        }
        bytes::Format::Stata => typed(stata::read(&raw.content, &raw.shown)?, spec, &raw.shown),
        bytes::Format::Text => csv::read(raw, spec),
        bytes::Format::Unknown(what) => Err(Refusal::error(
            codes::UNKNOWN_FORMAT,
            format!("`{}` is {what}, not a table that can be read", raw.shown),
            "give a CSV file (plain or gzip), a Stata `.dta` file or a Parquet file",
        )),
    }
}

/// Fits a table with its own types to a pack.
fn typed(table: Table, spec: Option<&TableSpec>, shown: &str) -> Outcome<Read> {
    match spec {
        None => Ok(Read::plain(table)),
        Some(spec) => crate::fit_spec::fit(table, spec, shown).map(Read::plain),
    }
}
