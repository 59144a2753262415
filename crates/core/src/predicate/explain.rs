//! Why a predicate holds or does not: its parts with the values that they read.

use std::fmt::{self, Write as _};

use super::builder::Bytes;
use super::code::{Bool, BoolId, ListId, Number, NumberId, Program, Quantifier};
use super::eval::{EvalError, Walk};
use super::slots::{Cell, Slots};
use super::vocabulary::Slot;
use crate::span::Span;

/// What came out of a part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    /// True or false.
    Bool(bool),
    /// A number.
    Number(f64),
    /// No value.
    Error(EvalError),
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Bool(value) => write!(f, "{value}"),
            Outcome::Number(value) => f.write_str(&number(*value)),
            Outcome::Error(EvalError::Missing(_)) => f.write_str("unknown, a value is missing"),
            Outcome::Error(error) => write!(f, "unknown, {error}"),
        }
    }
}

/// How a part is made of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    And,
    Or,
    Leaf,
    Other,
}

/// A part of a predicate with its value here. `Display` writes
/// `situation.threat (0.8) > 0.6: true`.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The part as written, every name followed by its value in parentheses.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// What came out.
    pub outcome: Outcome,
    /// The item that decided a loop.
    pub witness: Option<String>,
    /// What it is made of.
    pub parts: Vec<Explanation>,
    form: Form,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.text, self.outcome)?;
        match &self.witness {
            Some(item) => write!(f, " (because of \"{item}\")"),
            None => Ok(()),
        }
    }
}

impl Explanation {
    /// The smallest parts that decide the outcome, in the order written: all parts of a
    /// true `&&`, the false parts of a false one, the true parts of a true `||`.
    pub fn reasons(&self) -> Vec<&Explanation> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect<'a>(&'a self, found: &mut Vec<&'a Explanation>) {
        if self.form == Form::Leaf {
            return found.push(self);
        }
        let decides = |part: &&Explanation| match self.form {
            Form::And | Form::Or => part.outcome == self.outcome || self.is_unknown(part),
            _ => true,
        };
        self.parts
            .iter()
            .filter(decides)
            .for_each(|p| p.collect(found));
    }

    /// Where the whole is unknown, whatever is unknown matters.
    fn is_unknown(&self, part: &Explanation) -> bool {
        let unknown = |o: &Outcome| matches!(o, Outcome::Error(_));
        unknown(&self.outcome) && unknown(&part.outcome)
    }
}

impl Program {
    /// The parts of the program with their values for these slots. Not for hot loops.
    pub fn explain(&self, slots: &Slots) -> Explanation {
        let explainer = Explainer {
            program: self,
            slots,
            foreign: self.check(slots).is_err(),
        };
        explainer.bool(self.root)
    }
}

struct Explainer<'a> {
    program: &'a Program,
    slots: &'a Slots,
    foreign: bool,
}

