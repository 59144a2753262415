//! The challenge model: Bueno de Mesquita's expected-utility model of group decisions.
//!
//! Actors on a line weigh challenging each other. Victory follows from the votes of all
//! by effective power; risk follows from how threatened an actor is; who expects to lose
//! moves. The published accounts leave choices open, and no two programs agree, so every
//! choice is a switch ([`Switches`]) and the README beside this file says what each
//! preset is and why [`Switches::paper`] is the default.
//!
//! Sources: Bueno de Mesquita 1985, 1994 (in Bueno de Mesquita & Stokman), 1997;
//! Scholz, Calbert & Smith 2011 (ICAART, pp. 18–30), whose equation numbers are used.

mod kernel;
mod offers;
mod powers;
mod security;
mod switches;

pub use offers::{Kind, Offer};
pub use switches::{
    Capitulation, Conflict, Denominator, Range, Risk, SecondView, Selection, Stopping, Switches,
    VoteRisk,
};

use crate::error::{finite, length, not_negative};
use crate::{Error, Result};
use kernel::Kernel;

/// More actors than this are refused: tables grow with the square.
pub const MOST_ACTORS: usize = 2_000;
/// More rounds than this are refused.
pub const MOST_ROUNDS: usize = 100_000;

/// The actors of one issue; three lists of the same length.
#[derive(Clone, Copy, Debug)]
pub struct Actors<'a> {
    /// How much each could decide: 0 or more, in any unit.
    pub capability: &'a [f64],
    /// Where each stands, in the unit of the issue.
    pub position: &'a [f64],
    /// How much each cares: 0 to 1.
    pub salience: &'a [f64],
}

/// The state after a round; number 0 is the state before bargaining.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    /// Positions in the caller's order.
    pub positions: Vec<f64>,
    /// Median weighted by effective power: the model's forecast.
    pub median: f64,
    /// Mean weighted by effective power.
    pub mean: f64,
    /// What led here; `None` for round 0.
    pub course: Option<Course>,
}

/// What happened in a round, in the caller's order.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Sum of what the others expect from challenging each actor.
    pub security: Vec<f64>,
    /// Risk exponent r, ½ (risk averse) to 2.
    pub risk: Vec<f64>,
    /// Offers taken.
    pub offers: Vec<Option<Offer>>,
    /// Tables of all contests.
    pub matrices: Matrices,
}

/// Square tables row by row, in the caller's order: row challenges column. Diagonals mean
/// nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrices {
    /// P(row beats column), second pass.
    pub chance: Vec<f64>,
    /// E_i(U_ij), i being the row.
    pub own: Vec<f64>,
    /// The second coordinate of the contest, as the switch [`SecondView`] says.
    pub second: Vec<f64>,
    /// Sum of absolute votes over all ordered pairs, second pass.
    pub all_votes: f64,
}

/// The whole course of bargaining, `rounds` rounds at most.
///
/// # Errors
/// Empty or unequal lists, numbers that are not finite, negative capabilities, saliences
/// or Q outside 0..=1, no weight at all, or more than [`MOST_ACTORS`] or [`MOST_ROUNDS`].
pub fn challenge(actors: &Actors<'_>, switches: &Switches, rounds: usize) -> Result<Vec<Round>> {
    let mut bargaining = Bargaining::new(actors.position.len(), *switches)?;
    let mut list = Vec::new();
    bargaining.run(actors, rounds, |state| list.push(state.record()))?;
    Ok(list)
}

/// A reusable workspace: no memory is taken once it exists, so ten thousand runs on
/// drawn tables cost nothing but arithmetic.
pub struct Bargaining {
    kernel: Kernel,
    now: Vec<f64>,
    next: Vec<f64>,
}

/// A look at one round during a run.
pub struct State<'a> {
    /// Round number from 0.
    pub round: usize,
    /// Positions in the caller's order.
    pub positions: &'a [f64],
    /// Weighted median.
    pub median: f64,
    /// Weighted mean.
    pub mean: f64,
    kernel: &'a Kernel,
}

