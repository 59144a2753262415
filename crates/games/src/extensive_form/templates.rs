//! Games that theories of crisis keep returning to, with payoffs as parameters.

use super::{ExtensiveForm, InformationSet, Node};
use crate::{NormalForm, Result};

/// Payoffs of the deterrence tree, (challenger, defender) each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Deterrence {
    /// The challenger leaves the status quo.
    pub status_quo: (f64, f64),
    /// The defender concedes to a threat.
    pub concede: (f64, f64),
    /// The challenger backs down before resistance.
    pub back_down: (f64, f64),
    /// Both fight.
    pub fight: (f64, f64),
}

impl Default for Deterrence {
    /// A challenger for whom fighting is better than backing down.
    fn default() -> Self {
        Self {
            status_quo: (0.0, 0.0),
            concede: (1.0, -1.0),
            back_down: (-0.5, 0.5),
            fight: (-0.25, -0.75),
        }
    }
}

/// The deterrence tree: threaten or not; concede or resist; back down or fight
/// (Zagare & Kilgour 2000; Signorino 1999).
///
/// # Errors
/// Payoffs that are not finite.
pub fn deterrence(payoffs: Deterrence) -> Result<ExtensiveForm> {
    let Deterrence {
        status_quo,
        concede,
        back_down,
        fight,
    } = payoffs;
    let sets = vec![
        set("first move", 0, ["StatusQuo", "Threat"]),
        set("reply", 1, ["Concede", "Resist"]),
        set("last move", 0, ["BackDown", "Fight"]),
    ];
    let nodes = vec![
        decision(0, [1, 2]),
        end(status_quo),
        decision(1, [3, 4]),
        end(concede),
        decision(2, [5, 6]),
        end(back_down),
        end(fight),
    ];
    let players = ["Challenger", "Defender"].map(str::to_owned).to_vec();
    ExtensiveForm::new("Deterrence", players, sets, nodes)
}

/// Parameters of crisis bargaining over a prize of 1 (Fearon 1995).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CrisisBargaining {
    /// Probability, in 0..=1, that the defender is resolute (its cost of war is low).
    pub resolute: f64,
    /// Probability that the challenger wins a war.
    pub wins: f64,
    /// The challenger's cost of war, in shares of the prize.
    pub challenger_cost: f64,
    /// A resolute defender's cost of war.
    pub low_cost: f64,
    /// An irresolute defender's cost of war.
    pub high_cost: f64,
    /// The small demand, a share of the prize.
    pub small_demand: f64,
    /// The large demand.
    pub large_demand: f64,
}

impl Default for CrisisBargaining {
    fn default() -> Self {
        Self {
            resolute: 0.5,
            wins: 0.5,
            challenger_cost: 0.2,
            low_cost: 0.1,
            high_cost: 0.4,
            small_demand: 0.55,
            large_demand: 0.85,
        }
    }
}

/// Crisis bargaining with incomplete information: chance settles the defender's resolve,
/// which the challenger does not see; the challenger demands little or much; the defender
/// accepts or fights. Large demands are the risk–return trade-off of Fearon 1995 (p. 394).
///
/// # Errors
/// Parameters that are not finite, or a probability outside 0..=1.
pub fn crisis_bargaining(p: CrisisBargaining) -> Result<ExtensiveForm> {
    let mut sets = vec![set("demand", 0, ["Small", "Large"])];
    let mut nodes = vec![Node::Chance {
        moves: vec![(p.resolute, 1), (1.0 - p.resolute, 8)],
    }];
    for (type_name, cost) in [("resolute", p.low_cost), ("irresolute", p.high_cost)] {
        let base = nodes.len();
        nodes.push(decision(0, [base + 1, base + 4]));
        for (demand, share) in [("small", p.small_demand), ("large", p.large_demand)] {
            let here = nodes.len();
            nodes.push(decision(sets.len(), [here + 1, here + 2]));
            nodes.push(end((share, 1.0 - share)));
            nodes.push(end((p.wins - p.challenger_cost, 1.0 - p.wins - cost)));
            sets.push(set(
                &format!("{type_name}, {demand} demand"),
                1,
                ["Accept", "Fight"],
            ));
        }
    }
    let players = ["Challenger", "Defender"].map(str::to_owned).to_vec();
    ExtensiveForm::new("Crisis bargaining", players, sets, nodes)
}

/// A symmetric 2×2 game from temptation, reward, punishment and sucker's payoff.
///
/// # Errors
/// Payoffs that are not finite.
pub fn symmetric(title: &str, names: [&str; 2], [t, r, p, s]: [f64; 4]) -> Result<NormalForm> {
    let player = |name: &str| crate::normal_form::Player {
        name: name.to_owned(),
        strategies: names.map(str::to_owned).to_vec(),
    };
    let payoffs = vec![r, r, t, s, s, t, p, p];
    NormalForm::new(title, vec![player("Row"), player("Column")], payoffs)
}

/// Chicken: temptation over reward over sucker over punishment; 4, 3, 1, 2 by default.
pub const CHICKEN: [f64; 4] = [4.0, 3.0, 1.0, 2.0];
/// Assurance (stag hunt): reward over temptation over punishment over sucker.
pub const ASSURANCE: [f64; 4] = [3.0, 4.0, 2.0, 0.0];
/// The prisoner's dilemma: temptation over reward over punishment over sucker.
pub const PRISONERS_DILEMMA: [f64; 4] = [5.0, 3.0, 1.0, 0.0];

fn set(name: &str, player: usize, actions: [&str; 2]) -> InformationSet {
    InformationSet {
        name: name.to_owned(),
        player,
        actions: actions.map(str::to_owned).to_vec(),
    }
}

fn decision(set: usize, next: [usize; 2]) -> Node {
    Node::Decision {
        set,
        next: next.to_vec(),
    }
}

fn end((a, b): (f64, f64)) -> Node {
    Node::End {
        payoffs: vec![a, b],
    }
}
