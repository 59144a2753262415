//! Running a backtest.

use super::baselines;
use super::bootstrap::{Paired, Resamples, Scored, paired, scored};
use super::checks::{Alarm, CEILING, looked_at_test_rows, share_a_crisis};
use super::choose::{Choice, choose};
use super::groups::{SORTS, kind};
use super::metrics::{Calibration, Metrics, Outcome, Ranking, Target, calibration, metrics};
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
    /// Protocol.
    pub split: Split,
    /// The forecasts.
    pub list: Vec<Outcome>,
    /// Penalties chosen in every part.
    pub penalties: Vec<Penalties>,
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

/// Scores on one kind of situation.
#[derive(Clone, Debug)]
pub struct GroupScore {
    /// Lens or baseline.
    pub lens: &'static str,
    /// Target.
    pub target: Target,
    /// Protocol.
    pub split: Split,
    /// `regime`, `threat` and so on.
    pub sort: &'static str,
    /// Which kind.
    pub kind: &'static str,
    /// Rows.
    pub n: usize,
    /// Scores.
    pub metrics: Metrics,
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
    /// Scores that are too good.
    pub alarms: Vec<Alarm>,
    /// Lenses whose fit changed when held-back responses were replaced: none, or the study
    /// is void.
    pub looked: Vec<String>,
}

/// A lens fitted on rows.
pub struct Fitted {
    /// The lens.
    pub lens: Box<dyn RecordLens>,
    /// Penalties that were chosen.
    pub penalties: Penalties,
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
            let choice = choose(lens.as_ref(), rows, training, !mixtures.is_empty());
            let fitted = lens.fit(rows, training, choice.penalties);
            tick();
            (choice, fitted)
        })
        .collect();
    let held_out: Vec<Vec<[f64; CLASSES]>> = done.iter().map(|(c, _)| c.held_out.clone()).collect();
    let mixed: Vec<Fitted> = mixtures
        .iter()
        .map(|m| Fitted {
            lens: m.stack(
                done.iter().map(|(_, l)| l.copy()).collect(),
                rows,
                training,
                &held_out,
            ),
            penalties: [0.0; 3],
        })
        .collect();
    let single = done.into_iter().map(|(c, lens)| Fitted {
        lens,
        penalties: c.penalties,
    });
    single.chain(mixed).collect()
}

/// Answers of one part: by lens, the forecasts and the penalties.
type Answered = Vec<(&'static str, bool, Vec<Outcome>, Penalties)>;

fn answer(
    source: &Source<'_>,
    part: &Part,
    plan: &Plan,
    own: &Rows,
    tick: &(dyn Fn() + Sync),
) -> Answered {
    let mut hidden = vec![false; own.len()];
    part.test.iter().for_each(|i| hidden[*i] = true);
    let rows = Arc::new(source(&hidden, &|_, class| class));
    let (fitted, base) = rayon::join(
        || fit_all(&rows, &part.training, &plan.lenses, &plan.mixtures, tick),
        || fit_all(&rows, &part.training, &baselines::all(), &[], tick),
    );
    let each = |f: &Fitted, baseline: bool| {
        let answers = f.lens.answers(&rows, &part.test);
        let list = part.test.iter().zip(answers).map(|(i, p)| Outcome {
            row: *i,
            crisis: rows.rows[*i].crisis,
            p,
            class: rows.rows[*i].class,
        });
        (f.lens.id(), baseline, list.collect(), f.penalties)
    };
    let lenses = fitted.par_iter().map(|f| each(f, false));
    lenses
        .chain(base.par_iter().map(|f| each(f, true)))
        .collect()
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
    if let Some((_, part)) = work.iter().min_by_key(|(_, p)| p.training.len()) {
        let mut all: Vec<Box<dyn RecordLens>> = plan.lenses.iter().map(|l| l.copy()).collect();
        all.extend(baselines::all());
        out.looked
            .extend(looked_at_test_rows(source, part, &all).map(str::to_owned));
    }
    let each = plan.lenses.len() + baselines::all().len();
    let (total, done) = (work.len() * each, AtomicUsize::new(0));
    let tick = || {
        let n = done.fetch_add(1, Ordering::Relaxed) + 1;
        progress(0.9 * n as f64 / total.max(1) as f64);
    };
    let answered: Vec<(Split, Answered)> = work
        .par_iter()
        .map(|(split, part)| (*split, answer(source, part, plan, &own, &tick)))
        .collect();
    out.forecasts = gather(plan, answered);
    score(&mut out, plan, &own);
    progress(1.0);
    out
}

fn gather(plan: &Plan, answered: Vec<(Split, Answered)>) -> Vec<Forecasts> {
    let mut out: Vec<Forecasts> = Vec::new();
    for split in &plan.splits {
        for (_, answers) in answered.iter().filter(|(s, _)| s == split) {
            for (lens, baseline, list, penalties) in answers {
                let at = out
                    .iter()
                    .position(|f| f.split == *split && f.lens == *lens);
                let at = at.unwrap_or_else(|| {
                    out.push(Forecasts {
                        lens,
                        baseline: *baseline,
                        split: *split,
                        list: Vec::new(),
                        penalties: Vec::new(),
                    });
                    out.len() - 1
                });
                out[at].list.extend_from_slice(list);
                out[at].penalties.push(*penalties);
            }
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
                out.groups
                    .extend(by_kind(f, *target, own, plan.smallest_group));
            }
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
            let auc = Ranking::new(&f.list).auc(&f.list, None);
            if auc > CEILING {
                out.alarms.push(Alarm {
                    lens: f.lens,
                    split: split.word(),
                    auc,
                });
            }
        }
    }
}

fn by_kind(f: &Forecasts, target: Target, own: &Rows, smallest: usize) -> Vec<GroupScore> {
    let mut out = Vec::new();
    for sort in SORTS {
        let mut kinds: Vec<(&'static str, Vec<Outcome>)> = Vec::new();
        for o in &f.list {
            let k = kind(own, o.row, sort);
            match kinds.iter_mut().find(|(name, _)| *name == k) {
                Some((_, list)) => list.push(*o),
                None => kinds.push((k, vec![*o])),
            }
        }
        kinds.sort_by_key(|(k, _)| *k);
        for (kind, list) in kinds.into_iter().filter(|(_, l)| l.len() >= smallest) {
            let mut m = metrics(&list, target, None);
            m.auc = Ranking::new(&list).auc(&list, None);
            out.push(GroupScore {
                lens: f.lens,
                target,
                split: f.split,
                sort,
                kind,
                n: list.len(),
                metrics: m,
            });
        }
    }
    out
}
