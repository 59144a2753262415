//! Games in extensive form: trees with chance moves and information sets.

mod reduce;
mod subgame;
pub mod templates;

pub use reduce::{Reduced, reduced_normal_form};
pub use subgame::{Solution, Subgames, subgame_perfect};

use crate::{Error, Result};

/// More nodes than this are refused.
pub const MOST_NODES: usize = 2_000_000;

/// What happens at a node.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Chance moves with the probabilities given, which sum to 1.
    Chance {
        /// Probability and next node of each move.
        moves: Vec<(f64, usize)>,
    },
    /// A player moves.
    Decision {
        /// Number of the information set in [`ExtensiveForm::sets`].
        set: usize,
        /// The next node of each action.
        next: Vec<usize>,
    },
    /// Play ends.
    End {
        /// One payoff per player.
        payoffs: Vec<f64>,
    },
}

impl Node {
    /// The nodes that follow.
    pub fn next(&self) -> impl Iterator<Item = usize> + '_ {
        let (moves, next): (&[(f64, usize)], &[usize]) = match self {
            Node::Chance { moves } => (moves, &[]),
            Node::Decision { next, .. } => (&[], next),
            Node::End { .. } => (&[], &[]),
        };
        moves.iter().map(|m| m.1).chain(next.iter().copied())
    }
}

/// Nodes among which the player to move cannot tell.
#[derive(Clone, Debug, PartialEq)]
pub struct InformationSet {
    /// A name; may be empty.
    pub name: String,
    /// Who moves.
    pub player: usize,
    /// Names of the actions, at least one.
    pub actions: Vec<String>,
}

/// A finite game in extensive form. Node 0 is the root; every node comes after the one
/// before it in play, so that a pass from the last node to the first sees all successors
/// of a node before the node itself.
#[derive(Clone, Debug, PartialEq)]
pub struct ExtensiveForm {
    title: String,
    players: Vec<String>,
    sets: Vec<InformationSet>,
    nodes: Vec<Node>,
    members: Vec<Vec<usize>>,
}

/// Behaviour: for every information set the probability of each action.
pub type Behaviour = Vec<Vec<f64>>;

impl ExtensiveForm {
    /// Checks and builds a game.
    ///
    /// # Errors
    /// No players or nodes; a node that is not the successor of exactly one earlier node;
    /// numbers of players, sets or actions that do not fit; chance probabilities that are
    /// negative or do not sum to 1 within 1e-9; payoffs that are not finite.
    pub fn new(
        title: impl Into<String>,
        players: Vec<String>,
        sets: Vec<InformationSet>,
        nodes: Vec<Node>,
    ) -> Result<Self> {
        check(&players, &sets, &nodes)?;
        let mut members = vec![Vec::new(); sets.len()];
        for (k, node) in nodes.iter().enumerate() {
            if let Node::Decision { set, .. } = node {
                members[*set].push(k);
            }
        }
        Ok(Self {
            title: title.into(),
            players,
            sets,
            nodes,
            members,
        })
    }

    /// The game's title; may be empty.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Names of the players.
    pub fn players(&self) -> &[String] {
        &self.players
    }

    /// The information sets.
    pub fn sets(&self) -> &[InformationSet] {
        &self.sets
    }

    /// The nodes.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The nodes of an information set.
    pub fn members(&self, set: usize) -> &[usize] {
        &self.members[set]
    }

    /// Whether every information set holds at most one node.
    pub fn has_perfect_information(&self) -> bool {
        self.members.iter().all(|m| m.len() < 2)
    }

    /// Payoffs expected at every node under a behaviour: node by node, player by player.
    pub fn values(&self, behaviour: &[Vec<f64>]) -> Vec<f64> {
        let n = self.players.len();
        let mut values = vec![0.0; n * self.nodes.len()];
        for (k, node) in self.nodes.iter().enumerate().rev() {
            let (before, after) = values.split_at_mut((k + 1) * n);
            let here = &mut before[k * n..];
            let mut add = |chance: f64, next: usize| {
                let there = &after[(next - k - 1) * n..(next - k) * n];
                here.iter_mut()
                    .zip(there)
                    .for_each(|(h, t)| *h += chance * t);
            };
            match node {
                Node::End { payoffs } => here.copy_from_slice(payoffs),
                Node::Chance { moves } => moves.iter().for_each(|(p, next)| add(*p, *next)),
                Node::Decision { set, next } => {
                    let chances = behaviour[*set].iter().zip(next);
                    chances.for_each(|(p, next)| add(*p, *next));
                }
            }
        }
        values
    }

    /// The largest gain that any player could make over the whole game by another plan.
    ///
    /// Exact under perfect recall, where a best plan can be found set by set from the
    /// last one.
    pub fn regret(&self, behaviour: &[Vec<f64>]) -> f64 {
        let values = self.values(behaviour);
        let gain = |p: usize| self.best_reply(p, behaviour) - values[p];
        (0..self.players.len()).map(gain).fold(0.0, f64::max)
    }

