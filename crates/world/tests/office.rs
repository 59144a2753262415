//! Who holds office, when they go, and what goes with them.

mod common;

use common::{parse, ring};
use raison_world::{Cabinet, EventKind, Networks, Questions, Simulation, Snapshot, System};

/// A ring of states with these leaders; the conditions at the beginning of each year of
/// some runs, and the exits of the first state: run, year, kind.
fn told(more: &str, years: u16, runs: u64) -> (System, Vec<Vec<Snapshot>>, Vec<(u64, i16, f32)>) {
    let (world, problems, _) = parse(&(ring(8) + more));
    assert!(!problems.has_errors(), "{:#?}", problems.as_slice());
    let system = System::new(world.expect("a world"));
    let questions = Questions::new(&system);
    let lens = common::lens("composite");
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: 4,
        years,
        networks: Networks::Last,
    };
    let (mut all, mut exits) = (Vec::new(), Vec::new());
    for run in 0..runs {
        let mut walk = sim.begin(run);
        let mut own = Vec::new();
        for _ in 0..years {
            own.push(walk.snapshot.clone());
            walk.year(false, None);
        }
        own.push(walk.snapshot.clone());
        all.push(own);
        let events = sim.run(run).events.into_iter();
        let of = events.filter(|e| e.kind == EventKind::Exit && e.actor == 0);
        exits.extend(of.map(|e| (run, e.year, e.value)));
    }
    drop(cabinet);
    drop(questions);
    (system, all, exits)
}

#[test]
fn a_recorded_date_is_kept_and_the_named_successor_has_the_own_profile() {
    let more = "[[leaders]]\nstate = \"AAA\"\nname = \"First\"\nborn = 1940\nuntil = \"2004-05-01\"\n\
                [[leaders]]\nstate = \"AAA\"\nname = \"Second\"\nborn = 1962\nprofile = \"john-kennedy-1961\"\nuntil = \"2008-01-01\"\n";
    let (system, all, exits) = told(more, 10, 5);
    for run in 0..5 {
        let first = exits.iter().find(|e| e.0 == run).expect("an exit");
        assert_eq!(
            (first.1, first.2),
            (2004, 2.0),
            "in the year of the date, never before"
        );
        let holder = |year: usize| all[run as usize][year - 2000].holders[0];
        assert_eq!(
            (holder(2004).seat, holder(2004).born, holder(2004).mind),
            (0, 1940, None)
        );
        let next = holder(2005);
        assert_eq!((next.seat, next.since, next.born), (1, 2005, 1962));
        let mind = next.mind.expect("a profile");
        let leader = system.minds()[mind as usize].leader.as_ref();
        assert_eq!(leader.expect("a leader").id, "john-kennedy-1961");
        assert!(holder(2008).seat == 1 && holder(2009).seat == 2);
    }
}

#[test]
fn natural_deaths_come_with_age() {
    // Nobody leaves otherwise than by death, so that each year of a run is one at risk.
    let deaths = |born: i16| {
        let rates = "[parameters]\njudgement = \"a test\"\n\"exit.democracy\" = 0\n\"exit.mixed\" = 0\n\"exit.autocracy\" = 0\n";
        let more = format!("[[leaders]]\nstate = \"AAA\"\nborn = {born}\n{rates}");
        let (_, _, exits) = told(&more, 1, 1000);
        assert!(exits.iter().all(|e| e.2 == 1.0));
        exits.len() as f64 / 1000.0
    };
    let (young, old, oldest) = (deaths(1955), deaths(1915), deaths(1895));
    // The hazard doubles with every decade: sixteen times from 45 to 85, four to 105.
    assert!(
        young < 0.03 && old > 3.0 * young && old > 0.01,
        "{young} {old}"
    );
    assert!((2.5..6.0).contains(&(oldest / old)), "{old} {oldest}");
}

#[test]
fn a_personal_doctrine_goes_with_its_leader_and_a_state_keeps_its_own() {
    for personal in [true, false] {
        let more = format!(
            "[[leaders]]\nstate = \"AAA\"\nname = \"First\"\nprofile = \"john-kennedy-1961\"\ndoctrine = \"five-principles-1954\"\npersonal = {personal}\nuntil = \"2002-01-01\"\n"
        );
        let (system, all, _) = told(&more, 4, 2);
        for run in &all {
            let mind = |year: usize| run[year - 2000].holders[0].mind;
            let first = &system.minds()[mind(2002).expect("the first") as usize];
            assert!(first.leader.is_some() && first.doctrine.is_some());
            let after = mind(2003).map(|m| &system.minds()[m as usize]);
            match personal {
                true => assert!(after.is_none(), "nobody known decides"),
                false => {
                    let after = after.expect("the doctrine stays");
                    assert!(after.leader.is_none() && after.doctrine.is_some());
                }
            }
        }
    }
}

#[test]
fn who_governs_a_state_that_enters_late_is_of_that_time() {
    let (world, problems, _) = common::parse(&common::ring(12));
    assert!(!problems.has_errors());
    let mut world = world.expect("a world");
    let late = world.start + 40;
    world.entries.push(raison_core::world::Entry {
        state: 3,
        from: late,
        until: None,
    });
    let code = world.states[3].code.clone();
    let system = System::new(world);
    let at = system.world.state(&code).expect("a state");
    let questions = Questions::new(&system);
    let lens = common::lens("composite");
    let cabinet = Cabinet::new(lens.as_ref(), &questions);
    let sim = Simulation {
        system: &system,
        cabinet: &cabinet,
        seed: 1,
        years: 41,
        networks: Networks::Last,
    };
    let mut run = sim.begin(0);
    (0..41).for_each(|_| run.year(false, None));
    let holder = run.snapshot.holders[at];
    assert!(run.snapshot.active[at]);
    assert!(
        holder.since >= late && holder.born >= late - 55,
        "{holder:?}"
    );
}
