//! The verbs on worlds: simulate, resume, branch, replay, compare, listen, doctrine-effect.

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use support::{Folder, err, out, raison_in, refused};

const WORLD: &str = "great-powers-1914";

/// A folder with the runs `base`: 12 of five years.
fn base() -> Folder {
    let folder = Folder::new();
    simulate(
        &folder,
        &[WORLD, "--years", "5", "--runs", "12", "--out", "base"],
    );
    folder
}

fn simulate(folder: &Folder, args: &[&str]) -> String {
    let mut all = vec!["simulate"];
    all.extend(args);
    let done = raison_in(&folder.0, &all);
    assert!(done.status.success(), "{args:?}: {}", err(&done));
    assert!(out(&done).is_empty(), "runs go to a folder only");
    err(&done)
}

fn said(folder: &Folder, args: &[&str]) -> String {
    let done = raison_in(&folder.0, args);
    assert!(done.status.success(), "{args:?}: {}", err(&done));
    out(&done)
}

fn json(folder: &Folder, args: &[&str]) -> Value {
    let mut all = args.to_vec();
    all.extend(["--format", "json"]);
    serde_json::from_str(&said(folder, &all)).expect("standard output holds one document")
}

/// Every file of a folder of runs with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    for part in [folder.to_owned(), folder.join("runs")] {
        for entry in std::fs::read_dir(part).expect("a folder").flatten() {
            if entry.path().is_file() {
                let name = entry.file_name().to_string_lossy().into_owned();
                out.insert(name, std::fs::read(entry.path()).expect("a file"));
            }
        }
    }
    out
}

