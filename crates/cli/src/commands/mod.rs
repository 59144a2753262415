//! One file per verb.

mod analyze;
mod check;
mod list;
mod new;
#[cfg(feature = "record")]
mod data;
#[cfg(feature = "record")]
mod recording;
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
    New(new::NewArgs),
    /// Public data sets: list, add, verify, remove, cite.
    #[cfg(feature = "record")]
    Data(data::DataArgs),
    /// Research tables: state-years, dyad-years, leader-years, disputes.
    #[cfg(feature = "record")]
    Table(table::TableArgs),
}

/// Runs one verb.
pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Analyze(args) => analyze::run(args),
        Command::List(args) => list::run(args),
        Command::Check(args) => check::run(args),
        Command::New(args) => new::run(args),
        #[cfg(feature = "record")]
        Command::Data(args) => data::run(args),
        #[cfg(feature = "record")]
        Command::Table(args) => table::run(args),
    }
}
