//! How much of the variance of crisis decisions lies between leaders.
//!
//! Crossed random effects of state, leader, crisis, adversary and year, by restricted
//! maximum likelihood, on the escalation scale and on force. A leader's share is a
//! description, not an effect: leaders come with their time and their government, and
//! the study sets period blocks of the same state beside them as the honest rival.

use super::mixed::{Fit, Grouping, Model};
use super::pairs::{self, Agreement, Controlled, THREE_YEARS};
use super::permute::{Permutation, permute};
use super::rows::{Decision, Decisions};
use crate::refusal::Outcome;
use crate::store::Store;
use rayon::prelude::*;

/// How the study is run.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Years of a period block.
    pub block: i32,
    /// Shuffles of leaders within states.
    pub permutations: usize,
    /// Bootstrap draws of whole states for the pairs.
    pub bootstrap: usize,
    /// Seed of both.
    pub seed: u64,
}

impl Default for Plan {
    fn default() -> Self {
        Plan {
            block: 5,
            permutations: 9999,
            bootstrap: 2000,
            seed: 1,
        }
    }
}

/// What is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// 0 non-military, 1 non-violent military, 2 violent.
    Escalation,
    /// Force or not.
    Force,
}

/// Fixed effects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Controls {
    /// The mean alone.
    Null,
    /// The kind of trigger.
    Trigger,
    /// Everything in [`CONTROLS`].
    Full,
}

/// The full control set: codes as categories (those with fewer than ten rows together),
/// and ln of the capability ratio of the year before with a mark where it is unknown. All
/// are fixed at or before the trigger but `gravty`, which the codebook does not date.
pub const CONTROLS: [(&str, &str); 9] = [
    ("triggr", "kind of trigger"),
    ("trigent", "whether states, others or several triggered it"),
    ("gravty", "gravest threat felt"),
    ("southpow", "power of the adversary"),
    ("powsta", "own power status"),
    ("pc", "whether in a protracted conflict or long war"),
    ("iwc", "whether inside a war"),
    ("regime", "own regime"),
    ("nuclear", "own nuclear capability"),
];

/// A model of the study.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// What is explained.
    pub scale: Scale,
    /// Fixed effects.
    pub controls: Controls,
    /// Whether crises inside wars are left out.
    pub without_wars: bool,
    /// Groupings in order.
    pub groups: Vec<String>,
    /// Columns of fixed effects, the mean among them.
    pub columns: usize,
    /// The fit with all groupings.
    pub fit: Fit,
    /// For each grouping tested: place, likelihood ratio, one-sided p.
    pub tests: Vec<(usize, f64, f64)>,
    /// 95 % profile-likelihood interval of the leaders' share.
    pub leader: (f64, f64),
}

/// Leaders against period blocks of the same states: restricted deviances.
#[derive(Clone, Debug)]
pub struct Rival {
    /// Years of a block.
    pub block: i32,
    /// With neither.
    pub neither: f64,
    /// With leaders.
    pub leader: f64,
    /// With blocks.
    pub blocks: f64,
    /// With both, and the fit: leader first, block second.
    pub both: Fit,
}

/// The study.
#[derive(Clone, Debug)]
pub struct LeaderShare {
    /// How it was run.
    pub plan: Plan,
    /// Usable decisions; those with a known leader; leaders; states.
    pub counts: [usize; 4],
    /// The models.
    pub models: Vec<Fitted>,
    /// Leaders against blocks, escalation scale, no controls.
    pub rival: Rival,
    /// Shuffled leaders: on the escalation scale, and on force.
    pub permutations: [Permutation; 2],
    /// Pairs of crises at most three years apart.
    pub pairs: Agreement,
    /// Pairs at most ten years apart, other things equal.
    pub controlled: Option<Controlled>,
}

/// Groupings of the models.
pub const GROUPS: [&str; 5] = ["state", "leader", "crisis", "adversary", "year"];

/// Runs the study on a store.
///
/// # Errors
/// Where a table is not in the store, or a model cannot be fitted to what is there.
pub fn run(store: &Store, plan: &Plan) -> Outcome<LeaderShare> {
    of(&Decisions::load(store)?, plan)
}

