//! Runs on disk: blocks of runs that appear whole or not at all, so that nothing finished
//! is ever lost or written twice.
//!
//! `DIR/manifest.txt` says what was asked; `DIR/runs/NNNNN-states.parquet`,
//! `-system.parquet` and `-events.parquet` hold a block of runs each. A block depends on
//! the manifest and its number only, so the bytes are the same on any number of threads.

use crate::event::{Event, EventKind};
use crate::measures::columns::{STATE, SYSTEM};
use crate::run::{Run, Simulation};
use crate::system::System;
use raison_core::{Code, Diagnostic};
use raison_record::column::WordsBuilder;
use raison_record::{Column, Outcome, Refusal, Table, write};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// The world or the settings of a folder differ from what is asked now.
pub const CHANGED: Code = Code("R6020");
/// The folder holds something else, or runs without `--resume`.
pub const OCCUPIED: Code = Code("R6021");
/// The folder holds no runs.
pub const NOT_RUNS: Code = Code("R6022");

/// Runs in a block.
pub const BLOCK: u64 = 10;

/// A folder of runs.
#[derive(Clone, Debug)]
pub struct Folder {
    /// Where.
    pub path: PathBuf,
}

/// What a block of runs lacks.
#[derive(Clone, Debug, PartialEq)]
pub struct Failed {
    /// The run.
    pub run: u64,
    /// Why.
    pub why: String,
}

/// How a batch ended.
#[derive(Debug, Default)]
pub struct Ended {
    /// Blocks that were there before.
    pub before: usize,
    /// Blocks written now.
    pub written: usize,
    /// Blocks not begun because of an interruption.
    pub left: usize,
}

impl Folder {
    fn manifest(&self) -> PathBuf {
        self.path.join("manifest.txt")
    }

    fn part(&self, block: u64, what: &str) -> PathBuf {
        self.path
            .join("runs")
            .join(format!("{block:05}-{what}.parquet"))
    }

    /// Opens a folder for new runs or, with `resume`, for the rest of them. Nothing is
    /// overwritten.
    ///
    /// # Errors
    /// Where the folder holds something else, or runs of another world or settings.
    pub fn prepare(path: &Path, manifest: &str, resume: bool) -> Outcome<Folder> {
        let folder = Folder {
            path: path.to_owned(),
        };
        let there = std::fs::read_to_string(folder.manifest()).ok();
        match there {
            Some(old) if old != manifest => return Err(changed(path, &old, manifest)),
            Some(_) if !resume => {
                return Err(Refusal::one(
                    Diagnostic::error(OCCUPIED, format!("`{}` holds runs already", path.display()))
                        .help("add `--resume` to finish them, or name another folder with `--out`"),
                ));
            }
            Some(_) => return Ok(folder),
            None => {}
        }
        if std::fs::read_dir(path).is_ok_and(|mut d| d.next().is_some()) {
            return Err(Refusal::one(
                Diagnostic::error(
                    OCCUPIED,
                    format!("`{}` is not empty and holds no runs", path.display()),
                )
                .help("name a new folder with `--out`"),
            ));
        }
        let failed = |e: std::io::Error| Refusal::Machine(format!("`{}`: {e}", path.display()));
        std::fs::create_dir_all(path.join("runs")).map_err(failed)?;
        std::fs::write(folder.manifest(), manifest).map_err(failed)?;
        Ok(folder)
    }

    /// Opens a folder of runs for reading, with its manifest.
    ///
    /// # Errors
    /// Where it holds no runs.
    pub fn open(path: &Path) -> Outcome<(Folder, String)> {
        let folder = Folder {
            path: path.to_owned(),
        };
        match std::fs::read_to_string(folder.manifest()) {
            Ok(text) => Ok((folder, text)),
            Err(_) => Err(Refusal::one(
                Diagnostic::error(
                    NOT_RUNS,
                    format!("`{}` holds no runs of a world", path.display()),
                )
                .help("`raison simulate WORLD --out DIR` makes such a folder"),
            )),
        }
    }

