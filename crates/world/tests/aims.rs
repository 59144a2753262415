//! What doctrines aim at: every measure is an aim and a column, a named state is the one
//! that is meant, and strategies do what they are taken to do.

mod common;

use raison_core::world::{Layer, Mind, World};
use raison_world::measures::columns::{STATE, SYSTEM};
use raison_world::measures::hubs;
use raison_world::mind::{STRATEGIES, effect};
use raison_world::{Cabinet, EventKind, Questions, Run, Simulation, Snapshot, System};
use std::collections::BTreeMap;

/// A doctrine of a single pillar, with a bar where one is given.
fn doctrine(aims: &str, bar: &str) -> Mind {
    let bar = match bar {
        "" => String::new(),
        when => format!(
            "[[principle]]\nid = \"bar\"\nkind = \"bar\"\ntitle = \"Bar\"\nwords = \"A test.\"\nstrength = \"inviolable\"\nwhen = '{when}'\nstanding = \"claim\"\nsource = \"marshall-2020\"\n"
        ),
    };
    let text = format!(
        "kind = \"doctrine\"\ntitle = \"Test\"\nstate = \"IRN\"\nholder = \"nobody\"\n{bar}[[pillar]]\nid = \"one\"\nweight = 1\naims = [{aims}]\nstanding = \"claim\"\nsource = \"marshall-2020\"\n"
    );
    let mut loader = raison_files::Loader::new(&common::OnDisk);
    let chosen = raison_files::Chosen::Loose("test".into(), "test.toml".into(), text.into());
    let mut inputs = raison_core::Inputs::default();
    let doctrine = loader.doctrine(&chosen, None, "doctrine.", &mut inputs);
    let errors: Vec<_> = loader
        .problems
        .as_slice()
        .iter()
        .filter(|d| d.is_error())
        .collect();
    assert!(errors.is_empty(), "{aims}: {errors:?}");
    Mind {
        doctrine,
        inputs,
        ..Default::default()
    }
}

fn put(world: &mut World, state: &str, mind: Mind) {
    world.minds.push(mind);
    let m = world.minds.len() - 1;
    let at = world.state(state).expect("a state");
    world.states[at]
        .seats
        .iter_mut()
        .for_each(|s| s.mind = Some(m));
}

/// Runs, with the condition at the end of each.
fn simulate(world: World, lens: &str, years: u16, runs: u64) -> (System, Vec<(Run, Snapshot)>) {
    let system = System::new(world);
    let questions = Questions::new(&system);
    let lens = common::lens(lens);
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: 3,
        years,
        networks: raison_world::networks::Networks::Last,
    };
    let one = |k| {
        let mut walk = sim.begin(k);
        let mut run = Run {
            run: k,
            first: system.world.start,
            ..Run::default()
        };
        (0..years).for_each(|_| walk.year(false, Some(&mut run)));
        (run, walk.snapshot.clone())
    };
    let out = (0..runs).map(one).collect();
    drop(cabinet);
    (system, out)
}

