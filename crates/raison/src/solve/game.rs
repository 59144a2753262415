//! `solve game`: Gambit's files and built-in templates.

use super::{Answer, BAD_SETTING, Read, Switches, UNKNOWN_SWITCH};
use raison_core::Diagnostic;
use raison_files::suggest::{did_you_mean, listed};
use raison_files::{efg, nfg};
use raison_games::extensive_form::templates::{
    ASSURANCE, CHICKEN, CrisisBargaining, Deterrence, PRISONERS_DILEMMA, crisis_bargaining,
    deterrence, symmetric,
};
use raison_games::extensive_form::{Behaviour, reduced_normal_form, subgame_perfect};
use raison_games::normal_form::{Profile, nash, pure_nash};
use raison_games::quantal::{Branch, Quantal, agent_quantal_response, quantal_response};
use raison_games::{Error, ExtensiveForm, NormalForm};
use serde_json::{Value, json};
use std::path::Path;

/// What can be asked of a game.
pub const CONCEPTS: [&str; 4] = ["nash", "pure", "subgame", "qre"];
/// Built-in games by name, written `template:NAME` where a file is wanted.
pub const TEMPLATES: [&str; 5] = [
    "deterrence",
    "crisis-bargaining",
    "chicken",
    "assurance",
    "prisoners-dilemma",
];

enum Form {
    Table(NormalForm),
    Tree(ExtensiveForm),
}

/// Reads and solves a game. Without a concept: subgame perfection for trees, all Nash
/// equilibria for two players, pure ones for more.
pub fn game(path: &Path, concept: Option<&str>, set: &[String]) -> Answer {
    let mut read = Read::new();
    let mut switches = Switches::new(set);
    let form = form(path, &mut switches, &mut read);
    let lambda = switches.number("lambda");
    let normal = switches
        .choice("form", &[("agent", false), ("normal", true)])
        .unwrap_or(false);
    let concept = concept.unwrap_or(match &form {
        Some(Form::Tree(_)) => "subgame",
        Some(Form::Table(g)) if g.players().len() != 2 => "pure",
        _ => "nash",
    });
    if concept == "qre" && lambda.is_none() {
        let text = "a quantal response needs its precision";
        read.problems.push(
            Diagnostic::error(BAD_SETTING, text)
                .help("add `--set lambda=1`; 0 is chance, larger is more precise"),
        );
    }
    if concept != "qre" && lambda.is_some() {
        let text = format!("`lambda` says nothing about `{concept}`");
        read.problems
            .push(Diagnostic::error(BAD_SETTING, text).help("did you mean `--concept qre`?"));
    }
    if !CONCEPTS.contains(&concept) {
        let problem = Diagnostic::error(UNKNOWN_SWITCH, format!("there is no concept `{concept}`"));
        read.problems.push(
            problem
                .help_if(did_you_mean(concept, CONCEPTS))
                .help(format!("concepts: {}", listed(CONCEPTS))),
        );
    }
    read.problems.extend(switches.finish("a game"));
    let form = form.filter(|_| !read.problems.has_errors());
    let document =
        form.and_then(
            |form| match solve(&form, concept, lambda.unwrap_or(0.0), normal) {
                Ok(document) => Some(document),
                Err(error) => {
                    read.refuse(&error, None);
                    None
                }
            },
        );
    read.finish(document)
}

fn form(path: &Path, switches: &mut Switches, read: &mut Read) -> Option<Form> {
    let shown = path.to_string_lossy();
    if let Some(name) = shown.strip_prefix("template:") {
        return template(name, switches, read);
    }
    let (file, text) = read.file(path)?;
    let is_tree = text.trim_start().starts_with("EFG")
        || !text.trim_start().starts_with("NFG") && path.extension().is_some_and(|e| e == "efg");
    match is_tree {
        true => efg::read(file, &text, &mut read.problems).map(Form::Tree),
        false => nfg::read(file, &text, &mut read.problems).map(Form::Table),
    }
}

