//! Putting a year's decisions into effect.

mod economy;
mod fight;
mod office;
mod steer;

use super::{Decisions, Outlook, Setting, event};
use crate::event::{Event, EventKind};
use crate::luck::{Purpose, ordered};
use crate::snapshot::{Sanction, Snapshot};

pub(super) fn resolve(
    set: &Setting<'_>,
    s: &mut Snapshot,
    outlook: &Outlook,
    d: &Decisions,
    log: &mut Vec<Event>,
) {
    quarrel(s, set, d);
    fight::begin(set, s, d, log);
    fight::go_on(set, s, log);
    sanction(set, s, d, log);
    pacts(set, s, d, log);
    steer::steer(set, s, outlook, d, log);
    economy::grow(set, s);
    office::change(set, s, log);
    s.year = set.year + 1;
    s.flow(set.system, set.params);
}

/// Peace years, and who had trouble.
fn quarrel(s: &mut Snapshot, set: &Setting<'_>, d: &Decisions) {
    s.peace.iter_mut().for_each(|t| *t = t.saturating_add(1));
    s.troubles.iter_mut().for_each(|t| *t = 0);
    for (at, _, first, reply) in &d.disputes {
        s.peace[*at as usize] = 0;
        let p = &set.system.pairs[*at as usize];
        if *first >= 2 || *reply >= 2 {
            s.troubles[p.a as usize] += 1;
            s.troubles[p.b as usize] += 1;
        }
    }
}

fn sanction(set: &Setting<'_>, s: &mut Snapshot, d: &Decisions, log: &mut Vec<Event>) {
    let keys = &set.system.keys;
    let chance = set.params.sanction_end();
    s.sanctions.retain(|x| {
        let key = ordered(keys[x.by as usize], keys[x.on as usize]);
        let ends = set.luck.uniform(Purpose::SanctionEnd, key, set.year) < chance;
        if ends {
            log.push(event(set.year, EventKind::SanctionEnds, x.by, x.on, 0.0, 0));
        }
        !ends
    });
    for (by, on) in &d.sanctions {
        let new = Sanction { by: *by, on: *on };
        if !s.sanctions.contains(&new) {
            s.sanctions.push(new);
            log.push(event(set.year, EventKind::Sanction, *by, *on, 0.0, 0));
        }
    }
}

fn pacts(set: &Setting<'_>, s: &mut Snapshot, d: &Decisions, log: &mut Vec<Event>) {
    let n = set.system.n;
    for (i, j) in &d.ends {
        end(s, n, *i, *j);
        log.push(event(set.year, EventKind::PactEnds, *i, *j, 0.0, 0));
    }
    for (i, j, bits) in &d.pacts {
        tie(set, s, (*i, *j), *bits, log);
    }
}

fn end(s: &mut Snapshot, n: usize, i: u16, j: u16) {
    s.pact[i as usize * n + j as usize] = 0;
    s.pact[j as usize * n + i as usize] = 0;
}

pub(super) fn tie(
    set: &Setting<'_>,
    s: &mut Snapshot,
    (i, j): (u16, u16),
    bits: u8,
    log: &mut Vec<Event>,
) {
    let n = set.system.n;
    s.pact[i as usize * n + j as usize] |= bits;
    s.pact[j as usize * n + i as usize] |= bits;
    let defence = f32::from(bits & crate::snapshot::DEFENCE);
    log.push(event(set.year, EventKind::Pact, i, j, defence, 0));
}
