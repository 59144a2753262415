//! The game that a case states.

use crate::codes;
use crate::suggest::{did_you_mean, listed};
use crate::table::{Context, Table};
use raison_core::{
    Alternative, Diagnostic, Domain, Game, GameAct, GameMove, GameNode, Num, Uncertain,
};

/// Nodes of a game in a case at most: a larger one is a file for `raison solve game`.
const MOST_NODES: usize = 500;

pub(super) fn read(
    top: &Table<'_>,
    alternatives: &[Alternative],
    ctx: &mut Context<'_>,
) -> Option<Game> {
    let t = top.table("game", ctx)?;
    t.know(ctx, &["title", "players", "nodes"]);
    let players: Vec<String> = t
        .texts("players", ctx)
        .into_iter()
        .map(|(p, _)| p)
        .collect();
    if players.len() < 2 {
        too_few(&t, "a game has at least two players", ctx);
    }
    let items = t.items("nodes", ctx);
    if items.is_empty() || items.len() > MOST_NODES {
        too_few(&t, &format!("a game has from 1 to {MOST_NODES} nodes"), ctx);
        return None;
    }
    let ids: Vec<String> = items.iter().map(|(id, _)| id.clone()).collect();
    let mut reached = vec![0usize; ids.len()];
    let nodes: Vec<GameNode> = items
        .iter()
        .enumerate()
        .map(|(at, (id, n))| {
            let around = Around {
                at,
                ids: &ids,
                players: &players,
                alternatives,
            };
            GameNode {
                id: id.clone(),
                act: node(n, &around, &mut reached, ctx),
            }
        })
        .collect();
    for ((id, n), times) in items.iter().zip(&reached).skip(1) {
        if *times != 1 {
            ctx.report(
                Diagnostic::error(
                    codes::UNKNOWN_REFERENCE,
                    format!("{times} moves lead to `{id}`"),
                )
                .at(n.span, "this node")
                .help("in a tree exactly one move leads to each node but the first"),
            );
        }
    }
    Some(Game {
        title: t.opt_text("title", ctx).unwrap_or_default(),
        players,
        nodes,
    })
}

fn too_few(t: &Table<'_>, what: &str, ctx: &mut Context<'_>) {
    ctx.report(Diagnostic::error(codes::TOO_FEW, what.to_owned()).at(t.span, "in this game"));
}

struct Around<'a> {
    at: usize,
    ids: &'a [String],
    players: &'a [String],
    alternatives: &'a [Alternative],
}

fn node(
    n: &Table<'_>,
    around: &Around<'_>,
    reached: &mut [usize],
    ctx: &mut Context<'_>,
) -> GameAct {
    n.know(
        ctx,
        &["id", "player", "chance", "information", "moves", "payoffs"],
    );
    if let Some(payoffs) = n.table("payoffs", ctx) {
        let names: Vec<&str> = around.players.iter().map(String::as_str).collect();
        payoffs.know(ctx, &names);
        let why = "nothing is known of what this end is worth to the player";
        let anything = Uncertain::Range {
            low: -1.0,
            high: 1.0,
        };
        let read = |name: &&str| payoffs.num_or(name, Domain::SIGNED, anything, why, ctx);
        return GameAct::End {
            payoffs: names.iter().map(read).collect(),
        };
    }
    let moves: Vec<(GameMove, Option<Num>)> = n
        .raw_tables("moves", ctx)
        .into_iter()
        .enumerate()
        .filter_map(|(k, (map, span))| {
            let m = n.inside(map, span, format!("{}moves.{}.", n.path, k + 1), ctx);
            one_move(&m, around, reached, ctx)
        })
        .collect();
    if moves.is_empty() {
        too_few(n, "a node has moves or payoffs", ctx);
    }
    if n.opt_bool("chance", ctx).unwrap_or(false) {
        let moves = moves.into_iter().map(|(m, p)| {
            let path = format!("{}moves.{}.probability", n.path, m.to);
            let even = || {
                ctx.assume(
                    path,
                    Uncertain::Known(1.0),
                    Domain::UNIT,
                    "chance moves without a probability count alike",
                )
            };
            (p.unwrap_or_else(even), m.to)
        });
        return GameAct::Chance {
            moves: moves.collect(),
        };
    }
    GameAct::Move {
        player: player(n, around, ctx),
        information: n.opt_text("information", ctx),
        moves: moves.into_iter().map(|(m, _)| m).collect(),
    }
}

fn player(n: &Table<'_>, around: &Around<'_>, ctx: &mut Context<'_>) -> usize {
    let names = || around.players.iter().map(String::as_str);
    let Some((name, at)) = n.opt_text_at("player", ctx) else {
        if n.raw("player", ctx).is_none() {
            n.missing(ctx, "player", "who moves");
        }
        return 0;
    };
    let found = around.players.iter().position(|p| *p == name);
    if found.is_none() {
        ctx.report(
            Diagnostic::error(
                codes::UNKNOWN_REFERENCE,
                format!("no player `{name}` in this game"),
            )
            .at(at, "named here")
            .help_if(did_you_mean(&name, names()))
            .help(format!("players: {}", listed(names()))),
        );
    }
    found.unwrap_or(0)
}

fn one_move(
    m: &Table<'_>,
    around: &Around<'_>,
    reached: &mut [usize],
    ctx: &mut Context<'_>,
) -> Option<(GameMove, Option<Num>)> {
    m.know(ctx, &["title", "to", "alternative", "probability"]);
    if m.raw("to", ctx).is_none() {
        m.missing(ctx, "to", "the node that follows");
    }
    let (name, at) = m.opt_text_at("to", ctx)?;
    let to = around.ids.iter().position(|id| *id == name);
    let Some(to) = to.filter(|to| *to > around.at) else {
        let later = || around.ids.iter().skip(around.at + 1).map(String::as_str);
        let what = if to.is_some() {
            "stands before this node"
        } else {
            "does not exist"
        };
        ctx.report(
            Diagnostic::error(
                codes::UNKNOWN_REFERENCE,
                format!("the node `{name}` {what}"),
            )
            .at(at, "named here")
            .help_if(did_you_mean(&name, later()))
            .help("a move leads to a node further down the file"),
        );
        return None;
    };
    reached[to] += 1;
    let alternative = super::process::alternative_of(m, "alternative", around.alternatives, ctx);
    let named = alternative.map(|a| around.alternatives[a].title.clone());
    let title = m.opt_text("title", ctx).or(named).unwrap_or(name);
    let probability = m.opt_num("probability", Domain::UNIT, ctx);
    Some((
        GameMove {
            title,
            to,
            alternative,
        },
        probability,
    ))
}
