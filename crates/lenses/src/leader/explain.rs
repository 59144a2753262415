//! Types with their probabilities, the game, and the reasons.

use super::{ACTS, Ready, Scores};
use crate::choice::{first, strongest_first, two};
use raison_core::{Draw, Exhibit, Num, Reason, Uncertain, uncertain::Z95};
use raison_games::theory_of_moves::tip::{self, Tip};
use raison_games::theory_of_moves::{Cell, non_myopic};

impl Ready<'_> {
    /// Probabilities of the six types from the scores' intervals.
    pub(super) fn types(
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

    pub(super) fn own_types(&self) -> [f64; 6] {
        self.types(
            Some(self.scores.i1),
            self.scores.p4,
            false,
            Some(&self.scores.own),
        )
    }

    pub(super) fn other_types(&self) -> [f64; 6] {
        self.types(
            self.scores.p1,
            self.scores.p4,
            true,
            self.scores.other.as_ref(),
        )
    }

    pub(super) fn reasons(&self, draw: Draw<'_>) -> Vec<Reason> {
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
        strongest_first(&mut reasons);
        reasons
    }

    pub(super) fn tactics(&self, cooperates: f64, draw: Draw<'_>) -> Reason {
        let shares = self.acts(cooperates, draw);
        let best = first(&shares);
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

    pub(super) fn type_table(&self) -> Exhibit {
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

    pub(super) fn game_table(&self, draw: Draw<'_>) -> Exhibit {
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

    pub(super) fn coded_opponent(&self, draw: Draw<'_>) -> Option<Tip> {
        let leader = self.question.situation.opponent.as_ref()?.leader.as_ref()?;
        Scores::of(leader, self.scores.own.band)?.own_type(draw)
    }

    /// Leadership traits by z-scores against the norm group of the same coder.
    pub(super) fn trait_table(&self, draw: Draw<'_>) -> Option<Exhibit> {
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
    Tip::ALL[first(p)]
}

fn named(p: &[f64; 6]) -> String {
    let at = first(p);
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

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn normal_distribution_function() {
        assert!((normal(1.959_963_984_540_054) - 0.975).abs() < 1e-6);
        assert!((normal(-1.0) - 0.158_655_254).abs() < 1e-6);
        assert!((normal(0.0) - 0.5).abs() < 1e-6);
    }
}
