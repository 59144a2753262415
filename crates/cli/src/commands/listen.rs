//! `raison listen`: a timeline as sound, with a legend in words beside it.

use super::recording::{StoreArgs, failure};
use super::worlds::folder;
use crate::failure::Failure;
use crate::output;
use clap::Args;
use raison::core::Diagnostic;
use raison::record::measures::series::{Measure, measure};
use raison::record::read;
use raison::report::sound::{Beat, Timeline, midi, wav};
use raison::study::world::scoring::quantile;
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
    /// Folder of runs: which column.
    #[arg(long, value_name = "COLUMN", default_value = "share")]
    column: String,
    /// Folder of runs: which state; the mean over states otherwise.
    #[arg(long, value_name = "CODE")]
    state: Option<String>,
    /// Folder of runs: whose events are drummed.
    #[arg(long, value_name = "K", default_value_t = 0)]
    run: i32,
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
    let month = |r: usize| {
        Some(
            int("yrtrig", r)? * 12
                + int("motrig", r)
                    .filter(|m| (1..=12).contains(m))
                    .unwrap_or(1),
        )
    };
    let ends = |r: usize| {
        Some(
            int("yrterm", r)? * 12
                + int("moterm", r)
                    .filter(|m| (1..=12).contains(m))
                    .unwrap_or(12),
        )
    };
    let first = rows.iter().filter_map(|r| month(*r)).min().unwrap_or(0);
    let last = rows
        .iter()
        .filter_map(|r| ends(*r))
        .max()
        .unwrap_or(first)
        .max(first);
    let mut values = vec![0.0; (last - first + 1).clamp(1, 1000) as usize];
    let mut beats = Vec::new();
    for (k, r) in rows.iter().enumerate() {
        let (Some(from), Some(to)) = (month(*r), ends(*r)) else {
            continue;
        };
        let violence = f64::from(int("viol", *r).unwrap_or(1));
        for at in from..=to {
            if let Some(v) = values.get_mut((at - first).max(0) as usize) {
                *v = f64::max(*v, violence);
            }
        }
        let pan = if rows.len() > 1 {
            2.0 * k as f64 / (rows.len() - 1) as f64 - 1.0
        } else {
            0.0
        };
        beats.push(Beat {
            at: (from - first).max(0) as usize,
            weight: violence / 4.0,
            pan,
            name: format!("crisis for {}", text("actor", *r)),
        });
    }
    Ok(Timeline {
        title: format!("Crisis {number}: {}", text("crisname", rows[0])),
        label: "violence that a state lived through, 0 none coded, 1 none, 4 full-scale war (ICB)"
            .into(),
        start: f64::from(first) / 12.0,
        step: 1.0 / 12.0,
        values,
        beats,
        range: Some((0.0, 4.0)),
        ..Timeline::default()
    })
}

fn simulated(args: &ListenArgs, dir: &Path) -> Result<Timeline, Failure> {
    let (folder, asked, _) = folder(dir, &args.store)?;
    let series =
        super::compare::read_folder(&folder, &[args.column.as_str()], args.state.as_deref())?;
    let series = series.into_iter().next().unwrap_or_default();
    let Some(first) = series.keys().next().copied() else {
        return Err(silent(args));
    };
    let (mut values, mut widths) = (Vec::new(), Vec::new());
    for runs in series.values() {
        let mut v: Vec<f64> = runs.values().copied().collect();
        v.sort_by(f64::total_cmp);
        values.push(quantile(&v, 0.5));
        widths.push(quantile(&v, 0.95) - quantile(&v, 0.05));
    }
    let top = widths.iter().copied().fold(1e-12, f64::max);
    Ok(Timeline {
        title: format!(
            "{}, {} of {}: median of {} runs; events of run {}",
            asked.world,
            args.column,
            args.state.as_deref().unwrap_or("all states"),
            asked.runs,
            args.run
        ),
        label: args.column.clone(),
        start: f64::from(first),
        step: 1.0,
        values,
        spread: widths.iter().map(|w| w / top).collect(),
        beats: beats(args, &folder, first)?,
        ..Timeline::default()
    })
}

/// Wars and exits of one run; the alphabet of codes lies from left to right.
fn beats(
    args: &ListenArgs,
    folder: &raison::world::output::Folder,
    first: i32,
) -> Result<Vec<Beat>, Failure> {
    let mut out = Vec::new();
    for part in folder.parts("events") {
        let table = read::read(&part, None).map_err(failure)?.table;
        let int = |name: &str, row: usize| table.get(name).and_then(|c| c.int(row));
        let text = |name: &str, row: usize| table.get(name).and_then(|c| c.text(row)).unwrap_or("");
        for row in 0..table.rows() {
            let (kind, state, other) = (text("kind", row), text("state", row), text("other", row));
            let concerns = args
                .state
                .as_deref()
                .is_none_or(|s| s == state || s == other);
            let weight = match kind {
                "war-begins" => 1.0,
                "war-joined" => 0.7,
                "exit" if args.state.is_some() => 0.4,
                "sanction" if args.state.is_some() => 0.3,
                _ => continue,
            };
            if int("run", row) != Some(args.run) || !concerns {
                continue;
            }
            let letter = state.bytes().next().unwrap_or(b'M');
            let pan = (f64::from(letter) - f64::from(b'A')) / 12.5 - 1.0;
            let at = (int("year", row).unwrap_or(first) - first).max(0) as usize;
            out.push(Beat {
                at,
                weight,
                pan: pan.clamp(-1.0, 1.0),
                name: format!("{kind} {state} {other}"),
            });
        }
    }
    Ok(out)
}
