//! Asking lenses: one analysis, its scores, its flips, its counterfactuals.
//!
//! Knows no lens by name; it asks a `dyn Lens`.

pub mod analysis;
pub mod backtest;
pub mod compare;
pub mod counterfactual;
pub mod draws;
pub mod flips;
pub mod scores;
pub mod sensitivity;
pub mod traces;

pub use analysis::{Analysis, Answer, Assumed, Baseline, LensResult, Options, SweepRow, analyze};
pub use compare::{Agreement, Counterfactual, Difference, Shift, counterfactual, rival};
pub use flips::Flip;
pub use scores::Scores;
pub use traces::{Says, TraceRow};
