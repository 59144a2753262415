//! Our evaluator against another implementation of CEL, the crate `cel`, on what both
//! have. Where we differ on purpose, the expressions are kept apart:
//!
//! - all numbers are written as doubles (`1.0`, `double(size(x))`), because CEL does not
//!   mix them with whole numbers and we do;
//! - division by zero is an error for us and infinity in CEL;
//! - `%` is for whole numbers only in CEL;
//! - lists of the vocabulary have neither order nor repetition.

use std::collections::HashMap;

use cel::{Context, Program as Reference, Value};
use proptest::prelude::*;
use raison_core::predicate::{EvalError, Slots, Vocabulary};

use crate::words::{load, vocabulary};

/// Choices read from random bytes; when they run out, the first choice is taken.
pub struct Choices<'a> {
    bytes: std::slice::Iter<'a, u8>,
}

impl<'a> Choices<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        let bytes = bytes.iter();
        Self { bytes }
    }

    fn below(&mut self, n: usize) -> usize {
        usize::from(self.bytes.next().copied().unwrap_or(0)) % n
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    pub fn bool(&mut self, depth: u8, loops: usize) -> String {
        if depth == 0 {
            return self.bool_leaf();
        }
        let d = depth - 1;
        match self.below(15) {
            0 => self.bool_leaf(),
            1 => format!("!({})", self.bool(d, loops)),
            2 | 3 => format!("({} && {})", self.bool(d, loops), self.bool(d, loops)),
            4 | 5 => format!("({} || {})", self.bool(d, loops), self.bool(d, loops)),
            6 => {
                let (c, a) = (self.bool(d, loops), self.bool(d, loops));
                format!("({c} ? {a} : {})", self.bool(d, loops))
            }
            7 | 8 => {
                let (a, b) = (self.number(d, loops), self.number(d, loops));
                format!("({a} {} {b})", self.compare())
            }
            9 => {
                let (a, b) = (self.text(d, loops), self.text(d, loops));
                format!("({a} {} {b})", self.compare())
            }
            10 => format!("({} in {})", self.text(d, loops), self.list(d, loops)),
            11 => {
                let how = self.pick(&["startsWith", "endsWith", "contains"]);
                format!("{}.{how}({})", self.text(d, loops), self.text(d, loops))
            }
            12 => {
                let same = self.pick(&["==", "!="]);
                format!("({} {same} {})", self.bool(d, loops), self.bool(d, loops))
            }
            13 => {
                let (a, b) = (self.number(d, loops), self.number(d, loops));
                format!("({a} in [{b}, {}])", self.number(d, loops))
            }
            _ => self.quantified(d, loops),
        }
    }

    fn quantified(&mut self, depth: u8, loops: usize) -> String {
        if loops >= 2 {
            return self.bool_leaf();
        }
        let how = self.pick(&["exists", "all", "exists_one"]);
        let (list, body) = (self.list(depth, loops), self.bool(depth, loops + 1));
        format!("{list}.{how}(x{loops}, {body})")
    }

    fn bool_leaf(&mut self) -> String {
        self.pick(&[
            "true",
            "false",
            "alternative.reversible",
            "situation.surprise",
            "has(situation.threat)",
            "has(alternative.tags)",
            "has(effects.autonomy)",
        ])
        .to_owned()
    }

    fn compare(&mut self) -> &'static str {
        self.pick(&["==", "!=", "<", "<=", ">", ">="])
    }

    fn number(&mut self, depth: u8, loops: usize) -> String {
        let d = depth.saturating_sub(1);
        match self.below(if depth == 0 { 2 } else { 6 }) {
            0 => self
                .pick(&["0.0", "1.0", "0.5", "-2.0", "1e3", "3.0"])
                .to_owned(),
            1 => self
                .pick(&[
                    "situation.threat",
                    "world.year",
                    "world.powers",
                    "effects.autonomy",
                ])
                .to_owned(),
            2 => format!("-({})", self.number(d, loops)),
            3 => {
                let (a, b) = (self.number(d, loops), self.number(d, loops));
                format!("({a} {} {b})", self.pick(&["+", "-", "*", "/"]))
            }
            4 => {
                let (c, a) = (self.bool(d, loops), self.number(d, loops));
                format!("({c} ? {a} : {})", self.number(d, loops))
            }
            _ => format!("double(size({}))", self.list(d, loops)),
        }
    }

    fn text(&mut self, depth: u8, loops: usize) -> String {
        let d = depth.saturating_sub(1);
        match self.below(if depth == 0 { 3 } else { 4 }) {
            0 => self
                .pick(&["\"\"", "\"USA\"", "\"a\"", "\"naval\"", "\"é\""])
                .to_owned(),
            1 => self
                .pick(&["decider.state", "alternative.id", "decider.unit"])
                .to_owned(),
            2 if loops > 0 => format!("x{}", self.below(loops)),
            2 => "situation.adversary".to_owned(),
            _ => {
                let (c, a) = (self.bool(d, loops), self.text(d, loops));
                format!("({c} ? {a} : {})", self.text(d, loops))
            }
        }
    }

    fn list(&mut self, depth: u8, loops: usize) -> String {
        let d = depth.saturating_sub(1);
        match self.below(if depth == 0 { 3 } else { 5 }) {
            0 => "alternative.tags".to_owned(),
            1 => "decider.allies".to_owned(),
            2 => self
                .pick(&["[\"USA\", \"a\"]", "[\"naval\"]", "[\"\", \"é\"]"])
                .to_owned(),
            3 => format!("[{}, {}]", self.text(d, loops), self.text(d, loops)),
            _ => {
                let (c, a) = (self.bool(d, loops), self.list(d, loops));
                format!("({c} ? {a} : {})", self.list(d, loops))
            }
        }
    }

    /// The same random values for both; about a quarter is missing.
    fn situation(&mut self, v: &Vocabulary) -> (Slots, Context<'static, 'static>) {
        use raison_core::predicate::Type::{Bool, Double, String, Strings};
        let mut slots = v.slots();
        let mut groups: HashMap<&str, HashMap<std::string::String, Value>> = HashMap::new();
        for variable in v.variables() {
            let (group, field) = variable.name.split_once('.').unwrap();
            let group = groups.entry(group).or_default();
            if self.below(4) == 3 {
                continue;
            }
            let slot = v.find(&variable.name).unwrap();
            let value = match variable.kind {
                Bool => {
                    let value = self.below(2) == 1;
                    slots.set_bool(slot, value);
                    Value::Bool(value)
                }
                Double => {
                    let value = self.pick(&[0.0, 0.8, 1.0, -2.0, 1962.0, 0.5]);
                    slots.set_number(slot, value);
                    Value::Float(value)
                }
                String => {
                    let value = self.pick(&["", "USA", "a", "naval", "é"]);
                    slots.set_text(slot, value);
                    value.into()
                }
                Strings => {
                    let some: [&[&str]; 4] =
                        [&[], &["a"], &["", "USA", "naval", "é"], &["USA", "a", "b"]];
                    let value = self.pick(&some);
                    slots.set_texts(slot, value).unwrap();
                    value
                        .iter()
                        .map(|t| Value::from(*t))
                        .collect::<Vec<_>>()
                        .into()
                }
            };
            group.insert(field.to_owned(), value);
        }
        let mut context = Context::default();
        for (group, fields) in groups {
            context.add_variable_from_value(group, fields);
        }
        (slots, context)
    }
}

