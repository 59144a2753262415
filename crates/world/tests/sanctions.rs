//! Sanctions: what they cost, who closes what, and who decides.

mod common;

use raison_core::Draw;
use raison_core::world::{Mind, World};
use raison_world::params::Params;
use raison_world::snapshot::Sanction;
use raison_world::{Cabinet, EventKind, Questions, Simulation, Snapshot, System};

/// AAB pays half through AAC, and a fifth of all through AAC and AAD both.
fn world() -> World {
    let tie = |from: &str, to: &str, weight: f64, through: &str| {
        format!(
            "[[ties]]\nlayer = \"payments\"\nfrom = \"{from}\"\nto = \"{to}\"\nweight = {weight}\nthrough = [{through}]\njudgement = \"a test\"\n"
        )
    };
    let text = common::ring(12)
        + &tie("AAB", "AAC", 0.5, "")
        + &tie("AAB", "AAD", 0.2, "\"AAC\"")
        + &tie("AAF", "AAG", 0.9, "");
    let (world, problems, _) = common::parse(&text);
    assert!(!problems.has_errors(), "{:?}", problems.as_slice());
    world.expect("a world")
}

/// Trade of two states, and all trade of each state, under sanctions.
fn trade(sanctions: &[(u16, u16)]) -> (Vec<f32>, Vec<f64>) {
    let system = System::new(world());
    let values = system.world.inputs.central();
    let params = Params::of(&system.world, Draw(&values));
    let mut s = Snapshot::start(&system, Draw(&values), &params);
    s.sanctions = sanctions
        .iter()
        .map(|(by, on)| Sanction { by: *by, on: *on })
        .collect();
    s.flow(&system, &params);
    (s.trade.clone(), s.total.clone())
}

const N: usize = 12;

#[test]
fn sanctions_cut_the_trade_of_two_and_a_hub_closes_what_goes_through_it() {
    let (base, total) = trade(&[]);
    // By a state through which nothing goes: a quarter of the trade of the two is left, and
    // all other trade stays.
    let (cut, after) = trade(&[(7, 1)]);
    let close = |x: f32, y: f32| (x - y).abs() < 1e-4 * y.abs().max(1e-9);
    assert!(close(cut[N + 7], 0.25 * base[N + 7]));
    for j in (0..N).filter(|j| *j != 1 && *j != 7) {
        assert_eq!(cut[N + j], base[N + j]);
        assert_eq!(after[j], total[j]);
    }
    // By the hub: half of the 0.7 that it closes, in all trade of the target.
    let (cut, _) = trade(&[(2, 1)]);
    let left = 1.0 - 0.5 * 0.7;
    for j in (0..N).filter(|j| *j != 1 && *j != 2) {
        assert!(close(cut[N + j], left * base[N + j]), "{j}");
    }
    // The hub's sanction takes nothing else from a state without ties to it.
    let (cut, _) = trade(&[(2, 5)]);
    for j in (0..N).filter(|j| *j != 5 && *j != 2) {
        assert_eq!(cut[5 * N + j], base[5 * N + j]);
    }
}

#[test]
fn a_link_that_two_sanctioners_close_is_lost_once() {
    let (base, _) = trade(&[]);
    let (cut, _) = trade(&[(2, 1), (3, 1)]);
    let left = 1.0 - 0.5 * 0.7;
    assert!((cut[N + 8] / base[N + 8] - left).abs() < 1e-4);
    let (alone, _) = trade(&[(3, 1)]);
    assert!((alone[N + 8] / base[N + 8] - (1.0 - 0.5 * 0.2)).abs() < 1e-4);
}

fn mind(bar: &str) -> Mind {
    let text = format!(
        "kind = \"doctrine\"\ntitle = \"Test\"\nstate = \"AAA\"\nholder = \"nobody\"\n{bar}[[pillar]]\nid = \"one\"\nweight = 1\naims = [{{ measure = \"credibility\", direction = \"raise\" }}, {{ measure = \"partnership\", direction = \"lower\" }}]\nstanding = \"claim\"\nsource = \"marshall-2020\"\n"
    );
    let mut loader = raison_files::Loader::new(&common::OnDisk);
    let chosen = raison_files::Chosen::Loose("test".into(), "test.toml".into(), text.into());
    let mut inputs = raison_core::Inputs::default();
    let doctrine = loader.doctrine(&chosen, None, "doctrine.", &mut inputs);
    Mind {
        doctrine,
        inputs,
        ..Default::default()
    }
}

/// Sanctions and disputes with force in a restless ring.
fn counted(lens: &str, put: Option<Mind>) -> (f64, f64) {
    let text = format!(
        "{}[parameters]\n\"dispute.constant\" = -2.5\njudgement = \"a test\"\n",
        common::ring(24)
    );
    let mut world = common::parse(&text).0.expect("a world");
    if let Some(mind) = put {
        world.minds.push(mind);
        for s in &mut world.states {
            s.seats.iter_mut().for_each(|x| x.mind = Some(0));
        }
    }
    let system = System::new(world);
    let questions = Questions::new(&system);
    let lens = common::lens(lens);
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: 5,
        years: 20,
        networks: raison_world::networks::Networks::Last,
    };
    let events: Vec<_> = (0..20).flat_map(|r| sim.run(r).events).collect();
    let of = |kind| events.iter().filter(move |e| e.kind == kind);
    let force = of(EventKind::Dispute).filter(|e| e.value >= 4.0).count();
    (of(EventKind::Sanction).count() as f64, force as f64)
}

#[test]
fn without_a_tilt_the_share_is_the_assumed_one_and_a_doctrine_can_bar_or_choose_it() {
    // Nobody with a doctrine decides: the lens is centred on its own mean.
    let (plain, force) = counted("doctrine", None);
    let (tilted, again) = counted("composite", None);
    assert!(plain > 100.0, "{plain}");
    let (a, b) = (plain / force, tilted / again);
    assert!((b / a - 1.0).abs() < 0.15, "{a} {b}");
    let bar = "[[principle]]\nid = \"no\"\nkind = \"bar\"\ntitle = \"No\"\nwords = \"No sanctions.\"\nstrength = \"inviolable\"\nwhen = '\"economic-sanction\" in alternative.tags'\nstanding = \"claim\"\nsource = \"marshall-2020\"\n";
    let (barred, force) = counted("doctrine", Some(mind(bar)));
    assert!(barred == 0.0 && force > 100.0, "{barred} {force}");
    let (chosen, force) = counted("doctrine", Some(mind("")));
    assert!(chosen / force > 1.5 * a, "{} {a}", chosen / force);
}
