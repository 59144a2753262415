//! What is asked: a situation, a decider, and the numbers both rest on.

use crate::choice;
use crate::inputs::{Citation, Inputs, Num};
use crate::predicate::Program;
use crate::span::Span;
use crate::vocabulary::FEATURES;
mod doctrine;
mod game;
mod government;
mod leader;

pub use doctrine::*;
pub use game::*;
pub use government::*;
pub use jiff::civil::Date;
pub use leader::*;

/// Everything a lens may see: it never learns what was really chosen.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is at stake and what can be done.
    pub situation: Situation,
    /// Who decides.
    pub decider: Decider,
    /// The numbers that handles in both point to.
    pub inputs: Inputs,
}

/// A decision to be taken.
#[derive(Clone, Debug)]
pub struct Situation {
    /// Slug of the case, or the address of a row of the record.
    pub id: String,
    /// Short title.
    pub title: String,
    /// The question in one sentence.
    pub question: String,
    /// The day of the decision.
    pub decided: Date,
    /// Nothing later is read by any lens.
    pub information_until: Date,
    /// What can be done; at least two, ids unique.
    pub alternatives: Vec<Alternative>,
    /// The alternative that leaves things as they are.
    pub status_quo: Option<usize>,
    /// What is valued.
    pub criteria: Vec<Criterion>,
    /// Features by index into [`FEATURES`]; `None` where not stated.
    pub features: Vec<Option<Num>>,
    /// Absolute risk aversion over values 0..1.
    pub risk_aversion: Option<Num>,
    /// Level of value that the decider aspires to, 0..1.
    pub aspiration: Option<Num>,
    /// The other side's state, where there is one.
    pub opponent: Option<Opponent>,
    /// Organisations that can deliver alternatives.
    pub organizations: Vec<Organization>,
    /// Days within which something must be delivered.
    pub deadline: Option<Num>,
    /// Issue dimensions.
    pub dimensions: Vec<Dimension>,
    /// Players in positions.
    pub players: Vec<Player>,
    /// Who decides among the players, and how.
    pub channel: Channel,
    /// Earlier episodes to look back to, all before `information_until`.
    pub analogies: Vec<Analogy>,
    /// The game between the decider and others, where the case states one.
    pub game: Option<Game>,
}

impl Situation {
    /// Index of the alternative with this id.
    pub fn alternative(&self, id: &str) -> Option<usize> {
        self.alternatives.iter().position(|a| a.id == id)
    }

    /// The alternative with the largest of these values; ties go to the id that sorts
    /// first, see [`choice`](crate::choice).
    pub fn leading(&self, values: &[f64]) -> usize {
        choice::leading(values, |i| self.id_at(i))
    }

    /// The alternatives with the largest value and with the largest of the others.
    pub fn first_two(&self, values: &[f64]) -> (usize, usize) {
        choice::first_two(values, |i| self.id_at(i))
    }

    /// All alternatives that share the largest value, in the order of their ids.
    pub fn tied(&self, values: &[f64]) -> Vec<usize> {
        choice::tied(values, |i| self.id_at(i))
    }

    fn id_at(&self, index: usize) -> Option<&str> {
        self.alternatives.get(index).map(|a| a.id.as_str())
    }

    /// The handle of a feature by name.
    pub fn feature(&self, name: &str) -> Option<Num> {
        let index = FEATURES.iter().position(|(n, _)| *n == name)?;
        self.features.get(index).copied().flatten()
    }
}

/// The other side.
#[derive(Clone, Debug)]
pub struct Opponent {
    /// Three-letter code.
    pub state: String,
    /// Name in prose.
    pub name: String,
    /// Its leader's profile, coded on its own.
    pub leader: Option<Leader>,
    /// How likely its present move is conflictual, 0..1.
    pub conflictual: Option<Num>,
}

/// Something that could be done.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// Id, unique in its situation.
    pub id: String,
    /// Short title.
    pub title: String,
    /// Place on the cooperation–conflict scale, -3 punish to +3 reward.
    pub conflict: Option<Num>,
    /// Tags, see [`TAGS`](crate::vocabulary::TAGS).
    pub tags: Vec<String>,
    /// Whether some organisation has to act.
    pub needs_delivery: bool,
    /// Mutually exclusive outcomes.
    pub outcomes: Vec<Outcome>,
    /// Position on each dimension of the situation.
    pub positions: Vec<Option<Num>>,
    /// Judged changes of measures.
    pub effects: Vec<Effect>,
    /// Where it stands in the file.
    pub span: Option<Span>,
}

