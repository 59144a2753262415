//! The graph model against gmcr-py and an independent solver (games.md, section 5).

use proptest::prelude::*;
use raison_games::conflict::{
    Choice, Concept, Conflict, Direction, OptionForm, Options, Statement, coalition_moves, path,
    stability,
};

fn ranks(states: usize, best_first: &[u32]) -> Vec<u32> {
    let mut list = vec![0; states];
    for (k, s) in best_first.iter().enumerate() {
        list[*s as usize - 1] = (states - k) as u32;
    }
    list
}

fn sets(list: Vec<usize>) -> Vec<usize> {
    list.into_iter().map(|s| s + 1).collect()
}

fn elmira(uniroyal: [u32; 9]) -> Conflict {
    let both = |list: &[(u32, u32)]| -> Vec<(u32, u32)> {
        list.iter()
            .flat_map(|(a, b)| [(a - 1, b - 1), (b - 1, a - 1)])
            .collect()
    };
    let one = |list: &[(u32, u32)]| -> Vec<(u32, u32)> {
        list.iter().map(|(a, b)| (a - 1, b - 1)).collect()
    };
    let u = [
        (1, 3),
        (1, 9),
        (2, 4),
        (2, 9),
        (3, 9),
        (4, 9),
        (5, 7),
        (5, 9),
        (6, 8),
        (6, 9),
        (7, 9),
        (8, 9),
    ];
    Conflict::new(
        ["Environment", "Uniroyal", "Local government"]
            .map(String::from)
            .to_vec(),
        9,
        vec![
            one(&[(1, 2), (3, 4), (5, 6), (7, 8)]),
            one(&u),
            both(&[(1, 5), (2, 6), (3, 7), (4, 8)]),
        ],
        vec![
            ranks(9, &[7, 3, 4, 8, 5, 1, 2, 6, 9]),
            ranks(9, &uniroyal),
            ranks(9, &[7, 3, 5, 1, 8, 6, 4, 2, 9]),
        ],
    )
    .unwrap()
}

#[test]
fn elmira_exactly() {
    let all: Vec<usize> = (1..=9).collect();
    for order in [[1, 4, 8, 5, 9, 2, 3, 7, 6], [1, 4, 8, 5, 9, 3, 7, 2, 6]] {
        let conflict = elmira(order);
        let found = stability(&conflict);
        let stable = |c, p| sets(found.stable(c, p));
        for concept in Concept::ALL {
            assert_eq!(stable(concept, 0), all);
            assert_eq!(stable(concept, 1), [1, 4, 5, 8, 9]);
        }
        assert_eq!(
            stable(Concept::Nash, 2),
            [5, 6, 7, 8].into_iter().chain([9]).collect::<Vec<usize>>()
        );
        assert_eq!(stable(Concept::Gmr, 2), all);
        assert_eq!(stable(Concept::Smr, 2), all);
        assert_eq!(stable(Concept::Seq, 2), [2, 3, 5, 6, 7, 8, 9]);
        let equilibria = |c| sets(found.equilibria(c));
        assert_eq!(equilibria(Concept::Nash), [5, 8, 9]);
        assert_eq!(equilibria(Concept::Seq), [5, 8, 9]);
        assert_eq!(equilibria(Concept::Gmr), [1, 4, 5, 8, 9]);
        assert_eq!(equilibria(Concept::Smr), [1, 4, 5, 8, 9]);
    }
}

#[test]
fn elmira_paths_and_coalitions() {
    let conflict = elmira([1, 4, 8, 5, 9, 2, 3, 7, 6]);
    let steps = path(&conflict, 0, 4).unwrap();
    assert_eq!(steps.len(), 1);
    assert!(steps[0].improves && steps[0].player == 2);
    // The known jump from 5 to 8 needs all three; Environment and Uniroyal reach it
    // together from 5 (accept, then modify), which both prefer.
    let moves = coalition_moves(&conflict, 4);
    assert!(
        moves
            .iter()
            .any(|m| m.members == [0, 1] && m.targets == [7])
    );
}

