//! Contests, offers and which offer an actor takes.

use super::kernel::Kernel;
use super::powers::exp2;
use super::switches::{Capitulation, Conflict, SecondView, Selection, Switches};

/// Expected utilities, numbers of size 1, that differ by no more than this are even.
/// Without it the last bit decides who moves once positions have all but met.
const EVEN: f64 = 1e-12;

/// What kind of offer an actor faces, in the order in which offers are heeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Both expect to gain; the one who expects less gives in.
    Conflict,
    /// The rival's gain outweighs the actor's loss, which sets how far the actor moves.
    Compromise,
    /// The actor's loss outweighs the rival's gain: it gives in.
    Capitulation,
}

impl Kind {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Conflict => "conflict",
            Kind::Compromise => "compromise",
            Kind::Capitulation => "capitulation",
        }
    }
}

/// The offer that an actor takes in a round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offer {
    /// What kind.
    pub kind: Kind,
    /// Who makes it, in the caller's order.
    pub partner: usize,
    /// E_i(U_ij): what the actor expects from challenging the partner.
    pub own: f64,
    /// The second coordinate: what the partner expects, in the view that the switch
    /// [`SecondView`] names.
    pub second: f64,
    /// Where the actor moves.
    pub position: f64,
}

/// Expected utilities of all contests with actor `i`, from its view.
///
/// E = s·(P·success + (1 − P)·failure) + (1 − s)·success − base, where s is the
/// responder's salience; collected as success − base − s·(1 − P)·(success − failure).
pub(super) fn views_of(k: &mut Kernel, i: usize) {
    let (n, m, p, r) = (k.n, k.m, k.place[i], k.risk[i]);
    let own_view = k.switches.second_view == SecondView::Own;
    let stays = 2.0 - 4.0 * exp2(-r);
    let line = p * n..p * n + m;
    for q in 0..m {
        let success = 2.0 - 4.0 * k.sides[q];
        let spread = 4.0 * (k.sides[m + q] - k.sides[q]);
        let (leave, left) = if k.switches.q < 1.0 {
            (k.unchallenged(p, q, r), k.unchallenged(q, p, r))
        } else {
            (stays, stays)
        };
        k.gain[q] = success - leave;
        k.risked[q] = (1.0 - k.chance[line.start + q]) * spread;
        let lost = k.salience[i] * (1.0 - k.chance[q * n + p]) * spread;
        k.pressed[q] = success - left - lost;
    }
    let row = i * n..(i + 1) * n;
    for (own, (q, s)) in k.own[row.clone()]
        .iter_mut()
        .zip(k.place.iter().zip(&k.salience))
    {
        *own = k.gain[*q] - s * k.risked[*q];
    }
    if own_view {
        for (second, q) in k.second[row].iter_mut().zip(&k.place) {
            *second = k.pressed[*q];
        }
    }
}

/// Finds everyone's offer and moves everyone at once. Returns whether anyone moved.
pub(super) fn bargain(k: &mut Kernel, positions: &[f64], next: &mut [f64]) -> bool {
    let n = k.n;
    if k.m == 1 {
        next.copy_from_slice(positions);
        return false;
    }
    if k.switches.second_view == SecondView::Rival {
        for i in 0..n {
            for j in 0..n {
                k.second[i * n + j] = k.own[j * n + i];
            }
        }
    }
    let mut moved = false;
    for i in 0..n {
        let line = i * n..(i + 1) * n;
        let best = choose(
            &k.switches,
            i,
            positions,
            &k.own[line.clone()],
            &k.second[line],
        );
        next[i] = best.map_or(positions[i], |o| o.position);
        moved |= next[i] != positions[i];
        k.offers[i] = best;
    }
    moved
}

fn choose(
    switches: &Switches,
    i: usize,
    positions: &[f64],
    own: &[f64],
    second: &[f64],
) -> Option<Offer> {
    let here = positions[i];
    let mut best: Option<(Offer, (f64, f64))> = None;
    for (j, ((&there, &a), &b)) in positions.iter().zip(own).zip(second).enumerate() {
        // Only who expects less can be pressed, and only by who expects something.
        if b - a <= EVEN || b <= EVEN || there == here {
            continue;
        }
        let Some((kind, position)) = terms(switches, here, there, a, b) else {
            continue;
        };
        let offer = Offer {
            kind,
            partner: j,
            own: a,
            second: b,
            position,
        };
        let key = preference(switches, here, there, &offer);
        let wins = best.as_ref().is_none_or(|(held, held_key)| {
            kind < held.kind || kind == held.kind && key < *held_key
        });
        if wins {
            best = Some((offer, key));
        }
    }
    best.map(|(offer, _)| offer)
}

/// What contest coordinates (a, b), b being the larger, make the weaker side do, if
/// anything: where the first coordinate is even with 0, or a loss even with the gain, no
/// side prevails and nobody moves.
fn terms(switches: &Switches, here: f64, there: f64, a: f64, b: f64) -> Option<(Kind, f64)> {
    if a > EVEN {
        let concede = switches.conflict == Conflict::Concede;
        return concede.then_some((Kind::Conflict, there));
    }
    if a < -EVEN && b + a > EVEN {
        return Some((Kind::Compromise, here + (there - here) * (a / b).abs()));
    }
    let gives_in = a < -EVEN && b + a < -EVEN && switches.capitulation == Capitulation::Full;
    gives_in.then_some((Kind::Capitulation, there))
}

/// Offers of one kind are taken by the smallest key; ties fall to the first partner.
fn preference(switches: &Switches, here: f64, there: f64, offer: &Offer) -> (f64, f64) {
    let step = (offer.position - here).abs();
    match switches.selection {
        Selection::LeastMove => (step, 0.0),
        Selection::Enforcer => (-offer.second, step),
        Selection::Average if offer.kind == Kind::Compromise => {
            let (a, b) = (offer.own.abs(), offer.second.abs());
            ((a * here + b * there) / (a + b), 0.0)
        }
        Selection::Average => (step, 0.0),
    }
}
