//! Doctrine files: principles that bar, weigh and release, and pillars.

use crate::case::measure;
use crate::codes;
use crate::condition::condition;
use crate::number;
use crate::suggest::{did_you_mean, listed};
use crate::table::{Context, Table, bad_number, names};
use raison_core::vocabulary::LAYERS;
use raison_core::{
    Aim, Diagnostic, Direction, Doctrine, Domain, Input, Measure, Num, Pillar, Principle,
    PrincipleAct, Span, Standing, Uncertain,
};

const KEYS: &[&str] = &[
    "kind",
    "title",
    "state",
    "holder",
    "leader",
    "from",
    "to",
    "told",
    "summary",
    "gaps",
    "sources",
    "principle",
    "pillar",
];
const STANDINGS: [&str; 3] = ["claim", "documented", "measured"];
const WEIGHT: Domain = Domain {
    low: 0.0,
    high: 1e6,
};

/// Reads a doctrine; its numbers go by the prefix of `top`.
pub fn read(id: &str, top: &Table<'_>, ctx: &mut Context<'_>) -> Doctrine {
    top.know(ctx, KEYS);
    sources(top, ctx);
    let state = crate::case::state(top, ctx);
    let items = top.items("principle", ctx);
    let ids: Vec<String> = items.iter().map(|(id, _)| id.clone()).collect();
    let kinds: Vec<Option<String>> = items.iter().map(|(_, t)| t.opt_text("kind", ctx)).collect();
    let principles = items
        .into_iter()
        .filter_map(|(id, t)| principle(id, &t, &ids, &kinds, ctx))
        .collect();
    let pillars = top
        .items("pillar", ctx)
        .into_iter()
        .map(|(id, t)| pillar(id, &t, ctx))
        .collect();
    let (from, to) = (top.opt_date("from", ctx), top.opt_date("to", ctx));
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        let mut d = Diagnostic::error(
            crate::codes::OUT_OF_DOMAIN,
            format!("the doctrine ends at {to}, before it begins at {from}"),
        );
        if let Some(v) = top.raw("to", ctx) {
            d = d.at(v.span, "before `from`");
        }
        ctx.report(d.help("correct one of the two dates"));
    }
    Doctrine {
        id: id.to_owned(),
        title: top.text("title", "a short title", ctx),
        state,
        holder: top.text("holder", "who held it", ctx),
        from,
        to,
        told: top.opt_date("told", ctx),
        principles,
        pillars,
        gaps: top.texts("gaps", ctx).into_iter().map(|(g, _)| g).collect(),
    }
}

fn sources(top: &Table<'_>, ctx: &mut Context<'_>) {
    for (map, span) in top.raw_tables("sources", ctx) {
        let t = top.inside(map, span, String::new(), ctx);
        t.know(ctx, &["key", "side"]);
        t.citations("key", ctx);
        t.word("side", &["holder", "critic", "scholar"], ctx);
    }
}

fn standing(t: &Table<'_>, ctx: &mut Context<'_>) -> Standing {
    if t.raw("standing", ctx).is_none() {
        t.missing(ctx, "standing", "claim, documented or measured");
    }
    match t.word("standing", &STANDINGS, ctx) {
        Some(1) => Standing::Documented,
        Some(2) => Standing::Measured,
        _ => Standing::Claim,
    }
}

fn principle(
    id: String,
    t: &Table<'_>,
    ids: &[String],
    kinds: &[Option<String>],
    ctx: &mut Context<'_>,
) -> Option<Principle> {
    t.know(
        ctx,
        &[
            "id", "kind", "title", "words", "strength", "when", "advisers", "opens", "standing",
        ],
    );
    if t.raw("kind", ctx).is_none() {
        t.missing(ctx, "kind", "bar, weigh or release");
    }
    let act = match t.word("kind", &["bar", "weigh", "release"], ctx)? {
        0 => PrincipleAct::Bar {
            strength: strength(t, ctx),
            when: needed_condition(t, "which alternatives it strikes out", ctx)?,
        },
        1 => PrincipleAct::Weigh {
            advisers: t
                .texts("advisers", ctx)
                .into_iter()
                .map(|(who, _)| who)
                .collect(),
        },
        _ => PrincipleAct::Release {
            opens: opens(t, ids, kinds, ctx),
            when: needed_condition(t, "the necessity that opens the bars", ctx)?,
        },
    };
    Some(Principle {
        title: t.opt_text("title", ctx).unwrap_or_else(|| id.clone()),
        words: t.text("words", "the reason it gives, in our own words", ctx),
        act,
        standing: standing(t, ctx),
        sources: t.works(),
        span: Some(t.span),
        id,
    })
}