fn cuba() -> (OptionForm, Conflict) {
    let choice = |name: &str, player, direction| Choice {
        name: name.to_owned(),
        player,
        direction,
    };
    let options = Options {
        list: vec![
            choice("air strike", 0, Direction::Forward),
            choice("blockade", 0, Direction::Both),
            choice("withdraw", 1, Direction::Both),
            choice("escalate", 1, Direction::Both),
        ],
    };
    // Twelve combinations in counting order; both Soviet options together are impossible.
    let form = OptionForm::new(options, |c| (c < 12).then_some(c)).unwrap();
    let conflict = form
        .conflict(
            ["US", "USSR"].map(String::from).to_vec(),
            vec![
                ranks(12, &[5, 7, 6, 8, 3, 2, 4, 1, 12, 10, 11, 9]),
                ranks(12, &[1, 5, 7, 3, 6, 2, 8, 4, 12, 10, 11, 9]),
            ],
        )
        .unwrap();
    (form, conflict)
}

/// Fraser–Hipel style model of gmcr-py's Cuban example.
#[test]
fn cuban_missile_crisis_exactly() {
    let (form, conflict) = cuba();
    assert_eq!(form.letters(form.combinations[5]), "YNYN");
    let found = stability(&conflict);
    let equilibria = |c| sets(found.equilibria(c));
    assert_eq!(equilibria(Concept::Nash), [6]);
    assert_eq!(equilibria(Concept::Seq), [5, 6, 7]);
    assert_eq!(equilibria(Concept::Gmr), [1, 2, 3, 5, 6, 7, 8]);
    assert_eq!(equilibria(Concept::Smr), [1, 2, 3, 5, 6, 7, 8]);
    let stable = |c, p| sets(found.stable(c, p));
    assert_eq!(stable(Concept::Nash, 0), [2, 3, 5, 6, 12]);
    assert_eq!(stable(Concept::Seq, 0), [2, 3, 5, 6, 7, 12]);
    assert_eq!(stable(Concept::Gmr, 0), [1, 2, 3, 4, 5, 6, 7, 8, 12]);
    assert_eq!(stable(Concept::Smr, 0), [1, 2, 3, 4, 5, 6, 7, 8, 12]);
    assert_eq!(stable(Concept::Nash, 1), [1, 6, 7, 8]);
    assert_eq!(stable(Concept::Seq, 1), [1, 5, 6, 7, 8]);
    assert_eq!(stable(Concept::Gmr, 1), [1, 2, 3, 5, 6, 7, 8]);
    assert_eq!(stable(Concept::Smr, 1), [1, 2, 3, 5, 6, 7, 8]);
}

#[test]
fn prisoners_dilemma_exactly() {
    // CC, CD, DC, DD.
    let conflict = Conflict::new(
        vec!["A".into(), "B".into()],
        4,
        vec![
            vec![(0, 2), (2, 0), (1, 3), (3, 1)],
            vec![(0, 1), (1, 0), (2, 3), (3, 2)],
        ],
        vec![vec![3, 1, 4, 2], vec![3, 4, 1, 2]],
    )
    .unwrap();
    let found = stability(&conflict);
    assert_eq!(found.equilibria(Concept::Nash), [3]);
    for concept in [Concept::Gmr, Concept::Smr, Concept::Seq] {
        assert_eq!(found.equilibria(concept), [0, 3]);
    }
}

/// The definitions as written, by enumeration of legal sequences.
fn slow(conflict: &Conflict, concept: Concept, player: usize, state: usize) -> bool {
    let ranks = conflict.ranks(player);
    let improvements = conflict.reachable(player, state).into_iter();
    let mut improvements = improvements.filter(|t| ranks[*t] > ranks[state]);
    improvements.all(|t| {
        if concept == Concept::Nash {
            return false;
        }
        answers(conflict, player, t, concept == Concept::Seq)
            .into_iter()
            .any(|u| {
                let escapes = || {
                    conflict
                        .reachable(player, u)
                        .into_iter()
                        .any(|v| ranks[v] > ranks[state])
                };
                ranks[u] <= ranks[state] && (concept != Concept::Smr || !escapes())
            })
    })
}

fn answers(conflict: &Conflict, player: usize, from: usize, credible: bool) -> Vec<usize> {
    let n = conflict.players().len();
    let mut seen = std::collections::HashSet::new();
    let mut waiting = vec![(from, n)];
    while let Some((at, last)) = waiting.pop() {
        for mover in (0..n).filter(|m| *m != player && *m != last) {
            let ranks = conflict.ranks(mover);
            for to in conflict.reachable(mover, at) {
                if (!credible || ranks[to] > ranks[at]) && seen.insert((to, mover)) {
                    waiting.push((to, mover));
                }
            }
        }
    }
    seen.into_iter().map(|p| p.0).collect()
}

