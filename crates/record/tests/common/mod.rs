//! Where the real data lie, and a store filled with them once.

use raison_record::{Store, add};
use std::path::PathBuf;
use std::sync::OnceLock;

/// The folder `../shared`, or `None` with a loud word.
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

/// A store with all data, built once per test program.
#[allow(dead_code)]
pub fn store() -> Option<Store> {
    static FOLDER: OnceLock<Option<tempfile::TempDir>> = OnceLock::new();
    let folder = FOLDER
        .get_or_init(|| {
            let shared = shared()?;
            let folder = tempfile::tempdir().expect("folder");
            let mut store = Store::open(folder.path()).expect("store");
            add::add(&mut store, &shared.join("data"), add::Options::default())
                .unwrap_or_else(|e| panic!("{e}"));
            Some(folder)
        })
        .as_ref()?;
    Some(Store::open(folder.path()).expect("store"))
}
