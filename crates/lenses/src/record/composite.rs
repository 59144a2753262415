//! `composite`: mixtures whose weights are learned by stacking on log score.

use super::interned::intern;
use super::ready::{OF, Parting};
use raison_core::record::logit;
use raison_core::record::nested::{self, CONTRASTS, Nested, compose, contrasts};
use raison_core::record::{
    CLASSES, Mixture, PENALTIES, Penalties, RESPONSES, RecordLens, Rows, Stacked,
};
use raison_core::{
    About, Abstention, Check, Draw, Judgement, Lens, Parameter, Prepared, Question, Reason,
};
use std::sync::Arc;

/// How answers are pooled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pool {
    /// Weighted mean of probabilities: stacking (Yao et al. 2018).
    Linear,
    /// Weighted log-odds of each contrast: a logarithmic pool (Genest and Zidek 1986) with
    /// free weights, so that independent evidence adds up.
    Logarithmic,
}

/// Kinds of decision unit as regime data tell them: names.
pub const GROUPS: [&str; 3] = ["democracy", "civil authoritarian", "military"];

/// The group of a decision.
pub fn group(democracy: f64, military: f64) -> usize {
    match (democracy > 0.5, military > 0.5) {
        (true, _) => 0,
        (_, true) => 2,
        _ => 1,
    }
}

/// How many decisions the common shares may count for, in a group's own shares.
const SHRINK: [f64; 8] = [1.0, 4.0, 16.0, 64.0, 256.0, 1024.0, 4096.0, 16384.0];
/// Penalty on the common weight of all parts: a standard normal prior.
const COMMON: f64 = 1.0;
/// Folds of whole crises over which the shrinkage of the weights is chosen.
const FOLDS: usize = 5;

/// The lens.
pub struct Composite {
    pool: Pool,
    parts: Vec<Box<dyn RecordLens>>,
    /// Linear: shares by group and part.
    shares: Vec<Vec<f64>>,
    /// Logarithmic: weights of the parts' log-odds.
    model: Option<Nested>,
}

impl Composite {
    /// Without parts yet.
    pub fn new(pool: Pool) -> Self {
        Composite {
            pool,
            parts: Vec::new(),
            shares: Vec::new(),
            model: None,
        }
    }

    fn copied(&self) -> Composite {
        Composite {
            pool: self.pool,
            parts: self.parts.iter().map(|p| p.copy()).collect(),
            shares: self.shares.clone(),
            model: self.model.clone(),
        }
    }

    fn mix(&self, group: usize, answers: &[[f64; CLASSES]]) -> [f64; CLASSES] {
        match (&self.model, self.shares.get(group)) {
            (Some(model), _) => {
                let x = log_odds(answers);
                let n = answers.len();
                compose(std::array::from_fn(|c| {
                    let part = &x[c * n..(c + 1) * n];
                    logit::logistic(model.logits[c].score(part))
                }))
            }
            (None, Some(shares)) => {
                let mut p = [0.0; CLASSES];
                for (answer, share) in answers.iter().zip(shares) {
                    p.iter_mut().zip(answer).for_each(|(p, a)| *p += share * a);
                }
                p
            }
            _ => [0.25; CLASSES],
        }
    }
}

impl Composite {
    /// What one part does for what leads. Shares times differences sum to the lead of a
    /// mixture; weighted log-odds sum, with the intercept, to those of a logarithmic pool.
    fn reason(
        &self,
        (i, id): (usize, &str),
        answer: &[f64; CLASSES],
        group: usize,
        at: Parting,
    ) -> Reason {
        if let Some(model) = &self.model {
            let weights = &model.logits[at.contrast].weights;
            let weight = weights.get(i).copied().unwrap_or(0.0);
            let p = contrasts(answer)[at.contrast].clamp(1e-4, 1.0 - 1e-4);
            let (of, pull) = (OF[at.contrast], weight * (p / (1.0 - p)).ln());
            let text = format!("{id} puts {of} at {p:.2}; its log-odds count {weight:.2} times");
            return Reason::new(text, at.sign() * pull);
        }
        let share = self.shares.get(group).and_then(|s| s.get(i));
        let share = share.copied().unwrap_or(0.0);
        let (lead, second) = (answer[at.leader], answer[at.second]);
        let name = |class: usize| RESPONSES[class].0;
        let text = format!(
            "{id}: {} {lead:.2}, {} {second:.2}; its share is {share:.2}",
            name(at.leader),
            name(at.second)
        );
        Reason::new(text, share * (lead - second))
    }
}

