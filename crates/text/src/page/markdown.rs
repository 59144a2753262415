//! Blocks of plain text and Markdown.

use super::blocks::{Block, Hint};
use std::ops::Range;

/// Splits a text into blocks, in one pass over its lines.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut out = Vec::new();
    let mut open: Option<Range<usize>> = None;
    for line in lines(text) {
        let content = text.get(line.clone()).unwrap_or("");
        let trimmed = content.trim();
        if trimmed.is_empty() {
            close(text, &mut open, &mut out);
        } else if heading_level(trimmed) > 0 {
            close(text, &mut open, &mut out);
            out.push(heading(text, line));
        } else if let (Some(level), Some(title)) = (underline(trimmed), &open)
            && one_line(text, title)
        {
            let span = title.start..line.end;
            open = None;
            out.push(block(text, span, Hint::Heading(level)));
        } else {
            let start = open.as_ref().map_or(line.start, |o| o.start);
            open = Some(start..line.end);
        }
    }
    close(text, &mut open, &mut out);
    out
}

/// Byte ranges of the lines, without their ends.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some(start..start + line.trim_end_matches(['\n', '\r']).len())
    })
}

fn heading_level(line: &str) -> u8 {
    let hashes = line.bytes().take_while(|b| *b == b'#').count();
    let rest = line.as_bytes().get(hashes);
    if (1..=6).contains(&hashes) && rest.is_some_and(u8::is_ascii_whitespace) {
        hashes as u8
    } else {
        0
    }
}

/// `===` under a line makes it a heading of the first level, `---` of the second.
fn underline(line: &str) -> Option<u8> {
    let all = |c: u8| line.len() >= 3 && line.bytes().all(|b| b == c);
    match () {
        () if all(b'=') => Some(1),
        () if all(b'-') => Some(2),
        () => None,
    }
}

fn one_line(text: &str, span: &Range<usize>) -> bool {
    !text.get(span.clone()).unwrap_or("\n").trim().contains('\n')
}

fn heading(text: &str, line: Range<usize>) -> Block {
    let level = heading_level(text.get(line.clone()).unwrap_or("").trim());
    block(text, line, Hint::Heading(level))
}

fn close(text: &str, open: &mut Option<Range<usize>>, out: &mut Vec<Block>) {
    if let Some(span) = open.take() {
        out.push(block(text, span, Hint::Text));
    }
}

/// Trims the span to what is not white space and takes the markup off.
fn block(text: &str, span: Range<usize>, hint: Hint) -> Block {
    let raw = text.get(span.clone()).unwrap_or("");
    let start = span.start + (raw.len() - raw.trim_start().len());
    let end = span.start + raw.trim_end().len();
    let mut body = text.get(start..end.max(start)).unwrap_or("");
    if let Hint::Heading(level) = hint {
        body = body.trim_start_matches('#').trim();
        if level <= 2 {
            body = body.trim_end_matches(['=', '-']).trim_end();
        }
    }
    let mut block = Block {
        span: start..end.max(start),
        text: String::new(),
        hint,
        links: Vec::new(),
        ends_with_link: false,
    };
    inline(&joined(body), &mut block);
    if body.starts_with("![") {
        block.hint = Hint::Caption;
    }
    block
}

/// Wrapped lines become one; a line that ends with two spaces or a backslash is broken on
/// purpose, and so is one before a short last line (a by-line over a role).
fn joined(body: &str) -> String {
    let lines: Vec<&str> = body.lines().collect();
    let longest = lines.iter().map(|l| l.trim().len()).max().unwrap_or(0);
    let short = longest < 60;
    let mut out = String::with_capacity(body.len());
    for (i, line) in lines.iter().enumerate() {
        let hard = line.ends_with("  ") || line.ends_with('\\') || short;
        out.push_str(line.trim().trim_end_matches('\\'));
        if i + 1 < lines.len() {
            out.push(if hard { '\n' } else { ' ' });
        }
    }
    out
}

/// Takes links, images and emphasis marks apart.
fn inline(body: &str, block: &mut Block) {
    let mut rest = body;
    while let Some(c) = rest.chars().next() {
        if let Some(link) = rest.strip_prefix('!').and_then(link).or_else(|| link(rest)) {
            let skip = usize::from(rest.starts_with('!'));
            block.text.push_str(link.text);
            block.links.push(link.text.to_string());
            rest = rest.get(skip + link.length..).unwrap_or("");
            block.ends_with_link = true;
            continue;
        }
        let width = c.len_utf8();
        let doubled = rest.starts_with("**") || rest.starts_with("__");
        if doubled {
            rest = &rest[2..];
            continue;
        }
        if !c.is_whitespace() {
            block.ends_with_link = false;
        }
        block.text.push(c);
        rest = rest.get(width..).unwrap_or("");
    }
}

struct Link<'a> {
    text: &'a str,
    length: usize,
}

/// Longest link text and address that are looked for, so that stray brackets stay cheap.
const LONGEST_LINK: usize = 1000;

/// `[text](address)` at the start.
fn link(rest: &str) -> Option<Link<'_>> {
    let inner = rest.strip_prefix('[')?;
    let window = floor(inner, LONGEST_LINK);
    let close = window.find(']')?;
    let after = inner.get(close + 1..)?.strip_prefix('(')?;
    let end = floor(after, LONGEST_LINK).find(')')?;
    Some(Link {
        text: inner.get(..close)?,
        length: 1 + close + 2 + end + 1,
    })
}

/// The first `most` bytes, cut back to a whole character.
fn floor(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_paragraphs_and_links() {
        let got = blocks(
            "# One\n\nTwo lines of a paragraph that is long enough to have been wrapped\nby hand.\n\nBy A B  \nrole\n\nUnder\n===\nend [x](http://y)\n",
        );
        let texts: Vec<&str> = got.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(texts[0], "One");
        assert!(texts[1].contains("wrapped by hand"));
        assert_eq!(texts[2], "By A B\nrole");
        assert_eq!((texts[3], got[3].hint), ("Under", Hint::Heading(1)));
        assert_eq!((texts[4], got[4].ends_with_link), ("end x", true));
    }

    #[test]
    fn stray_brackets_are_text() {
        assert_eq!(blocks("a [b](c")[0].text, "a [b](c");
        assert_eq!(blocks("[".repeat(5).as_str())[0].text, "[[[[[");
    }
}
