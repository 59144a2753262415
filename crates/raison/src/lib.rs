//! Raison: an open laboratory for foreign-policy analysis.
//!
//! A thin façade over the inner crates: it reads the built-in library, registers the
//! lenses and re-exports. It wraps no type again and decides nothing.

pub use raison_core as core;
pub use raison_files as files;
pub use raison_games as games;
pub use raison_lenses as lenses;
#[cfg(feature = "record")]
pub use raison_record as record;
pub use raison_report as report;
pub use raison_study as study;
