//! The backtest on the real crises: rows and splits, baselines, leaks, threads, files.
//!
//! Reference: the protocol and its measured scores are those of `oracles/crisis.md` beside
//! the data; figures here are as printed there.

#![cfg(feature = "record")]

#[path = "record/baselines.rs"]
mod baselines;
#[path = "record/common.rs"]
mod common;
#[path = "record/leaks.rs"]
mod leaks;
#[path = "record/rows.rs"]
mod rows;
#[path = "record/whole.rs"]
mod whole;