fn template(name: &str, s: &mut Switches, read: &mut Read) -> Option<Form> {
    let mut refuse = |result: Result<Form, Error>| match result {
        Ok(form) => Some(form),
        Err(error) => {
            read.refuse(&error, None);
            None
        }
    };
    match name {
        "deterrence" => {
            let d = Deterrence::default();
            let payoffs = Deterrence {
                status_quo: pair(s, "status-quo", d.status_quo),
                concede: pair(s, "concede", d.concede),
                back_down: pair(s, "back-down", d.back_down),
                fight: pair(s, "fight", d.fight),
            };
            refuse(deterrence(payoffs).map(Form::Tree))
        }
        "crisis-bargaining" => {
            let d = CrisisBargaining::default();
            let p = CrisisBargaining {
                resolute: s.number("resolute").unwrap_or(d.resolute),
                wins: s.number("wins").unwrap_or(d.wins),
                challenger_cost: s.number("challenger-cost").unwrap_or(d.challenger_cost),
                low_cost: s.number("low-cost").unwrap_or(d.low_cost),
                high_cost: s.number("high-cost").unwrap_or(d.high_cost),
                small_demand: s.number("small-demand").unwrap_or(d.small_demand),
                large_demand: s.number("large-demand").unwrap_or(d.large_demand),
            };
            refuse(crisis_bargaining(p).map(Form::Tree))
        }
        "chicken" => refuse(two(s, "Chicken", ["Swerve", "Straight"], CHICKEN)),
        "assurance" => refuse(two(s, "Assurance", ["Cooperate", "Defect"], ASSURANCE)),
        "prisoners-dilemma" => refuse(two(
            s,
            "Prisoner's dilemma",
            ["Cooperate", "Defect"],
            PRISONERS_DILEMMA,
        )),
        _ => {
            let problem =
                Diagnostic::error(UNKNOWN_SWITCH, format!("there is no template `{name}`"));
            read.problems.push(
                problem
                    .help_if(did_you_mean(name, TEMPLATES))
                    .help(format!("templates: {}", listed(TEMPLATES))),
            );
            None
        }
    }
}

fn two(
    s: &mut Switches,
    title: &str,
    names: [&str; 2],
    [t, r, p, u]: [f64; 4],
) -> Result<Form, Error> {
    let payoffs = [
        s.number("temptation").unwrap_or(t),
        s.number("reward").unwrap_or(r),
        s.number("punishment").unwrap_or(p),
        s.number("sucker").unwrap_or(u),
    ];
    symmetric(title, names, payoffs).map(Form::Table)
}

fn pair(s: &mut Switches, name: &'static str, default: (f64, f64)) -> (f64, f64) {
    match s.numbers(name).as_deref() {
        None => default,
        Some(&[a, b]) => (a, b),
        Some(_) => {
            s.bad(
                name,
                "it",
                "two payoffs, `challenger,defender`, are wanted".to_owned(),
            );
            default
        }
    }
}

fn solve(form: &Form, concept: &str, lambda: f64, normal: bool) -> Result<Value, Error> {
    let mut out = match form {
        Form::Table(game) => table(game, concept, lambda)?,
        Form::Tree(tree) => self::tree(tree, concept, lambda, normal)?,
    };
    out["concept"] = json!(concept);
    Ok(out)
}

fn table(game: &NormalForm, concept: &str, lambda: f64) -> Result<Value, Error> {
    let mut out = json!({
        "title": game.title(),
        "players": game.players().iter().map(|p| p.name.as_str()).collect::<Vec<_>>(),
        "strategies": game.players().iter().map(|p| &p.strategies).collect::<Vec<_>>(),
    });
    let row = |profile: &Profile, concept: &str| {
        json!({
            "profile": profile, "payoffs": payoffs(game, profile),
            "regret": game.regret(profile), "concept": concept,
        })
    };
    match concept {
        "qre" => {
            let found = quantal_response(game, lambda)?;
            out["lambda"] = json!(lambda);
            out["bifurcations"] = bifurcations(&found);
            out["equilibria"] = found
                .answers
                .iter()
                .map(|(p, b)| branch(row(p, "qre"), b))
                .collect();
        }
        "pure" => {
            let found = pure_nash(game);
            let one = |p: &raison_games::normal_form::Pure| {
                let mut row = row(&p.profile(game), "pure");
                row["strict"] = json!(p.margin > 0.0);
                row
            };
            out["equilibria"] = found.iter().map(one).collect();
        }
        "subgame" => {
            let text =
                "a table has no subgames; ask for `--concept nash`, or bring the tree (.efg)";
            return Err(Error::Structure(text.to_owned()));
        }
        _ => {
            let found = nash(game)?;
            out["degenerate"] = json!(found.degenerate);
            let one = |(p, c): (&Profile, &usize)| {
                let mut row = row(p, "nash");
                row["component"] = json!(c);
                row
            };
            out["equilibria"] = found
                .profiles
                .iter()
                .zip(&found.components)
                .map(one)
                .collect();
        }
    }
    Ok(out)
}

