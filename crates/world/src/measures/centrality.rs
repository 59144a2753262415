//! Eigenvector centrality by the method of Lanczos (1950).
//!
//! Each product with the network costs as much as all pairs of states, so that the number
//! of products is what counts. Power iteration needs 30 to 50 of them for nine digits;
//! the best combination of the same powers needs about fifteen.

/// Most products: a few more than the densest networks need.
const MOST: usize = 80;

/// Products before the first look at what has been reached: fewer are hardly ever enough.
const FEWEST: usize = 10;

/// Residual, as a share of the eigenvalue, at which the vector is taken.
const NEAR: f64 = 1e-10;

/// Eigenvector centrality of a symmetrical weighted network (Bonacich 1972), scaled to a
/// largest of 1; 1 for all where there are no ties.
///
/// Weights are `n × n` and not negative; `strength` is the sum of each state's, which the
/// search begins from. Where several parts of the network have the same
/// largest eigenvalue, each has the weight that iteration from equal values gives it.
pub fn eigenvector(weights: &[f32], strength: &[f64]) -> Vec<f64> {
    let n = strength.len();
    let mut basis = vec![strength.to_vec()];
    if !scale(&mut basis[0]) {
        return vec![1.0; n];
    }
    let mut small = Tridiagonal::default();
    loop {
        let step = basis.len();
        let mut next = times(weights, &basis[step - 1]);
        small.main.push(dot(&next, &basis[step - 1]));
        // Against all before, the last ones first: rounding lets the basis lean otherwise.
        basis.iter().rev().for_each(|q| subtract(&mut next, q));
        let off = dot(&next, &next).sqrt();
        // What rounding leaves of nothing is no further direction.
        let more = step < FEWEST.min(n) && off > NEAR * small.main[0];
        if more && scale(&mut next) {
            small.side.push(off);
            basis.push(next);
            continue;
        }
        let (top, vector) = small.largest();
        let residual = off * vector.last().map_or(0.0, |y| y.abs());
        if residual <= NEAR * top || step >= MOST.min(n) || !scale(&mut next) {
            return scaled(&basis, &vector);
        }
        small.side.push(off);
        basis.push(next);
    }
}

/// The network times a vector.
fn times(weights: &[f32], x: &[f64]) -> Vec<f64> {
    let rows = weights.chunks_exact(x.len().max(1));
    rows.map(|row| product(row, x)).collect()
}

/// Sum of products, in eight sums side by side that the processor can work on at once.
fn product(weights: &[f32], x: &[f64]) -> f64 {
    let (w, x) = (weights.chunks_exact(8), x.chunks_exact(8));
    let rest = w.remainder().iter().zip(x.remainder());
    let rest: f64 = rest.map(|(w, x)| f64::from(*w) * x).sum();
    let mut sums = [0.0f64; 8];
    for (w, x) in w.zip(x) {
        for k in 0..8 {
            sums[k] += f64::from(w[k]) * x[k];
        }
    }
    sums.iter().sum::<f64>() + rest
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    let (x, y) = (x.chunks_exact(8), y.chunks_exact(8));
    let rest = x.remainder().iter().zip(y.remainder());
    let rest: f64 = rest.map(|(x, y)| x * y).sum();
    let mut sums = [0.0f64; 8];
    for (x, y) in x.zip(y) {
        for k in 0..8 {
            sums[k] += x[k] * y[k];
        }
    }
    sums.iter().sum::<f64>() + rest
}

/// Takes out of a vector what it has in common with one of length 1.
fn subtract(x: &mut [f64], q: &[f64]) {
    let part = dot(x, q);
    x.iter_mut().zip(q).for_each(|(x, q)| *x -= part * q);
}

/// Gives a vector the length 1; false where it has none.
fn scale(x: &mut [f64]) -> bool {
    let length = dot(x, x).sqrt();
    x.iter_mut().for_each(|x| *x /= length);
    length > 0.0 && length.is_finite()
}

/// The combination of the basis, with a largest of 1.
fn scaled(basis: &[Vec<f64>], by: &[f64]) -> Vec<f64> {
    let mut out = vec![0.0; basis[0].len()];
    for (q, y) in basis.iter().zip(by) {
        out.iter_mut().zip(q).for_each(|(x, q)| *x += y * q);
    }
    let top = out.iter().copied().fold(0.0, f64::max);
    // Whose ties are nothing beside the rest may come out below 0 by rounding.
    out.iter_mut().for_each(|x| *x = (*x / top).max(0.0));
    out
}

/// The network in the basis: symmetrical, with a main and a side diagonal.
#[derive(Default)]
struct Tridiagonal {
    main: Vec<f64>,
    side: Vec<f64>,
}

