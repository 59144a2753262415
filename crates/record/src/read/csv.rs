//! Delimited text: exact places for everything that is wrong.

use super::Read;
use super::bytes::{self, Loaded};
use super::cell::{self, Cell};
use crate::codes;
use crate::column::{Column, MISSING, Table, WordsBuilder};
use crate::keys;
use crate::pack::{CellKind, ColumnSpec, TableSpec, nearest};
use crate::refusal::{Outcome, Refusal};
use csv::{ByteRecord, ReaderBuilder};
use raison_core::{Diagnostic, FileId, Problems, SourceMap, Span};

/// Problems of one kind shown for one file; the rest are counted.
const SHOWN: usize = 8;
/// Tables with more columns are refused.
const MOST_COLUMNS: usize = 4096;

/// Reads a table; without a `spec` column types are inferred.
pub fn read(raw: &Loaded, spec: Option<&TableSpec>) -> Outcome<Read> {
    let (text, utf8) = bytes::text(&raw.content);
    let mut reader = Reader::new(&text, &raw.shown);
    if !utf8 {
        reader.report.push(
            Diagnostic::warning(
                codes::NOT_UTF8,
                format!("`{}` is not UTF-8; it was read as Windows-1252", raw.shown),
            )
            .help("save the file as UTF-8 to be sure of the accents"),
        );
    }
    let table = reader.run(spec);
    let Report {
        mut problems,
        counts,
        ..
    } = reader.report;
    for (code, count) in counts.into_iter().filter(|(_, n)| *n > SHOWN) {
        let more = Diagnostic::warning(
            code,
            format!("{} more like this in `{}`", count - SHOWN, raw.shown),
        );
        problems.push(more);
    }
    // Only a problem is worth a copy of the text.
    let mut sources = SourceMap::new();
    if !problems.is_empty() {
        sources.add(raw.shown.clone(), text.as_ref());
    }
    if problems.has_errors() {
        return Err(Refusal::many(problems, sources));
    }
    Ok(Read {
        table,
        warnings: problems.into_vec(),
        sources,
    })
}

/// Collects problems, a few of each kind.
#[derive(Default)]
struct Report {
    problems: Problems,
    counts: Vec<(raison_core::Code, usize)>,
    /// Whether a problem is an error.
    failed: bool,
}

impl Report {
    fn push(&mut self, d: Diagnostic) {
        self.failed |= d.is_error();
        let count = match self.counts.iter_mut().find(|(c, _)| *c == d.code) {
            Some((_, n)) => {
                *n += 1;
                *n
            }
            None => {
                self.counts.push((d.code, 1));
                1
            }
        };
        if count <= SHOWN {
            self.problems.push(d);
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    shown: &'a str,
    delimiter: u8,
    report: Report,
}

/// A column being filled.
enum Building {
    Ints(Vec<i32>),
    Floats(Vec<f64>),
    Words(WordsBuilder),
    Dates(Vec<i32>),
}

impl Building {
    fn new(kind: CellKind) -> Self {
        match kind {
            CellKind::Float => Building::Floats(Vec::new()),
            CellKind::Text => Building::Words(WordsBuilder::default()),
            CellKind::Date => Building::Dates(Vec::new()),
            _ => Building::Ints(Vec::new()),
        }
    }

    fn push(&mut self, cell: &Cell) {
        match (self, cell) {
            (Building::Ints(v), Cell::Int(x)) | (Building::Dates(v), Cell::Date(x)) => v.push(*x),
            (Building::Floats(v), Cell::Float(x)) => v.push(*x),
            (Building::Words(w), Cell::Text(t)) => w.push(Some(t)),
            (Building::Ints(v) | Building::Dates(v), _) => v.push(MISSING),
            (Building::Floats(v), _) => v.push(f64::NAN),
            (Building::Words(w), _) => w.push(None),
        }
    }

    fn finish(self) -> Column {
        match self {
            Building::Ints(v) => Column::Int(v),
            Building::Floats(v) => Column::Float(v),
            Building::Words(w) => w.finish(),
            Building::Dates(v) => Column::Date(v),
        }
    }
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, shown: &'a str) -> Self {
        let line = text.lines().next().unwrap_or("");
        let count = |c: char| line.matches(c).count();
        let delimiter = if count(',') > 0 || (count(';') == 0 && count('\t') == 0) {
            b','
        } else if count('\t') >= count(';') {
            b'\t'
        } else {
            b';'
        };
        Reader {
            text,
            shown,
            delimiter,
            report: Report::default(),
        }
    }

    fn records(&self) -> csv::Reader<&'a [u8]> {
        ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .delimiter(self.delimiter)
            .from_reader(self.text.as_bytes())
    }

