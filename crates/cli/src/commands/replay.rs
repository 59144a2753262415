//! `raison replay`: the story of one run in words, with reasons.

use super::recording::StoreArgs;
use super::worlds::{Runs, folder, state_of};
use crate::failure::Failure;
use crate::output::{self, Format};
use clap::Args;
use raison::world::mind::StrategyWord;
use raison::world::{Cabinet, Event, EventKind, Networks, Questions, Simulation, System};
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
    let runs = folder(&args.dir, &args.store)?;
    runs.holds(args.run)?;
    let (system, origin) = runs.lay()?;
    let state = match &args.state {
        Some(code) => Some(state_of(&system, code)?),
        None => None,
    };
    let lens = runs.asked.lens()?;
    let questions = Questions::new(&system);
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: runs.asked.seed,
        years: runs.asked.years,
        networks: Networks::Last,
    };
    let told = sim.tell_from(args.run, origin.as_ref(), true);
    let mut seats: Vec<u16> = match &origin {
        Some(origin) => origin.snapshot.holders.iter().map(|h| h.seat).collect(),
        None => vec![0; system.n],
    };
    let mut lines = Vec::new();
    for event in &told.events {
        let words = sentence(&system, event, &mut seats);
        let of = |i: u16| state.is_none_or(|s| s == i as usize);
        if of(event.actor) || of(event.other) {
            lines.push(Line { event, words });
        }
    }
    lines.sort_by_key(|l| (l.event.year, rank(l.event.kind)));
    let from = i32::from(told.first);
    match args.format {
        Format::Json => output::print(&document(&system, &args, &runs, from, &lines)),
        _ => output::print(&story(&system, &args, &runs, from, &lines)),
    }
}

/// The order of telling within a year: disputes, then the wars that come of them.
fn rank(kind: EventKind) -> u8 {
    match kind {
        EventKind::Dispute | EventKind::Act => 0,
        EventKind::WarBegins => 1,
        EventKind::WarJoined | EventKind::WarRefused => 2,
        _ => 3,
    }
}

/// An event with its sentence.
struct Line<'t> {
    event: &'t Event,
    words: String,
}

fn document(
    system: &System,
    args: &ReplayArgs,
    runs: &Runs,
    from: i32,
    lines: &[Line<'_>],
) -> String {
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            let e = line.event;
            json!({
                "year": e.year, "kind": e.kind.word(), "state": system.code(e.actor as usize),
                "other": (e.other != e.actor).then(|| system.code(e.other as usize)),
                "what": e.what(system), "value": e.value, "item": e.item, "reasons": e.reasons, "words": line.words,
            })
        })
        .collect();
    let document = json!({ "run": args.run, "world": system.world.id, "from": from,
        "branch": runs.asked.branch, "manifest": runs.manifest, "events": rows });
    format!("{document:#}\n")
}

