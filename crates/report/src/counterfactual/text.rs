//! A counterfactual on a terminal.

use super::View;
use crate::figures::{number, percent, points, signed, whole};
use crate::style::{Look, Tone};
use crate::tables::{self, Align};
use crate::words::{clean, sentence, wrap};
use raison_study::counterfactual::{Changed, LensChange};

/// Reasons and inputs shown for each lens.
const SHOWN: usize = 4;

/// The report.
pub fn render(view: &View<'_>, look: Look) -> String {
    let mut out = String::new();
    let title = format!(
        "Counterfactual: {}",
        clean(&view.case.question.situation.title)
    );
    put(&mut out, look, Tone::Title, &title);
    put(&mut out, look, Tone::Strong, &view.changes.join("  "));
    let draws = match view.options.draws {
        0 => "Central values, one pass.".to_owned(),
        n => format!("{} paired draws (seed {}).", whole(n), view.options.seed),
    };
    put(&mut out, look, Tone::Plain, &draws);
    if let Some(learned) = view.case.learned {
        let text = format!("All lenses were {learned}.");
        put(&mut out, look, Tone::Plain, &text);
    }
    for lens in view.lenses {
        out.push('\n');
        of_lens(&mut out, view, lens, look);
    }
    out.push('\n');
    put(&mut out, look, Tone::Faint, LEGEND);
    out
}

const LEGEND: &str = "change: percentage points on the same draws, with points of its \
    distribution over draws. Weights of reasons are in each lens's own unit, for (+) or against \
    (−) what leads on that side; the share is of all changes of weight. A counterfactual is a \
    statement of the model: it says what the theory implies, not what would have happened.";

fn of_lens(out: &mut String, view: &View<'_>, lens: &LensChange, look: Look) {
    let head = match lens.against {
        Some(other) => format!("{} → {other}", lens.id),
        None => lens.id.to_owned(),
    };
    put(out, look, Tone::Strong, &head);
    match &lens.found {
        Err(why) => put(out, look, Tone::Plain, &format!("abstains: {}", why.why)),
        Ok(found) => changed(out, view, found, look),
    }
}

fn changed(out: &mut String, view: &View<'_>, c: &Changed, look: Look) {
    put(out, look, Tone::Plain, &lead(view, c));
    if c.differences
        .iter()
        .all(|d| d.rises == 0.0 && d.falls == 0.0)
    {
        return put(
            out,
            look,
            Tone::Plain,
            "No probability changes in any draw.",
        );
    }
    table(out, view, c);
    if !c.parts.is_empty() {
        let parts = view.changes.iter().zip(&c.parts);
        let list: Vec<String> = parts.map(|(n, p)| format!("{n} {}", points(*p))).collect();
        let text = format!(
            "Parts in the change of {}: {}.",
            view.id(c.focus),
            list.join(", ")
        );
        put(out, look, Tone::Plain, &text);
    }
    reasons(out, c, look);
    inputs(out, view, c, look);
}

fn lead(view: &View<'_>, c: &Changed) -> String {
    let (before, after) = c.leading;
    let lead = match before == after {
        true => format!("{} leads before and after", view.id(after)),
        false => format!("{} led, now {} leads", view.id(before), view.id(after)),
    };
    if view.options.draws == 0 {
        return format!("{lead}.");
    }
    let moves: Vec<String> = c
        .moves
        .iter()
        .take(3)
        .map(|(a, b, s)| format!("{} → {} {} %", view.id(*a), view.id(*b), percent(*s)))
        .collect();
    let of = match moves.is_empty() {
        true => String::new(),
        false => format!(" ({})", moves.join(", ")),
    };
    format!(
        "{lead}; another alternative leads in {} % of draws{of}.",
        percent(c.leader_changes)
    )
}

fn table(out: &mut String, view: &View<'_>, c: &Changed) {
    let right = |name| (name, Align::Right);
    let head = [
        ("  alternative", Align::Left),
        right("before"),
        right("after"),
        right("change"),
        right("5 %"),
        right("25 %"),
        right("50 %"),
        right("75 %"),
        right("95 %"),
    ];
    let rows: Vec<Vec<String>> = c
        .differences
        .iter()
        .enumerate()
        .map(|(i, d)| {
            let name = crate::words::cut(&clean(view.id(i)), 22);
            let mut row = vec![
                format!("  {name}"),
                percent(c.before[i]),
                percent(c.after[i]),
                points(d.mean),
            ];
            row.extend(d.quantiles.iter().map(|q| points(*q)));
            row
        })
        .collect();
    let text = tables::text(&head, &rows);
    // The rule under the head is left out: the indent sets the table apart.
    text.lines()
        .enumerate()
        .filter(|(i, _)| *i != 1)
        .for_each(|(_, l)| {
            out.push_str(l);
            out.push('\n');
        });
}

fn reasons(out: &mut String, c: &Changed, look: Look) {
    let carried: Vec<_> = c
        .reasons
        .iter()
        .filter(|r| r.share >= 0.005)
        .take(SHOWN)
        .collect();
    if carried.is_empty() {
        return;
    }
    put(out, look, Tone::Faint, "Reasons that carried it:");
    for r in carried {
        let weight = |w: Option<f64>| w.map_or("none".to_owned(), signed);
        let text = format!(
            "{} % · {} [{} → {}]",
            percent(r.share),
            sentence(&r.text),
            weight(r.before),
            weight(r.after)
        );
        hang(out, look, &text);
    }
}

fn inputs(out: &mut String, view: &View<'_>, c: &Changed, look: Look) {
    let moving: Vec<_> = c
        .inputs
        .iter()
        .filter(|i| i.alone.abs() >= 5e-4)
        .take(SHOWN)
        .collect();
    if moving.is_empty() {
        return;
    }
    let text = format!(
        "Numbers that differ, and what each alone does to {}:",
        view.id(c.focus)
    );
    put(out, look, Tone::Faint, &text);
    for i in moving {
        let text = format!(
            "{} {} → {}: {} points",
            i.path,
            number(i.values.0),
            number(i.values.1),
            signed(100.0 * i.alone)
        );
        hang(out, look, &text);
    }
}

fn put(out: &mut String, look: Look, tone: Tone, text: &str) {
    for line in wrap(&clean(text), look.columns()) {
        out.push_str(&look.paint(tone, &line));
        out.push('\n');
    }
}

fn hang(out: &mut String, look: Look, text: &str) {
    for (i, line) in wrap(&clean(text), look.columns().saturating_sub(4))
        .iter()
        .enumerate()
    {
        out.push_str(if i == 0 { "  · " } else { "    " });
        out.push_str(line);
        out.push('\n');
    }
}
