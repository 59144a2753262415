//! Governmental politics: a resultant of bargaining among players in positions.
//!
//! Allison's Model III (Allison 1969; Allison & Halperin 1972; Allison & Zelikow 1999,
//! ch. 5), also called bureaucratic politics. Where one player decides, advice is seen
//! through that player's own position; where a group decides, a solver finds the point.
//! Solvers: the compromise model (Van den Bos 1991), the weighted median (Black 1948),
//! the Nash bargaining solution (Nash 1950).

use crate::choice::{log_kernel, logit, tremble, two};
use crate::parameters::{TREMBLE, with_values};
use raison_core::{
    About, Abstention, Check, Dimension, Draw, Exhibit, Judgement, Lens, Parameter, Placed, Player,
    Prepared, Question, Reason, Rule, Situation, Trace,
};
use raison_games::bargaining::{Disagreement, compromise, nash_bargaining, weighted_median};

/// What the lens claims.
pub static ABOUT: About = About {
    title: "Governmental politics",
    aliases: &["bureaucratic", "model-3", "bureaucratic-politics"],
    claim: "What a government does is a resultant: players in positions pull towards what they prefer, with the influence and the salience that they have, through channels that say who decides.",
    citations: &[
        "Allison 1969",
        "Allison & Halperin 1972",
        "Allison & Zelikow 1999, ch. 5",
        "Van den Bos 1991",
    ],
    traces: &[
        Trace {
            id: "positions-follow-posts",
            expected: true,
            text: "where players stood followed from where they sat",
        },
        Trace {
            id: "bargaining-changed-choice",
            expected: true,
            text: "what was chosen differs from the decider's first preference, after bargaining",
        },
        Trace {
            id: "channel-mattered",
            expected: true,
            text: "who was in the room, and in what order, changed the result",
        },
        Trace {
            id: "agreement-from-the-start",
            expected: false,
            text: "the participants agreed from the start",
        },
        Trace {
            id: "decided-alone",
            expected: false,
            text: "the leader decided without consulting",
        },
    ],
};

/// How a group's point is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Solver {
    /// Mean weighted by influence times salience.
    Compromise,
    /// Median weighted alike.
    Median,
    /// Asymmetric Nash bargaining from the status quo.
    Nash,
}

/// All solvers with their names.
pub const SOLVERS: [(Solver, &str); 3] = [
    (Solver::Compromise, "compromise"),
    (Solver::Median, "median"),
    (Solver::Nash, "nash"),
];

/// The lens.
pub struct Governmental {
    solver: Solver,
    parameters: Vec<Parameter>,
}

impl Governmental {
    /// The lens with one of its solvers.
    pub fn with_solver(solver: Solver) -> Self {
        let width = Parameter {
            id: "width",
            value: 0.1,
            low: 0.001,
            high: 2.0,
            meaning: "width of the kernel from a point to alternatives, as a share of the scale; assumed 0.1, about the distance that coders take for “near”",
        };
        Governmental {
            solver,
            parameters: vec![width, TREMBLE],
        }
    }
}

impl Lens for Governmental {
    fn id(&self) -> &'static str {
        match self.solver {
            Solver::Compromise => "governmental",
            Solver::Median => "governmental:median",
            Solver::Nash => "governmental:nash",
        }
    }

    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.parameters.clone()
    }

    fn with_parameters(&self, values: &[f64]) -> Box<dyn Lens> {
        Box::new(Governmental {
            solver: self.solver,
            parameters: with_values(&self.parameters, values),
        })
    }

    fn prepare<'q>(&self, question: &'q Question) -> Result<Box<dyn Prepared + 'q>, Abstention> {
        let s = &question.situation;
        if s.dimensions.is_empty()
            || !s
                .players
                .iter()
                .any(|p| p.positions.iter().any(Option::is_some))
        {
            return Err(Abstention::new(
                "the case places no players on a dimension",
                "add `[[dimensions]]`, `players` and `positions` of alternatives",
            ));
        }
        let used: Vec<usize> = (0..s.dimensions.len())
            .filter(|d| s.alternatives.iter().all(|a| a.positions[*d].is_some()))
            .collect();
        if used.is_empty() {
            return Err(Abstention::new(
                "no dimension has a position for every alternative",
                "give each alternative `positions = { … }` on at least one dimension",
            ));
        }
        Ok(Box::new(Ready {
            question,
            used,
            solver: self.solver,
            width: self.parameters[0].value,
            tremble: self.parameters[1].value,
        }))
    }
}

