//! Model formulas: `onset ~ landcontig + cincprop + spell + I(spell^2) + a:b`.
//!
//! A term is a column, an expression in `I(…)`, `log(…)`, `exp(…)`, `sqrt(…)` or
//! `abs(…)`, or a product of such with `:`; `a * b` means `a + b + a:b`; `- 1` leaves the
//! constant out. Inside brackets `+ - * / ^` mean what they mean in arithmetic.

use crate::codes;
use crate::column::Table;
use crate::pack::nearest;
use crate::refusal::{Outcome, Refusal};
use raison_core::{Diagnostic, Problems, SourceMap, Span};

/// Longest formula.
const LONGEST: usize = 20_000;
/// Deepest brackets.
const DEEPEST: usize = 64;
/// Most terms.
const MOST_TERMS: usize = 500;

/// An expression over the columns of a row.
#[derive(Clone, Debug, PartialEq)]
enum Expr {
    Number(f64),
    Column(usize),
    Minus(Box<Expr>),
    Binary(char, Box<Expr>, Box<Expr>),
    Call(Function, Box<Expr>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Function {
    Same,
    Log,
    Exp,
    Sqrt,
    Abs,
}

/// A term with its name.
#[derive(Clone, Debug)]
pub struct Term {
    /// As in the formula, without blanks.
    pub name: String,
    expr: Expr,
}

/// A formula.
#[derive(Clone, Debug)]
pub struct Formula {
    /// The column explained.
    pub outcome: String,
    /// Whether there is a constant.
    pub intercept: bool,
    /// The terms, in order, without the constant.
    pub terms: Vec<Term>,
    /// Columns that the terms use.
    pub variables: Vec<String>,
    text: String,
    places: Vec<(usize, usize)>,
    outcome_at: (usize, usize),
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    variables: Vec<String>,
    places: Vec<(usize, usize)>,
}

type Parsed<T> = Result<T, (usize, String)>;

impl Formula {
    /// Reads a formula.
    pub fn parse(text: &str) -> Outcome<Formula> {
        parse(text).map_err(|(at, message)| fault(text, at, at + 1, message))
    }

    /// Whether the table has all columns.
    pub fn check(&self, table: &Table) -> Outcome<()> {
        let mut problems = Problems::new();
        let mut sources = SourceMap::new();
        let file = sources.add("formula", self.text.as_str());
        let outcome = std::iter::once((&self.outcome, &self.outcome_at));
        for (name, (from, to)) in self.variables.iter().zip(&self.places).chain(outcome) {
            let column = table.get(name);
            let text = column.is_some_and(|c| c.kind() == crate::Kind::Text);
            if column.is_some() && !text {
                continue;
            }
            let message = match text {
                true => format!("column `{name}` holds texts, not numbers"),
                false => format!("the data have no column `{name}`"),
            };
            let near = nearest(name, table.names.iter().map(String::as_str));
            problems.push(
                Diagnostic::error(codes::UNKNOWN_NAME, message)
                    .at(Span::new(file, *from, *to), "")
                    .help_if(
                        near.filter(|_| !text)
                            .map(|n| format!("did you mean `{n}`?")),
                    ),
            );
        }
        match problems.has_errors() {
            true => Err(Refusal::many(problems, sources)),
            false => Ok(()),
        }
    }

    /// Names of the coefficients, the constant first.
    pub fn names(&self) -> Vec<String> {
        let constant = self.intercept.then(|| "(Intercept)".to_owned());
        constant
            .into_iter()
            .chain(self.terms.iter().map(|t| t.name.clone()))
            .collect()
    }

    /// The design row of values of the variables, the constant first.
    pub fn row(&self, values: &[f64], out: &mut Vec<f64>) {
        out.clear();
        if self.intercept {
            out.push(1.0);
        }
        out.extend(self.terms.iter().map(|t| t.expr.value(values)));
    }
}

impl Expr {
    fn value(&self, row: &[f64]) -> f64 {
        match self {
            Expr::Number(x) => *x,
            Expr::Column(i) => row.get(*i).copied().unwrap_or(f64::NAN),
            Expr::Minus(a) => -a.value(row),
            Expr::Binary(op, a, b) => {
                let (a, b) = (a.value(row), b.value(row));
                match op {
                    '+' => a + b,
                    '-' => a - b,
                    '*' | ':' => a * b,
                    '/' => a / b,
                    // Whole powers by multiplication, as in R.
                    _ if b == 2.0 => a * a,
                    _ if b.fract() == 0.0 && b.abs() < 100.0 => a.powi(b as i32),
                    _ => a.powf(b),
                }
            }
            Expr::Call(f, a) => {
                let a = a.value(row);
                match f {
                    Function::Same => a,
                    Function::Log => a.ln(),
                    Function::Exp => a.exp(),
                    Function::Sqrt => a.sqrt(),
                    Function::Abs => a.abs(),
                }
            }
        }
    }
}

fn fault(text: &str, from: usize, to: usize, message: String) -> Refusal {
    let mut sources = SourceMap::new();
    let file = sources.add("formula", text);
    let mut problems = Problems::new();
    problems.push(
        Diagnostic::error(codes::BAD_FORMULA, message)
            .at(Span::new(file, from, to.min(text.len().max(from))), "")
            .help("write it like `onset ~ landcontig + cincprop + I(spell^2)`"),
    );
    Refusal::many(problems, sources)
}

fn parse(text: &str) -> Parsed<Formula> {
    if text.len() > LONGEST {
        return Err((0, format!("a formula has at most {LONGEST} characters")));
    }
    let mut p = Parser {
        text,
        at: 0,
        depth: 0,
        variables: Vec::new(),
        places: Vec::new(),
    };
    let (outcome, outcome_at) = p
        .name()
        .ok_or((p.at, "a formula begins with the outcome".to_owned()))?;
    if !p.eat('~') {
        return Err((p.at, "`~` expected after the outcome".to_owned()));
    }
    let mut intercept = true;
    let mut terms: Vec<Term> = Vec::new();
    let mut minus = p.eat('-');
    loop {
        let before = p.at;
        match p.constant() {
            Some(one) => intercept = one != minus,
            None if minus => return Err((before, "only `- 1` can be taken away".to_owned())),
            None => p.summand(&mut terms)?,
        }
        if terms.len() > MOST_TERMS {
            return Err((p.at, format!("a formula has at most {MOST_TERMS} terms")));
        }
        if p.eat('+') {
            minus = false;
        } else if p.eat('-') {
            minus = true;
        } else {
            break;
        }
    }
    p.blanks();
    if p.at < text.len() {
        return Err((p.at, "`+` expected between terms".to_owned()));
    }
    if terms.is_empty() && !intercept {
        return Err((p.at, "nothing is left to estimate".to_owned()));
    }
    Ok(Formula {
        outcome,
        intercept,
        terms,
        variables: p.variables,
        text: text.to_owned(),
        places: p.places,
        outcome_at,
    })
}

impl Parser<'_> {
    fn blanks(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += self.peek().map_or(0, char::len_utf8);
        }
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn eat(&mut self, c: char) -> bool {
        self.blanks();
        let found = self.peek() == Some(c);
        if found {
            self.at += c.len_utf8();
        }
        found
    }

    /// A name with its place.
    fn name(&mut self) -> Option<(String, (usize, usize))> {
        self.blanks();
        let rest = self.text.get(self.at..)?;
        let good = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
        if !rest.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '.') {
            return None;
        }
        let end = rest.find(|c| !good(c)).unwrap_or(rest.len());
        let from = self.at;
        self.at += end;
        Some((rest.get(..end)?.to_owned(), (from, self.at)))
    }

