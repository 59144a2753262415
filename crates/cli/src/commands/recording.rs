//! What the verbs of the record share: where the store is, how refusals are told.

use crate::failure::Failure;
use clap::{Args, ValueEnum};
use raison::record::{Refusal, Store};
use std::path::PathBuf;

/// Where the store is.
#[derive(Args)]
pub struct StoreArgs {
    /// Folder of the store [default: the platform's folder for data, or RAISON_STORE].
    #[arg(
        long,
        value_name = "FOLDER",
        env = "RAISON_STORE",
        hide_env = true,
        global = true
    )]
    pub store: Option<PathBuf>,
}

/// How a result is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs, at full precision.
    Json,
}

/// The same, where a table of numbers is the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// For people.
    Text,
    /// Comma-separated values.
    Csv,
    /// For programs, at full precision.
    Json,
}

impl StoreArgs {
    /// The folder.
    pub fn folder(&self) -> Result<PathBuf, Failure> {
        use etcetera::BaseStrategy;
        if let Some(folder) = &self.store {
            return Ok(folder.clone());
        }
        let base = etcetera::choose_base_strategy().map_err(|_| {
            Failure::Request("no home folder is known; give the store with `--store FOLDER`".into())
        })?;
        Ok(base.data_dir().join("raison").join("store"))
    }

    /// The store, opened.
    pub fn open(&self) -> Result<Store, Failure> {
        Store::open(&self.folder()?).map_err(failure)
    }
}

/// A refusal of the record, as the command's.
pub fn failure(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::Machine(text) => Failure::Ours(text),
        Refusal::Input(both) => {
            let (problems, sources) = *both;
            Failure::Input { problems, sources }
        }
    }
}

/// Prints notes to standard error.
pub fn notes(notes: &[String]) {
    for note in notes {
        eprintln!("note: {note}");
    }
}

/// Writes the document to standard output.
pub fn print(text: &str) -> Result<(), Failure> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // A reader that stops early, such as `head`, is no failure.
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::Ours(format!("cannot write the result: {e}")))
        }
        _ => Ok(()),
    }
}
