//! Text to tokens.

use raison_core::Diagnostic;
use raison_core::predicate::Bytes;

use super::escape::unescape;
use super::{Found, codes};

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Name(String),
    /// A name in backticks; CEL has it for fields that are no identifiers.
    Quoted(String),
    Number(f64),
    Unsigned,
    Text(String),
    Bytes,
    Sign(&'static str),
    End,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Lexeme {
    pub token: Token,
    pub at: Bytes,
}

/// Longest first.
const SIGNS: [&str; 25] = [
    "==", "!=", "<=", ">=", "&&", "||", "(", ")", "[", "]", "{", "}", ".", ",", ":", "?", "+", "-",
    "*", "/", "%", "<", ">", "!", "=",
];

/// What people write, and what it is in CEL. The lexer reads it as meant.
const MEANT: [(&str, &str); 14] = [
    ("===", "=="),
    ("!==", "!="),
    ("<>", "!="),
    ("=<", "<="),
    ("=>", ">="),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("∧", "&&"),
    ("∨", "||"),
    ("¬", "!"),
    ("−", "-"),
    ("&", "&&"),
    ("|", "||"),
];

/// The tokens, the last of which is [`Token::End`]. What cannot be read is reported and
/// left out.
pub fn lex(text: &str, found: &mut Found) -> Vec<Lexeme> {
    let mut lexer = Lexer {
        text,
        at: 0,
        found,
        tokens: Vec::new(),
    };
    while lexer.at < text.len() {
        lexer.next();
    }
    let end = lexer.bytes(text.len());
    lexer.push(Token::End, end);
    lexer.tokens
}

struct Lexer<'a, 'f, 'p> {
    text: &'a str,
    at: usize,
    found: &'f mut Found<'p>,
    tokens: Vec<Lexeme>,
}

fn starts_name(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}

fn in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