    /// Simulates what is not there yet. `done` hears how many blocks are finished; once
    /// `stop` is set no new block begins.
    ///
    /// # Errors
    /// Where a block cannot be written.
    pub fn fill(
        &self,
        sim: &Simulation<'_>,
        runs: u64,
        citations: &str,
        stop: &AtomicBool,
        done: &(dyn Fn(usize, usize) + Sync),
    ) -> Outcome<Ended> {
        let all: Vec<u64> = (0..runs.div_ceil(BLOCK)).collect();
        let todo: Vec<u64> = all
            .iter()
            .copied()
            .filter(|b| !self.part(*b, "events").is_file())
            .collect();
        let (left, finished) = (
            AtomicUsize::new(0),
            AtomicUsize::new(all.len() - todo.len()),
        );
        let results: Vec<Outcome<()>> = todo
            .par_iter()
            .map(|block| {
                if stop.load(Ordering::Relaxed) {
                    left.fetch_add(1, Ordering::Relaxed);
                    return Ok(());
                }
                self.block(sim, *block, runs, citations)?;
                done(finished.fetch_add(1, Ordering::Relaxed) + 1, all.len());
                Ok(())
            })
            .collect();
        results.into_iter().collect::<Outcome<Vec<()>>>()?;
        let left = left.into_inner();
        Ok(Ended {
            before: all.len() - todo.len(),
            written: todo.len() - left,
            left,
        })
    }

    fn block(&self, sim: &Simulation<'_>, block: u64, runs: u64, citations: &str) -> Outcome<()> {
        let range = block * BLOCK..((block + 1) * BLOCK).min(runs);
        let done: Vec<Run> = range.map(|r| one(sim, r)).collect();
        let write =
            |what: &str, table: &Table| write::to_file(table, &self.part(block, what), citations);
        write("states", &states(sim, &done))?;
        write("system", &system(sim, &done))?;
        // The events come last: a block counts as finished once they are there.
        write("events", &events(sim.system, &done))
    }

    /// The finished blocks of one kind, in order.
    pub fn parts(&self, what: &str) -> Vec<PathBuf> {
        let ending = format!("-{what}.parquet");
        let Ok(entries) = std::fs::read_dir(self.path.join("runs")) else {
            return Vec::new();
        };
        let mut out: Vec<PathBuf> = entries
            .flatten()
            .map(|e| e.path())
            .filter(|p| {
                p.file_name()
                    .and_then(|n| n.to_str())
                    .is_some_and(|n| n.ends_with(&ending))
            })
            .collect();
        out.sort();
        out
    }
}

/// A run; one that panics becomes a run without years, which its rows tell.
fn one(sim: &Simulation<'_>, run: u64) -> Run {
    let tried = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| sim.run(run)));
    tried.unwrap_or(Run {
        run,
        ..Run::default()
    })
}

fn changed(path: &Path, old: &str, new: &str) -> Refusal {
    let mut d = Diagnostic::error(
        CHANGED,
        format!(
            "`{}` holds runs of another world or other settings",
            path.display()
        ),
    );
    let lines = old.lines().zip(new.lines()).filter(|(a, b)| a != b);
    for (a, b) in lines.take(5) {
        d = d.note(format!("there: {a}; now: {b}"));
    }
    Refusal::one(d.help("give the settings of the manifest, or another folder with `--out`"))
}

/// Numbers of a run's rows.
struct Rows {
    run: Vec<i32>,
    year: Vec<i32>,
    failed: Vec<i32>,
}

fn states(sim: &Simulation<'_>, done: &[Run]) -> Table {
    let (n, width, start) = (sim.system.n, STATE.len(), i32::from(sim.system.world.start));
    let mut rows = Rows {
        run: Vec::new(),
        year: Vec::new(),
        failed: Vec::new(),
    };
    let mut code = WordsBuilder::default();
    let mut columns: Vec<Vec<f64>> = vec![Vec::new(); width];
    for run in done {
        for (at, row) in run.states.chunks_exact(width).enumerate() {
            rows.run.push(run.run as i32);
            rows.year.push(start + (at / n) as i32);
            rows.failed.push(0);
            code.push(Some(sim.system.code(at % n)));
            columns
                .iter_mut()
                .zip(row)
                .for_each(|(c, x)| c.push(f64::from(*x)));
        }
        if run.states.is_empty() {
            rows.run.push(run.run as i32);
            rows.year.push(start);
            rows.failed.push(1);
            code.push(None);
            columns.iter_mut().for_each(|c| c.push(f64::NAN));
        }
    }
    let mut table = Table::default();
    table.set("run", Column::Int(rows.run));
    table.set("year", Column::Int(rows.year));
    table.set("failed", Column::Int(rows.failed));
    table.set("state", code.finish());
    for ((name, _), column) in STATE.iter().zip(columns) {
        table.set(*name, Column::Float(column));
    }
    table
}

