//! The record, read once.

use raison::crises::Record;
use raison::record::{Store, add};
use std::path::PathBuf;
use std::sync::OnceLock;

/// The folder `shared`, or `None` with a loud word.
pub fn shared() -> Option<PathBuf> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let mut places = vec![
        PathBuf::from(root).join("../shared"),
        PathBuf::from(root).join("../../shared"),
    ];
    places.extend(std::env::var_os("RAISON_SHARED").map(PathBuf::from));
    let found = places.into_iter().find(|p| p.join("data").is_dir());
    if found.is_none() {
        println!("SKIPPED: the folder `shared` with the data is not there");
    }
    found
}

const FILES: [&str; 8] = [
    "icb/icb2v13.csv",
    "peacesciencer/cow_nmc.csv",
    "peacesciencer/cow_contdir.csv",
    "peacesciencer/gml_dirdisp.csv",
    "peacesciencer/archigos.csv",
    "peacesciencer/LEAD.csv",
    "peacesciencer/lwuf.csv",
    "psycl/year_opcode.csv",
];

/// A store with what the crises need, filled once.
pub fn store() -> Option<Store> {
    static FOLDER: OnceLock<Option<tempfile::TempDir>> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let data = shared()?.join("data");
        let folder = tempfile::tempdir().expect("folder");
        let mut store = Store::open(folder.path()).expect("store");
        for file in FILES {
            let done = add::add(&mut store, &data.join(file), add::Options::default());
            done.unwrap_or_else(|e| panic!("{file}: {e}"));
        }
        Some(folder)
    });
    Some(Store::open(folder.as_ref()?.path()).expect("store"))
}

/// The record with the study's own settings.
pub fn record() -> Option<Record> {
    Some(Record::load(&store()?, Default::default()).unwrap_or_else(|e| panic!("{e}")))
}
