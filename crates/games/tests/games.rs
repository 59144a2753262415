//! Equilibria against the digits of Gambit 16.7.0 (games.md, section 4).

use proptest::prelude::*;
use raison_games::extensive_form::templates::{
    ASSURANCE, CHICKEN, CrisisBargaining, Deterrence, PRISONERS_DILEMMA, crisis_bargaining,
    deterrence, symmetric,
};
use raison_games::extensive_form::{reduced_normal_form, subgame_perfect};
use raison_games::normal_form::{nash, pure_nash};
use raison_games::quantal::{agent_quantal_response, quantal_response};
use raison_games::{ExtensiveForm, NormalForm};

fn game(row: &[&[f64]], column: &[&[f64]]) -> NormalForm {
    NormalForm::bimatrix(row, column).unwrap()
}

fn dilemma() -> NormalForm {
    game(&[&[3.0, 0.0], &[5.0, 1.0]], &[&[3.0, 5.0], &[0.0, 1.0]])
}

fn chicken() -> NormalForm {
    game(&[&[3.0, 2.0], &[4.0, 1.0]], &[&[3.0, 4.0], &[2.0, 1.0]])
}

fn stag_hunt() -> NormalForm {
    game(&[&[4.0, 0.0], &[3.0, 2.0]], &[&[4.0, 3.0], &[0.0, 2.0]])
}

fn pennies() -> NormalForm {
    game(&[&[9.0, 0.0], &[0.0, 1.0]], &[&[0.0, 1.0], &[1.0, 0.0]])
}

fn sexes() -> NormalForm {
    game(&[&[2.0, 0.0], &[0.0, 1.0]], &[&[1.0, 0.0], &[0.0, 2.0]])
}

fn near(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() <= tolerance, "ours {a}, theirs {b}");
}

fn firsts(game: &NormalForm) -> Vec<[f64; 2]> {
    let found = nash(game).unwrap();
    for profile in &found.profiles {
        assert!(game.regret(profile) < 1e-12);
    }
    found.profiles.iter().map(|p| [p[0][0], p[1][0]]).collect()
}

#[test]
fn all_nash_equilibria_of_five_games() {
    let third = 1.0 / 3.0;
    let cases = [
        (dilemma(), vec![[0.0, 0.0]]),
        (chicken(), vec![[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]]),
        (
            stag_hunt(),
            vec![[1.0, 1.0], [0.0, 0.0], [2.0 * third, 2.0 * third]],
        ),
        (pennies(), vec![[0.5, 0.1]]),
        (sexes(), vec![[1.0, 1.0], [0.0, 0.0], [2.0 * third, third]]),
    ];
    for (game, expected) in cases {
        let ours = firsts(&game);
        assert_eq!(ours.len(), expected.len());
        for (a, b) in ours.iter().zip(&expected) {
            near(a[0], b[0], 1e-12);
            near(a[1], b[1], 1e-12);
        }
    }
    assert!(!nash(&chicken()).unwrap().degenerate);
}

#[test]
fn degenerate_games_are_named() {
    // The column player is indifferent when the row player plays its first strategy.
    let g = game(&[&[1.0, 1.0], &[0.0, 0.0]], &[&[1.0, 1.0], &[0.0, 1.0]]);
    let found = nash(&g).unwrap();
    assert!(found.degenerate);
    assert_eq!(found.profiles.len(), 2);
    assert_eq!(found.components, [0, 0]);
    // Nothing matters: all four corners, one component.
    let g = game(&[&[1.0, 1.0], &[1.0, 1.0]], &[&[1.0, 1.0], &[1.0, 1.0]]);
    let found = nash(&g).unwrap();
    assert_eq!((found.profiles.len(), found.degenerate), (4, true));
    assert_eq!(found.components, [0; 4]);
}

#[test]
fn pure_equilibria_of_three_players() {
    // Each gains by matching the majority: all alike, twice.
    let players = (0..3).map(|k| raison_games::normal_form::Player {
        name: k.to_string(),
        strategies: vec!["a".into(), "b".into()],
    });
    let mut payoffs = Vec::new();
    for number in 0..8usize {
        let ones = number.count_ones();
        for p in 0..3 {
            let mine = u32::from(number >> p & 1 == 1);
            let agree = if mine == 1 { ones - 1 } else { 2 - ones };
            payoffs.push(f64::from(agree));
        }
    }
    let g = NormalForm::new("", players.collect(), payoffs).unwrap();
    let found: Vec<Vec<usize>> = pure_nash(&g).into_iter().map(|p| p.strategies).collect();
    assert_eq!(found, [[0, 0, 0], [1, 1, 1]]);
    assert!(nash(&g).is_err());
    // Quantal response of three players: symmetric, so even odds up to some precision.
    let quantal = quantal_response(&g, 0.5).unwrap();
    near(quantal.answers[0].0[0][0], 0.5, 1e-12);
}

