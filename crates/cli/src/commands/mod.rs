//! One file per verb.

mod analyze;
#[cfg(feature = "world")]
mod branch;
mod check;
#[cfg(feature = "world")]
mod compare;
#[cfg(feature = "record")]
mod data;
#[cfg(feature = "text")]
mod draft;
#[cfg(feature = "text")]
mod events;
mod explain;
#[cfg(feature = "record")]
mod fit;
mod list;
#[cfg(feature = "world")]
mod listen;
#[cfg(feature = "record")]
mod measure;
mod new;
#[cfg(feature = "text")]
mod profile;
#[cfg(feature = "text")]
mod read;
#[cfg(feature = "record")]
mod recording;
#[cfg(feature = "world")]
mod replay;
#[cfg(feature = "world")]
mod simulate;
mod solve;
mod study;
#[cfg(feature = "record")]
mod table;
#[cfg(feature = "world")]
mod worlds;

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
    #[cfg(feature = "world")]
    Simulate(simulate::SimulateArgs),
    #[cfg(feature = "world")]
    Replay(replay::ReplayArgs),
    #[cfg(feature = "world")]
    Compare(compare::CompareArgs),
    #[cfg(feature = "world")]
    Listen(listen::ListenArgs),
    #[cfg(feature = "text")]
    Profile(profile::ProfileArgs),
    #[cfg(feature = "text")]
    Read(read::ReadArgs),
    #[cfg(feature = "text")]
    Draft(draft::DraftArgs),
    #[cfg(feature = "text")]
    Events(events::EventsArgs),
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
        #[cfg(feature = "world")]
        Command::Simulate(args) => simulate::run(args),
        #[cfg(feature = "world")]
        Command::Replay(args) => replay::run(args),
        #[cfg(feature = "world")]
        Command::Compare(args) => compare::run(args),
        #[cfg(feature = "world")]
        Command::Listen(args) => listen::run(args),
        #[cfg(feature = "text")]
        Command::Profile(args) => profile::run(args),
        #[cfg(feature = "text")]
        Command::Read(args) => read::run(args),
        #[cfg(feature = "text")]
        Command::Draft(args) => draft::run(args),
        #[cfg(feature = "text")]
        Command::Events(args) => events::run(args),
    }
}
