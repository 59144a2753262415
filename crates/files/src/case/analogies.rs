//! Earlier episodes that deciders could look to.

use super::anything;
use crate::codes;
use crate::suggest::did_you_mean;
use crate::table::{Context, Table};
use raison_core::{Alternative, Analogy, Date, Diagnostic, Domain};

pub(super) fn read(
    top: &Table<'_>,
    alternatives: &[Alternative],
    until: Date,
    ctx: &mut Context<'_>,
) -> Vec<Analogy> {
    top.items("analogies", ctx)
        .into_iter()
        .filter_map(|(id, t)| analogy(id, &t, alternatives, until, ctx))
        .collect()
}

fn analogy(
    id: String,
    t: &Table<'_>,
    alternatives: &[Alternative],
    until: Date,
    ctx: &mut Context<'_>,
) -> Option<Analogy> {
    t.know(
        ctx,
        &[
            "id",
            "title",
            "date",
            "state",
            "invoked_by",
            "features",
            "resembles",
            "success",
        ],
    );
    let date = t.date("date", "when the earlier episode was decided", ctx)?;
    if date >= until {
        super::process::too_late(t, "date", "not before `information_until`", ctx);
    }
    Some(Analogy {
        title: t.opt_text("title", ctx).unwrap_or_else(|| id.clone()),
        date,
        state: super::decider::state(t, ctx),
        invoked_by: t
            .texts("invoked_by", ctx)
            .into_iter()
            .map(|(who, _)| who)
            .collect(),
        features: super::decider::features(t, "features", ctx),
        resembles: resembles(t, alternatives, ctx),
        success: t.num_or(
            "success",
            Domain::SIGNED,
            anything(Domain::SIGNED),
            "nothing is known of how it turned out",
            ctx,
        ),
        sources: t.works(),
        span: Some(t.span),
        id,
    })
}

/// `resembles`: the id of one alternative or a list of them.
fn resembles(t: &Table<'_>, alternatives: &[Alternative], ctx: &mut Context<'_>) -> Vec<f64> {
    let one = t.raw("resembles", ctx).is_some_and(|v| v.value.is_str());
    let named = if one {
        t.opt_text_at("resembles", ctx).into_iter().collect()
    } else {
        t.texts("resembles", ctx)
    };
    if t.raw("resembles", ctx).is_none() {
        t.missing(
            ctx,
            "resembles",
            "the alternative that the earlier action resembles",
        );
    }
    let mut out = vec![0.0; alternatives.len()];
    for (name, at) in named {
        match alternatives.iter().position(|a| a.id == name) {
            Some(i) => out[i] = 1.0,
            None => ctx.report(
                Diagnostic::error(
                    codes::UNKNOWN_REFERENCE,
                    format!("no alternative `{name}` in this case"),
                )
                .at(at, "named here")
                .help_if(did_you_mean(
                    &name,
                    alternatives.iter().map(|a| a.id.as_str()),
                )),
            ),
        }
    }
    out
}
