//! Articles, teasers, captions and events as text and JSON.

use crate::figures::fixed;
use crate::style::{Look, Tone};
use raison_text::dates::DateMention;
use raison_text::events::{Event, Events, Party, Place};
use raison_text::page::{Article, Body, Caption, Page, Part, Teaser};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// A page as JSON: schema `raison.page/1`. Spans are bytes of the text read.
pub fn page_json(page: &Page, file: &str, warnings: &[String]) -> Value {
    json!({
        "schema": "raison.page/1",
        "file": file,
        "articles": page.articles.iter().map(article).collect::<Vec<_>>(),
        "teasers": page.teasers.iter().map(teaser).collect::<Vec<_>>(),
        "captions": page.captions.iter().map(caption).collect::<Vec<_>>(),
        "loose": page.loose.iter().map(part).collect::<Vec<_>>(),
        "warnings": warnings,
    })
}

fn part(p: &Part) -> Value {
    json!({ "text": p.text, "span": [p.span.start, p.span.end] })
}

fn article(a: &Article) -> Value {
    let body = |b: &Body| {
        let mut value = part(b.part());
        value["kind"] = json!(match b {
            Body::Paragraph(_) => "paragraph",
            Body::Subhead(_) => "subhead",
        });
        value
    };
    let continues = a.jump.as_ref().map(|j| {
        let mut value = part(&j.part);
        value["page"] = json!(j.page);
        value
    });
    json!({
        "headline": a.headline.as_ref().map(part),
        "kicker": a.kicker.as_ref().map(part),
        "byline": a.byline.as_ref().map(part),
        "author": a.author,
        "role": a.author_role,
        "body": a.body.iter().map(body).collect::<Vec<_>>(),
        "subheads": a.subheads().collect::<Vec<_>>(),
        "captions": a.captions.iter().map(caption).collect::<Vec<_>>(),
        "continues": continues,
        "breaks_off": a.jump.is_some() || a.ends_open,
    })
}

fn teaser(t: &Teaser) -> Value {
    json!({
        "headline": t.headline.as_ref().map(part),
        "kicker": t.kicker.as_ref().map(part),
        "text": t.text.iter().map(part).collect::<Vec<_>>(),
        "reference": part(&t.reference),
        "page": t.page,
    })
}

fn caption(c: &Caption) -> Value {
    let mut value = part(&c.part);
    value["credit"] = json!(c.credit);
    value["dates"] = c.dates.iter().map(date).collect();
    value
}

fn date(d: &DateMention) -> Value {
    json!({
        "text": d.text,
        "date": d.iso(),
        "precision": format!("{:?}", d.precision).to_lowercase(),
        "span": [d.span.start, d.span.end],
    })
}

/// A page for the terminal.
pub fn page_text(page: &Page, look: Look) -> String {
    let mut out = String::new();
    for a in &page.articles {
        article_text(&mut out, a, look);
    }
    for t in &page.teasers {
        let head = t
            .headline
            .as_ref()
            .map_or("(no headline)", |h| h.text.as_str());
        let page = t
            .page
            .map_or("another page".to_string(), |p| format!("page {p}"));
        let _ = writeln!(
            out,
            "{} {head} → {page}",
            look.paint(Tone::Strong, "teaser:")
        );
        t.text
            .iter()
            .for_each(|p| filled(&mut out, &p.text, look, 2));
    }
    for c in &page.captions {
        caption_text(&mut out, c, look);
    }
    for p in &page.loose {
        let _ = writeln!(
            out,
            "{}",
            look.paint(Tone::Strong, "belongs to no article:")
        );
        filled(&mut out, &p.text, look, 2);
    }
    out
}

fn article_text(out: &mut String, a: &Article, look: Look) {
    let head = a
        .headline
        .as_ref()
        .map_or("(no headline)", |h| h.text.as_str());
    let _ = writeln!(out, "{}", look.paint(Tone::Title, head));
    let mut about: Vec<String> = Vec::new();
    about.extend(a.kicker.as_ref().map(|k| k.text.clone()));
    about.extend(a.author.as_ref().map(|n| format!("by {n}")));
    about.extend(a.author_role.clone());
    if !about.is_empty() {
        let _ = writeln!(out, "{}", look.paint(Tone::Faint, &about.join(" · ")));
    }
    for body in &a.body {
        out.push('\n');
        match body {
            Body::Subhead(p) => {
                let _ = writeln!(out, "{}", look.paint(Tone::Strong, &p.text));
            }
            Body::Paragraph(p) => filled(out, &p.text, look, 0),
        }
    }
    a.captions.iter().for_each(|c| caption_text(out, c, look));
    if let Some(jump) = &a.jump {
        let place = jump
            .page
            .map_or("elsewhere".to_string(), |p| format!("on page {p}"));
        let line = format!("breaks off here: continues {place}");
        let _ = writeln!(out, "\n{}", look.paint(Tone::Doubt, &line));
    } else if a.ends_open {
        let _ = writeln!(
            out,
            "\n{}",
            look.paint(Tone::Doubt, "breaks off here, within a sentence")
        );
    }
    out.push('\n');
}

