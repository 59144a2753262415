//! The JSON report: held to its schema, and golden.

mod fixture;

use fixture::Fixture;
use raison_report::{View, analysis_json};
use serde_json::Value;

fn schema() -> Value {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../docs/analysis.schema.json"
    );
    let text = std::fs::read_to_string(path).expect("docs/analysis.schema.json is there");
    serde_json::from_str(&text).expect("the schema is JSON")
}

fn problems(document: &Value) -> Vec<String> {
    let validator = jsonschema::draft202012::new(&schema()).expect("a schema of draft 2020-12");
    let problem = |e: jsonschema::ValidationError<'_>| format!("{}: {e}", e.instance_path());
    validator.iter_errors(document).map(problem).collect()
}

#[track_caller]
fn valid(document: &Value) {
    let problems = problems(document);
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn the_schema_is_sound_itself() {
    jsonschema::draft202012::meta::validate(&schema()).expect("valid against the meta-schema");
}

#[test]
fn every_document_keeps_to_the_schema() {
    let f = Fixture::new();
    for hide_outcome in [false, true] {
        valid(&analysis_json::render(&View {
            hide_outcome,
            ..f.view()
        }));
        valid(&analysis_json::render(&View {
            hide_outcome,
            ..f.beside()
        }));
    }
}

#[test]
fn the_schema_refuses_what_does_not_belong() {
    let f = Fixture::new();
    let document = analysis_json::render(&f.view());
    for (at, value) in [
        ("/schema", Value::from("raison.analysis/2")),
        ("/lenses/0/firmness", Value::from("firm")),
        ("/lenses/0/probabilities/escort", Value::from(1.5)),
        ("/lenses/6/abstains", Value::Null),
        ("/alternatives/0/extra", Value::Null),
        ("/observed", Value::from(3)),
    ] {
        let mut broken = document.clone();
        match broken.pointer_mut(at) {
            Some(place) => *place = value,
            None => {
                let (parent, key) = at.rsplit_once('/').expect("a pointer");
                broken.pointer_mut(parent).expect("there")[key] = value;
            }
        }
        assert!(!problems(&broken).is_empty(), "{at} is refused");
    }
}

#[test]
fn undefined_numbers_are_null() {
    let mut f = Fixture::new();
    let answer = f.analysis.lenses[0].answer.as_mut().expect("answers");
    answer.spread[0] = (f64::NAN, f64::INFINITY);
    answer.central.check.value = f64::NAN;
    let document = analysis_json::render(&f.view());
    assert_eq!(
        document["lenses"][0]["spread"]["pay-toll"],
        serde_json::json!([null, null])
    );
    assert_eq!(document["lenses"][0]["check"]["passes"], false);
    valid(&document);
}

#[test]
fn full_precision_comes_back() {
    let f = Fixture::new();
    let text = analysis_json::to_string(&f.view());
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let answer = f.analysis.lenses[0].answer.as_ref().expect("answers");
    assert_eq!(
        document["lenses"][0]["probabilities"]["escort"].as_f64(),
        Some(answer.probabilities[2])
    );
    assert_eq!(
        document["baselines"][0]["scores"]["log"].as_f64(),
        f.analysis.baselines[0].scores.map(|s| s.log)
    );
}

#[test]
fn a_hidden_outcome_cannot_be_found() {
    let f = Fixture::new();
    let document = analysis_json::render(&View {
        hide_outcome: true,
        ..f.beside()
    });
    let mut keys = Vec::new();
    collect(&document, &mut keys);
    for key in [
        "observed", "outcome", "fit_note", "scores", "finding", "says",
    ] {
        assert!(!keys.iter().any(|k| k == key), "`{key}` is there");
    }
    let text = document.to_string();
    for word in ["observed.success", "p. 212", "5 May"] {
        assert!(!text.contains(word), "`{word}` is there");
    }
}

fn collect(value: &Value, keys: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(k, v)| {
            keys.push(k.clone());
            collect(v, keys);
        }),
        Value::Array(list) => list.iter().for_each(|v| collect(v, keys)),
        _ => {}
    }
}

#[test]
fn golden() {
    let mut f = Fixture::new();
    f.analysis
        .lenses
        .retain(|l| matches!(l.id, "governmental" | "doctrine" | "memory"));
    insta::assert_snapshot!(analysis_json::to_string(&View {
        rival: None,
        against: None,
        ..f.view()
    }));
}

#[test]
fn golden_beside() {
    let f = Fixture::new();
    let mut document = analysis_json::render(&f.beside());
    for key in ["lenses", "inputs", "baselines", "assumed", "sources"] {
        document[key] = Value::from("…");
    }
    document["baseline"]["lenses"] = Value::from("…");
    insta::assert_snapshot!(format!("{document:#}"));
}
