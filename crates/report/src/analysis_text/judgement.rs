//! The side-by-side table: alternatives by lenses.

use super::grid::{Cell, Grid};
use super::page::Page;
use crate::figures::percent;
use crate::near::{headline, near};
use crate::phrases::{CALIBRATED, FIRM, NEARLY, UNCALIBRATED};
use crate::style::Tone;
use crate::view::{View, letter};
use crate::words::{abbreviate, cut, width};
use raison_core::Learned;
use raison_study::{Answer, LensResult};

/// Columns of a lens beside the gap.
const LENS: usize = 6;
/// The column of alternatives takes at most this.
const NAME: usize = 30;

pub(super) fn write(page: &mut Page, view: &View<'_>) {
    page.section("Which alternative leads", "1 ranks first");
    let fit = beside(page, view);
    for lenses in view.analysis.lenses.chunks(fit) {
        ranks(page, view, lenses);
        page.gap();
    }
    page.paragraph(0, Tone::Plain, &reading(view));
    if view.answers().next().is_none() {
        return;
    }
    let (title, aside) = match (uncalibrated(view).len(), view.answers().count()) {
        (0, _) => ("Probabilities in %", ""),
        (n, all) if n < all => ("Probabilities in %, behind the ranks", "some uncalibrated"),
        _ => ("Probabilities in %, behind the ranks", "uncalibrated"),
    };
    page.section(title, aside);
    for lenses in view.analysis.lenses.chunks(fit) {
        probabilities(page, view, lenses);
        page.gap();
    }
    page.paragraph(0, Tone::Plain, &calibration(view));
}

/// How many lenses stand beside one another: all, or as many in each table.
fn beside(page: &Page, view: &View<'_>) -> usize {
    let room = page.look.columns().saturating_sub(names(view).min(16));
    let most = (room / (LENS + 2)).max(1);
    let lenses = view.analysis.lenses.len();
    let tables = lenses.div_ceil(most).max(1);
    lenses.div_ceil(tables).max(1)
}

/// Columns that the longest name of an alternative takes.
fn names(view: &View<'_>) -> usize {
    (0..view.alternatives().len())
        .map(|i| width(&marked(view, i)))
        .max()
        .unwrap_or(0)
        .min(NAME)
}

/// Letter, id, and marks of the status quo and of what was chosen.
fn marked(view: &View<'_>, index: usize) -> String {
    let status_quo = view.case.question.situation.status_quo == Some(index);
    let chosen = view.chosen() == Some(index);
    let marks = format!(
        "{}{}",
        if status_quo { " ○" } else { "" },
        if chosen { " ◆" } else { "" }
    );
    let name = format!("{}  {}", letter(index), view.id(index));
    cut(&name, NAME - width(&marks)) + &marks
}

fn heads(page: &Page, view: &View<'_>, lenses: &[LensResult]) -> Vec<String> {
    let room = page.look.columns().saturating_sub(names(view).min(16));
    let longest = lenses.iter().map(|l| width(l.id)).max().unwrap_or(LENS);
    let each = (room / lenses.len().max(1))
        .saturating_sub(2)
        .clamp(LENS, longest.max(LENS));
    let mut heads = vec![String::new()];
    heads.extend(lenses.iter().map(|l| abbreviate(l.id, each)));
    heads
}

/// A table with one figure of each lens for each alternative.
fn table(
    page: &Page,
    view: &View<'_>,
    lenses: &[LensResult],
    cell: impl Fn(&Answer, usize) -> Cell,
) -> Grid {
    let heads = heads(page, view, lenses);
    let taken: usize = heads.iter().map(|h| width(h).max(LENS) + 2).sum::<usize>() - LENS - 2;
    let name = page.look.columns().saturating_sub(taken).min(NAME);
    let row = |i: usize| {
        let tone = if view.chosen() == Some(i) {
            Tone::Strong
        } else {
            Tone::Plain
        };
        let mut row = vec![Cell::new(shortened(view, i, name), tone)];
        row.extend(lenses.iter().map(|l| match &l.answer {
            Ok(a) => cell(a, i),
            Err(_) => Cell::new("–", Tone::Faint),
        }));
        row
    };
    Grid {
        heads,
        rows: (0..view.alternatives().len()).map(row).collect(),
        left: 1,
    }
}

