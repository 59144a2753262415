//! One lens: what leads, why, what would flip it, and its exhibits.

use super::table::{self, Cell, figure, words};
use super::{exhibits, further, reasons, traces};
use crate::figures::{count, number, percent, range, whole};
use crate::markup::{esc, path, prose};
use crate::near;
use crate::phrases::FLIP;
use crate::units::unit;
use crate::view::{View, letter};
use crate::words::sentence;
use raison_core::{Abstention, Check};
use raison_study::{Answer, Flip, LensResult, SweepRow};

/// Flips that are shown; the others are counted.
const SHOWN: usize = 5;

pub(super) fn render(view: &View<'_>, lens: &LensResult) -> String {
    let badge = match (&lens.answer, lens.calibrated) {
        (Err(_), _) => "does not answer",
        (_, true) => "calibrated",
        (_, false) => "uncalibrated",
    };
    let how = lens.calibration.as_ref().filter(|_| lens.answer.is_ok());
    let how = how.map_or(String::new(), |how| {
        format!("<p class=\"note\">Calibrated: {}.</p>\n", esc(how))
    });
    let body = match &lens.answer {
        Ok(a) => how + &answered(view, lens.id, a),
        Err(why) => abstained(why),
    };
    format!(
        "<section class=\"lens\" id=\"lens-{}\">\n<header><h3>{} <small>{}</small><span class=\"badge\">{badge}</span></h3></header>\n{body}{}{}</section>\n",
        esc(lens.id),
        esc(lens.title),
        esc(lens.id),
        further::render(view, lens.id),
        traces::list(view, lens)
    )
}

fn abstained(why: &Abstention) -> String {
    let help = if why.help.is_empty() {
        String::new()
    } else {
        format!(
            "<p class=\"note\">To make it answer: {}</p>\n",
            prose(&sentence(&why.help))
        )
    };
    format!("<p>{}</p>\n{help}", prose(&sentence(&why.why)))
}

fn answered(view: &View<'_>, id: &str, a: &Answer) -> String {
    let mut out = further::doctrine(view, id);
    out += &format!("<p class=\"verdict\">{}</p>\n", verdict(view, a));
    out += &central(view, a);
    out += &format!(
        "<h4>Why</h4>\n<p class=\"rests\">In brackets: {}.</p>\n",
        esc(unit(view.case, id))
    );
    out += &reasons::render(view, &a.central.reasons);
    out += &exhibits::render(view, &a.central.exhibits);
    if view.analysis.options.flips {
        out += &flips(view, &a.flips);
    }
    out += &sweep(view, a);
    out += &check(&a.central.check);
    out
}

/// Says so where the central values do not lead where the draws do.
fn central(view: &View<'_>, a: &Answer) -> String {
    let Some(central) = near::differs(view, a) else {
        return String::new();
    };
    let p = |i: usize| percent(a.central.probabilities.get(i).copied().unwrap_or(f64::NAN));
    let (here, there) = (esc(&view.name(central)), esc(&view.name(a.leading)));
    format!(
        "<p class=\"caution\">At the central values <b>{here}</b> leads ({} %; {there} {} %). Reasons, exhibits, flips and \
         sweep start there and explain {here}.</p>\n",
        esc(&p(central)),
        esc(&p(a.leading))
    )
}

