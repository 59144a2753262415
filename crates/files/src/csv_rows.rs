//! CSV with the place of every cell.

use crate::codes;
use crate::suggest::{did_you_mean, listed};
use raison_core::{Diagnostic, FileId, Problems, Span};

/// One row: cells by column name. Empty cells count as not there.
pub struct Row {
    /// Where the row stands.
    pub span: Span,
    cells: Vec<(String, String, Span)>,
}

impl Row {
    /// The text and place of a cell.
    pub fn get(&self, column: &str) -> Option<(&str, Span)> {
        self.cells
            .iter()
            .find(|(name, _, _)| name == column)
            .map(|(_, text, at)| (text.as_str(), *at))
    }
}

/// A table with a header line.
pub struct Rows {
    /// Column names with their places.
    pub header: Vec<(String, Span)>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// Rows that a CSV file of the library may hold at most.
const MOST_ROWS: usize = 100_000;

/// Reads all rows; rows of another length than the header are reported.
pub fn read(file: FileId, text: &str, problems: &mut Problems) -> Rows {
    let mut out = Rows {
        header: Vec::new(),
        rows: Vec::new(),
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let at = error.position().map_or(0, |p| p.byte() as usize);
                problems.push(
                    Diagnostic::error(codes::NOT_CSV, format!("this is not CSV: {error}"))
                        .at(Span::new(file, at, at + 1), "here"),
                );
                break;
            }
        }
        let start = record.position().map_or(0, |p| p.byte() as usize);
        let places = places(file, text, start, record.len());
        let cells = record
            .iter()
            .map(|c| c.trim().to_owned())
            .zip(places.iter().copied());
        if out.header.is_empty() {
            out.header = cells.collect();
            continue;
        }
        let span = places
            .first()
            .zip(places.last())
            .map_or(Span::new(file, start, start), |(a, b)| a.to(*b));
        if record.len() != out.header.len() {
            problems.push(uneven(&out.header, record.len(), span));
        }
        if out.rows.len() >= MOST_ROWS {
            problems.push(
                Diagnostic::error(codes::TOO_LARGE, format!("more than {MOST_ROWS} rows"))
                    .at(span, "from here"),
            );
            break;
        }
        let named = out.header.iter().zip(cells);
        let cells = named
            .filter(|(_, (text, _))| !text.is_empty())
            .map(|((name, _), (text, at))| (name.clone(), text, at))
            .collect();
        out.rows.push(Row { span, cells });
    }
    if out.header.is_empty() {
        problems.push(
            Diagnostic::error(codes::EMPTY, "the file is empty").at(Span::new(file, 0, 0), ""),
        );
    }
    out
}

fn uneven(header: &[(String, Span)], got: usize, span: Span) -> Diagnostic {
    let problem = Diagnostic::error(
        codes::NOT_CSV,
        format!("this row has {got} cells, the header has {}", header.len()),
    )
    .at(span, "this row")
    .help("put cells that hold a comma into double quotes");
    match header.first().zip(header.last()) {
        Some((a, b)) => problem.also(a.1.to(b.1), "the header"),
        None => problem,
    }
}

/// Reports columns that are not known.
pub fn know_columns(rows: &Rows, columns: &[&str], problems: &mut Problems) {
    for (name, at) in &rows.header {
        if !columns.contains(&name.as_str()) {
            problems.push(
                Diagnostic::error(codes::UNKNOWN_KEY, format!("unknown column `{name}`"))
                    .at(*at, "")
                    .help_if(did_you_mean(name, columns.iter().copied()))
                    .help(format!("columns here: {}", listed(columns.iter().copied()))),
            );
        }
    }
}

/// The places of the cells of the record that starts at `start`.
fn places(file: FileId, text: &str, start: usize, cells: usize) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut at = start;
    while bytes.get(at).is_some_and(|b| matches!(b, b'\n' | b'\r')) {
        at += 1;
    }
    let mut out = Vec::with_capacity(cells);
    while out.len() < cells {
        let begin = at.min(bytes.len());
        at = end_of_cell(bytes, begin);
        out.push(Span::new(file, begin, at));
        at += 1;
    }
    out
}

/// Where the cell that begins at `at` ends. Only a quote at its beginning opens a quoted
/// part; doubled quotes inside stand for one.
fn end_of_cell(bytes: &[u8], mut at: usize) -> usize {
    if bytes.get(at) == Some(&b'"') {
        at += 1;
        while let Some(&b) = bytes.get(at) {
            at += 1;
            match (b, bytes.get(at)) {
                (b'"', Some(b'"')) => at += 1,
                (b'"', _) => break,
                _ => {}
            }
        }
    }
    while bytes
        .get(at)
        .is_some_and(|b| !matches!(b, b',' | b'\n' | b'\r'))
    {
        at += 1;
    }
    at.min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use raison_core::SourceMap;

    #[test]
    fn cells_have_places_even_in_quotes() {
        let mut sources = SourceMap::new();
        let text = "id,name\na,\"Ball, George\"\nb,\n";
        let file = sources.add("p.csv", text);
        let mut problems = Problems::new();
        let rows = read(file, text, &mut problems);
        assert!(problems.is_empty());
        let (name, at) = rows.rows[0].get("name").expect("there");
        assert_eq!(name, "Ball, George");
        assert_eq!(sources.text(at), "\"Ball, George\"");
        assert!(rows.rows[1].get("name").is_none(), "empty is not there");
    }
}
