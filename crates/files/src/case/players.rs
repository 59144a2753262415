//! Dimensions, players and the action channel.

use super::players_csv::from_csv;
use super::{Beside, anything};
use crate::codes;
use crate::number;
use crate::suggest::{did_you_mean, listed};
use crate::table::{Context, Table, bad_number};
use raison_core::{
    Channel, Diagnostic, Dimension, Domain, Input, Num, Player, Provenance, Rule, SourceMap, Span,
    Uncertain,
};
use toml::de::DeValue;

pub(super) fn dimensions(top: &Table<'_>, ctx: &mut Context<'_>) -> Vec<Dimension> {
    top.items("dimensions", ctx)
        .into_iter()
        .map(|(id, t)| dimension(id, &t, ctx))
        .collect()
}

fn dimension(id: String, t: &Table<'_>, ctx: &mut Context<'_>) -> Dimension {
    t.know(
        ctx,
        &[
            "id",
            "title",
            "low",
            "high",
            "low_label",
            "high_label",
            "rival_scale",
        ],
    );
    let end = |key: &str, ctx: &mut Context<'_>| match t.raw(key, ctx) {
        None => {
            t.missing(ctx, key, "an end of the scale");
            None
        }
        Some(v) => match number::scalar(v.value) {
            Ok(x) => Some(x),
            Err(bad) => {
                ctx.report(bad_number(key, v.span, &bad));
                None
            }
        },
    };
    let (low, high) = (
        end("low", ctx).unwrap_or(0.0),
        end("high", ctx).unwrap_or(1.0),
    );
    if low >= high {
        ctx.report(
            Diagnostic::error(
                codes::BAD_RANGE,
                format!("the scale goes from {low} to {high}"),
            )
            .at(t.span, "in this dimension")
            .help("`high` has to be above `low`"),
        );
    }
    Dimension {
        title: t.opt_text("title", ctx).unwrap_or_else(|| id.clone()),
        low,
        high: if high > low { high } else { low + 1.0 },
        low_label: t.opt_text("low_label", ctx).unwrap_or_default(),
        high_label: t.opt_text("high_label", ctx).unwrap_or_default(),
        rival_scale: rival_scale(t, ctx),
        id,
    }
}

fn rival_scale(t: &Table<'_>, ctx: &mut Context<'_>) -> Vec<(f64, f64)> {
    let Some(v) = t.raw("rival_scale", ctx) else {
        return Vec::new();
    };
    let pair = |p: &DeValue<'_>| match p.as_array() {
        Some(a) if a.len() == 2 => {
            let xs: Option<Vec<f64>> = a.iter().map(|x| number::scalar(x.get_ref()).ok()).collect();
            xs.and_then(|xs| Some((*xs.first()?, *xs.get(1)?)))
        }
        _ => None,
    };
    let list: Option<Vec<_>> = v
        .value
        .as_array()
        .map(|a| {
            a.iter()
                .map(|p| pair(p.get_ref()))
                .collect::<Option<Vec<_>>>()
        })
        .unwrap_or(None);
    let rising = |list: &[(f64, f64)]| list.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1);
    match list {
        Some(list) if list.len() >= 2 && rising(&list) => list,
        _ => {
            ctx.report(
                Diagnostic::error(codes::WRONG_TYPE, "`rival_scale` is no rising list of pairs")
                    .at(v.span, "")
                    .help("write at least two pairs that rise in both numbers: `[[0, 0], [55, 30], [100, 100]]`"),
            );
            Vec::new()
        }
    }
}

pub(super) fn read(
    top: &Table<'_>,
    dimensions: &[Dimension],
    sources: &mut SourceMap,
    beside: &Beside<'_>,
    ctx: &mut Context<'_>,
) -> Vec<Player> {
    match top.raw("players", ctx).map(|v| v.value) {
        None => Vec::new(),
        Some(DeValue::String(_)) => match top.opt_text_at("players", ctx) {
            Some((name, at)) => from_csv(top, &name, at, dimensions, sources, beside, ctx),
            None => Vec::new(),
        },
        Some(_) => top
            .items("players", ctx)
            .into_iter()
            .map(|(id, t)| from_table(id, &t, dimensions, ctx))
            .collect(),
    }
}

