//! How work on the record can fail.

use crate::codes;
use raison_core::{Code, Diagnostic, Problems, SourceMap};

/// Why something could not be done.
#[derive(Debug)]
pub enum Refusal {
    /// The input is at fault; every problem found, and the texts they point into.
    Input(Box<(Vec<Diagnostic>, SourceMap)>),
    /// The machine is: disk full, no permission to write.
    Machine(String),
}

/// The usual result here.
pub type Outcome<T> = Result<T, Refusal>;

impl Refusal {
    /// One problem without a place.
    pub fn one(problem: Diagnostic) -> Self {
        Refusal::Input(Box::new((vec![problem], SourceMap::new())))
    }

    /// One error with a code, a sentence and advice.
    pub fn error(code: Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::one(Diagnostic::error(code, message).help(help))
    }

    /// Several problems and their texts.
    pub fn many(problems: Problems, sources: SourceMap) -> Self {
        Refusal::Input(Box::new((problems.into_vec(), sources)))
    }

    /// The problems, where the input is at fault.
    pub fn problems(&self) -> &[Diagnostic] {
        match self {
            Refusal::Input(both) => &both.0,
            Refusal::Machine(_) => &[],
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::Machine(text) => f.write_str(text),
            Refusal::Input(both) => {
                for (i, d) in both.0.iter().enumerate() {
                    let end = if i + 1 < both.0.len() { "; " } else { "" };
                    write!(f, "{}: {}{end}", d.code.0, d.message)?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for Refusal {}

/// What the machine said about a path, as a problem of the user's input.
pub fn unreadable(path: &std::path::Path, error: &std::io::Error) -> Refusal {
    let shown = path.display();
    let (message, help) = match error.kind() {
        std::io::ErrorKind::NotFound => (
            format!("there is no file or folder `{shown}`"),
            "check the spelling of the path",
        ),
        std::io::ErrorKind::PermissionDenied => (
            format!("no permission to read `{shown}`"),
            "change the permissions of the file or folder, or copy it",
        ),
        _ => (
            format!("cannot read `{shown}`: {error}"),
            "check that the disk is connected and the file is whole",
        ),
    };
    Refusal::error(codes::UNREADABLE, message, help)
}

/// A failed write to the store.
pub fn cannot_write(path: &std::path::Path, error: &std::io::Error) -> Refusal {
    Refusal::Machine(format!("cannot write `{}`: {error}", path.display()))
}
