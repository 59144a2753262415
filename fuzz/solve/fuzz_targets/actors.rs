//! Any text is refused with places inside it, or becomes a sound table.
//! `cargo fuzz run --fuzz-dir fuzz/solve actors` runs it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use raison_core::{Problems, SourceMap};
use raison_files::actors;

fuzz_target!(|text: &str| {
    let mut sources = SourceMap::new();
    let file = sources.add("x", text);
    let mut problems = Problems::new();
    let read = actors::read(file, text, &mut problems);
    assert_eq!(read.is_none(), problems.has_errors());
    for label in problems.as_slice().iter().filter_map(|p| p.primary.as_ref()) {
        assert!(label.span.end as usize <= text.len().max(1) + 1);
    }
    let Some(table) = read else { return };
    assert_eq!(table.positions.len(), table.actors.len() * table.issues.len());
    assert!(table.salience.iter().all(|s| s.ends().0 >= 0.0 && s.ends().1 <= 1.0));
});
