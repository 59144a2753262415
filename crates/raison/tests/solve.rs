//! Solvers on files: worked examples of the docs, refusals, the same answer on any number
//! of threads.

use raison::core::Diagnostic;
use raison::solve::{Request, bargaining, conflict, game};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file in a folder of its own that goes with the value.
struct Temp(PathBuf);

impl Temp {
    fn new(name: &str, text: &str) -> Self {
        let unique = format!(
            "raison-solve-{}-{:?}",
            std::process::id(),
            std::thread::current().id()
        );
        let folder = std::env::temp_dir().join(unique);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), text).unwrap();
        Temp(folder.join(name))
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
        let _ = self.0.parent().map(std::fs::remove_dir);
    }
}

fn request<'a>(model: &'a str, set: &'a [String]) -> Request<'a> {
    Request {
        model,
        rounds: 3,
        draws: None,
        seed: 1,
        set,
    }
}

fn solve(table: &str, model: &str, set: &[&str]) -> Result<Value, Vec<Diagnostic>> {
    let file = Temp::new("table.csv", table);
    let set: Vec<String> = set.iter().map(|s| (*s).to_owned()).collect();
    match bargaining(&file.0, &request(model, &set)) {
        Ok(solved) => Ok(solved.document),
        Err(unsolved) => Err(unsolved.problems),
    }
}

fn forecast(table: &str, model: &str, set: &[&str]) -> f64 {
    solve(table, model, set).unwrap()["forecast"]["value"]
        .as_f64()
        .unwrap()
}

fn near(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-9, "{a} against {b}");
}

#[test]
fn worked_examples_of_the_docs() {
    let two = "Actor,Capability,Position,Salience\nA,3,0,1\nB,1,10,1\n";
    near(forecast(two, "compromise", &[]), 2.5);
    near(forecast(two, "median", &[]), 0.0);
    near(forecast(two, "compromise", &["weights=equal"]), 5.0);
    let two = "Actor,Capability,Position,Salience\nA,2,0,1\nB,1,1,1\n";
    near(forecast(two, "nash", &[]), 1.0 / 3.0);
    let two = "Actor,Capability,Position,Salience\nA,1,2,1\nB,1,6,1\n";
    near(
        forecast(two, "kalai-smorodinsky", &["reference=0"]),
        8.0 / 3.0,
    );
    let four =
        "Actor,Capability,Position,Salience,Votes\nA,9,2,1,1\nB,1,4,1,1\nC,1,5,1,1\nD,1,9,1,1\n";
    near(
        forecast(four, "procedural", &["agenda=A", "reference=10"]),
        2.0,
    );
    near(
        forecast(four, "procedural", &["agenda=A", "reference=10", "quota=1"]),
        8.0,
    );
    let title = "A title,two actors,2,2\nActor,Description,Power,Pos1,Sal1,Pos2,Sal2\n\
                 A,first,1,0,80,0,20\nB,second,1,1,20,1,80\n";
    let found = solve(title, "exchange", &[]).unwrap();
    near(
        found["issues"][0]["forecast"]["value"].as_f64().unwrap(),
        0.0,
    );
    near(found["deals"][0]["gain"].as_f64().unwrap(), 0.12);
    assert_eq!(found["issues"][1]["issue"], "issue 2");
}

#[test]
fn emission_standards_by_file() {
    let Some(file) = shared("data/group_decision/ExampleActors.csv") else {
        return;
    };
    let set = ["preset=scholz2011".to_owned(), "matrices=yes".to_owned()];
    let answer = bargaining(&file, &request("challenge", &set))
        .ok()
        .unwrap()
        .document;
    let rounds = answer["rounds"].as_array().unwrap();
    assert_eq!(rounds.len(), 4);
    assert!(rounds[0]["risk"].is_null());
    near(rounds[1]["median"].as_f64().unwrap(), 8.415932315426764);
    near(rounds[1]["risk"][0].as_f64().unwrap(), 1.4056527842180304);
    near(
        rounds[1]["matrices"]["all_votes"].as_f64().unwrap(),
        28.333460341639505,
    );
    near(
        answer["weighted_mean"]["value"].as_f64().unwrap(),
        7.389955686853767,
    );
}

fn shared(path: &str) -> Option<PathBuf> {
    let places = ["../shared", "../../shared"].map(|p| repository().join(p));
    let named = std::env::var_os("RAISON_SHARED").map(PathBuf::from);
    let found = places
        .into_iter()
        .chain(named)
        .map(|p| p.join(path))
        .find(|p| p.exists());
    if found.is_none() {
        eprintln!("SKIPPED: shared file {path} is missing (set RAISON_SHARED)");
    }
    found
}

