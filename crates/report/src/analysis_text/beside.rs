//! A counterfactual beside its baseline, and a second coder beside the first.

use super::grid::{Cell, Grid};
use super::page::Page;
use crate::changed::{self, ChangedInput, ChangedReasons};
use crate::figures::{count, number, points, signed, whole};
use crate::phrases::FLIP;
use crate::rival::{self, Verdict};
use crate::style::Tone;
use crate::view::{Against, Rival, View, letter};
use crate::words::sentence;
use raison_study::Difference;
use raison_study::compare::Sets;

/// Changed numbers and hanging inputs that are listed, beyond which they are counted.
const LISTED: usize = 12;

pub(super) fn write_counterfactual(page: &mut Page, view: &View<'_>) {
    let Some(against) = &view.against else { return };
    page.section("What the change does", "counterfactual");
    page.paragraph(0, Tone::Strong, &against.changes.join("  "));
    for text in changed::reach(against) {
        page.paragraph(2, Tone::Plain, text);
    }
    changed_inputs(page, &changed::inputs(view, against));
    let (still, moved): (Vec<&Difference>, Vec<&Difference>) = against
        .counterfactual
        .differences
        .iter()
        .partition(|d| changed::is_still(d));
    for d in moved {
        difference(page, view, against, d);
    }
    if !still.is_empty() {
        let list: Vec<&str> = still.iter().map(|d| d.lens).collect();
        let text = format!("No probability moves by half a point: {}.", list.join(", "));
        page.gap();
        page.paragraph(2, Tone::Plain, &text);
    }
    page.gap();
    let text = "Shifts are changes of probability in percentage points, on the same draws \
                (mean, and 5–95 % of draws). What follows describes the changed case.";
    page.paragraph(0, Tone::Faint, text);
}