/// Gambit 16.7.0, also verified by an independent Newton continuation.
#[test]
fn quantal_response_digits() {
    let lambdas = [0.5, 1.0, 2.0, 5.0];
    let cases: [(NormalForm, [f64; 4], [f64; 4]); 4] = [
        (
            dilemma(),
            [0.3386482024, 0.2267506448, 0.0997884840, 0.0064808339],
            [0.3386482024, 0.2267506448, 0.0997884840, 0.0064808339],
        ),
        (
            stag_hunt(),
            [0.4020521354, 0.1958460469, 0.0202644786, 0.0000454288],
            [0.4020521354, 0.1958460469, 0.0202644786, 0.0000454288],
        ),
        (
            pennies(),
            [0.8306705913, 0.8935763306, 0.8607543943, 0.7019842368],
            [0.4180774669, 0.3127803750, 0.1910784943, 0.1171352913],
        ),
        (
            sexes(),
            [0.5453635730, 0.5711507533, 0.9571538242, 0.9999498044],
            [0.4546364270, 0.4288492467, 0.8510579534, 0.9933021417],
        ),
    ];
    for (game, row, column) in &cases {
        for (k, lambda) in lambdas.into_iter().enumerate() {
            let found = quantal_response(game, lambda).unwrap();
            assert!(found.answers.iter().all(|a| a.1.residual < 1e-12));
            let fits = |p: &Vec<Vec<f64>>| {
                (p[0][0] - row[k]).abs() < 1e-8 && (p[1][0] - column[k]).abs() < 1e-8
            };
            assert!(
                found.answers.iter().any(|a| fits(&a.0)),
                "{lambda}: {:?}",
                found.answers
            );
        }
    }
}

/// Battle of the sexes is symmetric under exchange of players and labels, so its principal
/// branch stays symmetric (p + q = 1) and forks; Gambit's digits at λ = 2 and 5 lie on one
/// of the two side branches, which it enters without saying so.
#[test]
fn battle_of_the_sexes_forks() {
    for lambda in [2.0, 5.0] {
        let found = quantal_response(&sexes(), lambda).unwrap();
        assert_eq!((found.answers.len(), found.bifurcations.len()), (3, 1));
        assert!(found.bifurcations[0].lambda > 1.0 && found.bifurcations[0].lambda < 2.0);
        let sum = |k: usize| found.answers[k].0[0][0] + found.answers[k].0[1][0];
        near(sum(0), 1.0, 1e-10);
        near(sum(1) + sum(2), 2.0, 1e-10);
        assert!(found.answers[0].1.is_principal() && !found.answers[1].1.is_principal());
    }
}

#[test]
fn chicken_has_a_pitchfork_at_2() {
    for lambda in [0.5, 1.0, 1.9] {
        let found = quantal_response(&chicken(), lambda).unwrap();
        assert_eq!(found.answers.len(), 1);
        near(found.answers[0].0[0][0], 0.5, 1e-12);
    }
    for lambda in [2.1, 5.0, 50.0] {
        let found = quantal_response(&chicken(), lambda).unwrap();
        assert_eq!(found.bifurcations.len(), 1, "{lambda}");
        near(found.bifurcations[0].lambda, 2.0, 1e-6);
        assert_eq!(found.answers.len(), 3, "{lambda}");
        near(found.answers[0].0[0][0], 0.5, 1e-12);
        let (a, b) = (&found.answers[1].0, &found.answers[2].0);
        near(a[0][0], b[1][0], 1e-10);
        near(a[1][0], b[0][0], 1e-10);
        assert!((a[0][0] - 0.5).abs() > 0.1);
        for (profile, _) in &found.answers {
            // Odds of the first strategy: exp of lambda times (1 - 2 q), q the other's.
            let odds = (lambda * (1.0 - 2.0 * profile[1][0])).exp();
            near(profile[0][0], odds / (1.0 + odds), 1e-10);
        }
    }
}

