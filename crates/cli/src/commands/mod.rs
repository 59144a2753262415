//! One file per verb.

use crate::failure::Failure;
use clap::Subcommand;

/// The verbs, one meaning each.
#[derive(Subcommand)]
pub enum Command {}

/// Runs one verb.
pub fn run(command: Command) -> Result<(), Failure> {
    match command {}
}
