//! What the report of `raison analyze` says of the built-in cases.

mod support;

use raison::cases;
use raison::files::{Kind, Shelf, Swap};
use raison::report::{Look, View, analysis_text};
use raison::study::{Options, analyze};
use serde_json::Value;
use support::{Folder, err, out, raison, raison_in, root};

fn text(args: &[&str]) -> String {
    let done = raison(&[&["analyze"][..], args].concat());
    assert!(done.status.success(), "{}", err(&done));
    out(&done)
}

fn json(args: &[&str]) -> Value {
    let all = [args, &["--format", "json"][..]].concat();
    serde_json::from_str(&text(&all)).expect("JSON")
}

fn cases_of_the_library() -> Vec<String> {
    raison::embedded::Embedded.slugs(Kind::Case)
}

/// The text in one line, as it was before it was wrapped.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_case_fits_80_columns_with_and_without_colour() {
    for slug in cases_of_the_library() {
        let origin = cases::find(&slug).expect("a case of the library");
        let shelf = origin.shelf();
        let mut loader = raison::loader(&shelf);
        let case = cases::load(&mut loader, &origin, &Swap::default()).expect("it loads");
        let lenses = raison::lenses::for_question(&case.question);
        let options = Options {
            draws: 40,
            ..Options::default()
        };
        let analysis = analyze(&case, &lenses, options);
        let works = |key: &str| cases::work(&loader, key);
        let view = View::new(&case, &analysis, &loader.sources, &works, raison::ENGINE);
        let plain = analysis_text::render(&view, look(false));
        for line in plain.lines() {
            assert!(line.chars().count() <= 80, "{slug}: {line}");
        }
        let coloured = analysis_text::render(&view, look(true));
        assert!(coloured.contains('\u{1b}'));
        assert_eq!(without_colour(&coloured), plain, "{slug}");
    }
}

fn look(colour: bool) -> Look {
    Look { width: 80, colour }
}

fn without_colour(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        out.push_str(before);
        rest = after.split_once('m').map_or("", |(_, r)| r);
    }
    out + rest
}

/// The whole report of the README's first command is held in a golden file, and the
/// README's sample is a part of it. `RAISON_BLESS=1` rewrites both.
#[test]
fn the_sample_of_the_readme_is_what_the_command_prints() {
    const COMMAND: &str = "$ cargo run --release -- analyze cuban-missile-crisis\n";
    let printed = text(&["cuban-missile-crisis"]);
    let golden = root().join("crates/cli/tests/golden/cuban-missile-crisis.txt");
    let readme = root().join("README.md");
    let page = std::fs::read_to_string(&readme).expect("a README");
    let (before, rest) = page.split_once(COMMAND).expect("the command");
    let (sample, after) = rest.split_once("```").expect("a fence");
    let start = printed.find("Which alternative leads").expect("a table");
    let end = printed.find("\n○ is the status quo").expect("its legend");
    let wanted = format!("…\n{}…\n", &printed[start..end]);
    if std::env::var_os("RAISON_BLESS").is_some() {
        std::fs::create_dir_all(golden.parent().expect("a folder")).expect("made");
        std::fs::write(&golden, &printed).expect("written");
        let page = format!("{before}{COMMAND}{wanted}```{after}");
        std::fs::write(&readme, page).expect("written");
        return;
    }
    let kept = std::fs::read_to_string(&golden).unwrap_or_default();
    assert_eq!(printed, kept, "RAISON_BLESS=1 rewrites");
    assert_eq!(sample, wanted, "RAISON_BLESS=1 rewrites");
}

#[test]
fn the_files_that_the_readme_names_are_there() {
    let page = std::fs::read_to_string(root().join("README.md")).expect("a README");
    for word in page.split(['`', ' ', '(', ')', '\n']) {
        let inside = ["docs/", "library/", "crates/"]
            .iter()
            .any(|f| word.starts_with(f));
        if inside && !word.contains("…") {
            assert!(root().join(word).exists(), "{word}");
        }
    }
}

#[test]
fn what_is_later_than_the_decision_is_named() {
    let korea = json(&["korea-intervention-1950", "--draws", "0"]);
    let texts: Vec<&str> = korea["later"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|l| l["text"].as_str())
        .collect();
    assert!(
        texts.contains(&"the profile of Mao Zedong is pooled over 1954–1968"),
        "{texts:?}"
    );
    let said = flat(&text(&["korea-intervention-1950", "--draws", "0"]));
    assert!(said.contains("anything later, except: the profile of Mao Zedong is pooled"));
    let html = text(&[
        "korea-intervention-1950",
        "--draws",
        "0",
        "--format",
        "html",
    ]);
    assert!(html.contains("the profile of Mao Zedong is pooled over 1954–1968"));

    let quick = ["--draws", "0", "--lens", "rational,doctrine"];
    let korea = json(&[&["korea-intervention-1950"][..], &quick].concat());
    assert_eq!(
        korea["later"],
        serde_json::json!([]),
        "no lens read the profile"
    );
    let swapped = [
        &["iran-nuclear-agreement", "--doctrine", "iran-khamenei-1989"][..],
        &quick,
    ];
    let said = flat(&text(&swapped.concat()));
    assert!(said.contains("the doctrine iran-khamenei-1989 is an account told in 2026"));
}

