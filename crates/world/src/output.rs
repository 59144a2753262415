//! Runs on disk: blocks of runs that appear whole or not at all, so that nothing finished
//! is ever lost or written twice.
//!
//! `DIR/manifest.txt` says what was asked; `DIR/ties.parquet` holds the ties of the start
//! with how each is known; `DIR/runs/NNNNN-states.parquet`,
//! `-system.parquet` and `-events.parquet` hold a block of runs each; `DIR/branch.json` is
//! the condition at which a branch begins. A block depends on
//! the manifest and its number only, so the bytes are the same on any number of threads.

use crate::event::{Event, EventKind};
use crate::measures::columns::{STATE, SYSTEM};
use crate::run::{Run, Simulation};
use crate::saved::Origin;
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

/// A run that came to no end; it has one row, with `failed` 1.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Blocks that were there and damaged, so that they are written again.
    pub damaged: usize,
    /// Blocks not begun because of an interruption.
    pub left: usize,
    /// Runs that failed in the blocks written now.
    pub failed: Vec<Failed>,
}

impl Folder {
    fn manifest(&self) -> PathBuf {
        self.path.join("manifest.txt")
    }

    /// Where the condition stands at which the runs of a branch begin.
    pub fn condition(&self) -> PathBuf {
        self.path.join("branch.json")
    }

    /// Where the ties of the start stand.
    pub fn ties(&self) -> PathBuf {
        self.path.join("ties.parquet")
    }

    /// Writes the ties of the start, or checks that they are the same where they are there.
    fn keep_ties(&self, system: &System, citations: &str) -> Outcome<()> {
        let made = write::parquet(&crate::ties::table(system), citations)?;
        match std::fs::read(self.ties()) {
            Ok(there) if there == made => Ok(()),
            Ok(_) => Err(Refusal::one(
                Diagnostic::error(
                    CHANGED,
                    format!(
                        "`{}` holds other ties than this world",
                        self.ties().display()
                    ),
                )
                .help("put the file back as it was written, or name another folder with `--out`"),
            )),
            Err(_) => write::bytes_file(&self.ties(), &made),
        }
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
        if path.exists() && !path.is_dir() {
            return Err(Refusal::one(
                Diagnostic::error(OCCUPIED, format!("`{}` is a file", path.display()))
                    .help("runs go to a folder of their own: name a new one with `--out`"),
            ));
        }
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
        let failed = |e: std::io::Error| no_folder(path, &e);
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
        self.fill_from(sim, None, runs, citations, stop, done)
    }

    /// The same for runs that all begin at one condition: a branch.
    ///
    /// # Errors
    /// Where a block cannot be written.
    pub fn fill_from(
        &self,
        sim: &Simulation<'_>,
        origin: Option<&Origin>,
        runs: u64,
        citations: &str,
        stop: &AtomicBool,
        done: &(dyn Fn(usize, usize) + Sync),
    ) -> Outcome<Ended> {
        self.keep_ties(sim.system, citations)?;
        let all: Vec<u64> = (0..runs.div_ceil(BLOCK)).collect();
        let todo: Vec<u64> = all
            .iter()
            .copied()
            .filter(|b| !self.whole(*b, (BLOCK.min(runs - b * BLOCK), sim.years, sim.system.n)))
            .collect();
        let begun = |b: &&u64| self.part(**b, "events").is_file();
        let damaged = todo.iter().filter(begun).count();
        let (left, finished) = (
            AtomicUsize::new(0),
            AtomicUsize::new(all.len() - todo.len()),
        );
        let results: Vec<Outcome<Vec<Failed>>> = todo
            .par_iter()
            .map(|block| {
                if stop.load(Ordering::Relaxed) {
                    left.fetch_add(1, Ordering::Relaxed);
                    return Ok(Vec::new());
                }
                let range = *block * BLOCK..((*block + 1) * BLOCK).min(runs);
                let tried: Vec<(Run, Option<String>)> =
                    range.map(|r| one(sim, r, origin)).collect();
                let failed = failures(&tried);
                let runs: Vec<Run> = tried.into_iter().map(|t| t.0).collect();
                self.block(sim, *block, &runs, citations)?;
                done(finished.fetch_add(1, Ordering::Relaxed) + 1, all.len());
                Ok(failed)
            })
            .collect();
        let failed = results.into_iter().collect::<Outcome<Vec<_>>>()?.concat();
        let left = left.into_inner();
        Ok(Ended {
            before: all.len() - todo.len(),
            written: todo.len() - left,
            damaged,
            left,
            failed,
        })
    }

