//! Every example of the documents does what they say.

use std::path::{Path, PathBuf};

use crate::words::{eval, load, october, render, vocabulary};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

/// The fenced blocks of a page: what stands after the fence, and the text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(kind) = line.strip_prefix("```") {
            let text: Vec<&str> = lines.by_ref().take_while(|l| *l != "```").collect();
            found.push((kind.to_owned(), text.join("\n")));
        }
    }
    found
}

#[test]
fn the_examples_hold_in_october_1962() {
    let page = std::fs::read_to_string(docs().join("predicates.md")).unwrap();
    let blocks = blocks(&page);
    assert!(blocks.len() > 15);
    for (kind, text) in &blocks {
        match kind.strip_prefix("cel") {
            // the two that need `situation.surprise`, which the values leave out
            Some("") if text.contains("situation.surprise") => {
                assert!(load(text, &vocabulary()).0.is_some(), "{text}");
            }
            Some("") => {
                let (_, problems) = load(text, &vocabulary());
                assert!(problems.is_empty(), "{}", render(text, &problems));
                assert_eq!(eval(text), Ok(true), "{text}");
            }
            Some(code) => has_code(text, code.trim()),
            None => assert_eq!(kind, "toml"),
        }
    }
}

fn has_code(text: &str, code: &str) {
    let (_, problems) = load(text, &vocabulary());
    let said = render(text, &problems);
    assert!(
        problems.iter().any(|p| p.code.0 == code),
        "{code}: {text}\n{said}"
    );
}

/// The pages of our codes.
fn pages() -> Vec<(String, String)> {
    let files = std::fs::read_dir(docs().join("explain/codes")).unwrap();
    let mut pages: Vec<(String, String)> = files
        .map(|f| f.unwrap().path())
        .map(|p| (p.file_stem().unwrap().to_string_lossy().into_owned(), p))
        .filter(|(name, _)| name.starts_with("R04"))
        .map(|(name, p)| (name, std::fs::read_to_string(p).unwrap()))
        .collect();
    pages.sort();
    pages
}

#[test]
fn the_pages_of_the_codes_show_what_they_say() {
    let v = vocabulary();
    let pages = pages();
    assert_eq!(pages.len(), 19);
    for (code, page) in &pages {
        let title = page.lines().next().unwrap();
        assert!(title.starts_with(&format!("# {code}: ")), "{title}");
        let blocks = blocks(page);
        assert!(!blocks.is_empty(), "{code}");
        for (kind, text) in &blocks {
            match kind.as_str() {
                "cel bad" => has_code(text, code),
                "cel good" => {
                    let (_, problems) = load(text, &v);
                    assert!(problems.is_empty(), "{code}: {}", render(text, &problems));
                }
                "cel missing" => {
                    let program = load(text, &v).0.unwrap();
                    let error = program.eval(&october(&v)).unwrap_err();
                    assert_eq!(program.problem(error).code.0, code);
                }
                other => panic!("{code}: {other}"),
            }
        }
    }
}

/// Every code that the sources use has its page.
#[test]
fn every_code_has_a_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["src/predicate/mod.rs", "../core/src/predicate/mod.rs"];
    let text: String = files
        .map(|f| std::fs::read_to_string(root.join(f)).unwrap())
        .concat();
    let used = text
        .match_indices("Code(\"R")
        .map(|(at, _)| &text[at + 6..at + 11]);
    let mut used: Vec<&str> = used.collect();
    used.sort_unstable();
    let pages = pages();
    let written: Vec<&str> = pages.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(used, written);
}
