//! The words that every part of Raison shares.
//!
//! This crate touches no file, clock, environment or global random generator. It says
//! what a situation, a decider, a lens and a judgement *are*; the other crates read
//! them, compute them and draw them.

pub mod diagnostic;
pub mod predicate;
pub mod span;

pub use diagnostic::{Code, Diagnostic, Label, Problems, Severity};
pub use span::{FileId, SourceFile, SourceMap, Span};
