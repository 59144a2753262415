//! What is said about predicates that are wrong or doubtful.

use crate::words::{load, render, vocabulary};
use raison_core::predicate::Place;
use raison_core::{FileId, Problems, Span};
use raison_files::predicate::{MOST_BYTES, compile, names};

#[test]
fn dump() {
    let v = vocabulary();
    let text = std::fs::read_to_string("/tmp/pred_cases.txt").unwrap();
    for line in text.lines() {
        let (_, problems) = load(line, &v);
        println!(
            "(\n    r#\"{line}\"#,\n    r#\"{}\"#,\n),",
            render(line, &problems)
        );
    }
}