    /// Whether a block is there and whole: the footers can be read, and the rows are as many
    /// as its runs have. A run that failed has one row of states and none of the system.
    fn whole(&self, block: u64, (runs, years, n): (u64, u16, usize)) -> bool {
        let rows = |what: &str| raison_record::read::rows(&self.part(block, what));
        let (Some(states), Some(system), Some(_)) =
            (rows("states"), rows("system"), rows("events"))
        else {
            return false;
        };
        let years = u64::from(years.max(1));
        let done = system / years;
        let failed = runs.saturating_sub(done);
        system == done * years && done <= runs && states == done * years * n as u64 + failed
    }

    fn block(
        &self,
        sim: &Simulation<'_>,
        block: u64,
        done: &[Run],
        citations: &str,
    ) -> Outcome<()> {
        let write =
            |what: &str, table: &Table| write::to_file(table, &self.part(block, what), citations);
        write("states", &states(sim, done))?;
        write("system", &system(done))?;
        // The events come last: a block counts as finished once they are there.
        write("events", &events(sim.system, done))
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

/// A folder that cannot be made: where, is up to the user, unless the disk is full.
fn no_folder(path: &Path, e: &std::io::Error) -> Refusal {
    use std::io::ErrorKind;
    let why = match e.kind() {
        ErrorKind::PermissionDenied => "you may not write there",
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => "a part of the path is a file",
        ErrorKind::ReadOnlyFilesystem => "nothing can be written there",
        _ => return Refusal::Machine(format!("`{}`: {e}", path.display())),
    };
    let text = format!("the folder `{}` cannot be made: {why}", path.display());
    Refusal::one(Diagnostic::error(OCCUPIED, text).help("name another folder with `--out`"))
}

/// A run; one that panics becomes a run without years, which its rows tell.
fn one(sim: &Simulation<'_>, run: u64, origin: Option<&Origin>) -> (Run, Option<String>) {
    let whole = || sim.tell_from(run, origin, false);
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(whole)) {
        Ok(done) => (done, None),
        Err(payload) => {
            let said = payload.downcast_ref::<String>().cloned();
            let said = said.or_else(|| payload.downcast_ref::<&str>().map(|s| (*s).to_owned()));
            let lost = Run {
                run,
                first: origin.map_or(sim.system.world.start, |o| o.snapshot.year),
                ..Run::default()
            };
            (
                lost,
                Some(said.unwrap_or_else(|| "no reason told".to_owned())),
            )
        }
    }
}

fn failures(tried: &[(Run, Option<String>)]) -> Vec<Failed> {
    let failed = tried.iter().filter_map(|(run, why)| {
        Some(Failed {
            run: run.run,
            why: why.clone()?,
        })
    });
    failed.collect()
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
    let (n, width) = (sim.system.n, STATE.len());
    let mut rows = Rows {
        run: Vec::new(),
        year: Vec::new(),
        failed: Vec::new(),
    };
    let mut code = WordsBuilder::default();
    let mut columns: Vec<Vec<f64>> = vec![Vec::new(); width];
    for run in done {
        let start = i32::from(run.first);
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

fn system(done: &[Run]) -> Table {
    let width = SYSTEM.len();
    let (mut run_of, mut year) = (Vec::new(), Vec::new());
    let mut columns: Vec<Vec<f64>> = vec![Vec::new(); width];
    for run in done {
        for (at, row) in run.system.chunks_exact(width).enumerate() {
            run_of.push(run.run as i32);
            year.push(i32::from(run.first) + at as i32);
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
    table.set("what", words(&|e| e.what(system)));
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
    text.push_str(&format!("{before:?}{:?}", w.memberships));
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
