//! A profile as one HTML page that needs nothing from elsewhere: scores, then the texts with
//! every verb marked.

use super::json::style_name;
use super::{MEANINGS, ProfileView, TRAIT_MEANINGS};
use crate::figures::{fixed, percent, signed, whole};
use raison_core::{INDICES, TRAITS};
use raison_text::clause::Who;
use raison_text::profile::{Estimate, Traced, TracedClause, rule_words, why_not_words};
use raison_text::vics::ACTS;
use std::fmt::Write as _;

/// Renders the page.
pub fn render(view: &ProfileView<'_>) -> String {
    let mut out = String::new();
    let title = format!("{} ({})", escaped(view.name), escaped(view.state_name));
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}: profile</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    summary(&mut out, view);
    scores(&mut out, view);
    preferences(&mut out, view);
    texts(&mut out, view);
    let _ = write!(
        out,
        "</main>\n<footer>{}</footer>\n</body>\n</html>\n",
        escaped(view.engine)
    );
    out
}

fn summary(out: &mut String, view: &ProfileView<'_>) {
    let total = &view.profile.total;
    let _ = writeln!(
        out,
        "<p>{} speeches, {} words. 95&nbsp;% intervals from {} bootstrap draws (seed {}).</p>",
        whole(view.profile.speeches),
        whole(total.words as usize),
        whole(view.draws),
        view.seed
    );
    if let Some(n) = view.norm {
        let _ = writeln!(
            out,
            "<p>Norm group: {} (n&nbsp;=&nbsp;{}, coder {}); <i>z</i> is in its standard deviations.</p>",
            escaped(&n.title),
            n.n,
            escaped(&n.coder)
        );
        if let Some(style) = view.profile.style(n) {
            let _ = writeln!(
                out,
                "<p>Style, by <i>z</i>-scores: <b>{}</b>.</p>",
                style_name(style)
            );
        }
    }
    for warning in view.warnings {
        let _ = writeln!(
            out,
            "<p class=\"warning\"><b>Warning:</b> {}</p>",
            escaped(warning)
        );
    }
}

