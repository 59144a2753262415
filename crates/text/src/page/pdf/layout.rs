//! Pieces of text into lines and paragraphs.

use super::content::Chunk;

#[derive(Debug)]
struct Line {
    text: String,
    x: f64,
    y: f64,
    end: f64,
    size: f64,
}

/// Text with paragraphs apart; letters clearly larger than most become headings.
pub(super) fn lay_out(chunks: &[Chunk]) -> String {
    let lines = lines(chunks);
    let body = usual_size(&lines);
    // lines of one paragraph are seldom more than 1.4 letters apart
    let leading = usual_leading(&lines).min(1.4 * body);
    let mut out = String::new();
    let mut last: Option<&Line> = None;
    for line in lines.iter().filter(|l| !l.text.trim().is_empty()) {
        let apart = last.is_none_or(|l| new_paragraph(l, line, leading));
        if apart && last.is_some() {
            out.push('\n');
        }
        let mark = heading(line.size, body);
        let again = last.is_some_and(|l| heading(l.size, body) == mark);
        if !apart && again && !mark.is_empty() {
            // a heading over several lines is one heading
            out.truncate(out.trim_end().len());
            out.push(' ');
        } else {
            out.push_str(mark);
        }
        out.push_str(line.text.trim());
        out.push('\n');
        last = Some(line);
    }
    out
}

fn heading(size: f64, body: f64) -> &'static str {
    match size / body {
        r if r >= 1.8 => "# ",
        r if r >= 1.35 => "## ",
        r if r >= 1.12 => "#### ",
        _ => "",
    }
}

/// Pieces on one base line, from left to right, are one line.
fn lines(chunks: &[Chunk]) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for c in chunks {
        let joins = out.last().is_some_and(|l| {
            let same = (l.y - c.y).abs() < 0.35 * l.size.max(c.size);
            same && c.x > l.end - 0.6 * c.size && c.x < l.end + 3.0 * c.size
        });
        match out.last_mut().filter(|_| joins) {
            Some(line) => {
                let gap = c.x - line.end > 0.18 * c.size;
                if gap && !line.text.ends_with(' ') && !c.text.starts_with(' ') {
                    line.text.push(' ');
                }
                line.text.push_str(&c.text);
                line.end = c.end;
                line.size = line.size.max(c.size);
            }
            None => out.push(Line {
                text: c.text.clone(),
                x: c.x,
                y: c.y,
                end: c.end,
                size: c.size,
            }),
        }
    }
    out
}

fn new_paragraph(before: &Line, line: &Line, leading: f64) -> bool {
    let drop = before.y - line.y;
    let size = (before.size / line.size - 1.0).abs() > 0.08;
    let far = drop > 1.35 * leading || drop < -0.5 * line.size;
    let indent = line.x - before.x;
    let indented = indent > 0.8 * line.size && indent < 4.0 * line.size && drop > 0.0;
    size || far || indented
}

/// The size of most letters.
fn usual_size(lines: &[Line]) -> f64 {
    let mut sizes: Vec<(f64, usize)> = lines.iter().map(|l| (l.size, l.text.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|s| s.1).sum::<usize>() / 2;
    let mut seen = 0;
    let median = sizes.iter().find(|(_, n)| {
        seen += n;
        seen > half
    });
    median.map_or(1.0, |(s, _)| s.max(0.01))
}

/// The usual distance between lines.
fn usual_leading(lines: &[Line]) -> f64 {
    let drops = lines.windows(2).map(|w| w[0].y - w[1].y);
    let mut drops: Vec<f64> = drops.filter(|d| *d > 0.5 && *d < 100.0).collect();
    drops.sort_by(f64::total_cmp);
    drops
        .get(drops.len().saturating_sub(1) / 3)
        .copied()
        .unwrap_or(14.0)
}