fn system(sim: &Simulation<'_>, done: &[Run]) -> Table {
    let (width, start) = (SYSTEM.len(), i32::from(sim.system.world.start));
    let (mut run_of, mut year) = (Vec::new(), Vec::new());
    let mut columns: Vec<Vec<f64>> = vec![Vec::new(); width];
    for run in done {
        for (at, row) in run.system.chunks_exact(width).enumerate() {
            run_of.push(run.run as i32);
            year.push(start + at as i32);
            columns.iter_mut().zip(row).for_each(|(c, x)| c.push(*x));
        }
    }
    let mut table = Table::default();
    table.set("run", Column::Int(run_of));
    table.set("year", Column::Int(year));
    for ((name, _), column) in SYSTEM.iter().zip(columns) {
        table.set(*name, Column::Float(column));
    }
    table
}

fn events(system: &System, done: &[Run]) -> Table {
    let all = || {
        done.iter()
            .flat_map(|r| r.events.iter().map(move |e| (r.run, e)))
    };
    let mut table = Table::default();
    let int = |f: &dyn Fn(u64, &Event) -> i32| Column::Int(all().map(|(r, e)| f(r, e)).collect());
    table.set("run", int(&|r, _| r as i32));
    table.set("year", int(&|_, e| i32::from(e.year)));
    let words = |f: &dyn Fn(&Event) -> Option<String>| {
        let mut w = WordsBuilder::default();
        all().for_each(|(_, e)| w.push(f(e).as_deref()));
        w.finish()
    };
    table.set("kind", words(&|e| Some(e.kind.word().to_owned())));
    table.set(
        "state",
        words(&|e| Some(system.code(e.actor as usize).to_owned())),
    );
    let other = |e: &Event| (e.other != e.actor).then(|| system.code(e.other as usize).to_owned());
    table.set("other", words(&other));
    table.set(
        "value",
        Column::Float(all().map(|(_, e)| f64::from(e.value)).collect()),
    );
    let item = |e: &Event| match e.kind {
        EventKind::Dispute => 0,
        _ => e.item as i32,
    };
    table.set("item", int(&|_, e| item(e)));
    table
}

/// A short, stable summary of a world: every number and every tie.
pub fn digest(system: &System) -> u64 {
    let w = &system.world;
    let mut text = String::new();
    for (_, input) in w.inputs.iter() {
        text.push_str(&format!("{}={:?};", input.path, input.amount));
    }
    for m in &w.minds {
        m.inputs
            .iter()
            .for_each(|(_, i)| text.push_str(&format!("{}={:?};", i.path, i.amount)));
        if let Some(d) = &m.doctrine {
            text.push_str(&format!("{d:?}"));
        }
        if let Some(l) = &m.leader {
            text.push_str(&format!("{l:?}"));
        }
    }
    let links = (&w.borders, &w.institutions, &w.start);
    let before = (&w.quiet, &w.past, &w.conduct, &w.fighting, &w.entries);
    text.push_str(&format!("{before:?}"));
    text.push_str(&format!("{links:?}"));
    for s in &w.states {
        text.push_str(&format!(
            "{}{}{}{}{:?}{:?}",
            s.code, s.region, s.major, s.nuclear, s.capital, s.seats
        ));
    }
    for t in &w.ties {
        text.push_str(&format!(
            "{:?}{}{}{:?}{:?}",
            t.layer, t.from, t.to, t.through, t.obligations
        ));
    }
    for c in &w.corridors {
        text.push_str(&format!("{}{:?}{}", c.id, c.through, c.opens));
    }
    for m in &w.movements {
        text.push_str(&format!("{}{}{:?}", m.id, m.home, m.sponsors));
    }
    raison_core::draws::hash(&text)
}