/// The marked name cut to `columns` in its middle, so that the marks stay.
fn shortened(view: &View<'_>, index: usize, columns: usize) -> String {
    let whole = marked(view, index);
    if width(&whole) <= columns {
        return whole;
    }
    let marks: String = whole
        .chars()
        .filter(|c| matches!(c, '○' | '◆'))
        .map(|c| format!(" {c}"))
        .collect();
    let name = format!("{}  {}", letter(index), view.id(index));
    cut(&name, columns.saturating_sub(width(&marks))) + &marks
}

fn ranks(page: &mut Page, view: &View<'_>, lenses: &[LensResult]) {
    let mut grid = table(page, view, lenses, |a, i| match a.rank.get(i) {
        Some(1) => Cell::new("[1]", Tone::Good),
        Some(r) => Cell::new(format!("{r} "), Tone::Plain),
        None => Cell::new("–", Tone::Faint),
    });
    let figure = |name: &str, draw: &dyn Fn(&Answer) -> String| {
        let mut row = vec![Cell::new(name, Tone::Faint)];
        row.extend(
            lenses
                .iter()
                .map(|l| Cell::from(l.answer.as_ref().map_or("–".into(), draw))),
        );
        row
    };
    grid.rows
        .push(figure("leads", &|a| format!("{} ", headline(a))));
    if view.drawn() {
        grid.rows.push(figure("firmness", &|a| {
            format!("{} %", percent(a.firmness))
        }));
    }
    for row in &mut grid.rows {
        row.iter_mut()
            .skip(1)
            .for_each(|c| c.text = unpadded(&c.text));
    }
    page.grid(0, &grid);
}

/// A trailing blank that keeps ranks in line with `[1]`, as one that is not trimmed.
fn unpadded(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

fn probabilities(page: &mut Page, view: &View<'_>, lenses: &[LensResult]) {
    let grid = table(page, view, lenses, |a, i| {
        let p = a.probabilities.get(i).copied().unwrap_or(f64::NAN);
        let tone = if a.leading == i {
            Tone::Strong
        } else {
            Tone::Plain
        };
        Cell::new(percent(p), tone)
    });
    page.grid(0, &grid);
}

fn reading(view: &View<'_>) -> String {
    let mut out = Vec::new();
    if view.case.question.situation.status_quo.is_some() {
        out.push("○ is the status quo.".to_owned());
    }
    if view.chosen().is_some() {
        out.push("◆ was really chosen.".to_owned());
    }
    out.push(if view.drawn() { FIRM } else { view.undrawn() }.to_owned());
    if view
        .answers()
        .any(|(_, a)| !near(a).is_empty() || !a.tied.is_empty())
    {
        out.push(NEARLY.to_owned());
    }
    if view.analysis.lenses.iter().any(|l| l.answer.is_err()) {
        out.push("– marks a lens that does not answer.".to_owned());
    }
    out.join(" ")
}

fn uncalibrated<'a>(view: &View<'a>) -> Vec<&'a str> {
    view.answers()
        .filter(|(l, _)| !l.calibrated)
        .map(|(l, _)| l.id)
        .collect()
}

/// What the lenses were fitted on.
fn fitted(learned: Option<Learned>) -> String {
    match learned {
        None => "All lenses were fitted on decisions other than this one.".to_owned(),
        Some(learned) => format!("All lenses were {learned}."),
    }
}

fn calibration(view: &View<'_>) -> String {
    let list = uncalibrated(view);
    let all = view.answers().count();
    let set = view.answers().any(|(l, _)| l.calibration.is_some());
    let set = if set { CALIBRATED } else { "" };
    match list.len() {
        0 if set.is_empty() => fitted(view.case.learned),
        0 => set.to_owned(),
        n if n == all => format!("All lenses are uncalibrated. {UNCALIBRATED}"),
        _ => format!("{set} Uncalibrated: {}. {UNCALIBRATED}", list.join(", ")),
    }
}
