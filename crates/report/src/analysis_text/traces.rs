//! The tally of process traces: what each lens expects and forbids, and what was found.

use super::grid::{Cell, Grid};
use super::page::Page;
use crate::style::Tone;
use crate::view::View;
use raison_core::Finding;
use raison_study::{LensResult, Says, TraceRow};

const FINDINGS: [Finding; 3] = [Finding::Found, Finding::Absent, Finding::Unknown];

pub(super) fn write(page: &mut Page, view: &View<'_>) {
    let lenses: Vec<&LensResult> = view
        .analysis
        .lenses
        .iter()
        .filter(|l| !l.traces.is_empty())
        .collect();
    if lenses.is_empty() {
        return;
    }
    page.section(
        "Process traces: what each lens expects and forbids to see",
        "",
    );
    if view.hide_outcome {
        let all: usize = lenses.iter().map(|l| l.traces.len()).sum();
        let text =
            format!("{all} traces are named below; what the records show of them is hidden.");
        page.paragraph(0, Tone::Plain, &text);
        return;
    }
    page.grid(0, &tally(&lenses));
    let text = "+ speaks for the lens: expected and found, or forbidden and absent. − speaks \
                against it: expected and absent, or forbidden and found.";
    page.gap();
    page.paragraph(0, Tone::Faint, text);
}

fn tally(lenses: &[&LensResult]) -> Grid {
    let row = |l: &&LensResult| {
        let mut row = vec![Cell::from(l.id)];
        row.extend([true, false].map(|expected| Cell::from(findings(l, expected))));
        row.extend(
            [Says::For, Says::Against].map(|s| Cell::from(count(l, |t| t.says == s).to_string())),
        );
        row
    };
    Grid {
        heads: [
            "found / absent / unknown:",
            "expected",
            "forbidden",
            "+",
            "−",
        ]
        .map(String::from)
        .to_vec(),
        rows: lenses.iter().map(row).collect(),
        left: 1,
    }
}

/// How many were found, absent and unknown.
fn findings(lens: &LensResult, expected: bool) -> String {
    let n = FINDINGS.map(|f| count(lens, |t| t.trace.expected == expected && t.finding == f));
    format!("{} / {} / {}", n[0], n[1], n[2])
}

fn count(lens: &LensResult, holds: impl Fn(&TraceRow) -> bool) -> usize {
    lens.traces.iter().filter(|t| holds(t)).count()
}

/// The traces of one lens, one each.
pub(super) fn list(page: &mut Page, view: &View<'_>, lens: &LensResult) {
    if lens.traces.is_empty() {
        return;
    }
    page.paragraph(2, Tone::Strong, "Traces");
    for row in &lens.traces {
        let expects = if row.trace.expected {
            "expected"
        } else {
            "forbidden"
        };
        if view.hide_outcome {
            let text = format!("{expects}: {}", row.trace.text);
            page.hang(4, ("·", Tone::Faint), 2, Tone::Plain, &text);
            continue;
        }
        let (sign, tone) = match row.says {
            Says::For => ("+", Tone::Good),
            Says::Against => ("−", Tone::Bad),
            Says::Silent => ("?", Tone::Faint),
        };
        let text = format!("{expects}, {}: {}", row.finding.word(), row.trace.text);
        page.hang(4, (sign, tone), 2, Tone::Plain, &text);
        if super::in_full(view) {
            page.paragraph(
                6,
                Tone::Faint,
                &super::stated::because(&row.note, &row.provenance),
            );
        }
    }
}
