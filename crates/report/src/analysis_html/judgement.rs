//! The judgement: alternatives by lenses, as a table and as a chart.

use crate::figures::percent;
use crate::markup::{esc, prose};
use crate::near::{headline, near};
use crate::phrases::{CALIBRATED, FIRM, NEARLY, UNCALIBRATED};
use crate::svg::panels::{Dot, Panel, Row, chart};
use crate::view::{View, letter};
use raison_study::{Answer, LensResult};

pub(super) fn render(view: &View<'_>) -> String {
    format!(
        "<h2>Which alternative leads</h2>\n{}{}{}",
        table(view),
        reading(view),
        if view.answers().next().is_some() {
            figure(view)
        } else {
            String::new()
        }
    )
}

fn table(view: &View<'_>) -> String {
    let lenses = &view.analysis.lenses;
    let heads: String = lenses
        .iter()
        .map(|l| {
            format!(
                "<th scope=\"col\"><abbr title=\"{}\">{}</abbr></th>",
                esc(l.title),
                hyphenated(l.id)
            )
        })
        .collect();
    let rows: String = (0..view.alternatives().len())
        .map(|i| row(view, i))
        .collect();
    let foot = |name: &str, draw: &dyn Fn(&LensResult) -> String| {
        let cells: String = lenses
            .iter()
            .map(|l| format!("<td>{}</td>", draw(l)))
            .collect();
        format!("<tr><th scope=\"row\">{name}</th>{cells}</tr>")
    };
    let firm = match view.drawn() {
        false => String::new(),
        true => foot("Firmness", &|l| match &l.answer {
            Ok(a) => format!("<b>{} %</b>", esc(&percent(a.firmness))),
            Err(_) => "–".to_owned(),
        }),
    };
    let calibrated = foot("Calibrated", &|l| match (&l.answer, l.calibrated) {
        (Err(_), _) => "–".to_owned(),
        (_, yes) => if yes { "yes" } else { "no" }.to_owned(),
    });
    format!(
        "<div class=\"scroll\"><table class=\"judgement\"><thead><tr><th scope=\"col\">Rank (large) and probability</th>\
         {heads}</tr></thead><tbody>{rows}</tbody><tfoot>{firm}{calibrated}</tfoot></table></div>\n"
    )
}

/// A lens's id that may be broken where it is long.
fn hyphenated(id: &str) -> String {
    match id.char_indices().nth(6) {
        Some((at, _)) if id.chars().count() > 8 => {
            format!("{}&shy;{}", esc(&id[..at]), esc(&id[at..]))
        }
        _ => esc(id),
    }
}

fn row(view: &View<'_>, index: usize) -> String {
    let Some(a) = view.alternatives().get(index) else {
        return String::new();
    };
    let chosen = view.chosen() == Some(index);
    let cells: String = view
        .analysis
        .lenses
        .iter()
        .map(|l| cell(l, index))
        .collect();
    format!(
        "<tr{}><th scope=\"row\" class=\"alternative\"><span class=\"letter\">{}</span> <span class=\"title\">{}</span>{}</th>{cells}</tr>",
        if chosen { " class=\"chosen\"" } else { "" },
        letter(index),
        prose(&a.title),
        marks(view, index)
    )
}

fn marks(view: &View<'_>, index: usize) -> String {
    let mut out = String::new();
    if view.case.question.situation.status_quo == Some(index) {
        out += " <span class=\"mark quiet\">○ status quo</span>";
    }
    if view.chosen() == Some(index) {
        out += " <span class=\"mark\">◆ really chosen</span>";
    }
    out
}

fn cell(lens: &LensResult, index: usize) -> String {
    let Ok(a) = &lens.answer else {
        return "<td>–</td>".to_owned();
    };
    let rank = a.rank.get(index).map_or("–".to_owned(), usize::to_string);
    let p = percent(a.probabilities.get(index).copied().unwrap_or(f64::NAN));
    let first = a.rank.get(index) == Some(&1);
    let tie = if near(a).contains(&index) { "≈" } else { "" };
    format!(
        "<td{}><span class=\"rank\">{tie}{rank}</span><span class=\"p\">{} %</span></td>",
        if first { " class=\"lead\"" } else { "" },
        esc(&p)
    )
}

