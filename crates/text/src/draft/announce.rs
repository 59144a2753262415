//! What the text announces: `five central pillars`, `three principles of a, b and c`.

use super::find::{Section, Sentence, slug};
use super::rules::Rules;
use super::{Pillar, Principle};
use std::ops::Range;

/// A number of pillars or principles that the text announces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// How many.
    pub count: usize,
    /// The noun.
    pub noun: String,
    /// Principles (otherwise pillars).
    pub principles: bool,
    /// Names, where the sentence lists them.
    pub items: Vec<String>,
    /// The sentence.
    pub text: String,
    /// Its place.
    pub span: Range<usize>,
}

const NUMBERS: [&str; 12] = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen",
];

/// All announcements: a number, at most three other words, then a noun of the list.
pub(super) fn announcements(sections: &[Section], rules: &Rules) -> Vec<Announcement> {
    let sentences = sections.iter().flat_map(|s| &s.sentences);
    sentences.filter_map(|s| announcement(s, rules)).collect()
}

fn announcement(sentence: &Sentence, rules: &Rules) -> Option<Announcement> {
    for (at, word) in sentence.words.iter().enumerate() {
        let Some(count) = number(word) else { continue };
        let end = (at + 5).min(sentence.words.len());
        let noun = (at + 1..end).find_map(|i| Some((i, rules.announces(&sentence.words[i])?)));
        let Some((place, principles)) = noun else {
            continue;
        };
        let items = listed(&sentence.words[place + 1..], count);
        return Some(Announcement {
            count,
            noun: sentence.words[place].clone(),
            principles,
            items,
            text: sentence.text.clone(),
            span: sentence.span.clone(),
        });
    }
    None
}

fn number(word: &str) -> Option<usize> {
    if let Some(at) = NUMBERS.iter().position(|n| *n == word) {
        return Some(at + 2);
    }
    word.parse().ok().filter(|n| (2..=20).contains(n))
}

/// `of a, b and c` or `: a, b and c`, if it names exactly as many.
fn listed(words: &[String], count: usize) -> Vec<String> {
    let Some((first, rest)) = words.split_first() else {
        return Vec::new();
    };
    if !matches!(first.as_str(), "of" | ":" | "—" | "–" | "-" | "--") {
        return Vec::new();
    }
    let mut items: Vec<Vec<&str>> = vec![Vec::new()];
    for word in rest {
        match word.as_str() {
            "." | ";" | "!" | "?" | ")" => break,
            "," | "and" | "or" => {
                if items.last().is_some_and(|i| !i.is_empty()) {
                    items.push(Vec::new());
                }
            }
            "the" | "a" | "an" => {}
            other => {
                if let Some(item) = items.last_mut() {
                    item.push(other);
                }
            }
        }
        // anything after the last item ends it
        if items.len() > count || items.last().is_some_and(|i| i.len() > 4) {
            break;
        }
    }
    items.retain(|i| !i.is_empty());
    match items.len() == count {
        true => items.into_iter().map(|i| i.join(" ")).collect(),
        false => Vec::new(),
    }
}

/// The pillar whose sub-head names the announced principles: whether it counts as a pillar is
/// for the reader to say.
pub(super) fn part_of_principles<'a>(
    pillars: &'a [Pillar],
    announced: &[Announcement],
    principles: &[Principle],
) -> Option<&'a Pillar> {
    let named: Vec<&String> = announced
        .iter()
        .filter(|a| a.principles)
        .flat_map(|a| &a.items)
        .collect();
    pillars.iter().find(|p| {
        let title = slug(&p.title.replace(',', " "));
        let lower = p.title.to_lowercase();
        let holds = named.iter().filter(|n| lower.contains(n.as_str())).count();
        holds >= 2 || principles.iter().any(|q| title == q.id)
    })
}

/// Announced pillars that the text does not contain.
pub(super) fn missing(
    pillars: &[Pillar],
    announced: &[Announcement],
    triad: Option<&Pillar>,
) -> Vec<String> {
    let mut out = Vec::new();
    for a in announced.iter().filter(|a| !a.principles) {
        let found = pillars.len();
        // Numbers of something smaller inside a part are not what the parts are counted against.
        let inside = pillars.iter().any(|p| p.span.end <= a.span.start);
        if inside || found == 0 || found >= a.count && triad.is_none() {
            continue;
        }
        out.push(shortfall(a, found, triad));
    }
    out
}

fn shortfall(a: &Announcement, found: usize, triad: Option<&Pillar>) -> String {
    let parts = if found == 1 {
        "one part".to_string()
    } else {
        format!("{} parts", word(found))
    };
    let start = format!(
        "The text announces {} {}; it has {parts} under sub-heads",
        word(a.count),
        a.noun
    );
    let lacking = a.count.saturating_sub(found);
    match triad {
        Some(part) => format!(
            "{start}. If \"{}\" counts as one of them, {} {} missing; if it does not, {} {}.",
            part.title,
            word(lacking),
            are(lacking),
            word(lacking + 1),
            are(lacking + 1)
        ),
        None => format!("{start}: {} {} missing.", word(lacking), are(lacking)),
    }
}

fn are(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

fn word(n: usize) -> String {
    match n {
        0 => "none".to_string(),
        1 => "one".to_string(),
        _ => NUMBERS
            .get(n - 2)
            .map_or_else(|| n.to_string(), |w| w.to_string()),
    }
}
