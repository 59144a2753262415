//! The backtest: settings from a file, rows from the record, lenses in record form.

use crate::crises::Record;
use crate::embedded::Embedded;
use raison_core::record::RecordLens;
use raison_core::{Code, Diagnostic, SourceMap};
use raison_files::Shelf;
use raison_files::suggest::did_you_mean;
use raison_lenses::record::{mixtures, simple};
use raison_record::crises::Options;
use raison_record::{Outcome, Store};
use raison_report::backtest::View;
use raison_study::backtest::{Backtest, Plan, Split, Target};
use serde::Deserialize;
use std::path::Path;

/// A study file cannot be used.
pub const BAD_STUDY: Code = Code("R5003");

/// What a study file sets.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Title.
    pub title: String,
    /// Protocols.
    pub splits: Vec<Split>,
    /// Targets.
    pub targets: Vec<Target>,
    /// Lenses.
    pub lenses: Vec<String>,
    /// Draws of the bootstrap.
    pub draws: usize,
    /// Its seed.
    pub seed: u64,
    /// What is read where the record leaves it open.
    pub options: Options,
    /// Fewest decisions of a kind that is scored.
    pub smallest_group: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kind: String,
    study: String,
    title: String,
    splits: Vec<String>,
    targets: Vec<String>,
    lenses: Vec<String>,
    draws: usize,
    seed: u64,
    same_day: bool,
    threat: bool,
    #[serde(default)]
    protracted: bool,
    smallest_group: usize,
}

type Problems = (Vec<Diagnostic>, SourceMap);

impl Settings {
    /// The study of the built-in library.
    ///
    /// # Errors
    /// Never, as a test holds.
    pub fn built_in() -> Result<(Settings, Vec<Diagnostic>), Problems> {
        let found = Embedded.read("studies/backtest.toml");
        let (name, bytes) = found.unwrap_or_default();
        Settings::read(&name, &bytes)
    }

    /// The study of a file.
    ///
    /// # Errors
    /// Every problem of the file.
    pub fn read(name: &str, bytes: &[u8]) -> Result<(Settings, Vec<Diagnostic>), Problems> {
        let mut sources = SourceMap::new();
        let text = String::from_utf8_lossy(bytes).into_owned();
        let file = sources.add(name, text.clone());
        let parsed: Result<File, _> = toml::from_str(&text);
        let parsed = match parsed {
            Ok(parsed) => parsed,
            Err(e) => {
                let mut problem = Diagnostic::error(
                    BAD_STUDY,
                    format!("`{name}` cannot be used: {}", e.message()),
                );
                if let Some(range) = e.span() {
                    let span = raison_core::Span {
                        file,
                        start: range.start as u32,
                        end: range.end as u32,
                    };
                    problem = problem.at(span, "here");
                }
                return Err((vec![problem.help(HELP)], sources));
            }
        };
        let place = |what: &str| {
            let start = text.find(what)?;
            Some(raison_core::Span::new(file, start, start + what.len()))
        };
        match Settings::of(parsed, &place) {
            Ok(settings) => Ok((settings, Vec::new())),
            Err(problems) => Err((problems, sources)),
        }
    }

    /// Checks what a file says; `place` finds a piece of its text.
    fn of(
        file: File,
        place: &dyn Fn(&str) -> Option<raison_core::Span>,
    ) -> Result<Settings, Vec<Diagnostic>> {
        let mut problems = Vec::new();
        let mut say = |text: String, near: Option<String>, what: &str| {
            let problem = Diagnostic::error(BAD_STUDY, text).help_if(near).help(HELP);
            problems.push(match place(what) {
                Some(span) => problem.at(span, "here"),
                None => problem,
            });
        };
        if file.kind != "study" || file.study != "backtest" {
            say(
                format!(
                    "this is a {} `{}`, not the study `backtest`",
                    file.kind, file.study
                ),
                None,
                &file.study,
            );
        }
        let splits: Vec<Split> = file
            .splits
            .iter()
            .filter_map(|w| {
                let found = Split::of(w);
                if found.is_none() {
                    let near = did_you_mean(w, Split::ALL.iter().map(|s| s.word()));
                    say(format!("`{w}` is no split"), near, &format!("{w:?}"));
                }
                found
            })
            .collect();
        let targets: Vec<Target> = file
            .targets
            .iter()
            .filter_map(|w| {
                let found = Target::ALL.into_iter().find(|t| t.word() == w);
                if found.is_none() {
                    say(
                        format!("`{w}` is no target"),
                        did_you_mean(w, Target::ALL.iter().map(|t| t.word())),
                        &format!("{w:?}"),
                    );
                }
                found
            })
            .collect();
        if !DRAWS.contains(&file.draws) {
            let text = format!("`draws` goes from {} to {}", DRAWS.start(), DRAWS.end());
            say(text, None, "draws =");
        }
        let settings = Settings {
            title: file.title,
            splits,
            targets,
            lenses: file.lenses,
            draws: file.draws,
            seed: file.seed,
            options: Options {
                same_day: file.same_day,
                threat: file.threat,
                protracted: file.protracted,
            },
            smallest_group: file.smallest_group.max(10),
        };
        if problems.is_empty() {
            Ok(settings)
        } else {
            Err(problems)
        }
    }

