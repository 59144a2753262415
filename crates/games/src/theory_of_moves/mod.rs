//! Theory of moves on 2×2 strict ordinal games (Brams, *Theory of Moves*, 1994).
//!
//! Play starts *in* an outcome. A player may move by switching strategy, then the other
//! may move, and so on; payoffs come only where play stops. Each player looks ahead by
//! backward induction. Accounts differ in the small print, so the variant is stated:
//!
//! 1. From the start a first mover faces four moves, the last of which closes the circle
//!    back at the start (Brams 1994, rules 1–5). Backward induction runs over the four
//!    moves for each of the two possible first movers. At each node a player moves only
//!    for a strictly better final outcome; payoffs are strict, so there are no ties.
//! 2. If looking ahead leads back to the start, the player stays (rule 5: no cycling).
//! 3. A mover overrides a stayer (rule of precedence).
//! 4. *Two-sidedness*: a player who would stay moves instead if the outcome of so moving
//!    is better for **both** players than the outcome of the other's move; the other
//!    gains by letting it happen. [`Rule::OneSided`] leaves this out.
//! 5. If both would move and the outcomes differ, the final outcome is indeterminate: it
//!    depends on order power, and both outcomes are reported.
//!
//! Under every variant tried the 78 strict ordinal games have these properties, which
//! are tests: the 21 games with a mutually best outcome have it as their only non-myopic
//! equilibrium, and of the 45 conflict games with a cooperative outcome (at least
//! next-best for both) all but one have it as a non-myopic equilibrium (Brams & Ismail,
//! *Theory and Decision* 2021, doi 10.1007/s11238-021-09824-1).

pub mod tip;
mod two_by_two;

pub use two_by_two::{Cell, Player, TwoByTwo, all_games};

/// Whether rule 4 of the module's text applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Rule {
    /// With the two-sidedness convention: the default.
    #[default]
    TwoSided,
    /// Without it.
    OneSided,
}

/// What one player expects when it may move first from a start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lookahead {
    /// Where play ends if the player makes the first move, wisely or not.
    pub if_moved: Cell,
    /// Where play ends if the player chooses; the start where it stays.
    pub chosen: Cell,
}

/// The outcome of rational play from one start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NonMyopic {
    /// Where play starts.
    pub start: Cell,
    /// The row player's expectation.
    pub row: Lookahead,
    /// The column player's expectation.
    pub column: Lookahead,
    /// Where play ends; with [`NonMyopic::other`] where it depends on order power.
    pub end: Cell,
    /// The second outcome of an indeterminate start: `end` is then where the row
    /// player's move leads and `other` where the column player's does.
    pub other: Option<Cell>,
    /// The player whose move is owed to the two-sidedness convention.
    pub two_sided: Option<Player>,
}

impl NonMyopic {
    /// The one or two final outcomes.
    pub fn ends(&self) -> impl Iterator<Item = Cell> + use<> {
        [Some(self.end), self.other].into_iter().flatten()
    }
}

/// The non-myopic outcome of `game` from `start` under the default rule.
///
/// Domain: any strict ordinal 2×2 game, any of its four cells. Cannot fail.
/// Source: Brams 1994, chapters 1–2, in the variant stated in the module's text.
pub fn non_myopic(game: &TwoByTwo, start: Cell) -> NonMyopic {
    non_myopic_under(Rule::TwoSided, game, start)
}

/// As [`non_myopic`], with or without the two-sidedness convention.
pub fn non_myopic_under(rule: Rule, game: &TwoByTwo, start: Cell) -> NonMyopic {
    let row = look_ahead(game, start, Player::Row);
    let column = look_ahead(game, start, Player::Column);
    let found = NonMyopic {
        start,
        row,
        column,
        end: start,
        other: None,
        two_sided: None,
    };
    let (row_moves, column_moves) = (row.chosen != start, column.chosen != start);
    match (row_moves, column_moves) {
        (false, false) => found,
        (true, true) if row.chosen == column.chosen => settle(found, row.chosen),
        (true, true) => NonMyopic {
            end: row.chosen,
            other: Some(column.chosen),
            ..found
        },
        (true, false) => override_stayer(rule, game, found, row.chosen, Player::Column),
        (false, true) => override_stayer(rule, game, found, column.chosen, Player::Row),
    }
}

/// All non-myopic equilibria: the cells reached from at least one start.
pub fn equilibria(rule: Rule, game: &TwoByTwo) -> Vec<Cell> {
    let mut reached: Vec<Cell> = Cell::ALL
        .into_iter()
        .flat_map(|start| non_myopic_under(rule, game, start).ends())
        .collect();
    reached.sort_unstable();
    reached.dedup();
    reached
}

fn settle(found: NonMyopic, end: Cell) -> NonMyopic {
    NonMyopic { end, ..found }
}

/// Rules 3 and 4: one player moves to `end`, `stayer` would stay.
fn override_stayer(
    rule: Rule,
    game: &TwoByTwo,
    found: NonMyopic,
    end: Cell,
    stayer: Player,
) -> NonMyopic {
    let forestalled = match stayer {
        Player::Row => found.row.if_moved,
        Player::Column => found.column.if_moved,
    };
    let better = |p: Player| game.rank(p, forestalled) > game.rank(p, end);
    let forestalls = rule == Rule::TwoSided
        && forestalled != found.start
        && better(Player::Row)
        && better(Player::Column);
    if !forestalls {
        return settle(found, end);
    }
    NonMyopic {
        two_sided: Some(stayer),
        ..settle(found, forestalled)
    }
}

/// Backward induction over the four moves that `first` opens from `start`.
fn look_ahead(game: &TwoByTwo, start: Cell, first: Player) -> Lookahead {
    let second = first.other();
    let movers = [first, second, first, second];
    let mut cells = [start; 4];
    for k in 1..4 {
        cells[k] = cells[k - 1].after_move_by(movers[k - 1]);
    }
    // The fourth move closes the circle: past it play is back at the start.
    let mut end = start;
    for k in (1..4).rev() {
        if game.rank(movers[k], end) <= game.rank(movers[k], cells[k]) {
            end = cells[k];
        }
    }
    let moves = game.rank(first, end) > game.rank(first, start);
    Lookahead {
        if_moved: end,
        chosen: if moves { end } else { start },
    }
}
