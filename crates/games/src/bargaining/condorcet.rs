//! Probabilistic Condorcet elections: every proposal against every other, coalitions by
//! votes, victory by relative strength, and from the pairwise victories a probability for
//! each proposal.
//!
//! Source: Jesse & Wise in the KAPSARC Toolkit for Behavioral Analysis (Wise, Lester &
//! Efird 2015); variants as its kernel defines them. The two Markov variants are solved
//! exactly (Grassmann, Taksar & Heyman 1985), not iterated.

use crate::error::{length, not_negative};
use crate::{Error, Result};

/// Votes at least this strong stand behind every proposal, so that none is impossible.
const FLOOR: f64 = 1e-8;
/// Proposals at most.
pub const MOST_PROPOSALS: usize = 2_000;

/// How strengths of two coalitions become a probability of victory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Victory {
    /// In proportion to strength.
    Linear,
    /// To its square.
    Square,
    /// To its fourth power.
    Quartic,
    /// To its eighth power.
    Octic,
    /// Certain from an advantage of a tenth on, linear in the share between.
    Binary,
}

/// How utilities become votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voting {
    /// Full weight for any difference.
    Binary,
    /// A fifth binary, the rest proportional.
    PropBin,
    /// Weight times difference.
    Proportional,
    /// Half proportional, half cubic.
    PropCbc,
    /// Weight times the cube of the difference.
    Cubic,
    /// Proportional, gains counting two thirds of losses.
    AsymProsp,
}

/// How pairwise victories become probabilities of proposals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Proportional to the chance of beating all others at once.
    Conditional,
    /// The stationary distribution when challengers come forward in proportion to the
    /// strength and chances of their coalition.
    MarkovIncentive,
    /// The stationary distribution when all challengers are equally likely.
    MarkovUniform,
}

macro_rules! named {
    ($type:ident, $($variant:ident = $text:literal),+) => {
        impl $type {
            /// Every setting with its name.
            pub const ALL: &'static [(&'static str, $type)] = &[$(($text, $type::$variant)),+];
        }
    };
}

named!(
    Victory,
    Linear = "linear",
    Square = "square",
    Quartic = "quartic",
    Octic = "octic",
    Binary = "binary"
);
named!(
    Voting,
    Binary = "binary",
    PropBin = "prop-bin",
    Proportional = "proportional",
    PropCbc = "prop-cbc",
    Cubic = "cubic",
    AsymProsp = "asym-prosp"
);
named!(
    Outcome,
    Conditional = "conditional",
    MarkovIncentive = "markov-incentive",
    MarkovUniform = "markov-uniform"
);

/// The variant of the election.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Victory in a pair.
    pub victory: Victory,
    /// Votes.
    pub voting: Voting,
    /// Probability of a proposal.
    pub outcome: Outcome,
}

impl Default for Rules {
    /// What KTAB does unless told otherwise.
    fn default() -> Self {
        Self {
            victory: Victory::Linear,
            voting: Voting::Proportional,
            outcome: Outcome::Conditional,
        }
    }
}

/// The result of an election.
#[derive(Clone, Debug, PartialEq)]
pub struct Election {
    /// Strength of the coalition for row against column.
    pub coalitions: Vec<f64>,
    /// Probability that row beats column; ½ on the diagonal.
    pub victory: Vec<f64>,
    /// Probability of each proposal; sums to 1.
    pub probability: Vec<f64>,
    /// How far the probabilities are from reproducing themselves: 0 for the conditional
    /// variant, the largest change under one more step for the Markov ones.
    pub residual: f64,
}

/// The votes of an actor of weight `w` for what it values at `a` over what it values at
/// `b`; negative when against.
///
/// Utilities lie in 0..=1. Binary votes are linear within 1e-8 of indifference.
pub fn vote(rule: Voting, w: f64, a: f64, b: f64) -> f64 {
    let d = a - b;
    let binary = (d / 1e-8).clamp(-1.0, 1.0);
    let cubic = d * d * d;
    w * match rule {
        Voting::Binary => binary,
        Voting::PropBin => 0.8 * d + 0.2 * binary,
        Voting::Proportional => d,
        Voting::PropCbc => 0.5 * d + 0.5 * cubic,
        Voting::Cubic => cubic,
        Voting::AsymProsp if d > 0.0 => 2.0 * d / 3.0,
        Voting::AsymProsp => d,
    }
}

/// The probability that a coalition of strength `s` beats one of strength `t`; ½ where
/// both are 0.
pub fn victory(rule: Victory, s: f64, t: f64) -> f64 {
    let top = s.max(t);
    if top <= 0.0 {
        return 0.5;
    }
    let (s, t) = (s / top, t / top);
    let share = |power: i32| s.powi(power) / (s.powi(power) + t.powi(power));
    match rule {
        Victory::Linear => share(1),
        Victory::Square => share(2),
        Victory::Quartic => share(4),
        Victory::Octic => share(8),
        Victory::Binary => threshold(s, t),
    }
}

