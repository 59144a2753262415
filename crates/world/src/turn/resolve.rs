//! Putting a year's decisions into effect.

mod economy;
mod fight;
mod institutions;
mod office;
mod presence;
mod rank;
mod regime;
mod steer;

use super::{Change, Decisions, Outlook, Setting, event};
use crate::blocs::FEWEST;
use crate::event::{Event, EventKind};
use crate::luck::{Purpose, ordered};
use crate::snapshot::{Bloc, DEFENCE, FADE, Sanction, Snapshot};
use crate::support;

/// Returns how many wars each state fought in the year.
pub(super) fn resolve(
    set: &Setting<'_>,
    s: &mut Snapshot,
    outlook: &Outlook,
    d: &Decisions,
    log: &mut Vec<Event>,
) -> Vec<u16> {
    let hosted = presence::defended(set, s);
    quarrel(s, set, d);
    join(s, set, d, log);
    fight::begin(set, s, d, log);
    sanction(set, s, d, log);
    // Wars end after pacts are made, so that none is made with an enemy of the year.
    pacts(set, s, d, log);
    steer::steer(set, s, outlook, d, log);
    presence::change(set, s, &hosted, log);
    let fought = fight::go_on(set, s, log);
    economy::grow(set, s);
    institutions::grow(set, s);
    office::change(set, s, log);
    regime::change(set, s, log);
    rank::change(set, s, log);
    let lost = |s: &Snapshot, i: u16| set.params.sanction_payments() * s.payments_closed(i);
    support::change(set.system, s, lost);
    let z = set
        .luck
        .normal(Purpose::Tension, Purpose::TensionPair, 0, set.year);
    s.tension = set.params.tension_memory() * s.tension + set.params.tension_sd() * z;
    s.year = set.year + 1;
    s.flow(set.system, set.params);
    fought
}

/// Peace years, past disputes, and who began.
fn quarrel(s: &mut Snapshot, set: &Setting<'_>, d: &Decisions) {
    for (peace, live) in s.peace.iter_mut().zip(&s.live) {
        *peace = peace.saturating_add(u16::from(*live));
    }
    s.past.iter_mut().for_each(|x| *x *= FADE);
    for c in &mut s.conduct {
        *c = (c.0 * FADE, c.1 * FADE);
    }
    for (at, began, ..) in &d.disputes {
        let at = *at as usize;
        s.peace[at] = 0;
        s.past[at] += FADE;
        let p = &set.system.pairs[at];
        let target = if *began == p.a { p.b } else { p.a };
        s.conduct[*began as usize].0 += FADE;
        s.conduct[target as usize].1 += FADE;
    }
}

/// Third states that joined have a dispute behind them too. Pairs that are not politically
/// relevant have no rate of disputes, and nothing to remember.
fn join(s: &mut Snapshot, set: &Setting<'_>, d: &Decisions, log: &mut Vec<Event>) {
    for (k, with, level) in &d.joined {
        let pair = set.system.pair(*k as usize, *with as usize);
        let pair = pair.filter(|at| s.live[*at]);
        if let Some(at) = pair {
            s.peace[at] = 0;
            s.past[at] += FADE;
        }
        let kind = EventKind::DisputeJoined;
        let far = u32::from(pair.is_none());
        let mut e = event(set.year, kind, *k, *with, f32::from(*level), far);
        e.reasons.extend(why(d, *k, *with));
        log.push(e);
    }
}

/// Why a third state came in: against the one who began or was the target, or against
/// another who came in there.
fn why(d: &Decisions, k: u16, with: u16) -> Option<String> {
    let own = || d.why.iter().filter(|w| w.0 == k);
    let found = own().find(|w| w.1 == with).or_else(|| own().next());
    found.map(|w| w.2.clone())
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
    for change in &d.pacts {
        match change {
            Change::Made(i, j, _) if s.at_war(*i, *j) => {}
            Change::Made(i, j, bits) => tie(set, s, (*i, *j), *bits, log),
            Change::Ended(i, j) => {
                s.bilateral[*i as usize * n + *j as usize] = 0;
                s.bilateral[*j as usize * n + *i as usize] = 0;
                log.push(event(set.year, EventKind::PactEnds, *i, *j, 0.0, 0));
            }
            Change::Founded(founder, members, bits) => {
                found(set, s, *founder, members, *bits, log);
            }
            Change::Joined(id, k) => enrol(set, s, *id, *k, log),
            Change::Left(id, k) => secede(set, s, *id, *k, log),
            Change::Dissolved(id) => dissolve(set, s, *id, log),
        }
    }
    if !d.pacts.is_empty() {
        s.bind(n);
    }
}

