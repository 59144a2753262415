//! `solve bargaining`: one table, one model, the weighted mean beside it.

mod document;
mod model;

use super::draws::{self, Numbers};
use super::{Answer, Read, Switches};
use document::{deals, document};
use model::{Model, model, weigh};
use raison_core::{Diagnostic, Problems};
use raison_files::actors::{self, ActorTable};
use raison_files::suggest::{did_you_mean, listed};
use raison_games::Error;
use raison_games::bargaining::challenge::{self, Actors, Round};
use raison_games::bargaining::condorcet;
use raison_games::bargaining::spatial::{self, Solution};
use raison_games::bargaining::{
    Disagreement, Space, compromise, exchange, kalai_smorodinsky, nash_bargaining, procedural,
    weighted_median,
};
use serde_json::{Value, json};
use std::path::Path;

/// The models by name.
pub const MODELS: [&str; 8] = [
    "challenge",
    "compromise",
    "median",
    "nash",
    "kalai-smorodinsky",
    "exchange",
    "procedural",
    "condorcet",
];

/// What is asked.
pub struct Request<'a> {
    /// One of [`MODELS`].
    pub model: &'a str,
    /// Rounds of the challenge model.
    pub rounds: usize,
    /// Draws of uncertain numbers; `None` takes 1000 where anything is uncertain.
    pub draws: Option<u64>,
    /// Seed of the draws.
    pub seed: u64,
    /// `name=value` texts.
    pub set: &'a [String],
}

/// Draws at most: more tell nothing new, and counts must fit their cells.
const MOST_DRAWS: u64 = 1_000_000_000;

/// Reads a table and solves it.
pub fn bargaining(path: &Path, request: &Request<'_>) -> Answer {
    let mut read = Read::new();
    let document = read.file(path).and_then(|(file, text)| {
        let table = actors::read(file, &text, &mut read.problems);
        solve(table, request, &mut read)
    });
    read.finish(document)
}

fn solve(table: Option<ActorTable>, request: &Request<'_>, read: &mut Read) -> Option<Value> {
    let mut switches = Switches::new(request.set);
    if !MODELS.contains(&request.model) {
        let problem = Diagnostic::error(
            super::UNKNOWN_SWITCH,
            format!("there is no model `{}`", request.model),
        );
        let near = did_you_mean(request.model, MODELS);
        read.problems.push(
            problem
                .help_if(near)
                .help(format!("models: {}", listed(MODELS))),
        );
        return None;
    }
    let share = switches.number("spread");
    if share.is_some_and(|s| !(0.0..=1.0).contains(&s)) {
        switches.bad(
            "spread",
            "it",
            "a share between 0 and 1 is wanted".to_owned(),
        );
    }
    let only = switches.text("issue");
    let mut table = table?;
    if let Some(name) = only {
        keep_issue(&mut table, &name, &mut switches);
    }
    let model = model(request.model, &table, &mut switches);
    let matrices = request.model == "challenge" && switches.yes("matrices");
    read.problems
        .extend(switches.finish(&format!("the model `{}`", request.model)));
    check_request(request, &mut read.problems);
    let model = model.filter(|_| !read.problems.has_errors())?;
    if let Some(share) = share.filter(|s| *s > 0.0) {
        draws::spread(&mut table, share);
    }
    let numbers = draws::central(&table);
    let plain = answer(&model, &table, &numbers, request.rounds, matrices);
    match plain {
        Ok(answer) => Some(document(request, &model, &table, &numbers, answer)),
        Err(error) => {
            let actor = culprit(&error, &table);
            read.refuse(&error, actor.map(|k| (table.actors[k].span, "this actor")));
            None
        }
    }
}

/// Refuses what would never end.
fn check_request(request: &Request<'_>, problems: &mut Problems) {
    if request.rounds > challenge::MOST_ROUNDS {
        let text = format!("at most {} rounds can be asked for", challenge::MOST_ROUNDS);
        problems.push(Diagnostic::error(super::BAD_SETTING, text));
    }
    if request.draws.is_some_and(|d| d > MOST_DRAWS) {
        let text = format!("at most {MOST_DRAWS} draws can be asked for");
        problems.push(Diagnostic::error(super::BAD_SETTING, text));
    }
}

/// The actor that an error is about.
fn culprit(error: &Error, table: &ActorTable) -> Option<usize> {
    let index = match error {
        Error::NoAgreement { first, .. } => *first,
        Error::NotFinite { index, .. } | Error::OutOfRange { index, .. } => *index,
        _ => return None,
    };
    (index < table.actors.len()).then_some(index)
}

fn keep_issue(table: &mut ActorTable, name: &str, switches: &mut Switches) {
    let found = table
        .issues
        .iter()
        .position(|i| i.eq_ignore_ascii_case(name));
    let Some(k) = found else {
        let names = table.issues.iter().map(String::as_str);
        switches.bad("issue", name, format!("issues here: {}", listed(names)));
        return;
    };
    let d = table.issues.len();
    let column =
        |list: &[raison_core::Uncertain]| list.iter().skip(k).step_by(d).copied().collect();
    table.positions = column(&table.positions);
    table.salience = column(&table.salience);
    table.issues = vec![table.issues[k].clone()];
}

/// What one pass gives: the forecast per issue, and more to show.
struct Plain {
    forecast: Vec<Option<f64>>,
    rounds: Vec<Vec<Round>>,
    more: Value,
    matrices: bool,
}

