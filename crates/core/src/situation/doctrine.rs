//! Doctrines: principles and pillars.

use super::{Condition, Measure};
use crate::inputs::{Citation, Num};
use crate::span::Span;
use jiff::civil::Date;

/// A doctrine: principles that bar, weigh and release, and pillars.
#[derive(Clone, Debug)]
pub struct Doctrine {
    /// Slug.
    pub id: String,
    /// Title.
    pub title: String,
    /// Three-letter code of the state whose doctrine it is; empty where none is stated.
    pub state: String,
    /// Who held it.
    pub holder: String,
    /// When it came into force, where stated.
    pub from: Option<Date>,
    /// When it ceased to hold, where stated.
    pub to: Option<Date>,
    /// When the account was written that the file codes, where it is not the holder's own
    /// words of the time.
    pub told: Option<Date>,
    /// Principles in file order.
    pub principles: Vec<Principle>,
    /// Pillars in file order.
    pub pillars: Vec<Pillar>,
    /// What its source announces but does not contain.
    pub gaps: Vec<String>,
}

/// How well a statement is supported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Someone says so.
    Claim,
    /// The holder's own documents say so.
    Documented,
    /// Measured on data.
    Measured,
}

impl Standing {
    /// The word used in files and output.
    pub fn word(self) -> &'static str {
        match self {
            Standing::Claim => "claim",
            Standing::Documented => "documented",
            Standing::Measured => "measured",
        }
    }
}

/// One principle.
#[derive(Clone, Debug)]
pub struct Principle {
    /// Id, unique in its doctrine.
    pub id: String,
    /// Short title.
    pub title: String,
    /// Its own words for the reason it gives.
    pub words: String,
    /// What it does.
    pub act: PrincipleAct,
    /// How well supported.
    pub standing: Standing,
    /// Works that state it.
    pub sources: Vec<Citation>,
    /// Where it stands in the file.
    pub span: Option<Span>,
}

/// What a principle does.
#[derive(Clone, Debug)]
pub enum PrincipleAct {
    /// Strikes out alternatives.
    Bar {
        /// 0 tactical to 1 inviolable, read as inviolable from one half on. Where the
        /// source leaves it open it is the whole range, so that draws run both codings.
        strength: Num,
        /// Which alternatives it strikes out.
        when: Condition,
    },
    /// Ranks what is left.
    Weigh {
        /// Posts or player ids whose judgement is gathered; empty means all players.
        advisers: Vec<String>,
    },
    /// Opens tactical bars.
    Release {
        /// Indices of the bars that it opens.
        opens: Vec<usize>,
        /// The necessity that opens them.
        when: Condition,
    },
}

/// One pillar: aims at measures, with a weight.
#[derive(Clone, Debug)]
pub struct Pillar {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Weight, 0 or more; normalised over pillars in every draw.
    pub weight: Num,
    /// What it aims at.
    pub aims: Vec<Aim>,
    /// How well supported.
    pub standing: Standing,
    /// Works that state it.
    pub sources: Vec<Citation>,
    /// Where it stands in the file.
    pub span: Option<Span>,
}

/// What a pillar wants of a measure.
#[derive(Clone, Debug)]
pub struct Aim {
    /// Which measure.
    pub measure: Measure,
    /// In which direction.
    pub direction: Direction,
    /// Weight within the pillar.
    pub weight: f64,
}

/// Which way a measure should move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Up.
    Raise,
    /// Down.
    Lower,
    /// Nowhere: any change counts against the alternative.
    Keep,
}
