//! Leader exits as natural experiments.
//!
//! After Jones and Olken (2005): if leaders matter, outcomes change more around a death
//! that chance dated than around dates at which nobody left. The statistic is the mean
//! absolute change; its null distribution comes from placebo years of states of the same
//! kind of regime and the same twenty years (randomisation inference).

use super::exits::{Exit, Moment, Moments, Regime, moments};
use super::outcomes::{Kind, Outcomes};
use crate::refusal::Outcome;
use crate::store::Store;
use raison_core::draws::Stream;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// How the study is run.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Years on each side of the exit.
    pub window: i32,
    /// Randomisation draws.
    pub draws: usize,
    /// Their seed.
    pub seed: u64,
}

impl Default for Plan {
    fn default() -> Self {
        Plan {
            window: 3,
            draws: 4999,
            seed: 1,
        }
    }
}

/// One outcome, one kind of exit, one kind of regime.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What may change.
    pub outcome: Kind,
    /// How leaders left.
    pub exit: Exit,
    /// Regime; `None` for all.
    pub regime: Option<Regime>,
    /// Whether states whose final authority lies elsewhere are left out.
    pub without_elsewhere: bool,
    /// Exits with a known change.
    pub n: usize,
    /// Mean absolute change around the exits.
    pub change: f64,
    /// Mean change with its sign.
    pub signed: f64,
    /// The mean absolute change at placebo years, over draws.
    pub placebo: f64,
    /// 2.5 and 97.5 % points of it.
    pub interval: (f64, f64),
    /// Share of draws that reach the change, the observed one among them.
    pub p: f64,
}

/// Natural deaths against regular exits: a difference of mean absolute changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// What may change.
    pub outcome: Kind,
    /// Regime; `None` for all. Labels are shuffled within regimes and twenty years.
    pub regime: Option<Regime>,
    /// Natural deaths and regular exits that are compared: those whose stratum has placebos,
    /// as in the cells.
    pub n: (usize, usize),
    /// Mean absolute change after deaths less that after regular exits.
    pub difference: f64,
    /// Share of shuffles whose difference lies at least as far from the mean of all
    /// shuffles as the observed one, on either side; the observed one counts among them.
    pub p: f64,
}

/// The study.
#[derive(Clone, Debug)]
pub struct Succession {
    /// How it was run.
    pub plan: Plan,
    /// Exits of the kinds studied; those alone in their window by kind; placebos.
    pub counts: [usize; 4],
    /// All cells.
    pub cells: Vec<Cell>,
    /// Deaths against regular exits.
    pub contrasts: Vec<Contrast>,
}

/// A moment's change and the stratum its placebos come from.
#[derive(Clone, Copy)]
struct Change {
    at: Moment,
    value: f64,
}

/// Runs the study.
///
/// # Errors
/// Where a table is not in the store.
pub fn run(store: &Store, plan: &Plan) -> Outcome<Succession> {
    let moments = moments(store, plan.window)?;
    let outcomes = Outcomes::load(store)?;
    let found: Vec<(Vec<Cell>, Vec<Contrast>)> = Kind::ALL
        .par_iter()
        .map(|kind| of_outcome(&moments, &outcomes, *kind, plan))
        .collect();
    let kind = |e| moments.exits.iter().filter(|m| m.exit == Some(e)).count();
    let counts = [
        moments.all,
        kind(Exit::NaturalDeath),
        kind(Exit::Regular),
        moments.placebos.len(),
    ];
    let (cells, contrasts): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    Ok(Succession {
        plan: plan.clone(),
        counts,
        cells: cells.into_iter().flatten().collect(),
        contrasts: contrasts.into_iter().flatten().collect(),
    })
}

fn regimes() -> impl Iterator<Item = Option<Regime>> {
    std::iter::once(None).chain(Regime::ALL.into_iter().map(Some))
}

fn of_outcome(
    moments: &Moments,
    outcomes: &Outcomes,
    kind: Kind,
    plan: &Plan,
) -> (Vec<Cell>, Vec<Contrast>) {
    let change = |m: &Moment| {
        let value = outcomes.change(kind, m.state, m.year, plan.window)?;
        Some(Change { at: *m, value })
    };
    let exits: Vec<Change> = moments.exits.iter().filter_map(change).collect();
    let placebos: Vec<Change> = moments.placebos.iter().filter_map(change).collect();
    let wanted: Vec<(Exit, Option<Regime>, bool)> = Exit::ALL
        .into_iter()
        .flat_map(|e| regimes().flat_map(move |r| [(e, r, false), (e, r, true)]))
        .collect();
    let cells = wanted
        .par_iter()
        .filter_map(|(exit, regime, without)| {
            let keep = |c: &&Change| {
                regime.is_none_or(|r| c.at.regime == Some(r)) && !(*without && c.at.elsewhere)
            };
            let here: Vec<Change> = exits
                .iter()
                .filter(keep)
                .filter(|c| c.at.exit == Some(*exit))
                .copied()
                .collect();
            let pool: Vec<Change> = placebos.iter().filter(keep).copied().collect();
            cell(kind, *exit, (*regime, *without), &here, &pool, plan)
        })
        .collect();
    let contrasts = regimes()
        .filter_map(|r| contrast(kind, r, &held(&exits, &placebos), plan))
        .collect();
    (cells, contrasts)
}

