//! A sensitivity analysis for programs, at full precision.

use super::View;
use raison_study::sensitivity::{Index, LensSensitivity, Ranked};
use serde_json::{Value, json};

/// Name and version of the schema.
pub const SCHEMA: &str = "raison.sensitivity/1";

/// The document.
pub fn document(view: &View<'_>) -> Value {
    let plan = view.found.plan;
    let lenses: Vec<Value> = view.found.lenses.iter().map(|l| lens(view, l)).collect();
    json!({
        "schema": SCHEMA,
        "engine": view.engine,
        "case": view.case.question.situation.id,
        "points": plan.points,
        "seed": plan.seed,
        "bootstrap": plan.bootstrap,
        "screening_paths": plan.paths,
        "uncertain_inputs": view.found.uncertain,
        "estimators": { "first": "Saltelli et al. 2010", "total": "Jansen 1999" },
        "lenses": lenses,
    })
}

fn lens(view: &View<'_>, lens: &LensSensitivity) -> Value {
    let found = match &lens.found {
        Ok(found) => found,
        Err(why) => return json!({ "lens": lens.id, "abstains": why.why }),
    };
    let inputs: Vec<Value> = found.inputs.iter().map(|r| ranked(view, r)).collect();
    let rest = found.rest.map(|(inputs, indices)| {
        json!({ "inputs": inputs, "first": index(&indices.first), "total": index(&indices.total) })
    });
    json!({
        "lens": lens.id,
        "alternative": view.id(lens.alternative),
        "central": found.central,
        "mean": found.mean,
        "sd": found.sd,
        "moving_inputs": found.moving,
        "evaluations": found.evaluations,
        "inputs": inputs,
        "rest": rest,
    })
}

fn ranked(view: &View<'_>, r: &Ranked) -> Value {
    json!({
        "path": view.path(r.input),
        "first": index(&r.indices.first),
        "total": index(&r.indices.total),
        "ends": [r.swing.ends.0, r.swing.ends.1],
        "at_ends": [r.swing.at.0, r.swing.at.1],
    })
}

fn index(i: &Index) -> Value {
    json!({ "value": i.value, "interval": [i.low, i.high] })
}
