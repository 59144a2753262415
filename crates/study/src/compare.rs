//! Two runs beside one another: a counterfactual, and a second coder.

use crate::analysis::{Analysis, Options, analyze, answers};
use crate::draws::Answers;
use raison_core::{Case, Domain, Draw, Lens, Situation, Uncertain};

/// A case and a changed case on the same draws.
#[derive(Clone, Debug)]
pub struct Counterfactual {
    /// As coded.
    pub baseline: Analysis,
    /// As changed.
    pub changed: Analysis,
    /// Per lens that answers in both.
    pub differences: Vec<Difference>,
}

/// What the change did to one lens.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The lens.
    pub lens: &'static str,
    /// Leading alternative before and after.
    pub leading: (usize, usize),
    /// For each alternative the paired change of its probability.
    pub shifts: Vec<Shift>,
}

/// A paired change over draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// Mean change.
    pub mean: f64,
    /// 5 % point over draws.
    pub low: f64,
    /// 95 % point over draws.
    pub high: f64,
}

/// Runs both and pairs them draw by draw. Both cases need the same alternatives.
pub fn counterfactual(
    baseline: &Case,
    changed: &Case,
    lenses: &[Box<dyn Lens>],
    options: Options,
) -> Counterfactual {
    let tables = |case: &Case| {
        let prepared: Vec<_> = lenses.iter().map(|l| l.prepare(&case.question)).collect();
        answers(case, lenses, &prepared, options)
    };
    let (before, after) = (tables(baseline), tables(changed));
    let situation = &baseline.question.situation;
    let differences = lenses
        .iter()
        .zip(before.iter().zip(&after))
        .filter_map(|(lens, (b, a))| {
            Some(difference(lens.id(), situation, b.as_ref()?, a.as_ref()?))
        })
        .collect();
    Counterfactual {
        baseline: analyze(baseline, lenses, options),
        changed: analyze(changed, lenses, options),
        differences,
    }
}

fn difference(
    lens: &'static str,
    situation: &Situation,
    before: &Answers,
    after: &Answers,
) -> Difference {
    let ends = after.change(before, 0.05).into_iter();
    let ends = ends.zip(after.change(before, 0.95));
    let (was, is) = (before.mean(), after.mean());
    let means = was.iter().zip(&is).map(|(b, a)| a - b);
    let shifts = means
        .zip(ends)
        .map(|(mean, (low, high))| Shift { mean, low, high })
        .collect();
    Difference {
        lens,
        leading: (situation.leading(&was), situation.leading(&is)),
        shifts,
    }
}

/// How far two codings of one case agree, and what hangs on the differences.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// Inputs that both state; distance and overlap are over these.
    pub shared: usize,
    /// Shared inputs whose stated ranges overlap.
    pub overlapping: usize,
    /// Mean distance of central values as a share of each input's domain.
    pub mean_distance: f64,
    /// Alternatives by id.
    pub alternatives: Sets,
    /// Criteria by id.
    pub criteria: Sets,
    /// Paths that only the first states.
    pub only_first: Vec<String>,
    /// Paths that only the second states.
    pub only_second: Vec<String>,
    /// Per lens: leading alternative in the first and in the second coding (ids).
    pub leading: Vec<(&'static str, Option<String>, Option<String>)>,
    /// Alternatives that only one coding has and that may be one under two ids.
    pub alike: Vec<Alike>,
    /// Differing inputs that alone change a lens's leading alternative when the second
    /// coder's value is put into the first coding.
    pub hanging: Vec<Hanging>,
}

impl Agreement {
    /// Inputs that either states.
    pub fn either(&self) -> usize {
        self.shared + self.only_first.len() + self.only_second.len()
    }

    /// Whether both codings have the same alternatives and criteria: only then can single
    /// numbers tell all that hangs on the differences.
    pub fn same_sets(&self) -> bool {
        self.alternatives.same() && self.criteria.same()
    }
}

/// What two codings list, by id, in file order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sets {
    /// In both.
    pub both: Vec<String>,
    /// Only in the first.
    pub only_first: Vec<String>,
    /// Only in the second.
    pub only_second: Vec<String>,
}

impl Sets {
    fn of(first: &[String], second: &[String]) -> Self {
        let (both, only_first) = first.iter().cloned().partition(|id| second.contains(id));
        let rest = second.iter().filter(|id| !first.contains(id));
        Sets {
            both,
            only_first,
            only_second: rest.cloned().collect(),
        }
    }

    /// Whether neither has what the other lacks.
    pub fn same(&self) -> bool {
        self.only_first.is_empty() && self.only_second.is_empty()
    }
}

fn alternatives(case: &Case) -> Vec<String> {
    let list = case.question.situation.alternatives.iter();
    list.map(|a| a.id.clone()).collect()
}

fn criteria(case: &Case) -> Vec<String> {
    let list = case.question.situation.criteria.iter();
    list.map(|c| c.id.clone()).collect()
}

/// Two alternatives of two codings that state nearly the same numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// Id in the first coding.
    pub first: String,
    /// Id in the second coding.
    pub second: String,
    /// Numbers that are the same.
    pub same: usize,
    /// Numbers that the first coding states.
    pub of: usize,
}

/// Share of numbers, from which on two alternatives may be one under two ids.
const ALIKE: f64 = 0.8;

