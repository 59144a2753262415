//! What may stand once only: ids, ties of two states, sponsorships.

use super::codes;
use crate::table::Context;
use raison_core::{Diagnostic, Span};
use std::collections::BTreeMap;

/// Keys that were read, with their places.
pub struct Seen<K> {
    places: BTreeMap<K, Span>,
    again: usize,
}

impl<K: Ord> Seen<K> {
    /// Nothing is read yet.
    pub fn new() -> Self {
        Seen {
            places: BTreeMap::new(),
            again: 0,
        }
    }

    /// Notes a key; one that was there is reported with both places. Returns what to add to
    /// the path of its numbers: a repeated item is still checked, but what it says never
    /// takes the place of what the first one said.
    pub fn note(
        &mut self,
        key: K,
        at: Span,
        what: &str,
        help: &str,
        ctx: &mut Context<'_>,
    ) -> String {
        let Some(first) = self.places.get(&key) else {
            self.places.insert(key, at);
            return String::new();
        };
        ctx.report(
            Diagnostic::error(codes::TWICE, format!("{what} stands twice"))
                .at(at, "again here")
                .also(*first, "first here")
                .help(help),
        );
        self.again += 1;
        format!("again{}.", self.again)
    }
}
