//! `raison compare`: two folders of runs, the same luck, paired differences.

mod fan;
mod read;
mod rows;
mod sameness;

use super::recording::StoreArgs;
use super::worlds::{Settled, folder};
use crate::failure::Failure;
use crate::output::{self, Format, cell};
use clap::Args;
use raison::core::Diagnostic;
use raison::report::charts::svg;
use raison::study::world::effect::Take;
use raison::study::world::scoring::RELEVANT;
use raison::world::measures::columns::STATE;
use read::names;
pub use read::{Series, known, read_folder};
use rows::{Row, counted, left_out};
use sameness::Sameness;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Compare two folders of runs: differences with intervals, and fans.
///
/// Runs of the same number share their luck where seed and world do, so each difference is
/// taken within a run. Counts (disputes, force, wars, onsets, deaths) are summed over the
/// years that both folders hold; all else is taken in the last of them. The base of a
/// branch is a second branch of the same moment in which nothing is changed.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct CompareArgs {
    /// The base.
    a: PathBuf,
    /// What is compared with it.
    b: PathBuf,
    /// Only this state [default: the one state that a swap or an exit changes; otherwise
    /// the mean over states].
    #[arg(long, value_name = "CODE")]
    state: Option<String>,
    /// Draw the fan of this column; `system.poles` names one of the system [default: share
    /// of a state, system.disputes otherwise].
    #[arg(long, value_name = "COLUMN")]
    measure: Option<String>,
    /// Where to draw it.
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
    /// Draw the fan of the differences within runs instead of one fan for each folder.
    #[arg(long)]
    difference: bool,
    /// How to write the result.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    store: StoreArgs,
}

const EXAMPLES: &str = "\
Examples:
  raison compare base other
  raison compare base other --state IRN --measure deterrence --plot fan.svg
  raison compare base other --measure system.force --plot fan.svg --difference

A branch is compared with another branch of the same moment:
  raison simulate base --branch 3@2015 --out same
  raison simulate base --branch 3@2015 --set parameters.war.costs=0.3 --out turn
  raison compare same turn";

/// Refuses folders that have no year, run or value in common.
fn in_common(args: &CompareArgs, x: &[Series], y: &[Series], rows: &[Row]) -> Result<(), Failure> {
    if !rows.is_empty() {
        return Ok(());
    }
    let years = |all: &[Series]| {
        let years = || all.iter().flat_map(BTreeMap::keys);
        match (years().min(), years().max()) {
            (Some(a), Some(b)) => format!("{a} to {b}"),
            _ => "no years".to_owned(),
        }
    };
    let (a, b) = (args.a.display(), args.b.display());
    let text = format!("`{a}` and `{b}` have no year of a run in common");
    Err(Failure::problems(vec![
        Diagnostic::error(NOTHING_COMMON, text)
            .note(format!(
                "`{a}` holds {}, `{b}` holds {}",
                years(x),
                years(y)
            ))
            .help("compare folders whose worlds begin in the same year, or runs that overlap"),
    ]))
}

/// Two folders have nothing that can be compared.
const NOTHING_COMMON: raison::core::Code = raison::core::Code("R6029");

/// The state that swaps and exits of the two folders change, where it is one only.
fn changed(a: &Settled, b: &Settled) -> Option<String> {
    let of = |x: &Settled, y: &Settled| -> Vec<String> {
        let swaps = x.swap.iter().filter(|s| !y.swap.contains(s));
        let exits = x.exit.iter().filter(|s| !y.exit.contains(s));
        let code = |s: &(String, String)| s.0.split('.').next().unwrap_or("").to_owned();
        swaps.chain(exits).map(code).collect()
    };
    let mut all = [of(a, b), of(b, a)].concat();
    all.sort();
    all.dedup();
    match all.len() {
        1 => all.pop(),
        _ => None,
    }
}

/// What is drawn: as asked, or what says most where nothing is asked.
fn measure(args: &CompareArgs) -> Result<String, Failure> {
    match (&args.measure, &args.state) {
        (Some(name), None) if name == "share" => Err(Failure::Request(
            "the mean of `share` over states is one over their number, whatever happens\n\
             help: name a state with `--state CODE`, or draw `system.concentration`"
                .to_owned(),
        )),
        (Some(name), _) => Ok(name.clone()),
        (None, Some(_)) => Ok("share".to_owned()),
        (None, None) => Ok("system.disputes".to_owned()),
    }
}

