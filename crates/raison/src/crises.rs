//! Crises of the record as decisions: rows for a study, and one row as a case.

use raison_core::record::{CLASSES, RESPONSES, Row, Rows, UNKNOWN};
use raison_core::{
    Alternative, Case, Channel, Citation, Code, Date, Decider, Diagnostic, Domain, Input, Inputs,
    Learned, Observed, Provenance, Question, Severity, Situation, Uncertain,
};
use raison_files::suggest::{did_you_mean, listed};
use raison_lenses::record::{mixtures, simple};
use raison_record::crises::variables::variable;
use raison_record::crises::{Actor, Around, COLUMNS, Crises, Options};
use raison_record::{Outcome, Refusal, Store, read};
use raison_study::backtest::{Fitted, fit_all};
use std::path::Path;
use std::sync::Arc;

/// A file of crisis actors cannot be used.
pub const BAD_ACTORS: Code = Code("R5001");
/// An address of the crisis data does not name one row.
pub const BAD_ADDRESS: Code = Code("R5002");

/// A lens has no record form.
pub const NO_RECORD_FORM: Code = Code("R5004");
/// A change that rows of the record do not take.
pub const NO_SWAP: Code = Code("R5005");

/// Why a flag that changes a case cannot be used on a row of the record.
pub fn no_swap(flag: &str) -> Diagnostic {
    Diagnostic::error(
        NO_SWAP,
        format!("`{flag}` changes coded cases: a row of the crisis record has no such file"),
    )
    .help("change a covariate instead, such as `record.leader_force=0.6`")
}

/// Ids of the lenses of some names; all that judge the record where there is none.
///
/// # Errors
/// One diagnostic for every name that has no record form.
pub fn lenses(names: &[String]) -> Result<Vec<&'static str>, Vec<Diagnostic>> {
    let all = simple().into_iter().map(|l| l.id());
    let all = all.chain(mixtures().into_iter().map(|m| m.id()));
    let all: Vec<&'static str> = all.collect();
    if names.is_empty() {
        return Ok(all);
    }
    let unknown: Vec<Diagnostic> = names
        .iter()
        .filter(|n| !all.contains(&n.trim()))
        .map(|n| no_form(n, &all))
        .collect();
    let asked = |id: &&str| names.iter().any(|n| n.trim() == *id);
    match unknown.is_empty() {
        true => Ok(all.into_iter().filter(asked).collect()),
        false => Err(unknown),
    }
}

/// A name that is no lens with a record form.
pub(crate) fn no_form(name: &str, all: &[&str]) -> Diagnostic {
    let problem = Diagnostic::error(
        NO_RECORD_FORM,
        format!("no lens `{name}` judges decisions of the record"),
    );
    problem
        .help_if(did_you_mean(name, all.iter().copied()))
        .help(format!("lenses: {}", listed(all.to_vec())))
}

/// Crisis actors with what surrounds them.
pub struct Record {
    /// The actors.
    pub crises: Crises,
    around: Around,
    /// What is read where the record leaves it open.
    pub options: Options,
    /// With a training and a test file: rows of the former.
    pub given: usize,
    /// Test rows left out because their crisis is in the training file.
    pub dropped: usize,
    /// What a reader should know of the files: unusable rows, too few rows.
    pub warnings: Vec<Diagnostic>,
    /// Where the actors come from, for readers.
    pub version: String,
}

impl Record {
    /// The crises in a store.
    ///
    /// # Errors
    /// Where a table is not in the store.
    pub fn load(store: &Store, options: Options) -> Outcome<Record> {
        let table = store.read_raw("icb2", Some(&COLUMNS))?;
        let entry = store.entry("icb2");
        let version = entry.map_or(String::new(), |e| {
            format!("{}, SHA-256 {}", e.from, e.from_sha256)
        });
        Ok(Record {
            crises: Crises::of(&table),
            around: Around::load(store)?,
            options,
            given: 0,
            dropped: 0,
            warnings: Vec::new(),
            version,
        })
    }

