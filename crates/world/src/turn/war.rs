//! Wars spread through obligations.

use super::dispute::{ENTRY, typical, view};
use super::third::{self, Third};
use super::{Decisions, Outlook, Setting, event, told};
use crate::event::{Event, EventKind};
use crate::luck::{Purpose, ordered};
use crate::mind::{Asking, Desk, JOIN, Pool, pick};
use crate::snapshot::{DEFENCE, OFFENCE, Snapshot, War};
use crate::system::class;

/// How far a lens can raise the odds of joining of a state without an obligation.
const FAR: f64 = 5.0;

/// A state that would enter a war.
struct Wish {
    /// Place among the year's new wars.
    at: usize,
    third: Third,
    /// The draw: of two that exclude each other the more eager comes first.
    luck: f64,
    told: Event,
}

pub(super) fn decide(
    set: &Setting<'_>,
    s: &Snapshot,
    outlook: &Outlook,
    desk: &mut Desk,
    d: &mut Decisions,
    log: &mut Vec<Event>,
) {
    let mut wishes = Vec::new();
    for (at, sides) in d.wars.iter().enumerate() {
        for third in third::all(set, s, *sides, true, |_, _| true) {
            let war = s.next_war + at as u32;
            if let Some((luck, told)) = joins(set, s, outlook, desk, third, (*sides, war), log) {
                wishes.push(Wish {
                    at,
                    third,
                    luck,
                    told,
                });
            }
        }
    }
    let key = |w: &Wish| set.system.keys[w.third.state as usize];
    wishes.sort_by(|x, y| y.luck.total_cmp(&x.luck).then(key(x).cmp(&key(y))));
    let first = s.wars.len();
    let mut wars = s.wars.clone();
    wars.extend((0..d.wars.len()).map(|at| bare(set, s, d, at)));
    let mut busy = vec![false; set.system.n];
    for mut w in wishes {
        let k = w.third.state;
        let (war, with_first) = (first + w.at, w.third.with_first);
        if busy[k as usize] || !fits(&wars, war, k, with_first) {
            continue;
        }
        busy[k as usize] = true;
        side(&mut wars[war], with_first).push(k);
        d.joins.push((w.at, k, with_first));
        w.told.item = wars[war].id;
        log.push(w.told);
    }
    for war in &wars[first..] {
        third::spread(&war.attackers, &war.defenders, 5, d);
    }
}

/// A war that begins, between the two who began it.
fn bare(set: &Setting<'_>, s: &Snapshot, d: &Decisions, at: usize) -> War {
    let (attacker, defender) = d.wars[at];
    War {
        id: s.next_war + at as u32,
        attackers: vec![attacker],
        defenders: vec![defender],
        since: set.year,
        deaths: 0.0,
        shock: 0.0,
    }
}

fn side(war: &mut War, attackers: bool) -> &mut Vec<u16> {
    match attackers {
        true => &mut war.attackers,
        false => &mut war.defenders,
    }
}

/// Whether a state can enter a side of a war: it is in no war with those beside whom it
/// would fight, and beside none of those whom it would fight, nor at war with them already.
fn fits(wars: &[War], at: usize, k: u16, with_first: bool) -> bool {
    let Some(war) = wars.get(at).filter(|w| !w.holds(k)) else {
        return false;
    };
    let (friends, foes) = match with_first {
        true => (&war.attackers, &war.defenders),
        false => (&war.defenders, &war.attackers),
    };
    wars.iter().all(|w| {
        friends.iter().all(|x| !w.between(k, *x))
            && foes.iter().all(|x| !w.beside(k, *x) && !w.between(k, *x))
    })
}

