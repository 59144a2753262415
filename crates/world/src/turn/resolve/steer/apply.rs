//! Putting the year's moves into effect.

use super::{CONSULT, DEFENCE, Moves, Setting, Tilt, event, tie};
use crate::event::{Event, EventKind};
use crate::snapshot::{Link, Route, Snapshot};
use crate::support::Backing;

/// Capacity of a corridor that a strategy builds, million tons a year.
const CAPACITY: f64 = 10.0;
/// What a year of giving more adds to support (assumption).
const MORE_AID: f64 = 0.1;

impl Moves {
    pub(super) fn apply(mut self, set: &Setting<'_>, s: &mut Snapshot, log: &mut Vec<Event>) {
        for (layer, i, away, to, part) in &self.shifts {
            shift(&mut s.links[*layer][*i as usize], *away, *to, *part);
        }
        for (layer, i, to) in &self.links {
            more(&mut s.links[*layer][*i as usize], *to, set.params.step());
        }
        tilt(s, set.system.n, &self.tilts);
        for pair in &self.pacts {
            tie(set, s, *pair, DEFENCE | CONSULT, log);
        }
        // Two who build towards each other build one.
        self.corridors.sort_unstable();
        self.corridors.dedup();
        let years = set.params.corridor_years().round() as i16;
        s.routes.extend(self.corridors.iter().map(|(a, b)| Route {
            through: vec![*a, *b],
            capacity: CAPACITY,
            opens: set.year + years,
            told: false,
        }));
        let arm = set.params.arm();
        for i in &self.arms {
            s.share[*i as usize] *= 1.0 + arm;
            s.gdp[*i as usize] *= 1.0 - 0.5 * arm;
        }
        for (k, i) in &self.joins {
            match s.members.get_mut(*k) {
                Some(members) => members[*i as usize] = true,
                None => s.gained[*i as usize] += 1.0,
            }
            let which = *k as u32;
            log.push(event(set.year, EventKind::Joined, *i, *i, 0.0, which));
        }
        for (power, host) in &self.homeward {
            leave(set, s, |p, h| (p, h) == (*power, *host), log);
        }
        for (m, i, ideas) in &self.aid {
            aid(&mut s.support[*m], *i, *ideas);
        }
    }
}

/// Troops go home at once.
pub(in crate::turn) fn leave(
    set: &Setting<'_>,
    s: &mut Snapshot,
    who: impl Fn(u16, u16) -> bool,
    log: &mut Vec<Event>,
) {
    s.presence.retain(|(p, h, troops)| {
        let goes = who(*p, *h);
        if goes {
            let value = -*troops as f32;
            log.push(event(set.year, EventKind::Presence, *p, *h, value, 0));
        }
        !goes
    });
}

/// Moves part of what one state can close of a layer to a link of its own.
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
    add(links, to, moved);
}

/// A step more of a layer from one state, where there is room.
fn more(links: &mut Vec<Link>, to: u16, step: f64) {
    let room = 1.0 - links.iter().map(|l| l.share).sum::<f64>();
    add(links, to, step.min(room.max(0.0)));
}

fn add(links: &mut Vec<Link>, to: u16, part: f64) {
    match links
        .iter_mut()
        .find(|l| l.to == to && l.through.is_empty())
    {
        Some(l) => l.share += part,
        None if part > 1e-4 => links.push(Link {
            to,
            share: part,
            through: Vec::new(),
        }),
        None => {}
    }
}

/// Changes affinities row by row: down the columns memory is slow. The factors of both
/// sides of a pair are multiplied first, so that it is the same whoever comes first.
fn tilt(s: &mut Snapshot, n: usize, tilts: &[Tilt]) {
    if tilts.is_empty() {
        return;
    }
    let factor = |t: &Tilt, j: usize| {
        if t.with as usize == j {
            t.here
        } else {
            t.others
        }
    };
    let mut theirs = vec![1.0f32; n];
    for (k, row) in s.affinity.chunks_exact_mut(n.max(1)).enumerate() {
        for t in tilts {
            theirs[t.by as usize] = factor(t, k);
        }
        theirs[k] = 1.0;
        let Some(own) = tilts.iter().find(|t| t.by as usize == k) else {
            tilts
                .iter()
                .for_each(|t| row[t.by as usize] *= theirs[t.by as usize]);
            continue;
        };
        let (kept, with) = (row[k], own.with as usize);
        let one = row[with] * (own.here * theirs[with]);
        for (a, theirs) in row.iter_mut().zip(&theirs) {
            *a *= own.others * theirs;
        }
        (row[with], row[k]) = (one, kept);
    }
}

/// A new supporter gives for a quarrel.
fn aid(list: &mut Vec<Backing>, i: u16, ideas: bool) {
    let raise = |x: f64| (x + MORE_AID).min(1.0);
    match list.iter_mut().find(|b| b.state == Some(i)) {
        Some(b) => {
            b.full.1 = raise(b.full.1);
            if ideas {
                b.full.0 = raise(b.full.0);
            }
        }
        None => list.push(Backing {
            state: Some(i),
            movement: None,
            now: (0.0, 0.0),
            full: (if ideas { MORE_AID } else { 0.0 }, MORE_AID),
            quarrel: true,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_moved_arrives_and_through_links_are_moved_too() {
        let link = |to, share, through: &[u16]| Link {
            to,
            share,
            through: through.to_vec(),
        };
        let mut links = vec![link(1, 0.4, &[]), link(2, 0.2, &[1])];
        shift(&mut links, 1, 3, 0.5);
        let shares: Vec<(u16, f64)> = links.iter().map(|l| (l.to, l.share)).collect();
        assert_eq!(shares, [(1, 0.2), (2, 0.1), (3, 0.30000000000000004)]);
        more(&mut links, 3, 0.9);
        assert!((links.iter().map(|l| l.share).sum::<f64>() - 1.0).abs() < 1e-12);
    }
}