    /// `1` or `0` as a whole term.
    fn constant(&mut self) -> Option<bool> {
        self.blanks();
        let rest = self.text.get(self.at..)?;
        let one = match rest.chars().next() {
            Some('1') => true,
            Some('0') => false,
            _ => return None,
        };
        let next = rest.get(1..)?.trim_start().chars().next();
        if next.is_none_or(|c| c == '+' || c == '-') {
            self.at += 1;
            return Some(one);
        }
        None
    }

    /// `a`, `a:b`, or `a * b`.
    fn summand(&mut self, terms: &mut Vec<Term>) -> Parsed<()> {
        let mut factors = vec![self.product()?];
        while self.eat('*') {
            factors.push(self.product()?);
            if factors.len() > 6 {
                return Err((self.at, "at most six factors are crossed".to_owned()));
            }
        }
        // All products of the factors, single ones first.
        let mut sets: Vec<u32> = (1..1u32 << factors.len()).collect();
        sets.sort_by_key(|s| s.count_ones());
        for set in sets {
            let chosen = factors
                .iter()
                .enumerate()
                .filter(|(i, _)| set >> i & 1 == 1);
            let term = chosen.map(|(_, t)| t.clone()).reduce(times);
            if let Some(term) = term
                && !terms.iter().any(|t| t.name == term.name)
            {
                terms.push(term);
            }
        }
        Ok(())
    }

    fn product(&mut self) -> Parsed<Term> {
        let mut term = self.atom()?;
        while self.eat(':') {
            term = times(term, self.atom()?);
        }
        Ok(term)
    }

    /// A column or a function.
    fn atom(&mut self) -> Parsed<Term> {
        self.blanks();
        let from = self.at;
        let Some((name, place)) = self.name() else {
            return Err((self.at, "a column or a function expected".to_owned()));
        };
        let expr = if self.peek() == Some('(') {
            self.call(&name, from)?
        } else {
            self.column(name, place)
        };
        let name = self
            .text
            .get(from..self.at)
            .unwrap_or("")
            .split_whitespace()
            .collect();
        Ok(Term { name, expr })
    }

