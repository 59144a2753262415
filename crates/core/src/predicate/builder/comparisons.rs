//! Comparisons, `in`, searches and loops.

use super::super::code::{
    Bool, BoolId, Compare, ListId, Number, NumberId, Quantifier, Search, Text, TextId, Texts,
};
use super::super::symbol::MOST_ITEMS;
use super::{Builder, Bytes, IN_COST, MOST_LOOPS, TEXT_COST};

impl Builder<'_> {
    /// `a == b` (`same`) or `a != b` of true-or-false values.
    pub fn same_bools(&mut self, same: bool, a: BoolId, b: BoolId, at: Bytes) -> BoolId {
        let meta = self.meta(at, 1, &[self.b(a), self.b(b)]);
        let node = match (self.known_bool(a), self.known_bool(b)) {
            (Some(a), Some(b)) => Bool::Constant((a == b) == same),
            _ => Bool::Same(same, a, b),
        };
        self.push_bool(node, meta)
    }

    /// A comparison of numbers.
    pub fn compare_numbers(&mut self, how: Compare, a: NumberId, b: NumberId, at: Bytes) -> BoolId {
        use Number::{Constant, Slot};
        let meta = self.meta(at, 1, &[self.n(a), self.n(b)]);
        let node = match (self.number_node(a), self.number_node(b)) {
            (Some(Constant(a)), Some(Constant(b))) => Bool::Constant(how.holds(&a, &b)),
            (Some(Slot(slot)), Some(Constant(value))) => Bool::SlotNumber(how, slot, value),
            (Some(Constant(value)), Some(Slot(slot))) => {
                Bool::SlotNumber(how.turned(), slot, value)
            }
            _ => Bool::Numbers(how, a, b),
        };
        self.push_bool(node, meta)
    }

    /// A comparison of texts; the order is that of Unicode code points.
    pub fn compare_texts(&mut self, how: Compare, a: TextId, b: TextId, at: Bytes) -> BoolId {
        use Text::{Constant, Slot};
        let equality = matches!(how, Compare::Equal | Compare::NotEqual);
        let same = how == Compare::Equal;
        let own = if equality { 1 } else { TEXT_COST };
        let meta = self.meta(at, own, &[self.t(a), self.t(b)]);
        let node = match (self.text_node(a), self.text_node(b)) {
            (Some(Constant(a)), Some(Constant(b))) => {
                let texts = self.vocabulary.interner();
                Bool::Constant(how.holds(texts.text(a), texts.text(b)))
            }
            (Some(Slot(slot)), Some(Constant(text))) | (Some(Constant(text)), Some(Slot(slot)))
                if equality =>
            {
                Bool::SlotText(same, slot, text)
            }
            _ => Bool::Texts(how, a, b),
        };
        self.push_bool(node, meta)
    }

    /// `a.startsWith(b)`, `a.endsWith(b)`, `a.contains(b)`.
    pub fn search(&mut self, how: Search, a: TextId, b: TextId, at: Bytes) -> BoolId {
        let meta = self.meta(at, TEXT_COST, &[self.t(a), self.t(b)]);
        let node = match (self.known_text(a), self.known_text(b)) {
            (Some(a), Some(b)) => Bool::Constant(how.finds(a, b)),
            _ => Bool::Search(how, a, b),
        };
        self.push_bool(node, meta)
    }

    /// `a in list`.
    pub fn is_in(&mut self, a: TextId, list: ListId, at: Bytes) -> BoolId {
        let meta = self.meta(at, IN_COST, &[self.t(a), self.l(list)]);
        let node = match (self.text_node(a), self.list_node(list)) {
            (Some(Text::Constant(text)), Some(Texts::Slot(slot))) => Bool::InSlot(text, slot),
            (Some(Text::Constant(text)), Some(Texts::Constant(index, _))) => {
                let list = self.nodes.lists.get(usize::from(index));
                Bool::Constant(list.is_some_and(|l| l.holds(text)))
            }
            (_, Some(Texts::Constant(_, 0))) => Bool::Constant(false),
            _ => Bool::In(a, list),
        };
        self.push_bool(node, meta)
    }

    /// `a in [x, y, …]` for numbers.
    pub fn is_in_numbers(&mut self, a: NumberId, items: &[NumberId], at: Bytes) -> BoolId {
        let mut metas = vec![self.n(a)];
        metas.extend(items.iter().map(|&i| self.n(i)));
        let meta = self.meta(at, 1, &metas);
        let known: Option<Vec<f64>> = items.iter().map(|&i| self.known_number(i)).collect();
        let node = match (self.known_number(a), known) {
            (Some(a), Some(items)) => Bool::Constant(items.contains(&a)),
            (None, Some(items)) if items.is_empty() => Bool::Constant(false),
            _ => Bool::InNumbers(a, self.push_run(items.iter().map(|i| i.0))),
        };
        self.push_bool(node, meta)
    }

    /// `list.exists(x, condition)` and its kin; the condition reads the item as
    /// [`Builder::loop_item`] of the same depth.
    pub fn quantified(
        &mut self,
        how: Quantifier,
        depth: u8,
        list: ListId,
        condition: BoolId,
        at: Bytes,
    ) -> BoolId {
        self.too_big |= depth >= MOST_LOOPS;
        let mut meta = self.meta(at, 2, &[self.l(list), self.b(condition)]);
        let rounds = self.most_items(list);
        meta.cost = self
            .l(list)
            .cost
            .saturating_add(rounds.saturating_mul(self.b(condition).cost.saturating_add(2)));
        let node = match (how, self.known_bool(condition), rounds) {
            (Quantifier::All, Some(true), _) if self.is_constant(list) => Bool::Constant(true),
            (Quantifier::All, _, 0) => Bool::Constant(true),
            (Quantifier::Exists, Some(false), _) if self.is_constant(list) => Bool::Constant(false),
            (Quantifier::Exists | Quantifier::ExistsOne, _, 0) => Bool::Constant(false),
            _ => Bool::Quantified(how, depth, list, condition),
        };
        self.push_bool(node, meta)
    }

    fn is_constant(&self, list: ListId) -> bool {
        matches!(self.list_node(list), Some(Texts::Constant(..)))
    }

    /// The most items that a list can have.
    fn most_items(&self, list: ListId) -> u64 {
        match self.list_node(list) {
            Some(Texts::Constant(_, written)) => u64::from(written),
            Some(Texts::Made(run)) => u64::from(run.length),
            _ => MOST_ITEMS as u64,
        }
    }
}
