//! Fits a table that brings its own types (Stata, Parquet) to a pack.

use crate::codes;
use crate::column::{Column, Kind, MISSING, Table};
use crate::keys;
use crate::pack::{CellKind, ColumnSpec, TableSpec, nearest};
use crate::read::cell::{self, Cell};
use crate::refusal::{Outcome, Refusal};
use raison_core::{Diagnostic, Problems, SourceMap};

/// Columns by name, types and ranges as the pack says, keys unique.
pub fn fit(table: Table, spec: &TableSpec, shown: &str) -> Outcome<Table> {
    let mut problems = Problems::new();
    let mut out = Table::default();
    for column in &spec.columns {
        let wanted = column.header();
        let at = table
            .names
            .iter()
            .position(|n| n.eq_ignore_ascii_case(wanted));
        match at.and_then(|i| table.columns.get(i)) {
            Some(found) => match convert(found, column, spec.lenient) {
                Ok(good) => out.set(column.name.clone(), good),
                Err((row, fault)) => problems.push(misfit(found, column, row, &fault, shown)),
            },
            None if column.optional => {}
            None => problems.push(
                Diagnostic::error(
                    codes::MISSING_COLUMN,
                    format!(
                        "column `{wanted}` of table `{}` is missing in `{shown}`",
                        spec.name
                    ),
                )
                .help_if(
                    nearest(wanted, table.names.iter().map(String::as_str)).map(|n| {
                        format!("the file has a column `{n}`: rename it if it is the same")
                    }),
                ),
            ),
        }
    }
    let faults = keys::check(&out, &spec.key);
    for (row, column) in faults.empty.iter().take(3) {
        problems.push(Diagnostic::error(
            codes::EMPTY_KEY,
            format!("row {} of `{shown}` has no `{column}`", row + 1),
        ));
    }
    for (first, second) in faults.duplicates.iter().take(3) {
        problems.push(Diagnostic::error(
            codes::DUPLICATE_KEY,
            format!(
                "rows {} and {} of `{shown}` have the same key {}",
                first + 1,
                second + 1,
                keys::shown(&out, &spec.key, *second)
            ),
        ));
    }
    if problems.has_errors() {
        return Err(Refusal::many(problems, SourceMap::new()));
    }
    Ok(out)
}

fn misfit(
    found: &Column,
    column: &ColumnSpec,
    row: usize,
    fault: &cell::Fault,
    shown: &str,
) -> Diagnostic {
    let code = match fault {
        cell::Fault::NotOfType => codes::BAD_CELL,
        cell::Fault::OutOfRange => codes::OUT_OF_RANGE,
    };
    Diagnostic::error(
        code,
        format!(
            "`{}` in column `{}`, row {} of `{shown}`: {}",
            crate::write::cell_text(found, row),
            column.name,
            row + 1,
            fault.expected(column)
        ),
    )
}

fn convert(
    found: &Column,
    spec: &ColumnSpec,
    lenient: bool,
) -> Result<Column, (usize, cell::Fault)> {
    let rows = found.len();
    let mut ints = Vec::new();
    let mut floats = Vec::new();
    let mut words = crate::column::WordsBuilder::default();
    for row in 0..rows {
        let cell = match one(found, row, spec) {
            Ok(cell) => cell,
            Err(_) if lenient => Cell::Missing,
            Err(fault) => return Err((row, fault)),
        };
        match spec.kind.kind() {
            Kind::Int | Kind::Date => ints.push(match cell {
                Cell::Int(x) | Cell::Date(x) => x,
                _ => MISSING,
            }),
            Kind::Float => floats.push(match cell {
                Cell::Float(x) => x,
                _ => f64::NAN,
            }),
            Kind::Text => words.push(match &cell {
                Cell::Text(t) => Some(t),
                _ => None,
            }),
        }
    }
    Ok(match spec.kind.kind() {
        Kind::Int => Column::Int(ints),
        Kind::Date => Column::Date(ints),
        Kind::Float => Column::Float(floats),
        Kind::Text => words.finish(),
    })
}

fn one<'a>(found: &'a Column, row: usize, spec: &ColumnSpec) -> Result<Cell<'a>, cell::Fault> {
    if found.is_missing(row) {
        return Ok(Cell::Missing);
    }
    if let Some(text) = found.text(row) {
        return cell::parse(text.as_bytes(), spec);
    }
    let number = found.number(row);
    if spec.kind == CellKind::Text {
        return Ok(Cell::Text(crate::write::cell_text(found, row).into()));
    }
    if !spec.allows(number) {
        return Err(cell::Fault::OutOfRange);
    }
    match spec.kind.kind() {
        Kind::Float => Ok(Cell::Float(number)),
        Kind::Date if found.kind() == Kind::Date => Ok(Cell::Date(number as i32)),
        Kind::Date => Err(cell::Fault::NotOfType),
        _ => found.int(row).map(Cell::Int).ok_or(cell::Fault::NotOfType),
    }
}
