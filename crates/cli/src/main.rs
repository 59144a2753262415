//! The command line of Raison.

mod commands;
mod failure;
mod markdown;
mod output;

use clap::Parser;
use std::process::ExitCode;

/// An open laboratory for foreign-policy analysis: historical decisions judged by
/// several theories side by side, with reasons.
#[derive(Parser)]
#[command(name = "raison", version, about, after_help = START, term_width = 80)]
struct Cli {
    #[command(subcommand)]
    command: commands::Command,
}

const START: &str = "\
Start here:
  raison analyze cuban-missile-crisis    one case through every lens
  raison list                            what the built-in library holds
  raison explain                         every topic that can be explained

Exit codes: 0 done, 2 the input is at fault, 1 we or the machine are.";

fn main() -> ExitCode {
    let cli = Cli::parse();
    match commands::run(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
