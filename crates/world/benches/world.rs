//! How long a world takes: `cargo bench -p raison-world`.

#[path = "../tests/common/mod.rs"]
mod common;

use raison_world::{Cabinet, Networks, Questions, Simulation, System};

fn main() {
    divan::main();
}

/// Ten years of a ring of states with five major powers: growth with the relevant pairs.
#[divan::bench(args = [25, 50, 100, 200], sample_count = 20)]
fn ten_years_of_states(bencher: divan::Bencher, states: usize) {
    let (world, _, _) = common::parse(&common::ring_of_five_majors(states));
    let system = System::new(world.expect("a world"));
    let questions = Questions::new(&system);
    let lens = common::lens("composite");
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: 1,
        years: 10,
        networks: Networks::default(),
    };
    bencher
        .counter(divan::counter::ItemsCount::new(system.pairs.len()))
        .bench_local(|| sim.run(0));
}

/// Fifty states for ten years, many times: growth with the runs. What a lens's typical answers cost once is paid before.
#[divan::bench(args = [10, 20, 40, 80], sample_count = 20)]
fn runs_of_fifty_states(bencher: divan::Bencher, runs: u64) {
    let (world, _, _) = common::parse(&common::ring_of_five_majors(50));
    let system = System::new(world.expect("a world"));
    let questions = Questions::new(&system);
    let lens = common::lens("composite");
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: 1,
        years: 10,
        networks: Networks::default(),
    };
    sim.run(0);
    bencher
        .counter(divan::counter::ItemsCount::new(runs))
        .bench_local(|| (0..runs).map(|r| sim.run(r).events.len()).sum::<usize>());
}

/// One run of `world-2010` for 25 years: to stay under 100 ms.
#[divan::bench(sample_count = 20)]
fn world_2010_for_25_years(bencher: divan::Bencher) {
    let system = System::new(common::library("world-2010"));
    let questions = Questions::new(&system);
    let lens = common::lens("composite");
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: 1,
        years: 25,
        networks: Networks::default(),
    };
    bencher.bench_local(|| sim.run(0));
}
