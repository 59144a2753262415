//! See ARCHITECTURE.md for what this crate may know.

pub mod predicate;
