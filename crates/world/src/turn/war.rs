//! Wars spread through obligations.

use super::dispute::view;
use super::{Decisions, Outlook, Setting, event};
use crate::event::{Event, EventKind};
use crate::luck::{Purpose, ordered};
use crate::mind::{Asking, Desk, pick};
use crate::snapshot::{DEFENCE, OFFENCE, Snapshot};

pub(super) fn decide(
    set: &Setting<'_>,
    s: &Snapshot,
    outlook: &Outlook,
    desk: &mut Desk,
    d: &mut Decisions,
    log: &mut Vec<Event>,
) {
    let wars = d.wars.clone();
    for (at, (attacker, defender)) in wars.into_iter().enumerate() {
        for k in 0..set.system.n as u16 {
            if k == attacker || k == defender || s.share[k as usize] <= 0.0 {
                continue;
            }
            if let Some(with_attackers) = joins(set, s, outlook, desk, k, (attacker, defender), log)
            {
                d.joins.push((at, k, with_attackers));
            }
        }
    }
}

fn joins(
    set: &Setting<'_>,
    s: &Snapshot,
    outlook: &Outlook,
    desk: &mut Desk,
    k: u16,
    (attacker, defender): (u16, u16),
    log: &mut Vec<Event>,
) -> Option<bool> {
    let n = set.system.n;
    let pact = |with: u16| s.pact[k as usize * n + with as usize];
    let (a, d) = (pact(attacker), pact(defender));
    let (chance, with_attackers) = if d & DEFENCE != 0 && a & DEFENCE == 0 {
        (set.params.join_defence(), false)
    } else if a & OFFENCE != 0 && d == 0 {
        (set.params.join_other(), true)
    } else if a == 0 && d == 0 && near(set, k, attacker, defender) {
        (set.params.join_neighbour(), false)
    } else {
        return None;
    };
    let (friend, foe) = if with_attackers {
        (attacker, defender)
    } else {
        (defender, attacker)
    };
    let rest = 1.0 - chance;
    let shares = [0.5 * rest, 0.3 * rest, 0.2 * rest, chance];
    let which = set.cabinet.which(
        Asking::Join,
        set.system,
        k as usize,
        s.holders[k as usize].mind,
    );
    let view = view(set, s, outlook, (k, foe), Some(3));
    let weight = set.params.lens_weight();
    let p = set.cabinet.ask(which, desk, &shares, weight, |v, h| {
        view.set(v, h, set.params)
    });
    let keys = &set.system.keys;
    let key = ordered(keys[k as usize], keys[foe as usize]);
    let act = pick(&p[..4], set.luck.uniform(Purpose::Join, key, set.year));
    let obliged = d & DEFENCE != 0 && !with_attackers;
    if act != 3 && obliged {
        let mut e = event(set.year, EventKind::WarRefused, k, friend, act as f32, 0);
        explain(set, desk, which, p[act], &mut e);
        log.push(e);
    }
    if act == 3 {
        let mut e = event(
            set.year,
            EventKind::WarJoined,
            k,
            friend,
            f32::from(u8::from(obliged)),
            0,
        );
        explain(set, desk, which, p[act], &mut e);
        log.push(e);
    }
    (act == 3).then_some(with_attackers)
}

fn explain(set: &Setting<'_>, desk: &Desk, which: usize, p: f64, e: &mut Event) {
    if set.explain {
        e.reasons.push(format!("chance {:.0} %", 100.0 * p));
        e.reasons.extend(set.cabinet.reasons(which, desk));
    }
}

fn near(set: &Setting<'_>, k: u16, a: u16, b: u16) -> bool {
    let list = &set.system.neighbours[k as usize];
    list.contains(&a) || list.contains(&b)
}
