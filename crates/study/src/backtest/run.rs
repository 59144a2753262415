//! Running a backtest.

use super::bootstrap::{Paired, Resamples, Scored, paired, scored};
use super::checks::{Alarm, looked_at_test_rows, share_a_crisis, too_good};
use super::choose::{Choice, choose};
use super::groups::{self, GroupScore, Lead};
use super::metrics::{Calibration, Outcome, Target, calibration, log_loss};
use super::splits::{Part, Split, parts};
use raison_core::record::{CLASSES, Mixture, Penalties, RecordLens, Rows};
use rayon::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Gives the rows where some are held back, with every response passed through a function
/// of row number and class.
pub type Source<'s> = dyn Fn(&[bool], &dyn Fn(usize, u8) -> u8) -> Rows + Sync + 's;

/// What to run.
pub struct Plan {
    /// Protocols.
    pub splits: Vec<Split>,
    /// Targets.
    pub targets: Vec<Target>,
    /// Lenses.
    pub lenses: Vec<Box<dyn RecordLens>>,
    /// Mixtures of all lenses.
    pub mixtures: Vec<Box<dyn Mixture>>,
    /// Forecasts without a theory.
    pub baselines: Vec<Box<dyn RecordLens>>,
    /// Draws of the bootstrap.
    pub draws: usize,
    /// Seed of the bootstrap.
    pub seed: u64,
    /// For [`Split::Files`]: how many of the rows are the training file.
    pub given: usize,
    /// Fewest rows of a kind of situation that is scored by itself.
    pub smallest_group: usize,
}

/// Forecasts of one lens under one protocol, in order of rows.
#[derive(Clone, Debug)]
pub struct Forecasts {
    /// Lens or baseline.
    pub lens: &'static str,
    /// Whether it is a baseline.
    pub baseline: bool,
    /// Whether it is a mixture of all lenses.
    pub mixture: bool,
    /// Protocol.
    pub split: Split,
    /// The forecasts.
    pub list: Vec<Outcome>,
    /// Penalties chosen in every part.
    pub penalties: Vec<Penalties>,
    /// Mean log loss of the response within the training rows of every part.
    pub inner: Vec<f64>,
    /// Training rows of every part.
    pub training: Vec<usize>,
}

/// A row of the table of scores.
#[derive(Clone, Debug)]
pub struct Score {
    /// Lens or baseline.
    pub lens: &'static str,
    /// Whether it is a baseline.
    pub baseline: bool,
    /// Target.
    pub target: Target,
    /// Protocol.
    pub split: Split,
    /// Rows answered.
    pub n: usize,
    /// Scores with intervals.
    pub scored: Scored,
    /// Calibration of force.
    pub calibration: Calibration,
}

/// A paired difference.
#[derive(Clone, Debug)]
pub struct Difference {
    /// First.
    pub lens: &'static str,
    /// Second.
    pub against: &'static str,
    /// Target.
    pub target: Target,
    /// Protocol.
    pub split: Split,
    /// First less second.
    pub paired: Paired,
}

/// A whole backtest.
#[derive(Clone, Debug, Default)]
pub struct Backtest {
    /// Forecasts by lens and protocol.
    pub forecasts: Vec<Forecasts>,
    /// The table of scores.
    pub scores: Vec<Score>,
    /// Paired differences.
    pub differences: Vec<Difference>,
    /// By kind of situation.
    pub groups: Vec<GroupScore>,
    /// Which lens does best in each kind of situation, and how clearly.
    pub leads: Vec<Lead>,
    /// Fitted parameters of every lens in the last part of every protocol.
    pub parameters: Vec<Parameters>,
    /// Scores that are too good.
    pub alarms: Vec<Alarm>,
    /// Lenses whose fit changed when held-back responses were replaced: none, or the study
    /// is void.
    pub looked: Vec<String>,
}

