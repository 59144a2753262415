//! Readers meet hostile bytes: any outcome but a panic. The fuzz targets under
//! `fuzz/record` go further; these cases run always.

use proptest::prelude::*;
use raison_record::{pack, read, write};

fn all_readers(bytes: Vec<u8>) {
    let Ok(raw) = read::bytes::unpack(bytes, "hostile".to_owned()) else {
        return;
    };
    let _ = read::read_loaded(&raw, None);
    for table in ["cow_capitals", "icb1", "un_votes", "psycl_norm_leader_lta"] {
        let _ = read::read_loaded(&raw, pack::table(table).map(|(_, s)| s));
    }
}

/// A small good file in a format.
fn good(name: &str) -> Vec<u8> {
    let mut table = raison_record::Table::default();
    table.set("a", raison_record::Column::Int((0..50).collect()));
    table.set(
        "b",
        raison_record::Column::Float((0..50).map(f64::from).collect()),
    );
    let mut words = raison_record::column::WordsBuilder::default();
    (0..50).for_each(|i| words.push((i % 3 > 0).then_some("word")));
    table.set("c", words.finish());
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join(name);
    write::to_file(&table, &path, "").expect("file");
    std::fs::read(path).expect("file")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text(text in "(?s)[ -~\n\",;\té]{0,300}") {
        all_readers(text.into_bytes());
    }

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        all_readers(bytes);
    }

    #[test]
    fn headers_with_any_rows(rows in "[0-9A-Z,\"\n.-]{0,300}") {
        all_readers(format!("ccode,statenme,capital,stdate,enddate,lat,lng\n{rows}").into_bytes());
    }

    #[test]
    fn spoilt_files(at in 0usize..4000, value in any::<u8>(), cut in 0usize..4000, which in 0usize..2) {
        let mut bytes = good(["t.parquet", "t.dta"][which]);
        let n = bytes.len();
        bytes[at % n] = value;
        bytes.truncate(n - cut % 3 * (cut % n) / 3);
        all_readers(bytes);
    }

    #[test]
    fn any_formula(text in "[a-z0-9~+*:^()I. -]{0,80}") {
        if let Ok(f) = raison_record::stats::formula::Formula::parse(&text) {
            let mut row = Vec::new();
            f.row(&vec![0.5; f.variables.len()], &mut row);
        }
    }
}
