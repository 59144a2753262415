//! The doctrine that a lens reads, and further doctrines of the case beside it.

use super::lens::leads;
use super::page::Page;
use crate::figures::{fixed, typeset};
use crate::style::Tone;
use crate::view::{View, letter};
use crate::when;
use crate::words::sentence;
use raison_core::{Doctrine, Elimination, Exhibit};
use raison_study::Answer;

/// The lens that reads doctrines.
const LENS: &str = "doctrine";

/// Which doctrine the lens reads, and of when its words are.
pub(super) fn doctrine(page: &mut Page, view: &View<'_>, lens: &str) {
    let doctrine = view.case.question.decider.doctrine.as_ref();
    if let Some(d) = doctrine.filter(|_| lens == LENS) {
        page.paragraph(2, Tone::Faint, &format!("Reads {}.", name(view, d)));
    }
}

/// Title, slug and label.
fn name(view: &View<'_>, d: &Doctrine) -> String {
    let label = when::label(d, view.case.question.situation.decided);
    format!("“{}” ({}: {label})", d.title, d.id)
}

/// What the lens says with each further doctrine in force.
pub(super) fn write(page: &mut Page, view: &View<'_>, lens: &str) {
    if lens != LENS || view.further.is_empty() {
        return;
    }
    page.paragraph(
        2,
        Tone::Strong,
        "Further doctrines of the case, each in its place",
    );
    for further in view.further {
        let view = view.with(further);
        let Some(d) = view.case.question.decider.doctrine.as_ref() else {
            continue;
        };
        page.hang(4, ("·", Tone::Faint), 2, Tone::Strong, &name(&view, d));
        for result in &view.analysis.lenses {
            match &result.answer {
                Ok(a) => answered(page, &view, a),
                Err(why) => page.paragraph(6, Tone::Plain, &sentence(&why.why)),
            }
        }
    }
}

fn answered(page: &mut Page, view: &View<'_>, a: &Answer) {
    page.paragraph(6, Tone::Plain, &leads(view, a));
    for exhibit in &a.central.exhibits {
        if let Exhibit::Eliminations { steps, .. } = exhibit {
            page.paragraph(6, Tone::Plain, &path(view, steps));
        }
    }
}

/// The path of eliminations in one line: what each bar strikes out, and the scores of what
/// is left.
fn path(view: &View<'_>, steps: &[Elimination]) -> String {
    let at = |e: &Elimination| {
        let list = view.alternatives();
        let found = list.iter().position(|a| a.id == e.alternative);
        found.map_or_else(|| e.alternative.clone(), letter)
    };
    let bars = |e: &Elimination, released: bool| -> Vec<String> {
        let list = e.bars.iter().filter(|(_, r)| *r == released);
        list.map(|(title, _)| format!("“{title}”")).collect()
    };
    let struck = steps.iter().filter(|e| !e.left);
    let struck: Vec<String> = struck
        .map(|e| format!("{} by {}", at(e), bars(e, false).join(" and ")))
        .collect();
    let opened = steps.iter().filter(|e| e.bars.iter().any(|(_, r)| *r));
    let opened: Vec<String> = opened
        .map(|e| format!("{} from {}", at(e), bars(e, true).join(" and ")))
        .collect();
    let mut left: Vec<&Elimination> = steps.iter().filter(|e| e.left).collect();
    let score = |e: &Elimination| e.score.unwrap_or(f64::NEG_INFINITY);
    left.sort_by(|a, b| score(b).total_cmp(&score(a)));
    let left: Vec<String> = left
        .iter()
        .map(|e| format!("{}\u{a0}{}", at(e), e.score.map_or("–".into(), fixed)))
        .collect();
    let mut out = match struck.is_empty() {
        true => "Strikes out nothing".to_owned(),
        false => format!("Strikes out {}", struck.join(", ")),
    };
    if !opened.is_empty() {
        out += &format!("; releases {}", opened.join(", "));
    }
    typeset(&format!(
        "{out}; scores of what is left: {}.",
        left.join(", ")
    ))
}
