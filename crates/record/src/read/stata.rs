//! Stata files, through the `dta` crate.

use crate::codes;
use crate::column::{Column, Kind, MISSING, Table, WordsBuilder};
use crate::refusal::{Outcome, Refusal};
use dta::stata::dta::dta_reader::DtaReader;
use dta::stata::dta::value::Value;
use dta::stata::dta::variable_type::VariableType;
use dta::stata::stata_byte::StataByte;
use dta::stata::stata_double::StataDouble;
use dta::stata::stata_float::StataFloat;
use dta::stata::stata_int::StataInt;
use dta::stata::stata_long::StataLong;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Days from 1960-01-01, Stata's first day, to 1970-01-01.
const DAYS_TO_1970: i32 = 3653;

/// Reads a whole file.
pub fn read(content: &[u8], shown: &str) -> Outcome<Table> {
    let damaged = |why: String| {
        Refusal::error(
            codes::DAMAGED,
            format!("`{shown}` is not a whole Stata file: {why}"),
            "get the file again, or save it again from Stata",
        )
    };
    // The parser is not ours: a panic in it is a damaged file to the user.
    match catch_unwind(AssertUnwindSafe(|| columns(content))) {
        Ok(Ok(table)) => Ok(table),
        Ok(Err(e)) => Err(damaged(e.to_string())),
        Err(_) => Err(damaged("its parts do not fit together".to_owned())),
    }
}

enum Cells {
    Ints(Vec<i32>),
    Floats(Vec<f64>),
    Words(WordsBuilder),
}

fn columns(content: &[u8]) -> Result<Table, Box<dyn std::error::Error>> {
    let mut after = DtaReader::new()
        .from_reader(Cursor::new(content))
        .read_header()?
        .read_schema()?;
    after.skip_to_end()?;
    let mut records = after.into_record_reader()?;
    let schema = records.schema().clone();
    let mut cells: Vec<Cells> = schema
        .variables()
        .iter()
        .map(|v| match v.variable_type() {
            VariableType::Byte | VariableType::Int | VariableType::Long => Cells::Ints(Vec::new()),
            VariableType::Float | VariableType::Double => Cells::Floats(Vec::new()),
            _ => Cells::Words(WordsBuilder::default()),
        })
        .collect();
    while let Some(record) = records.read_record()? {
        for (cell, value) in cells.iter_mut().zip(record.values()) {
            push(cell, value);
        }
    }
    let mut table = Table::default();
    for (variable, cell) in schema.variables().iter().zip(cells) {
        let dates = variable.format().starts_with("%td") || variable.format().starts_with("%d");
        table.set(variable.name(), finish(cell, dates));
    }
    Ok(table)
}

fn push(cell: &mut Cells, value: &Value) {
    match cell {
        Cells::Ints(v) => v.push(match value {
            Value::Byte(StataByte::Present(x)) => i32::from(*x),
            Value::Int(StataInt::Present(x)) => i32::from(*x),
            Value::Long(StataLong::Present(x)) => *x,
            _ => MISSING,
        }),
        Cells::Floats(v) => v.push(match value {
            Value::Float(StataFloat::Present(x)) => f64::from(*x),
            Value::Double(StataDouble::Present(x)) => *x,
            _ => f64::NAN,
        }),
        Cells::Words(w) => w.push(match value {
            Value::String(text) if !text.is_empty() => Some(text),
            _ => None,
        }),
    }
}

fn finish(cell: Cells, dates: bool) -> Column {
    let to_1970 = |x: i32| {
        if x == MISSING {
            x
        } else {
            x.saturating_sub(DAYS_TO_1970)
        }
    };
    match cell {
        Cells::Ints(v) if dates => Column::Date(v.into_iter().map(to_1970).collect()),
        Cells::Ints(v) => Column::Int(v),
        Cells::Floats(v) if dates => Column::Date(
            v.into_iter()
                .map(|x| {
                    if x.is_nan() {
                        MISSING
                    } else {
                        to_1970(x as i32)
                    }
                })
                .collect(),
        ),
        Cells::Floats(v) => Column::Float(v),
        Cells::Words(w) => w.finish(),
    }
}

