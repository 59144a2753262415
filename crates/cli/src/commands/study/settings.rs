//! What studies of the record share: settings, and where the result goes.

use super::super::fit::write_plot;
use super::super::recording::{Format, StoreArgs, failure};
use crate::failure::Failure;
use crate::output::deliver;
use clap::Args;
use raison::record::{Outcome, Store};
use raison::report::charts::Chart;
use raison::studies::{self, Study};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Settings, seed, plot and output of a study.
#[derive(Args)]
pub struct StudyRun {
    #[command(flatten)]
    store: StoreArgs,
    /// Settings: a study file, such as a changed copy of the built-in one
    #[arg(long, value_name = "FILE")]
    study: Option<PathBuf>,
    /// Seed of all draws
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Draw the result
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
    /// Write the result to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// How to write the result
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Threads to use [default: one for each core]; the answer is the same on any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

/// How a result is told.
pub struct Told<T> {
    /// As a chart.
    pub chart: fn(&T) -> Chart,
    /// For programs.
    pub document: fn(&T) -> Value,
    /// For people.
    pub report: fn(&T, &str) -> String,
}

impl StudyRun {
    /// The settings.
    pub fn settings<S: Study>(&self) -> Result<S, Failure> {
        read(self.study.as_deref())
    }

    /// Runs a study on the store and delivers what it found under a title.
    pub fn deliver<T: Send>(
        &self,
        title: &str,
        study: impl FnOnce(&Store) -> Outcome<T> + Send,
        told: &Told<T>,
    ) -> Result<(), Failure> {
        let store = self.store.open()?;
        let threads = self.threads.map(usize::from);
        let done = raison::threads::with_threads(threads, || study(&store));
        let found = done.map_err(Failure::Ours)?.map_err(failure)?;
        if let Some(plot) = &self.plot {
            write_plot(plot, &(told.chart)(&found))?;
        }
        let text = match self.format {
            Format::Json => format!("{:#}\n", (told.document)(&found)),
            Format::Text => (told.report)(&found, title),
        };
        deliver(&text, self.out.as_deref())
    }
}

/// Reads the settings of a study: the built-in file, or a changed copy of it.
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
