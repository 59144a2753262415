//! The rational actor who reckons with the other side: a game, solved.
//!
//! Logit quantal response in the agent form of the game that the case states (McKelvey &
//! Palfrey 1995, 1998), as in strategic models of deterrence (Signorino 1999); the
//! subgame-perfect equilibrium (Selten 1965) stands beside it as its limit.

use crate::choice::{first, logit, signed, strongest_first, tremble, two};
use crate::parameters::{TREMBLE, with_values};
use raison_core::{
    About, Abstention, Check, Draw, Exhibit, Game, GameAct, Judgement, Lens, Num, Parameter,
    Prepared, Question, Reason,
};
use raison_games::extensive_form::{ExtensiveForm, InformationSet, Node, subgame_perfect};
use raison_games::quantal::agent_quantal_response;

/// What the lens claims.
pub static ABOUT: About = About {
    title: "Strategic actor",
    aliases: &["rational:strategic", "game"],
    claim: "The state acts as one and reckons with how the other side will answer, which reckons in turn.",
    citations: &["Signorino 1999", "McKelvey & Palfrey 1998", "Selten 1965"],
    traces: crate::rational::ABOUT.traces,
};

/// The lens.
pub struct Strategic {
    parameters: Vec<Parameter>,
}

impl Default for Strategic {
    fn default() -> Self {
        let precision = Parameter {
            id: "precision",
            value: 10.0,
            low: 0.0,
            high: 200.0,
            meaning: "logit precision of every player per unit of payoff; assumed 10, as in the rational lens",
        };
        Strategic {
            parameters: vec![precision, TREMBLE],
        }
    }
}

impl Lens for Strategic {
    fn id(&self) -> &'static str {
        "strategic"
    }

    fn stem(&self) -> &'static str {
        "rational"
    }

    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.parameters.clone()
    }

    fn with_parameters(&self, values: &[f64]) -> Box<dyn Lens> {
        Box::new(Strategic {
            parameters: with_values(&self.parameters, values),
        })
    }

    fn prepare<'q>(&self, question: &'q Question) -> Result<Box<dyn Prepared + 'q>, Abstention> {
        let help = "add `[game]` with `[[game.nodes]]`; the root's moves name alternatives";
        let Some(game) = &question.situation.game else {
            return Err(Abstention::new("the case states no game", help));
        };
        let ready = Ready {
            question,
            game,
            sets: sets(game),
            precision: self.parameters[0].value,
            tremble: self.parameters[1].value,
        };
        if ready.root().is_empty() {
            return Err(Abstention::new(
                "no move at the root of the game is an alternative",
                help,
            ));
        }
        let central = question.inputs.central();
        let solved = ready
            .tree(Draw(&central))
            .and_then(|t| agent_quantal_response(&t, ready.precision).ok());
        match solved {
            Some(_) => Ok(Box::new(ready)),
            None => Err(Abstention::new(
                "the game cannot be solved at this precision",
                "see `raison solve game`",
            )),
        }
    }
}

/// Information sets: for each, its player and actions; for each node, its set.
struct Sets {
    list: Vec<InformationSet>,
    of_node: Vec<Option<usize>>,
}

fn sets(game: &Game) -> Sets {
    let mut list: Vec<InformationSet> = Vec::new();
    let mut names: Vec<Option<&str>> = Vec::new();
    let of_node =
        game.nodes
            .iter()
            .map(|node| {
                let GameAct::Move {
                    player,
                    information,
                    moves,
                } = &node.act
                else {
                    return None;
                };
                let same = |n: &Option<&str>| n.is_some() && *n == information.as_deref();
                let found = names.iter().position(same).filter(|i| {
                    list[*i].player == *player && list[*i].actions.len() == moves.len()
                });
                Some(found.unwrap_or_else(|| {
                    names.push(information.as_deref());
                    list.push(InformationSet {
                        name: node.id.clone(),
                        player: *player,
                        actions: moves.iter().map(|m| m.title.clone()).collect(),
                    });
                    list.len() - 1
                }))
            })
            .collect();
    Sets { list, of_node }
}

struct Ready<'q> {
    question: &'q Question,
    game: &'q Game,
    sets: Sets,
    precision: f64,
    tremble: f64,
}

