//! Runs on disk: the same bytes on any number of threads, nothing lost, nothing overwritten.

mod common;

use raison_world::output::{Folder, digest};
use raison_world::{Cabinet, Networks, Origin, Questions, Simulation, System};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut out: Vec<_> = std::fs::read_dir(folder.join("runs"))
        .expect("a folder")
        .flatten()
        .map(|e| {
            (
                e.file_name().to_string_lossy().into_owned(),
                std::fs::read(e.path()).expect("a file"),
            )
        })
        .collect();
    let ties = std::fs::read(folder.join("ties.parquet")).expect("the ties of the start");
    out.push(("ties.parquet".to_owned(), ties));
    out.sort();
    out
}

#[test]
fn the_same_bytes_on_any_number_of_threads_and_after_an_interruption() {
    let system = System::new(common::library("cold-war-1962"));
    let questions = Questions::new(&system);
    let lens = common::lens("composite");
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: 11,
        years: 5,
        networks: Networks::default(),
    };
    let temp = tempfile::tempdir().expect("a folder");
    let manifest = format!("digest: {:016x}\n", digest(&system));
    let go = AtomicBool::new(false);
    let mut all = Vec::new();
    for threads in [1usize, 4] {
        let path = temp.path().join(format!("t{threads}"));
        let folder = Folder::prepare(&path, &manifest, false).expect("new");
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool");
        let ended = pool
            .install(|| folder.fill(&sim, 45, "works", &go, &|_, _| {}))
            .expect("done");
        assert_eq!((ended.before, ended.written, ended.left), (0, 5, 0));
        all.push(bytes(&path));
    }
    assert_eq!(all[0].len(), 16);
    assert!(all[0] == all[1]);
    // Interrupted after two blocks, then resumed.
    let path = temp.path().join("cut");
    let folder = Folder::prepare(&path, &manifest, false).expect("new");
    let (stop, blocks) = (AtomicBool::new(false), AtomicUsize::new(0));
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a pool");
    let ended = pool
        .install(|| {
            folder.fill(&sim, 45, "works", &stop, &|_, _| {
                if blocks.fetch_add(1, Ordering::Relaxed) == 1 {
                    stop.store(true, Ordering::Relaxed);
                }
            })
        })
        .expect("stopped");
    assert_eq!((ended.written, ended.left), (2, 3));
    let folder = Folder::prepare(&path, &manifest, true).expect("resumed");
    let ended = folder
        .fill(&sim, 45, "works", &go, &|_, _| {})
        .expect("done");
    assert_eq!((ended.before, ended.written), (2, 3));
    assert!(bytes(&path) == all[0]);
    // Ties that were lost are written again, others are told of and left alone.
    std::fs::remove_file(folder.ties()).expect("removed");
    let again = || folder.fill(&sim, 45, "works", &go, &|_, _| {});
    again().expect("written again");
    assert!(bytes(&path) == all[0]);
    std::fs::write(folder.ties(), "other").expect("changed");
    let refused = again().expect_err("other ties");
    assert_eq!(refused.problems()[0].code.0, "R6020");
    assert_eq!(std::fs::read(folder.ties()).expect("there"), b"other");
}

