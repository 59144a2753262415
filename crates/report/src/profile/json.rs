//! A profile as JSON, at full precision: schema `raison.profile/1`.

use super::{FileRow, GameRow, ProfileView, STARTS};
use raison_core::{INDICES, Norm, TRAITS};
use raison_text::clause::Who;
use raison_text::profile::{Estimate, Traced, TracedClause, rule_words, why_not_words};
use raison_text::traits::{STYLES, Style, hand_coded};
use raison_text::vics::{ACTS, Counts};
use serde_json::{Map, Value, json};

const SCHEMA: &str = "raison.profile/1";

/// One leader.
pub fn render(view: &ProfileView<'_>) -> Value {
    let mut out = Map::new();
    out.insert("schema".into(), json!(SCHEMA));
    out.insert("engine".into(), json!(view.engine));
    leader(view, &mut out);
    Value::Object(out)
}

/// Several leaders of one run.
pub fn leaders(views: &[ProfileView<'_>]) -> Value {
    let one = |view: &ProfileView<'_>| {
        let mut out = Map::new();
        leader(view, &mut out);
        Value::Object(out)
    };
    json!({
        "schema": SCHEMA,
        "engine": views.first().map(|v| v.engine),
        "leaders": views.iter().map(one).collect::<Vec<_>>(),
    })
}

fn leader(view: &ProfileView<'_>, out: &mut Map<String, Value>) {
    let p = view.profile;
    let mut add = |key: &str, value: Value| {
        out.insert(key.to_string(), value);
    };
    add("name", json!(view.name));
    add("state", json!(view.state));
    add("words", json!(p.total.words));
    add("speeches", json!(p.speeches));
    add("sentences", json!(p.total.sentences));
    add("verbs", json!(p.total.verbs));
    add(
        "material",
        json!(if view.spontaneous {
            "spontaneous"
        } else {
            "as given"
        }),
    );
    add("draws", json!(view.draws));
    add("seed", json!(view.seed));
    add("norm", norm(view.norm));
    add("indices", indices(view));
    add("traits", traits(view));
    add("style", style(view));
    add("counts", counts(&p.total.acts));
    add("types", types(view));
    add("games", view.games.iter().map(|g| game(view, g)).collect());
    add("files", view.files.iter().map(file).collect());
    if view.files.iter().any(|f| f.shown.is_some()) {
        add("clauses", view.files.iter().flat_map(clauses).collect());
    }
    add("warnings", json!(view.warnings));
}

fn norm(norm: Option<&Norm>) -> Value {
    norm.map_or(
        Value::Null,
        |n| json!({ "id": n.id, "title": n.title, "n": n.n, "coder": n.coder }),
    )
}

fn estimate(e: &Estimate, z: Option<f64>) -> Value {
    json!({ "value": e.value, "interval": e.interval, "z": z })
}

fn indices(view: &ProfileView<'_>) -> Value {
    let z = view.norm.map(|n| view.profile.index_z(n));
    let one = |(k, name): (usize, &&str)| {
        let z = z.and_then(|z| z[k]);
        (name.to_string(), estimate(&view.profile.index(k), z))
    };
    Value::Object(INDICES.iter().enumerate().map(one).collect())
}

fn traits(view: &ProfileView<'_>) -> Value {
    let z = view.norm.map(|n| view.profile.trait_z(n));
    let marks = &view.profile.total.traits;
    let one = |(k, name): (usize, &&str)| {
        let mut value = estimate(&view.profile.leadership_trait(k), z.and_then(|z| z[k]));
        value["high"] = json!(marks.high[k]);
        value["low"] = json!(marks.low[k]);
        (name.to_string(), value)
    };
    Value::Object(TRAITS.iter().enumerate().map(one).collect())
}

pub(super) fn style_name(style: Style) -> &'static str {
    let found = STYLES.iter().find(|(s, _)| *s == style);
    found.map_or("", |(_, name)| name)
}

fn style(view: &ProfileView<'_>) -> Value {
    let Some(norm) = view.norm else {
        return Value::Null;
    };
    let shares = view.profile.style_probabilities(norm);
    let shares: Map<String, Value> = STYLES
        .iter()
        .zip(shares)
        .map(|((_, name), p)| (name.to_string(), json!(p)))
        .collect();
    let mut out = json!({
        "value": view.profile.style(norm).map(style_name),
        "basis": "z-scores against the norm group",
        "probabilities": shares,
    });
    if view.hand_coded {
        out["hand_coded"] = json!(hand_coded(&view.profile.traits).map(style_name));
    }
    out
}

fn counts(acts: &Counts) -> Value {
    let side = |counts: &[u64; 6]| -> Value {
        let pairs = ACTS.iter().rev();
        Value::Object(
            pairs
                .map(|a| (a.name().to_string(), json!(counts[*a as usize])))
                .collect(),
        )
    };
    json!({ "self": side(&acts.own), "other": side(&acts.other) })
}

fn types(view: &ProfileView<'_>) -> Value {
    let Some(t) = view.types else {
        return Value::Null;
    };
    let side = |p: &[f64; 6]| -> Vec<Value> {
        let one = |(k, p): (usize, &f64)| json!({ "type": k + 1, "name": view.type_names[k], "probability": p });
        p.iter().enumerate().map(one).collect()
    };
    json!({
        "self": side(&t.own),
        "other": side(&t.other),
        "undefined": t.undefined,
        "band_sd": t.band,
    })
}

fn game(view: &ProfileView<'_>, g: &GameRow) -> Value {
    let ends: Map<String, Value> = STARTS
        .iter()
        .zip(&g.ends)
        .map(|(start, ends)| (start.to_string(), json!(ends)))
        .collect();
    json!({
        "self": { "type": g.own, "name": view.type_names[g.own - 1] },
        "other": { "type": g.other, "name": view.type_names[g.other - 1] },
        "probability": g.probability,
        "ends_from": ends,
        "non_myopic_equilibria": g.equilibria,
    })
}

fn file(f: &FileRow<'_>) -> Value {
    json!({
        "name": f.name,
        "words": f.counts.words,
        "counts": counts(&f.counts.acts),
    })
}

fn clauses(f: &FileRow<'_>) -> Vec<Value> {
    let Some((text, trace)) = f.shown else {
        return Vec::new();
    };
    let of = |t: &Traced| {
        let sentence = text.get(t.start..t.end).unwrap_or("");
        let words = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
        let span = [t.start, t.end];
        t.clauses
            .iter()
            .map(|c| clause(f.name, text, &words, span, c))
            .collect::<Vec<_>>()
    };
    trace.iter().flat_map(of).collect()
}

fn clause(file: &str, text: &str, sentence: &str, span: [usize; 2], c: &TracedClause) -> Value {
    let part = |(a, b): (usize, usize)| text.get(a..b).unwrap_or("").to_string();
    let who = c.who.map(|w| if w == Who::Own { "self" } else { "other" });
    json!({
        "file": file,
        "sentence": sentence,
        "span": span,
        "verb": part(c.verb),
        "verb_span": [c.verb.0, c.verb.1],
        "lemma": c.lemma,
        "who": who,
        "subject": c.subject.map(part),
        "rule": rule_words(c.rule),
        "lexicon": c.entry.map(|a| a.name()),
        "category": c.act.map(|a| a.name()),
        "scale": c.act.map(|a| a.scale()),
        "negated": c.negated,
        "future": c.future,
        "passive": c.passive,
        "why_not": c.why_not.map(why_not_words),
    })
}