/// How a comparison went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Went {
    /// Too costly or divided by zero: we refuse, CEL does not.
    Apart,
    BothTrue,
    BothFalse,
    BothFail,
}

fn compare(shape: &[u8], values: &[u8]) -> Result<Went, String> {
    let v = vocabulary();
    let text = Choices::new(shape).bool(5, 0);
    let (program, problems) = load(&text, &v);
    let Some(program) = program else {
        let refused = |code| matches!(code, "R0403" | "R0410" | "R0411");
        let apart = problems.iter().all(|p| !p.is_error() || refused(p.code.0));
        return apart
            .then_some(Went::Apart)
            .ok_or_else(|| format!("{text}\n{problems:?}"));
    };
    let reference = Reference::compile(&text).map_err(|e| format!("{text}\n{e}"))?;
    let (slots, context) = Choices::new(values).situation(&v);
    match (program.eval(&slots), reference.execute(&context)) {
        (Ok(true), Ok(Value::Bool(true))) => Ok(Went::BothTrue),
        (Ok(false), Ok(Value::Bool(false))) => Ok(Went::BothFalse),
        (Err(EvalError::Missing(_)), Err(_)) => Ok(Went::BothFail),
        (Err(EvalError::DivisionByZero), _) => Ok(Went::Apart),
        // a division by zero beside it was absorbed for us and decided for CEL
        (Err(EvalError::Missing(_)), Ok(_)) if text.contains('/') => Ok(Went::Apart),
        // lists are sets for us: what counts equal items differs, as the document says
        _ if text.contains("exists_one") || text.contains("size([") => Ok(Went::Apart),
        (ours, theirs) => Err(format!("{text}\nours {ours:?}\ntheirs {theirs:?}")),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn both_give_the_same(
        shape in prop::collection::vec(any::<u8>(), 0..150),
        values in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let went = compare(&shape, &values);
        prop_assert!(went.is_ok(), "{}", went.unwrap_err());
    }
}

/// The comparison above is not an empty one: every outcome is common.
#[test]
fn the_comparison_says_something() {
    let mut state = 1_u64;
    let mut byte = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 56) as u8
    };
    let mut counts = [0_u32; 4];
    for _ in 0..1000 {
        let shape: Vec<u8> = (0..120).map(|_| byte()).collect();
        let values: Vec<u8> = (0..60).map(|_| byte()).collect();
        counts[compare(&shape, &values).unwrap() as usize] += 1;
    }
    let [apart, yes, no, fail] = counts;
    assert!(
        yes > 150 && no > 150 && fail > 150 && apart < 200,
        "{counts:?}"
    );
}
