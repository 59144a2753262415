//! The questions that a world puts to its states, and asking a lens about them.
//!
//! A question is laid out once for each state and mind; a lens prepares it once; what
//! varies from year to year are numbers only, so that asking is a slice of values.

pub mod aims;
mod effects;
mod question;
mod strategies;
mod told;

use crate::measures::flows::{Corridors, Survey};
use crate::params::Params;
use crate::snapshot::Snapshot;
use crate::system::System;
use crate::turn::Typical;
pub use aims::{Aim, Whom};
pub use effects::{Choice, JOIN, LADDER_FIRST, LADDER_REPLY, SANCTION};
use question::lay_out;
use raison_core::{Draw, Lens, Num, Prepared, Question};
use std::collections::HashMap;
use std::sync::OnceLock;
pub use strategies::{COUNT, STRATEGIES, STRATEGY_SHARES, StrategyWord, effect, effect_on};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Asking {
    /// How to begin a dispute: threat, display, force, war.
    First,
    /// How to answer: nothing, display, force, war.
    Reply,
    /// Whether to enter an ally's war: stay out, support, aid, join.
    Join,
    /// Whether to sanction: refrain, sanction.
    Sanction,
    /// The strategy of the year: see [`STRATEGIES`].
    Strategy,
}

const ALL: [Asking; 5] = [
    Asking::First,
    Asking::Reply,
    Asking::Join,
    Asking::Sanction,
    Asking::Strategy,
];

/// Handles of the numbers that the world sets before it asks.
#[derive(Clone, Debug, Default)]
pub struct Handles {
    /// Features, in the order of [`FEATURES`](raison_core::vocabulary::FEATURES).
    pub features: Vec<Num>,
    /// Chance that each alternative gets its way.
    pub prevail: Vec<Num>,
    /// Safety kept by each alternative where it gets its way, and where not.
    pub safety: Vec<(Num, Num)>,
    /// Effects of each alternative with their full size.
    pub effects: Vec<Vec<(Num, f64)>>,
    /// Effects of each alternative on what single aims name.
    pub named: Vec<Vec<Named>>,
    /// The aims of the mind that decides.
    pub aims: Vec<Aim>,
    /// Weight of safety against getting one's way.
    pub care: Option<Num>,
}

/// An effect on the measure of an aim that names a layer or a state.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// The change.
    pub num: Num,
    /// Its full size.
    pub size: f64,
    /// Place of the aim among [`Handles::aims`].
    pub aim: usize,
}

/// A question with its handles.
#[derive(Debug)]
pub struct Asked {
    /// The question.
    pub question: Question,
    /// What the world sets.
    pub handles: Handles,
}

/// All questions of a world.
#[derive(Debug)]
pub struct Questions {
    list: Vec<Asked>,
    index: HashMap<(Asking, u8, u16, u16), usize>,
    /// Aims of each mind.
    aims: Vec<Vec<Aim>>,
}

const NOBODY: u16 = u16::MAX;

fn key(asking: Asking, regime: usize, i: usize, mind: Option<u16>) -> (Asking, u8, u16, u16) {
    match mind {
        Some(m) => (asking, regime as u8, i as u16, m),
        None => (asking, regime as u8, NOBODY, NOBODY),
    }
}

impl Questions {
    /// Lays out every question: one for each state and each mind that can come to decide
    /// there, and one where no mind is known, for each class of regime.
    pub fn new(system: &System) -> Questions {
        let mut q = Questions {
            list: Vec::new(),
            index: HashMap::new(),
            aims: system.minds().iter().map(|m| aims::of(system, m)).collect(),
        };
        for i in 0..system.n {
            let mut minds: Vec<Option<usize>> = vec![None];
            let seats = system.world.states[i].seats.iter();
            for mind in seats.filter_map(|s| s.mind) {
                minds.push(Some(mind));
                minds.push(system.successor(mind));
            }
            for mind in minds {
                for (asking, regime) in ALL.iter().flat_map(|a| [(*a, 0), (*a, 1), (*a, 2)]) {
                    let key = key(asking, regime, i, mind.map(|m| m as u16));
                    if !q.index.contains_key(&key) {
                        q.index.insert(key, q.list.len());
                        q.list.push(lay_out(asking, system, i, regime, mind));
                    }
                }
            }
        }
        q
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// A lens that has read every question.
pub struct Cabinet<'q> {
    questions: &'q Questions,
    /// Title of the lens.
    title: &'static str,
    prepared: Vec<Option<Box<dyn Prepared + 'q>>>,
    /// The lens's mean answers, taken when they are first needed.
    pub(crate) typical: OnceLock<Typical>,
    /// The same where it is asked about sanctions.
    pub(crate) typical_sanction: OnceLock<[[f64; 2]; 3]>,
}

/// Chances of the alternatives of a question; it may have fewer.
pub type Answer = [f64; COUNT];

/// What a lens's answer is pooled with.
pub struct Pool<'p> {
    /// Shares of the record.
    pub shares: &'p [f64],
    /// The lens's typical answer, for which those shares hold; empty where they hold for an
    /// even answer.
    pub typical: &'p [f64],
    /// Weight of the lens.
    pub weight: f64,
}

