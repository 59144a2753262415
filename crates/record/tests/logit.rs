//! The dangerous-dyads replication against `oracles/tables/bremer-logit.txt` (R 4.2.2,
//! glm with epsilon 1e-14, unstandardised inputs): estimates and standard errors at 1e-6
//! relative, and clustered standard errors against statsmodels 0.14.

mod common;

use raison_record::stats::dangerous_dyads;

fn close(ours: f64, theirs: f64, tolerance: f64, what: &str) {
    assert!((ours - theirs).abs() <= tolerance * theirs.abs(), "{what}: {ours} {theirs}");
}

#[test]
fn dangerous_dyads_are_those_of_the_package() {
    let (Some(store), Some(shared)) = (common::store(), common::shared()) else { return };
    let done = dangerous_dyads::run(&store).expect("replication");
    assert_eq!(done.table.rows(), 111_991);
    assert_eq!((done.fit.n, done.fit.dropped, done.fit.events), (106_031, 5960, 2447));
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
    close(done.fit.null_deviance, 23_281.931_757_162_8, 1e-10, "null deviance");
    close(done.fit.deviance, 19_602.783_250_497_3, 1e-12, "deviance");
    close(done.fit.aic, 19_624.783_250_497_4, 1e-12, "AIC");
    close(done.fit.log_likelihood, -9_801.391_625_248_7, 1e-12, "log likelihood");
    let text = std::fs::read_to_string(shared.join("oracles/tables/bremer-logit.txt")).expect("oracle");
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
        close(ours.estimate, cells[1].parse().expect("number"), 1e-6, &ours.term);
        close(ours.se, cells[3].parse().expect("number"), 1e-6, &ours.term);
    }
}
