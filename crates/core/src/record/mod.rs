//! Decisions of the record: rows of covariates that were known before a response, and
//! lenses that can be fitted on them.
//!
//! A [`Rows`] table holds one row for each decision. Every number in it was fixed before
//! the response; the responses stand beside it so that a lens can be fitted, and
//! [`Rows::sees`] says which of them a row may look back to.

pub mod lbfgs;
pub mod logit;
pub mod nested;

use crate::lens::Lens;
use std::sync::Arc;

/// How many response classes there are.
pub const CLASSES: usize = 4;

/// The response classes: id, title, codes of the major response.
///
/// They are nominal: code 9 (several techniques including violence) is no rung below 8.
pub const RESPONSES: [(&str, &str, &[u8]); CLASSES] = [
    ("no-force", "No military response", &[1, 2, 3, 4, 5]),
    ("show-force", "Military, without violence", &[6, 7]),
    (
        "force-among-others",
        "Several means, violence among them",
        &[9],
    ),
    ("force", "Violent military response", &[8]),
];

/// The class of a code of the major response, 1 to 9.
pub fn class_of(majres: i32) -> Option<u8> {
    let code = u8::try_from(majres).ok()?;
    let at = RESPONSES
        .iter()
        .position(|(_, _, codes)| codes.contains(&code))?;
    Some(at as u8)
}

/// Whether a class is a use of force (codes 8 and 9).
pub fn is_force(class: u8) -> bool {
    class >= 2
}

/// A response that cannot be used: nothing is known of it.
pub const UNKNOWN: u8 = u8::MAX;

/// One decision, apart from its covariates.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Number of the actor's row.
    pub actor: i32,
    /// Number of the crisis.
    pub crisis: i32,
    /// Three-letter code of the state that decides.
    pub state: Arc<str>,
    /// Numeric code of the state that decides.
    pub code: i32,
    /// Name of the crisis and the leader, for reasons.
    pub title: Arc<str>,
    /// The leader in office, where known.
    pub leader: Option<Arc<str>>,
    /// Year in which the crisis as a whole began.
    pub year: i32,
    /// First day on which the trigger can have been perceived, days since 1970-01-01.
    pub trigger: i32,
    /// Last day on which the response can have been made.
    pub response: i32,
    /// Class of the response, or [`UNKNOWN`].
    pub class: u8,
}

/// A table of decisions.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// Names of the covariates.
    pub names: Arc<[&'static str]>,
    /// The decisions.
    pub rows: Vec<Row>,
    /// Row-major covariates; not-a-number is missing.
    pub values: Vec<f64>,
    /// Decisions whose responses must not be seen by the others: the held-back rows.
    pub hidden: Vec<bool>,
}

impl Rows {
    /// How many decisions.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The covariates of a row.
    pub fn of(&self, row: usize) -> &[f64] {
        let width = self.names.len();
        self.values
            .get(row * width..(row + 1) * width)
            .unwrap_or(&[])
    }

    /// The column of a covariate.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| *n == name)
    }

    /// Whether `row` may look back to the response of `other`: it was given before the
    /// row's trigger, in another crisis, and is not held back from this row.
    pub fn sees(&self, row: usize, other: usize) -> bool {
        let (Some(a), Some(b)) = (self.rows.get(row), self.rows.get(other)) else {
            return false;
        };
        let held = |i: usize| self.hidden.get(i).copied().unwrap_or(false);
        b.response < a.trigger
            && a.crisis != b.crisis
            && b.class != UNKNOWN
            && (held(row) || !held(other))
    }
}

/// Penalties of the three contrasts of a nested model: force or not, military or not
/// where there is no force, alone or among others where there is.
pub type Penalties = [f64; 3];

/// The penalties that fitted lenses choose among: powers of four from 1/16 to 16 384. Over
/// standardised variables the weakest leaves a thousand decisions all but free, and the
/// strongest leaves only the intercept, so what is best lies between, unless nothing helps.
pub const PENALTIES: [f64; 10] = [
    0.0625, 0.25, 1.0, 4.0, 16.0, 64.0, 256.0, 1024.0, 4096.0, 16384.0,
];

/// A lens in its record form: fitted on rows, asked of rows.
pub trait RecordLens: Lens {
    /// The same lens fitted on the `training` rows by penalised maximum likelihood.
    fn fit(
        &self,
        rows: &Arc<Rows>,
        training: &[usize],
        penalties: Penalties,
    ) -> Box<dyn RecordLens>;

    /// Penalties to choose among, in order; one where there is nothing to choose.
    fn penalties(&self) -> &'static [f64] {
        &PENALTIES
    }

    /// Whether the three contrasts share no parameters, so that each takes its own penalty.
    fn separable(&self) -> bool {
        true
    }

    /// One fit for each penalty, the same for all contrasts.
    fn path(
        &self,
        rows: &Arc<Rows>,
        training: &[usize],
        penalties: &[f64],
    ) -> Vec<Box<dyn RecordLens>> {
        let one = |p: &f64| self.fit(rows, training, [*p; 3]);
        penalties.iter().map(one).collect()
    }

    /// The probability of every class in a row.
    fn answer(&self, rows: &Rows, row: usize) -> [f64; CLASSES];

    /// The same for several rows.
    fn answers(&self, rows: &Rows, list: &[usize]) -> Vec<[f64; CLASSES]> {
        list.iter().map(|row| self.answer(rows, *row)).collect()
    }

    /// The lens as any other.
    fn boxed(&self) -> Box<dyn Lens>;

    /// The same lens with stored parameters, in the order of [`Lens::parameters`].
    fn rebuild(&self, values: &[f64]) -> Box<dyn RecordLens>;

    /// A copy.
    fn copy(&self) -> Box<dyn RecordLens>;
}

/// A mixture with its weights.
pub struct Stacked {
    /// The mixture.
    pub lens: Box<dyn RecordLens>,
    /// How strongly its weights were shrunk, chosen over folds of whole crises.
    pub penalties: Penalties,
    /// Answers to the training rows with weights that had not seen them.
    pub held_out: Vec<[f64; CLASSES]>,
}

/// A mixture of lenses.
pub trait Mixture: RecordLens {
    /// Learns weights, and how strongly to shrink them, from answers to the training rows
    /// by parts that were not fitted on them (`held_out`, one list for each part), and
    /// takes the parts as fitted on all.
    fn stack(
        &self,
        parts: Vec<Box<dyn RecordLens>>,
        rows: &Rows,
        training: &[usize],
        held_out: &[Vec<[f64; CLASSES]>],
    ) -> Stacked;
}
