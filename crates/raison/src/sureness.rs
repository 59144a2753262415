//! Fits the trembles that say how sure the lenses of a case may be.
//!
//! What a theory earned is how far the log loss of its answers to decisions of the record
//! lies below that of base rates fitted on the same years, as a share of the latter; never
//! less than nothing. The answers are those of the expanding window to decisions before a
//! year, each foretold from the years before its block. Before the first block there are
//! none, and held-out answers of inner folds take their place. What a lens claims is how far
//! the entropy of its answers to the cases of the library lies below the largest, as a share
//! of it; a case's own alternatives have no base rates. The tremble is the smallest share,
//! spread evenly, at which a lens claims no more than was earned, on average over the cases.
//! Outcomes of the cases are not used.

use crate::calibration::{Calibration, Fit};
use crate::embedded::Embedded;
use raison_core::{Case, Draw, Lens};
use raison_files::library::Kind;
use raison_files::{Shelf, Swap};
use raison_lenses::calibrated::{Calibrated, Tremble, spread};
use raison_study::backtest::metrics::log_loss;
use raison_study::backtest::splits::BLOCKS;
use raison_study::backtest::{Backtest, CHOSEN, Forecasts, Split, Target};
use std::sync::Arc;

/// Fits all trembles from a backtest with the rolling split; nothing where it was not run.
/// `years` has the first year of the crisis of every row.
pub fn fit(result: &Backtest, years: &[i32], data: &str, command: &str, made: &str) -> Calibration {
    let cases = cases();
    let rolling = |f: &&Forecasts| f.split == Split::Rolling;
    let list: Vec<&Forecasts> = result.forecasts.iter().filter(rolling).collect();
    let base = list.iter().find(|f| f.lens == "base-rate");
    let mut fits = Vec::new();
    for (part, before) in BLOCKS.iter().enumerate() {
        let one = |f: &Forecasts, lens: &str, own: &[Fit]| {
            let record = Held::new(f, base?, part, *before, years)?;
            one(&record, *before, lens, &cases, own)
        };
        let theory = |f: &&&Forecasts| !f.baseline && !f.lens.starts_with("composite");
        let own: Vec<Fit> = list
            .iter()
            .filter(theory)
            .filter_map(|f| one(f, f.lens, &[]))
            .collect();
        let mixed = list.iter().find(|f| f.lens == CHOSEN);
        let mixed = mixed.and_then(|f| one(f, "composite", &own));
        fits.extend(own.into_iter().chain(mixed));
    }
    Calibration {
        kind: "calibration".to_owned(),
        data: data.to_owned(),
        command: command.to_owned(),
        made: made.to_owned(),
        cases: cases.len(),
        fit: fits,
    }
}

/// How a theory and base rates did on decisions before a year that they were not fitted to.
struct Held {
    n: usize,
    foretold: bool,
    loss: f64,
    base_rate: f64,
}

impl Held {
    fn new(
        theory: &Forecasts,
        base: &Forecasts,
        part: usize,
        before: i32,
        years: &[i32],
    ) -> Option<Held> {
        let later = |f: &Forecasts| {
            let earlier = f.list.iter();
            let earlier = earlier.filter(|o| years.get(o.row).is_some_and(|y| *y < before));
            let losses = earlier.map(|o| log_loss(o.likelihood(Target::Response)));
            let losses: Vec<f64> = losses.collect();
            (
                losses.len(),
                losses.iter().sum::<f64>() / losses.len() as f64,
            )
        };
        let ((n, loss), (_, base_rate)) = (later(theory), later(base));
        Some(match n {
            0 => Held {
                n: *theory.training.get(part)?,
                foretold: false,
                loss: *theory.inner.get(part)?,
                base_rate: *base.inner.get(part)?,
            },
            _ => Held {
                n,
                foretold: true,
                loss,
                base_rate,
            },
        })
    }
}

/// The cases of the built-in library.
fn cases() -> Vec<Case> {
    let mut loader = crate::loader(&Embedded);
    let slugs = Embedded.slugs(Kind::Case);
    let read = |slug: &String| loader.shelf_case(slug, &Swap::default());
    slugs.iter().filter_map(read).collect()
}

fn one(record: &Held, before: i32, lens: &str, cases: &[Case], parts: &[Fit]) -> Option<Fit> {
    let lens = constant(raison_lenses::find(lens)?, parts);
    let answers: Vec<Vec<f64>> = cases
        .iter()
        .filter_map(|c| answer(lens.as_ref(), c))
        .collect();
    let mut fit = Fit {
        lens: lens.id().to_owned(),
        before: before as i16,
        n: record.n,
        foretold: record.foretold,
        loss: record.loss,
        base_rate: record.base_rate,
        tremble: 0.0,
    };
    fit.tremble = tremble(&answers, fit.left())?;
    Some(fit)
}

