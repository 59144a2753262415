//! A doctrine: principles that bar, weigh and release.
//!
//! It borrows the two-stage form of poliheuristic theory (Mintz 1993, 2004): first
//! alternatives are struck out whatever they gain elsewhere, then what is left is
//! compared. The first stage of that theory is the leader's domestic political survival;
//! a doctrine is a test of it only where survival is the bar.

mod explain;
mod speaks;

use crate::choice::{logit, tremble};
use crate::near::{apart, complete_dimensions};
use crate::parameters::{TREMBLE, with_values};
use raison_core::facts::Facts;
use raison_core::{
    About, Abstention, Aim, Alternative, Check, Condition, Direction, Doctrine, Draw, Judgement,
    Lens, Num, Outcome, Parameter, Pillar, Prepared, Principle, PrincipleAct, Question, Reason,
    Situation, Trace,
};

/// What the lens claims.
pub static ABOUT: About = About {
    title: "Doctrine",
    aliases: &["principles", "poliheuristic"],
    claim: "Principles strike out alternatives whatever they gain elsewhere; the doctrine's pillars rank what is left; necessity can open the bars that are tactical.",
    citations: &["Mintz 1993", "Mintz 2004", "George 1969"],
    traces: &[
        Trace {
            id: "principle-invoked",
            expected: true,
            text: "participants invoked the principle while they deliberated",
        },
        Trace {
            id: "option-excluded-early",
            expected: true,
            text: "an alternative was excluded early on principle, whatever its merits",
        },
        Trace {
            id: "excluded-option-weighed",
            expected: false,
            text: "an alternative that the doctrine bars was seriously weighed on its merits",
        },
        Trace {
            id: "principle-invoked-afterwards-only",
            expected: false,
            text: "the principle was invoked only afterwards, to justify",
        },
    ],
};

/// The lens.
pub struct DoctrineLens {
    parameters: Vec<Parameter>,
}

impl Default for DoctrineLens {
    fn default() -> Self {
        let precision = Parameter {
            id: "precision",
            value: 10.0,
            low: 0.0,
            high: 1000.0,
            meaning: "logit precision per unit of the weighing score (-1..1); assumed 10",
        };
        let collective = Parameter {
            id: "collective",
            value: 0.25,
            low: 0.0,
            high: 1.0,
            meaning: "share of the advisers' collective judgement beside the pillars, where a weighing principle names advisers and the case places them; assumed 0.25",
        };
        DoctrineLens {
            parameters: vec![precision, TREMBLE, collective],
        }
    }
}

impl Lens for DoctrineLens {
    fn id(&self) -> &'static str {
        "doctrine"
    }

    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.parameters.clone()
    }

    fn with_parameters(&self, values: &[f64]) -> Box<dyn Lens> {
        Box::new(DoctrineLens {
            parameters: with_values(&self.parameters, values),
        })
    }

    fn prepare<'q>(&self, question: &'q Question) -> Result<Box<dyn Prepared + 'q>, Abstention> {
        let Some(doctrine) = &question.decider.doctrine else {
            return Err(Abstention::new(
                "the case names no doctrine",
                "add `doctrines = [\"slug\"]` to `[decider]`, or run with `--doctrine SLUG`",
            ));
        };
        if doctrine.principles.is_empty() && doctrine.pillars.is_empty() {
            return Err(Abstention::new(
                format!(
                    "the doctrine `{}` states neither principles nor pillars",
                    doctrine.id
                ),
                "add `[[principle]]` and `[[pillar]]` tables to it",
            ));
        }
        Ok(Box::new(Ready {
            question,
            doctrine,
            facts: Facts::new(question),
            dimensions: complete_dimensions(&question.situation),
            pillars: doctrine
                .pillars
                .iter()
                .map(|p| Aimed::of(p, &question.situation))
                .collect(),
            precision: self.parameters[0].value,
            tremble: self.parameters[1].value,
            collective: self.parameters[2].value,
        }))
    }
}

/// A pillar's aims, resolved to the effects of every alternative.
struct Aimed {
    weight: Num,
    /// For each alternative its aims.
    aims: Vec<Vec<Resolved>>,
}

/// One aim at one alternative.
struct Resolved {
    direction: Direction,
    /// Share of the aim in its pillar.
    share: f64,
    /// The alternative's own effect.
    stated: Option<Num>,
    /// Where an outcome states its own: for each outcome its probability and effect.
    scenarios: Vec<(Num, Num)>,
}

impl Resolved {
    fn of(aim: &Aim, share: f64, a: &Alternative) -> Option<Self> {
        let stated = a.effect(&aim.measure).map(|e| e.change);
        let own = |o: &Outcome| o.effect(&aim.measure).map(|e| e.change);
        let scenario = |o: &Outcome| Some((o.probability, own(o).or(stated)?));
        let scenarios: Vec<(Num, Num)> = if a.outcomes.iter().any(|o| own(o).is_some()) {
            a.outcomes.iter().filter_map(scenario).collect()
        } else {
            Vec::new()
        };
        (stated.is_some() || !scenarios.is_empty()).then_some(Resolved {
            direction: aim.direction,
            share,
            stated,
            scenarios,
        })
    }

