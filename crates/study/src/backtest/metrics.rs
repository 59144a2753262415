//! How good probability forecasts were.

use raison_core::record::{CLASSES, is_force};

/// What is forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Force or not.
    Force,
    /// The four response classes.
    Response,
}

impl Target {
    /// Both.
    pub const ALL: [Target; 2] = [Target::Force, Target::Response];

    /// The word used in files and output.
    pub fn word(self) -> &'static str {
        match self {
            Target::Force => "force",
            Target::Response => "response",
        }
    }
}

/// A forecast and what happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// Number of the row.
    pub row: usize,
    /// Crisis, the unit of resampling.
    pub crisis: i32,
    /// Forecast.
    pub p: [f64; CLASSES],
    /// What was done.
    pub class: u8,
}

impl Outcome {
    /// Probability of force.
    pub fn force(&self) -> f64 {
        self.p[2] + self.p[3]
    }

    /// Probability of what was done.
    pub fn likelihood(&self, target: Target) -> f64 {
        match (target, is_force(self.class)) {
            (Target::Force, true) => self.force(),
            (Target::Force, false) => 1.0 - self.force(),
            (Target::Response, _) => self.p[usize::from(self.class).min(CLASSES - 1)],
        }
    }

    fn brier(&self, target: Target) -> f64 {
        match target {
            Target::Force => {
                let o = f64::from(u8::from(is_force(self.class)));
                (self.force() - o) * (self.force() - o)
            }
            Target::Response => squared(&self.p, self.class),
        }
    }

    fn guess(&self, target: Target) -> usize {
        match target {
            Target::Force => usize::from(self.force() > 0.5),
            Target::Response => raison_core::choice::leading(&self.p, |i| i),
        }
    }

    fn truth(&self, target: Target) -> usize {
        match target {
            Target::Force => usize::from(is_force(self.class)),
            Target::Response => usize::from(self.class),
        }
    }
}

fn squared(p: &[f64; CLASSES], class: u8) -> f64 {
    let o = |i: usize| f64::from(u8::from(i == usize::from(class)));
    p.iter()
        .enumerate()
        .map(|(i, p)| (p - o(i)) * (p - o(i)))
        .sum()
}

/// Log loss of one forecast, in nats; a probability counts as at least 10⁻¹².
pub fn log_loss(likelihood: f64) -> f64 {
    -likelihood.clamp(1e-12, 1.0).ln()
}

/// Scores of a set of forecasts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Metrics {
    /// Area under the receiver operating characteristic for force.
    pub auc: f64,
    /// Mean log loss in nats, as the reference protocol counts it.
    pub log_loss: f64,
    /// The same after mixing in one hundredth of the uniform distribution.
    pub log_loss_smoothed: f64,
    /// Mean Brier score.
    pub brier: f64,
    /// 1 − Brier score over that of the test set's own shares.
    pub brier_skill: f64,
    /// Share of cases in which the likeliest outcome happened.
    pub accuracy: f64,
    /// Mean over outcomes of the share of their cases that was foreseen.
    pub balanced_accuracy: f64,
}

/// Scores all forecasts, each counted `weight` times.
pub fn metrics(list: &[Outcome], target: Target, weight: Option<&[f64]>) -> Metrics {
    let w = |i: usize| weight.map_or(1.0, |w| w.get(i).copied().unwrap_or(0.0));
    let classes = match target {
        Target::Force => 2,
        Target::Response => CLASSES,
    };
    let (mut n, mut m) = (0.0, Metrics::default());
    let (mut count, mut right) = ([0.0; CLASSES], [0.0; CLASSES]);
    for (i, o) in list.iter().enumerate() {
        let w = w(i);
        if w == 0.0 {
            continue;
        }
        n += w;
        let p = o.likelihood(target);
        m.log_loss += w * log_loss(p);
        let e = crate::scores::EPSILON;
        m.log_loss_smoothed -= w * ((1.0 - e) * p + e / classes as f64).ln();
        m.brier += w * o.brier(target);
        let truth = o.truth(target).min(CLASSES - 1);
        count[truth] += w;
        if o.guess(target) == truth {
            right[truth] += w;
        }
    }
    if n == 0.0 {
        return m;
    }
    m.log_loss /= n;
    m.log_loss_smoothed /= n;
    m.brier /= n;
    let square = count.iter().map(|c| (c / n) * (c / n)).sum::<f64>();
    let reference = match target {
        Target::Force => (count[1] / n) * (1.0 - count[1] / n),
        Target::Response => 1.0 - square,
    };
    m.brier_skill = 1.0 - m.brier / reference;
    m.accuracy = right.iter().sum::<f64>() / n;
    let seen = count.iter().filter(|c| **c > 0.0).count() as f64;
    let recall = count
        .iter()
        .zip(right)
        .filter(|(c, _)| **c > 0.0)
        .map(|(c, r)| r / c);
    m.balanced_accuracy = recall.sum::<f64>() / seen;
    m
}