fn column(list: &[f64], issue: usize, issues: usize) -> Vec<f64> {
    list.iter().skip(issue).step_by(issues).copied().collect()
}

fn answer(
    model: &Model,
    table: &ActorTable,
    numbers: &Numbers,
    rounds: usize,
    matrices: bool,
) -> Result<Plain, Error> {
    let d = table.issues.len();
    let mut plain = Plain {
        forecast: Vec::new(),
        rounds: Vec::new(),
        more: json!({}),
        matrices,
    };
    if let Model::Challenge(switches) = model {
        for k in 0..d {
            let (x, s) = (
                column(&numbers.positions, k, d),
                column(&numbers.salience, k, d),
            );
            let actors = Actors {
                capability: &numbers.capability,
                position: &x,
                salience: &s,
            };
            let course = challenge::challenge(&actors, switches, rounds)?;
            plain.forecast.push(course.last().map(|r| r.median));
            plain.rounds.push(course);
        }
        return Ok(plain);
    }
    let mut out = vec![None; d];
    plain.more = point(model, table, numbers, &mut out)?;
    plain.forecast = out;
    Ok(plain)
}

/// Models without rounds: writes the forecast, gives what else there is to say.
fn point(
    model: &Model,
    table: &ActorTable,
    numbers: &Numbers,
    out: &mut [Option<f64>],
) -> Result<Value, Error> {
    let d = out.len();
    let on = |k: usize| {
        (
            column(&numbers.positions, k, d),
            column(&numbers.salience, k, d),
        )
    };
    let weights_on = |kind, k| weigh(kind, &numbers.capability, &on(k).1);
    match model {
        Model::Challenge(_) => {}
        Model::Compromise(kind) => {
            for (k, o) in out.iter_mut().enumerate() {
                *o = Some(compromise(&weights_on(*kind, k), &on(k).0)?);
            }
        }
        Model::Median(kind) => {
            for (k, o) in out.iter_mut().enumerate() {
                *o = Some(weighted_median(&weights_on(*kind, k), &on(k).0)?);
            }
        }
        Model::Cooperative(solution, kind, reference) if d == 1 => {
            let (x, w) = (on(0).0, weights_on(*kind, 0));
            let without = reference
                .as_ref()
                .map_or(Disagreement::Zero, |r| Disagreement::Point(r[0]));
            let found = match solution {
                Solution::Nash => nash_bargaining(&w, &x, without)?,
                Solution::KalaiSmorodinsky => kalai_smorodinsky(&w, &x, without)?,
            };
            out[0] = Some(found.point);
            return Ok(json!({ "agreed": found.agreed, "within": found.within }));
        }
        Model::Cooperative(solution, _, reference) => {
            let space = Space::new(&numbers.capability, &numbers.positions, &numbers.salience)?;
            let found = spatial::bargain(&space, *solution, reference.as_deref())?;
            out.iter_mut()
                .zip(&found.point)
                .for_each(|(o, x)| *o = Some(*x));
            return Ok(json!({ "agreed": found.agreed, "shortfall": found.shortfall }));
        }
        Model::Exchange => {
            let space = Space::new(&numbers.capability, &numbers.positions, &numbers.salience)?;
            let found = exchange(&space)?;
            out.iter_mut()
                .zip(&found.after)
                .for_each(|(o, x)| *o = Some(*x));
            return Ok(json!({ "deals": deals(table, &found.deals) }));
        }
        Model::Procedural {
            agenda,
            reference,
            quota,
        } => {
            let votes = table.votes.as_ref().unwrap_or(&numbers.capability);
            let mut list = Vec::new();
            for (k, o) in out.iter_mut().enumerate() {
                let found = procedural(&on(k).0, votes, *agenda, reference[k], *quota)?;
                *o = Some(found.point);
                let name = |i: usize| table.actors[i].name.clone();
                list.push(json!({
                    "issue": table.issues[k], "passes": found.passes, "votes": found.votes,
                    "needed": found.needed, "pivot": found.pivot.map(name),
                    "supporters": found.supporters.iter().map(|i| name(*i)).collect::<Vec<_>>(),
                }));
            }
            return Ok(json!({ "procedure": list }));
        }
        Model::Condorcet(rules, risk) => {
            let space = Space::new(&numbers.capability, &numbers.positions, &numbers.salience)?;
            let found = condorcet::condorcet_of_positions(&space, *risk, *rules)?;
            let chances = &found.election.probability;
            for (k, o) in out.iter_mut().enumerate() {
                let x = on(k).0;
                let proposed = found.proposers.iter().map(|i| x[*i]);
                *o = Some(chances.iter().zip(proposed).map(|(p, x)| p * x).sum());
            }
            let makers = |k: usize| -> Vec<&str> {
                let own = found.proposal_of.iter().zip(&table.actors);
                own.filter(|(p, _)| **p == k)
                    .map(|(_, a)| a.name.as_str())
                    .collect()
            };
            let line = |(k, p): (usize, &f64)| json!({ "probability": p, "actors": makers(k) });
            let list: Vec<Value> = chances.iter().enumerate().map(line).collect();
            return Ok(json!({ "proposals": list, "residual": found.election.residual }));
        }
    }
    Ok(json!({}))
}