fn scores(out: &mut String, view: &ProfileView<'_>) {
    let z = view.norm.map(|n| view.profile.index_z(n));
    out.push_str("<h2>Operational code</h2>\n");
    open_table(out);
    for (k, name) in INDICES.iter().enumerate() {
        row(
            out,
            name,
            &view.profile.index(k),
            z.and_then(|z| z[k]),
            MEANINGS[k],
            k < 10 && matches!(k, 0 | 1 | 5 | 6),
        );
    }
    out.push_str("</tbody></table>\n<table class=\"counts\"><thead><tr><th>coded acts</th>");
    for act in ACTS.iter().rev() {
        let _ = write!(out, "<th>{} {}</th>", scale(act.scale()), act.name());
    }
    out.push_str("</tr></thead><tbody>");
    let acts = &view.profile.total.acts;
    for (side, counts) in [("self", &acts.own), ("other", &acts.other)] {
        let _ = write!(out, "<tr><th>{side}</th>");
        for act in ACTS.iter().rev() {
            let _ = write!(out, "<td>{}</td>", counts[*act as usize]);
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table>\n<h2>Leadership traits</h2>\n");
    open_table(out);
    let z = view.norm.map(|n| view.profile.trait_z(n));
    for (k, name) in TRAITS.iter().enumerate() {
        row(
            out,
            name,
            &view.profile.leadership_trait(k),
            z.and_then(|z| z[k]),
            TRAIT_MEANINGS[k],
            false,
        );
    }
    out.push_str("</tbody></table>\n");
}

fn open_table(out: &mut String) {
    out.push_str("<table><thead><tr><th></th><th>score</th><th>95&nbsp;% interval</th><th><i>z</i></th><th></th><th class=\"left\">meaning</th></tr></thead><tbody>\n");
}

fn row(
    out: &mut String,
    name: &str,
    e: &Estimate,
    z: Option<f64>,
    meaning: &str,
    signed_scale: bool,
) {
    let value = e.value.map_or("–".to_string(), fixed);
    let interval = e.interval.map_or(String::new(), |[a, b]| {
        format!("{} … {}", fixed(a), fixed(b))
    });
    let z = z.map_or(String::new(), signed);
    let _ = writeln!(
        out,
        "<tr><th>{name}</th><td>{value}</td><td>{interval}</td><td>{z}</td><td>{}</td><td class=\"left\">{}</td></tr>",
        bar(e, signed_scale),
        escaped(meaning)
    );
}

/// A small chart of score and interval on the score's own range.
fn bar(e: &Estimate, signed_scale: bool) -> String {
    let Some(value) = e.value else {
        return String::new();
    };
    let low = if signed_scale { -1.0 } else { 0.0 };
    let x = |v: f64| 4.0 + 112.0 * ((v - low) / (1.0 - low)).clamp(0.0, 1.0);
    let zero = if signed_scale {
        format!(
            "<line x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"2\" y2=\"14\" class=\"zero\"/>",
            x(0.0)
        )
    } else {
        String::new()
    };
    let interval = e.interval.map_or(String::new(), |[a, b]| {
        format!(
            "<line x1=\"{:.1}\" x2=\"{:.1}\" y1=\"8\" y2=\"8\" class=\"interval\"/>",
            x(a),
            x(b)
        )
    });
    format!(
        "<svg width=\"120\" height=\"16\" aria-hidden=\"true\"><line x1=\"4\" x2=\"116\" y1=\"8\" y2=\"8\" class=\"axis\"/>{zero}{interval}<circle cx=\"{:.1}\" cy=\"8\" r=\"3.5\"/></svg>",
        x(value)
    )
}

fn preferences(out: &mut String, view: &ProfileView<'_>) {
    let Some(t) = view.types else { return };
    out.push_str("<h2>Inferred preferences</h2>\n<table><thead><tr><th class=\"left\">type</th><th>self</th><th>other</th></tr></thead><tbody>\n");
    for k in 0..6 {
        let _ = writeln!(
            out,
            "<tr><th class=\"left\">{} {}</th><td>{}&nbsp;%</td><td>{}&nbsp;%</td></tr>",
            k + 1,
            view.type_names[k],
            percent(t.own[k]),
            percent(t.other[k])
        );
    }
    out.push_str("</tbody></table>\n<table><thead><tr><th>probability</th><th class=\"left\">self</th><th class=\"left\">other</th><th>from settle</th><th>from submit</th><th>from dominate</th><th>from deadlock</th></tr></thead><tbody>\n");
    for g in view.games {
        let _ = write!(
            out,
            "<tr><td>{}&nbsp;%</td><td class=\"left\">{}</td><td class=\"left\">{}</td>",
            percent(g.probability),
            view.type_names[g.own - 1],
            view.type_names[g.other - 1]
        );
        for ends in &g.ends {
            let _ = write!(out, "<td>{}</td>", ends.join(" or "));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table>\n");
}

fn texts(out: &mut String, view: &ProfileView<'_>) {
    if view.files.iter().all(|f| f.shown.is_none()) {
        return;
    }
    out.push_str(LEGEND);
    for file in &view.files {
        let Some((text, trace)) = file.shown else {
            continue;
        };
        let _ = writeln!(
            out,
            "<section><h3>{} <small>{} words</small></h3>",
            escaped(file.name),
            whole(file.counts.words as usize)
        );
        marked(out, text, trace);
        if file.counts.words as usize > 0 && trace.last().is_some_and(|t| t.end + 4096 < text.len())
        {
            out.push_str(
                "<p class=\"warning\">The rest of this text is counted but not shown.</p>",
            );
        }
        out.push_str("</section>\n");
    }
}

/// The text with its verbs marked; every letter of it is kept.
fn marked(out: &mut String, text: &str, trace: &[Traced]) {
    out.push_str("<p>");
    let mut at = 0;
    for clause in trace.iter().flat_map(|t| &t.clauses) {
        let (from, to) = clause.verb;
        if from < at || to < from {
            continue;
        }
        plain(out, text.get(at..from).unwrap_or(""));
        mark(out, text, clause);
        at = to;
    }
    plain(out, text.get(at..).unwrap_or(""));
    out.push_str("</p>\n");
}

/// Empty lines become paragraphs.
fn plain(out: &mut String, text: &str) {
    let mut parts = text.split("\n\n");
    if let Some(first) = parts.next() {
        out.push_str(&escaped(first));
    }
    for part in parts {
        out.push_str("</p>\n<p>");
        out.push_str(&escaped(part.trim_start_matches('\n')));
    }
}

fn mark(out: &mut String, text: &str, c: &TracedClause) {
    let part = |(a, b): (usize, usize)| text.get(a..b).unwrap_or("");
    let subject = c.subject.map_or("–", part);
    let who = match c.who {
        Some(Who::Own) => "self",
        Some(Who::Other) => "other",
        None => "nobody",
    };
    let verb = escaped(part(c.verb));
    let Some(act) = c.act else {
        let why = c.why_not.map_or("not coded", why_not_words);
        let _ = write!(
            out,
            "<span class=\"none\" title=\"not coded: {why} ({})\">{verb}</span>",
            escaped(&c.lemma)
        );
        return;
    };
    let denied = if c.negated { ", denied" } else { "" };
    let label = if c.who == Some(Who::Own) { "S" } else { "O" };
    let _ = write!(
        out,
        "<mark class=\"{who} {}\" title=\"{who}: {} · {}{denied} · {} · {} {}\">{verb}<sup>{label}{}</sup></mark>",
        if act.scale() > 0 { "plus" } else { "minus" },
        escaped(subject),
        escaped(&c.lemma),
        rule_words(c.rule),
        scale(act.scale()),
        act.name(),
        scale(act.scale()),
    );
}

fn scale(n: i8) -> String {
    format!("{n:+}").replace('-', "−")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

const LEGEND: &str = "<h2>The words</h2>\n<p>Every verb that was coded is marked: \
<mark class=\"self plus\">S for self<sup>S+3</sup></mark>, <mark class=\"other minus\">O for other<sup>O−3</sup></mark>; \
+3 reward, +2 promise, +1 appeal, −1 oppose, −2 threaten, −3 punish. Blue is cooperation, orange conflict; a solid line is self, a \
double line other. <span class=\"none\">Dotted</span> verbs were looked at and not coded. Point at a verb to see its subject, base form, rule and reason.</p>\n";

const STYLE: &str = "\
:root{--ink:#1a1a1a;--paper:#fff;--faint:#6b6b6b;--rule:#d8d8d8;--plus:#dbeaf7;--plus-ink:#0b4f8a;--minus:#fbe3d0;--minus-ink:#8a3b00}\
@media(prefers-color-scheme:dark){:root{--ink:#e8e8e8;--paper:#161616;--faint:#a0a0a0;--rule:#3a3a3a;--plus:#0d2f4d;--plus-ink:#9cc9f0;--minus:#4a2406;--minus-ink:#f3b98a}}\
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.6 Georgia,'Times New Roman',serif}\
main{max-width:52rem;margin:0 auto;padding:2rem 1.2rem}\
h1{font-size:1.9rem;line-height:1.2;margin:0 0 1rem}h2{margin:2.2rem 0 .6rem;font-size:1.3rem}h3{font-size:1.05rem;margin:2rem 0 .4rem}\
small{color:var(--faint);font-weight:normal}\
table{border-collapse:collapse;font:14px/1.4 system-ui,sans-serif;margin:.6rem 0 1rem;width:100%}\
th,td{padding:.25rem .6rem;text-align:right;border-bottom:1px solid var(--rule);font-variant-numeric:tabular-nums;white-space:nowrap}\
tbody th{font-weight:600;text-align:left}.left{text-align:left;white-space:normal}\
svg .axis{stroke:var(--rule);stroke-width:2}svg .zero{stroke:var(--faint)}svg .interval{stroke:var(--plus-ink);stroke-width:3}svg circle{fill:var(--ink)}\
mark{color:inherit;padding:.05em .12em;border-radius:2px}mark.plus{background:var(--plus)}mark.minus{background:var(--minus)}\
mark.self{border-bottom:2px solid currentColor}mark.other{border-bottom:3px double currentColor}\
mark sup{font:600 .62em system-ui,sans-serif;margin-left:.15em}mark.plus sup{color:var(--plus-ink)}mark.minus sup{color:var(--minus-ink)}\
.none{border-bottom:1px dotted var(--faint)}.warning{border-left:4px solid var(--minus-ink);padding-left:.8rem}\
footer{max-width:52rem;margin:0 auto;padding:1rem 1.2rem 3rem;color:var(--faint);font-size:.85rem}\
@media(max-width:40rem){table{display:block;overflow-x:auto}}";