/// Runs the verb.
pub fn run(mut args: CompareArgs) -> Result<(), Failure> {
    if let Some(name) = &args.measure {
        known(name)?;
    }
    let names = names();
    let (a, b) = (folder(&args.a, &args.store)?, folder(&args.b, &args.store)?);
    let same = Sameness::of((&args.a, &a), (&args.b, &b))?;
    if args.difference && !same.paired() {
        return Err(Failure::Request(
            "`--difference` draws differences within runs, and these runs have no luck in common\n\
             help: leave it out for one fan of each folder"
                .to_owned(),
        ));
    }
    if args.state.is_none() {
        args.state = changed(&a.asked, &b.asked);
    }
    let measure = measure(&args)?;
    let state = args.state.as_deref();
    let (x, y) = (
        read_folder(&a.folder, &names, state)?,
        read_folder(&b.folder, &names, state)?,
    );
    for (dir, series) in [(&args.a, &x), (&args.b, &y)] {
        empty(dir, &series[..STATE.len()], state)?;
    }
    let rows: Vec<Row> = names
        .iter()
        .zip(x.iter().zip(&y))
        .filter_map(|(name, (x, y))| Row::of(name, x, y, &same))
        .collect();
    in_common(&args, &x, &y, &rows)?;
    if let Some(file) = &args.plot {
        let k = names.iter().position(|n| *n == measure).unwrap_or(0);
        let chart = fan::chart(&args, &measure, &x[k], &y[k]);
        output::write(file, svg(&chart).as_bytes())?;
        output::tell(&format!("drew {measure} in {}\n", file.display()));
    }
    let missing = left_out(&names, &rows);
    match args.format {
        Format::Json => {
            let document = json!({ "state": args.state, "manifests": [a.manifest, b.manifest],
                "within_runs": same.paired(), "differences": same.words(),
                "rows": rows.iter().map(row).collect::<Vec<_>>(), "not_coded": missing,
                "intervals": intervals(&rows) });
            output::print(&format!("{document:#}\n"))
        }
        _ => output::print(&table(&args, &same, &rows, &missing)),
    }
}

fn row(r: &Row) -> serde_json::Value {
    let d = r.difference;
    json!({ "measure": r.name, "taken": r.take.word(), "year": r.years.1, "years": [r.years.0, r.years.1],
            "a": r.base, "b": r.other, "n": d.n,
            "clear": r.clear(), "smallest_relevant": RELEVANT * r.scale,
            "difference": { "value": d.mean, "interval": [d.low, d.high] } })
}

fn intervals(rows: &[Row]) -> serde_json::Value {
    let (clear, moving) = counted(rows);
    json!({ "clear": clear, "moved_by_luck": moving, "clear_by_chance": output::by_chance(moving) })
}

/// Refuses a folder in which nothing of the state is to be read.
fn empty(dir: &std::path::Path, series: &[Series], state: Option<&str>) -> Result<(), Failure> {
    if !series.iter().all(BTreeMap::is_empty) {
        return Ok(());
    }
    let of = state.map_or(String::new(), |s| format!(" of a state `{s}`"));
    Err(Failure::Request(format!(
        "`{}` holds no finished run{of}",
        dir.display()
    )))
}

fn table(args: &CompareArgs, same: &Sameness, rows: &[Row], missing: &[String]) -> String {
    let who = args.state.as_deref().unwrap_or("mean over states");
    let most = rows.iter().map(|r| r.difference.n).max().unwrap_or(0);
    let of = match same.paired() {
        true => format!("{most} runs of the same number"),
        false => format!("{most} runs"),
    };
    let (a, b) = (args.a.display(), args.b.display());
    let mut out = output::wrap(&format!("{b} against {a}: {who}, {of}"), "");
    out.push_str(&output::wrap(&same.words(), ""));
    out.push_str(&format!(
        "\n{:<24} {:>9} {:>9} {:>9}   {:>20}\n",
        "measure", "base", "other", "difference", "interval"
    ));
    for take in [Take::Last, Take::Sum] {
        let mut part = rows.iter().filter(|r| r.take == take).peekable();
        if let Some(first) = part.peek() {
            out.push_str(&format!("\n{}\n", heading(take, first.years)));
        }
        for r in part {
            out.push_str(&line(r, most));
        }
    }
    if !missing.is_empty() {
        out.push('\n');
        let text = format!(
            "Not coded in these worlds, so left out: {}.",
            missing.join(", ")
        );
        out.push_str(&output::wrap(&text, ""));
    }
    out.push_str(
        "\n* the interval leaves out 0; it holds luck, not doubts about the assumptions.\n`raison explain COLUMN` says how each is measured.\n\n",
    );
    let (clear, moving) = counted(rows);
    out.push_str(&output::wrap(&output::chance_note(clear, moving), ""));
    out
}

fn heading(take: Take, (from, to): (i32, i32)) -> String {
    match take {
        Take::Sum => format!("Counts, summed over {from} to {to}"),
        _ => format!("Levels in {to}"),
    }
}

fn line(r: &Row, most: usize) -> String {
    let d = r.difference.without_noise(r.scale);
    let mark = if r.clear() { "*" } else { " " };
    // A long name has a line of its own, so that the table keeps to 80 columns.
    let name = match r.name.len() {
        0..=24 => r.name.clone(),
        _ => format!("{}\n{:<24}", r.name, ""),
    };
    let mut out = format!(
        "{name:<24} {:>9} {:>9} {:>9}{mark}  [{:>9}, {:>9}]\n",
        cell(r.base, false),
        cell(r.other, false),
        cell(d.mean, true),
        cell(d.low, true),
        cell(d.high, true)
    );
    if d.n < most {
        out.push_str(&format!("  (in {} of {most} runs)\n", d.n));
    }
    out
}
