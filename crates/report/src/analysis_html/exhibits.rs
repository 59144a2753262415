//! Exhibits of a lens: tables and figures.

use super::eliminations;
use super::table::{self, Cell, words};
use crate::figures::{is_figure, typeset};
use crate::markup::{esc, prose};
use crate::svg::positions::{Scale, chart};
use crate::view::{View, letter};
use raison_core::{Exhibit, Placed};

pub(super) fn render(view: &View<'_>, exhibits: &[Exhibit]) -> String {
    exhibits.iter().map(|e| exhibit(view, e)).collect()
}

fn exhibit(view: &View<'_>, exhibit: &Exhibit) -> String {
    match exhibit {
        Exhibit::Table {
            title,
            columns,
            rows,
            note,
        } => plain(view, title, columns, rows, note),
        Exhibit::Positions {
            title,
            range,
            labels,
            players,
            alternatives,
            results,
        } => {
            let scale = Scale {
                title,
                range: *range,
                labels: (&labels.0, &labels.1),
                players,
                alternatives: lettered(view, alternatives),
                results,
            };
            positions(&scale, players)
        }
        Exhibit::Eliminations { title, steps } => eliminations::render(view, title, steps),
    }
}

fn plain(
    view: &View<'_>,
    title: &str,
    columns: &[String],
    rows: &[Vec<String>],
    note: &str,
) -> String {
    let figures: Vec<bool> = (0..columns.len())
        .map(|i| rows.iter().all(|r| r.get(i).is_none_or(|c| is_figure(c))))
        .collect();
    let cell = |(i, text): (usize, &String)| -> Cell {
        let right = i > 0 && figures.get(i).copied().unwrap_or(false);
        let short = view.short(text);
        match right {
            true => ("n", esc(&typeset(text))),
            false if short != *text => ("name", esc(&short)),
            false => words(&typeset(text)),
        }
    };
    let rows: Vec<Vec<Cell>> = rows
        .iter()
        .map(|r| r.iter().enumerate().map(cell).collect())
        .collect();
    let heads: Vec<&str> = columns.iter().map(String::as_str).collect();
    let note = if note.is_empty() {
        String::new()
    } else {
        format!("<p class=\"note\">{}</p>\n", prose(&typeset(note)))
    };
    format!(
        "<div class=\"scroll\">{}</div>{note}",
        table::render("", title, &heads, &rows)
    )
}

/// Letters in place of titles, where the title or id is known.
fn lettered(view: &View<'_>, list: &[(String, f64)]) -> Vec<(String, f64)> {
    let name = |i: usize, text: &str| {
        let known = view
            .alternatives()
            .iter()
            .position(|a| a.title == text || a.id == text);
        letter(known.unwrap_or(i))
    };
    list.iter()
        .enumerate()
        .map(|(i, (text, at))| (name(i, text), *at))
        .collect()
}

fn positions(scale: &Scale<'_>, players: &[Placed]) -> String {
    let ranges = players.iter().any(|p| p.low < p.high);
    let lines = if ranges {
        " Lines are the stated ranges."
    } else {
        ""
    };
    format!(
        "<figure>{}<figcaption><b>{}.</b> Letters are the alternatives. Dots are the players' positions, larger with \
         weight (influence times salience).{lines} Diamonds are where each solver comes out.</figcaption></figure>\n",
        chart(scale),
        prose(scale.title)
    )
}