    /// What `player` could earn at most against the others' behaviour.
    fn best_reply(&self, player: usize, behaviour: &[Vec<f64>]) -> f64 {
        let reach = self.reach(behaviour, Some(player));
        let mut plan = behaviour.to_vec();
        for set in self
            .sets_from_last()
            .into_iter()
            .filter(|s| self.sets[*s].player == player)
        {
            let values = self.values(&plan);
            let worth = |action: usize| -> f64 {
                let at = |&k: &usize| reach[k] * self.value_after(k, action, player, &values);
                self.members[set].iter().map(at).sum()
            };
            let count = self.sets[set].actions.len();
            let best = (0..count)
                .max_by(|&a, &b| worth(a).total_cmp(&worth(b)))
                .unwrap_or(0);
            plan[set] = (0..count)
                .map(|a| if a == best { 1.0 } else { 0.0 })
                .collect();
        }
        self.values(&plan)[player]
    }

    fn value_after(&self, node: usize, action: usize, player: usize, values: &[f64]) -> f64 {
        match &self.nodes[node] {
            Node::Decision { next, .. } => values[next[action] * self.players.len() + player],
            _ => 0.0,
        }
    }

    /// Information sets, those whose last node comes last first.
    fn sets_from_last(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.sets.len()).collect();
        let depth = self.depths();
        let deepest = |s: &usize| {
            self.members[*s]
                .iter()
                .map(|k| depth[*k])
                .max()
                .unwrap_or(0)
        };
        order.sort_by_key(|s| std::cmp::Reverse(deepest(s)));
        order
    }

    fn depths(&self) -> Vec<usize> {
        let mut depth = vec![0; self.nodes.len()];
        for (k, node) in self.nodes.iter().enumerate() {
            for next in node.next() {
                depth[next] = depth[k] + 1;
            }
        }
        depth
    }

    /// Probability that play reaches each node; `without` leaves out that player's own
    /// choices.
    pub fn reach(&self, behaviour: &[Vec<f64>], without: Option<usize>) -> Vec<f64> {
        let mut reach = vec![1.0; self.nodes.len()];
        for (k, node) in self.nodes.iter().enumerate() {
            match node {
                Node::End { .. } => {}
                Node::Chance { moves } => moves.iter().for_each(|(p, n)| reach[*n] = reach[k] * p),
                Node::Decision { set, next } => {
                    let free = without == Some(self.sets[*set].player);
                    for (p, n) in behaviour[*set].iter().zip(next) {
                        reach[*n] = if free { reach[k] } else { reach[k] * p };
                    }
                }
            }
        }
        reach
    }

    /// Whether every player always remembers what it knew and did.
    pub fn has_perfect_recall(&self) -> bool {
        let players = self.players.len();
        // The last own set and action on the way to each node, per player.
        let mut last: Vec<Vec<Option<(usize, usize)>>> = vec![Vec::new(); self.nodes.len()];
        last[0] = vec![None; players];
        let mut known: Vec<Option<Option<(usize, usize)>>> = vec![None; self.sets.len()];
        for (k, node) in self.nodes.iter().enumerate() {
            let here = std::mem::take(&mut last[k]);
            if let Node::Decision { set, next } = node {
                let player = self.sets[*set].player;
                if *known[*set].get_or_insert(here[player]) != here[player] {
                    return false;
                }
                for (action, n) in next.iter().enumerate() {
                    last[*n] = here.clone();
                    last[*n][player] = Some((*set, action));
                }
            } else {
                node.next().for_each(|n| last[n] = here.clone());
            }
        }
        true
    }
}

fn check(players: &[String], sets: &[InformationSet], nodes: &[Node]) -> Result<()> {
    if players.is_empty() {
        return Err(Error::Empty { what: "players" });
    }
    if nodes.is_empty() {
        return Err(Error::Empty { what: "nodes" });
    }
    if nodes.len() > MOST_NODES {
        return Err(Error::TooLarge {
            what: "nodes",
            found: nodes.len(),
            most: MOST_NODES,
        });
    }
    if let Some(k) = sets
        .iter()
        .position(|s| s.player >= players.len() || s.actions.is_empty())
    {
        let text = format!(
            "information set number {} has no actions or no player",
            k + 1
        );
        return Err(Error::Structure(text));
    }
    let mut entered = vec![0usize; nodes.len()];
    for (k, node) in nodes.iter().enumerate() {
        check_node(players.len(), sets, k, node)?;
        for next in node.next() {
            if next <= k || next >= nodes.len() {
                let text = format!("node number {} leads to no later node", k + 1);
                return Err(Error::Structure(text));
            }
            entered[next] += 1;
        }
    }
    match entered.iter().skip(1).position(|n| *n != 1) {
        None => Ok(()),
        Some(k) => Err(Error::Structure(format!(
            "node number {} does not follow exactly one other node",
            k + 2
        ))),
    }
}

fn check_node(players: usize, sets: &[InformationSet], k: usize, node: &Node) -> Result<()> {
    match node {
        Node::End { payoffs } => {
            crate::error::length("payoffs at an end", players, payoffs.len())?;
            crate::error::finite("the payoff at an end", payoffs)
        }
        Node::Chance { moves } => {
            let chances: Vec<f64> = moves.iter().map(|m| m.0).collect();
            crate::error::not_negative("the probability of a chance move", &chances)?;
            let sum: f64 = chances.iter().sum();
            if (sum - 1.0).abs() <= 1e-9 {
                return Ok(());
            }
            let text = format!(
                "the probabilities of the chance move at node {} sum to {sum}",
                k + 1
            );
            Err(Error::Structure(text))
        }
        Node::Decision { set, next } => match sets.get(*set) {
            Some(s) if s.actions.len() == next.len() => Ok(()),
            _ => Err(Error::Structure(format!(
                "node number {} does not fit its information set",
                k + 1
            ))),
        },
    }
}
