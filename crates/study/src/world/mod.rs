//! Studies on simulated worlds: against the record, and of what a doctrine does.

pub mod effect;
pub mod hindcast;
pub mod scoring;
