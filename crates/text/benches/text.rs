//! Text to indices, bootstrap draws, pages: speed, and its growth with length.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use raison_text::page::{Format, read};
use raison_text::profile::{Profile, Scheme, Scorer, SpeechCounts};

fn main() {
    divan::main();
}

/// A speech made up from sentence patterns: about `n` × 10,000 words.
fn speech(n: usize) -> String {
    let sentences = [
        "We will defend our friends and help every nation that asks for aid.",
        "The government of the neighbouring state has attacked our ships, and its leaders threaten war.",
        "I recommend to the Congress a treaty that was signed in March 1911 by both governments.",
        "They did not accept the proposal which the United States had offered; they rejected it.",
        "It is a matter of great importance that commerce between these countries should be protected by law.",
    ];
    let words: usize = sentences.iter().map(|s| s.split(' ').count()).sum();
    sentences.join(" ").repeat(n * 10_000 / words + 1)
}

#[divan::bench(args = [1, 4, 16])]
fn words_to_indices(bencher: Bencher<'_, '_>, n: usize) {
    let (text, scheme) = (speech(n), Scheme::shipped(None));
    let mut scorer = Scorer::new(&scheme);
    let words = scorer.speech(&text).words;
    bencher
        .counter(ItemsCount::new(words))
        .bench_local(|| scorer.speech(black_box(&text)));
}

#[divan::bench(args = [1, 4, 16])]
fn one_endless_line_without_stops(bencher: Bencher<'_, '_>, n: usize) {
    let text = speech(n).replace(['.', ';'], " and ");
    let scheme = Scheme::shipped(None);
    let mut scorer = Scorer::new(&scheme);
    bencher.bench_local(|| scorer.speech(black_box(&text)));
}

#[divan::bench(args = [1, 4, 16])]
fn open_brackets_and_quotes(bencher: Bencher<'_, '_>, n: usize) {
    let text = "[ \" “ word ".repeat(n * 10_000);
    let scheme = Scheme::shipped(None);
    let mut scorer = Scorer::new(&scheme);
    bencher.bench_local(|| scorer.speech(black_box(&text)));
}

#[divan::bench(args = [1, 10, 250])]
fn thousand_draws(bencher: Bencher<'_, '_>, speeches: usize) {
    let scheme = Scheme::shipped(None);
    let one = Scorer::new(&scheme).speech(&speech(1));
    let counts: Vec<SpeechCounts> = vec![one; speeches];
    bencher.bench_local(|| Profile::new(black_box(&counts), 1000, 1));
}

#[divan::bench(args = [1, 4, 16])]
fn page_of_text(bencher: Bencher<'_, '_>, n: usize) {
    let text =
        "# A head\n\nBy Ann B. Writer\n\nA paragraph [x](y) of text.\n\n8 >\n\n".repeat(n * 1000);
    bencher.bench_local(|| read(black_box(&text), Format::Text));
}

#[divan::bench(args = [1, 4, 16])]
fn page_of_broken_html(bencher: Bencher<'_, '_>, n: usize) {
    let text = "<div <p class=\"x <a href='".repeat(n * 4000);
    bencher.bench_local(|| read(black_box(&text), Format::Html));
}
