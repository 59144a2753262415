//! From scores and distances to probabilities, and to words.

use raison_core::Reason;
use raison_core::choice::{coarse, larger_first};

/// Logit choice: p ∝ exp(precision · score), over the places where `open` holds.
/// Best reply in the limit of high precision (Luce 1959; McFadden 1974).
///
/// Where nothing is open the result is all zeros.
pub fn logit(scores: &[f64], precision: f64, open: impl Fn(usize) -> bool, out: &mut [f64]) {
    let top = (0..scores.len())
        .filter(|i| open(*i))
        .map(|i| scores[i])
        .fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for (i, place) in out.iter_mut().enumerate() {
        *place = if open(i) && top.is_finite() {
            (precision * (scores[i] - top)).exp()
        } else {
            0.0
        };
        sum += *place;
    }
    if sum > 0.0 {
        out.iter_mut().for_each(|p| *p /= sum);
    }
}

/// Mixes in the uniform distribution over the places where `open` holds: the share of
/// choices that the theory does not explain.
pub fn tremble(out: &mut [f64], share: f64, open: impl Fn(usize) -> bool) {
    let n = (0..out.len()).filter(|i| open(*i)).count();
    if n == 0 {
        return;
    }
    for (i, p) in out.iter_mut().enumerate() {
        let uniform = if open(i) { 1.0 / n as f64 } else { 0.0 };
        *p = (1.0 - share) * *p + share * uniform;
    }
}

/// Gaussian kernel of a distance in units of its width, as a logarithm.
pub fn log_kernel(distance: f64, width: f64) -> f64 {
    let z = distance / width;
    -0.5 * z * z
}

/// Index of the largest of values whose own order means something: kinds of act, types,
/// moves of a game. The first of several.
pub fn first(values: &[f64]) -> usize {
    raison_core::choice::leading(values, |i| i)
}

/// Puts the strongest reason first; those that weigh alike stand in the order of their
/// words, whatever the order in the file.
pub fn strongest_first(reasons: &mut [Reason]) {
    reasons.sort_by(|a, b| {
        larger_first(a.weight.abs(), b.weight.abs()).then_with(|| a.text.cmp(&b.text))
    });
}

/// The alternative that one is held against: the one that leads or, where it leads itself,
/// the next.
pub fn rival(s: &raison_core::Situation, values: &[f64], alternative: usize) -> usize {
    let (first, second) = s.first_two(values);
    if first == alternative { second } else { first }
}

/// A probability or share for readers: two decimals.
pub fn two(x: f64) -> String {
    format!("{:.2}", coarse(x))
}

/// A gain or loss for readers: its sign and two decimals.
pub fn signed(x: f64) -> String {
    format!("{:+.2}", coarse(x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logit_by_hand() {
        let mut p = [0.0; 3];
        logit(&[1.0, 0.0, 5.0], 1.0, |i| i < 2, &mut p);
        let e = 1f64.exp();
        assert!((p[0] - e / (1.0 + e)).abs() < 1e-12);
        assert_eq!(p[2], 0.0);
        tremble(&mut p, 0.1, |_| true);
        assert!((p[2] - 0.1 / 3.0).abs() < 1e-12);
        assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn high_precision_is_best_reply_without_overflow() {
        let mut p = [0.0; 2];
        logit(&[1e3, 1e3 - 1.0], 1e6, |_| true, &mut p);
        assert_eq!(p, [1.0, 0.0]);
        assert_eq!(first(&[0.1, 0.5, 0.5]), 1);
    }
}
