//! The examples on the pages of the world's codes fail and pass as they say.

mod common;

use std::path::PathBuf;

fn block(page: &str, kind: &str) -> Option<String> {
    let start = page.find(&format!("```toml {kind}\n"))? + 9 + kind.len();
    let end = page[start..].find("```")? + start;
    Some(page[start..end].to_owned())
}

#[test]
fn bad_examples_are_told_with_their_code_and_good_ones_pass() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/explain/codes");
    let mut checked = 0;
    for n in 6001..=6019 {
        let code = format!("R{n}");
        let page = std::fs::read_to_string(folder.join(format!("{code}.md"))).expect("a page");
        assert!(page.starts_with(&format!("# {code}: ")));
        let (Some(bad), Some(good)) = (block(&page, "bad"), block(&page, "good")) else {
            continue;
        };
        let (_, problems, _) = common::parse(&bad);
        let found = problems.as_slice().iter().find(|d| d.code.0 == code);
        let found = found.unwrap_or_else(|| panic!("{code}: {:#?}", problems.as_slice()));
        assert!(found.primary.is_some(), "{code} has a place");
        let (world, problems, _) = common::parse(&good);
        assert!(
            world.is_some() && !problems.has_errors(),
            "{code}: {:#?}",
            problems.as_slice()
        );
        checked += 1;
    }
    assert!(checked >= 15);
}

#[test]
fn every_problem_is_told_at_once() {
    let text = r#"
kind = "world"
title = "Broken"
start = 2000
[[states]]
code = "AAA"
region = "r"
share = 1.5
gdp = -4
population = 1
democracy = 0
judgement = "x"
[[states]]
code = "BBB"
region = "r"
share = 0.5
gdp = 4
population = 1
democracy = 40
judgement = "x"
[[borders]]
a = "AAA"
b = "CCC"
[parameters]
"war.kosts" = 1
judgement = "x"
"#;
    let (_, problems, _) = common::parse(text);
    let codes: Vec<&str> = problems
        .as_slice()
        .iter()
        .filter(|d| d.is_error())
        .map(|d| d.code.0)
        .collect();
    for code in ["R6002", "R6003", "R0201", "R6001", "R6008"] {
        assert!(codes.contains(&code), "{code} among {codes:?}");
    }
}

#[test]
fn no_text_makes_the_reader_panic() {
    let text = common::ring(4);
    // Cut anywhere, the text is either read or told to be wrong.
    for at in (0..text.len()).step_by(7) {
        let _ = common::parse(&text[..at]);
    }
    for junk in [
        "kind = 3",
        "states = 3",
        "[[states]]\ncode = [1, 2]",
        "start = 1e400",
        "[[ties]]\nlayer = {}",
    ] {
        let _ = common::parse(junk);
    }
}

#[test]
fn the_page_describes_every_column_in_the_words_of_the_output() {
    use raison_world::measures::columns::{HUBS, LEADING, STATE, SYSTEM};
    let page = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/worlds.md");
    let page = std::fs::read_to_string(page).expect("the page");
    let table = |title: &str| {
        let at = page.find(title).expect("a table");
        let lines = page[at..].lines().skip_while(|l| !l.starts_with("|---"));
        let rows = lines.skip(1).take_while(|l| l.starts_with('|'));
        let cells = rows.map(|l| {
            let mut parts = l.trim_matches('|').split(" | ");
            let name = parts.next().expect("a name").trim().trim_matches('`');
            (
                name.to_owned(),
                parts.next().expect("a text").trim().to_owned(),
            )
        });
        cells.collect::<Vec<_>>()
    };
    let own = |list: &[(&str, &str)]| -> Vec<(String, String)> {
        let both = list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
        both.collect()
    };
    let both = |x, y| [own(x), own(y)].concat();
    assert_eq!(table("## Columns of a state"), both(STATE, HUBS));
    assert_eq!(table("## Columns of the system"), both(SYSTEM, LEADING));
}
