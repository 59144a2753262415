//! A lens whose sureness was held against decisions other than the one at hand.
//!
//! Ranks are the lens's own. A share of every answer, the tremble, is spread evenly: the
//! share of choices that the theory does not explain (the lapse of a noisy choice rule). It
//! is the smallest at which the lens claims, on average over a library of cases, no more
//! than its theory earned, beyond base rates, on decisions that it was not fitted to. As the
//! mixing is affine, leading alternative, ranks, firmness and flips are those of the lens
//! itself.

use raison_core::{
    About, Abstention, Draw, Judgement, Known, Lens, Parameter, Prepared, Question, Reason, Stance,
};
use std::sync::Arc;

/// A tremble with what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Tremble {
    /// It rests on decisions of crises before this year.
    pub before: i16,
    /// How many decisions.
    pub n: usize,
    /// Whether each was foretold from earlier years; otherwise from other crises of the
    /// same years.
    pub foretold: bool,
    /// Log loss of the theory's answers to them, as a share of that of base rates fitted on
    /// the same years: above 0, at most 1, where the theory earned nothing.
    pub left: f64,
    /// The share that is spread evenly: 0 to below 1, so that ranks stay.
    pub tremble: f64,
}

/// Fewest decisions that a tremble may rest on: with fewer the mean of their losses is off
/// by as much as the theories differ.
pub const FEWEST: usize = 200;

/// The lens.
pub struct Calibrated {
    inner: Box<dyn Lens>,
    trembles: Arc<[Tremble]>,
}

impl Calibrated {
    /// A lens with its trembles, in any order.
    pub fn new(inner: Box<dyn Lens>, trembles: Arc<[Tremble]>) -> Self {
        Calibrated { inner, trembles }
    }

    /// The latest tremble that rests on earlier decisions only, foretold and enough of them.
    fn tremble(&self, question: &Question) -> Option<&Tremble> {
        let year = question.situation.decided.year();
        let enough = |p: &&Tremble| p.foretold && p.n >= FEWEST;
        let earlier = self
            .trembles
            .iter()
            .filter(|p| p.before <= year)
            .filter(enough);
        earlier.max_by_key(|p| p.before)
    }
}

/// Spreads a share evenly over all places.
pub fn spread(p: &mut [f64], share: f64) {
    crate::choice::tremble(p, share, |_| true);
}

/// What a theory earned, in words.
fn earned(left: f64) -> String {
    let percent = (100.0 * (1.0 - left)).round();
    match percent > 0.0 {
        true => format!("{percent:.0} % off the log loss of base rates"),
        false => "no gain on base rates: only its ranks tell anything".to_owned(),
    }
}

impl Lens for Calibrated {
    fn id(&self) -> &'static str {
        self.inner.id()
    }

    fn about(&self) -> &'static About {
        self.inner.about()
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.inner.parameters()
    }

    fn with_parameters(&self, values: &[f64]) -> Box<dyn Lens> {
        let inner = self.inner.with_parameters(values);
        Box::new(Calibrated::new(inner, self.trembles.clone()))
    }

    fn calibrated(&self) -> bool {
        self.inner.calibrated()
    }

    fn calibration(&self, question: &Question) -> Option<String> {
        let t = self.tremble(question)?;
        let took = match t.tremble {
            0.0 => "claims no more than its theory earned".to_owned(),
            share => format!(
                "{:.0} % spread evenly, so that it claims no more than its theory earned",
                100.0 * share
            ),
        };
        let how = match t.foretold {
            true => "foretold from the years before",
            false => "held out in turn",
        };
        Some(format!(
            "{took} on {} decisions of crises before {}, {how} ({})",
            t.n,
            t.before,
            earned(t.left)
        ))
    }

    fn prepare<'q>(&self, question: &'q Question) -> Result<Box<dyn Prepared + 'q>, Abstention> {
        let inner = self.inner.prepare(question)?;
        Ok(match self.tremble(question) {
            Some(p) => Box::new(Ready {
                inner,
                tremble: p.tremble,
            }),
            None => inner,
        })
    }
}

struct Ready<'q> {
    inner: Box<dyn Prepared + 'q>,
    tremble: f64,
}

impl Prepared for Ready<'_> {
    fn probabilities(&self, draw: Draw<'_>, out: &mut [f64]) {
        self.inner.probabilities(draw, out);
        spread(out, self.tremble);
    }

    fn probabilities_given(&self, draw: Draw<'_>, known: &Known<'_>, out: &mut [f64]) {
        self.inner.probabilities_given(draw, known, out);
        spread(out, self.tremble);
    }

    fn judge(&self, draw: Draw<'_>) -> Judgement {
        let mut judgement = self.inner.judge(draw);
        spread(&mut judgement.probabilities, self.tremble);
        judgement
    }

    fn speaks(&self, draw: Draw<'_>, alternative: usize) -> Vec<Reason> {
        self.inner.speaks(draw, alternative)
    }

    fn stances(&self, draw: Draw<'_>, alternative: usize) -> Vec<Stance> {
        self.inner.stances(draw, alternative)
    }
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn a_share_spread_evenly_keeps_the_ranks() {
        let mut p = [0.6, 0.3, 0.1, 0.0];
        spread(&mut p, 0.2);
        assert_eq!(p.map(|p| (p * 100.0).round()), [53.0, 29.0, 13.0, 5.0]);
    }
}
