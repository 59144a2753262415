//! Conditions, compiled: what `files` checks once is evaluated here very often.
//!
//! A predicate is a condition in the Common Expression Language (CEL, language
//! definition of cel-spec) over a [`Vocabulary`]: a list of dotted names with types.
//! This module holds no parser. It holds the vocabulary, the [`Slots`] that carry one
//! situation's values, the [`Builder`] with which the checker makes a [`Program`], and
//! the evaluator, which allocates nothing and always ends: programs are trees, loops
//! run over lists of at most [`MOST_ITEMS`] texts, and [`Program::cost`] bounds the
//! work.
//!
//! A value may be missing. Reading a missing value is [`EvalError::Missing`], never a
//! silent default; `has(name)` asks first, and `&&` and `||` absorb an error on one
//! side when the other side decides (`true || error` is true), as CEL has it.

mod builder;
mod code;
mod eval;
mod explain;
mod place;
mod slots;
mod symbol;
mod vocabulary;

pub use builder::{Builder, Bytes, MOST_DEPTH, MOST_LOOPS, MOST_MADE_ITEMS, TooBig};
pub use code::{Arith, BoolId, Compare, ListId, NumberId, Program, Quantifier, Search, TextId};
pub use eval::EvalError;
pub use explain::{Explanation, Outcome};
pub use place::Place;
pub use slots::{Slots, TooLong};
pub use symbol::{Interner, List, MOST_ITEMS, Symbol};
pub use vocabulary::{NameError, Slot, Type, Variable, Vocabulary};

/// A predicate read a value that is missing.
pub const MISSING_VALUE: crate::Code = crate::Code("R0420");
/// A predicate divided by zero.
pub const DIVISION_BY_ZERO: crate::Code = crate::Code("R0421");
/// A program met values of another vocabulary: a fault of the calling code.
pub const FOREIGN_VALUES: crate::Code = crate::Code("R0422");
