//! Nothing that was fixed during or after a crisis is read.

use super::common::{record, shared};
use raison::core::record::{CLASSES, Penalties, RecordLens, Rows};
use raison::core::{About, Abstention, Lens, Parameter, Prepared, Question};
use raison::record::crises::{Around, COLUMNS, Crises, Options};
use raison::record::{Column, Table, read};
use raison::study::backtest::{Plan, Split, Target, run};
use std::sync::Arc;

fn table() -> Option<Table> {
    let path = shared()?.join("data/icb/icb2v13.csv");
    let spec = raison::record::pack::table("icb2").map(|(_, spec)| spec);
    Some(
        read::read(&path, spec)
            .unwrap_or_else(|e| panic!("{e}"))
            .table,
    )
}

fn bits(rows: &Rows, row: usize) -> Vec<u64> {
    rows.of(row).iter().map(|v| v.to_bits()).collect()
}

fn covariates(table: &Table, around: &Around) -> Rows {
    Crises::of(table).rows(around, &[], Options::default())
}

/// Columns that the codebook fixes during or after the crisis.
const AFTER: [&str; 30] = [
    "comlev", "trgresra", "crismg", "cenvio", "sevvio", "usinv", "usfavr", "suinv", "sufavr",
    "gbinv", "frinv", "globorg", "globact", "globfavr", "regorg", "regact", "rofavr", "outcom",
    "outfor", "outevl", "outesr", "yrterm", "moterm", "daterm", "trgterra", "resterra", "noactr",
    "viol", "gpinv", "chissu",
];

#[test]
fn no_column_of_during_or_after_is_in_the_list() {
    for name in AFTER {
        assert!(!COLUMNS.contains(&name), "{name}");
    }
}

#[test]
fn poisoned_columns_change_nothing() {
    let Some(mut table) = table() else { return };
    let around = Around::load(&super::common::store().expect("store")).expect("around");
    let clean = covariates(&table, &around);
    let n = table.rows();
    for name in table.names.clone() {
        if !COLUMNS.contains(&name.as_str()) {
            table.set(
                name,
                Column::Int((0..n as i32).map(|i| i * 7 % 11).collect()),
            );
        }
    }
    let poisoned = covariates(&table, &around);
    for row in 0..clean.len() {
        assert_eq!(bits(&clean, row), bits(&poisoned, row), "row {row}");
    }
}

#[test]
fn the_unit_that_made_this_response_is_not_read() {
    let Some(table) = table() else { return };
    let around = Around::load(&super::common::store().expect("store")).expect("around");
    let clean = covariates(&table, &around);
    let mut later = 0;
    for row in [20, 120, 200, 300, 500, 700] {
        let altered = covariates(&with_other_unit(&table, row), &around);
        assert_eq!(bits(&clean, row), bits(&altered, row), "row {row}");
        later += usize::from((0..clean.len()).any(|r| bits(&clean, r) != bits(&altered, r)));
    }
    // Later crises of the same state do look back to it; a state's last crisis has none.
    assert!(later > 0);
}

/// The table with another decision unit in one row.
fn with_other_unit(table: &Table, row: usize) -> Table {
    let mut table = table.clone();
    for (name, last) in [("sizedu", 3), ("strcdu", 3)] {
        let own = |r: usize| table.get(name).and_then(|c| c.int(r)).unwrap_or(i32::MIN);
        let other = |r: usize| {
            if r == row {
                own(r).clamp(1, last) % last + 1
            } else {
                own(r)
            }
        };
        let column = Column::Int((0..table.rows()).map(other).collect());
        table.set(name, column);
    }
    table
}

#[test]
fn a_decision_does_not_see_its_own_response_nor_later_ones() {
    let (Some(table), Some(record)) = (table(), record()) else {
        return;
    };
    let around = Around::load(&super::common::store().expect("store")).expect("around");
    let clean = Crises::of(&table);
    let all = clean.rows(&around, &[], Options::default());
    drop(record);
    for row in (0..all.len()).step_by(53) {
        let own = &clean.actors[row];
        let mut altered = clean.clone();
        for (i, a) in altered.actors.iter_mut().enumerate() {
            if i == row || a.response > own.trigger {
                a.class = (a.class + 1) % CLASSES as u8;
                a.response = a.response.max(own.trigger + 1) + 17;
            }
        }
        let seen = altered.rows(&around, &[], Options::default());
        assert_eq!(bits(&all, row), bits(&seen, row), "row {row}");
    }
    // The test can fail: earlier responses are seen.
    let mut altered = clean.clone();
    altered
        .actors
        .iter_mut()
        .for_each(|a| a.class = (a.class + 1) % CLASSES as u8);
    let seen = altered.rows(&around, &[], Options::default());
    assert!((0..all.len()).any(|r| bits(&all, r) != bits(&seen, r)));
}

static ABOUT: About = About {
    title: "Leaky",
    aliases: &[],
    claim: "",
    citations: &[],
    traces: &[],
};

/// A lens that peeks at held-back responses.
#[derive(Clone)]
struct Leaky(f64);

impl Lens for Leaky {
    fn id(&self) -> &'static str {
        "leaky"
    }
    fn about(&self) -> &'static About {
        &ABOUT
    }
    fn parameters(&self) -> Vec<Parameter> {
        vec![Parameter {
            id: "peeked",
            value: self.0,
            low: 0.0,
            high: 1e9,
            meaning: "",
        }]
    }
    fn with_parameters(&self, _: &[f64]) -> Box<dyn Lens> {
        Box::new(self.clone())
    }
    fn prepare<'q>(&self, _: &'q Question) -> Result<Box<dyn Prepared + 'q>, Abstention> {
        Err(Abstention::new("", ""))
    }
}

impl RecordLens for Leaky {
    fn fit(&self, rows: &Arc<Rows>, _: &[usize], _: Penalties) -> Box<dyn RecordLens> {
        let all = rows.rows.iter().enumerate();
        Box::new(Leaky(all.map(|(i, r)| i as f64 * f64::from(r.class)).sum()))
    }
    /// It answers with what was done: an area under the curve of 1.
    fn answer(&self, rows: &Rows, row: usize) -> [f64; CLASSES] {
        let mut p = [0.1; CLASSES];
        p[usize::from(rows.rows[row].class)] = 0.7;
        p
    }
    fn boxed(&self) -> Box<dyn Lens> {
        Box::new(self.clone())
    }
    fn copy(&self) -> Box<dyn RecordLens> {
        Box::new(self.clone())
    }
    fn rebuild(&self, _: &[f64]) -> Box<dyn RecordLens> {
        Box::new(self.clone())
    }
}

#[test]
fn a_study_that_looks_at_test_rows_fails_its_own_check() {
    let Some(record) = record() else { return };
    let plan = Plan {
        splits: vec![Split::T1975],
        targets: vec![Target::Force],
        lenses: vec![Box::new(Leaky(0.0))],
        mixtures: Vec::new(),
        baselines: Vec::new(),
        draws: 0,
        seed: 1,
        given: 0,
        smallest_group: 40,
    };
    let source = |hidden: &[bool], alter: &dyn Fn(usize, u8) -> u8| record.rows(hidden, alter);
    let result = run(&source, &plan, &|_| {});
    assert_eq!(result.looked, ["leaky"]);
    // And what is too good to be true is said to be.
    let told: Vec<&str> = result.alarms.iter().map(|a| a.score).collect();
    assert_eq!(told, ["AUC", "Brier skill"]);
    assert!(result.alarms[0].value > 0.99 && result.alarms[1].value > 0.30);
}
