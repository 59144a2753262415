//! What the verbs do when all is well.

mod support;

use serde_json::Value;
use support::{Folder, err, out, raison, raison_in, refused};

fn json(args: &[&str]) -> Value {
    let done = raison(args);
    assert!(done.status.success(), "{}", err(&done));
    serde_json::from_str(&out(&done)).expect("standard output holds one document")
}

#[test]
fn help_fits_80_columns() {
    let verbs = [
        "",
        "analyze",
        "check",
        "compare",
        "data",
        "draft",
        "events",
        "explain",
        "fit",
        "list",
        "listen",
        "measure",
        "new",
        "profile",
        "read",
        "replay",
        "simulate",
        "solve",
        "study backtest",
        "study counterfactual",
        "study doctrine-effect",
        "study hindcast",
        "study sensitivity",
    ];
    for verb in verbs {
        for help in ["--help", "-h"] {
            let mut args: Vec<&str> = verb.split_whitespace().collect();
            args.push(help);
            let done = raison(&args);
            assert!(done.status.success(), "{args:?}: {}", err(&done));
            for line in out(&done).lines() {
                assert!(line.chars().count() <= 80, "{args:?}: {line}");
            }
        }
    }
}

#[test]
fn list_shows_every_kind_in_80_columns() {
    for what in [
        "cases",
        "doctrines",
        "leaders",
        "lenses",
        "worlds",
        "studies",
        "norms",
    ] {
        let text = out(&raison(&["list", what]));
        assert!(!text.is_empty());
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
        let value = json(&["list", what, "--format", "json"]);
        assert!(value[what].is_array(), "{value}");
    }
    let overview = out(&raison(&["list"]));
    assert!(
        overview.contains("raison analyze cuban-missile-crisis"),
        "{overview}"
    );
    let counts = json(&["list", "--format", "json"]);
    let cases = json(&["list", "cases", "--format", "json"]);
    let n = cases["cases"].as_array().map(Vec::len);
    assert_eq!(counts["counts"]["cases"].as_u64(), n.map(|n| n as u64));
    assert_eq!(cases["cases"][0]["state"], "USA");
}

#[test]
fn the_built_in_library_has_no_problems() {
    let value = json(&["check", "library", "--format", "json"]);
    assert_eq!(value["errors"], 0);
    // A value that no source gives may stand unstated, with a warning: nothing else may.
    let problems = value["problems"].as_array().expect("problems");
    assert!(
        problems.iter().all(|p| p["code"] == "R0601"),
        "{problems:#?}"
    );
    let files = value["files"].as_array().expect("files");
    for case in files.iter().filter(|f| f["kind"] == "case") {
        assert_eq!(case["numbers"]["neither"], 0, "{case}");
        assert!(case["numbers"]["source"].as_u64() > Some(0), "{case}");
    }
    let folder = out(&raison(&[
        "check",
        "library/doctrines",
        "library/sources.bib",
    ]));
    assert!(folder.contains("doctrines: no problems"), "{folder}");
}

#[test]
fn problems_are_documents_too() {
    let done = raison(&["check", "tests/suite/bad/numbers.toml", "--format", "json"]);
    assert_eq!(done.status.code(), Some(2));
    let value: Value = serde_json::from_str(&out(&done)).expect("JSON");
    let nan = &value["problems"].as_array().expect("problems")[0];
    assert_eq!(nan["code"], "R0201");
    assert_eq!(
        (&nan["place"]["line"], &nan["place"]["column"]),
        (&8.into(), &6.into())
    );
}

