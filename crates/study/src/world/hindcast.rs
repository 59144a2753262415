//! A world that starts in the record, fitted on earlier years only, against what came.

mod fit;
mod observe;

use super::scoring::{crps, quantile};
use raison_core::Lens;
use raison_core::world::World;
use raison_record::{Outcome, Store};
use raison_world::{Cabinet, EventKind, Networks, Questions, Run, Simulation, System};
use rayon::prelude::*;

pub use fit::entrants::Obligations;
pub use fit::{Facts, Fitted, fitted};
pub use observe::{Observed, Watched, observed};

/// Series that are compared, year by year.
pub const SERIES: &[(&str, bool)] = &[
    ("disputes", true),
    ("force_share", false),
    ("war_onsets", true),
    ("alliance_density", false),
    ("concentration", false),
    ("poles", false),
];

/// Scores of one series: the simulated world, persistence, and a fitted model.
#[derive(Clone, Debug)]
pub struct Scored {
    /// Name.
    pub name: &'static str,
    /// Years with an observation.
    pub years: usize,
    /// Mean CRPS of the simulated world.
    pub world: f64,
    /// Mean CRPS of persistence: the ten years before the start, again and again; of
    /// counts, the better of two, as they are and for each politically relevant pair.
    pub persistence: f64,
    /// Mean CRPS of a Poisson model fitted on the thirty years before (counts only), the
    /// better of the same two.
    pub counts: Option<f64>,
    /// Share of years inside the central 50 % interval of the world.
    pub inside50: f64,
    /// Share inside the central 90 %.
    pub inside90: f64,
    /// Mean of the observations and of the world's means.
    pub means: (f64, f64),
}

/// The whole result.
#[derive(Debug)]
pub struct Hindcast {
    /// What was fitted on earlier years.
    pub fitted: Fitted,
    /// States at the start, and those that enter later.
    pub states: (usize, usize),
    /// Scores.
    pub scores: Vec<Scored>,
    /// Variance over mean of war onsets: observed, and mean over runs.
    pub dispersion: (f64, f64),
    /// Exponent of war sizes: observed, and over all runs.
    pub exponent: (f64, f64),
    /// Mean log score of who begins in the years of the hindcast, and disputes; a fair coin
    /// has -0.693.
    pub initiators: (f64, usize),
    /// 90 % interval of the exponent of sizes over runs with ten wars or more.
    pub exponent_range: (f64, f64),
    /// First and last year in which the record tells onsets of wars; none where it tells
    /// none.
    pub war_years: Option<(i32, i32)>,
    /// Obligations in wars: observed, and over all runs.
    pub obligations: (Obligations, Obligations),
    /// Rank-based 90 % interval of the number of wars of a run, and the observed number.
    pub wars: (f64, f64, f64),
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// First simulated year.
    pub from: i32,
    /// Last simulated year.
    pub to: i32,
    /// Runs.
    pub runs: u64,
    /// Seed.
    pub seed: u64,
}

/// Runs the hindcast on a world of the record at `plan.from`, whose parameters are
/// replaced by those fitted on the years before.
///
/// # Errors
/// Where the store lacks a table.
pub fn run(store: &Store, mut world: World, lens: &dyn Lens, plan: Plan) -> Outcome<Hindcast> {
    let fitted = fitted(store, plan.from)?;
    for (name, value) in &fitted.parameters {
        if let Some(num) = world.inputs.find(&format!("parameters.{name}")) {
            let value = world.inputs.get(num).domain.clamp(*value);
            world.inputs.set(num, raison_core::Uncertain::Known(value));
        }
    }
    let system = System::new(world);
    let facts = Facts::read(store)?;
    let who = if system.world.entries.is_empty() {
        Watched::Start(facts.alive(plan.from))
    } else {
        Watched::All
    };
    let seen = observed(store, &facts, &who, plan.from, plan.to)?;
    let questions = Questions::new(&system);
    let cabinet = Cabinet::new(lens, &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: plan.seed,
        years: (plan.to - plan.from + 1).clamp(1, 500) as u16,
        networks: Networks::Last,
    };
    let runs: Vec<Told> = (0..plan.runs)
        .into_par_iter()
        .map(|r| told(sim.run(r)))
        .collect();
    Ok(Hindcast {
        scores: scores(&runs, &seen, plan),
        dispersion: dispersion(&runs, &seen),
        exponent: exponents(&runs, &seen),
        exponent_range: exponent_range(&runs),
        initiators: who_began(store, &facts, &fitted, plan)?,
        war_years: war_years(&seen, plan.from),
        obligations: (
            Obligations::seen(
                &fit::entrants::cases(store, &facts, plan.to + 1)?,
                plan.from,
                plan.to,
            ),
            obligations(&runs),
        ),
        wars: wars(&runs, &seen),
        states: {
            let start = (0..system.n).filter(|i| system.world.member(*i, system.world.start));
            let n = start.count();
            (n, system.n - n)
        },
        fitted,
    })
}

