//! Pairs of decisions of one state: under one leader, and across a change of leader.

use super::rows::Decision;
use raison_core::draws::Stream;
use std::collections::BTreeMap;

/// A pair of decisions of one state in different crises.
#[derive(Clone, Debug)]
struct Pair {
    state: i32,
    same_leader: bool,
    agree: bool,
    years: f64,
    same_adversary: bool,
    same_trigger: bool,
}

/// How often the choice for or against force agrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// Pairs under one leader.
    pub same: usize,
    /// Of these, how many agree.
    pub same_agree: usize,
    /// Pairs across a change.
    pub changed: usize,
    /// Of these, how many agree.
    pub changed_agree: usize,
    /// Standard error of the difference, over bootstrap draws of whole states.
    pub error: f64,
}

/// A difference in agreement with other things held equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Controlled {
    /// Pairs.
    pub pairs: usize,
    /// How much likelier agreement is under one leader.
    pub difference: f64,
    /// Standard error clustered by state.
    pub error: f64,
}

impl Agreement {
    /// Share that agrees under one leader.
    pub fn under_one(&self) -> f64 {
        self.same_agree as f64 / self.same.max(1) as f64
    }

    /// Share that agrees across a change.
    pub fn across(&self) -> f64 {
        self.changed_agree as f64 / self.changed.max(1) as f64
    }
}

/// Days of three years, as the reference counts them.
pub const THREE_YEARS: i32 = 3 * 365;

fn pairs(rows: &[Decision], days: i32) -> Vec<Pair> {
    let mut by_state: BTreeMap<i32, Vec<&Decision>> = BTreeMap::new();
    rows.iter()
        .for_each(|r| by_state.entry(r.actor.code).or_default().push(r));
    let mut out = Vec::new();
    for (state, list) in by_state {
        for (i, a) in list.iter().enumerate() {
            for b in &list[..i] {
                let gap = (a.actor.trigger - b.actor.trigger).abs();
                if gap <= days && a.actor.crisis != b.actor.crisis {
                    out.push(pair(state, a, b, gap));
                }
            }
        }
    }
    out
}

fn pair(state: i32, a: &Decision, b: &Decision, gap: i32) -> Pair {
    let violent = |d: &Decision| d.actor.is("triggr", &[7, 8, 9]) == 1.0;
    Pair {
        state,
        same_leader: a.leader == b.leader,
        agree: a.force == b.force,
        years: f64::from(gap) / 365.25,
        same_adversary: a.adversary() == b.adversary(),
        same_trigger: violent(a) == violent(b),
    }
}

/// Pairs of crises of one state at most so many days apart.
pub fn agreement(rows: &[Decision], days: i32, draws: usize, seed: u64) -> Agreement {
    let pairs = pairs(rows, days);
    let mut by_state: BTreeMap<i32, [f64; 4]> = BTreeMap::new();
    for p in &pairs {
        let sums = by_state.entry(p.state).or_default();
        let at = if p.same_leader { 0 } else { 2 };
        sums[at] += 1.0;
        sums[at + 1] += f64::from(u8::from(p.agree));
    }
    let states: Vec<[f64; 4]> = by_state.into_values().collect();
    let mut all = [0.0; 4];
    states.iter().for_each(|s| add(&mut all, s));
    let [same, same_agree, changed, changed_agree] = all.map(|x| x as usize);
    Agreement {
        same,
        same_agree,
        changed,
        changed_agree,
        error: error(&states, draws, seed),
    }
}

fn add(sum: &mut [f64; 4], part: &[f64; 4]) {
    sum.iter_mut().zip(part).for_each(|(s, p)| *s += p);
}

/// Standard deviation of the difference over draws of whole states.
fn error(states: &[[f64; 4]], draws: usize, seed: u64) -> f64 {
    let mut stream = Stream::new(seed, "leader-share.pairs", 0);
    let mut values = Vec::with_capacity(draws);
    for _ in 0..draws {
        let mut sum = [0.0; 4];
        for _ in 0..states.len() {
            let at = (stream.uniform() * states.len() as f64) as usize;
            states.get(at).iter().for_each(|s| add(&mut sum, s));
        }
        values.push(sum[1] / sum[0] - sum[3] / sum[2]);
    }
    values.retain(|x| x.is_finite());
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
}

/// The difference for crises at most ten years apart, with the gap in years, same
/// adversary and same class of trigger held equal (linear probability).
pub fn controlled(rows: &[Decision]) -> Option<Controlled> {
    use nalgebra::{DMatrix, DVector};
    let pairs = pairs(rows, 3653);
    let flag = |b: bool| f64::from(u8::from(b));
    let row = |p: &Pair| {
        [
            1.0,
            flag(p.same_leader),
            p.years,
            flag(p.same_adversary),
            flag(p.same_trigger),
        ]
    };
    let x = DMatrix::from_fn(pairs.len(), 5, |i, j| row(&pairs[i])[j]);
    let y = DVector::from_fn(pairs.len(), |i, _| flag(pairs[i].agree));
    let bread = (x.transpose() * &x).try_inverse()?;
    let beta = &bread * (x.transpose() * &y);
    let left = &y - &x * &beta;
    let mut scores: BTreeMap<i32, DVector<f64>> = BTreeMap::new();
    for (i, p) in pairs.iter().enumerate() {
        let score = x.row(i).transpose() * left[i];
        let sum = scores.entry(p.state).or_insert_with(|| DVector::zeros(5));
        *sum += score;
    }
    let meat = scores
        .values()
        .fold(DMatrix::zeros(5, 5), |m, s| m + s * s.transpose());
    let g = scores.len() as f64;
    let variance = &bread * meat * &bread * (g / (g - 1.0));
    Some(Controlled {
        pairs: pairs.len(),
        difference: beta[1],
        error: variance[(1, 1)].sqrt(),
    })
}
