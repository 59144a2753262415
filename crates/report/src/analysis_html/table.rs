//! Tables in HTML.

use crate::markup::{esc, prose};

/// A cell: its class and its markup.
pub(super) type Cell = (&'static str, String);

/// A plain cell of user's text.
pub(super) fn words(text: &str) -> Cell {
    ("", prose(text))
}

/// A figure, set to the right.
pub(super) fn figure(text: impl AsRef<str>) -> Cell {
    ("n", esc(text.as_ref()))
}

/// A table; the first cell of each row is its head. A column is headed as its cells are
/// set.
pub(super) fn render(class: &str, caption: &str, heads: &[&str], rows: &[Vec<Cell>]) -> String {
    let caption = if caption.is_empty() {
        String::new()
    } else {
        format!("<caption>{}</caption>", prose(caption))
    };
    let first = rows.first();
    let head = |(i, text): (usize, &&str)| {
        let class = first.and_then(|r| r.get(i)).map_or("", |c| c.0);
        format!("<th scope=\"col\"{}>{}</th>", attribute(class), prose(text))
    };
    let heads: String = heads.iter().enumerate().map(head).collect();
    let rows: String = rows.iter().map(|r| row(r)).collect();
    format!(
        "<table{}>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>\n",
        attribute(class)
    )
}

fn row(cells: &[Cell]) -> String {
    let cell = |(i, (class, text)): (usize, &Cell)| match i {
        0 => format!("<th scope=\"row\"{}>{text}</th>", attribute(class)),
        _ => format!("<td{}>{text}</td>", attribute(class)),
    };
    format!(
        "<tr>{}</tr>",
        cells.iter().enumerate().map(cell).collect::<String>()
    )
}

fn attribute(class: &str) -> String {
    if class.is_empty() {
        String::new()
    } else {
        format!(" class=\"{class}\"")
    }
}