/// What is kept of a run.
struct Told {
    series: Vec<Vec<f64>>,
    sizes: Vec<f64>,
    obligations: Obligations,
}

/// Those who entered wars, and those who refused.
fn entrants(run: &Run) -> Obligations {
    let of = |kind| run.events.iter().filter(move |e| e.kind == kind);
    let bound = of(EventKind::WarJoined).filter(|e| e.value > 0.0).count() as f64;
    Obligations {
        entered: of(EventKind::WarJoined).count() as f64,
        bound,
        obliged: bound + of(EventKind::WarRefused).count() as f64,
    }
}

fn obligations(runs: &[Told]) -> Obligations {
    runs.iter()
        .map(|r| r.obligations)
        .fold(Obligations::default(), |x, y| Obligations {
            entered: x.entered + y.entered,
            bound: x.bound + y.bound,
            obliged: x.obliged + y.obliged,
        })
}

fn told(run: Run) -> Told {
    use raison_world::measures::columns::SYSTEM;
    let at = |name: &str| SYSTEM.iter().position(|c| c.0 == name).unwrap_or(0);
    let rows: Vec<&[f64]> = run.system.chunks_exact(SYSTEM.len()).collect();
    let column = |name: &str| rows.iter().map(|r| r[at(name)]).collect::<Vec<f64>>();
    let (disputes, force) = (column("disputes"), column("force"));
    let share = disputes
        .iter()
        .zip(&force)
        .map(|(d, f)| if *d > 0.0 { f / d } else { f64::NAN });
    let series = vec![
        disputes.clone(),
        share.collect(),
        column("war_onsets"),
        column("alliance_density"),
        column("concentration"),
        column("poles"),
    ];
    let ends = run.events.iter().filter(|e| e.kind == EventKind::WarEnds);
    Told {
        obligations: entrants(&run),
        series,
        sizes: ends.map(|e| f64::from(e.value)).collect(),
    }
}

fn scores(runs: &[Told], seen: &Observed, plan: Plan) -> Vec<Scored> {
    let years = (plan.to - plan.from + 1) as usize;
    SERIES
        .iter()
        .enumerate()
        .map(|(k, (name, count))| {
            let before = &seen.before[k];
            let plain = Simple::new(before);
            let rates: Vec<f64> = before
                .iter()
                .zip(&seen.pairs.1)
                .map(|(x, p)| x / p)
                .collect();
            let each = Simple::new(&rates);
            let mut sums = [0.0; 9];
            let mut n = 0usize;
            for y in 0..years {
                let Some(x) = seen.series[k].get(y).copied().filter(|x| x.is_finite()) else {
                    continue;
                };
                let mut members: Vec<f64> = runs
                    .iter()
                    .filter_map(|r| r.series[k].get(y).copied())
                    .filter(|v| v.is_finite())
                    .collect();
                if members.is_empty() {
                    continue;
                }
                members.sort_by(f64::total_cmp);
                n += 1;
                sums[0] += crps(&members, x);
                let pairs = seen.pairs.0.get(y).copied().unwrap_or(1.0);
                sums[1] += plain.again(1.0, x);
                sums[2] += plain.poisson(1.0, x);
                sums[7] += each.again(pairs, x);
                sums[8] += each.poisson(pairs, x);
                let within =
                    |q: f64| x >= quantile(&members, q) && x <= quantile(&members, 1.0 - q);
                sums[3] += f64::from(u8::from(within(0.25)));
                sums[4] += f64::from(u8::from(within(0.05)));
                sums[5] += x;
                sums[6] += members.iter().sum::<f64>() / members.len() as f64;
            }
            let of = |i: usize| sums[i] / n.max(1) as f64;
            Scored {
                name,
                years: n,
                world: of(0),
                persistence: if *count { of(1).min(of(7)) } else { of(1) },
                counts: count.then(|| of(2).min(of(8))),
                inside50: of(3),
                inside90: of(4),
                means: (of(5), of(6)),
            }
        })
        .collect()
}

/// Models of comparison on what came before.
struct Simple {
    recent: Vec<f64>,
    rate: f64,
}

impl Simple {
    fn new(before: &[f64]) -> Simple {
        let known = before.iter().rev().take(10).copied();
        Simple {
            recent: known.filter(|x| x.is_finite()).collect(),
            rate: mean(before),
        }
    }

    fn again(&self, exposure: f64, x: f64) -> f64 {
        let members: Vec<f64> = self.recent.iter().map(|x| x * exposure).collect();
        crps(&members, x)
    }

