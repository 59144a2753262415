//! Files of speeches, read piece by piece.

use super::Shown;
use raison_core::{Code, Diagnostic};
use raison_text::decode::decode;
use raison_text::profile::{Scorer, SpeechCounts};
use raison_text::turns::Turns;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Read at once: memory does not grow with the file.
const PIECE: usize = 1 << 20;
/// Of one speech, so many bytes are kept for showing at most.
const SHOWN: usize = 4 << 20;
/// Files whose format needs them whole (HTML, PDF, UTF-16) may be so large.
pub(super) const WHOLE: u64 = 64 << 20;

const NOT_READABLE: Code = Code("R4000");
const NO_FILES: Code = Code("R4005");
const TOO_LARGE: Code = Code("R4013");
const NOT_ENGLISH: Code = Code("R4014");

/// What kind of words they are.
#[derive(Clone, Debug, Default)]
pub struct Material {
    /// Interviews and press conferences: only the leader's turns are scored.
    pub spontaneous: bool,
    /// The leader's name, for the labels of turns.
    pub name: Option<String>,
    /// Keep texts and verbs for showing.
    pub show: bool,
}

/// A scored file.
#[derive(Clone, Debug, Default)]
pub struct Speech {
    /// The file as the user named it.
    pub name: String,
    /// What was counted.
    pub counts: SpeechCounts,
    /// Text and verbs, if they were asked for.
    pub shown: Option<Shown>,
    /// What is wrong or doubtful.
    pub problems: Vec<Diagnostic>,
}

/// Text files among paths: files as they are, folders with all texts in them, sorted.
pub fn texts(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<Diagnostic>) {
    let (mut out, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() {
            let before = out.len();
            collect(path, 0, &mut out, &mut problems);
            out[before..].sort();
            if out.len() == before {
                problems.push(no_files(path));
            }
        } else {
            out.push(path.clone());
        }
    }
    (out, problems)
}

fn no_files(path: &Path) -> Diagnostic {
    Diagnostic::error(NO_FILES, format!("no texts in `{}`", path.display()))
        .note("files that end in .txt, .md, .html, .htm or .pdf are read")
        .help("name the files one by one if they end otherwise")
}

/// Deepest nesting of folders that is followed.
const DEEPEST: usize = 8;

fn collect(folder: &Path, depth: usize, out: &mut Vec<PathBuf>, problems: &mut Vec<Diagnostic>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) => return problems.push(unreadable(folder, &e)),
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if hidden {
            continue;
        }
        if path.is_dir() && depth < DEEPEST {
            collect(&path, depth + 1, out, problems);
        } else if path.is_file() && is_text(&path) {
            out.push(path);
        }
    }
}

fn is_text(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or("");
    ["txt", "md", "markdown", "html", "htm", "pdf"].contains(&ending.to_ascii_lowercase().as_str())
}

/// Sub-folders of a folder, each one leader's speeches: name and files.
pub fn folder_of_leaders(folder: &Path) -> (Vec<(String, Vec<PathBuf>)>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut folders: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries
            .flatten()
            .map(|e| e.path())
            .filter(|p| p.is_dir())
            .collect(),
        Err(e) => return (Vec::new(), vec![unreadable(folder, &e)]),
    };
    folders.sort();
    let mut out = Vec::new();
    for path in folders {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.starts_with('.') {
            continue;
        }
        let (files, found) = texts(std::slice::from_ref(&path));
        // An empty sub-folder is worth a word but does not stop the others.
        problems.extend(found.into_iter().map(|mut d| {
            d.severity = raison_core::Severity::Warning;
            d
        }));
        if !files.is_empty() {
            out.push((name, files));
        }
    }
    if out.is_empty() {
        problems.push(
            Diagnostic::error(
                NO_FILES,
                format!("no sub-folders with texts in `{}`", folder.display()),
            )
            .note("with --by each sub-folder holds the speeches of one leader"),
        );
    }
    (out, problems)
}

pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    let shown = path.display();
    let why = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_string(),
        std::io::ErrorKind::PermissionDenied => "you may not read it".to_string(),
        _ => error.to_string(),
    };
    Diagnostic::error(NOT_READABLE, format!("`{shown}` cannot be read: {why}"))
}

impl Speech {
    /// Reads and scores a file.
    pub fn score(path: &Path, scorer: &mut Scorer<'_>, material: &Material) -> Speech {
        let mut speech = Speech {
            name: path.display().to_string(),
            shown: material.show.then(Shown::default),
            ..Speech::default()
        };
        let mut turns = Turns::new(material.name.as_deref());
        let mut piece = |text: &str, speech: &mut Speech| {
            let kept = material.spontaneous.then(|| turns.keep(text));
            speech.piece(kept.as_deref().unwrap_or(text), scorer);
        };
        if let Err(problem) = read_pieces(path, &mut speech, &mut piece) {
            speech.problems.push(problem);
        }
        for problem in &mut speech.problems {
            if !problem.message.contains(&speech.name) {
                problem.message = format!("`{}`: {}", speech.name, problem.message);
            }
        }
        speech.language();
        speech
    }

