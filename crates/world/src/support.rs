//! Support of movements abroad: by ideas and by practice.
//!
//! States support movements where they have a quarrel with the host or with its neighbours
//! (Salehyan, Gleditsch & Cunningham 2011; San-Akca 2016), and for ideas that go with who
//! they are (Byman 2005 on motives). So practical support follows interest and means, and
//! support by ideas follows regime and doctrine. What a movement decides for itself its
//! patron cannot count on, at every step of a chain of sponsors.

use crate::snapshot::{Snapshot, TEN_YEARS};
use crate::system::{System, class};
use raison_core::world::Patron;
use raison_core::{Draw, draws};
use serde::{Deserialize, Serialize};

/// Yearly part of the way from what support is to what reasons call for (assumption).
const PACE: f64 = 0.2;
/// What each state that sanctions a patron takes of its means (assumption).
const BITE: f64 = 0.1;

/// A supporter of a movement.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Backing {
    /// The state that supports, where it is one.
    pub state: Option<u16>,
    /// The movement that supports, where it is one.
    pub movement: Option<u16>,
    /// Support by ideas and by practice, 0..1.
    pub now: (f64, f64),
    /// The same where reasons and means are whole.
    pub full: (f64, f64),
    /// Whether practical support rests on a quarrel. One that a world states where it shows
    /// none rests on reasons that it does not code: means alone move it.
    pub quarrel: bool,
}

/// What a state believes in: class of regime and doctrine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Creed {
    class: u8,
    doctrine: u64,
}

/// What a state can count on of a movement, through everyone between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Foothold {
    /// The patron.
    pub state: u16,
    /// Where the movement acts.
    pub home: u16,
    /// By ideas, 0..1.
    pub ideological: f64,
    /// By practice, 0..1.
    pub practical: f64,
}

/// The creed of a state under a mind.
pub fn creed(system: &System, democracy: f64, mind: Option<u16>) -> Creed {
    let mind = mind.and_then(|m| system.minds().get(m as usize));
    let doctrine = mind.and_then(|m| m.doctrine.as_ref());
    Creed {
        class: class(democracy) as u8,
        doctrine: doctrine.map_or(0, |d| draws::hash(&d.id)),
    }
}

/// Sponsors of every movement at the start.
pub fn start(system: &System, s: &Snapshot, draw: Draw<'_>) -> Vec<Vec<Backing>> {
    let movements = system.world.movements.iter();
    let of = |m: &raison_core::world::Movement| {
        let sponsors = m.sponsors.iter().map(|sp| {
            let full = (draw.get(sp.ideological), draw.get(sp.practical));
            let (state, movement) = match sp.who {
                Patron::State(i) => (Some(i as u16), None),
                Patron::Movement(k) => (None, Some(k as u16)),
            };
            Backing {
                state,
                movement,
                now: full,
                full,
                quarrel: state.is_some_and(|i| interest(system, s, i as usize, m.home)),
            }
        });
        sponsors.collect()
    };
    movements.map(of).collect()
}

/// Whether a state has a quarrel with another that a movement in `home` can reach: the host
/// or a neighbour of it, with a dispute within ten years or at war.
pub fn interest(system: &System, s: &Snapshot, i: usize, home: usize) -> bool {
    let near = system.neighbours[home].iter().map(|x| *x as usize);
    near.chain([home])
        .filter(|x| *x != i)
        .any(|x| quarrel(system, s, i, x))
}

/// Whether two states are at war or had disputes within ten years.
pub fn quarrel(system: &System, s: &Snapshot, i: usize, x: usize) -> bool {
    let recent = |at: usize| s.past[at] > TEN_YEARS;
    s.at_war(i as u16, x as u16) || system.pair(i, x).is_some_and(recent)
}

