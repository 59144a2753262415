//! Strategies are decided on one condition: the order of states never matters; forces come
//! with pacts and go with them; partnerships count layers.

mod common;

use raison_core::Draw;
use raison_core::world::World;
use raison_world::measures::columns::STATE;
use raison_world::params::Params;
use raison_world::snapshot::{DEFENCE, Link};
use raison_world::{Cabinet, EventKind, Questions, Run, Simulation, Snapshot, System};
use std::collections::BTreeMap;

const CODES: [&str; 10] = [
    "AAA", "AAB", "AAC", "AAD", "AAE", "AAF", "AAG", "AAH", "AAI", "AAJ",
];

/// Ten states in which everyone steers, and nobody quarrels.
fn quiet(reversed: bool, more: &str) -> World {
    let mut blocks: Vec<String> = Vec::new();
    let ring = common::ring(10);
    let (head, states) = ring.split_at(ring.find("[[states]]").expect("states"));
    let (states, borders) = states.split_at(states.find("[[borders]]").expect("borders"));
    for block in states.split("[[states]]\n").filter(|b| !b.is_empty()) {
        blocks.push(format!("[[states]]\n{block}"));
    }
    if reversed {
        blocks.reverse();
    }
    let tie = |layer: &str, from: usize, to: usize, weight: f64| {
        format!(
            "[[ties]]\nlayer = \"{layer}\"\nfrom = \"{}\"\nto = \"{}\"\nweight = {weight}\njudgement = \"a test\"\n",
            CODES[from % 10],
            CODES[to % 10]
        )
    };
    let mut ties = String::new();
    for i in 0..10 {
        for (layer, k) in [
            ("payments", 1),
            ("arms", 2),
            ("technology", 3),
            ("energy", 5),
        ] {
            ties += &tie(layer, i, i + k, 0.3 + 0.02 * (i % 5) as f64);
            ties += &tie(layer, i, i + k + 1, 0.2);
        }
    }
    ties += &tie("presence", 3, 0, 20.0);
    let corridor = "[[corridors]]\nid = \"one\"\nname = \"One\"\nthrough = [\"AAA\", \"AAB\", \"AAC\"]\ncapacity = 5\njudgement = \"a test\"\n";
    let club = "[[institutions]]\nid = \"club\"\nname = \"Club\"\nmembers = [\"AAB\", \"AAC\"]\nopen = true\n";
    let parameters = "[parameters]\n\"dispute.constant\" = -40\n\"alliance.form\" = 0\n\"bloc.form\" = 0\n\"strategy.corridor.years\" = 2\n\"alliance.balance\" = 0.5\njudgement = \"a test\"\n";
    let text = format!(
        "{head}{}{borders}{ties}{corridor}{club}{parameters}{more}",
        blocks.concat()
    );
    let (world, problems, _) = common::parse(&text);
    assert!(!problems.has_errors(), "{:?}", problems.as_slice());
    world.expect("a world")
}

/// Rows by code, and events by code.
type Told = (BTreeMap<String, Vec<f32>>, Vec<String>);

fn told(world: World, years: u16) -> Told {
    let system = System::new(world);
    let questions = Questions::new(&system);
    let lens = common::lens("composite");
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: 11,
        years,
        networks: raison_world::networks::Networks::default(),
    };
    let mut rows: BTreeMap<String, Vec<f32>> = BTreeMap::new();
    let mut events = Vec::new();
    for k in 0..4 {
        let run = sim.tell(k, true);
        for (at, row) in run.states.chunks_exact(STATE.len()).enumerate() {
            let code = system.code(at % system.n).to_owned();
            rows.entry(code).or_default().extend(row);
        }
        for e in &run.events {
            let (a, b) = (system.code(e.actor as usize), system.code(e.other as usize));
            let pair = match e.kind {
                EventKind::Corridor | EventKind::PactEnds => (a.min(b), a.max(b)),
                _ => (a, b),
            };
            let kind = e.kind.word();
            events.push(format!("{k} {} {kind} {pair:?} {}", e.year, e.item));
        }
    }
    events.sort_unstable();
    (rows, events)
}

