//! A doctrine drafted from an article: principles, pillars and aims, each with the span that
//! supports it, and a list of what the text announces but does not contain.
//!
//! Rules and word lists (`library/lexicon/doctrine.toml`), no guessing. A person edits the
//! draft.

mod announce;
mod find;
mod rules;
mod toml_out;

pub use announce::Announcement;
pub use rules::Rules;
pub use toml_out::to_toml;

use crate::names::{NameKind, Names};
use crate::page::{Article, Body, Part};
use crate::token::Tokens;
use find::{Section, Sentence};
use std::ops::Range;

/// A sentence of the page that supports what was drafted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    /// The sentence.
    pub text: String,
    /// Bytes of the page.
    pub span: Range<usize>,
}

/// What a principle does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Strikes out alternatives for which the predicate holds.
    Bar(String),
    /// Ranks by assessment.
    Weigh,
    /// Opens the bars of these ids when the predicate holds.
    Release(Vec<String>, String),
}

/// A proposed principle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principle {
    /// Id.
    pub id: String,
    /// Name as the text has it.
    pub title: String,
    /// What it does.
    pub act: Act,
    /// Sentences that support it.
    pub support: Vec<Support>,
}

/// A proposed aim of a pillar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aim {
    /// Measure.
    pub measure: String,
    /// Layer, where one is named.
    pub layer: Option<String>,
    /// raise, lower or keep.
    pub direction: String,
    /// The sentence, and the word in it.
    pub support: Support,
    /// The word that matched.
    pub word: String,
}

/// A proposed pillar: one part of the article under its sub-head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pillar {
    /// Id.
    pub id: String,
    /// The sub-head.
    pub title: String,
    /// The sub-head's place.
    pub span: Range<usize>,
    /// Aims.
    pub aims: Vec<Aim>,
}

/// A drafted doctrine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Title: the article's headline.
    pub title: String,
    /// Code of the state.
    pub state: String,
    /// Who held it, where the article names one of the state's leaders.
    pub holder: Option<String>,
    /// The article's author.
    pub author: Option<String>,
    /// Principles.
    pub principles: Vec<Principle>,
    /// Pillars.
    pub pillars: Vec<Pillar>,
    /// What the text announces but does not contain, and what the rules could not settle.
    pub gaps: Vec<String>,
    /// Numbers announced.
    pub announced: Vec<Announcement>,
}

/// Drafts from one article. `page` is the text that its spans point into.
pub fn draft(page: &str, article: &Article, state: &str, names: &Names, rules: &Rules) -> Draft {
    let sections = find::sections(page, article);
    let announced = announce::announcements(&sections, rules);
    let mut gaps = Vec::new();
    let principles = principles(&sections, &announced, rules, &mut gaps);
    let pillars: Vec<Pillar> = sections
        .iter()
        .filter_map(|s| Some((s, s.head.as_ref()?)))
        .map(|(s, head)| pillar(s, head, rules))
        .collect();
    let triad = announce::part_of_principles(&pillars, &announced, &principles);
    gaps.extend(announce::missing(&pillars, &announced, triad));
    gaps.extend(nothing_found(&principles, &pillars, &announced));
    gaps.extend(breaks_off(article));
    let title = article.headline.as_ref().map(|h| h.text.replace('\n', " "));
    Draft {
        title: title.unwrap_or_else(|| "Draft of a doctrine".to_string()),
        state: state.to_string(),
        holder: holder(article, state, names),
        author: article.author.clone(),
        principles,
        pillars: unique(pillars),
        gaps,
        announced,
    }
}

fn breaks_off(article: &Article) -> Option<String> {
    let jump = article.jump.as_ref()?;
    Some(match jump.page {
        Some(page) => {
            format!(
                "The article breaks off and continues on page {page}, which is not in the text."
            )
        }
        None => "The article breaks off and continues elsewhere.".to_string(),
    })
}

fn nothing_found(
    principles: &[Principle],
    pillars: &[Pillar],
    announced: &[Announcement],
) -> Vec<String> {
    let mut out = Vec::new();
    if pillars.is_empty() {
        out.push("The text has no sub-heads, so no pillar could be told from another.".to_string());
    }
    if principles.is_empty() && !announced.iter().any(|a| a.principles) {
        out.push("The text announces no principles.".to_string());
    }
    let empty = pillars.iter().filter(|p| p.aims.is_empty());
    out.extend(empty.map(|p| format!("No aim was found in the part \"{}\".", p.title)));
    out
}

