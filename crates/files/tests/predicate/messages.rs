//! What is said about predicates that are wrong or doubtful.

use std::path::Path;

use crate::words::{load, render, vocabulary};
use raison_core::predicate::Place;
use raison_core::{FileId, Problems, Span};
use raison_files::predicate::{MOST_BYTES, MOST_NESTING, compile, names};

/// `messages.txt` holds predicates, each on a line that begins with `> `, and what is said
/// about them. With the environment variable `RAISON_UPDATE` it is written anew.
#[test]
fn messages_are_as_written_down() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/predicate/messages.txt");
    let written = std::fs::read_to_string(&path).unwrap();
    let v = vocabulary();
    let mut said = String::new();
    for text in written.lines().filter_map(|l| l.strip_prefix("> ")) {
        let (_, problems) = load(text, &v);
        let block = format!("> {text}\n{}\n\n", render(text, &problems));
        said.push_str(&block.replace("\n\n\n", "\n\n"));
    }
    if std::env::var_os("RAISON_UPDATE").is_some() {
        std::fs::write(&path, &said).unwrap();
        return;
    }
    assert!(
        said.matches("\n> ").count() > 90,
        "the file holds the cases"
    );
    for (now, before) in said.split("\n\n").zip(written.split("\n\n")) {
        assert_eq!(now, before, "RAISON_UPDATE=1 accepts the new messages");
    }
    assert_eq!(said, written);
}

#[test]
fn an_empty_predicate_is_no_condition() {
    for text in ["", " \n ", "// nothing"] {
        let (program, problems) = load(text, &vocabulary());
        assert!(program.is_none());
        assert_eq!(problems[0].code.0, "R0400");
    }
}

fn first_code(text: &str) -> Option<&'static str> {
    load(text, &vocabulary()).1.first().map(|p| p.code.0)
}

#[test]
fn size_and_nesting_are_bounded() {
    let nested =
        |open: &str, n: usize, close: &str| format!("{}true{}", open.repeat(n), close.repeat(n));
    let most = usize::from(MOST_NESTING);
    assert_eq!(first_code(&nested("(", most - 1, ")")), None);
    for text in [
        nested("(", most, ")"),
        nested("(", 2000, ")"),
        nested("!", 4000, ""),
        nested("-", 4000, ""),
        nested("[", 4000, ""),
        nested("{1:", 1000, ""),
        nested("true ? ", 500, ": true"),
        nested("true ? true : ", 280, ""),
        nested("size(", 500, ")"),
        nested("true + ", 500, ""),
        "a.".repeat(2000) + "a",
        "a".to_owned() + &"[0]".repeat(1000),
        "[\"a\"]".to_owned() + &".exists(x, [x]".repeat(100),
    ] {
        assert_eq!(first_code(&text), Some("R0403"), "{text}");
    }
    let long = "true || ".repeat(MOST_BYTES / 8) + "true";
    assert_eq!(first_code(&long), Some("R0403"));
    let wide = "alternative.reversible || ".repeat(150) + "true && alternative.reversible";
    assert_eq!(first_code(&wide), None, "`||` in a row is no nesting");
}

#[test]
fn problems_point_into_the_file() {
    let v = vocabulary();
    let mut problems = Problems::new();
    let span = Span::new(FileId(3), 100, 130);
    let at = Place::mapped(span, vec![(0, 1)]);
    assert!(compile("situation.thret > 0.6", &at, &v, &mut problems).is_none());
    let primary = problems.as_slice()[0].primary.clone().unwrap();
    assert_eq!(primary.span, Span::new(FileId(3), 101, 116));
}

#[test]
fn names_are_listed_for_the_loader() {
    let text = "effects.a > 1 && has(effects[\"b-c\"]) && x.exists(t, t in y.z || effects.a > t)";
    assert_eq!(names(text), ["effects.a", "effects.b-c", "x", "y.z"]);
    assert!(names("effects.a >").is_empty());
}

#[test]
fn warnings_leave_the_program_usable() {
    let (program, problems) = load("situation.threat <= 1", &vocabulary());
    assert!(program.is_some());
    assert_eq!(problems.len(), 1);
}
