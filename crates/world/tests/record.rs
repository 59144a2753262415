//! Worlds of the record: shared institutions, read by hand from the table, and how they
//! move.

mod common;

use raison_core::Uncertain;
use raison_core::world::{Layer, Mark, World};
use raison_record::{Store, add};
use raison_world::measures::columns::STATE;
use raison_world::record_world::world_until;
use raison_world::{Cabinet, EventKind, Questions, Run, Simulation, System};
use std::path::PathBuf;
use std::sync::OnceLock;

const FILES: [&str; 13] = [
    "isard/cw_democracy.csv",
    "isard/cw_gdppop.csv",
    "peacesciencer/atop_alliance.csv.gz",
    "peacesciencer/cow_capitals.csv",
    "peacesciencer/cow_contdir.csv",
    "peacesciencer/cow_igo_ndy.csv.gz",
    "peacesciencer/cow_igo_sy.csv",
    "peacesciencer/cow_majors.csv",
    "peacesciencer/cow_nmc.csv",
    "peacesciencer/cow_states.csv",
    "peacesciencer/cow_trade_ndy.csv.gz",
    "peacesciencer/cow_war_inter.csv",
    "peacesciencer/gml_mid_ddydisps.csv",
];

fn shared() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut places = vec![root.join("../shared"), root.join("../../shared")];
    places.extend(std::env::var_os("RAISON_SHARED").map(PathBuf::from));
    let found = places.into_iter().find(|p| p.join("data").is_dir());
    if found.is_none() {
        println!("SKIPPED: the folder `shared` with the data is not there");
    }
    found
}

fn store() -> Option<Store> {
    static FOLDER: OnceLock<Option<tempfile::TempDir>> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let data = shared()?.join("data");
        let folder = tempfile::tempdir().expect("folder");
        let mut store = Store::open(folder.path()).expect("store");
        for file in FILES {
            let done = add::add(&mut store, &data.join(file), add::Options::default());
            done.unwrap_or_else(|e| panic!("{file}: {e}"));
        }
        Some(folder)
    });
    Some(Store::open(folder.as_ref()?.path()).expect("store"))
}

fn world(store: &Store, from: i32, to: i32, set: &[(&str, f64)]) -> World {
    let mut world = world_until(store, from, to).expect("a world");
    raison_files::world::defaults(&mut world.inputs);
    for (name, value) in set {
        let num = world.inputs.find(&format!("parameters.{name}"));
        let num = num.unwrap_or_else(|| panic!("{name}"));
        world.inputs.set(num, Uncertain::Known(*value));
    }
    world
}

fn run(world: World, years: u16) -> (System, Run) {
    let system = System::new(world);
    let done = tell(&system, years);
    (system, done)
}

fn tell(system: &System, years: u16) -> Run {
    let questions = Questions::new(system);
    let lens = common::lens("composite");
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system,
        cabinet: &cabinet,
        seed: 5,
        years,
        networks: raison_world::Networks::Last,
    };
    sim.tell(0, true)
}

/// Embeddedness of a state at the end of a year of a run.
fn embedded((system, run): &(System, Run), code: &str, year: i16) -> f64 {
    let at = STATE
        .iter()
        .position(|c| c.0 == "institutions")
        .expect("a column");
    let state = system.world.state(code).expect("a state");
    let row = (year - run.first) as usize * system.n + state;
    f64::from(run.states[row * STATE.len() + at])
}

fn count(world: &World, a: &str, b: &str) -> f64 {
    let (a, b) = (
        world.state(a).expect("a state"),
        world.state(b).expect("a state"),
    );
    let tie = world
        .ties
        .iter()
        .find(|t| t.layer == Layer::Institutions && [(a, b), (b, a)].contains(&(t.from, t.to)));
    tie.map_or(0.0, |t| world.inputs.get(t.weight).amount.central())
}

/// Nothing gained or lost, by nobody.
const STILL: [(&str, f64); 4] = [
    ("institution.rate", 0.0),
    ("institution.rate.new", 0.0),
    ("institution.sd", 0.0),
    ("institution.accept", 0.0),
];

