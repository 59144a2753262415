//! The operational code: acts, counts and indices (VICS).
//!
//! Walker, Schafer and Young 1998, "Systematic procedures for operational code analysis",
//! International Studies Quarterly 42: 175-189; the sub-indices as in Schafer and Walker
//! 2006 and in the PsyCL data (Schafer and Lambert 2022).

mod indices;

pub use indices::{INDICES, Index, Indices};

/// One of the six steps of the scale, from conflict to cooperation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Act {
    /// −3: a conflictual deed.
    Punish,
    /// −2: a conflictual word about the future.
    Threaten,
    /// −1: a conflictual word.
    Oppose,
    /// +1: a cooperative word.
    Appeal,
    /// +2: a cooperative word about the future.
    Promise,
    /// +3: a cooperative deed.
    Reward,
}

/// All acts, from −3 to +3.
pub const ACTS: [Act; 6] = [
    Act::Punish,
    Act::Threaten,
    Act::Oppose,
    Act::Appeal,
    Act::Promise,
    Act::Reward,
];

impl Act {
    /// −3, −2, −1, 1, 2 or 3.
    pub fn scale(self) -> i8 {
        match self {
            Act::Punish => -3,
            Act::Threaten => -2,
            Act::Oppose => -1,
            Act::Appeal => 1,
            Act::Promise => 2,
            Act::Reward => 3,
        }
    }

    /// `reward`, `promise`, `appeal`, `oppose`, `threaten` or `punish`.
    pub fn name(self) -> &'static str {
        match self {
            Act::Punish => "punish",
            Act::Threaten => "threaten",
            Act::Oppose => "oppose",
            Act::Appeal => "appeal",
            Act::Promise => "promise",
            Act::Reward => "reward",
        }
    }

    /// The act of that name.
    pub fn from_name(name: &str) -> Option<Act> {
        ACTS.into_iter().find(|a| a.name() == name)
    }

    /// What is left of an act that is denied: cooperation becomes opposition, conflict
    /// becomes an appeal.
    pub fn denied(self) -> Act {
        if self.scale() > 0 {
            Act::Oppose
        } else {
            Act::Appeal
        }
    }

    /// A deed that is only spoken of as to come: its words.
    pub fn future(self) -> Act {
        match self {
            Act::Reward => Act::Promise,
            Act::Punish => Act::Threaten,
            other => other,
        }
    }
}

/// Counts of coded acts of self and other, `[punish, threaten, oppose, appeal, promise, reward]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The speaker's own.
    pub own: [u64; 6],
    /// Everybody else's.
    pub other: [u64; 6],
}

impl Counts {
    /// Counts one act.
    pub fn add(&mut self, own: bool, act: Act) {
        let side = if own { &mut self.own } else { &mut self.other };
        side[act as usize] += 1;
    }

    /// Sums counts: the only right way to put speeches together.
    pub fn sum(&mut self, more: &Counts) {
        (0..6).for_each(|k| {
            self.own[k] += more.own[k];
            self.other[k] += more.other[k];
        });
    }

    /// Coded acts altogether.
    pub fn total(&self) -> u64 {
        self.own.iter().sum::<u64>() + self.other.iter().sum::<u64>()
    }
}
