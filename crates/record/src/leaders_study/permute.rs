//! Is a leader more than an accident of labels? Leaders' labels are shuffled among the
//! decisions of their own state.

use raison_core::draws::Stream;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What shuffling says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Permutation {
    /// Share of the within-state sum of squares that lies between leaders.
    pub between: f64,
    /// The same on average over shuffles: what labels alone would take up.
    pub expected: f64,
    /// Share of shuffles that reach the observed share, the observed one among them.
    pub p: f64,
    /// Shuffles.
    pub draws: usize,
}

impl Permutation {
    /// What leaders take up beyond labels.
    pub fn excess(&self) -> f64 {
        self.between - self.expected
    }
}

/// Decisions of one state: values about the state's mean, and the leaders' labels.
struct State {
    code: i32,
    values: Vec<f64>,
    leaders: Vec<u32>,
    count: usize,
}

/// Shuffles leaders within states.
pub fn permute(y: &[f64], state: &[i32], leader: &[u32], draws: usize, seed: u64) -> Permutation {
    let states = states(y, state, leader);
    let within: f64 = states.iter().flat_map(|s| &s.values).map(|v| v * v).sum();
    let observed: f64 = states.iter().map(|s| between(s, &s.leaders)).sum::<f64>() / within;
    let shuffled: Vec<f64> = (0..draws)
        .into_par_iter()
        .map(|draw| states.iter().map(|s| shuffle(s, draw, seed)).sum::<f64>() / within)
        .collect();
    let reach = shuffled.iter().filter(|s| **s >= observed - 1e-12).count();
    Permutation {
        between: observed,
        expected: shuffled.iter().sum::<f64>() / draws.max(1) as f64,
        p: (1 + reach) as f64 / (1 + draws) as f64,
        draws,
    }
}

fn states(y: &[f64], state: &[i32], leader: &[u32]) -> Vec<State> {
    let mut rows: BTreeMap<i32, Vec<(f64, u32)>> = BTreeMap::new();
    for ((y, s), l) in y.iter().zip(state).zip(leader) {
        rows.entry(*s).or_default().push((*y, *l));
    }
    rows.into_iter()
        .map(|(code, list)| {
            let mean = list.iter().map(|r| r.0).sum::<f64>() / list.len() as f64;
            let mut seen: Vec<u32> = Vec::new();
            let leaders = list.iter().map(|(_, l)| place(&mut seen, *l)).collect();
            let values = list.iter().map(|r| r.0 - mean).collect();
            State {
                code,
                values,
                leaders,
                count: seen.len(),
            }
        })
        .collect()
}

fn place(seen: &mut Vec<u32>, leader: u32) -> u32 {
    let at = seen.iter().position(|s| *s == leader).unwrap_or_else(|| {
        seen.push(leader);
        seen.len() - 1
    });
    at as u32
}

/// Sum of squares between leaders.
fn between(s: &State, leaders: &[u32]) -> f64 {
    let mut sums = vec![(0.0, 0.0); s.count];
    for (v, l) in s.values.iter().zip(leaders) {
        if let Some(sum) = sums.get_mut(*l as usize) {
            sum.0 += v;
            sum.1 += 1.0;
        }
    }
    sums.iter()
        .filter(|(_, n)| *n > 0.0)
        .map(|(sum, n)| sum * sum / n)
        .sum()
}

fn shuffle(s: &State, draw: usize, seed: u64) -> f64 {
    let n = s.leaders.len();
    let name = format!("leader-share.permute.{}", s.code);
    let mut stream = Stream::new(seed, &name, (draw * n) as u64);
    let mut leaders = s.leaders.clone();
    for i in (1..n).rev() {
        let j = (stream.uniform() * (i + 1) as f64) as usize;
        leaders.swap(i, j.min(i));
    }
    between(s, &leaders)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaders_who_differ_are_told_from_labels() {
        let y: Vec<f64> = (0..40)
            .map(|k| f64::from(k / 20) + 0.1 * f64::from(k % 7))
            .collect();
        let (state, leader) = (vec![1; 40], (0..40).map(|k| k / 20).collect::<Vec<u32>>());
        let real = permute(&y, &state, &leader, 999, 1);
        assert!(
            real.between > 0.7 && (real.p - 0.001).abs() < 1e-12,
            "{real:?}"
        );
        let mixed: Vec<u32> = (0..40).map(|k| k % 2).collect();
        let none = permute(&y, &state, &mixed, 999, 1);
        assert!(none.p > 0.2 && none.excess().abs() < 0.05, "{none:?}");
        // One label in 39 degrees of freedom.
        assert!((real.expected - 1.0 / 39.0).abs() < 0.01, "{real:?}");
    }
}