    fn piece(&mut self, text: &str, scorer: &mut Scorer<'_>) {
        match &mut self.shown {
            Some(shown) if shown.text.len() < SHOWN => {
                let offset = shown.text.len();
                shown.text.push_str(text);
                let trace = Some((&mut shown.trace, offset));
                scorer.piece(text, &mut self.counts, trace);
            }
            _ => scorer.piece(text, &mut self.counts, None),
        }
    }

    fn language(&mut self) {
        if self.counts.not_english() {
            self.problems.push(
                Diagnostic::warning(NOT_ENGLISH, format!("`{}` seems not to be English", self.name))
                    .note("lexicon and tagger know English only; the scores mean nothing for other languages")
                    .help("score an English translation, and say so"),
            );
        }
    }
}

/// Hands a file over in pieces of whole lines.
fn read_pieces(
    path: &Path,
    speech: &mut Speech,
    each: &mut dyn FnMut(&str, &mut Speech),
) -> Result<(), Diagnostic> {
    let mut file = File::open(path).map_err(|e| unreadable(path, &e))?;
    let mut buffer = Vec::with_capacity(2 * PIECE);
    let mut first = true;
    loop {
        let read = (&mut file)
            .take(PIECE as u64)
            .read_to_end(&mut buffer)
            .map_err(|e| unreadable(path, &e))?;
        if first && needs_whole(&buffer) {
            return whole(&mut file, buffer, path, speech, each);
        }
        let last = read < PIECE;
        let cut = if last { buffer.len() } else { cut(&buffer) };
        if first || cut > 0 {
            let (text, problems) = decode(&buffer[..cut]);
            let broken = problems.iter().any(Diagnostic::is_error);
            keep_problems(speech, problems, first);
            if broken && first {
                return Ok(());
            }
            each(&text, speech);
        }
        if last {
            return Ok(());
        }
        buffer.drain(..cut);
        first = false;
    }
}

/// Each code is reported once for a file; a piece of blanks is no empty file.
fn keep_problems(speech: &mut Speech, problems: Vec<Diagnostic>, first: bool) {
    for problem in problems {
        let known = speech.problems.iter().any(|p| p.code == problem.code);
        let empty = problem.code == raison_text::decode::EMPTY && !first;
        if !known && !empty {
            speech.problems.push(problem);
        }
    }
}

fn needs_whole(start: &[u8]) -> bool {
    let utf16 = start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]);
    let text = String::from_utf8_lossy(&start[..start.len().min(1000)]);
    let html = raison_text::page::Format::guess(&text) == raison_text::page::Format::Html;
    utf16 || start.starts_with(b"%PDF") || html
}

/// Where a piece ends: after the last empty line, else the last line, else the last blank, else
/// between two characters.
fn cut(buffer: &[u8]) -> usize {
    let floor = buffer.len() / 2;
    let tail = &buffer[floor..];
    let paragraph = tail.windows(2).rposition(|w| w == b"\n\n").map(|i| i + 2);
    let line = || tail.iter().rposition(|b| *b == b'\n').map(|i| i + 1);
    let blank = || {
        tail.iter()
            .rposition(u8::is_ascii_whitespace)
            .map(|i| i + 1)
    };
    match paragraph.or_else(line).or_else(blank) {
        Some(at) => floor + at,
        None => {
            let mut at = buffer.len();
            while at > 0 && at + 4 > buffer.len() && buffer[at - 1] >= 0x80 {
                at -= 1;
            }
            at
        }
    }
}

fn whole(
    file: &mut File,
    mut buffer: Vec<u8>,
    path: &Path,
    speech: &mut Speech,
    each: &mut dyn FnMut(&str, &mut Speech),
) -> Result<(), Diagnostic> {
    file.take(WHOLE)
        .read_to_end(&mut buffer)
        .map_err(|e| unreadable(path, &e))?;
    if buffer.len() as u64 > WHOLE {
        buffer.truncate(WHOLE as usize);
        speech.problems.push(too_large());
    }
    let (text, problems) = super::pages::plain(&buffer);
    speech.problems.extend(problems);
    each(&text, speech);
    Ok(())
}

pub(super) fn too_large() -> Diagnostic {
    let mib = WHOLE >> 20;
    Diagnostic::warning(TOO_LARGE, format!("only the first {mib} MiB are read"))
        .note("HTML, PDF, UTF-16 and newspaper pages are read whole, so their size has a limit")
        .help("split the file; plain UTF-8 speeches of any size are scored piece by piece")
}
