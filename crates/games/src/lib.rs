//! Solution concepts of game and bargaining theory as pure functions.
//!
//! Nothing here knows what a state, a leader or a file is. Functions take borrowed
//! slices or checked values, never draw from a hidden source of chance, and return
//! their own check (a regret, a residual, a bound) beside the answer. Every item names
//! its source.
//!
//! * [`bargaining`]: one point agreed by many actors (weighted mean and median, Nash,
//!   Kalai–Smorodinsky, exchange, agenda setting, the challenge model, probabilistic
//!   Condorcet election);
//! * [`normal_form`], [`extensive_form`]: games, pure and mixed Nash equilibria, backward
//!   induction and subgame perfection, with [`extensive_form::templates`];
//! * [`quantal`]: logit quantal response equilibria along the principal branch;
//! * [`conflict`]: the graph model for conflict resolution;
//! * [`theory_of_moves`]: Brams's non-myopic equilibria of 2×2 ordinal games, with
//!   Walker's inference of preferences in [`theory_of_moves::tip`].

pub mod bargaining;
pub mod conflict;
pub mod error;
pub mod extensive_form;
mod linear;
pub mod normal_form;
pub mod quantal;
pub mod theory_of_moves;

pub use error::{Error, Result};
pub use extensive_form::ExtensiveForm;
pub use normal_form::NormalForm;
