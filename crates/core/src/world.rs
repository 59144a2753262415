//! What a simulated international system starts from: states, ties, institutions,
//! movements, corridors, dated events, and the numbers behind them.
//!
//! These are words only; the crate `world` moves them, the crate `files` reads them.

use crate::inputs::{Citation, Inputs, Num};
use crate::situation::{Date, Doctrine, Leader};
use crate::span::Span;

/// A checked world at the start of a year.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// Slug, or `record:YEAR`.
    pub id: String,
    /// Title.
    pub title: String,
    /// Two or three sentences.
    pub summary: String,
    /// The first year that is simulated.
    pub start: i16,
    /// The states, codes unique.
    pub states: Vec<WorldState>,
    /// Non-state actors.
    pub movements: Vec<Movement>,
    /// Institutions with their members.
    pub institutions: Vec<Institution>,
    /// How many institutions that the world does not name each state belongs to; empty
    /// where unknown.
    pub memberships: Vec<Memberships>,
    /// Ties of every layer but corridors.
    pub ties: Vec<Tie>,
    /// Transport corridors.
    pub corridors: Vec<Corridor>,
    /// Pairs of states that border each other.
    pub borders: Vec<Border>,
    /// Years of peace of pairs, where known; fifteen are assumed otherwise.
    pub quiet: Vec<(usize, usize, u16)>,
    /// Disputes of pairs before the start, each counted half for every ten years that it
    /// lies back.
    pub past: Vec<(usize, usize, f64)>,
    /// Disputes that each state began and in which it was the target before the start,
    /// discounted in the same way; empty where unknown.
    pub conduct: Vec<(f64, f64)>,
    /// States that fought an interstate war in the year before the start.
    pub fighting: Vec<usize>,
    /// States that enter or leave after the start, by date: data, not simulated.
    pub entries: Vec<Entry>,
    /// Combinations of leader and doctrine that decide somewhere in this world.
    pub minds: Vec<Mind>,
    /// What the file leaves out, one sentence each.
    pub gaps: Vec<String>,
    /// Every number, by dotted path: `states.IRN.share`, `parameters.growth.sd`.
    pub inputs: Inputs,
}

impl World {
    /// Index of the state with this code.
    pub fn state(&self, code: &str) -> Option<usize> {
        self.states.iter().position(|s| s.code == code)
    }

    /// Whether a state is a member of the system in a year.
    pub fn member(&self, state: usize, year: i16) -> bool {
        let mut spells = self.entries.iter().filter(|e| e.state == state).peekable();
        let inside = |e: &Entry| e.from <= year && e.until.is_none_or(|last| last >= year);
        spells.peek().is_none() || spells.any(inside)
    }
}

/// A state.
#[derive(Clone, Debug)]
pub struct WorldState {
    /// Three capital letters.
    pub code: String,
    /// Name in prose.
    pub name: String,
    /// Region.
    pub region: String,
    /// Share of the system's material capabilities, 0..1; shares are normalised to sum 1.
    pub share: Num,
    /// Gross domestic product, above 0: thousand million international dollars of 2011 in the
    /// worlds of the library and the record; another unit where all states share it.
    pub gdp: Num,
    /// Population in million, above 0.
    pub population: Num,
    /// Polity score, -10 autocracy to 10 democracy.
    pub democracy: Num,
    /// Expected yearly growth of capabilities, as a share.
    pub growth: Num,
    /// Whether it counts as a major power.
    pub major: bool,
    /// Whether it has nuclear arms.
    pub nuclear: bool,
    /// Latitude and longitude of the capital, degrees.
    pub capital: (f64, f64),
    /// Who governs, in order of time; at least one.
    pub seats: Vec<Seat>,
    /// Where it stands in the file.
    pub span: Option<Span>,
}

/// A state's membership of the system where it does not span the whole simulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Index of the state.
    pub state: usize,
    /// First year as a member; a state of the start has the start or an earlier year.
    pub from: i16,
    /// Last year as a member, where it leaves.
    pub until: Option<i16>,
}

/// A leader's time in office.
#[derive(Clone, Debug)]
pub struct Seat {
    /// Name; empty where nobody is named.
    pub name: String,
    /// Index into [`World::minds`], where a profile or a doctrine is known.
    pub mind: Option<usize>,
    /// Year of birth.
    pub born: Option<i16>,
    /// The recorded end, where known; a hazard decides otherwise.
    pub until: Option<Date>,
}

/// A leader's profile with a doctrine, and the numbers behind both.
#[derive(Clone, Debug, Default)]
pub struct Mind {
    /// The profile.
    pub leader: Option<Leader>,
    /// The doctrine.
    pub doctrine: Option<Doctrine>,
    /// Whether the doctrine belongs to the leader and leaves with them.
    pub personal: bool,
    /// The numbers of both.
    pub inputs: Inputs,
}

