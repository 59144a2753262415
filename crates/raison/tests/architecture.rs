//! The workspace keeps to the table in ARCHITECTURE.md.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Crate → crates that it may import, from the table.
fn table() -> BTreeMap<String, Vec<String>> {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let after = text
        .split("| crate | may import")
        .nth(1)
        .expect("the import table");
    after
        .lines()
        .skip(2)
        .take_while(|l| l.starts_with('|'))
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let may = cells[2].split(',').map(|c| c.trim().to_owned());
            (
                cells[1].to_owned(),
                may.filter(|c| c != "nothing").collect(),
            )
        })
        .collect()
}

/// Workspace crates in a crate's `[dependencies]`, without their prefix.
fn imports(name: &str) -> Vec<String> {
    let path = root().join("crates").join(name).join("Cargo.toml");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with('[') {
            inside = line == "[dependencies]";
        } else if inside
            && let Some(key) = line.split(['.', '=', ' ']).next()
            && (key == "raison" || key.starts_with("raison-"))
        {
            found.push(key.trim_start_matches("raison-").to_owned());
        }
    }
    found
}

#[test]
fn every_crate_is_in_the_table_and_keeps_to_it() {
    let table = table();
    let folders = std::fs::read_dir(root().join("crates")).expect("crates");
    let mut seen = 0;
    for folder in folders {
        let name = folder
            .expect("a folder")
            .file_name()
            .into_string()
            .expect("a name");
        let may = table
            .get(&name)
            .unwrap_or_else(|| panic!("{name} is not in ARCHITECTURE.md"));
        for import in imports(&name) {
            assert!(
                may.contains(&import),
                "{name} imports {import}; ARCHITECTURE.md allows {may:?}"
            );
        }
        seen += 1;
    }
    assert_eq!(
        seen,
        table.len(),
        "the table names crates that do not exist"
    );
}

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

#[test]
fn pure_crates_touch_nothing_outside() {
    let forbidden = [
        "std::fs",
        "std::env::",
        "SystemTime",
        "Instant::",
        "println!",
        "std::net",
        "std::process",
    ];
    for name in ["core", "games", "lenses", "files", "study"] {
        let mut files = Vec::new();
        sources(&root().join("crates").join(name).join("src"), &mut files);
        assert!(!files.is_empty(), "{name}");
        for file in files {
            let text = std::fs::read_to_string(&file).expect("readable");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for word in forbidden {
                assert!(!code.contains(word), "{} uses {word}", file.display());
            }
        }
    }
}
