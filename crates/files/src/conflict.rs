//! Graph models of conflicts in TOML.

use crate::statement::{self, BAD_STATEMENT};
use crate::suggest::did_you_mean;
use crate::table::{Context, Table};
use raison_core::{Code, Diagnostic, Span};
use raison_games::conflict::{
    Choice, Conflict, Direction, MOST_STATES, OptionForm, Options, Statement,
};
use std::collections::HashMap;

/// A name of an option, state or player is not known.
pub const UNKNOWN_NAME: Code = Code("R2040");
/// A pattern of options cannot be read.
pub const BAD_PATTERN: Code = Code("R2042");
/// A move cannot be read.
pub const BAD_MOVE: Code = Code("R2043");
/// A ranking does not rank every state once.
pub const BAD_RANKING: Code = Code("R2044");
/// A player has no preferences, or two kinds of them.
pub const NO_PREFERENCE: Code = Code("R2045");
/// The model has no states, or too many.
pub const NO_STATES: Code = Code("R2046");

/// A conflict with the names to talk about it.
#[derive(Clone, Debug)]
pub struct ConflictFile {
    /// The title; may be empty.
    pub title: String,
    /// Ids and names of the players.
    pub players: Vec<(String, String)>,
    /// Ids and names of the options.
    pub options: Vec<(String, String)>,
    /// Names of the states; where only combinations are given, their letters.
    pub states: Vec<String>,
    /// For each state its options as letters: `Y`, `N`, `-` for either.
    pub patterns: Vec<String>,
    /// The state in which the conflict stands.
    pub status_quo: Option<usize>,
    /// The model.
    pub conflict: Conflict,
}

struct Player<'t> {
    id: String,
    name: String,
    table: Table<'t>,
}

struct State {
    id: String,
    name: String,
    pattern: Option<(String, Span)>,
}

/// Walks a conflict file; `None` where an error was reported.
pub fn read(top: &Table<'_>, ctx: &mut Context<'_>) -> Option<ConflictFile> {
    top.know(
        ctx,
        &[
            "kind",
            "title",
            "status-quo",
            "infeasible",
            "players",
            "options",
            "states",
        ],
    );
    let title = top.opt_text("title", ctx).unwrap_or_default();
    let players = players(top, ctx);
    let (options, labels) = options(top, &players, ctx);
    let states = states(top, ctx);
    if ctx.problems.has_errors() {
        return None;
    }
    let ids: Vec<String> = labels.iter().map(|o| o.0.clone()).collect();
    let form = match options.list.is_empty() {
        true => None,
        false => Some(form(top, &states, options, &ids, ctx)?),
    };
    let count = form.as_ref().map_or(states.len(), OptionForm::states);
    let (names, patterns) = names(&states, form.as_ref());
    let by_name: HashMap<&str, usize> = names.iter().map(String::as_str).zip(0..).collect();
    let by_id: HashMap<&str, usize> = states.iter().map(|s| s.id.as_str()).zip(0..).collect();
    let find = |id: &str| by_id.get(id).or_else(|| by_name.get(id)).copied();
    let known = Known {
        find: &find,
        names: &names,
    };
    let ranks: Vec<Option<Vec<u32>>> = players
        .iter()
        .map(|p| ranks(p, &known, form.as_ref(), &ids, ctx))
        .collect();
    let status_quo = top
        .opt_text_at("status-quo", ctx)
        .and_then(|(id, at)| known.state(&id, at, ctx));
    let conflict = build(&players, form.as_ref(), count, &known, ranks, top.span, ctx)?;
    Some(ConflictFile {
        title,
        players: players.into_iter().map(|p| (p.id, p.name)).collect(),
        options: labels,
        states: names,
        patterns,
        status_quo,
        conflict,
    })
    .filter(|_| !ctx.problems.has_errors())
}

/// States by id, and all names for suggestions.
struct Known<'a> {
    find: &'a dyn Fn(&str) -> Option<usize>,
    names: &'a [String],
}

