//! The challenge model: 20 actors, 10 rounds.

use raison_games::bargaining::challenge::{Actors, Bargaining, Switches};

fn main() {
    divan::main();
}

/// A fixed table without ties.
fn table(n: usize, seed: u64) -> [Vec<f64>; 3] {
    let mut state = seed;
    let mut next = |low: f64, high: f64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        low + (high - low) * ((state >> 11) as f64 / (1u64 << 53) as f64)
    };
    let mut column = |low, high| (0..n).map(|_| next(low, high)).collect::<Vec<f64>>();
    [column(1.0, 100.0), column(0.0, 100.0), column(0.1, 1.0)]
}

/// A thousand runs of ten rounds: a tenth of the promised ten thousand draws.
#[divan::bench(args = ["repaired", "paper", "scholz2011"])]
fn thousand_runs(bencher: divan::Bencher, preset: &str) {
    let switches = Switches::presets()
        .into_iter()
        .find(|p| p.0 == preset)
        .expect("a preset")
        .1;
    let tables: Vec<_> = (0..1000).map(|seed| table(20, seed)).collect();
    let mut bargaining = Bargaining::new(20, switches).expect("20 actors");
    bencher.bench_local(|| {
        let mut sum = 0.0;
        for [capability, position, salience] in &tables {
            let actors = Actors {
                capability,
                position,
                salience,
            };
            bargaining
                .run(&actors, 10, |s| sum += s.median)
                .expect("sound tables");
        }
        sum
    });
}
