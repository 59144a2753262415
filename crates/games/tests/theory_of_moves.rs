//! Theory of moves: the 36 games of inferred preferences and facts about all 78 games.

mod support;

use raison_games::theory_of_moves::tip::{self, Norm, Tip};
use raison_games::theory_of_moves::{
    Cell, Player, Rule, TwoByTwo, all_games, equilibria, non_myopic, non_myopic_under,
};

fn cell(name: &str) -> Cell {
    match name {
        "Settle" => Cell::SETTLE,
        "Row submits/Col dominates" => Cell::ROW_SUBMITS,
        "Row dominates/Col submits" => Cell::ROW_DOMINATES,
        "Deadlock" => Cell::DEADLOCK,
        other => panic!("unknown outcome {other}"),
    }
}

fn cells(list: &serde_json::Value) -> Vec<Cell> {
    let list = list.as_array().expect("a list").iter();
    let mut cells: Vec<Cell> = list.map(|v| cell(v.as_str().expect("a name"))).collect();
    cells.sort();
    cells
}

/// Reference: tip_tom_36.json, regression values of the stated rule variant.
#[test]
fn all_36_games_of_inferred_preferences() {
    let Some(reference) = support::json("oracles/tip_tom_36.json") else {
        return;
    };
    let list = reference.as_array().expect("36 games");
    assert_eq!(list.len(), 36);
    for (entry, k) in list.iter().zip(0..) {
        let game = tip::game(Tip::ALL[k / 6], Tip::ALL[k % 6]);
        for c in Cell::ALL {
            let ranks = &entry["game"][c.index()];
            assert_eq!(ranks[0], game.rank(Player::Row, c), "{k}");
            assert_eq!(ranks[1], game.rank(Player::Column, c), "{k}");
        }
        assert_eq!(
            game.nash().collect::<Vec<_>>(),
            cells(&entry["nash"]),
            "{k}"
        );
        for (start, ends) in entry["nme"].as_object().expect("starts") {
            let mut ours: Vec<Cell> = non_myopic(&game, cell(start)).ends().collect();
            ours.sort();
            assert_eq!(ours, cells(ends), "game {k} from {start}");
        }
    }
}

/// Rapoport & Guyer 1966; Brams & Ismail 2021 (doi 10.1007/s11238-021-09824-1).
#[test]
fn facts_about_the_78_games() {
    let games = all_games();
    assert_eq!(games.len(), 78);
    for rule in [Rule::TwoSided, Rule::OneSided] {
        let (conflict, harmony): (Vec<_>, Vec<_>) =
            games.iter().partition(|g| g.mutually_best().is_none());
        assert_eq!((conflict.len(), harmony.len()), (57, 21));
        for game in &harmony {
            assert_eq!(equilibria(rule, game), vec![game.mutually_best().unwrap()]);
        }
        let able = conflict.iter().filter(|g| g.cooperative().next().is_some());
        let kept = |g: &TwoByTwo| g.cooperative().any(|c| equilibria(rule, g).contains(&c));
        assert_eq!(able.clone().count(), 45);
        assert_eq!(able.filter(|g| kept(g)).count(), 44);
    }
}

/// Number of conflict games with 1, 2 and 3 equilibria: values of this rule variant (an
/// independent implementation gives the same), not published ones.
#[test]
fn how_many_equilibria_the_conflict_games_have() {
    let split = |rule| {
        let mut counts = [0; 5];
        for game in all_games().iter().filter(|g| g.mutually_best().is_none()) {
            counts[equilibria(rule, game).len()] += 1;
        }
        counts
    };
    assert_eq!(split(Rule::TwoSided), [0, 29, 24, 4, 0]);
    assert_eq!(split(Rule::OneSided), [0, 26, 27, 4, 0]);
}

/// Brams 1994 as reported in the reference file.
#[test]
fn three_named_games() {
    let chicken = tip::game(Tip::Chicken, Tip::Chicken);
    let found = equilibria(Rule::TwoSided, &chicken);
    assert_eq!(
        found,
        [Cell::SETTLE, Cell::ROW_SUBMITS, Cell::ROW_DOMINATES]
    );

    let dilemma = tip::game(Tip::PrisonersDilemma, Tip::PrisonersDilemma);
    for start in [Cell::SETTLE, Cell::ROW_DOMINATES, Cell::ROW_SUBMITS] {
        assert_eq!(non_myopic(&dilemma, start).end, Cell::SETTLE);
    }
    assert_eq!(non_myopic(&dilemma, Cell::DEADLOCK).end, Cell::DEADLOCK);

    let hunt = tip::game(Tip::StagHunt, Tip::StagHunt);
    assert!(
        Cell::ALL
            .iter()
            .all(|&s| non_myopic(&hunt, s).end == Cell::SETTLE)
    );
}

/// Relabelling players or strategies relabels the answer, for every game and start.
#[test]
fn labels_do_not_matter() {
    for game in all_games() {
        for rule in [Rule::TwoSided, Rule::OneSided] {
            for start in Cell::ALL {
                let mut plain: Vec<Cell> = non_myopic_under(rule, &game, start).ends().collect();
                let mut turned: Vec<Cell> =
                    non_myopic_under(rule, &game.transposed(), start.transposed())
                        .ends()
                        .map(Cell::transposed)
                        .collect();
                plain.sort();
                turned.sort();
                assert_eq!(plain, turned, "{game}");
                let moved = game.relabelled(Player::Row);
                let from = start.after_move_by(Player::Row);
                let mut moved: Vec<Cell> = non_myopic_under(rule, &moved, from)
                    .ends()
                    .map(|c| c.after_move_by(Player::Row))
                    .collect();
                moved.sort();
                assert_eq!(plain, moved, "{game}");
            }
        }
    }
}

#[test]
fn indices_are_read_against_the_norm() {
    let norm = Norm {
        direction_mean: 0.5331,
        control_mean: 0.1988,
        control_sd: 0.0782,
        band: 1.0,
    };
    let infer = |i1, p4| Tip::infer(i1, p4, &norm).unwrap();
    assert_eq!(infer(0.9, 0.05), Tip::Appeasement);
    assert_eq!(infer(0.9, 0.2), Tip::Assurance);
    assert_eq!(infer(0.9, 0.5), Tip::StagHunt);
    assert_eq!(infer(-0.2, 0.05), Tip::Chicken);
    assert_eq!(infer(-0.2, 0.2), Tip::PrisonersDilemma);
    assert_eq!(infer(-0.2, 0.5), Tip::Bully);
    assert!(Tip::infer(f64::NAN, 0.2, &norm).is_err());
    assert!(Tip::infer(1.2, 0.2, &norm).is_err());
    assert!(Tip::infer(0.2, -0.1, &norm).is_err());
}

#[test]
fn ranks_with_ties_are_refused() {
    assert!(TwoByTwo::new([1, 2, 3, 3], [1, 2, 3, 4]).is_err());
    assert!(TwoByTwo::from_payoffs([0.0, 0.0, 1.0, 2.0], [1.0, 2.0, 3.0, 4.0]).is_err());
    assert!(TwoByTwo::from_payoffs([f64::INFINITY, 0.0, 1.0, 2.0], [1.0; 4]).is_err());
    let from = TwoByTwo::from_payoffs([0.1, -2.0, 7.0, 0.2], [1.0, 2.0, 3.0, 4.0]).unwrap();
    assert_eq!(from, TwoByTwo::new([2, 1, 4, 3], [1, 2, 3, 4]).unwrap());
}
