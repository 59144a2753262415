//! Cases by slug or path, as an analysis needs them.

use crate::embedded::Embedded;
use crate::open::{self, Loose, Target};
use crate::shelf::{Layered, read_below};
use raison_core::{Case, Diagnostic, Problems};
use raison_files::library::{Kind, Loader};
use raison_files::suggest::did_you_mean;
use raison_files::{Chosen, Shelf, Swap, codes, question};
use std::path::Path;

/// Where a case comes from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// The built-in library.
    BuiltIn(String),
    /// A file or case folder.
    Outside(Loose),
}

impl Origin {
    /// The shelf that the case's names refer to.
    pub fn shelf(&self) -> Layered {
        match self {
            Origin::BuiltIn(_) => Layered::default(),
            Origin::Outside(loose) => loose.shelf(),
        }
    }
}

/// Finds a case by slug of the built-in library, or by path.
///
/// # Errors
/// One diagnostic with suggestions.
pub fn find(name: &str) -> Result<Origin, Diagnostic> {
    if name.to_ascii_lowercase().starts_with("icb:") {
        return Err(Diagnostic::error(
            codes::UNKNOWN_SLUG,
            format!("`{name}` is a row of the crisis record, not a case of the library"),
        )
        .note("an address such as `icb:196:USA` names a row of the International Crisis Behavior data")
        .help("`raison analyze` judges rows of the crisis record; `raison list cases` lists the cases"));
    }
    if Embedded.holds(Kind::Case, name) {
        return Ok(Origin::BuiltIn(name.to_owned()));
    }
    let path = Path::new(name);
    if !is_path(name) && !path.exists() {
        return Err(unknown(name));
    }
    match open::target(path)? {
        Target::File(loose) => Ok(Origin::Outside(loose)),
        Target::Library(..) => Err(Diagnostic::error(
            codes::NOT_READABLE,
            format!("`{name}` is a library, not a case"),
        )
        .help("name one of its case folders, such as `cases/SLUG`")),
    }
}

fn unknown(name: &str) -> Diagnostic {
    let slugs = Embedded.slugs(Kind::Case);
    let near = did_you_mean(name, slugs.iter().map(String::as_str));
    let part = slugs.iter().find(|s| name.len() > 2 && s.contains(name));
    let near = near.or_else(|| part.map(|s| format!("did you mean `{s}`?")));
    Diagnostic::error(codes::UNKNOWN_SLUG, format!("no case `{name}`"))
        .note("it is no slug of the built-in library, and there is no such file or folder")
        .help_if(near)
        .help("`raison list cases` lists them; `raison new case NAME` starts one")
}

/// Whether a name is written as a path rather than as a slug.
fn is_path(name: &str) -> bool {
    name.contains(['/', '\\']) || name.ends_with(".toml") || name == "." || name == ".."
}

/// A leader or doctrine by slug or path.
///
/// # Errors
/// One diagnostic where a file cannot be read, or where a slug does not exist.
pub fn choose(shelf: &dyn Shelf, kind: Kind, name: &str) -> Result<Chosen, Diagnostic> {
    if shelf
        .read(&raison_files::library::path(kind, name))
        .is_some()
    {
        return Ok(Chosen::Slug(name.to_owned()));
    }
    let path = Path::new(name);
    if is_path(name) || path.is_file() {
        let id = path.file_stem().unwrap_or_default().to_string_lossy();
        let bytes = open::bytes(path)?;
        return Ok(Chosen::Loose(id.into_owned(), name.to_owned(), bytes));
    }
    let slugs = shelf.slugs(kind);
    let near = did_you_mean(name, slugs.iter().map(String::as_str));
    let part = slugs.iter().find(|s| name.len() > 2 && s.contains(name));
    Err(Diagnostic::error(
        codes::UNKNOWN_SLUG,
        format!("no {} `{name}` in the library", kind.word()),
    )
    .help_if(other(shelf, kind, name))
    .help_if(near.or_else(|| part.map(|s| format!("did you mean `{s}`?"))))
    .help(format!("`raison list {}` lists them", kind.folder())))
}

/// What a slug is that is looked for among others of another kind.
fn other(shelf: &dyn Shelf, kind: Kind, name: &str) -> Option<String> {
    let holds = |k: &Kind| *k != kind && shelf.slugs(*k).iter().any(|s| s == name);
    let found = [Kind::Leader, Kind::Doctrine, Kind::Case, Kind::Norm];
    let found = found.into_iter().find(holds)?;
    let word = found.word();
    Some(match found {
        Kind::Leader | Kind::Doctrine => format!("`{name}` is a {word}: write `--{word} {name}`"),
        _ => format!("`{name}` is a {word}"),
    })
}

/// Reads a case with `loader`, whose shelf is the one of the case's origin. Problems are
/// left in the loader.
pub fn load(loader: &mut Loader<'_>, origin: &Origin, swap: &Swap) -> Option<Case> {
    match origin {
        Origin::BuiltIn(slug) => loader.shelf_case(slug, swap),
        Origin::Outside(loose) => outside(loader, loose, swap),
    }
}

fn outside(loader: &mut Loader<'_>, loose: &Loose, swap: &Swap) -> Option<Case> {
    let parsed = open::parse(loader, loose)?;
    let kind = loader.kind_of(&parsed)?;
    if kind != Kind::Case {
        let at = raison_files::source::whole(&loader.sources, parsed.file);
        let text = format!("`{}` is a {}, not a case", loose.name(), kind.word());
        let problem = Diagnostic::error(codes::UNKNOWN_WORD, text).at(at, "this file");
        loader.problems.push(match kind {
            Kind::Leader | Kind::Doctrine => problem.help(format!(
                "`raison analyze CASE --{} {}` puts it into a case",
                kind.word(),
                loose.name()
            )),
            _ => problem,
        });
        return None;
    }
    let beside = |name: &str| read_below(&loose.beside, name);
    loader.case(&loose.id, &parsed, &beside, swap)
}

/// Sets paths of a case to values, as `--set PATH=VALUE` does; every problem is added.
pub fn set(case: &mut Case, settings: &[(String, String)], problems: &mut Problems) {
    for (path, value) in settings {
        if let Err(problem) = question::set(&mut case.question, path, value) {
            problems.push(problem);
        }
    }
}

/// One line of the bibliography for a key.
pub fn work(loader: &Loader<'_>, key: &str) -> Option<String> {
    loader.bibliography.get(key).map(|w| w.line.clone())
}