/// Values and scratch of one run.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Numbers of each question, drawn when it is first asked.
    bases: Vec<Option<Vec<f64>>>,
    drawn: (u64, u64),
    /// Lens's answers to questions that nothing varies, asked once.
    fixed: Vec<Option<Vec<f64>>>,
    out: Vec<f64>,
    /// The last survey of the corridors, with those that were open.
    corridors: Option<(Vec<(Vec<u16>, u64)>, Survey)>,
}

impl Desk {
    /// What the corridors of a year give each state; surveyed when others are open than
    /// before.
    pub(crate) fn survey(&mut self, s: &Snapshot) -> Survey {
        let open = s.routes.iter().filter(|r| r.opens <= s.year);
        let key: Vec<_> = open
            .map(|r| (r.through.clone(), r.capacity.to_bits()))
            .collect();
        match &self.corridors {
            Some((known, survey)) if *known == key => survey.clone(),
            _ => {
                let survey = Corridors::new(&s.routes, s.year).survey();
                self.corridors = Some((key, survey.clone()));
                survey
            }
        }
    }
}

impl<'q> Cabinet<'q> {
    /// Lets the lens read every question; where it abstains, the record's shares decide.
    pub fn new(lens: &dyn Lens, questions: &'q Questions) -> Cabinet<'q> {
        let prepared = questions
            .list
            .iter()
            .map(|a| lens.prepare(&a.question).ok())
            .collect();
        Cabinet {
            questions,
            title: lens.about().title,
            prepared,
            typical: OnceLock::new(),
            typical_sanction: OnceLock::new(),
        }
    }

    /// How many questions the lens answers.
    pub fn answers(&self) -> usize {
        self.prepared.iter().flatten().count()
    }

    /// The aims of whoever decides.
    pub fn aims(&self, mind: Option<u16>) -> &'q [Aim] {
        let list = mind.and_then(|m| self.questions.aims.get(m as usize));
        list.map_or(&[], Vec::as_slice)
    }

    /// The values of a run: minds' uncertain numbers are drawn once for each run.
    pub fn desk(&self, seed: u64, run: u64) -> Desk {
        let list = &self.questions.list;
        Desk {
            bases: vec![None; list.len()],
            drawn: (seed, run),
            fixed: vec![None; list.len()],
            out: Vec::with_capacity(COUNT),
            corridors: None,
        }
    }

    /// The number of the question for a state, its class of regime and its mind.
    pub fn which(&self, asking: Asking, regime: usize, i: usize, mind: Option<u16>) -> usize {
        let key = key(asking, regime, i, mind);
        self.questions.index.get(&key).copied().unwrap_or(0)
    }

    /// The lens's answer pooled with the record's shares: proportional to
    /// `shares · (answer / typical)^weight` (logarithmic pool). `set` puts the situation's
    /// numbers.
    pub fn ask(
        &self,
        which: usize,
        desk: &mut Desk,
        by: Pool<'_>,
        set: impl FnOnce(&mut [f64], &Handles),
    ) -> Answer {
        let mut p = [0.0; COUNT];
        let n = by.shares.len().min(COUNT);
        p[..n].copy_from_slice(&by.shares[..n]);
        if by.weight > 0.0 && self.answer(which, desk, n, set) {
            centre(&mut desk.out, by.typical);
            pool(&mut p[..n], &desk.out, by.weight);
        }
        p
    }

    /// The lens's answer by itself among `N`; even where it abstains.
    pub fn alone<const N: usize>(
        &self,
        which: usize,
        desk: &mut Desk,
        set: impl FnOnce(&mut [f64], &Handles),
    ) -> [f64; N] {
        let mut out = [1.0 / N as f64; N];
        if self.answer(which, desk, N, set) {
            out.copy_from_slice(&desk.out[..N]);
        }
        out
    }

    /// Puts the lens's answer on the desk; false where it abstains.
    fn answer(
        &self,
        which: usize,
        desk: &mut Desk,
        n: usize,
        set: impl FnOnce(&mut [f64], &Handles),
    ) -> bool {
        let (Some(Some(prepared)), Some(asked)) =
            (self.prepared.get(which), self.questions.list.get(which))
        else {
            return false;
        };
        let (seed, run) = desk.drawn;
        let base =
            desk.bases[which].get_or_insert_with(|| asked.question.inputs.draw(seed, run, 1));
        set(base, &asked.handles);
        desk.out.clear();
        desk.out.resize(n, 0.0);
        prepared.probabilities(Draw(base), &mut desk.out);
        true
    }

