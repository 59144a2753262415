//! `memory`: analogies with learned similarity.
//!
//! The likelihood of a response is its share among earlier decisions, each weighted by
//! its similarity exp(−Σ w d) (Gilboa, Lieberman and Schmeidler 2006), plus the weight of
//! the prior shares. The weights w are learned by penalised maximum likelihood; only
//! responses given before the trigger, in other crises, can be remembered.

use super::ready::{self, Contribution};
use raison_core::record::lbfgs::minimise;
use raison_core::record::{CLASSES, Penalties, RESPONSES, RecordLens, Rows, nested};
use raison_core::{About, Abstention, Lens, Parameter, Prepared, Question};
use std::sync::Arc;

/// What is compared: id, covariates whose differences count together, size of a full
/// difference, meaning.
const FEATURES: [(&str, &[&str], f64, &str); 11] = [
    (
        "act",
        &[
            "trigger_violent",
            "trigger_indirect",
            "trigger_military",
            "trigger_soft",
            "trigger_political",
        ],
        1.0,
        "the act that set the crisis off",
    ),
    (
        "who",
        &["trigger_nonstate", "trigger_inside"],
        1.0,
        "who set it off",
    ),
    ("power", &["power_ratio"], 4.0, "the ratio of capabilities"),
    (
        "adversary",
        &["adversary_superpower", "adversary_great", "adversary_small"],
        1.0,
        "the adversary's standing",
    ),
    (
        "self",
        &["own_superpower", "own_great", "own_small"],
        1.0,
        "own standing",
    ),
    (
        "threat",
        &[
            "threat_territory",
            "threat_grave",
            "threat_influence",
            "threat_political",
            "threat_limited",
        ],
        1.0,
        "the gravest threat",
    ),
    (
        "war",
        &["long_war", "inside_war"],
        1.0,
        "war already under way",
    ),
    (
        "moves",
        &["adversary_moved_violent", "adversary_moved_other"],
        1.0,
        "what the adversary has done already",
    ),
    (
        "regime",
        &["democracy", "military_regime"],
        1.0,
        "the regime",
    ),
    (
        "place",
        &["middle_east", "africa", "at_home", "contiguous"],
        1.0,
        "the place",
    ),
    ("habit", &["own_alike_force"], 0.3, "own habits"),
];
/// Besides the features: another state, another leader, years passed.
const EXTRA: [(&str, &str); 3] = [
    ("other_state", "another state's decision"),
    ("other_leader", "another leader's decision"),
    ("years", "ten years passed"),
];
const WIDTH: usize = FEATURES.len() + EXTRA.len();
/// Parameters: the weights, the strength of the prior shares.
const PARAMETERS: usize = WIDTH + 1;

/// The lens.
#[derive(Clone)]
pub struct Memory {
    /// Natural logarithms of weights and of the strength.
    theta: [f64; PARAMETERS],
    /// Shares of the classes in training.
    prior: [f64; CLASSES],
    bank: Option<Arc<Rows>>,
}

impl Default for Memory {
    fn default() -> Self {
        let mut theta = [(0.5f64).ln(); PARAMETERS];
        theta[WIDTH] = 2f64.ln();
        Memory {
            theta,
            prior: [0.377, 0.238, 0.087, 0.298],
            bank: None,
        }
    }
}

/// Features of a row, flattened.
fn profile(value: &dyn Fn(&str) -> f64) -> Vec<f32> {
    let names = FEATURES.iter().flat_map(|(_, names, _, _)| names.iter());
    names.map(|n| value(n) as f32).collect()
}

/// Features of every row.
fn profiles(rows: &Rows) -> Vec<Vec<f32>> {
    let names = FEATURES.iter().flat_map(|(_, names, _, _)| names.iter());
    let columns: Vec<Option<usize>> = names.map(|n| rows.column(n)).collect();
    (0..rows.len())
        .map(|row| {
            let values = rows.of(row);
            let get = |c: &Option<usize>| c.and_then(|c| values.get(c)).copied();
            columns
                .iter()
                .map(|c| get(c).unwrap_or(f64::NAN) as f32)
                .collect()
        })
        .collect()
}

