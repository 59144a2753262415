//! Answers of the solvers as text, drawn from the documents that they give as JSON.

use serde_json::Value;
use std::fmt::Write;

/// Columns that fit a terminal of 80 beside the names.
const WIDE: usize = 8;

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

fn number(value: &Value) -> String {
    match value.as_f64() {
        Some(v) => short(v),
        None => "-".to_owned(),
    }
}

/// Four decimals or, for large and tiny numbers, four digits.
fn short(v: f64) -> String {
    let size = v.abs();
    if size != 0.0 && !(5e-5..1e7).contains(&size) {
        return format!("{v:.3e}");
    }
    let fixed = format!("{v:.4}");
    let trimmed = fixed.trim_end_matches('0').trim_end_matches('.');
    if trimmed == "-0" {
        "0".to_owned()
    } else {
        trimmed.to_owned()
    }
}

fn names(value: &Value) -> String {
    let all: Vec<&str> = list(value).iter().map(text).collect();
    all.join(", ")
}

/// At most `width` characters, the last an ellipsis where it is cut.
fn cut(name: &str, width: usize) -> String {
    if name.chars().count() <= width {
        return name.to_owned();
    }
    let head: String = name.chars().take(width.saturating_sub(1)).collect();
    format!("{head}…")
}

fn heading(out: &mut String, title: &str, colour: bool) {
    if colour {
        let _ = writeln!(out, "\x1b[1m{title}\x1b[0m");
    } else {
        let _ = writeln!(out, "{title}");
    }
}

/// Lines of at most 78 characters, continued with an indent.
fn wrapped(out: &mut String, indent: &str, words: &str) {
    let mut line = indent.to_owned();
    for word in words.split_whitespace() {
        if line.chars().count() + word.chars().count() > 77 && line.trim() != "" {
            let _ = writeln!(out, "{}", line.trim_end());
            line = format!("{indent}  ");
        }
        line.push_str(word);
        line.push(' ');
    }
    let _ = writeln!(out, "{}", line.trim_end());
}

/// `raison solve bargaining`.
pub fn bargaining(document: &Value, colour: bool) -> String {
    let mut out = String::new();
    let title = format!(
        "{}, {} actors",
        text(&document["model"]),
        list(&document["actors"]).len()
    );
    heading(&mut out, &title, colour);
    let settings: Vec<String> = document["switches"]
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, v)| !v.is_null())
        .map(|(k, v)| {
            format!(
                "{k}={}",
                v.as_str().map_or_else(|| v.to_string(), str::to_owned)
            )
        })
        .collect();
    if !settings.is_empty() {
        wrapped(&mut out, "", &settings.join(" "));
    }
    for issue in list(&document["issues"]) {
        bargaining_issue(&mut out, document, issue, colour);
    }
    bargaining_rest(&mut out, document);
    draws(&mut out, document);
    out
}

fn bargaining_issue(out: &mut String, document: &Value, issue: &Value, colour: bool) {
    let _ = writeln!(out);
    if list(&document["issues"]).len() > 1 {
        heading(out, text(&issue["issue"]), colour);
    }
    let rounds = list(&issue["rounds"]);
    if rounds.len() > 1 {
        round_table(out, document, rounds, colour);
    }
    forecast(out, "forecast", &issue["forecast"]);
    forecast(out, "weighted mean", &issue["weighted_mean"]);
}

fn forecast(out: &mut String, name: &str, score: &Value) {
    let _ = write!(out, "{name:<14} {:>10}", number(&score["value"]));
    if let [low, high] = list(&score["interval"]) {
        let _ = write!(out, "   95 % of draws: {} to {}", number(low), number(high));
    }
    if let Some(missing) = score["missing"].as_f64() {
        let _ = write!(out, "   ({} % without answer)", short(100.0 * missing));
    }
    let _ = writeln!(out);
}

