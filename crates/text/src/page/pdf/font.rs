//! What the codes of a font stand for, and how wide they are.

use super::file::File;
use super::object::{Dict, Lexer, Object};
use std::collections::HashMap;

/// A font's codes.
#[derive(Clone, Debug, Default)]
pub(super) struct Font {
    /// Bytes of one code.
    two_bytes: bool,
    unicode: HashMap<u32, String>,
    /// Simple fonts without map: letters by code.
    simple: bool,
    widths: HashMap<u32, f64>,
    default_width: f64,
}

/// Ranges of a map may hold so many codes altogether.
const MOST_CODES: usize = 200_000;

impl Font {
    pub fn read(file: &File<'_>, dict: &Dict) -> Font {
        let composite = dict.get("Subtype").and_then(Object::name) == Some("Type0");
        let mut font = Font {
            two_bytes: composite,
            simple: !composite,
            default_width: if composite { 1000.0 } else { 500.0 },
            ..Font::default()
        };
        font.encoding(file, dict);
        if let Some((_, map)) = dict.get("ToUnicode").and_then(|m| file.stream(m)) {
            font.map(&map);
        }
        match composite {
            true => font.composite_widths(file, dict),
            false => font.simple_widths(file, dict),
        }
        font
    }

    /// Named encodings and their differences.
    fn encoding(&mut self, file: &File<'_>, dict: &Dict) {
        let Some(Object::Dict(encoding)) = dict.get("Encoding").map(|e| file.resolve(e)) else {
            return;
        };
        let Some(Object::Array(list)) = encoding.get("Differences").map(|d| file.resolve(d)) else {
            return;
        };
        let mut code = 0u32;
        for item in list {
            match item {
                Object::Number(n) => code = n.max(0.0) as u32,
                Object::Name(name) => {
                    if let Some(text) = glyph(&name) {
                        self.unicode.insert(code, text);
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
    }

    /// A `ToUnicode` map: `bfchar` pairs and `bfrange` triples.
    fn map(&mut self, map: &[u8]) {
        let mut lexer = Lexer::new(map, 0);
        let mut stack: Vec<Object> = Vec::new();
        while lexer.at < map.len() {
            match lexer.value() {
                Some(Object::Word(word)) => {
                    match word.as_str() {
                        "endbfchar" => self.pairs(&stack),
                        "endbfrange" => self.ranges(&stack),
                        "endcodespacerange" => {
                            let long = |o: &Object| matches!(o, Object::Text(t) if t.len() == 2);
                            self.two_bytes = stack.iter().any(long);
                        }
                        _ => {}
                    }
                    stack.clear();
                }
                Some(value) => stack.push(value),
                None => lexer.at += 1,
            }
        }
    }

    fn pairs(&mut self, stack: &[Object]) {
        for pair in stack.chunks_exact(2) {
            if let [Object::Text(code), Object::Text(text)] = pair {
                self.put(number(code), utf16(text));
            }
        }
    }

    fn put(&mut self, code: u32, text: String) {
        if self.unicode.len() < MOST_CODES {
            self.unicode.insert(code, text);
        }
    }

    fn ranges(&mut self, stack: &[Object]) {
        for triple in stack.chunks_exact(3) {
            let [Object::Text(low), Object::Text(high), to] = triple else {
                continue;
            };
            let (low, high) = (number(low), number(high).min(number(low) + 0xffff));
            match to {
                Object::Text(first) => {
                    let mut units: Vec<u8> = first.clone();
                    for code in low..=high {
                        self.put(code, utf16(&units));
                        increment(&mut units);
                    }
                }
                Object::Array(list) => {
                    for (code, text) in (low..=high).zip(list) {
                        if let Object::Text(text) = text {
                            self.put(code, utf16(text));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn simple_widths(&mut self, file: &File<'_>, dict: &Dict) {
        let first = dict
            .get("FirstChar")
            .and_then(Object::number)
            .unwrap_or(0.0)
            .max(0.0) as u32;
        if let Some(Object::Array(list)) = dict.get("Widths").map(|w| file.resolve(w)) {
            for (i, width) in list.iter().enumerate() {
                if let Some(width) = file.resolve(width).number() {
                    self.widths.insert(first.saturating_add(i as u32), width);
                }
            }
        }
    }

    fn composite_widths(&mut self, file: &File<'_>, dict: &Dict) {
        let Some(Object::Array(list)) = dict.get("DescendantFonts").map(|d| file.resolve(d)) else {
            return;
        };
        let Some(inner) = file.dict(list.first()) else {
            return;
        };
        if let Some(width) = inner.get("DW").and_then(Object::number) {
            self.default_width = width;
        }
        let Some(Object::Array(widths)) = inner.get("W").map(|w| file.resolve(w)) else {
            return;
        };
        let mut items = widths.iter().map(|w| file.resolve(w));
        while let Some(first) = items.next().and_then(|f| f.number()) {
            let first = first.max(0.0) as u32;
            match items.next() {
                Some(Object::Array(list)) => {
                    for (i, width) in list.iter().filter_map(Object::number).enumerate() {
                        self.widths.insert(first.saturating_add(i as u32), width);
                    }
                }
                Some(Object::Number(last)) => {
                    let width = items
                        .next()
                        .and_then(|w| w.number())
                        .unwrap_or(self.default_width);
                    let last = (last.max(0.0) as u32).min(first.saturating_add(0xffff));
                    (first..=last).for_each(|code| {
                        self.widths.insert(code, width);
                    });
                }
                _ => return,
            }
        }
    }

    /// Codes of a string with their text (`None` if it cannot be told), width in thousandths and
    /// whether the code is a one-byte space.
    pub fn codes<'f>(
        &'f self,
        text: &'f [u8],
    ) -> impl Iterator<Item = (Option<String>, f64, bool)> + 'f {
        let size = if self.two_bytes { 2 } else { 1 };
        text.chunks(size).map(move |chunk| {
            let code = number(chunk);
            let width = self
                .widths
                .get(&code)
                .copied()
                .unwrap_or(self.default_width);
            (self.letter(code), width, size == 1 && code == 32)
        })
    }

    fn letter(&self, code: u32) -> Option<String> {
        if let Some(text) = self.unicode.get(&code) {
            return Some(text.clone());
        }
        let byte = u8::try_from(code)
            .ok()
            .filter(|b| self.simple && *b >= 32)?;
        crate::decode::decode(&[byte, b'x'])
            .0
            .chars()
            .next()
            .map(String::from)
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |n, b| n << 8 | u32::from(*b))
}

fn utf16(bytes: &[u8]) -> String {
    let units = bytes
        .chunks_exact(2)
        .map(|c| u16::from_be_bytes([c[0], c[1]]));
    let all = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
    all.filter(|c| *c != '\0').collect()
}

fn increment(bytes: &mut [u8]) {
    for b in bytes.iter_mut().rev() {
        *b = b.wrapping_add(1);
        if *b != 0 {
            return;
        }
    }
}

/// The text of a glyph name.
fn glyph(name: &str) -> Option<String> {
    let plain = name.split('.').next().unwrap_or(name);
    if plain.chars().count() == 1 {
        return Some(plain.to_string());
    }
    let hex = plain.strip_prefix("uni").or(plain.strip_prefix('u'));
    if let Some(c) = hex
        .and_then(|h| u32::from_str_radix(h.get(..4)?, 16).ok())
        .and_then(char::from_u32)
    {
        return Some(c.to_string());
    }
    GLYPHS
        .iter()
        .find(|(n, _)| *n == plain)
        .map(|(_, t)| t.to_string())
}

const GLYPHS: [(&str, &str); 66] = [
    ("space", " "),
    ("exclam", "!"),
    ("quotedbl", "\""),
    ("numbersign", "#"),
    ("dollar", "$"),
    ("percent", "%"),
    ("ampersand", "&"),
    ("quotesingle", "'"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("asterisk", "*"),
    ("plus", "+"),
    ("comma", ","),
    ("hyphen", "-"),
    ("period", "."),
    ("slash", "/"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("colon", ":"),
    ("semicolon", ";"),
    ("less", "<"),
    ("equal", "="),
    ("greater", ">"),
    ("question", "?"),
    ("at", "@"),
    ("bracketleft", "["),
    ("bracketright", "]"),
    ("underscore", "_"),
    ("quoteleft", "‘"),
    ("quoteright", "’"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("endash", "–"),
    ("emdash", "—"),
    ("bullet", "•"),
    ("ellipsis", "…"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("ecircumflex", "ê"),
    ("agrave", "à"),
    ("aacute", "á"),
    ("adieresis", "ä"),
    ("odieresis", "ö"),
    ("udieresis", "ü"),
    ("germandbls", "ß"),
    ("ccedilla", "ç"),
    ("ntilde", "ñ"),
    ("iacute", "í"),
    ("oacute", "ó"),
    ("uacute", "ú"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("minus", "−"),
];