impl Tridiagonal {
    /// The largest eigenvalue and its vector of length 1.
    fn largest(&self) -> (f64, Vec<f64>) {
        let top = self.root();
        let m = self.main.len();
        // From the last place to the first: in this direction errors do not grow.
        let mut vector = vec![1.0; m];
        let mut ratio = top - self.main[m - 1];
        for k in (0..m - 1).rev() {
            vector[k] = vector[k + 1] * ratio / self.side[k];
            ratio = top - self.main[k] - self.side[k] * self.side[k] / ratio.max(f64::MIN_POSITIVE);
        }
        scale(&mut vector);
        (top, vector)
    }

    /// The largest root of the characteristic polynomial by Newton's method: from above it
    /// falls towards it and never passes it.
    fn root(&self) -> f64 {
        let side = |k: usize| self.side.get(k).copied().unwrap_or(0.0);
        let around = |k: usize| {
            if k == 0 {
                side(0)
            } else {
                side(k - 1) + side(k)
            }
        };
        let bounds = self.main.iter().enumerate().map(|(k, a)| a + around(k));
        let mut x = bounds.fold(f64::NEG_INFINITY, f64::max);
        for _ in 0..100 {
            let step = self.newton(x);
            if !(step.is_finite() && step > 1e-15 * x.abs()) {
                break;
            }
            x -= step;
        }
        x
    }

    /// The polynomial over its derivative, from the pivots of elimination.
    fn newton(&self, x: f64) -> f64 {
        let (mut pivot, mut slope, mut sum) = (1.0f64, 0.0f64, 0.0f64);
        for (k, a) in self.main.iter().enumerate() {
            let b = if k == 0 { 0.0 } else { self.side[k - 1] };
            let by = b * b / pivot;
            slope = 1.0 + by / pivot * slope;
            pivot = x - a - by;
            sum += slope / pivot;
        }
        1.0 / sum
    }
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

    /// A network in which everyone is tied to everyone, unevenly.
    fn dense(n: usize) -> Vec<f32> {
        let mass = |i: usize| 1.0 + ((i * 37) % 11) as f32 * ((i * 13) % 7) as f32;
        let weight = |i: usize, j: usize| match i == j {
            true => 0.0,
            false => mass(i) * mass(j) / (1.0 + i.abs_diff(j) as f32),
        };
        (0..n * n).map(|at| weight(at / n, at % n)).collect()
    }

    fn strength(weights: &[f32], n: usize) -> Vec<f64> {
        let rows = weights.chunks_exact(n.max(1));
        rows.map(|row| row.iter().map(|w| f64::from(*w)).sum())
            .collect()
    }

    fn eigenvector(weights: &[f32], n: usize) -> Vec<f64> {
        super::eigenvector(weights, &strength(weights, n))
    }

    /// The same by what defines it: iterated long, on a matrix shifted so that networks in
    /// two halves settle.
    fn iterated(weights: &[f32], n: usize) -> Vec<f64> {
        let shift = 0.1 * strength(weights, n).into_iter().fold(0.0, f64::max);
        let mut x = vec![1.0; n];
        for _ in 0..2000 {
            let moved = times(weights, &x);
            let next: Vec<f64> = moved.iter().zip(&x).map(|(w, x)| w + shift * x).collect();
            let top = next.iter().copied().fold(0.0, f64::max);
            x = next.into_iter().map(|v| v / top).collect();
        }
        x
    }

    #[test]
    fn the_hub_of_a_star_leads_and_a_ring_has_no_leader() {
        let c = eigenvector(&star(6), 6);
        assert_eq!(c[0], 1.0);
        // A spoke stands at 1/sqrt(n - 1) of the hub.
        let spoke = 1.0 / 5f64.sqrt();
        assert!(c[1..].iter().all(|x| (x - spoke).abs() < 1e-9), "{c:?}");
        let c = eigenvector(&ring(7), 7);
        assert!(c.iter().all(|x| (x - 1.0).abs() < 1e-12), "{c:?}");
    }

    #[test]
    fn it_is_what_iteration_comes_to() {
        for n in [1, 2, 3, 9, 40, 150] {
            for w in [dense(n), ring(n), star(n)] {
                let both = eigenvector(&w, n).into_iter().zip(iterated(&w, n));
                for (x, y) in both.filter(|_| n > 2) {
                    assert!((x - y).abs() < 1e-9, "{n}: {x} {y}");
                }
            }
        }
    }

    #[test]
    fn without_ties_all_are_equal_and_two_equal_halves_share_the_lead() {
        assert_eq!(eigenvector(&[0.0; 9], 3), [1.0; 3]);
        assert!(eigenvector(&[], 0).is_empty());
        let mut two = vec![0.0f32; 16];
        for (i, j) in [(0, 1), (2, 3)] {
            two[i * 4 + j] = 5.0;
            two[j * 4 + i] = 5.0;
        }
        let c = eigenvector(&two, 4);
        assert!(c.iter().all(|x| (x - 1.0).abs() < 1e-12), "{c:?}");
    }
}