#[test]
fn further_doctrines_stand_beside_the_first_with_labels() {
    let quick = [
        "iran-nuclear-agreement",
        "--draws",
        "50",
        "--lens",
        "doctrine",
    ];
    let iran = json(&quick);
    assert_eq!(iran["decider"]["account"]["kind"], "of-the-time");
    let further = &iran["further_doctrines"][0];
    assert_eq!(further["id"], "iran-khamenei-1989");
    assert_eq!(further["account"]["kind"], "retrospective");
    // The same as putting it in the first one's place.
    let swapped = json(&[&quick[..], &["--doctrine", "iran-khamenei-1989"]].concat());
    for key in ["probabilities", "leading", "firmness"] {
        assert_eq!(
            further["lenses"][0][key], swapped["lenses"][0][key],
            "{key}"
        );
    }
    assert_eq!(
        swapped["further_doctrines"][0]["id"],
        "iran-negotiation-2013"
    );
    let said = flat(&text(&quick));
    assert!(said.contains("iran-khamenei-1989: retrospective account, told in 2026"));
    assert!(said.contains("iran-negotiation-2013: statements of the time, 2013–2015"));
    assert!(said.contains("Strikes out"), "{said}");
    let html = text(&[&quick[..], &["--format", "html"]].concat());
    assert!(html.contains("retrospective account, told in 2026"));
}

#[test]
fn check_counts_the_numbers_of_a_case_as_analyze_does() {
    for slug in cases_of_the_library() {
        let path = format!("library/cases/{slug}");
        let done = raison(&["check", &path, "--format", "json"]);
        let checked: Value = serde_json::from_str(&out(&done)).expect("JSON");
        let numbers = checked["files"][0]["numbers"].as_object().expect("counts");
        let all: u64 = numbers.values().filter_map(Value::as_u64).sum();
        let analysed = json(&[&slug, "--draws", "0", "--lens", "rational"]);
        assert_eq!(analysed["provenance"]["own"], all, "{slug}");
    }
}

#[test]
fn a_rival_with_another_alternative_is_not_said_to_agree() {
    let folder = Folder::new();
    let from = root().join("library/cases/munich-1938");
    for file in ["case.toml", "players.csv"] {
        let text = std::fs::read_to_string(from.join(file)).expect("a file");
        folder.write(&format!("my-munich/{file}"), text);
    }
    let run = |more: &[&str]| {
        let args = [
            "analyze",
            "munich-1938",
            "--rival",
            "my-munich",
            "--lens",
            "memory",
        ];
        let done = raison_in(&folder.0, &[&args[..], &["--draws", "0"], more].concat());
        assert!(done.status.success(), "{}", err(&done));
        out(&done)
    };
    assert!(flat(&run(&[])).contains("Nothing hangs on any single difference"));
    let path = folder.0.join("my-munich/case.toml");
    let text = std::fs::read_to_string(&path).expect("a case");
    let more = "
[[alternatives]]
id = \"resign\"
title = \"Resign\"
conflict = 0
judgement = \"an example\"

[[alternatives.outcomes]]
id = \"so\"
title = \"So\"
probability = 1
values = { peace = 0, time-to-arm = 0, balance = 0, france-and-empire = 0, honour = 0 }
judgement = \"an example\"
";
    std::fs::write(&path, text + more).expect("written");
    let said = flat(&run(&[]));
    assert!(
        said.contains("Only the second coder has the alternatives: resign."),
        "{said}"
    );
    assert!(
        !said.contains("Nothing hangs on any single difference"),
        "{said}"
    );
    let value: Value = serde_json::from_str(&run(&["--format", "json"])).expect("JSON");
    let rival = &value["rival"];
    assert_eq!(rival["alternatives"]["only_second"][0], "resign");
    assert!(rival["either"].as_u64() > rival["shared"].as_u64());
}

#[test]
fn more_draws_than_are_kept_give_the_same_bytes_on_any_number_of_threads() {
    let run = |threads: &str| {
        let more = [
            "--draws",
            "33000",
            "--lens",
            "doctrine",
            "--threads",
            threads,
        ];
        text(&[&["munich-1938", "--format", "json"][..], &more].concat())
    };
    assert_eq!(run("1"), run("3"));
}
