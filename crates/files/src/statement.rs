//! Statements about options: `withdraw and not escalate`, `a if b`, `a iff b`.

use crate::suggest::{did_you_mean, listed};
use raison_core::{Code, Diagnostic, Problems, Span};
use raison_games::conflict::Statement;

/// A statement cannot be read.
pub const BAD_STATEMENT: Code = Code("R2041");
/// Nesting of brackets at most.
const DEEPEST: usize = 60;

/// Reads a statement about `options`, standing in quotes at `span`.
pub fn parse(
    text: &str,
    span: Span,
    options: &[String],
    problems: &mut Problems,
) -> Option<Statement> {
    let mut reader = Reader {
        words: split(text),
        at: 0,
        end: text.len(),
        span,
        options,
        problems,
    };
    let statement = reader.condition(0)?;
    if reader.at < reader.words.len() {
        reader.wrong("a word that continues the statement is wanted: `and`, `or`, `if`, `iff`");
        return None;
    }
    Some(statement)
}

fn split(text: &str) -> Vec<(String, usize)> {
    let mut out: Vec<(String, usize)> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let name = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        if name(c) {
            let mut word = c.to_string();
            while let Some((_, c)) = chars.next_if(|(_, c)| name(*c)) {
                word.push(c);
            }
            out.push((word, start));
        } else if !c.is_whitespace() {
            out.push((c.to_string(), start));
        }
    }
    out
}

struct Reader<'a> {
    words: Vec<(String, usize)>,
    at: usize,
    end: usize,
    span: Span,
    options: &'a [String],
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn word(&self) -> &str {
        self.words.get(self.at).map_or("", |w| w.0.as_str())
    }

    fn skip(&mut self, words: &[&str]) -> bool {
        let hit = words.contains(&self.word());
        self.at += usize::from(hit);
        hit
    }

    /// The place of the next word: one past the opening quote.
    fn place(&self) -> Span {
        let (start, length) = self
            .words
            .get(self.at)
            .map_or((self.end, 0), |w| (w.1, w.0.len()));
        self.span.part(start + 1, start + 1 + length)
    }

    fn wrong(&mut self, what: &str) {
        let problem = Diagnostic::error(BAD_STATEMENT, what).at(self.place(), "here");
        let known = listed(self.options.iter().map(String::as_str));
        self.problems
            .push(problem.help(format!("options here: {known}")));
    }

    fn condition(&mut self, depth: usize) -> Option<Statement> {
        let first = self.any(depth)?;
        if self.skip(&["iff"]) {
            let second = self.any(depth)?;
            return Some(Statement::Iff(Box::new(first), Box::new(second)));
        }
        if self.skip(&["if"]) {
            let second = self.any(depth)?;
            return Some(Statement::If(Box::new(first), Box::new(second)));
        }
        Some(first)
    }

    fn any(&mut self, depth: usize) -> Option<Statement> {
        let mut list = vec![self.all(depth)?];
        while self.skip(&["or", "|"]) {
            list.push(self.all(depth)?);
        }
        if list.len() == 1 {
            list.pop()
        } else {
            Some(Statement::Any(list))
        }
    }

    fn all(&mut self, depth: usize) -> Option<Statement> {
        let mut list = vec![self.one(depth)?];
        while self.skip(&["and", "&"]) {
            list.push(self.one(depth)?);
        }
        if list.len() == 1 {
            list.pop()
        } else {
            Some(Statement::All(list))
        }
    }

    fn one(&mut self, depth: usize) -> Option<Statement> {
        if depth > DEEPEST {
            self.wrong("the statement is nested too deeply");
            return None;
        }
        if self.skip(&["not", "!"]) {
            return Some(Statement::Not(Box::new(self.one(depth + 1)?)));
        }
        if self.skip(&["("]) {
            let inner = self.condition(depth + 1)?;
            if !self.skip(&[")"]) {
                self.wrong("`)` is wanted");
                return None;
            }
            return Some(inner);
        }
        if let Some(k) = self.options.iter().position(|o| o == self.word()) {
            self.at += 1;
            return Some(Statement::Taken(k));
        }
        self.unknown();
        None
    }

    fn unknown(&mut self) {
        let word: String = self.word().chars().take(60).collect();
        if word.is_empty() {
            self.wrong("an option is wanted where the statement ends");
            return;
        }
        let near = did_you_mean(&word, self.options.iter().map(String::as_str));
        let problem = Diagnostic::error(BAD_STATEMENT, format!("`{word}` is not an option"));
        let known = listed(self.options.iter().map(String::as_str));
        let problem = problem.at(self.place(), "").help_if(near);
        self.problems
            .push(problem.help(format!("options here: {known}")));
    }
}
