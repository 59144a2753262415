//! Leaders and doctrines put into a world that names none, as those of the record.

mod common;

use common::{OnDisk, parse, ring};
use raison_files::library::{Chosen, Kind};
use raison_files::{Loader, Shelf};
use raison_world::{Cabinet, EventKind, Networks, Questions, Simulation, System};

fn swaps(list: &[(&str, Kind, &str)]) -> Vec<(String, Kind, Chosen)> {
    list.iter()
        .map(|(code, kind, slug)| ((*code).to_owned(), *kind, Chosen::Slug((*slug).to_owned())))
        .collect()
}

#[test]
fn a_leader_and_a_doctrine_are_put_into_one_seat_and_change_decisions() {
    let world = || parse(&ring(20)).0.expect("a world");
    let mut changed = world();
    let shelf: &dyn Shelf = &OnDisk;
    let mut loader = Loader::new(shelf);
    let put = swaps(&[
        ("AAA", Kind::Leader, "john-kennedy-1961"),
        ("AAA", Kind::Doctrine, "five-principles-1954"),
        ("AAB", Kind::Doctrine, "five-principles-1954"),
    ]);
    loader.people(&mut changed, &put);
    assert!(
        !loader.problems.has_errors(),
        "{:?}",
        loader.problems.as_slice()
    );
    let minds: Vec<_> = changed.states.iter().map(|s| s.seats[0].mind).collect();
    assert_eq!(minds.iter().flatten().count(), 2);
    let first = &changed.minds[minds[0].expect("a mind")];
    assert!(first.leader.is_some() && first.doctrine.is_some());
    let second = &changed.minds[minds[1].expect("a mind")];
    assert!(second.leader.is_none() && second.doctrine.is_some());
    let strategies = |world| {
        let system = System::new(world);
        let questions = Questions::new(&system);
        let lens = common::lens("composite");
        let cabinet = Cabinet::new(lens.as_ref(), &questions);
        let sim = Simulation {
            system: &system,
            cabinet: &cabinet,
            seed: 2,
            years: 10,
            networks: Networks::Last,
        };
        let runs = (0..5).flat_map(|r| sim.run(r).events);
        let own = runs.filter(|e| e.kind == EventKind::Strategy && e.actor == 0);
        own.map(|e| e.item).collect::<Vec<u32>>()
    };
    assert_ne!(strategies(changed), strategies(world()));
}

#[test]
fn states_and_slugs_that_do_not_exist_are_told() {
    let mut world = parse(&ring(20)).0.expect("a world");
    let mut loader = Loader::new(&OnDisk);
    let put = swaps(&[
        ("ZZZ", Kind::Doctrine, "five-principles-1954"),
        ("AAA", Kind::Leader, "nobody-at-all"),
    ]);
    loader.people(&mut world, &put);
    let errors = loader.problems.as_slice().iter().filter(|d| d.is_error());
    assert_eq!(errors.count(), 2);
}
