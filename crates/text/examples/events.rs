//! Prints the events of text files.

use raison_text::clause::Coder;
use raison_text::events::{EventWords, events};
use raison_text::names::Names;

fn main() -> std::io::Result<()> {
    let words = EventWords::shipped();
    let coder = Coder::new(&words.lexicon());
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(path)?;
        let found = events(&text, &coder, &Names::shipped(), &words);
        for e in found.dated.iter().chain(&found.undated) {
            let codes = |p: &[raison_text::events::Party]| {
                p.iter().map(|p| p.code.clone()).collect::<Vec<_>>()
            };
            println!(
                "{:?} {} {:?} -> {:?} ({}) {:?} {}\n    {}",
                e.date.as_ref().map(|d| d.iso()),
                e.category,
                codes(&e.sources),
                codes(&e.targets),
                e.trigger.text,
                e.location.as_ref().map(|l| &l.text),
                e.confidence,
                e.sentence.text
            );
        }
        for u in found.unresolved {
            println!("open: {} ({})", u.place.text, u.why);
        }
    }
    Ok(())
}
