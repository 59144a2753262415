//! An analysis as JSON, at full precision: schema `raison.analysis/1`, described in
//! `docs/analysis.schema.json`.

mod beside;
mod exhibits;
mod inputs;
mod lens;

use crate::view::{View, letter};
use crate::when::{self, Later};
use raison_core::Doctrine;
use raison_study::{Baseline, Scores, scores::EPSILON};
use serde_json::{Map, Value, json};

/// Name and version of the schema.
pub const SCHEMA: &str = "raison.analysis/1";

/// The analysis as one JSON object. Undefined numbers are `null`.
pub fn render(view: &View<'_>) -> Value {
    let mut out = object([
        ("schema", json!(SCHEMA)),
        ("engine", json!(view.engine)),
        ("case", json!(view.case.question.situation.id)),
        ("title", json!(view.case.question.situation.title)),
        ("question", json!(view.case.question.situation.question)),
        ("summary", json!(view.case.summary)),
        ("decider", decider(view)),
        (
            "decided",
            json!(view.case.question.situation.decided.to_string()),
        ),
        (
            "information_until",
            json!(view.case.question.situation.information_until.to_string()),
        ),
        ("later", later(view)),
        ("seed", json!(view.analysis.options.seed)),
        ("draws", json!(view.analysis.options.draws)),
        ("outcome_hidden", json!(view.hide_outcome)),
        (
            "coded_knowing_outcome",
            json!(view.case.coded_knowing_outcome),
        ),
        ("alternatives", alternatives(view)),
        (
            "status_quo",
            id(view, view.case.question.situation.status_quo),
        ),
        (
            "lenses",
            view.analysis
                .lenses
                .iter()
                .map(|l| lens::render(view, l))
                .collect(),
        ),
        (
            "baselines",
            view.analysis
                .baselines
                .iter()
                .map(|b| baseline(view, b))
                .collect(),
        ),
    ]);
    if let Some(l) = view.case.learned {
        let learned = json!({ "decisions": l.decisions, "later": l.later });
        out.insert("fitted_on".into(), learned);
    }
    if !view.hide_outcome {
        out.insert("observed".into(), id(view, view.chosen()));
        out.insert("outcome".into(), outcome(view));
        out.insert("aftermath".into(), json!(view.case.aftermath));
        out.insert("fit_note".into(), fit_note(view));
    }
    out.insert(
        "assumed".into(),
        view.analysis
            .assumed
            .iter()
            .map(|a| inputs::assumed(view, a))
            .collect(),
    );
    out.insert("provenance".into(), inputs::counts(view));
    out.insert(
        "inputs".into(),
        view.inputs().map(|i| inputs::render(view, i)).collect(),
    );
    out.insert("sources".into(), sources(view));
    if let Some(against) = &view.against {
        out.insert("changes".into(), json!(against.changes));
        out.insert(
            "changed_inputs".into(),
            beside::changed_inputs(view, against),
        );
        out.insert("baseline".into(), beside::baseline(view, against));
        out.insert("difference".into(), beside::differences(view, against));
    }
    let list = view.further();
    if !list.is_empty() {
        let list = list.iter().map(further).collect();
        out.insert("further_doctrines".into(), list);
    }
    if let Some(rival) = &view.rival {
        out.insert("rival".into(), beside::rival(view, rival));
    }
    Value::Object(out)
}

/// The same, indented, with a newline at the end.
pub fn to_string(view: &View<'_>) -> String {
    format!("{:#}\n", render(view))
}

/// An object with its keys in the given order.
fn object<const N: usize>(entries: [(&str, Value); N]) -> Map<String, Value> {
    entries
        .into_iter()
        .map(|(k, v)| (k.to_owned(), v))
        .collect()
}

/// A number, or `null` where it is undefined or infinite.
fn number(x: f64) -> Value {
    serde_json::Number::from_f64(x).map_or(Value::Null, Value::Number)
}

/// Alternative id → number.
fn by_alternative(view: &View<'_>, values: &[f64]) -> Value {
    keyed(view, values, |x| number(*x))
}

/// Alternative id → value.
fn keyed<T>(view: &View<'_>, values: &[T], draw: impl Fn(&T) -> Value) -> Value {
    let pairs = view.alternatives().iter().zip(values);
    Value::Object(pairs.map(|(a, v)| (a.id.clone(), draw(v))).collect())
}

