//! Shares of variance between states and leaders against the reference analysis of ICB
//! v13 (crossed random effects by restricted maximum likelihood, n = 1,041).

mod common;

use raison_record::leaders_study::share::{Controls, LeaderShare, Plan, Scale, run};

fn study() -> Option<LeaderShare> {
    let store = common::store()?;
    let plan = Plan {
        permutations: 1999,
        bootstrap: 500,
        ..Plan::default()
    };
    Some(run(&store, &plan).unwrap_or_else(|e| panic!("{e}")))
}

fn near(what: &str, ours: f64, theirs: f64, tolerance: f64) {
    assert!(
        (ours - theirs).abs() <= tolerance,
        "{what}: {ours} against {theirs}"
    );
}

#[test]
fn shares_of_the_null_models_and_what_surrounds_them() {
    let Some(found) = study() else { return };
    println!("{found:#?}");
    let [usable, n, leaders, _] = found.counts;
    assert_eq!(usable, 1064);
    near("decisions with a leader", n as f64, 1041.0, 2.0);
    near("leaders", leaders as f64, 452.0, 1.0);
    let model = |scale, controls, wars| {
        let mut all = found.models.iter();
        all.find(|m| (m.scale, m.controls, m.without_wars) == (scale, controls, wars))
            .expect("fitted")
    };
    for m in &found.models {
        assert!(m.fit.gradient < 1e-2, "converged: {m:?}");
        near("shares", m.fit.shares().iter().sum(), 1.0, 1e-12);
    }
    // Reference: state, leader, crisis, adversary, year, residual, in per cent.
    let null = [
        (Scale::Escalation, [2.5, 8.3, 23.9, 6.4, 5.5, 53.4]),
        (Scale::Force, [0.6, 5.9, 31.4, 7.1, 5.3, 49.6]),
    ];
    for (scale, theirs) in null {
        let ours = model(scale, Controls::Null, false).fit.shares();
        for (i, t) in theirs.iter().enumerate() {
            near(&format!("{scale:?} share {i}"), 100.0 * ours[i], *t, 0.5);
        }
    }
    let trigger = model(Scale::Escalation, Controls::Trigger, false)
        .fit
        .shares();
    for (i, t) in [2.5, 9.3, 15.3, 7.5, 3.7, 61.7].iter().enumerate() {
        near(&format!("trigger share {i}"), 100.0 * trigger[i], *t, 0.5);
    }
    // One-sided p of leaders: .0007 and .007.
    near(
        "p",
        model(Scale::Escalation, Controls::Null, false).tests[1].2,
        0.0007,
        0.0004,
    );
    near(
        "p",
        model(Scale::Force, Controls::Null, false).tests[1].2,
        0.007,
        0.003,
    );
    // Without crises inside wars: 10.5 %, likelihood ratio 10.2.
    let peace = model(Scale::Escalation, Controls::Null, true);
    near(
        "leader without wars",
        100.0 * peace.fit.shares()[1],
        10.5,
        1.0,
    );
    // Pairs: 62.7 % of 791 under one leader, 51.7 % across a change.
    assert_eq!(found.pairs.same, 791);
    near(
        "under one leader",
        100.0 * found.pairs.under_one(),
        62.7,
        0.05,
    );
    near("across a change", 100.0 * found.pairs.across(), 51.7, 0.5);
    near("its error", found.pairs.error, 0.052, 0.01);
    // Shuffled leaders: the reference has p < .0005 (and an excess of 7.4 % of the
    // variance within states, which ours does not reproduce: see REPLICATIONS.md).
    let shuffled = &found.permutations[0];
    assert!(shuffled.p <= 0.0005 + 1e-9, "{shuffled:?}");
    near("excess", 100.0 * shuffled.excess(), 8.5, 0.3);
}

#[test]
fn the_same_on_any_number_of_threads() {
    let Some(store) = common::store() else { return };
    let plan = Plan {
        permutations: 99,
        bootstrap: 50,
        ..Plan::default()
    };
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("pool");
        pool.install(|| format!("{:?}", run(&store, &plan).expect("runs")))
    };
    assert_eq!(with(1), with(3));
}
