//! Leaders' profiles and norm groups.

use crate::inputs::{Citation, Num};
use jiff::civil::Date;

/// A leader's profile: scores, and the norm group they are read against.
#[derive(Clone, Debug)]
pub struct Leader {
    /// Slug.
    pub id: String,
    /// Name.
    pub name: String,
    /// `lagged`, `pooled` or `norm`.
    pub basis: String,
    /// First day of the words that were scored, where stated.
    pub from: Option<Date>,
    /// Last day of the words that were scored, where stated.
    pub to: Option<Date>,
    /// Year of birth, where stated.
    pub born: Option<i16>,
    /// Operational-code indices by [`INDICES`] order.
    pub indices: Vec<Option<Num>>,
    /// Leadership traits by [`TRAITS`] order.
    pub traits: Vec<Option<Num>>,
    /// The norm group.
    pub norm: Norm,
    /// Works the scores come from.
    pub sources: Vec<Citation>,
}

impl Leader {
    /// An index by name.
    pub fn index(&self, name: &str) -> Option<Num> {
        let i = INDICES.iter().position(|n| *n == name)?;
        self.indices.get(i).copied().flatten()
    }

    /// A trait by name.
    pub fn leadership_trait(&self, name: &str) -> Option<Num> {
        let i = TRAITS.iter().position(|n| *n == name)?;
        self.traits.get(i).copied().flatten()
    }
}

/// Operational-code indices (Walker, Schafer & Young 1998).
pub const INDICES: [&str; 16] = [
    "P1", "P2", "P3", "P4", "P5", "I1", "I2", "I3", "I4a", "I4b", "I5re", "I5pr", "I5ap", "I5op",
    "I5th", "I5pu",
];

/// Leadership traits (Hermann 2003).
pub const TRAITS: [&str; 7] = ["BACE", "PWR", "SC", "CC", "TASK", "IGB", "DIS"];

/// Mean and standard deviation of a score in a norm group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Mean.
    pub mean: f64,
    /// Standard deviation, above 0.
    pub sd: f64,
}

/// A norm group.
#[derive(Clone, Debug, Default)]
pub struct Norm {
    /// Slug.
    pub id: String,
    /// Title.
    pub title: String,
    /// How many leaders.
    pub n: usize,
    /// Who or what coded them.
    pub coder: String,
    /// First day of the words that the group's scores rest on, where stated.
    pub from: Option<Date>,
    /// Last day of the words that the group's scores rest on, where stated.
    pub to: Option<Date>,
    /// By [`INDICES`] order.
    pub indices: Vec<Option<Spread>>,
    /// By [`TRAITS`] order.
    pub traits: Vec<Option<Spread>>,
}

impl Norm {
    /// Spread of an index by name.
    pub fn index(&self, name: &str) -> Option<Spread> {
        let i = INDICES.iter().position(|n| *n == name)?;
        self.indices.get(i).copied().flatten()
    }

    /// Spread of a trait by name.
    pub fn leadership_trait(&self, name: &str) -> Option<Spread> {
        let i = TRAITS.iter().position(|n| *n == name)?;
        self.traits.get(i).copied().flatten()
    }
}
