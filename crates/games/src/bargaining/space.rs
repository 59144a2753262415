//! Tables of actors on any number of issues.

use crate::error::{finite, length, not_negative};
use crate::{Error, Result};

/// Actors on one or more issues; positions and saliences are listed actor by actor.
#[derive(Clone, Copy, Debug)]
pub struct Space<'a> {
    /// How much each actor could decide: 0 or more.
    pub capability: &'a [f64],
    /// Positions, issue by issue for the first actor, then for the second …
    pub positions: &'a [f64],
    /// Saliences in the same order: 0 or more.
    pub salience: &'a [f64],
}

/// Actors or issues that a table may hold at most.
const MOST: usize = 10_000;

impl<'a> Space<'a> {
    /// Checks a table.
    ///
    /// # Errors
    /// No actors or issues, lists of wrong length, numbers not finite, negative
    /// capabilities or saliences, or no weight at all.
    pub fn new(
        capability: &'a [f64],
        positions: &'a [f64],
        salience: &'a [f64],
    ) -> Result<Space<'a>> {
        let n = capability.len();
        if n == 0 || positions.is_empty() {
            return Err(Error::Empty { what: "actors" });
        }
        length(
            "positions",
            n * (positions.len() / n).max(1),
            positions.len(),
        )?;
        length("saliences", positions.len(), salience.len())?;
        finite("the position", positions)?;
        not_negative("the capability", capability)?;
        not_negative("the salience", salience)?;
        if n > MOST || positions.len() / n > MOST {
            return Err(Error::TooLarge {
                what: "actors or issues",
                found: positions.len(),
                most: MOST,
            });
        }
        let space = Space {
            capability,
            positions,
            salience,
        };
        let total: f64 = (0..n).map(|i| space.total_weight(i)).sum();
        let ranges: Vec<f64> = (0..space.issues()).map(|d| space.bounds(d).1).collect();
        finite("the range of positions on issue", &ranges)?;
        finite("the sum of weights", &[total])?;
        if total > 0.0 {
            Ok(space)
        } else {
            Err(Error::NoWeight)
        }
    }

    /// Number of actors.
    pub fn actors(&self) -> usize {
        self.capability.len()
    }

    /// Number of issues.
    pub fn issues(&self) -> usize {
        self.positions.len() / self.capability.len()
    }

    /// Effective power on one issue.
    pub fn weight(&self, actor: usize, issue: usize) -> f64 {
        self.capability[actor] * self.salience[actor * self.issues() + issue]
    }

    /// Effective power over all issues: capability times the sum of saliences.
    pub fn total_weight(&self, actor: usize) -> f64 {
        let d = self.issues();
        let line = &self.salience[actor * d..(actor + 1) * d];
        self.capability[actor] * line.iter().sum::<f64>()
    }

    /// Lowest position and range on an issue.
    pub fn bounds(&self, issue: usize) -> (f64, f64) {
        let column = self.positions.iter().skip(issue).step_by(self.issues());
        let low = column.clone().copied().fold(f64::INFINITY, f64::min);
        let high = column.copied().fold(f64::NEG_INFINITY, f64::max);
        (low, high - low)
    }

    /// Positions on an issue.
    pub fn column(&self, issue: usize) -> Vec<f64> {
        self.positions
            .iter()
            .skip(issue)
            .step_by(self.issues())
            .copied()
            .collect()
    }
}
