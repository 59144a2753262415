//! Bad input of every kind ends in a clear message and exit code 2, never a panic.

mod support;

use std::fs::File;
use std::io::Read;
use std::process::{Command, Stdio};
use support::{Folder, err, out, raison, raison_in, refused, root};

const QUICK: [&str; 4] = ["--lens", "rational", "--draws", "0"];

fn analyze(more: &[&str]) -> std::process::Output {
    let mut args = vec!["analyze", "munich-1938"];
    args.extend(QUICK);
    args.extend(more);
    raison(&args)
}

#[test]
fn a_file_of_100_mb_is_not_read() {
    let folder = Folder::new();
    let path = folder.write("big.toml", "kind = \"case\"\n");
    let file = File::options().write(true).open(&path).expect("the file");
    file.set_len(100 << 20).expect("a sparse file");
    refused(
        &raison_in(&folder.0, &["check", "big.toml"]),
        &["R0003", "too large"],
    );
    refused(&raison_in(&folder.0, &["analyze", "big.toml"]), &["R0003"]);
    folder.write("case/case.toml", case("players = \"players.csv\"\n", ""));
    std::fs::rename(&path, folder.0.join("case/players.csv")).expect("moved");
    refused(
        &raison_in(&folder.0, &["check", "case"]),
        &["R0003", "players.csv"],
    );
}

fn case(top: &str, more: &str) -> String {
    format!(
        r#"kind = "case"
title = "An example"
question = "What is done?"
decided = 2000-01-31
information_until = 2000-01-31
judgement = "an example"
{top}
[decider]
state = "AAA"

[[alternatives]]
id = "wait"
title = "Wait"
conflict = 0

[[alternatives]]
id = "act"
title = "Act"
conflict = -2
{more}"#
    )
}

#[test]
fn ten_thousand_nested_brackets_are_refused() {
    let folder = Folder::new();
    for (open, close) in [("[", "]"), ("{a=", "}")] {
        let deep = format!("x = {}1{}\n", open.repeat(10_000), close.repeat(10_000));
        folder.write("deep.toml", deep);
        refused(&raison_in(&folder.0, &["check", "deep.toml"]), &["R0008"]);
    }
    let dotted = vec!["a"; 10_000].join(".");
    folder.write("deep.toml", format!("{dotted} = 1\n"));
    refused(
        &raison_in(&folder.0, &["check", "deep.toml"]),
        &["R0008", "a key is nested more than 64 deep"],
    );
    let brackets = "(".repeat(10_000) + "true" + &")".repeat(10_000);
    folder.write("deep.toml", doctrine(&brackets));
    refused(
        &raison_in(&folder.0, &["check", "deep.toml"]),
        &["error[R04"],
    );
}

fn doctrine(when: &str) -> String {
    format!(
        r#"kind = "doctrine"
title = "An example"
state = "AAA"
holder = "nobody"
judgement = "an example"

[[principle]]
id = "bar"
kind = "bar"
words = "We do not."
strength = "tactical"
when = '''{when}'''
standing = "claim"
"#
    )
}

#[test]
fn a_predicate_that_costs_too_much_is_refused() {
    let folder = Folder::new();
    let long = vec!["situation.surprise > 0.5"; 20_000].join(" && ");
    folder.write("long.toml", doctrine(&long));
    refused(
        &raison_in(&folder.0, &["check", "long.toml"]),
        &["error[R04"],
    );
}

#[test]
fn what_is_no_case_is_said_to_be_none() {
    let folder = Folder::new();
    folder.write("empty/readme.txt", "nothing");
    refused(
        &raison_in(&folder.0, &["analyze", "./empty"]),
        &["neither a case nor a library"],
    );
    refused(
        &raison_in(&folder.0, &["analyze", "empty"]),
        &["neither a case nor a library"],
    );
    refused(
        &raison_in(&folder.0, &["analyze", "nothing-here"]),
        &["no case `nothing-here`"],
    );
    refused(
        &raison_in(&folder.0, &["check", "nothing-here"]),
        &["there is no file or folder"],
    );
    folder.write("doctrine.toml", doctrine("true"));
    refused(
        &raison_in(&folder.0, &["analyze", "doctrine.toml"]),
        &["is a doctrine, not a case", "--doctrine doctrine.toml"],
    );
    refused(
        &raison(&["analyze", "icb:196:USA", "--store", "nowhere"]),
        &["is not in the store"],
    );
    refused(
        &raison(&["analyze", "library"]),
        &["is a library, not a case"],
    );
    folder.write("empty.toml", "");
    refused(
        &raison_in(&folder.0, &["analyze", "empty.toml"]),
        &["R0001"],
    );
    folder.write("bytes.toml", [b'a', 0xff, 0]);
    refused(
        &raison_in(&folder.0, &["analyze", "bytes.toml"]),
        &["R0002"],
    );
}

