//! Players, alternatives and results on one dimension.

use super::{Drawing, Hold, fitted, levels, reckoned};
use crate::figures::number;
use crate::words::{clean, wrap};
use raison_core::Placed;

/// What is drawn.
pub(crate) struct Scale<'a> {
    pub title: &'a str,
    pub range: (f64, f64),
    pub labels: (&'a str, &'a str),
    pub players: &'a [Placed],
    /// Letters of the alternatives and their positions.
    pub alternatives: Vec<(String, f64)>,
    pub results: &'a [(String, f64)],
}

const WIDTH: f64 = 720.0;
const LEFT: f64 = 190.0;
const RIGHT: f64 = 640.0;
const ROW: f64 = 20.0;
/// Height of one level of letters.
const LEVEL: f64 = 15.0;
/// Characters of a line of an end's label, and lines of it at most.
const LABEL: usize = 44;
const LINES: usize = 3;

impl Scale<'_> {
    fn x(&self, at: f64) -> f64 {
        let (low, high) = self.range;
        let share = if high > low {
            (at - low) / (high - low)
        } else {
            0.5
        };
        LEFT + (RIGHT - LEFT) * share.clamp(0.0, 1.0)
    }

    /// A position to a thousandth of the scale or so.
    fn figure(&self, at: f64) -> String {
        let wide = self.range.1 - self.range.0 >= 10.0;
        number(if wide { (at * 10.0).round() / 10.0 } else { at })
    }
}

/// The figure.
pub(crate) fn chart(scale: &Scale<'_>) -> String {
    let mut d = Drawing::new(WIDTH, scale.title, &about(scale));
    let places: Vec<f64> = scale
        .alternatives
        .iter()
        .map(|(_, at)| scale.x(*at))
        .collect();
    let levels = levels(&places, 17.0);
    let top = LEVEL * (levels.iter().max().map_or(0, |l| l + 1)) as f64 + 20.0;
    let bottom = top + ROW * scale.players.len() as f64 + 6.0;
    let end = bottom
        + ROW * scale.results.len() as f64
        + if scale.results.is_empty() { 0.0 } else { 8.0 };
    d.text(LEFT - 12.0, 12.0, Hold::End, "note", "alternatives");
    d.text(WIDTH, top - 6.0, Hold::End, "note", "weight");
    d.rect((LEFT, top), (RIGHT - LEFT, end - top), "panel");
    letters(&mut d, scale, &places, &levels, (top, end));
    for (i, p) in scale.players.iter().enumerate() {
        player(&mut d, scale, p, top + 3.0 + ROW * (i as f64 + 0.5));
    }
    if !scale.results.is_empty() {
        d.line((0.0, bottom), (WIDTH, bottom), "rule");
    }
    for (i, (name, at)) in scale.results.iter().enumerate() {
        result(
            &mut d,
            scale,
            name,
            *at,
            bottom + 4.0 + ROW * (i as f64 + 0.5),
        );
    }
    let lines = ends(&mut d, scale, end);
    d.finish(end + 24.0 + 13.0 * lines as f64)
}

/// Letters above the scale, on levels so that none hides another, each with a line down.
fn letters(d: &mut Drawing, scale: &Scale<'_>, places: &[f64], levels: &[usize], span: (f64, f64)) {
    let (top, end) = span;
    for (((letter, _), x), level) in scale.alternatives.iter().zip(places).zip(levels) {
        let y = top - 6.0 - LEVEL * *level as f64;
        if *level == 0 {
            d.line((*x, top - 3.0), (*x, end), "mark");
        }
        d.text(*x, y, Hold::Middle, "letter", letter);
    }
}

fn player(d: &mut Drawing, scale: &Scale<'_>, p: &Placed, y: f64) {
    d.text(
        LEFT - 12.0,
        y + 4.0,
        Hold::End,
        "label",
        &fitted(&p.name, 11.5, LEFT - 14.0),
    );
    d.line((scale.x(p.low), y), (scale.x(p.high), y), "range lead");
    let heaviest = scale.players.iter().map(|p| p.weight).fold(0.0, f64::max);
    let share = if heaviest > 0.0 {
        (p.weight / heaviest).clamp(0.0, 1.0)
    } else {
        0.0
    };
    d.circle(scale.x(p.at), y, 2.5 + 4.0 * share.sqrt(), "dot lead");
    let bar = (WIDTH - RIGHT - 52.0) * share;
    d.rect((WIDTH - 30.0 - bar, y - 4.0), (bar, 8.0), "bar");
    d.text(
        WIDTH,
        y + 4.0,
        Hold::End,
        "value",
        &format!("{:.2}", p.weight),
    );
}

fn result(d: &mut Drawing, scale: &Scale<'_>, name: &str, at: f64, y: f64) {
    d.text(
        LEFT - 12.0,
        y + 4.0,
        Hold::End,
        "label strong",
        &fitted(name, 11.5, LEFT - 14.0),
    );
    let x = scale.x(at);
    d.diamond(x, y, 6.0, "result");
    let text = scale.figure(at);
    let hold = if x + 12.0 + reckoned(&text, 11.0) > RIGHT {
        Hold::End
    } else {
        Hold::Start
    };
    let x = if matches!(hold, Hold::End) {
        x - 10.0
    } else {
        x + 10.0
    };
    d.text(x, y + 4.0, hold, "value strong halo", &text);
}

/// The axis and what its ends mean; returns how many lines that takes.
fn ends(d: &mut Drawing, scale: &Scale<'_>, y: f64) -> usize {
    let (low, high) = scale.range;
    for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let at = low + share * (high - low);
        d.line((scale.x(at), y), (scale.x(at), y + 4.0), "rule");
        d.text(scale.x(at), y + 16.0, Hold::Middle, "tick", &number(at));
    }
    let low = wrap(&clean(&format!("← {}", scale.labels.0)), LABEL);
    let high = wrap(&clean(&format!("{} →", scale.labels.1)), LABEL);
    for (lines, x, hold) in [
        (&low, LEFT - 60.0, Hold::Start),
        (&high, RIGHT + 60.0, Hold::End),
    ] {
        for (i, line) in lines.iter().take(LINES).enumerate() {
            d.text(x, y + 31.0 + 13.0 * i as f64, hold, "note", line);
        }
    }
    low.len().max(high.len()).min(LINES)
}

/// The figure in words.
fn about(scale: &Scale<'_>) -> String {
    let players = scale.players.iter().map(|p| {
        format!(
            "{} at {} ({} to {}, weight {:.2})",
            p.name,
            number(p.at),
            number(p.low),
            number(p.high),
            p.weight
        )
    });
    let point = |(name, at): &(String, f64)| format!("{name} at {}", number(*at));
    let all: Vec<String> = players
        .chain(scale.alternatives.iter().map(point))
        .chain(scale.results.iter().map(point))
        .collect();
    format!(
        "Scale from {} ({}) to {} ({}). {}",
        number(scale.range.0),
        scale.labels.0,
        number(scale.range.1),
        scale.labels.1,
        all.join("; ")
    )
}
