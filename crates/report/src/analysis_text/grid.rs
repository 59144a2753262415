//! Tables that fit the width: cells are wrapped where a column is too wide for it.

use crate::style::{Look, Tone};
use crate::words::{clean, width, wrap};

/// Columns between columns.
const GAP: usize = 2;
/// No column is squeezed below this.
const NARROWEST: usize = 4;

/// A cell and what it is.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub text: String,
    pub tone: Tone,
}

impl Cell {
    pub(super) fn new(text: impl AsRef<str>, tone: Tone) -> Self {
        Cell {
            text: clean(text.as_ref()),
            tone,
        }
    }
}

impl<T: AsRef<str>> From<T> for Cell {
    fn from(text: T) -> Self {
        Cell::new(text, Tone::Plain)
    }
}

/// A table: the first `left` columns are words, the others figures, set to the right.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    pub heads: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
    pub left: usize,
}

impl Grid {
    /// The table's lines, each starting `indent` columns in.
    pub(super) fn lines(&self, look: Look, indent: usize) -> Vec<String> {
        let room = look.columns().saturating_sub(indent);
        let columns = self.columns();
        if columns == 0 {
            return Vec::new();
        }
        if columns * (NARROWEST + GAP) > room + GAP {
            return self.listed(look, indent);
        }
        let widths = self.widths(room.saturating_sub(GAP * (columns - 1)));
        let heads: Vec<Cell> = self
            .heads
            .iter()
            .map(|h| Cell::new(h, Tone::Faint))
            .collect();
        let head = if heads.iter().all(|h| h.text.is_empty()) {
            None
        } else {
            Some(&heads)
        };
        let rows = head.into_iter().chain(&self.rows);
        rows.flat_map(|row| self.row(row, &widths, look, indent))
            .collect()
    }

    fn columns(&self) -> usize {
        self.rows
            .iter()
            .map(Vec::len)
            .fold(self.heads.len(), usize::max)
    }

    /// Natural widths, the widest squeezed until all fit.
    fn widths(&self, room: usize) -> Vec<usize> {
        let mut widths = vec![1; self.columns()];
        let heads = self.heads.iter().map(|h| width(h)).enumerate();
        let cells = self
            .rows
            .iter()
            .flat_map(|r| r.iter().map(|c| width(&c.text)).enumerate());
        heads
            .chain(cells)
            .for_each(|(i, w)| widths[i] = widths[i].max(w.min(1000)));
        while widths.iter().sum::<usize>() > room {
            let Some(widest) = widths.iter_mut().max().filter(|w| **w > NARROWEST) else {
                break;
            };
            *widest -= 1;
        }
        widths
    }

    fn row(&self, row: &[Cell], widths: &[usize], look: Look, indent: usize) -> Vec<String> {
        let cells: Vec<Vec<String>> = row
            .iter()
            .zip(widths)
            .map(|(c, w)| wrap(&c.text, *w))
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        (0..height)
            .map(|line| {
                let mut out = " ".repeat(indent);
                for (i, (cell, w)) in cells.iter().zip(widths).enumerate() {
                    let text = cell.get(line).map_or("", String::as_str);
                    let pad = " ".repeat(w.saturating_sub(width(text)));
                    let text = look.paint(row[i].tone, text);
                    let gap = if i > 0 {
                        " ".repeat(GAP)
                    } else {
                        String::new()
                    };
                    out += &gap;
                    out += &if i < self.left {
                        text + &pad
                    } else {
                        pad + &text
                    };
                }
                out.trim_end().to_owned()
            })
            .collect()
    }

    /// Too many columns for any table: one line for each cell.
    fn listed(&self, look: Look, indent: usize) -> Vec<String> {
        let mut out = Vec::new();
        for row in &self.rows {
            for (i, cell) in row.iter().enumerate() {
                let head = self.heads.get(i).map_or("", String::as_str);
                let text = format!("{head}: {}", cell.text);
                let inner = indent + if i > 0 { 2 } else { 0 };
                let room = look.columns().saturating_sub(inner);
                let lines = wrap(&text, room).into_iter();
                out.extend(lines.map(|l| format!("{}{l}", " ".repeat(inner))));
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(columns: usize, text: &str) -> Grid {
        Grid {
            heads: (0..columns).map(|i| format!("head {i}")).collect(),
            rows: vec![(0..columns).map(|_| Cell::from(text)).collect(); 2],
            left: 1,
        }
    }

    #[test]
    fn no_table_is_wider_than_the_page() {
        let look = Look::default();
        for columns in 0..40 {
            for text in [
                "",
                "x",
                "some longer words in a cell",
                "one.endless.path.without.spaces.at.all",
            ] {
                for line in grid(columns, text).lines(look, 2) {
                    assert!(width(&line) <= 80, "{columns} columns: {line}");
                }
            }
        }
    }

    #[test]
    fn figures_stand_to_the_right() {
        let g = Grid {
            heads: vec!["lens".into(), "p".into()],
            rows: vec![
                vec!["rational".into(), "5".into()],
                vec!["x".into(), "42".into()],
            ],
            left: 1,
        };
        assert_eq!(
            g.lines(Look::default(), 0),
            ["lens       p", "rational   5", "x         42"]
        );
    }
}
