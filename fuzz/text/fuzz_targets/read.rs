//! Any bytes are read as a page, drafted from and searched for events without a panic, and the
//! parts of a text page are the page. `cargo fuzz run --fuzz-dir fuzz/text read` runs it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use raison_text::clause::Coder;
use raison_text::draft::{Rules, draft, to_toml};
use raison_text::events::{EventWords, events};
use raison_text::names::Names;
use raison_text::page::{Format, pdf, read};
use std::sync::OnceLock;

struct Kit {
    names: Names,
    rules: Rules,
    words: EventWords,
    coder: Coder,
}

fn kit() -> &'static Kit {
    static KIT: OnceLock<Kit> = OnceLock::new();
    KIT.get_or_init(|| {
        let words = EventWords::shipped();
        let coder = Coder::new(&words.lexicon());
        Kit {
            names: Names::shipped(),
            rules: Rules::shipped(),
            words,
            coder,
        }
    })
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fuzz_target!(|bytes: &[u8]| {
    let kit = kit();
    if bytes.starts_with(b"%PDF") {
        pdf::text(bytes);
    }
    let (text, _) = raison_text::decode::decode(bytes);
    let (page, _) = read(&text, Format::Text);
    let mut spans: Vec<_> = page.parts().map(|p| p.span.clone()).collect();
    spans.sort_by_key(|s| s.start);
    let joined: String = spans.into_iter().map(|s| &text[s]).collect();
    assert_eq!(bare(&joined), bare(&text));
    for article in &page.articles {
        let d = draft(&text, article, "USA", &kit.names, &kit.rules);
        to_toml(&d, "page", &|s| s.start.to_string());
    }
    events(&text, &kit.coder, &kit.names, &kit.words);
    read(&text, Format::Html);
});
