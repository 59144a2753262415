//! Tables as aligned text.

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Lines of cells under a head, aligned, two blanks between columns.
pub fn text(head: &[(&str, Align)], rows: &[Vec<String>]) -> String {
    let width = |i: usize| {
        let cells = rows
            .iter()
            .filter_map(|r| r.get(i))
            .map(|c| c.chars().count());
        let name = head.get(i).map_or(0, |h| h.0.chars().count());
        cells.max().unwrap_or(0).max(name)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let mut out = String::new();
    let names: Vec<&str> = head.iter().map(|h| h.0).collect();
    line(&mut out, head, &widths, &names);
    let total = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
    out.push_str(&"-".repeat(total));
    out.push('\n');
    for row in rows {
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        line(&mut out, head, &widths, &cells);
    }
    out
}

fn line(out: &mut String, head: &[(&str, Align)], widths: &[usize], cells: &[&str]) {
    let mut text = String::new();
    for ((cell, (_, align)), width) in cells.iter().zip(head).zip(widths) {
        let blanks = " ".repeat(width.saturating_sub(cell.chars().count()));
        match align {
            Align::Left => {
                text.push_str(cell);
                text.push_str(&blanks);
            }
            Align::Right => {
                text.push_str(&blanks);
                text.push_str(cell);
            }
        }
        text.push_str("  ");
    }
    out.push_str(text.trim_end());
    out.push('\n');
}

/// Words in lines of at most so many columns.
pub fn folded(words: &str, columns: usize) -> Vec<String> {
    crate::words::wrap(&crate::words::clean(words), columns)
}

/// A number with about four digits that matter.
pub fn number(value: f64) -> String {
    let size = value.abs();
    if !value.is_finite() {
        return String::new();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    match size {
        s if !(1e-4..1e7).contains(&s) => format!("{value:.3e}"),
        s if s >= 1000.0 => format!("{value:.0}"),
        s if s >= 100.0 => format!("{value:.1}"),
        s if s >= 10.0 => format!("{value:.2}"),
        s if s >= 0.1 => format!("{value:.3}"),
        s if s >= 0.01 => format!("{value:.4}"),
        s if s >= 0.001 => format!("{value:.5}"),
        _ => format!("{value:.6}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let head = [("term", Align::Left), ("b", Align::Right)];
        let rows = vec![
            vec!["é".to_owned(), number(0.5)],
            vec!["long".to_owned(), number(-12.0)],
        ];
        assert_eq!(
            text(&head, &rows),
            "term       b\n------------\né      0.500\nlong  -12.00\n"
        );
    }
}
