//! `raison draft doctrine`: a doctrine file proposed from an article.

use super::read::page;
use crate::failure::Failure;
use crate::output::deliver;
use clap::{Args, Subcommand};
use raison::core::{Code, Diagnostic, FileId, SourceMap, Span};
use raison::text::draft::{Rules, draft, to_toml};
use raison::text::names::Names;
use raison::text::page::Article;
use raison::words::Read;
use std::ops::Range;
use std::path::PathBuf;

/// Propose a file from a text, for a person to edit
#[derive(Args)]
pub struct DraftArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Principles, pillars and aims of a doctrine, each with the words that support it
    Doctrine(DoctrineArgs),
}

#[derive(Args)]
struct DoctrineArgs {
    /// The page with the article
    file: PathBuf,
    /// The state whose doctrine it is, by name or three-letter code
    #[arg(long, value_name = "STATE")]
    state: String,
    /// Write the draft to a file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Runs the verb.
pub fn run(args: DraftArgs) -> Result<(), Failure> {
    match args.what {
        What::Doctrine(args) => doctrine(&args),
    }
}

fn doctrine(args: &DoctrineArgs) -> Result<(), Failure> {
    let names = Names::shipped();
    let state = names.resolve(&args.state).map_err(refused)?;
    let (read, _) = page(&args.file)?;
    let article = longest(&read).ok_or_else(|| refused(no_article(args)))?;
    let code = names.code_of(state);
    let draft = draft(&read.text, article, code, &names, &Rules::shipped());
    let mut sources = SourceMap::new();
    let name = args.file.display().to_string();
    let file = sources.add(name.clone(), read.text.clone());
    let place = |span: &Range<usize>| sources.place(at(file, span));
    deliver(&to_toml(&draft, &name, &place), args.out.as_deref())
}

fn at(file: FileId, span: &Range<usize>) -> Span {
    Span::new(file, span.start, span.end)
}

/// The article with the most words.
fn longest(read: &Read) -> Option<&Article> {
    let words = |a: &&Article| -> usize {
        a.body
            .iter()
            .map(|b| b.part().text.split_whitespace().count())
            .sum()
    };
    read.page
        .articles
        .iter()
        .max_by_key(words)
        .filter(|a| words(a) > 0)
}

fn no_article(args: &DoctrineArgs) -> Diagnostic {
    let shown = args.file.display();
    Diagnostic::error(Code("R4040"), format!("`{shown}` holds no article"))
        .note("a draft is made from the longest article of a page")
        .help("`raison read` shows what the page holds")
}

fn refused(problem: Diagnostic) -> Failure {
    Failure::Input {
        problems: vec![problem],
        sources: SourceMap::new(),
    }
}
