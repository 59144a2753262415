//! Predicates in TOML strings.

use crate::predicate;
use crate::table::{Context, Table};
use raison_core::{Condition, facts};

/// The predicate under a key, checked against the standard vocabulary.
pub fn condition(t: &Table<'_>, key: &str, ctx: &mut Context<'_>) -> Option<Condition> {
    let (text, span) = t.opt_text_at(key, ctx)?;
    let raw = ctx
        .text
        .get(span.start as usize..span.end as usize)
        .unwrap_or("");
    let place = predicate::place_in_toml(raw, span, &text);
    let program = predicate::compile(&text, &place, facts::vocabulary(), ctx.problems)?;
    Some(Condition {
        text,
        program,
        span: Some(span),
    })
}