    /// How far the aim is served, -1..1: expected over the assessed scenarios, which are
    /// the alternative's outcomes where they state effects of their own.
    fn served(&self, draw: Draw<'_>) -> f64 {
        let serve = |x: f64| match self.direction {
            Direction::Raise => x,
            Direction::Lower => -x,
            Direction::Keep => -x.abs(),
        };
        if self.scenarios.is_empty() {
            return self.stated.map_or(0.0, |num| serve(draw.get(num)));
        }
        let chances = self.scenarios.iter().map(|(p, _)| draw.get(*p)).collect();
        let chances = crate::values::normalised(chances);
        let scenarios = chances.iter().zip(&self.scenarios);
        scenarios.map(|(p, (_, x))| p * serve(draw.get(*x))).sum()
    }

    fn numbers(&self) -> impl Iterator<Item = Num> + '_ {
        let stated = self.stated.filter(|_| self.scenarios.is_empty());
        let scenarios = self.scenarios.iter().flat_map(|(p, x)| [*p, *x]);
        stated.into_iter().chain(scenarios)
    }
}

impl Aimed {
    fn of(pillar: &Pillar, s: &Situation) -> Self {
        let total: f64 = pillar.aims.iter().map(|a| a.weight).sum();
        let resolve = |a: &Alternative| {
            let one = |aim: &Aim| {
                let share = if total > 0.0 { aim.weight / total } else { 0.0 };
                Resolved::of(aim, share, a)
            };
            pillar.aims.iter().filter_map(one).collect()
        };
        Aimed {
            weight: pillar.weight,
            aims: s.alternatives.iter().map(resolve).collect(),
        }
    }

    fn score(&self, alternative: usize, draw: Draw<'_>) -> f64 {
        let aims = self.aims[alternative].iter();
        aims.map(|aim| aim.share * aim.served(draw)).sum()
    }
}

struct Ready<'q> {
    question: &'q Question,
    doctrine: &'q Doctrine,
    facts: Facts<'q>,
    /// Dimensions on which every alternative has a position.
    dimensions: Vec<usize>,
    pillars: Vec<Aimed>,
    precision: f64,
    tremble: f64,
    collective: f64,
}

/// One bar that strikes one alternative.
#[derive(Clone, Copy)]
struct Struck {
    principle: usize,
    alternative: usize,
    inviolable: bool,
    /// The release that opens it, where one does.
    opened_by: Option<usize>,
}

