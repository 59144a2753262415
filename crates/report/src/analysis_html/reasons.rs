//! Reasons as a tree, each with what it rests on.

use crate::cited::DEEPEST;
use crate::figures::{count, signed};
use crate::markup::{esc, path, place, prose};
use crate::view::View;
use raison_core::{Origin, Reason};

/// Reasons that are open at first; the others are folded, on screen and on paper, until
/// the reader opens them.
const OPEN: usize = 6;
/// Inputs named under a reason; the others are folded.
const NAMED: usize = 3;
const SEPARATOR: &str = " <span class=\"dotted\">·</span> ";

/// The reasons of a lens.
pub(super) fn render(view: &View<'_>, reasons: &[Reason]) -> String {
    if reasons.is_empty() {
        return "<p>The lens gives no reasons.</p>\n".to_owned();
    }
    let item = |r: &Reason| reason(view, r, DEEPEST);
    let first: String = reasons.iter().take(OPEN).map(item).collect();
    let mut out = format!("<ol class=\"reasons\">{first}</ol>\n");
    if reasons.len() > OPEN {
        let rest: String = reasons.iter().skip(OPEN).map(item).collect();
        let more = count(reasons.len() - OPEN, "weaker reason", "weaker reasons");
        out += &format!(
            "<details><summary>{more}</summary><ol class=\"reasons\" start=\"{}\">{rest}</ol></details>\n",
            OPEN + 1
        );
    }
    out
}

fn reason(view: &View<'_>, r: &Reason, depth: usize) -> String {
    let parts = match depth {
        0 => String::new(),
        _ => r.parts.iter().map(|p| reason(view, p, depth - 1)).collect(),
    };
    let parts = if parts.is_empty() {
        parts
    } else {
        format!("<ul>{parts}</ul>")
    };
    format!(
        "<li><p>{} <span class=\"weight\" title=\"how much it moves the answer: the unit stands above\">[{}]</span></p>{}{parts}</li>",
        prose(&view.said(r)),
        esc(&signed(r.weight)),
        rests(view, r)
    )
}

fn rests(view: &View<'_>, r: &Reason) -> String {
    let all: Vec<String> = r.origins.iter().map(|o| rest(view, o)).collect();
    if all.is_empty() {
        return String::new();
    }
    let shown = all.len().min(if all.len() == NAMED + 1 {
        NAMED + 1
    } else {
        NAMED
    });
    let mut out = format!(
        "<div class=\"rests\">{}</div>",
        all[..shown].join(SEPARATOR)
    );
    if all.len() > shown {
        let more = count(all.len() - shown, "more input", "more inputs");
        out += &format!(
            "<details class=\"rests\"><summary>and {more}</summary>{}</details>",
            all[shown..].join(SEPARATOR)
        );
    }
    out
}

fn rest(view: &View<'_>, origin: &Origin) -> String {
    let rest = view.rest(origin);
    if let Some(citation) = rest.citation {
        let line = view
            .work(&citation.key)
            .unwrap_or_else(|| citation.key.clone());
        let locator = if citation.locator.is_empty() || view.hide_outcome {
            String::new()
        } else {
            format!(", {}", citation.locator)
        };
        return esc(&format!("{line}{locator}"));
    }
    let value = match origin {
        Origin::Input(num) => view
            .input(*num)
            .map(|i| format!(" = {}", crate::figures::amount(i.amount))),
        _ => None,
    };
    let at = rest
        .place
        .map_or(String::new(), |p| format!(" {}", place(view.near(&p))));
    format!(
        "{}{}{at}",
        path(rest.path.as_deref().unwrap_or("?")),
        esc(&value.unwrap_or_default())
    )
}
