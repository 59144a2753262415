//! Numbers and lists made of other values.

use std::sync::Arc;

use super::super::code::{Arith, ListId, Number, NumberId, TextId, Texts};
use super::super::symbol::List;
use super::{Builder, Bytes, MOST_MADE_ITEMS, Meta, next};

impl Builder<'_> {
    /// `-a`.
    pub fn negative(&mut self, a: NumberId, at: Bytes) -> NumberId {
        let meta = self.meta(at, 1, &[self.n(a)]);
        let node = match self.known_number(a) {
            Some(value) => Number::Constant(-value),
            None => Number::Negative(a),
        };
        self.push_number(node, meta)
    }

    /// `int(a)`: without the digits after the point.
    pub fn whole(&mut self, a: NumberId, at: Bytes) -> NumberId {
        let meta = self.meta(at, 1, &[self.n(a)]);
        let node = match self.known_number(a) {
            Some(value) => Number::Constant(value.trunc()),
            None => Number::Whole(a),
        };
        self.push_number(node, meta)
    }

    /// `a + b` and its kin.
    pub fn arith(&mut self, how: Arith, a: NumberId, b: NumberId, at: Bytes) -> NumberId {
        let own = if how == Arith::Rest { 4 } else { 1 };
        let meta = self.meta(at, own, &[self.n(a), self.n(b)]);
        let known = self
            .known_number(a)
            .zip(self.known_number(b))
            .and_then(|(a, b)| how.of(a, b));
        let node = match known {
            Some(value) => Number::Constant(value),
            None => Number::Arith(how, a, b),
        };
        self.push_number(node, meta)
    }

    /// `size(text)`: characters (Unicode code points).
    pub fn text_size(&mut self, a: TextId, at: Bytes) -> NumberId {
        let meta = self.meta(at, 1, &[self.t(a)]);
        let node = match self.known_text(a) {
            Some(text) => Number::Constant(text.chars().count() as f64),
            None => Number::TextSize(a),
        };
        self.push_number(node, meta)
    }

    /// `size(list)`: items.
    pub fn list_size(&mut self, a: ListId, at: Bytes) -> NumberId {
        let meta = self.meta(at, 1, &[self.l(a)]);
        let node = match self.list_node(a) {
            Some(Texts::Constant(_, written)) => Number::Constant(f64::from(written)),
            _ => Number::ListSize(a),
        };
        self.push_number(node, meta)
    }

    /// `[a, b, …]` of texts. Items that are not constants are at most
    /// [`MOST_MADE_ITEMS`] in number together with the constants beside them.
    pub fn list(&mut self, items: &[TextId], at: Bytes) -> ListId {
        let metas: Vec<Meta> = items.iter().map(|&i| self.t(i)).collect();
        let meta = self.meta(at, 1, &metas);
        let known: Option<Vec<&str>> = items.iter().map(|&i| self.known_text(i)).collect();
        let node = match known {
            Some(texts) => {
                let list = List::new(self.vocabulary.interner(), texts);
                self.constant_list(list, items.len())
            }
            None => {
                self.too_big |= items.len() > MOST_MADE_ITEMS;
                Texts::Made(self.push_run(items.iter().map(|i| i.0)))
            }
        };
        self.push_list(node, meta)
    }

    fn constant_list(&mut self, list: Option<List>, written: usize) -> Texts {
        let index = next(self.nodes.lists.len(), &mut self.too_big);
        let written = next(written, &mut self.too_big);
        match list {
            Some(list) => self.nodes.lists.push(Arc::new(list)),
            None => self.too_big = true,
        }
        Texts::Constant(index, written)
    }
}
