//! A counterfactual for programs, at full precision.

use super::View;
use raison_study::counterfactual::{Carried, Changed, Distribution, InputShift, LensChange};
use serde_json::{Value, json};

/// Name and version of the schema.
pub const SCHEMA: &str = "raison.counterfactual/1";

/// The document.
pub fn document(view: &View<'_>) -> Value {
    let lenses: Vec<Value> = view.lenses.iter().map(|l| lens(view, l)).collect();
    json!({
        "schema": SCHEMA,
        "engine": view.engine,
        "case": view.case.question.situation.id,
        "changes": view.changes,
        "draws": view.options.draws,
        "seed": view.options.seed,
        "lenses": lenses,
    })
}

fn lens(view: &View<'_>, lens: &LensChange) -> Value {
    match &lens.found {
        Err(why) => json!({ "lens": lens.id, "against": lens.against, "abstains": why.why }),
        Ok(found) => changed(view, lens, found),
    }
}

fn changed(view: &View<'_>, lens: &LensChange, c: &Changed) -> Value {
    let alternatives: Vec<Value> = c
        .differences
        .iter()
        .enumerate()
        .map(|(i, d)| difference(view.id(i), c.before[i], c.after[i], d))
        .collect();
    let moves: Vec<Value> = c
        .moves
        .iter()
        .map(|(a, b, share)| json!({ "from": view.id(*a), "to": view.id(*b), "share": share }))
        .collect();
    let parts: Vec<Value> = view
        .changes
        .iter()
        .zip(&c.parts)
        .map(|(change, part)| json!({ "change": change, "shapley": part }))
        .collect();
    json!({
        "lens": lens.id,
        "against": lens.against,
        "leading": { "before": view.id(c.leading.0), "after": view.id(c.leading.1) },
        "leading_changes": c.leader_changes,
        "moves": moves,
        "alternatives": alternatives,
        "focus": view.id(c.focus),
        "parts": parts,
        "reasons": c.reasons.iter().map(reason).collect::<Vec<_>>(),
        "inputs": c.inputs.iter().map(input).collect::<Vec<_>>(),
    })
}

fn difference(id: &str, before: f64, after: f64, d: &Distribution) -> Value {
    let [p5, p25, p50, p75, p95] = d.quantiles;
    json!({
        "id": id,
        "before": before,
        "after": after,
        "change": { "value": d.mean, "interval": [p5, p95] },
        "mc_error": d.error,
        "quantiles": { "5": p5, "25": p25, "50": p50, "75": p75, "95": p95 },
        "rises": d.rises,
        "falls": d.falls,
    })
}

fn reason(r: &Carried) -> Value {
    json!({ "text": r.text, "before": r.before, "after": r.after, "share": r.share })
}

fn input(i: &InputShift) -> Value {
    json!({ "path": i.path, "from": i.values.0, "to": i.values.1, "alone": i.alone })
}