fn of(decisions: &Decisions, plan: &Plan) -> Outcome<LeaderShare> {
    let rows = &decisions.rows;
    let wanted = [
        (Scale::Escalation, Controls::Null, false),
        (Scale::Escalation, Controls::Trigger, false),
        (Scale::Escalation, Controls::Full, false),
        (Scale::Force, Controls::Null, false),
        (Scale::Force, Controls::Full, false),
        (Scale::Escalation, Controls::Null, true),
    ];
    let (models, rival) = rayon::join(
        || {
            wanted
                .par_iter()
                .map(|(s, c, w)| fitted(rows, *s, *c, *w))
                .collect::<Option<Vec<_>>>()
        },
        || rival(rows, plan.block),
    );
    let (Some(models), Some(rival)) = (models, rival) else {
        return Err(crate::Refusal::error(
            crate::codes::NO_FIT,
            format!(
                "the mixed models cannot be fitted to {} decisions",
                rows.len()
            ),
            "add the whole pack `icb`, and `leaders` for who was in office",
        ));
    };
    let leaders = Grouping::of("leader", rows.iter().map(|r| r.leader.clone()));
    let states = Grouping::of("state", rows.iter().map(|r| r.actor.code));
    let all: Vec<&Decision> = rows.iter().collect();
    let codes: Vec<i32> = rows.iter().map(|r| r.actor.code).collect();
    Ok(LeaderShare {
        counts: [decisions.usable, rows.len(), leaders.levels, states.levels],
        models,
        rival,
        permutations: [Scale::Escalation, Scale::Force].map(|scale| {
            let y = response(&all, scale);
            permute(&y, &codes, &leaders.level, plan.permutations, plan.seed)
        }),
        pairs: pairs::agreement(rows, THREE_YEARS, plan.bootstrap, plan.seed),
        controlled: pairs::controlled(rows),
        plan: plan.clone(),
    })
}

fn response(rows: &[&Decision], scale: Scale) -> Vec<f64> {
    rows.iter()
        .map(|r| match scale {
            Scale::Escalation => r.escalation,
            Scale::Force => f64::from(u8::from(r.force)),
        })
        .collect()
}

fn groups(rows: &[&Decision]) -> Vec<Grouping> {
    vec![
        Grouping::of("state", rows.iter().map(|r| r.actor.code)),
        Grouping::of("leader", rows.iter().map(|r| r.leader.clone())),
        Grouping::of("crisis", rows.iter().map(|r| r.actor.crisis)),
        Grouping::of("adversary", rows.iter().map(|r| r.adversary())),
        Grouping::of("year", rows.iter().map(|r| r.actor.trigger_year)),
    ]
}

fn fitted(
    rows: &[Decision],
    scale: Scale,
    controls: Controls,
    without_wars: bool,
) -> Option<Fitted> {
    let rows: Vec<&Decision> = rows
        .iter()
        .filter(|r| !without_wars || r.actor.is("iwc", &[1]) == 1.0)
        .collect();
    let (y, x, groups) = (
        response(&rows, scale),
        columns(&rows, controls),
        groups(&rows),
    );
    let model = Model::new(&y, &x, &groups);
    let fit = model.fit(&[true; 5], None)?;
    // State and leader are what the study is about.
    let tests: Option<Vec<_>> = [0, 1]
        .par_iter()
        .map(|k| tested(&model, &fit, *k))
        .collect();
    Some(Fitted {
        scale,
        controls,
        without_wars,
        groups: groups.iter().map(|g| g.name.clone()).collect(),
        columns: x.len(),
        tests: tests?,
        leader: model.profile(&fit, 1)?,
        fit,
    })
}

/// The likelihood ratio of leaving out a grouping, and its p: on the boundary half the
/// mass lies at zero (Self and Liang 1987).
fn tested(model: &Model<'_>, fit: &Fit, group: usize) -> Option<(usize, f64, f64)> {
    let keep: Vec<bool> = (0..fit.theta.len()).map(|k| k != group).collect();
    let without = model.fit(&keep, Some(&fit.theta))?;
    let ratio = (without.deviance - fit.deviance).max(0.0);
    Some((group, ratio, boundary_p(ratio)))
}

/// Half the upper tail of chi-square with one degree of freedom.
pub fn boundary_p(ratio: f64) -> f64 {
    normal_tail(ratio.max(0.0).sqrt())
}

