//! Borders, ties, corridors and movements of a world.

use super::cells::{Beside, Item, rows};
use super::items::{bad_quantity, bad_share, short};
use super::{Codes, codes};
use crate::suggest::{did_you_mean, listed};
use crate::table::{Context, Table, names};
use raison_core::vocabulary::LAYERS;
use raison_core::world::{
    Border, Corridor, Layer, Mark, Movement, Obligations, Patron, Sponsor, Tie, World,
};
use raison_core::{Diagnostic, Domain, SourceMap, Span};
use std::collections::BTreeMap;

const BORDER: &[&str] = &["a", "b", "land"];
const PAST: &[&str] = &["a", "b", "past", "quiet"];
const TIE: &[&str] = &[
    "layer",
    "from",
    "to",
    "weight",
    "through",
    "obligations",
    "mark",
];
const CORRIDOR: &[&str] = &["id", "name", "through", "capacity", "opens", "mark"];
const MOVEMENT: &[&str] = &["id", "name", "home", "autonomy"];
const SPONSORSHIP: &[&str] = &["movement", "sponsor", "ideological", "practical"];
const OBLIGATIONS: [&str; 5] = [
    "defence",
    "offence",
    "neutrality",
    "nonaggression",
    "consultation",
];
const POSITIVE: Domain = Domain {
    low: 1e-9,
    high: 1e12,
};

fn pair(
    item: &Item<'_>,
    (a, b): (&str, &str),
    states: &Codes<'_>,
    ctx: &mut Context<'_>,
) -> Option<(usize, usize)> {
    let first = item.needed(a, "a state", ctx);
    let second = item.needed(b, "a state", ctx);
    let one = first.and_then(|(code, at)| states.find(code, at, ctx));
    let two = second.and_then(|(code, at)| states.find(code, at, ctx));
    let (one, two) = (one?, two?);
    if one == two {
        let (code, at) = second?;
        ctx.report(
            Diagnostic::error(codes::TO_ITSELF, format!("`{code}` is tied to itself"))
                .at(at, "the same state again"),
        );
        return None;
    }
    Some((one, two))
}

pub(super) fn borders(
    top: &Table<'_>,
    states: &Codes<'_>,
    sources: &mut SourceMap,
    beside: &Beside<'_>,
    ctx: &mut Context<'_>,
) -> Vec<Border> {
    let mut out = Vec::new();
    let mut seen: BTreeMap<(usize, usize), Span> = BTreeMap::new();
    for row in &rows(top, "borders", BORDER, sources, beside, ctx) {
        let item = Item::new(row, String::new(), top, ctx);
        if let Some((a, b)) = pair(&item, ("a", "b"), states, ctx) {
            let ends = (a.min(b), a.max(b));
            if let Some(first) = seen.insert(ends, row.span) {
                ctx.report(
                    Diagnostic::error(codes::SAME_BORDER, "this border stands twice")
                        .at(row.span, "again here")
                        .also(first, "first here")
                        .help("keep one of the two; the order of the states does not matter"),
                );
                continue;
            }
            let land = item.yes("land", ctx);
            out.push(Border {
                a: a.min(b),
                b: a.max(b),
                land,
            });
        }
    }
    out
}

/// Disputes of pairs before the start, and their years of peace.
pub(super) fn history(
    top: &Table<'_>,
    states: &Codes<'_>,
    sources: &mut SourceMap,
    beside: &Beside<'_>,
    ctx: &mut Context<'_>,
    world: &mut World,
) {
    let mut seen: BTreeMap<(usize, usize), Span> = BTreeMap::new();
    for row in &rows(top, "history", PAST, sources, beside, ctx) {
        let item = Item::new(row, String::new(), top, ctx);
        let Some((a, b)) = pair(&item, ("a", "b"), states, ctx) else {
            continue;
        };
        let (a, b) = (a.min(b), a.max(b));
        if let Some(first) = seen.insert((a, b), row.span) {
            ctx.report(
                Diagnostic::error(codes::SAME_BORDER, "the past of this pair stands twice")
                    .at(row.span, "again here")
                    .also(first, "first here")
                    .help("keep one of the two; the order of the states does not matter"),
            );
            continue;
        }
        let mut number = |key: &str, most: f64| -> Option<f64> {
            let x = item.plain(key, ctx)?;
            if (0.0..=most).contains(&x) {
                return Some(x);
            }
            ctx.report(
                Diagnostic::error(
                    crate::codes::OUT_OF_DOMAIN,
                    format!("`{key}` is out of range"),
                )
                .at(row.span, "in this row")
                .help(format!("write a number from 0 to {most}")),
            );
            None
        };
        if let Some(past) = number("past", 1000.0) {
            world.past.push((a, b, past));
        }
        if let Some(years) = number("quiet", 200.0) {
            world.quiet.push((a, b, years as u16));
        }
    }
}

