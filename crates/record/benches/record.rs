//! How long tables take, and how that grows with the rows: the table to 1945 has about a
//! seventh, to 1984 about half of the dyad-years of the table to 2025.
//!
//! Needs `RAISON_STORE` (a filled store); without it nothing is measured.
use divan::Bencher;
use raison_record::stats::dangerous_dyads;
use raison_record::tables::attributes::Attribute;
use raison_record::tables::{Request, Unit, build};
use raison_record::{Store, measures, write};

fn main() {
    if store().is_none() {
        println!("SKIPPED: set RAISON_STORE to a filled store");
        return;
    }
    divan::main();
}

fn store() -> Option<Store> {
    let folder = std::env::var_os("RAISON_STORE")?;
    Store::open(folder.as_ref())
        .ok()
        .filter(|s| s.has("cow_states"))
}

const CHAIN: [Attribute; 8] = [
    Attribute::MidsGml,
    Attribute::Capabilities,
    Attribute::Majors,
    Attribute::Contiguity,
    Attribute::CapitalDistance,
    Attribute::Democracy,
    Attribute::Alliances,
    Attribute::Spells,
];

/// Directed dyad-years with 44 columns, written to Parquet; last year of the table.
#[divan::bench(args = [1945, 1984, 2025])]
fn dyad_years_to_parquet(bencher: Bencher, to: i32) {
    let Some(store) = store() else { return };
    let out = std::env::temp_dir().join(format!("raison-bench-{}.parquet", std::process::id()));
    bencher.bench(|| {
        let request = Request::new(Unit::DyadYears { directed: true }, &CHAIN).years(1816, to);
        let table = build(&store, &request).map(|t| write::to_file(&t, &out, ""));
        assert!(matches!(table, Ok(Ok(()))));
    });
    let _ = std::fs::remove_file(out);
}

/// The same without writing.
#[divan::bench(args = [1945, 1984, 2025])]
fn dyad_years(bencher: Bencher, to: i32) {
    let Some(store) = store() else { return };
    bencher.bench(|| {
        let request = Request::new(Unit::DyadYears { directed: true }, &CHAIN).years(1816, to);
        build(&store, &request).map(|t| t.rows()).ok()
    });
}

/// State-years with fourteen attributes.
#[divan::bench]
fn state_years(bencher: Bencher) {
    let Some(store) = store() else { return };
    let mut with = CHAIN.to_vec();
    with.retain(|a| *a != Attribute::Alliances);
    with.extend([
        Attribute::GdpPopulation,
        Attribute::Rivalries,
        Attribute::Leaders,
        Attribute::Igos,
        Attribute::Trade,
        Attribute::CivilWars,
        Attribute::MinimumDistance,
    ]);
    bencher.bench(|| {
        let request = Request::new(Unit::StateYears, &with).years(1816, 2025);
        build(&store, &request).map(|t| t.rows()).ok()
    });
}

/// The replication, data and fit.
#[divan::bench]
fn dangerous_dyads_study(bencher: Bencher) {
    let Some(store) = store() else { return };
    bencher.bench(|| dangerous_dyads::run(&store).map(|r| r.fit.n).ok());
}

/// The lazy start.
#[divan::bench]
fn polarity(bencher: Bencher) {
    let Some(store) = store() else { return };
    bencher.bench(|| {
        measures::measure(&store, measures::Measure::Polarity, None, None)
            .map(|s| s.table.rows())
            .ok()
    });
}
