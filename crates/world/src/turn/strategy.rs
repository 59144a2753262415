//! The strategy of the year: doctrines' pillars choose.

use super::{Decisions, Outlook, Setting, event, told};
use crate::event::{Event, EventKind};
use crate::luck::Purpose;
use crate::measures::hubs::worst;
use crate::mind::{Asking, Desk, Pool, STRATEGIES, STRATEGY_SHARES, pick};
use crate::snapshot::Snapshot;
use crate::system::class;

/// What the shares of strategies are.
const ASSUMED: &str = "the share assumed for all is";

/// Why a decision tells little.
const NOBODY: &str =
    "The world names no leader and no doctrine here: the state decides as any of its regime would.";

pub(super) fn decide(
    set: &Setting<'_>,
    s: &Snapshot,
    outlook: &Outlook,
    desk: &mut Desk,
    d: &mut Decisions,
    log: &mut Vec<Event>,
) {
    let open = set.system.coded.strategies();
    let shares = shares(open);
    let weight = set.params.lens_weight();
    for i in 0..set.system.n {
        let mind = s.holders[i].mind;
        if !s.active[i] {
            d.strategies.push(0);
            continue;
        }
        let regime = class(s.democracy[i]);
        let which = set.cabinet.which(Asking::Strategy, regime, i, mind);
        let p = match mind {
            None => set.cabinet.ask_once(which, desk, &shares, weight),
            Some(_) => {
                let need = needs(set, s, outlook, i);
                let pool = Pool {
                    shares: &shares,
                    typical: &[],
                    weight,
                };
                set.cabinet.ask(which, desk, pool, |values, h| {
                    for (list, need) in h.effects.iter().zip(need) {
                        for (num, size) in list {
                            if let Some(v) = values.get_mut(num.0 as usize) {
                                *v = size * need;
                            }
                        }
                    }
                })
            }
        };
        let u = set
            .luck
            .uniform(Purpose::Strategy, set.system.keys[i], set.year);
        let choice = pick(&possible(p, open), u);
        // Whoever has no strategy in a year holds course: that is told by silence.
        if choice != 0 {
            let mut e = event(
                set.year,
                EventKind::Strategy,
                i as u16,
                i as u16,
                p[choice] as f32,
                choice as u32,
            );
            if set.explain {
                e.reasons = vec![told::chance(&p, choice, &shares, ASSUMED, &STRATEGIES)];
                match mind {
                    None => e.reasons.push(NOBODY.to_owned()),
                    Some(_) => e.reasons.extend(set.cabinet.reasons(which, desk, choice)),
                }
            }
            log.push(e);
        }
        d.strategies.push(choice as u8);
    }
}

/// Shares of strategies: those that move a layer which the world does not code are none,
/// and who would choose them holds course, so that the others stay as common as they are.
fn shares(open: [bool; 8]) -> [f64; 8] {
    let mut out = possible(STRATEGY_SHARES, open);
    out[0] += STRATEGY_SHARES.iter().sum::<f64>() - out.iter().sum::<f64>();
    out
}

/// Without what is not open, even where a lens excludes all the rest.
fn possible(mut p: [f64; 8], open: [bool; 8]) -> [f64; 8] {
    for (p, open) in p.iter_mut().zip(open) {
        *p *= f64::from(u8::from(open));
    }
    p
}

/// How far each strategy has something to mend, 0.2..1: effects are as large as the need.
fn needs(set: &Setting<'_>, s: &Snapshot, outlook: &Outlook, i: usize) -> [f64; 8] {
    let dependence = |layer: usize| worst(&s.links[layer][i]).0;
    let exposed = dependence(0).max(dependence(2)).max(dependence(3));
    let unsafe_ = 1.0 - outlook.deterrence[i];
    let member = member(set, s, i);
    let partners = s.links[3][i].len().min(5) as f64 / 5.0;
    let at_least = |x: f64| x.clamp(0.2, 1.0);
    [
        1.0,
        at_least(exposed),
        at_least(1.0 - partners),
        at_least(unsafe_),
        at_least(0.5 * (1.0 - member) + 0.5 * exposed),
        at_least(dependence(1)),
        at_least(unsafe_),
        at_least(1.0 - member),
    ]
}

/// How far a state is in: its part of the institutions that the world names or, where they
/// are counted only, of the most that any state belongs to.
fn member(set: &Setting<'_>, s: &Snapshot, i: usize) -> f64 {
    if !set.system.coded.counts || !s.members.is_empty() {
        let open = set.system.world.institutions.len().max(1) as f64;
        return s.members.iter().filter(|m| m[i]).count() as f64 / open;
    }
    let of = |j: usize| s.memberships(set.system, j);
    let most = (0..set.system.n)
        .filter(|j| s.active[*j])
        .map(of)
        .fold(1.0, f64::max);
    of(i) / most
}
