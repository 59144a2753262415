//! Movements and those who support them.

mod common;

use raison_core::world::World;
use raison_core::{Draw, Uncertain};
use raison_world::measures::columns::STATE;
use raison_world::params::Params;
use raison_world::{Cabinet, Questions, Run, Simulation, Snapshot, System, support};

/// A ring in which AAB supports a movement in AAD, two steps away; `more` adds to it.
fn world(ideas: f64, practice: f64, more: &str) -> World {
    let text = format!(
        "{}[[movements]]\nid = \"first\"\nname = \"First\"\nhome = \"AAD\"\nautonomy = 0.2\njudgement = \"a test\"\n[[sponsorships]]\nmovement = \"first\"\nsponsor = \"AAB\"\nideological = {ideas}\npractical = {practice}\njudgement = \"a test\"\n{more}",
        common::ring(12)
    );
    let (world, problems, _) = common::parse(&text);
    assert!(!problems.has_errors(), "{:?}", problems.as_slice());
    world.expect("a world")
}

fn begin(world: World) -> (System, Snapshot, Vec<f64>) {
    let system = System::new(world);
    let values = system.world.inputs.central();
    let params = Params::of(&system.world, Draw(&values));
    let s = Snapshot::start(&system, Draw(&values), &params);
    (system, s, values)
}

/// Support of AAB after some years in which nothing but it moves.
fn after(system: &System, s: &Snapshot, values: &[f64], years: usize) -> (f64, f64) {
    let mut s = s.clone();
    (0..years).for_each(|_| support::change(system, &mut s, |s, i| s.payments_closed(i)));
    support::of(&support::footholds(system, &s, Draw(values)), 1)
}

fn near(x: f64, y: f64) -> bool {
    (x - y).abs() < 1e-9
}

#[test]
fn the_two_kinds_of_support_are_told_apart() {
    let column = |name: &str| STATE.iter().position(|c| c.0 == name).expect("a column");
    let first = |ideas, practice| {
        let system = System::new(world(ideas, practice, ""));
        let questions = Questions::new(&system);
        let lens = common::lens("composite");
        let cabinet = Cabinet::new(lens.as_ref(), &questions);
        let sim = Simulation {
            system: &system,
            cabinet: &cabinet,
            seed: 1,
            years: 1,
            networks: raison_world::networks::Networks::Last,
        };
        let run: Run = sim.run(0);
        let row = &run.states[STATE.len()..2 * STATE.len()];
        let of = |name| row[column(name)];
        (of("ideological_support"), of("practical_support"))
    };
    let (ideas, practice) = first(0.1, 0.9);
    assert!(practice > ideas);
    let (ideas, practice) = first(0.9, 0.1);
    assert!(ideas > practice);
}

#[test]
fn practice_follows_the_quarrel_and_means_and_ideas_follow_regime() {
    let (system, mut s, values) = begin(world(0.5, 0.5, ""));
    assert!(near(after(&system, &s, &values, 0).1, 0.5 * 0.8));
    // The world shows no quarrel at its start: what it states stays.
    assert!(near(after(&system, &s, &values, 50).1, 0.5 * 0.8));
    // A quarrel keeps support up, its end brings it down; ideas stay.
    let at = system.pair(1, 3).expect("neighbours");
    s.past[at] = 1.0;
    s.support[0][0].quarrel = true;
    assert!(near(after(&system, &s, &values, 50).1, 0.4));
    s.past.iter_mut().for_each(|x| *x = 0.0);
    let (ideas, practice) = after(&system, &s, &values, 20);
    assert!(near(ideas, 0.4) && practice < 0.01, "{ideas} {practice}");
    // Sanctions bite the means.
    s.past[at] = 1.0;
    s.sanctions = vec![raison_world::snapshot::Sanction { by: 8, on: 1 }];
    let (_, practice) = after(&system, &s, &values, 80);
    assert!(
        near(practice, 0.4 * 0.9) || (practice - 0.36).abs() < 1e-6,
        "{practice}"
    );
    // Another regime gives up the ideas, and not the practice.
    s.sanctions.clear();
    s.democracy[1] = if s.democracy[1] >= 6.0 { -8.0 } else { 9.0 };
    let (ideas, practice) = after(&system, &s, &values, 20);
    assert!(ideas < 0.01 && near(practice, 0.4), "{ideas} {practice}");
}

#[test]
fn chains_are_followed_and_every_step_decides_for_itself() {
    let second = "[[movements]]\nid = \"second\"\nname = \"Second\"\nhome = \"AAE\"\nautonomy = 0.5\njudgement = \"a test\"\n[[sponsorships]]\nmovement = \"second\"\nsponsor = \"first\"\nideological = 0.6\npractical = 0.4\njudgement = \"a test\"\n";
    let (system, s, values) = begin(world(0.5, 0.5, second));
    let all = support::footholds(&system, &s, Draw(&values));
    let far = all.iter().find(|f| f.home == 4).expect("through the chain");
    assert_eq!(far.state, 1);
    assert!(near(far.ideological, 0.6 * 0.5 * 0.5 * 0.8));
    assert!(near(far.practical, 0.4 * 0.5 * 0.5 * 0.8));
    // A movement that decides everything itself is nobody's.
    let mut free = world(0.5, 0.5, second);
    let autonomy = free.movements[0].autonomy;
    free.inputs.set(autonomy, Uncertain::Known(1.0));
    let (system, s, values) = begin(free);
    let all = support::footholds(&system, &s, Draw(&values));
    assert_eq!(support::of(&all, 1), (0.0, 0.0));
}

#[test]
fn a_movement_deters_whom_it_can_reach_and_its_patron_threatens_the_host() {
    let column = STATE.iter().position(|c| c.0 == "deterrence").expect("one");
    let deterrence = |practice: f64| {
        let mut world = world(0.0, practice, "");
        // The one next to the host is the threat to AAB: much the largest.
        let big = world.state("AAC").expect("a state");
        world
            .inputs
            .set(world.states[big].share, Uncertain::Known(0.5));
        let system = System::new(world);
        let questions = Questions::new(&system);
        let lens = common::lens("rational");
        let cabinet = Cabinet::new(lens.as_ref(), &questions);
        let sim = Simulation {
            system: &system,
            cabinet: &cabinet,
            seed: 1,
            years: 1,
            networks: raison_world::networks::Networks::Last,
        };
        sim.run(0).states[STATE.len() + column]
    };
    assert!(deterrence(1.0) > deterrence(0.0) + 0.05);
    let (system, s, values) = begin(world(0.0, 1.0, ""));
    let all = support::footholds(&system, &s, Draw(&values));
    assert!(near(support::within(&all, 3, 1), 0.8) && support::within(&all, 3, 2) == 0.0);
}
