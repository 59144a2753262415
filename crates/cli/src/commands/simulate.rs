//! `raison simulate`: runs of a world, streamed to a folder.

use super::branch::{self, Moment};
use super::recording::failure;
use super::worlds::{Settled, WorldArgs, tied};
use crate::failure::Failure;
use crate::output;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use raison::world::output::{Ended, Folder, digest};
use raison::world::{Cabinet, Networks, Origin, Questions, Simulation, System};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Run a world many times: states with doctrines in a system of ties.
///
/// Each run and year of each state is a row of `DIR/runs/*-states.parquet`, each year of
/// the system a row of `*-system.parquet`, each event one of `*-events.parquet`;
/// `DIR/ties.parquet` lists the ties of the start with how each is known and its source;
/// `raison explain columns` says what the columns are. Ctrl-C ends after the blocks under
/// way; `--resume` does the rest. A run that fails is one row with `failed` 1.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct SimulateArgs {
    #[command(flatten)]
    world: WorldArgs,
    /// Go on from the beginning of a year of a run: WORLD is the folder of runs.
    #[arg(long, value_name = "RUN@YEAR")]
    branch: Option<Moment>,
    /// Folder for the runs.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Finish the runs in the folder.
    #[arg(long)]
    resume: bool,
    /// Threads [default: one for each core].
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

const EXAMPLES: &str = "\
Examples:
  raison simulate world-2010 --years 10 --runs 200 --out base
  raison simulate world-2010 --years 10 --runs 200 --out other \\
      --swap IRN.doctrine=five-principles-1954
  raison compare base other               the same luck, paired differences
  raison simulate record:1950 --years 60 --runs 1000 --out cold
  raison simulate world-2010 --networks 2015,2034 --out two
                                          networks measured in these two years
  raison simulate base --branch 3@2015 --set parameters.war.costs=0.3 --out turn
                                        run 3 up to 2015, then 200 futures

In a branch, run K has the luck of run K of the folder from that year on: with
nothing changed, run 3 of a branch at 3@2015 repeats the original to the last
bit.";

/// What is to be simulated, laid out.
pub struct Laid {
    /// What is asked.
    pub asked: Settled,
    /// The world.
    pub system: System,
    /// Where the runs begin, if not with the world.
    pub origin: Option<Origin>,
}

/// Runs the verb.
pub fn run(args: SimulateArgs) -> Result<(), Failure> {
    let wanted = args.world.networks.clone();
    args.world.once()?;
    let laid = match args.branch {
        Some(moment) => branch::lay(args.world, moment)?,
        None => lay(args.world)?,
    };
    let Laid {
        asked,
        system,
        origin,
    } = &laid;
    within(wanted.as_ref(), &laid)?;
    let lens = asked.lens()?;
    let manifest = asked.manifest(digest(system));
    let folder = Folder::prepare(&args.out, &manifest, args.resume).map_err(failure)?;
    if let (Some(origin), false) = (origin, folder.condition().exists()) {
        output::write(&folder.condition(), origin.to_json().as_bytes())?;
    }
    let ties = raison::world::ties::counts(system);
    let rows = ties.iter().map(|c| (c.layer, c.marks));
    output::tell(&tied("ties of the start", rows));
    let questions = Questions::new(system);
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system,
        cabinet: &cabinet,
        seed: asked.seed,
        years: asked.years,
        networks: asked.networks.clone(),
    };
    let stop = Arc::new(AtomicBool::new(false));
    let heard = stop.clone();
    // Without a handler an interruption ends at once; finished blocks are safe even then.
    let _ = ctrlc::set_handler(move || heard.store(true, Ordering::Relaxed));
    let bar = bar();
    let citations = citations(system, &manifest);
    let done = |finished: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(finished as u64);
    };
    let from = origin.as_ref();
    let work = || folder.fill_from(&sim, from, asked.runs, &citations, &stop, &done);
    let threads = args.threads.map(usize::from);
    let ended = raison::threads::with_threads(threads, work).map_err(Failure::Ours)?;
    bar.finish_and_clear();
    tell(&args.out, asked, &ended.map_err(failure)?);
    Ok(())
}

/// Refuses years of network measures that are not simulated.
fn within(wanted: Option<&Networks>, laid: &Laid) -> Result<(), Failure> {
    let Some(Networks::Years(years)) = wanted else {
        return Ok(());
    };
    let origin = laid.origin.as_ref().map(|o| o.snapshot.year);
    let first = origin.unwrap_or(laid.system.world.start);
    let last = first.saturating_add_unsigned(laid.asked.years - 1);
    match years.iter().find(|y| !(first..=last).contains(*y)) {
        None => Ok(()),
        Some(year) => Err(Failure::Request(format!(
            "`--networks {year}`: the runs go from {first} to {last}\n\
             help: name years of the runs, or `every:N`, or `last`"
        ))),
    }
}

fn lay(args: WorldArgs) -> Result<Laid, Failure> {
    let there = std::path::Path::new(&args.world);
    if there.join("manifest.txt").is_file() {
        return Err(Failure::Request(format!(
            "`{0}` is a folder of runs, not a world\n\
             help: `--branch RUN@YEAR` goes on from one of its runs; to finish the folder itself, \
             repeat its command with `--resume`",
            args.world
        )));
    }
    let asked = args.settled();
    let share = |path: &str| path.starts_with("states.") && path.ends_with(".share");
    if asked.set.iter().any(|(path, _)| share(path)) {
        output::tell("note: shares are divided by their sum; setting one rescales those of all\n");
    }
    Ok(Laid {
        system: System::new(asked.load()?),
        asked,
        origin: None,
    })
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} block {pos} of {len}, {eta} left");
    let bar = ProgressBar::new(0);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn tell(out: &std::path::Path, asked: &Settled, ended: &Ended) {
    let shown = out.display();
    for failed in ended.failed.iter().take(5) {
        output::tell(&format!("run {} failed: {}\n", failed.run, failed.why));
    }
    if !ended.failed.is_empty() {
        output::tell(&format!(
            "{} runs failed; each is a row with `failed` 1\n",
            ended.failed.len()
        ));
    }
    if ended.damaged > 0 {
        let blocks = count(ended.damaged as u64, "block");
        output::tell(&format!(
            "{blocks} of runs were damaged and are simulated again\n"
        ));
    }
    if ended.left > 0 {
        output::tell(&format!(
            "interrupted: {} of {} blocks of ten runs are in `{shown}`;\nthe same command with `--resume` does the rest\n",
            ended.before + ended.written,
            ended.before + ended.written + ended.left
        ));
        return;
    }
    if ended.written == 0 {
        output::tell(&format!("nothing was left to do in `{shown}`\n"));
    }
    output::tell(&format!(
        "{} of {} are in `{shown}`; `raison replay {shown}` tells one\n",
        count(asked.runs, "run"),
        count(u64::from(asked.years), "year")
    ));
}

fn count(n: u64, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// The manifest and the works behind the world's numbers: both go into every file.
fn citations(system: &System, manifest: &str) -> String {
    let works = raison::worlds::works(&system.world);
    format!("{manifest}works:\n{}\n", works.join("\n"))
}
