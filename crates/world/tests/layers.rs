//! What a world does not code is neither measured nor moved.

mod common;

use raison_core::world::World;
use raison_world::measures::columns::{STATE, SYSTEM};
use raison_world::{Cabinet, EventKind, Networks, Questions, Run, Simulation, System};
use std::collections::BTreeSet;

fn simulate(world: World, years: u16) -> Vec<Run> {
    let system = System::new(world);
    let questions = Questions::new(&system);
    let lens = common::lens("composite");
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: 5,
        years,
        networks: Networks::default(),
    };
    (0..5).map(|r| sim.run(r)).collect()
}

fn world(more: &str) -> World {
    let (world, problems, _) = common::parse(&format!("{}{more}", common::ring(12)));
    assert!(!problems.has_errors(), "{:?}", problems.as_slice());
    world.expect("a world")
}

fn values(runs: &[Run], name: &str) -> Vec<f32> {
    let at = STATE.iter().position(|c| c.0 == name).expect("a column");
    let rows = runs.iter().flat_map(|r| r.states.chunks_exact(STATE.len()));
    rows.map(|r| r[at]).collect()
}

/// Strategies that anybody chose, with every choice told.
fn chosen(world: World) -> BTreeSet<u32> {
    let system = System::new(world);
    let questions = Questions::new(&system);
    let lens = common::lens("composite");
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: 5,
        years: 20,
        networks: Networks::Last,
    };
    let events = (0..3).flat_map(|r| sim.tell(r, true).events);
    let of = events.filter(|e| e.kind == EventKind::Strategy);
    of.map(|e| e.item).collect()
}

const UNCODED: [&str; 12] = [
    "dependence.energy",
    "dependence.payments",
    "dependence.arms",
    "dependence.technology",
    "diversification.arms",
    "autonomy",
    "outside_presence",
    "institutions",
    "partnership",
    "reach.corridor",
    "routes.corridor",
    "dependence.corridor",
];

#[test]
fn a_world_of_states_and_borders_has_no_columns_of_other_layers() {
    let runs = simulate(world(""), 20);
    for name in UNCODED {
        assert!(values(&runs, name).iter().all(|x| x.is_nan()), "{name}");
    }
    let at = SYSTEM.iter().position(|c| c.0 == "hegemony.payments");
    let hubs = runs
        .iter()
        .flat_map(|r| r.system.chunks_exact(SYSTEM.len()));
    assert!(hubs.map(|r| r[at.expect("a column")]).all(f64::is_nan));
    assert!(values(&runs, "openness").iter().all(|x| x.is_finite()));
    // Diversify trade, balance, arm; who holds course is not told.
    assert_eq!(chosen(world("")), BTreeSet::from([1, 3, 6]));
}

#[test]
fn autonomy_is_that_of_the_layers_that_are_coded() {
    let energy = "[[ties]]\nlayer = \"energy\"\nfrom = \"AAB\"\nto = \"AAC\"\nweight = 0.5\njudgement = \"a test\"\n";
    let runs = simulate(world(energy), 1);
    let autonomy = values(&runs, "autonomy");
    for (x, y) in autonomy.iter().zip(values(&runs, "dependence.energy")) {
        assert!((x - (1.0 - y)).abs() < 1e-6);
    }
    // Half of all energy, or a tenth less of it where it diversifies at once.
    assert!((0.5..=0.56).contains(&autonomy[1]), "{}", autonomy[1]);
    assert!(values(&runs, "dependence.arms").iter().all(|x| x.is_nan()));
    let institution = "[[institutions]]\nid = \"club\"\nname = \"Club\"\nmembers = [\"AAB\", \"AAC\"]\nopen = true\n";
    assert!(chosen(world(institution)).contains(&7));
}

#[test]
fn embeddedness_is_the_mean_number_of_shared_institutions() {
    let club = "[[institutions]]\nid = \"club\"\nname = \"Club\"\nmembers = [\"AAB\", \"AAC\", \"AAD\"]\nopen = false\n";
    let first = |more: &str| values(&simulate(world(more), 1), "institutions")[..12].to_vec();
    // A club of three: each of them shares it with two of eleven others.
    let named = first(club);
    for (i, x) in named.iter().enumerate() {
        let expected = if (1..4).contains(&i) { 2.0 / 11.0 } else { 0.0 };
        assert!((x - expected).abs() < 1e-6, "{i}: {x}");
    }
    let still = "[parameters]\n\"institution.rate\" = 0\n\"institution.rate.new\" = 0\n\"institution.sd\" = 0\n\"institution.accept\" = 0\njudgement = \"a test\"\n";
    let counted = "[[ties]]\nlayer = \"institutions\"\nfrom = \"AAB\"\nto = \"AAC\"\nweight = 5\njudgement = \"a test\"\n";
    // Five more that the world counts and does not name.
    let both = first(&format!("{still}{club}{counted}"));
    let expected = [0.0, 7.0 / 11.0, 7.0 / 11.0, 2.0 / 11.0];
    for (x, y) in both.iter().zip(expected) {
        assert!((x - y).abs() < 1e-6, "{both:?}");
    }
    // Counts alone open the strategy.
    assert!(chosen(world(counted)).contains(&7));
}
