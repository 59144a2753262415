//! The compiled form: four arenas of small typed nodes that refer to each other.

use std::sync::Arc;

use super::builder::Bytes;
use super::place::Place;
use super::symbol::{Interner, List, Symbol};
use super::vocabulary::Slot;
use crate::span::Span;

/// A true-or-false node of a [`super::Builder`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoolId(pub(super) u16);
/// A number node of a [`super::Builder`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberId(pub(super) u16);
/// A text node of a [`super::Builder`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextId(pub(super) u16);
/// A list-of-texts node of a [`super::Builder`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListId(pub(super) u16);

/// `==`, `!=`, `<`, `<=`, `>`, `>=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Compare {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

impl Compare {
    /// Whether `a` and `b` stand in this relation; NaN only in `!=`.
    #[inline]
    pub fn holds<T: PartialOrd + ?Sized>(self, a: &T, b: &T) -> bool {
        match self {
            Compare::Equal => a == b,
            Compare::NotEqual => a != b,
            Compare::Less => a < b,
            Compare::AtMost => a <= b,
            Compare::Greater => a > b,
            Compare::AtLeast => a >= b,
        }
    }

    /// The relation with its sides exchanged.
    pub fn turned(self) -> Self {
        match self {
            Compare::Less => Compare::Greater,
            Compare::AtMost => Compare::AtLeast,
            Compare::Greater => Compare::Less,
            Compare::AtLeast => Compare::AtMost,
            same => same,
        }
    }
}

/// `+`, `-`, `*`, `/`, `%`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Arith {
    Add,
    Subtract,
    Multiply,
    Divide,
    /// The rest of a division rounded towards zero.
    Rest,
}

/// `startsWith`, `endsWith`, `contains`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Search {
    Start,
    End,
    Anywhere,
}

/// `exists`, `all`, `exists_one`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Quantifier {
    Exists,
    All,
    ExistsOne,
}

/// A run of child nodes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Run {
    pub start: u16,
    pub length: u16,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Bool {
    Constant(bool),
    Slot(Slot),
    Has(Slot),
    Not(BoolId),
    And(Run),
    Or(Run),
    If(BoolId, BoolId, BoolId),
    Same(bool, BoolId, BoolId),
    Numbers(Compare, NumberId, NumberId),
    /// A number of the vocabulary against a constant: the commonest node by far.
    SlotNumber(Compare, Slot, f64),
    Texts(Compare, TextId, TextId),
    /// A text of the vocabulary is (`true`) or is not (`false`) a constant.
    SlotText(bool, Slot, Symbol),
    Search(Search, TextId, TextId),
    In(TextId, ListId),
    /// A constant is in a list of the vocabulary.
    InSlot(Symbol, Slot),
    InNumbers(NumberId, Run),
    Quantified(Quantifier, u8, ListId, BoolId),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    Constant(f64),
    Slot(Slot),
    Negative(NumberId),
    Whole(NumberId),
    Arith(Arith, NumberId, NumberId),
    If(BoolId, NumberId, NumberId),
    TextSize(TextId),
    ListSize(ListId),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Text {
    Constant(Symbol),
    Slot(Slot),
    Local(u8),
    If(BoolId, TextId, TextId),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Texts {
    /// Index into `lists`, and how many items were written.
    Constant(u16, u16),
    Slot(Slot),
    Made(Run),
    If(BoolId, ListId, ListId),
}

/// Nodes and the children that runs refer to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Nodes {
    pub bools: Vec<Bool>,
    pub numbers: Vec<Number>,
    pub texts: Vec<Text>,
    pub texts_lists: Vec<Texts>,
    pub lists: Vec<Arc<List>>,
    pub children: Vec<u16>,
}

impl Nodes {
    #[inline]
    pub fn run(&self, run: Run) -> &[u16] {
        let start = usize::from(run.start);
        self.children
            .get(start..start + usize::from(run.length))
            .unwrap_or(&[])
    }
}

/// A variable where the text mentions it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mention {
    pub slot: Slot,
    pub at: Bytes,
    /// Whether it is only asked for with `has`.
    pub asked: bool,
}

/// A checked condition, ready to be evaluated. Cheap to clone and free of locks.
#[derive(Clone, Debug)]
pub struct Program {
    pub(super) nodes: Arc<Nodes>,
    pub(super) root: BoolId,
    pub(super) interner: Arc<Interner>,
    /// How many names of the vocabulary the program relies on, and their print.
    pub(super) names: usize,
    pub(super) print: u64,
    pub(super) about: Arc<About>,
}

/// What evaluation does not need.
#[derive(Debug, PartialEq)]
pub(super) struct About {
    pub source: Arc<str>,
    pub place: Place,
    pub cost: u64,
    pub reads: Vec<Slot>,
    pub names: Vec<Arc<str>>,
    pub mentions: Vec<Mention>,
    /// Where each node of `bools` and `numbers` stands.
    pub bool_spans: Vec<Bytes>,
    pub number_spans: Vec<Bytes>,
    pub list_spans: Vec<Bytes>,
}

/// Programs are equal when they have the same text at the same place and mean the same.
impl PartialEq for Program {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.interner, &other.interner)
            && self.print == other.print
            && self.root == other.root
            && self.nodes == other.nodes
            && self.about == other.about
    }
}

impl Program {
    /// The text as written.
    pub fn source(&self) -> &str {
        &self.about.source
    }

    /// Where the text stands.
    pub fn span(&self) -> Span {
        self.about.place.span()
    }

    /// An upper bound of the work of one evaluation, in steps of a few nanoseconds.
    pub fn cost(&self) -> u64 {
        self.about.cost
    }

    /// The names that the program may read or ask for with `has`, in order, each once.
    pub fn reads(&self) -> &[Slot] {
        &self.about.reads
    }

    /// The name of a slot that the program reads.
    pub fn name(&self, slot: Slot) -> Option<&str> {
        let at = self.about.reads.binary_search(&slot).ok()?;
        self.about.names.get(at).map(|name| &**name)
    }

    /// Where the program first reads the slot: a reading, or else a `has`.
    pub fn place_of(&self, slot: Slot) -> Option<Span> {
        let mine = || self.about.mentions.iter().filter(|m| m.slot == slot);
        let mention = mine().find(|m| !m.asked).or_else(|| mine().next())?;
        Some(self.about.place.part(mention.at.start, mention.at.end))
    }
}
