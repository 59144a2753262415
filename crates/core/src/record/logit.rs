//! Penalised logistic regression on few variables.

/// A fitted binary logit over standardised variables.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Logit {
    /// Log-odds where every variable is at its mean.
    pub intercept: f64,
    /// Change of the log-odds per standard deviation.
    pub weights: Vec<f64>,
}

impl Logit {
    /// The log-odds at standardised values.
    pub fn score(&self, x: &[f64]) -> f64 {
        self.intercept + self.weights.iter().zip(x).map(|(w, x)| w * x).sum::<f64>()
    }
}

/// The logistic function.
pub fn logistic(score: f64) -> f64 {
    if score >= 0.0 {
        1.0 / (1.0 + (-score).exp())
    } else {
        let e = score.exp();
        e / (1.0 + e)
    }
}

/// Newton steps before giving up; the objective is strictly convex in the weights.
const STEPS: usize = 60;
/// Where one outcome is absent the intercept stops here.
const LARGEST: f64 = 12.0;

/// Minimises −log-likelihood + penalty/2 · Σ w² by Newton's method with step halving; the
/// intercept is not penalised. `x` is row-major with `width` variables.
pub fn fit(x: &[f64], width: usize, y: &[bool], penalty: f64) -> Logit {
    fit_each(x, width, y, &vec![penalty; width])
}

/// The same with a penalty for each variable.
pub fn fit_each(x: &[f64], width: usize, y: &[bool], penalty: &[f64]) -> Logit {
    let p = width + 1;
    let mut beta = vec![0.0; p];
    let ones = y.iter().filter(|y| **y).count() as f64;
    let n = y.len() as f64;
    beta[0] = ((ones + 0.5) / (n - ones + 0.5)).ln();
    if ones == 0.0 || ones == n {
        beta[0] = beta[0].clamp(-LARGEST, LARGEST);
        return split(&beta);
    }
    let mut value = objective(x, width, y, penalty, &beta);
    for _ in 0..STEPS {
        let (gradient, mut hessian) = derivatives(x, width, y, penalty, &beta);
        let Some(step) = solve(&mut hessian, &gradient, p) else {
            break;
        };
        let mut share = 1.0;
        let mut next = beta.clone();
        let mut better = f64::INFINITY;
        for _ in 0..30 {
            for (b, (old, s)) in next.iter_mut().zip(beta.iter().zip(&step)) {
                *b = old - share * s;
            }
            better = objective(x, width, y, penalty, &next);
            if better <= value {
                break;
            }
            share *= 0.5;
        }
        if better > value {
            break;
        }
        let gain = value - better;
        beta = next;
        value = better;
        if gain < 1e-11 * (1.0 + value.abs()) {
            break;
        }
    }
    split(&beta)
}

fn split(beta: &[f64]) -> Logit {
    Logit {
        intercept: beta.first().copied().unwrap_or(0.0),
        weights: beta.get(1..).unwrap_or_default().to_vec(),
    }
}

fn scores<'a>(
    x: &'a [f64],
    width: usize,
    y: &'a [bool],
    beta: &'a [f64],
) -> impl Iterator<Item = (&'a [f64], bool, f64)> {
    y.iter().enumerate().map(move |(i, y)| {
        let row = &x[i * width..(i + 1) * width];
        let score = beta[0] + row.iter().zip(&beta[1..]).map(|(x, b)| x * b).sum::<f64>();
        (row, *y, score)
    })
}

fn objective(x: &[f64], width: usize, y: &[bool], penalty: &[f64], beta: &[f64]) -> f64 {
    let fit: f64 = scores(x, width, y, beta)
        .map(|(_, y, s)| {
            let s = if y { -s } else { s };
            s.max(0.0) + (-s.abs()).exp().ln_1p()
        })
        .sum();
    fit + 0.5
        * beta[1..]
            .iter()
            .zip(penalty)
            .map(|(b, p)| p * b * b)
            .sum::<f64>()
}

fn derivatives(
    x: &[f64],
    width: usize,
    y: &[bool],
    penalty: &[f64],
    beta: &[f64],
) -> (Vec<f64>, Vec<f64>) {
    let p = width + 1;
    let mut g = vec![0.0; p];
    let mut h = vec![0.0; p * p];
    for (row, y, s) in scores(x, width, y, beta) {
        let q = logistic(s);
        let residual = q - if y { 1.0 } else { 0.0 };
        let w = q * (1.0 - q);
        g[0] += residual;
        h[0] += w;
        for (i, xi) in row.iter().enumerate() {
            g[i + 1] += residual * xi;
            let wx = w * xi;
            let line = &mut h[(i + 1) * p..(i + 1) * p + i + 2];
            line[0] += wx;
            for (cell, xj) in line[1..].iter_mut().zip(row) {
                *cell += wx * xj;
            }
        }
    }
    for (i, penalty) in (1..p).zip(penalty) {
        g[i] += penalty * beta[i];
        h[i * p + i] += penalty;
    }
    (g, h)
}

/// Solves the symmetric system whose lower triangle is in `h` (Cholesky), in place.
fn solve(h: &mut [f64], g: &[f64], p: usize) -> Option<Vec<f64>> {
    for i in 0..p {
        h[i * p + i] += 1e-10;
    }
    for i in 0..p {
        for j in 0..=i {
            let mut sum = h[i * p + j];
            for k in 0..j {
                sum -= h[i * p + k] * h[j * p + k];
            }
            if i == j {
                if sum <= 0.0 {
                    return None;
                }
                h[i * p + i] = sum.sqrt();
            } else {
                h[i * p + j] = sum / h[j * p + j];
            }
        }
    }
    let mut z = g.to_vec();
    for i in 0..p {
        for k in 0..i {
            z[i] -= h[i * p + k] * z[k];
        }
        z[i] /= h[i * p + i];
    }
    for i in (0..p).rev() {
        for k in i + 1..p {
            z[i] -= h[k * p + i] * z[k];
        }
        z[i] /= h[i * p + i];
    }
    Some(z)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_groups_by_hand() {
        // Without a penalty a binary variable reproduces the two shares.
        let x: Vec<f64> = (0..40).map(|i| if i < 20 { 1.0 } else { 0.0 }).collect();
        let y: Vec<bool> = (0..40).map(|i| !(15..35).contains(&i)).collect();
        let fit = fit(&x, 1, &y, 1e-9);
        assert!((logistic(fit.score(&[1.0])) - 0.75).abs() < 1e-6);
        assert!((logistic(fit.score(&[0.0])) - 0.25).abs() < 1e-6);
    }

    #[test]
    fn the_gradient_is_zero_at_the_answer() {
        let x = [0.3, -1.0, 0.2, 0.5, 1.4, -0.7, 0.9, 0.1, -2.0, 0.4];
        let y = [true, false, true, true, false];
        let fit = fit(&x, 2, &y, 0.7);
        let beta = [fit.intercept, fit.weights[0], fit.weights[1]];
        let (g, _) = derivatives(&x, 2, &y, &[0.7, 0.7], &beta);
        assert!(g.iter().all(|g| g.abs() < 1e-6), "{g:?}");
    }

    #[test]
    fn one_outcome_only_stays_finite() {
        let fit = fit(&[1.0, 2.0], 1, &[true, true], 1.0);
        assert!(fit.intercept.is_finite() && fit.weights == [0.0]);
    }
}
