//! The leader's personality: beliefs, preferences, a game, a move.
//!
//! Operational-code indices (VICS; Walker, Schafer & Young 1998) give, by Walker's Theory
//! of Inferences about Preferences, an ordering of settle, dominate, submit and deadlock
//! for self (from I-1 and P-4a) and for the other side (from P-1 and P-4b = 1 − P-4a). The
//! resulting game is played by Brams's Theory of Moves (Brams 1994) from the present
//! state. The strategy found weighs the alternatives by where they lie on the
//! cooperation–conflict scale, in the proportions of the leader's own tactics (I-5).
//! Critic: Stone 2001.

mod explain;
mod speaks;

use crate::choice::{log_kernel, tremble};
use crate::parameters::{TREMBLE, with_values};
use raison_core::{
    About, Abstention, Check, Draw, Judgement, Leader, Lens, Num, Parameter, Prepared, Question,
    Reason, Spread, Trace,
};
use raison_games::theory_of_moves::tip::{self, Tip};
use raison_games::theory_of_moves::{Cell, non_myopic};
use std::sync::OnceLock;

/// What the lens claims.
pub static ABOUT: About = About {
    title: "Leader",
    aliases: &["personality", "operational-code"],
    claim: "The leader's own beliefs about the world and about what works decide: they give preferences, preferences a game, and the game a move.",
    citations: &[
        "Walker, Schafer & Young 1998",
        "Walker, Malici & Schafer 2011",
        "Hermann 2003",
        "Brams 1994",
    ],
    traces: &[
        Trace {
            id: "beliefs-stated-before",
            expected: true,
            text: "the leader's earlier words show beliefs that fit the choice",
        },
        Trace {
            id: "leader-overruled-advice",
            expected: true,
            text: "the leader chose against the advice of most",
        },
        Trace {
            id: "leader-framed-the-problem",
            expected: true,
            text: "the leader defined what the problem was",
        },
        Trace {
            id: "leader-absent",
            expected: false,
            text: "the leader took little part, or was bound by others",
        },
        Trace {
            id: "situation-left-no-choice",
            expected: false,
            text: "anyone in the post would have done the same",
        },
    ],
};

/// The lens.
pub struct LeaderLens {
    parameters: Vec<Parameter>,
}

impl Default for LeaderLens {
    fn default() -> Self {
        let width = Parameter {
            id: "width",
            value: 0.75,
            low: 0.05,
            high: 6.0,
            meaning: "width of the kernel on the cooperation–conflict scale, in its steps; assumed 0.75, so that a neighbouring step still counts",
        };
        let band = Parameter {
            id: "band",
            value: 1.0,
            low: 0.0,
            high: 3.0,
            meaning: "half width of the band of even control, in standard deviations of the norm group; 1 in Walker, Malici & Schafer 2011",
        };
        LeaderLens {
            parameters: vec![width, TREMBLE, band],
        }
    }
}

impl Lens for LeaderLens {
    fn id(&self) -> &'static str {
        "leader"
    }

    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.parameters.clone()
    }

    fn with_parameters(&self, values: &[f64]) -> Box<dyn Lens> {
        Box::new(LeaderLens {
            parameters: with_values(&self.parameters, values),
        })
    }

    fn prepare<'q>(&self, question: &'q Question) -> Result<Box<dyn Prepared + 'q>, Abstention> {
        let Some(leader) = &question.decider.leader else {
            return Err(Abstention::new(
                "the case names no leader with a profile",
                "add `leader = \"slug\"` to `[decider]`, or run with `--leader SLUG`",
            ));
        };
        let scores = Scores::of(leader, self.parameters[2].value).ok_or_else(|| {
            Abstention::new(
                format!(
                    "the profile of {} lacks I1 or P4, or its norm group does",
                    leader.name
                ),
                "score the leader's words with `raison profile`, and name a norm group",
            )
        })?;
        if question
            .situation
            .alternatives
            .iter()
            .any(|a| a.conflict.is_none())
        {
            return Err(Abstention::new(
                "an alternative has no place on the cooperation–conflict scale",
                "add `conflict = -3 … 3` to each alternative",
            ));
        }
        Ok(Box::new(Ready {
            question,
            leader,
            scores,
            width: self.parameters[0].value,
            tremble: self.parameters[1].value,
        }))
    }
}

