//! `raison compare`: two folders of runs, the same luck, paired differences.

use super::recording::{StoreArgs, failure};
use super::worlds::folder;
use crate::failure::Failure;
use crate::output::{self, Format};
use clap::Args;
use raison::core::Diagnostic;
use raison::files::suggest::did_you_mean;
use raison::record::read;
use raison::report::charts::{Axis, Chart, Mark, svg};
use raison::study::world::scoring::{Paired, paired, quantile};
use raison::world::measures::columns::STATE;
use raison::world::output::Folder;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Compare two folders of runs: paired differences with intervals, and fans.
///
/// Runs of the same number share their luck where seed and world do, so each difference is
/// taken within a run.
#[derive(Args)]
pub struct CompareArgs {
    /// The base.
    a: PathBuf,
    /// What is compared with it.
    b: PathBuf,
    /// Only this state; the mean over states otherwise.
    #[arg(long, value_name = "CODE")]
    state: Option<String>,
    /// Draw the fan of this column.
    #[arg(long, value_name = "COLUMN", default_value = "share")]
    measure: String,
    /// Where to draw it.
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
    /// How to write the result.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    store: StoreArgs,
}

/// Values by year, then run.
type Series = BTreeMap<i32, BTreeMap<i32, f64>>;

/// All columns of a folder, for a state or as means over states.
pub fn read_folder(
    folder: &Folder,
    columns: &[&str],
    state: Option<&str>,
) -> Result<Vec<Series>, Failure> {
    let mut out = vec![Series::new(); columns.len()];
    let mut counts: Vec<BTreeMap<(i32, i32), f64>> = vec![BTreeMap::new(); columns.len()];
    for part in folder.parts("states") {
        let table = read::read(&part, None).map_err(failure)?.table;
        let int = |name: &str, row: usize| table.get(name).and_then(|c| c.int(row));
        for row in 0..table.rows() {
            let code = table.get("state").and_then(|c| c.text(row));
            if state.is_some_and(|s| code != Some(s)) {
                continue;
            }
            let (Some(run), Some(year)) = (int("run", row), int("year", row)) else {
                continue;
            };
            for (k, name) in columns.iter().enumerate() {
                let x = table.get(name).map_or(f64::NAN, |c| c.number(row));
                if x.is_finite() {
                    *out[k].entry(year).or_default().entry(run).or_insert(0.0) += x;
                    *counts[k].entry((year, run)).or_insert(0.0) += 1.0;
                }
            }
        }
    }
    for (series, counts) in out.iter_mut().zip(&counts) {
        for (year, runs) in series.iter_mut() {
            runs.iter_mut()
                .for_each(|(run, x)| *x /= counts.get(&(*year, *run)).copied().unwrap_or(1.0));
        }
    }
    Ok(out)
}

