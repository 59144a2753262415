//! `raison listen`: a timeline as sound, with a legend in words beside it.

use super::compare::{known, read_folder};
use super::recording::{StoreArgs, failure};
use super::worlds::{folder, state_of};
use crate::failure::Failure;
use crate::output;
use clap::Args;
use raison::core::Diagnostic;
use raison::record::measures::series::{Measure, measure};
use raison::record::read;
use raison::report::sound::{Beat, Timeline, midi, wav};
use raison::study::world::scoring::quantile;
use raison::world::System;
use raison::world::output::Folder;
use std::path::{Path, PathBuf};

/// Hear a timeline, recorded or simulated: pitch is the value, drums are events.
///
/// SOURCE is a folder of runs, `measure NAME` (a measure of the record), or `icb:N` (an
/// international crisis). Beside FILE stands FILE.txt: the legend in words.
#[derive(Args)]
pub struct ListenArgs {
    /// A folder of runs; or `measure` and its name; or `icb:N`.
    #[arg(required = true, num_args = 1..=2)]
    source: Vec<String>,
    /// A `.wav` or `.mid` file.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Folder of runs: which column; `system.poles` names one of the system [default:
    /// share of a state, system.disputes otherwise].
    #[arg(long, value_name = "COLUMN")]
    column: Option<String>,
    /// Folder of runs: which state; the system or the mean over states otherwise.
    #[arg(long, value_name = "CODE")]
    state: Option<String>,
    /// Folder of runs: whose events are drummed.
    #[arg(long, value_name = "K", default_value_t = 0)]
    run: u64,
    /// Seconds of each step.
    #[arg(long, value_name = "S", default_value_t = 0.4)]
    seconds: f64,
    #[command(flatten)]
    store: StoreArgs,
}

/// Most steps that are turned into sound.
const MOST: usize = 5000;

/// Runs the verb.
pub fn run(args: ListenArgs) -> Result<(), Failure> {
    if !(0.02..=10.0).contains(&args.seconds) {
        return Err(Failure::Request("`--seconds` goes from 0.02 to 10".into()));
    }
    let ending = args.out.extension().and_then(|e| e.to_str()).unwrap_or("");
    if !["wav", "mid"].contains(&ending) {
        return Err(Failure::Request(format!(
            "`{}` names no sound: let it end in `.wav` or `.mid`",
            args.out.display()
        )));
    }
    let mut line = timeline(&args)?;
    line.seconds = args.seconds;
    if line.values.iter().all(|v| !v.is_finite()) {
        return Err(silent(&args));
    }
    if line.values.len() > MOST {
        return Err(Failure::Request(format!(
            "{} steps are too many; {MOST} can be heard",
            line.values.len()
        )));
    }
    let bytes = if ending == "wav" {
        wav(&line)
    } else {
        midi(&line)
    };
    output::write(&args.out, &bytes)?;
    let legend = args.out.with_extension(format!("{ending}.txt"));
    output::write(&legend, line.legend().as_bytes())?;
    output::tell(&format!(
        "wrote {} and {}\n",
        args.out.display(),
        legend.display()
    ));
    Ok(())
}

fn silent(args: &ListenArgs) -> Failure {
    Failure::problems(vec![
        Diagnostic::error(
            raison::core::Code("R6030"),
            format!("there is nothing to hear in `{}`", args.source.join(" ")),
        )
        .note("no step has a value")
        .help("choose another `--column` or `--state`"),
    ])
}

fn timeline(args: &ListenArgs) -> Result<Timeline, Failure> {
    match (args.source[0].as_str(), args.source.get(1)) {
        ("measure", Some(name)) => recorded(args, name),
        (name, None) if name.starts_with("icb:") => crisis(args, &name[4..]),
        (dir, None) => simulated(args, Path::new(dir)),
        _ => Err(Failure::Request(
            "name a folder of runs, `measure NAME`, or `icb:N`".into(),
        )),
    }
}

fn recorded(args: &ListenArgs, name: &str) -> Result<Timeline, Failure> {
    let which = Measure::parse(name).map_err(failure)?;
    let store = args.store.open()?;
    let series = measure(&store, which, None, None).map_err(failure)?;
    let table = series.table;
    let value = table.names.iter().rposition(|n| n != "year").unwrap_or(0);
    let year = |row: usize| table.get("year").and_then(|c| c.int(row));
    let (Some(first), Some(last)) = (year(0), year(table.rows().saturating_sub(1))) else {
        return Err(silent(args));
    };
    let mut values = vec![f64::NAN; (last - first + 1).clamp(0, 10_000) as usize];
    for row in 0..table.rows() {
        if let (Some(y), Some(c)) = (year(row), table.columns.get(value))
            && let Some(at) = values.get_mut((y - first).max(0) as usize)
        {
            *at = c.number(row);
        }
    }
    Ok(Timeline {
        title: format!("The record: {name}"),
        label: table.names.get(value).cloned().unwrap_or_default(),
        start: f64::from(first),
        step: 1.0,
        values,
        ..Timeline::default()
    })
}

