//! No place in a list decides anything, and nobody's luck hangs on who else is there.

mod common;

use common::OnDisk;
use raison_core::world::{Patron, World};
use raison_files::library::Kind;
use raison_files::{Loader, Shelf};
use raison_world::measures::columns::{STATE, SYSTEM};
use raison_world::snapshot::War;
use raison_world::{Cabinet, EventKind, Networks, Questions, Run, Simulation, Snapshot, System};
use std::collections::{BTreeMap, BTreeSet};

/// The library with the rows of some files in another order, or with one more.
struct Changed {
    what: fn(&str) -> bool,
    how: fn(Vec<String>) -> Vec<String>,
}

impl Shelf for Changed {
    fn read(&self, path: &str) -> Option<(String, Vec<u8>)> {
        let (name, bytes) = OnDisk.read(path)?;
        if !(self.what)(path) {
            return Some((name, bytes));
        }
        let text = String::from_utf8(bytes).ok()?;
        let mut lines = text.lines().map(str::to_owned);
        let head = lines.next()?;
        let rows = (self.how)(lines.collect());
        Some((name, format!("{head}\n{}\n", rows.join("\n")).into_bytes()))
    }

    fn slugs(&self, _: Kind) -> Vec<String> {
        Vec::new()
    }
}

fn changed(slug: &str, shelf: &Changed) -> World {
    let mut loader = Loader::new(shelf);
    let world = loader.shelf_world(slug, &[]);
    assert!(
        !loader.problems.has_errors(),
        "{:#?}",
        loader.problems.as_slice()
    );
    world.expect("a world")
}

/// Runs of a world and the system that they are of.
struct Told {
    system: System,
    starts: Vec<Snapshot>,
    runs: Vec<Run>,
}

fn tell(world: World, years: u16, runs: u64) -> Told {
    let system = System::new(world);
    let questions = Questions::new(&system);
    let lens = common::lens("composite");
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: 3,
        years,
        networks: Networks::Every(5),
    };
    let starts = (0..runs).map(|r| sim.begin(r).snapshot).collect();
    let runs = (0..runs).map(|r| sim.run(r)).collect();
    Told {
        starts,
        runs,
        system,
    }
}

