//! Packs go in as the README of the data says, codes and all.

mod common;

use raison_record::add::{Options, add};
use raison_record::{Column, Kind, Store, Table, read, write};

#[test]
fn every_table_of_the_data_folder_goes_in() {
    let Some(store) = common::store() else { return };
    // README of the data: rows per file.
    for (table, rows) in [
        ("cow_states", 243),
        ("cow_mindist", 952_244),
        ("cow_igo_ndy", 917_695),
        ("un_votes", 870_109),
        ("icb2", 1065),
        ("archigos", 3409),
        ("idealpoints", 11_440),
        ("psycl_norm_leader_lta", 7),
    ] {
        let entry = store.entry(table).unwrap_or_else(|| panic!("{table}"));
        assert_eq!(entry.rows, rows, "{table}");
        assert!(entry.verified, "{table}");
    }
    assert_eq!(store.tables().count(), 62);
}

fn ints(table: &Table, name: &str) -> Vec<Option<i32>> {
    let c = table.get(name).expect("column");
    (0..c.len()).map(|r| c.int(r)).collect()
}

#[test]
fn special_codes_are_missing_for_use_and_kept_as_published() {
    let Some(store) = common::store() else { return };
    // -9 in the disputes.
    let raw = store
        .read_raw("gml_dirdisp", Some(&["fatality1"]))
        .expect("raw");
    let used = store
        .read("gml_dirdisp", Some(&["fatality1"]))
        .expect("used");
    let nines = ints(&raw, "fatality1")
        .iter()
        .filter(|x| **x == Some(-9))
        .count();
    assert!(nines > 0);
    assert_eq!(
        ints(&used, "fatality1")
            .iter()
            .filter(|x| x.is_none())
            .count(),
        nines
    );
    // -99 and 9 in the crises: size of the decision unit.
    let raw = ints(
        &store.read_raw("icb2", Some(&["sizedu"])).expect("raw"),
        "sizedu",
    );
    let used = ints(
        &store.read("icb2", Some(&["sizedu"])).expect("used"),
        "sizedu",
    );
    assert!(raw.contains(&Some(-99)) || raw.contains(&Some(9)));
    assert!(used.iter().flatten().all(|x| (1..=3).contains(x)));
    // Day codes that are no days.
    let raw = ints(
        &store.read_raw("icb2", Some(&["datrig"])).expect("raw"),
        "datrig",
    );
    let used = ints(
        &store.read("icb2", Some(&["datrig"])).expect("used"),
        "datrig",
    );
    for (published, day) in raw.iter().zip(&used) {
        match published {
            Some(66 | 77 | 88) => assert_eq!(*day, None),
            other => assert_eq!(other, day),
        }
    }
    assert!(raw.iter().any(|x| matches!(x, Some(66 | 77 | 88))));
    // 0 is a valid code of the gravest threat.
    let gravity = ints(
        &store.read("icb2", Some(&["gravty"])).expect("used"),
        "gravty",
    );
    assert!(gravity.contains(&Some(0)));
}

#[test]
fn the_country_code_na_is_namibia() {
    let Some(store) = common::store() else { return };
    let votes = store
        .read("un_votes", Some(&["country", "country_code"]))
        .expect("votes");
    let (name, code) = (
        votes.get("country").expect("name"),
        votes.get("country_code").expect("code"),
    );
    let namibia = (0..votes.rows()).filter(|r| code.text(*r) == Some("NA"));
    let namibia: Vec<usize> = namibia.collect();
    // README of the data: readers that turn NA into missing lose 2,455 votes.
    assert_eq!(namibia.len(), 2455);
    assert!(namibia.iter().all(|r| name.text(*r) == Some("Namibia")));
}

#[test]
fn version_14_of_the_crises_loads_with_its_typing_errors() {
    let Some(shared) = common::shared() else {
        return;
    };
    let folder = tempfile::tempdir().expect("folder");
    let text = std::fs::read_to_string(shared.join("data/icb/icb1v13.csv")).expect("icb1");
    // Version 14 adds a column; here also a byte order mark, carriage returns, a mistyped
    // number and a value that makes no sense.
    let mut lines: Vec<String> = text.lines().map(|l| format!("{l},1")).collect();
    lines[0] = format!(
        "\u{feff}{}",
        lines[0].trim_end_matches(",1").to_owned() + ",chinv"
    );
    lines[1] = lines[1].replacen(",1918,", ",19l8,", 1);
    lines[2] = lines[2].replacen(",1918,", ",19188,", 1);
    let file = folder.path().join("icb1v14.csv");
    std::fs::write(&file, lines.join("\r\n")).expect("file");
    let mut store = Store::open(&folder.path().join("store")).expect("store");
    let report =
        add(&mut store, &file, Options { unverified: true }).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(report.added[0].rows, 482);
    let warned: Vec<&str> = report
        .warnings
        .iter()
        .flat_map(|(w, _)| w)
        .map(|d| d.code.0)
        .collect();
    assert_eq!(warned, ["R3016", "R3016"]);
    let table = store
        .read("icb1", Some(&["chinv", "yrtrig"]))
        .expect("icb1");
    assert_eq!(ints(&table, "chinv")[0], Some(1));
    assert_eq!(ints(&table, "yrtrig")[..3], [None, None, Some(1918)]);
}

