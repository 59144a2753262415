//! Puts programs together, node by node, and computes at once what needs no values.

use std::fmt;
use std::sync::Arc;

use super::code::{
    About, Arith, Bool, BoolId, Compare, ListId, Mention, Nodes, Number, NumberId, Program,
    Quantifier, Run, Search, Text, TextId, Texts,
};
use super::place::Place;
use super::symbol::{List, MOST_ITEMS};
use super::vocabulary::{Slot, Vocabulary};

/// How deep a program may nest; it bounds the recursion of the evaluator.
pub const MOST_DEPTH: u16 = 256;
/// How many loops may stand inside each other.
pub const MOST_LOOPS: u8 = 8;
/// How many items a written list may have that holds more than constants.
pub const MOST_MADE_ITEMS: usize = 16;

/// A half-open range of bytes in the text of a predicate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bytes {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// The program has too many nodes, nests too deep, or has a list or a loop too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooBig;

impl fmt::Display for TooBig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the predicate is too big")
    }
}

impl std::error::Error for TooBig {}

/// What is known of a node beside what it does.
#[derive(Clone, Copy, Debug, Default)]
struct Meta {
    at: Bytes,
    cost: u64,
    depth: u16,
}

/// Cost of looking for a text within another, and of a comparison in alphabetical order.
const TEXT_COST: u64 = 8;
/// Cost of `in` for a list of the vocabulary (16 symbols are compared in a step).
const IN_COST: u64 = MOST_ITEMS as u64 / 16;

/// Makes a [`Program`] for one vocabulary. The kinds of nodes are different types, so a
/// program cannot mix them up; the checker in `files` finds the words for the user.
///
/// Nodes are made from the leaves up. Nothing fails before [`Builder::finish`].
#[derive(Debug)]
pub struct Builder<'v> {
    vocabulary: &'v Vocabulary,
    nodes: Nodes,
    bools: Vec<Meta>,
    numbers: Vec<Meta>,
    texts: Vec<Meta>,
    lists: Vec<Meta>,
    mentions: Vec<Mention>,
    too_big: bool,
}

/// The next free index of an arena; 0 and a mark where it is full.
fn next(length: usize, too_big: &mut bool) -> u16 {
    u16::try_from(length).unwrap_or_else(|_| {
        *too_big = true;
        0
    })
}

impl<'v> Builder<'v> {
    /// An empty program.
    pub fn new(vocabulary: &'v Vocabulary) -> Self {
        Self {
            vocabulary,
            nodes: Nodes::default(),
            bools: Vec::new(),
            numbers: Vec::new(),
            texts: Vec::new(),
            lists: Vec::new(),
            mentions: Vec::new(),
            too_big: false,
        }
    }

