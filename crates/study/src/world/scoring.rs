//! Scores of predictive distributions, and paired differences.

/// Continuous ranked probability score of an ensemble against what was observed; 0 is
/// perfect, and for one member it is the absolute error (Gneiting & Raftery 2007, eq. 21).
/// Takes the members in any order; NaN where there is none.
pub fn crps(members: &[f64], observed: f64) -> f64 {
    let n = members.len() as f64;
    if members.is_empty() {
        return f64::NAN;
    }
    let mut x = members.to_vec();
    x.sort_by(f64::total_cmp);
    let near = x.iter().map(|m| (m - observed).abs()).sum::<f64>() / n;
    // Half the mean absolute difference of members, by ranks.
    let spread: f64 = x
        .iter()
        .enumerate()
        .map(|(i, m)| (2.0 * (i as f64 + 1.0) - n - 1.0) * m)
        .sum::<f64>()
        / (n * n);
    near - spread
}

/// Quantile of sorted numbers, by linear interpolation.
pub fn quantile(sorted: &[f64], q: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let at = q.clamp(0.0, 1.0) * last as f64;
    let (low, part) = (at.floor() as usize, at.fract());
    sorted[low] + part * (sorted[(low + 1).min(last)] - sorted[low])
}

/// Mean difference with its 95 % interval, normal approximation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    /// Mean of the differences.
    pub mean: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Pairs.
    pub n: usize,
}

/// Smallest difference that means anything, relative to the scale of what is compared:
/// below it lies the rounding of sums and of stored numbers.
pub const RELEVANT: f64 = 1e-6;

/// The mean size of the values, above 0: what differences are held against. A mean, as
/// differences are means: one huge value among many must not hide what is true of the rest.
pub fn scale(a: &[f64]) -> f64 {
    let sizes = a.iter().map(|x| x.abs()).filter(|x| x.is_finite());
    let (sum, n) = sizes.fold((0.0, 0usize), |(sum, n), x| (sum + x, n + 1));
    (sum / n.max(1) as f64).max(1e-6)
}

impl Paired {
    /// Whether the interval leaves out 0 and the difference is more than rounding on this
    /// scale.
    pub fn clear(&self, scale: f64) -> bool {
        let apart = self.low > 0.0 || self.high < 0.0;
        self.n > 1 && apart && self.mean.abs() > RELEVANT * scale
    }

    /// Whether luck can move the interval: one without width, rounding apart, cannot come
    /// out clear by chance.
    pub fn moves(&self, scale: f64) -> bool {
        self.n > 1 && self.high - self.low > RELEVANT * scale
    }

    /// The same with 0 for what is only rounding on this scale.
    pub fn without_noise(&self, scale: f64) -> Paired {
        let quiet = |x: f64| {
            if x.abs() <= RELEVANT * scale { 0.0 } else { x }
        };
        Paired {
            mean: quiet(self.mean),
            low: quiet(self.low),
            high: quiet(self.high),
            n: self.n,
        }
    }
}

/// Differences `b − a` of pairs; pairs with a missing value are left out.
pub fn paired(a: &[f64], b: &[f64]) -> Paired {
    let d: Vec<f64> = a
        .iter()
        .zip(b)
        .map(|(a, b)| b - a)
        .filter(|x| x.is_finite())
        .collect();
    let n = d.len() as f64;
    let mean = d.iter().sum::<f64>() / n;
    let var = d.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0).max(1.0);
    let half = 1.959_963_984_540_054 * (var / n).sqrt();
    Paired {
        mean,
        low: mean - half,
        high: mean + half,
        n: d.len(),
    }
}

/// Difference of the means of runs that share nothing, `b − a`, with its 95 % interval
/// (normal approximation, variances of their own: Welch 1947); `n` is the smaller number
/// of runs. Missing values are left out.
pub fn unpaired(a: &[f64], b: &[f64]) -> Paired {
    let (a, b) = (moments(a), moments(b));
    let mean = b.mean - a.mean;
    let half = 1.959_963_984_540_054 * (a.error + b.error).sqrt();
    Paired {
        mean,
        low: mean - half,
        high: mean + half,
        n: a.n.min(b.n),
    }
}

