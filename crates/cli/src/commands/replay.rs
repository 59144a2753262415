//! `raison replay`: the story of one run in words, with reasons.

use super::recording::StoreArgs;
use super::worlds::folder;
use crate::failure::Failure;
use crate::output::{self, Format};
use clap::Args;
use raison::core::Diagnostic;
use raison::world::mind::StrategyWord;
use raison::world::output::{CHANGED, digest};
use raison::world::{Cabinet, Event, EventKind, Questions, Simulation, System};
use serde_json::json;
use std::path::PathBuf;

/// Tell the story of one run, with reasons for each decision.
///
/// The run is simulated again from its manifest: the same seed gives the same run.
#[derive(Args)]
pub struct ReplayArgs {
    /// A folder of runs.
    dir: PathBuf,
    /// Which run.
    #[arg(long, value_name = "K", default_value_t = 0)]
    run: u64,
    /// Only what this state does or suffers.
    #[arg(long, value_name = "CODE")]
    state: Option<String>,
    /// Without reasons.
    #[arg(long)]
    brief: bool,
    /// How to write the result.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    store: StoreArgs,
}

/// Runs the verb.
pub fn run(args: ReplayArgs) -> Result<(), Failure> {
    let (_, asked, manifest) = folder(&args.dir, &args.store)?;
    if args.run >= asked.runs {
        return Err(Failure::problems(vec![
            Diagnostic::error(
                raison::core::Code("R6024"),
                format!("there is no run {}", args.run),
            )
            .help(format!(
                "the folder holds runs 0 to {}",
                asked.runs.saturating_sub(1)
            )),
        ]));
    }
    let system = System::new(asked.load()?);
    let now = format!("digest: {:016x}", digest(&system));
    if !manifest.lines().any(|l| l == now) {
        return Err(Failure::problems(vec![
            Diagnostic::error(CHANGED, "the world is no longer the one that was simulated")
                .note("its numbers, ties or doctrines differ from those of the manifest")
                .help("simulate it again into a new folder"),
        ]));
    }
    let lens = asked.lens()?;
    let questions = Questions::new(&system);
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: asked.seed,
        years: asked.years,
        networks: false,
    };
    let told = sim.tell(args.run, true);
    let about = |e: &&Event| {
        let of = |i: u16| {
            args.state
                .as_deref()
                .is_none_or(|s| system.code(i as usize) == s)
        };
        of(e.actor) || of(e.other)
    };
    let events: Vec<&Event> = told.events.iter().filter(about).collect();
    match args.format {
        Format::Json => output::print(&document(&system, args.run, &events)),
        _ => output::print(&story(&system, &args, &events)),
    }
}

fn document(system: &System, run: u64, events: &[&Event]) -> String {
    let rows: Vec<_> = events
        .iter()
        .map(|e| {
            json!({
                "year": e.year, "kind": e.kind.word(), "state": system.code(e.actor as usize),
                "other": (e.other != e.actor).then(|| system.code(e.other as usize)),
                "value": e.value, "item": e.item, "reasons": e.reasons, "words": sentence(system, e),
            })
        })
        .collect();
    let document = json!({ "run": run, "world": system.world.id, "events": rows });
    format!("{document:#}\n")
}

fn story(system: &System, args: &ReplayArgs, events: &[&Event]) -> String {
    let mut out = format!(
        "{}, run {}\nA simulated world, not a forecast: what the rules and luck made of {}.\n",
        system.world.title, args.run, system.world.start
    );
    let mut year = 0;
    for e in events {
        // Steps of a dispute are told by the reasons of its sides; holding course is silence.
        if e.kind == EventKind::Strategy && (e.item == 0 || e.reasons.is_empty()) {
            continue;
        }
        if e.year != year {
            year = e.year;
            out.push_str(&format!("\n{}\n", output::bold(&year.to_string())));
        }
        out.push_str(&wrap(&sentence(system, e), "  "));
        if !args.brief {
            e.reasons
                .iter()
                .for_each(|r| out.push_str(&wrap(r, "      ")));
        }
    }
    out
}

/// Text in lines of at most 80 columns.
fn wrap(text: &str, indent: &str) -> String {
    let mut out = String::new();
    let mut line = indent.to_owned();
    for word in text.split_whitespace() {
        if line.chars().count() + word.chars().count() + 1 > 80 && line.len() > indent.len() {
            out.push_str(line.trim_end());
            out.push('\n');
            line = format!("{indent}  ");
        }
        line.push_str(word);
        line.push(' ');
    }
    out.push_str(line.trim_end());
    out.push('\n');
    out
}

fn sentence(system: &System, e: &Event) -> String {
    let (a, b) = (system.name(e.actor as usize), system.name(e.other as usize));
    let first = [
        "threatens",
        "shows force against",
        "uses force against",
        "goes to war with",
    ];
    let reply = [
        "does not answer",
        "shows force against",
        "uses force against",
        "fights",
    ];
    let level = e.value as usize;
    match e.kind {
        EventKind::Dispute => format!(
            "A dispute between {a} and {b} ends at {}.",
            [
                "nothing",
                "nothing",
                "threats",
                "a display of force",
                "the use of force",
                "war"
            ][level.min(5)]
        ),
        EventKind::DisputeJoined => format!("{a} joins a dispute against {b}."),
        EventKind::Act if e.item == 0 => {
            format!("{a} {} {b}.", first[level.saturating_sub(2).min(3)])
        }
        EventKind::Act if level <= 1 => format!("{a} {} {b} militarily.", reply[0]),
        EventKind::Act => format!("{a} {} {b}.", reply[level.saturating_sub(2).min(3)]),
        EventKind::WarBegins => format!("War {} begins between {a} and {b}.", e.item),
        EventKind::WarJoined if level == 1 => format!("{a} enters the war beside its ally {b}."),
        EventKind::WarJoined => format!("{a} enters the war beside {b}."),
        EventKind::WarRefused => format!("{a} does not enter the war of its ally {b}."),
        EventKind::WarEnds => format!(
            "War {} ends: {a} prevails over {b}; {:.0} battle deaths.",
            e.item, e.value
        ),
        EventKind::Sanction => format!("{a} puts sanctions on {b}."),
        EventKind::SanctionEnds => format!("{a} lifts its sanctions on {b}."),
        EventKind::Pact if level == 1 => format!("{a} and {b} make a defence pact."),
        EventKind::Pact => format!("{a} and {b} make a pact."),
        EventKind::PactEnds => format!("The pact of {a} and {b} ends."),
        EventKind::Exit => format!(
            "The leader of {a} {}.",
            [
                "leaves office",
                "dies in office",
                "leaves at the stated date"
            ][level.min(2)]
        ),
        EventKind::Strategy => format!("{a} chooses to {}.", StrategyWord::title(e.item as usize)),
        EventKind::Corridor => format!("A corridor between {a} and {b} opens."),
        EventKind::Membership if level == 1 => format!("{a} becomes a member of the system."),
        EventKind::Membership => format!("{a} ceases to be a state."),
        EventKind::Regime => format!("The regime of {a} changes to Polity {:.0}.", e.value),
        EventKind::Major if level == 1 => format!("{a} becomes a major power."),
        EventKind::Major => format!("{a} is a major power no longer."),
        EventKind::Bloc => format!("{a} founds a pact of {:.0} states.", e.value),
        EventKind::BlocEnds => format!("The pact of several with {a} ends."),
        EventKind::Joined => {
            let name = system
                .world
                .institutions
                .get(e.item as usize)
                .map_or("", |i| i.name.as_str());
            format!("{a} enters {name}.")
        }
    }
}
