//! A backtest as text, JSON and reliability diagrams.

use crate::charts::{Axis, Chart, Mark, svg};
use crate::tables::{Align, text as table};
use raison_study::backtest::{Backtest, CEILING, Interval, Lead, SKILL_CEILING, Score, Target};
use serde_json::{Value, json};
use std::fmt::Write;

/// What is drawn.
pub struct View<'v> {
    /// Title of the study.
    pub title: &'v str,
    /// Program and version.
    pub engine: &'v str,
    /// Where the decisions come from.
    pub data: &'v str,
    /// The result.
    pub result: &'v Backtest,
    /// Decisions read.
    pub rows: usize,
    /// Crises among them.
    pub crises: usize,
    /// Test rows left out because their crisis was trained on.
    pub dropped: usize,
    /// Draws of the bootstrap.
    pub draws: usize,
    /// Its seed.
    pub seed: u64,
    /// Acts on the day of the trigger count as known.
    pub same_day: bool,
    /// The gravest threat is used.
    pub threat: bool,
    /// The codes of protracted conflicts are read as they stand, with hindsight.
    pub protracted: bool,
}

/// Label of the baseline whose variables were found with all years in sight.
const PICKED: &str = "picked-with-all-years";

fn clean(lens: &str) -> bool {
    lens != PICKED
}

fn interval(i: Interval) -> Value {
    json!({ "value": finite(i.value), "interval": [finite(i.low), finite(i.high)] })
}

/// A number that is none is null.
fn finite(x: f64) -> Value {
    if x.is_finite() { json!(x) } else { Value::Null }
}

fn score(s: &Score) -> Value {
    let mut row = json!({
        "lens": s.lens,
        "target": s.target.word(),
        "split": s.split.word(),
        "group": null,
        "baseline": s.baseline,
        "selection_clean": clean(s.lens),
        "n": s.n,
        "auc": interval(s.scored.auc),
        "log_loss": interval(s.scored.log_loss),
        "log_loss_smoothed": interval(s.scored.log_loss_smoothed),
        "brier": interval(s.scored.brier),
        "brier_skill": interval(s.scored.brier_skill),
        "accuracy": interval(s.scored.accuracy),
        "balanced_accuracy": interval(s.scored.balanced_accuracy),
    });
    // Calibration is that of forecasts of force.
    if let (Target::Force, Some(row)) = (s.target, row.as_object_mut()) {
        let bin = |(p, o, n): &(f64, f64, usize)| json!({ "forecast": p, "observed": o, "n": n });
        let bins: Vec<Value> = s.calibration.bins.iter().map(bin).collect();
        row.insert("ece".to_owned(), finite(s.calibration.ece));
        row.insert("calibration_slope".to_owned(), finite(s.calibration.slope));
        row.insert("reliability".to_owned(), Value::Array(bins));
    }
    row
}

/// The document at full precision.
pub fn json(view: &View<'_>) -> String {
    let r = view.result;
    let mut scores: Vec<Value> = r.scores.iter().map(score).collect();
    scores.extend(r.groups.iter().map(|g| {
        json!({
            "lens": g.lens, "target": g.target.word(), "split": g.split.word(),
            "group": { "sort": g.sort, "kind": g.kind }, "n": g.n,
            "auc": interval(g.scored.auc), "log_loss": interval(g.scored.log_loss),
            "brier_skill": interval(g.scored.brier_skill), "accuracy": interval(g.scored.accuracy),
        })
    }));
    let document = json!({
        "study": "backtest",
        "title": view.title,
        "engine": view.engine,
        "data": view.data,
        "decisions": view.rows,
        "crises": view.crises,
        "dropped": view.dropped,
        "draws": view.draws,
        "seed": view.seed,
        "same_day": view.same_day,
        "threat": view.threat,
        "protracted": view.protracted,
        "scores": scores,
        "differences": r.differences.iter().map(|d| json!({
            "lens": d.lens, "against": d.against, "target": d.target.word(), "split": d.split.word(),
            "log_loss": interval(d.paired.log_loss), "auc": interval(d.paired.auc),
        })).collect::<Vec<_>>(),
        "leads": r.leads.iter().map(|l| json!({
            "target": l.target.word(), "split": l.split.word(),
            "group": { "sort": l.sort, "kind": l.kind }, "n": l.n,
            "best": l.best.0, "next": l.next, "log_loss": interval(l.paired.log_loss),
        })).collect::<Vec<_>>(),
        "penalties": r.forecasts.iter().filter(|f| f.penalties.iter().flatten().any(|p| *p > 0.0)).map(|f| json!({
            "lens": f.lens, "split": f.split.word(), "force_show_mixed": f.penalties,
        })).collect::<Vec<_>>(),
        "parameters": r.parameters.iter().map(|p| json!({
            "lens": p.lens, "split": p.split.word(), "training": p.training,
            "values": p.values.iter().map(|(id, v)| ((*id).to_owned(), finite(*v))).collect::<serde_json::Map<_, _>>(),
        })).collect::<Vec<_>>(),
        "alarms": r.alarms.iter().map(|a| json!({
            "lens": a.lens, "split": a.split, "score": a.score, "value": a.value, "ceiling": a.ceiling,
        })).collect::<Vec<_>>(),
        "looked_at_held_back_rows": r.looked,
    });
    format!("{document:#}\n")
}

