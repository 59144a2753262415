//! The words that every part of Raison shares.
//!
//! This crate touches no file, clock, environment or global random generator. It says
//! what a situation, a decider, a lens and a judgement *are*; the other crates read
//! them, compute them and draw them.

pub mod case;
pub mod choice;
pub mod diagnostic;
pub mod draws;
pub mod facts;
pub mod inputs;
pub mod judgement;
pub mod lens;
pub mod predicate;
pub mod record;
pub mod situation;
pub mod span;
pub mod uncertain;
pub mod vocabulary;
pub mod world;
pub mod world_parameters;

pub use case::{Case, Finding, Learned, Mark, Observed};
pub use diagnostic::{Code, Diagnostic, Label, Problems, Severity};
pub use inputs::{Citation, Draw, Input, Inputs, Num, Provenance};
pub use judgement::{Check, Elimination, Exhibit, Judgement, Origin, Placed, Reason, Stance};
pub use lens::{About, Abstention, Earlier, History, Known, Lens, Parameter, Prepared, Trace};
pub use situation::*;
pub use span::{FileId, SourceFile, SourceMap, Span};
pub use uncertain::{Domain, Uncertain};
