//! Words of users made fit to print: cleaned, measured, wrapped, cut.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The text without control and direction-changing characters, on one line.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() || steers(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Characters that reorder what stands around them.
fn steers(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Columns that the text takes on a terminal.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// The text in lines of at most `columns`. Words that are longer are broken, after a
/// mark of punctuation where there is one.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        for piece in pieces(&word, columns) {
            if !line.is_empty() && width(&line) + 1 + width(&piece) > columns {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&piece);
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Words, with a number kept together with the sign or unit after it.
fn words(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_ascii_whitespace() {
        match out.last_mut() {
            Some(last) if word == "%" => {
                last.push('\u{a0}');
                last.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    out
}

fn pieces(word: &str, columns: usize) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = word;
    while width(rest) > columns {
        let at = break_at(rest, columns);
        out.push(rest[..at].to_owned());
        rest = &rest[at..];
    }
    if !rest.is_empty() {
        out.push(rest.to_owned());
    }
    out
}

/// Where to break a word that is too long: after the last mark in its second half, or
/// where the room ends.
fn break_at(word: &str, columns: usize) -> usize {
    let (mut used, mut end, mut mark) = (0, 0, None);
    for (i, c) in word.char_indices() {
        used += c.width().unwrap_or(0);
        if used > columns && end > 0 {
            break;
        }
        end = i + c.len_utf8();
        if matches!(c, '/' | '.' | ':' | '-' | '_' | ',') && used * 2 > columns {
            mark = Some(end);
        }
    }
    mark.unwrap_or(end)
}

/// The text cut to `columns`, with `…` where something is left out.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// The id of a lens cut to a column head, with a full stop where letters are left out; of
/// a variant, what distinguishes it.
pub(crate) fn abbreviate(id: &str, columns: usize) -> String {
    if width(id) <= columns {
        return id.to_owned();
    }
    let id = id.split_once(':').map_or(id, |(_, variant)| variant);
    if width(id) <= columns {
        return id.to_owned();
    }
    let kept: String = id.chars().take(columns.saturating_sub(1)).collect();
    format!("{kept}.")
}

/// The text ended with a full stop where it has no end mark.
pub(crate) fn sentence(text: &str) -> String {
    let text = crate::figures::typeset(&clean(text.trim()));
    let core = text.trim_end_matches([')', '”', '"', '’']);
    if text.is_empty() || core.ends_with(['.', '?', '!', '…']) {
        return text;
    }
    format!("{text}.")
}

/// A date as `20 October 1962`.
pub(crate) fn day(date: raison_core::Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(date.month() - 1)
        .ok()
        .and_then(|m| MONTHS.get(m));
    format!("{} {} {}", date.day(), month.unwrap_or(&"?"), date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_broken_at_marks() {
        let path = "alternatives.blockade.outcomes.accepts.probability";
        let lines = wrap(path, 30);
        assert!(lines.iter().all(|l| width(l) <= 30), "{lines:?}");
        assert_eq!(lines[0], "alternatives.blockade.");
        assert_eq!(lines.concat(), path);
        assert!(
            wrap("ありがとうございます", 7)
                .iter()
                .all(|l| width(l) <= 7)
        );
        assert_eq!(wrap("", 10), [""]);
        assert_eq!(wrap("a b", 0), ["a", "b"]);
    }

    #[test]
    fn a_wide_character_in_one_column_ends() {
        assert_eq!(wrap("日本", 1), ["日", "本"]);
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\nc\u{202e}"), "a\u{fffd}[31mb c\u{fffd}");
    }

    #[test]
    fn cutting_says_so() {
        assert_eq!(cut("blockade", 8), "blockade");
        assert_eq!(cut("blockade", 5), "bloc…");
        assert_eq!(abbreviate("organizational", 6), "organ.");
        assert_eq!(abbreviate("governmental:median", 9), "median");
        assert_eq!(abbreviate("governmental:kalai-smorodinsky", 9), "kalai-sm.");
        assert_eq!(sentence("it was so"), "it was so.");
        assert_eq!(sentence("(it was so.)"), "(it was so.)");
        assert_eq!(sentence("so (0.5)"), "so (0.5).");
    }
}
