//! Leader files and norm files.

use crate::codes;
use crate::number;
use crate::table::{Context, Table, bad_number};
use raison_core::{Citation, Date, Diagnostic, Domain, INDICES, Leader, Norm, Num, Spread, TRAITS};

/// A leader as read, with the slug of the norm group that it names.
pub struct Read {
    /// Slug.
    pub id: String,
    /// Name.
    pub name: String,
    /// `lagged`, `pooled` or `norm`.
    pub basis: String,
    /// Year of birth, where stated.
    pub born: Option<i16>,
    /// Scores by [`INDICES`] order.
    pub indices: Vec<Option<Num>>,
    /// Scores by [`TRAITS`] order.
    pub traits: Vec<Option<Num>>,
    /// Slug of the norm group with its place.
    pub norm: Option<(String, raison_core::Span)>,
    /// When the first of the scored words were spoken.
    pub from: Option<Date>,
    /// When the last of the scored words were spoken.
    pub to: Option<Date>,
    /// Works.
    pub sources: Vec<Citation>,
    /// Words scored.
    pub words: Option<Num>,
}

impl Read {
    /// The leader, read against a norm group.
    pub fn against(self, norm: Norm) -> Leader {
        Leader {
            id: self.id,
            name: self.name,
            basis: self.basis,
            from: self.from,
            to: self.to,
            born: self.born,
            indices: self.indices,
            traits: self.traits,
            norm,
            sources: self.sources,
        }
    }
}

const KEYS: &[&str] = &[
    "kind", "title", "name", "state", "from", "to", "basis", "coder", "norm", "words", "indices",
    "traits", "counts", "born",
];

/// The domain of an operational-code index.
pub fn index_domain(name: &str) -> Domain {
    match name {
        "P1" | "P2" | "I1" | "I2" => Domain::SIGNED,
        _ => Domain::UNIT,
    }
}

/// Reads a leader; its numbers go by the prefix of `top`.
pub fn read(id: &str, top: &Table<'_>, ctx: &mut Context<'_>) -> Read {
    top.know(ctx, KEYS);
    let bases = ["lagged", "pooled", "norm"];
    let basis = top.word("basis", &bases, ctx);
    if top.raw("basis", ctx).is_none() {
        top.missing(ctx, "basis", "lagged, pooled or norm");
    }
    check_counts(top, ctx);
    Read {
        id: id.to_owned(),
        name: top.text("name", "the leader's name", ctx),
        basis: basis.map_or("", |i| bases[i]).to_owned(),
        born: born(top, ctx),
        indices: scores(top, "indices", &INDICES, index_domain, ctx),
        traits: scores(top, "traits", &TRAITS, |_| Domain::UNIT, ctx),
        norm: top.opt_text_at("norm", ctx),
        from: top.opt_date("from", ctx),
        to: top.opt_date("to", ctx),
        sources: top.works(),
        words: top.opt_num(
            "words",
            Domain {
                low: 0.0,
                high: 1e12,
            },
            ctx,
        ),
    }
}

fn born(top: &Table<'_>, ctx: &mut Context<'_>) -> Option<i16> {
    let v = top.raw("born", ctx)?;
    let year = number::scalar(v.value)
        .ok()
        .filter(|y| y.fract() == 0.0 && y.abs() < 9999.0);
    if year.is_none() {
        ctx.report(
            Diagnostic::error(codes::WRONG_TYPE, "`born` is no year")
                .at(v.span, "a year such as 1917"),
        );
    }
    year.map(|y| y as i16)
}

fn scores(
    top: &Table<'_>,
    key: &str,
    names: &[&str],
    domain: impl Fn(&str) -> Domain,
    ctx: &mut Context<'_>,
) -> Vec<Option<Num>> {
    let Some(t) = top.table(key, ctx) else {
        return vec![None; names.len()];
    };
    t.know(ctx, names);
    names
        .iter()
        .map(|name| t.opt_num(name, domain(name), ctx))
        .collect()
}

fn check_counts(top: &Table<'_>, ctx: &mut Context<'_>) {
    let Some(counts) = top.table("counts", ctx) else {
        return;
    };
    counts.know(ctx, &["self", "other"]);
    let kinds = [
        "reward", "promise", "appeal", "oppose", "threaten", "punish",
    ];
    for side in ["self", "other"] {
        let Some(t) = counts.table(side, ctx) else {
            continue;
        };
        t.know(ctx, &kinds);
        for kind in kinds {
            let Some(v) = t.raw(kind, ctx) else { continue };
            let good = number::scalar(v.value).is_ok_and(|x| x >= 0.0 && x.fract() == 0.0);
            if !good {
                ctx.report(
                    Diagnostic::error(codes::WRONG_TYPE, format!("`{kind}` is no count"))
                        .at(v.span, "")
                        .help("counts are whole numbers, 0 or more"),
                );
            }
        }
    }
}

/// Reads a norm group.
pub fn read_norm(id: &str, top: &Table<'_>, ctx: &mut Context<'_>) -> Norm {
    top.know(
        ctx,
        &[
            "kind", "title", "coder", "n", "from", "to", "indices", "traits",
        ],
    );
    let n = top.raw("n", ctx).and_then(|v| number::scalar(v.value).ok());
    if n.is_none() {
        top.missing(ctx, "n", "how many leaders");
    }
    Norm {
        id: id.to_owned(),
        title: top.text("title", "which leaders", ctx),
        n: n.map_or(0, |n| n.max(0.0) as usize),
        coder: top.opt_text("coder", ctx).unwrap_or_default(),
        from: top.opt_date("from", ctx),
        to: top.opt_date("to", ctx),
        indices: spreads(top, "indices", &INDICES, ctx),
        traits: spreads(top, "traits", &TRAITS, ctx),
    }
}

fn spreads(
    top: &Table<'_>,
    key: &str,
    names: &[&str],
    ctx: &mut Context<'_>,
) -> Vec<Option<Spread>> {
    let Some(t) = top.table(key, ctx) else {
        return vec![None; names.len()];
    };
    t.know(ctx, names);
    names
        .iter()
        .map(|name| spread(&t.table(name, ctx)?, ctx))
        .collect()
}

fn spread(t: &Table<'_>, ctx: &mut Context<'_>) -> Option<Spread> {
    t.know(ctx, &["mean", "sd"]);
    let mut get = |key: &str| {
        let Some(v) = t.raw(key, ctx) else {
            t.missing(ctx, key, "a number");
            return None;
        };
        match number::scalar(v.value) {
            Ok(x) => Some((x, v.span)),
            Err(bad) => {
                ctx.report(bad_number(key, v.span, &bad));
                None
            }
        }
    };
    let (mean, sd) = (get("mean"), get("sd"));
    let ((mean, _), (sd, at)) = (mean?, sd?);
    if sd <= 0.0 {
        ctx.report(
            Diagnostic::error(
                codes::OUT_OF_DOMAIN,
                format!("`sd` is {sd}, but it is above 0"),
            )
            .at(at, ""),
        );
        return None;
    }
    Some(Spread { mean, sd })
}
