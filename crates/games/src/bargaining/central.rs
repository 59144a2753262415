//! The weighted mean and the weighted median.

use super::check_weights;
use crate::Result;

/// The weighted mean of positions: the *compromise model*.
///
/// Weights are effective powers (capability × salience), 0 or more, in any unit: only
/// ratios count. The answer is in the unit of the positions. On European Union decisions
/// it errs less than most richer models (Achen 2006 in *The European Union Decides*,
/// ch. 10), so every forecast shows it for comparison.
///
/// Source: Van den Bos 1991; Stokman & Van den Bos 1992.
///
/// # Errors
/// Lists that are empty or of unequal length, numbers that are not finite, negative
/// weights, or no weight at all.
pub fn compromise(weights: &[f64], positions: &[f64]) -> Result<f64> {
    let total = check_weights(weights, positions)?;
    // Shares first: a sum of products could overflow where the mean is finite.
    Ok(weights
        .iter()
        .zip(positions)
        .map(|(w, x)| w / total * x)
        .sum())
}

/// The weighted median: the point that beats every other in pairwise votes by weight
/// when each actor prefers the nearer point (Black 1948).
///
/// Where exactly half the weight lies on either side of a gap every point of the gap is
/// a median; the middle of the gap is returned. Half is judged with a relative tolerance
/// of 1e-12, so that the answer does not hang on the order of summation. Actors without
/// weight do not count.
///
/// # Errors
/// As [`compromise`].
pub fn weighted_median(weights: &[f64], positions: &[f64]) -> Result<f64> {
    let total = check_weights(weights, positions)?;
    let mut order: Vec<usize> = (0..positions.len()).filter(|&i| weights[i] > 0.0).collect();
    order.sort_unstable_by(|&a, &b| positions[a].total_cmp(&positions[b]));
    Ok(median_of_sorted(&order, weights, positions, total))
}

/// The median along `order`, which lists actors by rising position.
pub(crate) fn median_of_sorted(
    order: &[usize],
    weights: &[f64],
    positions: &[f64],
    total: f64,
) -> f64 {
    let slack = 1e-12 * total;
    let half = total / 2.0;
    let mut below = 0.0;
    for (place, &i) in order.iter().enumerate() {
        below += weights[i];
        if below > half + slack {
            return positions[i];
        }
        if below >= half - slack {
            let next = order.get(place + 1).map_or(positions[i], |&j| positions[j]);
            return positions[i] / 2.0 + next / 2.0;
        }
    }
    order.last().map_or(f64::NAN, |&i| positions[i])
}