/// Closed form: backward logit recursion.
#[test]
fn agent_quantal_response_digits() {
    let table = [
        (
            0.5,
            [0.5219328516, 0.6030031661, 0.5312093734],
            [0.5012229956, 0.6123036426, 0.4687906266],
        ),
        (
            1.0,
            [0.5156952685, 0.6893922122, 0.5621765009],
            [0.4597167184, 0.7216619886, 0.4378234991],
        ),
        (
            2.0,
            [0.4562743057, 0.8090503964, 0.6224593312],
            [0.3042671132, 0.8865674004, 0.3775406688],
        ),
        (
            5.0,
            [0.2508106125, 0.9335084950, 0.7772998612],
            [0.0594623200, 0.9977802182, 0.2227001388],
        ),
    ];
    let tree = |w: f64| {
        deterrence(Deterrence {
            fight: (w, -0.75),
            ..Deterrence::default()
        })
        .unwrap()
    };
    for (lambda, a, b) in table {
        for (w, expected) in [(-0.25, a), (-0.75, b)] {
            let found = agent_quantal_response(&tree(w), lambda).unwrap();
            for (set, theirs) in expected.into_iter().enumerate() {
                near(found.answers[0].0[set][1], theirs, 1e-9);
            }
            assert!(found.answers[0].1.residual < 1e-12);
        }
    }
}

#[test]
fn backward_induction_of_the_deterrence_tree() {
    let solve = |w: f64| {
        let tree = deterrence(Deterrence {
            fight: (w, -0.75),
            ..Deterrence::default()
        })
        .unwrap();
        let found = subgame_perfect(&tree).unwrap();
        assert_eq!((found.solutions.len(), found.roots.len()), (1, 3));
        assert_eq!(found.solutions[0].regret, 0.0);
        let behaviour = &found.solutions[0].behaviour;
        [behaviour[0][1], behaviour[1][1], behaviour[2][1]]
    };
    assert_eq!(solve(-0.25), [0.0, 1.0, 1.0]);
    assert_eq!(solve(-0.75), [0.0, 1.0, 0.0]);
}

#[test]
fn ties_are_solutions_of_their_own() {
    let payoffs = Deterrence {
        fight: (-0.5, -0.75),
        ..Deterrence::default()
    };
    let found = subgame_perfect(&deterrence(payoffs).unwrap()).unwrap();
    assert_eq!(found.solutions.len(), 2);
    assert!(found.indifferent);
}

#[test]
fn incomplete_information() {
    let tree = crisis_bargaining(CrisisBargaining::default()).unwrap();
    assert!(!tree.has_perfect_information() && tree.has_perfect_recall());
    let found = subgame_perfect(&tree).unwrap();
    // Even odds of facing a resolute defender: 0.55 for sure against 0.85/2 + 0.3/2.
    let demand = &found.solutions[0].behaviour[0];
    assert!(found.solutions.iter().all(|s| s.regret < 1e-12));
    assert_eq!(demand, &[0.0, 1.0]);
    let bold = CrisisBargaining {
        resolute: 0.6,
        ..CrisisBargaining::default()
    };
    let found = subgame_perfect(&crisis_bargaining(bold).unwrap()).unwrap();
    assert_eq!(found.solutions[0].behaviour[0], [1.0, 0.0]);
    // The agent form agrees in the limit.
    let quantal = agent_quantal_response(&crisis_bargaining(bold).unwrap(), 400.0).unwrap();
    assert!(quantal.answers[0].0[0][0] > 0.99);
}

fn normal_form_of_a_tree_is_equivalent(tree: &ExtensiveForm) {
    let reduced = reduced_normal_form(tree).unwrap();
    for profile in nash(&reduced.game).unwrap().profiles {
        let behaviour = reduced.behaviour(tree, &profile);
        assert!(tree.regret(&behaviour) < 1e-9);
    }
}

#[test]
fn reduced_forms() {
    let tree = deterrence(Deterrence::default()).unwrap();
    let reduced = reduced_normal_form(&tree).unwrap();
    assert_eq!(reduced.game.sizes(), [3, 2]);
    assert_eq!(reduced.game.players()[0].strategies[0], "StatusQuo");
    normal_form_of_a_tree_is_equivalent(&tree);
    let crisis = crisis_bargaining(CrisisBargaining::default()).unwrap();
    assert_eq!(reduced_normal_form(&crisis).unwrap().game.sizes(), [2, 16]);
    normal_form_of_a_tree_is_equivalent(&crisis);
}

#[test]
fn templates_are_the_games_they_name() {
    let one = |payoffs| symmetric("", ["C", "D"], payoffs).unwrap();
    assert_eq!(firsts(&one(PRISONERS_DILEMMA)), [[0.0, 0.0]]);
    assert_eq!(firsts(&one(CHICKEN)).len(), 3);
    assert_eq!(firsts(&one(ASSURANCE))[0], [1.0, 1.0]);
}

