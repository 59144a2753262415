//! One file per verb.

mod analyze;
mod check;
mod explain;
mod list;
mod new;
mod solve;
#[cfg(feature = "record")]
mod data;
#[cfg(feature = "record")]
mod fit;
#[cfg(feature = "record")]
mod measure;
#[cfg(feature = "record")]
mod recording;
mod study;
#[cfg(feature = "record")]
mod table;

use crate::failure::Failure;
use clap::Subcommand;

/// The verbs, one meaning each.
#[derive(Subcommand)]
pub enum Command {
    Analyze(analyze::AnalyzeArgs),
    List(list::ListArgs),
    Check(check::CheckArgs),
    Explain(explain::ExplainArgs),
    New(new::NewArgs),
    Solve(solve::SolveArgs),
    /// Public data sets: list, add, verify, remove, cite.
    #[cfg(feature = "record")]
    Data(data::DataArgs),
    /// Research tables: state-years, dyad-years, leader-years, disputes.
    #[cfg(feature = "record")]
    Table(table::TableArgs),
    /// Measures of the international system, over time.
    #[cfg(feature = "record")]
    Measure(measure::MeasureArgs),
    /// A binary logit from a formula.
    #[cfg(feature = "record")]
    Fit(fit::FitArgs),
    /// Built-in studies.
    Study(study::StudyArgs),
}

/// Runs one verb.
pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Analyze(args) => analyze::run(args),
        Command::List(args) => list::run(args),
        Command::Check(args) => check::run(args),
        Command::Explain(args) => explain::run(args),
        Command::New(args) => new::run(args),
        Command::Solve(args) => solve::run(args),
        #[cfg(feature = "record")]
        Command::Data(args) => data::run(args),
        #[cfg(feature = "record")]
        Command::Table(args) => table::run(args),
        #[cfg(feature = "record")]
        Command::Measure(args) => measure::run(args),
        #[cfg(feature = "record")]
        Command::Fit(args) => fit::run(args),
        Command::Study(args) => study::run(args),
    }
}
