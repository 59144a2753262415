//! State-years and dyad-years against peacesciencer 1.2.9 (git fe150a2): totals of
//! `oracles/tables/README.md` and rows per year of `dyadyears_*_by_year.tsv`.

mod common;

use raison_record::Table;
use raison_record::tables::universe::{Dyads, Panel, States, System, dyad_year_columns};

fn dyads(system: System, to: i32, directed: bool) -> Option<Table> {
    let store = common::store()?;
    let states = States::load(&store, system).expect("states").carried_to(to);
    let panel = Panel::new(&states, 1816, to);
    let dyads = Dyads::new(&states, &panel, directed);
    Some(dyad_year_columns(&states, &panel, &dyads))
}

fn sum(table: &Table, column: &str) -> i64 {
    let c = table.get(column).expect("column");
    (0..table.rows())
        .map(|r| i64::from(c.int(r).expect("value")))
        .sum()
}

#[test]
fn dyad_years_have_the_published_totals() {
    // system, last year, directed, rows, sum of code 1, sum of code 2
    let cases = [
        (System::Cow, 2025, true, 2_252_760, 996_225_365, 996_225_365),
        (System::Cow, 2016, true, 1_912_290, 836_485_571, 836_485_571),
        (
            System::Cow,
            2025,
            false,
            1_126_380,
            334_198_028,
            662_027_337,
        ),
        (System::Cow, 2016, false, 956_145, 280_119_098, 556_366_473),
        (
            System::Gw,
            2025,
            true,
            2_638_078,
            1_154_007_683,
            1_154_007_683,
        ),
        (
            System::Gw,
            2020,
            true,
            2_445_018,
            1_063_505_663,
            1_063_505_663,
        ),
        (System::Gw, 2025, false, 1_319_039, 383_338_583, 770_669_100),
        (System::Gw, 2020, false, 1_222_509, 352_664_853, 710_840_810),
    ];
    for (system, to, directed, rows, sum1, sum2) in cases {
        let Some(t) = dyads(system, to, directed) else {
            return;
        };
        let what = format!("{system:?} to {to}, directed {directed}");
        assert_eq!(t.rows(), rows, "{what}");
        let code = system.code();
        assert_eq!(sum(&t, &format!("{code}1")), sum1, "{what}");
        assert_eq!(sum(&t, &format!("{code}2")), sum2, "{what}");
    }
}

#[test]
fn dyad_years_have_the_published_rows_per_year() {
    let Some(shared) = common::shared() else {
        return;
    };
    for (system, name) in [(System::Cow, "cow"), (System::Gw, "gw")] {
        for (latest, flag) in [(false, "FALSE"), (true, "TRUE")] {
            for (directed, dir) in [(false, "FALSE"), (true, "TRUE")] {
                let file = format!("dyadyears_{name}_mry{flag}_dir{dir}_by_year.tsv");
                let text = std::fs::read_to_string(shared.join("oracles/tables").join(&file))
                    .expect("oracle");
                let to = match (system, latest) {
                    (_, true) => 2025,
                    (System::Cow, false) => 2016,
                    (System::Gw, false) => 2020,
                };
                let Some(t) = dyads(system, to, directed) else {
                    return;
                };
                let mut counts = std::collections::BTreeMap::new();
                let years = t.get("year").expect("year");
                for row in 0..t.rows() {
                    *counts.entry(years.int(row).expect("year")).or_insert(0u64) += 1;
                }
                let mut checked = 0;
                for line in text.lines().skip(1) {
                    let (year, n) = line.split_once('\t').expect("two columns");
                    let year: i32 = year.parse().expect("year");
                    let n: u64 = n.parse().expect("count");
                    assert_eq!(counts.get(&year), Some(&n), "{file} {year}");
                    checked += 1;
                }
                assert_eq!(checked, counts.len(), "{file}");
            }
        }
    }
}

#[test]
fn state_years_have_the_published_totals() {
    let Some(store) = common::store() else { return };
    for (system, to, rows, codes, years) in [
        (System::Cow, 2025, 17_706, 7_190_005i64, 34_710_420i64),
        (System::Cow, 2016, 15_951, 6_366_604, 31_163_565),
        (System::Gw, 2025, 20_849, 8_542_928, 40_624_818),
        (System::Gw, 2020, 19_864, 8_081_183, 38_632_163),
    ] {
        let states = States::load(&store, system).expect("states").carried_to(to);
        let panel = Panel::new(&states, 1816, to);
        assert_eq!(panel.rows(), rows);
        let total = |c: &raison_record::Column| -> i64 {
            (0..rows).map(|r| i64::from(c.int(r).expect("value"))).sum()
        };
        assert_eq!(total(&panel.code), codes);
        assert_eq!(total(&panel.year), years);
    }
}
