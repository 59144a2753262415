//! Diagnostics as text, in the visual grammar of rustc.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use raison_core::{Diagnostic, FileId, Label, Severity, SourceMap};

/// Characters of one source line that are shown at most; a longer line is cut around
/// the place at fault, so that a file of one endless line stays readable.
const LONGEST_LINE: usize = 240;

/// Renders all diagnostics and a closing count.
pub fn render(sources: &SourceMap, list: &[Diagnostic], colour: bool, width: usize) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    }
    .term_width(width);
    let mut out = String::new();
    for diagnostic in list {
        out.push_str(&renderer.render(&groups(sources, diagnostic)));
        out.push_str("\n\n");
    }
    out
}

/// `2 errors, 1 warning`, or an empty text where there is neither.
pub fn count(list: &[Diagnostic]) -> String {
    let errors = list.iter().filter(|d| d.is_error()).count();
    let warnings = list.len() - errors;
    let word = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    match (errors, warnings) {
        (0, 0) => String::new(),
        (0, w) => word(w, "warning"),
        (e, 0) => word(e, "error"),
        (e, w) => format!("{}, {}", word(e, "error"), word(w, "warning")),
    }
}

fn groups<'a>(sources: &'a SourceMap, d: &'a Diagnostic) -> Vec<Group<'a>> {
    let level = match d.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut main = Group::with_title(level.primary_title(d.message.as_str()).id(d.code.0));
    for snippet in snippets(sources, d) {
        main = main.element(snippet);
    }
    let notes = d.notes.iter().map(|n| Level::NOTE.message(n.as_str()));
    let helps = d.helps.iter().map(|h| Level::HELP.message(h.as_str()));
    vec![main.elements(notes).elements(helps)]
}

/// One snippet per file, the primary label's file first.
fn snippets<'a>(
    sources: &'a SourceMap,
    d: &'a Diagnostic,
) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let mut labels: Vec<(AnnotationKind, &Label)> = Vec::new();
    labels.extend(d.primary.iter().map(|l| (AnnotationKind::Primary, l)));
    labels.extend(d.secondary.iter().map(|l| (AnnotationKind::Context, l)));
    let mut files: Vec<FileId> = Vec::new();
    for (_, label) in &labels {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    files
        .into_iter()
        .flat_map(|file| {
            let here: Vec<_> = labels.iter().filter(|(_, l)| l.span.file == file).collect();
            snippet(sources, file, &here)
        })
        .collect()
}

fn snippet<'a>(
    sources: &'a SourceMap,
    file: FileId,
    labels: &[&(AnnotationKind, &'a Label)],
) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let Some(source) = sources.file(file) else {
        return Vec::new();
    };
    let text: &str = &source.text;
    let first = labels.iter().map(|(_, l)| l.span.start as usize).min();
    let last = labels.iter().map(|(_, l)| l.span.end as usize).max();
    let (Some(first), Some(last)) = (first, last) else {
        return Vec::new();
    };
    if last - first.min(last) > 64 * LONGEST_LINE {
        // Far apart: one window each keeps the work small.
        return labels
            .iter()
            .map(|l| {
                window(
                    text,
                    &source.name,
                    l.1.span.start as usize,
                    l.1.span.end as usize,
                    &[l],
                )
            })
            .collect();
    }
    vec![window(text, &source.name, first, last, labels)]
}

/// The lines around `first..last`, cut where they are too long.
fn window<'a>(
    text: &'a str,
    name: &'a str,
    first: usize,
    last: usize,
    labels: &[&(AnnotationKind, &'a Label)],
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let first = floor(text, first.min(text.len()));
    let last = floor(text, last.clamp(first, text.len()));
    let mut from = text[..first].rfind('\n').map_or(0, |i| i + 1);
    let mut to = text[last..].find('\n').map_or(text.len(), |i| last + i);
    if first - from > LONGEST_LINE {
        from = floor(text, first - LONGEST_LINE / 2);
    }
    if to - last > LONGEST_LINE {
        to = floor(text, last + LONGEST_LINE / 2);
    }
    let line = text[..from].bytes().filter(|b| *b == b'\n').count() + 1;
    let mut snippet = Snippet::source(&text[from..to]).line_start(line).path(name);
    for (kind, label) in labels {
        let start = floor(text, (label.span.start as usize).clamp(from, to)) - from;
        let end = floor(text, (label.span.end as usize).clamp(from + start, to)) - from;
        let mut mark = kind.span(start..end);
        if !label.text.is_empty() {
            mark = mark.label(label.text.as_str());
        }
        snippet = snippet.annotation(mark);
    }
    snippet
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use raison_core::{Code, Span};

    #[test]
    fn shows_place_notes_and_helps() {
        let mut sources = SourceMap::new();
        let id = sources.add("case.toml", "title = \"x\"\nwiegth = 2\n");
        let d = Diagnostic::error(Code("R0101"), "unknown key `wiegth`")
            .at(Span::new(id, 12, 18), "not a key here")
            .help("did you mean `weight`?");
        let text = render(&sources, &[d], false, 80);
        assert!(
            text.contains("error[R0101]: unknown key `wiegth`"),
            "{text}"
        );
        assert!(text.contains("case.toml:2:1"), "{text}");
        assert!(text.contains("did you mean `weight`?"), "{text}");
    }

    #[test]
    fn an_endless_line_is_cut() {
        let mut sources = SourceMap::new();
        let long = format!("{}é{}", "a".repeat(100_000), "b".repeat(100_000));
        let id = sources.add("x", long);
        let d = Diagnostic::error(Code("R0001"), "bad").at(Span::new(id, 100_000, 100_002), "here");
        let text = render(&sources, &[d], false, 80);
        assert!(text.len() < 2_000, "{}", text.len());
    }
}
