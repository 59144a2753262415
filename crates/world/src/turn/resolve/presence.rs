//! Outside presence: forces come with a pact and go with it.

use super::steer::leave;
use super::{Setting, event};
use crate::event::{Event, EventKind};
use crate::snapshot::{DEFENCE, Snapshot};

/// Pairs of power and host that a defence pact ties.
pub(super) fn defended(set: &Setting<'_>, s: &Snapshot) -> Vec<(u16, u16)> {
    let n = set.system.n;
    let tied = |p: u16, h: u16| s.pact[p as usize * n + h as usize] & DEFENCE != 0;
    let pairs = s.presence.iter().map(|x| (x.0, x.1));
    pairs.filter(|(p, h)| tied(*p, *h)).collect()
}

/// A defence pact of two brings forces of the major power among them, of the stronger of
/// two, to the other side where that lies in another region.
pub(super) fn arrive(
    set: &Setting<'_>,
    s: &mut Snapshot,
    (i, j): (u16, u16),
    log: &mut Vec<Event>,
) {
    let (a, b) = (i as usize, j as usize);
    let region = &set.system.region;
    if !set.system.coded.presence || region[a] == region[b] {
        return;
    }
    let (power, host) = match (s.major[a], s.major[b]) {
        (true, true) if s.share[a] >= s.share[b] => (i, j),
        (true, false) => (i, j),
        (_, true) => (j, i),
        (false, false) => return,
    };
    let troops = set.params.presence_pact();
    if troops <= 0.0 {
        return;
    }
    match s.presence.iter_mut().find(|x| (x.0, x.1) == (power, host)) {
        Some(x) => x.2 += troops,
        None => s.presence.push((power, host, troops)),
    }
    let kind = EventKind::Presence;
    log.push(event(set.year, kind, power, host, troops as f32, 0));
}

/// Forces go home where the pact that tied power and host has ended, and where the two are
/// at war.
pub(super) fn change(
    set: &Setting<'_>,
    s: &mut Snapshot,
    before: &[(u16, u16)],
    log: &mut Vec<Event>,
) {
    if s.presence.is_empty() {
        return;
    }
    let now = defended(set, s);
    let enemies: Vec<(u16, u16)> = s.presence.iter().map(|x| (x.0, x.1)).collect();
    let enemies: Vec<_> = enemies
        .into_iter()
        .filter(|(p, h)| s.at_war(*p, *h))
        .collect();
    let goes = |p: u16, h: u16| {
        let ended = before.contains(&(p, h)) && !now.contains(&(p, h));
        ended || enemies.contains(&(p, h))
    };
    leave(set, s, goes, log);
}
