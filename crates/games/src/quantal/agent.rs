//! Quantal response in the agent form of a tree: every information set chooses for itself.

use super::branch::{Branch, Quantal, Response, follow};
use super::strategic::soft;
use crate::extensive_form::{Behaviour, ExtensiveForm, Node};
use crate::{Error, Result};

/// The agent logit quantal response equilibria of a tree at precision `lambda`.
///
/// An action's payoff is what its player expects after it, given that play has reached
/// the information set. With perfect information the answer is unique and follows
/// exactly by backward recursion; otherwise the principal branch is followed as in
/// [`quantal_response`](super::quantal_response).
///
/// Source: McKelvey & Palfrey 1998.
///
/// # Errors
/// A `lambda` that is negative or not finite; a branch that cannot be followed so far; a
/// set where a player meets itself again without having moved elsewhere (absent-mindedness).
pub fn agent_quantal_response(tree: &ExtensiveForm, lambda: f64) -> Result<Quantal<Behaviour>> {
    let mut agents = Agents::new(tree);
    if tree.has_perfect_information() && lambda.is_finite() && lambda >= 0.0 {
        return Ok(agents.recursion(lambda));
    }
    if !tree.has_perfect_recall() {
        let text = "a player forgets what it knew or did (imperfect recall), so beliefs at its \
                    information sets are not defined";
        return Err(Error::Structure(text.to_owned()));
    }
    let branches = follow(&mut agents, lambda)?;
    let bifurcations = branches
        .first()
        .map(|b| b.passed.iter().map(|p| p.0).collect())
        .unwrap_or_default();
    let answers = branches
        .into_iter()
        .map(|b| {
            agents.mix(&b.log_odds);
            (agents.behaviour.clone(), b)
        })
        .collect();
    Ok(Quantal {
        lambda,
        answers,
        bifurcations,
    })
}

struct Agents<'a> {
    tree: &'a ExtensiveForm,
    offsets: Vec<usize>,
    behaviour: Behaviour,
}

impl<'a> Agents<'a> {
    fn new(tree: &'a ExtensiveForm) -> Self {
        let mut offsets = vec![0];
        for set in tree.sets() {
            offsets.push(offsets[offsets.len() - 1] + set.actions.len() - 1);
        }
        let behaviour = tree
            .sets()
            .iter()
            .map(|s| vec![0.0; s.actions.len()])
            .collect();
        Self {
            tree,
            offsets,
            behaviour,
        }
    }

    fn mix(&mut self, z: &[f64]) {
        for (set, mix) in self.behaviour.iter_mut().enumerate() {
            soft(&z[self.offsets[set]..self.offsets[set + 1]], mix);
        }
    }

    /// Solves the nodes from the last to the first.
    fn recursion(&mut self, lambda: f64) -> Quantal<Behaviour> {
        let tree = self.tree;
        let n = tree.players().len();
        let mut z = vec![0.0; self.size()];
        let mut values = vec![0.0; n * tree.nodes().len()];
        for (k, node) in tree.nodes().iter().enumerate().rev() {
            let mut here = vec![0.0; n];
            let mut add = |chance: f64, next: usize| {
                for (p, h) in here.iter_mut().enumerate() {
                    *h += chance * values[next * n + p];
                }
            };
            match node {
                Node::End { payoffs } => here.copy_from_slice(payoffs),
                Node::Chance { moves } => moves.iter().for_each(|(p, next)| add(*p, *next)),
                Node::Decision { set, next } => {
                    let player = tree.sets()[*set].player;
                    let at = self.offsets[*set];
                    for (j, m) in next.iter().enumerate().skip(1) {
                        let gain = values[m * n + player] - values[next[0] * n + player];
                        z[at + j - 1] = lambda * gain;
                    }
                    soft(&z[at..self.offsets[*set + 1]], &mut self.behaviour[*set]);
                    let mix = self.behaviour[*set].iter().zip(next);
                    mix.for_each(|(p, next)| add(*p, *next));
                }
            }
            values[k * n..(k + 1) * n].copy_from_slice(&here);
        }
        let residual = self.residual(&z, lambda);
        let branch = Branch {
            log_odds: z,
            passed: Vec::new(),
            residual,
        };
        Quantal {
            lambda,
            answers: vec![(self.behaviour.clone(), branch)],
            bifurcations: Vec::new(),
        }
    }

    fn residual(&mut self, z: &[f64], lambda: f64) -> f64 {
        let mut gains = vec![0.0; z.len()];
        self.gains(z, &mut gains);
        let size = z.iter().fold(1.0f64, |m, v| m.max(v.abs()));
        let off = z.iter().zip(&gains).map(|(z, g)| (z - lambda * g).abs());
        off.fold(0.0, f64::max) / size
    }

    /// Logarithms of the probability that the others and chance let play reach each node.
    fn log_reach(&self, player: usize) -> Vec<f64> {
        let mut reach = vec![0.0; self.tree.nodes().len()];
        for (k, node) in self.tree.nodes().iter().enumerate() {
            match node {
                Node::End { .. } => {}
                Node::Chance { moves } => {
                    moves
                        .iter()
                        .for_each(|(p, n)| reach[*n] = reach[k] + p.ln());
                }
                Node::Decision { set, next } => {
                    let own = self.tree.sets()[*set].player == player;
                    for (p, n) in self.behaviour[*set].iter().zip(next) {
                        reach[*n] = reach[k] + if own { 0.0 } else { p.ln() };
                    }
                }
            }
        }
        reach
    }
}

impl Response for Agents<'_> {
    fn size(&self) -> usize {
        self.offsets[self.tree.sets().len()]
    }

    fn gains(&mut self, z: &[f64], gains: &mut [f64]) {
        self.mix(z);
        let n = self.tree.players().len();
        let values = self.tree.values(&self.behaviour);
        let reaches: Vec<Vec<f64>> = (0..n).map(|p| self.log_reach(p)).collect();
        for (set, info) in self.tree.sets().iter().enumerate() {
            let members = self.tree.members(set);
            let reach = |k: &usize| reaches[info.player][*k];
            let top = members.iter().map(reach).fold(f64::NEG_INFINITY, f64::max);
            let belief = |k: &usize| {
                if top == f64::NEG_INFINITY {
                    1.0
                } else {
                    (reach(k) - top).exp()
                }
            };
            let total: f64 = members.iter().map(belief).sum();
            let after = |k: usize, action: usize| match &self.tree.nodes()[k] {
                Node::Decision { next, .. } => values[next[action] * n + info.player],
                _ => 0.0,
            };
            for action in 1..info.actions.len() {
                let sum: f64 = members
                    .iter()
                    .map(|k| belief(k) * (after(*k, action) - after(*k, 0)))
                    .sum();
                gains[self.offsets[set] + action - 1] = sum / total;
            }
        }
    }

    /// Central differences: the corrections only need a good direction, the residual that
    /// is checked in the end does not depend on them.
    fn slopes(&mut self, z: &[f64], gains: &mut [f64], slopes: &mut [f64]) {
        let n = z.len();
        let (mut up, mut down, mut at) = (vec![0.0; n], vec![0.0; n], z.to_vec());
        for c in 0..n {
            let h = 1e-6 * z[c].abs().max(1.0);
            at[c] = z[c] + h;
            self.gains(&at, &mut up);
            at[c] = z[c] - h;
            self.gains(&at, &mut down);
            at[c] = z[c];
            for r in 0..n {
                slopes[r * n + c] = (up[r] - down[r]) / (2.0 * h);
            }
        }
        self.gains(z, gains);
    }
}
