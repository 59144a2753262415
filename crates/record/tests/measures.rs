//! Measures of the system against `oracles/system.md`.

mod common;

use raison_record::measures::{Measure, measure, similarity::compare, wars};
use raison_record::{pack, read};

#[test]
fn concentration_and_poles_have_the_known_values() {
    let Some(store) = common::store() else { return };
    let con = measure(&store, Measure::Concentration, None, None)
        .expect("series")
        .table;
    let poles = measure(&store, Measure::Polarity, None, None)
        .expect("series")
        .table;
    // year, majors, CON majors, ENP majors, CON all, ENP all
    for (year, n, con_majors, enp_majors, con_all, enp_all) in [
        (1816, 5, 0.330, 3.49, 0.346, 6.34),
        (1850, 5, 0.310, 3.61, 0.346, 7.04),
        (1870, 6, 0.296, 4.17, 0.311, 8.24),
        (1890, 6, 0.222, 4.81, 0.295, 9.01),
        (1913, 8, 0.238, 5.73, 0.300, 9.03),
        (1920, 5, 0.433, 2.86, 0.337, 7.79),
        (1938, 7, 0.227, 5.35, 0.299, 9.71),
        (1946, 4, 0.452, 2.48, 0.410, 5.54),
        (1950, 5, 0.332, 3.47, 0.354, 7.31),
        (1962, 5, 0.325, 3.52, 0.297, 10.40),
        (1980, 5, 0.313, 3.59, 0.256, 14.00),
        (1991, 7, 0.259, 4.99, 0.223, 18.09),
        (2000, 7, 0.333, 4.20, 0.240, 16.02),
        (2016, 7, 0.462, 3.07, 0.283, 11.82),
    ] {
        let at = |t: &raison_record::Table, name: &str| {
            let years = t.get("year").expect("year");
            let row = (0..t.rows())
                .find(|r| years.int(*r) == Some(year))
                .expect("row");
            t.get(name).expect("column").number(row)
        };
        assert_eq!(at(&poles, "majors"), f64::from(n), "{year}");
        for (ours, theirs, half) in [
            (at(&con, "con_majors"), con_majors, 0.0005),
            (at(&con, "con_all"), con_all, 0.0005),
            (at(&poles, "poles_majors"), enp_majors, 0.005),
            (at(&poles, "poles_all"), enp_all, 0.005),
        ] {
            // Printed with two or three decimals.
            assert!(
                (ours - theirs).abs() <= half * 1.001,
                "{year}: {ours} {theirs}"
            );
        }
    }
}

#[test]
fn germany_and_russia_in_1914() {
    let Some(shared) = common::shared() else {
        return;
    };
    let (_, spec) = pack::table("alliances1914").expect("pack");
    let file = shared.join("data/similarity/alliances1914.csv");
    let table = read::read(&file, Some(spec)).expect("table").table;
    let column = |name: &str| -> Vec<f64> {
        let c = table.get(name).expect("column");
        (0..table.rows()).map(|r| c.number(r)).collect()
    };
    let s = compare(&column("GMY"), &column("RUS"), Some(&column("Cap")), 3.0);
    for (ours, theirs) in [
        (s.s, 0.4000),
        (s.s_weighted, -0.4600),
        (s.s_squared, 0.4444),
        (s.s_weighted_squared, -0.3489),
        (s.kappa, -0.0776),
        (s.pi, -0.0870),
        (s.tau_b, 0.0303),
    ] {
        assert!((ours - theirs).abs() <= 0.5e-4, "{ours} {theirs}");
    }
}

#[test]
fn sizes_and_onsets_of_wars() {
    let Some(store) = common::store() else { return };
    let list = wars::interstate(&store).expect("wars");
    assert_eq!(list.len(), 95);
    // World War II: every participant once.
    let second = list.iter().find(|w| w.number == 139).expect("war 139");
    assert_eq!(second.deaths, 16_634_907.0);
    let sizes: Vec<f64> = list.iter().map(|w| w.deaths).collect();
    let fixed = wars::power_law_from(&sizes, 7061.0).expect("law");
    assert_eq!(fixed.n, 51);
    assert!((fixed.alpha - 1.525).abs() < 0.0005, "{fixed:?}");
    let best = wars::power_law(&sizes).expect("law");
    assert_eq!((best.xmin, best.n), (6525.0, 52));
    assert!((best.alpha - 1.514).abs() < 0.0005, "{best:?}");
    let (low, high) = wars::bootstrap(&sizes, 1000, 1).expect("interval");
    // Theirs, by other random numbers: 1.385 to 1.649.
    assert!(
        (low - 1.385).abs() < 0.05 && (high - 1.649).abs() < 0.05,
        "{low} {high}"
    );
    assert_eq!(
        wars::bootstrap(&sizes, 100, 7),
        wars::bootstrap(&sizes, 100, 7)
    );
    let (slope, r2) = wars::cumulative_line(&sizes);
    assert!(
        (slope + 0.439).abs() < 0.0005 && (r2 - 0.986).abs() < 0.0005,
        "{slope} {r2}"
    );
    let counts: Vec<f64> = (1823..=2003)
        .map(|y| list.iter().filter(|w| w.year == y).count() as f64)
        .collect();
    let onsets = wars::onsets(&counts);
    assert!((onsets.mean - 0.525).abs() < 0.0005, "{onsets:?}");
    assert!((onsets.dispersion - 0.922).abs() < 0.0005, "{onsets:?}");
    assert!((onsets.zero_years - 0.569).abs() < 0.0005, "{onsets:?}");
    assert!((onsets.zero_expected - 0.592).abs() < 0.0005, "{onsets:?}");
}

#[test]
fn every_measure_can_be_computed() {
    let Some(store) = common::store() else { return };
    for (name, which, _) in raison_record::measures::NAMES {
        let series = measure(&store, *which, Some(1880), Some(1990))
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(series.table.rows() > 50, "{name}");
        for (column, _) in &series.drawn {
            let c = series
                .table
                .get(column)
                .unwrap_or_else(|| panic!("{name}: {column}"));
            assert!(
                (0..c.len()).any(|r| !c.is_missing(r)) || column.starts_with("share_"),
                "{name} {column}"
            );
        }
    }
    assert!(measure(&store, Measure::Polarity, Some(2090), None).is_err());
}
