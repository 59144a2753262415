//! What really happened, and what the records show of the process.

use crate::codes;
use crate::suggest::{did_you_mean, listed};
use crate::table::{Context, Table};
use raison_core::{Alternative, Diagnostic, Domain, Finding, Mark, Observed, Situation};

/// The alternative that a key names.
pub(super) fn alternative_of(
    t: &Table<'_>,
    key: &str,
    alternatives: &[Alternative],
    ctx: &mut Context<'_>,
) -> Option<usize> {
    let (name, at) = t.opt_text_at(key, ctx)?;
    let found = alternatives.iter().position(|a| a.id == name);
    if found.is_none() {
        let ids = || alternatives.iter().map(|a| a.id.as_str());
        ctx.report(
            Diagnostic::error(
                codes::UNKNOWN_REFERENCE,
                format!("no alternative `{name}` in this case"),
            )
            .at(at, "named here")
            .help_if(did_you_mean(&name, ids()))
            .help(format!("alternatives: {}", listed(ids()))),
        );
    }
    found
}

/// Reports a date that is too late.
pub(super) fn too_late(t: &Table<'_>, key: &str, what: &str, ctx: &mut Context<'_>) {
    let at = t.raw(key, ctx).map_or(t.span, |v| v.span);
    ctx.report(
        Diagnostic::error(codes::TOO_LATE, format!("`{key}` is {what}"))
            .at(at, "")
            .note("a lens may read only what the decider could know"),
    );
}

pub(super) fn observed(
    top: &Table<'_>,
    situation: &Situation,
    ctx: &mut Context<'_>,
) -> Option<Observed> {
    let t = top.table("observed", ctx)?;
    t.know(ctx, &["alternative", "date", "success"]);
    if t.raw("alternative", ctx).is_none() {
        t.missing(ctx, "alternative", "the id of what was chosen");
    }
    Some(Observed {
        alternative: alternative_of(&t, "alternative", &situation.alternatives, ctx)?,
        date: t.opt_date("date", ctx),
        success: t.opt_num("success", Domain::SIGNED, ctx),
        sources: t.works(),
    })
}

pub(super) fn marks(top: &Table<'_>, ctx: &mut Context<'_>) -> Vec<Mark> {
    let words = ["found", "absent", "unknown"];
    let tables = top.raw_tables("traces", ctx);
    tables
        .into_iter()
        .filter_map(|(map, span)| {
            let t = top.inside(map, span, String::new(), ctx);
            t.know(ctx, &["lens", "trace", "mark"]);
            let lens = t.text("lens", "the lens that expects or forbids it", ctx);
            let trace = t.text("trace", "the trace's id; see `raison explain LENS`", ctx);
            if t.raw("mark", ctx).is_none() {
                t.missing(ctx, "mark", "found, absent or unknown");
            }
            let mark = t.word("mark", &words, ctx)?;
            Some(Mark {
                lens,
                trace,
                finding: [Finding::Found, Finding::Absent, Finding::Unknown][mark],
                note: t.opt_text("note", ctx).unwrap_or_default(),
                provenance: t.provenance().clone(),
                span: Some(span),
            })
        })
        .collect()
}
