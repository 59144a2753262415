//! The unitary rational actor: subjective expected multi-attribute utility.
//!
//! Expected utility over outcomes (von Neumann & Morgenstern 1944; Savage 1954), values
//! added over criteria (Keeney & Raiffa 1976), constant absolute risk aversion, logit
//! choice. Allison's Model I (Allison 1969; Allison & Zelikow 1999).

use crate::choice::{logit, rival, strongest_first, tremble, two};
use crate::parameters::{TREMBLE, with_values};
use crate::values::{criterion_weights, expected_on, outcome_probabilities, outcome_value};
use raison_core::choice::coarse;
use raison_core::{
    About, Abstention, Check, Draw, Exhibit, Judgement, Lens, Num, Parameter, Prepared, Question,
    Reason, Trace,
};

/// What the lens claims.
pub static ABOUT: About = About {
    title: "Rational actor",
    aliases: &["model-1", "unitary"],
    claim: "The state acts as one: it compares the expected value of each alternative against its aims and tends to take the best.",
    citations: &[
        "Allison 1969",
        "Allison & Zelikow 1999, ch. 1",
        "Keeney & Raiffa 1976",
    ],
    traces: TRACES,
};

const TRACES: &[Trace] = &[
    Trace {
        id: "alternatives-compared",
        expected: true,
        text: "several alternatives were compared against stated aims before the choice",
    },
    Trace {
        id: "consequences-estimated",
        expected: true,
        text: "consequences or chances were estimated for the main alternatives",
    },
    Trace {
        id: "information-before-choice",
        expected: true,
        text: "the choice followed the information, and moved when it changed",
    },
    Trace {
        id: "choice-before-analysis",
        expected: false,
        text: "the choice was fixed before the alternatives were compared",
    },
    Trace {
        id: "option-refused-comparison",
        expected: false,
        text: "an alternative was refused without a look at its consequences",
    },
];

/// The lens.
pub struct Rational {
    parameters: Vec<Parameter>,
}

impl Default for Rational {
    fn default() -> Self {
        let precision = Parameter {
            id: "precision",
            value: 10.0,
            low: 0.0,
            high: 1000.0,
            meaning: "logit precision per unit of value (0..1); at the assumed 10 an advantage of 0.1 makes a choice e times as likely",
        };
        Rational {
            parameters: vec![precision, TREMBLE],
        }
    }
}

