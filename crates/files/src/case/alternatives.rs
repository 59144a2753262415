//! Criteria, alternatives, outcomes and effects.

use super::anything;
use crate::codes;
use crate::suggest::{did_you_mean, listed};
use crate::table::{Context, Table, names, unknown_word};
use raison_core::vocabulary::{LAYERS, MEASURES, TAGS, holds};
use raison_core::{
    Alternative, Criterion, Diagnostic, Dimension, Domain, Effect, Measure, Num, Outcome, Span,
    Uncertain,
};

const WEIGHT: Domain = Domain {
    low: 0.0,
    high: 1e6,
};

pub(super) fn criteria(top: &Table<'_>, ctx: &mut Context<'_>) -> Vec<Criterion> {
    top.items("criteria", ctx)
        .into_iter()
        .map(|(id, t)| {
            t.know(ctx, &["id", "title", "weight"]);
            Criterion {
                title: t.opt_text("title", ctx).unwrap_or_else(|| id.clone()),
                weight: t.num_or(
                    "weight",
                    WEIGHT,
                    Uncertain::Known(1.0),
                    "criteria without a weight count alike",
                    ctx,
                ),
                id,
            }
        })
        .collect()
}

pub(super) fn read(
    top: &Table<'_>,
    criteria: &[Criterion],
    dimensions: &[Dimension],
    ctx: &mut Context<'_>,
) -> Vec<Alternative> {
    let items = top.items("alternatives", ctx);
    if items.len() < 2 {
        ctx.report(
            Diagnostic::error(
                codes::TOO_FEW,
                format!(
                    "a decision has at least two alternatives, here {}",
                    items.len()
                ),
            )
            .at(top.span, "in this file")
            .help("add `[[alternatives]]` tables, doing nothing among them"),
        );
    }
    let list: Vec<Alternative> = items
        .into_iter()
        .map(|(id, t)| alternative(id, &t, criteria, dimensions, ctx))
        .collect();
    some_without_outcomes(&list, ctx);
    list
}

fn alternative(
    id: String,
    t: &Table<'_>,
    criteria: &[Criterion],
    dimensions: &[Dimension],
    ctx: &mut Context<'_>,
) -> Alternative {
    t.know(
        ctx,
        &[
            "id",
            "title",
            "description",
            "conflict",
            "tags",
            "needs_delivery",
            "positions",
            "effects",
            "outcomes",
        ],
    );
    Alternative {
        title: t.opt_text("title", ctx).unwrap_or_else(|| id.clone()),
        conflict: Some(t.num_or(
            "conflict",
            Domain::CONFLICT,
            anything(Domain::CONFLICT),
            "without it the lenses `leader` and `memory` cannot place the alternative",
            ctx,
        )),
        tags: tags(t, ctx),
        needs_delivery: t.opt_bool("needs_delivery", ctx).unwrap_or(true),
        outcomes: outcomes(t, criteria, ctx),
        positions: positions(t, dimensions, ctx),
        effects: effects(t, ctx),
        span: Some(t.span),
        id,
    }
}

fn some_without_outcomes(list: &[Alternative], ctx: &mut Context<'_>) {
    let bare: Vec<&Alternative> = list.iter().filter(|a| a.outcomes.is_empty()).collect();
    if bare.is_empty() || bare.len() == list.len() {
        return;
    }
    for a in bare {
        let problem = Diagnostic::error(
            codes::MISSING_KEY,
            format!("`{}` has no outcomes, but others have", a.id),
        )
        .help("add `[[alternatives.outcomes]]` to it, or take them from all alternatives");
        let problem = match a.span {
            Some(span) => problem.at(span, "this alternative"),
            None => problem,
        };
        ctx.report(problem);
    }
}

fn tags(t: &Table<'_>, ctx: &mut Context<'_>) -> Vec<String> {
    let tags = t.texts("tags", ctx);
    for (tag, at) in &tags {
        if !holds(TAGS, tag) {
            ctx.report(unknown_word(tag, *at, &names(TAGS)));
        }
    }
    tags.into_iter().map(|(tag, _)| tag).collect()
}

fn outcomes(t: &Table<'_>, criteria: &[Criterion], ctx: &mut Context<'_>) -> Vec<Outcome> {
    let items = t.items("outcomes", ctx);
    let list: Vec<Outcome> = items
        .into_iter()
        .map(|(id, o)| {
            o.know(ctx, &["id", "title", "probability", "values", "effects"]);
            Outcome {
                title: o.opt_text("title", ctx).unwrap_or_else(|| id.clone()),
                probability: o.num("probability", Domain::UNIT, "how likely it is, 0 to 1", ctx),
                values: values(&o, criteria, ctx),
                effects: effects(&o, ctx),
                id,
            }
        })
        .collect();
    let sum: f64 = list
        .iter()
        .map(|o| ctx.inputs.get(o.probability).amount.central())
        .sum();
    if !list.is_empty() && (sum - 1.0).abs() > 1e-6 {
        ctx.report(bad_sum(t, &list, sum, ctx));
    }
    list
}

