//! Writing Parquet at the speed of memory.
//!
//! The tables of this field are joins: two million dyad-years look into seventeen
//! thousand state-years. A general writer would hash every cell again to find out which
//! values repeat; here the join already knows. So each column is written as one
//! dictionary page and one page of row numbers into it, eight or sixteen bits wide. Whole
//! bytes make the repeating pattern of a panel visible to Snappy, which then costs next
//! to nothing. The file's structure (schema, footer, page headers) is the `parquet`
//! crate's.

use crate::column::{Column, Kind, MISSING, NO_ROW, Table, Words};
use crate::refusal::{Outcome, Refusal};
use bytes::Bytes;
use parquet::basic::{Compression, Encoding, LogicalType, Repetition, Type as Physical};
use parquet::column::page::{CompressedPage, Page, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::file::metadata::{ColumnChunkMetaData, KeyValue};
use parquet::file::properties::WriterProperties;
use parquet::file::statistics::Statistics;
use parquet::file::writer::{SerializedFileWriter, SerializedPageWriter, TrackedWrite};
use parquet::schema::types::{ColumnDescPtr, Type};
use rayon::prelude::*;
use std::io::Write;
use std::sync::Arc;

/// Rows of a row group: small enough that a reader can skip, large enough to pack well.
const GROUP: usize = 1 << 20;
/// The code of a missing cell.
const NULL: u16 = u16::MAX;

/// A column with its distinct values laid out once.
enum Coded<'a> {
    /// `codes[i]` is the dictionary entry of base row `i`; one more [`NULL`] at the end.
    Dictionary {
        codes: Vec<u16>,
        page: Vec<u8>,
        entries: usize,
        rows: Option<&'a [u32]>,
    },
    /// Too many distinct values.
    Plain,
}

/// Writes a table, with texts (`name`, `text`) for the file's footer.
pub fn write<W: Write + Send>(table: &Table, extra: &[(&str, String)], out: W) -> Outcome<()> {
    let failed = |e: parquet::errors::ParquetError| Refusal::Machine(format!("cannot write: {e}"));
    let schema = schema(table).map_err(failed)?;
    let pairs = extra
        .iter()
        .map(|(k, v)| KeyValue::new((*k).to_owned(), v.clone()))
        .collect();
    let properties = WriterProperties::builder()
        .set_created_by("raison".to_owned())
        .set_key_value_metadata(Some(pairs))
        .build();
    let mut writer =
        SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties)).map_err(failed)?;
    let coded: Vec<Coded> = table.columns.par_iter().map(code).collect();
    let descriptions: Vec<ColumnDescPtr> = writer.schema_descr().columns().to_vec();
    let rows = table.rows();
    let mut start = 0;
    while start < rows {
        let end = (start + GROUP).min(rows);
        let chunks: Vec<_> = (0..table.columns.len())
            .into_par_iter()
            .map(|i| {
                chunk(
                    &table.columns[i],
                    &coded[i],
                    descriptions[i].clone(),
                    start,
                    end,
                )
            })
            .collect::<Result<_, _>>()
            .map_err(failed)?;
        let mut group = writer.next_row_group().map_err(failed)?;
        for (bytes, close) in chunks {
            group.append_column(&bytes, close).map_err(failed)?;
        }
        group.close().map_err(failed)?;
        start = end;
    }
    writer.close().map_err(failed)?;
    Ok(())
}

fn schema(table: &Table) -> Result<Type, parquet::errors::ParquetError> {
    let fields = table
        .names
        .iter()
        .zip(&table.columns)
        .map(|(name, column)| {
            let (physical, logical) = match column.kind() {
                Kind::Int => (Physical::INT32, None),
                Kind::Float => (Physical::DOUBLE, None),
                Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
                Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
            };
            Type::primitive_type_builder(name, physical)
                .with_repetition(Repetition::OPTIONAL)
                .with_logical_type(logical)
                .build()
                .map(Arc::new)
        })
        .collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder("table")
        .with_fields(fields)
        .build()
}

/// Finds the distinct values.
fn code(column: &Column) -> Coded<'_> {
    let (base, rows) = match column {
        Column::Via { rows, of } => (of.as_ref(), Some(rows.as_slice())),
        own => (own, None),
    };
    let coded = match base {
        Column::Int(v) | Column::Date(v) => code_ints(v),
        Column::Float(v) => code_floats(v),
        Column::Text(w) => code_words(w),
        Column::Via { .. } => None,
    };
    match coded {
        Some((mut codes, page, entries)) => {
            codes.push(NULL);
            Coded::Dictionary {
                codes,
                page,
                entries,
                rows,
            }
        }
        None => Coded::Plain,
    }
}

type Distinct = Option<(Vec<u16>, Vec<u8>, usize)>;

