//! Who fights whom: what must hold of the wars of any run.

mod common;

use raison_core::world::World;
use raison_world::{Cabinet, Event, EventKind, Questions, Run, Simulation, System};
use std::collections::{BTreeMap, BTreeSet};

fn simulate(world: World, years: u16, runs: u64) -> (System, Vec<Run>) {
    let system = System::new(world);
    let questions = Questions::new(&system);
    let lens = common::lens("composite");
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: 21,
        years,
        networks: false,
    };
    let runs = (0..runs).map(|r| sim.run(r)).collect();
    drop(cabinet);
    (system, runs)
}

/// A library world as it is, and a ring in which wars are common, long and spread far.
fn worlds() -> [(World, u16, u64); 2] {
    let text = format!(
        "{}[parameters]\n\"dispute.constant\" = -2.5\n\"war.end\" = 0.2\n\"join.constant\" = -4\n\"ladder.first.war\" = 0.3\njudgement = \"a test\"\n",
        common::ring(24)
    );
    let (world, problems, _) = common::parse(&text);
    assert!(!problems.has_errors(), "{:?}", problems.as_slice());
    [
        (common::library("cold-war-1962"), 40, 40),
        (world.expect("a world"), 30, 40),
    ]
}

/// A war as its events tell it: sides and years.
#[derive(Default)]
struct War {
    sides: [BTreeSet<u16>; 2],
    years: (i16, i16),
}

fn wars(run: &Run) -> BTreeMap<u32, War> {
    let mut out: BTreeMap<u32, War> = BTreeMap::new();
    let of = |kind| run.events.iter().filter(move |e: &&Event| e.kind == kind);
    for e in of(EventKind::WarBegins) {
        let war = out.entry(e.item).or_default();
        war.sides = [[e.actor].into(), [e.other].into()];
        war.years = (e.year, i16::MAX);
    }
    for e in of(EventKind::WarJoined) {
        let war = out.get_mut(&e.item).expect("a war that is joined begins");
        let side = usize::from(!war.sides[0].contains(&e.other));
        assert!(war.sides[side].contains(&e.other));
        assert!(!war.sides[1 - side].contains(&e.actor));
        assert!(war.sides[side].insert(e.actor), "joined twice");
    }
    for e in of(EventKind::WarEnds) {
        out.get_mut(&e.item).expect("begun").years.1 = e.year;
    }
    out
}

fn pairs(war: &War) -> (BTreeSet<(u16, u16)>, BTreeSet<(u16, u16)>) {
    let mut beside = BTreeSet::new();
    let mut against = BTreeSet::new();
    let all = || (0..2).flat_map(|k| war.sides[k].iter().map(move |i| (k, *i)));
    for (x, i) in all() {
        for (y, j) in all().filter(|(_, j)| i < *j) {
            if x == y {
                beside.insert((i, j));
            } else {
                against.insert((i, j));
            }
        }
    }
    (beside, against)
}

#[test]
fn nobody_fights_beside_an_enemy_and_no_pair_has_two_wars() {
    for (world, years, runs) in worlds() {
        let (_, runs) = simulate(world, years, runs);
        let (mut joined, mut at_once) = (0, 0);
        for run in &runs {
            let wars = wars(run);
            let mut years: BTreeMap<i16, BTreeMap<u16, usize>> = BTreeMap::new();
            for e in run.events.iter().filter(|e| e.kind == EventKind::WarJoined) {
                joined += 1;
                let times = years.entry(e.year).or_default().entry(e.actor).or_default();
                *times += 1;
                assert_eq!(*times, 1, "one war a year");
            }
            for year in run.first..run.first + years_of(run) {
                let now = wars
                    .values()
                    .filter(|w| w.years.0 <= year && year <= w.years.1);
                let (mut beside, mut against) = (BTreeSet::new(), BTreeSet::new());
                let mut n = 0;
                for war in now {
                    let (b, a) = pairs(war);
                    n += 1;
                    beside.extend(b);
                    for pair in a {
                        assert!(against.insert(pair), "{pair:?} in two wars in {year}");
                    }
                }
                at_once = at_once.max(n);
                assert!(beside.is_disjoint(&against), "friend and enemy in {year}");
            }
        }
        assert!(joined > 20 && at_once > 1, "{joined} {at_once}");
    }
}

fn years_of(run: &Run) -> i16 {
    run.events.iter().map(|e| e.year).max().unwrap_or(run.first) - run.first + 1
}
