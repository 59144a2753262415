//! What backslashes mean in the texts of CEL.

/// A backslash that means nothing: its bytes from the start of the text.
#[derive(Debug, PartialEq, Eq)]
pub struct BadEscape {
    pub start: usize,
    pub end: usize,
}

/// The text behind its escapes.
pub fn unescape(text: &str) -> Result<String, BadEscape> {
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if next == '\\' {
            let (character, length) = escape(text, at)?;
            result.push(character);
            at += length;
        } else {
            result.push(next);
            at += next.len_utf8();
        }
    }
    Ok(result)
}

/// The character of the escape at `at`, and how many bytes it takes.
fn escape(text: &str, at: usize) -> Result<(char, usize), BadEscape> {
    let rest = text.get(at + 1..).unwrap_or("");
    let letter = rest.chars().next().unwrap_or(' ');
    let bad = BadEscape {
        start: at,
        end: (at + 1 + letter.len_utf8()).min(text.len()),
    };
    let number = |from: usize, length: usize, base| {
        rest.get(from..from + length)
            .filter(|digits| digits.chars().all(|d| d.is_digit(base)))
            .and_then(|digits| u32::from_str_radix(digits, base).ok())
            .and_then(char::from_u32)
            .map(|c| (c, 1 + from + length))
    };
    match letter {
        'x' | 'X' => number(1, 2, 16),
        'u' => number(1, 4, 16),
        'U' => number(1, 8, 16),
        '0'..='3' => number(0, 3, 8),
        _ => simple(letter).map(|c| (c, 2)),
    }
    .ok_or(bad)
}

fn simple(letter: char) -> Option<char> {
    Some(match letter {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\u{7}',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'v' => '\u{b}',
        '\\' | '"' | '\'' | '`' | '?' => letter,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_the_standard() {
        let all = r#"\a\b\f\n\r\t\v\\\"\'\`\?\x41\u00e9\U0001F600\101é"#;
        let text = "\u{7}\u{8}\u{c}\n\r\t\u{b}\\\"'`?Aé😀Aé";
        assert_eq!(unescape(all).unwrap(), text);
        for bad in [
            r"\",
            r"\q",
            r"\x4",
            r"\u12",
            r"\ud800",
            r"\U00110000",
            r"\4",
            r"\18",
            r"\é",
        ] {
            assert!(unescape(bad).is_err(), "{bad}");
        }
    }
}
