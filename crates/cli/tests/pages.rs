//! Every page that `raison explain` prints is there, and its examples do what they say.

mod support;

use raison::core::{INDICES, TRAITS};
use raison::inspect::{Inspected, inspect};
use raison::{registry, topics};
use std::collections::BTreeSet;
use std::path::Path;
use support::{Folder, err, out, raison_in, root};

fn read_all(folder: &Path, ending: &str, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            read_all(&path, ending, found);
        } else if path.extension().is_some_and(|e| e == ending) {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            found.push((name.into_owned(), text));
        }
    }
    found.sort();
}

/// Codes that the sources of all crates name.
fn codes() -> BTreeSet<String> {
    let mut sources = Vec::new();
    for entry in std::fs::read_dir(root().join("crates"))
        .expect("crates")
        .flatten()
    {
        let src = entry.path().join("src");
        if src.is_dir() {
            read_all(&src, "rs", &mut sources);
        }
    }
    let mut codes = BTreeSet::new();
    for (_, text) in sources {
        for part in text.split("Code(\"R").skip(1) {
            let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
            codes.insert(format!("R{digits}"));
        }
    }
    codes
}

#[test]
fn every_lens_index_trait_and_code_has_a_page() {
    let used = codes();
    assert!(used.len() > 60, "{used:?}");
    for code in &used {
        let topic = topics::find(code).unwrap_or_else(|e| panic!("{code}: {e}"));
        assert!(!topic.title.is_empty());
    }
    for name in registry::names() {
        assert!(
            topics::find(name).is_ok_and(|t| t.group == topics::Group::Lenses),
            "{name}"
        );
    }
    for name in INDICES {
        assert!(
            topics::find(name).is_ok_and(|t| t.group == topics::Group::Indices),
            "{name}"
        );
    }
    for name in TRAITS {
        assert!(
            topics::find(name).is_ok_and(|t| t.group == topics::Group::Traits),
            "{name}"
        );
    }
    for topic in topics::all()
        .iter()
        .filter(|t| t.group == topics::Group::Codes)
    {
        assert!(
            used.contains(&topic.id),
            "{} is a page of no code",
            topic.id
        );
    }
}

#[test]
fn every_word_of_the_glossary_has_a_page() {
    let text = std::fs::read_to_string(root().join("GLOSSARY.md")).expect("a glossary");
    let words: Vec<&str> = text
        .lines()
        .filter_map(|l| l.strip_prefix("| **")?.split("**").next())
        .collect();
    assert!(words.len() > 30);
    let missing: Vec<&&str> = words.iter().filter(|w| topics::find(w).is_err()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_page_has_an_example_and_its_sources() {
    let mut pages = Vec::new();
    read_all(&root().join("docs/explain/topics"), "md", &mut pages);
    assert!(pages.len() > 70);
    for (name, text) in pages {
        assert!(text.starts_with("# "), "{name}: no title");
        assert!(text.contains("\n## Example\n"), "{name}: no example");
        assert!(text.contains("\nSources: "), "{name}: no sources");
    }
}

/// The fenced blocks of a page: what stands after the fence, and the text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(kind) = line.strip_prefix("```") {
            let text: Vec<&str> = lines.by_ref().take_while(|l| *l != "```").collect();
            found.push((kind.to_owned(), text.join("\n")));
        }
    }
    found
}

