//! Columns of a folder of runs, by the names that users give them.

use crate::commands::recording::failure;
use crate::failure::Failure;
use raison::core::Diagnostic;
use raison::files::suggest::did_you_mean;
use raison::record::{Table, read};
use raison::world::measures::columns::{STATE, SYSTEM};
use raison::world::output::Folder;
use std::collections::BTreeMap;

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
