//! A game that the case states: a tree of moves, or a matrix as a tree whose second
//! mover cannot tell what the first one did.

use crate::inputs::Num;

/// A finite game in extensive form with payoffs as inputs. Node 0 is the root; every
/// node comes after the one before it in play.
#[derive(Clone, Debug)]
pub struct Game {
    /// Short title.
    pub title: String,
    /// Players; the decider first.
    pub players: Vec<String>,
    /// Nodes.
    pub nodes: Vec<GameNode>,
}

/// One node.
#[derive(Clone, Debug)]
pub struct GameNode {
    /// Id, unique in its game.
    pub id: String,
    /// What happens there.
    pub act: GameAct,
}

/// What happens at a node.
#[derive(Clone, Debug)]
pub enum GameAct {
    /// A player moves.
    Move {
        /// Index of the player.
        player: usize,
        /// Nodes with the same word cannot be told apart.
        information: Option<String>,
        /// What the player can do.
        moves: Vec<GameMove>,
    },
    /// Chance moves; probabilities are normalised in every draw.
    Chance {
        /// Probability and node of each move.
        moves: Vec<(Num, usize)>,
    },
    /// Play ends with a payoff for each player, -1..1.
    End {
        /// Payoffs in the order of the players.
        payoffs: Vec<Num>,
    },
}

/// One move.
#[derive(Clone, Debug)]
pub struct GameMove {
    /// Short title.
    pub title: String,
    /// Index of the node that follows.
    pub to: usize,
    /// The alternative that the move is, where it is the decider's choice at the root.
    pub alternative: Option<usize>,
}