/// Rounds by row: median, mean, and the actors that moved at all.
fn round_table(out: &mut String, document: &Value, rounds: &[Value], colour: bool) {
    let actors: Vec<&str> = list(&document["actors"]).iter().map(text).collect();
    let at = |r: &Value, k: usize| r["positions"][k].as_f64();
    let moves = |k: &usize| rounds.iter().any(|r| at(r, *k) != at(&rounds[0], *k));
    let movers: Vec<usize> = (0..actors.len()).filter(moves).collect();
    let shown = &movers[..movers.len().min(WIDE - 3)];
    let mut head = format!("{:>5} {:>9} {:>9}", "round", "median", "mean");
    for k in shown {
        let _ = write!(head, " {:>10}", cut(actors[*k], 10));
    }
    heading(out, &head, colour);
    for r in rounds {
        let _ = write!(
            out,
            "{:>5} {:>9} {:>9}",
            r["round"],
            number(&r["median"]),
            number(&r["mean"])
        );
        for k in shown {
            let _ = write!(out, " {:>10}", at(r, *k).map_or("-".into(), short));
        }
        let _ = writeln!(out);
    }
    let still = actors.len() - movers.len();
    let hidden = movers.len() - shown.len();
    let mut note = String::new();
    if hidden > 0 {
        let _ = write!(note, "{hidden} more actors move (see --format json). ");
    }
    if still > 0 {
        let _ = write!(note, "{still} of {} actors never move.", actors.len());
    }
    if !note.is_empty() {
        wrapped(out, "", &note);
    }
    let _ = writeln!(out);
}

fn bargaining_rest(out: &mut String, document: &Value) {
    if document["agreed"] == false {
        let _ = writeln!(out, "no agreement: the reference point stays");
    }
    for p in list(&document["procedure"]) {
        let verb = if p["passes"] == true {
            "passes"
        } else {
            "does not pass"
        };
        let _ = write!(out, "\n{}: the proposal {verb}", text(&p["issue"]));
        let _ = write!(
            out,
            ", {} votes of {} needed",
            number(&p["votes"]),
            number(&p["needed"])
        );
        if let Some(pivot) = p["pivot"].as_str() {
            let _ = write!(out, "; {pivot} limits it");
        }
        let _ = writeln!(out);
        if !list(&p["supporters"]).is_empty() {
            wrapped(out, "  ", &format!("for: {}", names(&p["supporters"])));
        }
    }
    if let Some(deals) = document["deals"].as_array() {
        let noun = if deals.len() == 1 {
            "exchange"
        } else {
            "exchanges"
        };
        let _ = writeln!(out, "\n{} {noun}", deals.len());
        for d in deals {
            let words = format!(
                "{} yields on {} (votes {}), {} on {} (votes {}); each gains {}",
                text(&d["second"]),
                text(&d["first_gains_on"]),
                number(&d["second_votes"]),
                text(&d["first"]),
                text(&d["second_gains_on"]),
                number(&d["first_votes"]),
                number(&d["gain"]),
            );
            wrapped(out, "  ", &words);
        }
    }
    if let Some(proposals) = document["proposals"].as_array() {
        let _ = writeln!(out, "\nprobability of each proposal");
        let chance = |p: &Value| p["probability"].as_f64().unwrap_or(0.0);
        let mut rows: Vec<&Value> = proposals.iter().collect();
        rows.sort_by(|a, b| chance(b).total_cmp(&chance(a)));
        for row in rows.iter().take(20) {
            let words = format!("{:.4}  {}", chance(row), names(&row["actors"]));
            wrapped(out, "  ", &words);
        }
        if rows.len() > 20 {
            let _ = writeln!(out, "  … and {} more (see --format json)", rows.len() - 20);
        }
    }
}

