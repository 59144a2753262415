//! The bibliography and citations.

use crate::codes;
use crate::suggest;
use biblatex::ChunksExt;
use raison_core::{Citation, Diagnostic, FileId, Problems, SourceMap, Span};
use std::collections::BTreeMap;

/// A work in the bibliography.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// Author, year, title and where it appeared, in one line.
    pub line: String,
    /// Author and year.
    pub short: String,
}

/// All works that files may cite.
#[derive(Clone, Debug, Default)]
pub struct Bibliography {
    works: BTreeMap<String, Work>,
}

impl Bibliography {
    /// Reads BibTeX; problems are reported, and what could be read is kept.
    pub fn read(&mut self, sources: &SourceMap, file: FileId, problems: &mut Problems) {
        let text = sources.file(file).map_or("", |f| &f.text);
        match biblatex::Bibliography::parse(text) {
            Ok(list) => {
                for entry in list.iter() {
                    self.works.insert(entry.key.clone(), work(entry));
                }
            }
            Err(error) => problems.push(
                Diagnostic::error(
                    codes::BAD_BIBLIOGRAPHY,
                    format!("this is not BibTeX: {}", error.kind),
                )
                .at(Span::new(file, error.span.start, error.span.end), "here"),
            ),
        }
    }

    /// The work behind a key.
    pub fn get(&self, key: &str) -> Option<&Work> {
        self.works.get(key)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.works.is_empty()
    }

    /// All works by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Work)> {
        self.works.iter().map(|(k, w)| (k.as_str(), w))
    }

    /// Reads `key, locator` and reports a key that is not there.
    pub fn citation(&self, text: &str, span: Span, problems: &mut Problems) -> Citation {
        let (key, locator) = text.split_once(',').unwrap_or((text, ""));
        let key = key.trim();
        if !self.works.contains_key(key) {
            problems.push(
                Diagnostic::warning(
                    codes::UNKNOWN_CITATION,
                    format!("no work `{key}` in the bibliography"),
                )
                .at(span, "cited here")
                .note(
                    "a citation is `key, page or document`; the key is an entry of a `sources.bib`",
                )
                .help_if(suggest::did_you_mean(
                    key,
                    self.works.keys().map(String::as_str),
                )),
            );
        }
        Citation {
            key: key.to_owned(),
            locator: locator.trim().to_owned(),
        }
    }
}

fn field(entry: &biblatex::Entry, name: &str) -> Option<String> {
    entry
        .get(name)
        .map(|chunks| chunks.format_verbatim())
        .filter(|text| !text.is_empty())
}

fn work(entry: &biblatex::Entry) -> Work {
    let people = entry.author().ok().filter(|a| !a.is_empty());
    let people = people.or_else(|| {
        entry
            .editors()
            .ok()
            .and_then(|e| e.into_iter().next().map(|(people, _)| people))
    });
    let names: Vec<String> = people
        .unwrap_or_default()
        .into_iter()
        .map(|p| surname(&p))
        .collect();
    let who = match names.as_slice() {
        [] => field(entry, "organization")
            .or(field(entry, "institution"))
            .unwrap_or_default(),
        [one] => one.clone(),
        [one, two] => format!("{one} & {two}"),
        [one, ..] => format!("{one} et al."),
    };
    let year = field(entry, "year")
        .or(field(entry, "date"))
        .unwrap_or_default();
    let title = field(entry, "title").unwrap_or_default();
    let short = match (who.is_empty(), year.is_empty()) {
        (true, _) => format!("{title} {year}").trim().to_owned(),
        (false, true) => who.clone(),
        (false, false) => format!("{who} {year}"),
    };
    let outlet = [
        "journaltitle",
        "journal",
        "booktitle",
        "publisher",
        "howpublished",
        "institution",
        "organization",
    ]
    .iter()
    .find_map(|name| field(entry, name));
    let mut line = if short.contains(&title) || title.is_empty() {
        short.clone()
    } else {
        format!("{short}. {title}")
    };
    if let Some(outlet) = outlet.filter(|o| *o != who) {
        line.push_str(". ");
        line.push_str(&outlet);
    }
    Work { line, short }
}

fn surname(person: &biblatex::Person) -> String {
    if person.prefix.is_empty() {
        person.name.clone()
    } else {
        format!("{} {}", person.prefix, person.name)
    }
}
