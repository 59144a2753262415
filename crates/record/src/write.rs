//! Tables out: Parquet, CSV, Stata, by the ending of the file name; whole or not at all.

use crate::codes;
use crate::column::{Column, Kind, Table, calendar};
use crate::refusal::{Outcome, Refusal, cannot_write};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Name under which a Parquet file carries its citations.
pub const CITATIONS: &str = "raison.citations";

/// Formats that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Parquet.
    Parquet,
    /// Comma-separated text.
    Csv,
    /// Stata.
    Stata,
}

/// The format that a file name asks for.
pub fn format_of(path: &Path) -> Outcome<Format> {
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("");
    match ending.to_ascii_lowercase().as_str() {
        "parquet" => Ok(Format::Parquet),
        "csv" => Ok(Format::Csv),
        "dta" => Ok(Format::Stata),
        _ => Err(Refusal::error(
            codes::UNKNOWN_FORMAT,
            format!("cannot tell the format of `{}`", path.display()),
            "let the name end in `.parquet`, `.csv` or `.dta`",
        )),
    }
}

/// Writes a table to a file that appears only when it is complete.
pub fn to_file(table: &Table, path: &Path, citations: &str) -> Outcome<()> {
    let format = format_of(path)?;
    atomically(path, |file| {
        let mut out = BufWriter::with_capacity(1 << 20, file);
        match format {
            Format::Parquet => {
                let extra = [(CITATIONS, citations.to_owned())];
                crate::parquet_write::write(table, &extra, &mut out)?;
            }
            Format::Csv => csv(table, &mut out)?,
            Format::Stata => {
                let bytes = crate::read::stata::write(table, "raison table")?;
                out.write_all(&bytes).map_err(|e| cannot_write(path, &e))?;
            }
        }
        out.flush().map_err(|e| cannot_write(path, &e))
    })
}

/// The bytes of a table as Parquet, with its citations.
///
/// # Errors
/// Where the table cannot be laid out.
pub fn parquet(table: &Table, citations: &str) -> Outcome<Vec<u8>> {
    let mut out = Vec::new();
    let extra = [(CITATIONS, citations.to_owned())];
    crate::parquet_write::write(table, &extra, &mut out)?;
    Ok(out)
}

/// A new name beside `path` for a file in the making.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("out");
    path.with_file_name(format!(".{name}.{}.part", std::process::id()))
}

/// Writes beside the target and renames: readers see the old file or the new one.
pub fn atomically(
    path: &Path,
    fill: impl FnOnce(&mut std::fs::File) -> Outcome<()>,
) -> Outcome<()> {
    let part = beside(path);
    let outcome = (|| {
        let mut file = std::fs::File::create(&part).map_err(|e| cannot_write(path, &e))?;
        fill(&mut file)?;
        drop(file);
        std::fs::rename(&part, path).map_err(|e| cannot_write(path, &e))
    })();
    if outcome.is_err() {
        // The part file is ours; what cannot be removed does no harm.
        let _ = std::fs::remove_file(&part);
    }
    outcome
}

/// Writes comma-separated text with one header line; missing cells are empty.
pub fn csv(table: &Table, out: &mut impl Write) -> Outcome<()> {
    let failed = |e: csv::Error| Refusal::Machine(format!("cannot write CSV: {e}"));
    let mut writer = csv::WriterBuilder::new().from_writer(out);
    writer.write_record(&table.names).map_err(failed)?;
    for row in 0..table.rows() {
        for column in &table.columns {
            match column.text(row) {
                Some(text) => writer.write_field(text).map_err(failed)?,
                None => writer.write_field(cell_text(column, row)).map_err(failed)?,
            }
        }
        writer.write_record(None::<&[u8]>).map_err(failed)?;
    }
    writer
        .flush()
        .map_err(|e| Refusal::Machine(format!("cannot write CSV: {e}")))
}

/// A cell as text: the shortest digits that give the same number, dates as YYYY-MM-DD,
/// nothing where it is missing.
pub fn cell_text(column: &Column, row: usize) -> String {
    match column.kind() {
        Kind::Text => column.text(row).unwrap_or("").to_owned(),
        Kind::Int => column.int(row).map_or(String::new(), |x| x.to_string()),
        Kind::Float => column.float(row).map_or(String::new(), |x| x.to_string()),
        Kind::Date => column.int(row).map_or(String::new(), |d| {
            let (y, m, d) = calendar(d);
            format!("{y:04}-{m:02}-{d:02}")
        }),
    }
}

/// Writes bytes, whole or not at all.
///
/// # Errors
/// Where they cannot be written.
pub fn bytes_file(path: &Path, bytes: &[u8]) -> Outcome<()> {
    atomically(path, |file| {
        file.write_all(bytes).map_err(|e| cannot_write(path, &e))
    })
}

/// Writes a small text file, whole or not at all.
pub fn text_file(path: &Path, text: &str) -> Outcome<()> {
    atomically(path, |file| {
        file.write_all(text.as_bytes())
            .map_err(|e| cannot_write(path, &e))
    })
}

/// The citations in the footer of a Parquet file that `raison table` wrote.
pub fn citations_of(path: &Path) -> Outcome<String> {
    let raw = crate::read::bytes::load(path)?;
    crate::parquet_read::footer_text(raw.content.into(), CITATIONS).ok_or_else(|| {
        Refusal::error(
            codes::UNKNOWN_FORMAT,
            format!("`{}` carries no citations", path.display()),
            "only Parquet files written by `raison table` carry them",
        )
    })
}
