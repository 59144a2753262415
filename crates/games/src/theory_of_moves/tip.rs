//! Walker's Theory of Inferences about Preferences: from two operational-code indices
//! to a ranking of settle, dominate, submit and deadlock.
//!
//! Source: Walker, Malici & Schafer (eds) 2011, *Rethinking Foreign Policy Analysis*;
//! Marfleet & Walker 2006. Accounts differ in labels, in the width of the band around
//! the norm and in the norm group, so band and norm are parameters that a report states.

use super::two_by_two::{Cell, TwoByTwo};
use crate::{Error, Result};

/// An outcome seen by one player.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Both cooperate.
    Settle,
    /// I do not cooperate, the other does.
    Dominate,
    /// I cooperate, the other does not.
    Submit,
    /// Neither cooperates.
    Deadlock,
}

/// Friendly or hostile strategy (I-1 of Self) or image (P-1 of Other), against the norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// At or above the norm's mean.
    Cooperative,
    /// Below it.
    Conflictual,
}

/// Historical control (P-4a of Self, P-4b of Other) against the norm's band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Control {
    /// Below the band.
    Low,
    /// Inside it.
    Even,
    /// Above it.
    High,
}

/// The six preference orderings that the theory infers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tip {
    /// 1: cooperative, low control.
    Appeasement,
    /// 2: cooperative, even control.
    Assurance,
    /// 3: cooperative, high control.
    StagHunt,
    /// 4: conflictual, low control.
    Chicken,
    /// 5: conflictual, even control.
    PrisonersDilemma,
    /// 6: conflictual, high control.
    Bully,
}

/// The norm group that indices are read against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Norm {
    /// Mean of I-1 (for Self) or P-1 (for Other) in the norm group, in −1..1.
    pub direction_mean: f64,
    /// Mean of P-4a (for Self) or P-4b (for Other), in 0..1.
    pub control_mean: f64,
    /// Standard deviation of the same, above 0.
    pub control_sd: f64,
    /// Half width of the band that counts as even, in standard deviations: 1 in Walker,
    /// Malici & Schafer 2011; 0 compares with the mean alone.
    pub band: f64,
}

impl Tip {
    /// All six, in the order of their numbers.
    pub const ALL: [Tip; 6] = [
        Tip::Appeasement,
        Tip::Assurance,
        Tip::StagHunt,
        Tip::Chicken,
        Tip::PrisonersDilemma,
        Tip::Bully,
    ];

    /// The proposition's number, 1 to 6.
    pub fn number(self) -> usize {
        self as usize + 1
    }

    /// The game that names the ordering.
    pub fn name(self) -> &'static str {
        match self {
            Tip::Appeasement => "Appeasement",
            Tip::Assurance => "Assurance",
            Tip::StagHunt => "Stag Hunt",
            Tip::Chicken => "Chicken",
            Tip::PrisonersDilemma => "Prisoner's Dilemma",
            Tip::Bully => "Bully",
        }
    }

    /// The ordering that a direction and a degree of control imply.
    pub fn from_signs(direction: Direction, control: Control) -> Tip {
        match (direction, control) {
            (Direction::Cooperative, Control::Low) => Tip::Appeasement,
            (Direction::Cooperative, Control::Even) => Tip::Assurance,
            (Direction::Cooperative, Control::High) => Tip::StagHunt,
            (Direction::Conflictual, Control::Low) => Tip::Chicken,
            (Direction::Conflictual, Control::Even) => Tip::PrisonersDilemma,
            (Direction::Conflictual, Control::High) => Tip::Bully,
        }
    }

    /// The ordering that two indices imply against a norm.
    ///
    /// `direction` is I-1 for Self and P-1 for Other (−1..1); `control` is P-4a for Self
    /// and P-4b for Other (0..1). An index exactly at the mean counts as cooperative,
    /// one exactly at the band's edge as even.
    ///
    /// # Errors
    /// [`Error::NotFinite`] or [`Error::OutOfRange`] for indices or norms out of domain.
    pub fn infer(direction: f64, control: f64, norm: &Norm) -> Result<Tip> {
        check(direction, control, norm)?;
        let sign = if direction >= norm.direction_mean {
            Direction::Cooperative
        } else {
            Direction::Conflictual
        };
        let distance = control - norm.control_mean;
        let edge = norm.band * norm.control_sd;
        let level = match distance {
            d if d < -edge => Control::Low,
            d if d > edge => Control::High,
            _ => Control::Even,
        };
        Ok(Tip::from_signs(sign, level))
    }

    /// The four outcomes from best (4) to worst (1).
    pub fn ranking(self) -> [Outcome; 4] {
        use Outcome::{Deadlock, Dominate, Settle, Submit};
        match self {
            Tip::Appeasement => [Settle, Deadlock, Submit, Dominate],
            Tip::Assurance => [Settle, Deadlock, Dominate, Submit],
            Tip::StagHunt => [Settle, Dominate, Deadlock, Submit],
            Tip::Chicken => [Dominate, Settle, Submit, Deadlock],
            Tip::PrisonersDilemma => [Dominate, Settle, Deadlock, Submit],
            Tip::Bully => [Dominate, Deadlock, Settle, Submit],
        }
    }

    /// How good an outcome is: 1 worst to 4 best.
    pub fn rank(self, outcome: Outcome) -> u8 {
        let place = self.ranking().iter().position(|o| *o == outcome);
        4 - place.unwrap_or(3) as u8
    }
}

/// The 2×2 game of two orderings; strategy 1 of each player is to cooperate.
pub fn game(row: Tip, column: Tip) -> TwoByTwo {
    use Outcome::{Deadlock, Dominate, Settle, Submit};
    let row = [Settle, Submit, Dominate, Deadlock].map(|o| row.rank(o));
    let column = [Settle, Dominate, Submit, Deadlock].map(|o| column.rank(o));
    TwoByTwo::from_orders(row, column)
}

/// What the row player sees in a cell; the column player sees the mirror image.
pub fn seen_by_row(cell: Cell) -> Outcome {
    match cell {
        Cell::TopLeft => Outcome::Settle,
        Cell::TopRight => Outcome::Submit,
        Cell::BottomLeft => Outcome::Dominate,
        Cell::BottomRight => Outcome::Deadlock,
    }
}

fn check(direction: f64, control: f64, norm: &Norm) -> Result<()> {
    let numbers = [
        direction,
        control,
        norm.direction_mean,
        norm.control_mean,
        norm.control_sd,
        norm.band,
    ];
    crate::error::finite("an index or its norm", &numbers)?;
    within("the direction index", direction, -1.0, "between -1 and 1")?;
    within("the control index", control, 0.0, "between 0 and 1")?;
    crate::error::not_negative("the norm's band", &[norm.control_sd, norm.band])
}

fn within(what: &'static str, value: f64, low: f64, domain: &'static str) -> Result<()> {
    if (low..=1.0).contains(&value) {
        return Ok(());
    }
    Err(Error::OutOfRange {
        what,
        index: 0,
        value,
        domain,
    })
}
