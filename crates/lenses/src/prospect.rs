//! Prospect theory, a variant of the rational actor: gains and losses from a reference
//! point, losses loom larger, small chances are overweighted.
//!
//! Cumulative prospect theory (Tversky & Kahneman 1992) with their median parameters.
//! Those medians come from gambles for money; political value has no such unit and no
//! given reference point, so the lens answers under two reference points and three
//! scalings of value, and reports the mean of the six and each of them.

use crate::choice::{logit, signed, strongest_first, tremble, two};
use crate::parameters::{TREMBLE, with_values};
use crate::rational::{behind, has_values};
use crate::values::{criterion_weights, outcome_probabilities, outcome_value};
use raison_core::{
    About, Abstention, Check, Draw, Exhibit, Judgement, Lens, Parameter, Prepared, Question,
    Reason, Situation,
};

/// What the lens claims.
pub static ABOUT: About = About {
    title: "Prospect theory",
    aliases: &["rational:prospect"],
    claim: "The state weighs gains and losses from where it stands or aspires to stand: losses count more than gains, and it takes risks to avoid them.",
    citations: &["Tversky & Kahneman 1992", "Levy 1997", "McDermott 1998"],
    traces: crate::rational::ABOUT.traces,
};

const ALPHA: f64 = 0.88;
const LOSS_AVERSION: f64 = 2.25;
const GAMMA_GAINS: f64 = 0.61;
const GAMMA_LOSSES: f64 = 0.69;

/// The lens.
pub struct Prospect {
    parameters: Vec<Parameter>,
}

impl Default for Prospect {
    fn default() -> Self {
        let precision = Parameter {
            id: "precision",
            value: 10.0,
            low: 0.0,
            high: 1000.0,
            meaning: "logit precision per unit of prospect value; assumed 10, as in the rational lens",
        };
        Prospect {
            parameters: vec![precision, TREMBLE],
        }
    }
}

impl Lens for Prospect {
    fn id(&self) -> &'static str {
        "prospect"
    }

    fn stem(&self) -> &'static str {
        "rational"
    }

    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.parameters.clone()
    }

    fn with_parameters(&self, values: &[f64]) -> Box<dyn Lens> {
        Box::new(Prospect {
            parameters: with_values(&self.parameters, values),
        })
    }

    fn prepare<'q>(&self, question: &'q Question) -> Result<Box<dyn Prepared + 'q>, Abstention> {
        has_values(question)?;
        Ok(Box::new(Ready {
            question,
            precision: self.parameters[0].value,
            tremble: self.parameters[1].value,
        }))
    }
}

/// How distances from the reference point become the value function's argument.
const SCALINGS: [&str; 3] = ["compressed (square root)", "linear", "stretched (square)"];
const LINEAR: usize = 1;

/// Values of a distance under the three scalings, in the order of [`SCALINGS`]: size to
/// the powers α/2, α and 2α, losses times the loss aversion.
fn values(x: f64) -> [f64; 3] {
    let compressed = x.abs().powf(ALPHA / 2.0);
    let linear = compressed * compressed;
    let sign = if x >= 0.0 { 1.0 } else { -LOSS_AVERSION };
    [sign * compressed, sign * linear, sign * linear * linear]
}

/// Probability weighting, equation 6 of Tversky & Kahneman 1992.
fn weight(p: f64, gamma: f64) -> f64 {
    let p = p.clamp(0.0, 1.0);
    let (a, b) = (p.powf(gamma), (1.0 - p).powf(gamma));
    a / (a + b).powf(1.0 / gamma)
}

