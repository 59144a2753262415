//! Leaders' words and pages of text: files in, profiles, articles, drafts and events out.

mod files;
mod inferred;
mod leader_file;
mod pages;

pub use files::{Material, Speech, folder_of_leaders, texts};
pub use inferred::{games, type_names};
pub use leader_file::{About, leader_toml, norm_toml};
pub use pages::{Read, read_page};

use raison_core::{Diagnostic, FileId, Norm, Problems, SourceMap};
use raison_files::Kind;
use raison_text::lexicon::Lexicon;
use raison_text::names::Names;
use raison_text::profile::{Scheme, Traced};
use std::path::Path;

/// The norm group that scores are read against unless the user names another: leaders scored by
/// this coder.
pub const DEFAULT_NORM: &str = "us-presidents-raison";

/// What the user may change about the scoring.
#[derive(Clone, Debug, Default)]
pub struct Choices<'a> {
    /// The speaker's state, as a name or code.
    pub own: &'a str,
    /// A lexicon file to read over the shipped one.
    pub lexicon: Option<&'a Path>,
    /// Trait lists to read over the shipped ones.
    pub traits: Option<&'a Path>,
    /// Names to add to the shipped table.
    pub names: Option<&'a Path>,
}

/// Compiles the scheme; every problem of the user's files is reported with its place.
///
/// # Errors
/// The problems, with the texts that they point into.
pub fn scheme(choices: &Choices<'_>) -> Result<Scheme, (Vec<Diagnostic>, SourceMap)> {
    let (mut sources, mut problems) = (SourceMap::new(), Problems::new());
    let mut open = |path: Option<&Path>, problems: &mut Problems| -> Option<(FileId, String)> {
        let path = path?;
        match crate::open::bytes(path) {
            Ok(bytes) => {
                let (text, found) = raison_text::decode::decode(&bytes);
                problems.extend(found);
                Some((sources.add(path.display().to_string(), text.clone()), text))
            }
            Err(problem) => {
                problems.push(problem);
                None
            }
        }
    };
    let (mut lexicon, mut names) = (Lexicon::shipped(), Names::shipped());
    if let Some((file, text)) = open(choices.lexicon, &mut problems) {
        lexicon.extend(file, &text, &mut problems);
    }
    if let Some((file, text)) = open(choices.names, &mut problems) {
        names.extend(file, &text, &mut problems);
    }
    let traits = open(choices.traits, &mut problems);
    let traits: Vec<(FileId, &str)> = traits.iter().map(|(f, t)| (*f, t.as_str())).collect();
    let own = match names.resolve(choices.own) {
        Ok(actor) => Some(actor),
        Err(problem) => {
            problems.push(problem);
            None
        }
    };
    let scheme = Scheme::new(&lexicon, &traits, names, own, &mut problems);
    match problems.has_errors() {
        true => Err((problems.into_vec(), sources)),
        false => Ok(scheme),
    }
}

/// A norm group by slug or file.
///
/// # Errors
/// The problems, with the texts that they point into.
pub fn norm(name: &str) -> Result<Norm, (Vec<Diagnostic>, SourceMap)> {
    let shelf = crate::embedded::Embedded;
    let mut loader = crate::loader(&shelf);
    let chosen = match crate::cases::choose(&shelf, Kind::Norm, name) {
        Ok(chosen) => chosen,
        Err(problem) => return Err((vec![problem], loader.sources)),
    };
    let norm = loader.chosen_norm(&chosen, None);
    let problems: Vec<Diagnostic> = loader.problems.as_slice().to_vec();
    match norm {
        Some(norm) if !loader.problems.has_errors() => Ok(norm),
        _ => Err((problems, loader.sources)),
    }
}

/// A speech whose verbs are to be shown.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// Name of the file.
    pub name: String,
    /// The text that was scored.
    pub text: String,
    /// Its verbs.
    pub trace: Vec<Traced>,
}