fn needed_condition(
    t: &Table<'_>,
    what: &str,
    ctx: &mut Context<'_>,
) -> Option<raison_core::Condition> {
    if t.raw("when", ctx).is_none() {
        t.missing(ctx, "when", what);
    }
    condition(t, "when", ctx)
}

fn strength(t: &Table<'_>, ctx: &mut Context<'_>) -> Num {
    if t.raw("strength", ctx).is_none() {
        t.missing(ctx, "strength", "inviolable, tactical or open");
    }
    let amount = match t.word("strength", &["inviolable", "tactical", "open"], ctx) {
        Some(0) => Uncertain::Known(1.0),
        Some(1) => Uncertain::Known(0.0),
        _ => Uncertain::Range {
            low: 0.0,
            high: 1.0,
        },
    };
    let span = t.raw("strength", ctx).map(|v| v.span);
    ctx.inputs.add(Input {
        path: format!("{}strength", t.path),
        amount,
        domain: Domain::UNIT,
        provenance: t.provenance().clone(),
        span,
    })
}

fn opens(
    t: &Table<'_>,
    ids: &[String],
    kinds: &[Option<String>],
    ctx: &mut Context<'_>,
) -> Vec<usize> {
    let named = t.texts("opens", ctx);
    if named.is_empty() {
        t.missing(ctx, "opens", "the ids of the tactical bars that it opens");
    }
    let bars: Vec<usize> = (0..ids.len())
        .filter(|i| kinds[*i].as_deref() == Some("bar"))
        .collect();
    let bar_ids = || bars.iter().map(|i| ids[*i].as_str());
    let mut out = Vec::new();
    for (name, at) in named {
        match bars.iter().find(|i| ids[**i] == name) {
            Some(i) => out.push(*i),
            None => ctx.report(
                Diagnostic::error(
                    codes::BAD_RELEASE,
                    format!("`{name}` is no bar of this doctrine"),
                )
                .at(at, "opened here")
                .help_if(did_you_mean(&name, bar_ids()))
                .help(format!("its bars: {}", listed(bar_ids()))),
            ),
        }
    }
    out
}

fn pillar(id: String, t: &Table<'_>, ctx: &mut Context<'_>) -> Pillar {
    t.know(ctx, &["id", "title", "weight", "aims", "standing"]);
    let tables = t.raw_tables("aims", ctx);
    let aims = tables
        .into_iter()
        .filter_map(|(map, span)| {
            let a = t.inside(map, span, t.path.clone(), ctx);
            aim(&a, span, ctx)
        })
        .collect();
    Pillar {
        title: t.opt_text("title", ctx).unwrap_or_else(|| id.clone()),
        weight: t.num_or(
            "weight",
            WEIGHT,
            Uncertain::Known(1.0),
            "pillars without a weight count alike",
            ctx,
        ),
        aims,
        standing: standing(t, ctx),
        sources: t.works(),
        span: Some(t.span),
        id,
    }
}

fn aim(a: &Table<'_>, span: Span, ctx: &mut Context<'_>) -> Option<Aim> {
    a.know(ctx, &["measure", "layer", "on", "direction", "weight"]);
    if a.raw("measure", ctx).is_none() {
        a.missing(ctx, "measure", "what the pillar aims at");
    }
    if a.raw("direction", ctx).is_none() {
        a.missing(ctx, "direction", "raise, lower or keep");
    }
    let (text, at) = a.opt_text_at("measure", ctx)?;
    let mut read: Measure = measure(&text, at, ctx)?;
    if let Some(i) = a.word("layer", &names(LAYERS), ctx) {
        read.layer = Some(LAYERS[i].0.to_owned());
    }
    if let Some((on, at)) = a.opt_text_at("on", ctx) {
        if crate::case::is_state(&on) {
            read.on = Some(on);
        } else {
            ctx.report(
                Diagnostic::error(codes::UNKNOWN_WORD, format!("`{on}` is no state code"))
                    .at(at, "")
                    .help("a state has three capital letters, such as USA"),
            );
        }
    }
    let directions = [Direction::Raise, Direction::Lower, Direction::Keep];
    let direction = a.word("direction", &["raise", "lower", "keep"], ctx)?;
    Some(Aim {
        measure: read,
        direction: directions[direction],
        weight: aim_weight(a, span, ctx),
    })
}

fn aim_weight(a: &Table<'_>, span: Span, ctx: &mut Context<'_>) -> f64 {
    match a.raw("weight", ctx).map(|v| number::scalar(v.value)) {
        None => 1.0,
        Some(Ok(x)) if x >= 0.0 => x,
        Some(Ok(x)) => {
            ctx.report(crate::table::out_of_domain("weight", x, WEIGHT, span));
            1.0
        }
        Some(Err(bad)) => {
            ctx.report(bad_number("weight", span, &bad));
            1.0
        }
    }
}
