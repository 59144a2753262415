//! `raison simulate DIR --branch RUN@YEAR`: other futures of one past.

use super::simulate::Laid;
use super::worlds::{Runs, Settled, WorldArgs, folder};
use crate::failure::Failure;
use raison::core::{Code, Date, Diagnostic};
use raison::world::saved::Put;
use raison::world::{Cabinet, Networks, Origin, Questions, Simulation, Snapshot, System};
use std::path::Path;

/// A branch cannot begin there.
const NO_MOMENT: Code = Code("R6026");
/// What a branch cannot change.
const PAST: Code = Code("R6028");

/// The beginning of a year of a run: `3@2015`.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The run.
    pub run: u64,
    /// The year.
    pub year: i16,
}

impl std::str::FromStr for Moment {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split_once('@');
        let read = parts.and_then(|(run, year)| {
            Some(Moment {
                run: run.trim().parse().ok()?,
                year: year.trim().parse().ok()?,
            })
        });
        read.ok_or("write the run and the year, such as `3@2015`")
    }
}

/// Goes to the moment and lays out the world that goes on from there.
pub fn lay(args: WorldArgs, moment: Moment) -> Result<Laid, Failure> {
    if args.seed.is_some() || args.from.is_some() {
        return Err(Failure::Request(
            "a branch keeps the seed and the world of its folder: leave out `--seed` and `--from`\n\
             help: `--runs N` gives N futures, each with luck of its own"
                .to_owned(),
        ));
    }
    let runs = folder(Path::new(&args.world), &args.store)?;
    runs.holds(moment.run)?;
    let (before, origin) = runs.lay()?;
    let first = origin
        .as_ref()
        .map_or(before.world.start, |o| o.snapshot.year);
    let end = first.saturating_add_unsigned(runs.asked.years);
    if !(first..=end).contains(&moment.year) {
        return Err(no_moment(
            format!("run {} is not in {}", moment.run, moment.year),
            format!("the folder goes from {first} to {}", end - 1),
        ));
    }
    let left = (end - moment.year) as u16;
    let years = args.years.unwrap_or(left);
    if years == 0 {
        return Err(no_moment(
            format!("nothing is left after {}", end - 1),
            "say with `--years N` how long it is to go on".to_owned(),
        ));
    }
    let snapshot = reach(&runs, &before, moment, origin.as_ref())?;
    let asked = changed(args, runs.asked, moment, years);
    let system = System::new(asked.0.load()?);
    let run = origin.map_or(moment.run, |o| o.run);
    let mut origin = Origin::new(&system, run, snapshot);
    check(&asked.1, &origin.snapshot, &system)?;
    origin.seat(&system, &puts(&asked.1.swap, &system));
    Ok(Laid {
        asked: asked.0,
        system,
        origin: Some(origin),
    })
}

fn no_moment(text: String, help: String) -> Failure {
    Failure::problems(vec![Diagnostic::error(NO_MOMENT, text).help(help)])
}

/// Simulates the run up to the moment.
fn reach(
    runs: &Runs,
    system: &System,
    moment: Moment,
    origin: Option<&Origin>,
) -> Result<Snapshot, Failure> {
    let lens = runs.asked.lens()?;
    let questions = Questions::new(system);
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system,
        cabinet: &cabinet,
        seed: runs.asked.seed,
        years: runs.asked.years,
        networks: Networks::Last,
    };
    Ok(sim.at(moment.run, moment.year, origin))
}

/// What is changed at the branch.
struct Changes {
    set: Vec<(String, String)>,
    swap: Vec<(String, String)>,
    exit: Vec<(String, String)>,
}

/// What is asked now: as before, with the changes after what was changed before.
fn changed(args: WorldArgs, before: Settled, moment: Moment, years: u16) -> (Settled, Changes) {
    let changes = Changes {
        set: args.set,
        swap: args.swap,
        exit: args.exit,
    };
    let at = format!("{}@{}", moment.run, moment.year);
    let branch = match &before.branch {
        Some(earlier) => format!("{earlier}, {at}"),
        None => at,
    };
    let asked = Settled {
        years,
        runs: args.runs.unwrap_or(before.runs),
        lens: args.lens.unwrap_or(before.lens),
        set: [before.set, changes.set.clone()].concat(),
        swap: [before.swap, changes.swap.clone()].concat(),
        exit: [before.exit, changes.exit.clone()].concat(),
        networks: args.networks.unwrap_or(before.networks),
        branch: Some(branch),
        world: before.world,
        from: None,
        seed: before.seed,
        store: args.store,
    };
    (asked, changes)
}

/// Refuses changes that would be of the past.
fn check(changes: &Changes, now: &Snapshot, system: &System) -> Result<(), Failure> {
    let year = now.year;
    let mut problems = Vec::new();
    for (path, _) in &changes.set {
        let later = path.starts_with("parameters.")
            || (path.starts_with("states.") && path.ends_with(".growth"));
        if !later {
            problems.push(
                Diagnostic::error(PAST, format!("`{path}` is a condition of {}", system.world.start))
                    .note(format!("the branch begins in {year}, with what that year inherits"))
                    .help("a branch sets `parameters.…` and `states.CODE.growth`; for another beginning simulate the world anew"),
            );
        }
    }
    for (state, date) in &changes.exit {
        let seat = system.world.state(state).and_then(|i| now.holders.get(i));
        if seat.is_some_and(|h| h.seat > 0) {
            problems.push(
                Diagnostic::error(
                    PAST,
                    format!("the first leader of {state} has left before {year}"),
                )
                .help("branch off at an earlier year"),
            );
        } else if date.parse::<Date>().is_ok_and(|d| d.year() < year) {
            problems.push(
                Diagnostic::error(PAST, format!("{date} is before the branch"))
                    .help(format!("name a date in {year} or later")),
            );
        }
    }
    match problems.is_empty() {
        true => Ok(()),
        false => Err(Failure::problems(problems)),
    }
}

/// Who is put in where.
fn puts(swaps: &[(String, String)], system: &System) -> Vec<Put> {
    let mut out = vec![Put::default(); system.n];
    for (what, _) in swaps {
        let (code, kind) = what.split_once('.').unwrap_or((what, ""));
        if let Some(put) = system.world.state(code).and_then(|i| out.get_mut(i)) {
            put.leader |= kind == "leader";
            put.doctrine |= kind == "doctrine";
        }
    }
    out
}
