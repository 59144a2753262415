//! Pages of text: bytes in, articles out.

use super::files::{WHOLE, too_large, unreadable};
use raison_core::Diagnostic;
use raison_text::decode::decode;
use raison_text::page::{self, Format, Page};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// A page that was read.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// The text that all places point into (for a PDF, its text layer).
    pub text: String,
    /// Its parts.
    pub page: Page,
    /// What is wrong or doubtful.
    pub problems: Vec<Diagnostic>,
}

/// Reads a page from a file of plain text, Markdown, HTML or PDF.
pub fn read_page(path: &Path) -> Read {
    let mut buffer = Vec::new();
    let read = File::open(path).and_then(|f| f.take(WHOLE + 1).read_to_end(&mut buffer));
    if let Err(e) = read {
        return Read {
            problems: vec![unreadable(path, &e)],
            ..Read::default()
        };
    }
    let mut problems = Vec::new();
    if buffer.len() as u64 > WHOLE {
        buffer.truncate(WHOLE as usize);
        problems.push(too_large());
    }
    let (text, format, found) = source(&buffer);
    problems.extend(found);
    if problems.iter().any(Diagnostic::is_error) {
        return Read {
            text,
            problems,
            ..Read::default()
        };
    }
    let (page, found) = page::read(&text, format);
    problems.extend(found);
    Read {
        text,
        page,
        problems,
    }
}

/// The text of a file and how it is marked up.
fn source(bytes: &[u8]) -> (String, Format, Vec<Diagnostic>) {
    if bytes.starts_with(b"%PDF") {
        let (text, problems) = pdf(bytes);
        return (text, Format::Text, problems);
    }
    let (text, problems) = decode(bytes);
    let format = Format::guess(&text);
    (text, format, problems)
}

#[cfg(feature = "pdf")]
fn pdf(bytes: &[u8]) -> (String, Vec<Diagnostic>) {
    raison_text::page::pdf::text(bytes)
}

#[cfg(not(feature = "pdf"))]
fn pdf(_: &[u8]) -> (String, Vec<Diagnostic>) {
    let problem = Diagnostic::error(raison_core::Code("R4018"), "this build reads no PDF")
        .help("build with the feature `pdf`, or save the text layer as plain text");
    (String::new(), vec![problem])
}

/// The running text of a file that must be read whole: tags of HTML taken off.
pub(super) fn plain(bytes: &[u8]) -> (String, Vec<Diagnostic>) {
    let (text, format, problems) = source(bytes);
    if format == Format::Text {
        return (text, problems);
    }
    let blocks = page::blocks(&text, format);
    let texts: Vec<&str> = blocks.iter().map(|b| b.text.as_str()).collect();
    (texts.join("\n\n"), problems)
}