    /// The crises of two files, with the rest from a store. Test rows whose crisis is in
    /// the training file are left out and counted.
    ///
    /// # Errors
    /// Where a file cannot be read or lacks a column.
    pub fn files(store: &Store, train: &Path, test: &Path, options: Options) -> Outcome<Record> {
        let mut crises = actors(train)?;
        let given = crises.actors.len();
        let later = actors(test)?;
        let mut warnings = vec![usable(train, &crises), usable(test, &later)];
        let dropped = crises.extend(later);
        if crises.actors.len() == given {
            return Err(Refusal::error(
                BAD_ACTORS,
                format!("no row of `{}` is left to test on", test.display()),
                format!(
                    "{dropped} of its rows belong to crises of the training file; give other crises"
                ),
            ));
        }
        warnings.push(few(train, "fit", "100", crises.actors.get(..given), 100));
        warnings.push(few(test, "test", "30", crises.actors.get(given..), 30));
        Ok(Record {
            crises,
            around: Around::load(store)?,
            options,
            given,
            dropped,
            warnings: warnings.into_iter().flatten().collect(),
            version: format!("{} and {}", train.display(), test.display()),
        })
    }

    /// The rows where some are held back, with every response passed through `alter`.
    pub fn rows(&self, hidden: &[bool], alter: &dyn Fn(usize, u8) -> u8) -> Rows {
        let mut crises = self.crises.clone();
        for (i, actor) in crises.actors.iter_mut().enumerate() {
            actor.class = alter(i, actor.class);
        }
        crises.rows(&self.around, hidden, self.options)
    }

    /// The rows with an address: `icb:cracno:N`, or `icb:CRISIS:STATE` where it is unique.
    ///
    /// # Errors
    /// One diagnostic that lists the candidates.
    pub fn find(&self, address: &str) -> Result<usize, Diagnostic> {
        let lower = address.to_ascii_lowercase();
        let parts: Vec<&str> = lower.split(':').collect();
        let actors = self.crises.actors.iter().enumerate();
        let found: Vec<usize> = match parts.as_slice() {
            ["icb", "cracno", n] => actors
                .filter(|(_, a)| n.parse() == Ok(a.id))
                .map(|(i, _)| i)
                .collect(),
            ["icb", crisis, state] => actors
                .filter(|(_, a)| {
                    crisis.parse() == Ok(a.crisis) && a.state.eq_ignore_ascii_case(state)
                })
                .map(|(i, _)| i)
                .collect(),
            ["icb", crisis] => {
                let list = actors
                    .filter(|(_, a)| crisis.parse() == Ok(a.crisis))
                    .map(|(i, _)| i)
                    .collect();
                return Err(self.which(address, list));
            }
            _ => return Err(self.which(address, Vec::new())),
        };
        match found.as_slice() {
            [one] => Ok(*one),
            [] => {
                let crisis = parts.get(1).and_then(|c| c.parse::<i32>().ok());
                let near = self
                    .crises
                    .actors
                    .iter()
                    .enumerate()
                    .filter(|(_, a)| Some(a.crisis) == crisis);
                Err(self.which(address, near.map(|(i, _)| i).collect()))
            }
            _ => Err(self.which(address, found)),
        }
    }

    fn which(&self, address: &str, candidates: Vec<usize>) -> Diagnostic {
        let problem = Diagnostic::error(
            BAD_ADDRESS,
            format!("`{address}` does not name one row of the crisis data"),
        );
        if candidates.is_empty() {
            return problem
                .help("write `icb:CRISIS:STATE`, such as `icb:196:USA`, or `icb:cracno:N`");
        }
        let list: Vec<String> = candidates
            .iter()
            .take(12)
            .filter_map(|i| self.crises.actors.get(*i))
            .map(|a| {
                format!(
                    "icb:cracno:{} ({} in {}, {})",
                    a.id, a.state, a.name, a.trigger_year
                )
            })
            .collect();
        problem.note(format!("candidates: {}", list.join("; ")))
    }

    /// A row as a case, and every lens fitted on all other crises.
    ///
    /// Rows that began before are enough where there are at least `enough` of them:
    /// then nothing later is learned from.
    pub fn case(&self, row: usize) -> (Case, Vec<Fitted>) {
        const ENOUGH: usize = 250;
        let mut hidden = vec![false; self.crises.actors.len()];
        let own = &self.crises.actors[row];
        let other = |i: &usize| {
            let a = &self.crises.actors[*i];
            a.crisis != own.crisis && a.class != UNKNOWN
        };
        let earlier = |i: &usize| self.crises.actors[*i].response < own.trigger;
        let all: Vec<usize> = (0..hidden.len()).filter(other).collect();
        let before: Vec<usize> = all.iter().copied().filter(earlier).collect();
        let later = before.len() < ENOUGH;
        let training = if later { all } else { before };
        for (i, h) in hidden.iter_mut().enumerate() {
            *h = !training.contains(&i);
        }
        let rows = Arc::new(self.rows(&hidden, &|_, class| class));
        let fitted = fit_all(&rows, &training, &simple(), &mixtures(), &|| {});
        let learned = Learned {
            decisions: training.len(),
            later,
        };
        (case(&rows, row, learned), fitted)
    }
}

