//! From a tree to its reduced normal form, and back to behaviour.

use super::{Behaviour, ExtensiveForm, Node};
use crate::normal_form::{NormalForm, Player, Profile};
use crate::{Error, Result};

/// Plans per player at most.
const MOST_PLANS: usize = 4_096;
/// Node visits to fill the payoff table at most.
const MOST_WORK: usize = 400_000_000;

/// A reduced normal form and what its strategies mean.
#[derive(Clone, Debug)]
pub struct Reduced {
    /// The game in normal form.
    pub game: NormalForm,
    /// Per player and strategy: the action at each information set of the tree, `None`
    /// where the set is another's or cannot be reached under the strategy itself.
    pub plans: Vec<Vec<Plan>>,
}

/// One pure plan: an action for each information set that it can reach.
pub type Plan = Vec<Option<usize>>;

/// The reduced normal form: plans that differ only where they cannot be reached are one
/// strategy (Kuhn 1953).
///
/// # Errors
/// More than 4096 plans of a player, or a table too large to fill.
pub fn reduced_normal_form(tree: &ExtensiveForm) -> Result<Reduced> {
    let plans: Vec<Vec<Plan>> = (0..tree.players.len())
        .map(|p| plans(tree, p))
        .collect::<Result<_>>()?;
    let count = crate::normal_form::profiles(plans.iter().map(Vec::len))?;
    let work = count.saturating_mul(tree.nodes.len());
    if work > MOST_WORK {
        return Err(Error::TooLarge {
            what: "steps to fill the normal form",
            found: work,
            most: MOST_WORK,
        });
    }
    let mut payoffs = Vec::with_capacity(count * plans.len());
    for number in 0..count {
        payoffs.extend(payoffs_of(tree, &plans, number));
    }
    let players = tree.players.iter().zip(&plans).map(|(name, list)| Player {
        name: name.clone(),
        strategies: list.iter().map(|plan| name_of(tree, plan)).collect(),
    });
    Ok(Reduced {
        game: NormalForm::new(tree.title.clone(), players.collect(), payoffs)?,
        plans,
    })
}

/// All plans of a player, in the order of actions.
fn plans(tree: &ExtensiveForm, player: usize) -> Result<Vec<Plan>> {
    let mut done: Vec<Plan> = Vec::new();
    let mut open: Vec<Plan> = vec![vec![None; tree.sets.len()]];
    while let Some(plan) = open.pop() {
        match first_open(tree, player, &plan) {
            None => done.push(plan),
            Some(set) => {
                for action in (0..tree.sets[set].actions.len()).rev() {
                    let mut longer = plan.clone();
                    longer[set] = Some(action);
                    open.push(longer);
                }
            }
        }
        if done.len() + open.len() > MOST_PLANS {
            return Err(Error::TooLarge {
                what: "plans of one player",
                found: done.len() + open.len(),
                most: MOST_PLANS,
            });
        }
    }
    Ok(done)
}

/// The first set of `player` that the plan reaches and says nothing about.
fn first_open(tree: &ExtensiveForm, player: usize, plan: &Plan) -> Option<usize> {
    let mut waiting = vec![0];
    while let Some(k) = waiting.pop() {
        match &tree.nodes[k] {
            Node::Decision { set, next } if tree.sets[*set].player == player => match plan[*set] {
                None => return Some(*set),
                Some(action) => waiting.push(next[action]),
            },
            node => {
                let from = waiting.len();
                waiting.extend(node.next());
                waiting[from..].reverse();
            }
        }
    }
    None
}

fn payoffs_of(tree: &ExtensiveForm, plans: &[Vec<Plan>], mut number: usize) -> Vec<f64> {
    let mut behaviour: Vec<Option<usize>> = vec![None; tree.sets.len()];
    for list in plans {
        let plan = &list[number % list.len()];
        number /= list.len();
        for (to, from) in behaviour.iter_mut().zip(plan) {
            *to = to.or(*from);
        }
    }
    let mut sum = vec![0.0; tree.players.len()];
    let mut waiting = vec![(0, 1.0)];
    while let Some((k, chance)) = waiting.pop() {
        match &tree.nodes[k] {
            Node::End { payoffs } => {
                sum.iter_mut()
                    .zip(payoffs)
                    .for_each(|(s, p)| *s += chance * p);
            }
            Node::Chance { moves } => {
                waiting.extend(
                    moves
                        .iter()
                        .filter(|m| m.0 > 0.0)
                        .map(|(p, n)| (*n, chance * p)),
                );
            }
            Node::Decision { set, next } => {
                waiting.push((next[behaviour[*set].unwrap_or(0)], chance));
            }
        }
    }
    sum
}

fn name_of(tree: &ExtensiveForm, plan: &Plan) -> String {
    let word =
        |(set, action): (usize, &Option<usize>)| action.map(|a| tree.sets[set].actions[a].as_str());
    let words: Vec<&str> = plan.iter().enumerate().filter_map(word).collect();
    if words.is_empty() {
        "(nothing to choose)".to_owned()
    } else {
        words.join(", ")
    }
}

impl Reduced {
    /// The behaviour that a mixed profile amounts to (Kuhn 1953; perfect recall). At sets
    /// that a player's own mixture never reaches, all actions are equally likely.
    pub fn behaviour(&self, tree: &ExtensiveForm, profile: &Profile) -> Behaviour {
        let set = |(number, set): (usize, &super::InformationSet)| {
            let mut weight = vec![0.0; set.actions.len()];
            for (plan, p) in self.plans[set.player].iter().zip(&profile[set.player]) {
                if let Some(action) = plan[number] {
                    weight[action] += p;
                }
            }
            let total: f64 = weight.iter().sum();
            let even = 1.0 / weight.len() as f64;
            weight
                .iter()
                .map(|w| if total > 0.0 { w / total } else { even })
                .collect()
        };
        tree.sets.iter().enumerate().map(set).collect()
    }
}
