//! `raison events`: dated events from a page.

use super::read::{look, page};
use crate::failure::Failure;
use crate::output::{Format, deliver};
use clap::Args;
use raison::report::pages;
use raison::text::clause::Coder;
use raison::text::events::{EventWords, events};
use raison::text::names::Names;
use std::path::PathBuf;

/// Find dated events in a text: who did what to whom, when and where
#[derive(Args)]
pub struct EventsArgs {
    /// The text or page
    file: PathBuf,
    /// Write the result to a file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// How to print the result
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

/// Runs the verb.
pub fn run(args: EventsArgs) -> Result<(), Failure> {
    let (read, warnings) = page(&args.file)?;
    let words = EventWords::shipped();
    let coder = Coder::new(&words.lexicon());
    let found = events(&read.text, &coder, &Names::shipped(), &words);
    let text = match args.format {
        Format::Text => pages::events_text(&found, look(args.out.as_deref())),
        Format::Json => {
            let file = args.file.display().to_string();
            format!("{:#}\n", pages::events_json(&found, &file, &warnings))
        }
    };
    deliver(&text, args.out.as_deref())
}