/// A crisis: its actors in order of entry, the violence each met with as pitch.
fn crisis(args: &ListenArgs, number: &str) -> Result<Timeline, Failure> {
    let Ok(number) = number.parse::<i32>() else {
        return Err(Failure::Request(format!(
            "`icb:{number}` names no crisis: write `icb:196`"
        )));
    };
    let store = args.store.open()?;
    let table = store.read("icb2", None).map_err(failure)?;
    let int = |name: &str, row: usize| table.get(name).and_then(|c| c.int(row));
    let text = |name: &str, row: usize| {
        table
            .get(name)
            .and_then(|c| c.text(row))
            .unwrap_or("")
            .to_owned()
    };
    let rows: Vec<usize> = (0..table.rows())
        .filter(|r| int("crisno", *r) == Some(number))
        .collect();
    if rows.is_empty() {
        return Err(Failure::Request(format!(
            "the record holds no crisis {number}"
        )));
    }
    let date = |r: usize, [year, month, day]: [&str; 3], late: bool| {
        let within = |name: &str, most: i32| int(name, r).filter(|x| (1..=most).contains(x));
        let month = within(month, 12).unwrap_or(if late { 12 } else { 1 });
        let day = within(day, 31).unwrap_or(if late { 28 } else { 1 });
        Some((int(year, r)?, month, day))
    };
    let begins = |r: usize| date(r, ["yrtrig", "motrig", "datrig"], false);
    let ends = |r: usize| date(r, ["yrterm", "moterm", "daterm"], true);
    let Some(dawn) = rows.iter().filter_map(|r| begins(*r)).min() else {
        return Err(silent(args));
    };
    let first = day_number(dawn);
    let last = rows.iter().filter_map(|r| ends(*r)).map(day_number).max();
    let days = (last.unwrap_or(first) - first).max(0);
    // Short crises are told day by day, long ones week by week.
    let step = if days <= 200 { 1 } else { 7 };
    let place = |date| (day_number(date) - first).max(0) / step;
    let mut values = vec![0.0; (days / step + 1).min(4000) as usize];
    let mut beats = Vec::new();
    for (k, r) in rows.iter().enumerate() {
        let (Some(from), Some(to)) = (begins(*r).map(place), ends(*r).map(place)) else {
            continue;
        };
        let violence = f64::from(int("viol", *r).unwrap_or(1));
        for at in from..=to {
            if let Some(v) = values.get_mut(at as usize) {
                *v = f64::max(*v, violence);
            }
        }
        let pan = if rows.len() > 1 {
            2.0 * k as f64 / (rows.len() - 1) as f64 - 1.0
        } else {
            0.0
        };
        beats.push(Beat {
            at: from as usize,
            weight: violence / 4.0,
            pan,
            name: format!("crisis for {}", text("actor", *r)),
        });
    }
    Ok(Timeline {
        title: format!(
            "Crisis {number}: {}; time in days from {:04}-{:02}-{:02}",
            text("crisname", rows[0]),
            dawn.0,
            dawn.1,
            dawn.2
        ),
        label: "violence that a state lived through, 0 none coded, 1 none, 4 full-scale war (ICB)"
            .into(),
        start: 0.0,
        step: f64::from(step),
        values,
        beats,
        sides: rows.iter().map(|r| text("actor", *r)).collect(),
        range: Some((0.0, 4.0)),
        ..Timeline::default()
    })
}

/// Number of a day of the Gregorian calendar, for differences.
fn day_number((year, month, day): (i32, i32, i32)) -> i32 {
    // Years begin in March, so that the leap day is the last (Fliegel & Van Flandern 1968).
    let (y, m) = match month {
        1 | 2 => (year - 1, month + 9),
        _ => (year, month - 3),
    };
    365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (153 * m + 2) / 5 + day
}

