//! The document of a bargaining answer, with what draws add to it.

use super::model::{Model, Weights, switches_of, weigh};
use super::{Plain, Request, column, point};
use crate::solve::draws::{self, Numbers, Tally};
use raison_files::actors::ActorTable;
use raison_games::bargaining::challenge::{self, Actors, Bargaining, Round};
use raison_games::bargaining::{compromise, weighted_median};
use serde_json::{Value, json};

/// Rounds over which medians and means are tallied.
pub(super) const TALLIED: usize = 200;

pub(super) fn deals(
    table: &ActorTable,
    list: &[raison_games::bargaining::exchange::Deal],
) -> Vec<Value> {
    let deal = |d: &raison_games::bargaining::exchange::Deal| {
        json!({
            "first": table.actors[d.first].name, "second": table.actors[d.second].name,
            "first_gains_on": table.issues[d.issue_a], "second_gains_on": table.issues[d.issue_b],
            "second_votes": d.second_votes, "first_votes": d.first_votes, "gain": d.gain,
        })
    };
    list.iter().map(deal).collect()
}

pub(super) fn document(
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

pub(super) fn tallied_rounds(request: &Request<'_>) -> usize {
    request.rounds.min(TALLIED) + 1
}

/// Tallies per issue: forecast, weighted mean, then median and mean of each round.
pub(super) fn per_issue(request: &Request<'_>, model: &Model) -> usize {
    match model {
        Model::Challenge(_) => 2 + 2 * tallied_rounds(request),
        _ => 2,
    }
}

pub(super) fn tallied(
    request: &Request<'_>,
    model: &Model,
    table: &ActorTable,
    draws: u64,
) -> Vec<Tally> {
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

pub(super) fn one_draw(
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

pub(super) fn round(number: usize, r: &Round, table: &ActorTable, matrices: bool) -> Value {
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