/// What the project calls measured quantities, as the aim of a pillar and as a column.
const MEASURED: &[(&str, &str, &str)] = &[
    ("autonomy", "autonomy", "autonomy"),
    ("autonomy per layer", "autonomy.energy", "autonomy.energy"),
    (
        "autonomy per layer",
        "autonomy.payments",
        "autonomy.payments",
    ),
    ("autonomy per layer", "autonomy.arms", "autonomy.arms"),
    (
        "autonomy per layer",
        "autonomy.technology",
        "autonomy.technology",
    ),
    (
        "dependence through hubs",
        "dependence.energy",
        "dependence.energy",
    ),
    (
        "dependence through hubs",
        "dependence.payments",
        "dependence.payments",
    ),
    (
        "dependence through hubs",
        "dependence.arms",
        "dependence.arms",
    ),
    (
        "dependence through hubs",
        "dependence.technology",
        "dependence.technology",
    ),
    (
        "dependence, direct",
        "direct_dependence.energy",
        "direct_dependence.energy",
    ),
    (
        "dependence, direct",
        "direct_dependence.payments",
        "direct_dependence.payments",
    ),
    (
        "dependence, direct",
        "direct_dependence.arms",
        "direct_dependence.arms",
    ),
    (
        "dependence, direct",
        "direct_dependence.technology",
        "direct_dependence.technology",
    ),
    ("dependence, direct", "dependence.trade", "dependence.trade"),
    (
        "what is lost if one hub closes",
        "dependence.payments.USA",
        "dependence.payments",
    ),
    (
        "chokepoints (minimum cut)",
        "dependence.corridor",
        "dependence.corridor",
    ),
    ("chokepoints (minimum cut)", "reach", "reach.corridor"),
    (
        "redundancy (edge-disjoint routes)",
        "redundancy",
        "redundancy.corridor",
    ),
    (
        "diversification",
        "diversification.trade",
        "diversification.trade",
    ),
    (
        "diversification",
        "diversification.energy",
        "diversification.energy",
    ),
    (
        "diversification",
        "diversification.payments",
        "diversification.payments",
    ),
    (
        "diversification",
        "diversification.arms",
        "diversification.arms",
    ),
    (
        "diversification",
        "diversification.technology",
        "diversification.technology",
    ),
    ("strategic depth", "depth", "depth"),
    ("outside presence", "outside_presence", "outside_presence"),
    (
        "outside presence of a state",
        "outside_presence.USA",
        "outside_presence",
    ),
    ("deterrence with allies", "deterrence", "deterrence"),
    (
        "deterrence without allies",
        "deterrence_alone",
        "deterrence_alone",
    ),
    ("bargaining range", "bargaining", "bargaining"),
    ("hegemony", "hegemony", "hegemony"),
    ("capabilities", "share", "share"),
    (
        "concentration of capabilities",
        "concentration",
        "system.concentration",
    ),
    (
        "concentration per layer",
        "concentration.trade",
        "system.concentration.trade",
    ),
    (
        "concentration per layer",
        "concentration.energy",
        "system.concentration.energy",
    ),
    (
        "concentration per layer",
        "concentration.payments",
        "system.concentration.payments",
    ),
    (
        "concentration per layer",
        "concentration.arms",
        "system.concentration.arms",
    ),
    (
        "concentration per layer",
        "concentration.technology",
        "system.concentration.technology",
    ),
    (
        "concentration per layer",
        "concentration.corridor",
        "system.concentration.corridor",
    ),
    (
        "the leading power by layer",
        "hegemony.trade.USA",
        "system.hegemony.trade",
    ),
    (
        "the leading power by layer",
        "hegemony.energy.RUS",
        "system.hegemony.energy",
    ),
    (
        "the leading power by layer",
        "hegemony.payments.USA",
        "system.hegemony.payments",
    ),
    (
        "the leading power by layer",
        "hegemony.arms.RUS",
        "system.hegemony.arms",
    ),
    (
        "the leading power by layer",
        "hegemony.technology.DEU",
        "system.hegemony.technology",
    ),
    (
        "the leading power by layer",
        "hegemony.corridor.RUS",
        "system.hegemony.corridor",
    ),
    (
        "centrality per layer",
        "centrality.trade",
        "centrality.trade",
    ),
    (
        "centrality per layer",
        "centrality.energy",
        "centrality.energy",
    ),
    (
        "centrality per layer",
        "centrality.payments.USA",
        "centrality.payments",
    ),
    ("centrality per layer", "centrality.arms", "centrality.arms"),
    (
        "centrality per layer",
        "centrality.technology",
        "centrality.technology",
    ),
    (
        "centrality per layer",
        "centrality.corridor",
        "centrality.corridor",
    ),
    (
        "partnership short of alliance",
        "partnership.CHN",
        "partnership",
    ),
    ("polarity", "polarity", "polarity"),
    (
        "embeddedness in institutions",
        "institutions",
        "institutions",
    ),
    (
        "support of movements by ideas",
        "ideological_support",
        "ideological_support",
    ),
    (
        "support of movements by practice",
        "practical_support",
        "practical_support",
    ),
];

