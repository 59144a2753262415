//! A binary logit with a weak normal prior, for few cases.
//!
//! Where all of a kind did the same, a plain logit has no maximum. A normal prior around
//! naught on all weights but the constant keeps them finite (Gelman, Jakulin, Pittau & Su
//! 2008 on weakly informative priors).

/// Standard deviation of the prior.
const WIDTH: f64 = 2.5;
/// Newton steps at most, and how far one may go.
const STEPS: usize = 100;
const STRIDE: f64 = 2.0;

/// Weights, the constant first, of `rows` (without a constant) for outcomes 0 or 1.
pub fn logit<const K: usize>(rows: &[[f64; K]], outcome: &[bool]) -> Vec<f64> {
    let mut b = vec![0.0; K + 1];
    for _ in 0..STEPS {
        let (slope, curve) = derivatives(rows, outcome, &b);
        let step = solve(curve, slope);
        let mut most = 0.0f64;
        for (b, s) in b.iter_mut().zip(step) {
            *b += s.clamp(-STRIDE, STRIDE);
            most = most.max(s.abs());
        }
        if most < 1e-9 {
            break;
        }
    }
    b
}

type Matrix = Vec<Vec<f64>>;

fn derivatives<const K: usize>(
    rows: &[[f64; K]],
    outcome: &[bool],
    b: &[f64],
) -> (Vec<f64>, Matrix) {
    let prior = |i: usize| if i > 0 { WIDTH.powi(-2) } else { 0.0 };
    let mut slope: Vec<f64> = (0..=K).map(|i| -prior(i) * b[i]).collect();
    let mut curve: Matrix = vec![vec![0.0; K + 1]; K + 1];
    for (i, row) in curve.iter_mut().enumerate() {
        row[i] = prior(i) + 1e-12;
    }
    for (row, y) in rows.iter().zip(outcome) {
        let x: Vec<f64> = [1.0].into_iter().chain(*row).collect();
        let z: f64 = x.iter().zip(b).map(|(x, b)| x * b).sum();
        let p = 1.0 / (1.0 + (-z).exp());
        for i in 0..=K {
            slope[i] += x[i] * (f64::from(u8::from(*y)) - p);
            for k in 0..=K {
                curve[i][k] += p * (1.0 - p) * x[i] * x[k];
            }
        }
    }
    (slope, curve)
}

/// Gaussian elimination with the largest pivot of each column.
fn solve(mut a: Matrix, mut y: Vec<f64>) -> Vec<f64> {
    let n = y.len();
    for c in 0..n {
        let pivot = (c..n)
            .max_by(|r, s| a[*r][c].abs().total_cmp(&a[*s][c].abs()))
            .unwrap_or(c);
        a.swap(c, pivot);
        y.swap(c, pivot);
        let top = a[c].clone();
        for r in c + 1..n {
            let factor = a[r][c] / top[c];
            a[r].iter_mut()
                .zip(&top)
                .for_each(|(x, t)| *x -= factor * t);
            y[r] -= factor * y[c];
        }
    }
    for c in (0..n).rev() {
        let known: f64 = (c + 1..n).map(|k| a[c][k] * y[k]).sum();
        y[c] = (y[c] - known) / a[c][c];
    }
    y
}

/// Least squares on `rows` (a constant first, where there is one).
pub fn least_squares<const K: usize>(rows: &[[f64; K]], y: &[f64]) -> Vec<f64> {
    let mut a: Matrix = vec![vec![0.0; K]; K];
    let mut right = vec![0.0; K];
    for (row, y) in rows.iter().zip(y) {
        for i in 0..K {
            right[i] += row[i] * y;
            for k in 0..K {
                a[i][k] += row[i] * row[k];
            }
        }
    }
    solve(a, right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_found_and_stay_finite_where_all_did_the_same() {
        // Log odds of -1 and of 1, in exact shares of a thousand.
        let mut rows = Vec::new();
        let mut outcome = Vec::new();
        for (x, yes) in [(0.0, 269), (1.0, 731)] {
            for i in 0..1000 {
                rows.push([x]);
                outcome.push(i < yes);
            }
        }
        let b = logit(&rows, &outcome);
        assert!(
            (b[0] + 1.0).abs() < 0.01 && (b[1] - 2.0).abs() < 0.02,
            "{b:?}"
        );
        let (rows, outcome): (Vec<[f64; 1]>, Vec<bool>) =
            (0..40).map(|i| ([f64::from(i % 2)], i % 2 == 1)).unzip();
        let b = logit(&rows, &outcome);
        assert!(
            b.iter().all(|x| x.is_finite()) && b[1] > 3.0 && b[1] < 15.0,
            "{b:?}"
        );
    }

    #[test]
    fn a_plane_is_found_again() {
        let rows: Vec<[f64; 3]> = (0..30)
            .map(|i| [1.0, f64::from(i % 5), f64::from(i % 7)])
            .collect();
        let y: Vec<f64> = rows.iter().map(|r| 2.0 - r[1] + 0.5 * r[2]).collect();
        let b = least_squares(&rows, &y);
        for (got, known) in b.iter().zip([2.0, -1.0, 0.5]) {
            assert!((got - known).abs() < 1e-9, "{b:?}");
        }
    }
}
