//! Bootstrap draws: speeches are drawn again, and clauses within them.
//!
//! Speeches are drawn with replacement; the clauses of the drawn speeches by a Poisson
//! bootstrap (each clause counts Poisson(1) times: Hanley and MacGibbon 2006), so that a
//! category's count is Poisson distributed around its sum over the drawn speeches. Given
//! the total this is the multinomial resampling of clauses; it costs one draw per category
//! instead of one per clause, and needs only the counts of each speech.

use super::SpeechCounts;
use crate::traits;
use crate::vics::Indices;
use raison_core::draws::Stream;

/// Six acts of self, six of others, seven high marks, seven low ones.
const CELLS: usize = 26;
/// Numbers set aside for one draw in its stream.
const ROOM: u32 = 24;

/// Scores of every draw.
#[derive(Clone, Debug, Default)]
pub struct Draws {
    /// Indices, in the order of [`raison_core::INDICES`].
    pub indices: Vec<[Option<f64>; 16]>,
    /// Traits, in the order of [`raison_core::TRAITS`].
    pub traits: Vec<[Option<f64>; 7]>,
}

/// A score with its bootstrap interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// The score; `None` if it is not defined.
    pub value: Option<f64>,
    /// 95 % interval; `None` if less than half of the draws have a value.
    pub interval: Option<[f64; 2]>,
}

/// Draws `number` times.
pub fn draws(speeches: &[SpeechCounts], number: usize, seed: u64) -> Draws {
    let cells: Vec<[f64; CELLS]> = speeches.iter().map(cells).collect();
    let mut out = Draws::default();
    for draw in 0..number {
        let mut stream = Stream::new(seed, "profile", (draw as u64) << ROOM);
        let drawn = one(&cells, &mut stream);
        let part = |from: usize| std::array::from_fn(|k| drawn[from + k]);
        out.indices.push(*Indices::of(&part(0), &part(6)).values());
        let side = |from: usize| std::array::from_fn(|k| drawn[from + k]);
        out.traits.push(traits::scores(&side(12), &side(19)));
    }
    out
}

fn cells(speech: &SpeechCounts) -> [f64; CELLS] {
    let acts = speech.acts.own.iter().chain(&speech.acts.other);
    let marks = speech.traits.high.iter().chain(&speech.traits.low);
    let mut out = [0.0; CELLS];
    for (cell, n) in out.iter_mut().zip(acts.chain(marks)) {
        *cell = *n as f64;
    }
    out
}

fn one(cells: &[[f64; CELLS]], stream: &mut Stream) -> [f64; CELLS] {
    let mut sums = [0.0; CELLS];
    for _ in 0..cells.len() {
        let at = (stream.uniform() * cells.len() as f64) as usize;
        if let Some(speech) = cells.get(at) {
            (0..CELLS).for_each(|k| sums[k] += speech[k]);
        }
    }
    sums.map(|mean| poisson(mean, stream))
}

/// A Poisson number: by products of uniforms below 10, else by transformed rejection
/// (Hörmann 1993, "The transformed rejection method for generating Poisson random
/// variables", algorithm PTRS).
fn poisson(mean: f64, stream: &mut Stream) -> f64 {
    if mean <= 0.0 {
        return 0.0;
    }
    if mean < 10.0 {
        let (limit, mut product, mut k) = ((-mean).exp(), stream.uniform(), 0.0);
        while product > limit {
            product *= stream.uniform();
            k += 1.0;
        }
        return k;
    }
    let b = 0.931 + 2.53 * mean.sqrt();
    let a = -0.059 + 0.02483 * b;
    let inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    let v_r = 0.9277 - 3.6224 / (b - 2.0);
    loop {
        let u = stream.uniform() - 0.5;
        let v = stream.uniform();
        let us = 0.5 - u.abs();
        let k = ((2.0 * a / us + b) * u + mean + 0.43).floor();
        if us >= 0.07 && v <= v_r {
            return k;
        }
        if k < 0.0 || us < 0.013 && v > us {
            continue;
        }
        let left = v.ln() + inverse_alpha.ln() - (a / (us * us) + b).ln();
        if left <= -mean + k * mean.ln() - ln_factorial(k) {
            return k;
        }
    }
}

/// ln k!: exact sums below 10, Stirling's series above (error below 1e-10 there).
fn ln_factorial(k: f64) -> f64 {
    if k < 10.0 {
        return (2..=k as u32).map(|i| f64::from(i).ln()).sum();
    }
    let x = k + 1.0;
    let x2 = x * x;
    (x - 0.5) * x.ln() - x
        + 0.5 * (2.0 * std::f64::consts::PI).ln()
        + (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / (1260.0 * x2)) / x2) / x
}