pub(super) fn verdict(view: &View<'_>, a: &Answer) -> String {
    let title = view
        .alternatives()
        .get(a.leading)
        .map_or("?", |x| x.title.as_str());
    let lead = format!("<b>{} {}</b>", letter(a.leading), prose(title));
    let p = percent(a.probabilities.get(a.leading).copied().unwrap_or(f64::NAN));
    let close = esc(&near::close(view, a));
    let tie = match close.is_empty() {
        true => String::new(),
        false => format!(", nearly tied with {close}"),
    };
    if !view.drawn() {
        return format!(
            "{lead} leads at the central values{tie}, with probability {} %.",
            esc(&p)
        );
    }
    let lead = match close.is_empty() {
        true => format!("{lead} leads"),
        false => format!("{lead} leads on average{tie}. It leads"),
    };
    let spread = a
        .spread
        .get(a.leading)
        .map_or(String::new(), |(low, high)| {
            format!(
                " ({}–{} % in 90 % of draws)",
                esc(&percent(*low)),
                esc(&percent(*high))
            )
        });
    let mut others: Vec<usize> = (0..a.leads.len())
        .filter(|i| *i != a.leading && a.leads[*i] > 0.0)
        .collect();
    others.sort_by(|x, y| a.leads[*y].total_cmp(&a.leads[*x]));
    let others: Vec<String> = others
        .iter()
        .map(|i| {
            format!(
                "{} in {} %",
                esc(&view.name(*i)),
                esc(&percent(a.leads[*i]))
            )
        })
        .collect();
    let others = if others.is_empty() {
        String::new()
    } else {
        format!("; {}", others.join(", "))
    };
    format!(
        "{lead} in {} % of {} draws{others}. Its probability is {} %{spread}.",
        esc(&percent(a.firmness)),
        whole(view.analysis.options.draws),
        esc(&p)
    )
}

fn flips(view: &View<'_>, list: &[Flip]) -> String {
    let head = format!("<h4>What would flip it: {FLIP}</h4>\n");
    if list.is_empty() {
        return format!("{head}<p>No change of any single input does.</p>\n");
    }
    let rows: Vec<Vec<Cell>> = list.iter().take(SHOWN).map(|f| flip(view, f)).collect();
    let heads = ["Input", "From", "To", "Stated range", "Then leads"];
    let more = match list.len().saturating_sub(SHOWN) {
        0 => String::new(),
        n => format!(
            "<p class=\"note\">{} so by larger changes.</p>\n",
            count(n, "other input does", "other inputs do")
        ),
    };
    format!("{head}{}{more}", table::render("", "", &heads, &rows))
}

fn flip(view: &View<'_>, f: &Flip) -> Vec<Cell> {
    let input = view.input(f.input);
    let (low, high) = input.map_or((f64::NAN, f64::NAN), |i| i.amount.ends());
    let inside = if f.within { "inside" } else { "outside" };
    let stated = if low == high {
        "a single value".to_owned()
    } else {
        format!("{inside} {}", range(low, high))
    };
    vec![
        ("", path(input.map_or("?", |i| i.path.as_str()))),
        figure(number(f.from)),
        figure(number(f.to)),
        words(&stated),
        ("name", esc(&view.name(f.leading))),
    ]
}

fn sweep(view: &View<'_>, a: &Answer) -> String {
    let rows = &a.sweep;
    let Some(first) = rows.first() else {
        return String::new();
    };
    let draw = |r: &SweepRow| {
        let lead = r.leading;
        let p = r.probabilities.get(lead).copied().unwrap_or(f64::NAN);
        format!(
            "at {} <b>{}</b> ({} %)",
            esc(&number(r.value)),
            letter(lead),
            esc(&percent(p))
        )
    };
    let end = esc(&near::swept(rows, a.leading, &|i| view.name(i)));
    let list: Vec<String> = rows.iter().map(draw).collect();
    format!(
        "<p class=\"rests\"><b>Sweep over its {}.</b> What leads, and with which probability, at the central values: {}; {end}.</p>\n",
        esc(first.parameter),
        list.join(", ")
    )
}

fn check(c: &Check) -> String {
    let verdict = if c.passes() {
        "passes"
    } else {
        "<b>fails: do not trust this answer</b>"
    };
    let meaning = if c.meaning.is_empty() {
        String::new()
    } else {
        format!(": {}", prose(&c.meaning))
    };
    format!(
        "<p class=\"rests\"><b>Its check of itself.</b> {} {} (at most {}), {verdict}{meaning}.</p>\n",
        esc(c.name),
        esc(&number(c.value)),
        esc(&number(c.tolerance))
    )
}
