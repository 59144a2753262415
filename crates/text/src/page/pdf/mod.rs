//! The text layer of a PDF.
//!
//! Objects are found by scanning the file, so a broken cross-reference table costs nothing.
//! Letters come from a font's `ToUnicode` map or its named encoding; what has neither is
//! counted and reported, not guessed. Text is kept in the order in which the page draws
//! it, which for most programs is the order of reading. Pictures are not read.

mod content;
mod file;
mod filter;
mod font;
mod layout;
mod object;

use content::{Chunk, Drawer};
use file::File;
use raison_core::{Code, Diagnostic};

const NO_TEXT: Code = Code("R4018");
const BROKEN: Code = Code("R4019");
const ENCRYPTED: Code = Code("R4020");
const UNMAPPED: Code = Code("R4021");

/// Pages that are read at most.
const MOST_PAGES: usize = 5000;

/// Reads the text layer; pages are separated by an empty line, larger letters become
/// headings (`#`, `##`).
pub fn text(bytes: &[u8]) -> (String, Vec<Diagnostic>) {
    let file = File::scan(bytes);
    if file.encrypted {
        return (String::new(), vec![encrypted()]);
    }
    let mut problems = Vec::new();
    if !file.table_ok {
        problems.push(broken());
    }
    let (mut out, mut unmapped, mut letters) = (String::new(), 0usize, 0usize);
    for page in file.pages().into_iter().take(MOST_PAGES) {
        let mut drawer = Drawer::new(&file);
        drawer.page(&page);
        unmapped += drawer.unmapped;
        letters += drawer
            .chunks
            .iter()
            .map(|c: &Chunk| c.text.chars().count())
            .sum::<usize>();
        let text = layout::lay_out(&drawer.chunks);
        if !text.trim().is_empty() {
            out.push_str(text.trim_end());
            out.push_str("\n\n");
        }
    }
    if out.trim().is_empty() {
        problems.push(no_text(unmapped));
    } else if unmapped * 50 > letters {
        let message = format!(
            "{unmapped} letters of the PDF cannot be told: their font does not say what they are"
        );
        problems.push(
            Diagnostic::warning(UNMAPPED, message)
                .help("save it again with a program that keeps Unicode"),
        );
    }
    (out, problems)
}

fn encrypted() -> Diagnostic {
    Diagnostic::error(ENCRYPTED, "the PDF is encrypted").help("save a copy without password")
}

fn broken() -> Diagnostic {
    Diagnostic::warning(BROKEN, "the PDF's table of objects is broken")
        .note("the objects were found by scanning; a page may be missing")
}

fn no_text(unmapped: usize) -> Diagnostic {
    let note = match unmapped {
        0 => "its pages are pictures, or empty",
        _ => "its fonts do not say what their letters are",
    };
    Diagnostic::error(NO_TEXT, "the PDF has no text layer")
        .note(note)
        .help("run it through OCR first, or give the text as plain text")
}

#[cfg(test)]
mod tests;