/// Principles are those that the text announces by name; each is read from the sentences
/// that begin with its name.
fn principles(
    sections: &[Section],
    announced: &[Announcement],
    rules: &Rules,
    gaps: &mut Vec<String>,
) -> Vec<Principle> {
    let mut out: Vec<Principle> = Vec::new();
    let named = announced.iter().filter(|a| a.principles);
    for name in named.flat_map(|a| &a.items) {
        if out.iter().any(|p| p.id == find::slug(name)) {
            continue;
        }
        let sentences = find::about(sections, name);
        match rules.act(&sentences) {
            Ok(act) if !sentences.is_empty() => out.push(Principle {
                id: find::slug(name),
                title: find::titled(name),
                act,
                support: sentences.iter().map(|s| s.support()).collect(),
            }),
            Ok(_) => gaps.push(format!(
                "The principle \"{name}\" is announced, but no sentence says what it asks."
            )),
            Err(why) => gaps.push(format!("The principle \"{name}\" is announced, but {why}.")),
        }
    }
    open_bars(&mut out, gaps);
    out
}

/// A release opens the bars of the draft; without bars it opens nothing and is left out.
fn open_bars(principles: &mut Vec<Principle>, gaps: &mut Vec<String>) {
    let bar = |p: &&Principle| matches!(p.act, Act::Bar(_));
    let bars: Vec<String> = principles
        .iter()
        .filter(bar)
        .map(|p| p.id.clone())
        .collect();
    principles.retain_mut(|p| match &mut p.act {
        Act::Release(opens, _) if bars.is_empty() => {
            opens.clear();
            gaps.push(format!(
                "The principle \"{}\" reads as a release, but no bar was found that it could open.",
                p.title
            ));
            false
        }
        Act::Release(opens, _) => {
            *opens = bars.clone();
            true
        }
        _ => true,
    });
}

fn pillar(section: &Section, head: &Part, rules: &Rules) -> Pillar {
    let title = head.text.replace('\n', " ");
    Pillar {
        id: find::slug(&title),
        title,
        span: head.span.clone(),
        aims: rules.aims(section),
    }
}

fn unique(mut pillars: Vec<Pillar>) -> Vec<Pillar> {
    for at in 1..pillars.len() {
        let taken = pillars[..at]
            .iter()
            .filter(|p| p.id == pillars[at].id)
            .count();
        if taken > 0 {
            pillars[at].id = format!("{}-{}", pillars[at].id, at + 1);
        }
    }
    pillars
}

const TITLES: [&str; 14] = [
    "Ayatollah",
    "President",
    "Prime",
    "Minister",
    "King",
    "Chairman",
    "Seyyed",
    "Sayyed",
    "General",
    "Leader",
    "Secretary",
    "Premier",
    "Chancellor",
    "Imam",
];

/// The leader of the state that the article names most often, with the given names before it.
fn holder(article: &Article, state: &str, names: &Names) -> Option<String> {
    let actor = names.find(state)?;
    let mut found: Vec<(String, usize)> = Vec::new();
    let parts = article
        .headline
        .iter()
        .chain(article.body.iter().map(Body::part));
    for part in parts {
        let (mut tokens, mut mentions) = (Tokens::default(), Vec::new());
        tokens.read(&part.text);
        names.mentions(&part.text, &tokens.list, &mut mentions);
        let leaders = mentions
            .iter()
            .filter(|m| m.actor == actor && m.kind == NameKind::Leader);
        for m in leaders {
            let word = |i: usize| tokens.list[i].text(&part.text);
            let given = (m.from.saturating_sub(4)..m.from).rev().take_while(|&i| {
                tokens.list[i].capital && !TITLES.contains(&word(i)) && word(i).len() > 1
            });
            let from = given.last().unwrap_or(m.from);
            let name = (from..m.to).map(word).collect::<Vec<_>>().join(" ");
            let surname = word(m.to - 1).to_string();
            match found.iter_mut().find(|(n, _)| n.ends_with(&surname)) {
                Some((known, n)) => {
                    *n += 1;
                    if name.len() > known.len() {
                        *known = name;
                    }
                }
                None => found.push((name, 1)),
            }
        }
    }
    found
        .into_iter()
        .max_by_key(|(_, n)| *n)
        .map(|(name, _)| name)
}

impl Sentence {
    fn support(&self) -> Support {
        Support {
            text: self.text.clone(),
            span: self.span.clone(),
        }
    }
}
