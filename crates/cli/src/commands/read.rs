//! `raison read`: a page into articles.

use crate::failure::{Failure, print_problems};
use crate::output::{self, Format, deliver};
use clap::Args;
use raison::core::{Diagnostic, SourceMap};
use raison::report::{Look, pages};
use raison::words::{Read, read_page};
use std::path::{Path, PathBuf};

/// Read a page of text, Markdown, HTML or PDF into articles, teasers and captions
#[derive(Args)]
pub struct ReadArgs {
    /// The page
    file: PathBuf,
    /// Write the result to a file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// How to print the result
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

/// Runs the verb.
pub fn run(args: ReadArgs) -> Result<(), Failure> {
    let (read, warnings) = page(&args.file)?;
    let text = match args.format {
        Format::Text => pages::page_text(&read.page, look(args.out.as_deref())),
        Format::Json => {
            let file = args.file.display().to_string();
            format!("{:#}\n", pages::page_json(&read.page, &file, &warnings))
        }
    };
    deliver(&text, args.out.as_deref())
}

/// Reads a page; warnings go to standard error and come back as sentences.
pub fn page(path: &Path) -> Result<(Read, Vec<String>), Failure> {
    let read = read_page(path);
    let named: Vec<Diagnostic> = read.problems.iter().map(|p| named(p, path)).collect();
    if named.iter().any(Diagnostic::is_error) {
        return Err(Failure::Input {
            problems: named,
            sources: SourceMap::new(),
        });
    }
    print_problems(&SourceMap::new(), &named);
    let warnings = read.problems.iter().map(|p| p.message.clone()).collect();
    Ok((read, warnings))
}

fn named(problem: &Diagnostic, path: &Path) -> Diagnostic {
    let shown = path.display().to_string();
    let mut problem = problem.clone();
    if !problem.message.contains(&shown) {
        problem.message = format!("`{shown}`: {}", problem.message);
    }
    problem
}

/// Width and colour of what is printed.
pub fn look(out: Option<&Path>) -> Look {
    Look {
        width: 80,
        colour: out.is_none() && output::colour(),
    }
}
