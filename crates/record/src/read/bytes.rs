//! Bytes of a file, unpacked within limits, with its digests.

use crate::codes;
use crate::refusal::{Outcome, Refusal, unreadable};
use flate2::bufread::MultiGzDecoder;
use raison_core::Diagnostic;
use sha2::{Digest, Sha256};
use std::io::{BufReader, Read};
use std::path::Path;

/// Unpacked content larger than this is refused.
pub const MOST_BYTES: u64 = 1 << 30;
/// Content under this size may unpack at any ratio.
const SMALL: u64 = 64 << 20;
/// Unpacked bytes per packed byte that no honest table reaches beyond [`SMALL`].
const MOST_RATIO: u64 = 200;

/// A file in memory.
pub struct Loaded {
    /// The path as the user wrote it.
    pub shown: String,
    /// The content, unpacked where it was gzip.
    pub content: Vec<u8>,
    /// SHA-256 of the file as it is, and of its content where that differs.
    pub digests: Vec<String>,
}

/// What the content is.
pub enum Format {
    /// Delimited text.
    Text,
    /// Parquet.
    Parquet,
    /// Stata.
    Stata,
    /// Something else, in words.
    Unknown(&'static str),
}

/// Tells the format by the first bytes.
pub fn format(content: &[u8]) -> Format {
    if content.starts_with(b"PAR1") {
        return Format::Parquet;
    }
    if content.starts_with(b"<stata_dta>") {
        return Format::Stata;
    }
    // Releases before 117: a release byte of 102 to 115, a byte order of 1 or 2, a 1.
    if let [release, order, kind, ..] = content
        && (102..=115).contains(release)
        && (*order == 1 || *order == 2)
        && *kind == 1
    {
        return Format::Stata;
    }
    if content.starts_with(b"PK\x03\x04") {
        return Format::Unknown("a ZIP archive (or an Excel workbook)");
    }
    if content.starts_with(b"RDX") || content.starts_with(b"\xfd7zXZ") {
        return Format::Unknown("an R or xz file");
    }
    if content.starts_with(b"%PDF") {
        return Format::Unknown("a PDF");
    }
    if content.iter().take(4096).any(|b| *b == 0) {
        return Format::Unknown("binary");
    }
    Format::Text
}

/// Reads and unpacks a file.
pub fn load(path: &Path) -> Outcome<Loaded> {
    let shown = path.display().to_string();
    let meta = std::fs::metadata(path).map_err(|e| unreadable(path, &e))?;
    if !meta.is_file() {
        return Err(Refusal::error(
            codes::UNREADABLE,
            format!("`{shown}` is not a file"),
            "give the path of a file",
        ));
    }
    if meta.len() > MOST_BYTES {
        return Err(too_large(&shown, meta.len()));
    }
    let raw = std::fs::read(path).map_err(|e| unreadable(path, &e))?;
    unpack(raw, shown)
}

fn too_large(shown: &str, size: u64) -> Refusal {
    Refusal::error(
        codes::TOO_LARGE,
        format!(
            "`{shown}` holds more than {} MB (at least {} MB)",
            MOST_BYTES >> 20,
            size >> 20
        ),
        "split the table, or check that the file is what it should be",
    )
}

/// Hexadecimal SHA-256.
pub fn sha256(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        out.push_str(&format!("{byte:02x}"));
    }
    out
}

/// Unpacks gzip; other content is left as it is.
pub fn unpack(raw: Vec<u8>, shown: String) -> Outcome<Loaded> {
    let mut digests = vec![sha256(&raw)];
    if !raw.starts_with(&[0x1f, 0x8b]) {
        return Ok(Loaded {
            shown,
            content: raw,
            digests,
        });
    }
    let content = gunzip(&raw, &shown)?;
    digests.push(sha256(&content));
    Ok(Loaded {
        shown,
        content,
        digests,
    })
}

fn gunzip(raw: &[u8], shown: &str) -> Outcome<Vec<u8>> {
    let mut decoder = BufReader::with_capacity(1 << 16, MultiGzDecoder::new(raw));
    let mut content = Vec::new();
    let mut step = vec![0u8; 1 << 16];
    loop {
        let got = decoder.read(&mut step).map_err(|e| {
            Refusal::one(
                Diagnostic::error(
                    codes::DAMAGED,
                    format!(
                        "`{shown}` is a damaged gzip file: {} after {} bytes of content",
                        plain_words(&e),
                        content.len()
                    ),
                )
                .note("a download that broke off leaves such a file")
                .help("get the file again"),
            )
        })?;
        if got == 0 {
            return Ok(content);
        }
        content.extend_from_slice(step.get(..got).unwrap_or_default());
        let size = content.len() as u64;
        let ratio = size / (raw.len() as u64).max(1);
        if size > MOST_BYTES || (size > SMALL && ratio > MOST_RATIO) {
            return Err(Refusal::one(
                Diagnostic::error(
                    codes::TOO_LARGE,
                    format!(
                        "`{shown}` of {} bytes unpacks to more than {} MB",
                        raw.len(),
                        size >> 20
                    ),
                )
                .note("unpacking was stopped; no table of this field packs that well")
                .help("check where the file comes from"),
            ));
        }
    }
}

fn plain_words(e: &std::io::Error) -> String {
    match e.kind() {
        std::io::ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
        _ => e.to_string(),
    }
}

/// The content as text: UTF-8, or Windows-1252 where it is not. The flag tells which.
pub fn text(content: &[u8]) -> (std::borrow::Cow<'_, str>, bool) {
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    match std::str::from_utf8(content) {
        Ok(text) => (text.into(), true),
        Err(_) => (content.iter().map(|b| windows_1252(*b)).collect(), false),
    }
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[(byte - 0x80) as usize],
        other => char::from(other),
    }
}
