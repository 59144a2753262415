//! A lens whose record form weighs terms: log-odds of three contrasts, linear in what the
//! theory looks at.

use super::interned::intern;
use super::ready::{self, Contribution};
use raison_core::record::nested::{CONTRASTS, Nested, Scale};
use raison_core::record::{CLASSES, Penalties, RecordLens, Rows};
use raison_core::{About, Abstention, Lens, Parameter, Prepared, Question};
use std::sync::Arc;

/// Something that the theory looks at.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// Covariate.
    pub name: &'static str,
    /// Covariate that it is multiplied with.
    pub times: Option<&'static str>,
    /// What it is, in a reason.
    pub label: &'static str,
}

/// A plain term.
pub const fn t(name: &'static str, label: &'static str) -> Term {
    Term {
        name,
        times: None,
        label,
    }
}

/// A product of two.
pub const fn both(name: &'static str, times: &'static str, label: &'static str) -> Term {
    Term {
        name,
        times: Some(times),
        label,
    }
}

/// What every lens sees: the act that set the crisis off.
pub const TRIGGER: [Term; 7] = [
    t("trigger_violent", "a violent act set the crisis off"),
    t(
        "trigger_indirect",
        "violence against others set the crisis off",
    ),
    t(
        "trigger_military",
        "a military act without violence set the crisis off",
    ),
    t("trigger_internal", "a challenge at home set the crisis off"),
    t("trigger_external", "a change outside set the crisis off"),
    t("trigger_political", "a political act set the crisis off"),
    t(
        "trigger_soft",
        "words or an economic act set the crisis off",
    ),
];

/// The act that set the crisis off is common ground, so it is never penalised by more than
/// a standard normal prior does: a theory whose own terms tell nothing falls back to the
/// answer by trigger.
const CAP: f64 = 1.0;

impl Term {
    fn id(&self) -> String {
        match self.times {
            None => self.name.to_owned(),
            Some(other) => format!("{}*{other}", self.name),
        }
    }

    /// Its value where `value` gives a covariate's.
    fn at(&self, value: &mut impl FnMut(&str) -> f64) -> f64 {
        value(self.name) * self.times.map_or(1.0, value)
    }
}

/// A lens over terms.
#[derive(Clone)]
pub struct Linear {
    id: &'static str,
    about: &'static About,
    terms: Vec<Term>,
    model: Option<Nested>,
}

impl Linear {
    /// An unfitted lens.
    pub fn new(id: &'static str, about: &'static About, parts: &[&[Term]]) -> Self {
        Linear {
            id,
            about,
            terms: parts.concat(),
            model: None,
        }
    }

    fn design(&self, rows: &Rows, chosen: impl Iterator<Item = usize>) -> Vec<f64> {
        let at: Vec<(Option<usize>, Option<Option<usize>>)> = self
            .terms
            .iter()
            .map(|t| (rows.column(t.name), t.times.map(|n| rows.column(n))))
            .collect();
        let mut x = Vec::new();
        for row in chosen {
            let values = rows.of(row);
            let get =
                |c: &Option<usize>| c.and_then(|c| values.get(c)).copied().unwrap_or(f64::NAN);
            x.extend(at.iter().map(|(a, b)| get(a) * b.as_ref().map_or(1.0, get)));
        }
        x
    }

    fn blank(&self) -> Nested {
        let mut blank = Nested {
            scales: vec![
                Scale {
                    middle: 0.0,
                    mean: 0.0,
                    sd: 1.0
                };
                self.terms.len()
            ],
            ..Nested::default()
        };
        for logit in &mut blank.logits {
            logit.weights = vec![0.0; self.terms.len()];
        }
        blank
    }

    /// Log-odds per unit of a term, and the log-odds at zero.
    fn natural(model: &Nested, contrast: usize) -> (f64, Vec<f64>) {
        let logit = &model.logits[contrast];
        let weights: Vec<f64> = logit
            .weights
            .iter()
            .zip(&model.scales)
            .map(|(w, s)| w / s.sd)
            .collect();
        let shift: f64 = weights
            .iter()
            .zip(&model.scales)
            .map(|(w, s)| w * s.mean)
            .sum();
        (logit.intercept - shift, weights)
    }
}

