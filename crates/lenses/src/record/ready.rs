//! Answering a question of the record.
//!
//! Reasons speak of one contrast of the tree: the one at which what leads and its runner-up
//! part. Where a show of force leads and no military response is second, what speaks for
//! force decides nothing between them.

use raison_core::record::{CLASSES, RESPONSES, nested};
use raison_core::{Abstention, Check, Draw, Judgement, Num, Prepared, Question, Reason};
use std::collections::HashMap;

/// How much one term moved the log-odds of a contrast, and what it rests on.
pub struct Contribution {
    /// Covariates.
    pub covariates: Vec<String>,
    /// What it is.
    pub label: String,
    /// Change of the log-odds of the contrast against the average decision.
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

/// Probabilities of the classes, and what moved one contrast where one is named.
type Model<'q> = dyn Fn(&dyn Fn(&str) -> f64, Option<usize>) -> ([f64; CLASSES], Vec<Contribution>)
    + Send
    + Sync
    + 'q;

/// What the log-odds of each contrast are of, in words.
pub const OF: [&str; 3] = [
    "force",
    "a military response rather than none, short of force",
    "several means rather than force alone",
];

/// What leads, its runner-up, and the contrast at which they part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parting {
    /// Class with the highest probability.
    pub leader: usize,
    /// Class with the second highest.
    pub second: usize,
    /// Contrast of the tree.
    pub contrast: usize,
}

impl Parting {
    /// Of some probabilities.
    pub fn of(p: &[f64; CLASSES]) -> Parting {
        let mut order: [usize; CLASSES] = std::array::from_fn(|i| i);
        order.sort_by(|a, b| p[*b].total_cmp(&p[*a]));
        let (leader, second) = (order[0], order[1]);
        let side = |c: usize, class: usize| nested::outcome(c, class as u8);
        let parts = |c: &usize| match (side(*c, leader), side(*c, second)) {
            (Some(a), Some(b)) => a != b,
            _ => false,
        };
        Parting {
            leader,
            second,
            contrast: (0..OF.len()).find(parts).unwrap_or(0),
        }
    }

    /// 1 where the contrast holds of what leads, −1 where it does not.
    pub fn sign(self) -> f64 {
        match nested::outcome(self.contrast, self.leader as u8) {
            Some(true) => 1.0,
            _ => -1.0,
        }
    }
}

struct Ready<'q> {
    numbers: HashMap<&'q str, Num>,
    /// The class of every alternative.
    classes: Vec<Option<usize>>,
    model: Box<Model<'q>>,
}

/// Prepares a question whose covariates are inputs `record.NAME`.
pub fn prepare<'q>(
    question: &'q Question,
    model: impl Fn(&dyn Fn(&str) -> f64, Option<usize>) -> ([f64; CLASSES], Vec<Contribution>)
    + Send
    + Sync
    + 'q,
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
    fn ask(&self, draw: Draw<'_>, contrast: Option<usize>) -> ([f64; CLASSES], Vec<Contribution>) {
        let value = |name: &str| self.numbers.get(name).map_or(f64::NAN, |n| draw.get(*n));
        (self.model)(&value, contrast)
    }

    fn place(&self, p: &[f64; CLASSES], out: &mut [f64]) {
        for (slot, class) in out.iter_mut().zip(&self.classes) {
            *slot = class.and_then(|c| p.get(c)).copied().unwrap_or(0.0);
        }
    }

    fn reason(&self, c: &Contribution, at: Parting) -> Reason {
        let way = if c.weight >= 0.0 { "raises" } else { "lowers" };
        let text = format!(
            "{}: {way} the log-odds of {} by {:.2}",
            c.label,
            OF[at.contrast],
            c.weight.abs()
        );
        let nums = c
            .covariates
            .iter()
            .filter_map(|n| self.numbers.get(n.as_str()).copied());
        Reason::new(text, at.sign() * c.weight).on_all(nums)
    }

    /// What is said where nothing that the lens reads tells the contrast.
    fn idle(&self, contributions: &[Contribution], at: Parting) -> Reason {
        let text = format!(
            "nothing that this lens reads moves the log-odds of {} by 0.005 or more",
            OF[at.contrast]
        );
        let names = contributions.iter().flat_map(|c| &c.covariates);
        let nums = names.filter_map(|n| self.numbers.get(n.as_str()).copied());
        Reason::new(text, 0.0).on_all(nums)
    }
}

impl Prepared for Ready<'_> {
    fn probabilities(&self, draw: Draw<'_>, out: &mut [f64]) {
        self.place(&self.ask(draw, None).0, out);
    }

    fn judge(&self, draw: Draw<'_>) -> Judgement {
        let (p, _) = self.ask(draw, None);
        let at = Parting::of(&p);
        let (_, mut contributions) = self.ask(draw, Some(at.contrast));
        let idle = self.idle(&contributions, at);
        contributions.retain(|c| c.weight.abs() >= 0.005);
        contributions.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        let mut probabilities = vec![0.0; self.classes.len()];
        self.place(&p, &mut probabilities);
        Judgement {
            reasons: match contributions.is_empty() {
                true => vec![idle],
                false => contributions.iter().map(|c| self.reason(c, at)).collect(),
            },
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_speak_of_what_parts_the_leader_from_the_runner_up() {
        let at = |p| {
            let at = Parting::of(&p);
            (at.leader, at.second, at.contrast, at.sign())
        };
        assert_eq!(at([0.2, 0.3, 0.1, 0.4]), (3, 1, 0, 1.0));
        assert_eq!(at([0.3, 0.4, 0.1, 0.2]), (1, 0, 1, 1.0));
        assert_eq!(at([0.4, 0.3, 0.1, 0.2]), (0, 1, 1, -1.0));
        assert_eq!(at([0.1, 0.2, 0.3, 0.4]), (3, 2, 2, -1.0));
        assert_eq!(at([0.4, 0.1, 0.3, 0.2]), (0, 2, 0, -1.0));
    }
}
