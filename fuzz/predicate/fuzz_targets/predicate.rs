//! Any text is either refused with a message whose places lie inside it, or it becomes a
//! program that evaluates and explains itself alike. `cargo fuzz run --fuzz-dir
//! fuzz/predicate predicate` runs it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use raison_core::predicate::{Outcome, Place, Slots, Type, Vocabulary};
use raison_core::{FileId, Problems, Span};
use raison_files::predicate::{compile, names, place_in_toml};

fn vocabulary() -> Vocabulary {
    let mut v = Vocabulary::new();
    for (name, kind) in [
        ("a.n", Type::Double),
        ("a.m", Type::Double),
        ("a.t", Type::String),
        ("a.l", Type::Strings),
        ("b.l", Type::Strings),
        ("b.y", Type::Bool),
        ("b.z-z", Type::Bool),
    ] {
        v.add(name, kind, "").expect("a good name");
    }
    v
}

fn slots(v: &Vocabulary) -> Slots {
    let mut s = v.slots();
    for (name, set) in [
        ("a.n", (|s, x| s.set_number(x, 0.5)) as fn(&mut Slots, _)),
        ("a.t", |s, x| s.set_text(x, "abc")),
        ("a.l", |s, x| s.set_texts(x, ["a", "b"]).expect("short")),
        ("b.y", |s, x| s.set_bool(x, true)),
    ] {
        let slot = v.find(name).expect("a name of the vocabulary");
        set(&mut s, slot);
    }
    s
}

fuzz_target!(|text: &str| {
    let v = vocabulary();
    let span = Span::new(FileId(0), 0, text.len());
    let place = Place::plain(span);
    let mut problems = Problems::new();
    let program = compile(text, &place, &v, &mut problems);
    assert_eq!(program.is_none(), problems.has_errors());
    for label in problems.as_slice().iter().flat_map(|p| &p.primary) {
        let range = label.span.start as usize..label.span.end as usize;
        assert!(text.get(range).is_some());
    }
    if let Some(program) = program {
        for slots in [slots(&v), v.slots()] {
            let expected = match program.eval(&slots) {
                Ok(value) => Outcome::Bool(value),
                Err(error) => Outcome::Error(error),
            };
            assert_eq!(program.explain(&slots).outcome, expected);
        }
    }
    names(text);
    place_in_toml(text, span, text);
});
