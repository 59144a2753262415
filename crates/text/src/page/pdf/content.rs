//! What a page draws: pieces of text with their places.

use super::file::{File, PageObject};
use super::font::Font;
use super::object::{Dict, Lexer, Object};
use std::collections::HashMap;
use std::rc::Rc;

/// Pieces of one page at most.
const MOST_CHUNKS: usize = 500_000;
/// Operators of one page at most, over all forms that it draws.
const MOST_OPERATORS: usize = 5_000_000;
/// Deepest nesting of forms.
const DEEPEST: usize = 8;

/// A piece of text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chunk {
    pub text: String,
    pub x: f64,
    pub y: f64,
    /// Where the next letter would stand.
    pub end: f64,
    /// Height of the letters.
    pub size: f64,
}

/// An affine map `[a b c d e f]`.
type Matrix = [f64; 6];
const SAME: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(m: &Matrix, n: &Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    leading: f64,
    letter_gap: f64,
    word_gap: f64,
    stretch: f64,
}

/// Draws pages into pieces of text.
pub(super) struct Drawer<'f, 'a> {
    file: &'f File<'a>,
    pub chunks: Vec<Chunk>,
    /// Codes whose letter cannot be told.
    pub unmapped: usize,
    fonts: HashMap<u32, Rc<Font>>,
    state: State,
    stack: Vec<State>,
    line: Matrix,
    text: Matrix,
    operators: usize,
}

impl<'f, 'a> Drawer<'f, 'a> {
    pub fn new(file: &'f File<'a>) -> Self {
        Self {
            file,
            chunks: Vec::new(),
            unmapped: 0,
            fonts: HashMap::new(),
            state: State {
                ctm: SAME,
                font: None,
                size: 0.0,
                leading: 0.0,
                letter_gap: 0.0,
                word_gap: 0.0,
                stretch: 1.0,
            },
            stack: Vec::new(),
            line: SAME,
            text: SAME,
            operators: 0,
        }
    }

    /// Draws a page.
    pub fn page(&mut self, page: &PageObject) {
        let mut data = Vec::new();
        match page.dict.get("Contents") {
            Some(reference @ Object::Reference(_)) => match self.file.resolve(reference) {
                Object::Array(list) => list.iter().for_each(|o| self.append(o, &mut data)),
                _ => self.append(reference, &mut data),
            },
            Some(Object::Array(list)) => list.iter().for_each(|o| self.append(o, &mut data)),
            _ => {}
        }
        self.content(&data, &page.resources, 0);
    }

    fn append(&self, object: &Object, data: &mut Vec<u8>) {
        if let Some((_, bytes)) = self.file.stream(object) {
            data.extend(bytes);
            data.push(b'\n');
        }
    }

    fn content(&mut self, data: &[u8], resources: &Dict, depth: usize) {
        let mut lexer = Lexer::new(data, 0);
        let mut operands: Vec<Object> = Vec::new();
        while lexer.at < data.len() && self.operators < MOST_OPERATORS {
            match lexer.value() {
                Some(Object::Word(word)) => {
                    self.operators += 1;
                    if word == "BI" {
                        skip_picture(&mut lexer, data);
                    }
                    self.operator(&word, &operands, resources, depth);
                    operands.clear();
                }
                Some(value) if operands.len() < 64 => operands.push(value),
                Some(_) => {}
                None => lexer.at += 1,
            }
        }
    }

    fn operator(&mut self, word: &str, operands: &[Object], resources: &Dict, depth: usize) {
        let n = |i: usize| operands.get(i).and_then(Object::number).unwrap_or(0.0);
        let matrix = || [n(0), n(1), n(2), n(3), n(4), n(5)];
        match word {
            "q" if self.stack.len() < 256 => self.stack.push(self.state.clone()),
            "Q" => self.state = self.stack.pop().unwrap_or_else(|| self.state.clone()),
            "cm" => self.state.ctm = times(&matrix(), &self.state.ctm),
            "BT" => (self.line, self.text) = (SAME, SAME),
            "Tf" => self.font(operands, resources),
            "TL" => self.state.leading = n(0),
            "Tc" => self.state.letter_gap = n(0),
            "Tw" => self.state.word_gap = n(0),
            "Tz" => self.state.stretch = n(0) / 100.0,
            "Td" => self.move_line(n(0), n(1)),
            "TD" => {
                self.state.leading = -n(1);
                self.move_line(n(0), n(1));
            }
            "Tm" => (self.line, self.text) = (matrix(), matrix()),
            "T*" => self.move_line(0.0, -self.state.leading),
            "Tj" => self.show(operands.first()),
            "'" => {
                self.move_line(0.0, -self.state.leading);
                self.show(operands.first());
            }
            "\"" => {
                (self.state.word_gap, self.state.letter_gap) = (n(0), n(1));
                self.move_line(0.0, -self.state.leading);
                self.show(operands.get(2));
            }
            "TJ" => self.show_spaced(operands.first()),
            "Do" if depth < DEEPEST => self.form(operands, resources, depth),
            _ => {}
        }
    }

