//! The simplex method of Nelder & Mead (1965), for likelihoods of a few parameters.

/// Steps at most.
const STEPS: usize = 4000;

/// The point with the lowest value found from `start`, with first steps of `step`.
pub fn minimise(start: &[f64], step: f64, f: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let n = start.len();
    let mut all: Vec<(f64, Vec<f64>)> = (0..=n)
        .map(|k| {
            let mut x = start.to_vec();
            if k > 0 {
                x[k - 1] += step;
            }
            (f(&x), x)
        })
        .collect();
    for _ in 0..STEPS {
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        if (all[n].0 - all[0].0).abs() <= 1e-10 * (1.0 + all[0].0.abs()) {
            break;
        }
        let middle: Vec<f64> = (0..n)
            .map(|i| all[..n].iter().map(|x| x.1[i]).sum::<f64>() / n as f64)
            .collect();
        let along = |by: f64| -> (f64, Vec<f64>) {
            let x: Vec<f64> = middle
                .iter()
                .zip(&all[n].1)
                .map(|(m, w)| m + by * (m - w))
                .collect();
            (f(&x), x)
        };
        let turned = along(1.0);
        if turned.0 < all[0].0 {
            let further = along(2.0);
            all[n] = if further.0 < turned.0 {
                further
            } else {
                turned
            };
        } else if turned.0 < all[n - 1].0 {
            all[n] = turned;
        } else {
            let nearer = along(-0.5);
            if nearer.0 < all[n].0 {
                all[n] = nearer;
            } else {
                let best = all[0].1.clone();
                for (value, x) in all.iter_mut().skip(1) {
                    x.iter_mut()
                        .zip(&best)
                        .for_each(|(x, b)| *x = 0.5 * (*x + b));
                    *value = f(x);
                }
            }
        }
    }
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.swap_remove(0).1
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_lowest_point_of_a_valley_is_found() {
        let valley = |x: &[f64]| (1.0 - x[0]).powi(2) + 100.0 * (x[1] - x[0] * x[0]).powi(2);
        let x = super::minimise(&[-1.2, 1.0], 0.5, valley);
        assert!(
            (x[0] - 1.0).abs() < 1e-3 && (x[1] - 1.0).abs() < 1e-3,
            "{x:?}"
        );
    }
}
