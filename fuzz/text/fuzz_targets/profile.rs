//! Any text is scored without a panic; indices lie in their ranges; what is traced lies in the
//! text. `cargo fuzz run --fuzz-dir fuzz/text profile` runs it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use raison_text::profile::{Profile, Scheme, Scorer, SpeechCounts};
use std::sync::OnceLock;

fn scheme() -> &'static Scheme {
    static SCHEME: OnceLock<Scheme> = OnceLock::new();
    SCHEME.get_or_init(|| Scheme::shipped(raison_text::names::Names::shipped().find("USA")))
}

fuzz_target!(|bytes: &[u8]| {
    let (text, _) = raison_text::decode::decode(bytes);
    let (mut counts, mut trace) = (SpeechCounts::default(), Vec::new());
    Scorer::new(scheme()).piece(&text, &mut counts, Some((&mut trace, 0)));
    for clause in trace.iter().flat_map(|t| &t.clauses) {
        assert!(text.get(clause.verb.0..clause.verb.1).is_some());
    }
    let profile = Profile::new(&[counts], 20, 1);
    for value in profile.indices.values().iter().flatten() {
        assert!((-1.0..=1.0).contains(value), "{value}");
    }
    for score in profile.traits.iter().flatten() {
        assert!((0.0..=1.0).contains(score), "{score}");
    }
});
