//! What happens: the event log.

use crate::mind::{Choice, JOIN, LADDER_FIRST, LADDER_REPLY, StrategyWord};
use crate::system::System;

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
    /// An obliged ally stays out; value is its place among what an ally can do.
    WarRefused,
    /// A war ends; the actor's side wins; value is battle deaths.
    WarEnds,
    /// The actor puts sanctions on the other.
    Sanction,
    /// The actor weighs sanctions on the other: value is their chance, the item 1 where it
    /// puts them on. Told in a replay only.
    Weighed,
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
    /// [`STRATEGIES`](crate::mind::STRATEGIES), the other the state that it would turn away
    /// from or to, where there is one.
    Strategy,
    /// A corridor opens between actor and other.
    Corridor,
    /// Troops of the actor come to the other (value above 0, thousands) or go home (below).
    Presence,
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
            EventKind::Weighed => "sanction-weighed",
            EventKind::SanctionEnds => "sanction-ends",
            EventKind::Pact => "pact",
            EventKind::PactEnds => "pact-ends",
            EventKind::Exit => "exit",
            EventKind::Strategy => "strategy",
            EventKind::Corridor => "corridor",
            EventKind::Presence => "presence",
            EventKind::Joined => "joined",
            EventKind::Membership => "membership",
            EventKind::Regime => "regime",
            EventKind::Major => "major-power",
            EventKind::Bloc => "bloc",
            EventKind::BlocEnds => "bloc-ends",
        }
    }
}

impl Event {
    /// What was done or came about, in the word that `raison explain` knows: the act in a
    /// dispute, the level that it ends at, the strategy, the institution, how a leader left.
    pub fn what(&self, system: &System) -> Option<String> {
        let level = self.value as usize;
        let list = |list: &[Choice], at: usize| list.get(at).map(|c| c.0.to_owned());
        let yes = |yes: &str, no: &str| Some(if level == 1 { yes } else { no }.to_owned());
        match self.kind {
            EventKind::Dispute | EventKind::DisputeJoined => match level {
                0 | 1 => list(&LADDER_REPLY, 0),
                level => list(&LADDER_FIRST, level - 2),
            },
            EventKind::Act if self.item == 0 => list(&LADDER_FIRST, level.saturating_sub(2)),
            EventKind::Act if level <= 1 => list(&LADDER_REPLY, 0),
            EventKind::Act => list(&LADDER_REPLY, level - 2),
            EventKind::Strategy => Some(StrategyWord::id(self.item as usize).to_owned()),
            EventKind::WarJoined => list(&JOIN, 3),
            EventKind::WarRefused => list(&JOIN, level),
            EventKind::Joined => {
                let at = system.world.institutions.get(self.item as usize);
                at.map(|i| i.id.clone())
            }
            EventKind::Exit => Some(match level {
                1 => "death".to_owned(),
                2 => "date".to_owned(),
                _ => "other".to_owned(),
            }),
            EventKind::Pact => yes("defence", "other"),
            EventKind::Membership => yes("enters", "leaves"),
            EventKind::Major => yes("becomes", "ceases"),
            _ => None,
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
