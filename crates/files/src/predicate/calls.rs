//! Functions, methods and loops.

use raison_core::predicate::{Bytes, ListId, MOST_LOOPS, Quantifier, Search};

use super::ast::{Expr, Kind, Word};
use super::check::{Checker, Item, Value};
use super::codes;
use super::suggest::nearest;

const FUNCTIONS: [&str; 4] = ["has", "size", "double", "int"];
const METHODS: [&str; 7] = [
    "startsWith",
    "endsWith",
    "contains",
    "size",
    "exists",
    "all",
    "exists_one",
];

/// Functions of CEL and its usual extensions that predicates leave out.
const LEFT_OUT: [&str; 54] = [
    "abs",
    "bool",
    "bytes",
    "charAt",
    "cel",
    "dyn",
    "duration",
    "existsOne",
    "exists_unique",
    "filter",
    "first",
    "flatten",
    "format",
    "getDate",
    "getDayOfMonth",
    "getDayOfWeek",
    "getDayOfYear",
    "getFullYear",
    "getHours",
    "getMilliseconds",
    "getMinutes",
    "getMonth",
    "getSeconds",
    "indexOf",
    "isSorted",
    "join",
    "last",
    "lastIndexOf",
    "lowerAscii",
    "map",
    "matches",
    "max",
    "min",
    "optional",
    "quote",
    "range",
    "replace",
    "reverse",
    "slice",
    "sort",
    "split",
    "string",
    "substring",
    "sum",
    "timestamp",
    "transformList",
    "transformMap",
    "transformMapEntry",
    "trim",
    "type",
    "uint",
    "upperAscii",
    "value",
    "hasValue",
];

/// The extensions of CEL whose functions have a prefix.
const LIBRARIES: [&str; 8] = [
    "math", "strings", "sets", "lists", "base64", "regex", "optional", "proto",
];