/// Log-odds of the parts, contrast by contrast.
fn log_odds(answers: &[[f64; CLASSES]]) -> Vec<f64> {
    let by: Vec<[f64; 3]> = answers.iter().map(contrasts).collect();
    (0..3)
        .flat_map(|c| {
            by.iter().map(move |k| {
                let p = k[c].clamp(1e-4, 1.0 - 1e-4);
                (p / (1.0 - p)).ln()
            })
        })
        .collect()
}

/// One ridge logit for each contrast, on the parts' own log-odds for it. What all parts say
/// together gets a weight that is all but free; how the parts differ from each other is
/// shrunk to nothing, so that few decisions give equal weights.
fn pooled(x: &[f64], parts: usize, classes: &[u8], penalties: Penalties) -> Nested {
    let mut model = Nested::default();
    for (c, logit) in model.logits.iter_mut().enumerate() {
        let (mut own, mut y) = (Vec::new(), Vec::new());
        for (i, class) in classes.iter().enumerate() {
            if let Some(outcome) = nested::outcome(c, *class) {
                let from = i * parts * 3 + c * parts;
                let line = &x[from..from + parts];
                own.push(line.iter().sum::<f64>() / parts as f64);
                own.extend_from_slice(line);
                y.push(outcome);
            }
        }
        let mut penalty = vec![penalties[c]; parts + 1];
        penalty[0] = COMMON;
        let fit = logit::fit_each(&own, parts + 1, &y, &penalty);
        let common = fit.weights[0] / parts as f64;
        *logit = logit::Logit {
            intercept: fit.intercept,
            weights: fit.weights[1..].iter().map(|w| w + common).collect(),
        };
    }
    model
}

