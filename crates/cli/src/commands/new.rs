//! `raison new`: commented scaffolds.

use crate::failure::Failure;
use crate::output::{self, print};
use clap::{Args, ValueEnum};
use raison::files::{Kind, table};
use raison::scaffold;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Write a commented scaffold of a case, doctrine, leader or world
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct NewArgs {
    /// What to write
    #[arg(value_enum)]
    what: What,
    /// Its id: lower-case letters, digits and hyphens
    name: String,
    /// Where to write it [default: ./NAME/ for a case, ./NAME.toml otherwise]; an existing
    /// folder takes it in
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  raison new case berlin-1961         writes a folder: case.toml, players.csv …
  raison new doctrine ostpolitik      writes ostpolitik.toml
  raison new leader brandt --out leaders/brandt-1970.toml
  raison new world three-states       writes three-states.toml

Nothing is overwritten. `raison check PATH` accepts what is written.";

#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// A decision: a folder with case.toml, players.csv and notes.md
    Case,
    /// Principles that bar, weigh and release, and pillars
    Doctrine,
    /// A profile of scores
    Leader,
    /// States in a system of ties, to simulate
    World,
}

impl What {
    fn kind(self) -> Kind {
        match self {
            What::Case => Kind::Case,
            What::Doctrine => Kind::Doctrine,
            What::Leader => Kind::Leader,
            What::World => Kind::World,
        }
    }
}

/// Runs the verb.
pub fn run(args: NewArgs) -> Result<(), Failure> {
    let kind = args.what.kind();
    let place = place(&args, kind)?;
    let id = id_at(&place, kind);
    check_id(&id)?;
    if place.symlink_metadata().is_ok() {
        return Err(Failure::Request(format!(
            "`{}` exists already; nothing was written\n\
             help: name another place with --out PATH",
            place.display()
        )));
    }
    write(&place, kind, &id)?;
    print(&next(&place, kind))
}

fn place(args: &NewArgs, kind: Kind) -> Result<PathBuf, Failure> {
    let own = match kind {
        Kind::Case => args.name.clone(),
        _ => format!("{}.toml", args.name),
    };
    match &args.out {
        Some(out) if out.is_dir() => {
            check_id(&args.name)?;
            Ok(out.join(own))
        }
        Some(out) => Ok(out.clone()),
        None => {
            check_id(&args.name)?;
            Ok(PathBuf::from(own))
        }
    }
}

/// The id that a place gives: the name of the folder, or of the file without ending.
fn id_at(place: &Path, kind: Kind) -> String {
    let name = match kind {
        Kind::Case => place.file_name(),
        _ => place.file_stem(),
    };
    name.unwrap_or_default().to_string_lossy().into_owned()
}

fn check_id(id: &str) -> Result<(), Failure> {
    if table::is_id(id) {
        return Ok(());
    }
    let near = scaffold::id_of(id);
    let help = if table::is_id(&near) {
        format!("\nhelp: `{near}` would do")
    } else {
        String::new()
    };
    Err(Failure::Request(format!(
        "`{id}` is no id: ids are made of lower-case letters, digits and hyphens{help}"
    )))
}

fn write(place: &Path, kind: Kind, id: &str) -> Result<(), Failure> {
    let files = scaffold::files(kind, id);
    if kind != Kind::Case {
        return files
            .iter()
            .try_for_each(|(_, text)| output::write(place, text.as_bytes()));
    }
    std::fs::create_dir(place).map_err(|e| not_made(place, &e))?;
    files
        .iter()
        .try_for_each(|(name, text)| output::write(&place.join(name), text.as_bytes()))
}

fn not_made(place: &Path, error: &std::io::Error) -> Failure {
    let shown = place.display();
    Failure::Request(match error.kind() {
        ErrorKind::NotFound => {
            format!("`{shown}` cannot be made: the folder around it does not exist")
        }
        ErrorKind::PermissionDenied => format!("`{shown}` may not be made by you"),
        _ => format!("`{shown}` cannot be made: {error}"),
    })
}

fn next(place: &Path, kind: Kind) -> String {
    let shown = place.display();
    match kind {
        Kind::Case => format!(
            "Wrote {shown}/case.toml, players.csv and notes.md.\n\
             Next: edit them, then `raison check {shown}` and `raison analyze {shown}`.\n"
        ),
        Kind::Doctrine => format!(
            "Wrote {shown}.\n\
             Next: edit it, then `raison check {shown}` and\n\
             `raison analyze CASE --doctrine {shown}`.\n"
        ),
        Kind::World => format!(
            "Wrote {shown}.\n\
             Next: edit it, then `raison check {shown}` and\n\
             `raison simulate {shown} --years 10 --runs 100 --out DIR`.\n"
        ),
        _ => format!(
            "Wrote {shown}.\n\
             Next: edit it, then `raison check {shown}` and\n\
             `raison analyze CASE --leader {shown}`.\n"
        ),
    }
}