impl<'q> Ready<'q> {
    fn s(&self) -> &'q Situation {
        &self.question.situation
    }

    fn principle(&self, i: usize) -> &'q Principle {
        &self.doctrine.principles[i]
    }

    /// Whether a condition holds; one that reads a missing value or divides by zero is
    /// taken as not met (the loader has warned of missing values).
    fn holds(facts: &Facts<'_>, condition: &Condition) -> bool {
        facts.holds(condition).unwrap_or(false)
    }

    /// Every bar that strikes an alternative, and what opens it.
    fn strikes(&self, draw: Draw<'_>) -> Vec<Struck> {
        let mut facts = self.facts.clone();
        facts.situate(draw);
        let mut out = Vec::new();
        for alternative in 0..self.s().alternatives.len() {
            facts.consider(alternative, draw);
            for (principle, p) in self.doctrine.principles.iter().enumerate() {
                let PrincipleAct::Bar { strength, when } = &p.act else {
                    continue;
                };
                if !Self::holds(&facts, when) {
                    continue;
                }
                let inviolable = draw.get(*strength) >= 0.5;
                let opened_by = if inviolable {
                    None
                } else {
                    self.opener(principle, &facts)
                };
                out.push(Struck {
                    principle,
                    alternative,
                    inviolable,
                    opened_by,
                });
            }
        }
        out
    }

    /// The release that opens a bar now. Releases see the alternative in view, so that
    /// necessity may depend on it.
    fn opener(&self, bar: usize, facts: &Facts<'_>) -> Option<usize> {
        self.doctrine.principles.iter().position(|p| match &p.act {
            PrincipleAct::Release { opens, when } => {
                opens.contains(&bar) && Self::holds(facts, when)
            }
            _ => false,
        })
    }

    /// What is left after the first stage. Where everything is barred, the least
    /// violation: an inviolable bar counts twice.
    fn left(&self, strikes: &[Struck]) -> (Vec<bool>, bool) {
        let mut violation = vec![0; self.s().alternatives.len()];
        for s in strikes.iter().filter(|s| s.opened_by.is_none()) {
            violation[s.alternative] += if s.inviolable { 2 } else { 1 };
        }
        let least = violation.iter().copied().min().unwrap_or(0);
        (violation.iter().map(|v| *v == least).collect(), least > 0)
    }

    fn weights(&self, draw: Draw<'_>) -> Vec<f64> {
        crate::values::normalised(self.pillars.iter().map(|p| draw.get(p.weight)).collect())
    }

    /// Scores of the second stage, -1..1.
    fn scores(&self, draw: Draw<'_>) -> Vec<f64> {
        let weights = self.weights(draw);
        let advice = self.advice(draw);
        (0..self.s().alternatives.len())
            .map(|a| {
                let aims: f64 = self
                    .pillars
                    .iter()
                    .zip(&weights)
                    .map(|(p, w)| w * p.score(a, draw))
                    .sum();
                match &advice {
                    Some(advice) if self.pillars.is_empty() => advice[a],
                    Some(advice) => (1.0 - self.collective) * aims + self.collective * advice[a],
                    None => aims,
                }
            })
            .collect()
    }

    /// The advisers whom a weighing principle names, by player id or post.
    fn advisers(&self) -> Option<Vec<usize>> {
        let named = self.doctrine.principles.iter().find_map(|p| match &p.act {
            PrincipleAct::Weigh { advisers } => Some(advisers),
            _ => None,
        })?;
        let meant = |i: &usize| {
            let p = &self.s().players[*i];
            named
                .iter()
                .any(|n| *n == p.id || n.eq_ignore_ascii_case(&p.post))
        };
        let all = 0..self.s().players.len();
        let found: Vec<usize> = all.clone().filter(meant).collect();
        Some(if found.is_empty() {
            all.collect()
        } else {
            found
        })
    }

    /// Collective judgement, -1..1: how near each alternative is to what the advisers
    /// prefer, over all dimensions by their salience, weighted by their influence.
    fn advice(&self, draw: Draw<'_>) -> Option<Vec<f64>> {
        let s = self.s();
        let advisers = self.advisers()?;
        s.alternatives
            .iter()
            .map(|a| {
                let (mut near, mut total) = (0.0, 0.0);
                for p in advisers.iter().map(|i| &s.players[*i]) {
                    let weight = draw.get(p.influence);
                    if let Some(distance) = apart(s, &self.dimensions, p, a, draw) {
                        near += weight * (1.0 - distance);
                        total += weight;
                    }
                }
                (total > 0.0).then(|| 2.0 * near / total - 1.0)
            })
            .collect()
    }

    fn choose(&self, strikes: &[Struck], draw: Draw<'_>, out: &mut [f64]) {
        let (left, _) = self.left(strikes);
        logit(&self.scores(draw), self.precision, |i| left[i], out);
        tremble(out, self.tremble, |i| left[i]);
    }
}

impl Prepared for Ready<'_> {
    fn probabilities(&self, draw: Draw<'_>, out: &mut [f64]) {
        self.choose(&self.strikes(draw), draw, out);
    }

    fn judge(&self, draw: Draw<'_>) -> Judgement {
        let strikes = self.strikes(draw);
        let mut probabilities = vec![0.0; self.s().alternatives.len()];
        self.choose(&strikes, draw, &mut probabilities);
        let (left, violated) = self.left(&strikes);
        let barred: f64 = probabilities
            .iter()
            .zip(&left)
            .filter(|(_, l)| !**l)
            .map(|(p, _)| p)
            .sum();
        let mut exhibits = vec![self.eliminations(&strikes, draw)];
        exhibits.extend(self.codings(draw));
        if !self.pillars.is_empty() {
            exhibits.push(self.pillar_table(draw));
        }
        Judgement {
            reasons: self.reasons(&strikes, draw),
            check: Check {
                name: "bounds",
                value: if violated { 1.0 } else { barred },
                tolerance: 1e-12,
                meaning: "probability left on barred alternatives; 1 where every alternative is barred and the least violation stands in".to_owned(),
            },
            exhibits,
            probabilities,
        }
    }

    fn speaks(&self, draw: Draw<'_>, alternative: usize) -> Vec<Reason> {
        self.speaks_for(draw, alternative)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aim(direction: Direction, scenarios: Vec<(Num, Num)>) -> Resolved {
        Resolved {
            direction,
            share: 1.0,
            stated: Some(Num(0)),
            scenarios,
        }
    }

    #[test]
    fn aims_are_expected_over_scenarios() {
        // Own effect 0.2; with chances 3 to 1 the outcomes bring -0.4 and 0.8.
        let values = [0.2, 0.75, -0.4, 0.25, 0.8];
        let draw = Draw(&values);
        let both = || vec![(Num(1), Num(2)), (Num(3), Num(4))];
        let served = |direction, scenarios| aim(direction, scenarios).served(draw);
        assert_eq!(served(Direction::Raise, Vec::new()), 0.2);
        assert!((served(Direction::Raise, both()) + 0.1).abs() < 1e-12);
        assert!((served(Direction::Lower, both()) - 0.1).abs() < 1e-12);
        // What is to be kept suffers from change either way, though the mean is near 0.
        assert!((served(Direction::Keep, both()) + 0.5).abs() < 1e-12);
    }
}
