//! Exits of leaders: what the data must show, whatever the answer.

mod common;

use raison_record::leaders_study::authority::{ELSEWHERE, elsewhere};
use raison_record::leaders_study::exits::{Exit, moments};
use raison_record::leaders_study::outcomes::{Kind, Outcomes};
use raison_record::leaders_study::succession::{Plan, run};

#[test]
fn exits_stand_alone_and_placebos_have_none() {
    let Some(store) = common::store() else { return };
    let found = moments(&store, 3).unwrap_or_else(|e| panic!("{e}"));
    let has = |state, year, exit| {
        found
            .exits
            .iter()
            .any(|m| (m.state, m.year, m.exit) == (state, year, Some(exit)))
    };
    // Mao in 1976 (Hua left in 1980), Nasser in 1970, Kim Il-sung in 1994 stand alone.
    assert!(has(710, 1976, Exit::NaturalDeath));
    assert!(has(651, 1970, Exit::NaturalDeath));
    assert!(has(731, 1994, Exit::NaturalDeath));
    // Andropov and Chernenko died within each other's windows; Nasser's is no regular exit.
    assert!(!has(365, 1984, Exit::NaturalDeath) && !has(365, 1985, Exit::NaturalDeath));
    assert!(!has(651, 1970, Exit::Regular));
    let placebo = |state, year| {
        found
            .placebos
            .iter()
            .any(|m| (m.state, m.year) == (state, year))
    };
    assert!(
        placebo(40, 1980) && placebo(230, 1960),
        "Castro and Franco were in office throughout"
    );
    assert!(!placebo(2, 1975));
    assert!(!found.placebos.iter().any(|p| {
        found
            .exits
            .iter()
            .any(|e| e.state == p.state && (e.year - p.year).abs() <= 3)
    }));
    assert!(elsewhere(630, 1997) && !elsewhere(630, 1980) && ELSEWHERE.len() == 5);
}

#[test]
fn changes_by_hand() {
    let Some(store) = common::store() else { return };
    let outcomes = Outcomes::load(&store).unwrap_or_else(|e| panic!("{e}"));
    // The United States in the General Assembly around 1948, from the published points.
    let points = store
        .read("idealpoints", Some(&["ccode", "year", "idealpointall"]))
        .expect("there");
    let at = |year: i32| {
        (0..points.rows())
            .find(|r| {
                points.get("ccode").and_then(|c| c.int(*r)) == Some(2)
                    && points.get("year").and_then(|c| c.int(*r)) == Some(year)
            })
            .and_then(|r| points.get("idealpointall")?.float(r))
            .expect("a point")
    };
    let by_hand = (at(1950) + at(1951)) / 2.0 - (at(1947) + at(1948)) / 2.0;
    let ours = outcomes
        .change(Kind::IdealPoint, 2, 1949, 2)
        .expect("known");
    assert!((ours - by_hand).abs() < 1e-12);
    assert_eq!(outcomes.change(Kind::IdealPoint, 2, 1920, 2), None);
    // Switzerland's portfolio does not move; the end of the Warsaw Pact shows in Poland's.
    assert_eq!(outcomes.change(Kind::Alliances, 225, 1970, 3), Some(0.0));
    assert!(
        outcomes
            .change(Kind::Alliances, 290, 1991, 3)
            .expect("known")
            > 0.01
    );
    assert!(
        outcomes.change(Kind::Initiations, 2, 2009, 3).is_none(),
        "disputes end in 2010"
    );
}

#[test]
fn the_study_runs_and_is_the_same_on_any_number_of_threads() {
    let Some(store) = common::store() else { return };
    let plan = Plan {
        draws: 999,
        ..Plan::default()
    };
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("pool");
        pool.install(|| run(&store, &plan).unwrap_or_else(|e| panic!("{e}")))
    };
    let found = with(1);
    assert_eq!(format!("{found:?}"), format!("{:?}", with(3)));
    println!("{:?}", found.counts);
    for c in &found.cells {
        println!("{c:?}");
        assert!(c.p > 0.0 && c.p <= 1.0 && c.change >= c.signed.abs() - 1e-12);
        assert!(c.interval.0 <= c.placebo && c.placebo <= c.interval.1);
    }
    found.contrasts.iter().for_each(|c| println!("{c:?}"));
}

#[test]
fn a_longer_window_and_fewer_draws_are_fine() {
    let Some(store) = common::store() else { return };
    let plan = Plan {
        window: 5,
        draws: 49,
        seed: 2,
    };
    assert!(
        !run(&store, &plan)
            .unwrap_or_else(|e| panic!("{e}"))
            .cells
            .is_empty()
    );
}
