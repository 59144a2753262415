//! `!`, `&&`, `||` and choices.

use super::super::code::{Bool, BoolId, ListId, Number, NumberId, Text, TextId, Texts};
use super::{Builder, Bytes, Meta};

impl Builder<'_> {
    /// `!a`.
    pub fn not(&mut self, a: BoolId, at: Bytes) -> BoolId {
        let meta = self.meta(at, 1, &[self.b(a)]);
        let node = match self.bool_node(a) {
            Some(Bool::Constant(value)) => Bool::Constant(!value),
            _ => Bool::Not(a),
        };
        self.push_bool(node, meta)
    }

    /// `a && b && …`; true where there are none.
    pub fn and(&mut self, parts: &[BoolId], at: Bytes) -> BoolId {
        self.connect(parts, at, true)
    }

    /// `a || b || …`; false where there are none.
    pub fn or(&mut self, parts: &[BoolId], at: Bytes) -> BoolId {
        self.connect(parts, at, false)
    }

    fn connect(&mut self, parts: &[BoolId], at: Bytes, neutral: bool) -> BoolId {
        let known = |b: &Self, p: &BoolId| b.known_bool(*p);
        if parts.iter().any(|p| known(self, p) == Some(!neutral)) {
            return self.bool_constant(!neutral, at);
        }
        let open: Vec<BoolId> = parts
            .iter()
            .copied()
            .filter(|p| known(self, p).is_none())
            .collect();
        match open.as_slice() {
            [] => self.bool_constant(neutral, at),
            [one] => *one,
            _ => {
                let metas: Vec<Meta> = open.iter().map(|&p| self.b(p)).collect();
                let meta = self.meta(at, 1, &metas);
                let run = self.push_run(open.iter().map(|p| p.0));
                self.push_bool(
                    if neutral {
                        Bool::And(run)
                    } else {
                        Bool::Or(run)
                    },
                    meta,
                )
            }
        }
    }

    /// `condition ? a : b` over true or false.
    pub fn if_bool(&mut self, condition: BoolId, a: BoolId, b: BoolId, at: Bytes) -> BoolId {
        match self.known_bool(condition) {
            Some(true) => a,
            Some(false) => b,
            None => {
                let meta = self.meta(at, 1, &[self.b(condition), self.b(a), self.b(b)]);
                self.push_bool(Bool::If(condition, a, b), meta)
            }
        }
    }

    /// `condition ? a : b` over numbers.
    pub fn if_number(
        &mut self,
        condition: BoolId,
        a: NumberId,
        b: NumberId,
        at: Bytes,
    ) -> NumberId {
        match self.known_bool(condition) {
            Some(true) => a,
            Some(false) => b,
            None => {
                let meta = self.meta(at, 1, &[self.b(condition), self.n(a), self.n(b)]);
                self.push_number(Number::If(condition, a, b), meta)
            }
        }
    }

    /// `condition ? a : b` over texts.
    pub fn if_text(&mut self, condition: BoolId, a: TextId, b: TextId, at: Bytes) -> TextId {
        match self.known_bool(condition) {
            Some(true) => a,
            Some(false) => b,
            None => {
                let meta = self.meta(at, 1, &[self.b(condition), self.t(a), self.t(b)]);
                self.push_text(Text::If(condition, a, b), meta)
            }
        }
    }

    /// `condition ? a : b` over lists of texts.
    pub fn if_list(&mut self, condition: BoolId, a: ListId, b: ListId, at: Bytes) -> ListId {
        match self.known_bool(condition) {
            Some(true) => a,
            Some(false) => b,
            None => {
                let meta = self.meta(at, 1, &[self.b(condition), self.l(a), self.l(b)]);
                self.push_list(Texts::If(condition, a, b), meta)
            }
        }
    }
}
