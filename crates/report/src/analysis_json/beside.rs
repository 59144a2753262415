//! A counterfactual's baseline and differences, and a second coder, as JSON.

use super::lens::{reason, render};
use super::{id, inputs, keyed, number};
use crate::changed::{self, ChangedInput};
use crate::view::{Against, Rival, View};
use raison_study::compare::{Hanging, Sets};
use raison_study::{Difference, Shift};
use serde_json::{Value, json};

/// The numbers that were changed.
pub(super) fn changed_inputs(view: &View<'_>, against: &Against<'_>) -> Value {
    let draw = |c: ChangedInput<'_>| {
        json!({
            "path": c.path,
            "before": c.before.map(|i| inputs::amount(i.amount)),
            "after": c.after.map(|i| inputs::amount(i.amount)),
        })
    };
    changed::inputs(view, against)
        .into_iter()
        .map(draw)
        .collect()
}

/// The lenses on the case as coded.
pub(super) fn baseline(view: &View<'_>, against: &Against<'_>) -> Value {
    let before = before(view, against);
    json!({
        "case": before.case.question.situation.id,
        "lenses": before.analysis.lenses.iter().map(|l| render(&before, l)).collect::<Value>(),
    })
}

/// A view of the case as coded.
fn before<'a>(view: &View<'a>, against: &Against<'a>) -> View<'a> {
    View {
        case: against.case,
        analysis: &against.counterfactual.baseline,
        against: None,
        rival: None,
        further: &[],
        ..*view
    }
}

/// Per lens the paired change of every probability, with what led before and after, and
/// which reasons changed.
pub(super) fn differences(view: &View<'_>, against: &Against<'_>) -> Value {
    let list = &against.counterfactual.differences;
    list.iter().map(|d| difference(view, against, d)).collect()
}

fn difference(view: &View<'_>, against: &Against<'_>, d: &Difference) -> Value {
    let before = before(view, against);
    let reasons = changed::reasons(against, d.lens);
    let moved = |(old, new): &(&raison_core::Reason, &raison_core::Reason)| json!({ "text": new.text, "before": number(old.weight), "after": number(new.weight) });
    json!({
        "lens": d.lens,
        "leading": { "before": id(&before, Some(d.leading.0)), "after": id(view, Some(d.leading.1)) },
        "shifts": keyed(view, &d.shifts, shift),
        "reasons": {
            "gone": reasons.gone.iter().map(|r| reason(&before, r, 0)).collect::<Value>(),
            "new": reasons.new.iter().map(|r| reason(view, r, 0)).collect::<Value>(),
            "moved": reasons.moved.iter().map(moved).collect::<Value>(),
        },
    })
}

fn shift(s: &Shift) -> Value {
    json!({ "value": number(s.mean), "interval": [number(s.low), number(s.high)] })
}

/// How far two codings agree.
pub(super) fn rival(view: &View<'_>, rival: &Rival<'_>) -> Value {
    let a = rival.agreement;
    let leading = |(lens, first, second): &(&str, Option<String>, Option<String>)| json!({ "lens": lens, "first": first, "second": second, "agree": first == second });
    json!({
        "name": rival.name,
        "case": rival.case.question.situation.id,
        "alternatives": sets(&a.alternatives),
        "criteria": sets(&a.criteria),
        "either": a.either(),
        "shared": a.shared,
        "overlapping": a.overlapping,
        "mean_distance": number(a.mean_distance),
        "only_first": paths(view, &a.only_first),
        "only_second": paths(view, &a.only_second),
        "leading": a.leading.iter().map(leading).collect::<Value>(),
        "alike": a.alike.iter().map(|x| json!({ "first": x.first, "second": x.second, "same": x.same, "of": x.of })).collect::<Value>(),
        "hanging": a.hanging.iter().map(hanging).collect::<Value>(),
    })
}

fn sets(s: &Sets) -> Value {
    json!({ "both": s.both, "only_first": s.only_first, "only_second": s.only_second })
}

fn paths(view: &View<'_>, list: &[String]) -> Value {
    list.iter()
        .filter(|p| crate::cited::shown(view, p))
        .map(|p| json!(p))
        .collect()
}

fn hanging(h: &Hanging) -> Value {
    json!({
        "path": h.path,
        "first": number(h.first),
        "second": number(h.second),
        "lens": h.lens,
        "leading": h.leading,
    })
}