pub(super) const NO_INFLUENCE: &str = "nothing is known of the player's influence";
pub(super) const NO_SALIENCE: &str = "nothing is known of how much the player cares";

fn from_table(
    id: String,
    t: &Table<'_>,
    dimensions: &[Dimension],
    ctx: &mut Context<'_>,
) -> Player {
    t.know(
        ctx,
        &[
            "id",
            "name",
            "post",
            "influence",
            "salience",
            "veto",
            "accepts_within",
            "present",
            "positions",
            "saliences",
        ],
    );
    let inner = t.table("positions", ctx);
    let ids: Vec<&str> = dimensions.iter().map(|d| d.id.as_str()).collect();
    let per_issue = t.table("saliences", ctx);
    for inner in inner.iter().chain(&per_issue) {
        inner.know(ctx, &ids);
    }
    let within = dimensions.first().map_or(Domain::UNIT, |d| Domain {
        low: 0.0,
        high: d.high - d.low,
    });
    Player {
        name: t.opt_text("name", ctx).unwrap_or_else(|| id.clone()),
        post: t.opt_text("post", ctx).unwrap_or_default(),
        influence: t.num_or(
            "influence",
            Domain::UNIT,
            anything(Domain::UNIT),
            NO_INFLUENCE,
            ctx,
        ),
        salience: t.num_or(
            "salience",
            Domain::UNIT,
            anything(Domain::UNIT),
            NO_SALIENCE,
            ctx,
        ),
        positions: dimensions
            .iter()
            .map(|d| {
                inner.as_ref()?.opt_num(
                    &d.id,
                    Domain {
                        low: d.low,
                        high: d.high,
                    },
                    ctx,
                )
            })
            .collect(),
        saliences: dimensions
            .iter()
            .map(|d| per_issue.as_ref()?.opt_num(&d.id, Domain::UNIT, ctx))
            .collect(),
        veto: flag(t, "veto", false, ctx),
        accepts_within: t.opt_num("accepts_within", within, ctx),
        present: flag(t, "present", true, ctx),
        span: Some(t.span),
        id,
    }
}

/// A yes or no that is kept as a number, so that `--set` and the flips reach it.
fn flag(t: &Table<'_>, key: &str, default: bool, ctx: &mut Context<'_>) -> Num {
    let value = t.opt_bool(key, ctx).unwrap_or(default);
    let span = t.raw(key, ctx).map(|v| v.span);
    ctx.inputs.add(yes_no(
        format!("{}{key}", t.path),
        value,
        t.provenance().clone(),
        span,
    ))
}

pub(super) fn yes_no(
    path: String,
    value: bool,
    provenance: Provenance,
    span: Option<Span>,
) -> Input {
    Input {
        path,
        amount: Uncertain::Known(f64::from(u8::from(value))),
        domain: Domain::UNIT,
        provenance,
        span,
    }
}

/// A qualified majority is more than half and at most all.
pub(crate) const QUOTA: Domain = Domain {
    low: 0.5,
    high: 1.0,
};

pub(super) fn channel(top: &Table<'_>, players: &[Player], ctx: &mut Context<'_>) -> Channel {
    let Some(t) = top.table("channel", ctx) else {
        return Channel::default();
    };
    t.know(ctx, &["decides", "rule", "quota", "openness"]);
    let decides = t.opt_text_at("decides", ctx).and_then(|(name, at)| {
        let found = players.iter().position(|p| p.id == name);
        if found.is_none() {
            let ids = || players.iter().map(|p| p.id.as_str());
            ctx.report(
                Diagnostic::error(
                    codes::UNKNOWN_REFERENCE,
                    format!("no player `{name}` in this case"),
                )
                .at(at, "named here")
                .help_if(did_you_mean(&name, ids()))
                .help(format!("players: {}", listed(ids()))),
            );
        }
        found
    });
    let rule = t.word("rule", &Rule::WORDS, ctx);
    Channel {
        decides,
        rule: rule.map(|i| Rule::ALL[i]),
        quota: t.opt_num("quota", QUOTA, ctx),
        openness: t.opt_num("openness", Domain::UNIT, ctx),
    }
}