fn story(system: &System, args: &ReplayArgs, runs: &Runs, from: i32, lines: &[Line<'_>]) -> String {
    let mut out = format!("{}, run {}\n", system.world.title, args.run);
    if let Some(branch) = &runs.asked.branch {
        let parts = branch.split(", ").filter_map(|b| b.split_once('@'));
        let told: Vec<String> = parts
            .map(|(run, year)| format!("run {run} at the beginning of {year}"))
            .collect();
        out.push_str(&output::wrap(
            &format!("Branches off {}.", told.join(", then off ")),
            "",
        ));
    }
    for (what, list) in [
        ("Put in", &runs.asked.swap),
        ("Set", &runs.asked.set),
        ("Leaves at a date of yours", &runs.asked.exit),
    ] {
        let told: Vec<String> = list.iter().map(|(a, b)| format!("{a} = {b}")).collect();
        if !told.is_empty() {
            out.push_str(&output::wrap(&format!("{what}: {}.", told.join(", ")), ""));
        }
    }
    out.push_str(&output::wrap(
        &format!("A simulated world, not a forecast: what the rules and luck made of {from}."),
        "",
    ));
    if !args.brief {
        out.push_str(&output::wrap(
            "Under a decision stands its chance with the share that the theories tilted, then where \
             each theory that counts ranks what was chosen, and what it says for it and against it. \
             `raison explain WORD` explains what stands in backticks.",
            "",
        ));
    }
    let (mut year, mut before) = (0, None);
    for line in lines {
        let e = line.event;
        if silent(e) {
            continue;
        }
        if e.year != year {
            year = e.year;
            out.push_str(&format!("\n{}\n", output::bold(&year.to_string())));
        }
        out.push_str(&output::wrap(&line.words, "  "));
        // A third state is in dispute with everyone on the other side, for one reason.
        let joins = e.kind == EventKind::DisputeJoined;
        let again = joins && before == Some((e.year, e.actor, &e.reasons));
        if !args.brief && !again {
            e.reasons.iter().for_each(|r| out.push_str(&reason(r)));
        }
        before = joins.then_some((e.year, e.actor, &e.reasons));
    }
    if year == 0 {
        out.push_str("\nNothing happened.\n");
    }
    out
}

/// What the text leaves out: holding course, and the disputes of a war with those who
/// enter it, whose entry is told.
fn silent(e: &Event) -> bool {
    match e.kind {
        EventKind::Strategy => e.item == 0,
        EventKind::DisputeJoined => e.value >= 5.0,
        _ => false,
    }
}

/// A reason; what a lens says for and against stands deeper.
fn reason(text: &str) -> String {
    let deeper = text.starts_with("for it: ") || text.starts_with("against it: ");
    output::wrap(text, if deeper { "        " } else { "      " })
}

fn sentence(system: &System, e: &Event, seats: &mut [u16]) -> String {
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
        EventKind::Weighed if e.item == 1 => format!("{a} decides to put sanctions on {b}."),
        EventKind::Weighed => format!("{a} weighs sanctions on {b} and puts none on."),
        EventKind::SanctionEnds => format!("{a} lifts its sanctions on {b}."),
        EventKind::Presence if e.value > 0.0 => {
            format!("{:.0} thousand troops of {a} come to {b}.", e.value)
        }
        EventKind::Presence => format!("The troops of {a} in {b} go home."),
        EventKind::Pact if level == 1 => format!("{a} and {b} make a defence pact."),
        EventKind::Pact => format!("{a} and {b} make a pact."),
        EventKind::PactEnds => format!("The pact of {a} and {b} ends."),
        EventKind::Exit => exit(system, e, seats),
        EventKind::Strategy => {
            let what = StrategyWord::title(e.item as usize);
            let id = StrategyWord::id(e.item as usize);
            match (e.other != e.actor, id) {
                (false, _) => format!("{a} chooses to {what}."),
                (true, "payments") => format!("{a} chooses to {what}, away from {b}."),
                (true, "expel") => format!("{a} chooses to {what}: those of {b}."),
                (true, "sponsor") => format!("{a} chooses to {what}, in {b}."),
                (true, _) => format!("{a} chooses to {what}, with {b} in view."),
            }
        }
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
                .map_or("an institution", |i| i.name.as_str());
            format!("{a} enters {name}.")
        }
    }
}

/// Who leaves, how, and who follows where the world names them.
fn exit(system: &System, e: &Event, seats: &mut [u16]) -> String {
    let state = e.actor as usize;
    let named = |place: u16| system.seat(state, place).map_or("", |s| s.name.as_str());
    let Some(seat) = seats.get_mut(state) else {
        return String::new();
    };
    let (who, next) = (named(*seat), named(seat.saturating_add(1)));
    *seat = seat.saturating_add(1);
    let country = system.name(state);
    let who = match who {
        "" => format!("The leader of {country}"),
        name => format!("{name}, leader of {country},"),
    };
    let how = match e.value as usize {
        1 => "dies in office",
        2 => "leaves at the stated date",
        _ => "leaves office",
    };
    match next {
        "" => format!("{who} {how}."),
        name => format!("{who} {how}; {name} follows."),
    }
}
