//! What the numbers rest on: assumed inputs, provenance, works.

use super::page::Page;
use crate::figures::{amount, count, whole};
use crate::phrases::{ASSUMED, own};
use crate::style::Tone;
use crate::view::View;
use crate::words::sentence;
use raison_core::Provenance;
use raison_study::Assumed;

pub(super) fn write(page: &mut Page, view: &View<'_>) {
    assumed(page, view);
    page.section("Where the numbers come from", "");
    page.paragraph(0, Tone::Plain, &counts(view));
    let works = count(view.cited().len(), "work is", "works are");
    let text = format!("{works} cited; the JSON and HTML reports list them.");
    page.paragraph(0, Tone::Faint, &text);
}

fn assumed(page: &mut Page, view: &View<'_>) {
    if view.analysis.assumed.is_empty() {
        return;
    }
    page.section("Assumed inputs", &whole(view.analysis.assumed.len()));
    page.paragraph(0, Tone::Plain, ASSUMED);
    let (some, none): (Vec<&Assumed>, Vec<&Assumed>) = view
        .analysis
        .assumed
        .iter()
        .partition(|a| !a.flips.is_empty());
    for a in some {
        page.hang(2, ("·", Tone::Doubt), 2, Tone::Plain, &default(view, a));
        for (lens, flip) in &a.flips {
            let text = format!("{lens}: {}", super::lens::flipped(view, flip));
            page.hang(4, ("!", Tone::Doubt), 2, Tone::Plain, &text);
        }
    }
    if !none.is_empty() {
        let list: Vec<&str> = none
            .iter()
            .filter_map(|a| Some(view.input(a.input)?.path.as_str()))
            .collect();
        let text = format!(
            "No other value of these would flip any lens: {}.",
            list.join(", ")
        );
        page.paragraph(2, Tone::Faint, &text);
    }
}

fn default(view: &View<'_>, a: &Assumed) -> String {
    let Some(input) = view.input(a.input) else {
        return "?".to_owned();
    };
    let why = match &input.provenance {
        Provenance::Assumed(text) => text.as_str(),
        _ => "",
    };
    sentence(
        format!("{} = {}: {why}", input.path, amount(input.amount)).trim_end_matches([' ', ':']),
    )
}

/// How many numbers stand on what.
fn counts(view: &View<'_>) -> String {
    let c = view.counts();
    let kinds = [
        (c.source, "with a source"),
        (c.judgement, "the coder's judgement"),
        (c.assumed, "assumed"),
        (c.set, "set for this run"),
        (c.unstated, "with neither source nor judgement"),
    ];
    let kinds: Vec<String> = kinds
        .iter()
        .filter(|k| k.0 > 0)
        .map(|(n, what)| format!("{} {what}", whole(*n)))
        .collect();
    let all = count(c.all, "number", "numbers");
    format!(
        "{all}: {}. {} of them uncertain. {}",
        kinds.join(", "),
        whole(c.uncertain),
        own(c.own, c.all)
    )
}

/// A note and where it is said.
pub(super) fn because(note: &str, provenance: &Provenance) -> String {
    let from = match provenance {
        Provenance::Source(works) => {
            let list: Vec<String> = works.iter().map(|c| c.to_string()).collect();
            format!("[{}]", list.join("; "))
        }
        Provenance::Judgement(text) => format!("[coder's judgement: {text}]"),
        Provenance::Assumed(text) => format!("[assumed: {text}]"),
        Provenance::Set | Provenance::Unstated => String::new(),
    };
    format!("{} {from}", sentence(note)).trim().to_owned()
}