impl Bargaining {
    /// For `n` actors.
    ///
    /// # Errors
    /// No actors, more than [`MOST_ACTORS`], or Q outside 0..=1.
    pub fn new(n: usize, switches: Switches) -> Result<Self> {
        if n == 0 {
            return Err(Error::Empty { what: "actors" });
        }
        most("actors", n, MOST_ACTORS)?;
        unit("Q", &[switches.q])?;
        Ok(Self {
            kernel: Kernel::new(n, switches),
            now: vec![0.0; n],
            next: vec![0.0; n],
        })
    }

    /// Bargains and shows every round. Once nobody moves, the remaining rounds repeat the
    /// last without being computed again, for nothing in them can differ.
    ///
    /// # Errors
    /// As [`challenge`]. A table whose size differs from the workspace's is an error.
    pub fn run(
        &mut self,
        actors: &Actors<'_>,
        rounds: usize,
        mut show: impl FnMut(&State<'_>),
    ) -> Result<()> {
        check(actors, self.kernel.n)?;
        most("rounds", rounds, MOST_ROUNDS)?;
        self.kernel.load(actors);
        self.now.copy_from_slice(actors.position);
        let first_range = self.kernel.range;
        let mut still = false;
        let mut before = self.kernel.mu;
        show(&self.state(0));
        for round in 1..=rounds {
            if !still {
                self.kernel.round();
                still = !offers::bargain(&mut self.kernel, &self.now, &mut self.next);
                std::mem::swap(&mut self.now, &mut self.next);
                self.kernel.arrange(&self.now);
            }
            show(&self.state(round));
            let shift = (self.kernel.mu - before).abs();
            before = self.kernel.mu;
            let stop = self.kernel.switches.stopping == Stopping::Median;
            if stop && (still || shift < 0.01 * first_range) {
                break;
            }
        }
        Ok(())
    }

    fn state(&self, round: usize) -> State<'_> {
        State {
            round,
            positions: &self.now,
            median: self.kernel.mu,
            mean: self.kernel.mean(),
            kernel: &self.kernel,
        }
    }
}

impl State<'_> {
    /// Everything about the round, copied.
    pub fn record(&self) -> Round {
        Round {
            positions: self.positions.to_vec(),
            median: self.median,
            mean: self.mean,
            course: (self.round > 0).then(|| self.course()),
        }
    }

    fn course(&self) -> Course {
        let k = self.kernel;
        Course {
            security: k.security.clone(),
            risk: k.risk.clone(),
            offers: k.offers.clone(),
            matrices: Matrices {
                chance: k.chance_by_actors(),
                own: k.own.clone(),
                second: k.second.clone(),
                all_votes: k.all_votes,
            },
        }
    }
}

fn check(actors: &Actors<'_>, n: usize) -> Result<()> {
    length("positions", n, actors.position.len())?;
    length("capabilities", n, actors.capability.len())?;
    length("saliences", n, actors.salience.len())?;
    finite("the position", actors.position)?;
    not_negative("the capability", actors.capability)?;
    unit("the salience", actors.salience)?;
    let power = actors.capability.iter().zip(actors.salience);
    let total: f64 = power.map(|(c, s)| c * s).sum();
    let span = |f: fn(f64, f64) -> f64, from| actors.position.iter().copied().fold(from, f);
    let range = span(f64::max, f64::NEG_INFINITY) - span(f64::min, f64::INFINITY);
    finite(
        "the sum of weights or the range of positions",
        &[total, range],
    )?;
    if total > 0.0 {
        Ok(())
    } else {
        Err(Error::NoWeight)
    }
}

fn unit(what: &'static str, list: &[f64]) -> Result<()> {
    not_negative(what, list)?;
    match list.iter().position(|s| *s > 1.0) {
        None => Ok(()),
        Some(index) => Err(Error::OutOfRange {
            what,
            index,
            value: list[index],
            domain: "between 0 and 1",
        }),
    }
}

fn most(what: &'static str, found: usize, most: usize) -> Result<()> {
    if found <= most {
        return Ok(());
    }
    Err(Error::TooLarge { what, found, most })
}
