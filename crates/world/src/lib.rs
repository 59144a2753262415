//! A world that decides: states with doctrines in a system of ties.
//!
//! A [`System`] is what does not change: states, pairs that can come into dispute,
//! distances, the questions that the world puts to its states. A [`Snapshot`] is the
//! condition at the start of a year. A turn is observe, decide, resolve: everyone decides
//! on one snapshot, so order does not matter. Every draw is keyed by seed, run, actor,
//! purpose and year ([`luck`]), so that removing an actor or adding an observer changes
//! nobody else's luck.
//!
//! The world knows no lens by name: it asks a `dyn Lens`.

pub mod blocs;
pub mod event;
pub mod luck;
pub mod measures;
pub mod mind;
pub mod networks;
pub mod output;
pub mod params;
pub mod record_world;
pub mod run;
pub mod saved;
pub mod snapshot;
pub mod system;
pub mod ties;
mod turn;

pub use event::{Event, EventKind};
pub use luck::Luck;
pub use mind::{Cabinet, Questions};
pub use networks::Networks;
pub use params::Params;
pub use run::{Run, Simulation};
pub use saved::Origin;
pub use snapshot::Snapshot;
pub use system::System;
pub use turn::{far, initiation};
