//! Who decides what, when, and what could be done.

use crate::figures::{count, whole};
use crate::markup::{esc, prose};
use crate::view::View;

pub(super) fn render(view: &View<'_>) -> String {
    let s = &view.case.question.situation;
    let facts: String = facts(view)
        .iter()
        .map(|(name, text)| format!("<dt>{name}</dt><dd>{}</dd>", prose(text)))
        .collect();
    format!(
        "<header>\n<p class=\"kicker\">One decision through {}</p>\n<h1>{}</h1>\n\
         <p class=\"question\">{}</p>\n<p>{}</p>\n<dl class=\"facts\">{facts}</dl>\n</header>\n",
        count(view.analysis.lenses.len(), "lens", "lenses"),
        esc(&s.title),
        prose(&s.question),
        prose(&view.case.summary),
    )
}

fn facts(view: &View<'_>) -> Vec<(&'static str, String)> {
    let question = &view.case.question;
    let (s, d) = (&question.situation, &question.decider);
    let mut out = vec![("Decider", d.name.clone())];
    out.extend(d.leader.as_ref().map(|l| ("Leader", l.name.clone())));
    out.extend(
        d.unit
            .as_ref()
            .map(|u| ("Decision unit", u.kind.word().replace('-', " "))),
    );
    let dated =
        |d: &raison_core::Doctrine| format!("{} ({})", d.title, crate::when::label(d, s.decided));
    out.extend(d.doctrine.as_ref().map(|d| ("Doctrine", dated(d))));
    out.extend(s.opponent.as_ref().map(|o| ("Other side", o.name.clone())));
    out.push(("Decided", crate::words::day(s.decided)));
    let until = crate::words::day(s.information_until);
    out.push((
        "Information until",
        format!("{until}: {}", crate::when::sentence(view)),
    ));
    out.push(("Run", run(view)));
    if view.hide_outcome {
        out.push(("Hidden", crate::phrases::HIDDEN.to_owned()));
    }
    out
}

fn run(view: &View<'_>) -> String {
    let (o, (all, uncertain)) = (view.analysis.options, view.read());
    if o.draws > 0 && !view.drawn() {
        let all = count(all, "input", "inputs");
        return format!("{all}, none uncertain, so nothing was drawn");
    }
    if o.draws == 0 {
        return format!("central values of {}, once", count(all, "input", "inputs"));
    }
    format!(
        "{} draws of the {} uncertain of {}, seed {}",
        whole(o.draws),
        whole(uncertain),
        count(all, "input", "inputs"),
        o.seed
    )
}
