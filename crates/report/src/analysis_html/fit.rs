//! How each lens did on what was really chosen, beside the baselines.

use super::table::{self, Cell, figure, words};
use crate::figures::{fixed, percent};
use crate::markup::{esc, prose};
use crate::phrases::{FIT, SCORES};
use crate::view::View;
use raison_study::Scores;

pub(super) fn render(view: &View<'_>) -> String {
    let Some(chosen) = view.chosen() else {
        return String::new();
    };
    let n = view.alternatives().len();
    let lenses = view.answers().map(|(l, a)| row(l.id, a.scores.as_ref(), n));
    let baselines = view.analysis.baselines.iter();
    let baselines = baselines.map(|b| {
        row(
            &format!("Baseline: {}", b.id.replace('-', " ")),
            b.scores.as_ref(),
            n,
        )
    });
    let rows: Vec<Vec<Cell>> = lenses.chain(baselines).collect();
    let heads = [
        "Forecast",
        "Log score",
        "Brier score",
        "Rank of what was chosen",
        "Its probability",
    ];
    let caution = if view.case.coded_knowing_outcome {
        format!("<p class=\"caution\">{FIT}</p>\n")
    } else {
        String::new()
    };
    format!(
        "<section class=\"keep\">\n<h2>Fit to what was really chosen</h2>\n<p>{}</p>\n{caution}{}<p class=\"note\">{}</p>\n</section>\n",
        happened(view, chosen),
        table::render("", "", &heads, &rows),
        esc(SCORES)
    )
}

fn happened(view: &View<'_>, chosen: usize) -> String {
    let title = view
        .alternatives()
        .get(chosen)
        .map_or("?", |a| a.title.as_str());
    let observed = view.case.observed.as_ref();
    let date = observed
        .and_then(|o| o.date)
        .map_or(String::new(), |d| format!(", on {}", crate::words::day(d)));
    let works: Vec<String> = observed
        .iter()
        .flat_map(|o| &o.sources)
        .map(|c| c.to_string())
        .collect();
    let works = if works.is_empty() {
        String::new()
    } else {
        format!(" <span class=\"note\">[{}]</span>", esc(&works.join("; ")))
    };
    format!(
        "<b>{} {}</b>{date}.{works} {}",
        crate::view::letter(chosen),
        esc(title),
        prose(&view.case.aftermath)
    )
}

fn row(name: &str, scores: Option<&Scores>, alternatives: usize) -> Vec<Cell> {
    let mut row = vec![words(name)];
    match scores {
        Some(s) => row.extend([
            figure(fixed(s.log)),
            figure(fixed(s.brier)),
            figure(format!("{} of {alternatives}", s.rank)),
            figure(format!("{} %", percent(s.probability))),
        ]),
        None => row.extend((0..4).map(|_| figure("–"))),
    }
    row
}
