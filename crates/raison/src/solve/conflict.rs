//! `solve conflict`: a graph model from TOML.

use super::{Answer, Unsolved};
use crate::{embedded, open};
use raison_core::Inputs;
use raison_files::conflict::{ConflictFile, read};
use raison_games::conflict::{Concept, Stability, coalition_moves, path, stability};
use serde_json::{Value, json};
use std::path::Path;

/// Equilibria that are listed with paths and coalitions at most.
const MOST_STORIES: usize = 24;
/// States that are listed one by one at most.
const MOST_LISTED: usize = 4096;

/// Reads and solves a conflict.
pub fn conflict(file: &Path) -> Answer {
    let shown = file.display().to_string();
    let shelf = embedded::Embedded;
    let mut loader = crate::loader(&shelf);
    let bytes = open::bytes(file).map_err(|problem| Unsolved {
        problems: vec![problem],
        sources: raison_core::SourceMap::new(),
    })?;
    let model = loader.parse(&shown, &bytes).and_then(|parsed| {
        loader.walk(&parsed, &mut Inputs::default(), "", |top, _, ctx| {
            read(top, ctx)
        })
    });
    let document = model.flatten().map(|model| document(&model));
    let read = super::Read {
        sources: std::mem::take(&mut loader.sources),
        problems: std::mem::take(&mut loader.problems),
    };
    read.finish(document)
}

fn document(file: &ConflictFile) -> Value {
    let found = stability(&file.conflict);
    let count = file.conflict.states();
    let states: Value = (0..count.min(MOST_LISTED))
        .map(|s| json!({ "name": file.states[s], "options": file.patterns[s] }))
        .collect();
    let mut out = json!({
        "title": file.title,
        "players": file.players.iter().map(|p| p.1.as_str()).collect::<Vec<_>>(),
        "options": file.options.iter().map(|o| o.1.as_str()).collect::<Vec<_>>(),
        "state_count": count,
        "states": states,
        "stability": Concept::ALL.map(|c| concept(file, &found, c)),
        "status_quo": file.status_quo.map(|s| file.states[s].as_str()),
    });
    out["stories"] = stories(file, &found);
    out
}

fn concept(file: &ConflictFile, found: &Stability, concept: Concept) -> Value {
    let names = |list: Vec<usize>| {
        let shown: Vec<&str> = list
            .iter()
            .take(MOST_LISTED)
            .map(|s| file.states[*s].as_str())
            .collect();
        json!({ "count": list.len(), "states": shown })
    };
    let players: Vec<Value> = (0..file.players.len())
        .map(|p| names(found.stable(concept, p)))
        .collect();
    json!({
        "concept": concept.name(),
        "stable": players,
        "equilibria": names(found.equilibria(concept)),
    })
}

/// For each equilibrium under any concept: how the conflict gets there, and which
/// coalitions could leave it together.
fn stories(file: &ConflictFile, found: &Stability) -> Value {
    let mut list: Vec<usize> = Concept::ALL
        .iter()
        .flat_map(|c| found.equilibria(*c))
        .collect();
    list.sort_unstable();
    list.dedup();
    let by_strength = |s: &usize| {
        let holds = |c: &Concept| (0..file.players.len()).all(|p| found.is_stable(*c, p, *s));
        std::cmp::Reverse(Concept::ALL.iter().filter(|c| holds(c)).count())
    };
    list.sort_by_key(by_strength);
    list.truncate(MOST_STORIES);
    list.iter().map(|s| story(file, found, *s)).collect()
}

fn story(file: &ConflictFile, found: &Stability, state: usize) -> Value {
    let name = |s: usize| file.states[s].as_str();
    let player = |p: usize| file.players[p].1.as_str();
    let holds = |c: &&Concept| (0..file.players.len()).all(|p| found.is_stable(**c, p, state));
    let concepts: Vec<&str> = Concept::ALL
        .iter()
        .filter(holds)
        .map(|c| c.name())
        .collect();
    let coalitions: Value = coalition_moves(&file.conflict, state)
        .iter()
        .map(|m| {
            json!({
                "members": m.members.iter().map(|p| player(*p)).collect::<Vec<_>>(),
                "targets": m.targets.iter().take(MOST_STORIES).map(|t| name(*t)).collect::<Vec<_>>(),
            })
        })
        .collect();
    let steps = file
        .status_quo
        .and_then(|from| path(&file.conflict, from, state))
        .map(|steps| {
            let step = |s: &raison_games::conflict::Step| {
                json!({
                    "player": player(s.player), "from": name(s.from), "to": name(s.to),
                    "improves": s.improves, "change": change(file, s.from, s.to, s.player),
                })
            };
            steps.iter().map(step).collect::<Vec<_>>()
        });
    json!({
        "state": name(state), "options": file.patterns[state], "concepts": concepts,
        "path": steps, "coalitions": coalitions,
    })
}

/// What a move changes, in words: options taken up or dropped.
fn change(file: &ConflictFile, from: usize, to: usize, player: usize) -> Value {
    let _ = player;
    let letters = |s: usize| file.patterns[s].chars().collect::<Vec<char>>();
    let (a, b) = (letters(from), letters(to));
    let words = file
        .options
        .iter()
        .zip(a.iter().zip(&b))
        .filter_map(|((_, name), (x, y))| match (x, y) {
            ('N', 'Y') => Some(format!("takes up {name}")),
            ('Y', 'N') => Some(format!("drops {name}")),
            _ => None,
        });
    words.collect::<Vec<String>>().into()
}