/// The id of an alternative, or `null`.
fn id(view: &View<'_>, index: Option<usize>) -> Value {
    let found = index.and_then(|i| view.alternatives().get(i));
    found.map_or(Value::Null, |a| json!(a.id))
}

fn decider(view: &View<'_>) -> Value {
    let decider = &view.case.question.decider;
    json!({
        "state": decider.state,
        "name": decider.name,
        "regime": decider.regime,
        "leader": decider.leader.as_ref().map(|l| &l.id),
        "doctrine": decider.doctrine.as_ref().map(|d| &d.id),
        "account": decider.doctrine.as_ref().map(|d| account(view, d)),
        "unit": decider.unit.as_ref().map(|u| u.kind.word()),
    })
}

/// Of when a doctrine's words are.
fn account(view: &View<'_>, d: &Doctrine) -> Value {
    let decided = view.case.question.situation.decided;
    json!({
        "kind": when::account(d, decided).word(),
        "from": d.from.map(|d| d.to_string()),
        "to": d.to.map(|d| d.to_string()),
        "told": d.told.map(|d| d.to_string()),
        "text": when::label(d, decided),
    })
}

/// What a lens has read although it is later than the case's information.
fn later(view: &View<'_>) -> Value {
    let draw = |l: Later| {
        json!({
            "what": l.what,
            "id": l.id,
            "from": l.from.map(|d| d.to_string()),
            "to": l.to.map(|d| d.to_string()),
            "text": l.text,
        })
    };
    when::later(view).into_iter().map(draw).collect()
}

/// What the doctrine lens says with a further doctrine in force.
fn further(view: &View<'_>) -> Value {
    let doctrine = view.case.question.decider.doctrine.as_ref();
    json!({
        "id": doctrine.map(|d| &d.id),
        "title": doctrine.map(|d| &d.title),
        "holder": doctrine.map(|d| &d.holder),
        "account": doctrine.map(|d| account(view, d)),
        "lenses": view.analysis.lenses.iter().map(|l| lens::render(view, l)).collect::<Value>(),
    })
}

fn alternatives(view: &View<'_>) -> Value {
    let status_quo = view.case.question.situation.status_quo;
    let draw = |(i, a): (usize, &raison_core::Alternative)| {
        json!({
            "id": a.id,
            "label": letter(i),
            "title": a.title,
            "tags": a.tags,
            "status_quo": status_quo == Some(i),
            "place": view.place(a.span),
        })
    };
    view.alternatives().iter().enumerate().map(draw).collect()
}

fn baseline(view: &View<'_>, b: &Baseline) -> Value {
    let mut out = object([
        ("id", json!(b.id)),
        ("probabilities", by_alternative(view, &b.probabilities)),
    ]);
    if !view.hide_outcome {
        out.insert("scores".into(), scores(b.scores.as_ref()));
    }
    Value::Object(out)
}

fn scores(scores: Option<&Scores>) -> Value {
    scores.map_or(Value::Null, |s| {
        json!({
            "probability": number(s.probability),
            "log": number(s.log),
            "log_epsilon": EPSILON,
            "brier": number(s.brier),
            "rank": number(s.rank),
        })
    })
}

fn outcome(view: &View<'_>) -> Value {
    view.case.observed.as_ref().map_or(Value::Null, |o| {
        json!({
            "alternative": id(view, Some(o.alternative)),
            "date": o.date.map(|d| d.to_string()),
            "success": o.success.and_then(|n| view.input(n)).map(|i| inputs::amount(i.amount)),
            "sources": o.sources.iter().map(|c| inputs::citation(view, c)).collect::<Value>(),
        })
    })
}

fn fit_note(view: &View<'_>) -> Value {
    let applies = view.case.coded_knowing_outcome && view.chosen().is_some();
    if applies {
        json!(crate::phrases::FIT)
    } else {
        Value::Null
    }
}

fn sources(view: &View<'_>) -> Value {
    let draw = |(key, locators): (&str, Vec<&str>)| {
        json!({
            "key": key,
            "reference": view.work(key),
            "locators": locators,
        })
    };
    view.cited().into_iter().map(draw).collect()
}
