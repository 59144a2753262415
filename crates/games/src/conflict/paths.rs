//! How a conflict gets from one state to another, and what coalitions could do.

use super::Conflict;
use std::collections::VecDeque;

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Who moves.
    pub player: usize,
    /// From where.
    pub from: usize,
    /// To where.
    pub to: usize,
    /// Whether the mover is better off at once.
    pub improves: bool,
}

/// A shortest path from `start` to `goal` in which every step improves the mover's
/// position; where there is none, a shortest path of any moves.
pub fn path(conflict: &Conflict, start: usize, goal: usize) -> Option<Vec<Step>> {
    search(conflict, start, goal, true).or_else(|| search(conflict, start, goal, false))
}

fn search(conflict: &Conflict, start: usize, goal: usize, improving: bool) -> Option<Vec<Step>> {
    let mut came: Vec<Option<Step>> = vec![None; conflict.states()];
    let mut waiting = VecDeque::from([start]);
    while let Some(at) = waiting.pop_front() {
        if at == goal {
            return Some(trace(&came, start, goal));
        }
        for player in 0..conflict.players().len() {
            let ranks = conflict.ranks(player);
            for to in conflict.reachable(player, at) {
                let improves = ranks[to] > ranks[at];
                if to == start || came[to].is_some() || improving && !improves {
                    continue;
                }
                came[to] = Some(Step {
                    player,
                    from: at,
                    to,
                    improves,
                });
                waiting.push_back(to);
            }
        }
    }
    None
}

fn trace(came: &[Option<Step>], start: usize, goal: usize) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut at = goal;
    while at != start {
        let Some(step) = came[at] else { break };
        steps.push(step);
        at = step.from;
    }
    steps.reverse();
    steps
}

/// What a coalition could bring about together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoalitionMove {
    /// Its members.
    pub members: Vec<usize>,
    /// States that its members can reach by moving in turn and that all of them prefer.
    pub targets: Vec<usize>,
}

/// The improvements of every coalition of two or more from `state`; coalitions without
/// one are left out. At most eight players are combined.
///
/// Source: Kilgour, Hipel, Fang & Peng 2001.
pub fn coalition_moves(conflict: &Conflict, state: usize) -> Vec<CoalitionMove> {
    let n = conflict.players().len();
    if n > 8 {
        return Vec::new();
    }
    let sets = (1usize..1 << n).filter(|set| set.count_ones() > 1);
    let members = |set: usize| {
        (0..n)
            .filter(move |p| set >> p & 1 == 1)
            .collect::<Vec<_>>()
    };
    let moves = sets.map(members).map(|members| CoalitionMove {
        targets: joint(conflict, state, &members),
        members,
    });
    moves.filter(|m| !m.targets.is_empty()).collect()
}

/// States reached by the members in turn, nobody moving twice running, that all prefer.
fn joint(conflict: &Conflict, state: usize, members: &[usize]) -> Vec<usize> {
    let mut seen = vec![0u8; conflict.states()];
    let mut waiting = vec![(state, usize::MAX)];
    while let Some((at, last)) = waiting.pop() {
        for (bit, &player) in members.iter().enumerate().filter(|(_, p)| **p != last) {
            for to in conflict.reachable(player, at) {
                if seen[to] >> bit & 1 == 0 {
                    seen[to] |= 1 << bit;
                    waiting.push((to, player));
                }
            }
        }
    }
    let better = |t: &usize| {
        members
            .iter()
            .all(|p| conflict.ranks(*p)[*t] > conflict.ranks(*p)[state])
    };
    (0..conflict.states())
        .filter(|t| seen[*t] != 0)
        .filter(better)
        .collect()
}
