//! Memory: decisions by analogy to earlier episodes.
//!
//! Analogies as cognitive devices (Khong 1992; Neustadt & May 1986; Jervis 1976, ch. 6)
//! in the form of case-based decision theory (Gilboa & Schmeidler 1995, averaged
//! similarity): what worked in similar situations is repeated, what failed avoided.

use crate::choice::{logit, signed, strongest_first, tremble, two};
use crate::parameters::{TREMBLE, with_values};
use raison_core::choice::larger_first;
use raison_core::{
    About, Abstention, Analogy, Check, Draw, Exhibit, Judgement, Lens, Num, Parameter, Prepared,
    Question, Reason, Situation, Trace,
};

/// What the lens claims.
pub static ABOUT: About = About {
    title: "Memory",
    aliases: &["analogies", "case-based"],
    claim: "Deciders look back: they repeat what worked in situations like this one and avoid what failed, their own history first.",
    citations: &[
        "Khong 1992",
        "Neustadt & May 1986",
        "Gilboa & Schmeidler 1995",
        "Jervis 1976",
    ],
    traces: &[
        Trace {
            id: "analogy-invoked",
            expected: true,
            text: "participants invoked an earlier episode while they deliberated",
        },
        Trace {
            id: "analogy-shaped-options",
            expected: true,
            text: "an earlier episode shaped which alternatives were seen or dropped",
        },
        Trace {
            id: "analogy-invoked-afterwards-only",
            expected: false,
            text: "earlier episodes were invoked only afterwards, to justify",
        },
        Trace {
            id: "no-precedent-mentioned",
            expected: false,
            text: "the problem was treated as without precedent",
        },
    ],
};

/// Features that both episodes have to state for a comparison.
const FEWEST_FEATURES: usize = 3;
/// Ages at which the world is first seen with political eyes: the formative years of
/// generational learning (Schuman & Scott 1989 put the peak between 17 and 25).
const FORMATIVE: std::ops::RangeInclusive<i16> = 17..=25;

/// The lens.
pub struct Memory {
    parameters: Vec<Parameter>,
}

impl Default for Memory {
    fn default() -> Self {
        let p = |id, value, low, high, meaning| Parameter {
            id,
            value,
            low,
            high,
            meaning,
        };
        Memory {
            parameters: vec![
                p(
                    "precision",
                    3.0,
                    0.0,
                    100.0,
                    "logit precision per unit of remembered success (-1..1); assumed 3",
                ),
                TREMBLE,
                p(
                    "sharpness",
                    4.0,
                    0.0,
                    32.0,
                    "power of the similarity: at the assumed 4, an episode half as similar counts a sixteenth",
                ),
                p(
                    "own",
                    2.0,
                    1.0,
                    10.0,
                    "how much more an episode of the decider's own state counts; assumed 2",
                ),
                p(
                    "invoked",
                    2.0,
                    1.0,
                    10.0,
                    "how much more an episode counts that participants brought up; assumed 2",
                ),
                p(
                    "formative",
                    1.5,
                    1.0,
                    10.0,
                    "how much more an episode of the leader's years from 17 to 25 counts; assumed 1.5",
                ),
                p(
                    "near",
                    0.5,
                    0.0,
                    1.0,
                    "similarity below which an episode is not near: with none near the lens abstains; assumed 0.5",
                ),
            ],
        }
    }
}

impl Lens for Memory {
    fn id(&self) -> &'static str {
        "memory"
    }

    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.parameters.clone()
    }

    fn with_parameters(&self, values: &[f64]) -> Box<dyn Lens> {
        Box::new(Memory {
            parameters: with_values(&self.parameters, values),
        })
    }

    fn prepare<'q>(&self, question: &'q Question) -> Result<Box<dyn Prepared + 'q>, Abstention> {
        let value = |i: usize| self.parameters[i].value;
        let until = question.situation.information_until;
        let episodes: Vec<Episode<'_>> = question
            .situation
            .analogies
            .iter()
            .filter(|a| a.date < until)
            .filter_map(|a| {
                let shared = shared(a, question);
                (shared.len() >= FEWEST_FEATURES).then(|| Episode {
                    analogy: a,
                    weight: self.weight(a, question),
                    shared,
                })
            })
            .collect();
        let ready = Ready {
            question,
            episodes,
            precision: value(0),
            tremble: value(1),
            sharpness: value(2),
        };
        let central = question.inputs.central();
        let near = value(6);
        if !ready
            .episodes
            .iter()
            .any(|e| e.similarity(Draw(&central)) >= near)
        {
            return Err(Abstention::new(
                "no earlier episode is near enough to look back to",
                "add `[[analogies]]` to the case, or earlier cases with the same situation features",
            ));
        }
        Ok(Box::new(ready))
    }
}

