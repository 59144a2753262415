//! Minimising a smooth function of a few variables by its gradient (BFGS).

/// What was found.
#[derive(Clone, Debug)]
pub struct Minimum {
    /// Where.
    pub at: Vec<f64>,
    /// The value there.
    pub value: f64,
    /// Largest part of the gradient there.
    pub gradient: f64,
    /// How often the function was asked.
    pub evaluations: usize,
}

/// Steps after which the search gives up.
const MOST: usize = 200;

/// A function with its gradient.
pub type Smooth<'f> = dyn FnMut(&[f64]) -> Option<(f64, Vec<f64>)> + 'f;

/// Minimises from a start until the largest part of the gradient is below `tolerance`, or
/// no step makes the value smaller. `None` where the function has no value at the start.
pub fn minimise(f: &mut Smooth<'_>, start: &[f64], tolerance: f64) -> Option<Minimum> {
    let n = start.len();
    let (mut value, mut gradient) = f(start)?;
    let mut at = start.to_vec();
    let mut inverse = identity(n, 1.0 / largest(&gradient).max(1.0) * 0.3);
    let mut evaluations = 1;
    for step in 0..MOST {
        if largest(&gradient) < tolerance {
            break;
        }
        let mut direction = times(&inverse, &gradient);
        if dot(&direction, &gradient) <= 0.0 {
            inverse = identity(n, 0.1);
            direction = times(&inverse, &gradient);
        }
        let Some(next) = search(f, &at, value, &gradient, &direction, &mut evaluations) else {
            break;
        };
        let moved: Vec<f64> = next.0.iter().zip(&at).map(|(a, b)| a - b).collect();
        let turned: Vec<f64> = next.2.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        learn(&mut inverse, &moved, &turned, step == 0);
        let gained = value - next.1;
        (at, value, gradient) = next;
        if gained < 1e-12 * value.abs().max(1.0) && largest(&gradient) < 100.0 * tolerance {
            break;
        }
    }
    Some(Minimum {
        gradient: largest(&gradient),
        at,
        value,
        evaluations,
    })
}

type Next = (Vec<f64>, f64, Vec<f64>);

/// The first of ever shorter steps that lowers the value enough (Armijo).
fn search(
    f: &mut Smooth<'_>,
    at: &[f64],
    value: f64,
    gradient: &[f64],
    direction: &[f64],
    evaluations: &mut usize,
) -> Option<Next> {
    let slope = dot(direction, gradient);
    let longest = 0.5 / largest(direction).max(0.5);
    let mut length = 1f64.min(longest * 2.0);
    for _ in 0..30 {
        let to: Vec<f64> = at
            .iter()
            .zip(direction)
            .map(|(x, d)| x - length * d)
            .collect();
        *evaluations += 1;
        match f(&to) {
            Some((new, slope_there)) if new <= value - 1e-4 * length * slope => {
                return Some((to, new, slope_there));
            }
            _ => length *= 0.4,
        }
    }
    None
}

/// The update of Broyden, Fletcher, Goldfarb and Shanno of the inverse curvature.
fn learn(h: &mut Vec<Vec<f64>>, s: &[f64], y: &[f64], first: bool) {
    let sy = dot(s, y);
    if sy <= 1e-14 {
        return;
    }
    if first {
        *h = identity(s.len(), sy / dot(y, y));
    }
    let hy = times(h, y);
    let yhy = dot(y, &hy);
    for (i, row) in h.iter_mut().enumerate() {
        for (j, x) in row.iter_mut().enumerate() {
            *x += (1.0 + yhy / sy) * s[i] * s[j] / sy - (hy[i] * s[j] + s[i] * hy[j]) / sy;
        }
    }
}

fn identity(n: usize, scale: f64) -> Vec<Vec<f64>> {
    (0..n)
        .map(|i| (0..n).map(|j| if i == j { scale } else { 0.0 }).collect())
        .collect()
}

fn times(m: &[Vec<f64>], v: &[f64]) -> Vec<f64> {
    m.iter().map(|row| dot(row, v)).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn largest(v: &[f64]) -> f64 {
    v.iter().fold(0.0, |m, x| m.max(x.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_valley_of_rosenbrock() {
        let mut f = |x: &[f64]| {
            let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
            let value = a * a + 100.0 * b * b;
            Some((value, vec![-2.0 * a - 400.0 * b * x[0], 200.0 * b]))
        };
        let found = minimise(&mut f, &[-1.2, 1.0], 1e-7).expect("found");
        assert!(found.at.iter().all(|x| (x - 1.0).abs() < 1e-5), "{found:?}");
        assert!(minimise(&mut |_| None, &[0.0], 1e-7).is_none());
    }
}
