//! Good and bad files with the messages expected for them.
//!
//! `tests/suite/{good,bad}` hold files and case folders; beside each stands what
//! `raison check` says of it, in `NAME.expected`. `RAISON_BLESS=1` rewrites those.

mod support;

use std::fs;
use std::path::Path;
use support::{out, raison, root};

fn suite(kind: &str, code: i32) {
    let folder = root().join("tests/suite").join(kind);
    let bless = std::env::var_os("RAISON_BLESS").is_some();
    let mut seen = 0;
    let mut failures = String::new();
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("the suite")
        .flatten()
        .filter_map(|e| e.file_name().into_string().ok())
        .filter(|n| !n.ends_with(".expected"))
        .collect();
    names.sort();
    for name in names {
        let done = raison(&["check", &format!("tests/suite/{kind}/{name}")]);
        let said = out(&done);
        if done.status.code() != Some(code) {
            failures.push_str(&format!("{name} exits with {}:\n{said}\n", done.status));
        }
        let stem = Path::new(&name).file_stem().unwrap_or_default();
        let expected = folder.join(format!("{}.expected", stem.to_string_lossy()));
        if bless {
            fs::write(&expected, &said).expect("the expectation is written");
        } else if fs::read_to_string(&expected).unwrap_or_default() != said {
            failures.push_str(&format!("{name} says otherwise now:\n{said}\n"));
        }
        seen += 1;
    }
    assert!(seen > 4);
    assert!(failures.is_empty(), "{failures}RAISON_BLESS=1 rewrites");
}

#[test]
fn good_files_are_accepted() {
    suite("good", 0);
}

#[test]
fn bad_files_are_refused_with_every_problem_and_its_place() {
    suite("bad", 2);
}