/// For people, 80 columns.
pub fn text(view: &View<'_>) -> String {
    let mut out = format!(
        "{}\n{} decisions in {} crises\n",
        view.title, view.rows, view.crises
    );
    for part in view.data.split(", ") {
        let _ = writeln!(out, "{part}");
    }
    let _ = writeln!(
        out,
        "Intervals: {} resamples of whole crises, 95 %, seed {}.",
        view.draws, view.seed
    );
    if view.protracted {
        out.push_str(
            "With the codebook's protracted-conflict codes, which need hindsight: no forecast.\n",
        );
    }
    if view.dropped > 0 {
        let _ = writeln!(
            out,
            "{} test rows left out: their crisis is in the training file.",
            view.dropped
        );
    }
    let r = view.result;
    let mut seen: Vec<(&str, Target)> = Vec::new();
    for s in &r.scores {
        let key = (s.split.word(), s.target);
        if !seen.contains(&key) {
            seen.push(key);
            section(&mut out, view, key);
        }
    }
    let mixed = r.scores.iter().any(|s| s.lens.starts_with("composite"));
    out.push_str(if mixed { CHOSEN } else { ALONE });
    out.push_str(NOTES);
    out.push_str(&alarms(view));
    out
}

const CHOSEN: &str = "
Lenses and composites choose within the training rows of each split. The one
that did best there is composite:chosen, the headline.
";

const ALONE: &str = "
Every lens chooses within the training rows of each split.
";

const NOTES: &str = "\
* 21 variables picked with all years in sight: not a clean score.
Log loss in nats, lower is better; d: loss less that of trigger+power.
";

fn alarms(view: &View<'_>) -> String {
    match view.result.alarms.as_slice() {
        [] => format!(
            "No AUC above {CEILING} and no Brier skill above {SKILL_CEILING:.2}, from which on a leak would\n\
             be suspected.\n"
        ),
        list => list
            .iter()
            .map(|a| {
                format!(
                    "ALARM: {} on {} has {} {:.3}, above {}: a leak until shown otherwise.\n",
                    a.lens, a.split, a.score, a.value, a.ceiling
                )
            })
            .collect(),
    }
}

fn section(out: &mut String, view: &View<'_>, (split, target): (&'static str, Target)) {
    let here = |s: &&Score| s.split.word() == split && s.target == target;
    let mut scores: Vec<&Score> = view.result.scores.iter().filter(here).collect();
    scores.sort_by(|a, b| a.scored.log_loss.value.total_cmp(&b.scored.log_loss.value));
    let n = scores.first().map_or(0, |s| s.n);
    let _ = writeln!(out, "\n{} · {split} · {n} decisions", target.word());
    let rows: Vec<Vec<String>> = scores.iter().map(|s| line(view, s)).collect();
    let names: &[&'static str] = match target {
        Target::Force => &["AUC", "log loss", "skill", "acc.", "ECE", "slope", "d"],
        Target::Response => &["log loss", "skill", "acc.", "balanced acc.", "d"],
    };
    let right = names.iter().map(|n| (*n, Align::Right));
    let head: Vec<(&str, Align)> = std::iter::once(("", Align::Left)).chain(right).collect();
    out.push_str(&table(&head, &rows));
    best(out, view, split, target);
}

