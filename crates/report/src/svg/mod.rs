//! Figures as SVG: a small drawing, and the charts that are made with it.

pub(crate) mod panels;
pub(crate) mod positions;

use crate::markup::esc;
use crate::words::{cut, width};

/// A drawing in the making. Colours and fonts come from the page's style sheet, by class.
pub(crate) struct Drawing {
    width: f64,
    title: String,
    about: String,
    body: String,
}

/// Where a text is held.
#[derive(Clone, Copy)]
pub(crate) enum Hold {
    Start,
    Middle,
    End,
}

impl Drawing {
    /// A drawing with what a listener is told of it.
    pub(crate) fn new(width: f64, title: &str, about: &str) -> Self {
        Drawing {
            width,
            title: title.to_owned(),
            about: about.to_owned(),
            body: String::new(),
        }
    }

    pub(crate) fn text(&mut self, x: f64, y: f64, hold: Hold, class: &str, text: &str) {
        let hold = match hold {
            Hold::Start => "start",
            Hold::Middle => "middle",
            Hold::End => "end",
        };
        let (x, y) = (coordinate(x), coordinate(y));
        let text = esc(text);
        self.body += &format!(
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{hold}\" class=\"{class}\">{text}</text>"
        );
    }

    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        let [a, b, c, d] = [from.0, from.1, to.0, to.1].map(coordinate);
        self.body +=
            &format!("<line x1=\"{a}\" y1=\"{b}\" x2=\"{c}\" y2=\"{d}\" class=\"{class}\"/>");
    }

    pub(crate) fn circle(&mut self, x: f64, y: f64, r: f64, class: &str) {
        let [x, y, r] = [x, y, r].map(coordinate);
        self.body += &format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" class=\"{class}\"/>");
    }

    pub(crate) fn rect(&mut self, at: (f64, f64), size: (f64, f64), class: &str) {
        let [x, y, w, h] = [at.0, at.1, size.0.max(0.0), size.1.max(0.0)].map(coordinate);
        self.body +=
            &format!("<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" class=\"{class}\"/>");
    }

    pub(crate) fn diamond(&mut self, x: f64, y: f64, r: f64, class: &str) {
        let points = [(x, y - r), (x + r, y), (x, y + r), (x - r, y)];
        let points: Vec<String> = points
            .iter()
            .map(|p| format!("{},{}", coordinate(p.0), coordinate(p.1)))
            .collect();
        self.body += &format!(
            "<polygon points=\"{}\" class=\"{class}\"/>",
            points.join(" ")
        );
    }

    /// The drawing as an `svg` element of this height.
    pub(crate) fn finish(self, height: f64) -> String {
        let (w, h) = (coordinate(self.width), coordinate(height));
        let (title, about) = (esc(&self.title), esc(&self.about));
        format!(
            "<svg role=\"img\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" \
             aria-label=\"{title}. {about}\"><title>{title}</title><desc>{about}</desc>{}</svg>",
            self.body
        )
    }
}

/// A coordinate with one decimal; what is undefined stands at 0.
fn coordinate(x: f64) -> String {
    let x = if x.is_finite() { x } else { 0.0 };
    let text = format!("{x:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// The text cut so that it takes at most `room` at this size of type. Letters of a
/// sans-serif face are reckoned at 0.56 of the size.
pub(crate) fn fitted(text: &str, size: f64, room: f64) -> String {
    cut(
        &crate::words::clean(text),
        (room / (0.56 * size)).max(2.0) as usize,
    )
}

/// About how wide a text is set.
pub(crate) fn reckoned(text: &str, size: f64) -> f64 {
    width(text) as f64 * 0.56 * size
}

/// Lays labels that would overlap on levels: for each place, in the given order, the
/// lowest level on which it keeps `gap` from all others there.
pub(crate) fn levels(places: &[f64], gap: f64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|a, b| places[*a].total_cmp(&places[*b]));
    let mut ends: Vec<f64> = Vec::new();
    let mut out = vec![0; places.len()];
    for i in order {
        let free = ends.iter().position(|end| places[i] - end >= gap);
        let level = free.unwrap_or(ends.len());
        match free {
            Some(level) => ends[level] = places[i],
            None => ends.push(places[i]),
        }
        out[i] = level;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_on_one_level_keep_their_distance() {
        let places = [5.0, 0.0, 4.0, 0.0, 20.0, 12.0];
        let levels = levels(&places, 8.0);
        for (i, a) in places.iter().enumerate() {
            for (j, b) in places.iter().enumerate().skip(i + 1) {
                assert!(
                    levels[i] != levels[j] || (a - b).abs() >= 8.0,
                    "{a} and {b}"
                );
            }
        }
        assert_eq!(levels.iter().max(), Some(&3), "no more levels than needed");
    }

    #[test]
    fn undefined_places_are_drawn_somewhere() {
        assert_eq!(coordinate(f64::NAN), "0");
        assert_eq!(coordinate(-0.01), "0");
        assert_eq!(coordinate(12.34), "12.3");
    }
}
