//! The tree of a parsed predicate.

use raison_core::predicate::{Arith, Bytes, Compare};

/// An expression and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    pub kind: Kind,
    pub at: Bytes,
    /// Height of the tree; the parser bounds it.
    pub depth: u16,
}

/// Operators between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    Compare(Compare),
    Arith(Arith),
    In,
}

impl Binary {
    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Binary::Compare(Compare::Equal) => "==",
            Binary::Compare(Compare::NotEqual) => "!=",
            Binary::Compare(Compare::Less) => "<",
            Binary::Compare(Compare::AtMost) => "<=",
            Binary::Compare(Compare::Greater) => ">",
            Binary::Compare(Compare::AtLeast) => ">=",
            Binary::Arith(Arith::Add) => "+",
            Binary::Arith(Arith::Subtract) => "-",
            Binary::Arith(Arith::Multiply) => "*",
            Binary::Arith(Arith::Divide) => "/",
            Binary::Arith(Arith::Rest) => "%",
            Binary::In => "in",
        }
    }
}

/// A name with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    pub text: String,
    pub at: Bytes,
}

/// What CEL has and predicates have not, seen by the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    Null,
    Unsigned,
    Bytes,
    Map,
    Message,
    Optional,
    RootName,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Bool(bool),
    Number(f64),
    Text(String),
    Name(String),
    Field(Box<Expr>, Word),
    Index(Box<Expr>, Box<Expr>),
    Call(Option<Box<Expr>>, Word, Vec<Expr>),
    List(Vec<Expr>),
    Not(Box<Expr>),
    Negative(Box<Expr>),
    Binary(Binary, Box<Expr>, Box<Expr>),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    Foreign(Foreign),
}

impl Expr {
    /// A dotted name: `a.b`, `a["b"]`; nothing else.
    pub fn path(&self) -> Option<String> {
        match &self.kind {
            Kind::Name(name) => Some(name.clone()),
            Kind::Field(of, word) => Some(of.path()? + "." + &word.text),
            Kind::Index(of, index) => match &index.kind {
                Kind::Text(text) => Some(of.path()? + "." + text),
                _ => None,
            },
            _ => None,
        }
    }

    /// The first part of a dotted name.
    pub fn head(&self) -> Option<&str> {
        match &self.kind {
            Kind::Name(name) => Some(name),
            Kind::Field(of, _) | Kind::Index(of, _) => of.head(),
            _ => None,
        }
    }

    /// The parts, in order.
    pub fn parts(&self) -> Vec<&Expr> {
        match &self.kind {
            Kind::Field(of, _) | Kind::Not(of) | Kind::Negative(of) => vec![of],
            Kind::Index(a, b) | Kind::Binary(_, a, b) => vec![a, b],
            Kind::Call(on, _, arguments) => on.iter().map(|on| &**on).chain(arguments).collect(),
            Kind::List(parts) | Kind::And(parts) | Kind::Or(parts) => parts.iter().collect(),
            Kind::If(a, b, c) => vec![a, b, c],
            _ => Vec::new(),
        }
    }
}
