//! From probabilities of preference types to the games and how they end.

use raison_games::theory_of_moves::{Cell, Rule, equilibria, non_myopic, tip};
use raison_report::profile::GameRow;
use raison_text::profile::TypeProbabilities;

/// Names of the six types.
pub fn type_names() -> [&'static str; 6] {
    tip::Tip::ALL.map(tip::Tip::name)
}

/// The games of the pairs that occur in at least one draw, the likeliest first.
pub fn games(types: &TypeProbabilities) -> Vec<GameRow> {
    let mut out = Vec::new();
    for (i, row) in types.joint.iter().enumerate() {
        for (j, probability) in row.iter().enumerate().filter(|(_, p)| **p > 0.0) {
            let game = tip::game(tip::Tip::ALL[i], tip::Tip::ALL[j]);
            let ends = Cell::ALL.map(|start| non_myopic(&game, start).ends().map(name).collect());
            out.push(GameRow {
                own: i + 1,
                other: j + 1,
                probability: *probability,
                ends,
                equilibria: equilibria(Rule::TwoSided, &game)
                    .into_iter()
                    .map(name)
                    .collect(),
            });
        }
    }
    out.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    out
}

/// An outcome as self, the row player, sees it.
fn name(cell: Cell) -> &'static str {
    match tip::seen_by_row(cell) {
        tip::Outcome::Settle => "settle",
        tip::Outcome::Dominate => "dominate",
        tip::Outcome::Submit => "submit",
        tip::Outcome::Deadlock => "deadlock",
    }
}
