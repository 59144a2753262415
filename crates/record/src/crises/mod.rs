//! International crises as decisions: what each state in crisis knew before it responded.
//!
//! Source: International Crisis Behavior, actor level (Brecher and Wilkenfeld 1997), with
//! capabilities, disputes, leaders and profiles of the time before.

mod around;
mod before;
mod covariates;
mod days;
mod list;
pub mod variables;

pub use around::Around;
pub use covariates::Options;
pub use list::{Actor, COLUMNS, Crises};
