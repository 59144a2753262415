//! How each lens did on what was really chosen, beside the baselines.

use super::grid::{Cell, Grid};
use super::page::Page;
use crate::figures::{fixed, percent};
use crate::phrases::{FIT, SCORES};
use crate::style::Tone;
use crate::view::View;
use raison_study::Scores;

pub(super) fn write(page: &mut Page, view: &View<'_>) {
    let Some(chosen) = view.chosen() else { return };
    let date = view.case.observed.as_ref().and_then(|o| o.date);
    let date = date.map_or(String::new(), |d| format!(", {d}"));
    page.section(
        &format!("Fit to what was really chosen: {}{date}", view.name(chosen)),
        "",
    );
    if !view.case.aftermath.is_empty() {
        page.paragraph(0, Tone::Plain, &view.case.aftermath);
        page.gap();
    }
    page.grid(0, &table(view));
    page.gap();
    if view.case.coded_knowing_outcome {
        page.paragraph(0, Tone::Strong, FIT);
    }
    page.paragraph(0, Tone::Faint, SCORES);
}

fn table(view: &View<'_>) -> Grid {
    let n = view.alternatives().len();
    let lenses = view.answers().map(|(l, a)| row(l.id, a.scores.as_ref(), n));
    let named = |id: &str| format!("{id} (baseline)");
    let baselines = view.analysis.baselines.iter();
    let baselines = baselines.map(|b| row(&named(b.id), b.scores.as_ref(), n));
    Grid {
        heads: ["", "log score", "Brier", "rank of chosen", "p of chosen"]
            .map(String::from)
            .to_vec(),
        rows: lenses.chain(baselines).collect(),
        left: 1,
    }
}

fn row(name: &str, scores: Option<&Scores>, alternatives: usize) -> Vec<Cell> {
    let mut row = vec![Cell::from(name)];
    match scores {
        Some(s) => row.extend([
            Cell::from(fixed(s.log)),
            Cell::from(fixed(s.brier)),
            Cell::from(format!("{} of {alternatives}", s.rank)),
            Cell::from(format!("{} %", percent(s.probability))),
        ]),
        None => row.extend((0..4).map(|_| Cell::from("–"))),
    }
    row
}