#[test]
fn shared_institutions_are_those_of_the_table() {
    let Some(store) = store() else { return };
    let world = world(&store, 1990, 1990, &STILL);
    // cow_igo_ndy: 2,20,1989,63 and 365,710,1989,28.
    assert_eq!(count(&world, "USA", "CAN"), 63.0);
    assert_eq!(count(&world, "RUS", "CHN"), 28.0);
    // cow_igo_sy: full memberships 81 and 80.
    let member = |code: &str| world.memberships[world.state(code).expect("a state")].count;
    assert_eq!((member("USA"), member("CAN")), (81.0, 80.0));
    let ties = world.ties.iter().filter(|t| t.layer == Layer::Institutions);
    assert!(ties.clone().count() > 12_000);
    for t in ties {
        assert_eq!(t.mark, Mark::Recorded);
        assert_eq!(t.sources[0].key, "pevehouse-2020");
    }
    // The United States share 4,933 with 160 states.
    let done = run(world, 3);
    assert!((embedded(&done, "USA", 1990) - 4933.0 / 160.0).abs() < 1e-4);
    assert!((embedded(&done, "USA", 1992) - 4933.0 / 160.0).abs() < 1e-4);
}

#[test]
fn pairs_have_one_tie_of_alliance() {
    let Some(store) = store() else { return };
    let world = world(&store, 1990, 1990, &[]);
    let ties = world.ties.iter().filter(|t| t.layer == Layer::Alliance);
    let pairs: Vec<_> = ties.map(|t| (t.from.min(t.to), t.from.max(t.to))).collect();
    let distinct: std::collections::BTreeSet<_> = pairs.iter().collect();
    assert_eq!((pairs.len(), distinct.len()), (1378, 1378));
}

#[test]
fn memberships_grow_at_the_stated_rate_and_are_shared_in_part() {
    let Some(store) = store() else { return };
    let mut set = STILL;
    set[0].1 = 2.0;
    set[1].1 = 2.0;
    let mut all = set.to_vec();
    all.push(("institution.shared", 0.25));
    let done = run(world(&store, 1990, 1990, &all), 4);
    // Both sides of each pair gain two a year, a quarter of it in common: one a year.
    for (year, gain) in [(1990, 1.0), (1993, 4.0)] {
        let expected = 4933.0 / 160.0 + gain;
        assert!((embedded(&done, "USA", year) - expected).abs() < 1e-3);
    }
    // With luck, states differ and the mean keeps the rate.
    let spread = run(world(&store, 1990, 1990, &[]), 20);
    let of = |code| embedded(&spread, code, 2009) - embedded(&spread, code, 1990);
    assert!((of("USA") - of("CAN")).abs() > 0.05);
}

#[test]
fn who_enters_brings_the_counts_of_its_year() {
    let Some(store) = store() else { return };
    let with = |rate: f64| {
        let mut set = STILL.to_vec();
        (set[0].1, set[1].1) = (rate, rate);
        run(world(&store, 1955, 1960, &set), 6)
    };
    let (still, moving) = (with(0.0), with(1.0));
    // cow_igo_ndy: 2,452,1958,12; Ghana is a member on the first day of 1958.
    assert_eq!(count(&still.0.world, "USA", "GHA"), 12.0);
    assert!(embedded(&still, "GHA", 1957).is_nan());
    let world = &still.0.world;
    let others = world.states.iter().enumerate();
    let others: Vec<&str> = others
        .filter(|(i, s)| s.code != "GHA" && world.member(*i, 1958))
        .map(|(_, s)| s.code.as_str())
        .collect();
    let sum: f64 = others.iter().map(|c| count(world, "GHA", c)).sum();
    let expected = sum / others.len() as f64;
    assert!((embedded(&still, "GHA", 1958) - expected).abs() < 1e-4);
    // What others gained before it came is in the counts of its year already.
    let gained = embedded(&moving, "GHA", 1958) - expected;
    assert!((gained - 2.0 * 0.3194).abs() < 1e-4, "{gained}");
    let later = embedded(&moving, "USA", 1958) - embedded(&still, "USA", 1958);
    assert!(
        later > 2.0 * 0.3194 * 3.5 && later < 2.0 * 0.3194 * 4.0,
        "{later}"
    );
}

#[test]
fn seeking_an_institution_is_open_and_moves_counts() {
    let Some(store) = store() else { return };
    let mut set = STILL;
    set[3].1 = 1.0;
    let done = run(world(&store, 1990, 1990, &set), 5);
    let joined = |e: &&raison_world::Event| e.kind == EventKind::Joined;
    let all: Vec<_> = done.1.events.iter().filter(joined).collect();
    // A tenth of 161 states seek one each year, and all are admitted.
    assert!((50..=110).contains(&all.len()), "{}", all.len());
    let who = all
        .iter()
        .find(|e| e.year == 1990)
        .expect("one in the first year");
    let code = done.0.code(who.actor as usize).to_owned();
    let still = run(world(&store, 1990, 1990, &STILL), 1);
    let more = embedded(&done, &code, 1990) - embedded(&still, &code, 1990);
    assert!(more > 0.3194 && more < 0.45, "{more}");
}
