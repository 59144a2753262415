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
    for (i, choice) in d.strategies.iter().enumerate() {
        match choice {
            1 => diversify(set, s, i),
            2 => partner(set, s, i),
            3 => balance(set, s, outlook, i, log),
            4 => corridor(set, s, i),
            5 => payments(set, s, i),
            6 => arm(set, s, i),
            7 => institution(set, s, i, log),
            _ => {}
        }
    }
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

/// The best partner by a score; friends of the heart are told by the caller.
fn best(n: usize, score: impl Fn(usize) -> Option<f64>) -> Option<usize> {
    let scored = (0..n).filter_map(|j| Some((j, score(j)?)));
    scored
        .max_by(|x, y| x.1.total_cmp(&y.1).then(y.0.cmp(&x.0)))
        .map(|x| x.0)
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
fn diversify(set: &Setting<'_>, s: &mut Snapshot, i: usize) {
    let (n, step) = (set.system.n, set.params.step());
    for layer in [0, 2, 3] {
        let (_, Some(away)) = worst(&s.links[layer][i]) else {
            continue;
        };
        let to = best(n, |j| {
            (j != away as usize && friendly(set, s, i, j)).then(|| f64::from(s.trade[i * n + j]))
        });
        if let Some(to) = to {
            shift(&mut s.links[layer][i], away, to as u16, 2.0 * step);
        }
    }
    if let Some(top) = best(n, |j| (j != i).then(|| f64::from(s.trade[i * n + j]))) {
        let part = f64::from(s.trade[i * n + top]) * step;
        let rest = (s.total[i] - f64::from(s.trade[i * n + top])).max(1e-9);
        let more = (1.0 + (part / rest).min(0.2)) as f32;
        for j in (0..n).filter(|j| *j != i) {
            let by = if j == top { 1.0 - step as f32 } else { more };
            s.affinity[i * n + j] *= by;
            s.affinity[j * n + i] *= by;
        }
    }
}

/// Technology and arms links with the strongest friendly state outside any pact.
fn partner(set: &Setting<'_>, s: &mut Snapshot, i: usize) {
    let n = set.system.n;
    let to = best(n, |j| {
        let free = s.pact[i * n + j] & DEFENCE == 0;
        (free && friendly(set, s, i, j)).then(|| s.share[j])
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
    let more = 1.0 + set.params.step() as f32;
    s.affinity[i * n + j] *= more;
    s.affinity[j * n + i] *= more;
}

/// A pact with the strongest friendly state that has no pact with the main threat.
fn balance(set: &Setting<'_>, s: &mut Snapshot, outlook: &Outlook, i: usize, log: &mut Vec<Event>) {
    let n = set.system.n;
    let Some(threat) = outlook.threat.get(i).copied().flatten() else {
        return;
    };
    let ally = best(n, |j| {
        let free =
            s.pact[i * n + j] & DEFENCE == 0 && s.pact[j * n + threat as usize] & DEFENCE == 0;
        let near = system_near(set, s, i, j);
        (free && near && j != threat as usize && friendly(set, s, i, j)).then(|| s.share[j])
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
    let to = best(n, |j| {
        let ok = set.system.land[i * n + j] && !joined(j) && friendly(set, s, i, j);
        ok.then(|| s.gdp[j])
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
    let n = set.system.n;
    let (_, Some(hub)) = worst(&s.links[1][i]) else {
        return;
    };
    let to = best(n, |j| {
        (j != hub as usize && friendly(set, s, i, j)).then(|| f64::from(s.trade[i * n + j]))
    });
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
    let n = set.system.n;
    let list = &set.system.world.institutions;
    let which = best(list.len(), |k| {
        if !list[k].open || s.members[k][i] {
            return None;
        }
        let inside = (0..n).filter(|j| s.members[k][*j]);
        Some(inside.map(|j| f64::from(s.trade[i * n + j])).sum())
    });
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
