//! The evaluator: a walk over the nodes, without allocation.

use std::fmt;
use std::sync::Arc;

use super::builder::{MOST_LOOPS, MOST_MADE_ITEMS};
use super::code::{
    Arith, Bool, BoolId, Compare, ListId, Nodes, Number, NumberId, Program, Quantifier, Run,
    Search, Text, TextId, Texts,
};
use super::slots::{Cell, Slots};
use super::symbol::{List, Symbol};
use super::vocabulary::Slot;
use super::{DIVISION_BY_ZERO, FOREIGN_VALUES, MISSING_VALUE};
use crate::{Diagnostic, Span};

/// Why a predicate has no value here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvalError {
    /// This name has no value and was read without asking `has`.
    Missing(Slot),
    /// The right side of `/` or `%` is zero.
    DivisionByZero,
    /// The slots are of another vocabulary than the program, or hold a value of a wrong
    /// type: an error of the calling code.
    Foreign,
}

impl fmt::Display for EvalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            EvalError::Missing(_) => "a value is missing",
            EvalError::DivisionByZero => "a number is divided by zero",
            EvalError::Foreign => "the values are not those of the predicate's vocabulary",
        })
    }
}

impl std::error::Error for EvalError {}

pub(super) type Eval<T> = Result<T, EvalError>;

impl Arith {
    /// The result; `None` for a division by zero.
    #[inline]
    pub(super) fn of(self, a: f64, b: f64) -> Option<f64> {
        match self {
            Arith::Add => Some(a + b),
            Arith::Subtract => Some(a - b),
            Arith::Multiply => Some(a * b),
            Arith::Divide => (b != 0.0).then(|| a / b),
            Arith::Rest => (b != 0.0).then(|| a % b),
        }
    }
}

impl Search {
    /// Whether `a` has `b` at the place looked at.
    pub(super) fn finds(self, a: &str, b: &str) -> bool {
        match self {
            Search::Start => a.starts_with(b),
            Search::End => a.ends_with(b),
            Search::Anywhere => a.contains(b),
        }
    }
}

impl Program {
    /// Whether the condition holds for these values.
    ///
    /// # Errors
    /// See [`EvalError`]. `&&` and `||` give a value all the same when one side decides.
    #[inline]
    pub fn eval(&self, slots: &Slots) -> Result<bool, EvalError> {
        self.check(slots)?;
        self.walk(slots).bool(self.root)
    }

    /// Slots of another vocabulary would give wrong answers in silence.
    #[inline]
    pub(super) fn check(&self, slots: &Slots) -> Eval<()> {
        let same =
            Arc::ptr_eq(&self.interner, slots.interner()) && slots.print(self.names) == self.print;
        if same {
            Ok(())
        } else {
            Err(EvalError::Foreign)
        }
    }

    #[inline]
    pub(super) fn walk<'a>(&'a self, slots: &'a Slots) -> Walk<'a> {
        Walk {
            nodes: &self.nodes,
            slots,
            items: [None; MOST_LOOPS as usize],
        }
    }

    /// An [`EvalError`] in the user's words, pointing at the predicate.
    pub fn problem(&self, error: EvalError) -> Diagnostic {
        match error {
            EvalError::Missing(slot) => {
                let name = self.name(slot).unwrap_or("?");
                Diagnostic::warning(
                    MISSING_VALUE,
                    format!("`{name}` has no value, and a predicate reads it"),
                )
                .at(self.place_of(slot).unwrap_or(self.span()), "read here")
                .help(format!(
                    "give `{name}` a value, or ask first: `has({name}) && …`"
                ))
            }
            EvalError::DivisionByZero => {
                Diagnostic::warning(DIVISION_BY_ZERO, "a predicate divides by zero")
                    .at(
                        self.division().unwrap_or(self.span()),
                        "the divisor is zero here",
                    )
                    .help("ask first whether the divisor is zero: `x != 0 && y / x > 2`")
            }
            EvalError::Foreign => {
                Diagnostic::error(FOREIGN_VALUES, error.to_string()).at(self.span(), "")
            }
        }
    }

    /// Where the program divides, if it does so at one place only.
    fn division(&self) -> Option<Span> {
        let divides = |n: &Number| matches!(n, Number::Arith(Arith::Divide | Arith::Rest, ..));
        let nodes = self.nodes.numbers.iter().zip(&self.about.number_spans);
        let mut places = nodes.filter(|(n, _)| divides(n)).map(|(_, at)| at);
        match (places.next(), places.next()) {
            (Some(at), None) => Some(self.about.place.part(at.start, at.end)),
            _ => None,
        }
    }
}

