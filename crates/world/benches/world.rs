//! How long a world takes: `cargo bench -p raison-world`.

#[path = "../tests/common/mod.rs"]
mod common;

use raison_world::{Cabinet, Questions, Simulation, System};

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
        networks: true,
    };
    bencher
        .counter(divan::counter::ItemsCount::new(system.pairs.len()))
        .bench_local(|| sim.run(0));
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
        networks: true,
    };
    bencher.bench_local(|| sim.run(0));
}
