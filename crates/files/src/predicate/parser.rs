//! Tokens to a tree: precedence climbing over the grammar of CEL.

use raison_core::Diagnostic;
use raison_core::predicate::{Arith, Bytes, Compare};

use super::ast::{Binary, Expr, Foreign, Kind, Word};
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

    fn member(&mut self) -> Parsed<Expr> {
        let mut expr = self.primary()?;
        loop {
            if self.eat(".").is_some() {
                expr = self.field(expr)?;
            } else if self.eat("[").is_some() {
                expr = self.index(expr)?;
            } else if matches!(self.token(), Token::Sign("{")) && expr.path().is_some() {
                expr = self.message(expr)?;
            } else {
                return Ok(expr);
            }
        }
    }

    fn field(&mut self, of: Expr) -> Parsed<Expr> {
        let optional = self.eat("?").is_some();
        let (text, can_call) = match self.token() {
            Token::Name(name) => (name.clone(), true),
            Token::Quoted(name) => (name.clone(), false),
            _ => return Err(self.unexpected("a name after `.`", None)),
        };
        let at = self.advance();
        let word = Word { text, at };
        let whole = join(of.at, at);
        if can_call && self.eat("(").is_some() {
            let (arguments, end) = self.list(")")?;
            let at = join(of.at, end);
            return self.node(Kind::Call(Some(of.into()), word, arguments), at);
        }
        match optional {
            true => self.node(Kind::Foreign(Foreign::Optional), whole),
            false => self.node(Kind::Field(of.into(), word), whole),
        }
    }

    fn index(&mut self, of: Expr) -> Parsed<Expr> {
        let optional = self.eat("?").is_some();
        let index = self.expr()?;
        let Some(end) = self.eat("]") else {
            return Err(self.unexpected("`]`", None));
        };
        let at = join(of.at, end);
        match optional {
            true => self.node(Kind::Foreign(Foreign::Optional), at),
            false => self.node(Kind::Index(of.into(), index.into()), at),
        }
    }

    /// Items up to the closing bracket; one comma may follow the last.
    fn list(&mut self, close: &str) -> Parsed<(Vec<Expr>, Bytes)> {
        let mut items = Vec::new();
        loop {
            if let Some(end) = self.eat(close) {
                return Ok((items, end));
            }
            if close == "]" {
                self.eat("?");
            }
            items.push(self.expr()?);
            if self.eat(",").is_none() && !matches!(self.token(), Token::Sign(s) if *s == close) {
                return Err(self.unexpected(&format!("`,` or `{close}`"), None));
            }
        }
    }

    fn message(&mut self, of: Expr) -> Parsed<Expr> {
        let end = self.entries()?;
        let at = join(of.at, end);
        self.node(Kind::Foreign(Foreign::Message), at)
    }

    /// `{key: value, …}`: read, not kept.
    fn entries(&mut self) -> Parsed<Bytes> {
        self.advance();
        loop {
            if let Some(end) = self.eat("}") {
                return Ok(end);
            }
            self.eat("?");
            self.expr()?;
            if self.eat(":").is_none() {
                return Err(self.unexpected("`:`", None));
            }
            self.expr()?;
            if self.eat(",").is_none() && !matches!(self.token(), Token::Sign("}")) {
                return Err(self.unexpected("`,` or `}`", None));
            }
        }
    }

    fn primary(&mut self) -> Parsed<Expr> {
        let at = self.at();
        match self.token().clone() {
            Token::Number(value) => self.leaf(Kind::Number(value)),
            Token::Text(text) => self.leaf(Kind::Text(text)),
            Token::Unsigned => self.leaf(Kind::Foreign(Foreign::Unsigned)),
            Token::Bytes => self.leaf(Kind::Foreign(Foreign::Bytes)),
            Token::Name(name) => self.name(name),
            Token::Sign("(") => self.parenthesis(),
            Token::Sign("[") => {
                self.advance();
                let (items, end) = self.list("]")?;
                self.node(Kind::List(items), join(at, end))
            }
            Token::Sign("{") => {
                let end = self.entries()?;
                self.node(Kind::Foreign(Foreign::Map), join(at, end))
            }
            Token::Sign(".") => self.root_name(),
            _ => Err(self.no_value()),
        }
    }

    fn no_value(&mut self) -> Reported {
        let help = match self.token() {
            Token::Sign("==" | ">" | "<" | ">=" | "<=" | "!=") => {
                Some("a comparison has a value on both sides: `situation.threat > 0.6`")
            }
            Token::Sign("&&" | "||") => Some("`&&` and `||` have a condition on both sides"),
            _ => None,
        };
        self.unexpected("a value", help.map(str::to_owned))
    }

    fn leaf(&mut self, kind: Kind) -> Parsed<Expr> {
        let at = self.advance();
        self.node(kind, at)
    }

    fn parenthesis(&mut self) -> Parsed<Expr> {
        let open = self.advance();
        let expr = self.expr()?;
        let Some(close) = self.eat(")") else {
            let span = self.found.span(open);
            self.unexpected("`)`", None);
            if let Some(last) = self.found.list.last_mut() {
                *last = last.clone().also(span, "opened here");
            }
            return Err(Reported);
        };
        let at = join(open, close);
        Ok(Expr { at, ..expr })
    }

    fn root_name(&mut self) -> Parsed<Expr> {
        let start = self.advance();
        let Token::Name(_) = self.token() else {
            return Err(self.unexpected("a name after `.`", None));
        };
        let end = self.advance();
        self.node(Kind::Foreign(Foreign::RootName), join(start, end))
    }

    fn name(&mut self, name: String) -> Parsed<Expr> {
        let at = self.at();
        let kind = match name.as_str() {
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            "null" => Kind::Foreign(Foreign::Null),
            "in" => return Err(self.no_value()),
            word if RESERVED.contains(&word) => return Err(self.reserved(word)),
            _ => Kind::Name(name.clone()),
        };
        self.advance();
        let can_call = matches!(kind, Kind::Name(_));
        if can_call && self.eat("(").is_some() {
            let (arguments, end) = self.list(")")?;
            let word = Word { text: name, at };
            return self.node(Kind::Call(None, word, arguments), join(at, end));
        }
        self.node(kind, at)
    }

    fn reserved(&mut self, word: &str) -> Reported {
        let help = match word {
            "if" | "else" => Some("a choice is written `condition ? value : other value`"),
            "for" | "loop" | "while" => {
                Some("a question about the items of a list is written `list.exists(x, …)`")
            }
            _ => None,
        };
        let message = format!("`{word}` is a reserved word of CEL and no name");
        let span = self.found.span(self.at());
        let problem = Diagnostic::error(codes::SYNTAX, message).at(span, "");
        self.report(problem.help_if(help.map(str::to_owned)))
    }
}

const RESERVED: [&str; 17] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];
