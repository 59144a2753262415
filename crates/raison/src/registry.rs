//! The lenses, by the names that users type.

use raison_core::{Diagnostic, Lens};
use raison_files::codes;
use raison_files::suggest::{did_you_mean, listed};

/// All lenses in the order of display.
pub fn all() -> Vec<Box<dyn Lens>> {
    raison_lenses::all()
}

/// The lens of a name: an id, an alias, or a variant such as `governmental:median`.
pub fn find(name: &str) -> Option<Box<dyn Lens>> {
    raison_lenses::find(name)
}

/// Every name that [`find`] knows without variants.
pub fn names() -> Vec<&'static str> {
    let ids = |l: &Box<dyn Lens>| {
        [l.id()]
            .into_iter()
            .chain(l.about().aliases.iter().copied())
    };
    all().iter().flat_map(ids).collect()
}

/// The lenses of some names; all where there is none. A name that is given twice, or
/// beside its alias, counts once.
///
/// # Errors
/// One diagnostic for every unknown name.
pub fn select(names: &[String]) -> Result<Vec<Box<dyn Lens>>, Vec<Diagnostic>> {
    if names.is_empty() {
        return Ok(all());
    }
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
    let ids: Vec<&str> = all().iter().map(|l| l.id()).collect();
    Diagnostic::error(codes::UNKNOWN_LENS, format!("no lens `{name}`"))
        .help_if(did_you_mean(name, names()))
        .help(format!("lenses: {}", listed(ids)))
}