/// Regime and twenty years.
type Stratum = (Option<Regime>, i32);

fn stratum(c: &Change) -> Stratum {
    (c.at.regime, c.at.year.div_euclid(20))
}

/// The exits whose stratum has placebos: those that the cells rest on.
fn held(exits: &[Change], placebos: &[Change]) -> Vec<Change> {
    let strata: BTreeSet<Stratum> = placebos.iter().map(stratum).collect();
    let has = |c: &&Change| strata.contains(&stratum(c));
    exits.iter().filter(has).copied().collect()
}

fn cell(
    outcome: Kind,
    exit: Exit,
    (regime, without_elsewhere): (Option<Regime>, bool),
    exits: &[Change],
    pool: &[Change],
    plan: &Plan,
) -> Option<Cell> {
    let mut strata: BTreeMap<Stratum, Vec<f64>> = BTreeMap::new();
    pool.iter()
        .for_each(|c| strata.entry(stratum(c)).or_default().push(c.value.abs()));
    // An exit without a placebo of its kind has nothing to be held against.
    let held: Vec<(&Change, &Vec<f64>)> = exits
        .iter()
        .filter_map(|c| Some((c, strata.get(&stratum(c))?)))
        .collect();
    let n = held.len();
    if n < 5 {
        return None;
    }
    let mean =
        |f: &dyn Fn(f64) -> f64| held.iter().map(|(c, _)| f(c.value)).sum::<f64>() / n as f64;
    let change = mean(&f64::abs);
    let name = format!("succession.{outcome:?}.{exit:?}.{regime:?}");
    let mut stream = Stream::new(plan.seed, &name, 0);
    let mut null: Vec<f64> = (0..plan.draws)
        .map(|_| {
            held.iter()
                .map(|(_, pool)| pick(pool, &mut stream))
                .sum::<f64>()
                / n as f64
        })
        .collect();
    null.sort_by(f64::total_cmp);
    let reach = null.iter().filter(|x| **x >= change - 1e-12).count();
    let at = |q: f64| {
        null.get((null.len().saturating_sub(1) as f64 * q).round() as usize)
            .copied()
            .unwrap_or(f64::NAN)
    };
    Some(Cell {
        outcome,
        exit,
        regime,
        without_elsewhere,
        n,
        change,
        signed: mean(&|x| x),
        placebo: null.iter().sum::<f64>() / null.len().max(1) as f64,
        interval: (at(0.025), at(0.975)),
        p: (1 + reach) as f64 / (1 + null.len()) as f64,
    })
}

fn pick(pool: &[f64], stream: &mut Stream) -> f64 {
    let at = (stream.uniform() * pool.len() as f64) as usize;
    pool.get(at.min(pool.len().saturating_sub(1)))
        .copied()
        .unwrap_or(0.0)
}

/// Deaths against regular exits, labels shuffled within regimes and twenty years.
fn contrast(
    outcome: Kind,
    regime: Option<Regime>,
    exits: &[Change],
    plan: &Plan,
) -> Option<Contrast> {
    let mut groups: BTreeMap<Stratum, Vec<(bool, f64)>> = BTreeMap::new();
    for c in exits
        .iter()
        .filter(|c| regime.is_none_or(|r| c.at.regime == Some(r)))
    {
        let death = c.at.exit == Some(Exit::NaturalDeath);
        groups
            .entry(stratum(c))
            .or_default()
            .push((death, c.value.abs()));
    }
    let all = || groups.values().flatten();
    let deaths = all().filter(|x| x.0).count();
    let others = all().count() - deaths;
    if deaths < 5 || others < 5 {
        return None;
    }
    let total: f64 = all().map(|x| x.1).sum();
    let difference = |sum: f64| sum / deaths as f64 - (total - sum) / others as f64;
    let observed = difference(all().filter(|x| x.0).map(|x| x.1).sum());
    let mut stream = Stream::new(
        plan.seed,
        &format!("succession.contrast.{outcome:?}.{regime:?}"),
        0,
    );
    let mut lists: Vec<(usize, Vec<f64>)> = groups
        .values()
        .map(|g| {
            (
                g.iter().filter(|x| x.0).count(),
                g.iter().map(|x| x.1).collect(),
            )
        })
        .collect();
    let mut sums = Vec::with_capacity(plan.draws);
    for _ in 0..plan.draws {
        sums.push(difference(
            lists
                .iter_mut()
                .map(|(k, list)| shuffled(list, *k, &mut stream))
                .sum(),
        ));
    }
    // Within strata the expectation need not be zero: the distance from it counts.
    let centre = sums.iter().sum::<f64>() / sums.len().max(1) as f64;
    let far = (observed - centre).abs() - 1e-12;
    let reach = sums.iter().filter(|d| (**d - centre).abs() >= far).count();
    Some(Contrast {
        outcome,
        regime,
        n: (deaths, others),
        difference: observed,
        p: (1 + reach) as f64 / (1 + plan.draws) as f64,
    })
}

/// The sum of the first `k` after a partial shuffle.
fn shuffled(list: &mut [f64], k: usize, stream: &mut Stream) -> f64 {
    let n = list.len();
    for i in 0..k.min(n) {
        let j = i + (stream.uniform() * (n - i) as f64) as usize;
        list.swap(i, j.min(n - 1));
    }
    list.iter().take(k).sum()
}