    /// The same for a question whose numbers nothing varies: asked once in a run.
    pub fn ask_once(&self, which: usize, desk: &mut Desk, shares: &[f64], weight: f64) -> Answer {
        let mut p = [0.0; COUNT];
        let n = shares.len().min(COUNT);
        p[..n].copy_from_slice(&shares[..n]);
        if desk.fixed[which].is_none() {
            let even = Pool {
                shares: &vec![1.0; n],
                typical: &[],
                weight: 1.0,
            };
            let answer = self.ask(which, desk, even, |_, _| {});
            desk.fixed[which] = Some(answer[..n].to_vec());
        }
        if let (Some(answer), true) = (&desk.fixed[which], weight > 0.0) {
            pool(&mut p[..n], answer, weight);
        }
        p
    }
}

/// Least part of the answers that a typical one is taken to give any alternative.
const RARE: f64 = 0.02;

/// Divides an answer by the typical one and makes it sum to 1 again.
fn centre(q: &mut [f64], typical: &[f64]) {
    let all: f64 = typical.iter().sum();
    if all <= 0.0 || typical.len() != q.len() {
        return;
    }
    for (q, t) in q.iter_mut().zip(typical) {
        *q /= (t / all).max(RARE);
    }
    let sum: f64 = q.iter().sum();
    if sum > 0.0 {
        q.iter_mut().for_each(|x| *x /= sum);
    }
}

/// `p ∝ p · q^weight`; where that is nothing at all, `q`.
fn pool(p: &mut [f64], q: &[f64], weight: f64) {
    let kept: Vec<f64> = p.to_vec();
    for (p, q) in p.iter_mut().zip(q) {
        *p *= if weight == 1.0 {
            q.max(0.0)
        } else {
            q.max(0.0).powf(weight)
        };
    }
    let sum: f64 = p.iter().sum();
    if sum > 0.0 {
        p.iter_mut().for_each(|x| *x /= sum);
    } else if q.iter().sum::<f64>() > 0.0 {
        p.copy_from_slice(q);
    } else {
        p.copy_from_slice(&kept);
    }
}

/// The place that `u` in (0, 1) falls on.
pub fn pick(p: &[f64], u: f64) -> usize {
    let mut left = u * p.iter().sum::<f64>();
    for (i, x) in p.iter().enumerate() {
        left -= x;
        if left < 0.0 && *x > 0.0 {
            return i;
        }
    }
    p.iter().rposition(|x| *x > 0.0).unwrap_or(0)
}

/// What a state knows of a dispute when it decides.
#[derive(Clone, Copy, Debug, Default)]
pub struct View {
    /// Features, in the order of [`FEATURES`](raison_core::vocabulary::FEATURES).
    pub features: [f64; 19],
    /// Chance to win a war.
    pub win: f64,
    /// Cost of a lost war, 0..1.
    pub cost: f64,
    /// How far the other side has gone, 0 threat to 1 war.
    pub pressed: f64,
    /// Towards whom.
    pub towards: Option<u16>,
}

impl View {
    /// Puts the view into the values of a question about force.
    pub fn set(&self, values: &mut [f64], h: &Handles, params: &Params) {
        let mut put = |num: Num, x: f64| {
            if let Some(v) = values.get_mut(num.0 as usize) {
                *v = x;
            }
        };
        for (num, x) in h.features.iter().zip(self.features) {
            put(*num, x);
        }
        for (k, num) in h.prevail.iter().enumerate() {
            put(*num, effects::prevail(k, self.win, self.pressed));
        }
        for (k, (won, lost)) in h.safety.iter().enumerate() {
            let (w, l) = effects::safety(k, self.cost, self.pressed);
            put(*won, w);
            put(*lost, l);
        }
        if let Some(care) = h.care {
            put(care, params.war_aversion());
        }
        for e in h.named.iter().flatten() {
            let meant = h.aims.get(e.aim).map(|a| a.whom);
            let here = self.towards.is_some_and(|j| meant == Some(Whom::State(j)));
            put(e.num, if here { e.size } else { 0.0 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pooling_keeps_bars_and_sums_to_one() {
        let mut p = [0.2, 0.3, 0.4, 0.1];
        pool(&mut p, &[0.5, 0.5, 0.0, 0.0], 1.0);
        assert!((p[0] - 0.4).abs() < 1e-12 && p[2] == 0.0 && p[3] == 0.0);
        let mut p = [0.0, 1.0];
        pool(&mut p, &[1.0, 0.0], 1.0);
        assert_eq!(
            p,
            [1.0, 0.0],
            "the lens alone, where the two exclude each other"
        );
        let mut p = [0.25; 4];
        pool(&mut p, &[0.25; 4], 2.0);
        assert!(p.iter().all(|x| (x - 0.25).abs() < 1e-12));
    }

    #[test]
    fn picking_never_takes_what_is_impossible() {
        for u in [1e-9, 0.2, 0.5, 0.999_999_999] {
            assert_ne!(pick(&[0.5, 0.0, 0.5, 0.0], u) % 2, 1);
        }
    }
}