    fn run(&mut self, spec: Option<&TableSpec>) -> Table {
        let mut records = self.records();
        let mut header = ByteRecord::new();
        if !records.read_byte_record(&mut header).unwrap_or(false) {
            self.report.push(
                Diagnostic::error(codes::MISSING_COLUMN, format!("`{}` is empty", self.shown))
                    .help("give a table with one header line"),
            );
            return Table::default();
        }
        let names = self.header(&header);
        let columns: Vec<(usize, ColumnSpec)> = match spec {
            Some(spec) => self.match_columns(&names, spec),
            None => self.infer(&names),
        };
        if self.report.failed {
            return Table::default();
        }
        let lenient = spec.is_some_and(|s| s.lenient);
        let (table, lines) = self.fill(&mut records, names.len(), &columns, lenient);
        if let Some(spec) = spec {
            self.keys(&table, spec, &lines);
        }
        table
    }

    fn header(&mut self, header: &ByteRecord) -> Vec<String> {
        let names: Vec<String> = header
            .iter()
            .take(MOST_COLUMNS + 1)
            .map(|b| String::from_utf8_lossy(b).trim().to_owned())
            .collect();
        if names.len() > MOST_COLUMNS {
            self.report.push(Diagnostic::error(
                codes::TOO_LARGE,
                format!("`{}` has more than {MOST_COLUMNS} columns", self.shown),
            ));
        }
        let mut seen: std::collections::HashMap<&str, usize> = Default::default();
        let mut twice = Vec::new();
        for (i, name) in names.iter().enumerate() {
            if let Some(first) = seen.insert(name, i) {
                twice.push((first, i));
            }
        }
        for (first, second) in twice {
            let d = Diagnostic::error(
                codes::DUPLICATE_COLUMN,
                format!("two columns are called `{}`", names[second]),
            )
            .at(self.cell_span(0, second), "again here")
            .also(self.cell_span(0, first), "first here")
            .help("rename one of them");
            self.report.push(d);
        }
        names
    }

    /// Finds each column of the pack in the header.
    fn match_columns(&mut self, names: &[String], spec: &TableSpec) -> Vec<(usize, ColumnSpec)> {
        let mut found = Vec::new();
        let mut used = vec![false; names.len()];
        for column in &spec.columns {
            let wanted = column.header();
            let at = names
                .iter()
                .position(|n| n == wanted)
                .or_else(|| names.iter().position(|n| n.eq_ignore_ascii_case(wanted)));
            match at {
                Some(i) => {
                    used[i] = true;
                    found.push((i, column.clone()));
                }
                None if column.optional => {}
                None => {
                    let near = nearest(wanted, names.iter().map(String::as_str)).map(|n| {
                        format!("the file has a column `{n}`: rename it if it is the same")
                    });
                    let d = Diagnostic::error(
                        codes::MISSING_COLUMN,
                        format!("column `{wanted}` of table `{}` is missing", spec.name),
                    )
                    .at(self.line_span(0), "the header has no such column")
                    .help_if(near);
                    self.report.push(d);
                }
            }
        }
        let known = |n: &str| {
            spec.columns
                .iter()
                .any(|c| c.header().eq_ignore_ascii_case(n))
        };
        for (i, name) in names.iter().enumerate() {
            if !used[i] && !known(name) {
                let d = Diagnostic::warning(
                    codes::UNKNOWN_COLUMN,
                    format!("column `{name}` is not part of table `{}`", spec.name),
                )
                .at(self.cell_span(0, i), "left out");
                self.report.push(d);
            }
        }
        found.sort_by_key(|(i, _)| *i);
        found
    }

    /// Types from the cells themselves.
    fn infer(&mut self, names: &[String]) -> Vec<(usize, ColumnSpec)> {
        let mut guesses = vec![cell::Guess::default(); names.len()];
        let mut records = self.records();
        let mut record = ByteRecord::new();
        let mut first = true;
        while records.read_byte_record(&mut record).unwrap_or(false) {
            if first {
                first = false;
                continue;
            }
            for (guess, bytes) in guesses.iter_mut().zip(record.iter()) {
                guess.see(bytes);
            }
        }
        names
            .iter()
            .zip(guesses)
            .enumerate()
            .map(|(i, (name, guess))| (i, cell::inferred(name, guess.kind())))
            .collect()
    }