/// Shares by group: expectation-maximisation for the weights of a mixture, the groups
/// pulled towards the common shares with the strength of so many decisions.
fn shares(lines: &[&Line<'_>], parts: usize, strength: f64) -> Vec<Vec<f64>> {
    let likelihood: Vec<Vec<f64>> = lines.iter().map(|l| l.likelihood()).collect();
    let all: Vec<&Vec<f64>> = likelihood.iter().collect();
    let uniform = vec![1.0 / parts as f64; parts];
    let common = mixture(&all, &uniform, 1.0);
    (0..GROUPS.len())
        .map(|g| {
            let pairs = likelihood.iter().zip(lines);
            let own: Vec<&Vec<f64>> = pairs
                .filter(|(_, line)| line.group == g)
                .map(|(l, _)| l)
                .collect();
            mixture(&own, &common, strength)
        })
        .collect()
}

fn mixture(likelihood: &[&Vec<f64>], prior: &[f64], strength: f64) -> Vec<f64> {
    let mut w = prior.to_vec();
    for _ in 0..300 {
        let mut next: Vec<f64> = prior.iter().map(|p| p * strength).collect();
        for l in likelihood {
            let total: f64 = l.iter().zip(&w).map(|(l, w)| l * w).sum();
            next.iter_mut()
                .zip(l.iter().zip(&w))
                .for_each(|(n, (l, w))| *n += l * w / total);
        }
        let sum: f64 = next.iter().sum();
        next.iter_mut().for_each(|n| *n /= sum);
        w = next;
    }
    w
}

impl Lens for Composite {
    fn id(&self) -> &'static str {
        match self.pool {
            Pool::Linear => "composite",
            Pool::Logarithmic => "composite:log",
        }
    }

    fn about(&self) -> &'static About {
        &crate::composite::ABOUT
    }

    fn parameters(&self) -> Vec<Parameter> {
        let p = |id: String, value, meaning| Parameter {
            id: intern(id),
            value,
            low: -1e6,
            high: 1e6,
            meaning,
        };
        let mut out = Vec::new();
        for (g, shares) in GROUPS.iter().zip(&self.shares) {
            for (part, share) in self.parts.iter().zip(shares) {
                out.push(p(
                    format!("{}.{g}", part.id()),
                    *share,
                    "share of the lens in the mixture",
                ));
            }
        }
        if let Some(model) = &self.model {
            for (logit, (contrast, _)) in model.logits.iter().zip(CONTRASTS) {
                out.push(p(
                    format!("intercept.{contrast}"),
                    logit.intercept,
                    "log-odds where all parts are undecided",
                ));
                for (part, w) in self.parts.iter().zip(&logit.weights) {
                    out.push(p(
                        format!("{}.{contrast}", part.id()),
                        *w,
                        "weight of the lens's log-odds",
                    ));
                }
            }
        }
        out
    }

    fn with_parameters(&self, values: &[f64]) -> Box<dyn Lens> {
        self.rebuild(values).boxed()
    }

    fn calibrated(&self) -> bool {
        !self.parts.is_empty()
    }

    fn prepare<'q>(&self, question: &'q Question) -> Result<Box<dyn Prepared + 'q>, Abstention> {
        let own = self.copied();
        let parts: Result<Vec<_>, _> = own.parts.iter().map(|p| Ok((p.id(), p.boxed()))).collect();
        let parts: Vec<(&'static str, Box<dyn Lens>)> = parts?;
        let mut prepared = Vec::new();
        for (id, part) in &parts {
            prepared.push((*id, part.prepare(question)?));
        }
        if prepared.is_empty() {
            return Err(super::ready::unfitted());
        }
        Ok(Box::new(Ready {
            own,
            prepared,
            question,
        }))
    }
}

struct Ready<'q> {
    own: Composite,
    prepared: Vec<(&'static str, Box<dyn Prepared + 'q>)>,
    question: &'q Question,
}

impl Ready<'_> {
    fn group(&self, draw: Draw<'_>) -> usize {
        let get = |name| {
            self.question
                .inputs
                .find(name)
                .map_or(f64::NAN, |n| draw.get(n))
        };
        group(get("record.democracy"), get("record.military_regime"))
    }

    fn answers(&self, draw: Draw<'_>) -> Vec<[f64; CLASSES]> {
        let mut out = vec![0.0; self.question.situation.alternatives.len()];
        self.prepared
            .iter()
            .map(|(_, p)| {
                p.probabilities(draw, &mut out);
                std::array::from_fn(|c| out.get(c).copied().unwrap_or(0.0))
            })
            .collect()
    }
}

impl Prepared for Ready<'_> {
    fn probabilities(&self, draw: Draw<'_>, out: &mut [f64]) {
        let p = self.own.mix(self.group(draw), &self.answers(draw));
        out.iter_mut().zip(p).for_each(|(o, p)| *o = p);
    }

    fn judge(&self, draw: Draw<'_>) -> Judgement {
        let answers = self.answers(draw);
        let group = self.group(draw);
        let p = self.own.mix(group, &answers);
        let at = Parting::of(&p);
        let parts = self.prepared.iter().zip(&answers).enumerate();
        let mut reasons: Vec<Reason> = parts
            .map(|(i, ((id, _), a))| self.own.reason((i, id), a, group, at))
            .collect();
        reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        Judgement {
            check: Check {
                name: "residual",
                value: (p.iter().sum::<f64>() - 1.0).abs(),
                tolerance: 1e-9,
                meaning: "how far the probabilities are from summing to 1".to_owned(),
            },
            probabilities: p.to_vec(),
            reasons,
            exhibits: Vec::new(),
        }
    }
}

