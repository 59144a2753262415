//! Security and the risk exponents that follow from it.

use super::kernel::{Kernel, shares};
use super::switches::Denominator;

/// Sec_i = Σ_j E(U_ji): what the others together expect from challenging i, all being
/// risk neutral (Scholz et al. 2011, eq. 32).
pub(super) fn dangers(k: &mut Kernel) {
    for i in 0..k.n {
        let (p, s) = (k.place[i], k.salience[i]);
        // With r = 1 success is worth 2d and failure −2d to a challenger.
        let threat = |q: usize| {
            let d = k.distance[p * k.n + q];
            let base = if k.switches.q < 1.0 {
                k.unchallenged(q, p, 1.0)
            } else {
                0.0
            };
            2.0 * d * (1.0 - 2.0 * s * (1.0 - k.chance[q * k.n + p])) - base
        };
        let all: f64 = (0..k.m).map(|q| k.count[q] * threat(q)).sum();
        k.security[i] = all - threat(p);
    }
}

/// r_i from R_i in −1..1; R_i = 0 where all are equally secure: the other 0/0.
fn exponent(security: f64, least: f64, most: f64) -> f64 {
    let spread = most - least;
    let relative = if spread > 0.0 {
        (2.0 * security - most - least) / spread
    } else {
        0.0
    };
    (1.0 - relative / 3.0) / (1.0 + relative / 3.0)
}

/// Compares each actor with the most and least threatened one (eqs 33–34).
pub(super) fn compare_actors(k: &mut Kernel) {
    let least = k.security.iter().copied().fold(f64::INFINITY, f64::min);
    let most = k.security.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for (r, security) in k.risk.iter_mut().zip(&k.security) {
        *r = exponent(*security, least, most);
    }
}

/// Compares each actor with itself at every place held now (Bueno de Mesquita 1985).
pub(super) fn compare_positions(k: &mut Kernel) {
    for i in 0..k.n {
        let mut least = f64::INFINITY;
        let mut most = f64::NEG_INFINITY;
        let mut here = 0.0;
        for p in 0..k.m {
            let danger = danger_at(k, i, k.x[p]);
            (least, most) = (least.min(danger), most.max(danger));
            if p == k.place[i] {
                here = danger;
            }
        }
        k.risk[i] = exponent(here, least, most);
    }
}

/// Sec_i if i stood at `x` and nobody else moved.
fn danger_at(k: &Kernel, i: usize, x: f64) -> f64 {
    let threat = |j: usize| {
        let d = ((k.x[k.place[j]] - x).abs() / k.range).min(1.0);
        2.0 * d * (1.0 - 2.0 * k.salience[i] * (1.0 - chance_against(k, j, i, x)))
    };
    (0..k.n).filter(|&j| j != i).map(threat).sum()
}

/// P(j beats i) if i stood at `x`.
fn chance_against(k: &Kernel, j: usize, i: usize, x: f64) -> f64 {
    let (mut wins, mut losses) = (0.0, 0.0);
    let rival = k.x[k.place[j]];
    for voter in 0..k.n {
        let from = if voter == i { x } else { k.x[k.place[voter]] };
        let vote = k.weights[voter] * ((from - x).abs() - (from - rival).abs()) / k.range;
        wins += vote.max(0.0);
        losses += (-vote).max(0.0);
    }
    match k.switches.denominator {
        Denominator::Pair => shares(wins, losses, k.total).0,
        Denominator::AllPairs => wins / k.all_votes,
    }
}
