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
    assert_eq!(all[0].len(), 15);
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
