//! A profile for the terminal.

use super::json::style_name;
use super::{GameRow, MEANINGS, ProfileView, STARTS, TRAIT_MEANINGS};
use crate::figures::{fixed, percent, signed, whole};
use crate::style::{Look, Tone};
use raison_core::{INDICES, TRAITS};
use raison_text::clause::Who;
use raison_text::profile::{Estimate, TracedClause, rule_words, why_not_words};
use raison_text::traits::{STYLES, hand_coded};
use raison_text::vics::ACTS;
use std::fmt::Write as _;

/// A leader's profile.
pub fn render(view: &ProfileView<'_>, look: Look) -> String {
    let mut out = String::new();
    head(&mut out, view, look);
    indices(&mut out, view, look);
    traits(&mut out, view, look);
    style(&mut out, view, look);
    types(&mut out, view, look);
    for warning in view.warnings {
        let _ = write!(out, "\n{}", look.paint(Tone::Doubt, "warning: "));
        out.push_str(&wrapped(warning, look.columns(), 9));
    }
    if view.files.iter().any(|f| f.shown.is_some()) {
        out.push_str(&clauses(view, look));
    }
    out
}

fn head(out: &mut String, view: &ProfileView<'_>, look: Look) {
    let total = &view.profile.total;
    let _ = writeln!(
        out,
        "{}\n{} speeches, {} words, {} sentences; {} own and {} other acts coded",
        look.paint(Tone::Title, &format!("{} ({})", view.name, view.state_name)),
        whole(view.profile.speeches),
        whole(total.words as usize),
        whole(total.sentences as usize),
        whole(total.acts.own.iter().sum::<u64>() as usize),
        whole(total.acts.other.iter().sum::<u64>() as usize),
    );
    match view.norm {
        Some(n) => {
            let line = format!(
                "norm group: {} (n = {}, coder {}); z is in its standard deviations",
                n.title, n.n, n.coder
            );
            out.push_str(&wrapped(&line, look.columns(), 0));
        }
        None => {
            out.push_str("no norm group: scores of this coder mean something only against one\n")
        }
    }
}

fn heading(out: &mut String, look: Look, title: &str) {
    let _ = writeln!(out, "\n{}", look.paint(Tone::Strong, title));
}

/// `I1    0.68  [0.61, 0.74]  +0.4  direction of strategy …`
fn row(out: &mut String, look: Look, name: &str, e: &Estimate, z: Option<f64>, meaning: &str) {
    let value = e.value.map_or("  –".to_string(), fixed);
    let interval = e.interval.map_or(String::new(), |[a, b]| {
        format!("[{}, {}]", fixed(a), fixed(b))
    });
    let z = z.map_or(String::new(), |z| signed(z).chars().take(5).collect());
    let line = format!("  {name:<5}{value:>6}  {interval:<15} {z:>6}  ");
    let room = look.columns().saturating_sub(line.chars().count());
    let meaning: String = meaning.chars().take(room).collect();
    let _ = writeln!(out, "{line}{}", look.paint(Tone::Faint, &meaning));
}

fn columns(out: &mut String, look: Look) {
    let line = format!(
        "  {:<5}{:>6}  {:<15} {:>6}",
        "", "score", "95 % interval", "z"
    );
    let _ = writeln!(out, "{}", look.paint(Tone::Faint, &line));
}

fn indices(out: &mut String, view: &ProfileView<'_>, look: Look) {
    heading(out, look, "Operational code");
    columns(out, look);
    let z = view.norm.map(|n| view.profile.index_z(n));
    for (k, name) in INDICES.iter().enumerate() {
        let z = z.and_then(|z| z[k]);
        row(out, look, name, &view.profile.index(k), z, MEANINGS[k]);
    }
    let acts = &view.profile.total.acts;
    let names: Vec<String> = ACTS
        .iter()
        .rev()
        .map(|a| format!("{:>9}", a.name()))
        .collect();
    let _ = writeln!(out, "  {:<5}{}", "acts", names.concat());
    for (side, counts) in [("self", &acts.own), ("other", &acts.other)] {
        let cells: Vec<String> = ACTS
            .iter()
            .rev()
            .map(|a| format!("{:>9}", counts[*a as usize]))
            .collect();
        let _ = writeln!(out, "  {side:<5}{}", cells.concat());
    }
}

fn traits(out: &mut String, view: &ProfileView<'_>, look: Look) {
    heading(out, look, "Leadership traits");
    columns(out, look);
    let z = view.norm.map(|n| view.profile.trait_z(n));
    let marks = &view.profile.total.traits;
    for (k, name) in TRAITS.iter().enumerate() {
        let z = z.and_then(|z| z[k]);
        let meaning = format!(
            "{} ({} of {})",
            TRAIT_MEANINGS[k],
            marks.high[k],
            marks.high[k] + marks.low[k]
        );
        row(
            out,
            look,
            name,
            &view.profile.leadership_trait(k),
            z,
            &meaning,
        );
    }
}

fn style(out: &mut String, view: &ProfileView<'_>, look: Look) {
    let Some(norm) = view.norm else { return };
    heading(out, look, "Style");
    let mut shares: Vec<(f64, &str)> = STYLES
        .iter()
        .zip(view.profile.style_probabilities(norm))
        .map(|((_, name), p)| (p, *name))
        .filter(|(p, _)| *p > 0.0)
        .collect();
    shares.sort_by(|a, b| b.0.total_cmp(&a.0));
    let named = view.profile.style(norm).map_or("undefined", style_name);
    let list: Vec<String> = shares
        .iter()
        .map(|(p, n)| format!("{n} {} %", percent(*p)))
        .collect();
    let line = match list.is_empty() {
        true => format!("  {named}, by z-scores against the norm group"),
        false => format!(
            "  {named}, by z-scores against the norm group; over the draws: {}",
            list.join(", ")
        ),
    };
    out.push_str(&wrapped(&line, look.columns(), 2));
    if view.hand_coded {
        let hand = hand_coded(&view.profile.traits).map_or("undefined", style_name);
        let line = format!(
            "  {hand}, by the published thresholds of hand coding, which do not fit machine scores: on PsyCL's 130 leaders they give two styles only"
        );
        out.push_str(&wrapped(&line, look.columns(), 2));
    }
}

