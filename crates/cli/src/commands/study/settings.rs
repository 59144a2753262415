//! Settings of a study: the built-in file, or a changed copy of it.

use crate::failure::Failure;
use raison::studies::{self, Study};
use std::path::Path;

/// Reads them.
pub fn read<S: Study>(file: Option<&Path>) -> Result<S, Failure> {
    let read = match file {
        None => studies::built_in(),
        Some(path) => {
            let bytes = raison::open::bytes(path).map_err(|p| Failure::problems(vec![p]))?;
            studies::read(&path.display().to_string(), &bytes)
        }
    };
    read.map_err(|(problems, sources)| Failure::Input { problems, sources })
}