fn caption_text(out: &mut String, c: &Caption, look: Look) {
    let _ = writeln!(out, "{}", look.paint(Tone::Strong, "caption:"));
    filled(out, &c.part.text, look, 2);
    let dates: Vec<String> = c
        .dates
        .iter()
        .map(|d| d.iso().unwrap_or_else(|| d.text.clone()))
        .collect();
    let mut about = Vec::new();
    if !dates.is_empty() {
        about.push(format!("dates {}", dates.join(", ")));
    }
    about.extend(c.credit.as_ref().map(|c| format!("credit {c}")));
    if !about.is_empty() {
        let _ = writeln!(out, "  {}", look.paint(Tone::Faint, &about.join("; ")));
    }
}

fn filled(out: &mut String, text: &str, look: Look, indent: usize) {
    let mut line = " ".repeat(indent);
    for word in text.split_whitespace() {
        let length = line.chars().count() + word.chars().count();
        if length > look.columns() && line.trim() != "" {
            let _ = writeln!(out, "{}", line.trim_end());
            line = " ".repeat(indent);
        }
        line.push_str(word);
        line.push(' ');
    }
    let _ = writeln!(out, "{}", line.trim_end());
}

/// Events as JSON: schema `raison.events/1`.
pub fn events_json(events: &Events, file: &str, warnings: &[String]) -> Value {
    let open: Vec<Value> = events
        .unresolved
        .iter()
        .map(
            |u| json!({ "text": u.place.text, "span": [u.place.span.start, u.place.span.end], "why": u.why }),
        )
        .collect();
    json!({
        "schema": "raison.events/1",
        "file": file,
        "events": events.dated.iter().map(event).collect::<Vec<_>>(),
        "undated": events.undated.iter().map(event).collect::<Vec<_>>(),
        "unresolved": open,
        "warnings": warnings,
    })
}

fn place(p: &Place) -> Value {
    json!({ "text": p.text, "span": [p.span.start, p.span.end] })
}

fn party(p: &Party) -> Value {
    json!({ "code": p.code, "text": p.place.text, "span": [p.place.span.start, p.place.span.end] })
}

fn event(e: &Event) -> Value {
    json!({
        "category": e.category,
        "trigger": place(&e.trigger),
        "sources": e.sources.iter().map(party).collect::<Vec<_>>(),
        "targets": e.targets.iter().map(party).collect::<Vec<_>>(),
        "date": e.date.as_ref().map(date),
        "location": e.location.as_ref().map(place),
        "sentence": place(&e.sentence),
        "confidence": e.confidence,
    })
}

/// Events for the terminal.
pub fn events_text(events: &Events, look: Look) -> String {
    let mut out = String::new();
    for e in &events.dated {
        event_text(&mut out, e, look);
    }
    if !events.undated.is_empty() {
        let _ = writeln!(out, "{}", look.paint(Tone::Strong, "without a date"));
        events
            .undated
            .iter()
            .for_each(|e| event_text(&mut out, e, look));
    }
    if !events.unresolved.is_empty() {
        let _ = writeln!(out, "{}", look.paint(Tone::Strong, "left open"));
        for u in &events.unresolved {
            let _ = writeln!(out, "  {}: {}", u.place.text, u.why);
        }
    }
    if out.is_empty() {
        out.push_str("no events found\n");
    }
    out
}

fn event_text(out: &mut String, e: &Event, look: Look) {
    let codes = |p: &[Party]| match p.is_empty() {
        true => "?".to_string(),
        false => p
            .iter()
            .map(|p| p.code.as_str())
            .collect::<Vec<_>>()
            .join("+"),
    };
    let date = e.date.as_ref().map_or("(no date)".to_string(), |d| {
        d.iso().unwrap_or_else(|| d.text.clone())
    });
    let place = e
        .location
        .as_ref()
        .map_or(String::new(), |l| format!(" at {}", l.text));
    let line = format!(
        "{date}  {} {} {}{place}",
        codes(&e.sources),
        e.category,
        codes(&e.targets)
    );
    let _ = writeln!(
        out,
        "{}  ({}; confidence {})",
        look.paint(Tone::Strong, &line),
        e.trigger.text,
        fixed(e.confidence)
    );
    filled(out, &e.sentence.text, look, 4);
}
