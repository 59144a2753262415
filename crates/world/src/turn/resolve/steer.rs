//! Strategies move ties.

use super::{Decisions, Outlook, Setting, event, tie};
use crate::event::{Event, EventKind};
use crate::luck::{Purpose, ordered};
use crate::measures::hubs::worst;
use crate::snapshot::{CONSULT, DEFENCE, Link, Route, Snapshot, normalise};

pub(super) fn steer(
    set: &Setting<'_>,
    s: &mut Snapshot,
    outlook: &Outlook,
    d: &Decisions,
    log: &mut Vec<Event>,
) {
    let mut shifts = Vec::new();
    for (i, choice) in d.strategies.iter().enumerate() {
        match choice {
            1 => diversify(set, s, i, &mut shifts),
            2 => partner(set, s, i, &mut shifts),
            3 => balance(set, s, outlook, i, log),
            4 => corridor(set, s, i),
            5 => payments(set, s, i),
            6 => arm(set, s, i),
            7 => institution(set, s, i, log),
            _ => {}
        }
    }
    reweigh(&mut s.affinity, set.system.n, &shifts);
    normalise(&mut s.share);
    for r in s
        .routes
        .iter_mut()
        .filter(|r| !r.told && r.opens <= set.year)
    {
        r.told = true;
        if let (Some(a), Some(b)) = (r.through.first(), r.through.last()) {
            log.push(event(
                set.year,
                EventKind::Corridor,
                *a,
                *b,
                r.capacity as f32,
                0,
            ));
        }
    }
}

fn agrees(set: &Setting<'_>, i: usize, j: usize) -> bool {
    let key = ordered(set.system.keys[i], set.system.keys[j]);
    set.luck.uniform(Purpose::Agree, key, set.year) < set.params.agree()
}

/// Of those who may be chosen the one with the highest score, the first of equals. Who may
/// is looked up only for those with a higher score than all before them; where nobody of
/// several has one, they are passed over at once.
fn best<T: Copy + PartialOrd>(scores: &[T], may: impl Fn(usize) -> bool) -> Option<usize> {
    let mut top: Option<(usize, T)> = None;
    for (k, some) in scores.chunks(16).enumerate() {
        if let Some((_, t)) = top
            && !some.iter().fold(false, |any, x| any | (*x > t))
        {
            continue;
        }
        for (j, x) in (16 * k..).zip(some) {
            if top.is_none_or(|(_, t)| *x > t) && may(j) {
                top = Some((j, *x));
            }
        }
    }
    top.map(|t| t.0)
}

/// Trade of a state with each other.
fn trade(s: &Snapshot, i: usize) -> &[f32] {
    let n = s.share.len();
    &s.trade[i * n..(i + 1) * n]
}

/// A change of the affinity in trade, of both directions.
enum Shift {
    /// Of a state with one other.
    One(usize, usize, f32),
    /// Of a state with all others, and what the one at a place has instead.
    All(usize, f32, (usize, f32)),
}

/// Applies changes of affinity in their order, row by row: those of all states at once
/// would go down columns, which memory is slow at.
fn reweigh(affinity: &mut [f32], n: usize, shifts: &[Shift]) {
    if shifts.is_empty() {
        return;
    }
    for (k, row) in affinity.chunks_exact_mut(n.max(1)).enumerate() {
        for shift in shifts {
            match *shift {
                Shift::One(i, j, by) if k == i => row[j] *= by,
                Shift::One(i, j, by) if k == j => row[i] *= by,
                Shift::One(..) => {}
                Shift::All(i, more, (top, less)) if k == i => {
                    let (own, other) = (row[i], row[top]);
                    row.iter_mut().for_each(|a| *a *= more);
                    (row[i], row[top]) = (own, other * less);
                }
                Shift::All(i, _, (top, less)) if k == top => row[i] *= less,
                Shift::All(i, more, _) => row[i] *= more,
            }
        }
    }
}

/// Not at war, not in dispute these five years.
fn friendly(set: &Setting<'_>, s: &Snapshot, i: usize, j: usize) -> bool {
    i != j && s.share[j] > 0.0 && s.calm(set.system, i, j) && !s.at_war(i as u16, j as u16)
}

/// Moves part of the worst dependence of a layer to another link.
fn shift(links: &mut Vec<Link>, away: u16, to: u16, step: f64) {
    let mut moved = 0.0;
    for l in links
        .iter_mut()
        .filter(|l| l.to == away || l.through.contains(&away))
    {
        let part = l.share * step;
        l.share -= part;
        moved += part;
    }
    match links
        .iter_mut()
        .find(|l| l.to == to && l.through.is_empty())
    {
        Some(l) => l.share += moved,
        None if moved > 1e-4 => links.push(Link {
            to,
            share: moved,
            through: Vec::new(),
        }),
        None => {}
    }
}

/// Energy, arms, technology: from the worst partner to the largest friendly other one;
/// trade: from the largest partner to the rest.
fn diversify(set: &Setting<'_>, s: &mut Snapshot, i: usize, shifts: &mut Vec<Shift>) {
    let step = set.params.step();
    for layer in [0, 2, 3] {
        let (_, Some(away)) = worst(&s.links[layer][i]) else {
            continue;
        };
        let to = best(trade(s, i), |j| {
            j != away as usize && friendly(set, s, i, j)
        });
        if let Some(to) = to {
            shift(&mut s.links[layer][i], away, to as u16, 2.0 * step);
        }
    }
    if let Some(top) = best(trade(s, i), |j| j != i) {
        let most = f64::from(s.trade[i * set.system.n + top]);
        let rest = (s.total[i] - most).max(1e-9);
        let more = (1.0 + (most * step / rest).min(0.2)) as f32;
        shifts.push(Shift::All(i, more, (top, 1.0 - step as f32)));
    }
}

