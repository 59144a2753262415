//! Condorcet elections, agenda setting, exchange, and bargaining in several dimensions.

use proptest::prelude::*;
use raison_games::bargaining::condorcet::{
    Outcome, Rules, Victory, Voting, condorcet_of_positions, from_coalitions, utility, victory,
    vote,
};
use raison_games::bargaining::spatial::{Solution, bargain};
use raison_games::bargaining::{
    Disagreement, Quota, Space, exchange, kalai_smorodinsky, nash_bargaining, procedural,
};

fn near(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() <= tolerance, "ours {a}, theirs {b}");
}

const STRENGTHS: [f64; 9] = [1.0, 4.0, 6.0, 3.0, 1.0, 5.0, 2.0, 7.0, 1.0];

/// Digits of KTAB's kernel (commit 3b5b063), bargaining.md 2.4. Its Markov variants stop
/// iterating at 1e-6 and 1e-8, so they are compared at 1e-5 and 1e-7.
#[test]
fn elections_against_ktab() {
    let rows: [(Victory, [f64; 3], [f64; 3], [f64; 3]); 4] = [
        (
            Victory::Linear,
            [0.5691699605, 0.2371541502, 0.1936758893],
            [0.5138613061, 0.2781868671, 0.2079518268],
            [0.4913894130, 0.2688741956, 0.2397363914],
        ),
        (
            Victory::Square,
            [0.7540867596, 0.1592244003, 0.0866888401],
            [0.6188577521, 0.2384933175, 0.1426489305],
            [0.6207773385, 0.2143874960, 0.1648351655],
        ),
        (
            Victory::Quartic,
            [0.9267380229, 0.0613115030, 0.0119504741],
            [0.7644637691, 0.1474537544, 0.0880824765],
            [0.7720660012, 0.1322136009, 0.0957203979],
        ),
        (
            Victory::Octic,
            [0.9935309265, 0.0063130555, 0.0001560180],
            [0.9432595101, 0.0343797982, 0.0223606917],
            [0.9125821053, 0.0464089919, 0.0410089028],
        ),
    ];
    for (victory, conditional, incentive, uniform) in rows {
        let cases = [
            (Outcome::Conditional, conditional, 1e-9),
            (Outcome::MarkovIncentive, incentive, 1e-7),
            (Outcome::MarkovUniform, uniform, 1e-5),
        ];
        for (outcome, theirs, tolerance) in cases {
            let rules = Rules {
                victory,
                outcome,
                ..Rules::default()
            };
            let found = from_coalitions(STRENGTHS.to_vec(), 3, rules).unwrap();
            for (a, b) in found.probability.iter().zip(theirs) {
                near(*a, b, tolerance);
            }
            assert!(found.residual < 1e-15, "solved exactly");
        }
    }
    near(victory(Victory::Linear, 4.0, 3.0), 4.0 / 7.0, 1e-15);
    near(victory(Victory::Quartic, 6.0, 2.0), 0.9878048780, 1e-9);
    near(victory(Victory::Octic, 5.0, 7.0), 0.0634602707, 1e-9);
    near(victory(Victory::Square, 5.0, 7.0), 0.3378378378, 1e-9);
    assert!(victory(Victory::Binary, 11.1, 10.0) > 0.999);
    near(victory(Victory::Binary, 1.0, 1.0), 0.5, 1e-12);
    assert_eq!(victory(Victory::Octic, 0.0, 0.0), 0.5);
}

#[test]
fn votes_and_utilities_against_ktab() {
    let cases = [
        (Voting::Binary, 10.0),
        (Voting::PropBin, 4.4),
        (Voting::Proportional, 3.0),
        (Voting::PropCbc, 1.635),
        (Voting::Cubic, 0.27),
        (Voting::AsymProsp, 2.0),
    ];
    for (rule, theirs) in cases {
        near(vote(rule, 10.0, 0.7, 0.4), theirs, 1e-12);
    }
    near(vote(Voting::AsymProsp, 10.0, 0.4, 0.7), -3.0, 1e-12);
    near(utility(0.25, 0.5), 0.84375, 1e-15);
    near(utility(0.5, -1.0), 0.25, 1e-15);
    near(utility(0.25, 1.0), 0.9375, 1e-15);
}