/// An aim as files write it.
fn aim(measure: &str, direction: &str) -> String {
    let mut parts = measure.split('.');
    let mut out = format!("{{ measure = \"{}\"", parts.next().unwrap_or(""));
    for part in parts {
        let key = if Layer::of(part).is_some() {
            "layer"
        } else {
            "on"
        };
        out.push_str(&format!(", {key} = \"{part}\""));
    }
    out + &format!(", direction = \"{direction}\" }}")
}

fn holds(column: &str) -> bool {
    match column.strip_prefix("system.") {
        Some(name) => SYSTEM.iter().any(|c| c.0 == name),
        None => STATE.iter().any(|c| c.0 == column),
    }
}

#[test]
fn every_measure_is_an_aim_and_a_column() {
    for (what, measure, column) in MEASURED {
        let mind = doctrine(&aim(measure, "lower"), "");
        let read = &mind.doctrine.expect("a doctrine").pillars[0].aims[0].measure;
        assert_eq!(read.to_string(), *measure, "{what}");
        assert!(holds(column), "{what}: no column {column}");
    }
    // Every measure of a strategy's table that has a layer is a column too.
    for (name, _) in STRATEGIES.iter().flat_map(|s| s.4) {
        // Trade passes through nobody: all dependence on it is direct.
        let name = name.replace("direct_dependence.trade", "dependence.trade");
        let both = [name.clone(), format!("system.{name}")];
        let shown = !name.contains('.') || both.iter().any(|c| holds(c));
        assert!(shown, "{name}");
    }
}

#[test]
fn an_aim_that_names_a_hub_moves_away_from_that_hub() {
    let left = |on: &str| {
        let mut world = common::library("world-2010");
        put(
            &mut world,
            "RUS",
            doctrine(&aim(&format!("dependence.payments.{on}"), "lower"), ""),
        );
        let (system, runs) = simulate(world, "doctrine", 15, 12);
        let rus = system.world.state("RUS").expect("a state");
        let of = |code: &str| {
            let k = system.world.state(code).expect("a state") as u16;
            let lost = |s: &Snapshot| hubs::lost(&s.links[1][rus], k);
            runs.iter().map(|(_, s)| lost(s)).sum::<f64>() / runs.len() as f64
        };
        let events = runs.iter().flat_map(|(r, _)| &r.events);
        let own = events.filter(|e| e.kind == EventKind::Strategy && e.actor as usize == rus);
        let payments: Vec<u16> = own.filter(|e| e.item == 5).map(|e| e.other).collect();
        assert!(
            payments.len() > 10 || on == "CHN",
            "{on}: {}",
            payments.len()
        );
        let named = system.world.state(on).expect("a state") as u16;
        let turned = payments.iter().filter(|k| **k == named).count();
        ((of("USA"), of("DEU")), turned, payments.len())
    };
    let (usa, on_usa, all_usa) = left("USA");
    let (deu, on_deu, all_deu) = left("DEU");
    assert!(
        usa.0 < deu.0 - 0.05 && deu.1 < usa.1 - 0.05,
        "{usa:?} {deu:?}"
    );
    assert_eq!((on_usa, on_deu), (all_usa, all_deu));
    // Of a state through which nothing goes, nothing can be moved away: the strategy is
    // chosen as seldom as any other.
    let (_, _, seldom) = left("CHN");
    assert!(3 * seldom < all_usa, "{seldom} {all_usa}");
}

#[test]
fn an_aim_at_trade_is_not_served_by_payments() {
    assert_eq!(effect(5, "dependence", Some("trade")), 0.0);
    let mut world = common::library("world-2010");
    put(
        &mut world,
        "RUS",
        doctrine(&aim("dependence.trade", "lower"), ""),
    );
    let (system, runs) = simulate(world, "doctrine", 15, 12);
    let rus = system.world.state("RUS").expect("a state") as u16;
    let mut chosen: BTreeMap<u32, usize> = BTreeMap::new();
    for e in runs.iter().flat_map(|(r, _)| &r.events) {
        if e.kind == EventKind::Strategy && e.actor == rus {
            *chosen.entry(e.item).or_default() += 1;
        }
    }
    let of = |k: u32| chosen.get(&k).copied().unwrap_or(0);
    assert!(of(1) > of(5), "{chosen:?}");
}