#[test]
fn refused_input() {
    assert!(NormalForm::bimatrix(&[&[f64::INFINITY]], &[&[1.0]]).is_err());
    assert!(NormalForm::bimatrix(&[], &[]).is_err());
    assert!(NormalForm::bimatrix(&[&[1.0, 2.0]], &[&[1.0]]).is_err());
    assert!(quantal_response(&chicken(), -1.0).is_err());
    assert!(quantal_response(&chicken(), f64::NAN).is_err());
    assert!(
        deterrence(Deterrence {
            fight: (f64::NAN, 0.0),
            ..Deterrence::default()
        })
        .is_err()
    );
    let one = NormalForm::bimatrix(&[&[1.0]], &[&[2.0]]).unwrap();
    assert_eq!(
        quantal_response(&one, 3.0).unwrap().answers[0].0,
        [[1.0], [1.0]]
    );
    assert_eq!(firsts(&one), [[1.0, 1.0]]);
}

fn random_game() -> impl Strategy<Value = NormalForm> {
    (1..5usize, 1..5usize).prop_flat_map(|(m, n)| {
        let matrix = move || prop::collection::vec(prop::collection::vec(-5..5i32, n), m);
        (matrix(), matrix()).prop_map(|(a, b)| {
            let real = |t: &Vec<Vec<i32>>| -> Vec<Vec<f64>> {
                t.iter()
                    .map(|r| r.iter().map(|v| f64::from(*v)).collect())
                    .collect()
            };
            let (a, b) = (real(&a), real(&b));
            let a: Vec<&[f64]> = a.iter().map(Vec::as_slice).collect();
            let b: Vec<&[f64]> = b.iter().map(Vec::as_slice).collect();
            NormalForm::bimatrix(&a, &b).unwrap()
        })
    })
}

proptest! {
    #[test]
    fn equilibria_exist_and_nobody_can_gain(game in random_game()) {
        let found = nash(&game).unwrap();
        prop_assert!(!found.profiles.is_empty());
        for profile in &found.profiles {
            prop_assert!(game.regret(profile) < 1e-9);
        }
        for pure in pure_nash(&game) {
            let profile = pure.profile(&game);
            prop_assert!(found.profiles.iter().any(|p| p.iter().flatten().zip(profile.iter().flatten())
                .all(|(a, b)| (a - b).abs() < 1e-9)), "every pure equilibrium is extreme");
        }
        if !found.degenerate {
            prop_assert!(found.profiles.len() % 2 == 1, "an odd number");
        }
    }

    #[test]
    fn quantal_responses_are_fixed_points(game in random_game(), lambda in 0.0..3.0f64) {
        let found = quantal_response(&game, lambda).unwrap();
        for (profile, branch) in &found.answers {
            prop_assert!(branch.residual < 1e-10);
            for player in 0..2 {
                let earned = game.expected(player, profile);
                let total: f64 = earned.iter().map(|e| (lambda * e).exp()).sum();
                for (e, p) in earned.iter().zip(&profile[player]) {
                    prop_assert!(((lambda * e).exp() / total - p).abs() < 1e-9);
                }
            }
        }
    }

    #[test]
    fn a_dominated_strategy_never_gains_weight(a in -3.0..3.0f64, b in -3.0..3.0f64, less in 0.1..2.0f64) {
        let g = game(&[&[a, b], &[a - less, b - less]], &[&[1.0, -0.5], &[0.3, 2.0]]);
        let mut before = 0.5;
        for step in 0..12 {
            let found = quantal_response(&g, 0.25 * f64::from(step)).unwrap();
            let weight = found.answers[0].0[0][1];
            prop_assert!(weight <= before + 1e-12);
            before = weight;
        }
    }

    #[test]
    fn swapping_the_players_swaps_the_answer(m in prop::collection::vec(-4..4i32, 8)) {
        let v = |k: usize| f64::from(m[k]);
        let g = game(&[&[v(0), v(1)], &[v(2), v(3)]], &[&[v(4), v(5)], &[v(6), v(7)]]);
        let t = game(&[&[v(4), v(6)], &[v(5), v(7)]], &[&[v(0), v(2)], &[v(1), v(3)]]);
        let mut ours = firsts(&g);
        let mut theirs: Vec<[f64; 2]> = firsts(&t).into_iter().map(|[a, b]| [b, a]).collect();
        let order = |a: &[f64; 2], b: &[f64; 2]| a.partial_cmp(b).unwrap();
        ours.sort_by(order);
        theirs.sort_by(order);
        prop_assert_eq!(ours.len(), theirs.len());
        for (a, b) in ours.iter().zip(&theirs) {
            prop_assert!((a[0] - b[0]).abs() < 1e-9 && (a[1] - b[1]).abs() < 1e-9);
        }
    }
}
