//! `raison study leader-share`: how much of crisis decisions is the leader's.

use super::settings::{StudyRun, Told};
use crate::failure::Failure;
use clap::Args;
use raison::record::leaders_study::share::{
    CONTROLS, Controls, Fitted, LeaderShare, Plan, Scale, boundary_p, run as study,
};
use raison::report::charts::{Axis, Chart, Mark};
use raison::report::tables::{Align, text};
use raison::studies;
use serde_json::{Value, json};

/// How much of the variance of crisis decisions lies between leaders
///
/// Crossed random effects of state, leader, crisis, adversary and year by restricted
/// maximum likelihood on about a thousand decisions (International Crisis Behavior), with
/// likelihood-ratio tests, leaders shuffled within states, and period blocks as the rival.
/// Settings come from `library/studies/leader-share.toml`, or from a copy.
#[derive(Args)]
pub struct LeaderShareArgs {
    #[command(flatten)]
    run: StudyRun,
}

/// Runs the study.
pub fn run(args: LeaderShareArgs) -> Result<(), Failure> {
    let set: studies::LeaderShare = args.run.settings()?;
    let plan = Plan {
        block: set.block_years,
        permutations: set.permutations,
        bootstrap: set.bootstrap,
        seed: args.run.seed.unwrap_or(set.seed),
    };
    let told = Told {
        chart,
        document,
        report,
    };
    args.run
        .deliver(&set.title, |store| study(store, &plan), &told)
}

fn name(m: &Fitted) -> String {
    let scale = match m.scale {
        Scale::Escalation => "escalation",
        Scale::Force => "force",
    };
    let controls = match m.controls {
        Controls::Null => "",
        Controls::Trigger => ", trigger",
        Controls::Full => ", controls",
    };
    let wars = if m.without_wars { ", no wars" } else { "" };
    format!("{scale}{controls}{wars}")
}

fn share(x: f64) -> String {
    format!("{:.1}", 100.0 * x)
}

fn p(p: f64) -> String {
    if p < 0.0001 {
        "<.0001".to_owned()
    } else {
        format!("{p:.4}").replacen("0.", ".", 1)
    }
}

fn report(found: &LeaderShare, title: &str) -> String {
    let [usable, n, leaders, states] = found.counts;
    let mut out = format!(
        "{title}\n\n{n} of {usable} crisis decisions with a known leader: {leaders} leaders of {states} states.\n\
         Shares of variance in per cent; LR: likelihood ratio of leaving leaders out, with\n\
         its one-sided p on the boundary.\n\n"
    );
    let right = |n| (n, Align::Right);
    let head = [
        ("model", Align::Left),
        right("state"),
        right("leader"),
        right("crisis"),
        right("advers."),
        right("year"),
        right("resid."),
        right("LR"),
        right("p"),
    ];
    let rows: Vec<Vec<String>> = found.models.iter().map(row).collect();
    out.push_str(&text(&head, &rows));
    out.push_str("\nleaders' share with its 95 % interval (profile likelihood)\n");
    for m in &found.models {
        let at = m.fit.shares().get(1).copied().unwrap_or(f64::NAN);
        out.push_str(&format!(
            "  {:<22} {:>5} ({}-{})\n",
            name(m),
            share(at),
            share(m.leader.0),
            share(m.leader.1)
        ));
    }
    out.push_str(&controls());
    out.push_str(&rival(found));
    out.push_str(&rest(found));
    out
}

fn row(m: &Fitted) -> Vec<String> {
    let s: Vec<String> = m.fit.shares().into_iter().map(share).collect();
    let (ratio, tail) = m
        .tests
        .iter()
        .find(|t| t.0 == 1)
        .map_or((f64::NAN, f64::NAN), |t| (t.1, t.2));
    let at = |i: usize| s.get(i).cloned().unwrap_or_default();
    vec![
        name(m),
        at(0),
        at(1),
        at(2),
        at(3),
        at(4),
        at(5),
        format!("{ratio:.1}"),
        p(tail),
    ]
}

fn controls() -> String {
    let list: Vec<&str> = CONTROLS.iter().map(|c| c.1).collect();
    let mut out = String::from(
        "\nescalation: 0 non-military, 1 non-violent military, 2 violent response.\ncontrols:",
    );
    let mut line = out.lines().last().map_or(0, str::len);
    let words = format!(
        "{}; ln of the capability ratio of the year before.",
        list.join("; ")
    );
    for word in words.split(' ') {
        if line + 1 + word.len() > 78 {
            out.push_str("\n ");
            line = 1;
        }
        out.push(' ');
        out.push_str(word);
        line += 1 + word.len();
    }
    out.push('\n');
    out
}