/// Moves every support towards what reasons call for.
pub fn change(system: &System, s: &mut Snapshot, payments_lost: impl Fn(&Snapshot, u16) -> f64) {
    if s.support.iter().all(Vec::is_empty) {
        return;
    }
    let mut next = s.support.clone();
    for (m, list) in next.iter_mut().enumerate() {
        let home = system.world.movements[m].home;
        for b in list.iter_mut() {
            let (ideas, practice) = match b.state {
                Some(i) => {
                    let k = i as usize;
                    let same = creed(system, s.democracy[k], s.holders[k].mind) == s.creed[k];
                    let cause = !b.quarrel || interest(system, s, k, home);
                    let cause = f64::from(u8::from(cause));
                    let against = s.sanctions.iter().filter(|x| x.on == i).count() as f64;
                    let means = (1.0 - BITE * against).max(0.0) * (1.0 - payments_lost(s, i));
                    (f64::from(u8::from(same)), cause * means)
                }
                None => (1.0, 1.0),
            };
            b.now.0 += PACE * (b.full.0 * ideas - b.now.0);
            b.now.1 += PACE * (b.full.1 * practice - b.now.1);
        }
    }
    s.support = next;
}

/// What every state can count on of every movement: the product of supports along the
/// chain, at each step times what the movement does not decide for itself; of several
/// chains the strongest.
pub fn footholds(system: &System, s: &Snapshot, draw: Draw<'_>) -> Vec<Foothold> {
    let mut out = Vec::new();
    for (m, movement) in system.world.movements.iter().enumerate() {
        let mut of: Vec<(u16, f64, f64)> = Vec::new();
        let whole = (1.0, 1.0);
        follow(system, s, draw, m, whole, s.support.len(), &mut of);
        out.extend(
            of.into_iter()
                .map(|(state, ideological, practical)| Foothold {
                    state,
                    home: movement.home as u16,
                    ideological,
                    practical,
                }),
        );
    }
    out
}

fn follow(
    system: &System,
    s: &Snapshot,
    draw: Draw<'_>,
    m: usize,
    (ideas, practice): (f64, f64),
    deep: usize,
    out: &mut Vec<(u16, f64, f64)>,
) {
    let (Some(movement), Some(list)) = (system.world.movements.get(m), s.support.get(m)) else {
        return;
    };
    let heeds = 1.0 - draw.get(movement.autonomy).clamp(0.0, 1.0);
    for b in list {
        let x = (ideas * b.now.0 * heeds, practice * b.now.1 * heeds);
        if let Some(i) = b.state {
            match out.iter_mut().find(|o| o.0 == i) {
                Some(o) => *o = (i, o.1.max(x.0), o.2.max(x.1)),
                None => out.push((i, x.0, x.1)),
            }
        }
        if let (Some(k), true) = (b.movement, deep > 0) {
            follow(system, s, draw, k as usize, x, deep - 1, out);
        }
    }
}

/// Support by ideas and by practice of a state, summed over movements.
pub fn of(footholds: &[Foothold], i: usize) -> (f64, f64) {
    let own = footholds.iter().filter(|f| f.state as usize == i);
    own.fold((0.0, 0.0), |sum, f| {
        (sum.0 + f.ideological, sum.1 + f.practical)
    })
}

/// The most practical support that a state has of a movement in another or in a neighbour
/// of it.
pub fn near(system: &System, footholds: &[Foothold], i: usize, other: usize) -> f64 {
    let reaches = |home: u16| home as usize == other || system.neighbours[other].contains(&home);
    let own = footholds.iter().filter(|f| f.state as usize == i);
    own.filter(|f| reaches(f.home) && f.home as usize != i)
        .fold(0.0, |most, f| f.practical.max(most))
}

/// The most practical support of `patron` for a movement in the state itself.
pub fn within(footholds: &[Foothold], home: usize, patron: u16) -> f64 {
    let here = footholds.iter();
    here.filter(|f| f.home as usize == home && f.state == patron)
        .fold(0.0, |most, f| f.practical.max(most))
}
