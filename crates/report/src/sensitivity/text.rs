//! A sensitivity analysis on a terminal: indices beside bars.

use super::{View, reach, tail};
use crate::figures::{count, percent, whole};
use crate::style::{Look, Tone};
use crate::words::{clean, wrap};
use raison_study::sensitivity::{Found, Index, LensSensitivity, Ranked};
use std::fmt::Write;

/// Columns of a bar.
const BAR: usize = 13;
/// Columns of all figures beside the path.
const FIGURES: usize = 33 + BAR;

/// The report.
pub fn render(view: &View<'_>, look: Look) -> String {
    let mut out = String::new();
    let title = format!(
        "Sensitivity: {}",
        clean(&view.case.question.situation.title)
    );
    line(&mut out, look, Tone::Title, &title);
    let plan = view.found.plan;
    let text = format!(
        "{} of {} inputs are uncertain. {} Sobol points (seed {}); intervals 95 %, {} bootstrap draws.",
        whole(view.found.uncertain),
        whole(view.case.question.inputs.len()),
        whole(plan.points),
        plan.seed,
        whole(plan.bootstrap),
    );
    paragraph(&mut out, look, &text);
    if plan.points < FEWEST {
        let text = format!(
            "Warning: {} points are too few for indices; with fewer than {FEWEST} they and their \
             intervals leave 0 to 1 by chance. Read no order of inputs from them.",
            plan.points
        );
        paragraph(&mut out, look, &text);
    }
    for lens in &view.found.lenses {
        out.push('\n');
        of_lens(&mut out, view, lens, look);
    }
    out.push('\n');
    for text in LEGEND {
        paragraph(&mut out, look, text);
    }
    out
}

/// Fewer points than this draw a warning: indices are then noise.
const FEWEST: usize = 64;

const LEGEND: [&str; 3] = [
    "sd: standard deviation of the probability over the points, from 0 to 0.5 (0.10 is ten \
     percentage points).",
    "first: share of the variance that would go if this input became known (Saltelli et al. 2010). \
     total: share in which it takes part, alone or with others (Jansen 1999); 0 means that it can \
     be fixed anywhere in its range. Both are estimated apart, so a total below its first is \
     sampling error: more points (--draws) shrink it.",
    "low→high: the probability in per cent with the input at its stated ends and the others at \
     their central values; │ is the central answer. A property of the model, not of the world.",
];

fn of_lens(out: &mut String, view: &View<'_>, lens: &LensSensitivity, look: Look) {
    let head = format!(
        "{}: probability of {}",
        lens.id,
        clean(view.id(lens.alternative))
    );
    line(out, look, Tone::Strong, &head);
    let found = match &lens.found {
        Ok(found) => found,
        Err(why) => return paragraph(out, look, &format!("abstains: {}", why.why)),
    };
    paragraph(out, look, &summary(found));
    if found.inputs.is_empty() || found.sd == 0.0 {
        return;
    }
    let shown = view.shown_of(lens);
    let width = look.columns().saturating_sub(FIGURES).clamp(12, 60);
    let heads = format!("  {:<width$} first total [95 %]     low→high", "input");
    line(out, look, Tone::Faint, &heads);
    let reach = reach(found.central, shown);
    for ranked in shown {
        row(out, view, ranked, (width, found.central, reach), look);
    }
    rest(out, found, shown.len(), width);
}

fn summary(found: &Found) -> String {
    if found.sd == 0.0 {
        return format!(
            "{} whatever the uncertain inputs are.",
            probability(found.mean)
        );
    }
    let firsts: f64 = found.inputs.iter().map(|r| r.indices.first.value).sum();
    let firsts = firsts + found.rest.map_or(0.0, |r| r.1.first.value);
    format!(
        "{} at the central values; mean {}, sd {:.2} over the points. {} it; alone they account \
         for {} % of the variance, the rest is interaction.",
        probability(found.central),
        probability(found.mean),
        found.sd,
        count(found.moving, "input moves", "inputs move"),
        percent(firsts.clamp(0.0, 1.0)),
    )
}