fn types(out: &mut String, view: &ProfileView<'_>, look: Look) {
    let Some(t) = view.types else { return };
    heading(out, look, "Inferred preferences");
    let _ = writeln!(out, "  {:<22}{:>6}{:>8}", "", "self", "other");
    for k in 0..6 {
        if t.own[k] > 0.0 || t.other[k] > 0.0 {
            let name = format!("{} {}", k + 1, view.type_names[k]);
            let own = format!("{} %", percent(t.own[k]));
            let other = format!("{} %", percent(t.other[k]));
            let _ = writeln!(out, "  {name:<22}{own:>6}{other:>8}");
        }
    }
    if t.undefined > 0.0 {
        let _ = writeln!(out, "  no type in {} % of the draws", percent(t.undefined));
    }
    for game in view.games.iter().take(4) {
        out.push_str(&wrapped(&game_line(view, game), look.columns(), 2));
    }
    let more = view.games.len().saturating_sub(4);
    if more > 0 {
        let _ = writeln!(out, "  … and {more} rarer games (all in --format json)");
    }
}

fn game_line(view: &ProfileView<'_>, g: &GameRow) -> String {
    let ends: Vec<String> = STARTS
        .iter()
        .zip(&g.ends)
        .map(|(start, ends)| format!("{start} → {}", ends.join(" or ")))
        .collect();
    format!(
        "  {} % self {}, other {}: from {}",
        percent(g.probability),
        view.type_names[g.own - 1],
        view.type_names[g.other - 1],
        ends.join(", ")
    )
}

/// Breaks a line at blanks; following lines are indented.
fn wrapped(text: &str, columns: usize, indent: usize) -> String {
    let mut out = String::new();
    let start = text.len() - text.trim_start().len();
    let mut line = " ".repeat(start);
    for word in text.split_whitespace() {
        let length = line.chars().count() + 1 + word.chars().count();
        if length > columns && !line.trim().is_empty() {
            let _ = writeln!(out, "{}", line.trim_end());
            line = " ".repeat(indent + 2);
        }
        line.push_str(word);
        line.push(' ');
    }
    let _ = writeln!(out, "{}", line.trim_end());
    out
}

/// Every verb, under its sentence.
pub fn clauses(view: &ProfileView<'_>, look: Look) -> String {
    let mut out = String::new();
    for file in &view.files {
        let Some((text, trace)) = file.shown else {
            continue;
        };
        let _ = writeln!(out, "\n{}", look.paint(Tone::Title, file.name));
        for sentence in trace.iter().filter(|t| !t.clauses.is_empty()) {
            let words = text.get(sentence.start..sentence.end).unwrap_or("");
            let _ = write!(out, "\n{}", wrapped(words, look.columns(), 0));
            for clause in &sentence.clauses {
                let _ = writeln!(out, "{}", clause_line(text, clause, look));
            }
        }
    }
    out
}

fn clause_line(text: &str, c: &TracedClause, look: Look) -> String {
    let part = |(a, b): (usize, usize)| {
        text.get(a..b)
            .unwrap_or("")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let subject = c.subject.map_or("–".to_string(), part);
    let who = match c.who {
        Some(Who::Own) => "self",
        Some(Who::Other) => "other",
        None => "nobody",
    };
    let (tone, code) = match (c.act, c.why_not) {
        (Some(act), _) => (
            if act.scale() > 0 {
                Tone::Good
            } else {
                Tone::Bad
            },
            format!("{:+} {}", act.scale(), act.name()).replace('-', "−"),
        ),
        (None, Some(why)) => (Tone::Faint, format!("not coded: {}", why_not_words(why))),
        (None, None) => (Tone::Faint, "not coded".to_string()),
    };
    let negated = if c.negated { ", denied" } else { "" };
    format!(
        "    {} ({}) {who} {subject} [{}{negated}]",
        look.paint(tone, &code),
        c.lemma,
        rule_words(c.rule)
    )
}

/// One line per leader: for `--by`.
pub fn ranking(views: &[ProfileView<'_>], look: Look) -> String {
    let mut out = String::new();
    let title = format!(
        "{:<24}{:>9}{:>7}{:>7}{:>7}{:>7}{:>7}  {}",
        "leader", "words", "P1", "I1", "P4", "CC", "TASK", "style"
    );
    let _ = writeln!(out, "{}", look.paint(Tone::Strong, &title));
    for view in views {
        let p = view.profile;
        let index = |k: usize| p.indices.values()[k].map_or("–".to_string(), fixed);
        let score = |k: usize| p.traits[k].map_or("–".to_string(), fixed);
        let style = view.norm.and_then(|n| p.style(n)).map_or("–", style_name);
        let name: String = view.name.chars().take(23).collect();
        let _ = writeln!(
            out,
            "{name:<24}{:>9}{:>7}{:>7}{:>7}{:>7}{:>7}  {style}",
            whole(p.total.words as usize),
            index(0),
            index(5),
            index(3),
            score(3),
            score(4),
        );
    }
    out
}