/// Upper tail of the standard normal distribution (W. J. Cody's rational form is not
/// needed here: the continued fraction of Laplace and the series agree to 1e-12).
pub fn normal_tail(z: f64) -> f64 {
    if z < 0.0 {
        return 1.0 - normal_tail(-z);
    }
    let density = (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt();
    if z < 3.0 {
        let (mut term, mut sum, mut k) = (z, z, 1.0);
        while term > 1e-17 * sum {
            k += 2.0;
            term *= z * z / k;
            sum += term;
        }
        return 0.5 - density * sum;
    }
    let fraction = (1..=60).rev().fold(0.0, |f, k| f64::from(k) / (z + f));
    density / (z + fraction)
}

fn rival(rows: &[Decision], block: i32) -> Option<Rival> {
    let rows: Vec<&Decision> = rows.iter().collect();
    let y = response(&rows, Scale::Escalation);
    let x = columns(&rows, Controls::Null);
    let mut groups = groups(&rows);
    groups.push(Grouping::of("block", rows.iter().map(|r| r.block(block))));
    let model = Model::new(&y, &x, &groups);
    let both = model.fit(&[true; 6], None)?;
    let start = Some(both.theta.as_slice());
    let deviance = |leader: bool, block: bool| {
        let keep = [true, leader, true, true, true, block];
        model.fit(&keep, start).map(|f| f.deviance)
    };
    Some(Rival {
        block,
        neither: deviance(false, false)?,
        leader: deviance(true, false)?,
        blocks: deviance(false, true)?,
        both,
    })
}

/// The columns of fixed effects.
fn columns(rows: &[&Decision], controls: Controls) -> Vec<Vec<f64>> {
    let mut out = vec![vec![1.0; rows.len()]];
    let names: &[(&str, &str)] = match controls {
        Controls::Null => &[],
        Controls::Trigger => &CONTROLS[..1],
        Controls::Full => &CONTROLS,
    };
    names
        .iter()
        .for_each(|(name, _)| categories(&mut out, rows, name));
    if controls == Controls::Full {
        ratio(&mut out, rows);
    }
    out
}

/// Fewest rows of a category with a column of its own.
const FEWEST: usize = 10;

/// A column for every category but the most frequent; rare ones share one.
fn categories(out: &mut Vec<Vec<f64>>, rows: &[&Decision], name: &str) {
    let kind = |r: &Decision| match (name, r.actor.code_of(name)) {
        // State codes are not kinds: what matters is whether it was a state.
        ("trigent", Some(code)) => Some(code.max(990)),
        (_, code) => code,
    };
    let codes: Vec<Option<i32>> = rows.iter().map(|r| kind(r)).collect();
    let mut counts: std::collections::BTreeMap<Option<i32>, usize> = Default::default();
    codes
        .iter()
        .for_each(|c| *counts.entry(*c).or_default() += 1);
    let most = counts.iter().max_by_key(|(_, n)| **n).map(|(c, _)| *c);
    let own: Vec<Option<i32>> = counts
        .iter()
        .filter(|(c, n)| **n >= FEWEST && Some(**c) != most)
        .map(|(c, _)| *c)
        .collect();
    let flag = |b: bool| f64::from(u8::from(b));
    for c in &own {
        out.push(codes.iter().map(|k| flag(k == c)).collect());
    }
    let rare = |k: &Option<i32>| counts.get(k).is_some_and(|n| *n < FEWEST);
    if codes.iter().any(rare) && counts.len() > 1 {
        out.push(codes.iter().map(|k| flag(rare(k))).collect());
    }
}

fn ratio(out: &mut Vec<Vec<f64>>, rows: &[&Decision]) {
    let known: Vec<f64> = rows.iter().filter_map(|r| r.ratio).collect();
    let mean = known.iter().sum::<f64>() / known.len().max(1) as f64;
    out.push(
        rows.iter()
            .map(|r| r.ratio.unwrap_or(mean) - mean)
            .collect(),
    );
    if known.len() < rows.len() && !known.is_empty() {
        out.push(
            rows.iter()
                .map(|r| f64::from(u8::from(r.ratio.is_none())))
                .collect(),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails() {
        for (z, p) in [
            (0.0, 0.5),
            (1.644853626951, 0.05),
            (1.959963984540, 0.025),
            (3.0902323061678, 0.001),
            (4.264890793923, 1e-5),
        ] {
            assert!((normal_tail(z) - p).abs() < 1e-9, "{z}: {}", normal_tail(z));
        }
        assert!((normal_tail(-1.0) + normal_tail(1.0) - 1.0).abs() < 1e-15);
    }
}
