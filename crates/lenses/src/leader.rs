//! The leader's personality: beliefs, preferences, a game, a move.
//!
//! Operational-code indices (VICS; Walker, Schafer & Young 1998) give, by Walker's Theory
//! of Inferences about Preferences, an ordering of settle, dominate, submit and deadlock
//! for self (from I-1 and P-4a) and for the other side (from P-1 and P-4b = 1 − P-4a). The
//! resulting game is played by Brams's Theory of Moves (Brams 1994) from the present
//! state. The strategy found weighs the alternatives by where they lie on the
//! cooperation–conflict scale, in the proportions of the leader's own tactics (I-5).
//! Critic: Stone 2001.

use crate::choice::{log_kernel, tremble, two};
use crate::parameters::{TREMBLE, with_values};
use raison_core::{
    About, Abstention, Check, Draw, Exhibit, Judgement, Leader, Lens, Num, Parameter, Prepared,
    Question, Reason, Spread, Trace, Uncertain, uncertain::Z95,
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

    fn spread(&self, cooperates: f64, draw: Draw<'_>, out: &mut [f64]) {
        let places: Vec<f64> = self
            .question
            .situation
            .alternatives
            .iter()
            .map(|a| draw.get_or(a.conflict, 0.0))
            .collect();
        out.fill(0.0);
        let mut near = vec![0.0; out.len()];
        for ((_, at, _), share) in ACTS.iter().zip(self.acts(cooperates, draw)) {
            let logs: Vec<f64> = places
                .iter()
                .map(|p| log_kernel(p - at, self.width))
                .collect();
            crate::choice::logit(&logs, 1.0, |_| true, &mut near);
            out.iter_mut().zip(&near).for_each(|(o, n)| *o += share * n);
        }
        tremble(out, self.tremble, |_| true);
    }

    /// Probabilities of the six types from the scores' intervals.
    fn types(
        &self,
        direction: Option<Num>,
        control: Num,
        flip: bool,
        norm: Option<&tip::Norm>,
    ) -> [f64; 6] {
        let (Some(direction), Some(norm)) = (direction, norm) else {
            return [1.0 / 6.0; 6];
        };
        let inputs = &self.question.inputs;
        let above = |amount: Uncertain, edge: f64| {
            let (low, high) = amount.ends();
            let sd = (high - low) / (2.0 * Z95);
            let centre = amount.central();
            if sd > 0.0 {
                normal((centre - edge) / sd)
            } else {
                f64::from(u8::from(centre >= edge))
            }
        };
        let cooperative = above(inputs.get(direction).amount, norm.direction_mean);
        let mut p4 = inputs.get(control).amount;
        if flip {
            p4 = mirrored(p4);
        }
        let edge = norm.band * norm.control_sd;
        let not_low = above(p4, norm.control_mean - edge);
        let high = above(p4, norm.control_mean + edge);
        let levels = [1.0 - not_low, not_low - high, high];
        let mut p = [0.0; 6];
        for (i, level) in levels.iter().enumerate() {
            p[i] = cooperative * level.max(0.0);
            p[i + 3] = (1.0 - cooperative) * level.max(0.0);
        }
        p
    }

    fn own_types(&self) -> [f64; 6] {
        self.types(
            Some(self.scores.i1),
            self.scores.p4,
            false,
            Some(&self.scores.own),
        )
    }

    fn other_types(&self) -> [f64; 6] {
        self.types(
            self.scores.p1,
            self.scores.p4,
            true,
            self.scores.other.as_ref(),
        )
    }

    fn reasons(&self, draw: Draw<'_>) -> Vec<Reason> {
        let cooperates = self.at(draw);
        let name = &self.leader.name;
        let z = |num: Num, mean: f64, sd: f64| (draw.get(num) - mean) / sd;
        let i1 = self
            .leader
            .norm
            .index("I1")
            .map_or(0.0, |s| z(self.scores.i1, s.mean, s.sd));
        let p4 = z(
            self.scores.p4,
            self.scores.own.control_mean,
            self.scores.own.control_sd,
        );
        let own = named(&self.own_types());
        let mut reasons = vec![
            Reason::new(
                format!(
                    "{name}'s direction of strategy I-1 lies {i1:+.1} and control P-4 {p4:+.1} standard deviations from “{}”: most likely type {own}",
                    self.leader.norm.title
                ),
                i1.abs().max(p4.abs()) * 0.5,
            )
            .on_all([self.scores.i1, self.scores.p4])
            .citing(&self.leader.sources),
            Reason::new(
                format!(
                    "from the present state the game ends with cooperation by {name} with probability {}",
                    two(cooperates)
                ),
                1.0,
            )
            .on_all(self.question.decider.conflictual)
            .on_all(self.question.situation.opponent.as_ref().and_then(|o| o.conflictual))
            .on_all(self.scores.p1)
            .field("decider.leader"),
            self.tactics(cooperates, draw),
        ];
        if let (Some(p1), Some(norm)) = (self.scores.p1, self.leader.norm.index("P1")) {
            let d = z(p1, norm.mean, norm.sd);
            let text = format!(
                "{name} sees others {d:+.1} standard deviations from the norm in friendliness (P-1): most likely type of the other {}",
                named(&self.other_types())
            );
            reasons.push(Reason::new(text, 0.5 * d.abs()).on(p1));
        }
        reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        reasons
    }

    fn tactics(&self, cooperates: f64, draw: Draw<'_>) -> Reason {
        let shares = self.acts(cooperates, draw);
        let (best, _) = crate::choice::first_two(&shares);
        let text = format!(
            "in {}'s own tactics this most often means to {} ({})",
            self.leader.name,
            ACTS[best].2,
            two(shares[best])
        );
        let numbers = ACTS.iter().filter_map(|(key, _, _)| self.leader.index(key));
        Reason::new(text, shares[best])
            .on_all(numbers)
            .field("decider.leader")
    }

    fn type_table(&self) -> Exhibit {
        let (own, other) = (self.own_types(), self.other_types());
        let rows = Tip::ALL
            .iter()
            .enumerate()
            .map(|(i, tip)| {
                let order: Vec<&str> = tip.ranking().iter().map(|o| outcome(*o)).collect();
                vec![
                    tip.name().to_owned(),
                    order.join(" > "),
                    two(own[i]),
                    two(other[i]),
                ]
            })
            .collect();
        Exhibit::Table {
            title: "Types, with their probabilities".to_owned(),
            columns: ["type", "prefers", "self", "other as seen"]
                .map(String::from)
                .to_vec(),
            rows,
            note: format!(
                "from the scores' intervals ({} profile) against “{}” (n = {}); one profile gives a subjective game: P-4b = 1 − P-4a, and P-1 describes all others",
                self.leader.basis, self.leader.norm.title, self.leader.norm.n
            ),
        }
    }

    fn game_table(&self, draw: Draw<'_>) -> Exhibit {
        let (own, other) = (most(&self.own_types()), most(&self.other_types()));
        let mut rows = Vec::new();
        let mut games = vec![("subjective", own, other)];
        if let Some(coded) = self.coded_opponent(draw) {
            games.push(("with the opponent's own profile", own, coded));
        }
        let starts = self.starts(draw);
        for (how, row, column) in games {
            let game = tip::game(row, column);
            for start in Cell::ALL {
                let ends: Vec<&str> = non_myopic(&game, start).ends().map(state).collect();
                rows.push(vec![
                    how.to_owned(),
                    format!("{} × {}", row.name(), column.name()),
                    state(start).to_owned(),
                    two(starts[start.index()]),
                    ends.join(" or "),
                ]);
            }
        }
        Exhibit::Table {
            title: "The most likely game, by start".to_owned(),
            columns: ["game", "self × other", "start", "probability", "ends in"].map(String::from).to_vec(),
            rows,
            note: "non-myopic equilibria under the two-sidedness convention; “or” where the order of moves decides".to_owned(),
        }
    }

    fn coded_opponent(&self, draw: Draw<'_>) -> Option<Tip> {
        let leader = self.question.situation.opponent.as_ref()?.leader.as_ref()?;
        Scores::of(leader, self.scores.own.band)?.own_type(draw)
    }

    /// Leadership traits by z-scores against the norm group of the same coder.
    fn trait_table(&self, draw: Draw<'_>) -> Option<Exhibit> {
        let rows: Vec<Vec<String>> = TRAIT_NAMES
            .iter()
            .filter_map(|(key, name)| {
                let num = self.leader.leadership_trait(key)?;
                let norm = self.leader.norm.leadership_trait(key)?;
                let z = (draw.get(num) - norm.mean) / norm.sd;
                Some(vec![
                    (*name).to_owned(),
                    two(draw.get(num)),
                    format!("{z:+.1}"),
                ])
            })
            .collect();
        (!rows.is_empty()).then(|| Exhibit::Table {
            title: "Leadership traits".to_owned(),
            columns: ["trait", "score", "standard deviations from the norm"].map(String::from).to_vec(),
            rows,
            note: "Hermann 2003; machine scores are read against a norm group of the same coder, never against hand-coded thresholds".to_owned(),
        })
    }
}

