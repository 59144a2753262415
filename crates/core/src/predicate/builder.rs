//! Puts programs together, node by node, and computes at once what needs no values.

mod comparisons;
mod logic;
mod values;

use std::fmt;
use std::sync::Arc;

use super::code::{
    About, Bool, BoolId, ListId, Mention, Nodes, Number, NumberId, Program, Run, Text, TextId,
    Texts,
};
use super::place::Place;
use super::symbol::MOST_ITEMS;
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
