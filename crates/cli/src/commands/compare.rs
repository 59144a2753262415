//! `raison compare`: two folders of runs, the same luck, paired differences.

use super::recording::{StoreArgs, failure};
use super::worlds::{Settled, folder};
use crate::failure::Failure;
use crate::output::{self, Format, cell};
use clap::Args;
use raison::core::Diagnostic;
use raison::files::suggest::did_you_mean;
use raison::record::{Table, read};
use raison::report::charts::{Axis, Chart, Mark, svg};
use raison::study::world::scoring::{Paired, RELEVANT, paired, quantile, scale};
use raison::world::measures::columns::{STATE, SYSTEM};
use raison::world::output::Folder;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Compare two folders of runs: paired differences with intervals, and fans.
///
/// Runs of the same number share their luck where seed and world do, so each difference is
/// taken within a run.
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
    /// Draw the fan of this column; `system.poles` names one of the system.
    #[arg(long, value_name = "COLUMN", default_value = "share")]
    measure: String,
    /// Where to draw it.
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
    /// Draw the fan of the paired differences instead of one fan for each folder.
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
  raison compare base other --measure system.force --plot fan.svg --difference";

/// Values by year, then run.
pub type Series = BTreeMap<i32, BTreeMap<i32, f64>>;

/// All columns of the two tables by the names that users give them: those of the system
/// begin with `system.`.
pub fn names() -> Vec<String> {
    let states = STATE.iter().map(|c| c.0.to_owned());
    states
        .chain(SYSTEM.iter().map(|c| format!("system.{}", c.0)))
        .collect()
}

/// Refuses a column that there is not.
pub fn known(name: &str) -> Result<(), Failure> {
    let names = names();
    if names.iter().any(|n| n == name) {
        return Ok(());
    }
    Err(Failure::problems(vec![
        Diagnostic::error(
            raison::core::Code("R6025"),
            format!("the runs have no column `{name}`"),
        )
        .help_if(did_you_mean(name, names.iter().map(String::as_str)))
        .help("`raison explain columns` lists them"),
    ]))
}

/// Columns of a folder by name, for a state or as means over states.
pub fn read_folder(
    folder: &Folder,
    names: &[String],
    state: Option<&str>,
) -> Result<Vec<Series>, Failure> {
    let mut out = vec![Series::new(); names.len()];
    for (what, of_system) in [("states", false), ("system", true)] {
        let columns: Vec<(usize, &str)> = names
            .iter()
            .enumerate()
            .filter_map(|(k, n)| match (of_system, n.strip_prefix("system.")) {
                (true, Some(column)) => Some((k, column)),
                (false, None) => Some((k, n.as_str())),
                _ => None,
            })
            .collect();
        if columns.is_empty() {
            continue;
        }
        let mut counts: Vec<BTreeMap<(i32, i32), f64>> = vec![BTreeMap::new(); names.len()];
        for part in folder.parts(what) {
            let table = read::read(&part, None).map_err(failure)?.table;
            let state = state.filter(|_| !of_system);
            gather(&table, &columns, state, &mut out, &mut counts);
        }
        for (series, counts) in out.iter_mut().zip(&counts) {
            for (year, runs) in series.iter_mut() {
                let n = |run: &i32| counts.get(&(*year, *run)).copied().unwrap_or(1.0);
                runs.iter_mut().for_each(|(run, x)| *x /= n(run));
            }
        }
    }
    Ok(out)
}

fn gather(
    table: &Table,
    columns: &[(usize, &str)],
    state: Option<&str>,
    out: &mut [Series],
    counts: &mut [BTreeMap<(i32, i32), f64>],
) {
    let int = |name: &str, row: usize| table.get(name).and_then(|c| c.int(row));
    let code = |row: usize| table.get("state").and_then(|c| c.text(row));
    for row in 0..table.rows() {
        if state.is_some() && code(row) != state {
            continue;
        }
        let (Some(run), Some(year)) = (int("run", row), int("year", row)) else {
            continue;
        };
        for (k, name) in columns {
            let x = table.get(name).map_or(f64::NAN, |c| c.number(row));
            if x.is_finite() {
                *out[*k].entry(year).or_default().entry(run).or_insert(0.0) += x;
                *counts[*k].entry((year, run)).or_insert(0.0) += 1.0;
            }
        }
    }
}

/// A column in the last common year.
struct Row {
    name: String,
    year: i32,
    base: f64,
    other: f64,
    difference: Paired,
    scale: f64,
}

impl Row {
    fn clear(&self) -> bool {
        self.difference.clear(self.scale)
    }

    fn moves(&self) -> bool {
        self.difference.moves(self.scale)
    }
}

/// How many differences are clear, and how many luck can move.
fn counted(rows: &[Row]) -> (usize, usize) {
    let clear = rows.iter().filter(|r| r.clear()).count();
    (clear, rows.iter().filter(|r| r.moves()).count())
}

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