/// Fitted parameters: what an analysis needs to answer as the study did.
#[derive(Clone, Debug)]
pub struct Parameters {
    /// Lens.
    pub lens: &'static str,
    /// Protocol.
    pub split: Split,
    /// Rows fitted on.
    pub training: usize,
    /// Ids and values.
    pub values: Vec<(&'static str, f64)>,
}

/// A lens fitted on rows.
pub struct Fitted {
    /// The lens.
    pub lens: Box<dyn RecordLens>,
    /// Penalties that were chosen.
    pub penalties: Penalties,
    /// Mean log loss of the response over training rows, by fits that had not seen them.
    pub inner: f64,
}

/// Mean log loss of the response in answers to training rows.
fn inner(rows: &Rows, training: &[usize], held_out: &[[f64; CLASSES]]) -> f64 {
    let pairs = training.iter().zip(held_out);
    let losses = pairs.map(|(row, p)| {
        let class = usize::from(rows.rows[*row].class);
        log_loss(p.get(class).copied().unwrap_or(0.0))
    });
    losses.sum::<f64>() / held_out.len() as f64
}

/// Chooses, fits and stacks on some rows: the lenses, then the mixtures.
pub fn fit_all(
    rows: &Arc<Rows>,
    training: &[usize],
    lenses: &[Box<dyn RecordLens>],
    mixtures: &[Box<dyn Mixture>],
    tick: &(dyn Fn() + Sync),
) -> Vec<Fitted> {
    let done: Vec<(Choice, Box<dyn RecordLens>)> = lenses
        .par_iter()
        .map(|lens| {
            let choice = choose(lens.as_ref(), rows, training);
            let fitted = lens.fit(rows, training, choice.penalties);
            tick();
            (choice, fitted)
        })
        .collect();
    let held_out: Vec<Vec<[f64; CLASSES]>> = done.iter().map(|(c, _)| c.held_out.clone()).collect();
    let mixed: Vec<Fitted> = mixtures
        .par_iter()
        .map(|m| {
            let parts = done.iter().map(|(_, l)| l.copy()).collect();
            let stacked = m.stack(parts, rows, training, &held_out);
            Fitted {
                inner: inner(rows, training, &stacked.held_out),
                penalties: stacked.penalties,
                lens: stacked.lens,
            }
        })
        .collect();
    let single = done.into_iter().map(|(c, lens)| Fitted {
        inner: inner(rows, training, &c.held_out),
        penalties: c.penalties,
        lens,
    });
    single.chain(mixed).collect()
}

/// The mixture that did best within the training rows.
pub const CHOSEN: &str = "composite:chosen";

/// The place of the mixture with the least loss within the training rows.
pub(super) fn chosen(fitted: &[Fitted], mixtures: usize) -> Option<usize> {
    let from = fitted.len() - mixtures.min(fitted.len());
    (from..fitted.len()).min_by(|a, b| fitted[*a].inner.total_cmp(&fitted[*b].inner))
}

/// Answers of one lens in one part.
struct Answered {
    lens: &'static str,
    baseline: bool,
    mixture: bool,
    list: Vec<Outcome>,
    penalties: Penalties,
    inner: f64,
    training: usize,
    parameters: Vec<(&'static str, f64)>,
}

fn answer(
    source: &Source<'_>,
    part: &Part,
    plan: &Plan,
    own: &Rows,
    tick: &(dyn Fn() + Sync),
) -> Vec<Answered> {
    let mut hidden = vec![false; own.len()];
    part.test.iter().for_each(|i| hidden[*i] = true);
    let rows = Arc::new(source(&hidden, &|_, class| class));
    let (fitted, base) = rayon::join(
        || fit_all(&rows, &part.training, &plan.lenses, &plan.mixtures, tick),
        || fit_all(&rows, &part.training, &plan.baselines, &[], tick),
    );
    let each = |f: &Fitted, (baseline, mixture): (bool, bool)| {
        let answers = f.lens.answers(&rows, &part.test);
        let list = part.test.iter().zip(answers).map(|(i, p)| Outcome {
            row: *i,
            crisis: rows.rows[*i].crisis,
            p,
            class: rows.rows[*i].class,
        });
        let parameters = f.lens.parameters().into_iter().filter(|_| !baseline);
        Answered {
            lens: f.lens.id(),
            baseline,
            mixture,
            list: list.collect(),
            penalties: f.penalties,
            inner: f.inner,
            training: part.training.len(),
            parameters: parameters.map(|p| (p.id, p.value)).collect(),
        }
    };
    let simple = plan.lenses.len();
    let lenses = fitted.par_iter().enumerate();
    let lenses = lenses.map(|(at, f)| each(f, (false, at >= simple)));
    let mut out: Vec<Answered> = lenses.collect();
    if let Some(best) = chosen(&fitted, plan.mixtures.len()) {
        let mut best = each(&fitted[best], (false, true));
        best.parameters.clear();
        out.push(Answered {
            lens: CHOSEN,
            ..best
        });
    }
    out.extend(base.iter().map(|f| each(f, (true, false))));
    out
}

/// Runs a backtest. `progress` is told the share that is done, 0 to 1.
pub fn run(source: &Source<'_>, plan: &Plan, progress: &(dyn Fn(f64) + Sync)) -> Backtest {
    let own = source(&[], &|_, class| class);
    let work: Vec<(Split, Part)> = plan
        .splits
        .iter()
        .flat_map(|s| {
            parts(&own, *s, plan.given)
                .into_iter()
                .map(move |p| (*s, p))
        })
        .collect();
    let mut out = Backtest::default();
    for (split, part) in &work {
        if share_a_crisis(source, part) {
            out.looked.push(format!(
                "a crisis is in both training and test rows ({})",
                split.word()
            ));
        }
    }
    // The smallest part of all, and the headline split where it is run.
    let smallest = (0..work.len()).min_by_key(|i| work[*i].1.training.len());
    let checked =
        |(i, (split, _)): &(usize, &(Split, Part))| Some(*i) == smallest || *split == Split::T1975;
    for (_, (_, part)) in work.iter().enumerate().filter(checked) {
        out.looked.extend(looked_at_test_rows(source, part, plan));
    }
    out.looked.sort();
    out.looked.dedup();
    let each = plan.lenses.len() + plan.baselines.len();
    let (total, done) = (work.len() * each, AtomicUsize::new(0));
    let tick = || {
        let n = done.fetch_add(1, Ordering::Relaxed) + 1;
        progress(0.9 * n as f64 / total.max(1) as f64);
    };
    let answered: Vec<(Split, Vec<Answered>)> = work
        .par_iter()
        .map(|(split, part)| (*split, answer(source, part, plan, &own, &tick)))
        .collect();
    for ((split, part), (_, answers)) in work.iter().zip(&answered) {
        for a in answers.iter().filter(|a| !a.parameters.is_empty()) {
            out.parameters
                .retain(|p| p.split != *split || p.lens != a.lens);
            out.parameters.push(Parameters {
                lens: a.lens,
                split: *split,
                training: part.training.len(),
                values: a.parameters.clone(),
            });
        }
    }
    out.forecasts = gather(plan, answered);
    score(&mut out, plan, &own);
    progress(1.0);
    out
}

fn gather(plan: &Plan, answered: Vec<(Split, Vec<Answered>)>) -> Vec<Forecasts> {
    let mut out: Vec<Forecasts> = Vec::new();
    for split in &plan.splits {
        for a in answered
            .iter()
            .filter(|(s, _)| s == split)
            .flat_map(|(_, a)| a)
        {
            let at = out
                .iter()
                .position(|f| f.split == *split && f.lens == a.lens);
            let at = at.unwrap_or_else(|| {
                out.push(Forecasts {
                    lens: a.lens,
                    baseline: a.baseline,
                    mixture: a.mixture,
                    split: *split,
                    list: Vec::new(),
                    penalties: Vec::new(),
                    inner: Vec::new(),
                    training: Vec::new(),
                });
                out.len() - 1
            });
            out[at].list.extend_from_slice(&a.list);
            out[at].penalties.push(a.penalties);
            out[at].inner.push(a.inner);
            out[at].training.push(a.training);
        }
    }
    out.iter_mut().for_each(|f| f.list.sort_by_key(|o| o.row));
    out
}

fn score(out: &mut Backtest, plan: &Plan, own: &Rows) {
    for split in &plan.splits {
        let here: Vec<&Forecasts> = out.forecasts.iter().filter(|f| f.split == *split).collect();
        let Some(first) = here.first() else { continue };
        let crises: Vec<i32> = first.list.iter().map(|o| o.crisis).collect();
        let resamples = Resamples::new(&crises, plan.draws, plan.seed);
        let sorted = groups::sorted(&first.list, own, plan.smallest_group);
        for target in &plan.targets {
            for f in &here {
                out.scores.push(Score {
                    lens: f.lens,
                    baseline: f.baseline,
                    target: *target,
                    split: *split,
                    n: f.list.len(),
                    scored: scored(&f.list, *target, &resamples),
                    calibration: calibration(&f.list),
                });
            }
            let (groups, leads) = groups::scores(&here, *target, &sorted, &resamples);
            out.groups.extend(groups);
            out.leads.extend(leads);
            for a in here.iter().filter(|f| !f.baseline) {
                for b in here.iter().filter(|b| b.baseline || b.lens < a.lens) {
                    out.differences.push(Difference {
                        lens: a.lens,
                        against: b.lens,
                        target: *target,
                        split: *split,
                        paired: paired(&a.list, &b.list, *target, &resamples),
                    });
                }
            }
        }
        for f in &here {
            out.alarms.extend(too_good(f));
        }
    }
}
