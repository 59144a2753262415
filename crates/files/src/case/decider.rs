//! Who decides, against whom, in what kind of situation.

use crate::codes;
use crate::table::{Context, Table, names};
use raison_core::vocabulary::FEATURES;
use raison_core::{Decider, DecisionUnit, Diagnostic, Domain, Num, Opponent, Span, UnitKind};

/// The words for decision units, in the order of [`kind`].
pub const UNIT_KINDS: [&str; 3] = ["predominant-leader", "single-group", "coalition"];

/// Slugs that a case names, with their places.
#[derive(Clone, Debug, Default)]
pub struct References {
    /// The decider's leader.
    pub leader: Option<(String, Span)>,
    /// The opponent's leader.
    pub opponent_leader: Option<(String, Span)>,
    /// Doctrines; the first is used unless another is asked for.
    pub doctrines: Vec<(String, Span)>,
}

/// The kind of unit that stands at an index of [`UNIT_KINDS`].
pub fn kind(index: usize) -> UnitKind {
    [
        UnitKind::PredominantLeader,
        UnitKind::SingleGroup,
        UnitKind::Coalition,
    ][index.min(2)]
}

pub(super) fn read(top: &Table<'_>, ctx: &mut Context<'_>) -> (Decider, References) {
    let mut references = References::default();
    let Some(t) = top.table("decider", ctx) else {
        if top.raw("decider", ctx).is_none() {
            top.missing(ctx, "decider", "a table that says who decides");
        }
        return (blank(), references);
    };
    t.know(
        ctx,
        &[
            "state",
            "name",
            "region",
            "regime",
            "leader",
            "doctrines",
            "unit",
            "conflictual",
        ],
    );
    references.leader = t.opt_text_at("leader", ctx);
    references.doctrines = t.texts("doctrines", ctx);
    references.opponent_leader = top
        .table("opponent", ctx)
        .and_then(|o| o.opt_text_at("leader", ctx));
    let regimes = ["democracy", "autocracy", "mixed"];
    let decider = Decider {
        state: state(&t, ctx),
        name: t.opt_text("name", ctx).unwrap_or_default(),
        region: t.opt_text("region", ctx).unwrap_or_default(),
        regime: t
            .word("regime", &regimes, ctx)
            .map_or("mixed", |i| regimes[i])
            .to_owned(),
        unit: unit(&t, ctx),
        conflictual: t.opt_num("conflictual", Domain::UNIT, ctx),
        ..blank()
    };
    (decider, references)
}

fn blank() -> Decider {
    Decider {
        state: String::new(),
        name: String::new(),
        region: String::new(),
        regime: "mixed".to_owned(),
        leader: None,
        doctrine: None,
        further: Vec::new(),
        unit: None,
        conflictual: None,
    }
}

/// A three-letter state under `state`.
pub(crate) fn state(t: &Table<'_>, ctx: &mut Context<'_>) -> String {
    let Some((text, at)) = t.opt_text_at("state", ctx) else {
        if t.raw("state", ctx).is_none() {
            t.missing(ctx, "state", "three capital letters, such as IRN");
        }
        return String::new();
    };
    if !super::alternatives::is_state(&text) {
        ctx.report(
            Diagnostic::error(codes::UNKNOWN_WORD, format!("`{text}` is no state code"))
                .at(at, "")
                .help("a state has three capital letters, such as IRN"),
        );
    }
    text
}

fn unit(t: &Table<'_>, ctx: &mut Context<'_>) -> Option<DecisionUnit> {
    let u = t.table("unit", ctx)?;
    u.know(ctx, &["kind", "sensitive", "consensus", "bargaining"]);
    if u.raw("kind", ctx).is_none() {
        u.missing(ctx, "kind", "predominant-leader, single-group or coalition");
    }
    let kind = kind(u.word("kind", &UNIT_KINDS, ctx)?);
    Some(DecisionUnit {
        kind,
        sensitive: u.opt_num("sensitive", Domain::UNIT, ctx),
        consensus: u.opt_num("consensus", Domain::UNIT, ctx),
        bargaining: u.opt_num("bargaining", Domain::UNIT, ctx),
    })
}

pub(super) fn opponent(
    top: &Table<'_>,
    ctx: &mut Context<'_>,
) -> Option<(Opponent, Option<(String, Span)>)> {
    let t = top.table("opponent", ctx)?;
    t.know(ctx, &["state", "name", "leader", "conflictual"]);
    let leader = t.opt_text_at("leader", ctx);
    let opponent = Opponent {
        state: state(&t, ctx),
        name: t.opt_text("name", ctx).unwrap_or_default(),
        leader: None,
        conflictual: t.opt_num("conflictual", Domain::UNIT, ctx),
    };
    Some((opponent, leader))
}

/// Features under a key, by index into [`FEATURES`].
pub(super) fn features(t: &Table<'_>, key: &str, ctx: &mut Context<'_>) -> Vec<Option<Num>> {
    let Some(inner) = t.table(key, ctx) else {
        return vec![None; FEATURES.len()];
    };
    inner.know(ctx, &names(FEATURES));
    FEATURES
        .iter()
        .map(|(name, _)| inner.opt_num(name, Domain::UNIT, ctx))
        .collect()
}