#[test]
fn the_order_of_states_never_matters() {
    let (rows, events) = told(quiet(false, ""), 25);
    let (other, again) = told(quiet(true, ""), 25);
    assert!(
        events.iter().any(|e| e.contains("corridor")) && events.iter().any(|e| e.contains("pact"))
    );
    for (a, b) in events.iter().zip(&again) {
        assert_eq!(a, b);
    }
    assert_eq!(events.len(), again.len());
    for (code, x) in &rows {
        for (k, (x, y)) in x.iter().zip(&other[code]).enumerate() {
            let name = STATE[k % STATE.len()].0;
            let near = (x - y).abs() <= 1e-3 * x.abs().max(1e-3) || (x.is_nan() && y.is_nan());
            assert!(near, "{code} {name}: {x} and {y}");
        }
    }
}

fn begin(world: World) -> (System, Snapshot) {
    let system = System::new(world);
    let values = system.world.inputs.central();
    let params = Params::of(&system.world, Draw(&values));
    let s = Snapshot::start(&system, Draw(&values), &params);
    (system, s)
}

/// The first rows of a run that begins at a condition.
fn year_from(system: &System, change: impl Fn(&mut Snapshot)) -> (Run, Snapshot) {
    let questions = Questions::new(system);
    let lens = common::lens("rational");
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system,
        cabinet: &cabinet,
        seed: 1,
        years: 1,
        networks: raison_world::networks::Networks::Last,
    };
    let mut walk = sim.begin(0);
    change(&mut walk.snapshot);
    let mut run = Run::default();
    walk.year(true, Some(&mut run));
    (run, walk.snapshot.clone())
}

#[test]
fn forces_go_home_with_the_pact_that_kept_them() {
    let pact = |s: &mut Snapshot| {
        for at in [3, 30] {
            s.bilateral[at] |= DEFENCE;
        }
        s.bind(10);
    };
    let here = |s: &Snapshot| s.presence.iter().filter(|p| (p.0, p.1) == (0, 3)).count();
    let end = |chance: f64| {
        let more = format!("\"alliance.end\" = {chance}\n\"presence.decay\" = 0\n");
        let (system, start) = begin(quiet(false, &more));
        assert_eq!(here(&start), 1);
        let (run, s) = year_from(&system, pact);
        assert_eq!(s.pact[3] & DEFENCE == 0, chance == 1.0);
        (run, s)
    };
    assert_eq!(here(&end(0.0).1), 1);
    let (run, gone) = end(1.0);
    assert_eq!(here(&gone), 0);
    let told = run.events.iter().find(|e| e.kind == EventKind::Presence);
    let told = told.expect("told");
    assert!((told.actor, told.other) == (0, 3) && told.value < 0.0);
}

#[test]
fn partnerships_count_layers_and_not_links() {
    let (system, _) = begin(quiet(false, ""));
    let column = STATE
        .iter()
        .position(|c| c.0 == "partnership")
        .expect("one");
    let partners = |links: [&[(u16, f64)]; 2]| {
        let (run, _) = year_from(&system, |s| {
            s.routes.clear();
            for (layer, list) in links.iter().enumerate() {
                s.links[layer].iter_mut().for_each(Vec::clear);
                s.links[layer + 2].iter_mut().for_each(Vec::clear);
                s.links[layer][7] = list
                    .iter()
                    .map(|(to, share)| Link {
                        to: *to,
                        share: *share,
                        through: Vec::new(),
                    })
                    .collect();
            }
        });
        10.0 * run.states[7 * STATE.len() + column]
    };
    assert_eq!(
        partners([&[(1, 0.3), (1, 0.2)], &[]]),
        0.0,
        "two links, one layer"
    );
    assert_eq!(
        partners([&[(1, 0.3)], &[(1, 0.0)]]),
        0.0,
        "a share of nothing"
    );
    assert_eq!(
        partners([&[(1, 0.3), (1, 0.1)], &[(1, 0.2), (2, 0.1)]]),
        1.0
    );
}
