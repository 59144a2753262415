//! Raison: an open laboratory for foreign-policy analysis.
//!
//! A thin façade over the inner crates: it carries the built-in library, opens files,
//! registers the lenses and re-exports. It wraps no type again and decides nothing.

#[cfg(feature = "record")]
pub mod backtest;
pub mod calibration;
pub mod cases;
pub mod catalogue;
#[cfg(feature = "record")]
pub mod crises;
pub mod embedded;
pub mod inspect;
pub mod open;
pub mod registry;
#[cfg(feature = "record")]
pub mod rows;
pub mod scaffold;
pub mod shelf;
pub mod solve;
pub mod studies;
#[cfg(feature = "record")]
pub mod sureness;
pub mod threads;
pub mod topics;
#[cfg(feature = "text")]
pub mod words;
#[cfg(feature = "world")]
pub mod worlds;

pub use raison_core as core;
pub use raison_files as files;
pub use raison_games as games;
pub use raison_lenses as lenses;
#[cfg(feature = "record")]
pub use raison_record as record;
pub use raison_report as report;
pub use raison_study as study;
#[cfg(feature = "text")]
pub use raison_text as text;
#[cfg(feature = "world")]
pub use raison_world as world;

use raison_files::{Loader, Shelf};

/// Name and version of the engine, as results state it.
pub const ENGINE: &str = concat!("raison ", env!("CARGO_PKG_VERSION"));

/// A loader over a shelf that also knows the works of the built-in bibliography.
pub fn loader(shelf: &dyn Shelf) -> Loader<'_> {
    let mut loader = Loader::new(shelf);
    let own = shelf.read("sources.bib").map(|(name, _)| name);
    if own.as_deref() != Some(BUILT_IN)
        && let Some((name, bytes)) = embedded::Embedded.read("sources.bib")
    {
        loader.add_bibliography(&name, &bytes);
    }
    loader
}

const BUILT_IN: &str = "library/sources.bib";