fn reading(view: &View<'_>) -> String {
    let mut out = vec!["A frame marks what each lens ranks first."];
    out.push(if view.drawn() { FIRM } else { view.undrawn() });
    if view
        .answers()
        .any(|(_, a)| !near(a).is_empty() || !a.tied.is_empty())
    {
        out.push(NEARLY);
    }
    if view.analysis.lenses.iter().any(|l| l.answer.is_err()) {
        out.push("– marks a lens that does not answer.");
    }
    let uncalibrated = view.answers().any(|(l, _)| !l.calibrated);
    let set = view.answers().any(|(l, _)| l.calibration.is_some());
    let note = |bold: &str, text: &str| format!("<p class=\"note\"><b>{bold}.</b> {text}</p>\n");
    let mut caution = String::new();
    if set {
        caution += &note("Calibrated", CALIBRATED);
    }
    if uncalibrated {
        caution += &note("Uncalibrated", UNCALIBRATED);
    }
    if let Some(learned) = view.case.learned {
        caution += &note("Fitted", &format!("All lenses were {learned}."));
    }
    format!("<p class=\"legend\">{}</p>\n{caution}", out.join(" "))
}

fn figure(view: &View<'_>) -> String {
    let rows: Vec<Row> = (0..view.alternatives().len())
        .map(|i| named(view, i))
        .collect();
    let panels: Vec<Panel> = view
        .analysis
        .lenses
        .iter()
        .map(|l| panel(view, l))
        .collect();
    let title = "Probability of each alternative, by lens";
    let chart = chart(title, &about(view), &rows, &panels);
    let range = if view.drawn() {
        "; lines run from the 5 % to the 95 % point over draws"
    } else {
        ""
    };
    let before = if view.against.is_some() {
        " An upright stroke stands where the case as coded has it."
    } else {
        ""
    };
    format!(
        "<figure>{chart}<figcaption><b>{title}, in per cent.</b> Dots are means{range}. Filled: the \
         alternative that leads.{before}</figcaption></figure>\n"
    )
}

fn named(view: &View<'_>, index: usize) -> Row {
    let chosen = view.chosen() == Some(index);
    let status_quo = view.case.question.situation.status_quo == Some(index);
    Row {
        name: view.name(index),
        mark: if chosen {
            "◆"
        } else if status_quo {
            "○"
        } else {
            ""
        },
        strong: chosen,
    }
}

fn panel(view: &View<'_>, lens: &LensResult) -> Panel {
    let title = lens.id.to_owned();
    let Ok(a) = &lens.answer else {
        return Panel {
            title,
            note: String::new(),
            dots: Vec::new(),
        };
    };
    let before = before(view, lens.id);
    let dot = |(i, p): (usize, &f64)| Dot {
        at: *p,
        range: a.spread.get(i).copied().filter(|_| view.drawn()),
        before: before.and_then(|b| b.probabilities.get(i).copied()),
        leads: a.leading == i,
        label: percent(*p),
    };
    Panel {
        title,
        note: match view.drawn() {
            true => format!("{} leads, {} %", headline(a), percent(a.firmness)),
            false => format!("{} leads", headline(a)),
        },
        dots: a.probabilities.iter().enumerate().map(dot).collect(),
    }
}

/// What a lens said of the case as coded.
fn before<'a>(view: &View<'a>, lens: &str) -> Option<&'a Answer> {
    let list = &view.against?.counterfactual.baseline.lenses;
    list.iter().find(|l| l.id == lens)?.answer.as_ref().ok()
}

/// The chart in words.
fn about(view: &View<'_>) -> String {
    let lens = |(l, a): (&LensResult, &Answer)| {
        let all: Vec<String> = a
            .probabilities
            .iter()
            .enumerate()
            .map(|(i, p)| format!("{} {} %", view.name(i), percent(*p)))
            .collect();
        format!("{}: {}", l.id, all.join(", "))
    };
    view.answers().map(lens).collect::<Vec<_>>().join(". ")
}