/// Distances between two decisions, one for each weight.
fn distances(a: &[f32], b: &[f32], extra: [f32; EXTRA.len()]) -> [f32; WIDTH] {
    let mut out = [0.0; WIDTH];
    let mut at = 0;
    for (slot, (_, names, size, _)) in out.iter_mut().zip(FEATURES) {
        let end = at + names.len();
        let (x, y) = (&a[at..end], &b[at..end]);
        at = end;
        let (mut sum, mut known) = (0.0f32, false);
        for (x, y) in x.iter().zip(y) {
            let d = (x - y).abs();
            if !d.is_nan() {
                sum += d;
                known = true;
            }
        }
        // Categories differ in two of their indicators at most; what is unknown is half
        // a difference.
        *slot = if known {
            (sum / size as f32).min(2.0)
        } else {
            0.5
        };
    }
    out[FEATURES.len()..].copy_from_slice(&extra);
    out
}

fn extra(rows: &Rows, row: usize, other: usize) -> [f32; EXTRA.len()] {
    let (a, b) = (&rows.rows[row], &rows.rows[other]);
    let leader = a.leader.is_some() && a.leader == b.leader;
    [
        f32::from(u8::from(a.code != b.code)),
        f32::from(u8::from(!leader)),
        (a.trigger - b.response) as f32 / 3652.5,
    ]
}

/// Pairs of a decision and what it can look back to.
struct Pairs {
    distances: Vec<[f32; WIDTH]>,
    classes: Vec<u8>,
    /// For each decision: end of its pairs, and its class.
    ends: Vec<(usize, u8)>,
}

impl Pairs {
    fn of(rows: &Rows, training: &[usize]) -> Pairs {
        let all = profiles(rows);
        let mut pairs = Pairs {
            distances: Vec::new(),
            classes: Vec::new(),
            ends: Vec::new(),
        };
        for row in training {
            for other in training {
                if rows.sees(*row, *other) {
                    let e = extra(rows, *row, *other);
                    pairs.distances.push(distances(&all[*row], &all[*other], e));
                    pairs.classes.push(rows.rows[*other].class);
                }
            }
            pairs
                .ends
                .push((pairs.classes.len(), rows.rows[*row].class));
        }
        pairs
    }

    /// Penalised negative log-likelihood and its gradient in the logarithms.
    fn loss(&self, theta: &[f64], prior: &[f64; CLASSES], penalty: f64, g: &mut [f64]) -> f64 {
        let w: Vec<f32> = theta[..WIDTH].iter().map(|t| t.exp() as f32).collect();
        let strength = theta[WIDTH].exp();
        let mut value = 0.0;
        let mut gw = [0.0f64; WIDTH];
        let mut gs = 0.0;
        let mut from = 0;
        for (end, class) in &self.ends {
            let (mut all, mut same) = (0.0f64, 0.0f64);
            let (mut d_all, mut d_same) = ([0.0f32; WIDTH], [0.0f32; WIDTH]);
            for (d, c) in self.distances[from..*end]
                .iter()
                .zip(&self.classes[from..*end])
            {
                let sum: f32 = d.iter().zip(&w).map(|(d, w)| d * w).sum();
                let k = (-sum).exp();
                all += f64::from(k);
                d_all.iter_mut().zip(d).for_each(|(a, d)| *a += k * d);
                if c == class {
                    same += f64::from(k);
                    d_same.iter_mut().zip(d).for_each(|(a, d)| *a += k * d);
                }
            }
            from = *end;
            let own = prior[usize::from(*class).min(CLASSES - 1)];
            let (top, bottom) = (same + strength * own, all + strength);
            value -= (top / bottom).ln();
            for k in 0..WIDTH {
                gw[k] += f64::from(d_same[k]) / top - f64::from(d_all[k]) / bottom;
            }
            gs -= own / top - 1.0 / bottom;
        }
        for k in 0..WIDTH {
            let x = f64::from(w[k]);
            value += penalty * x;
            g[k] = (gw[k] + penalty) * x;
        }
        // A weak pull of the strength towards 2 keeps it in sight of the data.
        let off = theta[WIDTH] - 2f64.ln();
        value += 0.5 * off * off;
        g[WIDTH] = gs * strength + off;
        value
    }
}