/// An event without places in lists: year, word, actor, other, value.
type Word = (i16, &'static str, String, String, u32);

impl Told {
    fn events(&self, run: usize) -> Vec<Word> {
        let code = |i: u16| self.system.code(i as usize).to_owned();
        let words = self.runs[run].events.iter().map(|e| {
            let value = e.value.to_bits();
            (e.year, e.kind.word(), code(e.actor), code(e.other), value)
        });
        let mut out: Vec<Word> = words.collect();
        out.sort();
        out
    }

    /// Rows of states by code and year.
    fn rows(&self, run: usize) -> BTreeMap<(String, usize), Vec<f32>> {
        let rows = self.runs[run].states.chunks_exact(STATE.len());
        let rows = rows.enumerate().map(|(k, row)| {
            let (year, i) = (k / self.system.n, k % self.system.n);
            ((self.system.code(i).to_owned(), year), row.to_vec())
        });
        rows.collect()
    }

    /// Events of these kinds in which a state has no part, of the years before one.
    fn of(&self, run: usize, kinds: &[EventKind], without: &str, before: i16) -> Vec<Word> {
        let words: BTreeSet<&str> = kinds.iter().map(|k| k.word()).collect();
        let own = |e: &Word| e.0 < before && e.2 != without && e.3 != without;
        let mut out = self.events(run);
        out.retain(|e| words.contains(e.1) && own(e));
        out
    }
}

fn same_bits(x: &[f32], y: &[f32]) -> bool {
    x.iter()
        .map(|v| v.to_bits())
        .eq(y.iter().map(|v| v.to_bits()))
}

#[test]
fn the_order_of_rows_changes_no_event_and_no_measure() {
    let states = Changed {
        what: |path| path.ends_with("states.csv"),
        how: |rows| rows.into_iter().rev().collect(),
    };
    let all = Changed {
        what: |path| path.ends_with(".csv"),
        // Odd rows first, then the even ones from the end.
        how: |rows| {
            let odd = rows.iter().skip(1).step_by(2).cloned();
            odd.chain(rows.iter().step_by(2).rev().cloned()).collect()
        },
    };
    for slug in ["world-2010", "cold-war-1962", "great-powers-1914"] {
        let base = tell(common::library(slug), 20, 4);
        let events: usize = base.runs.iter().map(|r| r.events.len()).sum();
        assert!(
            events > 400,
            "{slug}: {events} events are little to compare"
        );
        for other in [&states, &all] {
            let other = tell(changed(slug, other), 20, 4);
            for run in 0..base.runs.len() {
                assert_eq!(base.events(run), other.events(run), "{slug}, run {run}");
                let (x, y) = (base.rows(run), other.rows(run));
                assert!(x.keys().eq(y.keys()));
                for (at, row) in &x {
                    assert!(same_bits(row, &y[at]), "{slug}, run {run}, {at:?}");
                }
                let bits = |r: &Run| r.system.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
                assert_eq!(bits(&base.runs[run]), bits(&other.runs[run]), "{slug}");
            }
        }
    }
}

/// A world without a state and all that names it.
fn without(mut world: World, code: &str) -> World {
    let gone = world.state(code).expect("a state");
    let place = |i: &mut usize| *i -= usize::from(*i > gone);
    world.states.remove(gone);
    world
        .ties
        .retain(|t| t.from != gone && t.to != gone && !t.through.contains(&gone));
    for t in &mut world.ties {
        place(&mut t.from);
        place(&mut t.to);
        t.through.iter_mut().for_each(place);
    }
    world.borders.retain(|b| b.a != gone && b.b != gone);
    for b in &mut world.borders {
        place(&mut b.a);
        place(&mut b.b);
    }
    let kept = |a: usize, b: usize| a != gone && b != gone;
    world.past.retain(|p| kept(p.0, p.1));
    world.quiet.retain(|p| kept(p.0, p.1));
    for p in &mut world.past {
        place(&mut p.0);
        place(&mut p.1);
    }
    for p in &mut world.quiet {
        place(&mut p.0);
        place(&mut p.1);
    }
    world.corridors.retain(|c| !c.through.contains(&gone));
    let routes = world.corridors.iter_mut();
    routes.for_each(|c| c.through.iter_mut().for_each(place));
    for i in &mut world.institutions {
        i.members.retain(|m| *m != gone);
        i.members.iter_mut().for_each(place);
    }
    world.movements.retain(|m| m.home != gone);
    for m in &mut world.movements {
        place(&mut m.home);
        m.sponsors.retain(|s| s.who != Patron::State(gone));
        for s in &mut m.sponsors {
            if let Patron::State(i) = &mut s.who {
                place(i);
            }
        }
    }
    world
}

const LUCK: [EventKind; 2] = [EventKind::Exit, EventKind::Regime];
const DISPUTES: [EventKind; 1] = [EventKind::Dispute];

/// States of `world-2010` of which nobody has to be a neighbour's democracy.
fn lonely(system: &System) -> Vec<String> {
    let small = |i: &usize| !system.great[*i];
    let all = (0..system.n).filter(small);
    let lonely = all.filter(|i| system.neighbours[*i].is_empty());
    lonely.map(|i| system.code(i).to_owned()).collect()
}

#[test]
fn a_state_that_is_removed_leaves_the_luck_of_others_alone() {
    let base = tell(common::library("world-2010"), 25, 4);
    let start = base.system.world.start;
    let alone = lonely(&base.system);
    let bordering = ["MNG", "QAT", "TJK"].map(str::to_owned);
    for code in alone.iter().chain(&bordering) {
        let less = tell(without(common::library("world-2010"), code), 25, 4);
        // Keys of states and of pacts of several are those that they were.
        let gone = base.system.world.state(code).expect("a state");
        let mut keys = base.system.keys.clone();
        keys.remove(gone);
        assert_eq!(keys, less.system.keys);
        for run in 0..base.runs.len() {
            let end = match alone.contains(code) {
                // Leaders and regimes hang on nobody but neighbours.
                true => start + 25,
                false => start + 1,
            };
            let exits = base.of(run, &LUCK, code, end);
            assert_eq!(exits, less.of(run, &LUCK, code, end), "{code}, run {run}");
            assert!(!exits.is_empty() || end == start + 1);
            // Who falls into dispute in the first year, and who begins it.
            let first = |t: &Told| {
                let all = t.of(run, &DISPUTES, code, start + 1).into_iter();
                all.map(|e| (e.2, e.3)).collect::<Vec<_>>()
            };
            assert_eq!(first(&base), first(&less), "{code}, run {run}");
            let luck = |t: &Told, own: bool| {
                let at = t.system.world.state(code).map(|i| i as u16);
                let blocs = t.starts[run].blocs.iter();
                let blocs = blocs.filter(|b| own || at.is_none_or(|i| !b.members.contains(&i)));
                blocs.map(|b| b.key).collect::<BTreeSet<u64>>()
            };
            assert!(luck(&base, false).is_subset(&luck(&less, true)), "{code}");
        }
    }
}

/// Codes of observers: enough of them that a sample of pairs would hold some.
const WATCH: [&str; 8] = ["MMA", "MMB", "MMC", "MMD", "MME", "MMF", "MMG", "MMH"];

#[test]
fn observers_change_nothing_for_those_who_are_observed() {
    let watched = Changed {
        what: |path| path.ends_with("states.csv"),
        how: |rows| {
            // In the middle of every order: of the file, of codes and of regions.
            let mut rows = rows;
            for code in WATCH {
                let row = format!("{code},Observer,between,0,1e-9,0.001,0,0,0,0,0,-150,a test");
                rows.insert(rows.len() / 2, row);
            }
            rows
        },
    };
    let (base, more) = (
        tell(common::library("world-2010"), 25, 4),
        tell(changed("world-2010", &watched), 25, 4),
    );
    assert_eq!(more.system.n, base.system.n + WATCH.len());
    for run in 0..base.runs.len() {
        let own = |e: &Word| WATCH.iter().all(|w| e.2 != *w && e.3 != *w);
        let mut seen = more.events(run);
        seen.retain(own);
        // Values of events are amounts too, such as deaths: they may differ in the last digit.
        let words = |all: Vec<Word>| -> Vec<_> {
            let word = |e: Word| (e.0, e.1, e.2, e.3);
            all.into_iter().map(word).collect()
        };
        assert_eq!(words(base.events(run)), words(seen), "run {run}");
        let (x, y) = (base.rows(run), more.rows(run));
        for (at, row) in &x {
            // A mean over the other members of the system has more of them.
            let means = |k: &usize| STATE[*k].0 != "institutions";
            let both = row.iter().zip(&y[at]).enumerate();
            for (k, (v, w)) in both.filter(|x| means(&x.0)) {
                let near = (v - w).abs() <= 1e-4 * v.abs().max(1.0) || (v.is_nan() && w.is_nan());
                assert!(near, "run {run}, {at:?}, {}: {v} and {w}", STATE[k].0);
            }
        }
        assert_eq!(base.runs[run].system.len(), more.runs[run].system.len());
        assert_eq!(base.runs[run].system.len() % SYSTEM.len(), 0);
    }
}

#[test]
fn a_second_war_does_not_see_what_the_first_one_took() {
    // Nobody does anything of its own accord, and no war ends.
    let still = "[parameters]\njudgement = \"a test\"\n\"war.end\" = 0\n\"dispute.constant\" = -20\n\"join.constant\" = -20\n\"lens.weight\" = 0\n";
    let world = common::parse(&format!("{}{still}", common::ring(12))).0;
    let system = System::new(world.expect("a world"));
    let questions = Questions::new(&system);
    let lens = common::lens("composite");
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: 1,
        years: 1,
        networks: Networks::Last,
    };
    let war = |id, other| War {
        id,
        attackers: vec![3],
        defenders: vec![other],
        since: 2000,
        deaths: 0.0,
        shock: 0.5,
    };
    let deaths = |order: [u16; 2]| {
        let mut walk = sim.begin(0);
        // The third is the weaker one in both of its wars.
        walk.snapshot.share[3] = 0.01;
        walk.snapshot.wars = vec![war(1, order[0]), war(2, order[1])];
        walk.year(false, None);
        let wars = walk.snapshot.wars.iter();
        wars.map(|w| (w.defenders[0], w.deaths))
            .collect::<BTreeMap<u16, f64>>()
    };
    let (one, two) = (deaths([5, 8]), deaths([8, 5]));
    assert_eq!(one.len(), 2, "{one:?}");
    assert_eq!(one, two);
    assert!((one[&5] - one[&8]).abs() < 1e-9 * one[&5], "{one:?}");
}
