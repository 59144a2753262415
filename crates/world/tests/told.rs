//! Reasons are of what was chosen: its chance, its rank, what speaks for and against it.

mod common;

use common::{lens, library};
use raison_world::{Cabinet, Event, EventKind, Questions, Simulation, System};
use std::collections::HashSet;

fn told(world: &str, years: u16, runs: u64) -> (System, Vec<Vec<Event>>) {
    let system = System::new(library(world));
    let lens = lens("composite");
    let questions = Questions::new(&system);
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: 1,
        years,
        networks: Default::default(),
    };
    let events = (0..runs).map(|r| sim.tell(r, true).events).collect();
    (system, events)
}

/// The option that a line holds the choice against: the last word in backticks.
fn rival(line: &str) -> Option<&str> {
    let (rest, _) = line.rsplit_once('`')?;
    Some(rest.rsplit_once('`').map_or(rest, |x| x.1))
}

#[test]
fn reasons_are_of_the_option_that_was_drawn() {
    let (system, runs) = told("world-2010", 6, 2);
    let (mut lines, mut decisions, mut sets) = (0, 0, HashSet::new());
    for e in runs.iter().flatten() {
        if !matches!(e.kind, EventKind::Act | EventKind::Strategy) {
            continue;
        }
        let what = e.what(&system).expect("a word");
        let first = &e.reasons[0];
        assert!(
            first.starts_with("Chance ") || first.starts_with("An unlikely choice: "),
            "{first}"
        );
        if e.kind == EventKind::Act {
            assert!(e.reasons[1].starts_with("The situation: a war would be won with"));
        }
        if e.reasons.iter().any(|r| r.contains("ranks it")) {
            decisions += 1;
            sets.insert(e.reasons[1..].to_vec());
        }
        for line in e
            .reasons
            .iter()
            .filter(|r| r.starts_with("for it: ") || r.starts_with("against it: "))
        {
            lines += 1;
            assert!(
                !line.contains("+0.00 against +0.00"),
                "a difference is shown: {line}"
            );
            if line.contains(" against ") && line.contains(" of `") {
                assert_ne!(rival(line), Some(what.as_str()), "{line}");
            }
        }
    }
    assert!(decisions > 40 && lines > decisions, "{decisions} {lines}");
    assert!(
        sets.len() * 2 > decisions,
        "{} of {decisions} differ",
        sets.len()
    );
}

#[test]
fn the_sign_of_a_reason_agrees_with_the_numbers_in_it() {
    let (_, runs) = told("world-2010", 8, 3);
    let mut checked = 0;
    for line in runs.iter().flatten().flat_map(|e| &e.reasons) {
        let Some(rest) = line.strip_prefix("for it: “safety” ") else {
            continue;
        };
        let numbers: Vec<f64> = rest
            .split([' ', ','])
            .filter_map(|w| w.parse().ok())
            .collect();
        assert!(numbers[0] > numbers[1], "{line}");
        checked += 1;
    }
    assert!(checked > 10, "{checked}");
}

#[test]
fn a_third_state_shows_opportunity_willingness_and_chance() {
    let (_, runs) = told("great-powers-1914", 10, 3);
    let mut seen = 0;
    for e in runs.iter().flatten() {
        let joins = match e.kind {
            EventKind::WarJoined | EventKind::WarRefused => true,
            // The disputes of a war are told by the entry.
            EventKind::DisputeJoined => e.value < 5.0,
            _ => false,
        };
        if joins {
            seen += 1;
            let why = e.reasons.first().expect("a reason");
            for word in [
                "Opportunity: ",
                "Willingness: ",
                "defence pact",
                "chance of",
            ] {
                assert!(why.contains(word), "{why}");
            }
        }
    }
    assert!(seen > 5, "{seen}");
}

#[test]
fn a_corridor_that_opens_was_chosen_before() {
    let (system, runs) = told("world-2010", 14, 2);
    let stated = |e: &Event| {
        let mut known = system.world.corridors.iter();
        known.any(|c| {
            c.through.first() == Some(&(e.actor as usize))
                && c.through.last() == Some(&(e.other as usize))
        })
    };
    let mut opened = 0;
    for events in &runs {
        for e in events
            .iter()
            .filter(|e| e.kind == EventKind::Corridor && !stated(e))
        {
            opened += 1;
            let chosen = |x: &&Event| {
                x.kind == EventKind::Strategy
                    && x.what(&system).as_deref() == Some("corridor")
                    // Either of the two ends may have chosen it.
                    && [e.actor, e.other].contains(&x.actor)
                    && x.year < e.year
            };
            assert!(events.iter().any(|x| chosen(&x)), "{e:?}");
        }
    }
    assert!(opened > 0);
}
