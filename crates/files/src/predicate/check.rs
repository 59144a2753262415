//! Names and types; the tree to a program.

use raison_core::predicate::{
    BoolId, Builder, Bytes, ListId, NumberId, Program, Slot, TextId, Type, Vocabulary,
};
use raison_core::{Code, Diagnostic};

use super::ast::{Expr, Foreign, Kind};
use super::suggest::nearest_name;
use super::{Found, MOST_COST, codes};

/// What a part of the predicate stands for.
#[derive(Clone, Debug)]
pub enum Value {
    Bool(BoolId),
    Number(NumberId),
    Text(TextId),
    List(ListId),
    /// A written list of numbers.
    Numbers(Vec<NumberId>),
    /// It has an error that has been reported.
    Bad,
}

impl Value {
    /// In the user's words.
    pub fn words(&self) -> &'static str {
        match self {
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list of texts",
            Value::Numbers(_) => "a list of numbers",
            Value::Bad => "unknown",
        }
    }

    pub fn is_bad(&self) -> bool {
        matches!(self, Value::Bad)
    }
}

/// The program of a tree; `None` where it has errors, which are then reported.
pub fn check(
    ast: &Expr,
    text: &str,
    vocabulary: &Vocabulary,
    found: &mut Found,
) -> Option<Program> {
    let mut checker = Checker {
        text,
        build: Builder::new(vocabulary),
        vocabulary,
        found,
        loops: Vec::new(),
        constants: 0,
        costliest: None,
    };
    let value = checker.expr(ast);
    let root = checker.condition(&value, ast)?;
    checker.cost(root, ast);
    let Checker { build, found, .. } = checker;
    if found.has_errors() {
        return None;
    }
    let program = build.finish(root, text, found.place.clone());
    if let Err(problem) = &program {
        let span = found.place.span();
        found.push(Diagnostic::error(codes::TOO_BIG, problem.to_string()).at(span, ""));
    }
    program.ok()
}

/// The variable of a loop.
pub struct Item {
    pub name: String,
    /// False where the list has an error, so that nothing is known of its items.
    pub known: bool,
}

pub struct Checker<'a, 'f, 'p> {
    pub text: &'a str,
    pub build: Builder<'a>,
    pub vocabulary: &'a Vocabulary,
    pub found: &'f mut Found<'p>,
    /// The variables of the loops around the part being checked.
    pub loops: Vec<Item>,
    /// How many constant conditions were reported.
    constants: usize,
    /// The loop that costs most.
    pub costliest: Option<(u64, Bytes)>,
}

