//! A counterfactual beside its baseline, and a second coder beside the first.

use super::table::{self, Cell, figure, words};
use crate::changed::{self, ChangedInput, ChangedReasons};
use crate::figures::{amount, count, number, points, signed};
use crate::markup::{esc, path, prose};
use crate::phrases::FLIP;
use crate::rival::{self, Verdict};
use crate::view::{Against, Rival, View, letter};
use crate::words::sentence;
use raison_core::Input;
use raison_study::compare::Sets;
use raison_study::{Difference, Shift};

/// Changed numbers that are listed, beyond which they are counted.
const LISTED: usize = 12;

pub(super) fn counterfactual(view: &View<'_>) -> String {
    let Some(against) = &view.against else {
        return String::new();
    };
    let changes: Vec<String> = against
        .changes
        .iter()
        .map(|c| format!("<code>{}</code>", esc(c)))
        .collect();
    let list = &against.counterfactual.differences;
    let rows: Vec<Vec<Cell>> = list.iter().map(|d| difference(view, d)).collect();
    let letters: Vec<String> = (0..view.alternatives().len()).map(letter).collect();
    let heads = ["Lens", "Led", "Leads now"]
        .into_iter()
        .chain(letters.iter().map(String::as_str));
    let reasons: String = list
        .iter()
        .map(|d| reasons(d.lens, &changed::reasons(against, d.lens)))
        .collect();
    format!(
        "<h2>What the change does</h2>\n<p>{}</p>\n{}<div class=\"scroll\">{}</div><p class=\"note\">Changes of probability in \
         percentage points, on the same draws: mean, and the 5 % and 95 % points below it. The rest of this page \
         describes the changed case.</p>\n{reasons}",
        changes.join(" "),
        changed_inputs(view, against),
        table::render("", "", &heads.collect::<Vec<_>>(), &rows)
    )
}

fn changed_inputs(view: &View<'_>, against: &Against<'_>) -> String {
    let list = changed::inputs(view, against);
    if list.is_empty() {
        return "<p>No number changes.</p>\n".to_owned();
    }
    let show = |i: Option<&Input>| figure(i.map_or("–".to_owned(), |i| amount(i.amount)));
    let row = |c: &ChangedInput<'_>| vec![("", path(c.path)), show(c.before), show(c.after)];
    let rows: Vec<Vec<Cell>> = list.iter().take(LISTED).map(row).collect();
    let more = match list.len().saturating_sub(LISTED) {
        0 => String::new(),
        n => format!(
            "<p class=\"note\">{}.</p>\n",
            count(n, "more input changes", "more inputs change")
        ),
    };
    format!(
        "{}{more}",
        table::render("", "", &["Input", "As coded", "As changed"], &rows)
    )
}

fn difference(view: &View<'_>, d: &Difference) -> Vec<Cell> {
    let (before, after) = d.leading;
    let now = if before == after {
        "the same".to_owned()
    } else {
        format!("<b>{}</b>", esc(&view.name(after)))
    };
    let mut row = vec![words(d.lens), words(&view.name(before)), ("", now)];
    row.extend(d.shifts.iter().map(shift));
    row
}

fn shift(s: &Shift) -> Cell {
    if changed::stays(s) {
        return figure("0");
    }
    let text = format!(
        "{}<br><span class=\"place\">{} to {}</span>",
        esc(&points(s.mean)),
        esc(&points(s.low)),
        esc(&points(s.high))
    );
    ("n", text)
}

fn reasons(lens: &str, r: &ChangedReasons<'_>) -> String {
    if r.is_empty() {
        return String::new();
    }
    let mut items = String::new();
    for gone in r.gone.iter().take(3) {
        items += &format!(
            "<li><b>No longer:</b> {}</li>",
            prose(&sentence(&gone.text))
        );
    }
    for new in r.new.iter().take(3) {
        items += &format!("<li><b>New:</b> {}</li>", prose(&sentence(&new.text)));
    }
    for (old, new) in r.moved.iter().take(3) {
        let weights = format!("{} → {}", signed(old.weight), signed(new.weight));
        items += &format!(
            "<li><b>Reweighed:</b> {} <span class=\"weight\">[{}]</span></li>",
            prose(&sentence(&new.text)),
            esc(&weights)
        );
    }
    format!(
        "<h4>Reasons that change: {}</h4>\n<ul class=\"changed\">{items}</ul>\n",
        esc(lens)
    )
}

pub(super) fn rival(view: &View<'_>) -> String {
    let Some(rival) = &view.rival else {
        return String::new();
    };
    let a = rival.agreement;
    format!(
        "<h2>A second coder: {}</h2>\n{}{}<p>{}</p>\n{}{}{}{}",
        esc(rival.name),
        sets("alternatives", &a.alternatives),
        sets("criteria", &a.criteria) + &alike(rival),
        esc(&rival::agreement(rival)),
        leads(rival),
        hanging(rival),
        only(view, "Only the first coder states", &a.only_first),
        only(view, "Only the second coder states", &a.only_second),
    )
}

fn alike(rival: &Rival<'_>) -> String {
    let list = rival::alike(rival).into_iter();
    list.map(|text| format!("<p class=\"caution\">{}</p>\n", prose(&text)))
        .collect()
}

/// What only one of the codings lists.
fn sets(what: &str, sets: &Sets) -> String {
    let mut out = String::new();
    for (who, list) in [("first", &sets.only_first), ("second", &sets.only_second)] {
        if !list.is_empty() {
            out += &format!(
                "<p class=\"caution\">Only the {who} coder has the {what}: {}.</p>\n",
                esc(&list.join(", "))
            );
        }
    }
    out
}

fn leads(rival: &Rival<'_>) -> String {
    let text = |id: &Option<String>| words(id.as_deref().unwrap_or("–"));
    let rows: Vec<Vec<Cell>> = rival
        .agreement
        .leading
        .iter()
        .map(|(lens, first, second)| {
            let word = match rival::verdict(rival, first.as_deref(), second.as_deref()) {
                Verdict::Neither => "–",
                Verdict::Agree => "agree",
                Verdict::Perhaps => "the same?",
                Verdict::Differ => "<b>differ</b>",
            };
            vec![
                words(lens),
                text(first),
                text(second),
                ("", word.to_owned()),
            ]
        })
        .collect();
    table::render(
        "",
        "",
        &[
            "Lens",
            "First coding: leads",
            "Second coding: leads",
            "The two",
        ],
        &rows,
    )
}

fn hanging(rival: &Rival<'_>) -> String {
    let list = &rival.agreement.hanging;
    if list.is_empty() {
        return format!("<p>{}</p>\n", esc(rival::nothing(rival)));
    }
    let rows: Vec<Vec<Cell>> = list
        .iter()
        .map(|h| {
            vec![
                ("", path(&h.path)),
                figure(number(h.first)),
                figure(number(h.second)),
                words(h.lens),
                words(&h.leading),
            ]
        })
        .collect();
    let heads = ["Input", "First coder", "Second coder", "Lens", "Then leads"];
    format!(
        "<h4>What hangs on a single difference: {FLIP}</h4>\n{}",
        table::render("", "", &heads, &rows)
    )
}

fn only(view: &View<'_>, what: &str, paths: &[String]) -> String {
    let shown: Vec<String> = paths
        .iter()
        .filter(|p| crate::cited::shown(view, p))
        .map(|p| path(p))
        .collect();
    if shown.is_empty() {
        return String::new();
    }
    format!(
        "<details><summary>{what} ({})</summary><p class=\"rests\">{}</p></details>\n",
        shown.len(),
        shown.join(", ")
    )
}
