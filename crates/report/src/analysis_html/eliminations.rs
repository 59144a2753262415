//! The path of eliminations: first the bars, then the weighing of what is left.

use super::table::{self, Cell};
use crate::figures::signed;
use crate::markup::{esc, prose};
use crate::svg::Drawing;
use crate::view::{View, letter};
use raison_core::Elimination;

pub(super) fn render(view: &View<'_>, title: &str, steps: &[Elimination]) -> String {
    let scores: Vec<f64> = steps
        .iter()
        .filter_map(|s| s.score)
        .filter(|s| s.is_finite())
        .collect();
    let low = scores.iter().copied().fold(0.0, f64::min);
    let high = scores.iter().copied().fold(0.0, f64::max);
    let order = ranks(&scores);
    let rows: Vec<Vec<Cell>> = steps
        .iter()
        .map(|s| {
            let score = s.score.map(|x| {
                let rank = scores
                    .iter()
                    .position(|y| *y == x)
                    .and_then(|i| order.get(i));
                (x, rank.copied())
            });
            vec![
                alternative(view, s),
                ("stage", first(s)),
                ("stage scored", second(s, score, (low, high))),
            ]
        })
        .collect();
    let heads = ["Alternative", "First stage: bars", "Second stage: weighing"];
    table::render("", title, &heads, &rows)
}

/// Rank of each score, the highest first.
fn ranks(scores: &[f64]) -> Vec<usize> {
    scores
        .iter()
        .map(|s| 1 + scores.iter().filter(|o| *o > s).count())
        .collect()
}

fn alternative(view: &View<'_>, step: &Elimination) -> Cell {
    let index = view
        .alternatives()
        .iter()
        .position(|a| a.id == step.alternative);
    let name = match index.and_then(|i| Some((i, view.alternatives().get(i)?))) {
        Some((i, a)) => format!(
            "<span class=\"letter\">{}</span> <span class=\"title\">{}</span>",
            letter(i),
            prose(&a.title)
        ),
        None => format!("<span class=\"title\">{}</span>", esc(&step.alternative)),
    };
    (
        if step.left {
            "alternative"
        } else {
            "alternative struck"
        },
        name,
    )
}

fn first(step: &Elimination) -> String {
    let bar = |(title, released): &(String, bool)| match released {
        true => format!("<i>↷ released:</i> {}", prose(title)),
        false => format!("<b>✕ barred:</b> {}", prose(title)),
    };
    let bars: Vec<String> = step.bars.iter().map(bar).collect();
    if bars.is_empty() {
        "no bar applies".to_owned()
    } else {
        bars.join("<br>")
    }
}

fn second(step: &Elimination, score: Option<(f64, Option<usize>)>, ends: (f64, f64)) -> String {
    match (step.left, score) {
        (true, Some((x, rank))) => {
            let place = rank.map_or(String::new(), |r| format!(" (rank {r})"));
            format!(
                "<span class=\"scorebar\">{}</span> {}{place}",
                bar(x, ends),
                esc(&signed(x))
            )
        }
        (true, None) => "left".to_owned(),
        (false, Some((x, _))) => format!("struck out ({})", esc(&signed(x))),
        (false, None) => "struck out".to_owned(),
    }
}

/// A bar from nought to the score.
fn bar(x: f64, (low, high): (f64, f64)) -> String {
    let place = |v: f64| {
        if high > low {
            130.0 * (v - low) / (high - low)
        } else {
            0.0
        }
    };
    let mut d = Drawing::new(130.0, "score", &signed(x));
    let (a, b) = (place(x.min(0.0)), place(x.max(0.0)));
    d.rect((a, 1.0), (b - a, 10.0), "bar");
    d.line((place(0.0), 0.0), (place(0.0), 12.0), "rule");
    d.finish(12.0)
}