fn code_ints(v: &[i32]) -> Distinct {
    let present = || v.iter().copied().filter(|x| *x != MISSING);
    let low = present().min().unwrap_or(0);
    let high = present().max().unwrap_or(0);
    let span = i64::from(high) - i64::from(low);
    if span > 4_000_000 {
        return code_hashed(
            v.iter().map(|x| (*x != MISSING).then_some(*x as u64)),
            |k| (k as i32).to_le_bytes().to_vec(),
        );
    }
    let at = |x: i32| (i64::from(x) - i64::from(low)) as usize;
    let mut code_of = vec![NULL; span as usize + 1];
    present().for_each(|x| code_of[at(x)] = 0);
    let mut page = Vec::new();
    let mut next: usize = 0;
    for (i, slot) in code_of.iter_mut().enumerate().filter(|(_, s)| **s == 0) {
        if next >= usize::from(NULL) {
            return None;
        }
        *slot = next as u16;
        next += 1;
        page.extend_from_slice(&((i64::from(low) + i as i64) as i32).to_le_bytes());
    }
    let codes = v
        .iter()
        .map(|x| if *x == MISSING { NULL } else { code_of[at(*x)] })
        .collect();
    Some((codes, page, next))
}

fn code_floats(v: &[f64]) -> Distinct {
    code_hashed(v.iter().map(|x| (!x.is_nan()).then(|| x.to_bits())), |k| {
        k.to_le_bytes().to_vec()
    })
}

/// Open addressing over at most 65,535 keys.
fn code_hashed(
    keys: impl Iterator<Item = Option<u64>>,
    bytes: impl Fn(u64) -> Vec<u8>,
) -> Distinct {
    const SLOTS: usize = 1 << 18;
    let mut table: Vec<(u64, u16)> = vec![(0, NULL); SLOTS];
    let mut page = Vec::new();
    let mut next: u16 = 0;
    let mut codes = Vec::with_capacity(keys.size_hint().0 + 1);
    let mut last: (Option<u64>, u16) = (None, NULL);
    for key in keys {
        if key == last.0 {
            codes.push(last.1);
            continue;
        }
        let Some(k) = key else {
            codes.push(NULL);
            continue;
        };
        let mut slot = (k.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 46) as usize;
        let code = loop {
            let (held, code) = table[slot];
            if code == NULL {
                if next == NULL {
                    return None;
                }
                table[slot] = (k, next);
                page.extend_from_slice(&bytes(k));
                next += 1;
                break next - 1;
            }
            if held == k {
                break code;
            }
            slot = (slot + 1) & (SLOTS - 1);
        };
        codes.push(code);
        last = (key, code);
    }
    Some((codes, page, usize::from(next)))
}

fn code_words(w: &Words) -> Distinct {
    if w.list.len() >= usize::from(NULL) {
        return None;
    }
    let mut page = Vec::new();
    for word in &w.list {
        page.extend_from_slice(&(word.len() as u32).to_le_bytes());
        page.extend_from_slice(word.as_bytes());
    }
    let codes = w
        .codes
        .iter()
        .map(|c| if *c == NO_ROW { NULL } else { *c as u16 })
        .collect();
    Some((codes, page, w.list.len()))
}

type Chunk = (Bytes, ColumnCloseResult);

/// One column of one row group.
fn chunk(
    column: &Column,
    coded: &Coded,
    description: ColumnDescPtr,
    start: usize,
    end: usize,
) -> Result<Chunk, parquet::errors::ParquetError> {
    let count = end - start;
    let mut body: Vec<u8> = Vec::with_capacity(count * 2 + count / 8 + 64);
    let (dictionary, nulls, encoding) = match coded {
        Coded::Dictionary {
            codes,
            page,
            entries,
            rows,
        } => {
            let rows = rows.map(|r| &r[start..end]);
            let nulls = if *entries <= 255 {
                coded_page::<1>(&mut body, codes, rows, start, count)
            } else {
                coded_page::<2>(&mut body, codes, rows, start, count)
            };
            (Some((page, *entries)), nulls, Encoding::RLE_DICTIONARY)
        }
        Coded::Plain => {
            let nulls = plain_page(&mut body, column, start, end);
            (None, nulls, Encoding::PLAIN)
        }
    };
    assemble(description, dictionary, &body, count, nulls, encoding)
}

/// Definition levels and dictionary indices, `WIDTH` bytes each. Returns the number of
/// missing cells.
fn coded_page<const WIDTH: usize>(
    body: &mut Vec<u8>,
    codes: &[u16],
    rows: Option<&[u32]>,
    start: usize,
    count: usize,
) -> usize {
    let missing = codes.len() - 1;
    let mut data: Vec<u8> = vec![0; count * WIDTH];
    let mut bits: Vec<u8> = vec![0; count.div_ceil(8)];
    let mut at = 0;
    let mut put = |code: u16, bit: &mut u8, k: usize| {
        let present = code != NULL;
        if WIDTH == 1 {
            data[at] = code as u8;
        } else {
            data[at..at + 2].copy_from_slice(&code.to_le_bytes());
        }
        at = (at + usize::from(present) * WIDTH).min(count * WIDTH - WIDTH);
        *bit |= u8::from(present) << k;
        present
    };
    let mut present = 0;
    match rows {
        Some(rows) => {
            for (eight, bit) in rows.chunks(8).zip(&mut bits) {
                for (k, row) in eight.iter().enumerate() {
                    let code = codes[(*row as usize).min(missing)];
                    present += usize::from(put(code, bit, k));
                }
            }
        }
        None => {
            let own = &codes[start..start + count];
            for (eight, bit) in own.chunks(8).zip(&mut bits) {
                for (k, code) in eight.iter().enumerate() {
                    present += usize::from(put(*code, bit, k));
                }
            }
        }
    }
    levels(body, &bits, count, present);
    body.push((WIDTH * 8) as u8);
    let groups = present.div_ceil(8);
    varint(body, (groups as u64) << 1 | 1);
    data.truncate(present * WIDTH);
    body.extend_from_slice(&data);
    body.resize(body.len() + (groups * 8 - present) * WIDTH, 0);
    count - present
}

