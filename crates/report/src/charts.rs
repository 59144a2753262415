//! Charts as SVG: axes with units, ticks at round numbers, marks, direct labels, a source
//! line. A small grammar: a [`Chart`] is two axes and a list of [`Mark`]s.
//!
//! Colours are those of Okabe and Ito, which readers with colour blindness tell apart;
//! lines differ in dashes as well, so that a copy in black and white can be read.

use crate::charts_scale::{Scale, labels};
use std::fmt::Write;

/// A point.
pub type Point = (f64, f64);

/// An axis.
#[derive(Clone, Debug, Default)]
pub struct Axis {
    /// What it shows, with the unit.
    pub label: String,
    /// Logarithmic.
    pub log: bool,
    /// Begins at zero.
    pub zero: bool,
    /// Names of the places 0, 1, 2 …, top to bottom, where the axis is one of categories.
    pub categories: Vec<String>,
}

/// Something drawn.
#[derive(Clone, Debug)]
pub enum Mark {
    /// A line through points; it breaks where a value is not finite.
    Line {
        /// Points in order.
        points: Vec<Point>,
        /// Name at its end.
        name: String,
    },
    /// Dots.
    Dots {
        /// Points.
        points: Vec<Point>,
        /// Name beside the last; may be empty.
        name: String,
    },
    /// The area between two curves: x, low, high.
    Band {
        /// x, low, high.
        edges: Vec<(f64, f64, f64)>,
    },
    /// An estimate with its interval, lying: low, middle, high at a height.
    Interval {
        /// Low, middle, high.
        values: (f64, f64, f64),
        /// Height: a category.
        at: f64,
    },
    /// What chance alone would give, lying: a thin grey band at a height.
    Null {
        /// Low, high.
        ends: Point,
        /// Height: a category.
        at: f64,
    },
    /// An estimate: a large dot at a height.
    Estimate {
        /// The estimate.
        x: f64,
        /// Height: a category.
        at: f64,
        /// Whether it is drawn as the second of two kinds: hollow and orange.
        second: bool,
    },
    /// A thin line across the chart at an x.
    Across {
        /// The x.
        x: f64,
    },
}

/// A chart.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// Horizontal axis.
    pub x: Axis,
    /// Vertical axis.
    pub y: Axis,
    /// Marks, the first at the bottom.
    pub marks: Vec<Mark>,
    /// Where the data come from.
    pub source: String,
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 420.0;
const COLOURS: [&str; 7] = [
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000",
];
const DASHES: [&str; 7] = ["", "7 3", "2 3", "9 3 2 3", "", "7 3", "2 3"];
/// Mean width of a letter of the labels.
const LETTER: f64 = 6.3;

/// The plot area.
struct Area {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    x: Scale,
    y: Scale,
}

impl Area {
    fn place(&self, (x, y): Point) -> Option<Point> {
        let at = (
            self.x.place(x, self.left, self.right)?,
            self.y.place(y, self.bottom, self.top)?,
        );
        Some(at)
    }
}

/// Draws a chart.
pub fn svg(chart: &Chart) -> String {
    let area = area(chart);
    let height = area.bottom + 62.0;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         width=\"{WIDTH}\" height=\"{height}\" role=\"img\" aria-label=\"{}\" \
         font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\" font-size=\"12\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
        escape(&chart.title)
    );
    text(
        &mut out,
        (16.0, 26.0),
        &chart.title,
        "start",
        "font-size=\"15\" font-weight=\"600\"",
    );
    axes(&mut out, chart, &area);
    let mut names = Vec::new();
    let mut series = 0;
    for mark in &chart.marks {
        draw(&mut out, mark, &area, &mut series, &mut names);
    }
    end_names(&mut out, names, &area);
    let source = format!("Source: {}", chart.source);
    text(
        &mut out,
        (16.0, height - 10.0),
        &source,
        "start",
        "font-size=\"10\" fill=\"#555555\"",
    );
    out.push_str("</svg>\n");
    out
}

