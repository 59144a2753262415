//! `raison simulate`: runs of a world, streamed to a folder.

use super::recording::failure;
use super::worlds::WorldArgs;
use crate::failure::Failure;
use crate::output;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use raison::world::output::{Ended, Folder, digest};
use raison::world::{Cabinet, Questions, Simulation, System};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Run a world many times: states with doctrines in a system of ties.
///
/// Each run and year of each state is a row of `DIR/runs/*-states.parquet`, each year of
/// the system a row of `*-system.parquet`, each event one of `*-events.parquet`. Ctrl-C
/// ends after the blocks under way; `--resume` does the rest.
#[derive(Args)]
pub struct SimulateArgs {
    #[command(flatten)]
    world: WorldArgs,
    /// Folder for the runs.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Finish the runs in the folder.
    #[arg(long)]
    resume: bool,
    /// Network measures only in the last year.
    #[arg(long)]
    no_networks: bool,
    /// Threads [default: one for each core].
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// Runs the verb.
pub fn run(args: SimulateArgs) -> Result<(), Failure> {
    let world = args.world.load()?;
    let lens = args.world.lens()?;
    let system = System::new(world);
    let mut manifest = args.world.manifest(digest(&system));
    manifest.push_str(&format!("networks: {}\n", !args.no_networks));
    let folder = Folder::prepare(&args.out, &manifest, args.resume).map_err(failure)?;
    let questions = Questions::new(&system);
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: args.world.seed,
        years: args.world.years,
        networks: !args.no_networks,
    };
    let stop = Arc::new(AtomicBool::new(false));
    let heard = stop.clone();
    // Without a handler an interruption ends at once; finished blocks are safe even then.
    let _ = ctrlc::set_handler(move || heard.store(true, Ordering::Relaxed));
    let bar = bar();
    let citations = citations(&system, &manifest);
    let done = |finished: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(finished as u64);
    };
    let work = || folder.fill(&sim, args.world.runs, &citations, &stop, &done);
    let threads = args.threads.map(usize::from);
    let ended = raison::threads::with_threads(threads, work).map_err(Failure::Ours)?;
    bar.finish_and_clear();
    tell(&args, &ended.map_err(failure)?);
    Ok(())
}

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} block {pos} of {len}, {eta} left");
    let bar = ProgressBar::new(0);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn tell(args: &SimulateArgs, ended: &Ended) {
    let shown = args.out.display();
    if ended.left > 0 {
        output::tell(&format!(
            "interrupted: {} blocks of runs are in `{shown}`, {} are left; `--resume` does them\n",
            ended.before + ended.written,
            ended.left
        ));
    } else {
        output::tell(&format!(
            "{} runs of {} years are in `{shown}`; `raison replay {shown} --run 0` tells one\n",
            args.world.runs, args.world.years
        ));
    }
}

/// Works behind the world's numbers, and the manifest: both go into every file.
pub fn citations(system: &System, manifest: &str) -> String {
    let mut keys: Vec<String> = Vec::new();
    for (_, input) in system.world.inputs.iter() {
        if let raison::core::Provenance::Source(works) = &input.provenance {
            keys.extend(works.iter().map(|w| w.key.clone()));
        }
    }
    keys.sort();
    keys.dedup();
    format!("{manifest}works: {}\n", keys.join(", "))
}
