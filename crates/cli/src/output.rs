//! Standard output, standard error, and files written whole or not at all.

use crate::failure::Failure;
use clap::ValueEnum;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// How a result is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading.
    Text,
    /// For programs: one document at full precision.
    Json,
}

/// Whether standard output takes colour.
pub fn colour() -> bool {
    io::stdout().is_terminal() && wanted()
}

/// Whether standard error takes colour.
pub fn colour_of_errors() -> bool {
    io::stderr().is_terminal() && wanted()
}

fn wanted() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|t| t != "dumb")
}

/// Prints to standard output. A reader that has gone away, as in `raison list | head`,
/// is no failure.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match written {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(Failure::Ours(format!(
            "standard output cannot be written: {e}"
        ))),
        _ => Ok(()),
    }
}

/// Prints to standard error, come what may.
pub fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Text in lines of at most 80 columns; further lines are indented by two more.
pub fn wrap(text: &str, indent: &str) -> String {
    let deeper = match indent {
        "" => String::new(),
        some => format!("{some}  "),
    };
    let (mut out, mut line, mut words) = (String::new(), indent.to_owned(), 0);
    for word in text.split_whitespace() {
        if words > 0 && line.chars().count() + word.chars().count() > 80 {
            out.push_str(line.trim_end());
            out.push('\n');
            line = deeper.clone();
            words = 0;
        }
        line.push_str(word);
        line.push(' ');
        words += 1;
    }
    out.push_str(line.trim_end());
    out.push('\n');
    out
}

/// A number in at most nine columns; what would read as zero without being it is written
/// with a power of ten.
pub fn cell(x: f64, signed: bool) -> String {
    let digits = match x.abs() {
        a if a >= 10_000.0 => 0,
        a if a >= 100.0 => 1,
        a if a >= 10.0 => 2,
        _ => 4,
    };
    match (x == 0.0, x.abs() < 5e-5, signed) {
        (true, _, _) => "0".to_owned(),
        (_, true, true) => format!("{x:+.0e}"),
        (_, true, false) => format!("{x:.0e}"),
        (_, _, true) => format!("{x:+.digits$}"),
        (_, _, false) => format!("{x:.digits$}"),
    }
}

/// Of intervals of 95 % that luck can move, how many would leave out 0 by chance if
/// nothing differed.
pub fn by_chance(moving: usize) -> f64 {
    0.05 * moving as f64
}

/// What is to be borne in mind where many intervals are read at once.
pub fn chance_note(clear: usize, moving: usize) -> String {
    format!(
        "{clear} differences are marked; {moving} intervals are of a kind that luck can move. If \
         nothing differed, about {:.1} of these would be marked by chance, one in twenty; \
         measures hang together, so such marks come in clusters. Differences below a millionth \
         of the base's values are rounding: they are written as 0 and never marked.",
        by_chance(moving)
    )
}

/// A heading, bold where there is colour.
pub fn bold(text: &str) -> String {
    if colour() {
        format!("\x1b[1m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}

/// Prints, or writes to a file where one is given.
pub fn deliver(text: &str, out: Option<&Path>) -> Result<(), Failure> {
    match out {
        None => print(text),
        Some(path) => write(path, text.as_bytes()),
    }
}

/// Writes a file whole or not at all: into a new file beside it that then takes its
/// name. What is no regular file, such as `/dev/null`, is written to as it is.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let special = fs::metadata(path).is_ok_and(|m| !m.is_file());
    let done = if special {
        OpenOptions::new()
            .write(true)
            .open(path)
            .and_then(|mut f| f.write_all(bytes))
    } else {
        replace(path, bytes)
    };
    done.map_err(|e| not_written(path, &e))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = beside(path).ok_or(io::Error::from(ErrorKind::IsADirectory))?;
    let whole = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&beside)
        .and_then(|mut f| f.write_all(bytes).and_then(|()| f.sync_all()))
        .and_then(|()| fs::rename(&beside, path));
    if whole
        .as_ref()
        .is_err_and(|e| e.kind() != ErrorKind::AlreadyExists)
    {
        let _ = fs::remove_file(&beside);
    }
    whole
}

fn beside(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_string_lossy();
    Some(path.with_file_name(format!(".{name}.{}.part", std::process::id())))
}

fn not_written(path: &Path, error: &io::Error) -> Failure {
    let shown = path.display();
    let text = match error.kind() {
        ErrorKind::NotFound => format!("`{shown}` cannot be written: there is no such folder"),
        ErrorKind::PermissionDenied => format!("`{shown}` may not be written by you"),
        ErrorKind::IsADirectory => format!("`{shown}` is a folder: name a file in it"),
        ErrorKind::StorageFull => {
            return Failure::Ours(format!("`{shown}` cannot be written: {error}"));
        }
        _ => format!("`{shown}` cannot be written: {error}"),
    };
    Failure::Request(text)
}
