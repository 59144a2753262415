//! One year: observe, decide on one snapshot, resolve.

mod course;
mod dispute;
mod membership;
mod needs;
mod outlook;
mod pacts;
mod resolve;
mod sanction;
mod strategy;
mod third;
mod told;
mod war;

use crate::event::{Event, EventKind};
use crate::luck::Luck;
use crate::mind::{Cabinet, Desk};
use crate::params::Params;
use crate::snapshot::Snapshot;
use crate::system::System;
pub use dispute::{Odds, Typical, conduct as initiation, far};
pub use outlook::Outlook;
pub use pacts::Change;
use std::collections::BTreeSet;

/// What stays the same through a run.
#[derive(Clone, Copy)]
pub struct Setting<'r> {
    /// The world.
    pub system: &'r System,
    /// The lens, prepared.
    pub cabinet: &'r Cabinet<'r>,
    /// Parameters.
    pub params: &'r Params,
    /// Luck.
    pub luck: Luck,
    /// Odds of disputes.
    pub odds: &'r Odds,
    /// Central values of the world's inputs in this run.
    pub values: &'r [f64],
    /// Whether reasons are gathered.
    pub explain: bool,
    /// The year that is simulated.
    pub year: i16,
}

/// Everything decided in a year, on one snapshot.
#[derive(Default)]
pub struct Decisions {
    /// Relevant pairs in dispute, with the first actor, its act and the reply (0..4).
    pub disputes: Vec<(u32, u16, u8, u8)>,
    /// Third states in dispute: who joins, against whom, at what level.
    pub joined: Vec<(u16, u16, u8)>,
    /// Why third states came in, where reasons are gathered: who, against whom, why.
    pub why: Vec<(u16, u16, String)>,
    /// Wars that begin: attacker, defender.
    pub wars: Vec<(u16, u16)>,
    /// Joiners of new wars: place in `wars`, state, whether with the attackers.
    pub joins: Vec<(usize, u16, bool)>,
    /// Strategy of each state.
    pub strategies: Vec<u8>,
    /// Sanctions: by, on.
    pub sanctions: Vec<(u16, u16)>,
    /// Who has weighed sanctions in the year, against whom.
    pub weighed: BTreeSet<(u16, u16)>,
    /// What changes among pacts.
    pub pacts: Vec<Change>,
}

/// Moves the world through one year; returns what was seen at its beginning, and how many
/// wars each state fought in it.
pub fn year(
    set: &Setting<'_>,
    s: &mut Snapshot,
    desk: &mut Desk,
    log: &mut Vec<Event>,
) -> (Outlook, Vec<u16>) {
    membership::change(set, s, log);
    s.relate(set.system);
    let outlook = Outlook::new(set, s);
    let mut d = Decisions::default();
    dispute::decide(set, s, &outlook, desk, &mut d, log);
    war::decide(set, s, &outlook, desk, &mut d, log);
    strategy::decide(set, s, &outlook, desk, &mut d, log);
    pacts::decide(set, s, &mut d);
    let wars = resolve::resolve(set, s, &outlook, &d, log);
    (outlook, wars)
}

pub(crate) fn event(
    year: i16,
    kind: EventKind,
    actor: u16,
    other: u16,
    value: f32,
    item: u32,
) -> Event {
    Event {
        year,
        kind,
        actor,
        other,
        value,
        item,
        reasons: Vec::new(),
    }
}
