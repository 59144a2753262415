//! Reading flat Parquet files, by column.

use crate::codes;
use crate::column::{Column, Kind, MISSING, Table, WordsBuilder};
use crate::refusal::{Outcome, Refusal};
use bytes::Bytes;
use parquet::basic::{ConvertedType, LogicalType, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Rows read in one step.
const STEP: usize = 1 << 16;
/// More rows than this are refused.
const MOST_ROWS: i64 = 1 << 31;

/// Reads the wanted columns (all where `wanted` is `None`) of a Parquet file held in
/// memory; `shown` names it in messages.
pub fn read(bytes: Bytes, wanted: Option<&[&str]>, shown: &str) -> Outcome<Table> {
    // The parser of the format is not ours: a panic in it is a damaged file to the user.
    match catch_unwind(AssertUnwindSafe(|| read_columns(bytes, wanted, shown))) {
        Ok(outcome) => outcome,
        Err(_) => Err(damaged(shown, "its pages make no sense")),
    }
}

/// The text stored under a name in the footer.
pub fn footer_text(bytes: Bytes, name: &str) -> Option<String> {
    let found = catch_unwind(AssertUnwindSafe(|| {
        let reader = SerializedFileReader::new(bytes).ok()?;
        let pairs = reader
            .metadata()
            .file_metadata()
            .key_value_metadata()?
            .clone();
        pairs.into_iter().find(|p| p.key == name)?.value
    }));
    found.ok().flatten()
}

/// How many rows the footer states; nothing where there is no whole footer.
pub fn footer_rows(bytes: Bytes) -> Option<i64> {
    let found = catch_unwind(AssertUnwindSafe(|| {
        let reader = SerializedFileReader::new(bytes).ok()?;
        Some(reader.metadata().file_metadata().num_rows())
    }));
    found.ok().flatten()
}

fn damaged(shown: &str, why: impl std::fmt::Display) -> Refusal {
    Refusal::error(
        codes::DAMAGED,
        format!("`{shown}` is not a whole Parquet file: {why}"),
        "get the file again, or export it again from the program that wrote it; a folder of runs is mended by its `raison simulate` command with `--resume`",
    )
}

fn read_columns(bytes: Bytes, wanted: Option<&[&str]>, shown: &str) -> Outcome<Table> {
    let open = || SerializedFileReader::new(bytes.clone()).map_err(|e| damaged(shown, e));
    let reader = open()?;
    let meta = reader.metadata();
    let rows = meta.file_metadata().num_rows();
    if !(0..=MOST_ROWS).contains(&rows) {
        return Err(damaged(shown, format!("it claims {rows} rows")));
    }
    let schema = meta.file_metadata().schema_descr();
    let mut picked: Vec<(usize, String)> = Vec::new();
    for (i, column) in schema.columns().iter().enumerate() {
        let name = column.path().string();
        if wanted.is_some_and(|w| !w.contains(&name.as_str())) {
            continue;
        }
        if column.max_rep_level() > 0 || column.max_def_level() > 1 {
            return Err(Refusal::error(
                codes::UNKNOWN_FORMAT,
                format!("column `{name}` of `{shown}` is nested"),
                "write the table with plain columns (no lists, no structures)",
            ));
        }
        picked.push((i, name));
    }
    let columns: Vec<Outcome<Column>> = picked
        .par_iter()
        .map(|(i, name)| one_column(&open()?, *i, rows as usize, shown, name))
        .collect();
    let mut table = Table::default();
    for ((_, name), column) in picked.into_iter().zip(columns) {
        table.set(name, column?);
    }
    Ok(table)
}

fn kind_of(column: &ColumnDescriptor) -> Option<Kind> {
    match column.physical_type() {
        Physical::INT32
            if matches!(column.logical_type_ref(), Some(LogicalType::Date))
                || column.converted_type() == ConvertedType::DATE =>
        {
            Some(Kind::Date)
        }
        Physical::INT32 | Physical::BOOLEAN => Some(Kind::Int),
        Physical::INT64 | Physical::FLOAT | Physical::DOUBLE => Some(Kind::Float),
        Physical::BYTE_ARRAY => Some(Kind::Text),
        _ => None,
    }
}

enum Sink {
    Ints(Vec<i32>),
    Floats(Vec<f64>, bool),
    Words(WordsBuilder, usize),
}

impl Sink {
    fn len(&self) -> usize {
        match self {
            Sink::Ints(v) => v.len(),
            Sink::Floats(v, _) => v.len(),
            Sink::Words(_, n) => *n,
        }
    }
}

fn one_column(
    reader: &SerializedFileReader<Bytes>,
    index: usize,
    rows: usize,
    shown: &str,
    name: &str,
) -> Outcome<Column> {
    let meta = reader.metadata();
    let description = meta.file_metadata().schema_descr().column(index);
    let kind = kind_of(&description).ok_or_else(|| {
        Refusal::error(
            codes::UNKNOWN_FORMAT,
            format!("column `{name}` of `{shown}` has a type that is not read here"),
            "store it as whole number, real number, text or date",
        )
    })?;
    let whole = description.physical_type() == Physical::INT64;
    let mut sink = match kind {
        Kind::Int | Kind::Date => Sink::Ints(Vec::new()),
        Kind::Float => Sink::Floats(Vec::new(), whole),
        Kind::Text => Sink::Words(WordsBuilder::default(), 0),
    };
    for group in 0..meta.num_row_groups() {
        let group = reader.get_row_group(group).map_err(|e| damaged(shown, e))?;
        let column = group
            .get_column_reader(index)
            .map_err(|e| damaged(shown, e))?;
        append(column, &mut sink, rows).map_err(|e| damaged(shown, e))?;
    }
    if sink.len() != rows {
        return Err(damaged(
            shown,
            format!("column `{name}` has {} rows of {rows}", sink.len()),
        ));
    }
    Ok(finish(sink, kind))
}

fn finish(sink: Sink, kind: Kind) -> Column {
    match sink {
        Sink::Ints(v) if kind == Kind::Date => Column::Date(v),
        Sink::Ints(v) => Column::Int(v),
        Sink::Floats(v, true) if v.iter().all(|x| x.is_nan() || x.abs() < 2e9) => Column::Int(
            v.into_iter()
                .map(|x| if x.is_nan() { MISSING } else { x as i32 })
                .collect(),
        ),
        Sink::Floats(v, _) => Column::Float(v),
        Sink::Words(w, _) => w.finish(),
    }
}

fn append(
    column: ColumnReader,
    sink: &mut Sink,
    rows: usize,
) -> Result<(), parquet::errors::ParquetError> {
    match (column, sink) {
        (ColumnReader::Int32ColumnReader(r), Sink::Ints(v)) => {
            each(r, rows, |x| v.push(x.copied().unwrap_or(MISSING)))
        }
        (ColumnReader::BoolColumnReader(r), Sink::Ints(v)) => {
            each(r, rows, |x| v.push(x.map_or(MISSING, |b| i32::from(*b))))
        }
        (ColumnReader::Int64ColumnReader(r), Sink::Floats(v, _)) => {
            each(r, rows, |x| v.push(x.map_or(f64::NAN, |x| *x as f64)))
        }
        (ColumnReader::FloatColumnReader(r), Sink::Floats(v, _)) => {
            each(r, rows, |x| v.push(x.map_or(f64::NAN, |x| f64::from(*x))))
        }
        (ColumnReader::DoubleColumnReader(r), Sink::Floats(v, _)) => {
            each(r, rows, |x| v.push(x.copied().unwrap_or(f64::NAN)))
        }
        (ColumnReader::ByteArrayColumnReader(r), Sink::Words(w, n)) => {
            each(r, rows, |x: Option<&ByteArray>| {
                let text = x.map(|x| String::from_utf8_lossy(x.data()));
                w.push(text.as_deref());
                *n += 1;
            })
        }
        _ => Err(parquet::errors::ParquetError::General(
            "a column changes its type".to_owned(),
        )),
    }
}

/// Calls `put` for every cell of a column chunk.
fn each<T: DataType>(
    mut reader: ColumnReaderImpl<T>,
    most: usize,
    mut put: impl FnMut(Option<&T::T>),
) -> Result<(), parquet::errors::ParquetError> {
    let mut values: Vec<T::T> = Vec::new();
    let mut levels: Vec<i16> = Vec::new();
    let mut seen = 0usize;
    loop {
        values.clear();
        levels.clear();
        let (records, present, _) =
            reader.read_records(STEP, Some(&mut levels), None, &mut values)?;
        if records == 0 && present == 0 {
            return Ok(());
        }
        seen += records;
        if seen > most {
            return Err(parquet::errors::ParquetError::General(
                "more cells than rows".to_owned(),
            ));
        }
        let mut next = values.iter();
        if levels.is_empty() {
            next.for_each(|v| put(Some(v)));
        } else {
            for level in &levels {
                put(if *level > 0 { next.next() } else { None });
            }
        }
    }
}
