//! The neighbourhood: strategic depth and outside presence.

use crate::snapshot::{DEFENCE, Snapshot};
use crate::support::Foothold;
use crate::system::System;

/// How a neighbour stands to a state, -1 adversary to 1 ally: at war −1, a dispute within
/// five years −0.5, a defence pact 1, another pact 0.5, else 0.
fn alignment(s: &Snapshot, system: &System, i: usize, j: usize, fights: &[bool]) -> f64 {
    if fights[i] && fights[j] && s.at_war(i as u16, j as u16) {
        return -1.0;
    }
    let pact = s.pact[i * system.n + j];
    let recent = !s.calm(system, i, j);
    let base = match pact {
        p if p & DEFENCE != 0 => 1.0,
        0 => 0.0,
        _ => 0.5,
    };
    base - if recent { 0.5 } else { 0.0 }
}

/// Strategic depth, -1..1: alignment of the neighbours, weighted by capability over
/// distance, plus half of what the state can count on of movements in a neighbour (the mean
/// of ideas and practice). NaN without neighbours. `fights` tells who is in a war.
pub fn depth(
    s: &Snapshot,
    system: &System,
    i: usize,
    footholds: &[Foothold],
    fights: &[bool],
) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for &j in &system.neighbours[i] {
        let j = j as usize;
        let w = (s.share[j] + 1e-4) / system.km(i, j);
        let aid = 0.5 * counted_on(footholds, i, j);
        sum += w * (alignment(s, system, i, j, fights) + aid).clamp(-1.0, 1.0);
        weight += w;
    }
    if weight > 0.0 { sum / weight } else { f64::NAN }
}

fn counted_on(footholds: &[Foothold], i: usize, home: usize) -> f64 {
    let there = footholds.iter();
    there
        .filter(|f| f.state as usize == i && f.home as usize == home)
        .fold(0.0, |most, f| {
            f64::max(most, 0.5 * (f.ideological + f.practical))
        })
}

/// Outside presence in each region: thousand troops of powers from other regions.
pub fn presence(s: &Snapshot, system: &System) -> Vec<f64> {
    let mut out = vec![0.0; system.regions.len()];
    for (power, host, troops) in &s.presence {
        let (p, h) = (
            system.region[*power as usize],
            system.region[*host as usize],
        );
        if p != h {
            out[h as usize] += troops;
        }
    }
    out
}