/// Names Stata allows: letters, digits, underscore, at most 32.
fn stata_name(name: &str, taken: &mut Vec<String>) -> String {
    let mut plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .take(29)
        .collect();
    if plain.is_empty() || plain.starts_with(|c: char| c.is_ascii_digit()) {
        plain.insert(0, '_');
    }
    let mut unique = plain.clone();
    let mut n = 2;
    while taken.contains(&unique) {
        unique = format!("{plain}_{n}");
        n += 1;
    }
    taken.push(unique.clone());
    unique
}

/// Writes a table as a Stata 14 file (release 118).
pub fn write(table: &Table, label: &str) -> Outcome<Vec<u8>> {
    match encode(table, label) {
        Ok(bytes) => Ok(bytes),
        Err(e) => Err(Refusal::Machine(format!("cannot write Stata data: {e}"))),
    }
}

fn encode(table: &Table, label: &str) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    use dta::stata::dta::byte_order::ByteOrder;
    use dta::stata::dta::dta_writer::DtaWriter;
    use dta::stata::dta::header::Header;
    use dta::stata::dta::release::Release;
    use dta::stata::dta::schema::Schema;
    use dta::stata::dta::variable::Variable;
    let header = Header::builder(Release::V118, ByteOrder::LittleEndian)
        .dataset_label(label.chars().take(80).collect::<String>())
        .build();
    let mut schema = Schema::builder();
    let mut taken = Vec::new();
    for (name, column) in table.names.iter().zip(&table.columns) {
        let name = stata_name(name, &mut taken);
        let (kind, format) = match column.kind() {
            Kind::Int => (VariableType::Long, "%12.0g".to_owned()),
            Kind::Date => (VariableType::Long, "%td".to_owned()),
            Kind::Float => (VariableType::Double, "%10.0g".to_owned()),
            Kind::Text => {
                let width = widest(column).clamp(1, 2045);
                (
                    VariableType::FixedString(width as u16),
                    format!("%{}s", width.min(244)),
                )
            }
        };
        schema = schema.add_variable(Variable::builder(kind, name).format(format));
    }
    let mut out = Cursor::new(Vec::new());
    let mut records = DtaWriter::new()
        .from_writer(&mut out)
        .write_header(header)?
        .write_schema(schema.build()?)?
        .into_record_writer()?;
    let mut row_values: Vec<Value> = Vec::with_capacity(table.columns.len());
    for row in 0..table.rows() {
        row_values.clear();
        row_values.extend(table.columns.iter().map(|c| value(c, row)));
        records.write_record(&row_values)?;
    }
    records
        .into_long_string_writer()?
        .into_value_label_writer()?
        .finish()?;
    Ok(out.into_inner())
}

fn widest(column: &Column) -> usize {
    let base = match column {
        Column::Via { of, .. } => of.as_ref(),
        own => own,
    };
    match base {
        Column::Text(words) => words.list.iter().map(|w| w.len()).max().unwrap_or(1),
        _ => 1,
    }
}

fn value(column: &Column, row: usize) -> Value<'_> {
    match column.kind() {
        Kind::Int => Value::Long(match column.int(row) {
            Some(x) if (-2_147_483_647..=2_147_483_620).contains(&x) => StataLong::Present(x),
            _ => missing_long(),
        }),
        Kind::Date => Value::Long(match column.int(row) {
            Some(x) => StataLong::Present(x.saturating_add(DAYS_TO_1970)),
            None => missing_long(),
        }),
        Kind::Float => Value::Double(match column.float(row) {
            Some(x) if x.abs() < 8.9e307 => StataDouble::Present(x),
            _ => missing_double(),
        }),
        Kind::Text => Value::String(column.text(row).map_or("", |t| cut(t, 2045)).into()),
    }
}

fn missing_long() -> StataLong {
    StataLong::Missing(dta::stata::missing_value::MissingValue::System)
}

fn missing_double() -> StataDouble {
    StataDouble::Missing(dta::stata::missing_value::MissingValue::System)
}

/// The longest beginning of at most `most` bytes that ends between characters.
fn cut(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}
