//! Values: names, calls, lists, what stands in brackets.

use raison_core::Diagnostic;
use raison_core::predicate::Bytes;

use super::super::ast::{Expr, Foreign, Kind, Word};
use super::super::codes;
use super::super::lexer::Token;
use super::{Parsed, Parser, Reported, join};

impl Parser<'_, '_, '_> {
    pub(super) fn member(&mut self) -> Parsed<Expr> {
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
