//! Numbers, their provenance and citations as JSON.

use super::{id, number};
use crate::view::View;
use raison_core::{Citation, Input, Provenance, Uncertain};
use raison_study::{Assumed, Flip};
use serde_json::{Value, json};

/// One number with what is known of it and where it comes from.
pub(super) fn render(view: &View<'_>, input: &Input) -> Value {
    json!({
        "path": input.path,
        "amount": amount(input.amount),
        "domain": [number(input.domain.low), number(input.domain.high)],
        "provenance": provenance(view, &input.provenance),
        "place": view.place(input.span),
    })
}

/// `{ value, interval, kind }`; a known number has no interval.
pub(super) fn amount(amount: Uncertain) -> Value {
    let kind = match amount {
        Uncertain::Known(_) => "known",
        Uncertain::Range { .. } => "range",
        Uncertain::ThreePoint { .. } => "three-point",
        Uncertain::Score { .. } => "score",
    };
    let (low, high) = amount.ends();
    let interval = match amount {
        Uncertain::Known(_) => Value::Null,
        _ => json!([number(low), number(high)]),
    };
    json!({ "value": number(amount.central()), "interval": interval, "kind": kind })
}

pub(super) fn provenance(view: &View<'_>, provenance: &Provenance) -> Value {
    let (kind, works, text): (_, &[Citation], Option<&String>) = match provenance {
        Provenance::Source(works) => ("source", works, None),
        Provenance::Judgement(text) => {
            ("judgement", &[], Some(text).filter(|_| !view.hide_outcome))
        }
        Provenance::Assumed(text) => ("assumed", &[], Some(text)),
        Provenance::Set => ("set", &[], None),
        Provenance::Unstated => ("unstated", &[], None),
    };
    let works: Value = works.iter().map(|c| citation(view, c)).collect();
    json!({ "kind": kind, "works": works, "text": text })
}

pub(super) fn citation(view: &View<'_>, c: &Citation) -> Value {
    let locator = if view.hide_outcome { "" } else { &c.locator };
    json!({ "key": c.key, "locator": locator, "reference": view.work(&c.key) })
}

/// An input that nobody stated.
pub(super) fn assumed(view: &View<'_>, a: &Assumed) -> Value {
    let input = view.input(a.input);
    let reason = input.and_then(|i| match &i.provenance {
        Provenance::Assumed(text) => Some(text),
        _ => None,
    });
    let flips: Value = a
        .flips
        .iter()
        .map(|(lens, flip)| json!({ "lens": lens, "flip": self::flip(view, flip) }))
        .collect();
    json!({
        "path": input.map(|i| &i.path),
        "amount": input.map(|i| amount(i.amount)),
        "reason": reason,
        "flips": flips,
    })
}

pub(super) fn flip(view: &View<'_>, flip: &Flip) -> Value {
    let input = view.input(flip.input);
    json!({
        "path": input.map(|i| &i.path),
        "place": view.place(input.and_then(|i| i.span)),
        "from": number(flip.from),
        "to": number(flip.to),
        "distance": number(flip.distance),
        "leading": id(view, Some(flip.leading)),
        "within": flip.within,
    })
}

pub(super) fn counts(view: &View<'_>) -> Value {
    let c = view.counts();
    json!({
        "inputs": c.all,
        "source": c.source,
        "judgement": c.judgement,
        "assumed": c.assumed,
        "set": c.set,
        "unstated": c.unstated,
        "uncertain": c.uncertain,
        "own": c.own,
    })
}
