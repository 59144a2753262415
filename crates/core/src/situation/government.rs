//! Organisations, players, the channel and the decision unit.

use super::Condition;
use crate::inputs::Num;
use crate::span::Span;

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
    /// Salience of each dimension, where it differs between them.
    pub saliences: Vec<Option<Num>>,
    /// Preferred point on each dimension.
    pub positions: Vec<Option<Num>>,
    /// Whether the player can block: 0 or 1, read as 1 from one half on.
    pub veto: Num,
    /// Does not go along with what lies farther than this from its positions, in units of
    /// the first dimension; over several, the distance is weighted by salience.
    pub accepts_within: Option<Num>,
    /// Whether the player is in the room: 0 or 1, read as 1 from one half on.
    pub present: Num,
    /// Where the player stands in the file.
    pub span: Option<Span>,
}

/// How a group decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// More than half of the influence present.
    Majority,
    /// At least the channel's quota of the influence present.
    Qualified,
    /// Everyone present can block.
    Unanimity,
}

impl Rule {
    /// All rules, in the order of [`WORDS`](Self::WORDS).
    pub const ALL: [Rule; 3] = [Rule::Majority, Rule::Qualified, Rule::Unanimity];
    /// The words used in files and output.
    pub const WORDS: [&'static str; 3] = ["majority", "qualified", "unanimity"];

    /// The word used in files and output.
    pub fn word(self) -> &'static str {
        match self {
            Rule::Majority => "majority",
            Rule::Qualified => "qualified",
            Rule::Unanimity => "unanimity",
        }
    }
}

/// The action channel: who decides and who only advises.
#[derive(Clone, Debug, Default)]
pub struct Channel {
    /// The player who decides, where one does.
    pub decides: Option<usize>,
    /// The rule by which the group agrees. Those who say how far they go along can vote
    /// an alternative down; the procedural solver asks for its votes.
    pub rule: Option<Rule>,
    /// Share of the influence present that a qualified majority needs, above one half.
    pub quota: Option<Num>,
    /// How far advice moves the decider, 0..1.
    pub openness: Option<Num>,
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
