//! Where our tables differ from the package's on purpose: each fault, ours and theirs.

mod common;

use raison_record::Table;
use raison_record::tables::attributes::Attribute;
use raison_record::tables::leaders::{Standard, leader_years};
use raison_record::tables::universe::System;
use raison_record::tables::{Request, Unit, build};

fn both(unit: Unit, from: i32, to: i32, with: &[Attribute]) -> Option<(Table, Table)> {
    let store = common::store()?;
    let mut request = Request::new(unit, with).years(from, to);
    let ours = build(&store, &request).expect("ours");
    request.choices.as_upstream = true;
    Some((ours, build(&store, &request).expect("theirs")))
}

fn known(table: &Table, column: &str) -> usize {
    let c = table.get(column).expect("column");
    (0..c.len()).filter(|r| !c.is_missing(*r)).count()
}

fn sum(table: &Table, column: &str) -> f64 {
    let c = table.get(column).expect("column");
    (0..c.len()).filter_map(|r| c.float(r)).sum()
}

const DYADS: Unit = Unit::DyadYears { directed: true };

#[test]
fn rivalries_are_missing_after_the_last_year_of_the_list() {
    let Some((ours, theirs)) = both(DYADS, 2019, 2025, &[Attribute::Rivalries]) else {
        return;
    };
    // Theirs: 1 for all 37,830 pairs in each of 2021 to 2025.
    assert_eq!(
        sum(&theirs, "ongoingrivalry") - sum(&ours, "ongoingrivalry"),
        5.0 * 37_830.0
    );
    assert_eq!(known(&ours, "ongoingrivalry"), 2 * 37_830);
}

#[test]
fn disputes_of_states_are_missing_after_the_data_and_not_lost_with_leaders() {
    let Some((ours, theirs)) = both(Unit::StateYears, 1816, 2025, &[Attribute::MidsGml]) else {
        return;
    };
    // Theirs: 0 for all 2,925 state-years after 2010, and 4,142 state-years in a dispute,
    // since participations without a known leader are dropped.
    assert_eq!(
        known(&theirs, "gmlmidongoing") - known(&ours, "gmlmidongoing"),
        2925
    );
    assert_eq!(
        (sum(&theirs, "gmlmidongoing"), sum(&ours, "gmlmidongoing")),
        (4142.0, 4392.0)
    );
}

#[test]
fn special_codes_are_missing() {
    let Some((ours, theirs)) = both(DYADS, 1816, 2010, &[Attribute::MidsGmlFull]) else {
        return;
    };
    let low = |t: &Table| {
        let c = t.get("fatality1").expect("column");
        (0..c.len()).filter_map(|r| c.int(r)).min()
    };
    assert_eq!((low(&ours), low(&theirs)), (Some(0), Some(-9)));
}

#[test]
fn leaders_of_states_on_one_list_only_are_kept() {
    let Some((ours, theirs)) = both(Unit::StateYears, 1816, 2025, &[Attribute::Leaders]) else {
        return;
    };
    // Morocco 1905-08, Saudi Arabia 1927-31, Laos 1953.
    assert_eq!(known(&ours, "n_leaders") - known(&theirs, "n_leaders"), 10);
    let Some(store) = common::store() else { return };
    let years = |up| {
        leader_years(&store, Standard::List(System::Cow), None, None, &[], up)
            .expect("table")
            .rows()
    };
    assert_eq!(years(false) - years(true), 1);
}

#[test]
fn the_order_of_rows_does_not_matter() {
    use raison_record::add::{Options, add};
    let Some(shared) = common::shared() else {
        return;
    };
    let folder = tempfile::tempdir().expect("folder");
    let source = folder.path().join("in");
    std::fs::create_dir(&source).expect("folder");
    for name in [
        "cow_states",
        "cow_contdir",
        "cow_capitals",
        "cow_majors",
        "gml_mid_ddydisps",
        "tss_rivalries",
    ] {
        let text = std::fs::read_to_string(shared.join(format!("data/peacesciencer/{name}.csv")))
            .expect("file");
        let mut lines: Vec<&str> = text.lines().collect();
        let head = lines.remove(0);
        lines.reverse();
        let half = lines.len() / 2;
        lines.rotate_left(half);
        std::fs::write(
            source.join(format!("{name}.csv")),
            format!("{head}\n{}\n", lines.join("\n")),
        )
        .expect("file");
    }
    let mut shuffled = raison_record::Store::open(&folder.path().join("store")).expect("store");
    add(&mut shuffled, &source, Options { unverified: true }).expect("added");
    let Some(store) = common::store() else { return };
    let with = [
        Attribute::Contiguity,
        Attribute::CapitalDistance,
        Attribute::Majors,
        Attribute::MidsGml,
        Attribute::Rivalries,
        Attribute::Spells,
    ];
    for last in [false, true] {
        let mut request = Request::new(DYADS, &with).years(1816, 2016);
        request.choices.last_contiguity = last;
        request.choices.last_capital = last;
        let (a, b) = (
            build(&store, &request).expect("a"),
            build(&shuffled, &request).expect("b"),
        );
        assert_eq!(a.rows(), b.rows());
        for ((name, x), y) in a.names.iter().zip(&a.columns).zip(&b.columns) {
            let differs = (0..x.len()).find(|r| x.number(*r).to_bits() != y.number(*r).to_bits());
            if let Some(r) = differs {
                let key = ["ccode1", "ccode2", "year"].map(|n| a.get(n).and_then(|c| c.int(r)));
                panic!(
                    "{name}, last {last}: {key:?} {} {}",
                    x.number(r),
                    y.number(r)
                );
            }
        }
    }
}
