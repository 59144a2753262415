//! The organisational process: government does what its organisations know how to do.
//!
//! Allison's Model II (Allison 1969, 1971; “organizational behavior” in Allison &
//! Zelikow 1999), on routines and sequential search with aspirations (Simon 1955; Cyert
//! & March 1963). Critics: Bendor & Hammond 1992; McKeown 2001, who finds that routines
//! did not constrain the Cuban choices: the lens can be wrong, and its traces say when.

use crate::choice::{strongest_first, tremble, two};
use crate::parameters::with_values;
use crate::values::{expected_on, normalised};
use raison_core::facts::Facts;
use raison_core::{
    About, Abstention, Check, Draw, Exhibit, Judgement, Lens, Organization, Parameter, Prepared,
    Question, Reason, Routine, Trace,
};

/// What the lens claims.
pub static ABOUT: About = About {
    title: "Organisational process",
    aliases: &["organisational", "model-2", "organizational-behavior"],
    claim: "The government can only do what some organisation can deliver in time, and takes the first routine at hand that is good enough.",
    citations: &[
        "Allison 1969",
        "Allison & Zelikow 1999, ch. 3",
        "Cyert & March 1963",
        "Simon 1955",
    ],
    traces: &[
        Trace {
            id: "plan-existed",
            expected: true,
            text: "the course chosen lay ready beforehand as a plan or routine",
        },
        Trace {
            id: "search-started-from-repertoire",
            expected: true,
            text: "the first options on the table came from standing repertoires",
        },
        Trace {
            id: "implementation-followed-routine",
            expected: true,
            text: "implementation followed standard procedure, whatever leaders wished",
        },
        Trace {
            id: "option-made-at-the-top",
            expected: false,
            text: "the course chosen was devised by leaders, outside any repertoire",
        },
        Trace {
            id: "routine-overridden",
            expected: false,
            text: "leaders overrode a plan or routine",
        },
    ],
};

/// The lens.
pub struct Organizational {
    parameters: Vec<Parameter>,
}

impl Default for Organizational {
    fn default() -> Self {
        let slippage = Parameter {
            id: "slippage",
            value: 0.1,
            low: 0.0,
            high: 1.0,
            meaning: "share of choices made outside the search, spread over what can be delivered; assumed 0.1",
        };
        let lowering = Parameter {
            id: "lowering",
            value: 0.1,
            low: 0.01,
            high: 1.0,
            meaning: "share of the aspiration that is given up after a round of search without success; assumed 0.1",
        };
        Organizational {
            parameters: vec![slippage, lowering],
        }
    }
}

impl Lens for Organizational {
    fn id(&self) -> &'static str {
        "organizational"
    }

    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.parameters.clone()
    }

    fn with_parameters(&self, values: &[f64]) -> Box<dyn Lens> {
        Box::new(Organizational {
            parameters: with_values(&self.parameters, values),
        })
    }

    fn prepare<'q>(&self, question: &'q Question) -> Result<Box<dyn Prepared + 'q>, Abstention> {
        if question
            .situation
            .organizations
            .iter()
            .all(|o| o.routines.is_empty())
        {
            return Err(Abstention::new(
                "the case names no organisation with a repertoire",
                "add `[[organizations]]` with `[[organizations.routines]]`",
            ));
        }
        Ok(Box::new(Ready {
            question,
            facts: Facts::new(question),
            slippage: self.parameters[0].value,
            lowering: self.parameters[1].value,
        }))
    }
}

struct Ready<'q> {
    question: &'q Question,
    facts: Facts<'q>,
    slippage: f64,
    lowering: f64,
}

/// Why a routine did or did not act.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    NotTriggered,
    TooLate,
    NotGoodEnough,
    Taken(f64),
}

/// One look at one routine.
struct Look<'q> {
    organization: &'q Organization,
    routine: &'q Routine,
    worth: f64,
    aspiration: f64,
    /// Share of the aspiration that was still asked for when the search took it.
    level: f64,
    fate: Fate,
}

/// Result of the search: probability of each alternative, what no routine answered, and
/// the looks in order.
struct Search<'q> {
    taken: Vec<f64>,
    left: f64,
    looks: Vec<Look<'q>>,
}

impl<'q> Ready<'q> {
    /// Organisations in the order in which they are turned to.
    fn order(&self, draw: Draw<'_>) -> Vec<&'q Organization> {
        let mut list: Vec<&Organization> = self.question.situation.organizations.iter().collect();
        let turn = |o: &Organization| draw.get(o.attention);
        list.sort_by(|a, b| turn(a).total_cmp(&turn(b)).then_with(|| a.id.cmp(&b.id)));
        list
    }

    /// Routines of an organisation, the one in use first, then the best practised.
    fn repertoire(&self, o: &'q Organization, draw: Draw<'_>) -> Vec<&'q Routine> {
        let mut list: Vec<&Routine> = o.routines.iter().collect();
        let in_use = o.routines.get(o.in_use).map(|r| r.id.as_str());
        list.sort_by(|a, b| {
            let first = |r: &Routine| Some(r.id.as_str()) != in_use;
            first(a)
                .cmp(&first(b))
                .then(draw.get(b.practised).total_cmp(&draw.get(a.practised)))
                .then_with(|| a.id.cmp(&b.id))
        });
        list
    }

