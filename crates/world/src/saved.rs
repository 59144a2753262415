//! A condition of the world on disk, and going on from it: stop, resume, branch.
//!
//! The file is JSON that keeps every bit of every number. It names the states, because
//! the condition itself holds their places in a list only.

use crate::snapshot::Snapshot;
use crate::system::System;
use raison_core::{Code, Diagnostic};
use serde::{Deserialize, Serialize};

/// A saved condition cannot be read, or belongs to another world.
pub const NOT_SAVED: Code = Code("R6027");

/// Where runs begin that do not begin with the world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// The run that led there: it drew the uncertain numbers.
    pub run: u64,
    /// Codes of the states, in order.
    pub states: Vec<String>,
    /// The condition at the beginning of a year.
    pub snapshot: Snapshot,
    /// States into which a leader was put at a branch, with the place among their seats.
    #[serde(default)]
    pub put: Vec<(u16, u16)>,
}

/// Whom the user puts into a state at a branch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Put {
    /// Another leader.
    pub leader: bool,
    /// Another doctrine.
    pub doctrine: bool,
}

impl Origin {
    /// The condition that a run of a world reached.
    pub fn new(system: &System, run: u64, snapshot: Snapshot) -> Origin {
        Origin {
            run,
            states: codes(system),
            snapshot,
            put: Vec::new(),
        }
    }

    /// Lets the system know who was put in at branches.
    pub fn place(&self, system: &mut System) {
        for (state, seat) in &self.put {
            if let Some(put) = system.put.get_mut(*state as usize) {
                *put = Some(*seat);
            }
        }
    }

    /// As text.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }

    /// From text, checked against the world in which it is to go on.
    ///
    /// # Errors
    /// Where the text is no condition, or one of a world with other states.
    pub fn from_json(text: &str, system: &System) -> Result<Origin, Diagnostic> {
        let origin: Origin = serde_json::from_str(text).map_err(|e| {
            refuse("the saved condition cannot be read").note(format!("the reader says: {e}"))
        })?;
        if origin.states != codes(system) {
            return Err(refuse(
                "the saved condition is of a world with other states",
            ));
        }
        if !sound(&origin.snapshot, system) {
            return Err(refuse("the saved condition does not fit its world")
                .note("a list has the wrong length, or names a state that does not exist"));
        }
        Ok(origin)
    }

    /// Seats in a changed world those who govern: who held office holds it in `new`, with the
    /// doctrine that was put in; a leader who was put in takes office at this moment.
    pub fn seat(&mut self, new: &System, put: &[Put]) {
        let year = self.snapshot.year;
        for (i, holder) in self.snapshot.holders.iter_mut().enumerate() {
            let seats = &new.world.states[i].seats;
            let put = put.get(i).copied().unwrap_or_default();
            let mind = |m: Option<usize>| m.map(|m| m as u16);
            if put.leader {
                // The first of the world is the one who was put in.
                let first = seats.first();
                holder.mind = mind(first.and_then(|s| s.mind));
                holder.since = year;
                holder.born = first.and_then(|s| s.born).unwrap_or(year - 55);
                self.put.retain(|(state, _)| *state as usize != i);
                self.put.push((i as u16, holder.seat));
                continue;
            }
            let before = self.put.contains(&(i as u16, holder.seat));
            let seat = match before {
                true => seats.first(),
                false => seats.get(holder.seat as usize),
            };
            if let Some(seat) = seat {
                holder.mind = mind(seat.mind);
                continue;
            }
            // Beyond those named: a successor, under the doctrine that stays.
            let last = seats.last().and_then(|s| s.mind);
            let stays = last.and_then(|m| new.successor(m));
            if put.doctrine {
                holder.mind = mind(stays.or(last));
            } else {
                holder.mind = holder.mind.and(mind(stays));
            }
        }
    }
}

fn refuse(text: &str) -> Diagnostic {
    Diagnostic::error(NOT_SAVED, text).help("make the branch again into a new folder")
}

fn codes(system: &System) -> Vec<String> {
    let states = system.world.states.iter();
    states.map(|s| s.code.clone()).collect()
}

/// Whether every list has the length of the world, and every place is one of it.
fn sound(s: &Snapshot, system: &System) -> bool {
    let (n, minds) = (system.n, system.minds().len());
    let state = |i: &u16| (*i as usize) < n;
    let lengths = [s.share.len(), s.gdp.len(), s.total.len(), s.holders.len()];
    let squares = [s.pact.len(), s.affinity.len(), s.trade.len()];
    let marks = [s.active.len(), s.major.len(), s.democracy.len()];
    let past = [s.wounds.len(), s.conduct.len(), s.fought.len()];
    let pairs = [s.peace.len(), s.live.len(), s.past.len()];
    lengths.iter().chain(&marks).chain(&past).all(|l| *l == n)
        && s.creed.len() == n
        && s.support.len() == system.world.movements.len()
        && s.support.iter().flatten().all(|b| {
            b.state.iter().all(state) && b.movement.is_none_or(|k| (k as usize) < s.support.len())
        })
        && pairs.iter().all(|l| *l == system.pairs.len())
        && s.bilateral.len() == n * n
        && squares.iter().all(|l| *l == n * n)
        && s.links.iter().all(|l| l.len() == n)
        && s.members.len() == system.world.institutions.len()
        && s.members.iter().all(|m| m.len() == n)
        && s.joint.len() == if system.coded.counts { n * n } else { 0 }
        && s.joint_sum.len() == n
        && s.gained.len() == n
        && s.links
            .iter()
            .flatten()
            .flatten()
            .all(|l| state(&l.to) && l.through.iter().all(state))
        && s.blocs.iter().all(|b| b.members.iter().all(state))
        && s.presence.iter().all(|(a, b, _)| state(a) && state(b))
        && s.routes.iter().all(|r| r.through.iter().all(state))
        && s.wars
            .iter()
            .all(|w| w.attackers.iter().chain(&w.defenders).all(state))
        && s.sanctions.iter().all(|x| state(&x.by) && state(&x.on))
        && s.holders
            .iter()
            .all(|h| h.mind.is_none_or(|m| (m as usize) < minds))
}