/// Values of a prospect of `(probability, distance from the reference)` under the three
/// scalings; rank-dependent within gains and within losses. Scalings keep the order of
/// outcomes, so the decision weights are the same under all three.
fn prospect(outcomes: &mut [(f64, f64)]) -> [f64; 3] {
    outcomes.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut total = [0.0; 3];
    let mut side = |list: &mut dyn Iterator<Item = &(f64, f64)>, gamma: f64| {
        let (mut before, mut weighed) = (0.0, 0.0);
        for (p, x) in list {
            before += p;
            let after = weight(before, gamma);
            let share = after - weighed;
            weighed = after;
            total
                .iter_mut()
                .zip(values(*x))
                .for_each(|(t, v)| *t += share * v);
        }
    };
    side(&mut outcomes.iter().filter(|(_, x)| *x >= 0.0), GAMMA_GAINS);
    side(
        &mut outcomes.iter().rev().filter(|(_, x)| *x < 0.0),
        GAMMA_LOSSES,
    );
    total
}

struct Ready<'q> {
    question: &'q Question,
    precision: f64,
    tremble: f64,
}

impl Ready<'_> {
    fn situation(&self) -> &Situation {
        &self.question.situation
    }

    /// Outcomes of every alternative as (probability, value).
    fn outcomes(&self, draw: Draw<'_>) -> Vec<Vec<(f64, f64)>> {
        let s = self.situation();
        let weights = criterion_weights(s, draw);
        s.alternatives
            .iter()
            .map(|a| {
                let p = outcome_probabilities(a, draw);
                (0..p.len())
                    .map(|o| (p[o], outcome_value(a, o, &weights, draw)))
                    .collect()
            })
            .collect()
    }

    /// The reference points: what the status quo is worth, and what is aspired to.
    fn references(&self, outcomes: &[Vec<(f64, f64)>], draw: Draw<'_>) -> [(f64, &'static str); 2] {
        let worth = |list: &[(f64, f64)]| list.iter().map(|(p, v)| p * v).sum::<f64>();
        let quo = match self.situation().status_quo {
            Some(at) => worth(&outcomes[at]),
            None => outcomes.iter().map(|o| worth(o)).sum::<f64>() / outcomes.len() as f64,
        };
        let aspired = draw.get_or(self.situation().aspiration, 0.5);
        [(quo, "status quo"), (aspired, "aspiration")]
    }

    /// Prospect values of every alternative, under each scaling.
    fn scores(outcomes: &[Vec<(f64, f64)>], reference: f64) -> [Vec<f64>; 3] {
        let mut out = [(); 3].map(|()| Vec::with_capacity(outcomes.len()));
        let mut moved = Vec::new();
        for list in outcomes {
            moved.clear();
            moved.extend(list.iter().map(|(p, v)| (*p, v - reference)));
            let worth = prospect(&mut moved);
            out.iter_mut()
                .zip(worth)
                .for_each(|(column, w)| column.push(w));
        }
        out
    }

    fn exhibit(&self, draw: Draw<'_>) -> Exhibit {
        let s = self.situation();
        let outcomes = self.outcomes(draw);
        let mut rows = Vec::new();
        for (reference, name) in self.references(&outcomes, draw) {
            for (scores, how) in Self::scores(&outcomes, reference).iter().zip(SCALINGS) {
                let (first, second) = s.first_two(scores);
                rows.push(vec![
                    format!("{name} ({})", two(reference)),
                    how.to_owned(),
                    s.alternatives[first].title.clone(),
                    s.alternatives[second].title.clone(),
                    two(scores[first] - scores[second]),
                ]);
            }
        }
        Exhibit::Table {
            title: "Under two reference points and three scalings".to_owned(),
            columns: ["reference point", "scaling of value", "leads", "next", "by"]
                .map(String::from)
                .to_vec(),
            rows,
            note: "parameters are medians from gambles for money (Tversky & Kahneman 1992)"
                .to_owned(),
        }
    }

    fn reasons(&self, draw: Draw<'_>, probabilities: &[f64]) -> Vec<Reason> {
        let s = self.situation();
        let outcomes = self.outcomes(draw);
        let (first, second) = s.first_two(probabilities);
        let mut reasons = Vec::new();
        for (reference, name) in self.references(&outcomes, draw) {
            let scores = &Self::scores(&outcomes, reference)[LINEAR];
            let mut reason = Reason::new(
                format!(
                    "seen from the {name} ({}), `{}` is worth {} and `{}` {}",
                    two(reference),
                    s.alternatives[first].id,
                    signed(scores[first]),
                    s.alternatives[second].id,
                    signed(scores[second])
                ),
                scores[first] - scores[second],
            );
            if let Some(num) = s.aspiration.filter(|_| name == "aspiration") {
                reason = reason.on(num);
            }
            for at in [first, second] {
                reason = reason.part(self.shape(at, reference, &outcomes));
            }
            let numbers = s.criteria.iter().map(|c| c.weight);
            reasons.push(reason.on_all(numbers));
        }
        strongest_first(&mut reasons);
        reasons
    }

    fn shape(&self, at: usize, reference: f64, outcomes: &[Vec<(f64, f64)>]) -> Reason {
        let a = &self.situation().alternatives[at];
        let loss: f64 = outcomes[at]
            .iter()
            .filter(|(_, v)| *v < reference)
            .map(|(p, _)| p)
            .sum();
        let text = format!("`{}` ends in a loss with probability {}", a.id, two(loss));
        let numbers = (0..self.situation().criteria.len()).flat_map(|c| behind(a, c));
        Reason::new(text, -loss).on_all(numbers)
    }
}

