//! Intervals by resampling whole crises.

use super::metrics::{Metrics, Outcome, Ranking, Target, log_loss, metrics};
use raison_core::draws::Stream;
use rayon::prelude::*;
use std::collections::HashMap;

/// Weights of the rows in every draw: how often their crisis was drawn.
pub struct Resamples {
    weights: Vec<Vec<f64>>,
}

impl Resamples {
    /// Draws as many crises as there are, `draws` times, with replacement. Draw `d` has a
    /// stream of its own, so the result is the same on any number of threads.
    pub fn new(crises: &[i32], draws: usize, seed: u64) -> Self {
        let mut place: HashMap<i32, usize> = HashMap::new();
        for c in crises {
            let next = place.len();
            place.entry(*c).or_insert(next);
        }
        let n = place.len();
        let weights = (0..draws)
            .into_par_iter()
            .map(|d| {
                let mut stream = Stream::new(seed, &format!("backtest.bootstrap.{d}"), 0);
                let mut count = vec![0.0; n];
                for _ in 0..n {
                    let i = (stream.uniform() * n as f64) as usize;
                    count[i.min(n - 1)] += 1.0;
                }
                crises.iter().map(|c| count[place[c]]).collect()
            })
            .collect();
        Resamples { weights }
    }

    /// The same draws for some of the rows.
    pub fn of(&self, places: &[usize]) -> Resamples {
        let pick = |w: &Vec<f64>| -> Vec<f64> {
            let weight = |at: &usize| w.get(*at).copied().unwrap_or(0.0);
            places.iter().map(weight).collect()
        };
        Resamples {
            weights: self.weights.par_iter().map(pick).collect(),
        }
    }
}

/// An estimate with its 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Interval {
    /// On the rows as they are.
    pub value: f64,
    /// 2.5 % point over draws.
    pub low: f64,
    /// 97.5 % point over draws.
    pub high: f64,
}

/// A score with intervals.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scored {
    /// Area under the curve for force.
    pub auc: Interval,
    /// Log loss.
    pub log_loss: Interval,
    /// Log loss, smoothed.
    pub log_loss_smoothed: Interval,
    /// Brier score.
    pub brier: Interval,
    /// Brier skill.
    pub brier_skill: Interval,
    /// Accuracy.
    pub accuracy: Interval,
    /// Balanced accuracy.
    pub balanced_accuracy: Interval,
}

fn interval(value: f64, mut draws: Vec<f64>) -> Interval {
    draws.retain(|d| d.is_finite());
    draws.sort_unstable_by(f64::total_cmp);
    let at = |q: f64| {
        let i = ((draws.len().saturating_sub(1)) as f64 * q).round() as usize;
        draws.get(i).copied().unwrap_or(f64::NAN)
    };
    Interval {
        value,
        low: at(0.025),
        high: at(0.975),
    }
}

fn all(list: &[Outcome], target: Target, ranking: &Ranking, w: Option<&[f64]>) -> Metrics {
    let mut m = metrics(list, target, w);
    m.auc = ranking.auc(list, w);
    m
}

/// Scores with intervals.
pub fn scored(list: &[Outcome], target: Target, resamples: &Resamples) -> Scored {
    let ranking = Ranking::new(list);
    let own = all(list, target, &ranking, None);
    let draws: Vec<Metrics> = resamples
        .weights
        .par_iter()
        .map(|w| all(list, target, &ranking, Some(w)))
        .collect();
    let of = |get: fn(&Metrics) -> f64| interval(get(&own), draws.iter().map(get).collect());
    Scored {
        auc: of(|m| m.auc),
        log_loss: of(|m| m.log_loss),
        log_loss_smoothed: of(|m| m.log_loss_smoothed),
        brier: of(|m| m.brier),
        brier_skill: of(|m| m.brier_skill),
        accuracy: of(|m| m.accuracy),
        balanced_accuracy: of(|m| m.balanced_accuracy),
    }
}

/// A paired difference of two forecasts of the same rows: first less second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Paired {
    /// Difference of the log losses; negative means that the first is better.
    pub log_loss: Interval,
    /// Difference of the areas under the curve.
    pub auc: Interval,
}

/// Paired differences over the same draws.
pub fn paired(a: &[Outcome], b: &[Outcome], target: Target, resamples: &Resamples) -> Paired {
    let loss: Vec<f64> = a
        .iter()
        .zip(b)
        .map(|(a, b)| log_loss(a.likelihood(target)) - log_loss(b.likelihood(target)))
        .collect();
    let (ra, rb) = (Ranking::new(a), Ranking::new(b));
    let mean = |w: Option<&[f64]>| {
        let w = |i: usize| w.map_or(1.0, |w| w[i]);
        let total: f64 = (0..loss.len()).map(w).sum();
        loss.iter().enumerate().map(|(i, l)| w(i) * l).sum::<f64>() / total
    };
    let auc = |w: Option<&[f64]>| ra.auc(a, w) - rb.auc(b, w);
    let draws: Vec<(f64, f64)> = resamples
        .weights
        .par_iter()
        .map(|w| (mean(Some(w)), auc(Some(w))))
        .collect();
    Paired {
        log_loss: interval(mean(None), draws.iter().map(|d| d.0).collect()),
        auc: interval(auc(None), draws.iter().map(|d| d.1).collect()),
    }
}