    /// The vocabulary that the program is for.
    pub fn vocabulary(&self) -> &'v Vocabulary {
        self.vocabulary
    }

    fn meta(&mut self, at: Bytes, own: u64, parts: &[Meta]) -> Meta {
        let cost = parts.iter().fold(own, |sum, p| sum.saturating_add(p.cost));
        let depth = parts.iter().map(|p| p.depth).max().unwrap_or(0);
        self.too_big |= depth >= MOST_DEPTH;
        let depth = depth.saturating_add(1);
        Meta { at, cost, depth }
    }

    fn b(&self, id: BoolId) -> Meta {
        self.bools
            .get(usize::from(id.0))
            .copied()
            .unwrap_or_default()
    }

    fn n(&self, id: NumberId) -> Meta {
        self.numbers
            .get(usize::from(id.0))
            .copied()
            .unwrap_or_default()
    }

    fn t(&self, id: TextId) -> Meta {
        self.texts
            .get(usize::from(id.0))
            .copied()
            .unwrap_or_default()
    }

    fn l(&self, id: ListId) -> Meta {
        self.lists
            .get(usize::from(id.0))
            .copied()
            .unwrap_or_default()
    }

    fn bool_node(&self, id: BoolId) -> Option<Bool> {
        self.nodes.bools.get(usize::from(id.0)).copied()
    }

    fn number_node(&self, id: NumberId) -> Option<Number> {
        self.nodes.numbers.get(usize::from(id.0)).copied()
    }

    fn text_node(&self, id: TextId) -> Option<Text> {
        self.nodes.texts.get(usize::from(id.0)).copied()
    }

    fn list_node(&self, id: ListId) -> Option<Texts> {
        self.nodes.texts_lists.get(usize::from(id.0)).copied()
    }

    fn push_bool(&mut self, node: Bool, meta: Meta) -> BoolId {
        let id = next(self.nodes.bools.len(), &mut self.too_big);
        self.nodes.bools.push(node);
        self.bools.push(meta);
        BoolId(id)
    }

    fn push_number(&mut self, node: Number, meta: Meta) -> NumberId {
        let id = next(self.nodes.numbers.len(), &mut self.too_big);
        self.nodes.numbers.push(node);
        self.numbers.push(meta);
        NumberId(id)
    }

    fn push_text(&mut self, node: Text, meta: Meta) -> TextId {
        let id = next(self.nodes.texts.len(), &mut self.too_big);
        self.nodes.texts.push(node);
        self.texts.push(meta);
        TextId(id)
    }

    fn push_list(&mut self, node: Texts, meta: Meta) -> ListId {
        let id = next(self.nodes.texts_lists.len(), &mut self.too_big);
        self.nodes.texts_lists.push(node);
        self.lists.push(meta);
        ListId(id)
    }

    fn push_run(&mut self, children: impl ExactSizeIterator<Item = u16>) -> Run {
        let start = next(self.nodes.children.len(), &mut self.too_big);
        let length = next(children.len(), &mut self.too_big);
        self.nodes.children.extend(children);
        next(self.nodes.children.len(), &mut self.too_big);
        Run { start, length }
    }

    fn mention(&mut self, slot: Slot, at: Bytes, asked: bool) {
        self.mentions.push(Mention { slot, at, asked });
    }

    // What is known without values.

    /// The value, where the node is the same in every situation.
    pub fn known_bool(&self, id: BoolId) -> Option<bool> {
        match self.bool_node(id) {
            Some(Bool::Constant(value)) => Some(value),
            _ => None,
        }
    }

    /// The value, where the node is the same in every situation.
    pub fn known_number(&self, id: NumberId) -> Option<f64> {
        match self.number_node(id) {
            Some(Number::Constant(value)) => Some(value),
            _ => None,
        }
    }

    /// The value, where the node is the same in every situation.
    pub fn known_text(&self, id: TextId) -> Option<&str> {
        match self.text_node(id) {
            Some(Text::Constant(symbol)) => Some(self.vocabulary.interner().text(symbol)),
            _ => None,
        }
    }

    /// The name that the node reads, where it does only that.
    pub fn number_slot(&self, id: NumberId) -> Option<Slot> {
        match self.number_node(id) {
            Some(Number::Slot(slot)) => Some(slot),
            _ => None,
        }
    }

    /// The name that the node reads, where it does only that.
    pub fn text_slot(&self, id: TextId) -> Option<Slot> {
        match self.text_node(id) {
            Some(Text::Slot(slot)) => Some(slot),
            _ => None,
        }
    }

    /// The name that the node reads, where it does only that.
    pub fn list_slot(&self, id: ListId) -> Option<Slot> {
        match self.list_node(id) {
            Some(Texts::Slot(slot)) => Some(slot),
            _ => None,
        }
    }

    /// An upper bound of the work of evaluating the node.
    pub fn cost(&self, id: BoolId) -> u64 {
        self.b(id).cost
    }

    // Leaves.

    /// A constant.
    pub fn bool_constant(&mut self, value: bool, at: Bytes) -> BoolId {
        let meta = self.meta(at, 1, &[]);
        self.push_bool(Bool::Constant(value), meta)
    }

    /// A constant.
    pub fn number_constant(&mut self, value: f64, at: Bytes) -> NumberId {
        let meta = self.meta(at, 1, &[]);
        self.push_number(Number::Constant(value), meta)
    }

    /// A constant.
    pub fn text_constant(&mut self, value: &str, at: Bytes) -> TextId {
        let meta = self.meta(at, 1, &[]);
        let symbol = self.vocabulary.interner().intern(value);
        self.push_text(Text::Constant(symbol), meta)
    }

    /// The value of a true-or-false name.
    pub fn bool_value(&mut self, slot: Slot, at: Bytes) -> BoolId {
        self.mention(slot, at, false);
        let meta = self.meta(at, 1, &[]);
        self.push_bool(Bool::Slot(slot), meta)
    }

    /// The value of a number.
    pub fn number_value(&mut self, slot: Slot, at: Bytes) -> NumberId {
        self.mention(slot, at, false);
        let meta = self.meta(at, 1, &[]);
        self.push_number(Number::Slot(slot), meta)
    }

    /// The value of a text.
    pub fn text_value(&mut self, slot: Slot, at: Bytes) -> TextId {
        self.mention(slot, at, false);
        let meta = self.meta(at, 1, &[]);
        self.push_text(Text::Slot(slot), meta)
    }

    /// The value of a list.
    pub fn list_value(&mut self, slot: Slot, at: Bytes) -> ListId {
        self.mention(slot, at, false);
        let meta = self.meta(at, 1, &[]);
        self.push_list(Texts::Slot(slot), meta)
    }

    /// The item of the loop with this number: the outermost is 0.
    pub fn loop_item(&mut self, depth: u8, at: Bytes) -> TextId {
        let meta = self.meta(at, 1, &[]);
        self.push_text(Text::Local(depth), meta)
    }

    /// `has(name)`.
    pub fn has(&mut self, slot: Slot, name_at: Bytes, at: Bytes) -> BoolId {
        self.mention(slot, name_at, true);
        let meta = self.meta(at, 1, &[]);
        self.push_bool(Bool::Has(slot), meta)
    }

    // Logic.

    /// `!a`.
    pub fn not(&mut self, a: BoolId, at: Bytes) -> BoolId {
        let meta = self.meta(at, 1, &[self.b(a)]);
        let node = match self.bool_node(a) {
            Some(Bool::Constant(value)) => Bool::Constant(!value),
            _ => Bool::Not(a),
        };
        self.push_bool(node, meta)
    }

    /// `a && b && …`; true where there are none.
    pub fn and(&mut self, parts: &[BoolId], at: Bytes) -> BoolId {
        self.connect(parts, at, true)
    }

    /// `a || b || …`; false where there are none.
    pub fn or(&mut self, parts: &[BoolId], at: Bytes) -> BoolId {
        self.connect(parts, at, false)
    }

    fn connect(&mut self, parts: &[BoolId], at: Bytes, neutral: bool) -> BoolId {
        let known = |b: &Self, p: &BoolId| b.known_bool(*p);
        if parts.iter().any(|p| known(self, p) == Some(!neutral)) {
            return self.bool_constant(!neutral, at);
        }
        let open: Vec<BoolId> = parts
            .iter()
            .copied()
            .filter(|p| known(self, p).is_none())
            .collect();
        match open.as_slice() {
            [] => self.bool_constant(neutral, at),
            [one] => *one,
            _ => {
                let metas: Vec<Meta> = open.iter().map(|&p| self.b(p)).collect();
                let meta = self.meta(at, 1, &metas);
                let run = self.push_run(open.iter().map(|p| p.0));
                self.push_bool(
                    if neutral {
                        Bool::And(run)
                    } else {
                        Bool::Or(run)
                    },
                    meta,
                )
            }
        }
    }

    /// `condition ? a : b` over true or false.
    pub fn if_bool(&mut self, condition: BoolId, a: BoolId, b: BoolId, at: Bytes) -> BoolId {
        match self.known_bool(condition) {
            Some(true) => a,
            Some(false) => b,
            None => {
                let meta = self.meta(at, 1, &[self.b(condition), self.b(a), self.b(b)]);
                self.push_bool(Bool::If(condition, a, b), meta)
            }
        }
    }

    /// `condition ? a : b` over numbers.
    pub fn if_number(
        &mut self,
        condition: BoolId,
        a: NumberId,
        b: NumberId,
        at: Bytes,
    ) -> NumberId {
        match self.known_bool(condition) {
            Some(true) => a,
            Some(false) => b,
            None => {
                let meta = self.meta(at, 1, &[self.b(condition), self.n(a), self.n(b)]);
                self.push_number(Number::If(condition, a, b), meta)
            }
        }
    }

    /// `condition ? a : b` over texts.
    pub fn if_text(&mut self, condition: BoolId, a: TextId, b: TextId, at: Bytes) -> TextId {
        match self.known_bool(condition) {
            Some(true) => a,
            Some(false) => b,
            None => {
                let meta = self.meta(at, 1, &[self.b(condition), self.t(a), self.t(b)]);
                self.push_text(Text::If(condition, a, b), meta)
            }
        }
    }

    /// `condition ? a : b` over lists of texts.
    pub fn if_list(&mut self, condition: BoolId, a: ListId, b: ListId, at: Bytes) -> ListId {
        match self.known_bool(condition) {
            Some(true) => a,
            Some(false) => b,
            None => {
                let meta = self.meta(at, 1, &[self.b(condition), self.l(a), self.l(b)]);
                self.push_list(Texts::If(condition, a, b), meta)
            }
        }
    }

    // Comparisons.

    /// `a == b` (`same`) or `a != b` of true-or-false values.
    pub fn same_bools(&mut self, same: bool, a: BoolId, b: BoolId, at: Bytes) -> BoolId {
        let meta = self.meta(at, 1, &[self.b(a), self.b(b)]);
        let node = match (self.known_bool(a), self.known_bool(b)) {
            (Some(a), Some(b)) => Bool::Constant((a == b) == same),
            _ => Bool::Same(same, a, b),
        };
        self.push_bool(node, meta)
    }

    /// A comparison of numbers.
    pub fn compare_numbers(&mut self, how: Compare, a: NumberId, b: NumberId, at: Bytes) -> BoolId {
        use Number::{Constant, Slot};
        let meta = self.meta(at, 1, &[self.n(a), self.n(b)]);
        let node = match (self.number_node(a), self.number_node(b)) {
            (Some(Constant(a)), Some(Constant(b))) => Bool::Constant(how.holds(&a, &b)),
            (Some(Slot(slot)), Some(Constant(value))) => Bool::SlotNumber(how, slot, value),
            (Some(Constant(value)), Some(Slot(slot))) => {
                Bool::SlotNumber(how.turned(), slot, value)
            }
            _ => Bool::Numbers(how, a, b),
        };
        self.push_bool(node, meta)
    }

    /// A comparison of texts; the order is that of Unicode code points.
    pub fn compare_texts(&mut self, how: Compare, a: TextId, b: TextId, at: Bytes) -> BoolId {
        use Text::{Constant, Slot};
        let equality = matches!(how, Compare::Equal | Compare::NotEqual);
        let same = how == Compare::Equal;
        let own = if equality { 1 } else { TEXT_COST };
        let meta = self.meta(at, own, &[self.t(a), self.t(b)]);
        let node = match (self.text_node(a), self.text_node(b)) {
            (Some(Constant(a)), Some(Constant(b))) => {
                let texts = self.vocabulary.interner();
                Bool::Constant(how.holds(texts.text(a), texts.text(b)))
            }
            (Some(Slot(slot)), Some(Constant(text))) | (Some(Constant(text)), Some(Slot(slot)))
                if equality =>
            {
                Bool::SlotText(same, slot, text)
            }
            _ => Bool::Texts(how, a, b),
        };
        self.push_bool(node, meta)
    }

    /// `a.startsWith(b)`, `a.endsWith(b)`, `a.contains(b)`.
    pub fn search(&mut self, how: Search, a: TextId, b: TextId, at: Bytes) -> BoolId {
        let meta = self.meta(at, TEXT_COST, &[self.t(a), self.t(b)]);
        let node = match (self.known_text(a), self.known_text(b)) {
            (Some(a), Some(b)) => Bool::Constant(how.finds(a, b)),
            _ => Bool::Search(how, a, b),
        };
        self.push_bool(node, meta)
    }

    /// `a in list`.
    pub fn is_in(&mut self, a: TextId, list: ListId, at: Bytes) -> BoolId {
        let meta = self.meta(at, IN_COST, &[self.t(a), self.l(list)]);
        let node = match (self.text_node(a), self.list_node(list)) {
            (Some(Text::Constant(text)), Some(Texts::Slot(slot))) => Bool::InSlot(text, slot),
            (Some(Text::Constant(text)), Some(Texts::Constant(index, _))) => {
                let list = self.nodes.lists.get(usize::from(index));
                Bool::Constant(list.is_some_and(|l| l.holds(text)))
            }
            (_, Some(Texts::Constant(_, 0))) => Bool::Constant(false),
            _ => Bool::In(a, list),
        };
        self.push_bool(node, meta)
    }

    /// `a in [x, y, …]` for numbers.
    pub fn is_in_numbers(&mut self, a: NumberId, items: &[NumberId], at: Bytes) -> BoolId {
        let mut metas = vec![self.n(a)];
        metas.extend(items.iter().map(|&i| self.n(i)));
        let meta = self.meta(at, 1, &metas);
        let known: Option<Vec<f64>> = items.iter().map(|&i| self.known_number(i)).collect();
        let node = match (self.known_number(a), known) {
            (Some(a), Some(items)) => Bool::Constant(items.contains(&a)),
            (None, Some(items)) if items.is_empty() => Bool::Constant(false),
            _ => Bool::InNumbers(a, self.push_run(items.iter().map(|i| i.0))),
        };
        self.push_bool(node, meta)
    }

    /// `list.exists(x, condition)` and its kin; the condition reads the item as
    /// [`Builder::loop_item`] of the same depth.
    pub fn quantified(
        &mut self,
        how: Quantifier,
        depth: u8,
        list: ListId,
        condition: BoolId,
        at: Bytes,
    ) -> BoolId {
        self.too_big |= depth >= MOST_LOOPS;
        let mut meta = self.meta(at, 2, &[self.l(list), self.b(condition)]);
        let rounds = self.most_items(list);
        meta.cost = self
            .l(list)
            .cost
            .saturating_add(rounds.saturating_mul(self.b(condition).cost.saturating_add(2)));
        let node = match (how, self.known_bool(condition), rounds) {
            (Quantifier::All, Some(true), _) if self.is_constant(list) => Bool::Constant(true),
            (Quantifier::All, _, 0) => Bool::Constant(true),
            (Quantifier::Exists, Some(false), _) if self.is_constant(list) => Bool::Constant(false),
            (Quantifier::Exists | Quantifier::ExistsOne, _, 0) => Bool::Constant(false),
            _ => Bool::Quantified(how, depth, list, condition),
        };
        self.push_bool(node, meta)
    }

    fn is_constant(&self, list: ListId) -> bool {
        matches!(self.list_node(list), Some(Texts::Constant(..)))
    }

    /// The most items that a list can have.
    fn most_items(&self, list: ListId) -> u64 {
        match self.list_node(list) {
            Some(Texts::Constant(_, written)) => u64::from(written),
            Some(Texts::Made(run)) => u64::from(run.length),
            _ => MOST_ITEMS as u64,
        }
    }

    // Numbers.

    /// `-a`.
    pub fn negative(&mut self, a: NumberId, at: Bytes) -> NumberId {
        let meta = self.meta(at, 1, &[self.n(a)]);
        let node = match self.known_number(a) {
            Some(value) => Number::Constant(-value),
            None => Number::Negative(a),
        };
        self.push_number(node, meta)
    }

    /// `int(a)`: without the digits after the point.
    pub fn whole(&mut self, a: NumberId, at: Bytes) -> NumberId {
        let meta = self.meta(at, 1, &[self.n(a)]);
        let node = match self.known_number(a) {
            Some(value) => Number::Constant(value.trunc()),
            None => Number::Whole(a),
        };
        self.push_number(node, meta)
    }

    /// `a + b` and its kin.
    pub fn arith(&mut self, how: Arith, a: NumberId, b: NumberId, at: Bytes) -> NumberId {
        let own = if how == Arith::Rest { 4 } else { 1 };
        let meta = self.meta(at, own, &[self.n(a), self.n(b)]);
        let known = self
            .known_number(a)
            .zip(self.known_number(b))
            .and_then(|(a, b)| how.of(a, b));
        let node = match known {
            Some(value) => Number::Constant(value),
            None => Number::Arith(how, a, b),
        };
        self.push_number(node, meta)
    }

    /// `size(text)`: characters (Unicode code points).
    pub fn text_size(&mut self, a: TextId, at: Bytes) -> NumberId {
        let meta = self.meta(at, 1, &[self.t(a)]);
        let node = match self.known_text(a) {
            Some(text) => Number::Constant(text.chars().count() as f64),
            None => Number::TextSize(a),
        };
        self.push_number(node, meta)
    }

    /// `size(list)`: items.
    pub fn list_size(&mut self, a: ListId, at: Bytes) -> NumberId {
        let meta = self.meta(at, 1, &[self.l(a)]);
        let node = match self.list_node(a) {
            Some(Texts::Constant(_, written)) => Number::Constant(f64::from(written)),
            _ => Number::ListSize(a),
        };
        self.push_number(node, meta)
    }

    // Lists.

    /// `[a, b, …]` of texts. Items that are not constants are at most
    /// [`MOST_MADE_ITEMS`] in number together with the constants beside them.
    pub fn list(&mut self, items: &[TextId], at: Bytes) -> ListId {
        let metas: Vec<Meta> = items.iter().map(|&i| self.t(i)).collect();
        let meta = self.meta(at, 1, &metas);
        let known: Option<Vec<&str>> = items.iter().map(|&i| self.known_text(i)).collect();
        let node = match known {
            Some(texts) => {
                let list = List::new(self.vocabulary.interner(), texts);
                self.constant_list(list, items.len())
            }
            None => {
                self.too_big |= items.len() > MOST_MADE_ITEMS;
                Texts::Made(self.push_run(items.iter().map(|i| i.0)))
            }
        };
        self.push_list(node, meta)
    }

    fn constant_list(&mut self, list: Option<List>, written: usize) -> Texts {
        let index = next(self.nodes.lists.len(), &mut self.too_big);
        let written = next(written, &mut self.too_big);
        match list {
            Some(list) => self.nodes.lists.push(Arc::new(list)),
            None => self.too_big = true,
        }
        Texts::Constant(index, written)
    }

    /// The program whose result is `root`; `source` is its text and stands at `place`.
    pub fn finish(mut self, root: BoolId, source: &str, place: Place) -> Result<Program, TooBig> {
        if self.too_big {
            return Err(TooBig);
        }
        self.mentions.sort_by_key(|m| m.at.start);
        let mut reads: Vec<Slot> = self.mentions.iter().map(|m| m.slot).collect();
        reads.sort_unstable();
        reads.dedup();
        let names = reads.last().map_or(0, |last| last.index() + 1);
        let name_of = |slot: &Slot| self.vocabulary.variable(*slot).map(|v| v.name.clone());
        let spans = |metas: &[Meta]| metas.iter().map(|m| m.at).collect();
        let about = About {
            source: source.into(),
            place,
            cost: self.cost(root),
            names: reads.iter().filter_map(name_of).collect(),
            reads,
            bool_spans: spans(&self.bools),
            number_spans: spans(&self.numbers),
            list_spans: spans(&self.lists),
            mentions: self.mentions,
        };
        Ok(Program {
            nodes: Arc::new(self.nodes),
            root,
            interner: self.vocabulary.interner().clone(),
            names,
            print: self.vocabulary.print(names),
            about: Arc::new(about),
        })
    }
}