impl Checker<'_, '_, '_> {
    pub fn function(&mut self, expr: &Expr, word: &Word, arguments: &[Expr]) -> Value {
        match word.text.as_str() {
            "has" => self.has(expr, word, arguments),
            "size" => self.size(word, arguments, expr.at),
            "double" => self.conversion(word, arguments, expr.at, false),
            "int" => self.conversion(word, arguments, expr.at, true),
            _ => self.unknown_function(word, arguments, false),
        }
    }

    fn unknown_function(&mut self, word: &Word, arguments: &[Expr], method: bool) -> Value {
        let name = word.text.as_str();
        if LEFT_OUT.contains(&name) {
            let help = left_out_help(name);
            return self.unsupported(word.at, &format!("`{name}()`"), help);
        }
        let (mine, others): (&[&str], &[&str]) = match method {
            true => (&METHODS, &FUNCTIONS),
            false => (&FUNCTIONS, &METHODS),
        };
        let help = if others.contains(&name) {
            Some(self.turned(name, arguments, method))
        } else {
            let near = nearest(name, mine.iter().chain(others).copied());
            let known = || format!("there are {}", mine.join(", "));
            Some(near.map_or_else(known, |near| format!("did you mean `{near}`?")))
        };
        let message = format!("unknown function `{name}`");
        self.error(codes::UNKNOWN_FUNCTION, word.at, message, help)
    }

    /// A function called as a method, or the other way round.
    fn turned(&self, name: &str, arguments: &[Expr], method: bool) -> String {
        let first = arguments.first().map_or("list", |a| self.written(a.at));
        match (method, name) {
            (true, _) => format!("write `{name}(…)`"),
            (false, "exists" | "all" | "exists_one") => format!("write `{first}.{name}(x, …)`"),
            (false, _) => format!("write `{first}.{name}(\"…\")`"),
        }
    }

    fn count(&mut self, word: &Word, arguments: &[Expr], wanted: usize, form: &str) -> bool {
        if arguments.len() == wanted {
            return true;
        }
        let (name, given) = (&word.text, arguments.len());
        let values = if wanted == 1 { "value" } else { "values" };
        let are = if given == 1 { "is" } else { "are" };
        let message = format!("`{name}` takes {wanted} {values}, and {given} {are} given");
        self.error(
            codes::ARGUMENTS,
            word.at,
            message,
            Some(format!("write `{form}`")),
        );
        false
    }

    fn has(&mut self, expr: &Expr, word: &Word, arguments: &[Expr]) -> Value {
        let [name] = arguments else {
            self.count(word, arguments, 1, "has(situation.threat)");
            return Value::Bad;
        };
        if self.is_item(name) || name.path().is_none() {
            let message = "`has` asks for a name of the vocabulary".to_owned();
            let help = Some("write `has(situation.threat)`".to_owned());
            return self.error(codes::ARGUMENTS, name.at, message, help);
        }
        match self.asked(name) {
            Some(slot) => Value::Bool(self.build.has(slot, name.at, expr.at)),
            None => Value::Bad,
        }
    }

    fn size(&mut self, word: &Word, arguments: &[Expr], at: Bytes) -> Value {
        let [argument] = arguments else {
            self.count(word, arguments, 1, "size(alternative.tags)");
            return Value::Bad;
        };
        let value = self.expr(argument);
        self.size_of(&value, argument, at)
    }

    fn size_of(&mut self, value: &Value, of: &Expr, at: Bytes) -> Value {
        match value {
            Value::Text(id) => Value::Number(self.build.text_size(*id, at)),
            Value::List(id) => Value::Number(self.build.list_size(*id, at)),
            Value::Numbers(items) => {
                Value::Number(self.build.number_constant(items.len() as f64, at))
            }
            Value::Bad => Value::Bad,
            other => self.wrong_value("size", "a text or a list", other, of.at),
        }
    }

    fn wrong_value(&mut self, name: &str, wanted: &str, value: &Value, at: Bytes) -> Value {
        let written = self.written(at);
        let message = format!(
            "`{name}` needs {wanted}, and `{written}` is {}",
            value.words()
        );
        self.error(codes::WRONG_TYPE, at, message, None)
    }

    fn conversion(&mut self, word: &Word, arguments: &[Expr], at: Bytes, whole: bool) -> Value {
        let [argument] = arguments else {
            self.count(word, arguments, 1, &format!("{}(world.year)", word.text));
            return Value::Bad;
        };
        match self.expr(argument) {
            Value::Number(id) if whole => Value::Number(self.build.whole(id, at)),
            Value::Number(id) => Value::Number(id),
            Value::Bad => Value::Bad,
            other => self.wrong_value(&word.text, "a number", &other, argument.at),
        }
    }

    pub fn method(&mut self, expr: &Expr, on: &Expr, word: &Word, arguments: &[Expr]) -> Value {
        match word.text.as_str() {
            "exists" => self.quantified(Quantifier::Exists, on, word, arguments, expr.at),
            "all" => self.quantified(Quantifier::All, on, word, arguments, expr.at),
            "exists_one" => self.quantified(Quantifier::ExistsOne, on, word, arguments, expr.at),
            "startsWith" => self.search(Search::Start, on, word, arguments, expr.at),
            "endsWith" => self.search(Search::End, on, word, arguments, expr.at),
            "contains" => self.search(Search::Anywhere, on, word, arguments, expr.at),
            "size" => {
                if !self.count(word, arguments, 0, "alternative.tags.size()") {
                    return Value::Bad;
                }
                let value = self.expr(on);
                self.size_of(&value, on, expr.at)
            }
            _ if on.path().is_some_and(|p| LIBRARIES.contains(&p.as_str())) => {
                let name = format!("`{}.{}()`", self.written(on.at), word.text);
                self.unsupported(expr.at, &name, left_out_help(&word.text))
            }
            _ => self.unknown_function(word, arguments, true),
        }
    }

    fn search(&mut self, how: Search, on: &Expr, word: &Word, args: &[Expr], at: Bytes) -> Value {
        let name = word.text.as_str();
        let receiver = self.expr(on);
        let form = format!("{}.{name}(\"…\")", self.written(on.at));
        if !self.count(word, args, 1, &form) {
            return Value::Bad;
        }
        let [argument] = args else {
            return Value::Bad;
        };
        let needle = self.expr(argument);
        match (&receiver, &needle) {
            (Value::Bad, _) | (_, Value::Bad) => Value::Bad,
            (&Value::Text(a), &Value::Text(b)) => Value::Bool(self.build.search(how, a, b, at)),
            (Value::List(_), _) => self.search_in_list(name, on, argument),
            (Value::Text(_), other) => self.wrong_value(name, "a text", other, argument.at),
            (other, _) => self.wrong_value(name, "a text", other, on.at),
        }
    }

    fn search_in_list(&mut self, name: &str, on: &Expr, argument: &Expr) -> Value {
        let (list, wanted) = (self.written(on.at), self.written(argument.at));
        let message = format!("`{name}` looks into a text, and `{list}` is a list of texts");
        let help = match name {
            "contains" => format!("write `{wanted} in {list}`"),
            _ => format!("write `{list}.exists(x, x.{name}({wanted}))`"),
        };
        self.error(codes::WRONG_TYPE, on.at, message, Some(help))
    }

    fn quantified(
        &mut self,
        how: Quantifier,
        on: &Expr,
        word: &Word,
        arguments: &[Expr],
        at: Bytes,
    ) -> Value {
        let receiver = self.expr(on);
        let name = word.text.as_str();
        let [variable, condition] = arguments else {
            let form = format!("{}.{name}(x, …)", self.written(on.at));
            self.count(word, arguments, 2, &form);
            return Value::Bad;
        };
        let Kind::Name(item) = &variable.kind else {
            let message = format!("`{name}` takes first a name for the item");
            let help = format!("write `{}.{name}(x, …)`", self.written(on.at));
            return self.error(codes::ARGUMENTS, variable.at, message, Some(help));
        };
        let list = match receiver {
            Value::List(list) => Some(list),
            Value::Bad => None,
            Value::Numbers(_) => {
                let help = Some("write the comparisons out, or use `in`");
                self.unsupported(on.at, "loops over lists of numbers", help);
                None
            }
            other => {
                self.wrong_value(name, "a list of texts", &other, on.at);
                None
            }
        };
        self.rounds(how, list, item, condition, at)
    }

    fn rounds(
        &mut self,
        how: Quantifier,
        list: Option<ListId>,
        item: &str,
        condition: &Expr,
        at: Bytes,
    ) -> Value {
        let depth = u8::try_from(self.loops.len()).unwrap_or(u8::MAX);
        if depth >= MOST_LOOPS {
            let message = format!("at most {MOST_LOOPS} loops may stand inside each other");
            return self.error(codes::TOO_BIG, at, message, None);
        }
        self.loops.push(Item {
            name: item.to_owned(),
            known: list.is_some(),
        });
        let value = self.expr(condition);
        self.loops.pop();
        match (list, value) {
            (Some(list), Value::Bool(body)) => {
                let id = self.build.quantified(how, depth, list, body, at);
                let cost = self.build.cost(id);
                if self.costliest.is_none_or(|(most, _)| cost >= most) {
                    self.costliest = Some((cost, at));
                }
                Value::Bool(id)
            }
            (_, Value::Bad) | (None, Value::Bool(_)) => Value::Bad,
            (_, other) => {
                let written = self.written(condition.at);
                let message = format!(
                    "the condition of a loop is true or false, and `{written}` is {}",
                    other.words()
                );
                self.error(codes::WRONG_TYPE, condition.at, message, None)
            }
        }
    }
}

fn left_out_help(name: &str) -> Option<&'static str> {
    Some(match name {
        "matches" => "use `startsWith`, `endsWith` or `contains`",
        "filter" | "map" => "ask with `exists`, `all` or `exists_one`",
        "existsOne" | "exists_unique" => "write `exists_one`",
        "lowerAscii" | "upperAscii" => "the texts of the vocabulary are compared as they stand",
        "greatest" => "write `(a > b ? a : b)`",
        "least" => "write `(a < b ? a : b)`",
        "abs" => "write `(x < 0 ? -x : x)`",
        "uint" => "use `int`",
        "getFullYear" | "timestamp" => "the year is a number: `world.year`",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_both_there_and_left_out() {
        assert!(
            LEFT_OUT
                .iter()
                .all(|n| !FUNCTIONS.contains(n) && !METHODS.contains(n))
        );
    }
}