fn rival(found: &LeaderShare) -> String {
    let r = &found.rival;
    let both = r.both.shares();
    let at = |i: usize| both.get(i).copied().map_or(String::new(), share);
    let extra = (r.blocks - r.both.deviance).max(0.0);
    format!(
        "\nThe rival: {}-year blocks of the same state instead of leaders (escalation)\n  \
         fall of the deviance against neither: leaders {:.1}, blocks {:.1}\n  \
         with both: leaders {} %, blocks {} %; leaders beside blocks LR {extra:.1}, p {}\n  \
         A leader is hard to tell from the leader's time in office.\n",
        r.block,
        r.neither - r.leader,
        r.neither - r.blocks,
        at(1),
        at(5),
        p(boundary_p(extra))
    )
}

fn rest(found: &LeaderShare) -> String {
    let mut out = String::from("\nLeaders shuffled within their states\n");
    for (scale, s) in ["escalation", "force"].iter().zip(&found.permutations) {
        out.push_str(&format!(
            "  {scale}: {} % of the variance within states lies between leaders,\n    \
             {} % expected of labels alone; beyond that {} %, p {} ({} shuffles)\n",
            share(s.between),
            share(s.expected),
            share(s.excess()),
            p(s.p),
            s.draws
        ));
    }
    let a = &found.pairs;
    out.push_str(&format!(
        "\nPairs of crises of one state at most three years apart: same choice on force\n  \
         under one leader   {} % of {}\n  across a change    {} % of {}\n  \
         difference {:+.1} points, standard error {:.1} (states drawn whole)\n",
        share(a.under_one()),
        a.same,
        share(a.across()),
        a.changed,
        100.0 * (a.under_one() - a.across()),
        100.0 * a.error
    ));
    if let Some(c) = &found.controlled {
        out.push_str(&format!(
            "  gap, adversary and kind of trigger held equal, up to ten years apart:\n  \
             {:+.1} points, standard error {:.1} ({} pairs)\n",
            100.0 * c.difference,
            100.0 * c.error,
            c.pairs
        ));
    }
    out
}

fn document(found: &LeaderShare) -> Value {
    let [usable, n, leaders, states] = found.counts;
    let models: Vec<Value> = found.models.iter().map(model).collect();
    let r = &found.rival;
    let shuffles: Vec<Value> = ["escalation", "force"]
        .iter()
        .zip(&found.permutations)
        .map(|(scale, s)| json!({ "scale": scale, "between": s.between, "expected": s.expected, "excess": s.excess(), "p": s.p, "draws": s.draws }))
        .collect();
    let a = &found.pairs;
    json!({
        "usable": usable, "n": n, "leaders": leaders, "states": states, "seed": found.plan.seed,
        "models": models,
        "rival": {
            "block_years": r.block,
            "deviance": { "neither": r.neither, "leader": r.leader, "block": r.blocks, "both": r.both.deviance },
            "shares_with_both": { "leader": r.both.shares().get(1), "block": r.both.shares().get(5) },
        },
        "permutation": shuffles,
        "pairs": {
            "same_leader": { "n": a.same, "agree": a.under_one() },
            "change_of_leader": { "n": a.changed, "agree": a.across() },
            "difference": a.under_one() - a.across(), "se": a.error,
        },
        "controlled": found.controlled.map(|c| json!({ "pairs": c.pairs, "difference": c.difference, "se": c.error })),
    })
}

fn model(m: &Fitted) -> Value {
    let mut shares = serde_json::Map::new();
    let names = m.groups.iter().map(String::as_str).chain(["residual"]);
    for (name, share) in names.zip(m.fit.shares()) {
        shares.insert(name.to_owned(), json!(share));
    }
    let tests: Vec<Value> = m
        .tests
        .iter()
        .map(|(at, ratio, p)| json!({ "group": m.groups.get(*at), "likelihood_ratio": ratio, "p_one_sided": p }))
        .collect();
    json!({
        "model": name(m), "n": m.fit.n, "fixed_effects": m.columns, "shares": shares,
        "leader": { "value": m.fit.shares().get(1), "interval": [m.leader.0, m.leader.1] },
        "tests": tests, "deviance": m.fit.deviance, "gradient": m.fit.gradient,
    })
}

fn chart(found: &LeaderShare) -> Chart {
    let shown: Vec<&Fitted> = found.models.iter().collect();
    let mut marks = vec![Mark::Across { x: 0.0 }];
    marks.extend(shown.iter().enumerate().map(|(i, m)| {
        let at = m.fit.shares().get(1).copied().unwrap_or(f64::NAN);
        Mark::Interval {
            values: (100.0 * m.leader.0, 100.0 * at, 100.0 * m.leader.1),
            at: i as f64,
        }
    }));
    Chart {
        title: "How much of it is the leader?".to_owned(),
        x: Axis {
            label: "leaders' share of the variance, %, with 95 % interval".to_owned(),
            ..Axis::default()
        },
        y: Axis {
            categories: shown.iter().map(|m| name(m)).collect(),
            ..Axis::default()
        },
        marks,
        source: "International Crisis Behavior v13, Archigos 4.1; restricted maximum likelihood"
            .to_owned(),
    }
}
