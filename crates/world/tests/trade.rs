//! Trade and the economies that it joins.

mod common;

use raison_core::Draw;
use raison_world::params::Params;
use raison_world::{Cabinet, Networks, Questions, Run, Simulation, Snapshot, System};

fn openness(s: &Snapshot) -> Vec<f64> {
    let parts = s.total.iter().zip(&s.gdp);
    parts.map(|(t, g)| t / (g * 1000.0)).collect()
}

#[test]
fn openness_stays_where_all_economies_double() {
    let system = System::new(common::library("world-2010"));
    let values = system.world.inputs.central();
    let params = Params::of(&system.world, Draw(&values));
    let mut s = Snapshot::start(&system, Draw(&values), &params);
    let before = openness(&s);
    s.gdp.iter_mut().for_each(|g| *g *= 2.0);
    s.flow(&system, &params);
    for (x, y) in before.iter().zip(openness(&s)) {
        assert!((x - y).abs() < 1e-5 * x.max(1e-9), "{x} and {y}");
    }
    // An economy that grows alone trades more with everybody, and less of what it makes.
    let (total, open) = (s.total[0], openness(&s)[0]);
    s.gdp[0] *= 2.0;
    s.flow(&system, &params);
    assert!(s.total[0] > total && openness(&s)[0] < open);
}

#[test]
fn years_without_a_war_have_no_deaths_and_not_less_than_none() {
    let system = System::new(common::library("world-2010"));
    let questions = Questions::new(&system);
    let lens = common::lens("composite");
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: 4,
        years: 10,
        networks: Networks::Last,
    };
    let runs: Vec<Run> = (0..5).map(|r| sim.run(r)).collect();
    let all: Vec<f64> = runs.iter().flat_map(|r| r.system.iter().copied()).collect();
    assert!(all.contains(&0.0));
    assert!(all.iter().all(|x| *x != 0.0 || x.is_sign_positive()));
}
