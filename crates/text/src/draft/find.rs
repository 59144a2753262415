//! The article as sections and sentences, and the search for phrases in them.

use crate::page::{Article, Body, Part};
use crate::token::Tokens;
use std::ops::Range;

/// A sentence: its text, its lower-cased words and its place in the page.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    pub text: String,
    pub words: Vec<String>,
    pub span: Range<usize>,
}

/// What stands under one sub-head; the first section has none.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    pub head: Option<Part>,
    pub sentences: Vec<Sentence>,
}

/// Cuts an article at its sub-heads.
pub(super) fn sections(page: &str, article: &Article) -> Vec<Section> {
    let mut out = vec![Section::default()];
    for body in &article.body {
        match body {
            Body::Subhead(part) => out.push(Section {
                head: Some(part.clone()),
                ..Section::default()
            }),
            Body::Paragraph(part) => {
                if let Some(section) = out.last_mut() {
                    section.sentences.extend(sentences(page, part));
                }
            }
        }
    }
    out
}

fn sentences(page: &str, part: &Part) -> Vec<Sentence> {
    let mut tokens = Tokens::default();
    tokens.read(&part.text);
    let ranges: Vec<Range<usize>> = tokens.sentences().collect();
    let mut out = Vec::new();
    let mut from = part.span.start;
    for range in ranges {
        let list = &tokens.list[range];
        let (Some(first), Some(last)) = (list.first(), list.last()) else {
            continue;
        };
        let text = part
            .text
            .get(first.start as usize..last.end as usize)
            .unwrap_or("");
        let raw = page.get(from..part.span.end).unwrap_or("");
        // Markup or a wrapped line inside the sentence: then the paragraph is the place.
        let span = match raw.find(text) {
            Some(at) => from + at..from + at + text.len(),
            None => part.span.clone(),
        };
        if span != part.span {
            from = span.end;
        }
        let words = list
            .iter()
            .map(|t| t.text(&part.text).to_lowercase().replace('’', "'"));
        out.push(Sentence {
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            words: words.collect(),
            span,
        });
    }
    out
}

/// Sentences that begin with a name, and those that follow in its paragraph's place: here the
/// sentence itself and the next one where that begins with a back reference.
pub(super) fn about<'a>(sections: &'a [Section], name: &str) -> Vec<&'a Sentence> {
    let wanted = name.to_lowercase();
    let mut out = Vec::new();
    for section in sections {
        for (at, sentence) in section.sentences.iter().enumerate() {
            if sentence.words.first() != Some(&wanted) || sentence.words.len() < 4 {
                continue;
            }
            out.push(sentence);
            let next = section.sentences.get(at + 1);
            out.extend(next.filter(|n| refers_back(n)));
        }
    }
    out
}

fn refers_back(sentence: &Sentence) -> bool {
    let first = sentence.words.first().map_or("", String::as_str);
    let second = sentence.words.get(1).map_or("", String::as_str);
    matches!(first, "it" | "this" | "thus" | "accordingly")
        || matches!(first, "within" | "under" | "in" | "on") && matches!(second, "this" | "that")
}

/// A phrase: words, of which any may end with `*` or hold `?` for one letter.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub text: String,
    words: Vec<String>,
}

impl Phrase {
    pub fn new(text: &str) -> Self {
        let mut tokens = Tokens::default();
        let plain = text.replace('*', "ZZ").replace('?', "QQ");
        tokens.read(&plain);
        let word = |t: &crate::token::Token| {
            t.text(&plain)
                .replace("ZZ", "*")
                .replace("QQ", "?")
                .to_lowercase()
        };
        Self {
            text: text.to_string(),
            words: tokens.list.iter().map(word).collect(),
        }
    }

    /// Whether the phrase stands among the words.
    pub fn is_in(&self, words: &[String]) -> bool {
        let n = self.words.len();
        n > 0
            && words
                .windows(n)
                .any(|w| w.iter().zip(&self.words).all(|(w, p)| fits(w, p)))
    }
}

fn fits(word: &str, pattern: &str) -> bool {
    if let Some(stem) = pattern.strip_suffix('*') {
        return word.starts_with(stem);
    }
    match pattern.contains('?') {
        true => {
            word.chars().count() == pattern.chars().count()
                && word
                    .chars()
                    .zip(pattern.chars())
                    .all(|(w, p)| p == '?' || w == p)
        }
        false => word == pattern,
    }
}

/// An id: lower-case letters, digits and hyphens, at most five words.
pub(super) fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let small = ["the", "of", "a", "an", "and", "to", "in", "with", "for"];
    let kept: Vec<&str> = words
        .filter(|w| !w.is_empty() && !small.contains(w))
        .take(4)
        .collect();
    match kept.is_empty() {
        true => "part".to_string(),
        false => kept.join("-"),
    }
}

/// With a capital first letter.
pub(super) fn titled(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>());
    first.unwrap_or_default() + chars.as_str()
}
