//! Mean, median, Nash and Kalai–Smorodinsky on one issue.

use proptest::prelude::*;
use raison_games::Error;
use raison_games::bargaining::{
    Disagreement, compromise, effective_power, kalai_smorodinsky, nash_bargaining, weighted_median,
};

const CAPABILITY: [f64; 10] = [0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08];
const POSITION: [f64; 10] = [4.0, 7.0, 4.0, 4.0, 10.0, 10.0, 10.0, 7.0, 4.0, 7.0];
const SALIENCE: [f64; 10] = [0.8, 0.4, 0.2, 0.8, 0.6, 0.6, 0.9, 0.1, 1.0, 0.7];

fn power() -> Vec<f64> {
    effective_power(&CAPABILITY, &SALIENCE).unwrap()
}

fn near(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() <= tolerance, "{a} against {b}");
}

/// Emission standards (Bueno de Mesquita 1994); digits measured, bargaining.md 1.3.
#[test]
fn means_and_medians_of_the_emission_standards() {
    near(compromise(&power(), &POSITION).unwrap(), 7.3899556869, 1e-9);
    near(
        compromise(&CAPABILITY, &POSITION).unwrap(),
        7.4752475248,
        1e-9,
    );
    near(
        compromise(&SALIENCE, &POSITION).unwrap(),
        6.6557377049,
        1e-9,
    );
    near(compromise(&[1.0; 10], &POSITION).unwrap(), 6.7, 1e-12);
    near(weighted_median(&power(), &POSITION).unwrap(), 7.0, 0.0);
}

/// The reference values come from a grid of step 1e-5.
#[test]
fn nash_solutions_of_the_emission_standards() {
    let nash = |w: &[f64]| {
        nash_bargaining(w, &POSITION, Disagreement::Zero)
            .unwrap()
            .point
    };
    near(nash(&power()), 7.20586, 1e-5);
    near(nash(&SALIENCE), 6.94221, 1e-5);
    near(nash(&[1.0; 10]), 7.0, 1e-5);
}

#[test]
fn two_actors_by_hand() {
    // Equal weights and utility 0 at the far end: the middle. Weights 2 : 1 divide the
    // interval 2 : 1, since (1-x)^2 x has its maximum at 1/3.
    let nash = |w: [f64; 2]| {
        nash_bargaining(&w, &[0.0, 1.0], Disagreement::Zero)
            .unwrap()
            .point
    };
    near(nash([1.0, 1.0]), 0.5, 1e-12);
    near(nash([2.0, 1.0]), 1.0 / 3.0, 1e-12);
    // Disagreement utilities 0.5 and 0 leave 0..0.5; Nash takes the middle of it, and so
    // does Kalai–Smorodinsky.
    let d = Disagreement::Utilities(&[0.5, 0.0]);
    near(
        nash_bargaining(&[1.0, 1.0], &[0.0, 1.0], d).unwrap().point,
        0.25,
        1e-12,
    );
    near(
        kalai_smorodinsky(&[1.0, 1.0], &[0.0, 1.0], d)
            .unwrap()
            .point,
        0.25,
        1e-12,
    );
    // Both want more than the reference point 0: 2 would get by with anything up to 4, 6
    // with anything up to 12; possible gains are 2 of 2 and 4 of 4 in 0..4.
    let d = Disagreement::Point(0.0);
    let ks = kalai_smorodinsky(&[1.0, 1.0], &[2.0, 6.0], d).unwrap();
    // Gains at x in 2..4: (4-x)/2 falls, x/4 rises: equal at 8/3.
    near(ks.point, 8.0 / 3.0, 1e-12);
    assert!(ks.agreed);
}

#[test]
fn a_reference_point_between_the_actors_stays() {
    let found = nash_bargaining(&[1.0, 1.0], &[0.0, 1.0], Disagreement::Point(0.4)).unwrap();
    assert_eq!((found.point, found.agreed), (0.4, false));
    let d = Disagreement::Utilities(&[0.7, 0.7]);
    let refused = nash_bargaining(&[1.0, 1.0], &[0.0, 1.0], d);
    assert_eq!(
        refused,
        Err(Error::NoAgreement {
            first: 1,
            second: 0
        })
    );
}

#[test]
fn degenerate_tables() {
    let one = nash_bargaining(&[1.0], &[3.0], Disagreement::Zero).unwrap();
    assert_eq!((one.point, one.agreed), (3.0, true));
    let same = kalai_smorodinsky(&[1.0, 2.0], &[3.0, 3.0], Disagreement::Zero).unwrap();
    assert_eq!((same.point, same.agreed), (3.0, true));
    assert_eq!(compromise(&[], &[]), Err(Error::Empty { what: "actors" }));
    assert_eq!(compromise(&[0.0, 0.0], &[1.0, 2.0]), Err(Error::NoWeight));
    assert!(compromise(&[1.0, -1.0], &[1.0, 2.0]).is_err());
    assert!(compromise(&[1.0, f64::NAN], &[1.0, 2.0]).is_err());
    assert!(weighted_median(&[1.0], &[1.0, 2.0]).is_err());
    assert!(nash_bargaining(&[1.0], &[f64::INFINITY], Disagreement::Zero).is_err());
    assert_eq!(weighted_median(&[0.1, 0.2, 0.3], &[0.0, 0.0, 1.0]), Ok(0.5));
}

fn table() -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((0.01..10.0f64, -50.0..50.0f64), 1..12)
}

proptest! {
    #[test]
    fn order_and_scale_of_weights_do_not_matter(actors in table(), scale in 0.01..100.0f64) {
        let (w, x): (Vec<f64>, Vec<f64>) = actors.iter().copied().unzip();
        let (v, y): (Vec<f64>, Vec<f64>) = actors.iter().rev().map(|a| (a.0 * scale, a.1)).unzip();
        type Solver = fn(&[f64], &[f64]) -> f64;
        let solvers: [Solver; 4] = [
            |w, x| compromise(w, x).unwrap(),
            |w, x| weighted_median(w, x).unwrap(),
            |w, x| nash_bargaining(w, x, Disagreement::Zero).unwrap().point,
            |w, x| kalai_smorodinsky(w, x, Disagreement::Zero).unwrap().point,
        ];
        for solve in solvers {
            prop_assert!((solve(&w, &x) - solve(&v, &y)).abs() < 1e-9);
        }
    }

    #[test]
    fn nash_is_no_worse_than_its_neighbours(actors in table(), step in 1e-6..1.0f64) {
        let (w, x): (Vec<f64>, Vec<f64>) = actors.iter().copied().unzip();
        let low = x.iter().copied().fold(f64::INFINITY, f64::min);
        let range = x.iter().copied().fold(f64::NEG_INFINITY, f64::max) - low;
        prop_assume!(range > 1e-3);
        let value = |at: f64| -> f64 {
            w.iter().zip(&x).map(|(w, x)| w * (1.0 - (at - x).abs() / range).max(0.0).ln()).sum()
        };
        let best = nash_bargaining(&w, &x, Disagreement::Zero).unwrap().point;
        prop_assert!(value(best) >= value(best + step) - 1e-9);
        prop_assert!(value(best) >= value(best - step) - 1e-9);
    }
}