fn found(
    set: &Setting<'_>,
    s: &mut Snapshot,
    founder: u16,
    members: &[u16],
    bits: u8,
    log: &mut Vec<Event>,
) {
    let members = at_peace(set, s, founder, members);
    if members.len() < FEWEST {
        return;
    }
    let id = s.next_bloc;
    s.next_bloc += 1;
    let size = members.len() as f32;
    log.push(event(set.year, EventKind::Bloc, founder, founder, size, id));
    s.blocs.push(Bloc {
        id,
        key: ordered(set.system.keys[founder as usize], set.year as u16 as u64),
        members,
        bits,
    });
}

/// Those who found a pact, without enemies of the founder and of those before them: where
/// two who were asked are at war, the readier one, by the draw with which it accepted.
fn at_peace(set: &Setting<'_>, s: &Snapshot, founder: u16, members: &[u16]) -> Vec<u16> {
    let keys = &set.system.keys;
    let ready = |m: &u16| {
        let asked = ordered(keys[founder as usize], keys[*m as usize]);
        set.luck.uniform(Purpose::Accept, asked, set.year)
    };
    let mut asked: Vec<u16> = members.iter().copied().filter(|m| *m != founder).collect();
    asked.sort_by(|x, y| ready(x).total_cmp(&ready(y)));
    let mut kept: Vec<u16> = vec![founder];
    for m in &asked {
        if kept.iter().all(|x| !s.at_war(*m, *x)) {
            kept.push(*m);
        }
    }
    kept.sort_unstable();
    kept
}

fn enrol(set: &Setting<'_>, s: &mut Snapshot, id: u32, k: u16, log: &mut Vec<Event>) {
    let Some(at) = s.blocs.iter().position(|b| b.id == id) else {
        return;
    };
    if s.blocs[at].members.iter().any(|m| s.at_war(k, *m)) {
        return;
    }
    let bloc = &mut s.blocs[at];
    if let Err(at) = bloc.members.binary_search(&k) {
        bloc.members.insert(at, k);
        let with = bloc.members.iter().find(|m| **m != k).copied().unwrap_or(k);
        let defence = f32::from(bloc.bits & DEFENCE);
        log.push(event(set.year, EventKind::Pact, k, with, defence, id));
    }
}

fn secede(set: &Setting<'_>, s: &mut Snapshot, id: u32, k: u16, log: &mut Vec<Event>) {
    let Some(bloc) = s.blocs.iter_mut().find(|b| b.id == id) else {
        return;
    };
    bloc.members.retain(|m| *m != k);
    let from = bloc.members.first().copied().unwrap_or(k);
    log.push(event(set.year, EventKind::PactEnds, k, from, 0.0, id));
    if bloc.members.len() < 2 {
        dissolve(set, s, id, log);
    }
}

fn dissolve(set: &Setting<'_>, s: &mut Snapshot, id: u32, log: &mut Vec<Event>) {
    if let Some(at) = s.blocs.iter().position(|b| b.id == id) {
        let bloc = s.blocs.remove(at);
        let first = bloc.members.first().copied().unwrap_or(0);
        log.push(event(set.year, EventKind::BlocEnds, first, first, 0.0, id));
    }
}

/// A war between two ends their pact, and the one who attacked leaves what they have in
/// common.
fn part(set: &Setting<'_>, s: &mut Snapshot, attacker: u16, defender: u16, log: &mut Vec<Event>) {
    let n = set.system.n;
    let (i, j) = (attacker as usize, defender as usize);
    if s.pact[i * n + j] == 0 {
        return;
    }
    if s.bilateral[i * n + j] != 0 {
        let kind = EventKind::PactEnds;
        log.push(event(set.year, kind, attacker, defender, 0.0, 0));
    }
    s.bilateral[i * n + j] = 0;
    s.bilateral[j * n + i] = 0;
    let both = |b: &&Bloc| b.members.contains(&attacker) && b.members.contains(&defender);
    let common: Vec<u32> = s.blocs.iter().filter(both).map(|b| b.id).collect();
    for id in common {
        secede(set, s, id, attacker, log);
    }
    s.bind(n);
}

pub(super) fn tie(
    set: &Setting<'_>,
    s: &mut Snapshot,
    (i, j): (u16, u16),
    bits: u8,
    log: &mut Vec<Event>,
) {
    let n = set.system.n;
    let new = bits & DEFENCE != 0 && s.pact[i as usize * n + j as usize] & DEFENCE == 0;
    if new {
        presence::arrive(set, s, (i, j), log);
    }
    for at in [i as usize * n + j as usize, j as usize * n + i as usize] {
        s.pact[at] |= bits;
        s.bilateral[at] |= bits;
    }
    let defence = f32::from(bits & DEFENCE);
    log.push(event(set.year, EventKind::Pact, i, j, defence, 0));
}