/// Certainty is 1 − 1e-6, so that no proposal becomes impossible.
fn threshold(s: f64, t: f64) -> f64 {
    const EDGE: f64 = 1.1;
    if s >= EDGE * t {
        return 1.0 / (1.0 + 1e-6);
    }
    if t >= EDGE * s {
        return 1e-6 / (1.0 + 1e-6);
    }
    (s / (s + t) * (EDGE + 1.0) - 1.0) / (EDGE - 1.0)
}

/// u = (1 − d)(1 + d·R) for a distance d of 0 or more in ranges and risk aversion R in
/// −1..=1; beyond d = 1 the second factor stays (KTAB's bilateral utility).
pub fn utility(d: f64, risk: f64) -> f64 {
    (1.0 - d) * (1.0 + d.min(1.0) * risk)
}

/// An election among proposals; `utilities` lists actor by actor what each proposal is
/// worth, `weights` what each actor's votes weigh.
///
/// # Errors
/// Empty lists, lengths that do not fit, negative weights, numbers not finite, more than
/// [`MOST_PROPOSALS`] proposals.
pub fn condorcet(weights: &[f64], utilities: &[f64], rules: Rules) -> Result<Election> {
    let n = weights.len();
    if n == 0 || utilities.is_empty() {
        return Err(Error::Empty {
            what: "actors or proposals",
        });
    }
    let m = utilities.len() / n;
    length("utilities", n * m.max(1), utilities.len())?;
    not_negative("the weight", weights)?;
    crate::error::finite("the utility", utilities)?;
    if m > MOST_PROPOSALS {
        return Err(Error::TooLarge {
            what: "proposals",
            found: m,
            most: MOST_PROPOSALS,
        });
    }
    let coalitions = coalitions(weights, utilities, m, rules.voting);
    from_coalitions(coalitions, m, rules)
}

/// An election among the actors' own positions.
#[derive(Clone, Debug, PartialEq)]
pub struct Contest {
    /// For each actor the number of its proposal: actors at one point share one.
    pub proposal_of: Vec<usize>,
    /// For each proposal the first actor who makes it.
    pub proposers: Vec<usize>,
    /// The election among the proposals.
    pub election: Election,
}

/// An election among the actors' own positions: utilities from distances weighted by
/// salience (d = √(Σ (s·Δ)² / Σ s²), Δ in ranges), votes weighted by capability times the
/// sum of saliences, risk aversion `risk` for everyone.
///
/// # Errors
/// As [`condorcet`]; `risk` outside −1..=1.
pub fn condorcet_of_positions(
    space: &super::Space<'_>,
    risk: f64,
    rules: Rules,
) -> Result<Contest> {
    if !(-1.0..=1.0).contains(&risk) {
        return Err(Error::OutOfRange {
            what: "risk aversion",
            index: 0,
            value: risk,
            domain: "between -1 and 1",
        });
    }
    let n = space.actors();
    let (proposal_of, proposers) = proposals(space);
    let ranges: Vec<f64> = (0..space.issues()).map(|k| space.bounds(k).1).collect();
    let cells = (0..n).flat_map(|i| proposers.iter().map(move |j| (i, *j)));
    let utilities: Vec<f64> = cells
        .map(|(i, j)| utility(distance(space, &ranges, i, j), risk))
        .collect();
    let weights: Vec<f64> = (0..n).map(|i| space.total_weight(i)).collect();
    let election = condorcet(&weights, &utilities, rules)?;
    Ok(Contest {
        proposal_of,
        proposers,
        election,
    })
}

/// Points held, numbered by first appearance.
fn proposals(space: &super::Space<'_>) -> (Vec<usize>, Vec<usize>) {
    let d = space.issues();
    let mut known = std::collections::HashMap::new();
    let mut proposers = Vec::new();
    let mut proposal_of = Vec::with_capacity(space.actors());
    for (i, point) in space.positions.chunks_exact(d).enumerate() {
        // Adding 0 turns −0 into 0, so that both are one point.
        let key: Vec<u64> = point.iter().map(|x| (x + 0.0).to_bits()).collect();
        let number = *known.entry(key).or_insert(proposers.len());
        if number == proposers.len() {
            proposers.push(i);
        }
        proposal_of.push(number);
    }
    (proposal_of, proposers)
}

fn distance(space: &super::Space<'_>, ranges: &[f64], i: usize, j: usize) -> f64 {
    let d = ranges.len();
    let (mut up, mut down) = (0.0, 0.0);
    for (k, range) in ranges.iter().enumerate() {
        let s = space.salience[i * d + k];
        let gap = space.positions[i * d + k] - space.positions[j * d + k];
        let part = if *range > 0.0 { s * gap / range } else { 0.0 };
        (up, down) = (up + part * part, down + s * s);
    }
    if down > 0.0 { (up / down).sqrt() } else { 0.0 }
}