fn actors(path: &Path) -> Outcome<Crises> {
    let spec = raison_record::pack::table("icb2").map(|(_, spec)| spec);
    let found = read::read(path, spec)?;
    refuse_dropped_codes(&found)?;
    let crises = Crises::of(&found.table);
    if crises.actors.is_empty() {
        return Err(Refusal::error(
            BAD_ACTORS,
            format!("`{}` holds no usable crisis actor", path.display()),
            "give a file with the columns of the actor level of International Crisis Behavior (`icb2`)",
        ));
    }
    Ok(crises)
}

/// A code that cannot be read would make its row vanish, so it is an error here.
fn refuse_dropped_codes(found: &read::Read) -> Outcome<()> {
    let dropped = found.warnings.iter();
    let dropped = dropped.filter(|d| d.code == raison_record::codes::CELL_DROPPED);
    let read_here = |d: &&Diagnostic| {
        let column = d.message.split("column `").nth(1);
        let column = column.and_then(|rest| rest.split('`').next());
        column.is_none_or(|c| COLUMNS.contains(&c))
    };
    let errors: Vec<Diagnostic> = dropped
        .filter(read_here)
        .map(|d| Diagnostic {
            code: BAD_ACTORS,
            severity: Severity::Error,
            message: d.message.replace("is read as missing", "is no code"),
            ..d.clone()
        })
        .collect();
    match errors.is_empty() {
        true => Ok(()),
        false => Err(Refusal::Input(Box::new((errors, found.sources.clone())))),
    }
}

/// Rows of a file that no study can use.
fn usable(path: &Path, crises: &Crises) -> Option<Diagnostic> {
    let unknown = crises.actors.iter().filter(|a| a.class == UNKNOWN).count();
    let n = crises.unusable + unknown;
    (n > 0).then(|| {
        let rows = if n == 1 { "row" } else { "rows" };
        Diagnostic::warning(
            BAD_ACTORS,
            format!("{n} {rows} of `{}` cannot be used", path.display()),
        )
        .note("without a trigger and its date, or without a major response from 1 to 9")
    })
}

/// Too few rows to fit or test on.
fn few(
    path: &Path,
    to: &str,
    number: &str,
    rows: Option<&[Actor]>,
    least: usize,
) -> Option<Diagnostic> {
    let rows = rows.unwrap_or_default();
    let n = rows.iter().filter(|a| a.class != UNKNOWN).count();
    (n < least).then(|| {
        Diagnostic::warning(
            BAD_ACTORS,
            format!("`{}` has {n} usable decisions to {to} on", path.display()),
        )
        .note(format!(
            "with fewer than {number}, scores tell next to nothing"
        ))
    })
}

/// A row as a case.
fn case(rows: &Rows, at: usize, learned: Learned) -> Case {
    let row = &rows.rows[at];
    let mut inputs = Inputs::default();
    for (name, value) in rows.names.iter().zip(rows.of(at)) {
        if !value.is_nan() {
            let num = inputs.add(input(name, *value, row));
            if scale(name) == Scale::Binary {
                inputs.mark_binary(num);
            }
        }
    }
    let decided = day(row.trigger);
    let question = Question {
        situation: situation(row, decided),
        decider: decider(rows, at),
        inputs,
    };
    Case {
        question,
        summary: format!(
            "{} in the crisis {} (International Crisis Behavior, crisis {}, actor row {}).",
            row.state, row.title, row.crisis, row.actor
        ),
        aftermath: String::new(),
        coded_knowing_outcome: false,
        observed: (usize::from(row.class) < CLASSES).then(|| Observed {
            alternative: usize::from(row.class),
            date: Some(day(row.response)),
            success: None,
            sources: Vec::new(),
        }),
        marks: Vec::new(),
        learned: Some(learned),
    }
}

