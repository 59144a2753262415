//! How well a probability forecast did on what was really chosen.

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
    /// Rank of what was chosen, 1 first; ties share the better rank.
    pub rank: usize,
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
        rank: ranks(probabilities)[chosen],
    })
}

/// Rank of every alternative, 1 first; equal probabilities share the better rank.
pub fn ranks(probabilities: &[f64]) -> Vec<usize> {
    probabilities
        .iter()
        .map(|p| 1 + probabilities.iter().filter(|q| **q > *p + 1e-12).count())
        .collect()
}

/// Index of the largest probability; the first of several.
pub fn leading(probabilities: &[f64]) -> usize {
    let mut best = 0;
    for (i, p) in probabilities.iter().enumerate() {
        if *p > probabilities[best] {
            best = i;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_by_hand() {
        let s = score(&[0.5, 0.3, 0.2], 1).expect("there");
        assert_eq!(s.rank, 2);
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
