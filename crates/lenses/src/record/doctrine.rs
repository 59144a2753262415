//! `doctrine`: bars learned from the record.
//!
//! A bar is a conjunction of up to three plain conditions under which states hardly ever
//! use force. Bars are non-compensatory (Mintz 1993): where one holds, nothing else counts.
//! What no bar strikes out is weighed by the act that set the crisis off.

use super::interned::intern;
use super::ready::{self, Contribution};
use raison_core::record::nested::{CONTRASTS, Nested, Scale};
use raison_core::record::{CLASSES, Penalties, RecordLens, Rows, is_force};
use raison_core::{About, Abstention, Lens, Parameter, Prepared, Question};
use std::sync::Arc;

/// A plain condition: a covariate that is 1, or 0 where `holds` is false.
struct Atom {
    name: &'static str,
    holds: bool,
    label: &'static str,
}

const fn atom(name: &'static str, holds: bool, label: &'static str) -> Atom {
    Atom { name, holds, label }
}

/// Conditions that bars are made of. Number 0 is no condition.
const ATOMS: [Atom; 17] = [
    atom("trigger_violent", false, "no violent act against it"),
    atom("trigger_soft", true, "words or an economic act only"),
    atom("trigger_political", true, "a political act"),
    atom("trigger_military", true, "a military act without violence"),
    atom("weaker", true, "the weaker side"),
    atom(
        "much_weaker",
        true,
        "a tenth of the adversary's capabilities",
    ),
    atom("contiguous", false, "no common border"),
    atom("adversary_superpower", true, "a superpower as adversary"),
    atom("adversary_great", true, "a great power as adversary"),
    atom("own_small", true, "a small power"),
    atom(
        "adversary_moved_other",
        true,
        "an adversary that answered without violence",
    ),
    atom("long_war", false, "no long war under way"),
    atom("own_last_force", false, "no force in the last crisis"),
    atom("democracy", true, "a democracy"),
    atom("at_home", false, "a crisis away from home"),
    atom("threat_influence", true, "influence threatened"),
    atom("threat_political", true, "the regime threatened"),
];

/// Weighed where no bar holds.
const WEIGHED: [(&str, &str); 6] = [
    ("trigger_violent", "a violent act set the crisis off"),
    (
        "trigger_indirect",
        "violence against others set the crisis off",
    ),
    (
        "trigger_military",
        "a military act without violence set the crisis off",
    ),
    ("trigger_nonstate", "a non-state actor set the crisis off"),
    ("long_war", "a long war is under way"),
    ("threat_territory", "territory is threatened"),
];

/// Most bars in a doctrine.
const MOST: usize = 6;
/// Fewest decisions that a bar must rest on.
const FEWEST: usize = 15;
/// A bar is learned where the upper end of the one-sided 90 % interval of its share of
/// force (Wilson 1927) is below this part of the share among all.
const BELOW: f64 = 0.75;

/// Up to three atoms, as numbers from 1; 0 is none.
type Bar = [usize; 3];

/// The lens.
#[derive(Clone, Default)]
pub struct Doctrine {
    bars: [Bar; MOST],
    model: Option<Nested>,
}

const WIDTH: usize = MOST + WEIGHED.len();

impl Doctrine {
    /// The first bar that holds, and the values for the weighing.
    fn values(&self, value: &dyn Fn(&str) -> f64) -> (Option<usize>, [f64; WIDTH]) {
        let mut x = [0.0; WIDTH];
        let struck = self
            .bars
            .iter()
            .position(|bar| bar[0] > 0 && bar.iter().filter(|a| **a > 0).all(|a| holds(*a, value)));
        match struck {
            Some(bar) => x[bar] = 1.0,
            None => {
                for (slot, (name, _)) in x[MOST..].iter_mut().zip(WEIGHED) {
                    let v = value(name);
                    *slot = if v.is_nan() { 0.0 } else { v };
                }
            }
        }
        (struck, x)
    }

    fn label(&self, bar: usize) -> String {
        let list = self.bars.get(bar).into_iter().flatten();
        let words: Vec<&str> = list
            .filter(|a| **a > 0)
            .filter_map(|a| Some(ATOMS.get(a - 1)?.label))
            .collect();
        format!("a bar on force: {}", words.join(", "))
    }

