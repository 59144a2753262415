//! The record: what is known about two centuries of states, disputes, alliances,
//! crises and leaders, as typed tables; joins that make research tables of them;
//! measures of the international system; and the statistics the field expects.
//!
//! Data come from packs ([`pack`]) that the user adds to a store ([`store`]); the store
//! is read lazily, table by table and column by column. This crate knows no lens.

pub mod add;
pub mod codes;
pub mod column;
pub mod crises;
#[cfg(feature = "download")]
pub mod download;

pub mod filter;
mod fit_spec;
pub mod keys;
pub mod leaders_study;
pub mod measures;
pub mod pack;
mod parquet_read;
mod parquet_write;
pub mod read;
mod reading;
pub mod refusal;
pub mod stats;
pub mod store;
pub mod tables;
pub mod write;

pub use column::{Column, Kind, RowFilter, RowView, Table};
pub use raison_core::Code;
pub use reading::{CrisisActor, LeaderSpell, PartOfMonth, PartialDate, Record};
pub use refusal::{Outcome, Refusal};
pub use store::Store;