fn draws(out: &mut String, document: &Value) {
    let _ = writeln!(out);
    match document["draws"].as_u64() {
        Some(0) | None if document["certain"] == true => {
            let words = "Nothing in the table is uncertain, so draws would all be alike; write a \
                         cell as 0.3..0.6, or try --set spread=0.1.";
            wrapped(out, "", words);
        }
        Some(0) | None => {
            let _ = writeln!(out, "Central values only, without draws.");
        }
        Some(n) => {
            let _ = writeln!(out, "{n} draws, seed {}.", document["seed"]);
        }
    }
}

/// `raison solve game`.
pub fn game(document: &Value, colour: bool) -> String {
    let mut out = String::new();
    let title = text(&document["title"]);
    let players = names(&document["players"]);
    heading(
        &mut out,
        if title.is_empty() {
            "untitled game"
        } else {
            title
        },
        colour,
    );
    let _ = writeln!(out, "players: {players}");
    let found = list(&document["equilibria"]);
    let what = match text(&document["concept"]) {
        "pure" => "pure Nash",
        "subgame" => "subgame-perfect",
        "qre" => "quantal response",
        _ => "Nash",
    };
    let noun = if found.len() == 1 {
        "equilibrium"
    } else {
        "equilibria"
    };
    let _ = writeln!(out, "{} {what} {noun}", found.len());
    game_notes(&mut out, document);
    for (k, one) in found.iter().enumerate() {
        equilibrium(&mut out, document, one, k + 1, colour);
    }
    out
}

fn game_notes(out: &mut String, document: &Value) {
    if let Some(lambda) = document["lambda"].as_f64() {
        let form = document["form"].as_str().unwrap_or("normal");
        let _ = writeln!(out, "precision lambda = {lambda}, {form} form");
    }
    for at in list(&document["bifurcations"]) {
        let words = format!(
            "the branch from chance meets another at lambda {}: beyond it there are several \
             answers, all listed",
            number(at)
        );
        wrapped(out, "", &words);
    }
    let notes = [
        (
            "degenerate",
            "the game is degenerate: equilibria of one component that share a strategy may span a continuum, of which the ends are listed",
        ),
        (
            "indifferent",
            "a player is indifferent somewhere: the extreme solutions are listed",
        ),
        (
            "pure_only",
            "more than two players act in a subgame: only pure equilibria were looked for",
        ),
        ("more", "there are more equilibria than are listed"),
    ];
    for (key, words) in notes {
        if document[key] == true {
            wrapped(out, "", words);
        }
    }
}

fn equilibrium(out: &mut String, document: &Value, one: &Value, number_of: usize, colour: bool) {
    let mut head = format!("\n{number_of}.");
    if let Some(branch) = one["branch"].as_str() {
        let _ = write!(head, " {branch} branch");
        if let Some(at) = list(&one["left_at"]).first() {
            let _ = write!(head, ", which leaves at lambda {}", number(at));
        }
    }
    if let Some(component) = one["component"]
        .as_u64()
        .filter(|_| document["degenerate"] == true)
    {
        let _ = write!(head, " component {}", component + 1);
    }
    heading(out, &head, colour);
    let players = list(&document["players"]);
    if let Some(sets) = document["information_sets"].as_array() {
        for (k, set) in sets.iter().enumerate() {
            let player = set["player"].as_u64().and_then(|p| players.get(p as usize));
            let name = match text(&set["name"]) {
                "" => format!("{} at set {}", player.map_or("", text), k + 1),
                name => format!("{}: {name}", player.map_or("", text)),
            };
            mixture(out, &name, &set["actions"], &one["behaviour"][k]);
        }
    } else {
        for (p, player) in players.iter().enumerate() {
            mixture(
                out,
                text(player),
                &document["strategies"][p],
                &one["profile"][p],
            );
        }
    }
    let payoffs: Vec<String> = list(&one["payoffs"]).iter().map(number).collect();
    let _ = write!(
        out,
        "  payoffs {}; regret {}",
        payoffs.join(", "),
        number(&one["regret"])
    );
    if let Some(residual) = one["residual"].as_f64() {
        let _ = write!(out, "; residual {residual:.1e}");
    }
    let _ = writeln!(out);
}

