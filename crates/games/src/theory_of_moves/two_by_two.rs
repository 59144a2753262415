//! 2×2 games of two players who rank four outcomes without ties.

use crate::{Error, Result};
use std::fmt;

/// One of the two players.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Player {
    /// Chooses the row.
    Row,
    /// Chooses the column.
    Column,
}

impl Player {
    /// The opponent.
    pub fn other(self) -> Player {
        match self {
            Player::Row => Player::Column,
            Player::Column => Player::Row,
        }
    }
}

/// One of the four outcomes. In games about cooperation the first strategy of each
/// player is to cooperate, so the four read settle, row submits, row dominates, deadlock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cell {
    /// Row 1, column 1: settle.
    TopLeft,
    /// Row 1, column 2: the row player submits.
    TopRight,
    /// Row 2, column 1: the row player dominates.
    BottomLeft,
    /// Row 2, column 2: deadlock.
    BottomRight,
}

impl Cell {
    /// Both cooperate.
    pub const SETTLE: Cell = Cell::TopLeft;
    /// The row player cooperates, the column player does not.
    pub const ROW_SUBMITS: Cell = Cell::TopRight;
    /// The column player cooperates, the row player does not.
    pub const ROW_DOMINATES: Cell = Cell::BottomLeft;
    /// Neither cooperates.
    pub const DEADLOCK: Cell = Cell::BottomRight;
    /// All four, row by row.
    pub const ALL: [Cell; 4] = [
        Cell::TopLeft,
        Cell::TopRight,
        Cell::BottomLeft,
        Cell::BottomRight,
    ];

    /// The number of the row player's strategy, from 0.
    pub fn row(self) -> usize {
        self as usize / 2
    }

    /// The number of the column player's strategy, from 0.
    pub fn column(self) -> usize {
        self as usize % 2
    }

    /// Its place in [`Cell::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// The cell after `player` switches strategy.
    pub fn after_move_by(self, player: Player) -> Cell {
        match player {
            Player::Row => Cell::ALL[self.index() ^ 2],
            Player::Column => Cell::ALL[self.index() ^ 1],
        }
    }

    /// The cell with the players' strategies swapped.
    pub fn transposed(self) -> Cell {
        match self {
            Cell::TopRight => Cell::BottomLeft,
            Cell::BottomLeft => Cell::TopRight,
            same => same,
        }
    }
}

/// A strict ordinal 2×2 game: each player ranks the cells from 1 (worst) to 4 (best).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TwoByTwo {
    row: [u8; 4],
    column: [u8; 4],
}

impl TwoByTwo {
    /// From each player's ranks in the order of [`Cell::ALL`].
    ///
    /// # Errors
    /// [`Error::Structure`] where a player's ranks are not 1, 2, 3, 4 in some order.
    pub fn new(row: [u8; 4], column: [u8; 4]) -> Result<Self> {
        for (who, ranks) in [("row", row), ("column", column)] {
            let mut sorted = ranks;
            sorted.sort_unstable();
            if sorted != [1, 2, 3, 4] {
                let text = format!("the {who} player's ranks must be 1, 2, 3 and 4, each once");
                return Err(Error::Structure(text));
            }
        }
        Ok(Self { row, column })
    }

    /// From ranks that are permutations of 1..4 by construction.
    pub(super) fn from_orders(row: [u8; 4], column: [u8; 4]) -> Self {
        Self { row, column }
    }

    /// From cardinal payoffs in the order of [`Cell::ALL`]; only their order counts.
    ///
    /// # Errors
    /// [`Error::NotFinite`] or, where a player is indifferent, [`Error::Structure`].
    pub fn from_payoffs(row: [f64; 4], column: [f64; 4]) -> Result<Self> {
        crate::error::finite("the row player's payoff", &row)?;
        crate::error::finite("the column player's payoff", &column)?;
        Self::new(ranks(row), ranks(column)).map_err(|_| {
            Error::Structure(
                "the theory of moves needs strict preferences, but a player is indifferent \
                 between two outcomes"
                    .to_owned(),
            )
        })
    }

    /// How good `cell` is for `player`: 1 worst to 4 best.
    pub fn rank(&self, player: Player, cell: Cell) -> u8 {
        match player {
            Player::Row => self.row[cell.index()],
            Player::Column => self.column[cell.index()],
        }
    }

    /// The same game seen from the other side of the table.
    pub fn transposed(&self) -> Self {
        let turn = |ranks: [u8; 4]| Cell::ALL.map(|c| ranks[c.transposed().index()]);
        Self {
            row: turn(self.column),
            column: turn(self.row),
        }
    }

    /// The same game with one player's strategies listed in the other order.
    pub fn relabelled(&self, player: Player) -> Self {
        let turn = |ranks: [u8; 4]| Cell::ALL.map(|c| ranks[c.after_move_by(player).index()]);
        Self {
            row: turn(self.row),
            column: turn(self.column),
        }
    }

    /// The outcome that is best for both, if there is one.
    pub fn mutually_best(&self) -> Option<Cell> {
        Cell::ALL
            .into_iter()
            .find(|&c| self.rank(Player::Row, c) == 4 && self.rank(Player::Column, c) == 4)
    }

    /// The outcomes that are best or next best for both.
    pub fn cooperative(&self) -> impl Iterator<Item = Cell> + '_ {
        Cell::ALL
            .into_iter()
            .filter(|&c| self.rank(Player::Row, c) >= 3 && self.rank(Player::Column, c) >= 3)
    }

    /// The pure Nash equilibria: cells that neither player wants to leave by one move.
    pub fn nash(&self) -> impl Iterator<Item = Cell> + '_ {
        Cell::ALL.into_iter().filter(|&c| {
            [Player::Row, Player::Column]
                .into_iter()
                .all(|p| self.rank(p, c) > self.rank(p, c.after_move_by(p)))
        })
    }

    /// The least of the eight forms that differ only in labels.
    pub fn canonical(&self) -> Self {
        let rows = [*self, self.relabelled(Player::Row)];
        let cells = rows
            .into_iter()
            .flat_map(|g| [g, g.relabelled(Player::Column)]);
        cells
            .flat_map(|g| [g, g.transposed()])
            .min()
            .unwrap_or(*self)
    }
}

impl fmt::Display for TwoByTwo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d] = Cell::ALL.map(|x| (self.row[x.index()], self.column[x.index()]));
        write!(
            f,
            "({},{}) ({},{}) / ({},{}) ({},{})",
            a.0, a.1, b.0, b.1, c.0, c.1, d.0, d.1
        )
    }
}

/// The structurally different strict ordinal 2×2 games, 78 of them (Rapoport & Guyer
/// 1966), each in its canonical form, sorted.
pub fn all_games() -> Vec<TwoByTwo> {
    let orders = permutations();
    let mut games: Vec<TwoByTwo> = orders
        .iter()
        .flat_map(|&row| orders.iter().map(move |&column| TwoByTwo { row, column }))
        .map(|game| game.canonical())
        .collect();
    games.sort_unstable();
    games.dedup();
    games
}

fn permutations() -> Vec<[u8; 4]> {
    let digits = |n: usize| [n / 64 % 4, n / 16 % 4, n / 4 % 4, n % 4].map(|d| d as u8 + 1);
    (0..256)
        .map(digits)
        .filter(|r| (1..=4).all(|d| r.contains(&d)))
        .collect()
}

fn ranks(payoffs: [f64; 4]) -> [u8; 4] {
    payoffs.map(|v| 1 + payoffs.iter().filter(|w| **w < v).count() as u8)
}