impl Ready<'_> {
    /// Alternative of each move at the root, with the move's place.
    fn root(&self) -> Vec<(usize, usize)> {
        match self.game.nodes.first().map(|n| &n.act) {
            Some(GameAct::Move { moves, .. }) => moves
                .iter()
                .enumerate()
                .filter_map(|(i, m)| Some((i, m.alternative?)))
                .collect(),
            _ => Vec::new(),
        }
    }

    fn tree(&self, draw: Draw<'_>) -> Option<ExtensiveForm> {
        let node = |(at, node): (usize, &raison_core::GameNode)| match &node.act {
            GameAct::Move { moves, .. } => Some(Node::Decision {
                set: self.sets.of_node[at]?,
                next: moves.iter().map(|m| m.to).collect(),
            }),
            GameAct::Chance { moves } => {
                let p =
                    crate::values::normalised(moves.iter().map(|(p, _)| draw.get(*p)).collect());
                Some(Node::Chance {
                    moves: p.into_iter().zip(moves.iter().map(|m| m.1)).collect(),
                })
            }
            GameAct::End { payoffs } => Some(Node::End {
                payoffs: payoffs.iter().map(|p| draw.get(*p)).collect(),
            }),
        };
        let nodes: Option<Vec<Node>> = self.game.nodes.iter().enumerate().map(node).collect();
        let players = self.game.players.clone();
        ExtensiveForm::new(
            self.game.title.clone(),
            players,
            self.sets.list.clone(),
            nodes?,
        )
        .ok()
    }

    /// How far the behaviour is from the fixed point of quantal response: the largest
    /// difference at any information set between what is played and the logit reply to
    /// it (McKelvey & Palfrey 1998), over the sets that play reaches.
    fn residual(&self, tree: &ExtensiveForm, behaviour: &[Vec<f64>]) -> f64 {
        let sets = 0..tree.sets().len();
        let apart = sets.filter_map(|set| {
            let mut reply = vec![0.0; behaviour[set].len()];
            let worth = self.worth_at(tree, behaviour, set)?;
            logit(&worth, self.precision, |_| true, &mut reply);
            let gaps = reply.iter().zip(&behaviour[set]);
            Some(gaps.map(|(r, b)| (r - b).abs()).fold(0.0, f64::max))
        });
        apart.fold(0.0, f64::max)
    }

    /// What each action of a set is worth to its player once play has reached the set.
    fn worth_at(
        &self,
        tree: &ExtensiveForm,
        behaviour: &[Vec<f64>],
        set: usize,
    ) -> Option<Vec<f64>> {
        let player = tree.sets()[set].player;
        let (values, reach) = (tree.values(behaviour), tree.reach(behaviour, Some(player)));
        let total: f64 = tree.members(set).iter().map(|k| reach[*k]).sum();
        let mut worth = vec![0.0; behaviour[set].len()];
        for k in tree.members(set) {
            let Node::Decision { next, .. } = &tree.nodes()[*k] else {
                continue;
            };
            for (w, to) in worth.iter_mut().zip(next) {
                *w += reach[*k] / total * values[to * tree.players().len() + player];
            }
        }
        (total > 0.0).then_some(worth)
    }

    /// Behaviour at the precision; chance play where the branch cannot be followed.
    fn behaviour(&self, tree: &ExtensiveForm) -> Vec<Vec<f64>> {
        let even = || {
            let mix = |s: &InformationSet| vec![1.0 / s.actions.len() as f64; s.actions.len()];
            tree.sets().iter().map(mix).collect()
        };
        agent_quantal_response(tree, self.precision)
            .ok()
            .and_then(|q| q.answers.into_iter().next())
            .map_or_else(even, |(behaviour, _)| behaviour)
    }

    fn onto(&self, behaviour: &[Vec<f64>], out: &mut [f64]) {
        out.fill(0.0);
        let moves = self.root();
        if let Some(root) = self.sets.of_node[0] {
            moves
                .iter()
                .for_each(|(m, a)| out[*a] += behaviour[root][*m]);
        }
        let sum: f64 = out.iter().sum();
        if sum > 0.0 {
            out.iter_mut().for_each(|p| *p /= sum);
        }
        tremble(out, self.tremble, |_| true);
    }

    /// Payoffs at the ends below a node.
    fn ends(&self, from: usize) -> Vec<Num> {
        match &self.game.nodes[from].act {
            GameAct::End { payoffs } => payoffs.clone(),
            GameAct::Chance { moves } => moves.iter().flat_map(|m| self.ends(m.1)).collect(),
            GameAct::Move { moves, .. } => moves.iter().flat_map(|m| self.ends(m.to)).collect(),
        }
    }

    fn reasons(&self, tree: &ExtensiveForm, behaviour: &[Vec<f64>]) -> Vec<Reason> {
        let values = tree.values(behaviour);
        let players = self.game.players.len();
        let Some(GameAct::Move { player, moves, .. }) = self.game.nodes.first().map(|n| &n.act)
        else {
            return Vec::new();
        };
        let worth = |to: usize| values[to * players + player];
        let mut out: Vec<Reason> = moves
            .iter()
            .map(|m| {
                let answer = self.answer(m.to, behaviour);
                let text = format!(
                    "“{}” is worth {} to {}{answer}",
                    m.title,
                    signed(worth(m.to)),
                    self.game.players[*player]
                );
                // How much it gains over, or falls behind, the best of the others.
                let others = moves.iter().filter(|o| o.to != m.to);
                let rival = others
                    .map(|o| worth(o.to))
                    .fold(f64::NEG_INFINITY, f64::max);
                let gain = worth(m.to) - rival;
                Reason::new(text, if gain.is_finite() { gain } else { 0.0 }).on_all(self.ends(m.to))
            })
            .collect();
        strongest_first(&mut out);
        out
    }

    fn answer(&self, at: usize, behaviour: &[Vec<f64>]) -> String {
        let (Some(set), GameAct::Move { player, moves, .. }) =
            (self.sets.of_node[at], &self.game.nodes[at].act)
        else {
            return String::new();
        };
        let first = first(&behaviour[set]);
        format!(
            ", as {} will most likely answer “{}” ({})",
            self.game.players[*player],
            moves[first].title,
            two(behaviour[set][first])
        )
    }

    fn exhibit(&self, tree: &ExtensiveForm, behaviour: &[Vec<f64>]) -> Exhibit {
        let perfect = subgame_perfect(tree)
            .ok()
            .and_then(|s| s.solutions.into_iter().next());
        let mut rows = Vec::new();
        for (i, set) in tree.sets().iter().enumerate() {
            for (j, action) in set.actions.iter().enumerate() {
                let limit = perfect
                    .as_ref()
                    .map_or("–".to_owned(), |s| two(s.behaviour[i][j]));
                rows.push(vec![
                    set.name.clone(),
                    tree.players()[set.player].clone(),
                    action.clone(),
                    two(behaviour[i][j]),
                    limit,
                ]);
            }
        }
        let regret = perfect.as_ref().map_or(f64::NAN, |s| s.regret);
        Exhibit::Table {
            title: format!("The game “{}”, solved", self.game.title),
            columns: ["at", "moves", "move", "quantal response", "subgame perfect"]
                .map(String::from)
                .to_vec(),
            rows,
            note: format!(
                "quantal response at precision {}; the subgame-perfect equilibrium is its limit without error, regret {regret:.1e}",
                self.precision
            ),
        }
    }
}

