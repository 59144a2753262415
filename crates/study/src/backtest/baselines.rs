//! Forecasts that a theory has to beat.

use super::boosting::Boosted;
use raison_core::record::logit::logistic;
use raison_core::record::nested::{Nested, compose, outcome};
use raison_core::record::{CLASSES, PENALTIES, Penalties, RecordLens, Rows};
use raison_core::{About, Abstention, Lens, Parameter, Prepared, Question};
use std::sync::Arc;

static ABOUT: About = About {
    title: "Baseline",
    aliases: &[],
    claim: "A forecast without a theory.",
    citations: &[],
    traces: &[],
};

/// Triggers, and the ratio of capabilities.
const TRIGGER_POWER: [&str; 8] = [
    "trigger_violent",
    "trigger_indirect",
    "trigger_military",
    "trigger_internal",
    "trigger_external",
    "trigger_political",
    "trigger_soft",
    "power_ratio",
];
/// The state's own past.
const OWN: [&str; 4] = ["own_force", "own_alike_force", "own_show", "own_crises"];
/// The set of variables that was picked with all years in sight.
const PICKED: [&str; 21] = [
    "trigger_violent",
    "trigger_indirect",
    "trigger_military",
    "trigger_soft",
    "trigger_nonstate",
    "power_ratio",
    "adversary_superpower",
    "own_superpower",
    "long_war",
    "inside_war",
    "threat_territory",
    "threat_grave",
    "adversary_moved_violent",
    "adversary_moved_other",
    "own_alike_force",
    "leader_force",
    "dyad_force",
    "dyad_disputes",
    "combat",
    "rebel",
    "willingness",
];

/// Which baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Shares of the classes in training.
    BaseRate,
    /// Shares by trigger, shrunk to the base rate with the weight of two decisions.
    Trigger,
    /// Ridge logit on the trigger and the ratio of capabilities.
    TriggerPower,
    /// Ridge logit on the state's own past.
    OwnPast,
    /// Ridge logit on all variables.
    AllVariables,
    /// Gradient boosting on all variables.
    Boosting,
    /// Ridge logit on variables picked with all years in sight; not selection-clean.
    Picked,
}

/// A baseline.
#[derive(Clone)]
pub struct Baseline {
    kind: Kind,
    state: State,
}

#[derive(Clone)]
enum State {
    Unfitted,
    Shares(Vec<[f64; CLASSES]>, [f64; CLASSES]),
    Logits(Nested),
    Trees(Box<[Boosted; 3]>),
}

/// All of them, the weakest first.
pub fn all() -> Vec<Box<dyn RecordLens>> {
    use Kind::*;
    [
        BaseRate,
        Trigger,
        TriggerPower,
        OwnPast,
        AllVariables,
        Boosting,
        Picked,
    ]
    .into_iter()
    .map(|kind| {
        Box::new(Baseline {
            kind,
            state: State::Unfitted,
        }) as Box<dyn RecordLens>
    })
    .collect()
}

impl Baseline {
    fn uses(&self, name: &str) -> bool {
        match self.kind {
            Kind::BaseRate | Kind::Trigger => false,
            Kind::TriggerPower => TRIGGER_POWER.contains(&name),
            Kind::OwnPast => OWN.contains(&name),
            Kind::Picked => PICKED.contains(&name),
            Kind::AllVariables | Kind::Boosting => name != "trigger_code",
        }
    }

    fn design(&self, rows: &Rows, chosen: impl Iterator<Item = usize>) -> (Vec<f64>, usize) {
        let columns: Vec<usize> = (0..rows.names.len())
            .filter(|i| self.uses(rows.names[*i]))
            .collect();
        let mut x = Vec::new();
        for row in chosen {
            x.extend(columns.iter().map(|c| rows.of(row)[*c]));
        }
        (x, columns.len())
    }

    /// The trigger's code, 0 where all rows count as one.
    fn cell(&self, rows: &Rows, row: usize) -> usize {
        if self.kind == Kind::BaseRate {
            return 0;
        }
        let column = rows.column("trigger_code");
        let code = column
            .and_then(|c| rows.of(row).get(c))
            .copied()
            .unwrap_or(0.0);
        (code.max(0.0) as usize).min(9)
    }

    fn shares(&self, rows: &Rows, training: &[usize]) -> State {
        let mut all = [0.0; CLASSES];
        let mut cells = vec![[0.0; CLASSES]; 10];
        for row in training {
            let class = usize::from(rows.rows[*row].class).min(CLASSES - 1);
            all[class] += 1.0;
            cells[self.cell(rows, *row)][class] += 1.0;
        }
        let n = training.len().max(1) as f64;
        let base = all.map(|a| a / n);
        for cell in &mut cells {
            let n: f64 = cell.iter().sum();
            cell.iter_mut()
                .zip(base)
                .for_each(|(c, b)| *c = (*c + 2.0 * b) / (n + 2.0));
        }
        State::Shares(cells, base)
    }

    fn fitted(&self, rows: &Rows, training: &[usize], penalties: Penalties) -> Baseline {
        let state = match self.kind {
            Kind::BaseRate | Kind::Trigger => self.shares(rows, training),
            _ => {
                let (x, width) = self.design(rows, training.iter().copied());
                let classes: Vec<u8> = training.iter().map(|r| rows.rows[*r].class).collect();
                match self.kind {
                    Kind::Boosting => self.trees(&x, width, &classes, penalties),
                    _ => State::Logits(Nested::fit(&x, width, &classes, penalties)),
                }
            }
        };
        Baseline {
            kind: self.kind,
            state,
        }
    }

