//! One lens: what leads, why, and what would flip it.

use super::page::Page;
use super::{exhibits, further, in_full, traces};
use crate::cited::DEEPEST;
use crate::figures::{count, number, percent, signed, whole};
use crate::near;
use crate::phrases::FLIP;
use crate::style::Tone;
use crate::units::unit;
use crate::view::{View, letter};
use crate::words::sentence;
use raison_core::{Abstention, Check, Origin, Reason};
use raison_study::{Answer, Flip, LensResult, SweepRow};

/// Reasons and flips shown of each lens where several lenses are shown.
const STRONGEST: usize = 3;
/// Inputs named under a reason, beyond which they are counted.
const NAMED: usize = 2;

pub(super) fn write(page: &mut Page, view: &View<'_>, lens: &LensResult) {
    let aside = match (&lens.answer, lens.calibrated) {
        (Err(_), _) => "does not answer",
        (_, true) => "calibrated",
        (_, false) => "uncalibrated",
    };
    page.section(&format!("{} · {}", lens.id, lens.title), aside);
    if let (Ok(_), Some(how)) = (&lens.answer, &lens.calibration) {
        page.paragraph(2, Tone::Faint, &format!("Calibrated: {how}."));
    }
    match &lens.answer {
        Ok(answer) => answered(page, view, lens.id, answer),
        Err(why) => abstained(page, why),
    }
    further::write(page, view, lens.id);
    traces::list(page, view, lens);
}

fn abstained(page: &mut Page, why: &Abstention) {
    page.paragraph(2, Tone::Plain, &sentence(&why.why));
    if !why.help.is_empty() {
        page.hang(
            2,
            ("to make it answer:", Tone::Faint),
            19,
            Tone::Plain,
            &sentence(&why.help),
        );
    }
}

fn answered(page: &mut Page, view: &View<'_>, id: &str, answer: &Answer) {
    further::doctrine(page, view, id);
    page.paragraph(2, Tone::Strong, &leads(view, answer));
    page.paragraph(2, Tone::Faint, &spread(view, answer));
    page.paragraph(2, Tone::Doubt, &central(view, answer));
    let why = format!("(in brackets: {})", unit(view.case, id));
    page.hang(2, ("Why", Tone::Strong), 4, Tone::Faint, &why);
    let shown = if in_full(view) { usize::MAX } else { STRONGEST };
    for (i, r) in answer.central.reasons.iter().take(shown).enumerate() {
        reason(
            page,
            view,
            r,
            &format!("{}.", i + 1),
            4,
            if in_full(view) { DEEPEST } else { 0 },
        );
    }
    if answer.central.reasons.is_empty() {
        page.paragraph(4, Tone::Plain, "The lens gives no reasons.");
    }
    flips(page, view, answer);
    sweep(page, view, answer);
    check(page, &answer.central.check);
    if in_full(view) {
        exhibits::write(page, view, &answer.central.exhibits);
    }
}

/// Says so where the central values do not lead where the draws do.
fn central(view: &View<'_>, a: &Answer) -> String {
    let Some(central) = near::differs(view, a) else {
        return String::new();
    };
    let p = |i: usize| percent(a.central.probabilities.get(i).copied().unwrap_or(f64::NAN));
    let (here, there) = (view.name(central), view.name(a.leading));
    format!(
        "At the central values {here} leads ({} %; {there} {} %). Reasons, flips and sweep start \
         there and explain {here}.",
        p(central),
        p(a.leading)
    )
}

/// What leads, how firmly, and what leads else.
pub(super) fn leads(view: &View<'_>, a: &Answer) -> String {
    let tied: Vec<String> = (0..a.rank.len())
        .filter(|i| a.rank[*i] == 1 && *i != a.leading)
        .map(|i| view.name(i))
        .collect();
    let close = near::close(view, a);
    let name = view.name(a.leading);
    let lead = match (tied.is_empty(), close.is_empty()) {
        (true, true) => format!("{name} leads"),
        (true, false) => format!("{name} leads on average, nearly tied with {close}"),
        (false, _) => format!("{name}, tied with {}, leads", tied.join(", ")),
    };
    if !view.drawn() {
        let lead = lead.replace(" on average", "");
        return format!("{lead} at the central values.");
    }
    let draws = whole(view.analysis.options.draws);
    let firmness = percent(a.firmness);
    let firm = match close.is_empty() {
        true => format!("{lead} in {firmness} % of {draws} draws"),
        false => format!("{lead}. It leads in {firmness} % of {draws} draws"),
    };
    let mut others: Vec<usize> = (0..a.leads.len())
        .filter(|i| *i != a.leading && a.leads[*i] > 0.0)
        .collect();
    others.sort_by(|x, y| a.leads[*y].total_cmp(&a.leads[*x]));
    let others: Vec<String> = others
        .iter()
        .map(|i| format!("{} in {} %", view.name(*i), percent(a.leads[*i])))
        .collect();
    if others.is_empty() {
        return format!("{firm}.");
    }
    format!("{firm}; {}.", others.join(", "))
}