fn probability(p: f64) -> String {
    format!("{} %", percent(p))
}

fn row(
    out: &mut String,
    view: &View<'_>,
    ranked: &Ranked,
    (width, central, reach): (usize, f64, (f64, f64)),
    look: Look,
) {
    let path = tail(view.path(ranked.input), width);
    let swing = format!(
        "{}→{}",
        percent(ranked.swing.at.0),
        percent(ranked.swing.at.1)
    );
    let bar = bar(ranked.swing.at, central, reach);
    let _ = writeln!(
        out,
        "  {path:<width$} {} {swing:>7} {}",
        figures(&ranked.indices.first, &ranked.indices.total),
        look.paint(Tone::Good, bar.trim_end()),
    );
}

fn figures(first: &Index, total: &Index) -> String {
    format!(
        "{:>5} {:>4} [{},{}]",
        share(first.value),
        share(total.value),
        share(total.low),
        share(total.high)
    )
}

/// `.35`, `1.0`, `−.02`.
fn share(x: f64) -> String {
    if !x.is_finite() {
        return "–".to_owned();
    }
    let text = match x {
        x if x >= 0.995 => format!("{x:.1}"),
        x => format!("{x:.2}").replacen("0.", ".", 1),
    };
    match text.as_str() {
        "-.00" => ".00".to_owned(),
        other => other.replace('-', "−"),
    }
}

/// A bar between two probabilities on a shared scale, with a mark at the central one.
fn bar(ends: (f64, f64), central: f64, (low, high): (f64, f64)) -> String {
    let place = |p: f64| {
        let share = if high > low {
            (p - low) / (high - low)
        } else {
            0.5
        };
        ((share * (BAR - 1) as f64).round().max(0.0) as usize).min(BAR - 1)
    };
    let (from, to) = (place(ends.0.min(ends.1)), place(ends.0.max(ends.1)));
    let mark = place(central);
    (0..BAR)
        .map(|at| match at {
            at if at == mark => '│',
            at if (from..=to).contains(&at) && from != to => '█',
            _ => ' ',
        })
        .collect()
}

fn rest(out: &mut String, found: &Found, shown: usize, width: usize) {
    let hidden = found.inputs.len() - shown;
    let mut notes = Vec::new();
    if let Some((inputs, indices)) = found.rest {
        let name = format!("{inputs} weaker inputs together");
        let _ = writeln!(
            out,
            "  {name:<width$} {}",
            figures(&indices.first, &indices.total)
        );
    }
    if hidden > 0 {
        let strongest = found
            .inputs
            .get(shown)
            .map_or(0.0, |r| r.indices.total.value);
        notes.push(format!(
            "{} not shown (total at most {}); --top shows more",
            count(hidden, "input", "inputs"),
            share(strongest)
        ));
    }
    notes.iter().for_each(|n| {
        let _ = writeln!(out, "  {n}");
    });
}

fn line(out: &mut String, look: Look, tone: Tone, text: &str) {
    out.push_str(&look.paint(tone, text.trim_end()));
    out.push('\n');
}

fn paragraph(out: &mut String, look: Look, text: &str) {
    for l in wrap(&clean(text), look.columns()) {
        out.push_str(&l);
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_share_a_scale_and_mark_the_centre() {
        assert_eq!(bar((0.0, 1.0), 0.5, (0.0, 1.0)), "██████│██████");
        assert_eq!(bar((0.5, 0.5), 0.5, (0.0, 1.0)), "      │      ");
        assert_eq!(bar((0.2, 0.2), 0.2, (0.2, 0.2)).chars().count(), BAR);
        assert_eq!(share(-0.004), ".00");
        assert_eq!(share(0.999), "1.0");
        assert_eq!(share(-0.02), "−.02");
        assert_eq!(tail("players.rusk.salience", 12), "…sk.salience");
    }
}