    fn rebuilt(&self, values: &[f64]) -> Doctrine {
        let mut own: Vec<f64> = self.parameters().iter().map(|p| p.value).collect();
        own.iter_mut()
            .zip(values)
            .filter(|(_, v)| v.is_finite())
            .for_each(|(o, v)| *o = *v);
        let mut bars = [[0; 3]; MOST];
        for (i, v) in own.iter().take(3 * MOST).enumerate() {
            bars[i / 3][i % 3] = v.clamp(0.0, ATOMS.len() as f64).round() as usize;
        }
        let mut model = blank();
        for (logit, part) in model
            .logits
            .iter_mut()
            .zip(own[3 * MOST..].chunks(WIDTH + 1))
        {
            logit.intercept = part[0];
            logit.weights = part[1..].to_vec();
        }
        Doctrine {
            bars,
            model: Some(model),
        }
    }
}

fn holds(a: usize, value: &dyn Fn(&str) -> f64) -> bool {
    ATOMS
        .get(a - 1)
        .is_some_and(|a| value(a.name) == f64::from(u8::from(a.holds)))
}

fn blank() -> Nested {
    let mut blank = Nested {
        scales: vec![
            Scale {
                middle: 0.0,
                mean: 0.0,
                sd: 1.0
            };
            WIDTH
        ],
        ..Nested::default()
    };
    blank
        .logits
        .iter_mut()
        .for_each(|l| l.weights = vec![0.0; WIDTH]);
    blank
}

/// Upper end of the one-sided 90 % interval of a share (Wilson 1927).
fn wilson(force: f64, n: f64) -> f64 {
    let z = 1.2816;
    let p = force / n;
    let z2 = z * z / n;
    (p + z2 / 2.0 + z * (p * (1.0 - p) / n + z2 / (4.0 * n)).sqrt()) / (1.0 + z2)
}

/// Learns bars one at a time on what earlier ones left: the one that rules out most force
/// among those that are clear enough.
fn learn(rows: &Rows, training: &[usize]) -> [Bar; MOST] {
    let facts: Vec<u32> = training
        .iter()
        .map(|row| {
            let values = rows.of(*row);
            let value = |n: &str| {
                rows.column(n)
                    .and_then(|c| values.get(c))
                    .copied()
                    .unwrap_or(f64::NAN)
            };
            (1..=ATOMS.len()).fold(0, |bits, a| bits | (u32::from(holds(a, &value)) << a))
        })
        .collect();
    let force: Vec<bool> = training
        .iter()
        .map(|r| is_force(rows.rows[*r].class))
        .collect();
    let base = force.iter().filter(|f| **f).count() as f64 / force.len().max(1) as f64;
    let mut left: Vec<usize> = (0..training.len()).collect();
    let mut bars = [[0; 3]; MOST];
    for slot in &mut bars {
        let Some(bar) = best(&facts, &force, &left, base) else {
            break;
        };
        let mask = mask(&bar);
        left.retain(|i| facts[*i] & mask != mask);
        *slot = bar;
    }
    bars
}

fn mask(bar: &Bar) -> u32 {
    bar.iter().filter(|a| **a > 0).fold(0, |m, a| m | (1 << a))
}

fn best(facts: &[u32], force: &[bool], left: &[usize], base: f64) -> Option<Bar> {
    let mut found: Option<(f64, Bar)> = None;
    let n = ATOMS.len();
    for a in 1..=n {
        for b in a..=n {
            for c in b..=n {
                if (a == b && b != c) || (b == c && a != b && c != n) {
                    continue;
                }
                let bar = match (a == b, b == c) {
                    (true, _) => [a, 0, 0],
                    (false, true) => [a, b, 0],
                    _ => [a, b, c],
                };
                let mask = mask(&bar);
                let (mut all, mut used) = (0usize, 0usize);
                for i in left {
                    if facts[*i] & mask == mask {
                        all += 1;
                        used += usize::from(force[*i]);
                    }
                }
                if all < FEWEST || wilson(used as f64, all as f64) > BELOW * base {
                    continue;
                }
                // Uses of force fewer than expected.
                let gain = base * all as f64 - used as f64 - 0.5 * mask.count_ones() as f64;
                if found.as_ref().is_none_or(|(g, _)| gain > *g) {
                    found = Some((gain, bar));
                }
            }
        }
    }
    found.map(|(_, bar)| bar)
}