/// Forecasts sorted by the probability of force, so that the area under the curve can be
/// counted again and again with other weights.
pub struct Ranking {
    /// Places in the list, ascending; with the end of each run of ties.
    order: Vec<usize>,
    runs: Vec<usize>,
}

impl Ranking {
    /// Sorts once.
    pub fn new(list: &[Outcome]) -> Self {
        let mut order: Vec<usize> = (0..list.len()).collect();
        order.sort_by(|a, b| list[*a].force().total_cmp(&list[*b].force()));
        let mut runs = Vec::new();
        for k in 0..order.len() {
            let here = list[order[k]].force();
            if order
                .get(k + 1)
                .is_none_or(|next| (list[*next].force() - here).abs() > 1e-12)
            {
                runs.push(k + 1);
            }
        }
        Ranking { order, runs }
    }

    /// The area under the curve, ties counted half (Mann and Whitney 1947); not-a-number
    /// where only one outcome occurs.
    pub fn auc(&self, list: &[Outcome], weight: Option<&[f64]>) -> f64 {
        let (mut below, mut area, mut ones) = (0.0, 0.0, 0.0);
        let mut from = 0;
        for end in &self.runs {
            let (mut yes, mut no) = (0.0, 0.0);
            for i in &self.order[from..*end] {
                let w = weight.map_or(1.0, |w| w[*i]);
                if is_force(list[*i].class) {
                    yes += w;
                } else {
                    no += w;
                }
            }
            area += yes * (below + 0.5 * no);
            below += no;
            ones += yes;
            from = *end;
        }
        area / (ones * below)
    }
}

/// How forecasts of force compare with what happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calibration {
    /// Expected calibration error over tenths of the cases.
    pub ece: f64,
    /// Slope of a logit of the outcome on the forecast's log-odds; 1 is right.
    pub slope: f64,
    /// By tenths of the cases: mean forecast, share of force, cases.
    pub bins: Vec<(f64, f64, usize)>,
}

/// Calibration of forecasts of force.
pub fn calibration(list: &[Outcome]) -> Calibration {
    let mut sorted: Vec<&Outcome> = list.iter().collect();
    sorted.sort_by(|a, b| a.force().total_cmp(&b.force()).then(a.row.cmp(&b.row)));
    let n = sorted.len();
    let mut out = Calibration::default();
    for k in 0..10 {
        let bin = &sorted[n * k / 10..n * (k + 1) / 10];
        if bin.is_empty() {
            continue;
        }
        let size = bin.len() as f64;
        let mean = bin.iter().map(|o| o.force()).sum::<f64>() / size;
        let share = bin.iter().filter(|o| is_force(o.class)).count() as f64 / size;
        out.ece += size / n as f64 * (mean - share).abs();
        out.bins.push((mean, share, bin.len()));
    }
    let log_odds = |p: f64| (p.clamp(1e-6, 1.0 - 1e-6) / (1.0 - p.clamp(1e-6, 1.0 - 1e-6))).ln();
    let x: Vec<f64> = list.iter().map(|o| log_odds(o.force())).collect();
    let y: Vec<bool> = list.iter().map(|o| is_force(o.class)).collect();
    let fit = raison_core::record::logit::fit(&x, 1, &y, 1e-6);
    out.slope = fit.weights.first().copied().unwrap_or(f64::NAN);
    out
}
