//! The command line of Raison.

mod commands;
mod failure;

use clap::Parser;
use std::process::ExitCode;

/// An open laboratory for foreign-policy analysis.
#[derive(Parser)]
#[command(name = "raison", version, about)]
struct Cli {
    #[command(subcommand)]
    command: commands::Command,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match commands::run(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
