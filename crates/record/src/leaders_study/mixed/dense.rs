//! Dense symmetric matrices, upper triangle by rows.

/// `U` with `UᵀU` = the matrix, in place; `None` where it is not positive definite.
pub fn cholesky(a: &mut [f64], n: usize) -> Option<()> {
    let mut k = 0;
    while k < n {
        let width = 4.min(n - k);
        for row in k..k + width {
            pivot(a, n, row, k + width)?;
        }
        let (done, rest) = a.split_at_mut((k + width) * n);
        let panel = done.get(k * n..)?;
        for (i, row) in rest.chunks_exact_mut(n).enumerate() {
            update(row, panel, n, k + width + i);
        }
        k += width;
    }
    Some(())
}

/// Divides a row by its pivot and takes it off the rows of its panel below.
fn pivot(a: &mut [f64], n: usize, row: usize, end: usize) -> Option<()> {
    let (upper, lower) = a.split_at_mut((row + 1) * n);
    let own = upper.get_mut(row * n..)?;
    let square = own[row];
    if square.is_nan() || square <= 0.0 {
        return None;
    }
    let root = square.sqrt();
    own[row..].iter_mut().for_each(|x| *x /= root);
    for (i, next) in lower.chunks_exact_mut(n).take(end - row - 1).enumerate() {
        let i = row + 1 + i;
        let factor = own[i];
        let pairs = next[i..].iter_mut().zip(&own[i..]);
        pairs.for_each(|(x, y)| *x -= factor * y);
    }
    Some(())
}

/// Takes the rows of a panel off row `i`.
fn update(row: &mut [f64], panel: &[f64], n: usize, i: usize) {
    let mut rows = panel.chunks_exact(4 * n);
    for four in &mut rows {
        let (p, q, r, s) = (
            &four[..n],
            &four[n..2 * n],
            &four[2 * n..3 * n],
            &four[3 * n..],
        );
        let (a, b, c, d) = (p[i], q[i], r[i], s[i]);
        let columns = p[i..].iter().zip(&q[i..]).zip(r[i..].iter().zip(&s[i..]));
        for (x, ((p, q), (r, s))) in row[i..].iter_mut().zip(columns) {
            *x -= a * p + b * q + c * r + d * s;
        }
    }
    for one in rows.remainder().chunks_exact(n) {
        let factor = one[i];
        row[i..]
            .iter_mut()
            .zip(&one[i..])
            .for_each(|(x, y)| *x -= factor * y);
    }
}

/// `U⁻¹` (upper) from `U`.
pub fn invert(u: &[f64], n: usize) -> Vec<f64> {
    let mut t = vec![0.0; n * n];
    for i in (0..n).rev() {
        let (upper, lower) = t.split_at_mut((i + 1) * n);
        let own = &mut upper[i * n..];
        let pivot = u[i * n + i];
        for (k, row) in lower.chunks_exact(n).enumerate() {
            let k = i + 1 + k;
            let factor = u[i * n + k];
            if factor != 0.0 {
                own[k..]
                    .iter_mut()
                    .zip(&row[k..])
                    .for_each(|(x, y)| *x -= factor * y);
            }
        }
        own[i + 1..].iter_mut().for_each(|x| *x /= pivot);
        own[i] = 1.0 / pivot;
    }
    t
}

/// Sum of products, in eight lanes that are added at the end.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut lanes = [0.0; 8];
    let (mut x, mut y) = (a.chunks_exact(8), b.chunks_exact(8));
    for (x, y) in (&mut x).zip(&mut y) {
        for ((lane, x), y) in lanes.iter_mut().zip(x).zip(y) {
            *lane += x * y;
        }
    }
    let rest: f64 = x
        .remainder()
        .iter()
        .zip(y.remainder())
        .map(|(x, y)| x * y)
        .sum();
    lanes.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_times_itself_and_an_inverse() {
        let n = 11;
        let at = |i: usize, j: usize| ((i * 7 + j * 3) % 5) as f64 / 10.0;
        let full = |i: usize, j: usize| at(i, j) + at(j, i) + if i == j { 9.0 } else { 0.0 };
        let a: Vec<f64> = (0..n * n).map(|k| full(k / n, k % n)).collect();
        let mut u = a.clone();
        cholesky(&mut u, n).expect("definite");
        let t = invert(&u, n);
        for i in 0..n {
            for j in i..n {
                let product: f64 = (0..=i).map(|k| u[k * n + i] * u[k * n + j]).sum();
                assert!((product - a[i * n + j]).abs() < 1e-12);
                let unit: f64 = (i..=j).map(|k| u[i * n + k] * t[k * n + j]).sum();
                assert!((unit - f64::from(u8::from(i == j))).abs() < 1e-12);
            }
        }
        assert!(cholesky(&mut [0.0], 1).is_none());
    }
}
