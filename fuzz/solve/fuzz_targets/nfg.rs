//! Any text is refused with places inside it, or becomes a sound game.
//! `cargo fuzz run --fuzz-dir fuzz/solve nfg` runs it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use raison_core::{Problems, SourceMap};
use raison_files::nfg;

fuzz_target!(|text: &str| {
    let mut sources = SourceMap::new();
    let file = sources.add("x", text);
    let mut problems = Problems::new();
    let read = nfg::read(file, text, &mut problems);
    assert_eq!(read.is_none(), problems.has_errors());
    for label in problems.as_slice().iter().filter_map(|p| p.primary.as_ref()) {
        assert!(label.span.end as usize <= text.len().max(1) + 1);
    }
    let Some(game) = read.filter(|g| g.profiles() <= 4096) else { return };
    let profile: Vec<Vec<f64>> =
        game.sizes().iter().map(|k| vec![1.0 / *k as f64; *k]).collect();
    assert!(game.regret(&profile) >= 0.0 || game.regret(&profile).is_nan());
    let _ = raison_games::normal_form::pure_nash(&game);
});