/// Mean, its squared standard error, and the number of what is known.
struct Moments {
    mean: f64,
    error: f64,
    n: usize,
}

fn moments(x: &[f64]) -> Moments {
    let known: Vec<f64> = x.iter().copied().filter(|x| x.is_finite()).collect();
    let n = known.len() as f64;
    let mean = known.iter().sum::<f64>() / n;
    let squares = known.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    Moments {
        mean,
        error: squares / (n - 1.0).max(1.0) / n,
        n: known.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_huge_value_does_not_make_a_difference_rounding() {
        let mut base = vec![10.0; 200];
        base[0] = 1e6;
        let other: Vec<f64> = base.iter().map(|x| x + 0.1).collect();
        let d = paired(&base, &other);
        assert!(d.clear(scale(&base)), "0.1 of a mean of 5010 is told");
        assert!((d.without_noise(scale(&base)).mean - 0.1).abs() < 1e-6);
    }

    #[test]
    fn runs_that_share_nothing_have_the_wider_interval() {
        let a: Vec<f64> = (0..50).map(|i| f64::from(i % 10)).collect();
        let b: Vec<f64> = a.iter().map(|x| x + 0.5).collect();
        let (p, u) = (paired(&a, &b), unpaired(&a, &b));
        assert!((u.mean - p.mean).abs() < 1e-12 && u.n == 50);
        assert!(p.clear(1.0) && !u.clear(1.0));
        // Two samples of variance 8.4184 of 50 each: 1.96 sqrt(2 * 8.4184 / 50) = 1.1374.
        assert!(
            (u.high - u.mean - 1.1374).abs() < 1e-3,
            "{}",
            u.high - u.mean
        );
        assert_eq!(unpaired(&[1.0, f64::NAN, 3.0], &[2.0, 2.0]).n, 2);
    }

    #[test]
    fn rounding_is_no_clear_difference() {
        let base: Vec<f64> = (0..40).map(|i| 0.2 + f64::from(i % 7) / 100.0).collect();
        let by = |d: f64| {
            let other: Vec<f64> = base.iter().map(|x| x + d).collect();
            paired(&base, &other)
        };
        let scale = scale(&base);
        let noise = by(-4e-8);
        assert!(noise.high < 0.0, "the interval alone would mark it");
        assert!(!noise.clear(scale) && !noise.moves(scale));
        assert_eq!(noise.without_noise(scale).mean, 0.0);
        let real = by(-4e-3);
        assert!(real.clear(scale));
        assert_eq!(real.without_noise(scale), real);
        // With a single pair there is no interval.
        assert!(!paired(&base[..1], &[0.9]).clear(scale));
    }

    #[test]
    fn one_member_scores_its_error_and_a_normal_ensemble_its_formula() {
        assert!((crps(&[3.0], 5.0) - 2.0).abs() < 1e-12);
        assert!((crps(&[2.0, 2.0], 2.0)).abs() < 1e-12);
        // For a standard normal at its mean: (sqrt(2) - 1) / sqrt(pi) = 0.23369.
        let n = 4001;
        let normal: Vec<f64> = (0..n)
            .map(|i| raison_core::uncertain::normal_quantile((i as f64 + 0.5) / n as f64))
            .collect();
        assert!(
            (crps(&normal, 0.0) - 0.233_695).abs() < 5e-4,
            "{}",
            crps(&normal, 0.0)
        );
    }

    #[test]
    fn pairs_leave_out_what_is_missing() {
        let p = paired(&[1.0, 2.0, f64::NAN, 4.0], &[2.0, 3.0, 9.0, 5.0]);
        assert_eq!((p.mean, p.n), (1.0, 3));
        assert_eq!((p.low, p.high), (1.0, 1.0));
        assert_eq!(quantile(&[0.0, 1.0, 2.0], 0.25), 0.5);
    }
}