/// Runs the verb.
pub fn run(args: CompareArgs) -> Result<(), Failure> {
    let names: Vec<&str> = STATE.iter().map(|c| c.0).collect();
    if !names.contains(&args.measure.as_str()) {
        return Err(Failure::problems(vec![
            Diagnostic::error(
                raison::core::Code("R6025"),
                format!("the runs have no column `{}`", args.measure),
            )
            .help_if(did_you_mean(&args.measure, names.iter().copied()))
            .help(format!("columns: {}", names.join(", "))),
        ]));
    }
    let (a, first, one) = folder(&args.a, &args.store)?;
    let (b, second, two) = folder(&args.b, &args.store)?;
    if first.seed != second.seed {
        output::tell("note: the seeds differ: the differences are not of the same luck\n");
    }
    let state = args.state.as_deref();
    let (x, y) = (
        read_folder(&a, &names, state)?,
        read_folder(&b, &names, state)?,
    );
    if x.iter().all(BTreeMap::is_empty) {
        return Err(Failure::Request(match state {
            Some(s) => format!(
                "`{}` holds no finished run of state `{s}`",
                args.a.display()
            ),
            None => format!("`{}` holds no finished run", args.a.display()),
        }));
    }
    let last = |s: &Series| s.iter().next_back().map(|(year, _)| *year);
    let rows: Vec<(usize, i32, f64, f64, Paired)> = (0..names.len())
        .filter_map(|k| {
            let year = last(&x[k])?.min(last(&y[k])?);
            let (p, q) = (x[k].get(&year)?, y[k].get(&year)?);
            let (p, q): (Vec<f64>, Vec<f64>) = p
                .iter()
                .filter_map(|(run, v)| Some((*v, *q.get(run)?)))
                .unzip();
            let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len().max(1) as f64;
            Some((k, year, mean(&p), mean(&q), paired(&p, &q)))
        })
        .collect();
    if let Some(file) = &args.plot {
        let k = names.iter().position(|n| *n == args.measure).unwrap_or(0);
        let chart = fans(&args, &x[k], &y[k]);
        output::write(file, svg(&chart).as_bytes())?;
        output::tell(&format!("drew {}\n", file.display()));
    }
    match args.format {
        Format::Json => {
            let rows: Vec<_> = rows
                .iter()
                .map(|(k, year, a, b, d)| {
                    json!({ "measure": names[*k], "year": year, "a": a, "b": b, "n": d.n,
                            "difference": { "value": d.mean, "interval": [d.low, d.high] } })
                })
                .collect();
            let document = json!({ "state": args.state, "manifests": [one, two], "rows": rows });
            output::print(&format!("{document:#}\n"))
        }
        _ => output::print(&table(&args, &names, &rows)),
    }
}

fn table(args: &CompareArgs, names: &[&str], rows: &[(usize, i32, f64, f64, Paired)]) -> String {
    let who = args.state.as_deref().unwrap_or("mean over states");
    let mut out = format!(
        "{} against {}, {who}, last year\nDifferences within runs of the same number, with 95 % intervals.\n\n{:<24} {:>9} {:>9} {:>10}  {:>20}\n",
        args.b.display(),
        args.a.display(),
        "measure",
        "base",
        "other",
        "difference",
        "interval"
    );
    for (k, _, a, b, d) in rows {
        let mark = if d.low > 0.0 || d.high < 0.0 {
            "*"
        } else {
            " "
        };
        out.push_str(&format!(
            "{:<24} {a:>9.4} {b:>9.4} {:>+10.4}{mark} [{:>+9.4}, {:>+9.4}]\n",
            names[*k], d.mean, d.low, d.high
        ));
    }
    out.push_str(
        "\n* the interval leaves out 0; it holds luck, not doubts about the assumptions.\n",
    );
    out
}

/// Bands of 90 % and 50 % and the median, for both folders.
fn fans(args: &CompareArgs, x: &Series, y: &Series) -> Chart {
    let mut marks = Vec::new();
    for (series, name) in [(x, &args.a), (y, &args.b)] {
        let sorted: Vec<(f64, Vec<f64>)> = series
            .iter()
            .map(|(year, runs)| {
                let mut v: Vec<f64> = runs.values().copied().collect();
                v.sort_by(f64::total_cmp);
                (f64::from(*year), v)
            })
            .collect();
        let band = |q: f64| {
            sorted
                .iter()
                .map(|(t, v)| (*t, quantile(v, q), quantile(v, 1.0 - q)))
                .collect()
        };
        marks.push(Mark::Band { edges: band(0.05) });
        marks.push(Mark::Band { edges: band(0.25) });
        marks.push(Mark::Line {
            points: sorted.iter().map(|(t, v)| (*t, quantile(v, 0.5))).collect(),
            name: name
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
        });
    }
    Chart {
        title: format!(
            "{}, {}",
            args.measure,
            args.state.as_deref().unwrap_or("mean over states")
        ),
        x: Axis {
            label: "year".into(),
            ..Axis::default()
        },
        y: Axis {
            label: args.measure.clone(),
            ..Axis::default()
        },
        marks,
        source: "simulated runs: median, central 50 % and 90 %; not a forecast".into(),
    }
}