pub(super) fn ties(
    top: &Table<'_>,
    states: &Codes<'_>,
    sources: &mut SourceMap,
    beside: &Beside<'_>,
    ctx: &mut Context<'_>,
) -> Vec<Tie> {
    let mut out = Vec::new();
    let mut sums: BTreeMap<(Layer, usize), (f64, Span)> = BTreeMap::new();
    for row in &rows(top, "ties", TIE, sources, beside, ctx) {
        let Some(tie) = tie(row, top, states, ctx) else {
            continue;
        };
        if shared_out(tie.layer) {
            let weight = ctx.inputs.get(tie.weight).amount.central();
            let sum = sums.entry((tie.layer, tie.from)).or_insert((0.0, row.span));
            sum.0 += weight;
            sum.1 = row.span;
        }
        out.push(tie);
    }
    for ((layer, _), (sum, at)) in sums.iter().filter(|(_, (sum, _))| *sum > 1.0 + 1e-9) {
        ctx.report(
            Diagnostic::error(
                codes::SHARES_ABOVE_ONE,
                format!("the shares of layer `{}` sum to {sum:.3}", layer.word()),
            )
            .at(*at, "the last of them")
            .note("a share is of all that the state needs of the layer, from abroad and at home")
            .help("lower the shares of this state until they sum to at most 1"),
        );
    }
    out
}

/// Whether the ties of a layer are shares of what a state needs.
fn shared_out(layer: Layer) -> bool {
    use Layer::{Alliance, Institutions, Presence, Trade};
    !matches!(layer, Alliance | Trade | Presence | Institutions)
}

fn tie(
    row: &crate::csv_rows::Row,
    top: &Table<'_>,
    states: &Codes<'_>,
    ctx: &mut Context<'_>,
) -> Option<Tie> {
    let bare = Item::new(row, String::new(), top, ctx);
    let (word, at) = bare.needed("layer", "which layer", ctx)?;
    let layer = Layer::of(word).filter(|l| *l != Layer::Corridor);
    let Some(layer) = layer else {
        ctx.report(
            Diagnostic::error(
                crate::codes::UNKNOWN_WORD,
                format!("`{word}` is no layer of ties"),
            )
            .at(at, "")
            .help_if(did_you_mean(word, names(LAYERS)))
            .help(format!(
                "layers: {}; corridors have a list of their own",
                listed(names(LAYERS))
            )),
        );
        return None;
    };
    let (from, to) = pair(&bare, ("from", "to"), states, ctx)?;
    let mut through = Vec::new();
    for (code, at) in bare.list("through") {
        let Some(state) = states.find(code, at, ctx) else {
            continue;
        };
        if state == from {
            ctx.report(
                Diagnostic::error(
                    codes::TO_ITSELF,
                    format!("`{code}` is both the state in need and one that is passed through"),
                )
                .at(at, "the state in need")
                .help("`through` lists others that can close the tie: leave it out here"),
            );
        }
        through.push(state);
    }
    let ends = bare.text("from").zip(bare.text("to"));
    let ends = ends.map_or(String::new(), |((a, _), (b, _))| format!("{a}.{b}"));
    let item = Item::new(row, format!("ties.{}.{ends}.", layer.word()), top, ctx);
    let weight = match layer {
        Layer::Alliance => item.num("weight", Domain::UNIT, Some(1.0), &bad_strength, ctx),
        Layer::Trade | Layer::Presence | Layer::Institutions => {
            item.num("weight", POSITIVE, None, &bad_quantity, ctx)
        }
        _ => item.num("weight", Domain::UNIT, None, &bad_weight, ctx),
    };
    Some(Tie {
        layer,
        from,
        to,
        weight,
        through,
        obligations: obligations(&item, ctx),
        mark: mark(&item, ctx),
        sources: item.works(ctx),
        span: Some(row.span),
    })
}