impl Prepared for Ready<'_> {
    fn probabilities(&self, draw: Draw<'_>, out: &mut [f64]) {
        match self.tree(draw) {
            Some(tree) => self.onto(&self.behaviour(&tree), out),
            None => out.fill(1.0 / out.len() as f64),
        }
    }

    fn judge(&self, draw: Draw<'_>) -> Judgement {
        let mut probabilities = vec![0.0; self.question.situation.alternatives.len()];
        self.probabilities(draw, &mut probabilities);
        let Some(tree) = self.tree(draw) else {
            let why = Reason::new("the game cannot be built at these values", 0.0).field("game");
            let check = Check {
                name: "residual",
                value: f64::INFINITY,
                tolerance: 0.0,
                meaning: "the game cannot be built at these values".to_owned(),
            };
            return Judgement {
                probabilities,
                reasons: vec![why],
                check,
                exhibits: Vec::new(),
            };
        };
        let behaviour = self.behaviour(&tree);
        let table = self.exhibit(&tree, &behaviour);
        Judgement {
            reasons: self.reasons(&tree, &behaviour),
            check: Check {
                name: "residual",
                value: self.residual(&tree, &behaviour),
                tolerance: 1e-9,
                meaning: "how far any player's behaviour is from the quantal response to the others' at this precision".to_owned(),
            },
            exhibits: vec![table],
            probabilities,
        }
    }
}
