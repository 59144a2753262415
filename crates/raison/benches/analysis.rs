//! One judgement per lens, and the whole analysis as the alternatives grow.

use divan::Bencher;
use raison::core::{Case, Draw, Question};
use raison::embedded::Embedded;
use raison::files::Swap;
use raison::study::{Options, analyze};

fn main() {
    divan::main();
}

fn cuba() -> Case {
    let shelf = Embedded;
    let mut loader = raison::loader(&shelf);
    loader
        .shelf_case("cuban-missile-crisis", &Swap::default())
        .expect("the library holds it")
}

/// The question with every alternative `times` times.
fn widened(question: &Question, times: usize) -> Question {
    let mut q = question.clone();
    let base = q.situation.alternatives.clone();
    for k in 1..times {
        q.situation
            .alternatives
            .extend(base.iter().cloned().map(|mut a| {
                a.id = format!("{}-{k}", a.id);
                a
            }));
        for analogy in &mut q.situation.analogies {
            analogy
                .resembles
                .extend(std::iter::repeat_n(0.0, base.len()));
        }
    }
    q
}

const LENSES: [&str; 8] = [
    "rational",
    "prospect",
    "organizational",
    "governmental",
    "leader",
    "doctrine",
    "memory",
    "composite",
];

/// Probabilities of one lens at the central values.
#[divan::bench(args = LENSES)]
fn one_judgement(bencher: Bencher, lens: &str) {
    let case = cuba();
    let lens = raison::lenses::find(lens).expect("a lens");
    let prepared = lens
        .prepare(&case.question)
        .unwrap_or_else(|a| panic!("{}", a.why));
    let values = case.question.inputs.central();
    let mut out = vec![0.0; case.question.situation.alternatives.len()];
    bencher.bench_local(|| prepared.probabilities(Draw(&values), divan::black_box(&mut out)));
}

/// All lenses, 2,000 draws, flips; alternatives 1, 2, 4 and 8 times.
#[divan::bench(args = [1, 2, 4, 8], sample_count = 5)]
fn whole_analysis(bencher: Bencher, times: usize) {
    let mut case = cuba();
    case.question = widened(&case.question, times);
    case.observed = None;
    let options = Options {
        draws: 2000,
        seed: 1,
        flips: true,
    };
    bencher.bench_local(|| analyze(&case, &raison::lenses::all(), options));
}

/// All lenses, as draws grow, without flips.
#[divan::bench(args = [1000, 2000, 4000, 8000], sample_count = 5)]
fn draws(bencher: Bencher, draws: usize) {
    let case = cuba();
    let options = Options {
        draws,
        seed: 1,
        flips: false,
    };
    bencher.bench_local(|| analyze(&case, &raison::lenses::all(), options));
}

/// Reading the case with its leaders, doctrine and the earlier cases.
#[divan::bench(sample_count = 20)]
fn reading(bencher: Bencher) {
    bencher.bench_local(cuba);
}