#[test]
fn scaffolds_are_accepted_and_the_case_is_analysed() {
    let folder = Folder::new();
    let run = |args: &[&str]| {
        let done = raison_in(&folder.0, args);
        assert!(
            done.status.success(),
            "{args:?}: {}{}",
            out(&done),
            err(&done)
        );
        out(&done)
    };
    run(&["new", "case", "my-case"]);
    run(&["new", "doctrine", "my-doctrine"]);
    run(&["new", "leader", "my-leader"]);
    let said = run(&["check", "my-case", "my-doctrine.toml", "my-leader.toml"]);
    assert!(said.contains("no problems"), "{said}");
    let said = run(&[
        "analyze",
        "my-case",
        "--leader",
        "my-leader.toml",
        "--doctrine",
        "my-doctrine.toml",
        "--draws",
        "100",
        "--format",
        "json",
    ]);
    let value: Value = serde_json::from_str(&said).expect("JSON");
    let lenses = value["lenses"].as_array().expect("lenses");
    assert!(lenses.len() >= 8);
    for lens in lenses {
        assert!(lens["probabilities"].is_object(), "{lens}");
    }
    for again in [
        &["new", "case", "my-case"][..],
        &["new", "leader", "my-leader"],
    ] {
        refused(&raison_in(&folder.0, again), &["exists already"]);
    }
    refused(
        &raison_in(&folder.0, &["new", "case", "My Case"]),
        &["`my-case` would do"],
    );
}

#[test]
fn a_library_around_a_case_comes_before_the_built_in_one() {
    let folder = Folder::new();
    let run = |args: &[&str]| raison_in(&folder.0, args);
    folder.write("mine/leaders/readme", "");
    folder.write("mine/cases/readme", "");
    assert!(
        run(&["new", "case", "my-case", "--out", "mine/cases"])
            .status
            .success()
    );
    assert!(
        run(&[
            "new",
            "leader",
            "john-kennedy-1961",
            "--out",
            "mine/leaders"
        ])
        .status
        .success()
    );
    let path = folder.0.join("mine/cases/my-case/case.toml");
    let text = std::fs::read_to_string(&path).expect("written");
    let named = text.replace(
        "# leader = \"…\"                   # `",
        "leader = \"john-kennedy-1961\" # `",
    );
    assert_ne!(text, named);
    std::fs::write(&path, named).expect("changed");
    let done = run(&[
        "analyze",
        "mine/cases/my-case",
        "--lens",
        "leader",
        "--draws",
        "0",
        "--format",
        "json",
    ]);
    assert!(done.status.success(), "{}", err(&done));
    assert!(
        out(&done).contains("John kennedy 1961"),
        "the scaffold's name, not the built-in one"
    );
    let all = run(&["check", "mine"]);
    assert!(all.status.success(), "{}", out(&all));
    assert!(
        out(&all).contains("checked 1 case, 1 leader"),
        "{}",
        out(&all)
    );
}

#[test]
fn changes_are_paired_with_the_case_as_coded() {
    let args = [
        "analyze",
        "munich-1938",
        "--draws",
        "50",
        "--format",
        "json",
    ];
    let with = |more: &[&str]| {
        let mut all = args.to_vec();
        all.extend(more);
        json(&all)
    };
    let plain = with(&[]);
    for more in [
        &["--set", "situation.time_pressure=0.1"][..],
        &["--leader", "john-kennedy-1961"],
        &["--doctrine", "monroe-1823"],
    ] {
        assert_ne!(plain, with(more), "{more:?}");
    }
    let same = with(&["--rival", "library/cases/munich-1938/case.toml"]);
    assert_ne!(plain, same, "agreement is reported");
}

#[test]
fn the_outcome_can_be_hidden() {
    for format in ["text", "json"] {
        let run = |more: &[&str]| {
            let mut args = vec!["analyze", "munich-1938", "--draws", "0", "--format", format];
            args.extend(more);
            out(&raison(&args))
        };
        assert!(run(&[]).to_lowercase().contains("brier"));
        assert!(!run(&["--hide-outcome"]).to_lowercase().contains("brier"));
    }
}

#[test]
fn the_page_stands_alone() {
    let done = raison(&[
        "analyze",
        "munich-1938",
        "--draws",
        "50",
        "--format",
        "html",
    ]);
    let page = out(&done);
    assert!(done.status.success(), "{}", err(&done));
    assert!(page.to_lowercase().starts_with("<!doctype html>"));
    for outside in ["<script src", "<link ", "<img src=\"http", "@import"] {
        assert!(!page.contains(outside), "{outside}");
    }
}