    /// Whether a routine is triggered. A condition that reads a missing value is not met.
    fn triggered(&self, facts: &mut Facts<'q>, routine: &Routine, draw: Draw<'_>) -> bool {
        let Some(trigger) = &routine.trigger else {
            return true;
        };
        facts.consider(routine.delivers, draw);
        facts.holds(trigger).unwrap_or(false)
    }

    fn in_time(&self, routine: &Routine, draw: Draw<'_>) -> bool {
        let deadline = draw.get_or(self.question.situation.deadline, f64::INFINITY);
        draw.get(routine.lead_time) <= deadline
    }

    /// What a routine is worth to its organisation: the expected value of what it
    /// delivers by the organisation's own priorities, times the share of the task that
    /// it can do. Without values in the case only the share counts.
    fn worth(&self, o: &Organization, routine: &Routine, draw: Draw<'_>) -> f64 {
        let s = &self.question.situation;
        let a = &s.alternatives[routine.delivers];
        let capacity = draw.get(routine.capacity);
        if s.criteria.is_empty() || a.outcomes.is_empty() {
            return capacity;
        }
        let weights = normalised(o.priorities.iter().map(|p| draw.get_or(*p, 0.0)).collect());
        let value: f64 = (0..s.criteria.len())
            .map(|c| weights[c] * expected_on(a, c, draw))
            .sum();
        capacity * value
    }

    /// Search from the routine in use outward; aspirations fall after each round without
    /// success, until whatever can be delivered is good enough.
    fn search(&self, draw: Draw<'_>) -> Search<'q> {
        let mut facts = self.facts.clone();
        facts.situate(draw);
        let mut looks = Vec::new();
        for organization in self.order(draw) {
            for routine in self.repertoire(organization, draw) {
                let fate = if !self.triggered(&mut facts, routine, draw) {
                    Fate::NotTriggered
                } else if !self.in_time(routine, draw) {
                    Fate::TooLate
                } else {
                    Fate::NotGoodEnough
                };
                looks.push(Look {
                    organization,
                    routine,
                    worth: self.worth(organization, routine, draw),
                    aspiration: draw.get(organization.aspiration),
                    level: 1.0,
                    fate,
                });
            }
        }
        self.walk(looks, draw)
    }

    fn walk(&self, mut looks: Vec<Look<'q>>, draw: Draw<'_>) -> Search<'q> {
        let mut taken = vec![0.0; self.question.situation.alternatives.len()];
        let mut left = 1.0;
        let mut level = 1.0;
        loop {
            for look in looks.iter_mut().filter(|l| l.fate == Fate::NotGoodEnough) {
                if look.worth < level * look.aspiration {
                    continue;
                }
                let share = left * draw.get(look.routine.readiness);
                look.fate = Fate::Taken(share);
                look.level = level;
                taken[look.routine.delivers] += share;
                left -= share;
            }
            if level <= 0.0 {
                return Search { taken, left, looks };
            }
            level = if level - self.lowering < 1e-9 {
                0.0
            } else {
                level - self.lowering
            };
        }
    }

    /// What can be done at all: what a triggered routine delivers in time, and what
    /// needs no delivery.
    fn possible(&self, search: &Search<'_>) -> Vec<bool> {
        let mut out: Vec<bool> = self
            .question
            .situation
            .alternatives
            .iter()
            .map(|a| !a.needs_delivery)
            .collect();
        for look in &search.looks {
            if !matches!(look.fate, Fate::NotTriggered | Fate::TooLate) {
                out[look.routine.delivers] = true;
            }
        }
        if !out.contains(&true) {
            // Nothing can be done and nothing is coded as doing nothing: things stay.
            let at = self.question.situation.status_quo.unwrap_or(0);
            out[at] = true;
        }
        out
    }

    fn spread(&self, search: &Search<'_>, out: &mut [f64]) {
        let possible = self.possible(search);
        let idle: Vec<bool> = self
            .question
            .situation
            .alternatives
            .iter()
            .zip(&possible)
            .map(|(a, p)| *p && !a.needs_delivery)
            .collect();
        let rest = if idle.contains(&true) {
            &idle
        } else {
            &possible
        };
        let n = rest.iter().filter(|r| **r).count().max(1) as f64;
        for (i, place) in out.iter_mut().enumerate() {
            *place = search.taken[i] + if rest[i] { search.left / n } else { 0.0 };
        }
        tremble(out, self.slippage, |i| possible[i]);
    }