    fn move_line(&mut self, x: f64, y: f64) {
        self.line = times(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line);
        self.text = self.line;
    }

    fn font(&mut self, operands: &[Object], resources: &Dict) {
        self.state.size = operands.get(1).and_then(Object::number).unwrap_or(0.0);
        let name = operands.first().and_then(Object::name).unwrap_or("");
        let fonts = self.file.dict(resources.get("Font")).unwrap_or_default();
        self.state.font = match fonts.get(name) {
            Some(Object::Reference(number)) => {
                let (file, number) = (self.file, *number);
                let read = || {
                    let dict = file
                        .dict(Some(&Object::Reference(number)))
                        .unwrap_or_default();
                    Rc::new(Font::read(file, &dict))
                };
                Some(self.fonts.entry(number).or_insert_with(read).clone())
            }
            Some(Object::Dict(dict)) => Some(Rc::new(Font::read(self.file, dict))),
            _ => None,
        };
    }

    fn form(&mut self, operands: &[Object], resources: &Dict, depth: usize) {
        let name = operands.first().and_then(Object::name).unwrap_or("");
        let objects = self.file.dict(resources.get("XObject")).unwrap_or_default();
        let Some((dict, data)) = objects.get(name).and_then(|o| self.file.stream(o)) else {
            return;
        };
        if dict.get("Subtype").and_then(Object::name) != Some("Form") {
            return;
        }
        let own = self.file.dict(dict.get("Resources"));
        let saved = self.state.clone();
        if let Some(Object::Array(m)) = dict.get("Matrix").map(|m| self.file.resolve(m)) {
            let n = |i: usize| m.get(i).and_then(Object::number).unwrap_or(0.0);
            self.state.ctm = times(&[n(0), n(1), n(2), n(3), n(4), n(5)], &self.state.ctm);
        }
        self.content(&data, own.as_ref().unwrap_or(resources), depth + 1);
        self.state = saved;
    }

    fn show_spaced(&mut self, operand: Option<&Object>) {
        let Some(Object::Array(list)) = operand else {
            return;
        };
        for item in list {
            match item {
                Object::Number(n) => {
                    let shift = -n / 1000.0 * self.state.size * self.state.stretch;
                    self.text = times(&[1.0, 0.0, 0.0, 1.0, shift, 0.0], &self.text);
                }
                text => self.show(Some(text)),
            }
        }
    }

    fn show(&mut self, operand: Option<&Object>) {
        let (Some(Object::Text(bytes)), Some(font)) = (operand, self.state.font.clone()) else {
            return;
        };
        let s = &self.state;
        let before = times(&self.text, &s.ctm);
        let (mut text, mut shift) = (String::new(), 0.0);
        for (letter, width, space) in font.codes(bytes) {
            match letter {
                Some(letter) => text.push_str(&letter),
                None => self.unmapped += 1,
            }
            let gap = s.letter_gap + if space { s.word_gap } else { 0.0 };
            shift += (width / 1000.0 * s.size + gap) * s.stretch;
        }
        let size = (s.size * before[2].hypot(before[3])).abs();
        self.text = times(&[1.0, 0.0, 0.0, 1.0, shift, 0.0], &self.text);
        let after = times(&self.text, &self.state.ctm);
        let ok = [before[4], before[5], after[4], size]
            .iter()
            .all(|v| v.is_finite());
        if !text.is_empty() && ok && self.chunks.len() < MOST_CHUNKS {
            self.chunks.push(Chunk {
                text,
                x: before[4],
                y: before[5],
                end: after[4],
                size,
            });
        }
    }
}

/// Skips an inline picture.
fn skip_picture(lexer: &mut Lexer<'_>, data: &[u8]) {
    let mut at = lexer.at;
    while let Some(found) = super::file::find(data, b"EI", at) {
        let blank = |i: usize| data.get(i).is_none_or(|b| b.is_ascii_whitespace());
        at = found + 2;
        if blank(found.wrapping_sub(1)) && blank(at) {
            break;
        }
    }
    lexer.at = at.max(lexer.at);
}