fn agrees(conflict: &Conflict) {
    let found = stability(conflict);
    for concept in Concept::ALL {
        for player in 0..conflict.players().len() {
            for state in 0..conflict.states() {
                let ours = found.is_stable(concept, player, state);
                assert_eq!(
                    ours,
                    slow(conflict, concept, player, state),
                    "{concept:?} {player} {state}"
                );
            }
        }
    }
}

fn names(n: usize) -> Vec<String> {
    (0..n).map(|k| k.to_string()).collect()
}

proptest! {
    #[test]
    fn sweeps_equal_the_definitions(
        players in 2..4usize,
        moves in prop::collection::vec((0..3usize, 0..7u32, 0..7u32), 0..40),
        ranks in prop::collection::vec(prop::collection::vec(0..6u32, 7), 3),
    ) {
        let of = |p: usize| moves.iter().filter(|m| m.0 == p).map(|m| (m.1, m.2)).collect();
        let lists = (0..players).map(of).collect();
        let conflict = Conflict::new(names(players), 7, lists, ranks[..players].to_vec()).unwrap();
        agrees(&conflict);
    }

    #[test]
    fn options_equal_the_definitions(
        owners in prop::collection::vec(0..3usize, 1..6),
        ways in prop::collection::vec(0..6u8, 6),
        barred in prop::collection::vec(0..32u32, 0..8),
        ranks in prop::collection::vec(prop::collection::vec(0..9u32, 32), 3),
    ) {
        let list = owners.iter().zip(&ways).map(|(player, way)| Choice {
            name: "x".into(),
            player: *player,
            direction: match way { 0 => Direction::Forward, 1 => Direction::Backward, _ => Direction::Both },
        });
        let options = Options { list: list.collect() };
        let count = 1u32 << owners.len();
        let feasible: Vec<u32> = (0..count).filter(|c| !barred.contains(c)).collect();
        prop_assume!(!feasible.is_empty());
        let form = OptionForm::new(options, |c| feasible.binary_search(&c).ok().map(|k| k as u32)).unwrap();
        let ranks = ranks.iter().map(|r| r[..feasible.len()].to_vec()).collect();
        agrees(&form.conflict(names(3), ranks).unwrap());
    }
}

/// Sixteen options in four hands, all combinations feasible.
#[test]
fn two_to_the_sixteenth_states() {
    let choice = |k: usize| Choice {
        name: format!("o{k}"),
        player: k / 4,
        direction: Direction::Both,
    };
    let options = Options {
        list: (0..16).map(choice).collect(),
    };
    let form = OptionForm::new(options, Some).unwrap();
    let ranks = (0..4usize)
        .map(|p| {
            let own = (0..4).map(|k| Statement::Not(Box::new(Statement::Taken(4 * p + k))));
            let other = (0..4).map(|k| Statement::Taken(4 * ((p + 1) % 4) + k));
            form.ranks(&other.chain(own).collect::<Vec<_>>()).unwrap()
        })
        .collect();
    let conflict = form.conflict(names(4), ranks).unwrap();
    let found = stability(&conflict);
    // Doing nothing is dominant, so it alone is a Nash equilibrium; cooperation is
    // metarational, for every improvement can be sanctioned.
    assert_eq!(found.equilibria(Concept::Nash), [0]);
    assert!(found.equilibria(Concept::Gmr).contains(&0xffff));
}

#[test]
fn statements() {
    use Statement::{All, Any, If, Iff, Not, Taken};
    let yes = |s: &Statement, c| s.holds(c);
    assert!(yes(&Taken(1), 2) && !yes(&Taken(0), 2));
    assert!(yes(&If(Box::new(Taken(0)), Box::new(Taken(1))), 0));
    assert!(!yes(&If(Box::new(Taken(0)), Box::new(Taken(1))), 2));
    assert!(yes(
        &Iff(Box::new(Taken(0)), Box::new(Not(Box::new(Taken(1))))),
        1
    ));
    assert!(yes(&All(vec![]), 0) && !yes(&Any(vec![]), 0));
}

#[test]
fn refused() {
    assert!(Conflict::new(vec![], 1, vec![], vec![]).is_err());
    assert!(Conflict::new(names(1), 0, vec![vec![]], vec![vec![]]).is_err());
    assert!(Conflict::new(names(1), 2, vec![vec![(0, 2)]], vec![vec![0, 1]]).is_err());
    assert!(Conflict::new(names(1), 2, vec![vec![]], vec![vec![0]]).is_err());
}
