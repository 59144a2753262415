//! Contests, offers and which offer an actor takes.

use super::kernel::Kernel;
use super::switches::{Capitulation, Conflict, SecondView, Selection, Switches};

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

/// Expected utilities of contests with actor `i` (sorted order) from its view, written in
/// the caller's order.
pub(super) fn views_of(k: &mut Kernel, i: usize) {
    let (n, me) = (k.n, k.order[i]);
    let drift = k.switches.q < 1.0;
    let r = k.r[i];
    let stays = 2.0 - 4.0 * super::powers::exp2(-r);
    for j in 0..n {
        let (success, failure) = k.utilities(j);
        let expect = |p: f64, s: f64| s * (p * success + (1.0 - p) * failure) + (1.0 - s) * success;
        let challenge = expect(k.chance[i * n + j], k.s[j]);
        let challenged = expect(k.chance[j * n + i], k.s[i]);
        let other = k.order[j];
        let bases = if drift {
            (k.unchallenged(i, j, r), k.unchallenged(j, i, r))
        } else {
            (stays, stays)
        };
        k.own[me * n + other] = challenge - bases.0;
        if k.switches.second_view == SecondView::Own {
            k.second[me * n + other] = challenged - bases.1;
        }
    }
}

/// Finds everyone's offer and moves everyone at once. Returns whether anyone moved.
pub(super) fn bargain(k: &mut Kernel, positions: &[f64], next: &mut [f64]) -> bool {
    let n = k.n;
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
        if b <= 0.0 || b <= a && a >= 0.0 || there == here {
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

/// What contest coordinates (a, b) make the weaker side do, if anything. A first
/// coordinate of exactly 0 counts as neither gain nor loss: no offer.
fn terms(switches: &Switches, here: f64, there: f64, a: f64, b: f64) -> Option<(Kind, f64)> {
    if a > 0.0 {
        let concede = switches.conflict == Conflict::Concede;
        return concede.then_some((Kind::Conflict, there));
    }
    if a < 0.0 && b > -a {
        return Some((Kind::Compromise, here + (there - here) * (a / b).abs()));
    }
    let gives_in = a < 0.0 && b < -a && switches.capitulation == Capitulation::Full;
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