    fn poisson(&self, exposure: f64, x: f64) -> f64 {
        crps(&poisson_members(self.rate * exposure), x)
    }
}

/// Mean of what is known: the maximum-likelihood rate of a Poisson model.
fn mean(x: &[f64]) -> f64 {
    let known: Vec<f64> = x.iter().copied().filter(|v| v.is_finite()).collect();
    known.iter().sum::<f64>() / known.len().max(1) as f64
}

/// The quantiles of a Poisson forecast for one year, as an ensemble of 99.
fn poisson_members(mu: f64) -> Vec<f64> {
    let mu = mu.clamp(1e-6, 500.0);
    let (mut out, mut k, mut p) = (Vec::with_capacity(99), 0.0f64, (-mu).exp());
    let mut sum = p;
    for i in 1..=99 {
        let q = f64::from(i) / 100.0;
        while sum < q && k < 10.0 * mu + 100.0 {
            k += 1.0;
            p *= mu / k;
            sum += p;
        }
        out.push(k);
    }
    out
}

/// War onsets of a run in the years that the record covers.
fn onsets(run: &Told, seen: &Observed) -> Vec<f64> {
    let both = run.series[2].iter().zip(&seen.series[2]);
    both.filter(|(_, seen)| seen.is_finite())
        .map(|(x, _)| *x)
        .collect()
}

fn war_years(seen: &Observed, from: i32) -> Option<(i32, i32)> {
    let known = |x: &f64| x.is_finite();
    let first = seen.series[2].iter().position(known)?;
    let last = seen.series[2].iter().rposition(known)?;
    Some((from + first as i32, from + last as i32))
}

fn variance_over_mean(x: &[f64]) -> f64 {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    x.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0) / mean
}

fn dispersion(runs: &[Told], seen: &Observed) -> (f64, f64) {
    let all: Vec<f64> = runs
        .iter()
        .map(|r| variance_over_mean(&onsets(r, seen)))
        .filter(|x| x.is_finite())
        .collect();
    let known: Vec<f64> = seen.series[2]
        .iter()
        .copied()
        .filter(|x| x.is_finite())
        .collect();
    (
        variance_over_mean(&known),
        all.iter().sum::<f64>() / all.len().max(1) as f64,
    )
}

fn exponents(runs: &[Told], seen: &Observed) -> (f64, f64) {
    let alpha = |x: &[f64]| hill(x, 1000.0);
    let all: Vec<f64> = runs.iter().flat_map(|r| r.sizes.iter().copied()).collect();
    (alpha(&seen.sizes), alpha(&all))
}

/// Spread of the exponent over runs, each with as many wars as it had.
fn exponent_range(runs: &[Told]) -> (f64, f64) {
    let enough = runs.iter().filter(|r| r.sizes.len() >= 10);
    let mut all: Vec<f64> = enough.map(|r| hill(&r.sizes, 1000.0)).collect();
    all.sort_by(f64::total_cmp);
    (quantile(&all, 0.05), quantile(&all, 0.95))
}

fn who_began(store: &Store, facts: &Facts, fitted: &Fitted, plan: Plan) -> Outcome<(f64, usize)> {
    let names = ["share", "major", "democracy", "conduct"];
    let b = names.map(|n| {
        let name = format!("initiator.{n}");
        let found = fitted.parameters.iter().find(|p| p.0 == name);
        found.map_or(0.0, |p| p.1)
    });
    let cases = fit::initiators::cases(store)?;
    Ok(fit::initiators::score(facts, &cases, b, plan.from, plan.to))
}

/// Maximum-likelihood exponent of the density above a least size (Clauset, Shalizi &
/// Newman 2009, eq. 3.1).
pub fn hill(sizes: &[f64], least: f64) -> f64 {
    let x: Vec<f64> = sizes.iter().copied().filter(|s| *s >= least).collect();
    1.0 + x.len() as f64 / x.iter().map(|s| (s / least).ln()).sum::<f64>()
}

fn wars(runs: &[Told], seen: &Observed) -> (f64, f64, f64) {
    let mut all: Vec<f64> = runs.iter().map(|r| onsets(r, seen).iter().sum()).collect();
    all.sort_by(f64::total_cmp);
    let known: f64 = seen.series[2].iter().filter(|x| x.is_finite()).sum();
    (quantile(&all, 0.05), quantile(&all, 0.95), known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poisson_members_have_the_median_and_the_exponent_is_found() {
        let m = poisson_members(2.0);
        assert_eq!((m.len(), m[49]), (99, 2.0));
        let sizes: Vec<f64> = (0..5000)
            .map(|i| 1000.0 * (1.0 - (f64::from(i) + 0.5) / 5000.0).powf(-2.0))
            .collect();
        assert!((hill(&sizes, 1000.0) - 1.5).abs() < 0.01);
    }
}