#[test]
fn the_same_answer_on_any_number_of_threads() {
    let table =
        "Actor,Capability,Position,Salience\nA,1..3,0,0.2..0.5..0.9\nB,2,4..6,0.5\nC,1,9..10,0.7\n";
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| solve(table, "challenge", &[]).unwrap().to_string())
    };
    let one = run(1);
    assert!(one.contains("interval"));
    assert_eq!(one, run(2));
    assert_eq!(one, run(5));
}

#[test]
fn intervals_cover_what_they_should() {
    let table = "Actor,Capability,Position,Salience\nA,1,0..10,1\nB,0,20,1\n";
    let set = Vec::new();
    let file = Temp::new("table.csv", table);
    let ask = Request {
        draws: Some(20_000),
        ..request("compromise", &set)
    };
    let found = bargaining(&file.0, &ask).ok().unwrap().document;
    let end = |k: usize| found["forecast"]["interval"][k].as_f64().unwrap();
    assert!(
        (end(0) - 0.25).abs() < 0.05 && (end(1) - 9.75).abs() < 0.05,
        "{found}"
    );
    let mean = found["forecast"]["mean"].as_f64().unwrap();
    assert!((mean - 5.0).abs() < 0.1);
}

#[test]
fn unknown_names_get_the_nearest() {
    let two = "Actor,Capability,Position,Salience\nA,2,0,1\nB,1,1,1\n";
    let help = |model: &str, set: &[&str]| {
        let problems = solve(two, model, set).unwrap_err();
        (problems[0].code.0, problems[0].helps.join(" "))
    };
    assert!(help("chalenge", &[]).1.contains("`challenge`"));
    assert!(help("challenge", &["presett=paper"]).1.contains("`preset`"));
    assert!(help("challenge", &["preset=papr"]).1.contains("`paper`"));
    assert_eq!(help("challenge", &["Q=2"]).0, "R2061");
    assert_eq!(help("challenge", &["Q"]).0, "R2061");
    assert_eq!(help("procedural", &["agenda=Z", "reference=1"]).0, "R2061");
    let refused = game(Path::new("template:chickn"), None, &[])
        .err()
        .unwrap()
        .problems;
    assert!(refused[0].helps.join(" ").contains("`chicken`"));
}

#[test]
fn games_by_template() {
    let solved = game(Path::new("template:deterrence"), None, &[])
        .ok()
        .unwrap()
        .document;
    assert_eq!(
        solved["equilibria"][0]["profile"][0],
        serde_json::json!([1.0, 0.0, 0.0, 1.0])
    );
    let set = ["lambda=5".to_owned()];
    let solved = game(Path::new("template:deterrence"), Some("qre"), &set)
        .ok()
        .unwrap()
        .document;
    near(
        solved["equilibria"][0]["behaviour"][0][1].as_f64().unwrap(),
        0.250_810_612_5,
    );
    assert!(game(Path::new("template:chicken"), Some("qre"), &[]).is_err());
    assert!(game(Path::new("template:chicken"), Some("subgame"), &[]).is_err());
    assert!(game(Path::new("no such file.nfg"), None, &[]).is_err());
}

#[test]
fn conflicts_by_file() {
    let page = std::fs::read_to_string(repository().join("docs/solve/conflict.md")).unwrap();
    let start = page.find("```toml\n").unwrap() + 8;
    let model = page[start..].split("```").next().unwrap();
    let file = Temp::new("cuba.toml", model);
    let solved = conflict(&file.0).ok().unwrap().document;
    assert_eq!(solved["state_count"], 12);
    assert_eq!(solved["status_quo"], "NNNN");
    assert!(!solved["stories"].as_array().unwrap().is_empty());
}

/// The library's own model of the Cuban crisis has the stable states of the reference
/// solution (an open program for the graph model, on the file that circulates with it).
#[test]
fn the_cuban_conflict_of_the_library() {
    let path = repository().join("library/cases/cuban-missile-crisis/conflict.toml");
    let solved = conflict(&path).ok().unwrap().document;
    let text = solved.to_string();
    assert_eq!(solved["state_count"], 12, "{text}");
    let equilibria = |concept: &str| -> Vec<String> {
        let found = solved["stability"]
            .as_array()
            .unwrap()
            .iter()
            .find(|c| c["concept"] == concept);
        let states = found.and_then(|c| c["equilibria"]["states"].as_array());
        let name = |v: &serde_json::Value| {
            v.as_str()
                .unwrap_or("")
                .split(' ')
                .next()
                .unwrap_or("")
                .to_owned()
        };
        states.into_iter().flatten().map(name).collect()
    };
    assert_eq!(equilibria("Nash"), ["s6"], "{text}");
    assert_eq!(equilibria("SEQ"), ["s5", "s6", "s7"], "{text}");
    assert_eq!(
        equilibria("GMR"),
        ["s1", "s2", "s3", "s5", "s6", "s7", "s8"],
        "{text}"
    );
    assert_eq!(equilibria("GMR"), equilibria("SMR"));
}
