//! What was asked: the case, its question and its alternatives.

use super::page::Page;
use crate::figures::{count, whole};
use crate::style::Tone;
use crate::view::{View, letter};
use crate::words::sentence;

pub(super) fn write(page: &mut Page, view: &View<'_>) {
    let situation = &view.case.question.situation;
    page.paragraph(0, Tone::Title, &situation.title);
    page.paragraph(0, Tone::Strong, &situation.question);
    page.gap();
    let fact = |page: &mut Page, name: &str, text: &str| {
        page.hang(0, (name, Tone::Faint), 10, Tone::Plain, text);
    };
    fact(page, "decider", &decider(view));
    fact(page, "decided", &dates(view));
    fact(page, "run", &run(view));
    let folder = view.folder();
    // A folder is often named after the outcome.
    if let Some(folder) = folder.map(|f| {
        if view.hide_outcome {
            "the case's folder"
        } else {
            f
        }
    }) {
        fact(
            page,
            "places",
            &format!("file:line:column, below {folder} where no folder is named"),
        );
    }
    if view.hide_outcome {
        fact(page, "hidden", crate::phrases::HIDDEN);
    }
    page.section("Alternatives", "");
    for (i, a) in view.alternatives().iter().enumerate() {
        let marks = marks(view, i);
        let marks = if marks.is_empty() {
            String::new()
        } else {
            format!(" — {}", marks.join(", "))
        };
        let text = format!("{}: {}{marks}", a.id, a.title);
        page.hang(0, (&letter(i), Tone::Strong), 3, Tone::Plain, &text);
    }
}

/// What is to be said of an alternative beside its title.
fn marks(view: &View<'_>, index: usize) -> Vec<&'static str> {
    let mut out = Vec::new();
    if view.case.question.situation.status_quo == Some(index) {
        out.push("status quo");
    }
    if view.chosen() == Some(index) {
        out.push("really chosen");
    }
    out
}

fn decider(view: &View<'_>) -> String {
    let decider = &view.case.question.decider;
    let mut parts = vec![decider.name.clone()];
    parts.extend(decider.leader.as_ref().map(|l| l.name.clone()));
    parts.extend(
        decider
            .unit
            .as_ref()
            .map(|u| format!("decision unit: {}", u.kind.word())),
    );
    parts.extend(
        decider
            .doctrine
            .as_ref()
            .map(|d| format!("doctrine: {} ({})", d.title, dated(view, d))),
    );
    parts.join("; ")
}

fn dated(view: &View<'_>, doctrine: &raison_core::Doctrine) -> String {
    crate::when::label(doctrine, view.case.question.situation.decided)
}

fn dates(view: &View<'_>) -> String {
    let s = &view.case.question.situation;
    format!(
        "{}; information until {}: {}",
        s.decided,
        s.information_until,
        crate::when::sentence(view)
    )
}

fn run(view: &View<'_>) -> String {
    let o = view.analysis.options;
    let lenses = count(view.analysis.lenses.len(), "lens", "lenses");
    let draws = match o.draws {
        0 => "central values, no draws".to_owned(),
        _ if !view.drawn() => {
            let all = count(view.counts().all, "input", "inputs");
            format!("{all}, none uncertain, so nothing was drawn")
        }
        n => format!("{} draws of {}; seed {}", whole(n), uncertain(view), o.seed),
    };
    sentence(&format!("{}; {lenses}; {draws}", view.engine))
}

fn uncertain(view: &View<'_>) -> String {
    let (all, uncertain) = view.read();
    format!(
        "the {} uncertain of {}",
        whole(uncertain),
        count(all, "input", "inputs")
    )
}
