//! Tokens to a tree: precedence climbing over the grammar of CEL.

mod values;

use raison_core::Diagnostic;
use raison_core::predicate::{Arith, Bytes, Compare};

use super::ast::{Binary, Expr, Kind};
use super::lexer::{Lexeme, Token, lex};
use super::{Found, MOST_BYTES, MOST_NESTING, codes};

/// A syntax error has been reported.
struct Reported;

type Parsed<T> = Result<T, Reported>;

/// The tree of a predicate; `None` where it could not be read, which is then reported.
pub fn parse(text: &str, found: &mut Found) -> Option<Expr> {
    if text.len() > MOST_BYTES {
        let length = text.len();
        found.push(
            Diagnostic::error(codes::TOO_BIG, format!("the predicate has {length} bytes"))
                .at(found.place.span(), "")
                .note(format!("at most {MOST_BYTES} bytes are read"))
                .help("make several principles of it"),
        );
        return None;
    }
    let tokens = lex(text, found);
    let mut parser = Parser {
        text,
        tokens,
        next: 0,
        nesting: 0,
        found,
    };
    parser.whole().ok()
}

struct Parser<'a, 'f, 'p> {
    text: &'a str,
    tokens: Vec<Lexeme>,
    next: usize,
    nesting: u16,
    found: &'f mut Found<'p>,
}

#[derive(Clone, Copy, PartialEq)]
enum Infix {
    Or,
    And,
    Binary(Binary),
}

impl Infix {
    fn strength(self) -> u8 {
        match self {
            Infix::Or => 1,
            Infix::And => 2,
            Infix::Binary(Binary::Compare(_) | Binary::In) => 3,
            Infix::Binary(Binary::Arith(Arith::Add | Arith::Subtract)) => 4,
            Infix::Binary(Binary::Arith(_)) => 5,
        }
    }
}

fn infix(token: &Token) -> Option<Infix> {
    use Infix::Binary as B;
    Some(match token {
        Token::Name(name) => match name.as_str() {
            "in" => B(Binary::In),
            "and" | "AND" => Infix::And,
            "or" | "OR" => Infix::Or,
            _ => return None,
        },
        Token::Sign("||") => Infix::Or,
        Token::Sign("&&") => Infix::And,
        Token::Sign("==") => B(Binary::Compare(Compare::Equal)),
        Token::Sign("!=") => B(Binary::Compare(Compare::NotEqual)),
        Token::Sign("<") => B(Binary::Compare(Compare::Less)),
        Token::Sign("<=") => B(Binary::Compare(Compare::AtMost)),
        Token::Sign(">") => B(Binary::Compare(Compare::Greater)),
        Token::Sign(">=") => B(Binary::Compare(Compare::AtLeast)),
        Token::Sign("+") => B(Binary::Arith(Arith::Add)),
        Token::Sign("-") => B(Binary::Arith(Arith::Subtract)),
        Token::Sign("*") => B(Binary::Arith(Arith::Multiply)),
        Token::Sign("/") => B(Binary::Arith(Arith::Divide)),
        Token::Sign("%") => B(Binary::Arith(Arith::Rest)),
        _ => return None,
    })
}

fn join(a: Bytes, b: Bytes) -> Bytes {
    Bytes {
        start: a.start.min(b.start),
        end: a.end.max(b.end),
    }
}