    fn reasons(&self, search: &Search<'_>, draw: Draw<'_>) -> Vec<Reason> {
        let s = &self.question.situation;
        let mut reasons: Vec<Reason> = search.looks.iter().map(|l| self.look(l, draw)).collect();
        let possible = self.possible(search);
        for (a, _) in s.alternatives.iter().zip(&possible).filter(|(_, p)| !**p) {
            let text = format!(
                "no organisation delivers `{}` in time: it is impossible",
                a.id
            );
            reasons.push(Reason::new(text, -0.5).field(format!("alternatives.{}", a.id)));
        }
        if search.left > 1e-9 {
            let text = format!(
                "with probability {} no routine answers and nothing is set in motion",
                two(search.left)
            );
            reasons.push(Reason::new(text, search.left).field("organizations"));
        }
        strongest_first(&mut reasons);
        reasons
    }

    fn look(&self, look: &Look<'_>, draw: Draw<'_>) -> Reason {
        let (o, r) = (look.organization, look.routine);
        let a = &self.question.situation.alternatives[r.delivers];
        let head = format!(
            "{} turns to “{}”, which delivers `{}`",
            o.title, r.title, a.id
        );
        let (tail, weight) = match look.fate {
            Fate::NotTriggered => ("nothing triggers it".to_owned(), 0.0),
            Fate::TooLate => (
                format!("it needs {:.0} days, too late", draw.get(r.lead_time)),
                0.0,
            ),
            Fate::NotGoodEnough => ("it is never good enough".to_owned(), 0.0),
            Fate::Taken(p) => (
                format!(
                    "worth {} to it against {}, ready {}: taken with probability {}",
                    two(look.worth),
                    asked(look),
                    two(draw.get(r.readiness)),
                    two(p)
                ),
                p,
            ),
        };
        Reason::new(format!("{head}: {tail}"), weight)
            .on_all([
                r.readiness,
                r.capacity,
                r.lead_time,
                r.practised,
                o.aspiration,
                o.attention,
            ])
            .on_all(o.priorities.iter().flatten().copied())
            .field(format!("organizations.{}.routines.{}", o.id, r.id))
    }

    fn exhibit(&self, search: &Search<'_>, draw: Draw<'_>) -> Exhibit {
        let s = &self.question.situation;
        let row = |look: &Look<'_>| {
            let result = match look.fate {
                Fate::NotTriggered => "not triggered".to_owned(),
                Fate::TooLate => "too late".to_owned(),
                Fate::NotGoodEnough => "not good enough".to_owned(),
                Fate::Taken(p) => format!("taken {}", two(p)),
            };
            vec![
                look.organization.title.clone(),
                look.routine.title.clone(),
                s.alternatives[look.routine.delivers].title.clone(),
                two(look.worth),
                two(look.aspiration),
                lowered(look),
                two(draw.get(look.routine.readiness)),
                result,
            ]
        };
        Exhibit::Table {
            title: "The search, in its order".to_owned(),
            columns: ["organisation", "routine", "delivers", "worth", "aspiration", "lowered to", "ready", "result"].map(String::from).to_vec(),
            rows: search.looks.iter().map(row).collect(),
            note: "search starts from the routine in use, widens only on failure, and lowers aspirations slowly".to_owned(),
        }
    }
}

/// The level at which a routine was taken, where the search had lowered it.
fn lowered(look: &Look<'_>) -> String {
    match look.fate {
        Fate::Taken(_) if look.level < 1.0 => two(look.level * look.aspiration),
        _ => "–".to_owned(),
    }
}

/// What a routine had to be worth when it was taken.
fn asked(look: &Look<'_>) -> String {
    let stated = two(look.aspiration);
    if look.level >= 1.0 {
        return format!("an aspiration of {stated}");
    }
    let lowered = two(look.level * look.aspiration);
    format!("an aspiration of {stated}, lowered to {lowered} as the search failed")
}

impl Prepared for Ready<'_> {
    fn probabilities(&self, draw: Draw<'_>, out: &mut [f64]) {
        let search = self.search(draw);
        self.spread(&search, out);
    }

    fn judge(&self, draw: Draw<'_>) -> Judgement {
        let search = self.search(draw);
        let mut probabilities = vec![0.0; self.question.situation.alternatives.len()];
        self.spread(&search, &mut probabilities);
        let total: f64 = search.taken.iter().sum::<f64>() + search.left;
        Judgement {
            reasons: self.reasons(&search, draw),
            check: Check {
                name: "residual",
                value: (total - 1.0).abs(),
                tolerance: 1e-9,
                meaning: "probability lost in the search".to_owned(),
            },
            exhibits: vec![self.exhibit(&search, draw)],
            probabilities,
        }
    }
}