    /// Reads the cells; returns the table and the byte at which each row starts.
    fn fill(
        &mut self,
        records: &mut csv::Reader<&[u8]>,
        width: usize,
        columns: &[(usize, ColumnSpec)],
        lenient: bool,
    ) -> (Table, Vec<u32>) {
        let mut building: Vec<Building> =
            columns.iter().map(|(_, c)| Building::new(c.kind)).collect();
        let mut starts: Vec<u32> = Vec::new();
        let mut record = ByteRecord::new();
        loop {
            match records.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(e) => {
                    self.report.push(Diagnostic::error(
                        codes::DAMAGED,
                        format!("cannot read `{}`: {e}", self.shown),
                    ));
                    break;
                }
            }
            let start = record.position().map_or(0, csv::Position::byte) as usize;
            if record.len() != width {
                self.ragged(start, record.len(), width);
                continue;
            }
            starts.push(start as u32);
            for ((i, spec), column) in columns.iter().zip(&mut building) {
                let bytes = record.get(*i).unwrap_or_default();
                match cell::parse(bytes, spec) {
                    Ok(cell) => column.push(&cell),
                    Err(fault) => {
                        self.bad_cell(start, *i, spec, bytes, fault, lenient);
                        column.push(&Cell::Missing);
                    }
                }
            }
        }
        let mut table = Table::default();
        for ((_, spec), column) in columns.iter().zip(building) {
            table.set(spec.name.clone(), column.finish());
        }
        (table, starts)
    }

    fn ragged(&mut self, start: usize, cells: usize, width: usize) {
        let what = if cells < width { "too few" } else { "too many" };
        let d = Diagnostic::error(
            codes::RAGGED,
            format!("row with {cells} cells where the header has {width}"),
        )
        .at(self.line_span(start), format!("{what} cells"))
        .note("a comma inside a text needs quotes around the text; a missing cell shifts all that follow")
        .help("correct the row");
        self.report.push(d);
    }

    fn bad_cell(
        &mut self,
        start: usize,
        index: usize,
        spec: &ColumnSpec,
        bytes: &[u8],
        fault: cell::Fault,
        lenient: bool,
    ) {
        let shown: String = String::from_utf8_lossy(bytes).chars().take(40).collect();
        let span = self.cell_span(start, index);
        let name = &spec.name;
        let d = match (&fault, lenient) {
            (cell::Fault::NotOfType, true) => Diagnostic::warning(
                codes::CELL_DROPPED,
                format!("`{shown}` in column `{name}` is read as missing"),
            )
            .at(span, fault.expected(spec)),
            (cell::Fault::OutOfRange, true) => Diagnostic::warning(
                codes::CELL_DROPPED,
                format!("`{shown}` in column `{name}` makes no sense and is read as missing"),
            )
            .at(span, fault.expected(spec)),
            (cell::Fault::NotOfType, false) => Diagnostic::error(
                codes::BAD_CELL,
                format!(
                    "`{shown}` in column `{name}` is not {}",
                    cell::in_words(spec.kind)
                ),
            )
            .at(span, fault.expected(spec))
            .help("correct the cell, or leave it empty where the value is not known"),
            (cell::Fault::OutOfRange, false) => Diagnostic::error(
                codes::OUT_OF_RANGE,
                format!("`{shown}` is out of range for column `{name}`"),
            )
            .at(span, fault.expected(spec))
            .note("columns that are shifted by one look like this")
            .help("compare the row with the header"),
        };
        self.report.push(d);
    }

    fn keys(&mut self, table: &Table, spec: &TableSpec, starts: &[u32]) {
        if self.report.failed || spec.key.is_empty() {
            return;
        }
        let line = |row: usize| starts.get(row).map_or(0, |s| *s as usize);
        let found = keys::check(table, &spec.key);
        for (row, column) in found.empty {
            let d = Diagnostic::error(
                codes::EMPTY_KEY,
                format!("a row of table `{}` has no `{column}`", spec.name),
            )
            .at(self.line_span(line(row)), "key without a value")
            .note(format!("the rows are named by {}", spec.key.join(", ")));
            self.report.push(d);
        }
        for (first, second) in found.duplicates {
            let d = Diagnostic::error(
                codes::DUPLICATE_KEY,
                format!(
                    "two rows of table `{}` have the same key {}",
                    spec.name,
                    keys::shown(table, &spec.key, second)
                ),
            )
            .at(self.line_span(line(second)), "again here")
            .also(self.line_span(line(first)), "first here")
            .help("remove one of the rows");
            self.report.push(d);
        }
    }

    fn line_span(&self, start: usize) -> Span {
        let rest = self.text.get(start..).unwrap_or("");
        let end = rest.find('\n').unwrap_or(rest.len());
        let end = rest.get(..end).map_or(end, |l| l.trim_end().len());
        Span::new(FileId(0), start, start + end)
    }

    /// The place of cell `index` in the record that starts at `start`.
    fn cell_span(&self, start: usize, index: usize) -> Span {
        let bytes = self.text.as_bytes().get(start..).unwrap_or_default();
        let mut at = 0;
        let mut from = 0;
        let mut seen = 0;
        let mut quoted = false;
        while at < bytes.len() {
            let byte = bytes[at];
            let ends = !quoted && (byte == self.delimiter || byte == b'\n' || byte == b'\r');
            if byte == b'"' {
                quoted = !quoted;
            } else if ends {
                if seen == index || byte != self.delimiter {
                    break;
                }
                seen += 1;
                from = at + 1;
            }
            at += 1;
        }
        Span::new(FileId(0), start + from, start + at)
    }
}
