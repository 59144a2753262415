//! Process traces: the tally, and the list of one lens.

use super::table::{self, Cell, figure, words};
use crate::markup::{esc, prose};
use crate::view::View;
use crate::words::sentence;
use raison_core::{Finding, Provenance};
use raison_study::{LensResult, Says, TraceRow};

pub(super) fn tally(view: &View<'_>) -> String {
    let lenses: Vec<&LensResult> = view
        .analysis
        .lenses
        .iter()
        .filter(|l| !l.traces.is_empty())
        .collect();
    if lenses.is_empty() || view.hide_outcome {
        return String::new();
    }
    let heads = [
        "Lens",
        "Expected: found",
        "absent",
        "unknown",
        "Forbidden: found",
        "absent",
        "unknown",
        "For",
        "Against",
    ];
    let rows: Vec<Vec<Cell>> = lenses.iter().map(|l| row(l)).collect();
    format!(
        "<section class=\"keep\">\n<h2>What each lens expects and forbids to see of the process</h2>\n{}<p class=\"note\">A trace speaks for \
         its lens where it was expected and found, or forbidden and absent; against it where it was expected and \
         absent, or forbidden and found. The list stands with each lens below.</p>\n</section>\n",
        table::render("", "", &heads, &rows)
    )
}

fn row(lens: &LensResult) -> Vec<Cell> {
    let count = |holds: &dyn Fn(&TraceRow) -> bool| {
        let n = lens.traces.iter().filter(|t| holds(t)).count();
        figure(if n == 0 {
            "·".to_owned()
        } else {
            n.to_string()
        })
    };
    let mut out = vec![words(lens.id)];
    for expected in [true, false] {
        for finding in [Finding::Found, Finding::Absent, Finding::Unknown] {
            out.push(count(&|t| {
                t.trace.expected == expected && t.finding == finding
            }));
        }
    }
    out.push(count(&|t| t.says == Says::For));
    out.push(count(&|t| t.says == Says::Against));
    out
}

/// The traces of one lens.
pub(super) fn list(view: &View<'_>, lens: &LensResult) -> String {
    if lens.traces.is_empty() {
        return String::new();
    }
    if !view.hide_outcome
        && lens
            .traces
            .iter()
            .all(|t| t.says == Says::Silent && t.note.is_empty())
    {
        return unmarked(lens);
    }
    let rows: String = lens.traces.iter().map(|t| trace(view, t)).collect();
    let last = if view.hide_outcome {
        ""
    } else {
        "<th scope=\"col\">What the records show</th>"
    };
    let sign = if view.hide_outcome {
        ""
    } else {
        "<th scope=\"col\"><span title=\"for or against\">±</span></th>"
    };
    format!(
        "<h4>Traces of the process</h4>\n<table class=\"{}\"><thead><tr>{sign}<th scope=\"col\">Trace</th>{last}</tr></thead>\
         <tbody>{rows}</tbody></table>\n",
        if view.hide_outcome { "" } else { "traces" }
    )
}

/// The traces of a lens of which the case marks none.
fn unmarked(lens: &LensResult) -> String {
    let list = |expected: bool| {
        let texts = lens
            .traces
            .iter()
            .filter(|t| t.trace.expected == expected)
            .map(|t| prose(t.trace.text));
        texts.collect::<Vec<_>>().join("; ")
    };
    format!(
        "<h4>Traces of the process</h4>\n<p class=\"rests\">The case marks none of them. <b>Expected:</b> {}. \
         <b>Forbidden:</b> {}.</p>\n",
        list(true),
        list(false)
    )
}

fn trace(view: &View<'_>, row: &TraceRow) -> String {
    let expects = if row.trace.expected {
        "expected"
    } else {
        "forbidden"
    };
    let text = format!("<b>{expects}:</b> {}", prose(&sentence(row.trace.text)));
    if view.hide_outcome {
        return format!("<tr><td>{text}</td></tr>");
    }
    let (class, sign) = match row.says {
        Says::For => ("for", "+"),
        Says::Against => ("against", "−"),
        Says::Silent => ("", "?"),
    };
    format!(
        "<tr><td class=\"{class}\">{sign}</td><td>{text}</td><td><b>{}.</b> {} {}</td></tr>",
        row.finding.word(),
        prose(&sentence(&row.note)),
        because(&row.provenance)
    )
}

fn because(provenance: &Provenance) -> String {
    let text = match provenance {
        Provenance::Source(works) => works
            .iter()
            .map(|c| c.to_string())
            .collect::<Vec<_>>()
            .join("; "),
        Provenance::Judgement(text) => format!("coder's judgement: {text}"),
        Provenance::Assumed(text) => format!("assumed: {text}"),
        Provenance::Set | Provenance::Unstated => return String::new(),
    };
    format!("<span class=\"place\">[{}]</span>", esc(&text))
}