/// The scores that the inference reads, with what they are read against.
#[derive(Clone)]
struct Scores {
    i1: Num,
    p4: Num,
    p1: Option<Num>,
    own: tip::Norm,
    other: Option<tip::Norm>,
}

impl Scores {
    fn of(leader: &Leader, band: f64) -> Option<Self> {
        let control = leader.norm.index("P4")?;
        let norm = |direction: Spread, control: Spread| tip::Norm {
            direction_mean: direction.mean,
            control_mean: control.mean,
            control_sd: control.sd,
            band,
        };
        let others = Spread {
            mean: 1.0 - control.mean,
            sd: control.sd,
        };
        Some(Scores {
            i1: leader.index("I1")?,
            p4: leader.index("P4")?,
            p1: leader.index("P1"),
            own: norm(leader.norm.index("I1")?, control),
            other: leader.norm.index("P1").map(|d| norm(d, others)),
        })
    }

    fn own_type(&self, draw: Draw<'_>) -> Option<Tip> {
        Tip::infer(draw.get(self.i1), draw.get(self.p4), &self.own).ok()
    }

    fn other_type(&self, draw: Draw<'_>) -> Option<Tip> {
        Tip::infer(
            draw.get(self.p1?),
            1.0 - draw.get(self.p4),
            self.other.as_ref()?,
        )
        .ok()
    }
}

/// Share of the row player's final strategy that is cooperative, for every pair of types
/// and every start. Where the order of moves decides, both ends count half.
fn cooperation() -> &'static [[[f64; 4]; 6]; 6] {
    static TABLE: OnceLock<[[[f64; 4]; 6]; 6]> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = [[[0.0; 4]; 6]; 6];
        for (i, row) in Tip::ALL.iter().enumerate() {
            for (j, column) in Tip::ALL.iter().enumerate() {
                let game = tip::game(*row, *column);
                for start in Cell::ALL {
                    let ends: Vec<Cell> = non_myopic(&game, start).ends().collect();
                    let yes = ends.iter().filter(|c| c.row() == 0).count();
                    table[i][j][start.index()] = yes as f64 / ends.len().max(1) as f64;
                }
            }
        }
        table
    })
}

/// Kinds of act with their places on the scale and the index that holds their share.
const ACTS: [(&str, f64, &str); 6] = [
    ("I5re", 3.0, "reward"),
    ("I5pr", 2.0, "promise"),
    ("I5ap", 1.0, "appeal"),
    ("I5op", -1.0, "oppose"),
    ("I5th", -2.0, "threaten"),
    ("I5pu", -3.0, "punish"),
];

struct Ready<'q> {
    question: &'q Question,
    leader: &'q Leader,
    scores: Scores,
    width: f64,
    tremble: f64,
}