/// Values one after the other, for columns with too many distinct ones.
fn plain_page(body: &mut Vec<u8>, column: &Column, start: usize, end: usize) -> usize {
    let mut bits = vec![0u8; (end - start).div_ceil(8)];
    let mut data = Vec::with_capacity((end - start) * 8);
    let mut present = 0;
    for row in start..end {
        let before = data.len();
        match column.kind() {
            Kind::Int | Kind::Date => column
                .int(row)
                .map(|x| data.extend_from_slice(&x.to_le_bytes())),
            Kind::Float => column
                .float(row)
                .map(|x| data.extend_from_slice(&x.to_le_bytes())),
            Kind::Text => column.text(row).map(|t| {
                data.extend_from_slice(&(t.len() as u32).to_le_bytes());
                data.extend_from_slice(t.as_bytes());
            }),
        };
        if data.len() > before {
            bits[(row - start) / 8] |= 1 << ((row - start) % 8);
            present += 1;
        }
    }
    levels(body, &bits, end - start, present);
    body.extend_from_slice(&data);
    end - start - present
}

/// Definition levels: 1 where there is a value.
fn levels(body: &mut Vec<u8>, bits: &[u8], count: usize, present: usize) {
    let from = body.len();
    body.extend_from_slice(&[0; 4]);
    if present == count || present == 0 {
        varint(body, (count as u64) << 1);
        body.push(u8::from(present == count));
    } else {
        varint(body, (count.div_ceil(8) as u64) << 1 | 1);
        body.extend_from_slice(bits);
    }
    let length = (body.len() - from - 4) as u32;
    body[from..from + 4].copy_from_slice(&length.to_le_bytes());
}

fn varint(body: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        body.push(value as u8 | 0x80);
        value >>= 7;
    }
    body.push(value as u8);
}

fn compress(bytes: &[u8]) -> Result<Bytes, parquet::errors::ParquetError> {
    snap::raw::Encoder::new()
        .compress_vec(bytes)
        .map(Bytes::from)
        .map_err(|e| parquet::errors::ParquetError::General(e.to_string()))
}

fn assemble(
    description: ColumnDescPtr,
    dictionary: Option<(&Vec<u8>, usize)>,
    body: &[u8],
    count: usize,
    nulls: usize,
    encoding: Encoding,
) -> Result<Chunk, parquet::errors::ParquetError> {
    let mut sink = TrackedWrite::new(Vec::with_capacity(body.len() / 4 + 1024));
    let mut pages = SerializedPageWriter::new(&mut sink);
    let mut sizes = (0i64, 0i64);
    let mut add = |spec: parquet::column::page::PageWriteSpec| {
        sizes.0 += spec.uncompressed_size as i64;
        sizes.1 += spec.compressed_size as i64;
        spec.offset as i64
    };
    let mut dictionary_at = None;
    if let Some((page, entries)) = dictionary {
        let page = CompressedPage::new(
            Page::DictionaryPage {
                buf: compress(page)?,
                num_values: entries as u32,
                encoding: Encoding::PLAIN,
                is_sorted: false,
            },
            page.len(),
        );
        dictionary_at = Some(add(pages.write_page(page)?));
    }
    let page = CompressedPage::new(
        Page::DataPage {
            buf: compress(body)?,
            num_values: count as u32,
            encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        },
        body.len(),
    );
    let data_at = add(pages.write_page(page)?);
    pages.close()?;
    let bytes = Bytes::from(sink.into_inner()?);
    let statistics = match description.physical_type() {
        Physical::DOUBLE => Statistics::double(None, None, None, Some(nulls as u64), false),
        Physical::BYTE_ARRAY => Statistics::byte_array(None, None, None, Some(nulls as u64), false),
        _ => Statistics::int32(None, None, None, Some(nulls as u64), false),
    };
    let metadata = ColumnChunkMetaData::builder(description)
        .set_encodings(vec![Encoding::PLAIN, Encoding::RLE, encoding])
        .set_num_values(count as i64)
        .set_compression(Compression::SNAPPY)
        .set_total_uncompressed_size(sizes.0)
        .set_total_compressed_size(sizes.1)
        .set_dictionary_page_offset(dictionary_at)
        .set_data_page_offset(data_at)
        .set_statistics(statistics)
        .build()?;
    let close = ColumnCloseResult {
        bytes_written: bytes.len() as u64,
        rows_written: count as u64,
        metadata,
        bloom_filter: None,
        column_index: None,
        offset_index: None,
    };
    Ok((bytes, close))
}
