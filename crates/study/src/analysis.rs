//! One case through several lenses.

use crate::draws::{Answers, KEPT, ask};
use crate::flips::{Flip, flips};
use crate::scores::{Scores, ranks, score};
use crate::traces::{TraceRow, rows};
use raison_core::{Abstention, Case, Draw, Judgement, Lens, Num, Prepared, Provenance};
use rayon::prelude::*;

/// How an analysis is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Draws of the uncertain inputs; 0 means the central values, once.
    pub draws: usize,
    /// Seed of the draws.
    pub seed: u64,
    /// Whether to search for flips.
    pub flips: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            draws: 2000,
            seed: 1,
            flips: true,
        }
    }
}

/// One case through several lenses.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// How it was run.
    pub options: Options,
    /// One result per lens, in the order asked.
    pub lenses: Vec<LensResult>,
    /// Forecasts that know nothing of theory.
    pub baselines: Vec<Baseline>,
    /// Inputs that nobody stated, and what they could flip.
    pub assumed: Vec<Assumed>,
}

/// What one lens says.
#[derive(Clone, Debug)]
pub struct LensResult {
    /// Its id.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Whether its parameters were fitted on other decisions.
    pub calibrated: bool,
    /// What its sureness was fitted on, where its ranks are its own.
    pub calibration: Option<String>,
    /// The answer, or why there is none.
    pub answer: Result<Answer, Abstention>,
    /// What it expects and forbids of the process.
    pub traces: Vec<TraceRow>,
}

/// An answer over all draws.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Mean over draws of each alternative's probability.
    pub probabilities: Vec<f64>,
    /// 5 % and 95 % points of each alternative's probability over draws: over all, or over
    /// the first [`KEPT`] where there are more.
    pub spread: Vec<(f64, f64)>,
    /// Rank of each alternative by probability, 1 first.
    pub rank: Vec<usize>,
    /// The alternative with the highest probability; of several, the one whose id sorts
    /// first.
    pub leading: usize,
    /// Where several share the highest probability, all of them in the order of their
    /// ids; empty where one leads alone.
    pub tied: Vec<usize>,
    /// Share of draws in which the leading alternative leads.
    pub firmness: f64,
    /// Share of draws in which each alternative leads.
    pub leads: Vec<f64>,
    /// The answer at the central values: reasons, check, exhibits.
    pub central: Judgement,
    /// Scores, where it is known what was chosen.
    pub scores: Option<Scores>,
    /// Single changes that change the leading alternative, smallest first.
    pub flips: Vec<Flip>,
    /// Answers at the central values under other precisions.
    pub sweep: Vec<SweepRow>,
}

/// Probabilities under another value of a lens's first parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepRow {
    /// The parameter.
    pub parameter: &'static str,
    /// Its value.
    pub value: f64,
    /// The alternative that leads under it.
    pub leading: usize,
    /// Probabilities at the central values.
    pub probabilities: Vec<f64>,
}

/// A forecast that knows nothing of theory.
#[derive(Clone, Debug, PartialEq)]
pub struct Baseline {
    /// `uniform`, `base-rate` or `status-quo`.
    pub id: &'static str,
    /// Probability of each alternative.
    pub probabilities: Vec<f64>,
    /// Scores, where it is known what was chosen.
    pub scores: Option<Scores>,
}

