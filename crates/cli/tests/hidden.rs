//! `--hide-outcome` gives nothing away: no word of what followed, none of the coder's
//! notes, no title of a work, and where a report names the case, not its folder.

mod support;

use support::{out, raison, root};

const CASES: [&str; 6] = [
    "cuban-missile-crisis",
    "iran-nuclear-agreement",
    "korea-intervention-1950",
    "munich-1938",
    "october-war-1973",
    "syria-chemical-weapons-2013",
];

/// What gave outcomes away in titles, summaries and notes.
const PHRASES: [&str; 10] = [
    "announced on 22 october",
    "quarantine was announced",
    "enters the korean war",
    "chooses a limited war",
    "would first ask congress",
    "those who objected were dismissed",
    "the war began on",
    "nuclear agreement",
    "signed an agreement",
    "agreement of 14 september",
];

/// Words in lower case without marks or tags; a key such as `nsc-505-1962` is one word.
fn words(text: &str) -> Vec<String> {
    let plain = text.to_lowercase().replace("\\n", " ");
    let split = plain.split(|c: char| !c.is_alphanumeric() && c != '-');
    split.filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

fn report(case: &str, format: &str, hide: bool) -> String {
    let mut args = vec!["analyze", case, "--draws", "20", "--format", format];
    args.extend(hide.then_some("--hide-outcome"));
    let done = raison(&args);
    assert!(done.status.success());
    out(&done)
}

/// The words of each value of a key in a case file.
fn values(case: &str, key: &str) -> Vec<Vec<String>> {
    let path = root().join("library/cases").join(case).join("case.toml");
    let text = std::fs::read_to_string(path).expect("the case");
    let key = format!("{key} = \"");
    let parts = text.split(key.as_str()).skip(1);
    let value = |part: &str| words(part.split('"').next().unwrap_or_default());
    parts.map(value).collect()
}

/// The coder's words on numbers and what followed, last.
fn notes(case: &str) -> Vec<Vec<String>> {
    let mut found = values(case, "judgement");
    found.extend(values(case, "aftermath"));
    found
}

/// The first run of six words of `notes` that `text` holds.
fn leak(text: &str, notes: &[Vec<String>]) -> Option<String> {
    let text = format!(" {} ", words(text).join(" "));
    notes.iter().find_map(|note| {
        let mut runs = note.windows(6).map(|w| w.join(" "));
        runs.find(|run| text.contains(&format!(" {run} ")))
    })
}

#[test]
fn nothing_gives_the_outcome_away() {
    for case in CASES {
        let notes = notes(case);
        for format in ["text", "json", "html"] {
            let report = report(case, format, true);
            assert_eq!(leak(&report, &notes), None, "{case}, {format}");
            let plain = words(&report).join(" ");
            for phrase in PHRASES {
                assert!(!plain.contains(phrase), "{case}, {format}: {phrase}");
            }
            if format != "json" {
                let places = format!("cases/{case}");
                assert!(!report.contains(&places), "{case}, {format}: {places}");
            }
        }
    }
}

#[test]
fn the_test_sees_what_an_open_report_says() {
    for case in CASES {
        assert!(leak(&report(case, "json", false), &notes(case)).is_some());
        let words = words(&report(case, "text", false)).join(" ");
        let after = notes(case).pop().expect("an aftermath");
        assert!(words.contains(&after.join(" ")), "{case}");
    }
}
