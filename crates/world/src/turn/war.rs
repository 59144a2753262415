//! Wars spread through obligations.

use super::dispute::view;
use super::third::{self, Third};
use super::{Decisions, Outlook, Setting, event};
use crate::event::{Event, EventKind};
use crate::luck::{Purpose, ordered};
use crate::mind::{Asking, Desk, Pool, pick};
use crate::snapshot::{DEFENCE, Snapshot};
use crate::system::class;

/// How far a lens can raise the odds of joining of a state without an obligation.
const FAR: f64 = 5.0;

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
        let (mut ours, mut theirs) = (vec![attacker], vec![defender]);
        for third in third::all(set, s, (attacker, defender), true) {
            let k = third.state;
            if joins(set, s, outlook, desk, third, (attacker, defender), log) {
                d.joins.push((at, k, third.with_first));
                if third.with_first {
                    ours.push(k);
                } else {
                    theirs.push(k);
                }
            }
        }
        third::spread(&ours, &theirs, 5, d);
    }
}

/// Whether a third state enters a war; those whom nothing ties to it are not asked unless
/// luck leaves it open.
fn joins(
    set: &Setting<'_>,
    s: &Snapshot,
    outlook: &Outlook,
    desk: &mut Desk,
    third: Third,
    (attacker, defender): (u16, u16),
    log: &mut Vec<Event>,
) -> bool {
    let n = set.system.n;
    let k = third.state;
    let (friend, foe) = if third.with_first {
        (attacker, defender)
    } else {
        (defender, attacker)
    };
    let chance = third.chance;
    let obliged = s.pact[k as usize * n + friend as usize] & DEFENCE != 0;
    let keys = &set.system.keys;
    let key = ordered(keys[k as usize], keys[foe as usize]);
    let luck = set.luck.uniform(Purpose::Join, key, set.year);
    // A lens that tilts the odds by more than this is not heard: most states are far away.
    if s.at_war(k, foe) || (!obliged && luck < 1.0 - (FAR * chance).min(1.0)) {
        return false;
    }
    let rest = 1.0 - chance;
    let shares = [0.5 * rest, 0.3 * rest, 0.2 * rest, chance];
    let regime = class(s.democracy[k as usize]);
    let mind = s.holders[k as usize].mind;
    let which = set.cabinet.which(Asking::Join, regime, k as usize, mind);
    let view = view(set, s, outlook, (k, foe), Some(3));
    let pool = Pool {
        shares: &shares,
        typical: &[],
        weight: set.params.lens_weight(),
    };
    let p = set
        .cabinet
        .ask(which, desk, pool, |v, h| view.set(v, h, set.params));
    let act = pick(&p[..4], luck);
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
    act == 3
}

fn explain(set: &Setting<'_>, desk: &Desk, which: usize, p: f64, e: &mut Event) {
    if set.explain {
        e.reasons.push(format!("chance {:.0} %", 100.0 * p));
        e.reasons.extend(set.cabinet.reasons(which, desk));
    }
}