/// Runs the verb.
pub fn run(mut args: CompareArgs) -> Result<(), Failure> {
    known(&args.measure)?;
    let names = names();
    let (a, b) = (folder(&args.a, &args.store)?, folder(&args.b, &args.store)?);
    for (what, x, y) in [
        ("seeds", a.asked.seed.to_string(), b.asked.seed.to_string()),
        ("worlds", a.asked.world.clone(), b.asked.world.clone()),
    ] {
        if x != y {
            output::tell(&format!(
                "note: the {what} differ ({x}, {y}): these are not differences of the same luck\n"
            ));
        }
    }
    if args.state.is_none() {
        args.state = changed(&a.asked, &b.asked);
    }
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
        .filter_map(|(name, (x, y))| row(name, x, y))
        .collect();
    in_common(&args, &x, &y, &rows)?;
    if let Some(file) = &args.plot {
        let k = names.iter().position(|n| *n == args.measure).unwrap_or(0);
        let chart = fans(&args, &x[k], &y[k]);
        output::write(file, svg(&chart).as_bytes())?;
        output::tell(&format!("drew {}\n", file.display()));
    }
    match args.format {
        Format::Json => {
            let (clear, moving) = counted(&rows);
            let rows: Vec<_> = rows
                .iter()
                .map(|r| {
                    let d = r.difference;
                    json!({ "measure": r.name, "year": r.year, "a": r.base, "b": r.other, "n": d.n,
                            "clear": r.clear(), "smallest_relevant": RELEVANT * r.scale,
                            "difference": { "value": d.mean, "interval": [d.low, d.high] } })
                })
                .collect();
            let document = json!({ "state": args.state, "manifests": [a.manifest, b.manifest], "rows": rows,
                    "intervals": { "clear": clear, "moved_by_luck": moving,
                        "clear_by_chance": output::by_chance(moving) } });
            output::print(&format!("{document:#}\n"))
        }
        _ => output::print(&table(&args, &rows)),
    }
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

fn row(name: &str, x: &Series, y: &Series) -> Option<Row> {
    let year = *x.keys().rev().find(|year| y.contains_key(year))?;
    let (p, q) = (x.get(&year)?, y.get(&year)?);
    let (p, q): (Vec<f64>, Vec<f64>) = p
        .iter()
        .filter_map(|(run, v)| Some((*v, *q.get(run)?)))
        .unzip();
    let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
    (!p.is_empty()).then(|| Row {
        name: name.to_owned(),
        year,
        base: mean(&p),
        other: mean(&q),
        difference: paired(&p, &q),
        scale: scale(&p),
    })
}

fn table(args: &CompareArgs, rows: &[Row]) -> String {
    let who = args.state.as_deref().unwrap_or("mean over states");
    let first = rows.first();
    let mut out = format!(
        "{} against {}: {who} in {}, {} runs of the same number\nDifferences within runs, with 95 % intervals.\n\n{:<24} {:>9} {:>9} {:>9}   {:>20}\n",
        args.b.display(),
        args.a.display(),
        first.map_or(0, |r| r.year),
        first.map_or(0, |r| r.difference.n),
        "measure",
        "base",
        "other",
        "difference",
        "interval"
    );
    for r in rows {
        let d = r.difference.without_noise(r.scale);
        let mark = if r.clear() { "*" } else { " " };
        out.push_str(&format!(
            "{:<24} {:>9} {:>9} {:>9}{mark}  [{:>9}, {:>9}]\n",
            r.name,
            cell(r.base, false),
            cell(r.other, false),
            cell(d.mean, true),
            cell(d.low, true),
            cell(d.high, true)
        ));
    }
    out.push_str(
        "\n* the interval leaves out 0; it holds luck, not doubts about the assumptions.\n`raison explain COLUMN` says how each is measured.\n\n",
    );
    let (clear, moving) = counted(rows);
    out.push_str(&output::wrap(&output::chance_note(clear, moving), ""));
    out
}

/// Bands of 90 % and 50 % and the median: of both folders, or of their differences.
fn fans(args: &CompareArgs, x: &Series, y: &Series) -> Chart {
    let name = |dir: &std::path::Path| {
        let name = dir.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    };
    let (base, other) = (name(&args.a), name(&args.b));
    let mut marks = Vec::new();
    if args.difference {
        marks.extend(fan(&minus(y, x), format!("{other} - {base}")));
    } else {
        marks.extend(fan(x, base.clone()));
        marks.extend(fan(y, other.clone()));
    }
    let who = match args.measure.starts_with("system.") {
        true => "the system",
        false => args.state.as_deref().unwrap_or("mean over states"),
    };
    let what = match args.difference {
        true => format!("{other} minus {base}, within runs"),
        false => format!("{base} and {other}"),
    };
    Chart {
        title: format!("{} of {who}: {what}", args.measure),
        x: Axis {
            label: "year".into(),
            ..Axis::default()
        },
        y: Axis {
            label: args.measure.clone(),
            ..Axis::default()
        },
        marks,
        source: format!(
            "{} simulated runs: median, central 50 % and 90 %; not a forecast",
            x.values().map(BTreeMap::len).max().unwrap_or(0)
        ),
    }
}

fn minus(y: &Series, x: &Series) -> Series {
    let mut out = Series::new();
    for (year, runs) in y {
        for (run, v) in runs {
            if let Some(base) = x.get(year).and_then(|r| r.get(run)) {
                out.entry(*year).or_default().insert(*run, v - base);
            }
        }
    }
    out
}

fn fan(series: &Series, name: String) -> [Mark; 3] {
    let sorted: Vec<(f64, Vec<f64>)> = series
        .iter()
        .map(|(year, runs)| {
            let mut v: Vec<f64> = runs.values().copied().collect();
            v.sort_by(f64::total_cmp);
            (f64::from(*year), v)
        })
        .collect();
    let band = |q: f64| Mark::Band {
        edges: sorted
            .iter()
            .map(|(t, v)| (*t, quantile(v, q), quantile(v, 1.0 - q)))
            .collect(),
    };
    let points = sorted.iter().map(|(t, v)| (*t, quantile(v, 0.5))).collect();
    [band(0.05), band(0.25), Mark::Line { points, name }]
}