struct Ready<'q> {
    question: &'q Question,
    used: Vec<usize>,
    solver: Solver,
    width: f64,
    tremble: f64,
}

/// A scale on which the case is run: its own or the coder's rival one.
#[derive(Clone, Copy, PartialEq)]
enum Scale {
    Own,
    Rival,
}

fn on_scale(scale: Scale, d: &Dimension, x: f64) -> f64 {
    let knots = &d.rival_scale;
    if scale == Scale::Own || knots.len() < 2 {
        return x;
    }
    let after = knots
        .iter()
        .position(|k| k.0 >= x)
        .unwrap_or(knots.len() - 1)
        .max(1);
    let ((x0, y0), (x1, y1)) = (knots[after - 1], knots[after]);
    y0 + (x - x0) * (y1 - y0) / (x1 - x0)
}

/// Players who take part in finding a point on one dimension.
struct Table<'q> {
    players: Vec<&'q Player>,
    weights: Vec<f64>,
    positions: Vec<f64>,
}

impl<'q> Ready<'q> {
    fn s(&self) -> &'q Situation {
        &self.question.situation
    }

    fn present(&self, p: &Player, draw: Draw<'_>) -> bool {
        draw.get(p.present) >= 0.5
    }

    /// Everyone in the room with a position, the decider left out where one decides.
    fn table(&self, d: usize, scale: Scale, draw: Draw<'_>) -> Table<'q> {
        let decider = self.s().channel.decides;
        let mut table = Table {
            players: Vec::new(),
            weights: Vec::new(),
            positions: Vec::new(),
        };
        for (i, p) in self.s().players.iter().enumerate() {
            let Some(at) = p.positions[d] else { continue };
            if Some(i) == decider || !self.present(p, draw) {
                continue;
            }
            table.players.push(p);
            table
                .weights
                .push(draw.get(p.influence) * draw.get(p.salience));
            table
                .positions
                .push(on_scale(scale, &self.s().dimensions[d], draw.get(at)));
        }
        table
    }

    fn status_quo(&self, d: usize, scale: Scale, draw: Draw<'_>) -> Option<f64> {
        let a = &self.s().alternatives[self.s().status_quo?];
        Some(on_scale(
            scale,
            &self.s().dimensions[d],
            draw.get(a.positions[d]?),
        ))
    }

    /// The group's point; `None` where nobody with weight has a position.
    fn solve(&self, solver: Solver, table: &Table<'_>, status_quo: Option<f64>) -> Option<f64> {
        let (w, x) = (&table.weights, &table.positions);
        match solver {
            Solver::Compromise => compromise(w, x).ok(),
            Solver::Median => weighted_median(w, x).ok(),
            Solver::Nash => {
                let without = status_quo.map_or(Disagreement::Zero, Disagreement::Point);
                nash_bargaining(w, x, without).ok().map(|b| b.point)
            }
        }
    }

    /// The decider's own position on a dimension, and how far advice moves it.
    fn decider(&self, d: usize, scale: Scale, draw: Draw<'_>) -> Option<(&'q Player, f64, f64)> {
        let p = &self.s().players[self.s().channel.decides?];
        let own = on_scale(scale, &self.s().dimensions[d], draw.get(p.positions[d]?));
        Some((p, own, draw.get_or(self.s().channel.openness, 0.5)))
    }

    fn point_of(
        &self,
        solver: Solver,
        d: usize,
        scale: Scale,
        draw: Draw<'_>,
        table: &Table<'_>,
    ) -> f64 {
        let advice = self.solve(solver, table, self.status_quo(d, scale, draw));
        let middle = {
            let dim = &self.s().dimensions[d];
            on_scale(scale, dim, 0.5 * (dim.low + dim.high))
        };
        match (self.decider(d, scale, draw), advice) {
            (Some((_, own, open)), Some(advice)) => (1.0 - open) * own + open * advice,
            (Some((_, own, _)), None) => own,
            (None, Some(advice)) => advice,
            (None, None) => middle,
        }
    }

    fn points(&self, solver: Solver, scale: Scale, draw: Draw<'_>) -> Vec<f64> {
        self.used
            .iter()
            .map(|d| self.point_of(solver, *d, scale, draw, &self.table(*d, scale, draw)))
            .collect()
    }

    /// Who blocks which alternative: players with a veto, or everyone under unanimity
    /// who states how far they go along.
    fn blocked(&self, draw: Draw<'_>) -> Vec<Vec<&'q Player>> {
        let s = self.s();
        let unanimous = s.channel.rule == Some(Rule::Unanimity);
        let d = self.used[0];
        let dim = &s.dimensions[d];
        s.alternatives
            .iter()
            .map(|a| {
                let at = a.positions[d].map_or(0.0, |n| draw.get(n));
                let blocks = |p: &&Player| {
                    let veto = draw.get(p.veto) >= 0.5;
                    let asked = veto || (unanimous && p.accepts_within.is_some());
                    let reach = draw.get_or(p.accepts_within, 0.5 * (dim.high - dim.low));
                    let Some(own) = p.positions[d] else {
                        return false;
                    };
                    asked && self.present(p, draw) && (draw.get(own) - at).abs() > reach
                };
                s.players.iter().filter(blocks).collect()
            })
            .collect()
    }

    fn spread(&self, solver: Solver, scale: Scale, draw: Draw<'_>, out: &mut [f64]) {
        let s = self.s();
        let points = self.points(solver, scale, draw);
        let blocked = self.blocked(draw);
        let scores: Vec<f64> = s
            .alternatives
            .iter()
            .map(|a| self.log_nearness(a, &points, scale, draw))
            .collect();
        let open = |i: usize| blocked[i].is_empty();
        if (0..out.len()).any(open) {
            logit(&scores, 1.0, open, out);
            tremble(out, self.tremble, open);
        } else {
            // Everything is vetoed: things stay as they are.
            out.fill(0.0);
            out[s.status_quo.unwrap_or(0)] = 1.0;
        }
    }

    fn log_nearness(
        &self,
        a: &raison_core::Alternative,
        points: &[f64],
        scale: Scale,
        draw: Draw<'_>,
    ) -> f64 {
        self.used
            .iter()
            .zip(points)
            .map(|(d, point)| {
                let dim = &self.s().dimensions[*d];
                let at = a.positions[*d].map_or(*point, |n| on_scale(scale, dim, draw.get(n)));
                let width = on_scale(scale, dim, dim.high) - on_scale(scale, dim, dim.low);
                log_kernel((at - point) / width, self.width)
            })
            .sum()
    }

    fn reasons(&self, draw: Draw<'_>) -> Vec<Reason> {
        let mut reasons = Vec::new();
        for d in &self.used {
            reasons.extend(self.pulls(*d, draw));
        }
        for (a, players) in self.s().alternatives.iter().zip(self.blocked(draw)) {
            for p in players {
                let text = format!("{} blocks `{}`", p.name, a.id);
                reasons.push(
                    Reason::new(text, -1.0)
                        .on(p.veto)
                        .on_all(p.accepts_within)
                        .on_all(p.positions[self.used[0]]),
                );
            }
        }
        reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        reasons
    }

    /// How far the point would move without each player, as a share of the scale.
    fn pulls(&self, d: usize, draw: Draw<'_>) -> Vec<Reason> {
        let dim = &self.s().dimensions[d];
        let width = dim.high - dim.low;
        let table = self.table(d, Scale::Own, draw);
        let point = self.point_of(self.solver, d, Scale::Own, draw, &table);
        let mut out = Vec::new();
        for i in 0..table.players.len() {
            let p = table.players[i];
            let mut without = Table {
                players: Vec::new(),
                weights: table.weights.clone(),
                positions: table.positions.clone(),
            };
            without.weights[i] = 0.0;
            let other = self.point_of(self.solver, d, Scale::Own, draw, &without);
            let text = format!(
                "{}{} at {:.0} on “{}” moves the result from {:.1} to {:.1}",
                p.name,
                post(p),
                table.positions[i],
                dim.title,
                other,
                point
            );
            out.push(
                Reason::new(text, (point - other) / width)
                    .on_all([p.influence, p.salience])
                    .on_all(p.positions[d]),
            );
        }
        if let Some((p, own, open)) = self.decider(d, Scale::Own, draw) {
            let text = format!(
                "{}{} decides, from {own:.0} on “{}”, and lets advice count {}: the result is {point:.1}",
                p.name,
                post(p),
                dim.title,
                two(open)
            );
            let pull = (1.0 - open) * (own - 0.5 * (dim.low + dim.high)) / width;
            out.push(
                Reason::new(text, pull)
                    .on_all(p.positions[d])
                    .on_all(self.s().channel.openness),
            );
        }
        out
    }

    fn exhibits(&self, draw: Draw<'_>) -> Vec<Exhibit> {
        let mut out: Vec<Exhibit> = self.used.iter().map(|d| self.positions(*d, draw)).collect();
        out.push(self.side_by_side(draw));
        out
    }

    fn positions(&self, d: usize, draw: Draw<'_>) -> Exhibit {
        let s = self.s();
        let dim = &s.dimensions[d];
        let inputs = &self.question.inputs;
        let placed = |p: &Player| {
            let num = p.positions[d]?;
            let (low, high) = inputs.get(num).amount.ends();
            let weight = if self.present(p, draw) {
                draw.get(p.influence) * draw.get(p.salience)
            } else {
                0.0
            };
            Some(Placed {
                name: p.name.clone(),
                low,
                at: draw.get(num),
                high,
                weight,
            })
        };
        let table = self.table(d, Scale::Own, draw);
        Exhibit::Positions {
            title: dim.title.clone(),
            range: (dim.low, dim.high),
            labels: (dim.low_label.clone(), dim.high_label.clone()),
            players: s.players.iter().filter_map(placed).collect(),
            alternatives: s
                .alternatives
                .iter()
                .filter_map(|a| Some((a.title.clone(), draw.get(a.positions[d]?))))
                .collect(),
            results: SOLVERS
                .iter()
                .map(|(solver, name)| {
                    (
                        (*name).to_owned(),
                        self.point_of(*solver, d, Scale::Own, draw, &table),
                    )
                })
                .collect(),
        }
    }

    /// Every solver on the coder's own scale and on the rival one.
    fn side_by_side(&self, draw: Draw<'_>) -> Exhibit {
        let s = self.s();
        let has_rival = self
            .used
            .iter()
            .any(|d| s.dimensions[*d].rival_scale.len() >= 2);
        let scales: &[(Scale, &str)] = if has_rival {
            &[(Scale::Own, "own"), (Scale::Rival, "rival")]
        } else {
            &[(Scale::Own, "own")]
        };
        let mut rows = Vec::new();
        let mut p = vec![0.0; s.alternatives.len()];
        for (scale, scale_name) in scales {
            for (solver, name) in SOLVERS {
                self.spread(solver, *scale, draw, &mut p);
                let (first, _) = crate::choice::first_two(&p);
                let points = self.points(solver, *scale, draw);
                let points: Vec<String> = points.iter().map(|x| format!("{x:.1}")).collect();
                rows.push(vec![
                    name.to_owned(),
                    (*scale_name).to_owned(),
                    points.join(", "),
                    s.alternatives[first].title.clone(),
                    two(p[first]),
                ]);
            }
        }
        Exhibit::Table {
            title: "Solvers side by side".to_owned(),
            columns: ["solver", "scale", "result", "leads", "probability"].map(String::from).to_vec(),
            rows,
            note: "a mean favours whatever lies mid-scale: compare the rival scale, where the coder gives one".to_owned(),
        }
    }

    /// How far the weighted pulls around the group's point are from balance, as a share
    /// of the scale: 0 at the compromise, not at other points.
    fn residual(&self, draw: Draw<'_>) -> f64 {
        let d = self.used[0];
        let dim = &self.s().dimensions[d];
        let table = self.table(d, Scale::Own, draw);
        let Some(x) = self.solve(Solver::Compromise, &table, None) else {
            return 0.0;
        };
        let weight: f64 = table.weights.iter().sum();
        let pull: f64 = table
            .weights
            .iter()
            .zip(&table.positions)
            .map(|(w, p)| w * (p - x))
            .sum();
        (pull / weight / (dim.high - dim.low)).abs()
    }
}

fn post(p: &Player) -> String {
    if p.post.is_empty() {
        String::new()
    } else {
        format!(" ({})", p.post)
    }
}

impl Prepared for Ready<'_> {
    fn probabilities(&self, draw: Draw<'_>, out: &mut [f64]) {
        self.spread(self.solver, Scale::Own, draw, out);
    }

    fn judge(&self, draw: Draw<'_>) -> Judgement {
        let mut probabilities = vec![0.0; self.s().alternatives.len()];
        self.probabilities(draw, &mut probabilities);
        Judgement {
            probabilities,
            reasons: self.reasons(draw),
            check: Check {
                name: "residual",
                value: self.residual(draw),
                tolerance: 1e-9,
                meaning:
                    "imbalance of the weighted pulls around the compromise, as a share of the scale"
                        .to_owned(),
            },
            exhibits: self.exhibits(draw),
        }
    }
}
