//! The dangerous-dyads replication against `oracles/tables/bremer-logit.txt` (R 4.2.2,
//! glm with epsilon 1e-14, unstandardised inputs): estimates and standard errors at 1e-6
//! relative, and clustered standard errors against statsmodels 0.14.

mod common;

use raison_record::stats::dangerous_dyads;

fn close(ours: f64, theirs: f64, tolerance: f64, what: &str) {
    assert!(
        (ours - theirs).abs() <= tolerance * theirs.abs(),
        "{what}: {ours} {theirs}"
    );
}

#[test]
fn dangerous_dyads_are_those_of_the_package() {
    let (Some(store), Some(shared)) = (common::store(), common::shared()) else {
        return;
    };
    let done = dangerous_dyads::run(&store).expect("replication");
    assert_eq!(done.table.rows(), 111_991);
    assert_eq!(
        (done.fit.n, done.fit.dropped, done.fit.events),
        (106_031, 5960, 2447)
    );
    // Sums of the whole data, from the same file.
    for (name, known, sum) in [
        ("landcontig", 111_991, 22_053.0),
        ("cincprop", 111_991, 16_567.456_1),
        ("cowmajdyad", 111_991, 83_839.0),
        ("atop_defense", 111_991, 18_668.0),
        ("mindemest", 109_946, -80_873.242_18),
        ("minmgdppc", 111_626, 609_600_298.5),
        ("minmilit", 108_371, 479.904_392_5),
        ("gmlmidspell", 111_991, 3_053_100.0),
        ("gmlmidonset", 111_991, 2638.0),
        ("gmlmidongoing", 111_991, 3813.0),
    ] {
        let column = done.table.get(name).expect("column");
        let values: Vec<f64> = (0..column.len()).filter_map(|r| column.float(r)).collect();
        assert_eq!(values.len(), known, "{name}");
        close(values.iter().sum(), sum, 1e-9, name);
    }
    close(
        done.fit.null_deviance,
        23_281.931_757_162_8,
        1e-10,
        "null deviance",
    );
    close(done.fit.deviance, 19_602.783_250_497_3, 1e-12, "deviance");
    close(done.fit.aic, 19_624.783_250_497_4, 1e-12, "AIC");
    close(
        done.fit.log_likelihood,
        -9_801.391_625_248_7,
        1e-12,
        "log likelihood",
    );
    let text =
        std::fs::read_to_string(shared.join("oracles/tables/bremer-logit.txt")).expect("oracle");
    let lines: Vec<&str> = text
        .lines()
        .skip_while(|l| !l.starts_with("raw inputs"))
        .skip(1)
        .take_while(|l| l.contains(" se "))
        .collect();
    assert_eq!(lines.len(), done.fit.coefficients.len());
    for (line, ours) in lines.iter().zip(&done.fit.coefficients) {
        let cells: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(cells[0], ours.term);
        close(
            ours.estimate,
            cells[1].parse().expect("number"),
            1e-6,
            &ours.term,
        );
        close(ours.se, cells[3].parse().expect("number"), 1e-6, &ours.term);
    }
}

/// Standard errors clustered by dyad and marginal effects: statsmodels 0.14 on the same
/// data (cov_cluster without correction, times G / (G − 1); get_margeff, overall, dummy).
#[test]
fn clustered_errors_and_marginal_effects_are_those_of_another_program() {
    use raison_record::keys;
    use raison_record::stats::formula::Formula;
    use raison_record::stats::logit::{Sample, fit};
    use raison_record::stats::margins;
    let Some(store) = common::store() else { return };
    let table = dangerous_dyads::data(&store).expect("data");
    let clusters = keys::groups(&table, &["ccode1".to_owned(), "ccode2".to_owned()]);
    let formula = Formula::parse(dangerous_dyads::FORMULA).expect("formula");
    let sample = Sample::new(formula, &table).expect("sample");
    let clustered = fit(&sample, Some(&clusters)).expect("fit");
    assert_eq!(clustered.clusters, Some(2088));
    let theirs = [
        0.14190550308572158,
        0.10672548356852592,
        0.18383303150379104,
        0.10345413521962572,
        0.09957805915214726,
        0.043163475744964805,
        7.369879770069366e-06,
        3.641993686402628,
        0.010981774296530102,
        0.0003363297328454086,
        2.391402536944638e-06,
    ];
    for (ours, theirs) in clustered.coefficients.iter().zip(theirs) {
        close(ours.se, theirs, 1e-6, &ours.term);
    }
    // The same rows as theirs: those complete in all columns of the full model.
    let complete = table.take(&sample.rows);
    let small = Formula::parse("gmlmidonset ~ landcontig + cincprop + mindemest").expect("formula");
    let sample = Sample::new(small, &complete).expect("sample");
    let plain = fit(&sample, None).expect("fit");
    let effects = margins::average(&sample, &plain);
    for (ours, (effect, se)) in effects.iter().zip([
        (0.03313919017164651, 0.0015857153207353939),
        (0.02624872388980512, 0.0017405512057981503),
        (-0.009482442209992295, 0.0005950846895481848),
    ]) {
        close(ours.effect, effect, 1e-6, &ours.variable);
        close(ours.se, se, 1e-5, &ours.variable);
    }
    assert!(effects[0].discrete && !effects[1].discrete);
}

#[test]
fn models_that_cannot_be_fitted_are_told() {
    use raison_record::stats::formula::Formula;
    use raison_record::stats::logit::{Sample, fit};
    use raison_record::{Column, Table, codes};
    let mut table = Table::default();
    let n = 60;
    table.set(
        "y",
        Column::Int((0..n).map(|i| i32::from(i % 3 == 0)).collect()),
    );
    table.set(
        "a",
        Column::Float((0..n).map(|i| f64::from(i * 7 % 11)).collect()),
    );
    table.set(
        "b",
        Column::Float((0..n).map(|i| 2.0 * f64::from(i * 7 % 11) + 1.0).collect()),
    );
    table.set(
        "s",
        Column::Int((0..n).map(|i| i32::from(i % 3 == 0) * 5).collect()),
    );
    table.set("gone", Column::Float(vec![f64::NAN; n as usize]));
    for formula in ["y ~ a + b", "y ~ s", "y ~ gone", "a ~ b", "s ~ a"] {
        let fitted = Formula::parse(formula)
            .and_then(|f| Sample::new(f, &table))
            .and_then(|s| fit(&s, None).map(|_| ()));
        let refusal = fitted.expect_err(formula);
        assert_eq!(
            refusal.problems()[0].code,
            codes::NO_FIT,
            "{formula}: {refusal}"
        );
    }
    let wrong = Formula::parse("y ~ aa").and_then(|f| Sample::new(f, &table).map(|_| ()));
    assert_eq!(
        wrong.expect_err("name").problems()[0].code,
        codes::UNKNOWN_NAME
    );
}
