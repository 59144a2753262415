//! Organisations and their repertoires.

use super::anything;
use crate::codes;
use crate::condition::condition;
use crate::suggest::{did_you_mean, listed};
use crate::table::{Context, Table};
use raison_core::{
    Alternative, Criterion, Diagnostic, Domain, Num, Organization, Routine, Uncertain,
};

const DAYS: Domain = Domain {
    low: 0.0,
    high: 36_500.0,
};
const ORDER: Domain = Domain {
    low: 1.0,
    high: 1000.0,
};

pub(super) fn deadline(top: &Table<'_>, ctx: &mut Context<'_>) -> Option<Num> {
    let t = top.table("organizational", ctx)?;
    t.know(ctx, &["deadline"]);
    t.opt_num("deadline", DAYS, ctx)
}

pub(super) fn read(
    top: &Table<'_>,
    criteria: &[Criterion],
    alternatives: &[Alternative],
    ctx: &mut Context<'_>,
) -> Vec<Organization> {
    top.items("organizations", ctx)
        .into_iter()
        .enumerate()
        .map(|(i, (id, t))| organization(id, i, &t, criteria, alternatives, ctx))
        .collect()
}

fn organization(
    id: String,
    index: usize,
    t: &Table<'_>,
    criteria: &[Criterion],
    alternatives: &[Alternative],
    ctx: &mut Context<'_>,
) -> Organization {
    t.know(
        ctx,
        &[
            "id",
            "title",
            "attention",
            "priorities",
            "aspiration",
            "in_use",
            "routines",
        ],
    );
    let routines: Vec<Routine> = t
        .items("routines", ctx)
        .into_iter()
        .filter_map(|(id, r)| routine(id, &r, alternatives, ctx))
        .collect();
    if t.raw("routines", ctx).is_none() {
        t.missing(
            ctx,
            "routines",
            "what the organisation knows how to do, `[[organizations.routines]]`",
        );
    }
    let place = Uncertain::Known(index as f64 + 1.0);
    Organization {
        title: t.opt_text("title", ctx).unwrap_or_else(|| id.clone()),
        attention: t.num_or(
            "attention",
            ORDER,
            place,
            "organisations are turned to in the order of the file",
            ctx,
        ),
        priorities: priorities(t, criteria, ctx),
        aspiration: t.num_or(
            "aspiration",
            Domain::UNIT,
            anything(Domain::UNIT),
            "nothing is known of what satisfies it",
            ctx,
        ),
        in_use: in_use(t, &routines, ctx),
        routines,
        span: Some(t.span),
        id,
    }
}

fn priorities(t: &Table<'_>, criteria: &[Criterion], ctx: &mut Context<'_>) -> Vec<Option<Num>> {
    let Some(inner) = t.table("priorities", ctx) else {
        return vec![None; criteria.len()];
    };
    let ids: Vec<&str> = criteria.iter().map(|c| c.id.as_str()).collect();
    inner.know(ctx, &ids);
    ids.iter()
        .map(|id| inner.opt_num(id, Domain::UNIT, ctx))
        .collect()
}

fn in_use(t: &Table<'_>, routines: &[Routine], ctx: &mut Context<'_>) -> usize {
    let Some((name, at)) = t.opt_text_at("in_use", ctx) else {
        return 0;
    };
    let found = routines.iter().position(|r| r.id == name);
    if found.is_none() {
        let ids = || routines.iter().map(|r| r.id.as_str());
        ctx.report(
            Diagnostic::error(
                codes::UNKNOWN_REFERENCE,
                format!("no routine `{name}` in this organisation"),
            )
            .at(at, "named here")
            .also(t.span, "this organisation")
            .help_if(did_you_mean(&name, ids()))
            .help(format!("its routines: {}", listed(ids()))),
        );
    }
    found.unwrap_or(0)
}

fn routine(
    id: String,
    r: &Table<'_>,
    alternatives: &[Alternative],
    ctx: &mut Context<'_>,
) -> Option<Routine> {
    r.know(
        ctx,
        &[
            "id",
            "title",
            "trigger",
            "delivers",
            "readiness",
            "lead_time",
            "capacity",
            "practised",
        ],
    );
    if r.raw("delivers", ctx).is_none() {
        r.missing(
            ctx,
            "delivers",
            "the id of the alternative that it delivers",
        );
    }
    let delivers = super::process::alternative_of(r, "delivers", alternatives, ctx);
    let mut unit =
        |key: &str, why: &str| r.num_or(key, Domain::UNIT, anything(Domain::UNIT), why, ctx);
    let readiness = unit("readiness", "nothing is known of how ready it is");
    let capacity = unit("capacity", "nothing is known of how much it can do");
    let practised = unit("practised", "nothing is known of how well drilled it is");
    Some(Routine {
        title: r.opt_text("title", ctx).unwrap_or_else(|| id.clone()),
        trigger: condition(r, "trigger", ctx),
        delivers: delivers?,
        readiness,
        lead_time: r.num_or(
            "lead_time",
            DAYS,
            Uncertain::Known(0.0),
            "it is taken to act at once",
            ctx,
        ),
        capacity,
        practised,
        id,
    })
}