/// Whether a third state would enter a war, with its draw; those whom nothing ties to it
/// are not asked unless luck leaves it open.
fn joins(
    set: &Setting<'_>,
    s: &Snapshot,
    outlook: &Outlook,
    desk: &mut Desk,
    third: Third,
    ((attacker, defender), war): ((u16, u16), u32),
    log: &mut Vec<Event>,
) -> Option<(f64, Event)> {
    let n = set.system.n;
    let k = third.state;
    let (friend, foe) = if third.with_first {
        (attacker, defender)
    } else {
        (defender, attacker)
    };
    let chance = third.chance;
    // A defence pact obliges where its partner is attacked, an offence pact where it attacks.
    let with = |x: u16, bit: u8| s.pact[k as usize * n + x as usize] & bit != 0;
    let obliged = [with(attacker, OFFENCE), with(defender, DEFENCE)];
    let (bound, obliged) = match third.with_first {
        true => (obliged[0], obliged[0] || obliged[1]),
        false => (obliged[1], obliged[0] || obliged[1]),
    };
    let keys = &set.system.keys;
    let key = ordered(keys[k as usize], keys[foe as usize]);
    let luck = set.luck.uniform(Purpose::Join, key, set.year);
    // A lens that tilts the odds by more than this is not heard: most states are far away.
    if !obliged && luck < 1.0 - (FAR * chance).min(1.0) {
        return None;
    }
    if s.at_war(k, friend) || third::taken(s, k, foe) {
        return None;
    }
    let rest = 1.0 - chance;
    let shares = [0.5 * rest, 0.3 * rest, 0.2 * rest, chance];
    let regime = class(s.democracy[k as usize]);
    let mind = s.holders[k as usize].mind;
    let which = set.cabinet.which(Asking::Join, regime, k as usize, mind);
    let view = view(set, s, outlook, (k, foe), Some(3));
    let pool = Pool {
        shares: &shares,
        typical: &typical(set)[regime][ENTRY],
        weight: set.params.lens_weight(),
    };
    let p = set
        .cabinet
        .ask(which, desk, pool, |v, h| view.set(v, h, set.params));
    let act = pick(&p[..4], luck);
    let kind = match act {
        3 => EventKind::WarJoined,
        _ if obliged => EventKind::WarRefused,
        _ => return None,
    };
    let value = match act {
        3 => f32::from(u8::from(bound)),
        _ => act as f32,
    };
    let mut e = event(set.year, kind, k, friend, value, 0);
    if set.explain {
        e.reasons = vec![
            told::third(set, s, k, (attacker, defender), chance),
            told::chance(&p[..4], act, &shares, "by that rule alone it is", &JOIN),
            told::situation(&view),
        ];
        e.reasons.extend(set.cabinet.reasons(which, desk, act));
    }
    if act == 3 {
        return Some((luck, e));
    }
    if !bound {
        // It thought of the other side; whom it lets down is the one that it is tied to.
        e.other = foe;
        e.reasons.truncate(1);
    }
    e.item = war;
    log.push(e);
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn war(attackers: &[u16], defenders: &[u16]) -> War {
        War {
            id: 1,
            attackers: attackers.to_vec(),
            defenders: defenders.to_vec(),
            since: 2000,
            deaths: 0.0,
            shock: 0.0,
        }
    }

    #[test]
    fn a_state_enters_no_war_that_crosses_one_that_it_fights() {
        // 5 fights beside 1 and against 2; the new war is of 3 against 4.
        let fits = |new: War, k, with| super::fits(&[war(&[1, 5], &[2]), new], 1, k, with);
        assert!(fits(war(&[3], &[4]), 5, true) && fits(war(&[3], &[4]), 5, false));
        assert!(!fits(war(&[3, 2], &[4]), 5, true), "beside an enemy");
        assert!(!fits(war(&[3], &[4, 1]), 5, true), "against a friend");
        assert!(
            !fits(war(&[3], &[4, 2]), 5, true),
            "a second war with an enemy"
        );
        assert!(
            fits(war(&[3, 1], &[4]), 5, true),
            "beside a friend once more"
        );
        assert!(!fits(war(&[3, 5], &[4]), 5, false), "in it already");
    }
}