impl<'a> Explainer<'a> {
    fn walk(&self) -> Walk<'a> {
        self.program.walk(self.slots)
    }

    fn bool(&self, id: BoolId) -> Explanation {
        let outcome = match self.walk().bool(id) {
            _ if self.foreign => Outcome::Error(EvalError::Foreign),
            Ok(value) => Outcome::Bool(value),
            Err(error) => Outcome::Error(error),
        };
        let at = at(&self.program.about.bool_spans, id.0);
        let (form, parts) = self.bool_parts(id);
        Explanation {
            text: self.text(at),
            span: self.program.about.place.part(at.start, at.end),
            outcome,
            witness: self.witness(id),
            parts,
            form,
        }
    }

    fn bool_parts(&self, id: BoolId) -> (Form, Vec<Explanation>) {
        let nodes = &self.program.nodes;
        let many = |run| {
            nodes
                .run(run)
                .iter()
                .map(|&p| self.bool(BoolId(p)))
                .collect()
        };
        match nodes.bools.get(usize::from(id.0)) {
            Some(&Bool::And(run)) => (Form::And, many(run)),
            Some(&Bool::Or(run)) => (Form::Or, many(run)),
            Some(&Bool::Not(a)) => (Form::Other, vec![self.bool(a)]),
            Some(&Bool::Same(_, a, b)) => (Form::Other, vec![self.bool(a), self.bool(b)]),
            Some(&Bool::If(condition, a, b)) => {
                let mut parts = vec![self.bool(condition)];
                if let Ok(holds) = self.walk().bool(condition) {
                    parts.push(self.bool(if holds { a } else { b }));
                }
                (Form::Other, parts)
            }
            Some(&Bool::Numbers(_, a, b)) => {
                let sides = [a, b].into_iter().filter_map(|n| self.number(n));
                (Form::Leaf, sides.collect())
            }
            _ => (Form::Leaf, Vec::new()),
        }
    }

    /// A number, where it is more than a name or a constant.
    fn number(&self, id: NumberId) -> Option<Explanation> {
        match self.program.nodes.numbers.get(usize::from(id.0))? {
            Number::Constant(_) | Number::Slot(_) => return None,
            _ => {}
        }
        let at = at(&self.program.about.number_spans, id.0);
        let outcome = match self.walk().number(id) {
            _ if self.foreign => Outcome::Error(EvalError::Foreign),
            Ok(value) => Outcome::Number(value),
            Err(error) => Outcome::Error(error),
        };
        Some(Explanation {
            text: self.text(at),
            span: self.program.about.place.part(at.start, at.end),
            outcome,
            witness: None,
            parts: Vec::new(),
            form: Form::Leaf,
        })
    }

    fn witness(&self, id: BoolId) -> Option<String> {
        let &Bool::Quantified(how, depth, list, condition) =
            self.program.nodes.bools.get(usize::from(id.0))?
        else {
            return None;
        };
        let wanted = match how {
            Quantifier::Exists => true,
            Quantifier::All => false,
            Quantifier::ExistsOne => return None,
        };
        self.first(depth, list, condition, wanted)
    }

    fn first(&self, depth: u8, list: ListId, condition: BoolId, wanted: bool) -> Option<String> {
        let mut walk = self.walk();
        let items = walk.list(list).ok()?;
        let mut index = 0;
        while let Some(item) = items.get(index) {
            index += 1;
            if walk.round(depth, item, condition) == Ok(wanted) {
                return Some(self.slots.interner().text(item).to_owned());
            }
        }
        None
    }

    /// The text with the values of its names.
    fn text(&self, at: Bytes) -> String {
        let source = self.program.source();
        let mut text = String::new();
        let mut from = at.start;
        for mention in &self.program.about.mentions {
            let inside = mention.at.start >= from && mention.at.end <= at.end;
            if inside && !mention.asked {
                text.push_str(slice(source, from, mention.at.end));
                let _ = write!(text, " ({})", self.value(mention.slot));
                from = mention.at.end;
            }
        }
        text.push_str(slice(source, from, at.end));
        one_line(&text)
    }

    fn value(&self, slot: Slot) -> String {
        let texts = self.slots.interner();
        match self.slots.cell(slot) {
            Cell::Missing => "missing".to_owned(),
            Cell::Bool(value) => value.to_string(),
            Cell::Number(value) => number(*value),
            Cell::Text(symbol) => format!("\"{}\"", texts.text(*symbol)),
            Cell::List(list) => {
                let shown = list.items().iter().take(8).map(|s| texts.text(*s));
                let mut shown: Vec<&str> = shown.collect();
                if list.items().len() > shown.len() {
                    shown.push("…");
                }
                if shown.is_empty() {
                    "none".to_owned()
                } else {
                    shown.join(", ")
                }
            }
        }
    }
}

fn at(spans: &[Bytes], index: u16) -> Bytes {
    spans.get(usize::from(index)).copied().unwrap_or_default()
}

fn slice(source: &str, from: u32, to: u32) -> &str {
    source.get(from as usize..to as usize).unwrap_or("")
}

/// A number for reading: at most six digits where it has many.
fn number(value: f64) -> String {
    let exact = value.to_string();
    if exact.len() <= 8 {
        return exact;
    }
    let size = value.abs();
    if !(1e-4..1e15).contains(&size) {
        return format!("{value:.5e}");
    }
    let digits = 5 - size.log10().floor() as i32;
    let short = format!("{value:.*}", digits.max(0) as usize);
    match short.contains('.') {
        true => short.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => short,
    }
}

fn one_line(text: &str) -> String {
    if !text.contains('\n') {
        return text.to_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!(number(0.8), "0.8");
        assert_eq!(number(1962.0), "1962");
        assert_eq!(number(0.1 + 0.2), "0.3");
        assert_eq!(number(2.0 / 3.0), "0.666667");
        assert_eq!(number(-123_456_789.25), "-123456789");
        assert_eq!(number(1e300), "1.00000e300");
    }
}