/// The same table comes back from every format, missing cells and all.
#[test]
fn tables_go_out_and_in_again() {
    let folder = tempfile::tempdir().expect("folder");
    let mut table = Table::default();
    let missing = raison_record::column::MISSING;
    table.set("year", Column::Int(vec![1914, missing, -9]));
    table.set("x", Column::Float(vec![0.1, f64::NAN, 1e300]));
    let mut words = raison_record::column::WordsBuilder::default();
    [Some("Zürich, \"A\""), None, Some("NA")]
        .into_iter()
        .for_each(|w| words.push(w));
    table.set("place", words.finish());
    table.set("day", Column::Date(vec![-20_000, missing, 0]));
    for name in ["t.csv", "t.dta", "t.parquet"] {
        let path = folder.path().join(name);
        write::to_file(&table, &path, "@misc{x}").expect(name);
        let back = read::read(&path, None)
            .unwrap_or_else(|e| panic!("{name}: {e}"))
            .table;
        assert_eq!(back.names, table.names, "{name}");
        for (ours, theirs) in table.columns.iter().zip(&back.columns) {
            assert_eq!(ours.kind(), theirs.kind(), "{name}");
            for row in 0..3 {
                assert_eq!(
                    write::cell_text(ours, row),
                    write::cell_text(theirs, row),
                    "{name}"
                );
                assert_eq!(ours.is_missing(row), theirs.is_missing(row), "{name}");
            }
        }
    }
    let cited = write::citations_of(&folder.path().join("t.parquet")).expect("citations");
    assert_eq!(cited, "@misc{x}");
}

/// A pack as Stata and Parquet file gives the values of the CSV file.
#[test]
fn packs_come_as_stata_and_parquet_too() {
    let Some(store) = common::store() else { return };
    let folder = tempfile::tempdir().expect("folder");
    let original = store.read_raw("archigos", None).expect("archigos");
    for name in ["archigos.dta", "archigos.parquet"] {
        let path = folder.path().join(name);
        write::to_file(&original, &path, "").expect(name);
        let mut other =
            Store::open(&folder.path().join(name).with_extension("store")).expect("store");
        add(&mut other, &path, Options { unverified: true })
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        let back = other.read_raw("archigos", None).expect("archigos");
        assert_eq!(back.names, original.names);
        for (a, b) in original.columns.iter().zip(&back.columns) {
            assert!(
                (0..a.len()).all(|r| write::cell_text(a, r) == write::cell_text(b, r)),
                "{name}"
            );
        }
    }
    assert_eq!(
        original.get("startdate").map(Column::kind),
        Some(Kind::Date)
    );
}

#[test]
fn a_large_parquet_file_with_many_values_is_read_as_written() {
    let folder = tempfile::tempdir().expect("folder");
    let n = 1_200_000usize;
    let mut table = Table::default();
    let float = |i: usize| {
        if i.is_multiple_of(7) {
            f64::NAN
        } else {
            i as f64 / 3.0
        }
    };
    table.set("many", Column::Float((0..n).map(float).collect()));
    table.set(
        "few",
        Column::Int((0..n as i32).map(|i| i % 5 - 2).collect()),
    );
    table.set("none", Column::Int(vec![raison_record::column::MISSING; n]));
    table.set(
        "wide",
        Column::Int(
            (0..n as i32)
                .map(|i| i.wrapping_mul(1789) % 2_000_000_000)
                .collect(),
        ),
    );
    let path = folder.path().join("t.parquet");
    write::to_file(&table, &path, "").expect("write");
    let back = read::read(&path, None).expect("read").table;
    for (a, b) in table.columns.iter().zip(&back.columns) {
        assert!((0..n).all(|r| a.number(r).to_bits() == b.number(r).to_bits()));
    }
}

#[test]
fn other_crates_read_rows_and_numbers() {
    use raison_record::{PartOfMonth, Record};
    let Some(store) = common::store() else { return };
    let record = Record::new(store);
    let actors = record.crisis_actors().expect("actors");
    assert_eq!(actors.len(), 1065);
    let cuba: Vec<_> = actors.iter().filter(|a| a.crisno == 196).collect();
    assert!(cuba.iter().any(|a| {
        a.actor == "USA"
            && a.trigger_date
                .is_some_and(|d| (d.year, d.month) == (1962, Some(10)))
    }));
    assert!(
        actors
            .iter()
            .any(|a| a.trigger_date.and_then(|d| d.day) == Some(PartOfMonth::Early))
    );
    assert_eq!(record.leader_spells().expect("leaders").len(), 3409);
    let power = record.by_state_year("cow_nmc", "cinc").expect("cinc");
    assert_eq!(power.get(&(2, 1962)), Some(&0.20991142));
    let scores = record
        .columns("psycl_leader_opcode", &["name", "i1"])
        .expect("profiles");
    assert_eq!(scores.rows(), 130);
    assert!(std::sync::Arc::ptr_eq(
        &scores,
        &record
            .columns("psycl_leader_opcode", &["name", "i1"])
            .expect("again")
    ));
}