impl Prepared for Ready<'_> {
    fn probabilities(&self, draw: Draw<'_>, out: &mut [f64]) {
        let outcomes = self.outcomes(draw);
        let mut one = vec![0.0; out.len()];
        out.fill(0.0);
        for (reference, _) in self.references(&outcomes, draw) {
            for scores in Self::scores(&outcomes, reference) {
                logit(&scores, self.precision, |_| true, &mut one);
                out.iter_mut().zip(&one).for_each(|(o, p)| *o += p / 6.0);
            }
        }
        tremble(out, self.tremble, |_| true);
    }

    fn judge(&self, draw: Draw<'_>) -> Judgement {
        let s = self.situation();
        let mut probabilities = vec![0.0; s.alternatives.len()];
        self.probabilities(draw, &mut probabilities);
        let outcomes = self.outcomes(draw);
        let leaders: Vec<usize> = self
            .references(&outcomes, draw)
            .iter()
            .flat_map(|(r, _)| Self::scores(&outcomes, *r).map(|p| s.leading(&p)))
            .collect();
        let lead = s.leading(&probabilities);
        let apart = leaders.iter().filter(|l| **l != lead).count() as f64 / 6.0;
        Judgement {
            reasons: self.reasons(draw, &probabilities),
            check: Check {
                name: "disagreement",
                value: apart,
                tolerance: 0.5,
                meaning: "share of the six codings of reference point and scaling in which another alternative leads".to_owned(),
            },
            exhibits: vec![self.exhibit(draw)],
            probabilities,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tversky & Kahneman 1992, section 2.3: the weighting function at their medians.
    #[test]
    fn weights_overweight_small_chances() {
        assert!((weight(0.1, GAMMA_GAINS) - 0.186).abs() < 1e-3);
        assert!((weight(0.9, GAMMA_GAINS) - 0.712).abs() < 1e-3);
        assert!((weight(0.5, GAMMA_LOSSES) - 0.454).abs() < 1e-3);
        assert_eq!(weight(1.0, GAMMA_GAINS), 1.0);
    }

    #[test]
    fn losses_loom_larger_and_sure_gains_are_kept() {
        let sure = prospect(&mut [(1.0, 0.5)])[LINEAR];
        let gamble = prospect(&mut [(0.5, 1.0), (0.5, 0.0)])[LINEAR];
        assert!(sure > gamble, "risk aversion in gains");
        let sure_loss = prospect(&mut [(1.0, -0.5)])[LINEAR];
        let gamble_loss = prospect(&mut [(0.5, -1.0), (0.5, 0.0)])[LINEAR];
        assert!(gamble_loss > sure_loss, "risk seeking in losses");
        assert!((sure_loss + LOSS_AVERSION * sure).abs() < 1e-12);
    }
}