/// A weight of a layer of shares that is none.
fn bad_weight(x: f64, at: Span) -> Diagnostic {
    Diagnostic::error(codes::BAD_SHARE, format!("a weight of {}", short(x)))
        .at(at, "not from 0 to 1")
        .help("in this layer a weight is a share of all that the state needs: write 12 per cent as 0.12")
}

/// A strength of an alliance that is none.
fn bad_strength(x: f64, at: Span) -> Diagnostic {
    Diagnostic::error(
        codes::BAD_SHARE,
        format!("an alliance of strength {}", short(x)),
    )
    .at(at, "not from 0 to 1")
    .help("leave `weight` out: an alliance counts 1 unless it is weaker")
}

fn obligations(item: &Item<'_>, ctx: &mut Context<'_>) -> Obligations {
    let mut o = Obligations::default();
    for (word, at) in item.list("obligations") {
        match word {
            "defence" => o.defence = true,
            "offence" => o.offence = true,
            "neutrality" => o.neutrality = true,
            "nonaggression" => o.nonaggression = true,
            "consultation" => o.consultation = true,
            _ => ctx.report(crate::table::unknown_word(word, at, &OBLIGATIONS)),
        }
    }
    o
}

fn mark(item: &Item<'_>, ctx: &mut Context<'_>) -> Mark {
    match item.text("mark") {
        None | Some(("stated", _)) => Mark::Stated,
        Some(("recorded", _)) => Mark::Recorded,
        Some(("estimated", _)) => Mark::Estimated,
        Some((word, at)) => {
            let words = ["recorded", "stated", "estimated"];
            ctx.report(crate::table::unknown_word(word, at, &words));
            Mark::Stated
        }
    }
}

pub(super) fn corridors(
    top: &Table<'_>,
    states: &Codes<'_>,
    start: i16,
    sources: &mut SourceMap,
    beside: &Beside<'_>,
    ctx: &mut Context<'_>,
) -> Vec<Corridor> {
    let mut out = Vec::new();
    for row in &rows(top, "corridors", CORRIDOR, sources, beside, ctx) {
        let bare = Item::new(row, String::new(), top, ctx);
        let Some((id, at)) = bare.needed("id", "a short name", ctx) else {
            continue;
        };
        let named = bare.list("through");
        let wanted = named.len();
        let through: Vec<usize> = named
            .into_iter()
            .filter_map(|(c, at)| states.find(c, at, ctx))
            .collect();
        let mut sorted = through.clone();
        sorted.sort_unstable();
        sorted.dedup();
        if wanted < 2 || (through.len() == wanted && sorted.len() < wanted) {
            ctx.report(
                Diagnostic::error(
                    codes::BAD_CORRIDOR,
                    format!("the corridor `{id}` crosses fewer than two states, or one twice"),
                )
                .at(at, "this corridor")
                .help("list the states in order: `through = [\"RUS\", \"AZE\", \"IRN\"]`"),
            );
        }
        // What else is wrong with it is told too; with an error no world comes of the file.
        let item = Item::new(row, format!("corridors.{id}."), top, ctx);
        out.push(Corridor {
            id: id.to_owned(),
            name: item.text("name").map_or(id, |t| t.0).to_owned(),
            through,
            capacity: item.num("capacity", POSITIVE, Some(10.0), &bad_quantity, ctx),
            opens: item.plain("opens", ctx).map_or(start, |y| y as i16),
            mark: mark(&item, ctx),
        });
    }
    out
}