    fn trees(&self, x: &[f64], width: usize, classes: &[u8], rounds: Penalties) -> State {
        State::Trees(Box::new(std::array::from_fn(|c| {
            let (mut own, mut y) = (Vec::new(), Vec::new());
            for (i, class) in classes.iter().enumerate() {
                if let Some(o) = outcome(c, *class) {
                    own.extend_from_slice(&x[i * width..(i + 1) * width]);
                    y.push(o);
                }
            }
            Boosted::fit(&own, width, &y, rounds[c] as usize)
        })))
    }
}

impl Lens for Baseline {
    fn id(&self) -> &'static str {
        match self.kind {
            Kind::BaseRate => "base-rate",
            Kind::Trigger => "trigger",
            Kind::TriggerPower => "trigger+power",
            Kind::OwnPast => "own-past",
            Kind::AllVariables => "logit-all",
            Kind::Boosting => "boosting",
            Kind::Picked => "picked-with-all-years",
        }
    }

    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn parameters(&self) -> Vec<Parameter> {
        let p = |value| Parameter {
            id: "fitted",
            value,
            low: f64::MIN,
            high: f64::MAX,
            meaning: "",
        };
        match &self.state {
            State::Shares(cells, base) => {
                cells.iter().flatten().chain(base).map(|v| p(*v)).collect()
            }
            State::Logits(m) => {
                let logits = m
                    .logits
                    .iter()
                    .flat_map(|l| std::iter::once(&l.intercept).chain(&l.weights));
                logits.map(|v| p(*v)).collect()
            }
            State::Trees(trees) => trees.iter().flat_map(Boosted::leaves).map(p).collect(),
            State::Unfitted => Vec::new(),
        }
    }

    fn with_parameters(&self, _: &[f64]) -> Box<dyn Lens> {
        Box::new(self.clone())
    }

    fn prepare<'q>(&self, _: &'q Question) -> Result<Box<dyn Prepared + 'q>, Abstention> {
        Err(Abstention::new(
            "a baseline judges rows of the record only",
            "ask a lens",
        ))
    }
}

impl RecordLens for Baseline {
    fn fit(
        &self,
        rows: &Arc<Rows>,
        training: &[usize],
        penalties: Penalties,
    ) -> Box<dyn RecordLens> {
        Box::new(self.fitted(rows, training, penalties))
    }

    fn penalties(&self) -> &'static [f64] {
        match self.kind {
            Kind::BaseRate | Kind::Trigger => &[0.0],
            // Fixed, so that what has to be beaten stays what the reference protocol states.
            Kind::TriggerPower => &[10.0],
            Kind::OwnPast => &[1.0],
            Kind::AllVariables => &PENALTIES,
            // The reference protocol's C = .03.
            Kind::Picked => &[100.0 / 3.0],
            // Rounds of boosting: powers of two.
            Kind::Boosting => &[8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0],
        }
    }

    /// Fewer rounds of boosting are the first of more.
    fn path(
        &self,
        rows: &Arc<Rows>,
        training: &[usize],
        penalties: &[f64],
    ) -> Vec<Box<dyn RecordLens>> {
        let most = penalties.iter().copied().fold(0.0, f64::max);
        let longest = match (self.kind, penalties) {
            (Kind::Boosting, [_, _, ..]) => self.fitted(rows, training, [most; 3]),
            _ => {
                let one = |p: &f64| self.fit(rows, training, [*p; 3]);
                return penalties.iter().map(one).collect();
            }
        };
        let cut = |rounds: &f64| {
            let state = match &longest.state {
                State::Trees(trees) => {
                    let first = |c: usize| trees[c].first(*rounds as usize);
                    State::Trees(Box::new(std::array::from_fn(first)))
                }
                other => other.clone(),
            };
            let kind = self.kind;
            Box::new(Baseline { kind, state }) as Box<dyn RecordLens>
        };
        penalties.iter().map(cut).collect()
    }

    fn answer(&self, rows: &Rows, row: usize) -> [f64; CLASSES] {
        self.answers(rows, &[row])
            .first()
            .copied()
            .unwrap_or([0.25; CLASSES])
    }

    fn answers(&self, rows: &Rows, list: &[usize]) -> Vec<[f64; CLASSES]> {
        let (x, width) = self.design(rows, list.iter().copied());
        let one = |(i, row): (usize, &usize)| {
            let x = &x[i * width..(i + 1) * width];
            match &self.state {
                State::Shares(cells, base) => match self.cell(rows, *row) {
                    0 => *base,
                    cell => cells[cell],
                },
                State::Logits(model) => model.answer(x),
                State::Trees(trees) => {
                    compose(std::array::from_fn(|c| logistic(trees[c].score(x))))
                }
                State::Unfitted => [0.25; CLASSES],
            }
        };
        list.iter().enumerate().map(one).collect()
    }

    fn boxed(&self) -> Box<dyn Lens> {
        Box::new(self.clone())
    }

    fn copy(&self) -> Box<dyn RecordLens> {
        Box::new(self.clone())
    }

    fn rebuild(&self, _: &[f64]) -> Box<dyn RecordLens> {
        Box::new(self.clone())
    }
}
