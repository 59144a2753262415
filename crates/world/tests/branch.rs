//! A run that is saved, read back and gone on with is the same run; so is a branch in
//! which nothing is changed.

mod common;

use raison_world::measures::columns::{STATE, SYSTEM};
use raison_world::{Cabinet, Networks, Origin, Questions, Run, Simulation, System};

/// Every bit of a run from a year on, without the number of the run.
fn bits(run: &Run, n: usize, year: i16) -> (Vec<u32>, Vec<u64>, String) {
    let skip = (year - run.first) as usize;
    let states = run.states.iter().skip(skip * n * STATE.len());
    let system = run.system.iter().skip(skip * SYSTEM.len());
    let events: Vec<_> = run.events.iter().filter(|e| e.year >= year).collect();
    (
        states.map(|x| x.to_bits()).collect(),
        system.map(|x| x.to_bits()).collect(),
        format!("{events:?}"),
    )
}

fn simulation<'a>(system: &'a System, cabinet: &'a Cabinet<'a>, years: u16) -> Simulation<'a> {
    Simulation {
        system,
        cabinet,
        seed: 9,
        years,
        networks: Networks::default(),
    }
}

#[test]
fn a_branch_without_changes_repeats_the_original_to_the_last_bit() {
    for slug in ["world-2010", "great-powers-1914"] {
        let system = System::new(common::library(slug));
        let start = system.world.start;
        let questions = Questions::new(&system);
        let lens = common::lens("composite");
        let cabinet = Cabinet::new(lens.as_ref(), &questions);
        let whole = simulation(&system, &cabinet, 17);
        for (run, year) in [(0, start + 1), (4, start + 6), (7, start + 16), (3, start)] {
            let kept = Origin::new(&system, run, whole.at(run, year, None));
            let text = kept.to_json();
            let mut read = Origin::from_json(&text, &system).expect("what was written is read");
            assert!(read == kept && read.to_json() == text);
            // The same people hold the same offices in the same world.
            read.seat(&system, &[]);
            assert_eq!(read.snapshot.holders, kept.snapshot.holders);
            let rest = simulation(&system, &cabinet, (start + 17 - year) as u16);
            let told = whole.tell(run, true);
            let again = rest.tell_from(run, Some(&read), true);
            assert_eq!(again.first, year);
            assert!(bits(&again, system.n, year) == bits(&told, system.n, year));
            // Another run from the same moment has luck of its own.
            let other = rest.tell_from(run + 1, Some(&read), true);
            assert!(other.events != again.events);
            // A branch of a branch is a branch.
            if year < start + 10 {
                let later = year + 3;
                let twice = Origin::new(&system, read.run, rest.at(run, later, Some(&read)));
                let end = simulation(&system, &cabinet, (start + 17 - later) as u16);
                let last = end.tell_from(run, Some(&twice), true);
                assert!(bits(&last, system.n, later) == bits(&told, system.n, later));
            }
        }
    }
}

#[test]
fn broken_and_foreign_conditions_are_refused() {
    let system = System::new(common::library("cold-war-1962"));
    let other = System::new(common::library("great-powers-1914"));
    let questions = Questions::new(&system);
    let lens = common::lens("composite");
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = simulation(&system, &cabinet, 3);
    let text = Origin::new(&system, 0, sim.at(0, 1964, None)).to_json();
    let code = |t: &str, s: &System| Origin::from_json(t, s).expect_err("refused").code.0;
    assert_eq!(code(&text, &other), "R6027");
    for at in (0..text.len()).step_by(text.len() / 40) {
        assert_eq!(code(&text[..at], &system), "R6027");
    }
    let mut origin = Origin::from_json(&text, &system).expect("read");
    origin.snapshot.holders[0].mind = Some(9999);
    assert_eq!(code(&origin.to_json(), &system), "R6027");
    let mut origin = Origin::from_json(&text, &system).expect("read");
    origin.snapshot.trade.pop();
    assert_eq!(code(&origin.to_json(), &system), "R6027");
}