fn changed_inputs(page: &mut Page, list: &[ChangedInput<'_>]) {
    let amount = |i: Option<&raison_core::Input>| {
        i.map_or("–".to_owned(), |i| crate::figures::amount(i.amount))
    };
    for c in list.iter().take(LISTED) {
        let text = format!("{}: {} → {}", c.path, amount(c.before), amount(c.after));
        page.hang(2, ("·", Tone::Faint), 2, Tone::Plain, &text);
    }
    if list.len() > LISTED {
        let more = count(
            list.len() - LISTED,
            "more input changes",
            "more inputs change",
        );
        page.paragraph(4, Tone::Faint, &format!("{more}."));
    }
    if list.is_empty() {
        page.paragraph(2, Tone::Plain, "No number changes.");
    }
}

fn difference(page: &mut Page, view: &View<'_>, against: &Against<'_>, d: &Difference) {
    let (before, after) = d.leading;
    let lead = match before == after {
        true => format!("{} leads before and after", view.name(after)),
        false => format!("{} led, now {} leads", view.name(before), view.name(after)),
    };
    page.gap();
    let tone = if before == after {
        Tone::Plain
    } else {
        Tone::Strong
    };
    page.hang(2, (d.lens, Tone::Strong), 16, tone, &lead);
    let list: Vec<String> = d
        .shifts
        .iter()
        .enumerate()
        .filter(|(_, s)| !changed::stays(s))
        .map(|(i, s)| {
            format!(
                "{}\u{a0}{}\u{a0}({}\u{a0}to\u{a0}{})",
                letter(i),
                points(s.mean),
                points(s.low),
                points(s.high)
            )
        })
        .collect();
    page.paragraph(4, Tone::Plain, &sentence(&list.join(", ")));
    reasons(page, &changed::reasons(against, d.lens));
}

fn reasons(page: &mut Page, r: &ChangedReasons<'_>) {
    if r.is_empty() {
        return;
    }
    for gone in r.gone.iter().take(3) {
        page.hang(
            4,
            ("no longer:", Tone::Faint),
            12,
            Tone::Plain,
            &sentence(&gone.text),
        );
    }
    for new in r.new.iter().take(3) {
        page.hang(
            4,
            ("new:", Tone::Faint),
            12,
            Tone::Plain,
            &sentence(&new.text),
        );
    }
    for (old, new) in r.moved.iter().take(3) {
        let text = format!(
            "{} [{} → {}]",
            sentence(&new.text),
            signed(old.weight),
            signed(new.weight)
        );
        page.hang(4, ("reweighed:", Tone::Faint), 12, Tone::Plain, &text);
    }
}

pub(super) fn write_rival(page: &mut Page, view: &View<'_>) {
    let Some(rival) = &view.rival else { return };
    page.section(&format!("A second coder: {}", rival.name), "agreement");
    sets(page, "alternatives", &rival.agreement.alternatives);
    sets(page, "criteria", &rival.agreement.criteria);
    for text in rival::alike(rival) {
        page.paragraph(2, Tone::Doubt, &text);
    }
    page.paragraph(0, Tone::Plain, &rival::agreement(rival));
    only(
        page,
        view,
        "only the first coder states",
        &rival.agreement.only_first,
    );
    only(
        page,
        view,
        "only the second coder states",
        &rival.agreement.only_second,
    );
    page.gap();
    page.grid(2, &leads(rival));
    page.gap();
    hanging(page, rival);
}

/// What only one of the codings lists.
fn sets(page: &mut Page, what: &str, sets: &Sets) {
    for (who, list) in [("first", &sets.only_first), ("second", &sets.only_second)] {
        if !list.is_empty() {
            let text = format!("Only the {who} coder has the {what}: {}.", list.join(", "));
            page.paragraph(2, Tone::Doubt, &text);
        }
    }
}

fn only(page: &mut Page, view: &View<'_>, what: &str, paths: &[String]) {
    let shown: Vec<&str> = paths
        .iter()
        .map(String::as_str)
        .filter(|p| crate::cited::shown(view, p))
        .collect();
    if shown.is_empty() {
        return;
    }
    let mut list = shown
        .iter()
        .take(LISTED)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    if shown.len() > LISTED {
        list += &format!(" and {} more", shown.len() - LISTED);
    }
    page.paragraph(
        2,
        Tone::Faint,
        &format!("{} {what}: {list}.", whole(shown.len())),
    );
}

fn leads(rival: &Rival<'_>) -> Grid {
    let text = |id: &Option<String>| id.clone().unwrap_or_else(|| "–".to_owned());
    let row = |(lens, first, second): &(&'static str, Option<String>, Option<String>)| {
        let (word, tone) = match rival::verdict(rival, first.as_deref(), second.as_deref()) {
            Verdict::Neither => ("–", Tone::Faint),
            Verdict::Agree => ("agree", Tone::Good),
            Verdict::Perhaps => ("the same?", Tone::Doubt),
            Verdict::Differ => ("DIFFER", Tone::Bad),
        };
        vec![
            Cell::from(lens),
            text(first).into(),
            text(second).into(),
            Cell::new(word, tone),
        ]
    };
    Grid {
        heads: ["lens", "first coding: leads", "second coding: leads", ""]
            .map(String::from)
            .to_vec(),
        rows: rival.agreement.leading.iter().map(row).collect(),
        left: 4,
    }
}

fn hanging(page: &mut Page, rival: &Rival<'_>) {
    let list = &rival.agreement.hanging;
    if list.is_empty() {
        page.paragraph(0, Tone::Plain, rival::nothing(rival));
        return;
    }
    let text = format!(
        "What hangs on a single difference ({FLIP}): the second coder's value in the first coding."
    );
    page.paragraph(0, Tone::Strong, &text);
    for h in list.iter().take(LISTED) {
        let text = format!(
            "{}: {} → {}: {} then leads",
            h.path,
            number(h.first),
            number(h.second),
            h.leading
        );
        page.hang(2, (h.lens, Tone::Plain), 16, Tone::Plain, &text);
    }
    if list.len() > LISTED {
        page.paragraph(
            2,
            Tone::Faint,
            &format!("and {} more", whole(list.len() - LISTED)),
        );
    }
}