impl Ready<'_> {
    /// Probability of each start: settle, row submits, row dominates, deadlock.
    fn starts(&self, draw: Draw<'_>) -> [f64; 4] {
        let own = draw.get_or(self.question.decider.conflictual, 0.5);
        let theirs = self
            .question
            .situation
            .opponent
            .as_ref()
            .and_then(|o| o.conflictual);
        let other = draw.get_or(theirs, 0.5);
        let mut p = [0.0; 4];
        for cell in Cell::ALL {
            let row = if cell.row() == 0 { 1.0 - own } else { own };
            let column = if cell.column() == 0 {
                1.0 - other
            } else {
                other
            };
            p[cell.index()] = row * column;
        }
        p
    }

    /// Probability that the game ends with the leader cooperating.
    fn cooperates(&self, own: &[f64; 6], other: &[f64; 6], starts: &[f64; 4]) -> f64 {
        let table = cooperation();
        let mut sum = 0.0;
        for (i, p) in own.iter().enumerate().filter(|(_, p)| **p > 0.0) {
            for (j, q) in other.iter().enumerate().filter(|(_, q)| **q > 0.0) {
                let ends: f64 = starts.iter().zip(&table[i][j]).map(|(s, c)| s * c).sum();
                sum += p * q * ends;
            }
        }
        sum
    }

    fn at(&self, draw: Draw<'_>) -> f64 {
        let one = |tip: Option<Tip>| {
            let mut p = [1.0 / 6.0; 6];
            if let Some(tip) = tip {
                p = [0.0; 6];
                p[tip.number() - 1] = 1.0;
            }
            p
        };
        let own = one(self.scores.own_type(draw));
        let other = one(self.scores.other_type(draw));
        self.cooperates(&own, &other, &self.starts(draw))
    }

    /// Shares of the six acts, given how likely cooperation is. Within cooperation and
    /// within conflict they keep the leader's own proportions; where I-5 is not scored
    /// they count alike.
    fn acts(&self, cooperates: f64, draw: Draw<'_>) -> [f64; 6] {
        let mut shares = ACTS.map(|(key, _, _)| draw.get_or(self.leader.index(key), 1.0).max(0.0));
        for (half, mass) in [(0..3, cooperates), (3..6, 1.0 - cooperates)] {
            let sum: f64 = shares[half.clone()].iter().sum();
            for i in half {
                shares[i] = if sum > 0.0 {
                    mass * shares[i] / sum
                } else {
                    mass / 3.0
                };
            }
        }
        shares
    }

    /// Places of the alternatives on the scale of cooperation and conflict.
    fn places(&self, draw: Draw<'_>) -> Vec<f64> {
        let alternatives = self.question.situation.alternatives.iter();
        alternatives.map(|a| draw.get_or(a.conflict, 0.0)).collect()
    }

    /// How an act at a place of the scale is shared among the alternatives.
    fn near(&self, places: &[f64], at: f64, out: &mut [f64]) {
        let logs: Vec<f64> = places
            .iter()
            .map(|p| log_kernel(p - at, self.width))
            .collect();
        crate::choice::logit(&logs, 1.0, |_| true, out);
    }

    fn spread(&self, cooperates: f64, draw: Draw<'_>, out: &mut [f64]) {
        let places = self.places(draw);
        out.fill(0.0);
        let mut near = vec![0.0; out.len()];
        for ((_, at, _), share) in ACTS.iter().zip(self.acts(cooperates, draw)) {
            self.near(&places, *at, &mut near);
            out.iter_mut().zip(&near).for_each(|(o, n)| *o += share * n);
        }
        tremble(out, self.tremble, |_| true);
    }
}

impl Prepared for Ready<'_> {
    fn probabilities(&self, draw: Draw<'_>, out: &mut [f64]) {
        self.spread(self.at(draw), draw, out);
    }

    fn judge(&self, draw: Draw<'_>) -> Judgement {
        let mut probabilities = vec![0.0; self.question.situation.alternatives.len()];
        self.probabilities(draw, &mut probabilities);
        let own: f64 = self.own_types().iter().sum();
        let other: f64 = self.other_types().iter().sum();
        let mut exhibits = vec![self.type_table(), self.game_table(draw)];
        exhibits.extend(self.trait_table(draw));
        Judgement {
            probabilities,
            reasons: self.reasons(draw),
            check: Check {
                name: "residual",
                value: (own - 1.0).abs().max((other - 1.0).abs()),
                tolerance: 1e-6,
                meaning: "how far the type probabilities are from summing to 1".to_owned(),
            },
            exhibits,
        }
    }

    fn speaks(&self, draw: Draw<'_>, alternative: usize) -> Vec<Reason> {
        self.speaks_for(draw, alternative)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_stag_hunters_settle_from_everywhere() {
        let table = cooperation();
        assert_eq!(table[2][2], [1.0; 4]);
        assert_eq!(table[5][5], [0.0; 4], "two bullies never cooperate");
    }
}