    /// One diagnostic for every name that is no lens with a record form.
    pub fn unknown_lenses(&self) -> Vec<Diagnostic> {
        crate::crises::lenses(&self.lenses)
            .err()
            .unwrap_or_default()
    }

    /// The lenses that are named; a composite needs all.
    fn chosen(&self) -> Vec<Box<dyn RecordLens>> {
        let named = |id: &str| self.lenses.iter().any(|n| n.trim() == id);
        let mixed = mixtures().iter().any(|m| named(m.id()));
        simple()
            .into_iter()
            .filter(|l| mixed || named(l.id()))
            .collect()
    }
}

/// Draws of the bootstrap: with fewer, the ends of an interval are noise.
pub const DRAWS: std::ops::RangeInclusive<usize> = 100..=100_000;

const HELP: &str = "`library/studies/backtest.toml` shows every key";

/// A backtest that was run.
pub struct Ran {
    /// How.
    pub settings: Settings,
    /// What came out.
    pub result: Backtest,
    /// Rows that could be used, and crises.
    pub rows: (usize, usize),
    /// First year of the crisis of every row.
    years: Vec<i32>,
    /// Test rows left out.
    pub dropped: usize,
    /// What a reader should know of the files.
    pub warnings: Vec<Diagnostic>,
    /// Where the actors come from.
    pub version: String,
}

impl Ran {
    /// What a report draws.
    pub fn view(&self) -> View<'_> {
        View {
            title: &self.settings.title,
            engine: crate::ENGINE,
            data: &self.version,
            result: &self.result,
            rows: self.rows.0,
            crises: self.rows.1,
            dropped: self.dropped,
            draws: self.settings.draws,
            seed: self.settings.seed,
            same_day: self.settings.options.same_day,
            threat: self.settings.options.threat,
            protracted: self.settings.options.protracted,
        }
    }
}

impl Ran {
    /// The library's calibration file, from the rolling split; none where it was not run.
    pub fn calibration(&self, command: &str) -> Option<String> {
        let rolling = self.settings.splits.contains(&Split::Rolling);
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let days = now.map_or(0, |d| d.as_secs() / 86_400) as i32;
        let (year, month, day) = raison_record::column::calendar(days);
        let made = format!("{year}-{month:02}-{day:02}");
        rolling.then(|| {
            let years = &self.years;
            crate::sureness::fit(&self.result, years, &self.version, command, &made).toml()
        })
    }
}

/// Runs the backtest; `files` are a training and a test file.
///
/// # Errors
/// Where data are missing or cannot be read.
pub fn run(
    store: &Store,
    files: Option<(&Path, &Path)>,
    settings: &Settings,
    progress: &(dyn Fn(f64) + Sync),
) -> Outcome<Ran> {
    let record = match files {
        Some((train, test)) => Record::files(store, train, test, settings.options)?,
        None => Record::load(store, settings.options)?,
    };
    let mut settings = settings.clone();
    if files.is_some() {
        settings.splits = vec![Split::Files];
    }
    let lenses = settings.chosen();
    let plan = Plan {
        splits: settings.splits.clone(),
        targets: settings.targets.clone(),
        mixtures: if lenses.len() > 1 {
            mixtures()
        } else {
            Vec::new()
        },
        lenses,
        baselines: raison_study::backtest::baselines::all(),
        draws: settings.draws,
        seed: settings.seed,
        given: record.given,
        smallest_group: settings.smallest_group,
    };
    let source = |hidden: &[bool], alter: &dyn Fn(usize, u8) -> u8| record.rows(hidden, alter);
    let result = raison_study::backtest::run(&source, &plan, progress);
    let mut crises: Vec<i32> = record.crises.actors.iter().map(|a| a.crisis).collect();
    crises.sort_unstable();
    crises.dedup();
    Ok(Ran {
        result,
        rows: (record.crises.actors.len(), crises.len()),
        years: record.crises.actors.iter().map(|a| a.year).collect(),
        dropped: record.dropped,
        warnings: record.warnings,
        version: record.version,
        settings,
    })
}