fn payoffs(game: &NormalForm, profile: &Profile) -> Vec<f64> {
    let of = |p: usize| -> f64 {
        game.expected(p, profile)
            .iter()
            .zip(&profile[p])
            .map(|(e, q)| e * q)
            .sum()
    };
    (0..profile.len()).map(of).collect()
}

fn bifurcations<P>(found: &Quantal<P>) -> Value {
    found.bifurcations.iter().map(|b| json!(b.lambda)).collect()
}

fn branch(mut row: Value, b: &Branch) -> Value {
    row["residual"] = json!(b.residual);
    row["branch"] = json!(if b.is_principal() {
        "principal"
    } else {
        "side"
    });
    row["left_at"] = b
        .passed
        .iter()
        .filter(|p| p.1)
        .map(|p| json!(p.0.lambda))
        .collect();
    row
}

fn tree(tree: &ExtensiveForm, concept: &str, lambda: f64, normal: bool) -> Result<Value, Error> {
    let mut out = json!({
        "title": tree.title(),
        "players": tree.players(),
        "strategies": (0..tree.players().len()).map(|p| actions(tree, p)).collect::<Vec<_>>(),
        "information_sets": tree.sets().iter().map(|s| json!({
            "name": s.name, "player": s.player, "actions": s.actions,
        })).collect::<Vec<_>>(),
    });
    let row = |b: &Behaviour, concept: &str, regret: f64| {
        json!({
            "profile": by_player(tree, b), "behaviour": b,
            "payoffs": &tree.values(b)[..tree.players().len()], "regret": regret, "concept": concept,
        })
    };
    match concept {
        "qre" if normal => {
            let reduced = reduced_normal_form(tree)?;
            let found = quantal_response(&reduced.game, lambda)?;
            out["lambda"] = json!(lambda);
            out["form"] = json!("normal");
            out["bifurcations"] = bifurcations(&found);
            let one = |(p, b): &(Profile, Branch)| {
                let behaviour = reduced.behaviour(tree, p);
                branch(row(&behaviour, "qre", tree.regret(&behaviour)), b)
            };
            out["equilibria"] = found.answers.iter().map(one).collect();
        }
        "qre" => {
            let found = agent_quantal_response(tree, lambda)?;
            out["lambda"] = json!(lambda);
            out["form"] = json!("agent");
            out["bifurcations"] = bifurcations(&found);
            let one = |(p, b): &(Behaviour, Branch)| branch(row(p, "qre", tree.regret(p)), b);
            out["equilibria"] = found.answers.iter().map(one).collect();
        }
        "subgame" => {
            let found = subgame_perfect(tree)?;
            out["more"] = json!(found.more);
            out["pure_only"] = json!(found.pure_only);
            out["indifferent"] = json!(found.indifferent);
            out["subgames"] = json!(found.roots.len());
            let one =
                |s: &raison_games::extensive_form::Solution| row(&s.behaviour, "subgame", s.regret);
            out["equilibria"] = found.solutions.iter().map(one).collect();
        }
        _ => {
            let reduced = reduced_normal_form(tree)?;
            let profiles: Vec<Profile> = match concept {
                "pure" => pure_nash(&reduced.game)
                    .iter()
                    .map(|p| p.profile(&reduced.game))
                    .collect(),
                _ => {
                    let found = nash(&reduced.game)?;
                    out["degenerate"] = json!(found.degenerate);
                    found.profiles
                }
            };
            let one =
                |p: &Profile| row(&reduced.behaviour(tree, p), concept, reduced.game.regret(p));
            out["equilibria"] = profiles.iter().map(one).collect();
        }
    }
    Ok(out)
}

/// Probabilities of all actions of each player, set after set in the order of the file.
fn by_player(tree: &ExtensiveForm, b: &Behaviour) -> Vec<Vec<f64>> {
    let of = |p: usize| {
        let own = tree.sets().iter().zip(b).filter(|(s, _)| s.player == p);
        own.flat_map(|(_, mix)| mix.iter().copied()).collect()
    };
    (0..tree.players().len()).map(of).collect()
}

fn actions(tree: &ExtensiveForm, p: usize) -> Vec<String> {
    let own = tree.sets().iter().filter(|s| s.player == p);
    own.flat_map(|s| s.actions.iter().cloned()).collect()
}
