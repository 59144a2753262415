//! Answering a question of the record.

use raison_core::record::{CLASSES, RESPONSES};
use raison_core::{Abstention, Check, Draw, Judgement, Num, Prepared, Question, Reason};
use std::collections::HashMap;

/// How much one term moved the log-odds of force, and what it rests on.
pub struct Contribution {
    /// Covariates.
    pub covariates: Vec<String>,
    /// What it is.
    pub label: String,
    /// Change of the log-odds of force against the average decision.
    pub weight: f64,
}

impl Contribution {
    /// Of one covariate, or two.
    pub fn of(name: &str, times: Option<&str>, label: &str, weight: f64) -> Self {
        Contribution {
            covariates: std::iter::once(name)
                .chain(times)
                .map(str::to_owned)
                .collect(),
            label: label.to_owned(),
            weight,
        }
    }
}

/// Where there are no fitted parameters.
pub fn unfitted() -> Abstention {
    Abstention::new(
        "the lens has not been fitted on decisions of the record",
        "`raison study backtest` fits it",
    )
}

type Model<'q> =
    dyn Fn(&dyn Fn(&str) -> f64) -> ([f64; CLASSES], Vec<Contribution>) + Send + Sync + 'q;

struct Ready<'q> {
    numbers: HashMap<&'q str, Num>,
    /// The class of every alternative.
    classes: Vec<Option<usize>>,
    model: Box<Model<'q>>,
}

/// Prepares a question whose covariates are inputs `record.NAME`.
pub fn prepare<'q>(
    question: &'q Question,
    model: impl Fn(&dyn Fn(&str) -> f64) -> ([f64; CLASSES], Vec<Contribution>) + Send + Sync + 'q,
) -> Result<Box<dyn Prepared + 'q>, Abstention> {
    let numbers: HashMap<&str, Num> = question
        .inputs
        .iter()
        .filter_map(|(num, input)| Some((input.path.strip_prefix("record.")?, num)))
        .collect();
    if numbers.is_empty() {
        return Err(Abstention::new(
            "the case has no covariates of the crisis record",
            "name a crisis by its address, such as `icb:196:USA`",
        ));
    }
    let classes = question.situation.alternatives.iter();
    let classes = classes
        .map(|a| RESPONSES.iter().position(|(id, _, _)| *id == a.id))
        .collect();
    Ok(Box::new(Ready {
        numbers,
        classes,
        model: Box::new(model),
    }))
}

impl Ready<'_> {
    fn ask(&self, draw: Draw<'_>) -> ([f64; CLASSES], Vec<Contribution>) {
        let value = |name: &str| self.numbers.get(name).map_or(f64::NAN, |n| draw.get(*n));
        (self.model)(&value)
    }

    fn place(&self, p: &[f64; CLASSES], out: &mut [f64]) {
        for (slot, class) in out.iter_mut().zip(&self.classes) {
            *slot = class.and_then(|c| p.get(c)).copied().unwrap_or(0.0);
        }
    }

    fn reason(&self, c: &Contribution, force: bool) -> Reason {
        let way = if c.weight >= 0.0 { "raises" } else { "lowers" };
        let text = format!(
            "{}: {way} the log-odds of force by {:.2}",
            c.label,
            c.weight.abs()
        );
        let nums = c
            .covariates
            .iter()
            .filter_map(|n| self.numbers.get(n.as_str()).copied());
        Reason::new(text, if force { c.weight } else { -c.weight }).on_all(nums)
    }
}

impl Prepared for Ready<'_> {
    fn probabilities(&self, draw: Draw<'_>, out: &mut [f64]) {
        self.place(&self.ask(draw).0, out);
    }

    fn judge(&self, draw: Draw<'_>) -> Judgement {
        let (p, mut contributions) = self.ask(draw);
        contributions.retain(|c| c.weight.abs() >= 0.005);
        contributions.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        let force = p[2].max(p[3]) > p[0].max(p[1]);
        let mut probabilities = vec![0.0; self.classes.len()];
        self.place(&p, &mut probabilities);
        Judgement {
            reasons: contributions
                .iter()
                .map(|c| self.reason(c, force))
                .collect(),
            check: Check {
                name: "residual",
                value: (probabilities.iter().sum::<f64>() - 1.0).abs(),
                tolerance: 1e-9,
                meaning: "how far the probabilities are from summing to 1".to_owned(),
            },
            exhibits: Vec::new(),
            probabilities,
        }
    }
}
