//! Exhibits of a lens as text.

use super::grid::{Cell, Grid};
use super::page::Page;
use crate::figures::{fixed, is_figure, number, typeset};
use crate::style::Tone;
use crate::view::View;
use raison_core::{Elimination, Exhibit, Placed};

pub(super) fn write(page: &mut Page, view: &View<'_>, exhibits: &[Exhibit]) {
    for exhibit in exhibits {
        page.gap();
        match exhibit {
            Exhibit::Table {
                title,
                columns,
                rows,
                note,
            } => {
                page.paragraph(2, Tone::Strong, title);
                page.grid(4, &plain(view, columns, rows));
                page.paragraph(4, Tone::Faint, &typeset(note));
            }
            Exhibit::Positions {
                title,
                range,
                labels,
                players,
                alternatives,
                results,
            } => {
                page.paragraph(2, Tone::Strong, title);
                let ends = format!(
                    "{} {} to {} {}",
                    number(range.0),
                    labels.0,
                    number(range.1),
                    labels.1
                );
                page.paragraph(4, Tone::Faint, &ends);
                page.grid(4, &placed(players));
                page.grid(4, &points(view, "alternative", alternatives));
                page.grid(4, &points(view, "result", results));
            }
            Exhibit::Eliminations { title, steps } => {
                page.paragraph(2, Tone::Strong, title);
                page.grid(4, &eliminations(view, steps));
            }
        }
    }
}

fn plain(view: &View<'_>, columns: &[String], rows: &[Vec<String>]) -> Grid {
    let words = |i: usize| rows.iter().any(|r| r.get(i).is_some_and(|c| !is_figure(c)));
    Grid {
        heads: columns.to_vec(),
        rows: rows
            .iter()
            .map(|r| {
                r.iter()
                    .map(|c| Cell::from(typeset(&view.short(c))))
                    .collect()
            })
            .collect(),
        left: (0..columns.len()).take_while(|i| words(*i)).count().max(1),
    }
}

fn placed(players: &[Placed]) -> Grid {
    let row = |p: &Placed| {
        let range = format!("{}–{}", fixed(p.low), fixed(p.high));
        vec![
            Cell::from(&p.name),
            fixed(p.at).into(),
            range.into(),
            fixed(p.weight).into(),
        ]
    };
    Grid {
        heads: ["player", "position", "range", "weight"]
            .map(String::from)
            .to_vec(),
        rows: players.iter().map(row).collect(),
        left: 1,
    }
}

fn points(view: &View<'_>, head: &str, list: &[(String, f64)]) -> Grid {
    Grid {
        heads: vec![head.to_owned(), "position".to_owned()],
        rows: list
            .iter()
            .map(|(name, at)| vec![Cell::from(view.short(name)), fixed(*at).into()])
            .collect(),
        left: 1,
    }
}

fn eliminations(view: &View<'_>, steps: &[Elimination]) -> Grid {
    let bar = |(title, released): &(String, bool)| match released {
        true => format!("released: {title}"),
        false => format!("barred: {title}"),
    };
    let row = |e: &Elimination| {
        let bars: Vec<String> = e.bars.iter().map(bar).collect();
        let bars = if bars.is_empty() {
            "no bar".to_owned()
        } else {
            bars.join("; ")
        };
        let left = if e.left {
            Cell::new("left", Tone::Good)
        } else {
            Cell::new("struck", Tone::Bad)
        };
        vec![
            Cell::from(view.short(&e.alternative)),
            bars.into(),
            left,
            e.score.map_or("–".into(), fixed).into(),
        ]
    };
    Grid {
        heads: ["alternative", "first stage", "", "score"]
            .map(String::from)
            .to_vec(),
        rows: steps.iter().map(row).collect(),
        left: 3,
    }
}
