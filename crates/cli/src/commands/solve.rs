//! `raison solve`: bargaining tables, games and conflicts by the field's own solvers.

use crate::failure::{Failure, print_problems};
use crate::output::{self, Format};
use clap::{Args, Subcommand};
use raison::report::solve as report;
use raison::solve::{self, Answer, Request};
use serde_json::Value;
use std::path::PathBuf;

/// Solve a bargaining table, a game or a conflict
#[derive(Args)]
pub struct SolveArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Bargaining(BargainingArgs),
    Game(GameArgs),
    Conflict(ConflictArgs),
}

/// Where a group of actors with positions, capabilities and saliences will end up
#[derive(Args)]
#[command(after_long_help = BARGAINING)]
struct BargainingArgs {
    /// Table of actors: `Actor,Capability,Position,Salience`, or KTAB's forms
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// challenge, compromise, median, nash, kalai-smorodinsky, exchange, procedural or condorcet
    #[arg(long, default_value = "challenge", value_name = "NAME")]
    model: String,
    /// Rounds of the challenge model
    #[arg(long, default_value_t = 10, value_name = "N")]
    rounds: usize,
    /// Set a switch of the model, such as preset=scholz2011
    #[arg(long = "set", value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// Draws of the uncertain numbers; 0 takes the central values only [default: 1000 where a number is uncertain]
    #[arg(long, value_name = "N")]
    draws: Option<u64>,
    /// Seed of the draws
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// How to print the answer
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

const BARGAINING: &str = "\
Examples:
  raison solve bargaining actors.csv
  raison solve bargaining actors.csv --set preset=scholz2011 --rounds 8
  raison solve bargaining actors.csv --model nash --set reference=4
  raison solve bargaining actors.csv --set spread=0.1 --draws 10000 --format json

actors.csv is your table, one row for each actor: docs/solve/emissions.csv is one.

Switches of every model: spread=SHARE (treat known numbers as uncertain), issue=NAME.
  challenge           preset=paper|scholz2011|repaired, denominator=pair|all-pairs,
                      vote-risk=none|own, second-view=rival|own, range=round|fixed,
                      risk=actors|positions|off, Q=0..1, selection=least-move|average|
                      enforcer, capitulation=yes|no, conflict=concede|stand,
                      stopping=never|median, matrices=yes (tables in JSON)
  compromise, median  weights=effective|capability|salience|equal
  nash                weights=…, reference=X (one number per issue, commas between)
  kalai-smorodinsky   reference=X
  procedural          agenda=ACTOR, reference=X, quota=SHARE or number of votes
  condorcet           victory=linear|square|quartic|octic|binary, voting=binary|prop-bin|
                      proportional|prop-cbc|cubic|asym-prosp, outcome=conditional|
                      markov-incentive|markov-uniform, risk=-1..1
The weighted mean stands beside every forecast; richer models rarely beat it.";

/// Equilibria of a game in Gambit's .nfg or .efg format, or of a built-in template
#[derive(Args)]
#[command(after_long_help = GAME)]
struct GameArgs {
    /// A file, or template:NAME
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// nash, pure, subgame or qre [default: subgame for trees, nash for two players]
    #[arg(long, value_name = "NAME")]
    concept: Option<String>,
    /// Set a parameter: lambda=1 for qre, or a payoff of a template
    #[arg(long = "set", value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// How to print the answer
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

const GAME: &str = "\
Examples:
  raison solve game chicken.nfg
  raison solve game chicken.nfg --concept qre --set lambda=5
  raison solve game template:deterrence --set fight=-0.75,-0.75
  raison solve game template:crisis-bargaining --set resolute=0.3

chicken.nfg is your game in Gambit's format: docs/solve/chicken.nfg is one.

Templates and their parameters:
  deterrence          status-quo, concede, back-down, fight: challenger,defender
  crisis-bargaining   resolute, wins, challenger-cost, low-cost, high-cost,
                      small-demand, large-demand
  chicken, assurance, prisoners-dilemma   temptation, reward, punishment, sucker
For trees, qre is the agent form; form=normal takes the normal form instead.";

/// Which states of a conflict hold, for whom, and how it gets there
#[derive(Args)]
#[command(after_long_help = CONFLICT)]
struct ConflictArgs {
    /// A conflict model in TOML
    #[arg(value_name = "FILE.toml")]
    file: PathBuf,
    /// How to print the answer
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

const CONFLICT: &str = "\
A model:
  status-quo = \"NNN\"
  infeasible = [\"withdraw and escalate\"]
  [[players]]
  id = \"us\"
  prefer = [\"withdraw\", \"not strike\"]     # most important first
  [[players]]
  id = \"ussr\"
  prefer = [\"not strike\", \"not withdraw\"]
  [[options]]
  id = \"strike\"
  player = \"us\"
  direction = \"forward\"                   # cannot be undone
  …
docs/solve/conflict.md has the whole format.";

/// Runs the verb.
pub fn run(args: SolveArgs) -> Result<(), Failure> {
    match args.what {
        What::Bargaining(a) => {
            let request = Request {
                model: &a.model,
                rounds: a.rounds,
                draws: a.draws,
                seed: a.seed,
                set: &a.set,
            };
            deliver(
                solve::bargaining(&a.file, &request),
                a.format,
                report::bargaining,
            )
        }
        What::Game(a) => {
            let answer = solve::game(&a.file, a.concept.as_deref(), &a.set);
            deliver(answer, a.format, report::game)
        }
        What::Conflict(a) => deliver(solve::conflict(&a.file), a.format, report::conflict),
    }
}

fn deliver(
    answer: Answer,
    format: Format,
    text: fn(&Value, bool) -> String,
) -> Result<(), Failure> {
    let solved = answer.map_err(|unsolved| Failure::Input {
        problems: unsolved.problems,
        sources: unsolved.sources,
    })?;
    print_problems(&solved.sources, &solved.warnings);
    match format {
        Format::Text => output::print(&text(&solved.document, output::colour())),
        Format::Json => output::print(&format!("{:#}\n", solved.document)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use raison::solve::{CONCEPTS, MODELS};

    #[test]
    fn help_names_every_model_and_concept() {
        for model in MODELS {
            assert!(BARGAINING.contains(model) || model == "exchange", "{model}");
        }
        assert!(CONCEPTS.contains(&"qre") && GAME.contains("qre"));
    }
}