/// Technology and arms links with the strongest friendly state outside any pact.
fn partner(set: &Setting<'_>, s: &mut Snapshot, i: usize, shifts: &mut Vec<Shift>) {
    let n = set.system.n;
    let to = best(&s.share, |j| {
        s.pact[i * n + j] & DEFENCE == 0 && friendly(set, s, i, j)
    });
    let Some(j) = to.filter(|j| agrees(set, i, *j)) else {
        return;
    };
    for layer in [2, 3] {
        if !set.system.coded.shared[layer] {
            continue;
        }
        let links = &mut s.links[layer][i];
        let room = 1.0 - links.iter().map(|l| l.share).sum::<f64>();
        let part = set.params.step().min(room.max(0.0));
        match links
            .iter_mut()
            .find(|l| l.to == j as u16 && l.through.is_empty())
        {
            Some(l) => l.share += part,
            None if part > 1e-4 => links.push(Link {
                to: j as u16,
                share: part,
                through: Vec::new(),
            }),
            None => {}
        }
    }
    shifts.push(Shift::One(i, j, 1.0 + set.params.step() as f32));
}

/// A pact with the strongest friendly state that has no pact with the main threat.
fn balance(set: &Setting<'_>, s: &mut Snapshot, outlook: &Outlook, i: usize, log: &mut Vec<Event>) {
    let n = set.system.n;
    let Some(threat) = outlook.threat.get(i).copied().flatten() else {
        return;
    };
    let ally = best(&s.share, |j| {
        let free =
            s.pact[i * n + j] & DEFENCE == 0 && s.pact[j * n + threat as usize] & DEFENCE == 0;
        let near = system_near(set, s, i, j);
        free && near && j != threat as usize && friendly(set, s, i, j)
    });
    let key = |j: usize| ordered(set.system.keys[i], set.system.keys[j]);
    let agrees = |j: usize| {
        set.luck.uniform(Purpose::Agree, key(j), set.year) < set.params.alliance_balance()
    };
    if let Some(j) = ally.filter(|j| agrees(*j)) {
        tie(set, s, (i as u16, j as u16), DEFENCE | CONSULT, log);
    }
}

fn system_near(set: &Setting<'_>, s: &Snapshot, i: usize, j: usize) -> bool {
    set.system.pair(i, j).is_some_and(|at| s.live[at])
        || set.system.region[i] == set.system.region[j]
}

/// A corridor with the neighbour by land that has the largest economy and none yet.
fn corridor(set: &Setting<'_>, s: &mut Snapshot, i: usize) {
    let n = set.system.n;
    let joined = |j: usize| {
        s.routes.iter().any(|r| {
            r.through.windows(2).any(|w| {
                (w[0] as usize, w[1] as usize) == (i, j) || (w[0] as usize, w[1] as usize) == (j, i)
            })
        })
    };
    let to = best(&s.gdp, |j| {
        set.system.land[i * n + j] && !joined(j) && friendly(set, s, i, j)
    });
    if let Some(j) = to.filter(|j| agrees(set, i, *j)) {
        s.routes.push(Route {
            through: vec![i as u16, j as u16],
            capacity: 10.0,
            opens: set.year + set.params.corridor_years().round() as i16,
            told: false,
        });
    }
}

/// A parallel payment link with the largest friendly trade partner other than the hub.
fn payments(set: &Setting<'_>, s: &mut Snapshot, i: usize) {
    let (_, Some(hub)) = worst(&s.links[1][i]) else {
        return;
    };
    let to = best(trade(s, i), |j| j != hub as usize && friendly(set, s, i, j));
    if let Some(j) = to.filter(|j| agrees(set, i, *j)) {
        shift(&mut s.links[1][i], hub, j as u16, 2.0 * set.params.step());
    }
}

fn arm(set: &Setting<'_>, s: &mut Snapshot, i: usize) {
    let more = set.params.arm();
    s.share[i] *= 1.0 + more;
    s.gdp[i] *= 1.0 - 0.5 * more;
}

/// Asks the open institution whose members trade most with the state; where the world
/// only counts institutions, one that it does not name.
fn institution(set: &Setting<'_>, s: &mut Snapshot, i: usize, log: &mut Vec<Event>) {
    let list = &set.system.world.institutions;
    let inside = |k: usize| {
        let with = trade(s, i).iter().zip(&s.members[k]);
        with.filter(|x| *x.1).map(|x| f64::from(*x.0)).sum()
    };
    let may = |k: usize| list[k].open && !s.members[k][i];
    let score = |k: usize| if may(k) { inside(k) } else { 0.0 };
    let scores: Vec<f64> = (0..list.len()).map(score).collect();
    let which = best(&scores, may);
    let luck = set
        .luck
        .uniform(Purpose::Admit, set.system.keys[i], set.year);
    let other = set.system.coded.counts.then_some(list.len());
    if let Some(k) = which.or(other).filter(|_| luck < set.params.admit()) {
        match s.members.get_mut(k) {
            Some(members) => members[i] = true,
            None => s.gained[i] += 1.0,
        }
        log.push(event(
            set.year,
            EventKind::Joined,
            i as u16,
            i as u16,
            0.0,
            k as u32,
        ));
    }
}