impl<'a> Checker<'a, '_, '_> {
    pub fn written(&self, at: Bytes) -> &'a str {
        self.text
            .get(at.start as usize..at.end as usize)
            .unwrap_or("")
    }

    /// Reports an error at a place.
    pub fn error(&mut self, code: Code, at: Bytes, message: String, help: Option<String>) -> Value {
        let span = self.found.span(at);
        self.found
            .push(Diagnostic::error(code, message).at(span, "").help_if(help));
        Value::Bad
    }

    pub fn warn(&mut self, code: Code, at: Bytes, message: String, help: Option<String>) {
        let span = self.found.span(at);
        self.found.push(
            Diagnostic::warning(code, message)
                .at(span, "")
                .help_if(help),
        );
    }

    pub fn unsupported(&mut self, at: Bytes, what: &str, help: Option<&str>) -> Value {
        let message = format!("predicates have no {what}");
        let span = self.found.span(at);
        self.found.push(
            Diagnostic::error(codes::UNSUPPORTED, message)
                .at(span, "")
                .note("this is a part of CEL that predicates leave out")
                .help_if(help.map(str::to_owned)),
        );
        Value::Bad
    }

    /// The whole predicate is true or false.
    fn condition(&mut self, value: &Value, ast: &Expr) -> Option<BoolId> {
        let help = match value {
            Value::Bool(id) => return Some(*id),
            Value::Bad => return None,
            Value::Number(_) => "compare it: `… > 0.5`",
            Value::Text(_) => "compare it: `… == \"…\"`",
            _ => "ask for an item: `\"…\" in …`",
        };
        let message = format!("the predicate is {}, not true or false", value.words());
        self.error(codes::NO_CONDITION, ast.at, message, Some(help.to_owned()));
        None
    }

    fn cost(&mut self, root: BoolId, ast: &Expr) {
        let cost = self.build.cost(root);
        if cost <= MOST_COST {
            return;
        }
        let at = self.costliest.map_or(ast.at, |(_, at)| at);
        let message = format!("the predicate may take {cost} steps, and {MOST_COST} is the most");
        let span = self.found.span(at);
        self.found.push(
            Diagnostic::error(codes::TOO_COSTLY, message)
                .at(span, "most of them here")
                .note("a loop in a loop asks for every pair of items; a list can have 256 items")
                .help("say it with `in`, or with one loop"),
        );
    }

    /// Whether the part is the same in every situation, reported once for the smallest
    /// such part that is more than `true` or `false` itself.
    fn constant(&mut self, id: BoolId, expr: &Expr, before: usize) {
        if let Some(value) = self.build.known_bool(id)
            && !matches!(expr.kind, Kind::Bool(_))
            && self.constants == before
        {
            self.always(expr.at, value);
        }
    }

    pub fn always(&mut self, at: Bytes, value: bool) {
        self.constants += 1;
        let message = format!("`{}` is always {value}", self.written(at));
        self.warn(codes::ALWAYS, at, message, None);
    }

    pub fn expr(&mut self, expr: &Expr) -> Value {
        let before = self.constants;
        let value = self.kind(expr);
        if let Value::Bool(id) = value {
            self.constant(id, expr, before);
        }
        value
    }

    fn kind(&mut self, expr: &Expr) -> Value {
        let at = expr.at;
        match &expr.kind {
            Kind::Bool(value) => Value::Bool(self.build.bool_constant(*value, at)),
            Kind::Number(value) => Value::Number(self.build.number_constant(*value, at)),
            Kind::Text(text) => Value::Text(self.build.text_constant(text, at)),
            Kind::Name(_) | Kind::Field(..) | Kind::Index(..) => self.reference(expr),
            Kind::Call(None, word, arguments) => self.function(expr, word, arguments),
            Kind::Call(Some(on), word, arguments) => self.method(expr, on, word, arguments),
            Kind::List(items) => self.list(items, at),
            Kind::Not(inner) => self.not(inner, at),
            Kind::Negative(inner) => self.negative(inner, at),
            Kind::Binary(op, a, b) => self.binary(*op, a, b, expr),
            Kind::And(parts) => self.logic(parts, at, true),
            Kind::Or(parts) => self.logic(parts, at, false),
            Kind::If(condition, a, b) => self.choice(condition, a, b, at),
            Kind::Foreign(foreign) => self.foreign(*foreign, at),
        }
    }

    fn foreign(&mut self, foreign: Foreign, at: Bytes) -> Value {
        let (what, help) = match foreign {
            Foreign::Null => (
                "`null`",
                Some("ask whether a value is there with `has(name)`"),
            ),
            Foreign::Unsigned => ("unsigned numbers", Some("write the number without `u`")),
            Foreign::Bytes => ("byte strings (`b\"…\"`)", Some("write a text: `\"…\"`")),
            Foreign::Map => ("maps (`{…}`)", None),
            Foreign::Message => ("messages (`Type{…}`)", None),
            Foreign::Optional => ("optional fields (`?`)", Some("ask first: `has(name) && …`")),
            Foreign::RootName => ("names that begin with a dot", Some("leave the dot out")),
        };
        self.unsupported(at, what, help)
    }

    // Names.

    fn reference(&mut self, expr: &Expr) -> Value {
        let head = expr.head().map(str::to_owned);
        if let Some(depth) = head.and_then(|h| self.loops.iter().rposition(|l| l.name == h)) {
            return match &expr.kind {
                _ if self.loops.get(depth).is_some_and(|l| !l.known) => Value::Bad,
                Kind::Name(_) => {
                    let depth = u8::try_from(depth).unwrap_or(u8::MAX);
                    Value::Text(self.build.loop_item(depth, expr.at))
                }
                _ => self.no_parts(expr, "a text"),
            };
        }
        let Some(path) = expr.path() else {
            return self.computed_part(expr);
        };
        match self.vocabulary.find(&path) {
            Some(slot) => self.variable(slot, expr.at),
            None => self.unknown(expr, &path),
        }
    }

    fn variable(&mut self, slot: Slot, at: Bytes) -> Value {
        match self.vocabulary.variable(slot).map(|v| v.kind) {
            Some(Type::Bool) => Value::Bool(self.build.bool_value(slot, at)),
            Some(Type::Double) => Value::Number(self.build.number_value(slot, at)),
            Some(Type::String) => Value::Text(self.build.text_value(slot, at)),
            Some(Type::Strings) => Value::List(self.build.list_value(slot, at)),
            None => Value::Bad,
        }
    }

    fn no_parts(&mut self, expr: &Expr, what: &str) -> Value {
        let of = match &expr.kind {
            Kind::Field(of, _) | Kind::Index(of, _) => of.at,
            _ => expr.at,
        };
        let message = format!("`{}` is {what} and has no parts", self.written(of));
        self.error(codes::WRONG_TYPE, expr.at, message, None)
    }

    /// `a[b]` and the like, where no name is meant.
    fn computed_part(&mut self, expr: &Expr) -> Value {
        let of = match &expr.kind {
            Kind::Field(of, _) => of,
            Kind::Index(of, index) => {
                self.expr(index);
                of
            }
            _ => return Value::Bad,
        };
        if let Some(path) = of.path()
            && self.vocabulary.is_group(&path)
        {
            let help = format!("write the name out: `{path}[\"…\"]`");
            return self.unsupported(expr.at, "computed names", Some(&help));
        }
        match self.expr(of) {
            Value::Bad => Value::Bad,
            Value::List(_) | Value::Numbers(_) => {
                let help = "lists have no order here; ask with `in`, `exists` or `all`";
                self.unsupported(expr.at, "items by number (`list[0]`)", Some(help))
            }
            other => self.no_parts(expr, other.words()),
        }
    }

    fn unknown(&mut self, expr: &Expr, path: &str) -> Value {
        if let Some(problem) = self.part_of_value(expr) {
            return problem;
        }
        if self.vocabulary.is_group(path) {
            return self.group(expr.at, path);
        }
        let help = match nearest_name(path, self.vocabulary) {
            Some(near) => Some(format!("did you mean `{near}`?")),
            None => self.guess(expr, path),
        };
        let message = format!("unknown name `{}`", Vocabulary::spelling(path));
        self.error(codes::UNKNOWN_NAME, expr.at, message, help)
    }

    /// A part of a name that is no group: `situation.threat.level`.
    fn part_of_value(&mut self, expr: &Expr) -> Option<Value> {
        let (Kind::Field(of, _) | Kind::Index(of, _)) = &expr.kind else {
            return None;
        };
        let slot = self.vocabulary.find(&of.path()?);
        let Some(kind) = slot
            .and_then(|s| self.vocabulary.variable(s))
            .map(|v| v.kind)
        else {
            return self.part_of_value(of);
        };
        Some(self.no_parts(expr, &kind.to_string()))
    }

    pub fn group(&mut self, at: Bytes, path: &str) -> Value {
        let message = format!("`{path}` is a group of names, not a value");
        let start = format!("{path}.");
        let inside = self.vocabulary.variables().iter().map(|v| &*v.name);
        let some: Vec<String> = inside
            .filter(|n| n.starts_with(&start))
            .take(5)
            .map(|n| format!("`{}`", Vocabulary::spelling(n)))
            .collect();
        let help = format!("it has for example {}", some.join(", "));
        self.error(codes::UNKNOWN_NAME, at, message, Some(help))
    }

    fn guess(&self, expr: &Expr, path: &str) -> Option<String> {
        let group = path.rsplit_once('.').map(|(group, _)| group);
        match (&expr.kind, group) {
            (Kind::Name(name), _) => Some(match name.to_lowercase().as_str() {
                lower @ ("true" | "false") => format!("write `{lower}`"),
                _ => format!("a text is written in quotes: `\"{name}\"`"),
            }),
            (_, Some(group)) if self.vocabulary.is_group(group) => Some(format!(
                "`raison explain predicates` lists the names in `{group}`"
            )),
            _ => Some("`raison explain predicates` lists the names".to_owned()),
        }
    }

    /// The slot of a name that is asked for with `has`.
    pub fn asked(&mut self, expr: &Expr) -> Option<Slot> {
        let path = expr.path()?;
        let slot = self.vocabulary.find(&path);
        if slot.is_none() {
            self.unknown(expr, &path);
        }
        slot
    }

    /// Whether a name is the variable of a loop.
    pub fn is_item(&self, expr: &Expr) -> bool {
        expr.head()
            .is_some_and(|h| self.loops.iter().any(|l| l.name == h))
    }

    // Lists.

    fn list(&mut self, items: &[Expr], at: Bytes) -> Value {
        let values: Vec<Value> = items.iter().map(|i| self.expr(i)).collect();
        if values.iter().any(Value::is_bad) {
            return Value::Bad;
        }
        let texts: Option<Vec<TextId>> = values.iter().map(text_of).collect();
        if let Some(texts) = texts {
            return self.text_list(&texts, items, at);
        }
        let numbers: Option<Vec<NumberId>> = values.iter().map(number_of).collect();
        if let Some(numbers) = numbers {
            return Value::Numbers(numbers);
        }
        self.mixed_list(&values, items, at)
    }

    fn text_list(&mut self, texts: &[TextId], items: &[Expr], at: Bytes) -> Value {
        use raison_core::predicate::{MOST_ITEMS, MOST_MADE_ITEMS};
        let constant = texts.iter().all(|&t| self.build.known_text(t).is_some());
        let most = if constant {
            MOST_ITEMS
        } else {
            MOST_MADE_ITEMS
        };
        if texts.len() > most {
            let message = format!("the list has {} items, and {most} is the most", texts.len());
            return self.error(codes::TOO_BIG, at, message, None);
        }
        let mut seen = std::collections::BTreeSet::new();
        let again = texts.iter().zip(items).find(|(t, _)| {
            let text = self.build.known_text(**t);
            text.is_some_and(|text| !seen.insert(text.to_owned()))
        });
        if let Some((_, item)) = again {
            let message = format!("the list has {} twice", self.written(item.at));
            self.warn(codes::REPEATED, item.at, message, None);
        }
        Value::List(self.build.list(texts, at))
    }

    fn mixed_list(&mut self, values: &[Value], items: &[Expr], at: Bytes) -> Value {
        let first = values.first().map_or("", Value::words);
        let odd = values.iter().zip(items).find(|(v, _)| v.words() != first);
        match odd {
            Some((value, item)) => {
                let message = format!(
                    "the items of a list are of one type: the first is {first}, this is {}",
                    value.words()
                );
                self.error(codes::WRONG_TYPE, item.at, message, None)
            }
            None => {
                let message = format!("a list holds texts or numbers; here an item is {first}");
                self.error(codes::WRONG_TYPE, at, message, None)
            }
        }
    }

    /// Reports a word that the vocabulary does not have for this name.
    pub fn check_word(&mut self, slot: Slot, word: &str, at: Bytes) {
        let Some(variable) = self.vocabulary.variable(slot) else {
            return;
        };
        if variable.words.is_empty() || variable.words.iter().any(|w| &**w == word) {
            return;
        }
        let known = || variable.words.iter().map(|w| &**w);
        let help = match super::suggest::nearest(word, known()) {
            Some(near) => format!("did you mean `\"{near}\"`?"),
            None => format!("it can be {}", known().collect::<Vec<_>>().join(", ")),
        };
        let message = format!(
            "`{}` is never `\"{word}\"`",
            Vocabulary::spelling(&variable.name)
        );
        self.warn(codes::UNKNOWN_WORD, at, message, Some(help));
    }
}

fn text_of(value: &Value) -> Option<TextId> {
    match value {
        Value::Text(id) => Some(*id),
        _ => None,
    }
}

fn number_of(value: &Value) -> Option<NumberId> {
    match value {
        Value::Number(id) => Some(*id),
        _ => None,
    }
}