/// Reference point 10, positions 2, 4, 5 and 9, setter at 2 with equal votes: each goes
/// along to twice its distance from 10, so three of four votes reach to 10 − 10 = 0 and
/// the setter gets its wish; all four only reach 8.
#[test]
fn agenda_setting_by_hand() {
    let x = [2.0, 4.0, 5.0, 9.0];
    let v = [1.0; 4];
    let found = procedural(&x, &v, 0, 10.0, Quota::Majority).unwrap();
    assert_eq!((found.point, found.passes, found.pivot), (2.0, true, None));
    let found = procedural(&x, &v, 0, 10.0, Quota::Share(1.0)).unwrap();
    assert_eq!((found.point, found.pivot, found.votes), (8.0, Some(3), 4.0));
    let found = procedural(&x, &v, 0, 3.0, Quota::Votes(2.0)).unwrap();
    assert_eq!(
        (found.point, found.passes),
        (3.0, false),
        "only the setter wants less"
    );
    assert!(procedural(&x, &v, 4, 3.0, Quota::Majority).is_err());
    assert!(procedural(&x, &v, 0, 3.0, Quota::Share(1.5)).is_err());
    assert!(procedural(&x, &v, 0, f64::NAN, Quota::Majority).is_err());
    // An exact half is no majority.
    let found = procedural(&[0.0, 1.0], &[1.0, 1.0], 0, 0.5, Quota::Majority).unwrap();
    assert!(!found.passes);
}

/// Two actors at 0 and 1 on two issues; the first cares for one, the second for the other.
/// Outcomes ½ move by equal gains: full exchange gives each its own issue.
#[test]
fn exchange_by_hand() {
    let space = Space::new(&[1.0, 1.0], &[0.0, 0.0, 1.0, 1.0], &[0.8, 0.2, 0.2, 0.8]).unwrap();
    let found = exchange(&space).unwrap();
    near(found.before[0], 0.2, 1e-12);
    near(found.before[1], 0.8, 1e-12);
    assert_eq!(found.deals.len(), 1);
    near(found.after[0], 0.0, 1e-12);
    near(found.after[1], 1.0, 1e-12);
    // Each gains 0.8 · 0.2 on its own issue and pays 0.2 · 0.2 on the other.
    near(found.deals[0].gain, 0.12, 1e-12);
    // The same saliences leave nothing to exchange.
    let same = Space::new(&[1.0, 1.0], &[0.0, 0.0, 1.0, 1.0], &[0.5, 0.5, 0.5, 0.5]).unwrap();
    assert!(exchange(&same).unwrap().deals.is_empty());
    let one = Space::new(&[1.0, 1.0], &[0.0, 1.0], &[0.5, 0.5]).unwrap();
    assert!(exchange(&one).unwrap().deals.is_empty());
}

#[test]
fn refused_tables() {
    assert!(Space::new(&[], &[], &[]).is_err());
    assert!(Space::new(&[1.0], &[f64::NAN], &[1.0]).is_err());
    assert!(Space::new(&[1.0], &[1.0], &[-1.0]).is_err());
    assert!(Space::new(&[1.0, 2.0], &[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]).is_err());
    assert!(Space::new(&[0.0], &[1.0], &[1.0]).is_err());
    assert!(Space::new(&[1.0, 1.0], &[-1e308, 1e308], &[1.0, 1.0]).is_err());
}

#[test]
fn actors_at_one_point_make_one_proposal() {
    let space = Space::new(&[1.0, 2.0, 1.0], &[0.0, 1.0, 0.0], &[1.0, 1.0, 1.0]).unwrap();
    let found = condorcet_of_positions(&space, 0.0, Rules::default()).unwrap();
    assert_eq!(
        (found.proposal_of, found.proposers),
        (vec![0, 1, 0], vec![0, 1])
    );
    near(found.election.probability[0], 0.5, 1e-12);
}

#[test]
fn a_single_actor_gets_its_way() {
    let space = Space::new(&[1.0], &[3.0, 4.0], &[0.5, 0.5]).unwrap();
    assert_eq!(exchange(&space).unwrap().after, [3.0, 4.0]);
    let found = condorcet_of_positions(&space, 0.0, Rules::default()).unwrap();
    assert_eq!(found.election.probability, [1.0]);
    let found = bargain(&space, Solution::Nash, None).unwrap();
    near(found.point[0], 3.0, 1e-6);
}

fn table() -> impl Strategy<Value = Vec<(f64, f64, f64)>> {
    prop::collection::vec((0.1..5.0f64, 0.0..10.0f64, 0.1..1.0f64), 2..8)
}

