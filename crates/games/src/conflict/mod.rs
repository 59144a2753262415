//! The graph model for conflict resolution: who can move a conflict where, who wants to,
//! and which states hold.
//!
//! Source: Fang, Hipel & Kilgour 1993, *Interactive Decision Making*; Kilgour & Hipel
//! 2005. Moves of several opponents in a row are legal sequences, in which nobody moves
//! twice running. All four stability concepts take time linear in the number of moves:
//! whether some sanction is bad enough depends only on the worst state that the others
//! can reach, which one sweep over the states from bad to good finds for all starts.

mod options;
mod paths;
mod stability;

pub use options::{Choice, Direction, OptionForm, Options, Statement};
pub use paths::{CoalitionMove, Step, coalition_moves, path};
pub use stability::{Concept, Stability, stability};

use crate::{Error, Result};

/// More states than this are refused.
pub const MOST_STATES: usize = 1 << 22;
/// More players than this are refused.
pub const MOST_PLAYERS: usize = 60;
/// More moves than this, all players together, are refused.
pub const MOST_MOVES: usize = 1 << 27;

/// The moves of one player.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moves {
    /// Lists of reachable states; state `s` leads to
    /// `targets[starts[s] as usize..starts[s + 1] as usize]`.
    Lists {
        /// Where each state's list begins, and one past the last.
        starts: Vec<u32>,
        /// The states reached.
        targets: Vec<u32>,
    },
    /// Free movement inside groups: a state leads to every other of the same group.
    Groups {
        /// Each state's group, numbered from 0.
        group: Vec<u32>,
        /// The states, sorted by group.
        members: Vec<u32>,
        /// Where each group begins in `members`, and one past the last.
        starts: Vec<u32>,
    },
}

impl Moves {
    /// Free movement inside groups numbered from 0 without gaps.
    pub(crate) fn groups(group: Vec<u32>) -> Self {
        let mut members: Vec<u32> = (0..group.len() as u32).collect();
        members.sort_by_key(|s| group[*s as usize]);
        let count = group.iter().max().map_or(0, |g| *g as usize + 1);
        let mut starts = vec![0u32; count + 1];
        group.iter().for_each(|g| starts[*g as usize + 1] += 1);
        (0..count).for_each(|g| starts[g + 1] += starts[g]);
        Moves::Groups {
            group,
            members,
            starts,
        }
    }
}

/// A conflict: players, states, moves and preferences.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    players: Vec<String>,
    states: usize,
    moves: Vec<Moves>,
    /// Per player and state: how good, higher being better; equal numbers are ties.
    ranks: Vec<Vec<u32>>,
    /// Whether two moves running by one player are always one move.
    transitive: bool,
}

impl Conflict {
    /// A conflict from moves listed as pairs (from, to) per player and ranks per player
    /// and state (higher is better).
    ///
    /// # Errors
    /// No players or states, unequal lists, or a move that leaves the states.
    pub fn new(
        players: Vec<String>,
        states: usize,
        moves: Vec<Vec<(u32, u32)>>,
        ranks: Vec<Vec<u32>>,
    ) -> Result<Self> {
        let count: usize = moves.iter().map(Vec::len).sum();
        limit("moves", count, MOST_MOVES)?;
        let lists = moves.into_iter().map(|pairs| lists(states, pairs));
        let lists = lists.collect::<Result<Vec<_>>>()?;
        Self::from_moves(players, states, lists, ranks, false)
    }

    pub(crate) fn from_moves(
        players: Vec<String>,
        states: usize,
        moves: Vec<Moves>,
        ranks: Vec<Vec<u32>>,
        transitive: bool,
    ) -> Result<Self> {
        if players.is_empty() {
            return Err(Error::Empty { what: "players" });
        }
        if states == 0 {
            return Err(Error::Empty { what: "states" });
        }
        limit("states", states, MOST_STATES)?;
        limit("players", players.len(), MOST_PLAYERS)?;
        crate::error::length("lists of moves", players.len(), moves.len())?;
        crate::error::length("rankings", players.len(), ranks.len())?;
        for list in &ranks {
            crate::error::length("ranks", states, list.len())?;
        }
        Ok(Self {
            players,
            states,
            moves,
            ranks,
            transitive,
        })
    }

    /// The players' names.
    pub fn players(&self) -> &[String] {
        &self.players
    }

    /// Number of states.
    pub fn states(&self) -> usize {
        self.states
    }

    /// How good each state is for a player: higher is better.
    pub fn ranks(&self, player: usize) -> &[u32] {
        &self.ranks[player]
    }

    /// The states that `player` can move to from `state`.
    pub fn reachable(&self, player: usize, state: usize) -> Vec<usize> {
        match &self.moves[player] {
            Moves::Lists { starts, targets } => {
                let range = starts[state] as usize..starts[state + 1] as usize;
                targets[range].iter().map(|t| *t as usize).collect()
            }
            Moves::Groups {
                group,
                members,
                starts,
            } => {
                let g = group[state] as usize;
                let range = starts[g] as usize..starts[g + 1] as usize;
                let others = members[range].iter().map(|t| *t as usize);
                others.filter(|t| *t != state).collect()
            }
        }
    }
}

pub(crate) fn limit(what: &'static str, found: usize, most: usize) -> Result<()> {
    if found > most {
        return Err(Error::TooLarge { what, found, most });
    }
    Ok(())
}

/// Pairs as lists, each sorted and without repetition or standing still.
pub(crate) fn lists(states: usize, mut pairs: Vec<(u32, u32)>) -> Result<Moves> {
    if let Some((a, b)) = pairs.iter().find(|(a, b)| (*a).max(*b) as usize >= states) {
        let text = format!("a move from state {a} to state {b} leaves the {states} states");
        return Err(Error::Structure(text));
    }
    pairs.retain(|(a, b)| a != b);
    pairs.sort_unstable();
    pairs.dedup();
    let mut starts = vec![0u32; states + 1];
    for (from, _) in &pairs {
        starts[*from as usize + 1] += 1;
    }
    for s in 0..states {
        starts[s + 1] += starts[s];
    }
    let targets = pairs.into_iter().map(|p| p.1).collect();
    Ok(Moves::Lists { starts, targets })
}
