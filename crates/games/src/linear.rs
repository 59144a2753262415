//! Small dense linear systems.

/// Solves A·x = b in place by elimination with row exchanges; `a` is row by row. Returns
/// the sign of the determinant: −1, 0 or 1; with 0 the solution means nothing.
pub(crate) fn solve(a: &mut [f64], b: &mut [f64]) -> i8 {
    let n = b.len();
    let mut sign = 1i8;
    for k in 0..n {
        let pivot = (k..n).max_by(|&p, &q| a[p * n + k].abs().total_cmp(&a[q * n + k].abs()));
        let Some(pivot) = pivot else { return 0 };
        let head = a[pivot * n + k];
        if head == 0.0 || !head.is_finite() {
            return 0;
        }
        if pivot != k {
            for c in 0..n {
                a.swap(pivot * n + c, k * n + c);
            }
            b.swap(pivot, k);
            sign = -sign;
        }
        if head < 0.0 {
            sign = -sign;
        }
        for r in k + 1..n {
            let factor = a[r * n + k] / head;
            if factor != 0.0 {
                for c in k..n {
                    a[r * n + c] -= factor * a[k * n + c];
                }
                b[r] -= factor * b[k];
            }
        }
    }
    for k in (0..n).rev() {
        let rest: f64 = (k + 1..n).map(|c| a[k * n + c] * b[c]).sum();
        b[k] = (b[k] - rest) / a[k * n + k];
    }
    sign
}

#[cfg(test)]
mod tests {
    #[test]
    fn solves_and_signs() {
        let mut a = [0.0, 2.0, 1.0, 1.0];
        let mut b = [4.0, 3.0];
        assert_eq!(super::solve(&mut a, &mut b), -1);
        assert_eq!(b, [1.0, 2.0]);
        assert_eq!(super::solve(&mut [1.0, 2.0, 2.0, 4.0], &mut [1.0, 1.0]), 0);
    }
}
