//! Which works a report cites.

use crate::view::{View, of_outcome};
use raison_core::{Citation, Doctrine, Leader, Origin, Provenance, Reason};

/// Reasons nested deeper than this are not drawn.
pub(crate) const DEEPEST: usize = 16;

/// All citations, in the order in which they occur, doubles included.
pub(crate) fn citations<'a>(view: &View<'a>) -> Vec<&'a Citation> {
    let mut out = Vec::new();
    for input in view.inputs() {
        out.extend(provenance(&input.provenance));
    }
    for (lens, answer) in view.answers() {
        answer
            .central
            .reasons
            .iter()
            .for_each(|r| reason(r, DEEPEST, &mut out));
        if !view.hide_outcome {
            out.extend(lens.traces.iter().flat_map(|t| provenance(&t.provenance)));
        }
    }
    if let Some(observed) = view.case.observed.as_ref().filter(|_| !view.hide_outcome) {
        out.extend(&observed.sources);
    }
    let question = &view.case.question;
    out.extend(question.situation.analogies.iter().flat_map(|a| &a.sources));
    out.extend(question.decider.doctrine.iter().flat_map(doctrine));
    out.extend(question.decider.leader.iter().flat_map(leader));
    let opponent = question.situation.opponent.as_ref();
    out.extend(
        opponent
            .and_then(|o| o.leader.as_ref())
            .into_iter()
            .flat_map(leader),
    );
    out
}

pub(crate) fn provenance(provenance: &Provenance) -> &[Citation] {
    match provenance {
        Provenance::Source(works) => works,
        _ => &[],
    }
}

fn reason<'a>(r: &'a Reason, depth: usize, out: &mut Vec<&'a Citation>) {
    for origin in &r.origins {
        if let Origin::Work(citation) = origin {
            out.push(citation);
        }
    }
    if depth > 0 {
        r.parts.iter().for_each(|p| reason(p, depth - 1, out));
    }
}

fn doctrine(d: &Doctrine) -> impl Iterator<Item = &Citation> {
    let principles = d.principles.iter().flat_map(|p| &p.sources);
    principles.chain(d.pillars.iter().flat_map(|p| &p.sources))
}

fn leader(l: &Leader) -> &[Citation] {
    &l.sources
}

/// Whether the path of an input may be shown.
pub(crate) fn shown(view: &View<'_>, path: &str) -> bool {
    !(view.hide_outcome && of_outcome(path))
}