/// Mean of a column of a state, or of the system, over years and runs.
fn mean(runs: &[(Run, Snapshot)], system: &System, state: usize, column: &str) -> f64 {
    let (mut sum, mut n) = (0.0, 0.0);
    for (run, _) in runs {
        let values: Vec<f64> = match column.strip_prefix("system.") {
            Some(name) => {
                let at = SYSTEM.iter().position(|c| c.0 == name).expect("a column");
                run.system
                    .chunks_exact(SYSTEM.len())
                    .map(|r| r[at])
                    .collect()
            }
            None => {
                let at = STATE.iter().position(|c| c.0 == column).expect("a column");
                let rows = run.states.chunks_exact(STATE.len());
                let own = rows.skip(state).step_by(system.n);
                own.map(|r| f64::from(r[at])).collect()
            }
        };
        for x in values.iter().filter(|x| x.is_finite()) {
            sum += x;
            n += 1.0;
        }
    }
    sum / n
}

/// Where an effect of a strategy's table shows; nowhere, where it is judged only.
fn column(id: &str, name: &str) -> Option<String> {
    let shown = match name {
        "economy" if id == "partner" => "openness",
        "hegemony" if id == "payments" => "system.hegemony.payments",
        "dependence" | "direct_dependence" => "autonomy",
        "diversification" => "diversification.trade",
        "direct_dependence.trade" => "dependence.trade",
        "reach" => "reach.corridor",
        "redundancy" => "redundancy.corridor",
        "economy" => "gdp",
        "concentration" => "system.concentration",
        "technology" => "direct_dependence.technology",
        other if holds(other) => other,
        other if holds(&format!("system.{other}")) => return Some(format!("system.{other}")),
        _ => return None,
    };
    Some(shown.to_owned())
}

#[test]
fn every_strategy_moves_what_it_is_taken_to_move() {
    let states = ["IRN", "RUS", "TUR", "SAU", "PAK"];
    let years = 16;
    let forced = |strategy: usize, state: &str| {
        let mut world = common::library("world-2010");
        let id = STRATEGIES[strategy].0;
        let bar = format!("alternative.id != \"{id}\"");
        let mind = doctrine(&aim("ideology", "raise"), &bar);
        put(&mut world, state, mind);
        let (system, runs) = simulate(world, "doctrine", years, 4);
        let at = system.world.state(state).expect("a state");
        (system, at, runs)
    };
    let mut wrong = Vec::new();
    let mut held: BTreeMap<&str, (System, usize, Vec<(Run, Snapshot)>)> = BTreeMap::new();
    for (k, (id, _, _, _, table)) in STRATEGIES.iter().enumerate().skip(1) {
        let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
        let states: &[&str] = match *id {
            "expel" => &["IRQ", "KWT", "TUR"],
            "sponsor" => &["IRN", "SYR", "PAK"],
            _ => &states,
        };
        for state in states {
            let (system, at, base) = &*held.entry(*state).or_insert_with(|| forced(0, state));
            let (_, _, runs) = forced(k, state);
            for (name, _) in *table {
                let Some(column) = column(id, name) else {
                    continue;
                };
                let sign = if name.ends_with("dependence") {
                    -1.0
                } else {
                    1.0
                };
                let size = mean(base, system, *at, &column);
                let by = mean(&runs, system, *at, &column) - size;
                let by = sign * by / size.abs().max(1e-6);
                *sums.entry(name).or_default() += if by.is_finite() { by } else { 0.0 };
            }
        }
        for (name, size) in *table {
            if let Some(sum) = sums.get(name)
                && sum * size <= 0.0
            {
                wrong.push(format!("{id}: {name} {size} but {sum:.5}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