#[test]
fn everything_that_was_mistyped_is_said_at_once() {
    let wrong = [
        "analyze",
        "cuban-misile-crisis",
        "--lens",
        "ratoinal,bureaucratc",
        "--leader",
        "john-kenedy-1961",
        "--doctrine",
        "munroe-1823",
        "--rival",
        "nowhere.toml",
    ];
    refused(
        &raison(&wrong),
        &[
            "`cuban-missile-crisis`?",
            "`rational`?",
            "`bureaucratic`?",
            "`john-kennedy-1961`?",
            "`monroe-1823`?",
            "nowhere.toml",
            "6 errors",
        ],
    );
    let paths = [
        "--set",
        "situation.surprize=0.5",
        "--set",
        "situation.surprise=7",
    ];
    refused(
        &analyze(&paths),
        &["`situation.surprise`?", "cannot be 7", "2 errors"],
    );
    for value in ["nan", "inf", "[0.6,0.3]", "[1,2,3,4]", "", "0.5.5", "1e999"] {
        refused(
            &analyze(&["--set", &format!("situation.surprise={value}")]),
            &["error"],
        );
    }
    refused(&analyze(&["--set", "situation.surprise"]), &["PATH=VALUE"]);
    for draws in ["1000000000", "-1", "many"] {
        refused(
            &raison(&["analyze", "munich-1938", "--draws", draws]),
            &["draws are a whole number from 0"],
        );
    }
    refused(&analyze(&["--seed", "x"]), &["a seed is a whole number"]);
    let set = |value: &str| analyze(&["--set", &format!("situation.surprise={value}")]);
    refused(&set("[0.6,0.3]"), &["the low end stands first"]);
    refused(&set("1e308"), &["cannot be 1e308: it goes from 0 to 1"]);
    refused(&set("[1,2,3,4]"), &["has 4 parts"]);
    refused(&set("1e999"), &["too large"]);
    refused(&set(""), &["no value for"]);
    refused(
        &analyze(&["--doctrine", "john-kennedy-1961"]),
        &["is a leader: write `--leader john-kennedy-1961`"],
    );
    refused(
        &analyze(&["--leader", "truman-1947"]),
        &["is a doctrine: write `--doctrine truman-1947`"],
    );
    refused(&analyze(&["--threads", "0"]), &["threads"]);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    for args in [
        &["list", "leaders"][..],
        &["explain"],
        &["analyze", "munich-1938", "--draws", "0"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_raison"))
            .args(args)
            .current_dir(root())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs");
        drop(child.stdout.take());
        let mut said = String::new();
        let mut stderr = child.stderr.take().expect("piped");
        stderr.read_to_string(&mut said).expect("UTF-8");
        assert!(!said.contains("panicked"), "{said}");
        assert_eq!(child.wait().expect("it ends").code(), Some(0), "{said}");
    }
}

#[test]
fn results_are_written_whole_or_not_at_all() {
    let folder = Folder::new();
    let target = folder.0.join("out.json");
    let path = target.to_string_lossy().into_owned();
    let done = analyze(&["--format", "json", "--out", &path]);
    assert!(done.status.success(), "{}", err(&done));
    assert!(out(&done).is_empty());
    let text = std::fs::read_to_string(&target).expect("written");
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(value["schema"], "raison.analysis/1");
    assert_eq!(
        std::fs::read_dir(&folder.0).expect("a folder").count(),
        1,
        "no part is left"
    );

    let below = format!("{path}/below.json");
    refused(&analyze(&["--out", &below]), &["cannot be written"]);
    let nowhere = folder.0.join("no/such/out.json");
    refused(
        &analyze(&["--out", &nowhere.to_string_lossy()]),
        &["no such folder"],
    );
    refused(
        &analyze(&["--out", &folder.0.to_string_lossy()]),
        &["folder"],
    );
    assert_eq!(std::fs::read_to_string(&target).expect("kept"), text);
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_and_a_device_are_left_as_they_are() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt};
    assert!(analyze(&["--out", "/dev/null"]).status.success());
    let null = std::fs::metadata("/dev/null").expect("there");
    assert!(null.file_type().is_char_device(), "the device is still one");

    let folder = Folder::new();
    let mode = |m| std::fs::set_permissions(&folder.0, std::fs::Permissions::from_mode(m));
    mode(0o555).expect("set");
    if std::fs::write(folder.0.join("probe"), "x").is_ok() {
        println!("SKIPPED: this user may write everywhere");
    } else {
        let out = folder.0.join("out.json");
        refused(
            &analyze(&["--out", &out.to_string_lossy()]),
            &["may not be written"],
        );
    }
    mode(0o755).expect("set");
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads() {
    let run = |threads: &str| {
        let done = raison(&[
            "analyze",
            "munich-1938",
            "--draws",
            "700",
            "--format",
            "json",
            "--threads",
            threads,
        ]);
        assert!(done.status.success(), "{}", err(&done));
        out(&done)
    };
    let one = run("1");
    assert_eq!(one, run("2"));
    assert_eq!(one, run("7"));
}

#[test]
fn no_escape_codes_leave_where_there_is_no_terminal() {
    for args in [
        &["list"][..],
        &["explain", "rational"],
        &["check", "tests/suite/bad/numbers.toml"],
    ] {
        assert!(!out(&raison(args)).contains('\x1b'));
    }
}
