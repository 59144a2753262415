//! Where the reference digits lie.
#![allow(dead_code)]

use std::path::PathBuf;

/// A file of the shared folder beside the repository, or `None` with a loud note.
pub fn shared(path: &str) -> Option<PathBuf> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let repository = here
        .ancestors()
        .nth(2)
        .map(PathBuf::from)
        .unwrap_or_default();
    let mut places = vec![
        repository.join("../shared"),
        repository.join("../../shared"),
    ];
    places.extend(std::env::var_os("RAISON_SHARED").map(PathBuf::from));
    let found = places
        .into_iter()
        .map(|p| p.join(path))
        .find(|p| p.exists());
    if found.is_none() {
        eprintln!("SKIPPED: shared file {path} is missing (set RAISON_SHARED)");
    }
    found
}

/// A JSON file of the shared folder.
pub fn json(path: &str) -> Option<serde_json::Value> {
    let text = std::fs::read_to_string(shared(path)?).expect("readable");
    Some(serde_json::from_str(&text).expect("valid JSON"))
}

/// A list of numbers in JSON; null becomes NaN.
pub fn numbers(value: &serde_json::Value) -> Vec<f64> {
    let list = value.as_array().expect("a list");
    list.iter()
        .map(|v| v.as_f64().unwrap_or(f64::NAN))
        .collect()
}

/// Fails unless both lists agree within `tolerance`; NaN in `theirs` is not compared.
pub fn close(what: &str, ours: &[f64], theirs: &[f64], tolerance: f64) {
    assert_eq!(ours.len(), theirs.len(), "{what}: length");
    for (i, (a, b)) in ours.iter().zip(theirs).enumerate() {
        assert!(
            b.is_nan() || (a - b).abs() <= tolerance,
            "{what}[{i}]: ours {a}, theirs {b}"
        );
    }
}
