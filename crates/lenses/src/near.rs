//! How far an alternative lies from what a player prefers, over several dimensions.

use raison_core::{Alternative, Draw, Player, Situation};

/// Dimensions on which every alternative has a position.
pub fn complete_dimensions(s: &Situation) -> Vec<usize> {
    let placed = |d: &usize| s.alternatives.iter().all(|a| a.positions[*d].is_some());
    (0..s.dimensions.len()).filter(placed).collect()
}

/// Salience of a dimension to a player, 0..1: its own where stated, otherwise the
/// player's.
pub fn salience(p: &Player, dimension: usize, draw: Draw<'_>) -> f64 {
    let own = p.saliences.get(dimension).copied().flatten();
    draw.get(own.unwrap_or(p.salience))
}

/// Distance from a player's preferred point to an alternative over `dimensions`, as a
/// share of the scales: √(Σ (s·Δ)² / Σ s²) with salience s and Δ in ranges, so that one
/// dimension gives |Δ|. The spatial model's weighted Euclidean distance (Enelow & Hinich
/// 1984), as the Condorcet solver has it. `None` where the player holds no position.
pub fn apart(
    s: &Situation,
    dimensions: &[usize],
    p: &Player,
    a: &Alternative,
    draw: Draw<'_>,
) -> Option<f64> {
    let (mut sum, mut weights, mut plain, mut shared) = (0.0, 0.0, 0.0, 0usize);
    for &d in dimensions {
        let (Some(own), Some(at)) = (p.positions[d], a.positions[d]) else {
            continue;
        };
        let scale = &s.dimensions[d];
        let gap = (draw.get(own) - draw.get(at)) / (scale.high - scale.low);
        let weight = salience(p, d, draw).powi(2);
        sum += weight * gap * gap;
        plain += gap * gap;
        weights += weight;
        shared += 1;
    }
    match shared {
        0 => None,
        // A player who cares for none of them weighs them alike.
        _ if weights <= 0.0 => Some((plain / shared as f64).sqrt()),
        _ => Some((sum / weights).sqrt()),
    }
}
