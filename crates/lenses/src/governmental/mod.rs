//! Governmental politics: a resultant of bargaining among players in positions.
//!
//! Allison's Model III (Allison 1969; Allison & Halperin 1972; Allison & Zelikow 1999,
//! ch. 5), also called bureaucratic politics. Where one player decides, advice is seen
//! through that player's own position; where a group decides, a solver finds the point.
//! The solvers and their sources are in [`solvers`].

mod explain;
mod residual;
mod solvers;
mod voting;

pub use solvers::{SOLVERS, Solver};

use crate::choice::{log_kernel, logit, tremble};
use crate::near::{complete_dimensions, salience};
use crate::parameters::{TREMBLE, with_values};
use raison_core::{
    About, Abstention, Dimension, Draw, Judgement, Lens, Parameter, Player, Prepared, Question,
    Situation, Trace,
};
use solvers::{Group, exchanged};

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
        let own = SOLVERS.iter().find(|(s, _, _)| *s == self.solver);
        own.map_or("governmental", |(_, _, id)| id)
    }

    fn stem(&self) -> &'static str {
        "governmental"
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
        let used = complete_dimensions(s);
        if used.is_empty() {
            return Err(Abstention::new(
                "no dimension has a position for every alternative",
                "give each alternative `positions = { … }` on at least one dimension",
            ));
        }
        Ok(Box::new(Ready {
            question,
            used,
            players: by_id(&s.players),
            solver: self.solver,
            width: self.parameters[0].value,
            tremble: self.parameters[1].value,
        }))
    }
}

fn by_id(players: &[Player]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..players.len()).collect();
    order.sort_by(|a, b| players[*a].id.cmp(&players[*b].id));
    order
}

struct Ready<'q> {
    question: &'q Question,
    used: Vec<usize>,
    /// Players in the order of their ids, which breaks ties among them.
    players: Vec<usize>,
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
    group: Group,
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
        self.table_of(d, scale, draw, |p| p.positions[d].is_some())
    }

    fn table_of(
        &self,
        d: usize,
        scale: Scale,
        draw: Draw<'_>,
        takes_part: impl Fn(&Player) -> bool,
    ) -> Table<'q> {
        let decider = self.s().channel.decides;
        let mut table = Table {
            players: Vec::new(),
            group: Group::default(),
        };
        for (i, p) in self.players.iter().map(|i| (*i, &self.s().players[*i])) {
            let Some(at) = p.positions[d] else { continue };
            if Some(i) == decider || !takes_part(p) || !self.present(p, draw) {
                continue;
            }
            table.players.push(p);
            table.group.influence.push(draw.get(p.influence));
            table.group.salience.push(salience(p, d, draw));
            table
                .group
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

    /// The decider's own position on a dimension, and how far advice moves it.
    fn decider(&self, d: usize, scale: Scale, draw: Draw<'_>) -> Option<(&'q Player, f64, f64)> {
        let p = &self.s().players[self.s().channel.decides?];
        let own = on_scale(scale, &self.s().dimensions[d], draw.get(p.positions[d]?));
        Some((p, own, draw.get_or(self.s().channel.openness, 0.5)))
    }

    /// The group's advice on one dimension.
    fn advice(
        &self,
        solver: Solver,
        d: usize,
        scale: Scale,
        draw: Draw<'_>,
        group: &Group,
    ) -> Option<f64> {
        solver.point(group, self.status_quo(d, scale, draw), self.quota(draw))
    }

    /// What comes of advice: seen through the decider's own position, where one decides.
    fn result(&self, d: usize, scale: Scale, draw: Draw<'_>, advice: Option<f64>) -> f64 {
        match (self.decider(d, scale, draw), advice) {
            (Some((_, own, open)), Some(advice)) => (1.0 - open) * own + open * advice,
            (Some((_, own, _)), None) => own,
            (None, Some(advice)) => advice,
            (None, None) => {
                let dim = &self.s().dimensions[d];
                on_scale(scale, dim, 0.5 * (dim.low + dim.high))
            }
        }
    }

    /// The result on each dimension in use.
    fn points(&self, solver: Solver, scale: Scale, draw: Draw<'_>) -> Vec<f64> {
        let joint = match solver {
            Solver::Exchange => self.exchange(scale, draw),
            _ => None,
        };
        let one = |(k, d): (usize, &usize)| {
            let advice = match &joint {
                Some(after) => Some(after[k]),
                None => self.advice(solver, *d, scale, draw, &self.table(*d, scale, draw).group),
            };
            self.result(*d, scale, draw, advice)
        };
        self.used.iter().enumerate().map(one).collect()
    }

    fn exchange(&self, scale: Scale, draw: Draw<'_>) -> Option<Vec<f64>> {
        exchanged(&self.groups(scale, draw)).map(|e| e.after)
    }

    /// Those with a position on every dimension in use, dimension by dimension.
    fn groups(&self, scale: Scale, draw: Draw<'_>) -> Vec<Group> {
        let on_all = |p: &Player| self.used.iter().all(|d| p.positions[*d].is_some());
        let group = |d: &usize| self.table_of(*d, scale, draw, on_all).group;
        self.used.iter().map(group).collect()
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
            check: self.check(draw),
            exhibits: self.exhibits(draw),
        }
    }
}