/// An input that nobody stated.
#[derive(Clone, Debug)]
pub struct Assumed {
    /// The input.
    pub input: Num,
    /// For each lens that another value would flip: its id and the flip.
    pub flips: Vec<(&'static str, Flip)>,
}

/// Runs all lenses on a case.
pub fn analyze(case: &Case, lenses: &[Box<dyn Lens>], options: Options) -> Analysis {
    let prepared: Vec<Result<Box<dyn Prepared + '_>, Abstention>> =
        lenses.iter().map(|l| l.prepare(&case.question)).collect();
    let answers = answers(case, lenses, &prepared, options);
    let results: Vec<LensResult> = lenses
        .par_iter()
        .zip(prepared.par_iter().zip(answers.par_iter()))
        .map(|(lens, (prepared, answers))| LensResult {
            id: lens.id(),
            title: lens.about().title,
            calibration: lens.calibration(&case.question),
            calibrated: lens.calibrated() || lens.calibration(&case.question).is_some(),
            traces: rows(lens.as_ref(), &case.marks),
            answer: match (prepared, answers) {
                (Ok(p), Some(a)) => Ok(answer(case, lens.as_ref(), p.as_ref(), a, options)),
                (Err(why), _) => Err(why.clone()),
                (Ok(_), None) => Err(Abstention::new("no answer", "")),
            },
        })
        .collect();
    Analysis {
        options,
        baselines: baselines(case),
        assumed: assumed(case, &results),
        lenses: results,
    }
}

/// The answers of the lenses that answer, at the same draws.
pub(crate) fn answers(
    case: &Case,
    lenses: &[Box<dyn Lens>],
    prepared: &[Result<Box<dyn Prepared + '_>, Abstention>],
    options: Options,
) -> Vec<Option<Answers>> {
    let able: Vec<(&'static str, &dyn Prepared)> = lenses
        .iter()
        .zip(prepared)
        .filter_map(|(lens, p)| Some((lens.id(), p.as_ref().ok()?.as_ref())))
        .collect();
    let width = case.question.situation.alternatives.len();
    let mut tables = ask(
        &able,
        &case.question.inputs,
        width,
        (options.seed, options.draws),
        KEPT,
    )
    .into_iter();
    prepared
        .iter()
        .map(|p| if p.is_ok() { tables.next() } else { None })
        .collect()
}

fn answer(
    case: &Case,
    lens: &dyn Lens,
    prepared: &dyn Prepared,
    answers: &Answers,
    options: Options,
) -> Answer {
    let inputs = &case.question.inputs;
    let situation = &case.question.situation;
    let probabilities = answers.mean();
    let tied = situation.tied(&probabilities);
    let lead = tied.first().copied().unwrap_or(0);
    let leads = answers.leads();
    let central = inputs.central();
    Answer {
        spread: answers
            .quantile(0.05)
            .into_iter()
            .zip(answers.quantile(0.95))
            .collect(),
        rank: ranks(&probabilities),
        leading: lead,
        tied: if tied.len() > 1 { tied } else { Vec::new() },
        firmness: leads.get(lead).copied().unwrap_or(0.0),
        leads,
        central: prepared.judge(Draw(&central)),
        scores: case
            .observed
            .as_ref()
            .and_then(|o| score(&probabilities, o.alternative)),
        flips: if options.flips {
            flips(prepared, &case.question)
        } else {
            Vec::new()
        },
        sweep: sweep(case, lens, &central),
        probabilities,
    }
}

/// Factors by which the first parameter is moved.
const SWEEP: [f64; 5] = [0.25, 0.5, 1.0, 2.0, 4.0];

fn sweep(case: &Case, lens: &dyn Lens, central: &[f64]) -> Vec<SweepRow> {
    let parameters = lens.parameters();
    let Some(first) = parameters.first() else {
        return Vec::new();
    };
    let mut out: Vec<SweepRow> = Vec::new();
    for factor in SWEEP {
        let mut values: Vec<f64> = parameters.iter().map(|p| p.value).collect();
        values[0] = (first.value * factor).clamp(first.low, first.high);
        if out.iter().any(|r| r.value == values[0]) {
            continue;
        }
        let moved = lens.with_parameters(&values);
        if let Ok(prepared) = moved.prepare(&case.question) {
            let mut probabilities = vec![0.0; case.question.situation.alternatives.len()];
            prepared.probabilities(Draw(central), &mut probabilities);
            out.push(SweepRow {
                parameter: first.id,
                value: values[0],
                leading: case.question.situation.leading(&probabilities),
                probabilities,
            });
        }
    }
    out
}

fn baselines(case: &Case) -> Vec<Baseline> {
    let n = case.question.situation.alternatives.len();
    let chosen = case.observed.as_ref().map(|o| o.alternative);
    let make = |id, probabilities: Vec<f64>| Baseline {
        id,
        scores: chosen.and_then(|c| score(&probabilities, c)),
        probabilities,
    };
    let mut out = vec![make("uniform", vec![1.0 / n.max(1) as f64; n])];
    if let Some(at) = case.question.situation.status_quo {
        let only = (0..n).map(|i| if i == at { 1.0 } else { 0.0 }).collect();
        out.push(make("status-quo", only));
    }
    out
}

fn assumed(case: &Case, results: &[LensResult]) -> Vec<Assumed> {
    let inputs = &case.question.inputs;
    inputs
        .iter()
        .filter(|(_, input)| matches!(input.provenance, Provenance::Assumed(_)))
        .map(|(num, _)| Assumed {
            input: num,
            flips: results
                .iter()
                .filter_map(|r| {
                    let answer = r.answer.as_ref().ok()?;
                    let flip = answer.flips.iter().find(|f| f.input == num)?;
                    Some((r.id, flip.clone()))
                })
                .collect(),
        })
        .collect()
}
