//! Conflicts written as options: what each player can do or leave.

use super::{Conflict, Moves, limit, lists};
use crate::{Error, Result};

/// Options of all players together at most: combinations are bits.
pub const MOST_OPTIONS: usize = 22;

/// In which direction an option can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Direction {
    /// Taken up and dropped at will.
    #[default]
    Both,
    /// Once taken up it stays.
    Forward,
    /// Once dropped it stays so.
    Backward,
}

/// One option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name.
    pub name: String,
    /// Which player holds it.
    pub player: usize,
    /// How it can be changed.
    pub direction: Direction,
}

/// All options, in one order; bit k of a combination says whether option k is taken.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Options {
    /// The options.
    pub list: Vec<Choice>,
}

/// A condition on a combination of options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// The option is taken.
    Taken(usize),
    /// The contrary.
    Not(Box<Statement>),
    /// All hold; true when empty.
    All(Vec<Statement>),
    /// One holds at least.
    Any(Vec<Statement>),
    /// The first holds if the second does.
    If(Box<Statement>, Box<Statement>),
    /// Both hold or neither.
    Iff(Box<Statement>, Box<Statement>),
}

impl Statement {
    /// Whether the statement is true of a combination.
    pub fn holds(&self, combination: u32) -> bool {
        match self {
            Statement::Taken(k) => combination >> k & 1 == 1,
            Statement::Not(s) => !s.holds(combination),
            Statement::All(list) => list.iter().all(|s| s.holds(combination)),
            Statement::Any(list) => list.iter().any(|s| s.holds(combination)),
            Statement::If(then, condition) => {
                then.holds(combination) || !condition.holds(combination)
            }
            Statement::Iff(a, b) => a.holds(combination) == b.holds(combination),
        }
    }
}

/// A conflict in option form: which combinations are one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionForm {
    /// The options.
    pub options: Options,
    /// For each combination its state, or `None` where it cannot be.
    pub state_of: Vec<Option<u32>>,
    /// For each state its first combination.
    pub combinations: Vec<u32>,
}

impl OptionForm {
    /// Groups the combinations into states: `state(c)` names the state of combination c.
    /// States are numbered by their names' order of first use unless `count` fixes them.
    ///
    /// # Errors
    /// More than [`MOST_OPTIONS`] options, or no state.
    pub fn new(options: Options, state: impl Fn(u32) -> Option<u32>) -> Result<Self> {
        limit("options", options.list.len(), MOST_OPTIONS)?;
        let all = 1u32 << options.list.len();
        let state_of: Vec<Option<u32>> = (0..all).map(state).collect();
        let states = state_of
            .iter()
            .flatten()
            .max()
            .map_or(0, |s| *s as usize + 1);
        if states == 0 {
            return Err(Error::Empty {
                what: "feasible states",
            });
        }
        let mut first = vec![None; states];
        for (c, s) in (0..all).zip(&state_of) {
            if let Some(s) = s {
                first[*s as usize].get_or_insert(c);
            }
        }
        if let Some(k) = first.iter().position(Option::is_none) {
            return Err(Error::Structure(format!(
                "state number {} fits no combination",
                k + 1
            )));
        }
        Ok(Self {
            options,
            state_of,
            combinations: first.into_iter().flatten().collect(),
        })
    }

    /// Number of states.
    pub fn states(&self) -> usize {
        self.combinations.len()
    }

    /// The combination as letters: Y taken, N not, in the order of options.
    pub fn letters(&self, combination: u32) -> String {
        let letter = |k: usize| if combination >> k & 1 == 1 { 'Y' } else { 'N' };
        (0..self.options.list.len()).map(letter).collect()
    }

    /// Ranks from statements of falling priority: a state that meets the first beats all
    /// that do not, whatever else they meet (Fang, Hipel, Kilgour & Peng 2003).
    ///
    /// # Errors
    /// More than 128 statements.
    pub fn ranks(&self, statements: &[Statement]) -> Result<Vec<u32>> {
        limit("preference statements", statements.len(), 128)?;
        let score = |c: &u32| {
            statements
                .iter()
                .fold(0u128, |score, s| score << 1 | u128::from(s.holds(*c)))
        };
        let scores: Vec<u128> = self.combinations.iter().map(score).collect();
        let mut levels = scores.clone();
        levels.sort_unstable();
        levels.dedup();
        Ok(scores
            .iter()
            .map(|s| levels.binary_search(s).unwrap_or(0) as u32)
            .collect())
    }

    /// The conflict in which each player may change any of its own options at once.
    ///
    /// # Errors
    /// As [`Conflict::new`]; too many moves.
    pub fn conflict(&self, players: Vec<String>, ranks: Vec<Vec<u32>>) -> Result<Conflict> {
        let moves = (0..players.len())
            .map(|p| self.moves(p))
            .collect::<Result<Vec<_>>>()?;
        let merged = self.state_of.iter().flatten().count() > self.states();
        Conflict::from_moves(players, self.states(), moves, ranks, !merged)
    }

    /// The moves of one player.
    fn moves(&self, player: usize) -> Result<Moves> {
        let own = self.mask(|o| o.player == player);
        let forward = self.mask(|o| o.player == player && o.direction == Direction::Forward);
        let backward = self.mask(|o| o.player == player && o.direction == Direction::Backward);
        let one_to_one = self.state_of.iter().flatten().count() == self.states();
        if one_to_one && forward | backward == 0 {
            return Ok(self.groups(own));
        }
        let mut pairs = Vec::new();
        for (c, state) in (0u32..).zip(&self.state_of) {
            let Some(from) = state else { continue };
            for_each_subset(own, |part| {
                let to = c & !own | part;
                let allowed = forward & c & !to == 0 && backward & !c & to == 0;
                if let (true, Some(state)) = (allowed, self.state_of[to as usize])
                    && state != *from
                {
                    pairs.push((*from, state));
                }
            });
            limit("moves", pairs.len(), super::MOST_MOVES / 2)?;
        }
        lists(self.states(), pairs)
    }

    fn mask(&self, wanted: impl Fn(&Choice) -> bool) -> u32 {
        let bits = self
            .options
            .list
            .iter()
            .enumerate()
            .filter(|(_, o)| wanted(o));
        bits.fold(0, |mask, (k, _)| mask | 1 << k)
    }

    /// States that differ only in the player's own options form a group.
    fn groups(&self, own: u32) -> Moves {
        let mut number = vec![u32::MAX; self.state_of.len()];
        let mut next = 0;
        let group = self.combinations.iter().map(|c| {
            let slot = &mut number[(c & !own) as usize];
            if *slot == u32::MAX {
                *slot = next;
                next += 1;
            }
            *slot
        });
        Moves::groups(group.collect())
    }
}

/// All subsets of the bits of `mask`.
fn for_each_subset(mask: u32, mut f: impl FnMut(u32)) {
    let mut part = 0u32;
    loop {
        f(part);
        part = part.wrapping_sub(mask) & mask;
        if part == 0 {
            break;
        }
    }
}