fn coalitions(weights: &[f64], utilities: &[f64], m: usize, rule: Voting) -> Vec<f64> {
    let mut table = vec![FLOOR; m * m];
    for (w, line) in weights.iter().zip(utilities.chunks_exact(m)) {
        for (i, a) in line.iter().enumerate() {
            let row = &mut table[i * m..(i + 1) * m];
            for (cell, b) in row.iter_mut().zip(line) {
                *cell += vote(rule, *w, *a, *b).max(0.0);
            }
        }
    }
    table
}

/// The election that given coalitions lead to; `coalitions` is m × m, row against column.
///
/// # Errors
/// A table that is not m × m, negative or not finite strengths.
pub fn from_coalitions(coalitions: Vec<f64>, m: usize, rules: Rules) -> Result<Election> {
    length("coalition strengths", m * m, coalitions.len())?;
    not_negative("the coalition strength", &coalitions)?;
    let mut wins = vec![0.5; m * m];
    for i in 0..m {
        for j in 0..i {
            let p = victory(rules.victory, coalitions[i * m + j], coalitions[j * m + i]);
            wins[i * m + j] = p;
            wins[j * m + i] = 1.0 - p;
            if p < 0.5 {
                // The smaller of the two keeps its digits.
                let q = victory(rules.victory, coalitions[j * m + i], coalitions[i * m + j]);
                wins[j * m + i] = q;
            }
        }
    }
    let probability = match rules.outcome {
        Outcome::Conditional => conditional(&wins, m),
        _ => stationary(&mut rates(&coalitions, &wins, m, rules.outcome), m),
    };
    let residual = match rules.outcome {
        Outcome::Conditional => 0.0,
        _ => change(
            &rates(&coalitions, &wins, m, rules.outcome),
            &probability,
            m,
        ),
    };
    Ok(Election {
        coalitions,
        victory: wins,
        probability,
        residual,
    })
}

/// Products of rows, in logarithms so that eighty factors do not vanish.
fn conditional(wins: &[f64], m: usize) -> Vec<f64> {
    let logs: Vec<f64> = wins
        .chunks_exact(m)
        .map(|r| r.iter().map(|p| p.ln()).sum())
        .collect();
    let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let raw: Vec<f64> = logs.iter().map(|l| (l - top).exp()).collect();
    let total: f64 = raw.iter().sum();
    raw.iter().map(|p| p / total).collect()
}

/// Probability that the standing proposal (row) gives way to another (column).
fn rates(coalitions: &[f64], wins: &[f64], m: usize, outcome: Outcome) -> Vec<f64> {
    let mut table = vec![0.0; m * m];
    for k in 0..m {
        let weight = |i: usize| match outcome {
            Outcome::MarkovIncentive => coalitions[i * m + k] * wins[i * m + k],
            _ => 1.0,
        };
        let total: f64 = (0..m).map(weight).sum();
        for i in (0..m).filter(|i| *i != k) {
            table[k * m + i] = weight(i) / total * wins[i * m + k];
        }
    }
    table
}

/// The stationary distribution by elimination without subtractions.
fn stationary(rates: &mut [f64], m: usize) -> Vec<f64> {
    for k in (1..m).rev() {
        let out: f64 = rates[k * m..k * m + k].iter().sum();
        for i in 0..k {
            let share = if out > 0.0 {
                rates[i * m + k] / out
            } else {
                0.0
            };
            rates[i * m + k] = share;
            for j in 0..k {
                rates[i * m + j] += share * rates[k * m + j];
            }
        }
    }
    let mut weight = vec![1.0; m];
    for k in 1..m {
        weight[k] = (0..k).map(|i| weight[i] * rates[i * m + k]).sum();
        // Ratios can be extreme; keep the sum within range.
        let top = weight[..=k].iter().copied().fold(0.0, f64::max);
        if top > 1e200 {
            weight[..=k].iter_mut().for_each(|w| *w /= top);
        }
    }
    let total: f64 = weight.iter().sum();
    weight.iter().map(|w| w / total).collect()
}

fn change(rates: &[f64], p: &[f64], m: usize) -> f64 {
    let flow = |k: usize| -> f64 {
        let into: f64 = (0..m)
            .filter(|i| *i != k)
            .map(|i| p[i] * rates[i * m + k])
            .sum();
        let out: f64 = (0..m).filter(|i| *i != k).map(|i| rates[k * m + i]).sum();
        (into - p[k] * out).abs()
    };
    (0..m).map(flow).fold(0.0, f64::max)
}
