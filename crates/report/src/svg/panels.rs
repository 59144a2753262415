//! Small multiples: one panel per lens, one row per alternative, a dot with its range.

use super::{Drawing, Hold, fitted};

/// One row of a panel.
#[derive(Clone, Debug)]
pub(crate) struct Dot {
    pub at: f64,
    pub range: Option<(f64, f64)>,
    /// Where it was before a change.
    pub before: Option<f64>,
    pub leads: bool,
    pub label: String,
}

/// One panel; no dots where the lens does not answer.
#[derive(Clone, Debug)]
pub(crate) struct Panel {
    pub title: String,
    pub note: String,
    pub dots: Vec<Dot>,
}

/// A row's name and marks.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub name: String,
    pub mark: &'static str,
    pub strong: bool,
}

const WIDTH: f64 = 720.0;
const NAMES: f64 = 172.0;
const ROW: f64 = 19.0;
const HEAD: f64 = 40.0;
const FOOT: f64 = 24.0;
const ACROSS: usize = 4;
const MARGIN: f64 = 22.0;

/// The chart: values run from 0 to 1.
pub(crate) fn chart(title: &str, about: &str, rows: &[Row], panels: &[Panel]) -> String {
    let mut drawing = Drawing::new(WIDTH, title, about);
    let lines = panels.len().div_ceil(ACROSS).max(1);
    let across = panels.len().div_ceil(lines).max(1);
    let each = (WIDTH - NAMES) / across as f64;
    let tall = HEAD + ROW * rows.len() as f64 + FOOT;
    for (line, chunk) in panels.chunks(across).enumerate() {
        let top = line as f64 * (tall + 6.0);
        names(&mut drawing, rows, top + HEAD);
        for (i, panel) in chunk.iter().enumerate() {
            draw(
                &mut drawing,
                rows,
                panel,
                (NAMES + each * i as f64, top),
                each,
            );
        }
    }
    drawing.finish(panels.len().div_ceil(across) as f64 * (tall + 6.0))
}

fn names(d: &mut Drawing, rows: &[Row], top: f64) {
    for (i, row) in rows.iter().enumerate() {
        let y = top + ROW * (i as f64 + 0.5);
        let class = if row.strong { "label strong" } else { "label" };
        let room = NAMES - 12.0 - if row.mark.is_empty() { 0.0 } else { 14.0 };
        let name = fitted(&row.name, 11.5, room);
        let text = if row.mark.is_empty() {
            name
        } else {
            format!("{name} {}", row.mark)
        };
        d.text(NAMES - 8.0, y + 4.0, Hold::End, class, &text);
    }
}

fn draw(d: &mut Drawing, rows: &[Row], panel: &Panel, (left, top): (f64, f64), width: f64) {
    let (x0, x1) = (left + 4.0, left + width - MARGIN);
    let x = |p: f64| x0 + (x1 - x0) * p.clamp(0.0, 1.0);
    let bottom = top + HEAD + ROW * rows.len() as f64;
    d.text(
        x0,
        top + 16.0,
        Hold::Start,
        "head",
        &fitted(&panel.title, 12.5, width - MARGIN),
    );
    d.text(
        x0,
        top + 31.0,
        Hold::Start,
        "note",
        &fitted(&panel.note, 10.5, width - MARGIN),
    );
    d.rect((x0, top + HEAD), (x1 - x0, bottom - top - HEAD), "panel");
    for tick in [0.0, 0.5, 1.0] {
        d.line((x(tick), top + HEAD), (x(tick), bottom), "grid");
        let text = format!("{:.0}", tick * 100.0);
        d.text(x(tick), bottom + 13.0, Hold::Middle, "tick", &text);
    }
    for (i, dot) in panel.dots.iter().enumerate() {
        spot(d, dot, top + HEAD + ROW * (i as f64 + 0.5), x, x1);
    }
    if panel.dots.is_empty() {
        let middle = (top + HEAD + bottom) / 2.0 + 4.0;
        d.text(
            (x0 + x1) / 2.0,
            middle,
            Hold::Middle,
            "note",
            "does not answer",
        );
    }
}

fn spot(d: &mut Drawing, dot: &Dot, y: f64, x: impl Fn(f64) -> f64, end: f64) {
    let (low, high) = dot.range.unwrap_or((dot.at, dot.at));
    d.line(
        (x(low), y),
        (x(high), y),
        if dot.leads { "range lead" } else { "range" },
    );
    if let Some(before) = dot.before {
        d.line((x(before), y - 5.0), (x(before), y + 5.0), "before");
    }
    d.circle(
        x(dot.at),
        y,
        4.2,
        if dot.leads { "dot lead" } else { "dot" },
    );
    let (left, right) = (x(low.min(dot.at)) - 7.0, x(high.max(dot.at)) + 7.0);
    let (at, hold) = match (right + 16.0 <= end, left - 16.0 >= x(0.0)) {
        (true, _) => (right, Hold::Start),
        (false, true) => (left, Hold::End),
        (false, false) if dot.at < 0.8 => (x(dot.at) + 7.0, Hold::Start),
        (false, false) => (x(dot.at) - 7.0, Hold::End),
    };
    let class = if dot.leads {
        "value strong halo"
    } else {
        "value halo"
    };
    d.text(at, y + 3.8, hold, class, &dot.label);
}
