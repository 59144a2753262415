//! Three contrasts in a tree: force or not; where there is none, military or not; where
//! there is, alone or among other means.
//!
//! The classes stay nominal, the likelihood falls into three binary logits, and the
//! probability of force is the first of them. (A sequential logit: Maddala 1983, section
//! 2.10.)

use super::logit::{self, Logit, logistic};
use super::{CLASSES, Penalties, is_force};

/// Names of the contrasts.
pub const CONTRASTS: [(&str, &str); 3] = [
    ("force", "force rather than not"),
    (
        "show",
        "a military response rather than none, where there is no force",
    ),
    (
        "mixed",
        "force among other means rather than alone, where there is force",
    ),
];

/// How a variable is brought to mean 0 and standard deviation 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scale {
    /// Stands in where the variable is missing: its median in training.
    pub middle: f64,
    /// Mean in training.
    pub mean: f64,
    /// Standard deviation in training, 1 where it does not vary.
    pub sd: f64,
}

impl Scale {
    fn of(values: &mut [f64], missing: usize) -> Scale {
        values.sort_unstable_by(f64::total_cmp);
        let n = values.len();
        let middle = match n {
            0 => 0.0,
            _ => 0.5 * (values[(n - 1) / 2] + values[n / 2]),
        };
        let all = (n + missing).max(1) as f64;
        let mean = (values.iter().sum::<f64>() + middle * missing as f64) / all;
        let square = |x: f64| (x - mean) * (x - mean);
        let spread =
            values.iter().map(|x| square(*x)).sum::<f64>() + square(middle) * missing as f64;
        let sd = (spread / all).sqrt();
        Scale {
            middle,
            mean,
            sd: if sd > 1e-9 { sd } else { 1.0 },
        }
    }

    /// A value in standard deviations from the mean.
    pub fn apply(&self, x: f64) -> f64 {
        (if x.is_nan() { self.middle } else { x } - self.mean) / self.sd
    }
}

/// A fitted model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Nested {
    /// One for each variable.
    pub scales: Vec<Scale>,
    /// One logit for each contrast.
    pub logits: [Logit; 3],
}

impl Nested {
    /// Fits on row-major `x` with `width` variables and one class per row.
    pub fn fit(x: &[f64], width: usize, classes: &[u8], penalties: Penalties) -> Nested {
        Nested::fit_capped(x, width, classes, penalties, 0, f64::INFINITY)
    }

    /// The same, where the first `common` variables are never penalised by more than `cap`:
    /// what every theory grants is not shrunk away with what is particular to one.
    pub fn fit_capped(
        x: &[f64],
        width: usize,
        classes: &[u8],
        penalties: Penalties,
        common: usize,
        cap: f64,
    ) -> Nested {
        let scales: Vec<Scale> = (0..width)
            .map(|j| {
                let column = x.iter().skip(j).step_by(width.max(1));
                let mut known: Vec<f64> = column.copied().filter(|x| !x.is_nan()).collect();
                let missing = classes.len() - known.len();
                Scale::of(&mut known, missing)
            })
            .collect();
        let z: Vec<f64> = x
            .iter()
            .enumerate()
            .map(|(i, x)| scales[i % width.max(1)].apply(*x))
            .collect();
        let logits = std::array::from_fn(|contrast| {
            let (mut own, mut y) = (Vec::new(), Vec::new());
            for (i, class) in classes.iter().enumerate() {
                if let Some(outcome) = outcome(contrast, *class) {
                    own.extend_from_slice(&z[i * width..(i + 1) * width]);
                    y.push(outcome);
                }
            }
            let penalty: Vec<f64> = (0..width)
                .map(|j| {
                    if j < common {
                        penalties[contrast].min(cap)
                    } else {
                        penalties[contrast]
                    }
                })
                .collect();
            logit::fit_each(&own, width, &y, &penalty)
        });
        Nested { scales, logits }
    }

    /// Standardised values of a row.
    pub fn standardised(&self, x: &[f64]) -> Vec<f64> {
        self.scales
            .iter()
            .zip(x)
            .map(|(s, x)| s.apply(*x))
            .collect()
    }

    /// Probability of every class.
    pub fn answer(&self, x: &[f64]) -> [f64; CLASSES] {
        let z = self.standardised(x);
        compose(std::array::from_fn(|c| logistic(self.logits[c].score(&z))))
    }
}

/// What a class says on a contrast: `None` where the contrast does not arise.
pub fn outcome(contrast: usize, class: u8) -> Option<bool> {
    match (contrast, is_force(class)) {
        (0, force) => Some(force),
        (1, false) => Some(class == 1),
        (2, true) => Some(class == 2),
        _ => None,
    }
}

/// The classes from the three contrasts.
pub fn compose([force, show, mixed]: [f64; 3]) -> [f64; CLASSES] {
    [
        (1.0 - force) * (1.0 - show),
        (1.0 - force) * show,
        force * mixed,
        force * (1.0 - mixed),
    ]
}

/// The three contrasts from the classes.
pub fn contrasts(p: &[f64; CLASSES]) -> [f64; 3] {
    let share = |a: f64, b: f64| if a + b > 0.0 { a / (a + b) } else { 0.5 };
    [p[2] + p[3], share(p[1], p[0]), share(p[2], p[3])]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_and_classes_go_there_and_back() {
        let p = [0.4, 0.25, 0.05, 0.3];
        let back = compose(contrasts(&p));
        assert!(p.iter().zip(back).all(|(a, b)| (a - b).abs() < 1e-12));
    }

    #[test]
    fn without_variables_the_shares_come_back() {
        let classes = [0, 0, 0, 1, 1, 3, 3, 3, 2, 0];
        let fit = Nested::fit(&[], 0, &classes, [1.0; 3]);
        let p = fit.answer(&[]);
        assert!((p[2] + p[3] - 0.4).abs() < 0.02, "{p:?}");
        assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
}
