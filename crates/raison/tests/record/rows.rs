//! Rows and splits are those of the reference protocol.

use super::common::record;
use raison::core::record::{Rows, UNKNOWN};
use raison::crises::Record;
use raison::study::backtest::Split;
use raison::study::backtest::splits::parts;

fn rows() -> Option<Rows> {
    Some(record()?.rows(&[], &|_, class| class))
}

#[test]
fn counts_of_decisions_crises_and_classes() {
    let Some(record) = record() else { return };
    let actors = &record.crises.actors;
    assert_eq!(actors.len(), 1064);
    assert_eq!(record.crises.unusable, 1);
    let mut crises: Vec<i32> = actors.iter().map(|a| a.crisis).collect();
    crises.sort_unstable();
    crises.dedup();
    assert_eq!(crises.len(), 481);
    let mut states: Vec<i32> = actors.iter().map(|a| a.code).collect();
    states.sort_unstable();
    states.dedup();
    assert_eq!(states.len(), 143);
    let count = |code: i32| actors.iter().filter(|a| a.majres == code).count();
    let codes: Vec<usize> = (1..=9).map(count).collect();
    assert_eq!(codes, [5, 49, 328, 15, 4, 178, 75, 317, 93]);
    assert!(actors.iter().all(|a| a.class != UNKNOWN));
}

#[test]
fn sizes_of_the_splits() {
    let Some(rows) = rows() else { return };
    let early = parts(&rows, Split::T1975, 0);
    assert_eq!((early[0].training.len(), early[0].test.len()), (594, 470));
    let rolling = parts(&rows, Split::Rolling, 0);
    assert_eq!(rolling.len(), 7);
    assert_eq!(rolling.iter().map(|p| p.test.len()).sum::<usize>(), 789);
    let folds = parts(&rows, Split::Cv, 0);
    assert_eq!(folds.len(), 10);
    assert_eq!(folds.iter().map(|p| p.test.len()).sum::<usize>(), 1064);
}

#[test]
fn no_split_divides_a_crisis() {
    let Some(rows) = rows() else { return };
    for split in Split::ALL {
        for part in parts(&rows, split, 0) {
            let crisis = |i: &usize| rows.rows[*i].crisis;
            let training: std::collections::HashSet<i32> =
                part.training.iter().map(crisis).collect();
            assert!(
                part.test.iter().all(|i| !training.contains(&crisis(i))),
                "{split:?}"
            );
        }
    }
}

#[test]
fn addresses_name_rows_or_list_candidates() {
    let Some(record) = record() else { return };
    let row = record.find("icb:196:USA").expect("unique");
    assert_eq!(record.crises.actors[row].id, 450);
    assert_eq!(record.find("icb:cracno:450").expect("by number"), row);
    assert_eq!(record.find("icb:196:usa").expect("any case"), row);
    assert_eq!(record.find("ICB:196:usa").expect("any case"), row);
    let none = record.find("icb:196:BRA").expect_err("no such actor");
    assert!(
        none.notes.iter().any(|n| n.contains("icb:cracno:451 (CUB")),
        "{none:?}"
    );
    for odd in [
        "icb:",
        "icb:x:USA",
        "icb:cracno:99999",
        "icb:196",
        "icb:1:2:3:4",
    ] {
        assert!(record.find(odd).is_err(), "{odd}");
    }
    // A state that enters one crisis twice is not unique.
    let actors = &record.crises.actors;
    let twice = actors.iter().find(|a| {
        actors
            .iter()
            .any(|b| b.id != a.id && b.crisis == a.crisis && b.state == a.state)
    });
    let twice = twice.expect("21 rows repeat a pair");
    let address = format!("icb:{}:{}", twice.crisis, twice.state);
    assert!(record.find(&address).is_err(), "{address}");
}

#[test]
fn every_variable_is_a_term_of_some_linear_lens() {
    let ids: std::collections::HashSet<String> = raison::lenses::record::simple()
        .iter()
        .filter(|l| !["doctrine", "memory"].contains(&l.id()))
        .flat_map(|l| l.parameters())
        .map(|p| p.id.to_owned())
        .collect();
    for v in raison::record::crises::variables::VARIABLES {
        let id = format!("{}.force", v.name);
        assert!(v.name == "trigger_code" || ids.contains(&id), "{}", v.name);
    }
}

#[test]
fn a_long_war_is_read_only_while_a_war_is_under_way() {
    use raison::record::crises::Options;
    let Some(record) = record() else { return };
    let column = |options: Options, name: &str| -> Vec<f64> {
        let store = super::common::store().expect("the store");
        let coded = Record::load(&store, options).unwrap_or_else(|e| panic!("{e}"));
        let rows = coded.rows(&[], &|_, class| class);
        let at = rows.column(name).expect("a column");
        (0..rows.len()).map(|i| rows.of(i)[at]).collect()
    };
    let count = |values: &[f64]| values.iter().filter(|v| **v == 1.0).count();
    let as_coded = Options {
        protracted: true,
        ..Options::default()
    };
    let known = column(Options::default(), "long_war");
    assert_eq!(count(&known), 92);
    assert_eq!(count(&column(as_coded, "long_war")), 153);
    for (a, known) in record.crises.actors.iter().zip(&known) {
        assert!(a.code_of("iwc") != Some(1) || *known == 0.0, "{}", a.id);
    }
    // Whether a conflict goes on is told by later crises.
    let none = column(Options::default(), "protracted");
    assert!(none.iter().all(|v| v.is_nan()));
    assert!(count(&column(as_coded, "protracted")) > 500);
}
