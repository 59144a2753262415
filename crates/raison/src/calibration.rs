//! How sure the lenses of a case may be: trembles fitted on the crisis record, kept in the
//! library, and put on the lenses of an analysis.

use crate::embedded::Embedded;
use raison_core::Lens;
use raison_files::Shelf;
use raison_lenses::calibrated::{Calibrated, Tremble};
use serde::Deserialize;
use std::sync::Arc;

/// Where the library keeps them.
pub const FILE: &str = "calibration.toml";

/// The trembles of all lenses, with what they rest on.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// `calibration`.
    pub kind: String,
    /// Version of the data.
    pub data: String,
    /// The command that made the file.
    pub command: String,
    /// Day on which it was made.
    pub made: String,
    /// Cases whose answers, without their outcomes, say how much a lens claims.
    pub cases: usize,
    /// One for each lens and year.
    pub fit: Vec<Fit>,
}

/// The tremble of one lens.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Fit {
    /// Lens.
    pub lens: String,
    /// Year before which the crises began that it rests on.
    pub before: i16,
    /// Decisions.
    pub n: usize,
    /// Whether each was foretold from earlier years; otherwise by fits on other crises of
    /// the same years.
    pub foretold: bool,
    /// Log loss of the theory's answers to them, nats.
    pub loss: f64,
    /// Log loss of base rates, fitted on the same years, on the same decisions.
    pub base_rate: f64,
    /// Share of an answer that is spread evenly.
    pub tremble: f64,
}

impl Fit {
    /// The loss as a share of that of base rates; what a theory earned is never below 0.
    pub(crate) fn left(&self) -> f64 {
        (self.loss / self.base_rate).min(1.0)
    }

    fn tremble(&self) -> Tremble {
        Tremble {
            before: self.before,
            n: self.n,
            foretold: self.foretold,
            left: self.left(),
            tremble: self.tremble,
        }
    }
}

/// The calibration of the built-in library; none where the file is missing or unreadable,
/// which a test rules out.
pub fn built_in() -> Option<Calibration> {
    let (_, bytes) = Embedded.read(FILE)?;
    toml::from_str(&String::from_utf8_lossy(&bytes)).ok()
}

/// Lenses with their sureness set on the record, where the record has their theory.
pub fn applied(lenses: Vec<Box<dyn Lens>>) -> Vec<Box<dyn Lens>> {
    let Some(calibration) = built_in() else {
        return lenses;
    };
    let wrap = move |lens| wrapped(lens, &calibration);
    let wrap: raison_lenses::Calibrate = Arc::new(wrap);
    let one = |lens| raison_lenses::calibrated(lens, wrap.clone());
    lenses.into_iter().map(one).collect()
}

fn wrapped(lens: Box<dyn Lens>, calibration: &Calibration) -> Box<dyn Lens> {
    let own = calibration.fit.iter().filter(|f| f.lens == lens.id());
    let trembles: Arc<[Tremble]> = own.map(Fit::tremble).collect();
    match trembles.is_empty() {
        true => lens,
        false => Box::new(Calibrated::new(lens, trembles)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_says_how_sure_every_lens_of_the_record_may_be() {
        let found = built_in().expect("the file reads");
        for lens in raison_lenses::record::simple() {
            let own = found.fit.iter().filter(|f| f.lens == lens.id());
            assert!(own.count() >= 5, "{}", lens.id());
        }
        for f in &found.fit {
            assert!(
                (0.0..1.0).contains(&f.tremble) && f.n > 50 && f.loss < 1.5,
                "{f:?}"
            );
            // Later answers stand only where blocks of the expanding window came before.
            assert_eq!(f.foretold, f.before > 1946, "{f:?}");
            assert!((1.1..4f64.ln()).contains(&f.base_rate), "{f:?}");
        }
    }

    fn asked(slug: &str) -> raison_core::Question {
        let mut loader = crate::loader(&Embedded);
        let case = loader.shelf_case(slug, &raison_files::Swap::default());
        case.expect("a case of the library").question
    }

    #[test]
    fn what_the_record_does_not_have_stays_as_it_is() {
        let ids = ["rational", "prospect", "strategic", "composite"];
        let lenses = ids.iter().filter_map(|id| raison_lenses::find(id));
        let question = asked("october-war-1973");
        let early = asked("munich-1938");
        let list = applied(lenses.collect());
        let fitted: Vec<bool> = list
            .iter()
            .map(|l| l.calibration(&question).is_some())
            .collect();
        assert_eq!(fitted, [true, false, false, true]);
        // Nothing was on record before 1938 that would be enough.
        assert!(list.iter().all(|l| l.calibration(&early).is_none()));
    }

    #[test]
    fn ranks_stay_and_the_mixture_is_the_same_beside_its_parts() {
        use raison_study::{Options, analyze};
        let mut loader = crate::loader(&Embedded);
        let swap = raison_files::Swap::default();
        let case = loader
            .shelf_case("october-war-1973", &swap)
            .expect("a case");
        let options = Options {
            draws: 200,
            seed: 3,
            flips: false,
        };
        let of = |lenses: Vec<Box<dyn Lens>>| analyze(&case, &lenses, options).lenses;
        let (own, set) = (of(raison_lenses::all()), of(applied(raison_lenses::all())));
        for (a, b) in own.iter().zip(&set).filter(|(a, _)| a.id != "composite") {
            if let (Ok(x), Ok(y)) = (&a.answer, &b.answer) {
                assert_eq!((x.leading, &x.leads), (y.leading, &y.leads), "{}", a.id);
            }
        }
        let alone = of(applied(
            raison_lenses::find("composite").into_iter().collect(),
        ));
        let beside = set.iter().find(|l| l.id == "composite").expect("there");
        let p = |l: &raison_study::LensResult| {
            l.answer.as_ref().expect("it answers").probabilities.clone()
        };
        assert_eq!(p(&alone[0]), p(beside));
    }
}