impl Parser<'_, '_, '_> {
    fn token(&self) -> &Token {
        self.tokens.get(self.next).map_or(&Token::End, |l| &l.token)
    }

    fn at(&self) -> Bytes {
        let last = self.tokens.last().map_or(Bytes::default(), |l| l.at);
        self.tokens.get(self.next).map_or(last, |l| l.at)
    }

    fn advance(&mut self) -> Bytes {
        let at = self.at();
        self.next = (self.next + 1).min(self.tokens.len());
        at
    }

    /// Takes the sign if it comes next.
    fn eat(&mut self, sign: &str) -> Option<Bytes> {
        matches!(self.token(), Token::Sign(s) if *s == sign).then(|| self.advance())
    }

    fn written(&self, at: Bytes) -> &str {
        self.text
            .get(at.start as usize..at.end as usize)
            .unwrap_or("")
    }

    fn report(&mut self, problem: Diagnostic) -> Reported {
        self.found.push(problem);
        Reported
    }

    /// What was expected, and what stands there instead.
    fn unexpected(&mut self, expected: &str, help: Option<String>) -> Reported {
        let at = self.at();
        let found = match self.token() {
            Token::End => "the end of the predicate".to_owned(),
            _ => format!("`{}`", self.written(at)),
        };
        let message = format!("expected {expected}, found {found}");
        let span = self.found.span(at);
        let problem = Diagnostic::error(codes::SYNTAX, message).at(span, "");
        self.report(problem.help_if(help))
    }

    fn whole(&mut self) -> Parsed<Expr> {
        if matches!(self.token(), Token::End) {
            if !self.found.has_errors() {
                let problem = Diagnostic::error(codes::EMPTY, "the predicate is empty");
                let problem = problem
                    .at(self.found.place.span(), "")
                    .help("write a condition such as `situation.threat > 0.6`, or `true`");
                self.report(problem);
            }
            return Err(Reported);
        }
        let expr = self.expr()?;
        match self.token() {
            Token::End => Ok(expr),
            _ => Err(self.stray()),
        }
    }

    /// Something follows a complete expression.
    fn stray(&mut self) -> Reported {
        let help = match self.token() {
            Token::Sign(")" | "]" | "}") => Some("a bracket was closed that is not open"),
            Token::Name(name) if name == "is" || name == "equals" => Some("write `==`"),
            Token::Name(name) if name == "not" => Some("`a not in b` is written `!(a in b)`"),
            Token::Name(_) | Token::Number(_) | Token::Text(_) => {
                Some("conditions are joined with `&&` or `||`; a text is written in quotes")
            }
            _ => None,
        };
        self.unexpected("an operator or the end", help.map(str::to_owned))
    }

    fn node(&mut self, kind: Kind, at: Bytes) -> Parsed<Expr> {
        let mut expr = Expr { kind, at, depth: 0 };
        let below = expr.parts().iter().map(|p| p.depth).max();
        expr.depth = below.map_or(0, |d| d + 1);
        if expr.depth > MOST_NESTING {
            return Err(self.too_deep(at));
        }
        Ok(expr)
    }

    fn too_deep(&mut self, at: Bytes) -> Reported {
        let message = "the predicate is nested too deep";
        let problem = Diagnostic::error(codes::TOO_BIG, message)
            .at(self.found.span(at), "")
            .note(format!(
                "brackets, calls and operators may stand {MOST_NESTING} deep; `&&` and `||` \
                 in a row count once"
            ));
        self.report(problem)
    }

    /// Runs a rule one level deeper.
    fn deeper<T>(&mut self, rule: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.nesting >= MOST_NESTING {
            let at = self.at();
            return Err(self.too_deep(at));
        }
        self.nesting += 1;
        let result = rule(self);
        self.nesting -= 1;
        result
    }

    fn expr(&mut self) -> Parsed<Expr> {
        self.deeper(Self::conditional)
    }

    /// `Or ["?" Or ":" Expr]`
    fn conditional(&mut self) -> Parsed<Expr> {
        let condition = self.binary(0)?;
        if self.eat("?").is_none() {
            return Ok(condition);
        }
        let yes = self.deeper(|p| p.binary(0))?;
        if self.eat(":").is_none() {
            let help = "a choice is written `condition ? value : other value`".to_owned();
            return Err(self.unexpected("`:`", Some(help)));
        }
        let no = self.expr()?;
        let at = join(condition.at, no.at);
        self.node(Kind::If(condition.into(), yes.into(), no.into()), at)
    }

    fn binary(&mut self, least: u8) -> Parsed<Expr> {
        let mut left = self.unary()?;
        while let Some(operator) = infix(self.token()) {
            if operator.strength() <= least {
                break;
            }
            self.spelled_out();
            self.advance();
            let right = self.binary(operator.strength())?;
            left = self.joined(operator, left, right)?;
        }
        Ok(left)
    }

    /// `and`, `or`: understood, but not CEL.
    fn spelled_out(&mut self) {
        let (Token::Name(name), at) = (self.token(), self.at()) else {
            return;
        };
        let sign = match name.to_ascii_lowercase().as_str() {
            "and" => "&&",
            "or" => "||",
            "not" => "!",
            _ => return,
        };
        let problem = Diagnostic::error(codes::SYNTAX, format!("`{name}` is no operator"))
            .at(self.found.span(at), "")
            .help(format!("write `{sign}`"));
        self.report(problem);
    }

    fn joined(&mut self, operator: Infix, left: Expr, right: Expr) -> Parsed<Expr> {
        let at = join(left.at, right.at);
        let kind = match (operator, left.kind) {
            (Infix::And, Kind::And(mut parts)) => {
                parts.push(right);
                Kind::And(parts)
            }
            (Infix::Or, Kind::Or(mut parts)) => {
                parts.push(right);
                Kind::Or(parts)
            }
            (operator, kind) => {
                let left = Expr { kind, ..left };
                match operator {
                    Infix::And => Kind::And(vec![left, right]),
                    Infix::Or => Kind::Or(vec![left, right]),
                    Infix::Binary(op) => Kind::Binary(op, left.into(), right.into()),
                }
            }
        };
        self.node(kind, at)
    }

    fn unary(&mut self) -> Parsed<Expr> {
        let start = self.at();
        let spelled = matches!(self.token(), Token::Name(n) if n == "not" || n == "NOT")
            && !matches!(self.peek(), Token::Sign(s) if *s != "(" && *s != "!");
        if spelled {
            self.spelled_out();
        }
        if spelled || matches!(self.token(), Token::Sign("!")) {
            self.advance();
            let inner = self.deeper(Self::unary)?;
            let at = join(start, inner.at);
            return self.node(Kind::Not(inner.into()), at);
        }
        if self.eat("-").is_some() {
            let inner = self.deeper(Self::unary)?;
            let at = join(start, inner.at);
            return match inner.kind {
                Kind::Number(value) => self.node(Kind::Number(-value), at),
                _ => self.node(Kind::Negative(inner.into()), at),
            };
        }
        self.member()
    }

    fn peek(&self) -> &Token {
        self.tokens
            .get(self.next + 1)
            .map_or(&Token::End, |l| &l.token)
    }
}
