//! `solve bargaining`: one table, one model, the weighted mean beside it.

use super::draws::{self, Numbers, Tally};
use super::{Answer, Read, Switches};
use raison_core::{Diagnostic, Problems};
use raison_files::actors::{self, ActorTable};
use raison_files::suggest::{did_you_mean, listed};
use raison_games::Error;
use raison_games::bargaining::challenge::{
    self, Actors, Bargaining, Capitulation, Conflict, Denominator, Range, Risk, Round, SecondView,
    Selection, Stopping, VoteRisk,
};
use raison_games::bargaining::condorcet::{self, Outcome, Rules, Victory, Voting};
use raison_games::bargaining::spatial::{self, Solution};
use raison_games::bargaining::{
    Disagreement, Quota, Space, compromise, exchange, kalai_smorodinsky, nash_bargaining,
    procedural, weighted_median,
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
/// Rounds over which medians and means are tallied.
const TALLIED: usize = 200;

/// Which weights the models of one point use.
#[derive(Clone, Copy, PartialEq)]
enum Weights {
    Effective,
    Capability,
    Salience,
    Equal,
}

/// A model with its switches.
enum Model {
    Challenge(challenge::Switches),
    Compromise(Weights),
    Median(Weights),
    Cooperative(Solution, Weights, Option<Vec<f64>>),
    Exchange,
    Procedural {
        agenda: usize,
        reference: Vec<f64>,
        quota: Quota,
    },
    Condorcet(Rules, f64),
}

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

fn model(name: &str, table: &ActorTable, s: &mut Switches) -> Option<Model> {
    Some(match name {
        "challenge" => Model::Challenge(challenge_switches(s)),
        "compromise" => Model::Compromise(weights(s)),
        "median" => Model::Median(weights(s)),
        "nash" => Model::Cooperative(Solution::Nash, weights(s), reference(table, s)),
        "kalai-smorodinsky" => Model::Cooperative(
            Solution::KalaiSmorodinsky,
            Weights::Effective,
            reference(table, s),
        ),
        "exchange" => Model::Exchange,
        "procedural" => return procedure(table, s),
        _ => {
            let default = Rules::default();
            let rules = Rules {
                victory: s.choice("victory", Victory::ALL).unwrap_or(default.victory),
                voting: s.choice("voting", Voting::ALL).unwrap_or(default.voting),
                outcome: s.choice("outcome", Outcome::ALL).unwrap_or(default.outcome),
            };
            Model::Condorcet(rules, s.number("risk").unwrap_or(0.0))
        }
    })
}

fn challenge_switches(s: &mut Switches) -> challenge::Switches {
    let base = s
        .choice("preset", &challenge::Switches::presets())
        .unwrap_or_default();
    let q = s.number("Q").unwrap_or(base.q);
    if !(0.0..=1.0).contains(&q) {
        s.bad(
            "Q",
            &q.to_string(),
            "a probability between 0 and 1 is wanted".to_owned(),
        );
    }
    challenge::Switches {
        denominator: s
            .choice("denominator", Denominator::ALL)
            .unwrap_or(base.denominator),
        vote_risk: s
            .choice("vote-risk", VoteRisk::ALL)
            .unwrap_or(base.vote_risk),
        second_view: s
            .choice("second-view", SecondView::ALL)
            .unwrap_or(base.second_view),
        range: s.choice("range", Range::ALL).unwrap_or(base.range),
        risk: s.choice("risk", Risk::ALL).unwrap_or(base.risk),
        q,
        selection: s
            .choice("selection", Selection::ALL)
            .unwrap_or(base.selection),
        capitulation: s
            .choice("capitulation", Capitulation::ALL)
            .unwrap_or(base.capitulation),
        conflict: s.choice("conflict", Conflict::ALL).unwrap_or(base.conflict),
        stopping: s.choice("stopping", Stopping::ALL).unwrap_or(base.stopping),
    }
}

fn weights(s: &mut Switches) -> Weights {
    let all = [
        ("effective", Weights::Effective),
        ("capability", Weights::Capability),
        ("salience", Weights::Salience),
        ("equal", Weights::Equal),
    ];
    s.choice("weights", &all).unwrap_or(Weights::Effective)
}

fn reference(table: &ActorTable, s: &mut Switches) -> Option<Vec<f64>> {
    let list = s.numbers("reference")?;
    if list.len() != table.issues.len() {
        let help = format!(
            "one number per issue, {} in all, is wanted",
            table.issues.len()
        );
        s.bad("reference", &format!("{list:?}"), help);
        return None;
    }
    Some(list)
}

fn procedure(table: &ActorTable, s: &mut Switches) -> Option<Model> {
    let names = || table.actors.iter().map(|a| a.name.as_str());
    let agenda = s.text("agenda");
    let reference = reference(table, s);
    let quota = s.number("quota");
    let quota = match quota {
        None => Quota::Majority,
        Some(q) if q > 0.0 && q <= 1.0 => Quota::Share(q),
        Some(q) if q > 1.0 => Quota::Votes(q),
        Some(q) => {
            s.bad(
                "quota",
                &q.to_string(),
                "a share up to 1, or a number of votes above 1".to_owned(),
            );
            Quota::Majority
        }
    };
    let setter = match &agenda {
        None => {
            s.bad(
                "agenda",
                "",
                format!("name the agenda setter, one of {}", listed(names())),
            );
            None
        }
        Some(name) => {
            let found = names().position(|n| n.eq_ignore_ascii_case(name));
            if found.is_none() {
                let near = did_you_mean(name, names());
                s.bad(
                    "agenda",
                    name,
                    near.unwrap_or_else(|| format!("actors: {}", listed(names()))),
                );
            }
            found
        }
    };
    if reference.is_none() {
        s.bad(
            "reference",
            "",
            "say what holds if nothing is decided: `--set reference=X`".to_owned(),
        );
    }
    Some(Model::Procedural {
        agenda: setter?,
        reference: reference?,
        quota,
    })
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

fn weigh(kind: Weights, capability: &[f64], salience: &[f64]) -> Vec<f64> {
    match kind {
        Weights::Effective => capability
            .iter()
            .zip(salience)
            .map(|(c, s)| c * s)
            .collect(),
        Weights::Capability => capability.to_vec(),
        Weights::Salience => salience.to_vec(),
        Weights::Equal => vec![1.0; capability.len()],
    }
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

fn deals(table: &ActorTable, list: &[raison_games::bargaining::exchange::Deal]) -> Vec<Value> {
    let deal = |d: &raison_games::bargaining::exchange::Deal| {
        json!({
            "first": table.actors[d.first].name, "second": table.actors[d.second].name,
            "first_gains_on": table.issues[d.issue_a], "second_gains_on": table.issues[d.issue_b],
            "second_votes": d.second_votes, "first_votes": d.first_votes, "gain": d.gain,
        })
    };
    list.iter().map(deal).collect()
}

fn document(
    request: &Request<'_>,
    model: &Model,
    table: &ActorTable,
    numbers: &Numbers,
    plain: Plain,
) -> Value {
    let d = table.issues.len();
    let certain = draws::is_certain(table);
    let draws = request.draws.unwrap_or(if certain { 0 } else { 1000 });
    // Draws of a certain table are all alike.
    let tallies = (draws > 0 && !certain).then(|| tallied(request, model, table, draws));
    let mut issues: Vec<Value> = Vec::new();
    for k in 0..d {
        let (x, s) = (
            column(&numbers.positions, k, d),
            column(&numbers.salience, k, d),
        );
        let power = weigh(Weights::Effective, &numbers.capability, &s);
        let mean = compromise(&power, &x).ok();
        let median = weighted_median(&power, &x).ok();
        let tally = |which: usize, value: Option<f64>| match &tallies {
            Some(t) => t[k * per_issue(request, model) + which].json(value),
            None => json!({ "value": value }),
        };
        let mut issue = json!({
            "issue": table.issues[k],
            "forecast": tally(0, plain.forecast[k]),
            "weighted_mean": tally(1, mean),
        });
        issue["rounds"] = match plain.rounds.get(k) {
            Some(list) => list
                .iter()
                .enumerate()
                .map(|(n, r)| round(n, r, table, plain.matrices))
                .collect(),
            None => {
                json!([{ "round": 0, "positions": x, "median": median, "mean": mean, "risk": null }])
            }
        };
        if tallies.is_some() && matches!(model, Model::Challenge(_)) {
            let line = |n: usize| json!({ "round": n, "median": tally(2 + 2 * n, None), "mean": tally(3 + 2 * n, None) });
            issue["over_draws"] = (0..tallied_rounds(request)).map(line).collect();
        }
        issues.push(issue);
    }
    let mut out = json!({
        "model": request.model,
        "switches": switches_of(model),
        "actors": table.actors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(),
        "draws": if tallies.is_some() { draws } else { 0 },
        "seed": request.seed,
        "certain": certain,
    });
    if let [only] = issues.as_slice() {
        for key in ["forecast", "weighted_mean", "rounds"] {
            out[key] = only[key].clone();
        }
    }
    if let (Value::Object(out), Value::Object(more)) = (&mut out, plain.more) {
        out.extend(more);
    }
    out["issues"] = json!(issues);
    out
}

fn tallied_rounds(request: &Request<'_>) -> usize {
    request.rounds.min(TALLIED) + 1
}

/// Tallies per issue: forecast, weighted mean, then median and mean of each round.
fn per_issue(request: &Request<'_>, model: &Model) -> usize {
    match model {
        Model::Challenge(_) => 2 + 2 * tallied_rounds(request),
        _ => 2,
    }
}

fn tallied(request: &Request<'_>, model: &Model, table: &ActorTable, draws: u64) -> Vec<Tally> {
    let (n, d, each) = (
        table.actors.len(),
        table.issues.len(),
        per_issue(request, model),
    );
    let bounds = |k: usize| {
        let (mut low, mut high) = draws::bounds(table, k);
        let reference = match model {
            Model::Procedural { reference, .. } | Model::Cooperative(_, _, Some(reference)) => {
                Some(reference[k])
            }
            _ => None,
        };
        if let Some(q) = reference {
            (low, high) = (low.min(q), high.max(q));
        }
        (low, high)
    };
    let tallies = (0..d)
        .flat_map(|k| vec![Tally::new(bounds(k)); each])
        .collect();
    let start = || match model {
        Model::Challenge(switches) => Bargaining::new(n, *switches).ok(),
        _ => None,
    };
    draws::run(
        table,
        request.seed,
        draws,
        tallies,
        start,
        |solver, numbers, row| {
            let mut forecast = vec![None; d];
            let _ = point(model, table, numbers, &mut forecast);
            for k in 0..d {
                let line = &mut row[k * each..(k + 1) * each];
                line[0] = forecast[k];
                one_draw(solver.as_mut(), request.rounds, numbers, (k, d), line);
            }
        },
    )
}

fn one_draw(
    solver: Option<&mut Bargaining>,
    rounds: usize,
    numbers: &Numbers,
    (k, d): (usize, usize),
    line: &mut [Option<f64>],
) {
    let Some(solver) = solver else {
        let (x, s) = (
            column(&numbers.positions, k, d),
            column(&numbers.salience, k, d),
        );
        line[1] = compromise(&weigh(Weights::Effective, &numbers.capability, &s), &x).ok();
        return;
    };
    let (columns, borrowed);
    let (position, salience): (&[f64], &[f64]) = if d == 1 {
        borrowed = (numbers.positions.as_slice(), numbers.salience.as_slice());
        borrowed
    } else {
        columns = (
            column(&numbers.positions, k, d),
            column(&numbers.salience, k, d),
        );
        (&columns.0, &columns.1)
    };
    let actors = Actors {
        capability: &numbers.capability,
        position,
        salience,
    };
    let mut last = None;
    let _ = solver.run(&actors, rounds, |state| {
        if state.round == 0 {
            line[1] = Some(state.mean);
        }
        last = Some((state.round, state.median, state.mean));
        if let Some(cells) = line.get_mut(2 + 2 * state.round..4 + 2 * state.round) {
            cells[0] = Some(state.median);
            cells[1] = Some(state.mean);
        }
    });
    let Some((end, median, mean)) = last else {
        return;
    };
    line[0] = Some(median);
    // A run that stopped early stays where it stopped.
    for cells in line[2..].chunks_exact_mut(2).skip(end + 1) {
        (cells[0], cells[1]) = (Some(median), Some(mean));
    }
}

fn round(number: usize, r: &Round, table: &ActorTable, matrices: bool) -> Value {
    let mut out = json!({
        "round": number, "positions": r.positions, "median": r.median, "mean": r.mean, "risk": null,
    });
    let Some(course) = &r.course else { return out };
    out["risk"] = json!(course.risk);
    out["security"] = json!(course.security);
    let offer = |o: &Option<challenge::Offer>| {
        o.map(|o| {
            json!({
                "kind": o.kind.name(), "partner": table.actors[o.partner].name,
                "own": o.own, "second": o.second, "position": o.position,
            })
        })
    };
    out["offers"] = course.offers.iter().map(offer).collect();
    if matrices {
        let n = table.actors.len();
        let rows = |m: &[f64]| -> Value { m.chunks_exact(n).map(|r| json!(r)).collect() };
        out["matrices"] = json!({
            "probability": rows(&course.matrices.chance),
            "own": rows(&course.matrices.own),
            "second": rows(&course.matrices.second),
            "all_votes": course.matrices.all_votes,
        });
    }
    out
}

fn switches_of(model: &Model) -> Value {
    match model {
        Model::Challenge(s) => json!({
            "denominator": s.denominator.name(), "vote-risk": s.vote_risk.name(),
            "second-view": s.second_view.name(), "range": s.range.name(), "risk": s.risk.name(),
            "Q": s.q, "selection": s.selection.name(), "capitulation": s.capitulation.name(),
            "conflict": s.conflict.name(), "stopping": s.stopping.name(),
        }),
        Model::Compromise(w) | Model::Median(w) => json!({ "weights": weights_name(*w) }),
        Model::Cooperative(_, w, reference) => {
            json!({ "weights": weights_name(*w), "reference": reference })
        }
        Model::Exchange => json!({}),
        Model::Procedural {
            agenda,
            reference,
            quota,
        } => json!({
            "agenda": agenda, "reference": reference, "quota": match quota {
                Quota::Majority => json!("majority"),
                Quota::Share(q) | Quota::Votes(q) => json!(q),
            },
        }),
        Model::Condorcet(rules, risk) => {
            fn name<T: PartialEq>(all: &[(&'static str, T)], one: T) -> &'static str {
                all.iter().find(|a| a.1 == one).map_or("", |a| a.0)
            }
            json!({
                "victory": name(Victory::ALL, rules.victory), "voting": name(Voting::ALL, rules.voting),
                "outcome": name(Outcome::ALL, rules.outcome), "risk": risk,
            })
        }
    }
}

fn weights_name(w: Weights) -> &'static str {
    match w {
        Weights::Effective => "effective",
        Weights::Capability => "capability",
        Weights::Salience => "salience",
        Weights::Equal => "equal",
    }
}