/// The date of a day number.
fn day(number: i32) -> Date {
    let (year, month, day) = raison_record::column::calendar(number);
    let made = Date::new(year as i16, month as i8, day as i8);
    made.unwrap_or(Date::constant(1900, 1, 1))
}

fn input(name: &str, value: f64, row: &Row) -> Input {
    let about = variable(name);
    Input {
        path: format!("record.{name}"),
        amount: Uncertain::Known(value),
        domain: domain(name),
        provenance: Provenance::Source(vec![Citation {
            key: "BWBJQ".to_owned(),
            locator: format!("actor row {}: {}", row.actor, about.map_or("", |v| v.from)),
        }]),
        span: None,
    }
}

/// What a covariate may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// 0 or 1.
    Binary,
    /// Anything between two ends.
    Between(f64, f64),
}

/// The scale of a covariate. Most are indicators; the others are listed.
pub fn scale(name: &str) -> Scale {
    /// Shares of earlier responses.
    const SHARES: [&str; 13] = [
        "own_force",
        "own_recent_force",
        "own_alike_force",
        "own_show",
        "leader_force",
        "leader_alike_force",
        "dyad_force",
        "adversary_force",
        "region_force",
        "world_force",
        "world_alike_force",
        "small_units",
        "adhoc_units",
    ];
    /// Logarithms ln(1 + n) of counts and years, so never below 0; 6 stands for four hundred.
    const COUNTS: [&str; 8] = [
        "own_crises",
        "leader_crises",
        "dyad_crises",
        "own_disputes",
        "own_forceful_disputes",
        "dyad_disputes",
        "dyad_forceful_disputes",
        "tenure",
    ];
    match name {
        n if SHARES.contains(&n) => Scale::Between(0.0, 1.0),
        n if COUNTS.contains(&n) => Scale::Between(0.0, 6.0),
        n if n.starts_with("profile_") => Scale::Between(-1.0, 1.0),
        // Logarithms of a ratio and of a share of the world.
        "power_ratio" => Scale::Between(-20.0, 20.0),
        "own_capability" => Scale::Between(-20.0, 0.0),
        // Standard deviations, decades, a code.
        "willingness" => Scale::Between(-5.0, 5.0),
        "age" => Scale::Between(1.0, 10.0),
        "trigger_code" => Scale::Between(1.0, 9.0),
        _ => Scale::Binary,
    }
}

fn domain(name: &str) -> Domain {
    match scale(name) {
        Scale::Binary => Domain::UNIT,
        Scale::Between(low, high) => Domain { low, high },
    }
}

fn alternative((id, title, _): (&str, &str, &[u8])) -> Alternative {
    Alternative {
        id: id.to_owned(),
        title: title.to_owned(),
        conflict: None,
        tags: Vec::new(),
        needs_delivery: false,
        outcomes: Vec::new(),
        positions: Vec::new(),
        effects: Vec::new(),
        span: None,
    }
}

fn situation(row: &Row, decided: Date) -> Situation {
    Situation {
        id: format!("icb:cracno:{}", row.actor),
        title: format!("{}, {} ({})", row.state, row.title, row.year),
        question: format!("How will {} respond?", row.state),
        decided,
        information_until: decided,
        alternatives: RESPONSES.into_iter().map(alternative).collect(),
        status_quo: None,
        criteria: Vec::new(),
        features: vec![None; raison_core::vocabulary::FEATURES.len()],
        risk_aversion: None,
        aspiration: None,
        opponent: None,
        organizations: Vec::new(),
        deadline: None,
        dimensions: Vec::new(),
        players: Vec::new(),
        channel: Channel::default(),
        analogies: Vec::new(),
        game: None,
    }
}

fn decider(rows: &Rows, at: usize) -> Decider {
    let get = |name: &str| rows.column(name).and_then(|c| rows.of(at).get(c)).copied();
    let democracy = get("democracy") == Some(1.0);
    Decider {
        state: rows.rows[at].state.to_string(),
        name: rows.rows[at].state.to_string(),
        region: String::new(),
        regime: if democracy { "democracy" } else { "autocracy" }.to_owned(),
        leader: None,
        doctrine: None,
        further: Vec::new(),
        unit: None,
        conflictual: None,
    }
}