impl Alternative {
    /// The effect on a measure: the stated one that is most specific among those that
    /// the measure falls under.
    pub fn effect(&self, measure: &Measure) -> Option<&Effect> {
        most_specific(&self.effects, measure)
    }

    /// Whether an effect on a measure is stated whatever follows: for the alternative, or
    /// for each of its outcomes.
    pub fn states_effect(&self, measure: &Measure) -> bool {
        let each = |o: &Outcome| o.effect(measure).is_some();
        self.effect(measure).is_some()
            || (!self.outcomes.is_empty() && self.outcomes.iter().all(each))
    }
}

/// What may follow from an alternative.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Id, unique in its alternative.
    pub id: String,
    /// Short title.
    pub title: String,
    /// Probability; normalised over the alternative's outcomes in every draw.
    pub probability: Num,
    /// Value on each criterion, 0 worst to 1 best.
    pub values: Vec<Num>,
    /// Judged changes of measures where this follows, in place of the alternative's own.
    pub effects: Vec<Effect>,
}

impl Outcome {
    /// The effect on a measure that is stated for this outcome.
    pub fn effect(&self, measure: &Measure) -> Option<&Effect> {
        most_specific(&self.effects, measure)
    }
}

fn most_specific<'e>(effects: &'e [Effect], measure: &Measure) -> Option<&'e Effect> {
    let fits = |e: &&Effect| {
        e.measure.name == measure.name
            && (e.measure.layer.is_none() || e.measure.layer == measure.layer)
            && (e.measure.on.is_none() || e.measure.on == measure.on)
    };
    let depth =
        |e: &&Effect| usize::from(e.measure.layer.is_some()) + usize::from(e.measure.on.is_some());
    effects.iter().filter(fits).max_by_key(depth)
}

/// Something valued.
#[derive(Clone, Debug)]
pub struct Criterion {
    /// Id.
    pub id: String,
    /// Short title.
    pub title: String,
    /// Weight, 0 or more; normalised over criteria in every draw.
    pub weight: Num,
}

/// A judged change of a measure, -1 to 1.
#[derive(Clone, Debug)]
pub struct Effect {
    /// Which measure, of which layer, towards whom.
    pub measure: Measure,
    /// The change.
    pub change: Num,
}

/// A measure, narrowed to a layer and another state where it means one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Measure {
    /// Name, see [`MEASURES`](crate::vocabulary::MEASURES).
    pub name: String,
    /// Layer of ties.
    pub layer: Option<String>,
    /// The other state.
    pub on: Option<String>,
}

impl std::fmt::Display for Measure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.name)?;
        self.layer.iter().try_for_each(|l| write!(f, ".{l}"))?;
        self.on.iter().try_for_each(|s| write!(f, ".{s}"))
    }
}

/// A predicate with its text and place.
#[derive(Clone, Debug)]
pub struct Condition {
    /// As written.
    pub text: String,
    /// Compiled against the standard vocabulary.
    pub program: Program,
    /// Where it stands.
    pub span: Option<Span>,
}

/// An earlier episode.
#[derive(Clone, Debug)]
pub struct Analogy {
    /// Id.
    pub id: String,
    /// Short title.
    pub title: String,
    /// When it was decided.
    pub date: Date,
    /// Whose decision it was.
    pub state: String,
    /// Who brought it up, if anyone did.
    pub invoked_by: Vec<String>,
    /// Features by index into [`FEATURES`].
    pub features: Vec<Option<Num>>,
    /// How far the earlier action resembles each alternative, 0..1.
    pub resembles: Vec<f64>,
    /// How it turned out for the one who acted, -1..1.
    pub success: Num,
    /// Works that describe it.
    pub sources: Vec<Citation>,
    /// Where it stands in the file.
    pub span: Option<Span>,
}

/// Who decides.
#[derive(Clone, Debug)]
pub struct Decider {
    /// Three-letter code.
    pub state: String,
    /// Name in prose.
    pub name: String,
    /// Region.
    pub region: String,
    /// `democracy`, `autocracy` or `mixed`.
    pub regime: String,
    /// The leader's profile.
    pub leader: Option<Leader>,
    /// The doctrine in force.
    pub doctrine: Option<Doctrine>,
    /// Slugs of further doctrines that the case names beside the one in force; no lens
    /// reads them.
    pub further: Vec<String>,
    /// The decision unit.
    pub unit: Option<DecisionUnit>,
    /// How likely the decider's own present move is conflictual, 0..1.
    pub conflictual: Option<Num>,
}
