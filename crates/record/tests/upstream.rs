//! Every column total and printed row of peacesciencer 1.2.9 (git fe150a2, isard 0.2.0):
//! `oracles/tables/*_columns.tsv` and `tables.txt`. Whole numbers exactly, real numbers at
//! 1e-9 relative. Run as upstream where ours differs on purpose; `differences.rs` holds
//! the differences.

mod common;

use raison_record::tables::attributes::Attribute;
use raison_record::tables::universe::System;
use raison_record::tables::whittle::{Disputes, PUBLISHED, repeated, whittle};
use raison_record::tables::{Choices, Request, Unit, build};
use raison_record::{Kind, Table};
use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

fn upstream(unit: Unit, from: i32, to: i32, with: &[&str]) -> Option<Table> {
    let store = common::store()?;
    let with: Vec<Attribute> = with
        .iter()
        .map(|n| Attribute::parse(n).expect("attribute"))
        .collect();
    let mut request = Request::new(unit, &with).years(from, to);
    request.choices.as_upstream = true;
    Some(build(&store, &request).unwrap_or_else(|e| panic!("{e}")))
}

const DIRECTED: Unit = Unit::DyadYears { directed: true };
const UNDIRECTED: Unit = Unit::DyadYears { directed: false };

/// The directed frame of `tables.txt`, section 2.
fn full_dyads() -> Option<&'static Table> {
    static TABLE: OnceLock<Option<Table>> = OnceLock::new();
    TABLE
        .get_or_init(|| {
            upstream(
                DIRECTED,
                1816,
                2025,
                &[
                    "mids-gml",
                    "mids-cow",
                    "capabilities",
                    "majors",
                    "contiguity",
                    "capital-distance",
                    "democracy",
                    "alliances",
                    "minimum-distance",
                    "igos",
                    "rivalries",
                    "gdp-population",
                    "spells",
                ],
            )
        })
        .as_ref()
}

/// The state-year frame of `tables.txt`, section 4, but for the two data sets that the
/// shared folder does not hold (terrain and CREG).
fn full_states() -> Option<&'static Table> {
    static TABLE: OnceLock<Option<Table>> = OnceLock::new();
    TABLE
        .get_or_init(|| {
            upstream(
                Unit::StateYears,
                1816,
                2025,
                &[
                    "mids-gml",
                    "capabilities",
                    "majors",
                    "contiguity",
                    "capital-distance",
                    "democracy",
                    "gdp-population",
                    "rivalries",
                    "leaders",
                    "igos",
                    "minimum-distance",
                    "trade",
                    "civil-wars",
                    "spells",
                ],
            )
        })
        .as_ref()
}

fn close(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= 1e-9 * theirs.abs().max(1e-300) || ours == theirs
}

/// Compares a table with a `*_columns.tsv`: column, class, nonNA, sum, mean, min, max,
/// n_distinct (missing counts as a value of its own).
fn check_columns(table: &Table, file: &str, absent: &[&str]) {
    let Some(shared) = common::shared() else {
        return;
    };
    let text = std::fs::read_to_string(shared.join("oracles/tables").join(file)).expect(file);
    let mut checked = 0;
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let name = cells[0];
        if absent.contains(&name) {
            continue;
        }
        checked += 1;
        let column = table
            .get(name)
            .unwrap_or_else(|| panic!("{file}: no column {name}"));
        let rows = column.len();
        let known: Vec<usize> = (0..rows).filter(|r| !column.is_missing(*r)).collect();
        assert_eq!(
            known.len().to_string(),
            cells[2],
            "{file} {name}: known values"
        );
        let missing = usize::from(known.len() < rows);
        if column.kind() == Kind::Text {
            let distinct: HashSet<&str> = known.iter().filter_map(|r| column.text(*r)).collect();
            assert_eq!(
                (distinct.len() + missing).to_string(),
                cells[7],
                "{file} {name}: distinct"
            );
            // R sorts texts by the rules of the language, so the ends are looked for only.
            for end in [cells[5], cells[6]] {
                assert!(distinct.contains(end), "{file} {name}: {end}");
            }
            continue;
        }
        let values: Vec<f64> = known.iter().map(|r| column.number(*r)).collect();
        let sum: f64 = values.iter().sum();
        let expected = |i: usize| cells[i].parse::<f64>().expect("number");
        let whole = column.kind() == Kind::Int;
        let same = |ours: f64, theirs: f64| {
            if whole {
                ours == theirs
            } else {
                close(ours, theirs)
            }
        };
        assert!(
            same(sum, expected(3)),
            "{file} {name}: sum {sum} {}",
            cells[3]
        );
        assert!(
            close(sum / values.len() as f64, expected(4)),
            "{file} {name}: mean"
        );
        let min = values.iter().copied().fold(f64::INFINITY, f64::min);
        let max = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        assert!(
            same(min, expected(5)),
            "{file} {name}: min {min} {}",
            cells[5]
        );
        assert!(
            same(max, expected(6)),
            "{file} {name}: max {max} {}",
            cells[6]
        );
        let distinct: HashSet<u64> = values.iter().map(|v| (v + 0.0).to_bits()).collect();
        let distinct = (distinct.len() + missing) as f64;
        // Distances are computed, and mathematics libraries may round the last digit apart.
        let slack = if name.ends_with("capdist") { 20.0 } else { 0.0 };
        let apart = (distinct - expected(7)).abs();
        assert!(
            apart <= slack,
            "{file} {name}: {distinct} distinct, {}",
            cells[7]
        );
    }
    println!("{file}: {checked} columns");
}

