//! The little Markdown of explanation pages as terminal text, at 80 columns.

use crate::output::bold;

const WIDTH: usize = 80;

/// Renders headings, paragraphs, lists and fenced blocks; anything else stays as it is.
pub fn render(text: &str) -> String {
    let mut out = String::new();
    let mut block: Option<Block> = None;
    let mut fenced = false;
    for line in text.lines() {
        if let Some(info) = line.strip_prefix("```") {
            flush(&mut block, &mut out);
            if !fenced && let Some(note) = note(info) {
                out.push_str(&format!("{note}\n"));
            }
            fenced = !fenced;
        } else if fenced {
            verbatim(&format!("    {line}"), &mut out);
        } else {
            plain(line, &mut block, &mut out);
        }
    }
    flush(&mut block, &mut out);
    out
}

/// What is said above a fenced example.
fn note(info: &str) -> Option<&'static str> {
    match info.split_whitespace().nth(1)? {
        "bad" => Some("Wrong:"),
        "good" => Some("Right:"),
        _ => None,
    }
}

/// A line that keeps its blanks. Where it is too long it goes on below, further in; a
/// command says so with a backslash.
fn verbatim(line: &str, out: &mut String) {
    let mut line = line.trim_end().to_owned();
    let margin = line.len() - line.trim_start().len();
    let command = line[margin..].starts_with("$ ");
    let room = if command { WIDTH - 2 } else { WIDTH };
    while line.chars().count() > WIDTH {
        let end = line.char_indices().nth(room).map_or(line.len(), |(i, _)| i);
        let blank = match line[end..].starts_with(' ') {
            true => Some(end),
            false => line[..end].rfind(' '),
        };
        let blank = blank.filter(|at| !line[..*at].trim().is_empty());
        let at = blank.unwrap_or(end);
        out.push_str(line[..at].trim_end());
        out.push_str(if command { " \\\n" } else { "\n" });
        let rest = line[at..].trim_start();
        line = format!("{}{rest}", " ".repeat(margin + 4));
    }
    out.push_str(&line);
    out.push('\n');
}

/// Lines that are wrapped as one, the first after `lead`, the others indented alike.
struct Block {
    lead: String,
    words: String,
}

fn plain(line: &str, block: &mut Option<Block>, out: &mut String) {
    let trimmed = line.trim_start();
    if trimmed.is_empty() {
        flush(block, out);
        out.push('\n');
    } else if let Some(heading) = trimmed.strip_prefix('#') {
        flush(block, out);
        out.push_str(&bold(heading.trim_start_matches('#').trim()));
        out.push('\n');
    } else if trimmed.starts_with('|') || line.starts_with("    ") {
        flush(block, out);
        verbatim(line, out);
    } else if let Some(lead) = lead(trimmed) {
        flush(block, out);
        let words = trimmed.get(lead.len()..).unwrap_or("").to_owned();
        *block = Some(Block { lead, words });
    } else {
        let block = block.get_or_insert_with(|| Block {
            lead: String::new(),
            words: String::new(),
        });
        block.words.push(' ');
        block.words.push_str(trimmed);
    }
}

/// The mark of a list item with its blank.
fn lead(line: &str) -> Option<String> {
    if line.starts_with("- ") {
        return Some("- ".to_owned());
    }
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let rest = line.get(digits..)?;
    (digits > 0 && rest.starts_with(". ")).then(|| line[..digits + 2].to_owned())
}

fn flush(block: &mut Option<Block>, out: &mut String) {
    let Some(block) = block.take() else { return };
    let indent = " ".repeat(block.lead.chars().count());
    let room = WIDTH - indent.len().min(WIDTH / 2);
    for (at, line) in wrap(&block.words, room).iter().enumerate() {
        out.push_str(if at == 0 { &block.lead } else { &indent });
        out.push_str(line);
        out.push('\n');
    }
}

/// A text in lines of at most `room` characters, broken between words.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last().map_or(0, |l| l.chars().count());
        if line > 0 && line + 1 + word.chars().count() > room {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_wrap_and_fences_do_not() {
        let text = render("a b\nc\n\n- item\n  more\n\n```toml bad\nx  =  1\n```\n");
        assert_eq!(text, "a b c\n\n- item more\n\nWrong:\n    x  =  1\n");
        let formula = format!("    {} {}", "x".repeat(70), "y".repeat(20));
        let expected = format!("    {}\n        {}\n", "x".repeat(70), "y".repeat(20));
        assert_eq!(render(&formula), expected);
        let brackets = render(&format!("```toml\n{}\n```\n", "é[".repeat(90)));
        assert!(brackets.lines().all(|l| l.chars().count() <= WIDTH));
        let command = render(&format!("    $ raison {}", "--lens leader ".repeat(9)));
        assert!(command.lines().next().is_some_and(|l| l.ends_with(" \\")));
        let long = render(&"word ".repeat(40));
        assert!(long.lines().all(|l| l.chars().count() <= WIDTH));
    }
}