    fn column(&mut self, name: String, place: (usize, usize)) -> Expr {
        let at = self.variables.iter().position(|v| *v == name);
        Expr::Column(at.unwrap_or_else(|| {
            self.variables.push(name);
            self.places.push(place);
            self.variables.len() - 1
        }))
    }

    fn call(&mut self, name: &str, from: usize) -> Parsed<Expr> {
        let function = match name {
            "I" => Function::Same,
            "log" => Function::Log,
            "exp" => Function::Exp,
            "sqrt" => Function::Sqrt,
            "abs" => Function::Abs,
            _ => {
                let known = "I, log, exp, sqrt, abs";
                return Err((from, format!("there is no function `{name}` ({known})")));
            }
        };
        self.eat('(');
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err((self.at, "the brackets are too deep".to_owned()));
        }
        let inner = self.sum()?;
        self.depth -= 1;
        if !self.eat(')') {
            return Err((self.at, "`)` expected".to_owned()));
        }
        Ok(Expr::Call(function, Box::new(inner)))
    }

    fn sum(&mut self) -> Parsed<Expr> {
        let mut left = self.factor()?;
        loop {
            let op = ['+', '-'].into_iter().find(|c| self.eat(*c));
            let Some(op) = op else { return Ok(left) };
            left = Expr::Binary(op, Box::new(left), Box::new(self.factor()?));
        }
    }

    fn factor(&mut self) -> Parsed<Expr> {
        let mut left = self.power()?;
        loop {
            let op = ['*', '/'].into_iter().find(|c| self.eat(*c));
            let Some(op) = op else { return Ok(left) };
            left = Expr::Binary(op, Box::new(left), Box::new(self.power()?));
        }
    }

    fn power(&mut self) -> Parsed<Expr> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err((self.at, "the brackets are too deep".to_owned()));
        }
        let out = if self.eat('-') {
            Expr::Minus(Box::new(self.power()?))
        } else {
            let base = self.primary()?;
            if self.eat('^') {
                Expr::Binary('^', Box::new(base), Box::new(self.power()?))
            } else {
                base
            }
        };
        self.depth -= 1;
        Ok(out)
    }

    fn primary(&mut self) -> Parsed<Expr> {
        self.blanks();
        let from = self.at;
        if self.eat('(') {
            let inner = self.sum()?;
            return match self.eat(')') {
                true => Ok(inner),
                false => Err((self.at, "`)` expected".to_owned())),
            };
        }
        if let Some((name, place)) = self.name() {
            return match self.peek() {
                Some('(') => self.call(&name, from),
                _ => Ok(self.column(name, place)),
            };
        }
        let rest = self.text.get(self.at..).unwrap_or("");
        let end = rest
            .find(|c: char| !(c.is_ascii_digit() || c == '.'))
            .unwrap_or(rest.len());
        let number = rest.get(..end).and_then(|t| t.parse::<f64>().ok());
        match number {
            Some(x) => {
                self.at += end;
                Ok(Expr::Number(x))
            }
            None => Err((from, "a column, a number or `(` expected".to_owned())),
        }
    }
}

fn times(a: Term, b: Term) -> Term {
    Term {
        name: format!("{}:{}", a.name, b.name),
        expr: Expr::Binary(':', Box::new(a.expr), Box::new(b.expr)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        Formula::parse(text).expect("formula").names()
    }

    #[test]
    fn terms_are_read_in_order() {
        assert_eq!(names("y ~ a + b"), ["(Intercept)", "a", "b"]);
        assert_eq!(names("y ~ a*b - 1"), ["a", "b", "a:b"]);
        assert_eq!(
            names("y~I(a ^ 2)+log(b)"),
            ["(Intercept)", "I(a^2)", "log(b)"]
        );
        assert_eq!(names("y ~ 1"), ["(Intercept)"]);
        assert_eq!(names("y ~ 0 + a"), ["a"]);
    }

    #[test]
    fn arithmetic_binds_as_usual() {
        let f = Formula::parse("y ~ I(-a^2 + 3*(b - 1)/2) - 1").expect("formula");
        let mut row = Vec::new();
        f.row(&[2.0, 5.0], &mut row);
        assert_eq!(row, [2.0]);
    }

    #[test]
    fn faults_are_told() {
        let deep = format!("y ~ I({}a", "(".repeat(10_000));
        for text in [
            "",
            "y",
            "y ~",
            "y ~ +",
            "y ~ a b",
            "y ~ f(a)",
            "y ~ I(a",
            "y ~ -a",
            "y ~ 0",
            "~ a",
            "é ~ ü ~",
            &deep,
        ] {
            assert!(
                Formula::parse(text).is_err(),
                "{}",
                &text[..text.len().min(30)]
            );
        }
    }
}
