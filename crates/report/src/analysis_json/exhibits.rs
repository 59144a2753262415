//! Exhibits as JSON.

use super::number;
use raison_core::{Elimination, Exhibit, Placed};
use serde_json::{Value, json};

pub(super) fn render(exhibit: &Exhibit) -> Value {
    match exhibit {
        Exhibit::Table {
            title,
            columns,
            rows,
            note,
        } => json!({
            "kind": "table", "title": title, "columns": columns, "rows": rows, "note": note,
        }),
        Exhibit::Positions {
            title,
            range,
            labels,
            players,
            alternatives,
            results,
        } => json!({
            "kind": "positions",
            "title": title,
            "range": [number(range.0), number(range.1)],
            "labels": [labels.0, labels.1],
            "players": players.iter().map(player).collect::<Value>(),
            "alternatives": points(alternatives),
            "results": points(results),
        }),
        Exhibit::Eliminations { title, steps } => json!({
            "kind": "eliminations",
            "title": title,
            "steps": steps.iter().map(step).collect::<Value>(),
        }),
    }
}

fn player(p: &Placed) -> Value {
    json!({
        "name": p.name,
        "position": { "value": number(p.at), "interval": [number(p.low), number(p.high)] },
        "weight": number(p.weight),
    })
}

fn points(list: &[(String, f64)]) -> Value {
    list.iter()
        .map(|(name, at)| json!({ "name": name, "position": number(*at) }))
        .collect()
}

fn step(e: &Elimination) -> Value {
    let bars: Value = e
        .bars
        .iter()
        .map(|(title, released)| json!({ "title": title, "released": released }))
        .collect();
    json!({
        "alternative": e.alternative,
        "bars": bars,
        "left": e.left,
        "score": e.score.map(number),
    })
}
