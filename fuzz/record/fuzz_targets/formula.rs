//! Any text as a model formula and as a filter.
#![no_main]

use libfuzzer_sys::fuzz_target;
use raison_record::filter::Conjunction;
use raison_record::stats::formula::Formula;

fuzz_target!(|text: &str| {
    if let Ok(formula) = Formula::parse(text) {
        let mut row = Vec::new();
        formula.row(&vec![1.5; formula.variables.len()], &mut row);
    }
    let _ = Conjunction::parse(text);
});