impl Memory {
    /// Shares of the classes, and the pull of every earlier decision.
    fn recall(
        &self,
        own: &[f32],
        rows: &Rows,
        profiles: &[Vec<f32>],
        seen: impl Iterator<Item = (usize, [f32; EXTRA.len()])>,
    ) -> ([f64; CLASSES], Vec<(usize, f64)>) {
        let w: Vec<f32> = self.theta[..WIDTH].iter().map(|t| t.exp() as f32).collect();
        let strength = self.theta[WIDTH].exp();
        let mut sums = self.prior.map(|p| p * strength);
        let mut pulls = Vec::new();
        for (other, extra) in seen {
            let d = distances(own, &profiles[other], extra);
            let sum: f32 = d.iter().zip(&w).map(|(d, w)| d * w).sum();
            let k = f64::from((-sum).exp());
            let class = usize::from(rows.rows[other].class);
            if let Some(slot) = sums.get_mut(class) {
                *slot += k;
                pulls.push((other, k));
            }
        }
        let total: f64 = sums.iter().sum();
        (sums.map(|s| s / total), pulls)
    }

    fn rebuilt(&self, values: &[f64]) -> Memory {
        let mut out = self.clone();
        for (t, v) in out.theta.iter_mut().zip(values) {
            if *v > 0.0 {
                *t = v.min(1e6).ln();
            }
        }
        out.prior
            .iter_mut()
            .zip(values.get(PARAMETERS..).unwrap_or_default())
            .for_each(|(p, v)| *p = *v);
        out
    }
}

impl Lens for Memory {
    fn id(&self) -> &'static str {
        "memory"
    }

    fn about(&self) -> &'static About {
        &crate::memory::ABOUT
    }

    fn parameters(&self) -> Vec<Parameter> {
        let ids = FEATURES.iter().map(|f| (f.0, f.3)).chain(EXTRA);
        let ids = ids.chain([("prior", "decisions that the prior shares count for")]);
        let mut out: Vec<Parameter> = ids
            .zip(self.theta)
            .map(|((id, meaning), t)| Parameter {
                id,
                value: t.exp(),
                low: 1e-9,
                high: 1e6,
                meaning,
            })
            .collect();
        for (id, value) in ["share.none", "share.show", "share.mixed", "share.force"]
            .into_iter()
            .zip(self.prior)
        {
            out.push(Parameter {
                id,
                value,
                low: 0.0,
                high: 1.0,
                meaning: "share in training",
            });
        }
        out
    }

    fn with_parameters(&self, values: &[f64]) -> Box<dyn Lens> {
        Box::new(self.rebuilt(values))
    }

    fn calibrated(&self) -> bool {
        self.bank.is_some()
    }

    fn prepare<'q>(&self, question: &'q Question) -> Result<Box<dyn Prepared + 'q>, Abstention> {
        let bank = self.bank.clone().ok_or_else(ready::unfitted)?;
        let own = self.clone();
        let id = question
            .situation
            .id
            .rsplit(':')
            .next()
            .and_then(|n| n.parse().ok());
        let row = bank
            .rows
            .iter()
            .position(|r| Some(r.actor) == id)
            .ok_or_else(|| {
                Abstention::new(
                    "the decision is not in the record that was read",
                    "name it as `icb:cracno:N`",
                )
            })?;
        let seen: Vec<usize> = (0..bank.len()).filter(|o| bank.sees(row, *o)).collect();
        if seen.is_empty() {
            return Err(Abstention::new(
                "no earlier decision is in the record",
                "ask about a later crisis",
            ));
        }
        let all = profiles(&bank);
        ready::prepare(question, move |value, contrast| {
            let mine = profile(value);
            let pairs = seen.iter().map(|o| (*o, extra(&bank, row, *o)));
            let (p, pulls) = own.recall(&mine, &bank, &all, pairs);
            let strength = own.theta[WIDTH].exp() * own.prior.iter().sum::<f64>();
            let told = contrast.map(|c| analogies(&bank, &pulls, (p, strength), c));
            (p, told.unwrap_or_default())
        })
    }
}

/// The strongest analogies that bear on a contrast: how its log-odds change with each.
fn analogies(
    bank: &Rows,
    pulls: &[(usize, f64)],
    (p, strength): ([f64; CLASSES], f64),
    contrast: usize,
) -> Vec<Contribution> {
    let side = |other: usize| nested::outcome(contrast, bank.rows[other].class);
    let total: f64 = pulls.iter().map(|p| p.1).sum::<f64>();
    // Masses for and against, the prior among them.
    let mass = |holds: bool| -> f64 {
        let of = |c: &usize| nested::outcome(contrast, *c as u8) == Some(holds);
        (total + strength) * (0..CLASSES).filter(of).map(|c| p[c]).sum::<f64>()
    };
    let own = [mass(false), mass(true)];
    let log_odds = |[against, with]: [f64; 2]| (with.max(1e-12) / against.max(1e-12)).ln();
    let mut best: Vec<(usize, f64, bool)> = pulls
        .iter()
        .filter_map(|(other, pull)| Some((*other, *pull, side(*other)?)))
        .collect();
    best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    best.iter()
        .take(8)
        .map(|(other, pull, holds)| {
            let r = &bank.rows[*other];
            let mut without = own;
            without[usize::from(*holds)] -= pull;
            Contribution {
                covariates: Vec::new(),
                label: format!(
                    "{} in {} ({}) {}, {:.0} % of the pull",
                    r.state,
                    r.title,
                    r.year,
                    did(contrast, *holds, r.class),
                    100.0 * pull / total.max(1e-12)
                ),
                weight: log_odds(own) - log_odds(without),
            }
        })
        .collect()
}

