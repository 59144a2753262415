//! One file per verb.

mod check;
mod list;
mod solve;

use crate::failure::Failure;
use clap::Subcommand;

/// The verbs, one meaning each.
#[derive(Subcommand)]
pub enum Command {
    List(list::ListArgs),
    Check(check::CheckArgs),
    Solve(solve::SolveArgs),
}

/// Runs one verb.
pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::List(args) => list::run(args),
        Command::Check(args) => check::run(args),
        Command::Solve(args) => solve::run(args),
    }
}
