//! Sanctions: after force, by whoever could, as a question to its lens.

use super::dispute::{Seen, outsiders, view};
use super::{Decisions, Outlook, Setting, event};
use crate::event::{Event, EventKind};
use crate::luck::{Purpose, ordered};
use crate::mind::{Asking, Desk, Pool, pick};
use crate::snapshot::Snapshot;
use crate::system::class;

/// How far a lens can raise the chance of a sanction by one who is no party to the dispute:
/// beyond, it is not asked, since most never think of it.
const FAR: f64 = 5.0;

/// A lens's mean answers by class of regime: refrain, sanction.
pub(crate) type Typical = [[f64; 2]; 3];

/// Pressure in a dispute with force, as those see it who are not its target.
const FORCE: usize = 2;

/// The side with the larger economy may sanction the other, and every major power that has
/// no pact with it the first to use force: these with the share divided by their number, so
/// that a system of more powers has no more sanctions. Nobody decides twice in a year on one
/// state, nor on one that it sanctions already.
pub(super) fn decide(
    set: &Setting<'_>,
    s: &Snapshot,
    outlook: &Outlook,
    desk: &mut Desk,
    (user, victim): (u16, u16),
    d: &mut Decisions,
    log: &mut Vec<Event>,
) {
    let chance = set.params.sanction_chance();
    let rich = match s.gdp[user as usize] >= s.gdp[victim as usize] {
        true => (user, victim),
        false => (victim, user),
    };
    let n = set.system.n;
    let majors = s.major.iter().filter(|x| **x).count().max(1) as f64;
    let free = |k: u16| s.major[k as usize] && s.pact[k as usize * n + user as usize] == 0;
    let others = (0..n as u16).filter(|k| *k != user && *k != victim && free(*k));
    let asked = others.map(|k| ((k, user), chance / majors));
    for (pair, share) in std::iter::once((rich, chance)).chain(asked) {
        let (by, on) = pair;
        let stands =
            s.sanctions.iter().any(|x| (x.by, x.on) == pair) || d.sanctions.contains(&pair);
        if stands || !d.weighed.insert(pair) {
            continue;
        }
        let party = [user, victim].contains(&by) && [user, victim].contains(&on);
        let far = match party {
            true => 1.0,
            false => (FAR * share).min(1.0),
        };
        if chosen(set, s, outlook, desk, pair, (share, far), log) {
            d.sanctions.push(pair);
        }
    }
}

/// Whether `i` puts sanctions on `j`: the share of those who do, tilted by its lens.
fn chosen(
    set: &Setting<'_>,
    s: &Snapshot,
    outlook: &Outlook,
    desk: &mut Desk,
    (i, j): (u16, u16),
    (share, far): (f64, f64),
    log: &mut Vec<Event>,
) -> bool {
    let keys = &set.system.keys;
    let key = ordered(keys[i as usize], keys[j as usize]);
    let luck = set.luck.uniform(Purpose::Sanction, key, set.year);
    if luck >= far {
        return false;
    }
    let regime = class(s.democracy[i as usize]);
    let mind = s.holders[i as usize].mind;
    let which = set
        .cabinet
        .which(Asking::Sanction, regime, i as usize, mind);
    let view = view(set, s, outlook, (i, j), Some(FORCE));
    let shares = [1.0 - share, share];
    let pool = Pool {
        shares: &shares,
        typical: &typical(set)[regime],
        weight: set.params.lens_weight(),
    };
    let p = set
        .cabinet
        .ask(which, desk, pool, |v, h| view.set(v, h, set.params));
    // The lowest draws sanction: as the question is put, the last alternative.
    let does = pick(&p[..2], 1.0 - luck) == 1;
    if set.explain && (does || mind.is_some()) {
        let act = usize::from(does);
        let mut e = event(set.year, EventKind::Weighed, i, j, p[1] as f32, act as u32);
        let (here, base) = (100.0 * p[1], 100.0 * share);
        e.reasons.push(format!(
            "chance {here:.0} % (the assumed share is {base:.0} %)"
        ));
        e.reasons.extend(set.cabinet.reasons(which, desk, act));
        log.push(e);
    }
    does
}

/// The lens's mean answers where nobody in particular decides: for them the assumed share
/// holds already.
fn typical<'c>(set: &Setting<'c>) -> &'c Typical {
    set.cabinet.typical_sanction.get_or_init(|| {
        let mut out = [[0.0; 2]; 3];
        let put = |(set, s, outlook): Seen<'_, '_>, desk: &mut Desk, (i, j): (u16, u16)| {
            let view = view(set, s, outlook, (i, j), Some(FORCE));
            for (regime, row) in out.iter_mut().enumerate() {
                let which = set
                    .cabinet
                    .which(Asking::Sanction, regime, i as usize, None);
                let q = set
                    .cabinet
                    .alone::<2>(which, desk, |v, h| view.set(v, h, set.params));
                row.iter_mut().zip(q).for_each(|(x, q)| *x += q);
            }
        };
        outsiders(set, put);
        out
    })
}