/// Compares the rows printed in `tables.txt` that begin with a word.
fn check_rows(table: &Table, word: &str, key: &[&str], absent: &[&str]) -> usize {
    let Some(shared) = common::shared() else {
        return 0;
    };
    let text = std::fs::read_to_string(shared.join("oracles/tables/tables.txt")).expect("tables");
    let mut found = 0;
    for line in text.lines().filter(|l| l.starts_with(word)) {
        let pairs = cells(line.trim_start_matches(word));
        let wanted: Vec<i32> = key
            .iter()
            .map(|k| pairs[*k].parse().expect("key"))
            .collect();
        let columns: Vec<_> = key
            .iter()
            .map(|k| table.get(k).expect("key column"))
            .collect();
        let row = (0..table.rows())
            .find(|r| {
                columns
                    .iter()
                    .zip(&wanted)
                    .all(|(c, w)| c.int(*r) == Some(*w))
            })
            .unwrap_or_else(|| panic!("no row {wanted:?}"));
        for (name, value) in &pairs {
            if absent.contains(&name.as_str()) {
                continue;
            }
            let column = table
                .get(name)
                .unwrap_or_else(|| panic!("{word}: no column {name}"));
            let place = format!("{word}{wanted:?} {name}");
            if value == "NA" {
                assert!(column.is_missing(row), "{place}");
            } else if let Some(text) = column.text(row) {
                assert_eq!(text, value, "{place}");
            } else {
                let theirs: f64 = value.parse().unwrap_or_else(|_| panic!("{place}: {value}"));
                // Printed with 15 digits.
                assert!(
                    close(column.number(row), theirs),
                    "{place}: {} {value}",
                    column.number(row)
                );
            }
        }
        found += 1;
    }
    found
}

/// `name=value name=value`, where values may hold blanks.
fn cells(line: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut name = String::new();
    for word in line.split(' ').filter(|w| !w.is_empty()) {
        match word.split_once('=') {
            Some((n, v)) => {
                name = n.to_owned();
                out.insert(name.clone(), v.to_owned());
            }
            None => {
                if let Some(value) = out.get_mut(&name) {
                    value.push(' ');
                    value.push_str(word);
                }
            }
        }
    }
    out
}

#[test]
fn directed_dyad_years_with_everything() {
    let Some(table) = full_dyads() else { return };
    assert_eq!((table.rows(), table.columns.len()), (2_252_760, 67));
    check_columns(table, "ddy_full_columns.tsv", &[]);
    assert_eq!(
        check_rows(table, "ROW ", &["ccode1", "ccode2", "year"], &[]),
        10
    );
}

#[test]
fn contiguity_and_capitals_at_the_end_of_the_year() {
    let Some(store) = common::store() else { return };
    let with = [Attribute::Contiguity, Attribute::CapitalDistance];
    let mut request = Request::new(DIRECTED, &with).years(1816, 2025);
    request.choices = Choices {
        last_contiguity: true,
        last_capital: true,
        as_upstream: true,
        ..Choices::default()
    };
    let table = build(&store, &request).expect("table");
    check_columns(&table, "ddy_cont_cap_last_columns.tsv", &[]);
    // tables.txt, section 3.
    let counts = |t: &Table| {
        let column = t.get("conttype").expect("conttype");
        let mut n = [0; 6];
        (0..t.rows())
            .filter_map(|r| column.int(r))
            .for_each(|x| n[x as usize] += 1);
        n
    };
    assert_eq!(
        counts(&table),
        [1_829_946, 48_868, 2_150, 2_316, 11_328, 17_682]
    );
    let Some(first) = full_dyads() else { return };
    assert_eq!(
        counts(first),
        [1_831_230, 47_904, 2_156, 2_322, 11_108, 17_570]
    );
}