impl Known<'_> {
    fn state(&self, id: &str, at: Span, ctx: &mut Context<'_>) -> Option<usize> {
        let found = (self.find)(id);
        if found.is_none() {
            let few = self.names.iter().take(200).map(String::as_str);
            ctx.report(
                Diagnostic::error(UNKNOWN_NAME, format!("there is no state `{id}`"))
                    .at(at, "")
                    .help_if(did_you_mean(id, few.clone()))
                    .help(format!("states here: {}", crate::suggest::listed(few))),
            );
        }
        found
    }
}

fn players<'t>(top: &Table<'t>, ctx: &mut Context<'_>) -> Vec<Player<'t>> {
    let mut out = Vec::new();
    for (id, table) in top.items("players", ctx) {
        table.know(ctx, &["id", "name", "ranking", "prefer", "moves"]);
        let name = table.opt_text("name", ctx).unwrap_or_else(|| id.clone());
        out.push(Player { id, name, table });
    }
    if out.is_empty() && !ctx.problems.has_errors() {
        top.missing(ctx, "players", "one table `[[players]]` for each player");
    }
    out
}

fn options(
    top: &Table<'_>,
    players: &[Player<'_>],
    ctx: &mut Context<'_>,
) -> (Options, Vec<(String, String)>) {
    let mut list = Vec::new();
    let mut labels = Vec::new();
    for (id, table) in top.items("options", ctx) {
        table.know(ctx, &["id", "name", "player", "direction"]);
        let name = table.opt_text("name", ctx).unwrap_or_else(|| id.clone());
        let ids: Vec<&str> = players.iter().map(|p| p.id.as_str()).collect();
        let player = match table.raw("player", ctx) {
            None => {
                table.missing(ctx, "player", "the id of the player who holds the option");
                None
            }
            Some(_) => table.word("player", &ids, ctx),
        };
        let way = table.word("direction", &["both", "forward", "backward"], ctx);
        let direction = match way {
            Some(1) => Direction::Forward,
            Some(2) => Direction::Backward,
            _ => Direction::Both,
        };
        list.push(Choice {
            name: id.clone(),
            player: player.unwrap_or(0),
            direction,
        });
        labels.push((id, name));
    }
    (Options { list }, labels)
}

fn states(top: &Table<'_>, ctx: &mut Context<'_>) -> Vec<State> {
    let mut out = Vec::new();
    for (id, table) in top.items("states", ctx) {
        table.know(ctx, &["id", "name", "options"]);
        let name = table.opt_text("name", ctx).unwrap_or_default();
        let pattern = table.opt_text_at("options", ctx);
        out.push(State { id, name, pattern });
    }
    out
}

fn names(states: &[State], form: Option<&OptionForm>) -> (Vec<String>, Vec<String>) {
    if !states.is_empty() {
        let name = |s: &State| {
            if s.name.is_empty() {
                s.id.clone()
            } else {
                format!("{} ({})", s.id, s.name)
            }
        };
        let pattern = |s: &State| {
            s.pattern
                .as_ref()
                .map_or(String::new(), |p| p.0.replace(' ', ""))
        };
        return (
            states.iter().map(name).collect(),
            states.iter().map(pattern).collect(),
        );
    }
    let letters = form.map(|f| f.combinations.iter().map(|c| f.letters(*c)).collect());
    let letters: Vec<String> = letters.unwrap_or_default();
    (letters.clone(), letters)
}

/// The feasible combinations: those listed, or all that are not infeasible.
fn form(
    top: &Table<'_>,
    states: &[State],
    options: Options,
    ids: &[String],
    ctx: &mut Context<'_>,
) -> Option<OptionForm> {
    let n = options.list.len();
    if 1usize << n.min(40) > MOST_STATES {
        let text = format!("{n} options have more combinations than can be held");
        ctx.report(
            Diagnostic::error(NO_STATES, text)
                .at(top.span, "")
                .help("leave out options that do not matter"),
        );
        return None;
    }
    let barred: Vec<Statement> = top
        .texts("infeasible", ctx)
        .iter()
        .filter_map(|(text, at)| statement::parse(text, *at, ids, ctx.problems))
        .collect();
    let feasible = |c: u32| !barred.iter().any(|s| s.holds(c));
    let mut owner: Vec<Option<u32>> = vec![None; 1 << n];
    if states.is_empty() {
        let all = (0..1u32 << n).filter(|c| feasible(*c));
        for (k, c) in (0u32..).zip(all) {
            owner[c as usize] = Some(k);
        }
    }
    let mut work = 0usize;
    for (k, state) in (0u32..).zip(states) {
        let Some((text, at)) = &state.pattern else {
            let text = format!("state `{}` does not say which options are taken", state.id);
            ctx.report(
                Diagnostic::error(BAD_PATTERN, text)
                    .at(top.span, "")
                    .help("add `options = \"YN-\"`"),
            );
            continue;
        };
        let Some((taken, free)) = pattern(text, *at, n, ctx) else {
            continue;
        };
        work = work.saturating_add(1 << free.count_ones());
        if work > 4 * MOST_STATES {
            ctx.report(
                Diagnostic::error(NO_STATES, "the patterns cover too many combinations")
                    .at(*at, ""),
            );
            return None;
        }
        let mut part = 0u32;
        loop {
            let slot = &mut owner[(taken | part) as usize];
            if feasible(taken | part) {
                slot.get_or_insert(k);
            }
            part = part.wrapping_sub(free) & free;
            if part == 0 {
                break;
            }
        }
    }
    if ctx.problems.has_errors() {
        return None;
    }
    OptionForm::new(options, |c| owner[c as usize])
        .map_err(|error| {
            let problem =
                Diagnostic::error(NO_STATES, error.to_string()).at(top.span, "in this model");
            ctx.report(
                problem.help("is everything infeasible, or a state covered by those before it?"),
            );
        })
        .ok()
}

/// Options taken, and options left open, of a pattern such as `YN-`.
fn pattern(text: &str, at: Span, n: usize, ctx: &mut Context<'_>) -> Option<(u32, u32)> {
    let letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let good = letters.len() == n
        && letters
            .iter()
            .all(|c| matches!(c, 'Y' | 'N' | 'y' | 'n' | '-'));
    if !good {
        let text = format!(
            "`{}` does not say `Y`, `N` or `-` for each of {n} options",
            text.chars().take(60).collect::<String>()
        );
        ctx.report(Diagnostic::error(BAD_PATTERN, text).at(at, ""));
        return None;
    }
    let bits = |wanted: &[char]| {
        let hits = letters
            .iter()
            .enumerate()
            .filter(|(_, c)| wanted.contains(c));
        hits.fold(0u32, |mask, (k, _)| mask | 1 << k)
    };
    Some((bits(&['Y', 'y']), bits(&['-'])))
}

fn ranks(
    player: &Player<'_>,
    known: &Known<'_>,
    form: Option<&OptionForm>,
    ids: &[String],
    ctx: &mut Context<'_>,
) -> Option<Vec<u32>> {
    let ranking = player.table.texts("ranking", ctx);
    let prefer = player.table.texts("prefer", ctx);
    match (ranking.is_empty(), prefer.is_empty(), form) {
        (false, true, _) => by_ranking(player, &ranking, known, ctx),
        (true, false, Some(form)) => {
            let list: Vec<Statement> = prefer
                .iter()
                .filter_map(|(text, at)| statement::parse(text, *at, ids, ctx.problems))
                .collect();
            form.ranks(&list)
                .map_err(|e| {
                    ctx.report(
                        Diagnostic::error(BAD_STATEMENT, e.to_string()).at(player.table.span, ""),
                    );
                })
                .ok()
        }
        (true, false, None) => {
            let text = "statements need options, and the file has none";
            ctx.report(
                Diagnostic::error(NO_PREFERENCE, text)
                    .at(prefer[0].1, "")
                    .help("use `ranking = […]`"),
            );
            None
        }
        _ => {
            let text = format!("player `{}` needs either `ranking` or `prefer`", player.id);
            ctx.report(
                Diagnostic::error(NO_PREFERENCE, text)
                    .at(player.table.span, "")
                    .help("`ranking` lists states from best to worst, `prefer` statements from the most important on"),
            );
            None
        }
    }
}

/// From best to worst; `3 = 4` are equally good.
fn by_ranking(
    player: &Player<'_>,
    ranking: &[(String, Span)],
    known: &Known<'_>,
    ctx: &mut Context<'_>,
) -> Option<Vec<u32>> {
    let count = known.names.len();
    let mut ranks: Vec<Option<u32>> = vec![None; count];
    for (place, (text, at)) in ranking.iter().enumerate() {
        for id in text.split('=').map(str::trim) {
            let Some(state) = known.state(id, *at, ctx) else {
                continue;
            };
            if ranks[state].is_some() {
                let text = format!("state `{id}` is ranked twice");
                ctx.report(Diagnostic::error(BAD_RANKING, text).at(*at, "again here"));
            }
            ranks[state] = Some((ranking.len() - place) as u32);
        }
    }
    let missing: Vec<&str> = ranks
        .iter()
        .zip(known.names)
        .filter(|(r, _)| r.is_none())
        .map(|(_, n)| n.as_str())
        .collect();
    if !missing.is_empty() {
        let text = format!("player `{}` does not rank every state", player.id);
        ctx.report(
            Diagnostic::error(BAD_RANKING, text)
                .at(ranking[0].1, "in this ranking")
                .help(format!("missing: {}", crate::suggest::listed(missing))),
        );
        return None;
    }
    Some(ranks.into_iter().flatten().collect())
}

/// `1 -> 3, 9` or `1 <-> 5`.
fn moves(player: &Player<'_>, known: &Known<'_>, ctx: &mut Context<'_>) -> Option<Vec<(u32, u32)>> {
    player.table.raw("moves", ctx)?;
    let mut pairs = Vec::new();
    for (text, at) in player.table.texts("moves", ctx) {
        let (split, both) = match text.split_once("<->") {
            Some(split) => (Some(split), true),
            None => (text.split_once("->"), false),
        };
        let Some((from, to)) = split else {
            let problem = Diagnostic::error(
                BAD_MOVE,
                format!("`{}` is no move", text.chars().take(60).collect::<String>()),
            );
            ctx.report(
                problem
                    .at(at, "")
                    .help("write `1 -> 3, 9`, or `1 <-> 5` for both ways"),
            );
            continue;
        };
        let Some(from) = known.state(from.trim(), at, ctx) else {
            continue;
        };
        for id in to.split(',') {
            let Some(to) = known.state(id.trim(), at, ctx) else {
                continue;
            };
            pairs.push((from as u32, to as u32));
            if both {
                pairs.push((to as u32, from as u32));
            }
        }
    }
    Some(pairs)
}

fn build(
    players: &[Player<'_>],
    form: Option<&OptionForm>,
    count: usize,
    known: &Known<'_>,
    ranks: Vec<Option<Vec<u32>>>,
    span: Span,
    ctx: &mut Context<'_>,
) -> Option<Conflict> {
    let listed: Vec<Option<Vec<(u32, u32)>>> =
        players.iter().map(|p| moves(p, known, ctx)).collect();
    let any = listed.iter().any(Option::is_some);
    if let (false, None) = (any, form) {
        let text = "nobody can move: there are neither options nor moves";
        ctx.report(
            Diagnostic::error(NO_STATES, text)
                .at(span, "")
                .help("add `[[options]]`, or `moves` for players"),
        );
        return None;
    }
    let ranks: Option<Vec<Vec<u32>>> = ranks.into_iter().collect();
    let names = players.iter().map(|p| p.name.clone()).collect();
    let built = match (form, any) {
        (Some(form), false) => form.conflict(names, ranks?),
        _ => Conflict::new(
            names,
            count,
            listed.into_iter().map(Option::unwrap_or_default).collect(),
            ranks?,
        ),
    };
    built
        .map_err(|error| {
            ctx.report(Diagnostic::error(NO_STATES, error.to_string()).at(span, "in this model"))
        })
        .ok()
}
