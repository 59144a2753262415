//! Values of PDF syntax.

use std::collections::HashMap;

/// Deepest nesting of arrays and dictionaries.
const DEEPEST: usize = 40;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Object {
    Null,
    Number(f64),
    Name(String),
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dict(Dict),
    /// An object by number.
    Reference(u32),
    /// An operator or keyword.
    Word(String),
}

pub(super) type Dict = HashMap<String, Object>;

impl Object {
    pub fn number(&self) -> Option<f64> {
        match self {
            Object::Number(n) => Some(*n),
            _ => None,
        }
    }

    pub fn name(&self) -> Option<&str> {
        match self {
            Object::Name(n) => Some(n),
            _ => None,
        }
    }
}

/// Reads values one after the other.
#[derive(Clone)]
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    pub at: usize,
}

impl<'a> Lexer<'a> {
    pub fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub fn skip_blanks(&mut self) {
        while let Some(b) = self.peek() {
            if b == b'%' {
                while self.peek().is_some_and(|b| b != b'\n' && b != b'\r') {
                    self.at += 1;
                }
            } else if is_blank(b) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// The next value; `None` at the end or at a stray closing mark.
    pub fn value(&mut self) -> Option<Object> {
        self.nested(0)
    }

    fn nested(&mut self, depth: usize) -> Option<Object> {
        self.skip_blanks();
        if depth > DEEPEST {
            return None;
        }
        match self.peek()? {
            b'/' => Some(Object::Name(self.name())),
            b'(' => Some(Object::Text(self.string())),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => self.dict(depth),
            b'<' => Some(Object::Text(self.hex())),
            b'[' => self.array(depth),
            b']' | b'>' | b'}' | b'{' | b')' => None,
            b'+' | b'-' | b'.' | b'0'..=b'9' => Some(self.number_or_reference()),
            _ => Some(self.word()),
        }
    }

    fn name(&mut self) -> String {
        self.at += 1;
        let mut out = Vec::new();
        while let Some(b) = self.peek().filter(|b| is_regular(*b)) {
            self.at += 1;
            let pair = self.bytes.get(self.at..self.at + 2);
            match pair.and_then(|p| Some((hex_digit(p[0])?, hex_digit(p[1])?))) {
                Some((high, low)) if b == b'#' => {
                    out.push(high * 16 + low);
                    self.at += 2;
                }
                _ => out.push(b),
            }
        }
        String::from_utf8_lossy(&out).into_owned()
    }

    fn string(&mut self) -> Vec<u8> {
        self.at += 1;
        let (mut out, mut depth) = (Vec::new(), 1);
        while let Some(b) = self.peek() {
            self.at += 1;
            match b {
                b'(' => depth += 1,
                b')' => depth -= 1,
                b'\\' => {
                    self.escape(&mut out);
                    continue;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
            out.push(b);
        }
        out
    }

    fn escape(&mut self, out: &mut Vec<u8>) {
        let Some(b) = self.peek() else { return };
        self.at += 1;
        match b {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' | b'f' => out.push(b' '),
            b'\r' => self.at += usize::from(self.peek() == Some(b'\n')),
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(b - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(d @ b'0'..=b'7') => {
                            code = code * 8 + u32::from(d - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                out.push(code as u8);
            }
            other => out.push(other),
        }
    }

    fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut digits = Vec::new();
        while let Some(b) = self.peek() {
            self.at += 1;
            if b == b'>' {
                break;
            }
            digits.extend(hex_digit(b));
        }
        digits
            .chunks(2)
            .map(|c| c[0] * 16 + c.get(1).copied().unwrap_or(0))
            .collect()
    }

    fn array(&mut self, depth: usize) -> Option<Object> {
        self.at += 1;
        let mut out = Vec::new();
        loop {
            self.skip_blanks();
            match self.peek()? {
                b']' => {
                    self.at += 1;
                    return Some(Object::Array(out));
                }
                _ => match self.nested(depth + 1) {
                    Some(value) => out.push(value),
                    None => self.at += 1,
                },
            }
        }
    }

    fn dict(&mut self, depth: usize) -> Option<Object> {
        self.at += 2;
        let mut out = Dict::new();
        loop {
            self.skip_blanks();
            match self.peek()? {
                b'>' => {
                    self.at += 1 + usize::from(self.bytes.get(self.at + 1) == Some(&b'>'));
                    return Some(Object::Dict(out));
                }
                b'/' => {
                    let key = self.name();
                    if let Some(value) = self.nested(depth + 1) {
                        out.insert(key, value);
                    }
                }
                _ => match self.nested(depth + 1) {
                    // `endobj` inside a dictionary: its end is missing
                    Some(Object::Word(w)) if w.starts_with("end") => {
                        return Some(Object::Dict(out));
                    }
                    Some(_) => {}
                    None => self.at += 1,
                },
            }
        }
    }

    fn number_or_reference(&mut self) -> Object {
        let first = self.number();
        let back = self.at;
        if first.fract() == 0.0 && (0.0..=8_388_607.0).contains(&first) && self.reference_follows()
        {
            return Object::Reference(first as u32);
        }
        self.at = back;
        Object::Number(first)
    }

    fn reference_follows(&mut self) -> bool {
        self.skip_blanks();
        let digits = self.digits();
        let ok = (1..=5).contains(&digits);
        self.skip_blanks();
        let r = self.peek() == Some(b'R');
        let ends = self.bytes.get(self.at + 1).is_none_or(|b| !is_regular(*b));
        self.at += 1;
        ok && r && ends
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_digit()) && self.at - start < 12 {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> f64 {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|b| matches!(b, b'+' | b'-' | b'.' | b'0'..=b'9'))
        {
            self.at += 1;
        }
        let text = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or("0");
        text.parse().unwrap_or(0.0)
    }

    fn word(&mut self) -> Object {
        let start = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        if self.at == start {
            self.at += 1;
        }
        match &self.bytes[start..self.at] {
            b"null" => Object::Null,
            word => Object::Word(String::from_utf8_lossy(word).into_owned()),
        }
    }
}

fn is_blank(b: u8) -> bool {
    matches!(b, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_regular(b: u8) -> bool {
    !is_blank(b)
        && !matches!(
            b,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
        )
}

fn hex_digit(b: u8) -> Option<u8> {
    (b as char).to_digit(16).map(|d| d as u8)
}
