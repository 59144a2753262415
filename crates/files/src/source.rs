//! Bytes into text that can be read: size, encoding, emptiness.

use crate::codes;
use raison_core::{Diagnostic, FileId, Problems, SourceMap, Span};

/// The largest file of the library that is read, in bytes.
pub const LARGEST: usize = 16 << 20;

/// Adds a file's bytes to the map, or says why they are no text.
pub fn add(
    sources: &mut SourceMap,
    name: &str,
    bytes: &[u8],
    problems: &mut Problems,
) -> Option<FileId> {
    if bytes.len() > LARGEST {
        problems.push(too_large(name, bytes.len() as u64));
        return None;
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(sources.add(name, text)),
        Err(error) => {
            problems.push(not_utf8(sources, name, bytes, error.valid_up_to()));
            None
        }
    }
}

/// The diagnostic for a file over [`LARGEST`].
pub fn too_large(name: &str, size: u64) -> Diagnostic {
    Diagnostic::error(
        codes::TOO_LARGE,
        format!(
            "`{name}` is too large: over {} MiB",
            size.saturating_sub(1) >> 20
        ),
    )
    .note(format!(
        "a file of the library holds at most {} MiB",
        LARGEST >> 20
    ))
    .help("is it a data file? data are added with `raison data add`")
}

fn not_utf8(sources: &mut SourceMap, name: &str, bytes: &[u8], at: usize) -> Diagnostic {
    let good = String::from_utf8_lossy(&bytes[..at]).into_owned();
    let line = good.matches('\n').count() + 1;
    let file = sources.add(name, good);
    Diagnostic::error(codes::NOT_UTF8, format!("`{name}` is not UTF-8 text"))
        .at(
            Span::new(file, at, at),
            format!("byte {at} (line {line}) is no character in UTF-8"),
        )
        .help("save the file as UTF-8; if it is a spreadsheet, export it as CSV UTF-8")
}

/// The whole file.
pub fn whole(sources: &SourceMap, file: FileId) -> Span {
    let end = sources.file(file).map_or(0, |f| f.text.len());
    Span::new(file, 0, end.min(1))
}
