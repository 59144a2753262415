//! What the numbers rest on: assumed inputs, provenance, sources.

use super::table::{self, Cell, figure};
use crate::figures::{amount, count, number, percent, whole};
use crate::markup::{esc, path, prose};
use crate::phrases::{ASSUMED, own};
use crate::view::View;
use crate::words::sentence;
use raison_core::Provenance;
use raison_study::Assumed;

pub(super) fn render(view: &View<'_>) -> String {
    format!(
        "{}{}{}{}",
        assumed(view),
        provenance(view),
        sources(view),
        footer(view)
    )
}

fn assumed(view: &View<'_>) -> String {
    if view.analysis.assumed.is_empty() {
        return String::new();
    }
    let rows: Vec<Vec<Cell>> = view.analysis.assumed.iter().map(|a| row(view, a)).collect();
    let heads = ["Input", "Default", "Why", "What another value would flip"];
    format!(
        "<h2>Assumed inputs</h2>\n<p>{ASSUMED}</p>\n{}",
        table::render("", "", &heads, &rows)
    )
}

fn row(view: &View<'_>, a: &Assumed) -> Vec<Cell> {
    let input = view.input(a.input);
    let why = match input.map(|i| &i.provenance) {
        Some(Provenance::Assumed(text)) => prose(text),
        _ => String::new(),
    };
    let flips: Vec<String> = a
        .flips
        .iter()
        .map(|(lens, f)| {
            format!(
                "{}: at {}, {} leads",
                esc(lens),
                esc(&number(f.to)),
                esc(&view.name(f.leading))
            )
        })
        .collect();
    let flips = if flips.is_empty() {
        "nothing".to_owned()
    } else {
        flips.join("<br>")
    };
    vec![
        ("", path(input.map_or("?", |i| i.path.as_str()))),
        figure(input.map_or("–".to_owned(), |i| amount(i.amount))),
        ("", why),
        ("", flips),
    ]
}

fn provenance(view: &View<'_>) -> String {
    let c = view.counts();
    let kinds = [
        ("a source", c.source),
        ("the coder's judgement, with its reason", c.judgement),
        ("a documented default", c.assumed),
        ("set for this run", c.set),
        ("neither source nor judgement", c.unstated),
    ];
    let rows: Vec<Vec<Cell>> = kinds
        .iter()
        .filter(|(_, n)| *n > 0)
        .map(|(what, n)| {
            let share = *n as f64 / c.all.max(1) as f64;
            vec![
                ("", (*what).to_owned()),
                figure(whole(*n)),
                figure(format!("{} %", percent(share))),
            ]
        })
        .collect();
    format!(
        "<h2>Where the numbers come from</h2>\n<p>{} stand behind this page; {} of them are uncertain. {}</p>\n{}",
        count(c.all, "number", "numbers"),
        whole(c.uncertain),
        prose(&own(c.own, c.all)),
        table::render("", "", &["Stands on", "Numbers", "Share"], &rows)
    )
}

fn sources(view: &View<'_>) -> String {
    let cited = view.cited();
    if cited.is_empty() {
        return String::new();
    }
    let item = |(key, locators): (&str, Vec<&str>)| {
        let line = view
            .work(key)
            .unwrap_or_else(|| "not in the bibliography".to_owned());
        let locators = if locators.is_empty() {
            String::new()
        } else {
            format!(
                " <span class=\"place\">{}</span>",
                esc(&locators.join("; "))
            )
        };
        format!(
            "<li>{} <code>{}</code>{locators}</li>",
            esc(&sentence(&line)),
            esc(key)
        )
    };
    let list: String = cited.into_iter().map(item).collect();
    format!("<h2>Sources</h2>\n<ol class=\"sources\">{list}</ol>\n")
}

fn footer(view: &View<'_>) -> String {
    let o = view.analysis.options;
    // Slug and folder are often named after the outcome.
    let hidden = view.hide_outcome;
    let folder = view.folder().map_or(String::new(), |f| {
        let f = if hidden { "the case's folder" } else { f };
        format!(" Places are file:line:column, below {f} where no folder is named.")
    });
    let case = format!(
        ", case <code>{}</code>",
        esc(&view.case.question.situation.id)
    );
    format!(
        "<footer>{}{}, {} draws, seed {}.{} The same seed gives the same page. Every number says what \
         it rests on; a lens is a theory at work, not an oracle.</footer>",
        esc(view.engine),
        if hidden { "" } else { case.as_str() },
        whole(o.draws),
        o.seed,
        esc(&folder)
    )
}