/// The median of the runs as pitch, half the width of their 90 % interval as roughness, the
/// events of one run as drums.
fn simulated(args: &ListenArgs, dir: &Path) -> Result<Timeline, Failure> {
    let runs = folder(dir, &args.store)?;
    runs.holds(args.run)?;
    let column = match (&args.column, &args.state) {
        (Some(column), _) => column.clone(),
        (None, Some(_)) => "share".to_owned(),
        (None, None) => "system.disputes".to_owned(),
    };
    known(&column)?;
    let (system, _) = runs.lay()?;
    if let Some(code) = &args.state {
        state_of(&system, code)?;
    }
    let series = read_folder(
        &runs.folder,
        std::slice::from_ref(&column),
        args.state.as_deref(),
    )?;
    let series = series.into_iter().next().unwrap_or_default();
    let (Some(first), Some(last)) = (
        series.keys().next().copied(),
        series.keys().next_back().copied(),
    ) else {
        return Err(silent(args));
    };
    let (mut values, mut widths) = (Vec::new(), Vec::new());
    for year in first..=last {
        let known = series.get(&year).map(|runs| runs.values());
        let mut v: Vec<f64> = known.into_iter().flatten().copied().collect();
        v.sort_by(f64::total_cmp);
        values.push(match v.is_empty() {
            true => f64::NAN,
            false => quantile(&v, 0.5),
        });
        widths.push(match v.is_empty() {
            true => 0.0,
            false => quantile(&v, 0.95) - quantile(&v, 0.05),
        });
    }
    let sides = sides(&system);
    let whose = match (column.starts_with("system."), &args.state) {
        (true, _) => "the system",
        (false, Some(code)) => code,
        (false, None) => "the mean over states",
    };
    let mut line = Timeline {
        title: format!(
            "{}, {column} of {whose}: median of {} runs; events of run {}",
            runs.asked.world, runs.asked.runs, args.run
        ),
        label: column.clone(),
        start: f64::from(first),
        step: 1.0,
        values,
        beats: beats(args, &runs.folder, &system, &sides, first)?,
        sides: sides.into_iter().map(|(name, _)| name).collect(),
        ..Timeline::default()
    };
    // Half the width of the 90 % interval, over the range of the scale.
    line.spread = widths.iter().map(|w| line.rough(0.5 * w)).collect();
    Ok(line)
}

/// Regions from west to east by the mean longitude of their capitals, with the place of
/// each between left and right.
fn sides(system: &System) -> Vec<(String, f64)> {
    let mean = |region: &String| {
        let states = system.world.states.iter();
        let all: Vec<f64> = states
            .filter(|s| s.region == *region)
            .map(|s| s.capital.1)
            .collect();
        all.iter().sum::<f64>() / all.len().max(1) as f64
    };
    let mut regions: Vec<(String, f64)> = system
        .regions
        .iter()
        .map(|r| (r.clone(), mean(r)))
        .collect();
    regions.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let last = regions.len().saturating_sub(1).max(1) as f64;
    let place = |(k, (name, _)): (usize, (String, f64))| (name, 2.0 * k as f64 / last - 1.0);
    regions.into_iter().enumerate().map(place).collect()
}

/// Wars of one run and, of one state, exits and sanctions; each in its region's place.
fn beats(
    args: &ListenArgs,
    folder: &Folder,
    system: &System,
    sides: &[(String, f64)],
    first: i32,
) -> Result<Vec<Beat>, Failure> {
    let name = |code: &str| {
        let at = system.world.state(code);
        at.map_or(code, |i| system.name(i)).to_owned()
    };
    let side = |code: &str| {
        let region = system
            .world
            .state(code)
            .map(|i| &system.world.states[i].region);
        let found = sides.iter().find(|(r, _)| Some(r) == region);
        found.map_or(0.0, |(_, pan)| *pan)
    };
    let mut out = Vec::new();
    for part in folder.parts("events") {
        let table = read::read(&part, None).map_err(failure)?.table;
        let int = |name: &str, row: usize| table.get(name).and_then(|c| c.int(row));
        let text = |name: &str, row: usize| table.get(name).and_then(|c| c.text(row)).unwrap_or("");
        for row in 0..table.rows() {
            let (kind, state, other) = (text("kind", row), text("state", row), text("other", row));
            let own = args.state.as_deref();
            let concerns = own.is_none_or(|s| s == state || s == other);
            let mine = int("run", row).and_then(|r| u64::try_from(r).ok()) == Some(args.run);
            if !concerns || !mine {
                continue;
            }
            let (a, b) = (name(state), name(other));
            let (weight, words) = match kind {
                "war-begins" => (1.0, format!("war begins between {a} and {b}")),
                "war-joined" => (0.7, format!("{a} enters the war beside {b}")),
                "exit" if own.is_some() => (0.4, format!("the leader of {a} goes")),
                "sanction" if own.is_some() => (0.3, format!("{a} puts sanctions on {b}")),
                _ => continue,
            };
            let beat = Beat {
                at: (int("year", row).unwrap_or(first) - first).max(0) as usize,
                weight,
                pan: side(state),
                name: words,
            };
            out.push((beat, kind == "war-joined"));
        }
    }
    // Decisions are logged before what comes of them: a war begins before others enter it.
    out.sort_by_key(|(beat, joins)| (beat.at, *joins));
    Ok(out.into_iter().map(|(beat, _)| beat).collect())
}
