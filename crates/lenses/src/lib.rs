//! The lenses: one file per theory.
//!
//! A lens reads a [`Question`](raison_core::Question) and answers with a probability for
//! every alternative, reasons, and a check of itself. It never reads files, never draws
//! from a generator, and never sees what was really chosen. To add one, write its file
//! and add one line to [`all`].

pub mod calibrated;
mod choice;
mod composite;
mod doctrine;
mod governmental;
mod leader;
mod memory;
mod near;
mod organizational;
mod parameters;
mod prospect;
mod rational;
pub mod record;
mod strategic;
mod values;

use governmental::{Governmental, SOLVERS, Solver};
use raison_core::{Lens, Question};

/// Every lens that an analysis shows unless others are asked for.
pub fn all() -> Vec<Box<dyn Lens>> {
    let mut list = simple();
    list.push(Box::new(composite::Composite::of(simple)));
    list
}

/// The lenses that the composite can mix, and the variants shown beside them.
fn simple() -> Vec<Box<dyn Lens>> {
    vec![
        Box::new(rational::Rational::default()),
        Box::new(prospect::Prospect::default()),
        Box::new(strategic::Strategic::default()),
        Box::new(organizational::Organizational::default()),
        Box::new(Governmental::with_solver(Solver::Compromise)),
        Box::new(leader::LeaderLens::default()),
        Box::new(doctrine::DoctrineLens::default()),
        Box::new(memory::Memory::default()),
    ]
}

/// The lens with its sureness set by `calibrate`, a mixture over parts that are calibrated
/// the same way.
pub fn calibrated(lens: Box<dyn Lens>, calibrate: Calibrate) -> Box<dyn Lens> {
    if lens.id() != "composite" {
        return calibrate(lens);
    }
    let own = calibrate.clone();
    let parts = move || simple().into_iter().map(|l| own(l)).collect();
    calibrate(Box::new(composite::Composite::of(parts)))
}

/// Wraps a lens so that its sureness is set on other decisions, or gives it back.
pub type Calibrate = std::sync::Arc<dyn Fn(Box<dyn Lens>) -> Box<dyn Lens> + Send + Sync>;

/// The lenses that an analysis of a question shows: all, but the strategic variant only
/// where the question states a game.
pub fn for_question(question: &Question) -> Vec<Box<dyn Lens>> {
    let mut list = all();
    list.retain(|l| l.id() != "strategic" || question.situation.game.is_some());
    list
}

/// Variants that are run when asked for by name.
pub fn variants() -> Vec<Box<dyn Lens>> {
    let others = SOLVERS.iter().filter(|(s, _, _)| *s != Solver::Compromise);
    others
        .map(|(solver, _, _)| Box::new(Governmental::with_solver(*solver)) as Box<dyn Lens>)
        .collect()
}

/// The lens of a name or alias. An alias may carry a variant: `bureaucratic:median`.
pub fn find(name: &str) -> Option<Box<dyn Lens>> {
    let (stem, variant) = match name.split_once(':') {
        Some((stem, variant)) => (stem, Some(variant)),
        None => (name, None),
    };
    let goes_by =
        |lens: &dyn Lens, name: &str| lens.id() == name || lens.about().aliases.contains(&name);
    let mut list = all();
    list.extend(variants());
    if let Some(at) = list.iter().position(|l| goes_by(l.as_ref(), name)) {
        return Some(list.swap_remove(at));
    }
    let base = list.iter().find(|l| goes_by(l.as_ref(), stem))?.id();
    let full = format!("{base}:{}", variant?);
    let full = full.trim_end_matches(":compromise");
    let at = list.iter().position(|l| l.id() == full)?;
    Some(list.swap_remove(at))
}

/// All names that [`find`] knows, without aliases.
pub fn names() -> Vec<&'static str> {
    all().iter().chain(&variants()).map(|l| l.id()).collect()
}
