//! Distributions of paired differences over draws.

use crate::draws::Answers;

/// How a probability changes, draw by draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distribution {
    /// Mean change.
    pub mean: f64,
    /// Monte Carlo standard error of the mean.
    pub error: f64,
    /// 5, 25, 50, 75 and 95 % points.
    pub quantiles: [f64; 5],
    /// Share of draws in which it rises.
    pub rises: f64,
    /// Share of draws in which it falls.
    pub falls: f64,
}

/// The shares of the quantiles.
pub const SHARES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];
/// Smaller changes are rounding.
const STILL: f64 = 1e-9;

/// The change of every alternative.
pub(super) fn paired(before: &Answers, after: &Answers) -> Vec<Distribution> {
    (0..before.width)
        .map(|i| {
            let pairs = before.rows().zip(after.rows());
            of(pairs
                .filter_map(|(b, a)| Some(a.get(i)? - b.get(i)?))
                .collect())
        })
        .collect()
}

fn of(mut changes: Vec<f64>) -> Distribution {
    let n = changes.len().max(1) as f64;
    let mean = changes.iter().sum::<f64>() / n;
    let square = changes.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    let share =
        |keep: &dyn Fn(f64) -> bool| changes.iter().filter(|x| keep(**x)).count() as f64 / n;
    let (rises, falls) = (share(&|x| x > STILL), share(&|x| x < -STILL));
    changes.sort_by(f64::total_cmp);
    let at = |q: f64| {
        let place = (changes.len().saturating_sub(1) as f64 * q).round() as usize;
        changes.get(place).copied().unwrap_or(f64::NAN)
    };
    Distribution {
        mean,
        error: (square / (n - 1.0).max(1.0) / n).sqrt(),
        quantiles: SHARES.map(at),
        rises,
        falls,
    }
}

/// The share of draws in which the leading alternative changes, and from which to which.
pub(super) fn moves(
    lead: impl Fn(&[f64]) -> usize,
    before: &Answers,
    after: &Answers,
) -> (f64, Vec<(usize, usize, f64)>) {
    let width = before.width.max(1);
    let mut counts = vec![0usize; width * width];
    let mut rows = 0usize;
    for (b, a) in before.rows().zip(after.rows()) {
        if let Some(count) = counts.get_mut(lead(b) * width + lead(a)) {
            *count += 1;
        }
        rows += 1;
    }
    let all = rows.max(1) as f64;
    let mut moves: Vec<(usize, usize, f64)> = counts
        .iter()
        .enumerate()
        .filter(|(at, count)| at / width != at % width && **count > 0)
        .map(|(at, count)| (at / width, at % width, *count as f64 / all))
        .collect();
    moves.sort_by(|x, y| y.2.total_cmp(&x.2).then((x.0, x.1).cmp(&(y.0, y.1))));
    (moves.iter().fold(0.0, |sum, m| sum + m.2), moves)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_and_moves_by_hand() {
        let before = Answers::of(2, &[0.6, 0.4, 0.6, 0.4, 0.3, 0.7, 0.3, 0.7]);
        let after = Answers::of(2, &[0.4, 0.6, 0.7, 0.3, 0.3, 0.7, 0.2, 0.8]);
        let d = paired(&before, &after);
        assert!((d[0].mean - (-0.2 + 0.1 - 0.1) / 4.0).abs() < 1e-12);
        assert_eq!((d[0].rises, d[0].falls), (0.25, 0.5));
        assert_eq!(
            moves(|p| raison_core::choice::leading(p, |i| i), &before, &after),
            (0.25, vec![(0, 1, 0.25)])
        );
    }
}
