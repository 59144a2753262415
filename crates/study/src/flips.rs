//! Which single change of an input changes the leading alternative.
//!
//! A property of the model, not of the world: all other inputs stay at their central
//! values, and the one is moved until another alternative leads.

use crate::draws::one;
use raison_core::{Domain, Draw, Input, Num, Prepared, Question, Situation};
use rayon::prelude::*;

/// A change of one input that changes the leading alternative.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// The input.
    pub input: Num,
    /// Its central value.
    pub from: f64,
    /// The nearest value at which another alternative leads.
    pub to: f64,
    /// The change as a share of the input's domain (of its size, where the domain is
    /// unbounded).
    pub distance: f64,
    /// The alternative that then leads.
    pub leading: usize,
    /// Whether the value lies within the range that the coder stated.
    pub within: bool,
}

/// Points tried between the central value and each end.
const STEPS: usize = 4;
/// Halvings of the last step.
const HALVINGS: usize = 12;

/// All flips of one lens, the smallest first.
pub fn flips(lens: &dyn Prepared, question: &Question) -> Vec<Flip> {
    let (inputs, situation) = (&question.inputs, &question.situation);
    let alternatives = situation.alternatives.len();
    let central = inputs.central();
    let before = one(lens, Draw(&central), alternatives);
    let base = situation.leading(&before);
    let all: Vec<(Num, &Input)> = inputs.iter().collect();
    let mut found: Vec<Flip> = all
        .par_chunks(64)
        .flat_map_iter(|some| {
            let mut values = central.clone();
            let mut out = vec![0.0; alternatives];
            some.iter()
                .filter_map(|(num, input)| {
                    let mut search = Search {
                        lens,
                        situation,
                        num: *num,
                        binary: inputs.is_binary(*num),
                        values: &mut values,
                        out: &mut out,
                    };
                    search.nearest(input, &before, base)
                })
                .collect::<Vec<_>>()
        })
        .collect();
    found.sort_by(|a, b| {
        a.distance
            .total_cmp(&b.distance)
            .then_with(|| inputs.get(a.input).path.cmp(&inputs.get(b.input).path))
    });
    found
}

/// How far an input is moved: over its domain, or, where that is wider than any scale in
/// use, up to ten times its size.
fn reach(domain: Domain, centre: f64) -> Domain {
    if domain.high - domain.low <= 200.0 {
        return domain;
    }
    let far = 10.0 * centre.abs().max(1.0);
    Domain {
        low: domain.low.max(centre - far),
        high: domain.high.min(centre + far),
    }
}

struct Search<'s> {
    lens: &'s dyn Prepared,
    situation: &'s Situation,
    num: Num,
    /// Whether the input is 0 or 1 and nothing between.
    binary: bool,
    values: &'s mut Vec<f64>,
    out: &'s mut Vec<f64>,
}

impl Search<'_> {
    fn nearest(&mut self, input: &Input, before: &[f64], base: usize) -> Option<Flip> {
        let centre = self.values[self.num.0 as usize];
        let reach = reach(input.domain, centre);
        if !self.reads(before, reach) {
            return None;
        }
        let near = [reach.low, reach.high]
            .into_iter()
            .filter_map(|end| match self.binary {
                true => self.jump(base, end),
                false => self.towards(base, centre, end),
            })
            .min_by(|a, b| (a.0 - centre).abs().total_cmp(&(b.0 - centre).abs()));
        self.values[self.num.0 as usize] = centre;
        let (to, leading) = near?;
        let (low, high) = input.amount.ends();
        Some(Flip {
            input: self.num,
            from: centre,
            to,
            distance: (to - centre).abs() / (reach.high - reach.low).max(f64::MIN_POSITIVE),
            leading,
            within: to >= low && to <= high,
        })
    }

    fn lead_at(&mut self, x: f64) -> usize {
        self.values[self.num.0 as usize] = x;
        self.lens.probabilities(Draw(self.values), self.out);
        self.situation.leading(self.out)
    }

    /// Whether moving the input to its ends changes anything at all.
    fn reads(&mut self, before: &[f64], reach: Domain) -> bool {
        let centre = self.values[self.num.0 as usize];
        let moved = [reach.low, reach.high].into_iter().any(|x| {
            self.lead_at(x);
            self.out.iter().zip(before).any(|(a, b)| a != b)
        });
        self.values[self.num.0 as usize] = centre;
        moved
    }

    /// The nearest value between `centre` and `end` at which `base` no longer leads.
    fn towards(&mut self, base: usize, centre: f64, end: f64) -> Option<(f64, usize)> {
        let mut inside = centre;
        let step = (1..=STEPS).map(|k| centre + (end - centre) * k as f64 / STEPS as f64);
        for x in step {
            if self.lead_at(x) == base {
                inside = x;
                continue;
            }
            return Some(self.halve(base, inside, x));
        }
        None
    }

    /// The end itself, where another alternative leads there: an indicator has no values
    /// between its two.
    fn jump(&mut self, base: usize, end: f64) -> Option<(f64, usize)> {
        let leading = self.lead_at(end);
        (leading != base).then_some((end, leading))
    }

    fn halve(&mut self, base: usize, mut inside: f64, mut outside: f64) -> (f64, usize) {
        for _ in 0..HALVINGS {
            let middle = 0.5 * (inside + outside);
            if self.lead_at(middle) == base {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        (outside, self.lead_at(outside))
    }
}

/// Where moving one input to `x` leads.
pub fn lead_with(lens: &dyn Prepared, question: &Question, num: Num, x: f64) -> usize {
    let situation = &question.situation;
    let mut values = question.inputs.central();
    values[num.0 as usize] = x;
    situation.leading(&one(lens, Draw(&values), situation.alternatives.len()))
}
