//! Pages into articles: headlines, kickers, by-lines, paragraphs, sub-heads, captions,
//! teasers and jump lines.
//!
//! Nothing is lost and nothing invented: every part has its place in the page, parts do not
//! overlap, and what no part covers is white space or markup.

mod articles;
mod blocks;
mod classify;
mod html;
mod markdown;
#[cfg(feature = "pdf")]
pub mod pdf;

pub use articles::{Article, Body, Caption, Jump, Page, Part, Teaser};
pub use blocks::{Block, Hint, Level};

use raison_core::{Code, Diagnostic};

/// The page seems not to be English.
pub const NOT_ENGLISH: Code = Code("R4014");
/// An article breaks off.
pub const BREAKS_OFF: Code = Code("R4030");

/// How a page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text or Markdown: the one is read as the other.
    Text,
    /// HTML.
    Html,
}

impl Format {
    /// By the first letters: a page that begins with a tag is HTML.
    pub fn guess(text: &str) -> Format {
        let start: String = text.trim_start().chars().take(200).collect();
        let start = start.to_ascii_lowercase();
        let tags = [
            "<!doctype",
            "<html",
            "<head",
            "<body",
            "<article",
            "<div",
            "<p>",
            "<h1",
            "<!--",
            "<?xml",
        ];
        match tags.iter().any(|t| start.starts_with(t)) {
            true => Format::Html,
            false => Format::Text,
        }
    }
}

/// Reads a page into its blocks.
pub fn blocks(text: &str, format: Format) -> Vec<Block> {
    match format {
        Format::Text => markdown::blocks(text),
        Format::Html => html::blocks(text),
    }
}

/// Reads a page into articles, teasers and captions.
pub fn read(text: &str, format: Format) -> (Page, Vec<Diagnostic>) {
    let page = articles::assemble(blocks(text, format));
    let mut problems = Vec::new();
    problems.extend(other_language(&page));
    problems.extend(page.articles.iter().filter_map(breaks_off));
    (page, problems)
}

fn breaks_off(article: &Article) -> Option<Diagnostic> {
    let title = article
        .headline
        .as_ref()
        .map_or("(without headline)", |h| h.text.as_str());
    let problem = match (&article.jump, article.ends_open) {
        (Some(jump), _) => {
            let place = match jump.page {
                Some(page) => format!("continues on page {page}, which is not here"),
                None => "continues elsewhere".to_string(),
            };
            Diagnostic::warning(
                BREAKS_OFF,
                format!("the article `{title}` breaks off: it {place}"),
            )
        }
        (None, true) => {
            let message = format!("the article `{title}` ends within a sentence");
            Diagnostic::warning(BREAKS_OFF, message)
        }
        (None, false) => return None,
    };
    Some(problem.note("what is drawn from it covers only the part on this page"))
}

fn other_language(page: &Page) -> Option<Diagnostic> {
    let text: String = page
        .parts()
        .map(|p| p.text.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (mut all, mut latin) = (0usize, 0usize);
    for c in letters {
        all += 1;
        latin += usize::from((c as u32) < 0x250);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let common = [
        "the", "of", "and", "to", "in", "a", "is", "that", "for", "on",
    ];
    let english = words
        .iter()
        .filter(|w| common.contains(&w.to_lowercase().as_str()))
        .count();
    let message = if all > 20 && latin * 2 < all {
        "the page is not in Latin letters"
    } else if words.len() >= 60 && english * 20 < words.len() {
        "the page seems not to be English"
    } else {
        return None;
    };
    let problem = Diagnostic::warning(NOT_ENGLISH, message);
    Some(problem.note("its parts are read, but profiles, drafts and events need English"))
}
