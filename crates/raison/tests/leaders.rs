//! Leaders of the library: what every file has to state, and that it acts.

use raison::core::{Case, Draw};
use raison::embedded::Embedded;
use raison::files::{Chosen, Kind, Shelf, Swap};

fn case(slug: &str, leader: Option<&str>) -> Case {
    let shelf = Embedded;
    let mut loader = raison::loader(&shelf);
    let swap = Swap {
        leader: leader.map(|l| Chosen::Slug(l.into())),
        ..Swap::default()
    };
    let case = loader.shelf_case(slug, &swap).expect("readable");
    assert!(!loader.problems.has_errors());
    case
}

fn probabilities(case: &Case) -> Vec<f64> {
    let lenses = raison::lenses::all();
    let memory = lenses.iter().find(|l| l.id() == "memory").expect("memory");
    let prepared = memory.prepare(&case.question).expect("an answer");
    let mut out = vec![0.0; case.question.situation.alternatives.len()];
    let values = case.question.inputs.central();
    prepared.probabilities(Draw(&values), &mut out);
    out
}

#[test]
fn every_scored_leader_has_a_year_of_birth() {
    let slugs = Embedded.slugs(Kind::Leader);
    assert!(slugs.len() >= 20);
    for slug in slugs {
        let case = case("cuban-missile-crisis", Some(&slug));
        let leader = case.question.decider.leader.expect("a leader");
        assert_eq!(leader.born.is_none(), leader.basis == "norm", "{slug}");
    }
}

/// Kennedy was 21 at Munich: the formative years of Schuman & Scott (1989).
#[test]
fn the_formative_years_act_on_memory() {
    let with = case("cuban-missile-crisis", None);
    let mut without = with.clone();
    without
        .question
        .decider
        .leader
        .as_mut()
        .expect("a leader")
        .born = None;
    assert_ne!(probabilities(&with), probabilities(&without));
}
