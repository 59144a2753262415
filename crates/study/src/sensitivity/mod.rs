//! Which uncertain input the uncertainty of an answer comes from.
//!
//! Variance-based indices (Sobol 1993; Saltelli et al. 2010) of the probability of one
//! alternative over the inputs that the coder left uncertain. A case has hundreds of
//! those and a lens reads a few dozen, so inputs are screened first; what screening
//! leaves out is one factor of its own, so that its share is seen and not assumed away.

pub mod points;
pub mod screen;
pub mod sobol;
mod swing;

pub use points::{MOST_POINTS, Samples};
pub use sobol::{Decomposition, Index, Indices, Response, sobol};
pub use swing::Swing;

use crate::draws::one;
use raison_core::{Abstention, Case, Draw, Inputs, Lens, Num};
use rayon::prelude::*;

/// How a sensitivity analysis is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Points N of each sample, at most [`MOST_POINTS`]; a power of two fits Sobol points.
    /// The lens is asked N (k + 2) times for k factors.
    pub points: usize,
    /// Seed of points, screening paths and bootstrap.
    pub seed: u64,
    /// Most inputs that get indices of their own, the strongest by screening.
    pub most: usize,
    /// Screening paths.
    pub paths: usize,
    /// Bootstrap draws of the intervals.
    pub bootstrap: usize,
}

impl Default for Plan {
    fn default() -> Self {
        Plan {
            points: 1024,
            seed: 1,
            most: 40,
            paths: 64,
            bootstrap: 500,
        }
    }
}

/// The sensitivity of one alternative's probability, lens by lens.
#[derive(Clone, Debug)]
pub struct Sensitivity {
    /// How it was run.
    pub plan: Plan,
    /// Uncertain inputs of the case.
    pub uncertain: usize,
    /// One for each lens asked.
    pub lenses: Vec<LensSensitivity>,
}

/// The sensitivity of one lens, or why it does not answer.
#[derive(Clone, Debug)]
pub struct LensSensitivity {
    /// The lens.
    pub id: &'static str,
    /// The alternative whose probability is decomposed.
    pub alternative: usize,
    /// What was found.
    pub found: Result<Found, Abstention>,
}

/// What was found of one lens.
#[derive(Clone, Debug)]
pub struct Found {
    /// Probability at the central values.
    pub central: f64,
    /// Mean over the points.
    pub mean: f64,
    /// Standard deviation over the points.
    pub sd: f64,
    /// Inputs that moved the answer on any screening path.
    pub moving: usize,
    /// The strongest inputs by total index, strongest first.
    pub inputs: Vec<Ranked>,
    /// All moving inputs that got no indices of their own, together.
    pub rest: Option<(usize, Indices)>,
    /// How often the lens was asked.
    pub evaluations: usize,
}

/// One input and what hangs on it.
#[derive(Clone, Copy, Debug)]
pub struct Ranked {
    /// The input.
    pub input: Num,
    /// Its Sobol indices.
    pub indices: Indices,
    /// The answer at its stated ends, the others at their central values.
    pub swing: Swing,
}

/// Decomposes the probability of an alternative; `None` takes what was really chosen, or
/// where the case does not say, each lens's own leading alternative.
pub fn sensitivity(
    case: &Case,
    lenses: &[Box<dyn Lens>],
    alternative: Option<usize>,
    plan: Plan,
) -> Sensitivity {
    let inputs = &case.question.inputs;
    let varied = points::uncertain(inputs);
    let chosen = alternative.or(case.observed.as_ref().map(|o| o.alternative));
    let lenses = lenses
        .par_iter()
        .map(|lens| of_lens(lens.as_ref(), case, &varied, chosen, plan))
        .collect();
    Sensitivity {
        plan,
        uncertain: varied.len(),
        lenses,
    }
}

fn of_lens(
    lens: &dyn Lens,
    case: &Case,
    varied: &[usize],
    alternative: Option<usize>,
    plan: Plan,
) -> LensSensitivity {
    let n = case.question.situation.alternatives.len();
    let prepared = match lens.prepare(&case.question) {
        Ok(prepared) => prepared,
        Err(why) => {
            let alternative = alternative.unwrap_or(0);
            return LensSensitivity {
                id: lens.id(),
                alternative,
                found: Err(why),
            };
        }
    };
    let inputs = &case.question.inputs;
    let central = one(prepared.as_ref(), Draw(&inputs.central()), n);
    let alternative = alternative.unwrap_or_else(|| case.question.situation.leading(&central));
    let probability = |row: &[f64], out: &mut Vec<f64>| {
        out.resize(n, 0.0);
        prepared.probabilities(Draw(row), out);
        out.get(alternative).copied().unwrap_or(f64::NAN)
    };
    let found = decompose(inputs, varied, &probability, plan);
    LensSensitivity {
        id: lens.id(),
        alternative,
        found: Ok(found),
    }
}

/// Screens, then decomposes what moves.
fn decompose(inputs: &Inputs, varied: &[usize], response: &Response<'_>, plan: Plan) -> Found {
    let short = Samples::of(inputs, varied, plan.paths, plan.seed ^ SCREENING);
    let effects = screen::screen(&short, varied, response, plan.seed);
    let mut moving: Vec<(usize, f64)> = varied
        .iter()
        .copied()
        .zip(effects)
        .filter(|(_, e)| *e > STILL)
        .collect();
    moving.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let own = moving.len().min(plan.most);
    let (alone, rest) = moving.split_at(own);
    let rest: Vec<usize> = rest.iter().map(|m| m.0).collect();
    let mut factors: Vec<Vec<usize>> = alone.iter().map(|m| vec![m.0]).collect();
    factors.extend((!rest.is_empty()).then(|| rest.clone()));
    // Strong inputs come first: the first dimensions of Sobol points are the best.
    let columns: Vec<usize> = moving.iter().map(|m| m.0).collect();
    let samples = Samples::of(inputs, &columns, plan.points, plan.seed);
    let found = sobol(&samples, &factors, response, plan.bootstrap, plan.seed);
    let central = response(&inputs.central(), &mut Vec::new());
    Found {
        central,
        mean: found.mean,
        sd: found.variance.sqrt(),
        moving: moving.len(),
        inputs: ranked(inputs, alone, &found, response),
        rest: found.factors.get(own).map(|indices| (rest.len(), *indices)),
        evaluations: found.evaluations + plan.paths * (varied.len() + 1),
    }
}

/// Screening uses points of its own, so that choosing by them does not flatter.
const SCREENING: u64 = 0x5c3e_e171;
/// Smaller effects on a probability are rounding.
const STILL: f64 = 1e-12;

fn ranked(
    inputs: &Inputs,
    alone: &[(usize, f64)],
    found: &Decomposition,
    response: &Response<'_>,
) -> Vec<Ranked> {
    let mut list: Vec<Ranked> = alone
        .iter()
        .zip(&found.factors)
        .map(|((column, _), indices)| Ranked {
            input: Num(*column as u32),
            indices: *indices,
            swing: swing::swing(inputs, *column, response),
        })
        .collect();
    list.sort_by(|a, b| {
        let (x, y) = (a.indices.total.value, b.indices.total.value);
        y.total_cmp(&x).then(a.input.cmp(&b.input))
    });
    list
}
