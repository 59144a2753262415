//! Games in normal form: all players choose at once.

mod nash;
mod pure;

pub use nash::{Equilibria, nash};
pub use pure::{Pure, pure_nash};

use crate::error::finite;
use crate::{Error, Result};

/// More profiles than this are refused.
pub const MOST_PROFILES: usize = 1 << 24;

/// A player and the names of its strategies.
#[derive(Clone, Debug, PartialEq)]
pub struct Player {
    /// The player's name.
    pub name: String,
    /// The strategies' names, at least one.
    pub strategies: Vec<String>,
}

/// A finite game in normal form.
#[derive(Clone, Debug, PartialEq)]
pub struct NormalForm {
    title: String,
    players: Vec<Player>,
    /// Payoffs of all players in the first profile, then in the second, and so on; the
    /// first player's strategy varies fastest.
    payoffs: Vec<f64>,
}

/// A mixed profile: per player, the probability of each strategy.
pub type Profile = Vec<Vec<f64>>;

impl NormalForm {
    /// A game from its players and payoffs: profile after profile, the first player's
    /// strategy varying fastest, and in each profile one payoff per player.
    ///
    /// # Errors
    /// No players, a player without strategies, a wrong number of payoffs, a payoff that
    /// is not finite, or more than [`MOST_PROFILES`] profiles.
    pub fn new(title: impl Into<String>, players: Vec<Player>, payoffs: Vec<f64>) -> Result<Self> {
        if players.is_empty() {
            return Err(Error::Empty { what: "players" });
        }
        if players.iter().any(|p| p.strategies.is_empty()) {
            return Err(Error::Empty {
                what: "strategies of a player",
            });
        }
        let profiles = profiles(players.iter().map(|p| p.strategies.len()))?;
        crate::error::length("payoffs", profiles * players.len(), payoffs.len())?;
        finite("the payoff", &payoffs)?;
        Ok(Self {
            title: title.into(),
            players,
            payoffs,
        })
    }

    /// A two-player game from two matrices given row by row.
    ///
    /// # Errors
    /// As [`NormalForm::new`]; rows of unequal length.
    pub fn bimatrix(row: &[&[f64]], column: &[&[f64]]) -> Result<Self> {
        let n = row.first().map_or(0, |r| r.len());
        crate::error::length("rows", row.len(), column.len())?;
        for line in row.iter().chain(column) {
            crate::error::length("payoffs in a row", n, line.len())?;
        }
        let numbered = |name: &str, count: usize| Player {
            name: name.to_owned(),
            strategies: (1..=count).map(|k| k.to_string()).collect(),
        };
        let cells = (0..n).flat_map(|j| (0..row.len()).map(move |i| (i, j)));
        let payoffs = cells.flat_map(|(i, j)| [row[i][j], column[i][j]]).collect();
        let players = vec![numbered("Row", row.len()), numbered("Column", n)];
        Self::new("", players, payoffs)
    }

    /// The game's title; may be empty.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The players.
    pub fn players(&self) -> &[Player] {
        &self.players
    }

    /// How many strategies each player has.
    pub fn sizes(&self) -> Vec<usize> {
        self.players.iter().map(|p| p.strategies.len()).collect()
    }

    /// Number of profiles.
    pub fn profiles(&self) -> usize {
        self.payoffs.len() / self.players.len()
    }

    /// Payoffs of all players in the profile of this number.
    pub fn payoffs_of(&self, profile: usize) -> &[f64] {
        let n = self.players.len();
        &self.payoffs[profile * n..(profile + 1) * n]
    }

    /// The strategies in the profile of this number.
    pub fn strategies_of(&self, mut profile: usize) -> Vec<usize> {
        let split = |player: &Player| {
            let k = player.strategies.len();
            let strategy = profile % k;
            profile /= k;
            strategy
        };
        self.players.iter().map(split).collect()
    }

    /// What each of `player`'s strategies earns against the others' mixed strategies.
    pub fn expected(&self, player: usize, profile: &[Vec<f64>]) -> Vec<f64> {
        let mut earned = vec![0.0; self.players[player].strategies.len()];
        for number in 0..self.profiles() {
            let strategies = self.strategies_of(number);
            let others = strategies.iter().enumerate().filter(|(k, _)| *k != player);
            let chance: f64 = others.map(|(k, s)| profile[k][*s]).product();
            earned[strategies[player]] += chance * self.payoffs_of(number)[player];
        }
        earned
    }

    /// The largest gain that any player could make by deviating alone: 0 in a Nash
    /// equilibrium.
    pub fn regret(&self, profile: &[Vec<f64>]) -> f64 {
        let gain = |player: usize| {
            let earned = self.expected(player, profile);
            let best = earned.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let now: f64 = earned
                .iter()
                .zip(&profile[player])
                .map(|(e, p)| e * p)
                .sum();
            best - now
        };
        (0..self.players.len()).map(gain).fold(0.0, f64::max)
    }
}

/// The number of profiles, if it may be handled.
pub(crate) fn profiles(sizes: impl Iterator<Item = usize>) -> Result<usize> {
    let mut product = 1usize;
    for size in sizes {
        product = product.saturating_mul(size);
    }
    if product > MOST_PROFILES {
        return Err(Error::TooLarge {
            what: "strategy profiles",
            found: product,
            most: MOST_PROFILES,
        });
    }
    Ok(product)
}