fn bad_sum(t: &Table<'_>, list: &[Outcome], sum: f64, ctx: &Context<'_>) -> Diagnostic {
    let mut problem = Diagnostic::error(
        codes::BAD_SUM,
        format!("the probabilities of the outcomes sum to {sum:.4}, not to 1"),
    )
    .at(t.span, "in this alternative")
    .note("the central values count: the middle of a range, the most likely of three points")
    .help(
        "outcomes exclude one another and nothing else can happen: add one, or change the numbers",
    );
    for o in list.iter().take(4) {
        if let Some(span) = ctx.inputs.get(o.probability).span {
            problem = problem.also(span, "");
        }
    }
    problem
}

fn values(o: &Table<'_>, criteria: &[Criterion], ctx: &mut Context<'_>) -> Vec<Num> {
    let ids: Vec<&str> = criteria.iter().map(|c| c.id.as_str()).collect();
    let inner = o.table("values", ctx);
    if let Some(inner) = &inner {
        inner.know(ctx, &ids);
    }
    let t = inner.as_ref().unwrap_or(o);
    let why = "nothing is known of how this outcome does on this criterion";
    ids.iter()
        .map(|id| match &inner {
            Some(_) => t.num_or(id, Domain::UNIT, anything(Domain::UNIT), why, ctx),
            None => ctx.assume(
                format!("{}values.{id}", o.path),
                anything(Domain::UNIT),
                Domain::UNIT,
                why,
            ),
        })
        .collect()
}

fn positions(t: &Table<'_>, dimensions: &[Dimension], ctx: &mut Context<'_>) -> Vec<Option<Num>> {
    let ids: Vec<&str> = dimensions.iter().map(|d| d.id.as_str()).collect();
    let Some(inner) = t.table("positions", ctx) else {
        return vec![None; dimensions.len()];
    };
    inner.know(ctx, &ids);
    dimensions
        .iter()
        .map(|d| {
            inner.opt_num(
                &d.id,
                Domain {
                    low: d.low,
                    high: d.high,
                },
                ctx,
            )
        })
        .collect()
}

fn effects(t: &Table<'_>, ctx: &mut Context<'_>) -> Vec<Effect> {
    let Some(inner) = t.table("effects", ctx) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for (key, at, value) in inner.entries(ctx) {
        if matches!(key, "source" | "judgement" | "note") {
            continue;
        }
        let parsed = measure(key, at, ctx);
        let change = inner.num_of(key, &value, Domain::SIGNED, ctx);
        if let (Some(measure), Some(change)) = (parsed, change) {
            out.push(Effect { measure, change });
        }
    }
    out
}

/// Reads `name`, `name.layer`, `name.STATE` or `name.layer.STATE`.
pub fn measure(text: &str, at: Span, ctx: &mut Context<'_>) -> Option<Measure> {
    let mut parts = text.split('.');
    let name = parts.next().unwrap_or_default();
    if !holds(MEASURES, name) {
        ctx.report(
            Diagnostic::error(codes::UNKNOWN_WORD, format!("`{name}` is no measure"))
                .at(at, "")
                .help_if(did_you_mean(name, names(MEASURES)))
                .help(format!("measures: {}", listed(names(MEASURES)))),
        );
        return None;
    }
    let mut measure = Measure {
        name: name.to_owned(),
        layer: None,
        on: None,
    };
    for part in parts {
        if holds(LAYERS, part) {
            measure.layer = Some(part.to_owned());
        } else if is_state(part) {
            measure.on = Some(part.to_owned());
        } else {
            ctx.report(
                Diagnostic::error(
                    codes::UNKNOWN_WORD,
                    format!("`{part}` is neither a layer nor a state"),
                )
                .at(at, "")
                .help_if(did_you_mean(part, names(LAYERS)))
                .help(format!(
                    "layers: {}; states have three capital letters",
                    listed(names(LAYERS))
                )),
            );
            return None;
        }
    }
    Some(measure)
}

/// Whether a text is a three-letter state code.
pub fn is_state(text: &str) -> bool {
    text.len() == 3 && text.chars().all(|c| c.is_ascii_uppercase())
}