#[test]
fn every_tie_of_the_start_says_how_it_is_known() {
    let system = System::new(common::library("world-2010"));
    let table = raison_world::ties::table(&system);
    let text = |name: &str, row: usize| {
        let column = table.get(name).expect("a column");
        column.text(row).unwrap_or("").to_owned()
    };
    let number = |name: &str, row: usize| table.get(name).expect("a column").number(row);
    let n = system.n;
    let mut trade = 0;
    for row in 0..table.rows() {
        let mark = text("mark", row);
        assert!(["recorded", "stated", "estimated"].contains(&mark.as_str()));
        assert!(number("weight", row) > 0.0 && number("distance", row) >= 50.0);
        if text("layer", row) == "trade" {
            trade += 1;
        }
        assert_eq!(mark == "estimated", text("source", row) == "gravity");
    }
    // Every pair trades, recorded or by gravity.
    assert_eq!(trade, n * (n - 1) / 2);
    // The flow of gravity by its own formula, at central values.
    let row = (0..table.rows()).find(|r| text("source", *r) == "gravity");
    let row = row.expect("an estimated flow");
    let of = |name: &str| system.world.state(&text(name, row)).expect("a state");
    let (i, j) = (of("from"), of("to"));
    let inputs = &system.world.inputs;
    let parameter = |name: &str| {
        let num = inputs.find(&format!("parameters.trade.{name}"));
        inputs.get(num.expect("a parameter")).amount.central()
    };
    let gdp = |k: usize| 1000.0 * inputs.get(system.world.states[k].gdp).amount.central();
    let log = parameter("constant")
        + parameter("gdp") * (gdp(i) * gdp(j)).ln()
        + parameter("distance") * system.km(i, j).ln()
        + parameter("border") * f64::from(u8::from(system.land[i * n + j]));
    assert!((number("weight", row) / log.exp() - 1.0).abs() < 1e-4);
    let counts = raison_world::ties::counts(&system);
    let all: usize = counts.iter().map(|c| c.marks.iter().sum::<usize>()).sum();
    assert_eq!(all, table.rows());
}

#[test]
fn a_changed_world_and_a_used_folder_are_refused_and_nothing_is_touched() {
    let temp = tempfile::tempdir().expect("a folder");
    let path = temp.path().join("runs-of-one");
    Folder::prepare(&path, "world: a\nseed: 1\n", false).expect("new");
    let code =
        |r: Result<Folder, raison_record::Refusal>| r.expect_err("refused").problems()[0].code.0;
    assert_eq!(
        code(Folder::prepare(&path, "world: a\nseed: 2\n", true)),
        "R6020"
    );
    assert_eq!(
        code(Folder::prepare(&path, "world: a\nseed: 1\n", false)),
        "R6021"
    );
    let other = temp.path().join("letters");
    std::fs::create_dir(&other).expect("a folder");
    std::fs::write(other.join("dear.txt"), "x").expect("a file");
    assert_eq!(code(Folder::prepare(&other, "world: a\n", true)), "R6021");
    assert!(Folder::open(&other).is_err());
    assert_eq!(
        std::fs::read_to_string(path.join("manifest.txt")).expect("there"),
        "world: a\nseed: 1\n"
    );
}

#[test]
fn a_run_that_fails_is_a_row_and_not_the_end() {
    let system = System::new(common::library("great-powers-1914"));
    let questions = Questions::new(&system);
    let lens = common::lens("composite");
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: 11,
        years: 3,
        networks: Networks::Last,
    };
    // A condition that no reader would let through: a state without a place in the lists.
    let mut broken = Origin::new(&system, 0, sim.at(0, 1915, None));
    broken.snapshot.share.clear();
    let temp = tempfile::tempdir().expect("a folder");
    let folder = Folder::prepare(&temp.path().join("runs"), "world: x\n", false).expect("new");
    let ended = folder
        .fill_from(
            &sim,
            Some(&broken),
            3,
            "works",
            &AtomicBool::new(false),
            &|_, _| {},
        )
        .expect("no abort");
    assert_eq!(
        ended.failed.iter().map(|f| f.run).collect::<Vec<_>>(),
        [0, 1, 2]
    );
    assert!(ended.failed.iter().all(|f| !f.why.is_empty()));
    let part = &folder.parts("states")[0];
    let table = raison_record::read::read(part, None).expect("read").table;
    assert_eq!(table.rows(), 3);
    for row in 0..3 {
        let int = |name: &str| table.get(name).and_then(|c| c.int(row));
        assert_eq!((int("failed"), int("year")), (Some(1), Some(1915)));
        assert!(table.get("share").is_some_and(|c| c.number(row).is_nan()));
    }
}
