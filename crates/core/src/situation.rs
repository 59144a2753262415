//! What is asked: a situation, a decider, and the numbers both rest on.

use crate::inputs::{Citation, Inputs, Num};
use crate::predicate::Program;
use crate::span::Span;
use crate::vocabulary::FEATURES;
pub use jiff::civil::Date;

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
}

impl Situation {
    /// Index of the alternative with this id.
    pub fn alternative(&self, id: &str) -> Option<usize> {
        self.alternatives.iter().position(|a| a.id == id)
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
        let fits = |e: &&Effect| {
            e.measure.name == measure.name
                && (e.measure.layer.is_none() || e.measure.layer == measure.layer)
                && (e.measure.on.is_none() || e.measure.on == measure.on)
        };
        let depth = |e: &&Effect| {
            usize::from(e.measure.layer.is_some()) + usize::from(e.measure.on.is_some())
        };
        self.effects.iter().filter(fits).max_by_key(depth)
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

/// A loosely joined part of government (Allison's Model II).
#[derive(Clone, Debug)]
pub struct Organization {
    /// Id.
    pub id: String,
    /// Short title.
    pub title: String,
    /// Order in which organisations are turned to, 1 first.
    pub attention: Num,
    /// Its own weights over the criteria of the situation.
    pub priorities: Vec<Option<Num>>,
    /// The level of its own expected value that satisfies it, 0..1.
    pub aspiration: Num,
    /// Index of the routine in use, where search starts.
    pub in_use: usize,
    /// Its repertoire; at least one.
    pub routines: Vec<Routine>,
    /// Where it stands in the file.
    pub span: Option<Span>,
}

/// A routine of a repertoire.
#[derive(Clone, Debug)]
pub struct Routine {
    /// Id.
    pub id: String,
    /// Short title.
    pub title: String,
    /// When it is triggered; always where there is none.
    pub trigger: Option<Condition>,
    /// Index of the alternative that it delivers.
    pub delivers: usize,
    /// Readiness, 0..1.
    pub readiness: Num,
    /// Days from order to effect.
    pub lead_time: Num,
    /// Share of the task that it can do, 0..1.
    pub capacity: Num,
    /// 0 improvised to 1 drilled.
    pub practised: Num,
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

/// A scale on which alternatives and players have positions.
#[derive(Clone, Debug)]
pub struct Dimension {
    /// Id.
    pub id: String,
    /// Short title.
    pub title: String,
    /// Low end.
    pub low: f64,
    /// High end, above the low end.
    pub high: f64,
    /// What the low end means.
    pub low_label: String,
    /// What the high end means.
    pub high_label: String,
    /// Knots (own value, rival value) of a second scale, increasing in both.
    pub rival_scale: Vec<(f64, f64)>,
}

/// A player in a position (Allison's Model III).
#[derive(Clone, Debug)]
pub struct Player {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Post.
    pub post: String,
    /// Influence, 0..1.
    pub influence: Num,
    /// Salience, 0..1.
    pub salience: Num,
    /// Preferred point on each dimension.
    pub positions: Vec<Option<Num>>,
    /// Whether the player can block: 0 or 1, read as 1 from one half on.
    pub veto: Num,
    /// Blocks what lies farther than this on the first dimension.
    pub accepts_within: Option<Num>,
    /// Whether the player is in the room: 0 or 1, read as 1 from one half on.
    pub present: Num,
    /// Where the player stands in the file.
    pub span: Option<Span>,
}

/// How a group decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// More than half of influence times salience.
    Majority,
    /// Everyone present can block.
    Unanimity,
}

/// The action channel: who decides and who only advises.
#[derive(Clone, Debug, Default)]
pub struct Channel {
    /// The player who decides, where one does.
    pub decides: Option<usize>,
    /// The group's rule, where no single player decides.
    pub rule: Option<Rule>,
    /// How far advice moves the decider, 0..1.
    pub openness: Option<Num>,
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

/// The kind of decision unit (Hermann & Hermann 1989).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKind {
    /// One leader who can stifle opposition and dissent.
    PredominantLeader,
    /// A set of individuals in one body.
    SingleGroup,
    /// Separate actors, none of which can act alone.
    Coalition,
}

impl UnitKind {
    /// The word used in files and output.
    pub fn word(self) -> &'static str {
        match self {
            UnitKind::PredominantLeader => "predominant-leader",
            UnitKind::SingleGroup => "single-group",
            UnitKind::Coalition => "coalition",
        }
    }
}

/// The decision unit and its contingencies (Hermann 2001).
#[derive(Clone, Debug)]
pub struct DecisionUnit {
    /// Which kind.
    pub kind: UnitKind,
    /// Predominant leader: sensitivity to context and advice, 0..1.
    pub sensitive: Option<Num>,
    /// Single group: strength of the norm of consensus, 0..1.
    pub consensus: Option<Num>,
    /// Coalition: room of the actors to bargain, 0..1.
    pub bargaining: Option<Num>,
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
    /// The decision unit.
    pub unit: Option<DecisionUnit>,
    /// How likely the decider's own present move is conflictual, 0..1.
    pub conflictual: Option<Num>,
}

/// A leader's profile: scores, and the norm group they are read against.
#[derive(Clone, Debug)]
pub struct Leader {
    /// Slug.
    pub id: String,
    /// Name.
    pub name: String,
    /// `lagged`, `pooled` or `norm`.
    pub basis: String,
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

/// A doctrine: principles that bar, weigh and release, and pillars.
#[derive(Clone, Debug)]
pub struct Doctrine {
    /// Slug.
    pub id: String,
    /// Title.
    pub title: String,
    /// Who held it.
    pub holder: String,
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
