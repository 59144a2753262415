//! Any text is refused with places inside it, or becomes a sound game.
//! `cargo fuzz run --fuzz-dir fuzz/solve efg` runs it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use raison_core::{Problems, SourceMap};
use raison_files::efg;

fuzz_target!(|text: &str| {
    let mut sources = SourceMap::new();
    let file = sources.add("x", text);
    let mut problems = Problems::new();
    let read = efg::read(file, text, &mut problems);
    assert_eq!(read.is_none(), problems.has_errors());
    for label in problems.as_slice().iter().filter_map(|p| p.primary.as_ref()) {
        assert!(label.span.end as usize <= text.len().max(1) + 1);
    }
    let Some(tree) = read.filter(|t| t.nodes().len() <= 256) else { return };
    let _ = tree.has_perfect_recall();
    let _ = raison_games::extensive_form::subgame_perfect(&tree);
});
