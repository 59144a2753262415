//! Draws keyed by seed, run, purpose, actors and year.
//!
//! A dispute-prone world asks for a thousand million draws, so a draw is a few
//! multiplications: the finaliser of SplitMix64 (Steele, Lea & Flood 2014) over the key.
//! Actors enter by their codes, never by their place in a list.

use raison_core::draws::hash;

/// What a draw is for. Each purpose has luck of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
#[allow(missing_docs)]
pub enum Purpose {
    Dispute = 1,
    First,
    Initiator,
    Reply,
    Join,
    WarEnd,
    WarWinner,
    WarSize,
    Sanction,
    SanctionEnd,
    Growth,
    GrowthPair,
    Gdp,
    GdpPair,
    Exit,
    Natural,
    Pact,
    PactKind,
    PactEnd,
    Strategy,
    Agree,
    Admit,
    Tension,
    TensionPair,
    Regime,
    RegimeStep,
    Major,
    Defeat,
    Found,
    Openness,
    Accept,
    Accede,
    Secede,
    Dissolve,
    JoinSide,
    Third,
    Joining,
    JoiningPair,
    Trend,
    TrendPair,
    Consolidate,
}

/// The luck of one run.
#[derive(Clone, Copy, Debug)]
pub struct Luck {
    key: u64,
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The key of an actor.
pub fn actor(code: &str) -> u64 {
    mix(hash(code))
}

/// The key of a pair of actors, whichever comes first.
pub fn pair(a: u64, b: u64) -> u64 {
    mix(a.min(b).wrapping_mul(GOLDEN) ^ a.max(b).rotate_left(23))
}

/// The key of an ordered pair.
pub fn ordered(a: u64, b: u64) -> u64 {
    mix(a.wrapping_mul(GOLDEN).wrapping_add(b.rotate_left(31)))
}

impl Luck {
    /// The luck of a run under a seed.
    pub fn new(seed: u64, run: u64) -> Self {
        let key = mix(mix(seed.wrapping_add(GOLDEN)) ^ run.wrapping_mul(GOLDEN));
        Luck { key }
    }

    /// A uniform number strictly between 0 and 1.
    pub fn uniform(self, purpose: Purpose, actor: u64, year: i16) -> f64 {
        let when = ((purpose as u64) << 32) ^ (year as u16 as u64);
        let bits = mix(mix(self.key ^ when.wrapping_mul(GOLDEN)) ^ actor) >> 12;
        (bits as f64 + 0.5) / (1u64 << 52) as f64
    }

    /// A stream of dispute draws for a year: the part of the key that pairs share is
    /// mixed once.
    pub fn year(self, purpose: Purpose, year: i16) -> YearLuck {
        let when = ((purpose as u64) << 32) ^ (year as u16 as u64);
        YearLuck(mix(self.key ^ when.wrapping_mul(GOLDEN)))
    }

    /// A standard normal number.
    pub fn normal(self, purpose: Purpose, second: Purpose, actor: u64, year: i16) -> f64 {
        let u = self.uniform(purpose, actor, year);
        let v = self.uniform(second, actor, year);
        (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }
}

/// The luck of one purpose in one year.
#[derive(Clone, Copy, Debug)]
pub struct YearLuck(u64);

impl YearLuck {
    /// The same number as [`Luck::uniform`] gives.
    #[inline]
    pub fn uniform(self, actor: u64) -> f64 {
        let bits = mix(self.0 ^ actor) >> 12;
        (bits as f64 + 0.5) / (1u64 << 52) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_uniform_and_independent_of_each_other() {
        let luck = Luck::new(1, 0);
        let n = 100_000;
        let all: Vec<f64> = (0..n)
            .map(|i| luck.uniform(Purpose::Dispute, mix(i), 1950))
            .collect();
        let mean = all.iter().sum::<f64>() / n as f64;
        let var = all.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n as f64;
        assert!((mean - 0.5).abs() < 0.004 && (var - 1.0 / 12.0).abs() < 0.002);
        let lag: f64 = all
            .windows(2)
            .map(|w| (w[0] - 0.5) * (w[1] - 0.5))
            .sum::<f64>()
            / n as f64;
        assert!(lag.abs() < 0.001);
        let years: f64 = (0..2000i16)
            .map(|y| luck.uniform(Purpose::Exit, 7, y) - 0.5)
            .collect::<Vec<_>>()
            .windows(2)
            .map(|w| w[0] * w[1])
            .sum::<f64>()
            / 2000.0;
        assert!(years.abs() < 0.01);
    }

    #[test]
    fn a_pair_has_one_luck_whichever_comes_first() {
        let (a, b) = (actor("IRN"), actor("USA"));
        assert_eq!(pair(a, b), pair(b, a));
        assert_ne!(ordered(a, b), ordered(b, a));
        let luck = Luck::new(3, 4);
        let year = luck.year(Purpose::Dispute, 2011);
        assert_eq!(
            year.uniform(pair(a, b)),
            luck.uniform(Purpose::Dispute, pair(a, b), 2011)
        );
        assert_ne!(
            Luck::new(3, 5).uniform(Purpose::Exit, a, 2011),
            luck.uniform(Purpose::Exit, a, 2011)
        );
    }
}
