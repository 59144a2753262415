//! Prints the draft of a doctrine from a page: `draft PAGE STATE`.

use raison_text::draft::{Rules, draft, to_toml};
use raison_text::names::Names;
use raison_text::page::{Format, read};

fn main() -> std::io::Result<()> {
    let args: Vec<String> = std::env::args().collect();
    let [_, path, state] = &args[..] else {
        eprintln!("usage: draft PAGE STATE");
        return Ok(());
    };
    let text = std::fs::read_to_string(path)?;
    let (page, _) = read(&text, Format::guess(&text));
    let longest = page.articles.iter().max_by_key(|a| a.body.len());
    if let Some(article) = longest {
        let d = draft(&text, article, state, &Names::shipped(), &Rules::shipped());
        print!(
            "{}",
            to_toml(&d, path, &|s| format!("{}..{}", s.start, s.end))
        );
    }
    Ok(())
}