fn line(view: &View<'_>, s: &Score) -> Vec<String> {
    let d = view.result.differences.iter().find(|d| {
        d.lens == s.lens
            && d.against == "trigger+power"
            && d.split == s.split
            && d.target == s.target
    });
    let name = if clean(s.lens) { s.lens } else { "picked*" };
    let three = |x: f64| format!("{x:.3}");
    let loss = &s.scored.log_loss;
    let loss = format!("{:.3} {:.3}–{:.3}", loss.value, loss.low, loss.high);
    let skill = three(s.scored.brier_skill.value);
    let accuracy = three(s.scored.accuracy.value);
    let own = match s.target {
        Target::Force => vec![
            three(s.scored.auc.value),
            loss,
            skill,
            accuracy,
            three(s.calibration.ece),
            format!("{:.2}", s.calibration.slope),
        ],
        Target::Response => {
            let balanced = three(s.scored.balanced_accuracy.value);
            vec![loss, skill, accuracy, balanced]
        }
    };
    let d = d.map_or(String::new(), |d| {
        format!("{:+.3}", d.paired.log_loss.value)
    });
    std::iter::once(name.to_owned())
        .chain(own)
        .chain([d])
        .collect()
}

/// When which lens does best: the one with the least loss for each kind of situation.
fn best(out: &mut String, view: &View<'_>, split: &str, target: Target) {
    let here = |l: &&Lead| l.split.word() == split && l.target == target;
    let mut leads: Vec<&Lead> = view.result.leads.iter().filter(here).collect();
    leads.sort_unstable_by_key(|l| (l.sort, l.kind));
    if leads.is_empty() {
        return;
    }
    let rows: Vec<Vec<String>> = leads.iter().map(|l| best_line(l)).collect();
    out.push_str("\nWhen which lens does best (least log loss; d: less that of the next, * where its\n95 % interval leaves out 0)\n");
    let head = [
        ("situation", Align::Left),
        ("n", Align::Right),
        ("best", Align::Left),
        ("next", Align::Left),
        ("d", Align::Right),
    ];
    out.push_str(&table(&head, &rows));
}

fn best_line(l: &Lead) -> Vec<String> {
    let d = l.paired.log_loss;
    let sure = if d.high < 0.0 { "*" } else { "" };
    vec![
        format!("{}: {}", l.sort, l.kind),
        l.n.to_string(),
        format!("{} {:.3}", l.best.0, l.best.1),
        l.next.to_owned(),
        format!("{:+.3}{sure}", d.value),
    ]
}

/// A reliability diagram for every lens and split: file name and SVG.
pub fn reliability(view: &View<'_>) -> Vec<(String, String)> {
    let force = view
        .result
        .scores
        .iter()
        .filter(|s| s.target == Target::Force);
    force
        .map(|s| {
            let points = s
                .calibration
                .bins
                .iter()
                .map(|(p, o, _)| (*p, *o))
                .collect();
            let axis = |label: &str| Axis {
                label: label.to_owned(),
                zero: true,
                ..Axis::default()
            };
            let chart = Chart {
                title: format!("Reliability of {} on {}", s.lens, s.split.word()),
                x: axis("forecast probability of force"),
                y: axis("share that used force"),
                marks: vec![
                    Mark::Line {
                        points: vec![(0.0, 0.0), (1.0, 1.0)],
                        name: "perfect".to_owned(),
                    },
                    Mark::Dots {
                        points,
                        name: String::new(),
                    },
                ],
                source: format!("{}; tenths of {} decisions", view.data, s.n),
            };
            let name = format!("{}-{}.svg", s.lens.replace([':', '+'], "-"), s.split.word());
            (name, svg(&chart))
        })
        .collect()
}