fn narrow(text: &str) {
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn what_is_finished_is_never_lost_nor_overwritten() {
    let folder = base();
    let at = folder.0.join("base");
    let before = files(&at);
    assert_eq!(
        before.len(),
        8,
        "a manifest, the ties of the start and two blocks of three tables"
    );
    for (name, bytes) in before.iter().filter(|(n, _)| n.ends_with(".parquet")) {
        let text = String::from_utf8_lossy(bytes);
        for inside in [
            "world: great-powers-1914",
            "seed: 1",
            "singer-bremer-stuckey-1972: ",
        ] {
            assert!(text.contains(inside), "{name} carries `{inside}`");
        }
    }
    let run = |more: &[&str]| {
        let mut args = vec!["simulate", WORLD, "--runs", "12", "--out", "base"];
        args.extend(more);
        raison_in(&folder.0, &args)
    };
    refused(&run(&["--years", "5"]), &["R6021", "--resume"]);
    refused(
        &run(&["--years", "6", "--resume"]),
        &["R6020", "there: years: 5; now: years: 6"],
    );
    refused(
        &run(&[
            "--years",
            "5",
            "--resume",
            "--set",
            "parameters.war.costs=0.3",
        ]),
        &["R6020", "digest"],
    );
    refused(
        &run(&[
            "--years",
            "5",
            "--resume",
            "--swap",
            "RUS.doctrine=monroe-1823",
        ]),
        &["R6020"],
    );
    assert!(files(&at) == before, "nothing was touched");
    // As after an interruption: the second block is missing, or begun and not finished.
    std::fs::remove_file(at.join("runs/00001-events.parquet")).expect("removed");
    std::fs::remove_file(at.join("runs/00001-system.parquet")).expect("removed");
    let done = run(&["--years", "5", "--resume", "--threads", "1"]);
    assert!(done.status.success(), "{}", err(&done));
    assert!(files(&at) == before, "the same bytes");
    assert!(err(&run(&["--years", "5", "--resume"])).contains("nothing was left"));
    refused(
        &raison_in(&folder.0, &["simulate", "base", "--out", "new"]),
        &["`base` is a folder of runs", "--branch RUN@YEAR"],
    );
}

#[test]
fn a_branch_without_changes_repeats_the_run() {
    let folder = base();
    simulate(&folder, &["base", "--branch", "3@1916", "--out", "same"]);
    let told = |dir: &str, year: i64| {
        let value = json(&folder, &["replay", dir, "--run", "3"]);
        let events = value["events"].as_array().expect("events").clone();
        let late = |e: &Value| e["year"].as_i64() >= Some(year);
        events.into_iter().filter(late).collect::<Vec<_>>()
    };
    let whole = told("base", 1916);
    assert!(whole.len() > 10);
    assert_eq!(whole, told("same", 0));
    // A branch of the branch, cut off from what it came from.
    simulate(&folder, &["same", "--branch", "3@1917", "--out", "again"]);
    std::fs::remove_dir_all(folder.0.join("base")).expect("removed");
    assert_eq!(told("again", 0), told("same", 1917));
    let text = said(&folder, &["replay", "again", "--run", "3", "--brief"]);
    assert!(text.contains("run 3 at the beginning of 1916"), "{text}");
    // With a change it goes another way, in the same luck.
    let args = ["same", "--branch", "3@1917", "--runs", "4", "--years", "6"];
    let change = ["--set", "parameters.dispute.constant=-1", "--out", "other"];
    simulate(&folder, &[&args[..], &change[..]].concat());
    assert!(told("other", 0).len() > told("again", 0).len());
    let manifest = std::fs::read_to_string(folder.0.join("other/manifest.txt")).expect("there");
    assert!(manifest.contains("branch: 3@1916, 3@1917"), "{manifest}");
    // A changed condition is refused.
    let saved = folder.0.join("other/branch.json");
    let text = std::fs::read_to_string(&saved).expect("saved");
    std::fs::write(&saved, &text[..text.len() / 2]).expect("cut");
    refused(
        &raison_in(&folder.0, &["replay", "other"]),
        &["R6027", "cannot be read"],
    );
}

/// Years in which a folder's runs hold a measure on networks.
fn measured(folder: &Folder, dir: &str) -> Vec<i32> {
    let part = folder.0.join(dir).join("runs/00000-states.parquet");
    let table = raison::record::read::read(&part, None)
        .expect("a table")
        .table;
    let central = table.get("centrality.trade").expect("a column");
    let year = table.get("year").expect("a column");
    let known = (0..table.rows()).filter(|row| central.number(*row).is_finite());
    let mut years: Vec<i32> = known.filter_map(|row| year.int(row)).collect();
    years.sort_unstable();
    years.dedup();
    years
}

#[test]
fn networks_are_measured_in_the_years_asked_for() {
    let folder = Folder::new();
    let with = |more: &[&str], out: &str| {
        let args = [WORLD, "--years", "8", "--runs", "2", "--out", out];
        simulate(&folder, &[&args[..], more].concat());
        let manifest = folder.0.join(out).join("manifest.txt");
        std::fs::read_to_string(manifest).expect("there")
    };
    assert!(with(&[], "usual").contains("networks: every:5\n"));
    assert_eq!(measured(&folder, "usual"), [1914, 1919, 1921]);
    assert!(with(&["--networks", "1918, 1916"], "two").contains("networks: 1916,1918\n"));
    assert_eq!(measured(&folder, "two"), [1916, 1918, 1921]);
    with(&["--networks", "last"], "last");
    assert_eq!(measured(&folder, "last"), [1921]);
    // A branch keeps what its folder has, unless it is asked for something else.
    simulate(&folder, &["two", "--branch", "1@1917", "--out", "kept"]);
    assert_eq!(measured(&folder, "kept"), [1918, 1921]);
    let other = ["--networks", "every:1", "--out", "all"];
    simulate(
        &folder,
        &[&["two", "--branch", "1@1917"], &other[..]].concat(),
    );
    assert_eq!(measured(&folder, "all"), [1917, 1918, 1919, 1920, 1921]);
    // The rest of the runs is measured alike, or not at all.
    let again = |when: &str| {
        let args = ["simulate", WORLD, "--years", "8", "--runs", "2", "--resume"];
        let more = ["--out", "two", "--networks", when];
        raison_in(&folder.0, &[&args[..], &more].concat())
    };
    assert!(again("1916,1918").status.success());
    refused(
        &again("last"),
        &["R6020", "networks: 1916,1918; now: networks: last"],
    );
    for (when, told) in [
        ("1999", "the runs go from 1914 to 1921"),
        ("every:0", "from 1 to 500"),
        ("often", "`every:N`, `last`, or years"),
    ] {
        let args = [
            "simulate",
            WORLD,
            "--years",
            "8",
            "--out",
            "x",
            "--networks",
            when,
        ];
        refused(&raison_in(&folder.0, &args), &[told]);
    }
}

#[test]
fn branches_that_cannot_be_are_refused_and_nothing_is_made() {
    let folder = base();
    for (at, more, words) in [
        ("3@1925", &[][..], &["R6026", "from 1914 to 1918"][..]),
        ("3@1919", &[], &["R6026", "--years N"]),
        ("12@1915", &[], &["R6024", "runs 0 to 11"]),
        ("3", &[], &["such as `3@2015`"]),
        ("3@1916", &["--seed", "2"], &["keeps the seed"]),
        (
            "3@1916",
            &["--set", "states.RUS.share=0.5"],
            &["R6028", "a condition of 1914"],
        ),
        ("3@1916", &["--exit", "RUS=1915-01-01"], &["R6028"]),
        (
            "3@1916",
            &["--swap", "RUS.doctrine=monro-1823"],
            &["`monroe-1823`"],
        ),
    ] {
        let mut args = vec!["simulate", "base", "--branch", at, "--out", "new"];
        args.extend(more);
        refused(&raison_in(&folder.0, &args), words);
        assert!(!folder.0.join("new").exists(), "{at} {more:?}");
    }
    refused(
        &raison_in(
            &folder.0,
            &["simulate", WORLD, "--branch", "3@1916", "--out", "new"],
        ),
        &["R6022"],
    );
}

#[test]
fn a_replay_tells_a_run_with_reasons_in_80_columns() {
    let folder = base();
    let text = said(&folder, &["replay", "base", "--run", "2"]);
    narrow(&text);
    assert!(text.contains("not a forecast"), "{text}");
    assert!(text.contains("the record's share is"), "{text}");
    assert!(text.contains("counts"), "{text}");
    let brief = said(&folder, &["replay", "base", "--run", "2", "--brief"]);
    assert!(brief.len() < text.len() / 2);
    let value = json(&folder, &["replay", "base", "--run", "2", "--state", "RUS"]);
    let events = value["events"].as_array().expect("events");
    assert!(!events.is_empty());
    for e in events {
        assert!(e["state"] == "RUS" || e["other"] == "RUS", "{e}");
        assert!(e["words"].as_str().is_some_and(|w| w.ends_with('.')), "{e}");
    }
    refused(
        &raison_in(&folder.0, &["replay", "base", "--run", "12"]),
        &["R6024"],
    );
    refused(
        &raison_in(&folder.0, &["replay", "base", "--state", "RUX"]),
        &["R6001", "did you mean `RUS`?"],
    );
}

#[test]
fn two_folders_are_compared_in_the_same_luck() {
    let folder = base();
    let args = [WORLD, "--years", "5", "--runs", "12", "--out", "other"];
    simulate(
        &folder,
        &[&args[..], &["--swap", "RUS.doctrine=monroe-1823"]].concat(),
    );
    let text = said(&folder, &["compare", "base", "other"]);
    narrow(&text);
    assert!(
        text.contains("RUS, 12 runs of the same number")
            && text.contains("\nLevels in 1918\n")
            && text.contains("\nCounts, summed over 1914 to 1918\n"),
        "the state that is swapped: {text}"
    );
    assert!(
        text.contains("so left out: dependence.technology,"),
        "what is not coded is named: {text}"
    );
    let value = json(&folder, &["compare", "base", "other"]);
    assert_eq!(value["state"], "RUS");
    let rows = value["rows"].as_array().expect("rows");
    let shares = |r: &&Value| r["measure"] == "system.poles" || r["measure"] == "share";
    assert_eq!(rows.iter().filter(shares).count(), 2);
    let taken = |name: &str| {
        let row = rows.iter().find(|r| r["measure"] == name);
        row.map(|r| (r["taken"].clone(), r["years"].clone()))
    };
    let sum = ("sum of the years".into(), serde_json::json!([1914, 1918]));
    assert_eq!(taken("system.deaths"), Some(sum));
    let last = ("at the end".into(), serde_json::json!([1918, 1918]));
    assert_eq!(taken("share"), Some(last));
    assert_eq!(
        (taken("dependence.technology"), &value["within_runs"]),
        (None, &true.into())
    );
    let same = json(&folder, &["compare", "base", "base"]);
    for row in same["rows"].as_array().expect("rows") {
        assert_eq!(row["difference"]["value"], 0.0, "{row}");
        assert_eq!(row["clear"], false, "{row}");
    }
    assert_eq!(same["intervals"]["moved_by_luck"], 0);
    let clear = rows.iter().filter(|r| r["clear"] == true).count();
    assert_eq!(value["intervals"]["clear"], clear);
    let stars = text.lines().filter(|l| l.contains("*  [")).count();
    assert_eq!(stars, clear, "{text}");
    assert!(text.contains("would be marked by chance"), "{text}");
    let plot = ["compare", "base", "other", "--measure", "depth", "--plot"];
    for more in [&["a.svg"][..], &["b.svg", "--difference"]] {
        said(&folder, &[&plot[..], more].concat());
        let svg = std::fs::read_to_string(folder.0.join(more[0])).expect("drawn");
        assert!(
            svg.starts_with("<svg") && svg.contains("depth of RUS"),
            "{svg}"
        );
        let lines = svg.matches("<polyline").count() + svg.matches("<path").count();
        assert!(lines <= 8, "a fan, not one line for each run: {lines}");
    }
    refused(
        &raison_in(
            &folder.0,
            &["compare", "base", "other", "--measure", "dept"],
        ),
        &["R6025", "`depth`"],
    );
    refused(
        &raison_in(&folder.0, &["compare", "base", "none"]),
        &["R6022"],
    );
    refused(
        &raison_in(&folder.0, &["compare", "base", "other", "--state", "XXX"]),
        &["no finished run of a state `XXX`"],
    );
    let later = ["cold-war-1962", "--years", "1", "--runs", "2", "--out"];
    simulate(&folder, &[&later[..], &["later"]].concat());
    refused(
        &raison_in(&folder.0, &["compare", "base", "later"]),
        &["R6029", "`base` holds 1914 to 1918, `later` holds 1962"],
    );
}

#[test]
fn what_has_no_luck_in_common_is_not_compared_within_runs() {
    let folder = base();
    simulate(&folder, &["base", "--branch", "3@1916", "--out", "same"]);
    let change = ["--set", "parameters.war.costs=0.4", "--out", "turn"];
    simulate(
        &folder,
        &[&["base", "--branch", "3@1916"][..], &change].concat(),
    );
    for both in [["base", "turn"], ["turn", "base"]] {
        refused(
            &raison_in(&folder.0, &[&["compare"][..], &both].concat()),
            &["R6050", "`raison simulate base --branch 3@1916 --out same`"],
        );
    }
    let text = said(&folder, &["compare", "same", "turn"]);
    assert!(text.contains("Differences within runs"), "{text}");
    let seed = [
        "--years", "5", "--runs", "6", "--seed", "2", "--out", "seed",
    ];
    simulate(&folder, &[&[WORLD][..], &seed].concat());
    let text = said(&folder, &["compare", "base", "seed"]);
    narrow(&text);
    assert!(
        text.contains("the seeds are 1 and 2") && !text.contains("within runs"),
        "{text}"
    );
    let value = json(&folder, &["compare", "base", "seed"]);
    assert_eq!(value["within_runs"], false);
    let plot = ["compare", "base", "seed", "--plot", "a.svg", "--difference"];
    refused(&raison_in(&folder.0, &plot), &["no luck in common"]);
    refused(
        &raison_in(
            &folder.0,
            &["compare", "base", "seed", "--measure", "share"],
        ),
        &["`--state CODE`"],
    );
}

#[test]
fn what_a_share_and_an_exit_do_is_told() {
    let folder = Folder::new();
    let args = [WORLD, "--years", "1", "--runs", "1", "--out", "x"];
    let told = simulate(
        &folder,
        &[&args[..], &["--set", "states.RUS.share=0.2"]].concat(),
    );
    assert!(told.contains("rescales those of all"), "{told}");
    let early = ["simulate", WORLD, "--exit", "USA=1913-12-31", "--out", "y"];
    refused(
        &raison_in(&folder.0, &early),
        &["USA=1913-12-31", "before the world begins in 1914"],
    );
}

#[test]
fn runs_are_heard_with_a_legend() {
    let folder = base();
    for (args, words) in [
        (&["--out", "a.wav"][..], "system.disputes of the system"),
        (&["--state", "RUS", "--out", "b.mid"], "share of RUS"),
        (
            &[
                "--column",
                "centrality.trade",
                "--state",
                "RUS",
                "--out",
                "c.wav",
            ],
            "centrality.trade",
        ),
    ] {
        said(&folder, &[&["listen", "base"][..], args].concat());
        let name = args[args.len() - 1];
        let bytes = std::fs::read(folder.0.join(name)).expect("a sound");
        assert!(bytes.starts_with(b"RIFF") || bytes.starts_with(b"MThd"));
        let legend = std::fs::read_to_string(folder.0.join(format!("{name}.txt"))).expect("words");
        let joined = legend.replace('\n', " ");
        assert!(joined.contains(words), "{legend}");
        narrow(&legend);
        assert!(
            joined.contains("Pitch: ") && joined.contains("from 1914 to 1918"),
            "{legend}"
        );
    }
    for (args, words) in [
        (&["--column", "shar", "--out", "x.wav"][..], "R6025"),
        (&["--state", "XXX", "--out", "x.wav"], "R6001"),
        (&["--run", "12", "--out", "x.wav"], "R6024"),
        (&["--out", "x.ogg"], "`.wav` or `.mid`"),
        (&["--seconds", "0", "--out", "x.wav"], "0.02 to 10"),
    ] {
        refused(
            &raison_in(&folder.0, &[&["listen", "base"][..], args].concat()),
            &[words],
        );
    }
}

#[test]
fn a_new_world_is_accepted_and_simulated() {
    let folder = Folder::new();
    let next = said(&folder, &["new", "world", "my-world"]);
    assert!(next.contains("raison simulate my-world.toml"), "{next}");
    let checked = said(&folder, &["check", "my-world.toml"]);
    assert!(checked.contains("no problems"), "{checked}");
    simulate(
        &folder,
        &[
            "my-world.toml",
            "--years",
            "3",
            "--runs",
            "4",
            "--out",
            "runs",
        ],
    );
    let story = said(&folder, &["replay", "runs"]);
    assert!(story.starts_with("My world, run 0\n"), "{story}");
    // A changed file is another world.
    let path = folder.0.join("my-world.toml");
    let text = std::fs::read_to_string(&path).expect("written");
    std::fs::write(
        &path,
        text.replace("share = 0.2 ", "share = 0.3 ")
            .replace("share = 0.2\n", "share = 0.3\n"),
    )
    .expect("changed");
    refused(&raison_in(&folder.0, &["replay", "runs"]), &["R6020"]);
}

#[test]
fn what_is_asked_wrongly_is_told_all_at_once() {
    let folder = Folder::new();
    let done = raison_in(
        &folder.0,
        &[
            "simulate",
            "world-2010",
            "--out",
            "x",
            "--set",
            "parameters.war.cost=1",
            "--set",
            "states.IRN.share=2",
            "--swap",
            "IRN.doc=monroe-1823",
            "--swap",
            "XXX.doctrine=monroe-1823",
            "--exit",
            "IRQ=soon",
        ],
    );
    refused(
        &done,
        &[
            "`parameters.war.costs`",
            "goes from 0 to 1",
            "`IRN.doc` cannot be swapped",
            "`XXX` is no state",
            "`soon` is no date",
            "5 errors",
        ],
    );
    assert!(!folder.0.join("x").exists());
    refused(
        &raison_in(&folder.0, &["simulate", "world-201", "--out", "x"]),
        &["`world-2010`"],
    );
    refused(
        &raison_in(&folder.0, &["simulate", "record", "--out", "x"]),
        &["record --from 1950"],
    );
}

#[test]
fn the_effect_of_a_doctrine_says_first_what_it_rests_on() {
    let folder = Folder::new();
    let args = [
        "study",
        "doctrine-effect",
        "--runs",
        "3",
        "--years",
        "3",
        "--exit",
        "2011-06-01",
    ];
    let text = said(&folder, &args);
    narrow(&text);
    assert!(text.starts_with("CLAIM: "), "{text}");
    let at = |word: &str| text.find(word).unwrap_or_else(|| panic!("{word}: {text}"));
    let order = [
        "CLAIM",
        "DATA",
        "ASSUMPTION",
        "UNOBSERVED",
        "HINDSIGHT",
        "Base",
        "Without pillar",
        "Leader leaves",
    ];
    assert!(order.windows(2).all(|w| at(w[0]) < at(w[1])), "{text}");
    let value = json(&folder, &args);
    let variants = value["variants"].as_array().expect("variants");
    let kinds = |k: &str| variants.iter().filter(|v| v["kind"] == k).count();
    assert_eq!((kinds("base"), kinds("doctrine"), kinds("exit")), (1, 3, 1));
    assert!(kinds("pillar") >= 3);
    assert!(text.contains("told in 2026"), "{text}");
    // Every doctrine that is compared has its claim, and the same is not compared twice.
    let joined = text.replace('\n', " ");
    assert_eq!(joined.matches("CLAIM: ").count(), 4, "{text}");
    assert!(
        joined.contains("have a source") && !joined.contains("NaN"),
        "{text}"
    );
    let swapped = [
        &[
            "study",
            "doctrine-effect",
            "--runs",
            "2",
            "--years",
            "1",
            "--no-pillars",
        ][..],
        &["--doctrine", "five-principles-1954", "--against"],
        &["iran-khamenei-1989,five-principles-1954"],
    ]
    .concat();
    let done = raison_in(&folder.0, &swapped);
    assert!(err(&done).contains("is the base itself"), "{}", err(&done));
    assert!(
        value["standing"][0]
            .as_str()
            .is_some_and(|s| s.starts_with("CLAIM"))
    );
    refused(
        &raison_in(&folder.0, &["study", "doctrine-effect", "--state", "IRX"]),
        &["R6001", "`IRN`"],
    );
}

#[test]
fn the_effect_in_an_invented_world_does_not_boast_of_the_record() {
    let folder = Folder::new();
    said(&folder, &["new", "world", "mine"]);
    let args = [
        &[
            "study",
            "doctrine-effect",
            "--world",
            "mine.toml",
            "--state",
            "AAA",
        ][..],
        &["--doctrine", "monroe-1823", "--against", "ostpolitik-1969"],
        &["--runs", "2", "--years", "2", "--no-pillars"],
    ]
    .concat();
    let text = said(&folder, &args);
    let joined = text.replace('\n', " ");
    assert!(
        joined.contains("invented as far as the file says"),
        "{text}"
    );
    assert!(
        joined.contains("Not coded in this world, so left out:"),
        "{text}"
    );
    assert!(!text.contains("NaN"), "{text}");
    let value = json(&folder, &args);
    assert!(value["not_coded"].as_array().is_some_and(|m| !m.is_empty()));
}

#[test]
fn damaged_blocks_are_simulated_again() {
    let folder = base();
    let at = folder.0.join("base");
    let before = files(&at);
    let path = at.join("runs/00000-states.parquet");
    let bytes = std::fs::read(&path).expect("a block");
    let resume = [
        "simulate", WORLD, "--years", "5", "--runs", "12", "--out", "base", "--resume",
    ];
    std::fs::write(&path, &bytes[..bytes.len() / 2]).expect("cut");
    refused(
        &raison_in(&folder.0, &["compare", "base", "base"]),
        &["not a whole Parquet file", "`--resume`"],
    );
    let done = raison_in(&folder.0, &resume);
    assert!(
        done.status.success() && err(&done).contains("1 block of runs were damaged"),
        "{}",
        err(&done)
    );
    assert!(files(&at) == before, "the same bytes");
    // Whole, but with the rows of another block.
    std::fs::copy(
        at.join("runs/00001-system.parquet"),
        at.join("runs/00000-system.parquet"),
    )
    .expect("copied");
    let done = raison_in(&folder.0, &resume);
    assert!(err(&done).contains("damaged"), "{}", err(&done));
    assert!(files(&at) == before, "the same bytes");
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_made() {
    let folder = Folder::new();
    std::fs::write(folder.0.join("file"), "x").expect("written");
    for (args, words) in [
        (
            &[WORLD, "--out", "file"][..],
            &["R6021", "`file` is a file"][..],
        ),
        (&[WORLD, "--out", "file/runs"], &["R6021", "cannot be made"]),
        (
            &[
                WORLD,
                "--out",
                "x",
                "--swap",
                "RUS.doctrine=monroe-1823",
                "--swap",
                "RUS.doctrine=ostpolitik-1969",
            ],
            &["`--swap RUS.doctrine` is given twice"],
        ),
        (
            &["record:1950-1940", "--out", "x"],
            &["ends before it begins", "`record:1940-1950`"],
        ),
    ] {
        refused(
            &raison_in(&folder.0, &[&["simulate"][..], args].concat()),
            words,
        );
    }
    assert!(!folder.0.join("x").exists());
}

#[test]
fn a_replay_says_what_was_changed_and_whose_words_a_doctrine_has() {
    let folder = Folder::new();
    let told = simulate(
        &folder,
        &[
            "world-2010",
            "--years",
            "4",
            "--runs",
            "1",
            "--out",
            "runs",
            "--swap",
            "IRN.doctrine=five-principles-1954",
            "--set",
            "parameters.war.costs=0.3",
            "--exit",
            "IRN=2012-06-01",
        ],
    );
    assert!(
        !told.contains("leaves office in IRN"),
        "no leader is put in: {told}"
    );
    let text = said(&folder, &["replay", "runs", "--state", "IRN"]);
    narrow(&text);
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "Put in: IRN.doctrine = five-principles-1954.",
        "Set: parameters.war.costs = 0.3.",
        "Leaves at a date of yours: IRN = 2012-06-01.",
        "(in the words of IND's doctrine)",
    ] {
        assert!(joined.contains(words), "{words}: {text}");
    }
}

#[test]
fn events_say_what_was_done_in_words_that_are_explained() {
    let folder = base();
    let events = json(&folder, &["replay", "base", "--run", "1"])["events"].clone();
    let page = said(&folder, &["explain", "events"]);
    let events = events.as_array().expect("events");
    for e in events {
        let kind = e["kind"].as_str().expect("a kind");
        assert!(page.contains(kind), "{kind}: {page}");
        if ["act", "dispute", "strategy"].contains(&kind) {
            let what = e["what"].as_str().unwrap_or_else(|| panic!("{e}"));
            said(&folder, &["explain", what]);
        }
    }
    let strategies = events.iter().filter(|e| e["kind"] == "strategy");
    let bare = strategies.filter(|e| e["reasons"].to_string().contains("names no leader"));
    assert!(bare.count() > 0, "states without a named leader choose too");
}

#[test]
fn columns_and_terms_are_explained() {
    let folder = Folder::new();
    for (topic, words) in [
        ("dependence.payments", "Farrell & Newman 2019"),
        ("system.poles", "1 / sum of s^2"),
        ("strategic depth", "The column `depth`"),
        ("columns", "`system.deaths`"),
        ("world-parameters", "`war.costs` = "),
    ] {
        let text = said(&folder, &["explain", topic]);
        assert!(text.contains(words), "{topic}: {text}");
    }
    // The exact name of a column goes before another name of a term.
    let text = said(&folder, &["explain", "openness"]);
    assert!(text.starts_with("openness: Trade over GDP"), "{text}");
    assert!(text.contains("The term `channel`"), "{text}");
}

#[test]
fn the_ties_of_the_start_are_counted_by_how_they_are_known() {
    let folder = Folder::new();
    let told = simulate(
        &folder,
        &[WORLD, "--years", "1", "--runs", "1", "--out", "one"],
    );
    narrow(&told);
    // 169 flows of the record among 25 states; the other pairs trade by gravity.
    let row = |text: &str, layer: &str| {
        let line = text.lines().find(|l| l.starts_with(layer));
        let cells = line.unwrap_or_default().split_whitespace().skip(1);
        cells
            .map(|c| c.parse().expect("a number"))
            .collect::<Vec<u32>>()
    };
    assert!(told.starts_with("ties of the start   recorded    stated  estimated\n"));
    assert_eq!(row(&told, "trade"), [169, 0, 131]);
    assert_eq!(row(&told, "alliance"), [18, 0, 0]);
    let library = concat!(env!("CARGO_MANIFEST_DIR"), "/../../library/worlds");
    let file = format!("{library}/great-powers-1914.toml");
    let checked = said(&folder, &["check", &file]);
    narrow(&checked);
    assert!(checked.contains("ties of great-powers-1914"), "{checked}");
    assert_eq!(row(&checked, "trade"), [169, 0, 131]);
    let document = json(&folder, &["check", &file]);
    let trade = &document["files"][0]["ties"][1];
    assert_eq!(
        (trade["layer"].as_str(), trade["recorded"].as_u64()),
        (Some("trade"), Some(169))
    );
    assert_eq!(trade["estimated"], 131);
}