/// What a state did, as far as a contrast asks.
fn did(contrast: usize, holds: bool, class: u8) -> String {
    match (contrast, holds) {
        (0, true) => "used force".to_owned(),
        (0, false) => "did not use force".to_owned(),
        _ => {
            let found = RESPONSES.get(usize::from(class));
            let title = found.map_or(String::new(), |(_, title, _)| title.to_lowercase());
            format!("answered so: {title}")
        }
    }
}

/// Shares of the classes among training rows.
fn shares(rows: &Rows, training: &[usize]) -> [f64; CLASSES] {
    let mut prior = [1.0; CLASSES];
    for r in training {
        if let Some(slot) = prior.get_mut(usize::from(rows.rows[*r].class)) {
            *slot += 1.0;
        }
    }
    let total: f64 = prior.iter().sum();
    prior.map(|p| p / total)
}

/// The similarity learned from pairs.
fn learned(rows: &Arc<Rows>, pairs: &Pairs, prior: [f64; CLASSES], penalty: f64) -> Memory {
    let start = Memory::default().theta;
    let found = minimise(&start, 25, 1e-5, |theta, g| {
        let theta: Vec<f64> = theta.iter().map(|t| t.clamp(-9.0, 9.0)).collect();
        pairs.loss(&theta, &prior, penalty, g)
    });
    let mut theta = start;
    theta
        .iter_mut()
        .zip(found)
        .for_each(|(t, f)| *t = f.clamp(-9.0, 9.0));
    Memory {
        theta,
        prior,
        bank: Some(rows.clone()),
    }
}

impl RecordLens for Memory {
    fn fit(
        &self,
        rows: &Arc<Rows>,
        training: &[usize],
        penalties: Penalties,
    ) -> Box<dyn RecordLens> {
        let pairs = Pairs::of(rows, training);
        Box::new(learned(rows, &pairs, shares(rows, training), penalties[0]))
    }

    /// Every second power of four, from one that is as good as none: the pairs are many.
    fn penalties(&self) -> &'static [f64] {
        &[0.00390625, 0.0625, 1.0, 16.0, 256.0]
    }

    /// One similarity serves all contrasts.
    fn separable(&self) -> bool {
        false
    }

    fn path(
        &self,
        rows: &Arc<Rows>,
        training: &[usize],
        penalties: &[f64],
    ) -> Vec<Box<dyn RecordLens>> {
        let pairs = Pairs::of(rows, training);
        let prior = shares(rows, training);
        let one = |p: &f64| Box::new(learned(rows, &pairs, prior, *p)) as Box<dyn RecordLens>;
        penalties.iter().map(one).collect()
    }

    fn answer(&self, rows: &Rows, row: usize) -> [f64; CLASSES] {
        self.answers(rows, &[row])
            .first()
            .copied()
            .unwrap_or([0.25; CLASSES])
    }

    fn answers(&self, rows: &Rows, list: &[usize]) -> Vec<[f64; CLASSES]> {
        let all = profiles(rows);
        let one = |row: &usize| {
            let seen = (0..rows.len()).filter(|o| rows.sees(*row, *o));
            let seen = seen.map(|o| (o, extra(rows, *row, o)));
            self.recall(&all[*row], rows, &all, seen).0
        };
        list.iter().map(one).collect()
    }

    fn boxed(&self) -> Box<dyn Lens> {
        Box::new(self.clone())
    }

    fn copy(&self) -> Box<dyn RecordLens> {
        Box::new(self.clone())
    }

    fn rebuild(&self, values: &[f64]) -> Box<dyn RecordLens> {
        Box::new(self.rebuilt(values))
    }
}