impl Estimate {
    /// The bias-corrected percentile interval (Efron 1987) of a value from its draws.
    pub fn new(value: Option<f64>, draws: impl Iterator<Item = Option<f64>>) -> Self {
        let mut total = 0usize;
        let count = |d: Option<f64>| {
            total += 1;
            d
        };
        let mut sorted: Vec<f64> = draws.filter_map(count).collect();
        sorted.sort_by(f64::total_cmp);
        let enough = sorted.len() * 2 > total;
        let interval = value.filter(|_| enough).map(|v| corrected(v, &sorted));
        Self { value, interval }
    }
}

/// 97.5 % point of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

fn corrected(value: f64, sorted: &[f64]) -> [f64; 2] {
    let n = sorted.len() as f64;
    let below = sorted.partition_point(|d| *d < value) as f64;
    let same = sorted.partition_point(|d| *d <= value) as f64 - below;
    let share = ((below + same / 2.0) / n).clamp(1.0 / (n + 1.0), n / (n + 1.0));
    let z0 = normal_quantile(share);
    [-Z, Z].map(|z| quantile(sorted, normal(2.0 * z0 + z)))
}

/// Quantile with linear interpolation between order statistics.
fn quantile(sorted: &[f64], p: f64) -> f64 {
    let at = p.clamp(0.0, 1.0) * (sorted.len().saturating_sub(1)) as f64;
    let low = at.floor();
    let get = |i: f64| sorted.get(i as usize).or(sorted.last()).copied();
    let (a, b) = (get(low).unwrap_or(0.0), get(low + 1.0).unwrap_or(0.0));
    a + (b - a) * (at - low)
}

/// The standard normal distribution function (Abramowitz and Stegun 1964, 26.2.17; error
/// below 7.5e-8).
fn normal(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * x.abs());
    let poly = t
        * (0.319_381_530
            + t * (-0.356_563_782
                + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
    let tail = (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt() * poly;
    if x >= 0.0 { 1.0 - tail } else { tail }
}

/// Its inverse, by bisection: it is asked for once per score.
fn normal_quantile(p: f64) -> f64 {
    let (mut low, mut high) = (-8.0, 8.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if normal(middle) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vics::Counts;

    fn speech(own: [u64; 6], other: [u64; 6]) -> SpeechCounts {
        SpeechCounts {
            acts: Counts { own, other },
            ..SpeechCounts::default()
        }
    }

    #[test]
    fn poisson_numbers_have_the_right_mean_and_variance() {
        for mean in [0.3, 4.0, 9.9, 10.1, 55.0, 5000.0] {
            let mut stream = Stream::new(3, "test", 0);
            let n = 20_000;
            let xs: Vec<f64> = (0..n).map(|_| poisson(mean, &mut stream)).collect();
            let m = xs.iter().sum::<f64>() / f64::from(n);
            let v = xs.iter().map(|x| (x - m) * (x - m)).sum::<f64>() / f64::from(n);
            assert!(
                (m - mean).abs() < 5.0 * (mean / f64::from(n)).sqrt(),
                "{mean}: {m}"
            );
            assert!((v / mean - 1.0).abs() < 0.06, "{mean}: variance {v}");
        }
    }

    #[test]
    fn one_speech_gives_the_binomial_interval_of_its_clauses() {
        // P-1 of 300 : 100 is 0.5; its standard error is 2 sqrt(.75 .25 / 400) = 0.0433
        let speeches = [speech([0; 6], [0, 0, 100, 300, 0, 0])];
        let d = draws(&speeches, 4000, 1);
        let got = Estimate::new(Some(0.5), d.indices.iter().map(|i| i[0]));
        let [low, high] = got.interval.unwrap();
        assert!((low - (0.5 - 1.96 * 0.0433)).abs() < 0.008, "{low}");
        assert!((high - (0.5 + 1.96 * 0.0433)).abs() < 0.008, "{high}");
    }

    #[test]
    fn unlike_speeches_widen_the_interval() {
        let alike = vec![speech([0; 6], [0, 0, 25, 75, 0, 0]); 4];
        let mut unlike = vec![speech([0; 6], [0, 0, 50, 50, 0, 0]); 2];
        unlike.extend(vec![speech([0; 6], [0, 0, 0, 100, 0, 0]); 2]);
        let width = |s: &[SpeechCounts]| {
            let d = draws(s, 1000, 1);
            let e = Estimate::new(Some(0.5), d.indices.iter().map(|i| i[0]));
            e.interval.map(|[a, b]| b - a).unwrap()
        };
        assert!(width(&unlike) > 2.0 * width(&alike));
    }

    #[test]
    fn nothing_counted_is_undefined_not_zero() {
        let d = draws(&[speech([0; 6], [0; 6])], 100, 1);
        let e = Estimate::new(None, d.indices.iter().map(|i| i[3]));
        assert_eq!((e.value, e.interval), (None, None));
    }

    #[test]
    fn the_same_seed_gives_the_same_draws() {
        let s = [speech([1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1])];
        assert_eq!(draws(&s, 5, 9).indices, draws(&s, 50, 9).indices[..5]);
        assert_ne!(draws(&s, 5, 9).indices, draws(&s, 5, 8).indices);
    }
}
