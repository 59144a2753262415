//! What a path given by the user is, and its bytes.

use crate::shelf::{Folder, Layered, read_below};
use raison_core::Diagnostic;
use raison_files::codes;
use raison_files::library::{KINDS, Kind, Loader, Parsed};
use raison_files::source::{LARGEST, too_large};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What a path is.
#[derive(Clone, Debug)]
pub enum Target {
    /// A library, or one of its folders: the kinds to look at.
    Library(Folder, Vec<Kind>),
    /// A file of the library; its `kind` says which.
    File(Loose),
}

/// A file outside the built-in library.
#[derive(Clone, Debug)]
pub struct Loose {
    /// Slug: the name of the case folder, or of the file without its ending.
    pub id: String,
    /// The file, as the user wrote it.
    pub path: PathBuf,
    /// The folder that files beside it are read from.
    pub beside: PathBuf,
}

impl Loose {
    /// The name to show.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// The shelf that names in this file refer to: the library that the file sits in,
    /// before the built-in one.
    pub fn shelf(&self) -> Layered {
        let mut at = Some(self.beside.clone());
        for _ in 0..3 {
            let Some(folder) = at else { break };
            if is_library(&folder) {
                return Layered {
                    folder: Some(Folder { root: folder }),
                };
            }
            at = parent(&folder);
        }
        Layered::default()
    }
}

/// The folder around a folder, for relative paths too.
fn parent(folder: &Path) -> Option<PathBuf> {
    if folder == Path::new(".") {
        return Some(PathBuf::from(".."));
    }
    let up = folder.parent()?;
    if up.as_os_str().is_empty() {
        return Some(PathBuf::from("."));
    }
    Some(up.to_path_buf())
}

fn is_library(folder: &Path) -> bool {
    KINDS.iter().any(|k| folder.join(k.folder()).is_dir())
}

/// What a path given by the user is.
///
/// # Errors
/// One diagnostic where there is nothing to read, or where a folder is neither a case
/// nor a library.
pub fn target(path: &Path) -> Result<Target, Diagnostic> {
    let shown = path.display();
    let meta = std::fs::metadata(path).map_err(|e| unreadable(path, &e))?;
    if !meta.is_dir() {
        return Ok(Target::File(loose_file(path)));
    }
    if path.join("case.toml").is_file() {
        return Ok(Target::File(loose_file(&path.join("case.toml"))));
    }
    if is_library(path) {
        let folder = Folder {
            root: path.to_path_buf(),
        };
        return Ok(Target::Library(folder, KINDS.to_vec()));
    }
    let own = real_name(path);
    if let (Some(kind), Some(root)) = (KINDS.into_iter().find(|k| k.folder() == own), parent(path))
    {
        return Ok(Target::Library(Folder { root }, vec![kind]));
    }
    Err(Diagnostic::error(
        codes::NOT_READABLE,
        format!("the folder `{shown}` is neither a case nor a library"),
    )
    .note("a case folder holds `case.toml`; a library holds `cases`, `doctrines`, `leaders` …")
    .help_if(inside(path))
    .help(
        "`raison new case NAME` writes a case folder, `raison new world NAME` the file of a world",
    ))
}

/// A hint at what a folder holds.
fn inside(folder: &Path) -> Option<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .ok()?
        .take(1000)
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "toml") || p.join("case.toml").is_file())
        .map(|p| p.display().to_string())
        .collect();
    names.sort();
    let first = names.first()?;
    Some(format!("it holds `{first}`: name that"))
}

fn loose_file(path: &Path) -> Loose {
    let beside = match path.parent() {
        Some(p) if !p.as_os_str().is_empty() => p.to_path_buf(),
        _ => PathBuf::from("."),
    };
    let is_case = path.file_name().is_some_and(|n| n == "case.toml");
    let id = if is_case {
        real_name(&beside)
    } else {
        let stem = path.file_stem().unwrap_or_default();
        stem.to_string_lossy().into_owned()
    };
    Loose {
        id,
        path: path.to_path_buf(),
        beside,
    }
}

/// The name of a folder, also where it is written `.` or `..`.
fn real_name(folder: &Path) -> String {
    let full = folder.canonicalize();
    let full = full.as_deref().unwrap_or(folder);
    let name = full.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// Parses a file, with the bibliography beside it. Problems are left in the loader.
pub fn parse(loader: &mut Loader<'_>, loose: &Loose) -> Option<Parsed> {
    let bytes = match bytes(&loose.path) {
        Ok(bytes) => bytes,
        Err(problem) => {
            loader.problems.push(problem);
            return None;
        }
    };
    if let Some((name, bytes)) = read_below(&loose.beside, "sources.bib") {
        loader.add_bibliography(&name, &bytes);
    }
    loader.parse(&loose.name(), &bytes)
}

/// The bytes of a file, as long as it is not larger than a file of the library can be.
///
/// # Errors
/// One diagnostic that says why it cannot be read.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let meta = std::fs::metadata(path).map_err(|e| unreadable(path, &e))?;
    let shown = path.display().to_string();
    if meta.is_dir() {
        return Err(Diagnostic::error(
            codes::NOT_READABLE,
            format!("`{shown}` is a folder, not a file"),
        )
        .help_if(inside(path)));
    }
    if meta.len() > LARGEST as u64 {
        return Err(too_large(&shown, meta.len()));
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|f| f.take(LARGEST as u64 + 1).read_to_end(&mut bytes))
        .map_err(|e| unreadable(path, &e))?;
    Ok(bytes)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    use std::io::ErrorKind;
    let shown = path.display();
    let why = match error.kind() {
        ErrorKind::NotFound => format!("there is no file or folder `{shown}`"),
        ErrorKind::PermissionDenied => format!("`{shown}` may not be read by you"),
        _ => format!("`{shown}` cannot be read: {error}"),
    };
    let problem = Diagnostic::error(codes::NOT_READABLE, why);
    match error.kind() {
        ErrorKind::NotFound => problem.help_if(near(path)),
        _ => problem,
    }
}

/// A near name in the folder of a path that is not there.
fn near(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    let entries = std::fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?;
    let names: Vec<String> = entries
        .take(1000)
        .flatten()
        .filter_map(|e| e.file_name().into_string().ok())
        .collect();
    raison_files::suggest::did_you_mean(name, names.iter().map(String::as_str))
}