impl RecordLens for Composite {
    /// Fitted by [`Composite::stack`]; on its own it stays as it is.
    fn fit(&self, _: &Arc<Rows>, _: &[usize], _: Penalties) -> Box<dyn RecordLens> {
        Box::new(self.copied())
    }

    fn answer(&self, rows: &Rows, row: usize) -> [f64; CLASSES] {
        self.answers(rows, &[row])
            .first()
            .copied()
            .unwrap_or([0.25; CLASSES])
    }

    fn answers(&self, rows: &Rows, list: &[usize]) -> Vec<[f64; CLASSES]> {
        let parts: Vec<Vec<[f64; CLASSES]>> =
            self.parts.iter().map(|p| p.answers(rows, list)).collect();
        let one = |(i, row): (usize, &usize)| {
            let get = super::doctrine::of(rows, *row);
            let answers: Vec<[f64; CLASSES]> = parts.iter().map(|p| p[i]).collect();
            self.mix(group(get("democracy"), get("military_regime")), &answers)
        };
        list.iter().enumerate().map(one).collect()
    }

    fn boxed(&self) -> Box<dyn Lens> {
        Box::new(self.copied())
    }

    fn copy(&self) -> Box<dyn RecordLens> {
        Box::new(self.copied())
    }

    fn rebuild(&self, values: &[f64]) -> Box<dyn RecordLens> {
        let mut own = self.copied();
        let mut values = values.iter();
        let mut take = |slot: &mut f64| {
            if let Some(v) = values.next() {
                *slot = *v;
            }
        };
        own.shares.iter_mut().flatten().for_each(&mut take);
        if let Some(model) = &mut own.model {
            for logit in &mut model.logits {
                take(&mut logit.intercept);
                logit.weights.iter_mut().for_each(&mut take);
            }
        }
        Box::new(own)
    }
}

/// A training row as a mixture sees it.
struct Line<'a> {
    class: u8,
    crisis: i32,
    group: usize,
    /// Answers of the parts.
    answers: Vec<&'a [f64; CLASSES]>,
}

impl Line<'_> {
    fn likelihood(&self) -> Vec<f64> {
        let at = usize::from(self.class);
        let of = |a: &&[f64; CLASSES]| a.get(at).copied().unwrap_or(0.0).max(1e-9);
        self.answers.iter().map(of).collect()
    }

    fn answers(&self) -> Vec<[f64; CLASSES]> {
        self.answers.iter().map(|a| **a).collect()
    }
}

fn lines<'a>(
    rows: &Rows,
    training: &[usize],
    held_out: &'a [Vec<[f64; CLASSES]>],
) -> Vec<Line<'a>> {
    let one = |(i, row): (usize, &usize)| {
        let get = super::doctrine::of(rows, *row);
        Line {
            class: rows.rows[*row].class,
            crisis: rows.rows[*row].crisis,
            group: group(get("democracy"), get("military_regime")),
            answers: held_out.iter().filter_map(|a| a.get(i)).collect(),
        }
    };
    training.iter().enumerate().map(one).collect()
}