impl Memory {
    /// How much an episode counts apart from its similarity.
    fn weight(&self, a: &Analogy, question: &Question) -> f64 {
        let mut weight = 1.0;
        if a.state == question.decider.state {
            weight *= self.parameters[3].value;
        }
        if !a.invoked_by.is_empty() {
            weight *= self.parameters[4].value;
        }
        let born = question.decider.leader.as_ref().and_then(|l| l.born);
        if born.is_some_and(|born| FORMATIVE.contains(&(a.date.year() - born))) {
            weight *= self.parameters[5].value;
        }
        weight
    }
}

/// Features that both the episode and the question state.
fn shared(a: &Analogy, question: &Question) -> Vec<(Num, Num)> {
    let pairs = a.features.iter().zip(&question.situation.features);
    pairs
        .filter_map(|(then, now)| Some(((*then)?, (*now)?)))
        .collect()
}

struct Episode<'q> {
    analogy: &'q Analogy,
    weight: f64,
    shared: Vec<(Num, Num)>,
}

impl Episode<'_> {
    /// One less the mean distance over shared features, 0..1.
    fn similarity(&self, draw: Draw<'_>) -> f64 {
        let sum: f64 = self
            .shared
            .iter()
            .map(|(then, now)| (draw.get(*then) - draw.get(*now)).abs())
            .sum();
        1.0 - sum / self.shared.len() as f64
    }
}

struct Ready<'q> {
    question: &'q Question,
    episodes: Vec<Episode<'q>>,
    precision: f64,
    tremble: f64,
    sharpness: f64,
}