#[test]
fn the_examples_of_pages_do_what_they_say() {
    let mut pages = Vec::new();
    read_all(&root().join("docs/explain"), "md", &mut pages);
    let mut failures = String::new();
    for (name, text) in &pages {
        for (kind, text) in blocks(text) {
            if let Err(why) = example(name, &kind, &text) {
                failures.push_str(&format!("{name}, ```{kind}: {why}\n{text}\n\n"));
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

fn example(page: &str, kind: &str, text: &str) -> Result<(), String> {
    if page.starts_with("R3") {
        // Data packs are no part of the repository: these are checked beside the record.
        return Ok(());
    }
    let folder = Folder::new();
    match kind {
        "toml bad" | "toml good" => {
            let path = folder.write("example.toml", text);
            verdict(page, kind, &path)
        }
        "bib bad" | "bib good" => verdict(page, kind, &folder.write("sources.bib", text)),
        "csv bad" | "csv good" => {
            folder.write("example/case.toml", CASE);
            folder.write("example/players.csv", text);
            verdict(page, kind, &folder.0.join("example"))
        }
        "console" | "console good" => session(&folder, text, 0, ""),
        "console bad" => {
            let code = if page.starts_with('R') { page } else { "" };
            session(&folder, text, 2, code)
        }
        "nfg bad" | "nfg good" | "efg bad" | "efg good" | "actors bad" | "actors good"
        | "conflict bad" | "conflict good" => verdict_of(page, kind, &game(kind, text)),
        // Predicates are checked beside the language.
        "cel bad" | "cel good" | "cel missing" | "cel" => Ok(()),
        // Texts to score and commands on data packs: what they show is tested beside the
        // readers of texts and the record, whose files are no part of the repository.
        "text bad" | "text good" | "sh bad" | "sh good" => Ok(()),
        other => Err(format!("no such kind of example: `{other}`")),
    }
}

const CASE: &str = r#"
kind = "case"
title = "An example"
question = "What is done?"
decided = 2000-01-31
information_until = 2000-01-31
judgement = "an example"
players = "players.csv"
dimensions = [{ id = "firmness", title = "Firmness", low = 0, high = 100 }]
decider = { state = "AAA" }

[[alternatives]]
id = "wait"
title = "Wait"
positions = { firmness = 0 }

[[alternatives]]
id = "act"
title = "Act"
positions = { firmness = 90 }
"#;

/// A bad example has its page's code, a good one has no problem of that code and no error.
fn verdict(page: &str, kind: &str, path: &Path) -> Result<(), String> {
    verdict_of(page, kind, &inspect(path))
}

fn verdict_of(page: &str, kind: &str, found: &Inspected) -> Result<(), String> {
    let shown = raison::report::diagnostics::render(&found.sources, &found.problems, false, 80);
    let has = found.problems.iter().any(|p| p.code.0 == page);
    let errors = found.problems.iter().any(|p| p.is_error());
    match kind.ends_with("bad") {
        true if !has => Err(format!("the code is not reported:\n{shown}")),
        false if has || errors => Err(format!("it is not good:\n{shown}")),
        _ => Ok(()),
    }
}

/// What the readers of games, actor tables and conflict models find.
fn game(kind: &str, text: &str) -> Inspected {
    use raison::files::{Loader, actors, conflict, efg, nfg};
    let mut loader = Loader::new(&raison::embedded::Embedded);
    let id = loader.sources.add("example", text);
    let problems = &mut loader.problems;
    match kind.split(' ').next() {
        Some("nfg") => drop(nfg::read(id, text, problems)),
        Some("efg") => drop(efg::read(id, text, problems)),
        Some("actors") => drop(actors::read(id, text, problems)),
        _ => {
            let parsed = loader.parse("example", text.as_bytes()).expect("TOML");
            let mut inputs = raison::core::Inputs::default();
            loader.walk(&parsed, &mut inputs, "", |top, _, ctx| {
                conflict::read(top, ctx)
            });
        }
    }
    Inspected {
        problems: loader.problems.as_slice().to_vec(),
        sources: loader.sources,
        files: Vec::new(),
    }
}

/// Commands after `$`, each followed by what it prints: lines that occur in this order,
/// where `…` stands for anything.
fn session(folder: &Folder, text: &str, code: i32, says: &str) -> Result<(), String> {
    let commands: Vec<&str> = text.split("$ raison ").skip(1).collect();
    let last = commands.len();
    for (at, command) in commands.into_iter().enumerate() {
        let (line, expected) = command.split_once('\n').unwrap_or((command, ""));
        let args = words(line);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let done = raison_in(&folder.0, &args);
        let all = format!("{}{}", out(&done), err(&done));
        let wanted = if at + 1 == last { code } else { 0 };
        if done.status.code() != Some(wanted) {
            return Err(format!("`{line}` exits with {:?}:\n{all}", done.status));
        }
        if at + 1 == last && !all.contains(says) {
            return Err(format!("`{line}` does not say {says}:\n{all}"));
        }
        let mut rest = all.as_str();
        for piece in expected.lines().flat_map(|l| l.split('…')) {
            let Some(found) = rest.find(piece) else {
                return Err(format!("`{line}` does not print `{piece}`:\n{all}"));
            };
            rest = &rest[found + piece.len()..];
        }
    }
    Ok(())
}

/// Words of a command line; double quotes keep blanks.
fn words(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, part) in line.split('"').enumerate() {
        if at % 2 == 1 {
            out.push(part.to_owned());
        } else {
            out.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    out
}