/// A non-state actor tied to partners.
#[derive(Clone, Debug)]
pub struct Movement {
    /// Id.
    pub id: String,
    /// Name in prose.
    pub name: String,
    /// Index of the state where it acts.
    pub home: usize,
    /// Who supports it.
    pub sponsors: Vec<Sponsor>,
    /// How far it decides for itself, 0..1.
    pub autonomy: Num,
}

/// A supporter of a movement.
#[derive(Clone, Debug)]
pub struct Sponsor {
    /// Who.
    pub who: Patron,
    /// Strength of support for reasons of ideas, 0..1.
    pub ideological: Num,
    /// Strength of support for practical reasons, 0..1.
    pub practical: Num,
}

/// A state or another movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patron {
    /// Index of a state.
    State(usize),
    /// Index of a movement.
    Movement(usize),
}

/// An institution.
#[derive(Clone, Debug)]
pub struct Institution {
    /// Id.
    pub id: String,
    /// Name in prose.
    pub name: String,
    /// Indices of the member states.
    pub members: Vec<usize>,
    /// Whether states can join in the simulation.
    pub open: bool,
}

/// How many institutions a state belongs to, counted and not named.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Memberships {
    /// Full memberships at the start, or where the state enters later, on entry.
    pub count: f64,
    /// First year as a member of the system: new states join many institutions at once.
    pub since: i16,
}

/// The layers of ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layer {
    /// Alliance obligations.
    Alliance,
    /// Trade in goods.
    Trade,
    /// Energy supply.
    Energy,
    /// Transport corridors.
    Corridor,
    /// Payments.
    Payments,
    /// Arms supply.
    Arms,
    /// Technology.
    Technology,
    /// Military presence outside the own region.
    Presence,
    /// Institutions that both belong to and that the world does not name: a count.
    Institutions,
}

impl Layer {
    /// All layers, in the order of [`LAYERS`](crate::vocabulary::LAYERS).
    pub const ALL: [Layer; 9] = [
        Layer::Alliance,
        Layer::Trade,
        Layer::Energy,
        Layer::Corridor,
        Layer::Payments,
        Layer::Arms,
        Layer::Technology,
        Layer::Presence,
        Layer::Institutions,
    ];

    /// The word used in files and output.
    pub fn word(self) -> &'static str {
        crate::vocabulary::LAYERS[self as usize].0
    }

    /// The layer of a word.
    pub fn of(word: &str) -> Option<Layer> {
        Layer::ALL.into_iter().find(|l| l.word() == word)
    }
}

/// How a tie is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// In a table of the record.
    Recorded,
    /// Stated by the coder of the world, with a source or a judgement.
    Stated,
    /// Computed by a model, for example trade by gravity.
    Estimated,
}

impl Mark {
    /// The word used in files and output.
    pub fn word(self) -> &'static str {
        match self {
            Mark::Recorded => "recorded",
            Mark::Stated => "stated",
            Mark::Estimated => "estimated",
        }
    }
}

/// What an alliance obliges to (Leeds et al. 2002).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Obligations {
    /// To defend when attacked.
    pub defence: bool,
    /// To join in attack.
    pub offence: bool,
    /// Not to join an adversary.
    pub neutrality: bool,
    /// Not to attack each other.
    pub nonaggression: bool,
    /// To consult.
    pub consultation: bool,
}

impl Obligations {
    /// Whether there is any.
    pub fn any(self) -> bool {
        self.defence || self.offence || self.neutrality || self.nonaggression || self.consultation
    }
}

/// A tie between two states.
#[derive(Clone, Debug)]
pub struct Tie {
    /// Layer.
    pub layer: Layer,
    /// Who depends, consumes or is obliged; ties of alliance, trade and institutions are
    /// mutual.
    pub from: usize,
    /// On whom: supplier, hub, ally, the power that is present.
    pub to: usize,
    /// Strength. Alliance: 1. Trade: two-way flow, million US dollars. Presence: thousand
    /// troops. Institutions: how many the two share. Otherwise the share of all that `from` needs of this layer, 0..1.
    pub weight: Num,
    /// States that the tie passes through and that can close it.
    pub through: Vec<usize>,
    /// Alliance: what it obliges to.
    pub obligations: Obligations,
    /// How it is known.
    pub mark: Mark,
    /// Works.
    pub sources: Vec<Citation>,
    /// Where it stands in the file.
    pub span: Option<Span>,
}

/// A transport corridor.
#[derive(Clone, Debug)]
pub struct Corridor {
    /// Id.
    pub id: String,
    /// Name in prose.
    pub name: String,
    /// The states that it crosses, in order; at least two.
    pub through: Vec<usize>,
    /// Capacity in million tons a year, above 0.
    pub capacity: Num,
    /// First year in which it works.
    pub opens: i16,
    /// How it is known.
    pub mark: Mark,
}

/// A border.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Border {
    /// One state.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// By land or river, or else over at most 400 miles of water.
    pub land: bool,
}
