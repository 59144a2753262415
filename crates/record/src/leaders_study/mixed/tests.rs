//! Against published fits and closed forms.

use super::*;

fn near(what: &str, ours: f64, theirs: f64, tolerance: f64) {
    assert!(
        (ours - theirs).abs() < tolerance,
        "{what}: {ours} against {theirs}"
    );
}

/// Yield of dyestuff from six batches (Davies 1947); the restricted fit as Bates et al.
/// (lme4, data set `Dyestuff`) print it: variances 1764.05 and 2451.25, criterion 319.6543.
#[test]
fn dyestuff() {
    let y = [
        1545.0, 1440.0, 1440.0, 1520.0, 1580.0, 1540.0, 1555.0, 1490.0, 1560.0, 1495.0, 1595.0,
        1550.0, 1605.0, 1510.0, 1560.0, 1445.0, 1440.0, 1595.0, 1465.0, 1545.0, 1595.0, 1630.0,
        1515.0, 1635.0, 1625.0, 1520.0, 1455.0, 1450.0, 1480.0, 1445.0,
    ];
    let x = [vec![1.0; 30]];
    let groups = [Grouping::of("batch", (0..30).map(|i| i / 5))];
    let model = Model::new(&y, &x, &groups);
    let fit = model.fit(&[true], None).expect("fits");
    near("batch", fit.variances[0], 1764.05, 0.01);
    near("residual", fit.residual, 2451.25, 0.01);
    near("criterion", fit.deviance, 319.6543, 5e-5);
    near("mean", fit.fixed[0], 1527.5, 1e-6);
    let (low, high) = model.profile(&fit, 0).expect("profiled");
    assert!(
        low < 0.1 && high > 0.7,
        "six batches say little: {low} to {high}"
    );
    for share in [low, high] {
        let theta = (share / (1.0 - share)).sqrt();
        let (there, _) = model.deviance(&[theta]).expect("definite");
        near("rise", there - fit.deviance, 3.841459, 0.01);
    }
}

/// A balanced two-way crossing: restricted estimates are those of the analysis of
/// variance where these are positive (Searle, Casella and McCulloch 1992, section 4.7).
#[test]
fn a_balanced_crossing_has_the_estimates_of_the_analysis_of_variance() {
    let (a, b, r) = (7, 5, 2);
    let mut stream = raison_core::draws::Stream::new(3, "mixed", 0);
    let mut normal = || raison_core::uncertain::normal_quantile(stream.uniform());
    let (rows, columns): (Vec<f64>, Vec<f64>) = (
        (0..a).map(|_| 2.0 * normal()).collect(),
        (0..b).map(|_| 1.5 * normal()).collect(),
    );
    let n = a * b * r;
    let y: Vec<f64> = (0..n)
        .map(|k| 4.0 + rows[k / (b * r)] + columns[k / r % b] + normal())
        .collect();
    let groups = [
        Grouping::of("row", (0..n).map(|k| k / (b * r))),
        Grouping::of("column", (0..n).map(|k| k / r % b)),
    ];
    let x = [vec![1.0; n]];
    let fit = Model::new(&y, &x, &groups)
        .fit(&[true, true], None)
        .expect("fits");
    let mean = |keep: &dyn Fn(usize) -> bool| {
        let kept: Vec<f64> = (0..n).filter(|k| keep(*k)).map(|k| y[k]).collect();
        kept.iter().sum::<f64>() / kept.len() as f64
    };
    let grand = mean(&|_| true);
    let square = |levels: usize, of: &dyn Fn(usize) -> usize, each: usize| -> f64 {
        (0..levels)
            .map(|l| each as f64 * (mean(&|k| of(k) == l) - grand).powi(2))
            .sum()
    };
    let ss_a = square(a, &|k| k / (b * r), b * r);
    let ss_b = square(b, &|k| k / r % b, a * r);
    let total: f64 = y.iter().map(|v| (v - grand).powi(2)).sum();
    let ms_e = (total - ss_a - ss_b) / (n - a - b + 1) as f64;
    near("residual", fit.residual, ms_e, 1e-5);
    near(
        "rows",
        fit.variances[0],
        (ss_a / (a - 1) as f64 - ms_e) / (b * r) as f64,
        1e-4,
    );
    near(
        "columns",
        fit.variances[1],
        (ss_b / (b - 1) as f64 - ms_e) / (a * r) as f64,
        1e-4,
    );
    assert!(fit.gradient < 1e-3, "{}", fit.gradient);
}

/// The deviance and its gradient against the dense textbook formula on unbalanced data,
/// where the sparse edge and the selected inverse are at work.
#[test]
fn the_sparse_deviance_is_the_dense_one() {
    let n = 60;
    let groups = [
        Grouping::of("a", (0..n).map(|k| k * k % 23)),
        Grouping::of("b", (0..n).map(|k| k / 3)),
        Grouping::of("c", (0..n).map(|k| k * 7 % 11)),
    ];
    let x = [vec![1.0; n], (0..n).map(|k| (k % 4) as f64).collect()];
    let y: Vec<f64> = (0..n).map(|k| ((k * k * 31 % 17) as f64).sqrt()).collect();
    let model = Model::new(&y, &x, &groups);
    assert!(
        model.shape().0 > 10,
        "something is eliminated at the edge: {:?}",
        model.shape()
    );
    let theta = [0.7, 0.4, 1.1];
    let (value, gradient) = model.deviance(&theta).expect("definite");
    near("deviance", value, textbook(&y, &x, &groups, &theta), 1e-8);
    for (k, g) in gradient.iter().enumerate() {
        let step = |d: f64| {
            let mut t = theta;
            t[k] += d;
            textbook(&y, &x, &groups, &t)
        };
        near("gradient", *g, (step(1e-5) - step(-1e-5)) / 2e-5, 1e-4);
    }
}

/// log |V| + log |X'V⁻¹X| + (n − p)(1 + log 2π y'Py / (n − p)) with V = I + Σ θ² ZZ'.
fn textbook(y: &[f64], x: &[Vec<f64>], groups: &[Grouping], theta: &[f64]) -> f64 {
    use nalgebra::{DMatrix, DVector};
    let (n, p) = (y.len(), x.len());
    let v = DMatrix::from_fn(n, n, |i, j| {
        let shared = groups
            .iter()
            .zip(theta)
            .filter(|(g, _)| g.level[i] == g.level[j]);
        f64::from(u8::from(i == j)) + shared.map(|(_, t)| t * t).sum::<f64>()
    });
    let chol = v.cholesky().expect("definite");
    let design = DMatrix::from_fn(n, p, |i, j| x[j][i]);
    let response = DVector::from_column_slice(y);
    let (vx, vy) = (chol.solve(&design), chol.solve(&response));
    let xvx = (design.transpose() * &vx).cholesky().expect("definite");
    let beta = xvx.solve(&(design.transpose() * &vy));
    let square = response.dot(&vy) - (design.transpose() * &vy).dot(&beta);
    let logs = |l: &DMatrix<f64>| 2.0 * l.diagonal().iter().map(|d| d.ln()).sum::<f64>();
    let free = (n - p) as f64;
    logs(chol.l_dirty())
        + logs(xvx.l_dirty())
        + free * (1.0 + (2.0 * std::f64::consts::PI * square / free).ln())
}

#[test]
fn what_cannot_be_fitted_is_none() {
    let groups = [Grouping::of("a", 0..4)];
    let twice = [vec![1.0; 4], vec![1.0; 4]];
    assert!(
        Model::new(&[1.0, 2.0, 3.0, 5.0], &twice, &groups)
            .fit(&[true], None)
            .is_none()
    );
}
