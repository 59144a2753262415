//! Limited-memory BFGS for smooth functions of a few variables (Nocedal 1980).

/// Pairs of steps that are remembered.
const MEMORY: usize = 6;

/// Minimises a function from `start`. The function writes its gradient and returns its
/// value. Stops when the gain is below `tolerance` times the value, or after `steps`.
pub fn minimise(
    start: &[f64],
    steps: usize,
    tolerance: f64,
    mut f: impl FnMut(&[f64], &mut [f64]) -> f64,
) -> Vec<f64> {
    let n = start.len();
    let mut x = start.to_vec();
    let mut g = vec![0.0; n];
    let mut value = f(&x, &mut g);
    let mut pairs: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
    for _ in 0..steps {
        let mut d = direction(&g, &pairs);
        let mut slope = dot(&d, &g);
        if slope >= 0.0 {
            pairs.clear();
            d = g.iter().map(|g| -g).collect();
            slope = dot(&d, &g);
        }
        if !slope.is_finite() || slope > -1e-14 {
            break;
        }
        let longest = d.iter().fold(0.0f64, |m, d| m.max(d.abs()));
        let mut share = (1.0 / longest).min(1.0);
        let mut next = x.clone();
        let mut new_g = vec![0.0; n];
        let mut better = f64::INFINITY;
        for _ in 0..20 {
            for (a, (b, d)) in next.iter_mut().zip(x.iter().zip(&d)) {
                *a = b + share * d;
            }
            better = f(&next, &mut new_g);
            if better <= value + 1e-4 * share * slope {
                break;
            }
            share *= 0.4;
        }
        if better.is_nan() || better >= value {
            break;
        }
        let s: Vec<f64> = next.iter().zip(&x).map(|(a, b)| a - b).collect();
        let y: Vec<f64> = new_g.iter().zip(&g).map(|(a, b)| a - b).collect();
        if dot(&s, &y) > 1e-12 {
            if pairs.len() == MEMORY {
                pairs.remove(0);
            }
            pairs.push((s, y));
        }
        let gain = value - better;
        (x, g, value) = (next, new_g, better);
        if gain < tolerance * (1.0 + value.abs()) {
            break;
        }
    }
    x
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The two-loop recursion.
fn direction(g: &[f64], pairs: &[(Vec<f64>, Vec<f64>)]) -> Vec<f64> {
    let mut q = g.to_vec();
    let mut alphas = Vec::with_capacity(pairs.len());
    for (s, y) in pairs.iter().rev() {
        let alpha = dot(s, &q) / dot(s, y);
        q.iter_mut().zip(y).for_each(|(q, y)| *q -= alpha * y);
        alphas.push(alpha);
    }
    if let Some((s, y)) = pairs.last() {
        let scale = dot(s, y) / dot(y, y);
        q.iter_mut().for_each(|q| *q *= scale);
    }
    for ((s, y), alpha) in pairs.iter().zip(alphas.iter().rev()) {
        let beta = dot(y, &q) / dot(s, y);
        q.iter_mut()
            .zip(s)
            .for_each(|(q, s)| *q += (alpha - beta) * s);
    }
    q.iter().map(|q| -q).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn rosenbrock() {
        let x = super::minimise(&[-1.2, 1.0], 500, 1e-16, |x, g| {
            let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
            g[0] = -2.0 * a - 400.0 * x[0] * b;
            g[1] = 200.0 * b;
            a * a + 100.0 * b * b
        });
        assert!(
            (x[0] - 1.0).abs() < 1e-5 && (x[1] - 1.0).abs() < 1e-5,
            "{x:?}"
        );
    }
}
