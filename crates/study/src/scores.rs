//! How well a probability forecast did on what was really chosen.

use raison_core::choice::TIE;

/// Share of the uniform distribution that log scores mix in, so that a barred
/// alternative that was chosen is heavily, not infinitely, punished.
pub const EPSILON: f64 = 0.01;

/// Scores of one forecast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scores {
    /// Probability given to what was chosen, as the forecast states it.
    pub probability: f64,
    /// ln((1 − ε) p + ε / n) with ε = [`EPSILON`] (Good 1952, smoothed); 0 is perfect.
    pub log: f64,
    /// Sum over alternatives of (p − o)² (Brier 1950); 0 is perfect, 2 the worst.
    pub brier: f64,
    /// Rank of what was chosen, 1 first; those that tie share the mean of their ranks, so
    /// that a forecast that tells nothing apart ranks everything in the middle.
    pub rank: f64,
}

/// Scores `probabilities` when the alternative `chosen` was chosen.
pub fn score(probabilities: &[f64], chosen: usize) -> Option<Scores> {
    let p = *probabilities.get(chosen)?;
    let n = probabilities.len() as f64;
    let brier = probabilities
        .iter()
        .enumerate()
        .map(|(i, q)| {
            let o = if i == chosen { 1.0 } else { 0.0 };
            (q - o) * (q - o)
        })
        .sum();
    Some(Scores {
        probability: p,
        log: ((1.0 - EPSILON) * p + EPSILON / n).ln(),
        brier,
        rank: mean_rank(probabilities, p),
    })
}

/// Rank of every alternative, 1 first; those that tie share the better rank.
pub fn ranks(probabilities: &[f64]) -> Vec<usize> {
    probabilities
        .iter()
        .map(|p| 1 + above(probabilities, *p))
        .collect()
}

fn above(probabilities: &[f64], p: f64) -> usize {
    probabilities.iter().filter(|q| **q > p + TIE).count()
}

fn mean_rank(probabilities: &[f64], p: f64) -> f64 {
    let alike = probabilities.iter().filter(|q| (*q - p).abs() <= TIE);
    above(probabilities, p) as f64 + (alike.count() as f64 + 1.0) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_share_the_mean_of_their_ranks() {
        let uniform = score(&[1.0 / 7.0; 7], 5).expect("there");
        assert_eq!(uniform.rank, 4.0);
        let pair = score(&[0.4, 0.2 + 1e-13, 0.2, 0.2], 2).expect("there");
        assert_eq!(pair.rank, 3.0);
        assert_eq!(ranks(&[0.4, 0.2, 0.4]), [1, 3, 1]);
    }

    #[test]
    fn scores_by_hand() {
        let s = score(&[0.5, 0.3, 0.2], 1).expect("there");
        assert_eq!(s.rank, 2.0);
        assert!((s.brier - (0.25 + 0.49 + 0.04)).abs() < 1e-12);
        assert!((s.log - (0.99f64 * 0.3 + 0.01 / 3.0).ln()).abs() < 1e-12);
        let barred = score(&[1.0, 0.0], 1).expect("there");
        assert!(
            (barred.log - 0.005f64.ln()).abs() < 1e-12,
            "heavily, not infinitely"
        );
        assert!(score(&[1.0], 3).is_none());
    }
}