impl Lens for Rational {
    fn id(&self) -> &'static str {
        "rational"
    }

    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.parameters.clone()
    }

    fn with_parameters(&self, values: &[f64]) -> Box<dyn Lens> {
        Box::new(Rational {
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

/// Whether a question states criteria and outcomes.
pub(crate) fn has_values(question: &Question) -> Result<(), Abstention> {
    let s = &question.situation;
    if s.criteria.is_empty() || s.alternatives.iter().any(|a| a.outcomes.is_empty()) {
        return Err(Abstention::new(
            "the case states no outcomes with values on criteria",
            "add `[[criteria]]` and `[[alternatives.outcomes]]` with `probability` and `values`",
        ));
    }
    Ok(())
}

struct Ready<'q> {
    question: &'q Question,
    precision: f64,
    tremble: f64,
}

/// Utility of a value in 0..1 under constant absolute risk aversion `a`, scaled so that
/// 0 and 1 stay where they are (Pratt 1964).
fn cara(value: f64, a: f64) -> f64 {
    if a.abs() < 1e-9 {
        value
    } else {
        -(-a * value).exp_m1() / -(-a).exp_m1()
    }
}

impl Ready<'_> {
    fn risk(&self, draw: Draw<'_>) -> f64 {
        draw.get_or(self.question.situation.risk_aversion, 0.0)
    }

    fn utilities(&self, draw: Draw<'_>) -> Vec<f64> {
        let s = &self.question.situation;
        let weights = criterion_weights(s, draw);
        let risk = self.risk(draw);
        s.alternatives
            .iter()
            .map(|a| {
                let p = outcome_probabilities(a, draw);
                (0..a.outcomes.len())
                    .map(|o| p[o] * cara(outcome_value(a, o, &weights, draw), risk))
                    .sum()
            })
            .collect()
    }

    fn reasons(&self, draw: Draw<'_>, utilities: &[f64]) -> Vec<Reason> {
        let s = &self.question.situation;
        let weights = criterion_weights(s, draw);
        let (first, second) = s.first_two(utilities);
        let (a, b) = (&s.alternatives[first], &s.alternatives[second]);
        let mut explained = 0.0;
        let mut reasons: Vec<Reason> = s
            .criteria
            .iter()
            .enumerate()
            .map(|(c, criterion)| {
                let (x, y) = (expected_on(a, c, draw), expected_on(b, c, draw));
                let gain = weights[c] * (x - y);
                explained += gain;
                let verdict = if coarse(gain) >= 0.0 {
                    "better"
                } else {
                    "worse"
                };
                Reason::new(
                    format!(
                        "`{}` does {verdict} than `{}` on “{}”: {} against {}, at weight {}",
                        a.id,
                        b.id,
                        criterion.title,
                        two(x),
                        two(y),
                        two(weights[c])
                    ),
                    gain,
                )
                .on(criterion.weight)
                .on_all(behind(a, c))
                .on_all(behind(b, c))
            })
            .collect();
        let rest = utilities[first] - utilities[second] - explained;
        if let Some(risk) = s.risk_aversion
            && rest.abs() > 1e-9
        {
            let text = format!(
                "the attitude to risk (absolute risk aversion {}) moves the comparison by {:+.3}",
                two(draw.get(risk)),
                coarse(rest)
            );
            reasons.push(Reason::new(text, rest).on(risk));
        }
        strongest_first(&mut reasons);
        reasons
    }

    /// One reason for each criterion on which the two differ by what can be shown.
    fn speaks_for(&self, draw: Draw<'_>, alternative: usize) -> Vec<Reason> {
        let s = &self.question.situation;
        let weights = criterion_weights(s, draw);
        let other = rival(s, &self.utilities(draw), alternative);
        let (a, b) = (&s.alternatives[alternative], &s.alternatives[other]);
        let mut reasons: Vec<Reason> = s
            .criteria
            .iter()
            .enumerate()
            .filter_map(|(c, criterion)| {
                let (x, y) = (expected_on(a, c, draw), expected_on(b, c, draw));
                let text = format!(
                    "“{}” {} against {} of `{}`, at weight {}",
                    criterion.title,
                    two(x),
                    two(y),
                    b.id,
                    two(weights[c])
                );
                let reason = Reason::new(text, weights[c] * (x - y)).on(criterion.weight);
                (two(x) != two(y)).then(|| reason.on_all(behind(a, c)).on_all(behind(b, c)))
            })
            .collect();
        strongest_first(&mut reasons);
        reasons
    }

    fn exhibit(&self, draw: Draw<'_>, utilities: &[f64]) -> Exhibit {
        let s = &self.question.situation;
        let mut columns = vec!["alternative".to_owned(), "expected utility".to_owned()];
        columns.extend(s.criteria.iter().map(|c| c.title.clone()));
        let rows = s
            .alternatives
            .iter()
            .zip(utilities)
            .map(|(a, u)| {
                let mut row = vec![a.title.clone(), two(*u)];
                row.extend((0..s.criteria.len()).map(|c| two(expected_on(a, c, draw))));
                row
            })
            .collect();
        Exhibit::Table {
            title: "Expected value of each alternative".to_owned(),
            columns,
            rows,
            note: format!(
                "0 worst, 1 best on each criterion; absolute risk aversion {}",
                two(self.risk(draw))
            ),
        }
    }
}

/// The numbers behind an expected value on one criterion.
pub(crate) fn behind(a: &raison_core::Alternative, criterion: usize) -> Vec<Num> {
    a.outcomes
        .iter()
        .flat_map(|o| [o.probability, o.values[criterion]])
        .collect()
}

impl Prepared for Ready<'_> {
    fn probabilities(&self, draw: Draw<'_>, out: &mut [f64]) {
        logit(&self.utilities(draw), self.precision, |_| true, out);
        tremble(out, self.tremble, |_| true);
    }

    fn judge(&self, draw: Draw<'_>) -> Judgement {
        let utilities = self.utilities(draw);
        let mut probabilities = vec![0.0; utilities.len()];
        self.probabilities(draw, &mut probabilities);
        let best = utilities.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let expected: f64 = utilities
            .iter()
            .zip(&probabilities)
            .map(|(u, p)| u * p)
            .sum();
        Judgement {
            reasons: self.reasons(draw, &utilities),
            check: Check {
                name: "regret",
                value: best - expected,
                tolerance: 1.0,
                meaning: "expected utility lost, on the 0..1 scale, by choosing with this precision instead of always taking the best".to_owned(),
            },
            exhibits: vec![self.exhibit(draw, &utilities)],
            probabilities,
        }
    }

    fn speaks(&self, draw: Draw<'_>, alternative: usize) -> Vec<Reason> {
        self.speaks_for(draw, alternative)
    }
}

#[cfg(test)]
mod tests {
    use super::cara;

    #[test]
    fn risk_aversion_is_concave_and_keeps_its_ends() {
        for a in [-3.0, 0.0, 1e-12, 2.0] {
            assert!(cara(0.0, a).abs() < 1e-12);
            assert!((cara(1.0, a) - 1.0).abs() < 1e-9);
        }
        assert!(
            cara(0.5, 2.0) > 0.5,
            "averse: the sure middle is worth more"
        );
        assert!(cara(0.5, -2.0) < 0.5, "seeking: less");
        // (1 - e^-1) / (1 - e^-2)
        assert!((cara(0.5, 2.0) - 0.731_058_578_630_005).abs() < 1e-12);
    }
}
