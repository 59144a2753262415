//! The draft as a doctrine file.

use super::{Act, Aim, Draft, Pillar, Principle, Support};
use std::fmt::Write;
use std::ops::Range;

/// Writes the draft; `place` turns bytes of the page into `file:line:column`.
pub fn to_toml(draft: &Draft, file: &str, place: &dyn Fn(&Range<usize>) -> String) -> String {
    let mut out = String::new();
    head(&mut out, draft, file);
    for principle in &draft.principles {
        write_principle(&mut out, principle, place);
    }
    for pillar in &draft.pillars {
        write_pillar(&mut out, pillar, place);
    }
    out
}

fn head(out: &mut String, draft: &Draft, file: &str) {
    let author = match &draft.author {
        Some(author) => format!("an account by {author}"),
        None => "an unsigned account".to_string(),
    };
    let holder = draft.holder.as_deref().unwrap_or("(the text names none)");
    let _ = write!(
        out,
        "# A draft by rule: every entry names the words that support it. Read it against the\n\
         # text, correct kinds, predicates, weights and titles, and put the work into sources.bib.\n\n\
         kind = \"doctrine\"\n\
         title = {}\n\
         state = {}\n\
         holder = {}\n\
         summary = {}\n\
         gaps = [\n",
        quoted(&draft.title),
        quoted(&draft.state),
        quoted(holder),
        quoted(&format!(
            "Drafted by rule from {file}: {author}. Nothing in it was measured."
        )),
    );
    for gap in &draft.gaps {
        let _ = writeln!(out, "  {},", quoted(gap));
    }
    let judgement =
        "drafted by rule; the text gives no numbers, so weights and thresholds are placeholders";
    let _ = writeln!(out, "]\njudgement = {}", quoted(judgement));
}

fn write_principle(out: &mut String, p: &Principle, place: &dyn Fn(&Range<usize>) -> String) {
    let kind = match p.act {
        Act::Bar(_) => "bar",
        Act::Weigh => "weigh",
        Act::Release(..) => "release",
    };
    let words: Vec<&str> = p.support.iter().map(|s| s.text.as_str()).collect();
    let _ = write!(
        out,
        "\n[[principle]]\nid = {}\nkind = \"{kind}\"\ntitle = {}\nwords = {}\n",
        quoted(&p.id),
        quoted(&p.title),
        quoted(&words.join(" ")),
    );
    match &p.act {
        Act::Bar(when) => {
            let _ = writeln!(out, "strength = \"open\"\nwhen = {}", literal(when));
        }
        Act::Weigh => out.push_str("advisers = []\n"),
        Act::Release(opens, when) => {
            let ids: Vec<String> = opens.iter().map(|id| quoted(id)).collect();
            let _ = writeln!(
                out,
                "opens = [{}]\nwhen = {}",
                ids.join(", "),
                literal(when)
            );
        }
    }
    let places: Vec<String> = p.support.iter().map(|s| place(&s.span)).collect();
    let _ = writeln!(
        out,
        "standing = \"claim\"\nnote = {}",
        quoted(&places.join(", "))
    );
}

fn write_pillar(out: &mut String, p: &Pillar, place: &dyn Fn(&Range<usize>) -> String) {
    let _ = write!(
        out,
        "\n[[pillar]]\nid = {}\ntitle = {}\nweight = [0.1, 0.4]\naims = [\n",
        quoted(&p.id),
        quoted(&p.title),
    );
    for aim in &p.aims {
        let _ = writeln!(out, "  {},", write_aim(aim, place));
    }
    let _ = writeln!(
        out,
        "]\nstanding = \"claim\"\nnote = {}",
        quoted(&format!("sub-head at {}", place(&p.span)))
    );
}

fn write_aim(aim: &Aim, place: &dyn Fn(&Range<usize>) -> String) -> String {
    let layer = aim
        .layer
        .as_ref()
        .map_or(String::new(), |l| format!(", layer = {}", quoted(l)));
    let note = format!(
        "{} ({}): {}",
        place(&aim.support.span),
        aim.word,
        shortened(&aim.support)
    );
    format!(
        "{{ measure = {}{layer}, direction = {}, note = {} }}",
        quoted(&aim.measure),
        quoted(&aim.direction),
        quoted(&note)
    )
}

fn shortened(support: &Support) -> String {
    let words: Vec<&str> = support.text.split_whitespace().collect();
    match words.len() > 30 {
        true => format!("{} …", words[..30].join(" ")),
        false => words.join(" "),
    }
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A TOML literal string, which needs no escapes for the marks inside predicates.
fn literal(text: &str) -> String {
    match text.contains('\'') {
        true => quoted(text),
        false => format!("'{text}'"),
    }
}