impl Lens for Doctrine {
    fn id(&self) -> &'static str {
        "doctrine"
    }

    fn about(&self) -> &'static About {
        &crate::doctrine::ABOUT
    }

    fn parameters(&self) -> Vec<Parameter> {
        let blank = blank();
        let model = self.model.as_ref().unwrap_or(&blank);
        let p = |id: String, value, high: f64, meaning| Parameter {
            id: intern(id),
            value,
            low: if high == 1e6 { -1e6 } else { 0.0 },
            high,
            meaning,
        };
        let mut out = Vec::new();
        for (i, bar) in self.bars.iter().enumerate() {
            for (j, a) in bar.iter().enumerate() {
                let id = format!("bar{}.condition{}", i + 1, j + 1);
                out.push(p(
                    id,
                    *a as f64,
                    ATOMS.len() as f64,
                    "number of a condition, 0 for none",
                ));
            }
        }
        for (logit, (contrast, meaning)) in model.logits.iter().zip(CONTRASTS) {
            let shift: f64 = logit
                .weights
                .iter()
                .zip(&model.scales)
                .map(|(w, s)| w * s.mean / s.sd)
                .sum();
            out.push(p(
                format!("intercept.{contrast}"),
                logit.intercept - shift,
                1e6,
                meaning,
            ));
            for (i, (w, s)) in logit.weights.iter().zip(&model.scales).enumerate() {
                let id = match i.checked_sub(MOST) {
                    Some(j) => format!("{}.{contrast}", WEIGHED[j].0),
                    None => format!("bar{}.{contrast}", i + 1),
                };
                out.push(p(id, w / s.sd, 1e6, "change of the log-odds"));
            }
        }
        out
    }

    fn with_parameters(&self, values: &[f64]) -> Box<dyn Lens> {
        Box::new(self.rebuilt(values))
    }

    fn calibrated(&self) -> bool {
        self.model.is_some()
    }

    fn prepare<'q>(&self, question: &'q Question) -> Result<Box<dyn Prepared + 'q>, Abstention> {
        let model = self.model.clone().ok_or_else(ready::unfitted)?;
        let own = self.clone();
        ready::prepare(question, move |value, contrast| {
            let (struck, x) = own.values(value);
            let Some(contrast) = contrast else {
                return (model.answer(&x), Vec::new());
            };
            let z = model.standardised(&x);
            let weights = &model.logits[contrast].weights;
            let weight = |i: usize| weights[i] * z[i];
            let contributions = match struck {
                Some(bar) => {
                    let list = own.bars[bar].iter().filter(|a| **a > 0);
                    let total = z.iter().zip(weights).map(|(z, w)| z * w).sum();
                    vec![Contribution {
                        covariates: list.map(|a| ATOMS[a - 1].name.to_owned()).collect(),
                        label: own.label(bar),
                        weight: total,
                    }]
                }
                None => WEIGHED
                    .iter()
                    .enumerate()
                    .map(|(i, (name, label))| Contribution::of(name, None, label, weight(MOST + i)))
                    .collect(),
            };
            (model.answer(&x), contributions)
        })
    }
}

impl Doctrine {
    /// With bars, the weights beside them fitted.
    fn weighed(
        &self,
        rows: &Rows,
        training: &[usize],
        bars: [Bar; MOST],
        penalties: Penalties,
    ) -> Box<dyn RecordLens> {
        let mut fitted = Doctrine { bars, model: None };
        let mut x = Vec::with_capacity(training.len() * WIDTH);
        for row in training {
            x.extend(fitted.values(&of(rows, *row)).1);
        }
        let classes: Vec<u8> = training.iter().map(|r| rows.rows[*r].class).collect();
        fitted.model = Some(Nested::fit(&x, WIDTH, &classes, penalties));
        Box::new(fitted)
    }
}

impl RecordLens for Doctrine {
    fn fit(
        &self,
        rows: &Arc<Rows>,
        training: &[usize],
        penalties: Penalties,
    ) -> Box<dyn RecordLens> {
        self.weighed(rows, training, learn(rows, training), penalties)
    }

    fn path(
        &self,
        rows: &Arc<Rows>,
        training: &[usize],
        penalties: &[f64],
    ) -> Vec<Box<dyn RecordLens>> {
        let bars = learn(rows, training);
        let one = |p: &f64| self.weighed(rows, training, bars, [*p; 3]);
        penalties.iter().map(one).collect()
    }

    fn answer(&self, rows: &Rows, row: usize) -> [f64; CLASSES] {
        let (_, x) = self.values(&of(rows, row));
        self.model
            .as_ref()
            .map_or([0.25; CLASSES], |m| m.answer(&x))
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

/// Covariates of a row by name.
pub(super) fn of(rows: &Rows, row: usize) -> impl Fn(&str) -> f64 {
    move |name: &str| {
        let column = rows.column(name);
        column
            .and_then(|c| rows.of(row).get(c))
            .copied()
            .unwrap_or(f64::NAN)
    }
}