fn area(chart: &Chart) -> Area {
    let (mut xs, mut ys) = (Vec::new(), Vec::new());
    let mut longest = 0;
    for mark in &chart.marks {
        let mut add = |x: f64, y: f64| {
            xs.push(x);
            ys.push(y);
        };
        match mark {
            Mark::Line { points, name } | Mark::Dots { points, name } => {
                points
                    .iter()
                    .filter(|p| p.1.is_finite())
                    .for_each(|p| add(p.0, p.1));
                longest = longest.max(name.chars().count());
            }
            Mark::Band { edges } => edges.iter().for_each(|e| {
                add(e.0, e.1);
                add(e.0, e.2);
            }),
            Mark::Interval { values, at } => {
                [values.0, values.1, values.2]
                    .into_iter()
                    .for_each(|v| add(v, *at));
            }
            Mark::Null { ends, at } => {
                add(ends.0, *at);
                add(ends.1, *at);
            }
            Mark::Estimate { x, at, .. } => add(*x, *at),
            Mark::Across { x } => xs.push(*x),
        }
    }
    let y = match chart.y.categories.len() {
        0 => Scale::of(&ys, chart.y.log, chart.y.zero),
        // Categories run from top to bottom.
        n => Scale::exact(n as f64 - 0.5, -0.5),
    };
    let widest = chart.y.categories.iter().map(|c| c.chars().count()).max();
    let left = match widest {
        Some(widest) => 24.0 + widest as f64 * LETTER,
        None => 70.0,
    };
    let rows = chart.y.categories.len() as f64;
    Area {
        left,
        right: WIDTH - 24.0 - (longest as f64 * LETTER).min(200.0),
        top: 46.0,
        bottom: if rows > 0.0 {
            60.0 + rows * 28.0
        } else {
            HEIGHT - 62.0
        },
        x: Scale::of(&xs, chart.x.log, chart.x.zero),
        y,
    }
}

fn axes(out: &mut String, chart: &Chart, area: &Area) {
    let grid = "stroke=\"#e3e3e3\" stroke-width=\"1\"";
    let ticks = area.x.ticks(7);
    for (tick, told) in ticks.iter().zip(labels(&ticks)) {
        let Some(x) = area.x.place(*tick, area.left, area.right) else {
            continue;
        };
        line(out, (x, area.top), (x, area.bottom), grid);
        text(
            out,
            (x, area.bottom + 17.0),
            &told,
            "middle",
            "fill=\"#333333\"",
        );
    }
    if chart.y.categories.is_empty() {
        let ticks = area.y.ticks(6);
        for (tick, told) in ticks.iter().zip(labels(&ticks)) {
            let Some(y) = area.y.place(*tick, area.bottom, area.top) else {
                continue;
            };
            line(out, (area.left, y), (area.right, y), grid);
            text(
                out,
                (area.left - 7.0, y + 4.0),
                &told,
                "end",
                "fill=\"#333333\"",
            );
        }
        let middle = (area.top + area.bottom) / 2.0;
        let turn = format!("transform=\"rotate(-90 18 {middle})\"");
        text(out, (18.0, middle), &chart.y.label, "middle", &turn);
    }
    for (i, name) in chart.y.categories.iter().enumerate() {
        if let Some(y) = area.y.place(i as f64, area.bottom, area.top) {
            text(
                out,
                (area.left - 10.0, y + 4.0),
                name,
                "end",
                "fill=\"#222222\"",
            );
        }
    }
    let frame = "stroke=\"#333333\" stroke-width=\"1\"";
    line(
        out,
        (area.left, area.bottom),
        (area.right, area.bottom),
        frame,
    );
    let middle = (area.left + area.right) / 2.0;
    text(
        out,
        (middle, area.bottom + 36.0),
        &chart.x.label,
        "middle",
        "",
    );
}