pub(super) fn movements(
    top: &Table<'_>,
    states: &Codes<'_>,
    sources: &mut SourceMap,
    beside: &Beside<'_>,
    ctx: &mut Context<'_>,
) -> Vec<Movement> {
    let mut out: Vec<(Movement, Span)> = Vec::new();
    for row in &rows(top, "movements", MOVEMENT, sources, beside, ctx) {
        let bare = Item::new(row, String::new(), top, ctx);
        let (Some((id, at)), Some((home, home_at))) = (
            bare.needed("id", "a short name", ctx),
            bare.needed("home", "the state where it acts", ctx),
        ) else {
            continue;
        };
        // With an unknown home no world comes of the file; who supports it is read all the same.
        let home = states.find(home, home_at, ctx).unwrap_or(0);
        let item = Item::new(row, format!("movements.{id}."), top, ctx);
        let movement = Movement {
            id: id.to_owned(),
            name: item.text("name").map_or(id, |t| t.0).to_owned(),
            home,
            sponsors: Vec::new(),
            autonomy: item.num("autonomy", Domain::UNIT, Some(0.5), &bad_share, ctx),
        };
        out.push((movement, at));
    }
    for row in &rows(top, "sponsorships", SPONSORSHIP, sources, beside, ctx) {
        sponsorship(row, top, states, &mut out, ctx);
    }
    cycles(&out, ctx);
    out.into_iter().map(|(m, _)| m).collect()
}

fn sponsorship(
    row: &crate::csv_rows::Row,
    top: &Table<'_>,
    states: &Codes<'_>,
    movements: &mut [(Movement, Span)],
    ctx: &mut Context<'_>,
) {
    let bare = Item::new(row, String::new(), top, ctx);
    let (Some((movement, at)), Some((sponsor, sponsor_at))) = (
        bare.needed("movement", "who is supported", ctx),
        bare.needed("sponsor", "who supports", ctx),
    ) else {
        return;
    };
    let by_id = |id: &str| movements.iter().position(|(m, _)| m.id == id);
    let Some(which) = by_id(movement) else {
        let ids = movements.iter().map(|(m, _)| m.id.as_str());
        ctx.report(
            Diagnostic::error(
                crate::codes::UNKNOWN_REFERENCE,
                format!("`{movement}` is no movement of this world"),
            )
            .at(at, "")
            .help_if(did_you_mean(movement, ids)),
        );
        return;
    };
    let who = match by_id(sponsor) {
        Some(other) => Patron::Movement(other),
        None => match states.find(sponsor, sponsor_at, ctx) {
            Some(state) => Patron::State(state),
            None => return,
        },
    };
    let item = Item::new(row, format!("sponsorships.{movement}.{sponsor}."), top, ctx);
    let sponsor = Sponsor {
        who,
        ideological: item.num("ideological", Domain::UNIT, None, &bad_share, ctx),
        practical: item.num("practical", Domain::UNIT, None, &bad_share, ctx),
    };
    if let Some((m, _)) = movements.get_mut(which) {
        m.sponsors.push(sponsor);
    }
}

/// Reports every movement that, through its sponsors, sponsors itself.
fn cycles(movements: &[(Movement, Span)], ctx: &mut Context<'_>) {
    let parents = |i: usize| {
        movements.get(i).into_iter().flat_map(|(m, _)| {
            m.sponsors.iter().filter_map(|s| match s.who {
                Patron::Movement(other) => Some(other),
                Patron::State(_) => None,
            })
        })
    };
    for (start, (m, at)) in movements.iter().enumerate() {
        let mut seen = vec![false; movements.len()];
        let mut open: Vec<usize> = parents(start).collect();
        while let Some(next) = open.pop() {
            if next == start {
                ctx.report(
                    Diagnostic::error(
                        codes::SPONSOR_CYCLE,
                        format!("`{}` sponsors itself through its sponsors", m.id),
                    )
                    .at(*at, "part of a circle")
                    .note("support has to come from a state in the end")
                    .help("take one sponsorship out of the circle"),
                );
                break;
            }
            if let Some(flag) = seen.get_mut(next)
                && !*flag
            {
                *flag = true;
                open.extend(parents(next));
            }
        }
    }
}