impl Ready<'_> {
    fn s(&self) -> &Situation {
        &self.question.situation
    }

    fn pulls(&self, draw: Draw<'_>) -> Vec<f64> {
        self.episodes
            .iter()
            .map(|e| e.weight * e.similarity(draw).max(0.0).powf(self.sharpness))
            .collect()
    }

    /// Remembered success of each alternative, -1..1: over all episodes, success times
    /// resemblance, weighted by similarity. What was never tried stays at 0.
    fn utilities(&self, pulls: &[f64], draw: Draw<'_>) -> Vec<f64> {
        let total: f64 = pulls.iter().sum();
        let mut u = vec![0.0; self.question.situation.alternatives.len()];
        if total <= 0.0 {
            return u;
        }
        for (e, pull) in self.episodes.iter().zip(pulls) {
            let success = draw.get(e.analogy.success) * pull / total;
            u.iter_mut()
                .zip(&e.analogy.resembles)
                .for_each(|(u, r)| *u += r * success);
        }
        u
    }

    fn choose(&self, pulls: &[f64], draw: Draw<'_>, out: &mut [f64]) {
        logit(&self.utilities(pulls, draw), self.precision, |_| true, out);
        tremble(out, self.tremble, |_| true);
    }

    /// What leads without each episode.
    fn without(&self, episode: usize, draw: Draw<'_>) -> usize {
        let mut pulls = self.pulls(draw);
        pulls[episode] = 0.0;
        self.s().leading(&self.utilities(&pulls, draw))
    }

    fn reasons(&self, draw: Draw<'_>) -> Vec<Reason> {
        let pulls = self.pulls(draw);
        let total: f64 = pulls.iter().sum();
        let utilities = self.utilities(&pulls, draw);
        let (first, second) = self.s().first_two(&utilities);
        let mut reasons: Vec<Reason> = self
            .episodes
            .iter()
            .zip(&pulls)
            .enumerate()
            .map(|(i, (e, pull))| self.reason(i, e, pull / total, first, second, draw))
            .collect();
        strongest_first(&mut reasons);
        reasons
    }

    fn reason(
        &self,
        i: usize,
        e: &Episode<'_>,
        share: f64,
        first: usize,
        second: usize,
        draw: Draw<'_>,
    ) -> Reason {
        let alternatives = &self.question.situation.alternatives;
        let success = draw.get(e.analogy.success);
        let like = self.s().leading(&e.analogy.resembles);
        let (low, high) = self.question.inputs.get(e.analogy.success).amount.ends();
        let verdict = match (low, high) {
            (low, high) if low < 0.0 && high > 0.0 => "turned out mixed",
            _ if success > 0.0 => "worked",
            _ if success < 0.0 => "failed",
            _ => "neither worked nor failed",
        };
        let brought = match e.analogy.invoked_by.as_slice() {
            [] => String::new(),
            who => format!(", brought up by {}", who.join(", ")),
        };
        let text = format!(
            "“{}” ({}{brought}), similar {}, {verdict} ({}) with something like `{}`",
            e.analogy.title,
            e.analogy.date.year(),
            two(e.similarity(draw)),
            signed(success),
            alternatives[like].id
        );
        let gain = share * success * (e.analogy.resembles[first] - e.analogy.resembles[second]);
        let other = self.without(i, draw);
        let part = Reason::new(
            format!("without it `{}` leads", alternatives[other].id),
            0.0,
        )
        .field(format!("analogies.{}", e.analogy.id));
        Reason::new(text, gain)
            .on(e.analogy.success)
            .on_all(e.shared.iter().flat_map(|(a, b)| [*a, *b]))
            .citing(&e.analogy.sources)
            .field(format!("analogies.{}", e.analogy.id))
            .part(part)
    }

    fn exhibit(&self, draw: Draw<'_>) -> Exhibit {
        let pulls = self.pulls(draw);
        let total: f64 = pulls.iter().sum();
        let alternatives = &self.question.situation.alternatives;
        let mut order: Vec<usize> = (0..pulls.len()).collect();
        let id = |i: usize| self.episodes[i].analogy.id.as_str();
        order.sort_by(|a, b| larger_first(pulls[*a], pulls[*b]).then_with(|| id(*a).cmp(id(*b))));
        let rows = order
            .into_iter()
            .map(|i| {
                let e = &self.episodes[i];
                let like = self.s().leading(&e.analogy.resembles);
                vec![
                    format!("{} ({})", e.analogy.title, e.analogy.date.year()),
                    two(e.similarity(draw)),
                    two(pulls[i] / total),
                    alternatives[like].title.clone(),
                    signed(draw.get(e.analogy.success)),
                    alternatives[self.without(i, draw)].title.clone(),
                ]
            })
            .collect();
        Exhibit::Table {
            title: "Episodes looked back to".to_owned(),
            columns: [
                "episode",
                "similarity",
                "weight",
                "like",
                "success",
                "without it leads",
            ]
            .map(String::from)
            .to_vec(),
            rows,
            note: "similarity is one less the mean distance over the features that both state"
                .to_owned(),
        }
    }
}

impl Prepared for Ready<'_> {
    fn probabilities(&self, draw: Draw<'_>, out: &mut [f64]) {
        self.choose(&self.pulls(draw), draw, out);
    }

    fn judge(&self, draw: Draw<'_>) -> Judgement {
        let mut probabilities = vec![0.0; self.question.situation.alternatives.len()];
        self.probabilities(draw, &mut probabilities);
        let lead = self.s().leading(&probabilities);
        let moved = (0..self.episodes.len())
            .filter(|i| self.without(*i, draw) != lead)
            .count();
        Judgement {
            probabilities,
            reasons: self.reasons(draw),
            check: Check {
                name: "dependence",
                value: moved as f64 / self.episodes.len().max(1) as f64,
                tolerance: 0.5,
                meaning: "share of episodes without which another alternative leads".to_owned(),
            },
            exhibits: vec![self.exhibit(draw)],
        }
    }
}
