//! Who fights whom: what must hold of the wars of any run.

mod common;

use raison_core::world::World;
use raison_world::measures::columns::STATE;
use raison_world::{Cabinet, Event, EventKind, Networks, Questions, Run, Simulation, System};
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
        networks: Networks::Last,
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

fn column(name: &str) -> usize {
    STATE.iter().position(|c| c.0 == name).expect("a column")
}

fn year_of(wars: &BTreeMap<u32, War>, year: i16) -> impl Iterator<Item = &War> {
    let now = move |w: &&War| w.years.0 <= year && year <= w.years.1;
    wars.values().filter(now)
}

#[test]
fn every_war_of_a_year_is_counted_even_one_that_ends_in_it() {
    let mut short = 0;
    for (world, years, runs) in worlds() {
        let (system, runs) = simulate(world, years, runs);
        for run in &runs {
            let wars = wars(run);
            short += wars.values().filter(|w| w.years.0 == w.years.1).count();
            for (y, rows) in run.states.chunks_exact(system.n * STATE.len()).enumerate() {
                for (i, row) in rows.chunks_exact(STATE.len()).enumerate() {
                    let fought = year_of(&wars, run.first + y as i16)
                        .filter(|w| w.sides.iter().any(|s| s.contains(&(i as u16))));
                    assert_eq!(row[column("wars")], fought.count() as f32);
                }
            }
        }
    }
    assert!(short > 20, "{short}");
}

#[test]
fn everyone_who_enters_a_war_is_in_dispute_with_the_other_side() {
    let mut far = 0;
    for (world, years, runs) in worlds() {
        let (_, runs) = simulate(world, years, runs);
        for run in &runs {
            let mut disputes = BTreeSet::new();
            for e in &run.events {
                if matches!(e.kind, EventKind::Dispute | EventKind::DisputeJoined) {
                    let pair = (e.actor.min(e.other), e.actor.max(e.other));
                    disputes.insert((e.year, pair, e.value as u8));
                    far += usize::from(e.kind == EventKind::DisputeJoined && e.item == 1);
                }
            }
            for war in wars(run).values() {
                for pair in pairs(war).1 {
                    assert!(disputes.contains(&(war.years.0, pair, 5)), "{pair:?}");
                }
            }
        }
    }
    assert!(far > 0, "some joiners are far away");
}

#[test]
fn nobody_has_a_pact_with_an_enemy_of_the_year() {
    for (world, years, runs) in worlds() {
        let system = System::new(world);
        let questions = Questions::new(&system);
        let lens = common::lens("composite");
        let cabinet = Cabinet::new(lens.as_ref(), &questions);
        let sim = Simulation {
            system: &system,
            cabinet: &cabinet,
            seed: 21,
            years,
            networks: Networks::Last,
        };
        let mut checked = 0;
        for k in 0..runs {
            let mut walk = sim.begin(k);
            let mut run = Run {
                run: k,
                first: system.world.start,
                ..Run::default()
            };
            for y in 0..years {
                walk.year(false, Some(&mut run));
                let wars = wars(&run);
                for war in year_of(&wars, run.first + y as i16) {
                    for (i, j) in pairs(war).1 {
                        let pact = walk.snapshot.pact[i as usize * system.n + j as usize];
                        assert_eq!(pact, 0, "{i} and {j} in {}", run.first + y as i16);
                        checked += 1;
                    }
                }
            }
        }
        assert!(checked > 50, "{checked}");
    }
}

#[test]
fn an_ally_of_both_sides_deters_neither() {
    // Of six states the first is a little larger, and so the second one's main threat.
    let deterrence = |allies: &[(&str, &str)]| {
        let mut text = common::ring(6);
        for (a, b) in allies {
            text.push_str(&format!(
                "[[ties]]\nlayer = \"alliance\"\nfrom = \"{a}\"\nto = \"{b}\"\nweight = 1\nobligations = [\"defence\"]\njudgement = \"a test\"\n"
            ));
        }
        let (world, problems, _) = common::parse(&text);
        assert!(!problems.has_errors(), "{:?}", problems.as_slice());
        let mut world = world.expect("a world");
        let larger = raison_core::Uncertain::Known(0.17);
        world.inputs.set(world.states[0].share, larger);
        let (_, runs) = simulate(world, 1, 1);
        let row = &runs[0].states[STATE.len()..2 * STATE.len()];
        (row[column("deterrence_alone")], row[column("deterrence")])
    };
    let (alone, with) = deterrence(&[("AAB", "AAD")]);
    assert!(with > alone, "{with} {alone}");
    let (alone, with) = deterrence(&[("AAB", "AAD"), ("AAA", "AAD")]);
    assert_eq!(with, alone);
    // Nor does the threat itself count, where the only ally is the main threat.
    let (alone, with) = deterrence(&[
        ("AAB", "AAA"),
        ("AAB", "AAC"),
        ("AAB", "AAD"),
        ("AAB", "AAE"),
        ("AAB", "AAF"),
    ]);
    let (_, four) = deterrence(&[
        ("AAB", "AAC"),
        ("AAB", "AAD"),
        ("AAB", "AAE"),
        ("AAB", "AAF"),
    ]);
    assert!(with > alone && with == four);
}
