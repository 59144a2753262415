//! What one evaluation of a predicate takes, and how it grows with length.

use divan::{Bencher, black_box};
use raison_core::predicate::{Place, Program, Slots, Type, Vocabulary};
use raison_core::{FileId, Problems, Span};
use raison_files::predicate::compile;

fn main() {
    divan::main();
}

const SHORT: &str = "situation.threat > 0.6";
const COMMON: &str = r#"situation.threat > 0.6 && !("force" in alternative.tags)"#;
const LONG: &str = r#"situation.threat > 0.6 && world.year >= 1945
    && (decider.state in ["USA", "USR", "GBR"] || alternative.id.startsWith("block"))
    && (has(effects.autonomy) ? effects.autonomy + situation.threat * 2 > 1 : false)"#;
const LOOP: &str = r#"alternative.tags.exists(t, t.startsWith("force"))"#;
/// The costliest kind that the checker lets through: every pair of two full lists.
const WORST: &str = "alternative.tags.all(t, decider.allies.all(a, a != t && t != a))";

fn vocabulary() -> Vocabulary {
    let mut v = Vocabulary::new();
    for (name, kind) in [
        ("situation.threat", Type::Double),
        ("alternative.tags", Type::Strings),
        ("alternative.id", Type::String),
        ("decider.state", Type::String),
        ("decider.allies", Type::Strings),
        ("world.year", Type::Double),
        ("effects.autonomy", Type::Double),
    ] {
        v.add(name, kind, "").expect("a good name");
    }
    v
}

fn slots(v: &Vocabulary, items: usize) -> Slots {
    let slot = |name| v.find(name).expect("a name of the vocabulary");
    let mut s = v.slots();
    s.set_number(slot("situation.threat"), 0.8);
    s.set_number(slot("world.year"), 1962.0);
    s.set_number(slot("effects.autonomy"), -0.25);
    s.set_text(slot("alternative.id"), "blockade");
    s.set_text(slot("decider.state"), "CHN");
    let words = |letter: char| (0..items).map(move |i| format!("{letter}{i}"));
    s.set_texts(slot("alternative.tags"), words('t'))
        .expect("no long list");
    s.set_texts(slot("decider.allies"), words('a'))
        .expect("no long list");
    s
}

fn program(v: &Vocabulary, text: &str) -> Program {
    let place = Place::plain(Span::new(FileId(0), 0, text.len()));
    compile(text, &place, v, &mut Problems::new()).expect("a good predicate")
}

fn evaluate(bencher: Bencher, text: &str, items: usize) {
    let v = vocabulary();
    let (program, slots) = (program(&v, text), slots(&v, items));
    assert!(program.eval(&slots).is_ok());
    bencher.bench_local(|| black_box(&program).eval(black_box(&slots)));
}

#[divan::bench(sample_size = 4096)]
fn short(bencher: Bencher) {
    evaluate(bencher, SHORT, 4);
}

#[divan::bench(sample_size = 4096)]
fn common(bencher: Bencher) {
    evaluate(bencher, COMMON, 4);
}

#[divan::bench(sample_size = 4096)]
fn long(bencher: Bencher) {
    evaluate(bencher, LONG, 4);
}

#[divan::bench(args = [4, 16, 64, 256])]
fn loop_over_items(bencher: Bencher, items: usize) {
    evaluate(bencher, LOOP, items);
}

#[divan::bench]
fn worst(bencher: Bencher) {
    evaluate(bencher, WORST, 256);
}

/// Comparisons joined with `&&`, all of them true.
#[divan::bench(args = [1, 2, 4, 8, 16, 32, 64, 128])]
fn conjunction(bencher: Bencher, parts: usize) {
    let parts: Vec<&str> = std::iter::repeat_n(SHORT, parts).collect();
    evaluate(bencher, &parts.join(" && "), 4);
}

/// Checking and compiling a text of this many comparisons.
#[divan::bench(args = [1, 2, 4, 8, 16, 32, 64, 128])]
fn compiling(bencher: Bencher, parts: usize) {
    let v = vocabulary();
    let parts: Vec<&str> = std::iter::repeat_n(SHORT, parts).collect();
    let text = parts.join(" && ");
    bencher.bench_local(|| program(&v, black_box(&text)));
}