/// The probabilities with their spread over draws, most likely first.
fn spread(view: &View<'_>, a: &Answer) -> String {
    let mut order: Vec<usize> = (0..a.probabilities.len()).collect();
    order.sort_by(|x, y| a.probabilities[*y].total_cmp(&a.probabilities[*x]));
    let draw = |i: &usize| {
        let p = percent(a.probabilities[*i]);
        match a.spread.get(*i) {
            Some((low, high)) if view.drawn() => {
                format!(
                    "{}\u{a0}{p}\u{a0}({}–{})",
                    letter(*i),
                    percent(*low),
                    percent(*high)
                )
            }
            _ => format!("{}\u{a0}{p}", letter(*i)),
        }
    };
    let list: Vec<String> = order.iter().map(draw).collect();
    let what = if view.drawn() {
        " (5–95 % of draws)"
    } else {
        ""
    };
    format!("Probabilities in %{what}: {}.", list.join(", "))
}

fn reason(page: &mut Page, view: &View<'_>, r: &Reason, label: &str, indent: usize, depth: usize) {
    let text = format!("{} [{}]", view.said(r), signed(r.weight));
    page.hang(indent, (label, Tone::Strong), 3, Tone::Plain, &text);
    for line in rests(view, r, depth > 0) {
        page.paragraph(indent + 3, Tone::Faint, &line);
    }
    if depth > 0 {
        for part in &r.parts {
            reason(page, view, part, "–", indent.min(20) + 3, depth - 1);
        }
    }
}

/// What a reason rests on, one line each; its parts speak where it names nothing.
fn rests(view: &View<'_>, r: &Reason, all: bool) -> Vec<String> {
    let mut origins: Vec<&Origin> = r.origins.iter().collect();
    if origins.is_empty() && !all {
        origins.extend(r.parts.iter().flat_map(|p| &p.origins));
    }
    origins.dedup();
    let named = if all { usize::MAX } else { NAMED };
    let mut out: Vec<String> = origins.iter().take(named).map(|o| rest(view, o)).collect();
    if origins.len() > named {
        out.push(format!(
            "and {} more",
            count(origins.len() - named, "input", "inputs")
        ));
    }
    out
}

fn rest(view: &View<'_>, origin: &Origin) -> String {
    let rest = view.rest(origin);
    if let Some(citation) = rest.citation {
        let line = view.work(&citation.key);
        let line = line.map_or(String::new(), |l| format!(": {l}"));
        let cited = if view.hide_outcome {
            citation.key.clone()
        } else {
            citation.to_string()
        };
        return format!("{cited}{line}");
    }
    let value = match origin {
        Origin::Input(num) => view
            .input(*num)
            .map(|i| format!(" = {}", crate::figures::amount(i.amount))),
        _ => None,
    };
    let path = rest.path.unwrap_or_else(|| "?".to_owned());
    let place = rest
        .place
        .map_or(String::new(), |p| format!(", {}", view.near(&p)));
    format!("{path}{}{place}", value.unwrap_or_default())
}

fn flips(page: &mut Page, view: &View<'_>, a: &Answer) {
    if !view.analysis.options.flips {
        return;
    }
    page.paragraph(2, Tone::Strong, &format!("What would flip it ({FLIP})"));
    if a.flips.is_empty() {
        page.paragraph(4, Tone::Plain, "No change of any single input does.");
        return;
    }
    let shown = if in_full(view) { 10 } else { STRONGEST };
    for flip in a.flips.iter().take(shown) {
        page.hang(4, ("·", Tone::Faint), 2, Tone::Plain, &flipped(view, flip));
    }
    if a.flips.len() > shown {
        let more = count(a.flips.len() - shown, "other input does", "other inputs do");
        page.paragraph(6, Tone::Faint, &format!("{more} so by larger changes."));
    }
}

/// One flip in words.
pub(super) fn flipped(view: &View<'_>, flip: &Flip) -> String {
    let path = view.input(flip.input).map_or("?", |i| i.path.as_str());
    let range = if flip.within { "within" } else { "outside" };
    let (from, to) = (number(flip.from), number(flip.to));
    format!(
        "{path} from {from} to {to} ({range} the stated range): {} leads",
        view.name(flip.leading)
    )
}

fn sweep(page: &mut Page, view: &View<'_>, a: &Answer) {
    let rows = &a.sweep;
    let Some(first) = rows.first() else { return };
    let draw = |r: &SweepRow| {
        let lead = r.leading;
        let p = r.probabilities.get(lead).copied().unwrap_or(f64::NAN);
        format!(
            "{} → {}\u{a0}{}\u{a0}%",
            number(r.value),
            letter(lead),
            percent(p)
        )
    };
    let list: Vec<String> = rows.iter().map(draw).collect();
    let end = near::swept(rows, a.leading, &|i| view.name(i));
    let text = format!("{}: {}; {end}.", first.parameter, list.join(", "));
    page.hang(2, ("Sweep", Tone::Strong), 7, Tone::Plain, &text);
}

fn check(page: &mut Page, c: &Check) {
    let verdict = if c.passes() {
        "passes"
    } else {
        "FAILS: do not trust this answer"
    };
    let tone = if c.passes() { Tone::Faint } else { Tone::Bad };
    let text = format!(
        "{} {} (at most {}), {verdict}: {}",
        c.name,
        number(c.value),
        number(c.tolerance),
        sentence(&c.meaning)
    );
    page.hang(
        2,
        ("Check", Tone::Strong),
        7,
        tone,
        text.trim_end_matches([' ', ':']),
    );
}
