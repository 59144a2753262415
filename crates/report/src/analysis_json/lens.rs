//! One lens as JSON.

use super::{by_alternative, id, inputs, keyed, number, object, scores};
use crate::cited::DEEPEST;
use crate::near;
use crate::units::unit;
use crate::view::View;
use raison_core::{Abstention, Check, Origin, Reason};
use raison_study::{Answer, LensResult, Says, SweepRow, TraceRow};
use serde_json::{Map, Value, json};

pub(super) fn render(view: &View<'_>, lens: &LensResult) -> Value {
    let mut out = object([
        ("id", json!(lens.id)),
        ("title", json!(lens.title)),
        ("calibrated", json!(lens.calibrated)),
        ("calibration", json!(lens.calibration)),
    ]);
    match &lens.answer {
        Ok(answer) => answered(view, lens.id, answer, &mut out),
        Err(why) => abstained(why, &mut out),
    }
    let traces: Value = lens.traces.iter().map(|t| trace(view, t)).collect();
    out.insert("traces".into(), traces);
    Value::Object(out)
}

fn answered(view: &View<'_>, lens: &str, a: &Answer, out: &mut Map<String, Value>) {
    let spread = keyed(view, &a.spread, |(low, high)| {
        json!([number(*low), number(*high)])
    });
    let reasons: Value = a
        .central
        .reasons
        .iter()
        .map(|r| reason(view, r, DEEPEST))
        .collect();
    out.extend(object([
        ("abstains", Value::Null),
        ("rank", keyed(view, &a.rank, |r| json!(r))),
        ("leading", id(view, Some(a.leading))),
        (
            "firmness",
            match view.drawn() {
                true => number(a.firmness),
                false => Value::Null,
            },
        ),
        (
            "tied",
            near::tied(a).iter().map(|i| id(view, Some(*i))).collect(),
        ),
        (
            "near_ties",
            near::near(a).iter().map(|i| id(view, Some(*i))).collect(),
        ),
        ("leads", by_alternative(view, &a.leads)),
        ("probabilities", by_alternative(view, &a.probabilities)),
        ("spread", spread),
        ("central", central(view, a)),
        ("weight_unit", json!(unit(view.case, lens))),
        ("reasons", reasons),
        ("check", check(&a.central.check)),
        (
            "flips",
            a.flips.iter().map(|f| inputs::flip(view, f)).collect(),
        ),
        ("sweep", a.sweep.iter().map(|s| sweep(view, s)).collect()),
        (
            "exhibits",
            a.central
                .exhibits
                .iter()
                .map(super::exhibits::render)
                .collect(),
        ),
    ]));
    if !view.hide_outcome {
        out.insert("scores".into(), scores(a.scores.as_ref()));
    }
}

fn abstained(why: &Abstention, out: &mut Map<String, Value>) {
    out.insert("weight_unit".into(), Value::Null);
    out.insert(
        "abstains".into(),
        json!({ "why": why.why, "help": why.help }),
    );
    for key in [
        "rank",
        "leading",
        "firmness",
        "leads",
        "probabilities",
        "spread",
        "central",
        "check",
    ] {
        out.insert(key.into(), Value::Null);
    }
    for key in ["tied", "near_ties", "reasons", "flips", "sweep", "exhibits"] {
        out.insert(key.into(), json!([]));
    }
}

/// What leads at the central values, where reasons, flips and the sweep start.
fn central(view: &View<'_>, a: &Answer) -> Value {
    json!({
        "leading": id(view, Some(near::central(view, a))),
        "probabilities": by_alternative(view, &a.central.probabilities),
    })
}

pub(super) fn reason(view: &View<'_>, r: &Reason, depth: usize) -> Value {
    let parts: Value = match depth {
        0 => json!([]),
        _ => r.parts.iter().map(|p| reason(view, p, depth - 1)).collect(),
    };
    json!({
        "text": r.text,
        "weight": number(r.weight),
        "origins": r.origins.iter().map(|o| origin(view, o)).collect::<Value>(),
        "parts": parts,
    })
}

fn origin(view: &View<'_>, origin: &Origin) -> Value {
    let rest = view.rest(origin);
    match &rest.citation {
        Some(c) => json!({ "kind": "work", "citation": inputs::citation(view, c) }),
        None => json!({
            "kind": if matches!(origin, Origin::Input(_)) { "input" } else { "field" },
            "path": rest.path,
            "place": rest.place,
        }),
    }
}

fn check(c: &Check) -> Value {
    json!({
        "name": c.name,
        "value": number(c.value),
        "tolerance": number(c.tolerance),
        "passes": c.passes(),
        "meaning": c.meaning,
    })
}

fn sweep(view: &View<'_>, row: &SweepRow) -> Value {
    json!({
        "parameter": row.parameter,
        "value": number(row.value),
        "probabilities": by_alternative(view, &row.probabilities),
    })
}

fn trace(view: &View<'_>, row: &TraceRow) -> Value {
    let mut out = object([
        ("id", json!(row.trace.id)),
        (
            "expects",
            json!(if row.trace.expected {
                "expected"
            } else {
                "forbidden"
            }),
        ),
        ("text", json!(row.trace.text)),
    ]);
    if !view.hide_outcome {
        out.insert("finding".into(), json!(row.finding.word()));
        out.insert("says".into(), json!(says(row.says)));
        out.insert("note".into(), json!(row.note));
        out.insert(
            "provenance".into(),
            inputs::provenance(view, &row.provenance),
        );
    }
    Value::Object(out)
}

fn says(says: Says) -> &'static str {
    match says {
        Says::For => "for",
        Says::Against => "against",
        Says::Silent => "silent",
    }
}