impl<'a> Lexer<'a, '_, '_> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn bytes(&self, start: usize) -> Bytes {
        Bytes {
            start: start as u32,
            end: self.at as u32,
        }
    }

    fn push(&mut self, token: Token, at: Bytes) {
        self.tokens.push(Lexeme { token, at });
    }

    /// Takes the longest beginning of the rest that consists of such characters.
    fn take(&mut self, such: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !such(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or("")
    }

    fn report(&mut self, at: Bytes, message: String, help: Option<String>) {
        let span = self.found.span(at);
        self.found.push(
            Diagnostic::error(codes::CHARACTERS, message)
                .at(span, "")
                .help_if(help),
        );
    }

    fn next(&mut self) {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return;
        };
        let second = rest.chars().nth(1).unwrap_or(' ');
        if first.is_ascii_whitespace() {
            self.take(|c| c.is_ascii_whitespace());
        } else if rest.starts_with("//") {
            self.take(|c| c != '\n');
        } else if first.is_ascii_digit() || first == '.' && second.is_ascii_digit() {
            self.number();
        } else if self.text_prefix().is_some() {
            self.string();
        } else if starts_name(first) {
            self.name();
        } else if first == '`' {
            self.quoted();
        } else {
            self.sign(first);
        }
    }

    fn name(&mut self) {
        let start = self.at;
        let name = self.take(in_name).to_owned();
        let after = self.rest().chars().next();
        if after.is_some_and(|c| c.is_alphanumeric()) {
            self.at = start;
            return self.odd_word();
        }
        let at = self.bytes(start);
        self.push(Token::Name(name), at);
    }

    fn quoted(&mut self) {
        let start = self.at;
        self.at += 1;
        let name = self.take(|c| c != '`' && c != '\n').to_owned();
        let closed = self.rest().starts_with('`');
        self.at += usize::from(closed);
        let at = self.bytes(start);
        if !closed {
            self.report(at, "the name in backticks does not end".to_owned(), None);
        }
        self.push(Token::Quoted(name), at);
    }

    fn sign(&mut self, first: char) {
        let start = self.at;
        let rest = self.rest();
        let known = SIGNS.iter().find(|s| rest.starts_with(**s));
        let slip = MEANT.iter().find(|(s, _)| rest.starts_with(*s));
        if let Some(&(written, meant)) = slip
            && known.is_none_or(|k| k.len() < written.len())
        {
            self.at += written.len();
            let at = self.bytes(start);
            let help = format!("write `{meant}`");
            self.report(at, format!("`{written}` is no operator"), Some(help));
            return self.push(Token::Sign(meant), at);
        }
        match known {
            Some(&"=") => {
                self.at += 1;
                let at = self.bytes(start);
                let help = "write `==` to ask whether two values are equal".to_owned();
                self.report(at, "`=` is no operator".to_owned(), Some(help));
                self.push(Token::Sign("=="), at);
            }
            Some(sign) => {
                self.at += sign.len();
                let at = self.bytes(start);
                self.push(Token::Sign(sign), at);
            }
            None if first.is_alphanumeric() => self.odd_word(),
            None => self.odd_character(first),
        }
    }

    /// A word with letters that names cannot have.
    fn odd_word(&mut self) {
        let start = self.at;
        let word = self.take(|c| in_name(c) || c.is_alphanumeric()).to_owned();
        let at = self.bytes(start);
        let help = format!("a text is written in quotes: `\"{word}\"`");
        let message = format!("`{word}` is no name: names have the letters a to z only");
        self.report(at, message, Some(help));
        self.push(Token::Text(word), at);
    }

    fn odd_character(&mut self, first: char) {
        let start = self.at;
        self.at += first.len_utf8();
        let at = self.bytes(start);
        let help = match first {
            '“' | '”' | '‘' | '’' | '«' | '»' | '„' => {
                Some("write straight quotes: `\"` or `'`".to_owned())
            }
            ';' => Some("a predicate is one condition; join several with `&&`".to_owned()),
            _ => None,
        };
        let shown = first.escape_debug();
        self.report(at, format!("`{shown}` has no meaning here"), help);
    }

    fn number(&mut self) {
        let start = self.at;
        let rest = self.rest();
        let hex = rest.starts_with("0x") || rest.starts_with("0X");
        let value = if hex {
            self.hexadecimal()
        } else {
            self.decimal()
        };
        let unsigned = self.rest().starts_with(['u', 'U']);
        self.at += usize::from(unsigned);
        let tail = self.take(in_name).to_owned();
        let at = self.bytes(start);
        if let Err(message) = value.as_ref().map(|_| ()).and(if tail.is_empty() {
            Ok(())
        } else {
            Err(&NOT_A_NUMBER)
        }) {
            let written = self.text.get(start..self.at).unwrap_or("");
            let help = match written.contains('_') {
                true => "write the digits without `_`",
                false => "numbers look like `3`, `0.25` or `1e6`",
            };
            let message = format!("`{written}` {message}");
            self.report(at, message, Some(help.to_owned()));
        }
        let value = value.unwrap_or(0.0);
        self.push(
            if unsigned {
                Token::Unsigned
            } else {
                Token::Number(value)
            },
            at,
        );
    }

    fn hexadecimal(&mut self) -> Result<f64, &'static str> {
        self.at += 2;
        let digits = self.take(|c| c.is_ascii_hexdigit());
        let number = u64::from_str_radix(digits, 16);
        whole(number.map_err(|_| NOT_A_NUMBER)?)
    }

    fn decimal(&mut self) -> Result<f64, &'static str> {
        let start = self.at;
        let digit = |c: char| c.is_ascii_digit();
        self.take(digit);
        let mut is_whole = true;
        let rest = self.rest();
        if rest.starts_with('.') && rest.chars().nth(1).is_some_and(digit) {
            self.at += 1;
            self.take(digit);
            is_whole = false;
        }
        let rest = self.rest();
        let exponent = rest.strip_prefix(['e', 'E']);
        let sign = exponent.map_or(0, |e| usize::from(e.starts_with(['+', '-'])));
        if exponent
            .and_then(|e| e.get(sign..))
            .is_some_and(|e| e.starts_with(digit))
        {
            self.at += 1 + sign;
            self.take(digit);
            is_whole = false;
        }
        let written = self.text.get(start..self.at).unwrap_or("");
        if is_whole {
            return whole(written.parse().map_err(|_| TOO_LARGE)?);
        }
        let value: f64 = written.parse().map_err(|_| NOT_A_NUMBER)?;
        if value.is_finite() {
            Ok(value)
        } else {
            Err(TOO_LARGE)
        }
    }

    /// How many characters of prefix (`r`, `b`) a text at this place has.
    fn text_prefix(&self) -> Option<usize> {
        let rest = self.rest();
        (0..=2).find(|&n| {
            let prefix = rest.get(..n).unwrap_or("-");
            let lower = prefix.to_ascii_lowercase();
            matches!(lower.as_str(), "" | "r" | "b" | "rb" | "br")
                && rest.get(n..).is_some_and(|r| r.starts_with(['"', '\'']))
        })
    }

    fn string(&mut self) {
        let start = self.at;
        let prefix = self.take(|c| c.is_ascii_alphabetic()).to_ascii_lowercase();
        let raw = prefix.contains('r');
        let body = self.body(raw);
        let at = self.bytes(start);
        let Some((from, to)) = body else {
            let help = "close the text with the quote that opens it".to_owned();
            self.report(at, "the text does not end".to_owned(), Some(help));
            return self.push(Token::Text(String::new()), at);
        };
        let written = self.text.get(from..to).unwrap_or("");
        let value = if raw {
            Ok(written.to_owned())
        } else {
            unescape(written)
        };
        let value = value.unwrap_or_else(|bad| {
            self.bad_escape(from + bad.start, from + bad.end);
            String::new()
        });
        let token = if prefix.contains('b') {
            Token::Bytes
        } else {
            Token::Text(value)
        };
        self.push(token, at);
    }

    fn bad_escape(&mut self, start: usize, end: usize) {
        let written = self.text.get(start..end).unwrap_or("\\");
        let message = format!("`{written}` is no character");
        let help = r#"a backslash itself is written `\\`, a quote in a text `\"`"#;
        let at = Bytes {
            start: start as u32,
            end: end as u32,
        };
        self.report(at, message, Some(help.to_owned()));
    }

    /// Reads from the opening to the closing quote; the bytes between them.
    fn body(&mut self, raw: bool) -> Option<(usize, usize)> {
        let rest = self.rest();
        let quote = ["\"\"\"", "'''", "\"", "'"]
            .into_iter()
            .find(|q| rest.starts_with(q))?;
        self.at += quote.len();
        let from = self.at;
        while let Some(next) = self.rest().chars().next() {
            if self.rest().starts_with(quote) {
                let to = self.at;
                self.at += quote.len();
                return Some((from, to));
            }
            if next == '\n' && quote.len() == 1 {
                return None;
            }
            self.at += next.len_utf8();
            if next == '\\' && !raw {
                self.at += self.rest().chars().next().map_or(0, char::len_utf8);
            }
        }
        None
    }
}

const NOT_A_NUMBER: &str = "is no number";
const TOO_LARGE: &str = "is too large a number";

/// Whole numbers up to 2^53 are exact.
fn whole(number: u64) -> Result<f64, &'static str> {
    if number <= 1 << 53 {
        Ok(number as f64)
    } else {
        Err(TOO_LARGE)
    }
}
