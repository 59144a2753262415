//! Regimes change by class and by their neighbourhood.

use super::{Setting, event};
use crate::event::{Event, EventKind};
use crate::luck::Purpose;
use crate::snapshot::Snapshot;
use crate::system::{CONSOLIDATED, class, logistic};

/// Polity scores that a changed regime takes: near the means of autocracies (-7.9) and of
/// mixed regimes (-0.5) in the record, and of democracies in their first year (7.0).
const SCORES: [f64; 3] = [-8.0, 0.0, 7.0];

/// All regimes change on what neighbours were at the start of the year.
pub(super) fn change(set: &Setting<'_>, s: &mut Snapshot, log: &mut Vec<Event>) {
    let mut new = Vec::new();
    let firm = consolidated(set, s);
    for i in (0..set.system.n).filter(|i| s.active[*i]) {
        let now = class(s.democracy[i]);
        if let Some(next) = next(set, s, i, now) {
            new.push((i, SCORES[next]));
        }
    }
    for i in firm {
        s.democracy[i] = s.democracy[i].max(CONSOLIDATED);
    }
    for (i, score) in new {
        s.democracy[i] = score;
        let kind = EventKind::Regime;
        log.push(event(set.year, kind, i as u16, i as u16, score as f32, 0));
    }
}

/// Democracies that become consolidated in the year, if they last through it.
fn consolidated(set: &Setting<'_>, s: &Snapshot) -> Vec<usize> {
    let luck = set.luck.year(Purpose::Consolidate, set.year);
    let chance = set.params.consolidate();
    let may = |i: &usize| s.active[*i] && class(s.democracy[*i]) == 2;
    let all = (0..set.system.n).filter(may);
    all.filter(|i| luck.uniform(set.system.keys[*i]) < chance)
        .collect()
}

/// The next class, where it changes: towards democracy with democratic neighbours, away
/// from it without (Gleditsch & Ward 2006); a consolidated democracy hardly ever ends
/// (Svolik 2008).
fn next(set: &Setting<'_>, s: &Snapshot, i: usize, now: usize) -> Option<usize> {
    let (p, key) = (set.params, set.system.keys[i]);
    let u = set.luck.uniform(Purpose::Regime, key, set.year);
    let near = democratic(set, s, i);
    let mixed = f64::from(u8::from(now == 1));
    let up = logistic(p.up_constant() + p.up_mixed() * mixed + p.up_neighbours() * near);
    let down = match s.democracy[i] >= CONSOLIDATED {
        true => p.down_consolidated(),
        false => logistic(p.down_constant() + p.down_mixed() * mixed + p.down_neighbours() * near),
    };
    let step = |direct: f64| {
        let far = now != 1 && set.luck.uniform(Purpose::RegimeStep, key, set.year) < direct;
        1 + usize::from(far)
    };
    if now < 2 && u < up {
        return Some((now + step(p.up_direct())).min(2));
    }
    (now > 0 && 1.0 - u < down).then(|| now.saturating_sub(step(p.down_direct())))
}

/// Share of democracies among neighbours; a half without any.
fn democratic(set: &Setting<'_>, s: &Snapshot, i: usize) -> f64 {
    let near = set.system.neighbours[i].iter().map(|j| *j as usize);
    let (mut all, mut some) = (0.0, 0.0);
    for j in near.filter(|j| s.active[*j]) {
        all += 1.0;
        some += f64::from(u8::from(s.democracy[j] >= 6.0));
    }
    if all > 0.0 { some / all } else { 0.5 }
}