const TRAIT_NAMES: [(&str, &str); 7] = [
    ("BACE", "belief in own control over events"),
    ("PWR", "need for power"),
    ("SC", "self-confidence"),
    ("CC", "conceptual complexity"),
    ("TASK", "task focus"),
    ("IGB", "in-group bias"),
    ("DIS", "distrust"),
];

fn mirrored(amount: Uncertain) -> Uncertain {
    let (low, high) = amount.ends();
    Uncertain::Score {
        value: 1.0 - amount.central(),
        low: 1.0 - high,
        high: 1.0 - low,
    }
}

/// Standard normal distribution function (Abramowitz & Stegun 1964, 7.1.26; 1.5e-7).
fn normal(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs() / std::f64::consts::SQRT_2);
    let coefficients = [
        1.061_405_429,
        -1.453_152_027,
        1.421_413_741,
        -0.284_496_736,
        0.254_829_592,
    ];
    let poly = coefficients.iter().fold(0.0, |acc, c| acc * t + c) * t;
    let erf = 1.0 - poly * (-0.5 * x * x).exp();
    0.5 * (1.0 + erf.copysign(x))
}

fn most(p: &[f64; 6]) -> Tip {
    Tip::ALL[crate::choice::first_two(p).0]
}

fn named(p: &[f64; 6]) -> String {
    let at = crate::choice::first_two(p).0;
    format!("“{}” ({})", Tip::ALL[at].name(), two(p[at]))
}

fn outcome(o: tip::Outcome) -> &'static str {
    match o {
        tip::Outcome::Settle => "settle",
        tip::Outcome::Dominate => "dominate",
        tip::Outcome::Submit => "submit",
        tip::Outcome::Deadlock => "deadlock",
    }
}

fn state(cell: Cell) -> &'static str {
    match cell {
        Cell::TopLeft => "settle",
        Cell::TopRight => "self submits",
        Cell::BottomLeft => "self dominates",
        Cell::BottomRight => "deadlock",
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_distribution_function() {
        assert!((normal(1.959_963_984_540_054) - 0.975).abs() < 1e-6);
        assert!((normal(-1.0) - 0.158_655_254).abs() < 1e-6);
        assert!((normal(0.0) - 0.5).abs() < 1e-6);
    }

    #[test]
    fn two_stag_hunters_settle_from_everywhere() {
        let table = cooperation();
        assert_eq!(table[2][2], [1.0; 4]);
        assert_eq!(table[5][5], [0.0; 4], "two bullies never cooperate");
    }
}
