//! Where the text of a TOML string stands in its file.

use raison_core::Span;
use raison_core::predicate::Place;

/// The place of a predicate that a TOML file holds as a string. `raw` is the string as it
/// stands there with its quotes, `span` is where, `text` is its value. Where the two do
/// not fit together, every part of the predicate is placed at the whole string.
pub fn place_in_toml(raw: &str, span: Span, text: &str) -> Place {
    let mut walk = Walk {
        raw,
        raw_at: 0,
        text_at: 0,
        jumps: Vec::new(),
    };
    if walk.string().is_some() && walk.text_at == text.len() {
        let jumps = walk.jumps.into_iter();
        Place::mapped(span, jumps.map(|(t, r)| (t as u32, r as u32)).collect())
    } else {
        Place::whole(span)
    }
}

struct Walk<'a> {
    raw: &'a str,
    raw_at: usize,
    text_at: usize,
    jumps: Vec<(usize, usize)>,
}

impl Walk<'_> {
    fn rest(&self) -> &str {
        self.raw.get(self.raw_at..).unwrap_or("")
    }

    /// The whole string; `None` where it is none.
    fn string(&mut self) -> Option<()> {
        let quote = ["'''", "\"\"\"", "'", "\""]
            .into_iter()
            .find(|q| self.raw.len() >= 2 * q.len() && self.raw.starts_with(q))?;
        let end = self.raw.len() - quote.len();
        (self.raw.get(end..)? == quote).then_some(())?;
        self.raw_at = quote.len();
        if quote.len() == 3 {
            self.skip_line_break();
        }
        self.jump();
        let escapes = quote.starts_with('"');
        while self.raw_at < end {
            self.step(escapes)?;
        }
        Some(())
    }

    fn jump(&mut self) {
        self.jumps.push((self.text_at, self.raw_at));
    }

    fn skip_line_break(&mut self) {
        let rest = self.rest();
        let length =
            usize::from(rest.starts_with('\n')) + 2 * usize::from(rest.starts_with("\r\n"));
        self.raw_at += length;
    }

    fn step(&mut self, escapes: bool) -> Option<()> {
        let next = self.rest().chars().next()?;
        if next == '\\' && escapes {
            return self.escape();
        }
        self.raw_at += next.len_utf8();
        self.text_at += next.len_utf8();
        Some(())
    }

    fn escape(&mut self) -> Option<()> {
        let rest = self.rest();
        let (raw, text) = match rest.chars().nth(1)? {
            'u' => (6, hex(rest.get(2..6)?)?),
            'U' => (10, hex(rest.get(2..10)?)?),
            'x' => (4, hex(rest.get(2..4)?)?),
            c if c.is_ascii_whitespace() => {
                let blank = rest.get(1..)?.len() - rest.get(1..)?.trim_ascii_start().len();
                (1 + blank, 0)
            }
            _ => (2, 1),
        };
        self.raw_at += raw;
        self.text_at += text;
        self.jump();
        Some(())
    }
}

/// How many bytes the character of a hexadecimal number takes.
fn hex(digits: &str) -> Option<usize> {
    let number = u32::from_str_radix(digits, 16).ok()?;
    char::from_u32(number).map(char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use raison_core::FileId;

    /// The part of the file for each occurrence of `x` in the value of `when`.
    fn shown(file: &str) -> Vec<String> {
        let table = toml::de::DeTable::parse(file).unwrap().into_inner();
        let value = table.get("when").unwrap();
        let range = value.span();
        let span = Span::new(FileId(0), range.start, range.end);
        let text = value.get_ref().as_str().unwrap();
        let place = place_in_toml(&file[range], span, text);
        text.match_indices('x')
            .map(|(at, _)| place.part(at as u32, at as u32 + 1))
            .map(|s| file[s.start as usize..s.end as usize].to_owned())
            .collect()
    }

    #[test]
    fn every_kind_of_string_is_followed() {
        for file in [
            "when = 'x > 1 && x < 3'",
            "when = \"x == \\\"é\\\" && x < 3\"",
            "when = '''\nx > 1\n  && x < 3'''",
            "when = \"\"\"\nx > 1 \\\n   \\u00e9 && x\"\"\"",
            "when = \"\"\"x \\U0001F600 \\\\ x\"\"\"",
            "when = \"\"\"\r\nx > 1 && x\"\"\"",
        ] {
            assert_eq!(shown(file), ["x", "x"], "{file}");
        }
    }

    #[test]
    fn what_does_not_fit_is_placed_as_a_whole() {
        let span = Span::new(FileId(0), 5, 9);
        for raw in ["", "'", "x", "'a", "\"\\q", "\"\\u12\"", "'''a'", "'é'"] {
            assert_eq!(place_in_toml(raw, span, "longer"), Place::whole(span));
        }
    }
}