impl Lens for Linear {
    fn id(&self) -> &'static str {
        self.id
    }

    fn about(&self) -> &'static About {
        self.about
    }

    fn parameters(&self) -> Vec<Parameter> {
        let blank = self.blank();
        let model = self.model.as_ref().unwrap_or(&blank);
        let mut out = Vec::new();
        let p = |id: String, value, low, high, meaning| Parameter {
            id: intern(id),
            value,
            low,
            high,
            meaning,
        };
        for (c, (contrast, meaning)) in CONTRASTS.iter().enumerate() {
            let (intercept, weights) = Linear::natural(model, c);
            out.push(p(
                format!("intercept.{contrast}"),
                intercept,
                -1e6,
                1e6,
                meaning,
            ));
            for (t, w) in self.terms.iter().zip(weights) {
                out.push(p(format!("{}.{contrast}", t.id()), w, -1e6, 1e6, t.label));
            }
        }
        for (t, s) in self.terms.iter().zip(&model.scales) {
            out.push(p(
                format!("{}.missing", t.id()),
                s.middle,
                -1e6,
                1e6,
                "stands in where it is missing",
            ));
            out.push(p(
                format!("{}.mean", t.id()),
                s.mean,
                -1e6,
                1e6,
                "mean in training, from which reasons are counted",
            ));
        }
        out
    }

    fn with_parameters(&self, values: &[f64]) -> Box<dyn Lens> {
        Box::new(self.rebuilt(values))
    }

    fn calibrated(&self) -> bool {
        self.model.is_some()
    }

    fn prepare<'q>(&self, question: &'q Question) -> Result<Box<dyn Prepared + 'q>, Abstention> {
        let model = self.model.clone().ok_or_else(ready::unfitted)?;
        let terms = self.terms.clone();
        ready::prepare(question, move |value, contrast| {
            let x: Vec<f64> = terms
                .iter()
                .map(|t| t.at(&mut |n: &str| value(n)))
                .collect();
            let Some(contrast) = contrast else {
                return (model.answer(&x), Vec::new());
            };
            let z = model.standardised(&x);
            let contributions = terms
                .iter()
                .zip(&model.logits[contrast].weights)
                .zip(&z)
                .map(|((t, w), z)| Contribution::of(t.name, t.times, t.label, w * z))
                .collect();
            (model.answer(&x), contributions)
        })
    }
}

impl Linear {
    fn rebuilt(&self, values: &[f64]) -> Linear {
        let n = self.terms.len();
        let mut own: Vec<f64> = self.parameters().iter().map(|p| p.value).collect();
        own.iter_mut()
            .zip(values)
            .filter(|(_, v)| v.is_finite())
            .for_each(|(o, v)| *o = v.clamp(-1e6, 1e6));
        let mut model = self.blank();
        let tail = own.get(3 * (n + 1)..).unwrap_or_default();
        for (scale, pair) in model.scales.iter_mut().zip(tail.chunks_exact(2)) {
            *scale = Scale {
                middle: pair[0],
                mean: pair[1],
                sd: 1.0,
            };
        }
        for (logit, part) in model.logits.iter_mut().zip(own.chunks(n + 1)) {
            logit.weights = part[1..].to_vec();
            let shift: f64 = logit
                .weights
                .iter()
                .zip(&model.scales)
                .map(|(w, s)| w * s.mean)
                .sum();
            logit.intercept = part[0] + shift;
        }
        Linear {
            model: Some(model),
            ..self.clone()
        }
    }
}

impl RecordLens for Linear {
    fn fit(
        &self,
        rows: &Arc<Rows>,
        training: &[usize],
        penalties: Penalties,
    ) -> Box<dyn RecordLens> {
        let x = self.design(rows, training.iter().copied());
        let classes: Vec<u8> = training.iter().map(|r| rows.rows[*r].class).collect();
        let (width, common) = (self.terms.len(), TRIGGER.len());
        let model = Nested::fit_capped(&x, width, &classes, penalties, common, CAP);
        Box::new(Linear {
            model: Some(model),
            ..self.clone()
        })
    }

    fn answer(&self, rows: &Rows, row: usize) -> [f64; CLASSES] {
        self.answers(rows, &[row])
            .first()
            .copied()
            .unwrap_or([0.25; CLASSES])
    }

    fn answers(&self, rows: &Rows, list: &[usize]) -> Vec<[f64; CLASSES]> {
        let x = self.design(rows, list.iter().copied());
        let one = |x: &[f64]| self.model.as_ref().map_or([0.25; CLASSES], |m| m.answer(x));
        x.chunks(self.terms.len().max(1)).map(one).collect()
    }

    fn boxed(&self) -> Box<dyn Lens> {
        Box::new(self.clone())
    }

    fn copy(&self) -> Box<dyn RecordLens> {
        Box::new(self.clone())
    }

    fn rebuild(&self, values: &[f64]) -> Box<dyn RecordLens> {
        Box::new(self.rebuilt(values))
    }
}
