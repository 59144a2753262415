//! A tornado plot as SVG: one panel for each lens, one bar for each input, longest total
//! index first. The part of a bar towards the input's lower end and the part towards its
//! upper end differ in colour and in pattern of outline.

use super::{View, reach, tail};
use crate::charts_scale::{Scale, label};
use raison_study::sensitivity::{Found, LensSensitivity, Ranked};
use std::fmt::Write;

const WIDTH: f64 = 760.0;
const LEFT: f64 = 330.0;
const RIGHT: f64 = 650.0;
const ROW: f64 = 19.0;
const LOW: &str = "#56B4E9";
const HIGH: &str = "#D55E00";

/// The plot. Lenses that abstain or whose answer no input moves have no panel.
pub fn tornado(view: &View<'_>) -> String {
    let mut body = String::new();
    let mut y = 64.0;
    for lens in &view.found.lenses {
        if let Ok(found) = &lens.found
            && found.sd > 0.0
        {
            y = panel(&mut body, view, lens, found, y);
        }
    }
    let title = format!(
        "What moves the answer: {}",
        view.case.question.situation.title
    );
    let height = y + 26.0;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         width=\"{WIDTH}\" height=\"{height}\" role=\"img\" aria-label=\"{}\" \
         font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\" font-size=\"12\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
        escape(&title)
    );
    text(
        &mut out,
        (16.0, 26.0),
        &title,
        "start",
        "font-size=\"15\" font-weight=\"600\"",
    );
    legend(&mut out);
    out.push_str(&body);
    let source = format!(
        "{} Sobol points, seed {}; total index (Jansen 1999) with 95 % bootstrap interval; {}",
        view.found.plan.points, view.found.plan.seed, view.engine
    );
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

fn legend(out: &mut String) {
    for (x, colour, words) in [
        (16.0, LOW, "input at its lower end"),
        (180.0, HIGH, "input at its upper end"),
    ] {
        rect(out, (x, 38.0), (14.0, 10.0), colour);
        text(out, (x + 20.0, 47.0), words, "start", "fill=\"#333333\"");
    }
}

fn panel(
    out: &mut String,
    view: &View<'_>,
    lens: &LensSensitivity,
    found: &Found,
    top: f64,
) -> f64 {
    let shown = view.shown_of(lens);
    let head = format!("{}: probability of {}", lens.id, view.id(lens.alternative));
    text(
        out,
        (16.0, top + 16.0),
        &head,
        "start",
        "font-weight=\"600\"",
    );
    text(
        out,
        (WIDTH - 16.0, top + 16.0),
        "total index",
        "end",
        "font-size=\"10\" fill=\"#555555\"",
    );
    let (low, high) = reach(found.central, shown);
    let scale = Scale::of(&[low, high], false, false);
    let first = top + 26.0;
    let bottom = first + shown.len() as f64 * ROW;
    for tick in scale.ticks(6) {
        let Some(x) = scale.place(tick, LEFT, RIGHT) else {
            continue;
        };
        line(out, (x, first), (x, bottom), "stroke=\"#e3e3e3\"");
        text(
            out,
            (x, bottom + 15.0),
            &label(tick),
            "middle",
            "font-size=\"10\" fill=\"#333333\"",
        );
    }
    for (at, ranked) in shown.iter().enumerate() {
        bar(
            out,
            view,
            ranked,
            (&scale, found.central),
            first + at as f64 * ROW,
        );
    }
    if let Some(x) = scale.place(found.central, LEFT, RIGHT) {
        line(
            out,
            (x, first),
            (x, bottom),
            "stroke=\"#000000\" stroke-width=\"1.2\"",
        );
    }
    bottom + 28.0
}

fn bar(out: &mut String, view: &View<'_>, r: &Ranked, (scale, central): (&Scale, f64), y: f64) {
    let name = tail(view.path(r.input), 48);
    text(
        out,
        (LEFT - 10.0, y + 13.0),
        &name,
        "end",
        "font-size=\"11\" fill=\"#222222\"",
    );
    for (end, colour) in [(r.swing.at.0, LOW), (r.swing.at.1, HIGH)] {
        if let (Some(a), Some(b)) = (
            scale.place(central, LEFT, RIGHT),
            scale.place(end, LEFT, RIGHT),
        ) {
            rect(out, (a.min(b), y + 3.0), ((a - b).abs(), ROW - 6.0), colour);
        }
    }
    let t = r.indices.total;
    let words = format!("{:.2} [{:.2}, {:.2}]", t.value, t.low, t.high);
    text(
        out,
        (WIDTH - 16.0, y + 13.0),
        &words,
        "end",
        "font-size=\"10\" fill=\"#333333\"",
    );
}

fn rect(out: &mut String, (x, y): (f64, f64), (width, height): (f64, f64), colour: &str) {
    let _ = writeln!(
        out,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{colour}\"/>"
    );
}

fn line(out: &mut String, a: (f64, f64), b: (f64, f64), style: &str) {
    let _ = writeln!(
        out,
        "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" {style}/>",
        a.0, a.1, b.0, b.1
    );
}

fn text(out: &mut String, at: (f64, f64), words: &str, anchor: &str, style: &str) {
    let _ = writeln!(
        out,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" {style}>{}</text>",
        at.0,
        at.1,
        escape(words)
    );
}

fn escape(text: &str) -> String {
    let clean = crate::words::clean(text);
    clean
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