fn mixture(out: &mut String, player: &str, strategies: &Value, chances: &Value) {
    let used: Vec<String> = list(strategies)
        .iter()
        .zip(list(chances))
        .filter(|(_, p)| p.as_f64().unwrap_or(0.0) > 0.0)
        .map(|(s, p)| match p.as_f64() {
            Some(1.0) => text(s).to_owned(),
            _ => format!("{} {}", text(s), number(p)),
        })
        .collect();
    wrapped(out, "  ", &format!("{player}: {}", used.join(", ")));
}

/// `raison solve conflict`.
pub fn conflict(document: &Value, colour: bool) -> String {
    let mut out = String::new();
    let title = text(&document["title"]);
    heading(
        &mut out,
        if title.is_empty() {
            "untitled conflict"
        } else {
            title
        },
        colour,
    );
    let options = list(&document["options"]).len();
    let words = format!(
        "{} players, {options} options, {} states; {}",
        list(&document["players"]).len(),
        document["state_count"],
        match document["status_quo"].as_str() {
            Some(s) => format!("now at {s}"),
            None => "no status quo given".to_owned(),
        }
    );
    wrapped(&mut out, "", &words);
    if options > 0 {
        wrapped(
            &mut out,
            "",
            &format!("options in order: {}", names(&document["options"])),
        );
    }
    stability(&mut out, document, colour);
    for story in list(&document["stories"]) {
        self::story(&mut out, story, colour);
    }
    out
}

fn stability(out: &mut String, document: &Value, colour: bool) {
    let _ = writeln!(out);
    let players = list(&document["players"]);
    heading(out, "states that hold", colour);
    for concept in list(&document["stability"]) {
        let name = text(&concept["concept"]);
        wrapped(
            out,
            "",
            &format!("{name:<5} equilibria: {}", states(&concept["equilibria"])),
        );
        for (player, stable) in players.iter().zip(list(&concept["stable"])) {
            wrapped(
                out,
                "      ",
                &format!("{}: {}", text(player), states(stable)),
            );
        }
    }
    let words = "Nash: nobody gains by moving. GMR: every gain can be answered by the others. \
                 SMR: and there is no escape from the answer. SEQ: the answer is in the others' \
                 own interest.";
    wrapped(out, "", words);
}

fn states(value: &Value) -> String {
    let count = value["count"].as_u64().unwrap_or(0);
    if count == 0 {
        return "none".to_owned();
    }
    if count > 24 {
        return format!("{count} states (see --format json)");
    }
    names(&value["states"]).replace(", ", "  ")
}

fn story(out: &mut String, story: &Value, colour: bool) {
    let head = format!(
        "\n{}: holds under {}",
        text(&story["state"]),
        names(&story["concepts"])
    );
    heading(out, &head, colour);
    match story["path"].as_array().map(Vec::as_slice) {
        None => {}
        Some([]) => wrapped(out, "  ", "this is where the conflict stands."),
        Some(steps) => steps.iter().for_each(|s| step(out, s)),
    }
    if story["path"].is_null() {
        wrapped(out, "  ", "no sequence of moves is known that leads here.");
    }
    for c in list(&story["coalitions"]) {
        let words = format!(
            "together, {} could leave it for {}.",
            names(&c["members"]),
            names(&c["targets"])
        );
        wrapped(out, "  ", &words);
    }
}

fn step(out: &mut String, step: &Value) {
    let what = match names(&step["change"]) {
        change if change.is_empty() => "moves".to_owned(),
        change => change,
    };
    let why = if step["improves"] == true {
        ""
    } else {
        ", against its own interest for now"
    };
    let words = format!(
        "from {}, {} {what}: {}{why}.",
        text(&step["from"]),
        text(&step["player"]),
        text(&step["to"])
    );
    wrapped(out, "  ", &words);
}
