//! One file per verb.

mod analyze;
mod check;
#[cfg(feature = "text")]
mod draft;
mod drawn;
#[cfg(feature = "text")]
mod events;
mod list;
mod new;
#[cfg(feature = "text")]
mod profile;
#[cfg(feature = "text")]
mod read;

use crate::failure::Failure;
use clap::Subcommand;

/// The verbs, one meaning each.
#[derive(Subcommand)]
pub enum Command {
    Analyze(analyze::AnalyzeArgs),
    List(list::ListArgs),
    Check(check::CheckArgs),
    New(new::NewArgs),
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
        Command::New(args) => new::run(args),
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