proptest! {
    #[test]
    fn several_dimensions_agree_with_one(list in table(), q in -5.0..15.0f64, zero: bool) {
        let c: Vec<f64> = list.iter().map(|a| a.0).collect();
        let x: Vec<f64> = list.iter().map(|a| a.1).collect();
        let s: Vec<f64> = list.iter().map(|a| a.2).collect();
        let w: Vec<f64> = c.iter().zip(&s).map(|(c, s)| c * s).collect();
        let spread = x.iter().copied().fold(f64::NEG_INFINITY, f64::max)
            - x.iter().copied().fold(f64::INFINITY, f64::min);
        prop_assume!(spread > 0.5);
        let space = Space::new(&c, &x, &s).unwrap();
        let point = [q];
        let (d, r) = if zero { (Disagreement::Zero, None) } else { (Disagreement::Point(q), Some(&point[..])) };
        for solution in [Solution::Nash, Solution::KalaiSmorodinsky] {
            let line = match solution {
                Solution::Nash => nash_bargaining(&w, &x, d).unwrap(),
                Solution::KalaiSmorodinsky => kalai_smorodinsky(&w, &x, d).unwrap(),
            };
            let plane = bargain(&space, solution, r).unwrap();
            if line.agreed && plane.agreed {
                prop_assert!((line.point - plane.point[0]).abs() < 1e-3, "{line:?} {plane:?}");
                prop_assert!(plane.shortfall < 1e-6);
            }
        }
    }

    #[test]
    fn exchanges_never_hurt_those_who_deal(list in prop::collection::vec(
        (0.1..5.0f64, prop::collection::vec((0.0..10.0f64, 0.05..1.0f64), 3)), 2..7)) {
        let c: Vec<f64> = list.iter().map(|a| a.0).collect();
        let x: Vec<f64> = list.iter().flat_map(|a| a.1.iter().map(|p| p.0)).collect();
        let s: Vec<f64> = list.iter().flat_map(|a| a.1.iter().map(|p| p.1)).collect();
        let space = Space::new(&c, &x, &s).unwrap();
        let found = exchange(&space).unwrap();
        for deal in &found.deals {
            prop_assert!(deal.gain > 0.0);
        }
        for d in 0..3 {
            let (low, range) = space.bounds(d);
            prop_assert!((low - 1e-9..=low + range + 1e-9).contains(&found.after[d]));
        }
        // The first deal, alone, gives both the same.
        if let Some(deal) = found.deals.first() {
            let shift = |issue: usize, giver: usize, vote: f64| {
                let total: f64 = (0..c.len()).map(|i| space.weight(i, issue)).sum();
                space.weight(giver, issue) * (vote - x[giver * 3 + issue]).abs() / total / space.bounds(issue).1
            };
            let a = shift(deal.issue_a, deal.second, deal.second_votes);
            let b = shift(deal.issue_b, deal.first, deal.first_votes);
            let gain = |k: usize| s[k * 3 + deal.issue_a] * a - s[k * 3 + deal.issue_b] * b;
            prop_assert!((gain(deal.first) - deal.gain).abs() < 1e-9);
            prop_assert!((-gain(deal.second) - deal.gain).abs() < 1e-9);
        }
    }

    #[test]
    fn elections_do_not_depend_on_order_or_unit(list in table(), scale in 0.5..50.0f64, which in 0..3usize) {
        // Coalitions have to outweigh the floor under their strengths, which has no unit.
        let mut places: Vec<f64> = list.iter().map(|a| a.1).collect();
        places.sort_by(f64::total_cmp);
        prop_assume!(places.windows(2).all(|w| w[1] - w[0] > 0.05));
        let rules = Rules { outcome: Outcome::ALL[which].1, ..Rules::default() };
        let solve = |list: &[(f64, f64, f64)], scale: f64| {
            let c: Vec<f64> = list.iter().map(|a| a.0 * scale).collect();
            let x: Vec<f64> = list.iter().map(|a| a.1).collect();
            let s: Vec<f64> = list.iter().map(|a| a.2).collect();
            let found = condorcet_of_positions(&Space::new(&c, &x, &s).unwrap(), 0.0, rules).unwrap();
            found.proposal_of.iter().map(|k| found.election.probability[*k]).collect::<Vec<f64>>()
        };
        let turned: Vec<_> = list.iter().rev().copied().collect();
        let (a, b) = (solve(&list, 1.0), solve(&turned, scale));
        prop_assert!((a.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        for (p, q) in a.iter().zip(b.iter().rev()) {
            prop_assert!((p - q).abs() < 1e-5, "{p} against {q}");
        }
    }
}
