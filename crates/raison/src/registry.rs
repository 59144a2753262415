//! The lenses, by the names that users type.

use raison_core::{Diagnostic, Lens};
use raison_files::codes;
use raison_files::suggest::{did_you_mean, listed};

pub use raison_lenses::{all, find, for_question, variants};

/// Every name that [`find`] knows: ids, aliases, variants.
pub fn names() -> Vec<&'static str> {
    let mut names = raison_lenses::names();
    for lens in all() {
        names.extend(lens.about().aliases);
    }
    names
}

/// The lenses of some names. One that is named twice, or beside its alias, counts once.
///
/// # Errors
/// One diagnostic for every unknown name.
pub fn select(names: &[String]) -> Result<Vec<Box<dyn Lens>>, Vec<Diagnostic>> {
    let mut lenses: Vec<Box<dyn Lens>> = Vec::new();
    let mut problems = Vec::new();
    for name in names {
        match find(name.trim()) {
            Some(lens) if lenses.iter().any(|l| l.id() == lens.id()) => {}
            Some(lens) => lenses.push(lens),
            None => problems.push(unknown(name)),
        }
    }
    if problems.is_empty() {
        Ok(lenses)
    } else {
        Err(problems)
    }
}

fn unknown(name: &str) -> Diagnostic {
    Diagnostic::error(codes::UNKNOWN_LENS, format!("no lens `{name}`"))
        .help_if(did_you_mean(name, names()))
        .help(format!("lenses: {}", listed(raison_lenses::names())))
}