#[test]
fn disputes_in_full() {
    let Some(gml) = upstream(DIRECTED, 1816, 2010, &["mids-gml-full"]) else {
        return;
    };
    check_columns(&gml, "ddy_gml_all_columns.tsv", &[]);
    assert_eq!(
        check_rows(&gml, "GMLROW ", &["ccode1", "ccode2", "year"], &[]),
        9
    );
    let Some(cow) = upstream(DIRECTED, 1816, 2010, &["mids-cow-full"]) else {
        return;
    };
    check_columns(&cow, "ddy_cowmid_all_columns.tsv", &[]);
    assert_eq!(
        check_rows(&cow, "COWROW ", &["ccode1", "ccode2", "year"], &[]),
        9
    );
}

#[test]
fn state_years_with_everything() {
    let Some(table) = full_states() else { return };
    let absent = [
        "rugged",
        "newlmtnest",
        "ethfrac",
        "ethpol",
        "relfrac",
        "relpol",
    ];
    check_columns(table, "sy_full_columns.tsv", &absent);
    assert_eq!(check_rows(table, "SYROW ", &["ccode", "year"], &absent), 5);
    assert_eq!(table.columns.len() + absent.len(), 63);
}

#[test]
fn politically_relevant_dyads() {
    let with = ["contiguity", "majors", "politically-relevant"];
    for (unit, from, to, rows) in [
        (UNDIRECTED, 1816, 2010, 111_991),
        (DIRECTED, 1816, 2025, 245_720),
    ] {
        let Some(table) = upstream(unit, from, to, &with) else {
            return;
        };
        let prd = table.get("prd").expect("prd");
        assert_eq!(
            (0..table.rows()).filter(|r| prd.int(*r) == Some(1)).count(),
            rows
        );
    }
}

#[test]
fn undirected_disputes_and_spells() {
    let Some(table) = upstream(UNDIRECTED, 1816, 2010, &["mids-gml", "spells"]) else {
        return;
    };
    assert_eq!(table.rows(), 842_655);
    let sum = |name: &str| -> i64 {
        let c = table.get(name).expect("column");
        (0..table.rows())
            .filter_map(|r| c.int(r))
            .map(i64::from)
            .sum()
    };
    assert_eq!(sum("gmlmidonset"), 3124);
    assert_eq!(sum("gmlmidongoing"), 4642);
    assert_eq!(sum("gmlmidspell"), 23_305_821);
}

#[test]
fn whittling_step_by_step() {
    let Some(store) = common::store() else { return };
    for (which, rows, file) in [
        (
            Disputes::Gml,
            [10_276, 9802, 9504, 9436, 9294, 9290, 9284, 9284],
            "whittled_gml_columns.tsv",
        ),
        (
            Disputes::Cow,
            [
                11_390, 10_874, 10_536, 10_434, 10_248, 10_240, 10_234, 10_234,
            ],
            "whittled_cow_columns.tsv",
        ),
    ] {
        let table = which.load(&store, true).expect("disputes");
        for (n, expected) in rows.into_iter().enumerate() {
            let left = whittle(&table, which.onset(), &PUBLISHED[..n]);
            assert_eq!(left.rows(), expected, "{which:?} after {n} rules");
            assert_eq!(
                repeated(&left),
                expected - rows[7],
                "{which:?} after {n} rules"
            );
        }
        check_columns(&whittle(&table, which.onset(), PUBLISHED), file, &[]);
    }
}

#[test]
fn leader_years() {
    use raison_record::tables::leaders::{Standard, leader_years};
    let Some(store) = common::store() else { return };
    // tables.txt: standardize none, cow, gw: rows, leaders, sums of year, age, year in office.
    for (standard, rows, leaders, years, ages, office) in [
        (
            Standard::None,
            17_686,
            3409,
            34_648_036i64,
            973_910i64,
            125_816i64,
        ),
        (
            Standard::List(System::Cow),
            16_241,
            3255,
            31_893_628,
            908_420,
            112_808,
        ),
        (
            Standard::List(System::Gw),
            17_361,
            3401,
            34_020_430,
            961_242,
            123_164,
        ),
    ] {
        let table = leader_years(&store, standard, None, None, &[], true).expect("table");
        let sum = |name: &str| -> i64 {
            let c = table.get(name).expect("column");
            (0..table.rows())
                .filter_map(|r| c.int(r))
                .map(i64::from)
                .sum()
        };
        let obsid = table.get("obsid").expect("obsid");
        let distinct: HashSet<&str> = (0..table.rows()).filter_map(|r| obsid.text(r)).collect();
        let ours = (
            table.rows(),
            distinct.len(),
            sum("year"),
            sum("leaderage"),
            sum("yrinoffice"),
        );
        assert_eq!(ours, (rows, leaders, years, ages, office), "{standard:?}");
    }
}
