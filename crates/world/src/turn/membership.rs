//! States that enter or leave by the dates of the world.

use super::{Setting, event};
use crate::event::{Event, EventKind};
use crate::snapshot::{Holder, LEAST, Snapshot, normalise};
use raison_core::world::Entry;

pub(super) fn change(set: &Setting<'_>, s: &mut Snapshot, log: &mut Vec<Event>) {
    let entries = &set.system.world.entries;
    if entries.is_empty() {
        return;
    }
    let mut changed = false;
    for e in entries {
        let i = e.state;
        let due = e.from == set.year || e.until.is_some_and(|last| last + 1 == set.year);
        let inside = due && set.system.world.member(i, set.year);
        if !due || inside == s.active[i] {
            continue;
        }
        if inside {
            enter(set, s, e)
        } else {
            leave(set, s, i, log)
        }
        changed = true;
        let value = f32::from(u8::from(inside));
        let kind = EventKind::Membership;
        log.push(event(set.year, kind, i as u16, i as u16, value, 0));
    }
    if changed {
        s.sum_joint(set.system.n);
    }
    normalise(&mut s.share);
}

/// A state enters with the capabilities, economy and regime that the world states for its
/// first year, as a share of a system that grows by it.
fn enter(set: &Setting<'_>, s: &mut Snapshot, e: &Entry) {
    let i = e.state;
    let state = &set.system.world.states[i];
    let value = |n: raison_core::Num| set.values.get(n.0 as usize).copied().unwrap_or(0.0);
    let whole: f64 = s.share.iter().sum();
    s.active[i] = true;
    s.share[i] = value(state.share).clamp(0.0, 0.9) * whole;
    s.gdp[i] = value(state.gdp).max(LEAST);
    s.democracy[i] = value(state.democracy);
    s.holders[i] = Holder::first(state, set.year);
    let entries = &set.system.world.entries;
    if !entries.iter().any(|x| x.state == i && x.from < e.from) {
        s.settle_joint(i, set.system.n, set.params.shared());
    }
    for &(_, at) in &set.system.partners[i] {
        s.peace[at as usize] = 0;
        s.past[at as usize] = 0.0;
    }
}

/// A state that leaves takes its ties with it; wars of which it was all of a side end.
fn leave(set: &Setting<'_>, s: &mut Snapshot, i: usize, log: &mut Vec<Event>) {
    let (n, gone) = (set.system.n, i as u16);
    s.active[i] = false;
    s.major[i] = false;
    s.share[i] = 0.0;
    s.wounds[i] = 0.0;
    s.gdp[i] = LEAST;
    for j in 0..n {
        s.bilateral[i * n + j] = 0;
        s.bilateral[j * n + i] = 0;
    }
    s.blocs
        .iter_mut()
        .for_each(|b| b.members.retain(|m| *m != gone));
    s.blocs.retain(|b| b.members.len() > 1);
    s.bind(n);
    for w in &mut s.wars {
        let sides = (w.attackers.first().copied(), w.defenders.first().copied());
        w.attackers.retain(|x| *x != gone);
        w.defenders.retain(|x| *x != gone);
        // Nobody is left to fight on one side: the other stays.
        let (winner, loser) = match (w.attackers.is_empty(), w.defenders.is_empty(), sides) {
            (false, true, (Some(a), Some(d))) => (a, d),
            (true, false, (Some(a), Some(d))) => (d, a),
            _ => continue,
        };
        let dead = w.deaths as f32;
        let kind = EventKind::WarEnds;
        log.push(event(set.year, kind, winner, loser, dead, w.id));
    }
    s.wars
        .retain(|w| !w.attackers.is_empty() && !w.defenders.is_empty());
    s.sanctions.retain(|x| x.by != gone && x.on != gone);
    s.routes.retain(|r| !r.through.contains(&gone));
    for link in s.links.iter_mut().flatten() {
        link.retain(|l| l.to != gone && !l.through.contains(&gone));
    }
    s.presence.retain(|x| x.0 != gone && x.1 != gone);
}
