//! Every lens on decisions that it was not fitted to.

pub mod baselines;
pub mod boosting;
pub mod bootstrap;
mod checks;
mod choose;
pub mod folds;
pub mod groups;
pub mod metrics;
mod run;
pub mod splits;

pub use bootstrap::{Interval, Paired, Scored};
pub use checks::{Alarm, CEILING, SKILL_CEILING};
pub use groups::{GroupScore, Lead};
pub use metrics::{Calibration, Target};
pub use run::{
    Backtest, CHOSEN, Difference, Fitted, Forecasts, Parameters, Plan, Score, Source, fit_all, run,
};
pub use splits::Split;