fn alike(first: &Case, second: &Case, sets: &Sets) -> Vec<Alike> {
    let pairs = sets
        .only_first
        .iter()
        .flat_map(|a| sets.only_second.iter().map(move |b| (a, b)));
    let pairs = pairs.map(|(a, b)| {
        let (from, to) = (format!("alternatives.{a}."), format!("alternatives.{b}."));
        let (x, y) = (&first.question.inputs, &second.question.inputs);
        let own = x
            .iter()
            .filter_map(|(_, i)| Some((i.path.strip_prefix(&from)?, i.amount)));
        let own: Vec<_> = own.collect();
        let there = |rest: &str| y.find(&format!("{to}{rest}")).map(|n| y.get(n).amount);
        let same = own
            .iter()
            .filter(|(rest, amount)| there(rest) == Some(*amount))
            .count();
        Alike {
            first: a.clone(),
            second: b.clone(),
            same,
            of: own.len(),
        }
    });
    pairs
        .filter(|p| p.of > 0 && p.same as f64 >= ALIKE * p.of as f64)
        .collect()
}

/// An input on which something hangs.
#[derive(Clone, Debug)]
pub struct Hanging {
    /// Path.
    pub path: String,
    /// Central value of the first coder.
    pub first: f64,
    /// Central value of the second coder.
    pub second: f64,
    /// Lens that flips.
    pub lens: &'static str,
    /// Alternative that then leads, by id.
    pub leading: String,
}

/// Compares two codings of one case.
pub fn rival(first: &Case, second: &Case, lenses: &[Box<dyn Lens>], options: Options) -> Agreement {
    let (a, b) = (&first.question.inputs, &second.question.inputs);
    let mut out = Agreement {
        shared: 0,
        overlapping: 0,
        mean_distance: 0.0,
        alternatives: Sets::of(&alternatives(first), &alternatives(second)),
        criteria: Sets::of(&criteria(first), &criteria(second)),
        only_first: Vec::new(),
        only_second: b
            .iter()
            .filter(|(_, i)| a.find(&i.path).is_none())
            .map(|(_, i)| i.path.clone())
            .collect(),
        leading: leads(first, second, lenses, options),
        alike: Vec::new(),
        hanging: hanging(first, second, lenses),
    };
    let mut distance = 0.0;
    for (_, input) in a.iter() {
        let Some(other) = b.find(&input.path) else {
            out.only_first.push(input.path.clone());
            continue;
        };
        let other = b.get(other).amount;
        out.shared += 1;
        out.overlapping += usize::from(overlap(input.amount, other));
        distance += (input.amount.central() - other.central()).abs() / width(input.domain);
    }
    out.mean_distance = distance / out.shared.max(1) as f64;
    out.alike = alike(first, second, &out.alternatives);
    out
}

fn width(domain: Domain) -> f64 {
    (domain.high - domain.low).clamp(f64::MIN_POSITIVE, 100.0)
}

fn overlap(a: Uncertain, b: Uncertain) -> bool {
    let ((al, ah), (bl, bh)) = (a.ends(), b.ends());
    al <= bh && bl <= ah
}

fn leads(
    first: &Case,
    second: &Case,
    lenses: &[Box<dyn Lens>],
    options: Options,
) -> Vec<(&'static str, Option<String>, Option<String>)> {
    let lead = |case: &Case| -> Vec<Option<String>> {
        let prepared: Vec<_> = lenses.iter().map(|l| l.prepare(&case.question)).collect();
        answers(case, lenses, &prepared, options)
            .into_iter()
            .map(|t| {
                let situation = &case.question.situation;
                let at = situation.leading(&t?.mean());
                Some(situation.alternatives.get(at)?.id.clone())
            })
            .collect()
    };
    lenses
        .iter()
        .zip(lead(first).into_iter().zip(lead(second)))
        .map(|(lens, (a, b))| (lens.id(), a, b))
        .collect()
}

fn hanging(first: &Case, second: &Case, lenses: &[Box<dyn Lens>]) -> Vec<Hanging> {
    let (a, b) = (&first.question.inputs, &second.question.inputs);
    let situation = &first.question.situation;
    let alternatives = &situation.alternatives;
    let mut values = a.central();
    let mut probabilities = vec![0.0; alternatives.len()];
    let mut out = Vec::new();
    for lens in lenses {
        let Ok(prepared) = lens.prepare(&first.question) else {
            continue;
        };
        prepared.probabilities(Draw(&values), &mut probabilities);
        let base = situation.leading(&probabilities);
        for (num, input) in a.iter() {
            let Some(other) = b.find(&input.path) else {
                continue;
            };
            let (mine, theirs) = (input.amount.central(), b.get(other).amount.central());
            if mine == theirs {
                continue;
            }
            values[num.0 as usize] = theirs;
            prepared.probabilities(Draw(&values), &mut probabilities);
            values[num.0 as usize] = mine;
            let lead = situation.leading(&probabilities);
            if lead != base {
                out.push(Hanging {
                    path: input.path.clone(),
                    first: mine,
                    second: theirs,
                    lens: lens.id(),
                    leading: alternatives[lead].id.clone(),
                });
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_one_coding_has_is_named() {
        let list = |ids: &[&str]| ids.iter().map(|i| (*i).to_owned()).collect::<Vec<_>>();
        let sets = Sets::of(&list(&["a", "b", "c"]), &list(&["d", "b", "a"]));
        assert_eq!(sets.both, ["a", "b"]);
        assert_eq!(sets.only_first, ["c"]);
        assert_eq!(sets.only_second, ["d"]);
        assert!(!sets.same());
        assert!(Sets::of(&list(&["a"]), &list(&["a"])).same());
    }
}