type Names = Vec<(f64, f64, String, &'static str)>;

fn draw(out: &mut String, mark: &Mark, area: &Area, series: &mut usize, names: &mut Names) {
    let colour = COLOURS[*series % COLOURS.len()];
    match mark {
        Mark::Line { points, name } => {
            let dash = DASHES[*series % DASHES.len()];
            *series += 1;
            let mut path = String::new();
            let mut pen = false;
            let mut end = None;
            for point in points {
                match area.place(*point) {
                    Some((x, y)) => {
                        let _ = write!(path, "{}{x:.1} {y:.1} ", if pen { "L" } else { "M" });
                        (pen, end) = (true, Some((x, y)));
                    }
                    None => pen = false,
                }
            }
            let _ = writeln!(
                out,
                "<path d=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.8\" \
                 stroke-linejoin=\"round\" stroke-dasharray=\"{dash}\"/>",
                path.trim_end()
            );
            if let Some((x, y)) = end.filter(|_| !name.is_empty()) {
                names.push((x, y, name.clone(), colour));
            }
        }
        Mark::Dots { points, name } => {
            *series += 1;
            let mut end = None;
            for (x, y) in points.iter().filter_map(|p| area.place(*p)) {
                let _ = writeln!(
                    out,
                    "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.6\" fill=\"{colour}\" fill-opacity=\"0.7\"/>"
                );
                end = Some((x, y));
            }
            if let Some((x, y)) = end.filter(|_| !name.is_empty()) {
                names.push((x, y, name.clone(), colour));
            }
        }
        Mark::Band { edges } => band(out, edges, area, colour),
        Mark::Interval { values, at } => interval(out, *values, *at, area),
        Mark::Null { ends, at } => {
            let places = (area.place((ends.0, *at)), area.place((ends.1, *at)));
            if let (Some(a), Some(b)) = places {
                line(out, a, b, "stroke=\"#c4c4c4\" stroke-width=\"6\"");
            }
        }
        Mark::Estimate { x, at, second } => {
            if let Some((x, y)) = area.place((*x, *at)) {
                let look = match second {
                    true => "fill=\"#ffffff\" stroke=\"#D55E00\" stroke-width=\"2.2\"",
                    false => "fill=\"#0072B2\" stroke=\"#0072B2\" stroke-width=\"2.2\"",
                };
                let _ = writeln!(
                    out,
                    "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4.6\" {look}/>"
                );
            }
        }
        Mark::Across { x } => {
            if let Some(x) = area.x.place(*x, area.left, area.right) {
                line(
                    out,
                    (x, area.top),
                    (x, area.bottom),
                    "stroke=\"#777777\" stroke-dasharray=\"4 3\"",
                );
            }
        }
    }
}

fn band(out: &mut String, edges: &[(f64, f64, f64)], area: &Area, colour: &str) {
    let lower = edges.iter().filter_map(|e| area.place((e.0, e.1)));
    let upper = edges.iter().rev().filter_map(|e| area.place((e.0, e.2)));
    let points: Vec<String> = lower
        .chain(upper)
        .map(|(x, y)| format!("{x:.1},{y:.1}"))
        .collect();
    let _ = writeln!(
        out,
        "<polygon points=\"{}\" fill=\"{colour}\" fill-opacity=\"0.18\"/>",
        points.join(" ")
    );
}

fn interval(out: &mut String, (low, middle, high): (f64, f64, f64), at: f64, area: &Area) {
    let ends = (area.place((low, at)), area.place((high, at)));
    if let (Some(a), Some(b)) = ends {
        line(out, a, b, "stroke=\"#0072B2\" stroke-width=\"2\"");
    }
    if let Some((x, y)) = area.place((middle, at)) {
        let _ = writeln!(
            out,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"#0072B2\"/>"
        );
    }
}

/// Names beside the ends of their lines, moved apart where they would touch.
fn end_names(out: &mut String, mut names: Names, area: &Area) {
    const ROW: f64 = 14.0;
    names.sort_by(|a, b| a.1.total_cmp(&b.1));
    let near = |a: f64, b: f64| (a - b).abs() < 60.0;
    for i in 1..names.len() {
        let (above, here) = names.split_at_mut(i);
        let x = here[0].0;
        for other in above.iter().filter(|o| near(o.0, x)) {
            here[0].1 = here[0].1.max(other.1 + ROW);
        }
    }
    // Whatever was pushed below the plot pushes back, and only as far as it must.
    let mut limit = area.bottom;
    for name in names.iter_mut().rev().filter(|n| near(n.0, area.right)) {
        name.1 = name.1.min(limit);
        limit = name.1 - ROW;
    }
    for (x, y, name, colour) in names {
        let style = format!(
            "fill=\"{colour}\" stroke=\"#ffffff\" stroke-width=\"3\" paint-order=\"stroke\""
        );
        text(out, (x + 6.0, y + 4.0), &name, "start", &style);
    }
}

fn line(out: &mut String, a: Point, b: Point, style: &str) {
    let _ = writeln!(
        out,
        "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" {style}/>",
        a.0, a.1, b.0, b.1
    );
}

fn text(out: &mut String, at: Point, words: &str, anchor: &str, style: &str) {
    let _ = writeln!(
        out,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" {style}>{}</text>",
        at.0,
        at.1,
        escape(words)
    );
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_drawn_and_texts_escaped() {
        let chart = Chart {
            title: "a < b & c".to_owned(),
            marks: vec![Mark::Line {
                points: vec![(1816.0, 1.0), (1817.0, f64::NAN), (1818.0, 2.0)],
                name: "x".to_owned(),
            }],
            ..Chart::default()
        };
        let out = svg(&chart);
        assert!(out.contains("a &lt; b &amp; c"), "{out}");
        assert_eq!(
            out.matches('M').count(),
            2,
            "the line breaks at the gap: {out}"
        );
    }

    #[test]
    fn nothing_to_draw_is_no_panic() {
        let empty = svg(&Chart::default());
        assert!(empty.ends_with("</svg>\n"));
        let odd = Chart {
            marks: vec![
                Mark::Dots {
                    points: vec![(f64::NAN, f64::INFINITY)],
                    name: String::new(),
                },
                Mark::Band {
                    edges: vec![(0.0, f64::NAN, 1.0)],
                },
            ],
            x: Axis {
                log: true,
                ..Axis::default()
            },
            ..Chart::default()
        };
        assert!(svg(&odd).ends_with("</svg>\n"));
    }
}