/// A list while it is read: one of the vocabulary, or one made on the spot.
pub(super) enum Items<'a> {
    Known(&'a List, usize),
    Made([Option<Symbol>; MOST_MADE_ITEMS], usize),
}

impl Items<'_> {
    pub fn count(&self) -> usize {
        match self {
            Items::Known(_, written) => *written,
            Items::Made(_, written) => *written,
        }
    }

    fn holds(&self, symbol: Symbol) -> bool {
        match self {
            Items::Known(list, _) => list.holds(symbol),
            Items::Made(items, _) => items.contains(&Some(symbol)),
        }
    }

    pub fn get(&self, index: usize) -> Option<Symbol> {
        match self {
            Items::Known(list, _) => list.items().get(index).copied(),
            Items::Made(items, _) => items.get(index).copied().flatten(),
        }
    }
}

/// One evaluation. It recurses at most as deep as the builder lets programs nest.
pub(super) struct Walk<'a> {
    nodes: &'a Nodes,
    pub slots: &'a Slots,
    items: [Option<Symbol>; MOST_LOOPS as usize],
}

impl<'a> Walk<'a> {
    #[inline]
    fn read_number(&self, slot: Slot) -> Eval<f64> {
        match self.slots.cell(slot) {
            Cell::Number(value) => Ok(*value),
            Cell::Missing => Err(EvalError::Missing(slot)),
            _ => Err(EvalError::Foreign),
        }
    }

    #[inline]
    fn read_text(&self, slot: Slot) -> Eval<Symbol> {
        match self.slots.cell(slot) {
            Cell::Text(value) => Ok(*value),
            Cell::Missing => Err(EvalError::Missing(slot)),
            _ => Err(EvalError::Foreign),
        }
    }

    #[inline]
    fn read_bool(&self, slot: Slot) -> Eval<bool> {
        match self.slots.cell(slot) {
            Cell::Bool(value) => Ok(*value),
            Cell::Missing => Err(EvalError::Missing(slot)),
            _ => Err(EvalError::Foreign),
        }
    }