/// The fold of every line: whole crises, dealt out in the order of their numbers.
fn folds(lines: &[Line<'_>]) -> Vec<usize> {
    let mut crises: Vec<i32> = lines.iter().map(|l| l.crisis).collect();
    crises.sort_unstable();
    crises.dedup();
    let place = |l: &Line<'_>| crises.partition_point(|c| *c < l.crisis) % FOLDS;
    lines.iter().map(place).collect()
}

impl Composite {
    /// Weights learned from some lines.
    fn weighed(
        &self,
        parts: usize,
        lines: &[&Line<'_>],
        penalties: Penalties,
    ) -> (Vec<Vec<f64>>, Option<Nested>) {
        match self.pool {
            Pool::Linear => (shares(lines, parts, penalties[0]), None),
            Pool::Logarithmic => {
                let x = lines.iter().flat_map(|l| log_odds(&l.answers()));
                let x: Vec<f64> = x.collect();
                let classes: Vec<u8> = lines.iter().map(|l| l.class).collect();
                (Vec::new(), Some(pooled(&x, parts, &classes, penalties)))
            }
        }
    }

    fn grid(&self) -> &'static [f64] {
        match self.pool {
            Pool::Linear => &SHRINK,
            Pool::Logarithmic => &PENALTIES,
        }
    }

    /// Answers to every line with weights from the other folds.
    fn crossed(&self, parts: usize, lines: &[Line<'_>], penalty: f64) -> Vec<[f64; CLASSES]> {
        let fold = folds(lines);
        let mut out = vec![[0.25; CLASSES]; lines.len()];
        for k in 0..FOLDS {
            let pairs = lines.iter().zip(&fold);
            let others: Vec<&Line<'_>> = pairs.filter(|(_, f)| **f != k).map(|(l, _)| l).collect();
            let (shares, model) = self.weighed(parts, &others, [penalty; 3]);
            let fitted = Composite {
                pool: self.pool,
                parts: Vec::new(),
                shares,
                model,
            };
            for ((slot, line), f) in out.iter_mut().zip(lines).zip(&fold) {
                if *f == k {
                    *slot = fitted.mix(line.group, &line.answers());
                }
            }
        }
        out
    }

    /// The shrinkage with the least loss over folds, and the answers it gave there.
    fn choose(&self, parts: usize, lines: &[Line<'_>]) -> (Penalties, Vec<[f64; CLASSES]>) {
        let grid = self.grid();
        let answers: Vec<Vec<[f64; CLASSES]>> = grid
            .iter()
            .map(|p| self.crossed(parts, lines, *p))
            .collect();
        let least = |loss: &dyn Fn(usize) -> f64| {
            let losses: Vec<f64> = (0..grid.len()).map(loss).collect();
            (0..grid.len()).fold(0, |b, k| if losses[k] < losses[b] { k } else { b })
        };
        let best: [usize; 3] = match self.pool {
            Pool::Linear => {
                let whole = |k: usize| (0..3).map(|c| loss(lines, &answers[k], c)).sum();
                [least(&whole); 3]
            }
            Pool::Logarithmic => {
                std::array::from_fn(|c| least(&|k: usize| loss(lines, &answers[k], c)))
            }
        };
        let row = |i: usize| compose(std::array::from_fn(|c| contrasts(&answers[best[c]][i])[c]));
        (best.map(|k| grid[k]), (0..lines.len()).map(row).collect())
    }
}

/// Log loss of answers to one contrast.
fn loss(lines: &[Line<'_>], answers: &[[f64; CLASSES]], contrast: usize) -> f64 {
    let one = |(line, p): (&Line<'_>, &[f64; CLASSES])| {
        let q = contrasts(p)[contrast];
        let yes = nested::outcome(contrast, line.class)?;
        Some(-(if yes { q } else { 1.0 - q }).max(1e-9).ln())
    };
    lines.iter().zip(answers).filter_map(one).sum()
}

impl Mixture for Composite {
    fn stack(
        &self,
        parts: Vec<Box<dyn RecordLens>>,
        rows: &Rows,
        training: &[usize],
        held_out: &[Vec<[f64; CLASSES]>],
    ) -> Stacked {
        let lines = lines(rows, training, held_out);
        let (penalties, held_out) = self.choose(parts.len(), &lines);
        let all: Vec<&Line<'_>> = lines.iter().collect();
        let (shares, model) = self.weighed(parts.len(), &all, penalties);
        Stacked {
            lens: Box::new(Composite {
                pool: self.pool,
                parts,
                shares,
                model,
            }),
            penalties,
            held_out,
        }
    }
}
