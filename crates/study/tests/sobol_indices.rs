//! Indices on functions whose decomposition is known in closed form.

use raison_study::sensitivity::{Decomposition, Samples, screen, sobol};
use std::f64::consts::PI;

fn cube(dimensions: usize, points: usize, low: f64, high: f64) -> Samples {
    let varied: Vec<usize> = (0..dimensions).collect();
    let centre = vec![0.5 * (low + high); dimensions];
    Samples::new(&centre, &varied, points, 1, |_, u| low + u * (high - low))
}

fn each(dimensions: usize) -> Vec<Vec<usize>> {
    (0..dimensions).map(|d| vec![d]).collect()
}

/// Ishigami and Homma (1990), a = 7, b = 0.1, on [−π, π]³.
fn ishigami(x: &[f64], _: &mut Vec<f64>) -> f64 {
    x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin()
}

/// First-order and total indices and the variance, from the closed forms (Ishigami and
/// Homma 1990; Saltelli et al. 2008, p. 196).
fn ishigami_truth() -> ([f64; 3], [f64; 3], f64) {
    let (a, b): (f64, f64) = (7.0, 0.1);
    let v1 = 0.5 * (1.0 + b * PI.powi(4) / 5.0).powi(2);
    let v2 = a * a / 8.0;
    let v13 = b * b * PI.powi(8) * (1.0 / 18.0 - 1.0 / 50.0);
    let v = v1 + v2 + v13;
    ([v1 / v, v2 / v, 0.0], [(v1 + v13) / v, v2 / v, v13 / v], v)
}

fn near(what: &str, ours: f64, truth: f64, tolerance: f64) {
    assert!(
        (ours - truth).abs() <= tolerance,
        "{what}: {ours} against {truth}"
    );
}

fn compare(name: &str, found: &Decomposition, first: &[f64], total: &[f64], tolerance: f64) {
    for (i, f) in found.factors.iter().enumerate() {
        near(&format!("{name} S{i}"), f.first.value, first[i], tolerance);
        near(&format!("{name} T{i}"), f.total.value, total[i], tolerance);
        assert!(f.first.low <= f.first.value && f.first.value <= f.first.high);
        assert!(f.total.low <= f.total.value && f.total.value <= f.total.high);
    }
}

#[test]
fn the_ishigami_function_has_its_published_indices() {
    let (first, total, variance) = ishigami_truth();
    // Printed values: S = .3139, .4424, 0; T = .5576, .4424, .2437.
    near("S1", first[0], 0.3139, 5e-5);
    near("T1", total[0], 0.5576, 5e-5);
    near("T3", total[2], 0.2437, 5e-5);
    let samples = cube(3, 8192, -PI, PI);
    let found = sobol(&samples, &each(3), &ishigami, 200, 1);
    assert_eq!(found.evaluations, 8192 * 5);
    near("variance", found.variance, variance, 0.02 * variance);
    near("mean", found.mean, 3.5, 0.01);
    compare("ishigami", &found, &first, &total, 0.01);
}

/// The g-function of Sobol with a = (0, 1, 4.5, 9, 99, 99, 99, 99), as in Saltelli et al.
/// (2010, section 5).
const A: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];

fn g(x: &[f64], _: &mut Vec<f64>) -> f64 {
    x.iter()
        .zip(A)
        .map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a))
        .product()
}

#[test]
fn the_g_function_has_its_analytic_indices() {
    let parts = A.map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
    let variance = parts.iter().map(|v| 1.0 + v).product::<f64>() - 1.0;
    let first = parts.map(|v| v / variance);
    let total = parts.map(|v| v * (variance + 1.0) / (1.0 + v) / variance);
    // Saltelli et al. (2010) print S1 = .716, S2 = .179, S3 = .024, S4 = .0072.
    near("S1", first[0], 0.716, 5e-4);
    near("S2", first[1], 0.179, 5e-4);
    let samples = cube(8, 8192, 0.0, 1.0);
    let found = sobol(&samples, &each(8), &g, 200, 1);
    near("variance", found.variance, variance, 0.02 * variance);
    compare("g", &found, &first, &total, 0.01);
}

#[test]
fn a_group_takes_the_share_of_its_members_and_what_they_do_together() {
    let (first, total, _) = ishigami_truth();
    let samples = cube(3, 8192, -PI, PI);
    let found = sobol(&samples, &[vec![0, 2], vec![1]], &ishigami, 100, 1);
    // x1 and x3 together hold everything that x2 does not.
    near("S{1,3}", found.factors[0].first.value, 1.0 - first[1], 0.01);
    near("T{1,3}", found.factors[0].total.value, 1.0 - total[1], 0.01);
}

#[test]
fn intervals_cover_the_truth_about_as_often_as_they_say() {
    let (first, total, _) = ishigami_truth();
    let (mut inside, mut all) = (0, 0);
    for seed in 0..40 {
        let samples = Samples::new(&[0.0; 3], &[0, 1, 2], 512, seed, |_, u| {
            PI * (2.0 * u - 1.0)
        });
        let found = sobol(&samples, &each(3), &ishigami, 200, seed);
        for (i, f) in found.factors.iter().enumerate() {
            inside += usize::from(f.first.low <= first[i] && first[i] <= f.first.high);
            inside += usize::from(f.total.low <= total[i] && total[i] <= f.total.high);
            all += 2;
        }
    }
    // Scrambled Sobol points are better spread than the bootstrap believes, so the
    // intervals are too wide rather than too narrow.
    assert!(inside * 100 >= all * 95, "{inside} of {all}");
}

#[test]
fn screening_finds_what_moves_and_ranks_it() {
    let samples = cube(8, 64, 0.0, 1.0);
    let columns: Vec<usize> = (0..8).collect();
    let half = |x: &[f64], b: &mut Vec<f64>| g(&[x[0], x[1], x[2], x[3], 0.7, 0.7, 0.7, 0.7], b);
    let effects = screen::screen(&samples, &columns, &half, 1);
    assert!(effects[0] > effects[1] && effects[1] > effects[2] && effects[2] > effects[3]);
    assert!(effects[4..].iter().all(|e| *e == 0.0), "{effects:?}");
}

#[test]
fn a_constant_has_no_indices() {
    let found = sobol(&cube(3, 64, 0.0, 1.0), &each(3), &|_, _| 0.25, 50, 1);
    assert_eq!((found.mean, found.variance), (0.25, 0.0));
    assert!(found.factors.is_empty());
}

#[test]
fn the_same_on_any_number_of_threads() {
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("pool");
        pool.install(|| sobol(&cube(3, 500, -PI, PI), &each(3), &ishigami, 50, 3))
    };
    assert_eq!(run(1), run(7));
}
