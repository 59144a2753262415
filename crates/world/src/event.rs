//! What happens: the event log.

/// The kind of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventKind {
    /// A dispute: the actor began it; value is the higher level, 2 threat to 5 war.
    Dispute,
    /// The actor joins a dispute against the other; value as of the dispute, the item is 1
    /// where the two are no politically relevant pair.
    DisputeJoined,
    /// What the actor did in a dispute, 2 to 5 (the first) or 1 to 5 (the reply).
    Act,
    /// A war begins between actor and other; the item is its number.
    WarBegins,
    /// The actor joins the war of number item on the side of the other.
    WarJoined,
    /// An obliged ally stays out.
    WarRefused,
    /// A war ends; the actor's side wins; value is battle deaths.
    WarEnds,
    /// The actor puts sanctions on the other.
    Sanction,
    /// They end.
    SanctionEnds,
    /// A pact; value is 1 where it obliges to defend.
    Pact,
    /// A pact ends.
    PactEnds,
    /// The actor's leader leaves office; value is 1 for a natural death, 2 by the
    /// recorded date, 0 otherwise.
    Exit,
    /// The actor's strategy of the year; the item is its place in
    /// [`STRATEGIES`](crate::mind::STRATEGIES).
    Strategy,
    /// A corridor opens between actor and other.
    Corridor,
    /// The actor enters the institution of number item; where there is none of that number,
    /// one that the world does not name.
    Joined,
    /// The actor becomes a member of the system (value 1) or ceases to be one (0), by the
    /// date that the world states.
    Membership,
    /// The actor's regime changes: value is the new Polity score.
    Regime,
    /// The actor becomes a major power (value 1) or is one no longer (0).
    Major,
    /// The actor founds a pact of several; value is the number of members, the item its
    /// number.
    Bloc,
    /// The pact of several of number item ends; the actor is its first member.
    BlocEnds,
}

impl EventKind {
    /// The word used in output.
    pub fn word(self) -> &'static str {
        match self {
            EventKind::Dispute => "dispute",
            EventKind::DisputeJoined => "dispute-joined",
            EventKind::Act => "act",
            EventKind::WarBegins => "war-begins",
            EventKind::WarJoined => "war-joined",
            EventKind::WarRefused => "war-refused",
            EventKind::WarEnds => "war-ends",
            EventKind::Sanction => "sanction",
            EventKind::SanctionEnds => "sanction-ends",
            EventKind::Pact => "pact",
            EventKind::PactEnds => "pact-ends",
            EventKind::Exit => "exit",
            EventKind::Strategy => "strategy",
            EventKind::Corridor => "corridor",
            EventKind::Joined => "joined",
            EventKind::Membership => "membership",
            EventKind::Regime => "regime",
            EventKind::Major => "major-power",
            EventKind::Bloc => "bloc",
            EventKind::BlocEnds => "bloc-ends",
        }
    }
}

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Year.
    pub year: i16,
    /// Kind.
    pub kind: EventKind,
    /// Index of the acting state.
    pub actor: u16,
    /// Index of the other state; the actor's own where there is none.
    pub other: u16,
    /// See the kinds.
    pub value: f32,
    /// Number of a war, a strategy, an institution.
    pub item: u32,
    /// Why, in sentences; filled in a replay only.
    pub reasons: Vec<String>,
}