/// A mixture over parts with these trembles at any date; another lens as it is.
fn constant(lens: Box<dyn Lens>, parts: &[Fit]) -> Box<dyn Lens> {
    let parts = parts.to_vec();
    let wrap = move |lens: Box<dyn Lens>| -> Box<dyn Lens> {
        let Some(fit) = parts.iter().find(|f| f.lens == lens.id()) else {
            return lens;
        };
        let always = Tremble {
            before: i16::MIN,
            n: fit.n,
            foretold: fit.foretold,
            left: 1.0,
            tremble: fit.tremble,
        };
        Box::new(Calibrated::new(lens, Arc::new([always])))
    };
    raison_lenses::calibrated(lens, Arc::new(wrap))
}

/// The answer to a case at its central values.
fn answer(lens: &dyn Lens, case: &Case) -> Option<Vec<f64>> {
    let prepared = lens.prepare(&case.question).ok()?;
    let mut out = vec![0.0; case.question.situation.alternatives.len()];
    prepared.probabilities(Draw(&case.question.inputs.central()), &mut out);
    Some(out)
}

/// Mean entropy of answers with a share spread evenly, each as a share of the largest.
fn entropy(answers: &[Vec<f64>], share: f64) -> f64 {
    let one = |p: &Vec<f64>| {
        let mut p = p.clone();
        spread(&mut p, share);
        let sum: f64 = p.iter().filter(|p| **p > 0.0).map(|p| -p * p.ln()).sum();
        sum / (p.len() as f64).ln()
    };
    answers.iter().map(one).sum::<f64>() / answers.len() as f64
}

/// Steps of the search, far below the digits that are kept.
const STEPS: usize = 50;

/// The largest share that is spread: where a theory earned nothing its ranks still show.
const MOST: f64 = 0.99;

/// The smallest share at which the mean entropy is at least this share of the largest, but
/// no more than [`MOST`].
fn tremble(answers: &[Vec<f64>], left: f64) -> Option<f64> {
    if answers.is_empty() || !left.is_finite() {
        return None;
    }
    if entropy(answers, 0.0) >= left {
        return Some(0.0);
    }
    let (mut low, mut high) = (0.0, MOST);
    for _ in 0..STEPS {
        let middle = 0.5 * (low + high);
        match entropy(answers, middle) < left {
            true => low = middle,
            false => high = middle,
        }
    }
    Some(high)
}

impl Calibration {
    /// The file.
    pub fn toml(&self) -> String {
        let mut out = format!(
            "# How sure the lenses of a case may be: the share of an answer that is spread evenly, so\n\
             # that on average over the cases of the library a lens claims no more than its theory\n\
             # earned, beyond base rates of the same years, on decisions of the crisis record that\n\
             # it was not fitted to, in crises that began before a year. They were foretold from\n\
             # the years before, or else held out in turn. At most .99, so that ranks show.\n\
             # Outcomes of the cases are not used. docs/backtest.md says more.\n\
             kind = \"calibration\"\ndata = {:?}\ncommand = {:?}\nmade = {:?}\ncases = {}\n",
            self.data, self.command, self.made, self.cases
        );
        for f in &self.fit {
            out.push_str(&format!(
                "\n[[fit]]\nlens = {:?}\nbefore = {}\nn = {}\nforetold = {}\n\
                 loss = {:.4}\nbase_rate = {:.4}\ntremble = {:.4}\n",
                f.lens, f.before, f.n, f.foretold, f.loss, f.base_rate, f.tremble
            ));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::{entropy, tremble};

    #[test]
    fn the_tremble_meets_the_entropy_that_was_earned() {
        let answers = [vec![1.0, 0.0, 0.0], vec![0.7, 0.2, 0.05, 0.05]];
        let found = tremble(&answers, 0.9).expect("a share");
        assert!(found > 0.3 && (entropy(&answers, found) - 0.9).abs() < 1e-9);
        // One that claims less than was earned stays as it is.
        assert_eq!(tremble(&[vec![0.4, 0.3, 0.3]], 0.9), Some(0.0));
        assert_eq!(tremble(&[], 0.9), None);
        // A theory that earned nothing keeps its ranks and little else.
        assert!(tremble(&answers, 1.0).is_some_and(|t| (0.98..1.0).contains(&t)));
    }
}
