//! Many actors, one outcome: models of group bargaining.
//!
//! Actors hold *positions* on one or more issues, have *capability* (how much they
//! could decide) and *salience* (how much they care, 0..1). Their product is the
//! *effective power* that most models weigh positions by.

mod central;
pub mod challenge;
pub mod condorcet;
mod cooperative;
pub mod exchange;
mod procedural;
mod space;
pub mod spatial;

pub use central::{compromise, weighted_median};
pub use challenge::challenge;
pub use condorcet::condorcet;
pub use cooperative::{Bargain, Disagreement, kalai_smorodinsky, nash_bargaining};
pub use exchange::exchange;
pub use procedural::{Procedure, Quota, procedural};
pub use space::Space;

use crate::error::{finite, length, not_negative};
use crate::{Error, Result};

/// Checks weights against positions and returns the sum of weights, above 0.
pub(crate) fn check_weights(weights: &[f64], positions: &[f64]) -> Result<f64> {
    if positions.is_empty() {
        return Err(Error::Empty { what: "actors" });
    }
    length("weights", positions.len(), weights.len())?;
    finite("the position", positions)?;
    not_negative("the weight", weights)?;
    let total: f64 = weights.iter().sum();
    if !total.is_finite() {
        return Err(Error::NotFinite {
            what: "the sum of weights",
            index: 0,
        });
    }
    if total > 0.0 {
        Ok(total)
    } else {
        Err(Error::NoWeight)
    }
}

/// Effective power: capability times salience, actor by actor (Van den Bos 1991).
///
/// # Errors
/// [`Error::Length`], [`Error::NotFinite`] or [`Error::OutOfRange`] for negative values.
pub fn effective_power(capability: &[f64], salience: &[f64]) -> Result<Vec<f64>> {
    length("saliences", capability.len(), salience.len())?;
    not_negative("the capability", capability)?;
    not_negative("the salience", salience)?;
    Ok(capability
        .iter()
        .zip(salience)
        .map(|(c, s)| c * s)
        .collect())
}
