//! Measures of the system and of each state's own exposure.
//!
//! `docs/worlds.md` gives each with its formula and source. Cheap ones are taken every
//! year, those on networks every fifth.

pub mod columns;
pub mod flows;
pub mod hubs;
pub mod neighbourhood;
pub mod power;
pub mod yearly;

/// Sum of squared shares of a whole (Herfindahl 1950); NaN where there is nothing.
pub fn herfindahl(parts: impl IntoIterator<Item = f64>) -> f64 {
    let (mut sum, mut squares) = (0.0, 0.0);
    for p in parts {
        sum += p;
        squares += p * p;
    }
    if sum > 0.0 {
        squares / (sum * sum)
    } else {
        f64::NAN
    }
}

/// Diversification: 1 − Herfindahl; 0 one partner, 1 − 1/n with n equal ones.
pub fn diversification(parts: impl IntoIterator<Item = f64>) -> f64 {
    1.0 - herfindahl(parts)
}

/// Part of the largest row sum that is added to the diagonal: it keeps the iteration from
/// swinging on networks in two halves, and is small enough to converge in a few steps.
const SHIFT: f64 = 0.1;

/// Eigenvector centrality of a symmetrical weighted network by power iteration on a
/// shifted matrix (Bonacich 1972), scaled to a largest of 1.
pub fn eigenvector(weights: &[f32], n: usize) -> Vec<f64> {
    let row = |i: usize| &weights[i * n..(i + 1) * n];
    let strength: Vec<f64> = (0..n)
        .map(|i| row(i).iter().copied().map(f64::from).sum())
        .collect();
    let scale = strength.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    let mut x = vec![1.0f64; n];
    for _ in 0..100 {
        let step = |i: usize| SHIFT * x[i] + product(row(i), &x) / scale;
        let mut next: Vec<f64> = (0..n).map(step).collect();
        let top = next.iter().copied().fold(0.0, f64::max);
        if top <= 0.0 {
            return next;
        }
        next.iter_mut().for_each(|v| *v /= top);
        let moved = next
            .iter()
            .zip(&x)
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f64::max);
        x = next;
        if moved < 1e-9 {
            break;
        }
    }
    x
}

/// Sum of products, in four sums side by side that the processor can work on at once.
fn product(weights: &[f32], x: &[f64]) -> f64 {
    let (w, x) = (weights.chunks_exact(4), x.chunks_exact(4));
    let rest = w.remainder().iter().zip(x.remainder());
    let rest: f64 = rest.map(|(w, x)| f64::from(*w) * x).sum();
    let mut sums = [0.0f64; 4];
    for (w, x) in w.zip(x) {
        for k in 0..4 {
            sums[k] += f64::from(w[k]) * x[k];
        }
    }
    sums.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn star(n: usize) -> Vec<f32> {
        let mut w = vec![0.0; n * n];
        for i in 1..n {
            w[i] = 1.0;
            w[i * n] = 1.0;
        }
        w
    }

    fn ring(n: usize) -> Vec<f32> {
        let mut w = vec![0.0; n * n];
        for i in 0..n {
            w[i * n + (i + 1) % n] = 1.0;
            w[i * n + (i + n - 1) % n] = 1.0;
        }
        w
    }

    #[test]
    fn the_hub_of_a_star_leads_and_a_ring_has_no_leader() {
        let c = eigenvector(&star(6), 6);
        assert_eq!(c[0], 1.0);
        // A spoke stands at 1/sqrt(n - 1) of the hub.
        assert!(
            c[1..].iter().all(|x| (x - 1.0 / 5f64.sqrt()).abs() < 1e-6),
            "{c:?}"
        );
        assert!(
            eigenvector(&ring(7), 7)
                .iter()
                .all(|x| (x - 1.0).abs() < 1e-12)
        );
    }

    #[test]
    fn equal_shares_diversify_most() {
        assert!((diversification([1.0; 4]) - 0.75).abs() < 1e-12);
        assert_eq!(diversification([3.0]), 0.0);
        assert!(diversification([]).is_nan());
    }
}
