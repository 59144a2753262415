//! The doctrine that a lens reads, and further doctrines of the case beside it.

use super::exhibits;
use super::lens::verdict;
use crate::markup::{esc, prose};
use crate::view::View;
use crate::when;
use crate::words::sentence;
use raison_core::{Doctrine, Exhibit};
use raison_study::Answer;

/// The lens that reads doctrines.
const LENS: &str = "doctrine";

/// Which doctrine the lens reads, and of when its words are.
pub(super) fn doctrine(view: &View<'_>, lens: &str) -> String {
    let doctrine = view.case.question.decider.doctrine.as_ref();
    let read = doctrine.filter(|_| lens == LENS);
    read.map_or(String::new(), |d| {
        format!("<p class=\"rests\">Reads {}.</p>\n", name(view, d))
    })
}

/// Title, slug and label.
fn name(view: &View<'_>, d: &Doctrine) -> String {
    let label = when::label(d, view.case.question.situation.decided);
    format!(
        "“{}” (<code>{}</code>: {})",
        prose(&d.title),
        esc(&d.id),
        esc(&label)
    )
}

/// What the lens says with each further doctrine in force.
pub(super) fn render(view: &View<'_>, lens: &str) -> String {
    if lens != LENS || view.further.is_empty() {
        return String::new();
    }
    let list: String = view.further.iter().map(|f| one(&view.with(f))).collect();
    format!("<h4>Further doctrines of the case, each in its place</h4>\n{list}")
}

fn one(view: &View<'_>) -> String {
    let Some(d) = view.case.question.decider.doctrine.as_ref() else {
        return String::new();
    };
    let said: String = view
        .analysis
        .lenses
        .iter()
        .map(|l| match &l.answer {
            Ok(a) => answered(view, a),
            Err(why) => format!("<p>{}</p>\n", prose(&sentence(&why.why))),
        })
        .collect();
    format!("<p><b>{}</b></p>\n{said}", name(view, d))
}

fn answered(view: &View<'_>, a: &Answer) -> String {
    let path: Vec<Exhibit> = a
        .central
        .exhibits
        .iter()
        .filter(|e| matches!(e, Exhibit::Eliminations { .. }))
        .cloned()
        .collect();
    format!(
        "<p>{}</p>\n{}",
        verdict(view, a),
        exhibits::render(view, &path)
    )
}
