//! The types of operators.

use raison_core::predicate::{Arith, BoolId, Bytes, Compare, NumberId, Slot, TextId, Vocabulary};

use super::ast::{Binary, Expr, Kind};
use super::check::{Checker, Value};
use super::codes;

impl Checker<'_, '_, '_> {
    pub fn not(&mut self, inner: &Expr, at: Bytes) -> Value {
        match self.expr(inner) {
            Value::Bool(id) => Value::Bool(self.build.not(id, at)),
            Value::Bad => Value::Bad,
            other => {
                let list = matches!(other, Value::List(_)).then(|| self.written(inner.at));
                let help = list.map(|list| format!("an empty list is `size({list}) == 0`"));
                self.wrong_operand("!", "true or false", &other, inner.at, help)
            }
        }
    }

    pub fn negative(&mut self, inner: &Expr, at: Bytes) -> Value {
        match self.expr(inner) {
            Value::Number(id) => Value::Number(self.build.negative(id, at)),
            Value::Bad => Value::Bad,
            other => {
                let help = matches!(other, Value::Bool(_))
                    .then(|| "the opposite of a condition is written `!`".to_owned());
                self.wrong_operand("-", "a number", &other, inner.at, help)
            }
        }
    }

    fn wrong_operand(
        &mut self,
        sign: &str,
        wanted: &str,
        value: &Value,
        at: Bytes,
        help: Option<String>,
    ) -> Value {
        let written = self.written(at);
        let message = format!(
            "`{sign}` needs {wanted}, and `{written}` is {}",
            value.words()
        );
        self.error(codes::WRONG_TYPE, at, message, help)
    }

    pub fn logic(&mut self, parts: &[Expr], at: Bytes, and: bool) -> Value {
        let sign = if and { "&&" } else { "||" };
        let mut ids: Vec<BoolId> = Vec::with_capacity(parts.len());
        for part in parts {
            match self.expr(part) {
                Value::Bool(id) => ids.push(id),
                Value::Bad => {}
                other => {
                    let help = self.missing_comparison(parts, &other);
                    self.wrong_operand(sign, "true or false", &other, part.at, help);
                }
            }
        }
        if ids.len() < parts.len() {
            return Value::Bad;
        }
        Value::Bool(match and {
            true => self.build.and(&ids, at),
            false => self.build.or(&ids, at),
        })
    }

    /// `x == "a" || "b"`: the second comparison was left out.
    fn missing_comparison(&self, parts: &[Expr], value: &Value) -> Option<String> {
        let Kind::Binary(Binary::Compare(_), left, _) = &parts.first()?.kind else {
            return None;
        };
        let left = self.written(left.at);
        matches!(value, Value::Text(_) | Value::Number(_))
            .then(|| format!("say every comparison in full, or `{left} in [\"…\", \"…\"]`"))
    }

    pub fn choice(&mut self, condition: &Expr, a: &Expr, b: &Expr, at: Bytes) -> Value {
        let (c, x, y) = (self.expr(condition), self.expr(a), self.expr(b));
        let c = match c {
            Value::Bool(id) => Some(id),
            Value::Bad => None,
            other => {
                self.wrong_operand("?", "true or false before it", &other, condition.at, None);
                None
            }
        };
        let (first, second) = (x.words(), y.words());
        match (c, x, y) {
            (_, Value::Bad, _) | (_, _, Value::Bad) => Value::Bad,
            (Some(c), Value::Bool(x), Value::Bool(y)) => {
                Value::Bool(self.build.if_bool(c, x, y, at))
            }
            (Some(c), Value::Number(x), Value::Number(y)) => {
                Value::Number(self.build.if_number(c, x, y, at))
            }
            (Some(c), Value::Text(x), Value::Text(y)) => {
                Value::Text(self.build.if_text(c, x, y, at))
            }
            (Some(c), Value::List(x), Value::List(y)) => {
                Value::List(self.build.if_list(c, x, y, at))
            }
            (_, Value::Numbers(_), Value::Numbers(_)) => {
                self.unsupported(at, "choices between lists of numbers", None)
            }
            (None, _, _) if first == second => Value::Bad,
            _ => {
                let message = format!(
                    "both sides of `:` are of one type; here one is {first}, the other {second}"
                );
                self.error(codes::WRONG_TYPE, at, message, None)
            }
        }
    }

    pub fn binary(&mut self, op: Binary, a: &Expr, b: &Expr, whole: &Expr) -> Value {
        if op == Binary::In
            && let Some(path) = b.path()
            && self.vocabulary.find(&path).is_none()
            && self.vocabulary.is_group(&path)
        {
            return self.in_group(a, &path, whole.at);
        }
        let (x, y) = (self.expr(a), self.expr(b));
        if x.is_bad() || y.is_bad() {
            return Value::Bad;
        }
        match op {
            Binary::Compare(how) => self.compare(how, (a, &x), (b, &y), whole.at),
            Binary::Arith(how) => self.arith(how, (a, &x), (b, &y), whole.at),
            Binary::In => self.is_in((a, &x), (b, &y), whole.at),
        }
    }

    fn two_types(
        &mut self,
        op: Binary,
        a: Side,
        b: Side,
        at: Bytes,
        help: Option<String>,
    ) -> Value {
        let left = format!("`{}` ({})", self.written(a.0.at), a.1.words());
        let right = format!("`{}` ({})", self.written(b.0.at), b.1.words());
        let sign = op.sign();
        let message = match op {
            Binary::Compare(_) => format!("`{sign}` cannot compare {left} with {right}"),
            Binary::Arith(_) => format!("`{sign}` needs two numbers, not {left} and {right}"),
            Binary::In => format!("`in` cannot look for {left} in {right}"),
        };
        self.error(codes::WRONG_TYPE, at, message, help)
    }

    fn compare(&mut self, how: Compare, a: Side, b: Side, at: Bytes) -> Value {
        let equality = matches!(how, Compare::Equal | Compare::NotEqual);
        match (a.1, b.1) {
            (&Value::Number(x), &Value::Number(y)) => {
                self.same_name(
                    how,
                    self.build.number_slot(x),
                    self.build.number_slot(y),
                    at,
                );
                self.range(how, x, y, at);
                Value::Bool(self.build.compare_numbers(how, x, y, at))
            }
            (&Value::Text(x), &Value::Text(y)) => {
                self.same_name(how, self.build.text_slot(x), self.build.text_slot(y), at);
                if equality {
                    self.word(x, y, b.0.at);
                    self.word(y, x, a.0.at);
                }
                Value::Bool(self.build.compare_texts(how, x, y, at))
            }
            (&Value::Bool(x), &Value::Bool(y)) if equality => {
                Value::Bool(self.build.same_bools(how == Compare::Equal, x, y, at))
            }
            _ => self.no_comparison(how, a, b, at),
        }
    }

    fn no_comparison(&mut self, how: Compare, a: Side, b: Side, at: Bytes) -> Value {
        let sign = Binary::Compare(how).sign();
        let help = match (a.1, b.1) {
            (Value::Bool(_), _) if is_comparison(a.0) => self.between(a.0, sign, b.0),
            (Value::Bool(_), Value::Bool(_)) => {
                Some("only numbers and texts have an order".to_owned())
            }
            (Value::List(_), Value::List(_)) => {
                Some("compare lists with `all` and `in`: `a.all(x, x in b)`".to_owned())
            }
            (Value::Text(_), Value::List(_)) => self.in_help(a.0, b.0),
            (Value::List(_), Value::Text(_)) => self.in_help(b.0, a.0),
            (Value::Number(_), Value::Text(t)) | (Value::Text(t), Value::Number(_)) => {
                let text = self.build.known_text(*t).unwrap_or("");
                let number = text.parse::<f64>().is_ok();
                number.then(|| format!("a number has no quotes: `{text}`"))
            }
            _ => None,
        };
        self.two_types(Binary::Compare(how), a, b, at, help)
    }

    fn in_help(&self, item: &Expr, list: &Expr) -> Option<String> {
        let (item, list) = (self.written(item.at), self.written(list.at));
        Some(format!("write `{item} in {list}`"))
    }

    /// `0 < x < 1`.
    fn between(&self, left: &Expr, sign: &str, right: &Expr) -> Option<String> {
        let Kind::Binary(_, _, middle) = &left.kind else {
            return None;
        };
        let (first, middle) = (self.written(left.at), self.written(middle.at));
        let last = self.written(right.at);
        Some(format!("write `{first} && {middle} {sign} {last}`"))
    }

    /// `x > x`.
    fn same_name(&mut self, how: Compare, a: Option<Slot>, b: Option<Slot>, at: Bytes) {
        if a.is_some() && a == b {
            self.always(at, how.holds(&0, &0));
        }
    }

    fn word(&mut self, name: TextId, text: TextId, at: Bytes) {
        let text = self.build.known_text(text).map(str::to_owned);
        if let (Some(slot), Some(text)) = (self.build.text_slot(name), text) {
            self.check_word(slot, &text, at);
        }
    }

    /// Comparisons with a number that the name never reaches.
    fn range(&mut self, how: Compare, a: NumberId, b: NumberId, at: Bytes) {
        let (name, how, bound) = match (self.build.number_slot(a), self.build.number_slot(b)) {
            (Some(name), None) => (name, how, self.build.known_number(b)),
            (None, Some(name)) => (name, how.turned(), self.build.known_number(a)),
            _ => return,
        };
        let variable = self.vocabulary.variable(name);
        let Some((variable, (least, greatest))) = variable.and_then(|v| Some((v, v.range?))) else {
            return;
        };
        let Some(value) = bound.and_then(|b| decided(how, least, greatest, b)) else {
            return;
        };
        let written = self.written(at);
        let name = Vocabulary::spelling(&variable.name);
        let message =
            format!("`{written}` is always {value}: `{name}` runs from {least} to {greatest}");
        self.warn(codes::OUT_OF_RANGE, at, message, None);
    }

    fn arith(&mut self, how: Arith, a: Side, b: Side, at: Bytes) -> Value {
        match (a.1, b.1) {
            (&Value::Number(x), &Value::Number(y)) => self.numbers(how, x, y, b.0, at),
            (&Value::Text(x), &Value::Text(y)) if how == Arith::Add => self.join(x, y, at),
            (Value::List(_) | Value::Numbers(_), Value::List(_) | Value::Numbers(_))
                if how == Arith::Add =>
            {
                let help = "ask twice: `x in a || x in b`";
                self.unsupported(at, "joining of lists with `+`", Some(help))
            }
            _ => {
                let condition = matches!(a.1, Value::Bool(_)) || matches!(b.1, Value::Bool(_));
                let help = condition
                    .then(|| "to count a condition, write `(condition ? 1 : 0)`".to_owned());
                self.two_types(Binary::Arith(how), a, b, at, help)
            }
        }
    }

    fn numbers(
        &mut self,
        how: Arith,
        x: NumberId,
        y: NumberId,
        divisor: &Expr,
        at: Bytes,
    ) -> Value {
        let divides = matches!(how, Arith::Divide | Arith::Rest);
        if divides && self.build.known_number(y) == Some(0.0) {
            let message = "a number is divided by zero".to_owned();
            return self.error(codes::DIVISION, divisor.at, message, None);
        }
        Value::Number(self.build.arith(how, x, y, at))
    }

    fn join(&mut self, x: TextId, y: TextId, at: Bytes) -> Value {
        let known = self.build.known_text(x).zip(self.build.known_text(y));
        match known.map(|(x, y)| format!("{x}{y}")) {
            Some(text) => Value::Text(self.build.text_constant(&text, at)),
            None => {
                let help = "ask for both parts: `x.startsWith(\"…\") && x.endsWith(\"…\")`";
                self.unsupported(at, "joining of texts with `+`", Some(help))
            }
        }
    }

    fn is_in(&mut self, a: Side, b: Side, at: Bytes) -> Value {
        match (a.1, b.1) {
            (&Value::Text(x), &Value::List(list)) => {
                let text = self.build.known_text(x).map(str::to_owned);
                if let (Some(slot), Some(text)) = (self.build.list_slot(list), text) {
                    self.check_word(slot, &text, a.0.at);
                }
                self.words_of(x, b.0);
                Value::Bool(self.build.is_in(x, list, at))
            }
            (&Value::Number(x), Value::Numbers(items)) => {
                Value::Bool(self.build.is_in_numbers(x, items, at))
            }
            (Value::Number(_), Value::List(list)) if self.build.list_slot(*list).is_none() => {
                self.empty_or_wrong(a, b, at)
            }
            (Value::Text(_), Value::Text(_)) => {
                let (part, text) = (self.written(a.0.at), self.written(b.0.at));
                let help = format!("write `{text}.contains({part})`");
                self.two_types(Binary::In, a, b, at, Some(help))
            }
            (Value::List(_), Value::List(_)) => {
                let (some, all) = (self.written(a.0.at), self.written(b.0.at));
                let help =
                    format!("write `{some}.all(x, x in {all})`, or `exists` for any of them");
                self.two_types(Binary::In, a, b, at, Some(help))
            }
            _ => self.two_types(Binary::In, a, b, at, None),
        }
    }

    /// `1 in []` is false; `1 in ["a"]` is a mistake.
    fn empty_or_wrong(&mut self, a: Side, b: Side, at: Bytes) -> Value {
        match &b.0.kind {
            Kind::List(items) if items.is_empty() => {
                Value::Bool(self.build.bool_constant(false, at))
            }
            _ => self.two_types(Binary::In, a, b, at, None),
        }
    }

    /// Words of a written list that the name on the left never is.
    fn words_of(&mut self, name: TextId, list: &Expr) {
        let (Some(slot), Kind::List(items)) = (self.build.text_slot(name), &list.kind) else {
            return;
        };
        for item in items {
            if let Kind::Text(text) = &item.kind {
                self.check_word(slot, text, item.at);
            }
        }
    }

    /// `"trade" in effects`.
    fn in_group(&mut self, a: &Expr, path: &str, at: Bytes) -> Value {
        let name = match &a.kind {
            Kind::Text(text) => Vocabulary::spelling(&format!("{path}.{text}")),
            _ => format!("{path}[\"…\"]"),
        };
        let message = format!("`{path}` is a group of names, not a list");
        let help = format!("to ask whether a value is there, write `has({name})`");
        self.error(codes::WRONG_TYPE, at, message, Some(help))
    }
}

/// An operand with its value.
type Side<'a> = (&'a Expr, &'a Value);

fn is_comparison(expr: &Expr) -> bool {
    matches!(expr.kind, Kind::Binary(Binary::Compare(_), ..))
}

/// What a comparison of all numbers from `least` to `greatest` with `bound` gives, where
/// it gives the same for all.
fn decided(how: Compare, least: f64, greatest: f64, bound: f64) -> Option<bool> {
    let (low, high) = (how.holds(&least, &bound), how.holds(&greatest, &bound));
    let outside = bound < least || bound > greatest;
    match how {
        Compare::Equal | Compare::NotEqual => outside.then_some(low),
        _ => (low == high).then_some(low),
    }
}