    #[inline]
    fn read_list(&self, slot: Slot) -> Eval<&'a List> {
        match self.slots.cell(slot) {
            Cell::List(value) => Ok(value),
            Cell::Missing => Err(EvalError::Missing(slot)),
            _ => Err(EvalError::Foreign),
        }
    }

    pub fn bool(&mut self, id: BoolId) -> Eval<bool> {
        let Some(&node) = self.nodes.bools.get(usize::from(id.0)) else {
            return Err(EvalError::Foreign);
        };
        match node {
            Bool::SlotNumber(how, slot, value) => {
                self.read_number(slot).map(|a| how.holds(&a, &value))
            }
            Bool::InSlot(symbol, slot) => self.read_list(slot).map(|l| l.holds(symbol)),
            Bool::SlotText(same, slot, symbol) => {
                self.read_text(slot).map(|a| (a == symbol) == same)
            }
            Bool::Constant(value) => Ok(value),
            Bool::Slot(slot) => self.read_bool(slot),
            Bool::Has(slot) => Ok(self.slots.has(slot)),
            Bool::Not(a) => self.bool(a).map(|a| !a),
            Bool::And(run) => self.connect(run, false),
            Bool::Or(run) => self.connect(run, true),
            other => self.rare(other),
        }
    }

    /// Any part that is `decisive` decides; otherwise the first error, if any, counts.
    #[inline(never)]
    fn connect(&mut self, run: Run, decisive: bool) -> Eval<bool> {
        let mut first = None;
        for &part in self.nodes.run(run) {
            match self.bool(BoolId(part)) {
                Ok(value) if value == decisive => return Ok(decisive),
                Ok(_) => {}
                Err(error) => first = first.or(Some(error)),
            }
        }
        first.map_or(Ok(!decisive), Err)
    }

    #[inline(never)]
    fn rare(&mut self, node: Bool) -> Eval<bool> {
        match node {
            Bool::If(condition, a, b) => {
                let next = if self.bool(condition)? { a } else { b };
                self.bool(next)
            }
            Bool::Same(same, a, b) => Ok((self.bool(a)? == self.bool(b)?) == same),
            Bool::Numbers(how, a, b) => Ok(how.holds(&self.number(a)?, &self.number(b)?)),
            Bool::Texts(how, a, b) => self.compare_texts(how, a, b),
            Bool::Search(how, a, b) => {
                let (a, b) = (self.text(a)?, self.text(b)?);
                let texts = self.slots.interner();
                Ok(how.finds(texts.text(a), texts.text(b)))
            }
            Bool::In(a, list) => {
                let a = self.text(a)?;
                self.list(list).map(|l| l.holds(a))
            }
            Bool::InNumbers(a, run) => self.in_numbers(a, run),
            Bool::Quantified(how, depth, list, condition) => {
                self.quantified(how, depth, list, condition)
            }
            _ => Err(EvalError::Foreign),
        }
    }

    fn compare_texts(&mut self, how: Compare, a: TextId, b: TextId) -> Eval<bool> {
        let (a, b) = (self.text(a)?, self.text(b)?);
        match how {
            Compare::Equal => Ok(a == b),
            Compare::NotEqual => Ok(a != b),
            _ => {
                let texts = self.slots.interner();
                Ok(how.holds(texts.text(a), texts.text(b)))
            }
        }
    }

    /// All items are read, as CEL makes a list before it looks into it.
    fn in_numbers(&mut self, a: NumberId, run: Run) -> Eval<bool> {
        let a = self.number(a)?;
        let mut found = false;
        for &item in self.nodes.run(run) {
            found |= self.number(NumberId(item))? == a;
        }
        Ok(found)
    }

    fn quantified(
        &mut self,
        how: Quantifier,
        depth: u8,
        list: ListId,
        condition: BoolId,
    ) -> Eval<bool> {
        let list = self.list(list)?;
        let mut error = None;
        let mut hits = 0_usize;
        let mut index = 0;
        while let Some(item) = list.get(index) {
            index += 1;
            match (how, self.round(depth, item, condition)) {
                (Quantifier::Exists, Ok(true)) => return Ok(true),
                (Quantifier::All, Ok(false)) => return Ok(false),
                (_, Ok(hit)) => hits += usize::from(hit),
                (_, Err(e)) => error = error.or(Some(e)),
            }
        }
        match (error, how) {
            (Some(error), _) => Err(error),
            (None, Quantifier::Exists) => Ok(false),
            (None, Quantifier::All) => Ok(true),
            (None, Quantifier::ExistsOne) => Ok(hits == 1),
        }
    }

    /// The condition of a loop for one item.
    pub fn round(&mut self, depth: u8, item: Symbol, condition: BoolId) -> Eval<bool> {
        if let Some(place) = self.items.get_mut(usize::from(depth)) {
            *place = Some(item);
        }
        let result = self.bool(condition);
        if let Some(place) = self.items.get_mut(usize::from(depth)) {
            *place = None;
        }
        result
    }

    pub fn number(&mut self, id: NumberId) -> Eval<f64> {
        let Some(&node) = self.nodes.numbers.get(usize::from(id.0)) else {
            return Err(EvalError::Foreign);
        };
        match node {
            Number::Constant(value) => Ok(value),
            Number::Slot(slot) => self.read_number(slot),
            Number::Negative(a) => self.number(a).map(|a| -a),
            Number::Whole(a) => self.number(a).map(f64::trunc),
            Number::Arith(how, a, b) => how
                .of(self.number(a)?, self.number(b)?)
                .ok_or(EvalError::DivisionByZero),
            Number::If(condition, a, b) => {
                let next = if self.bool(condition)? { a } else { b };
                self.number(next)
            }
            Number::TextSize(a) => {
                let a = self.text(a)?;
                Ok(f64::from(self.slots.interner().length(a)))
            }
            Number::ListSize(a) => self.list(a).map(|l| l.count() as f64),
        }
    }

    pub fn text(&mut self, id: TextId) -> Eval<Symbol> {
        let Some(&node) = self.nodes.texts.get(usize::from(id.0)) else {
            return Err(EvalError::Foreign);
        };
        match node {
            Text::Constant(value) => Ok(value),
            Text::Slot(slot) => self.read_text(slot),
            Text::Local(depth) => {
                let item = self.items.get(usize::from(depth)).copied().flatten();
                item.ok_or(EvalError::Foreign)
            }
            Text::If(condition, a, b) => {
                let next = if self.bool(condition)? { a } else { b };
                self.text(next)
            }
        }
    }

    pub fn list(&mut self, id: ListId) -> Eval<Items<'a>> {
        let Some(&node) = self.nodes.texts_lists.get(usize::from(id.0)) else {
            return Err(EvalError::Foreign);
        };
        match node {
            Texts::Slot(slot) => {
                let list = self.read_list(slot)?;
                Ok(Items::Known(list, list.items().len()))
            }
            Texts::Constant(index, written) => {
                let list = self.nodes.lists.get(usize::from(index));
                let list = list.ok_or(EvalError::Foreign)?;
                Ok(Items::Known(list, usize::from(written)))
            }
            Texts::Made(run) => self.made(run),
            Texts::If(condition, a, b) => {
                let next = if self.bool(condition)? { a } else { b };
                self.list(next)
            }
        }
    }

    fn made(&mut self, run: Run) -> Eval<Items<'a>> {
        let mut items = [None; MOST_MADE_ITEMS];
        let parts = self.nodes.run(run);
        for (place, &part) in items.iter_mut().zip(parts) {
            *place = Some(self.text(TextId(part))?);
        }
        Ok(Items::Made(items, parts.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Builder, Bytes, Place, Type, Vocabulary};
    use super::*;
    use crate::FileId;

    fn place() -> Place {
        Place::plain(Span::new(FileId(0), 0, 0))
    }

    /// `threat > 0.6 && !("force" in tags)`
    fn program(v: &Vocabulary, threat: Slot, tags: Slot) -> Program {
        let at = Bytes::default();
        let mut b = Builder::new(v);
        let (x, c) = (b.number_value(threat, at), b.number_constant(0.6, at));
        let high = b.compare_numbers(Compare::Greater, x, c, at);
        let (force, list) = (b.text_constant("force", at), b.list_value(tags, at));
        let forceful = b.is_in(force, list, at);
        let peaceful = b.not(forceful, at);
        let root = b.and(&[high, peaceful], at);
        b.finish(root, "", place()).unwrap()
    }

    #[test]
    fn an_error_counts_only_where_nothing_else_decides() {
        let mut v = Vocabulary::new();
        let threat = v.add("threat", Type::Double, "").unwrap();
        let tags = v.add("tags", Type::Strings, "").unwrap();
        let p = program(&v, threat, tags);
        assert_eq!(p.reads(), [threat, tags]);
        let mut s = v.slots();
        assert_eq!(p.eval(&s), Err(EvalError::Missing(threat)));
        s.set_texts(tags, ["force", "blockade"]).unwrap();
        assert_eq!(p.eval(&s), Ok(false), "false && error is false");
        s.set_texts(tags, ["talks"]).unwrap();
        assert_eq!(p.eval(&s), Err(EvalError::Missing(threat)));
        s.set_number(threat, 0.8);
        assert_eq!(p.eval(&s), Ok(true));
        s.set_number(threat, f64::NAN);
        assert_eq!(p.eval(&s), Err(EvalError::Missing(threat)));
        s.set_bool(threat, true);
        assert_eq!(
            p.eval(&s),
            Err(EvalError::Foreign),
            "a value of a wrong type"
        );
    }

    #[test]
    fn slots_of_another_vocabulary_are_refused() {
        let mut v = Vocabulary::new();
        let threat = v.add("threat", Type::Double, "").unwrap();
        let tags = v.add("tags", Type::Strings, "").unwrap();
        let mut longer = v.clone();
        longer.add("effects.trade", Type::Double, "").unwrap();
        let p = program(&v, threat, tags);
        assert_eq!(p.eval(&longer.slots()), Err(EvalError::Missing(threat)));
        let mut other = Vocabulary::new();
        other.add("threat", Type::Double, "").unwrap();
        other.add("tags", Type::Strings, "").unwrap();
        assert_eq!(p.eval(&other.slots()), Err(EvalError::Foreign));
        assert_eq!(p.eval(&Vocabulary::new().slots()), Err(EvalError::Foreign));
    }

    #[test]
    fn a_program_too_deep_is_refused() {
        let mut v = Vocabulary::new();
        let flag = v.add("flag", Type::Bool, "").unwrap();
        let at = Bytes::default();
        let deep = |n: usize| {
            let mut b = Builder::new(&v);
            let leaf = b.bool_value(flag, at);
            let root = (0..n).fold(leaf, |a, _| b.not(a, at));
            b.finish(root, "", place())
        };
        assert!(deep(200).is_ok());
        assert!(deep(300).is_err());
        assert!(deep(100_000).is_err());
    }
}
