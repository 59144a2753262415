//! What a doctrine does: the same world and luck under several doctrines.

use super::scoring::{Paired, paired, scale};
use raison_core::world::World;
use raison_core::{Lens, Uncertain};
use raison_world::measures::columns::STATE;
use raison_world::{Cabinet, Networks, Questions, Run, Simulation, System};
use rayon::prelude::*;

/// What is compared: columns of the yearly output, with how they are taken over a run.
pub const OUTCOMES: &[(&str, Take)] = &[
    ("autonomy", Take::Last),
    ("dependence.payments", Take::Last),
    ("dependence.energy", Take::Last),
    ("dependence.arms", Take::Last),
    ("dependence.technology", Take::Last),
    ("dependence.corridor", Take::Last),
    ("reach.corridor", Take::Last),
    ("redundancy.corridor", Take::Last),
    ("diversification.arms", Take::Last),
    ("depth", Take::Mean),
    ("deterrence_alone", Take::Mean),
    ("deterrence", Take::Mean),
    ("institutions", Take::Last),
    ("partnership", Take::Last),
    ("outside_presence", Take::Last),
    ("ideological_support", Take::Last),
    ("practical_support", Take::Last),
    ("disputes", Take::Sum),
    ("force", Take::Sum),
    ("wars", Take::Sum),
    ("share", Take::Last),
];

/// How a column is taken over the years of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// The last year.
    Last,
    /// The mean of all years.
    Mean,
    /// The sum of all years.
    Sum,
}

impl Take {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Take::Last => "at the end",
            Take::Mean => "mean of the years",
            Take::Sum => "sum of the years",
        }
    }
}

/// One variant of the world.
pub struct Variant {
    /// Name.
    pub name: String,
    /// The world.
    pub world: World,
}

/// One variant against the base.
#[derive(Clone, Debug)]
pub struct Against {
    /// Name.
    pub name: String,
    /// Mean of each of [`OUTCOMES`].
    pub mean: Vec<f64>,
    /// Difference from the base, in the same luck.
    pub difference: Vec<Paired>,
    /// Size of the base's values, which says what difference is more than rounding.
    pub scale: Vec<f64>,
}

/// How often and over how many years.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Seed.
    pub seed: u64,
    /// Runs.
    pub runs: u64,
    /// Years.
    pub years: u16,
}

/// The same world without one pillar of a state's doctrine: its weight is 0.
pub fn without_pillar(world: &World, state: usize, pillar: &str) -> World {
    let mut out = world.clone();
    let minds: Vec<usize> = out
        .states
        .get(state)
        .into_iter()
        .flat_map(|s| s.seats.iter().filter_map(|x| x.mind))
        .collect();
    for m in minds {
        let Some(mind) = out.minds.get_mut(m) else {
            continue;
        };
        let weight = mind
            .doctrine
            .as_ref()
            .and_then(|d| d.pillars.iter().find(|p| p.id == pillar))
            .map(|p| p.weight);
        if let Some(weight) = weight {
            mind.inputs.set(weight, Uncertain::Known(0.0));
        }
    }
    out
}

/// Values of [`OUTCOMES`] by outcome and run.
fn outcomes(world: World, state: usize, lens: &dyn Lens, plan: Plan) -> Vec<Vec<f64>> {
    // A system has an order of its own.
    let code = world.states.get(state).map(|s| s.code.clone());
    let system = System::new(world);
    let state = code.and_then(|c| system.world.state(&c)).unwrap_or(state);
    let questions = Questions::new(&system);
    let cabinet = Cabinet::new(lens, &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: plan.seed,
        years: plan.years,
        networks: Networks::Last,
    };
    let by_run: Vec<Vec<f64>> = (0..plan.runs)
        .into_par_iter()
        .map(|r| taken(&sim.run(r), state, system.n))
        .collect();
    (0..OUTCOMES.len())
        .map(|k| by_run.iter().map(|r| r[k]).collect())
        .collect()
}

fn taken(run: &Run, state: usize, n: usize) -> Vec<f64> {
    let rows: Vec<&[f32]> = run
        .states
        .chunks_exact(STATE.len())
        .skip(state)
        .step_by(n.max(1))
        .collect();
    OUTCOMES
        .iter()
        .map(|(name, take)| {
            let Some(at) = STATE.iter().position(|c| c.0 == *name) else {
                return f64::NAN;
            };
            let mut years = rows.iter().map(|r| f64::from(r[at]));
            match take {
                Take::Last => years.next_back().unwrap_or(f64::NAN),
                Take::Sum => years.sum(),
                // Of the years in which there is a value: nobody threatens in some.
                Take::Mean => mean(&years.collect::<Vec<f64>>()),
            }
        })
        .collect()
}

fn mean(x: &[f64]) -> f64 {
    let known: Vec<f64> = x.iter().copied().filter(|v| v.is_finite()).collect();
    known.iter().sum::<f64>() / known.len() as f64
}

/// Runs the base (the first) and every other variant in the same luck; `done` hears how
/// many are finished.
pub fn run(
    variants: Vec<Variant>,
    state: usize,
    lens: &dyn Lens,
    plan: Plan,
    done: &dyn Fn(usize),
) -> Vec<Against> {
    let mut base: Option<Vec<Vec<f64>>> = None;
    let mut out = Vec::new();
    for v in variants {
        let values = outcomes(v.world, state, lens, plan);
        let base = base.get_or_insert_with(|| values.clone());
        out.push(Against {
            name: v.name,
            mean: values.iter().map(|x| mean(x)).collect(),
            difference: base
                .iter()
                .zip(&values)
                .map(|(a, b)| paired(a, b))
                .collect(),
            scale: base.iter().map(|a| scale(a)).collect(),
        });
        done(out.len());
    }
    out
}
