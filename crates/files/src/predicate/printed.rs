//! Printed trees are read as the same trees.

use proptest::prelude::*;
use raison_core::predicate::{Arith, Bytes, Compare, Place};
use raison_core::{FileId, Span};

use super::Found;
use super::ast::{Binary, Expr, Kind, Word};
use super::parser::parse;

fn expr(kind: Kind) -> Expr {
    let at = Bytes::default();
    Expr { kind, at, depth: 0 }
}

fn word(text: String) -> Word {
    let at = Bytes::default();
    Word { text, at }
}

fn name() -> impl Strategy<Value = String> {
    "[a-z][a-z0-9_]{0,3}".prop_filter("no word of the language", |n| {
        !matches!(
            n.as_str(),
            "in" | "as" | "if" | "for" | "let" | "var" | "or" | "and" | "not"
        ) && !matches!(n.as_str(), "else" | "loop" | "null" | "true" | "void")
            && !matches!(n.as_str(), "is" | "r" | "b" | "rb" | "br")
    })
}

fn operator() -> impl Strategy<Value = Binary> {
    use Arith::{Add, Divide, Multiply, Rest, Subtract};
    use Compare::{AtLeast, AtMost, Equal, Greater, Less, NotEqual};
    prop_oneof![
        Just(Binary::In),
        prop::sample::select(vec![Equal, NotEqual, Less, AtMost, Greater, AtLeast])
            .prop_map(Binary::Compare),
        prop::sample::select(vec![Add, Subtract, Multiply, Divide, Rest]).prop_map(Binary::Arith),
    ]
}

fn leaf() -> impl Strategy<Value = Expr> {
    prop_oneof![
        any::<bool>().prop_map(|b| expr(Kind::Bool(b))),
        (0_u32..9999).prop_map(|n| expr(Kind::Number(f64::from(n) / 8.0))),
        any::<String>().prop_map(|t| expr(Kind::Text(t))),
        name().prop_map(|n| expr(Kind::Name(n))),
    ]
}

fn tree() -> impl Strategy<Value = Expr> {
    leaf().prop_recursive(5, 40, 3, |inner| {
        let some = || prop::collection::vec(inner.clone(), 0..3);
        let several = || prop::collection::vec(inner.clone(), 2..4);
        let one = || inner.clone().prop_map(Box::new);
        prop_oneof![
            (operator(), one(), one()).prop_map(|(o, a, b)| expr(Kind::Binary(o, a, b))),
            several().prop_map(|p| expr(Kind::And(flat(p, true)))),
            several().prop_map(|p| expr(Kind::Or(flat(p, false)))),
            (one(), one(), one()).prop_map(|(a, b, c)| expr(Kind::If(a, b, c))),
            one().prop_map(|a| expr(Kind::Not(a))),
            one().prop_map(negative),
            some().prop_map(|p| expr(Kind::List(p))),
            (one(), name()).prop_map(|(a, n)| expr(Kind::Field(a, word(n)))),
            (one(), one()).prop_map(|(a, b)| expr(Kind::Index(a, b))),
            (one(), name(), some()).prop_map(|(a, n, p)| expr(Kind::Call(Some(a), word(n), p))),
            (name(), some()).prop_map(|(n, p)| expr(Kind::Call(None, word(n), p))),
        ]
    })
}

/// The parser joins `(a && b) && c`; only the first part can be joined.
fn flat(mut parts: Vec<Expr>, and: bool) -> Vec<Expr> {
    let first = parts.remove(0);
    let mut all = match first.kind {
        Kind::And(parts) if and => parts,
        Kind::Or(parts) if !and => parts,
        kind => vec![expr(kind)],
    };
    all.append(&mut parts);
    all
}

/// The parser reads a minus before a number as a part of it.
fn negative(a: Box<Expr>) -> Expr {
    match a.kind {
        Kind::Number(n) => expr(Kind::Number(-n)),
        _ => expr(Kind::Negative(a)),
    }
}

/// How strongly an expression holds together, as in the grammar of CEL.
fn strength(e: &Expr) -> u8 {
    match &e.kind {
        Kind::If(..) => 0,
        Kind::Or(_) => 1,
        Kind::And(_) => 2,
        Kind::Binary(Binary::Compare(_) | Binary::In, ..) => 3,
        Kind::Binary(Binary::Arith(Arith::Add | Arith::Subtract), ..) => 4,
        Kind::Binary(..) => 5,
        Kind::Not(_) | Kind::Negative(_) => 6,
        Kind::Number(n) if n.is_sign_negative() => 6,
        _ => 7,
    }
}

/// With brackets only where the expression holds together less than is needed.
fn print(e: &Expr, needed: u8) -> String {
    let own = strength(e);
    let text = match &e.kind {
        Kind::Bool(b) => b.to_string(),
        Kind::Number(n) => format!("{n:?}"),
        Kind::Text(t) => quoted(t),
        Kind::Name(n) => n.clone(),
        Kind::Field(a, w) => format!("{}.{}", print(a, 7), w.text),
        Kind::Index(a, b) => format!("{}[{}]", print(a, 7), print(b, 0)),
        Kind::Call(None, w, p) => format!("{}({})", w.text, join(p, ", ", 0, 0)),
        Kind::Call(Some(a), w, p) => {
            format!("{}.{}({})", print(a, 7), w.text, join(p, ", ", 0, 0))
        }
        Kind::List(p) => format!("[{}]", join(p, ", ", 0, 0)),
        Kind::Not(a) => format!("!{}", print(a, 6)),
        Kind::Negative(a) => format!("-{}", print(a, 6)),
        Kind::Binary(o, a, b) => {
            format!("{} {} {}", print(a, own), o.sign(), print(b, own + 1))
        }
        Kind::And(p) => join(p, " && ", 3, 3),
        Kind::Or(p) => join(p, " || ", 2, 2),
        Kind::If(a, b, c) => format!("{} ? {} : {}", print(a, 1), print(b, 1), print(c, 0)),
        Kind::Foreign(_) => "null".to_owned(),
    };
    if own < needed {
        format!("({text})")
    } else {
        text
    }
}

fn join(parts: &[Expr], by: &str, first: u8, others: u8) -> String {
    let needed = |i| if i == 0 { first } else { others };
    let parts: Vec<String> = parts
        .iter()
        .enumerate()
        .map(|(i, p)| print(p, needed(i)))
        .collect();
    parts.join(by)
}

fn quoted(text: &str) -> String {
    let escape = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        '\n' => "\\n".to_owned(),
        c if c.is_control() => format!("\\U{:08x}", u32::from(c)),
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}

/// The tree without places.
fn bare(mut e: Expr) -> Expr {
    e.at = Bytes::default();
    e.depth = 0;
    let one = |a: Box<Expr>| Box::new(bare(*a));
    let all = |p: Vec<Expr>| p.into_iter().map(bare).collect();
    e.kind = match e.kind {
        Kind::Field(a, w) => Kind::Field(one(a), word(w.text)),
        Kind::Index(a, b) => Kind::Index(one(a), one(b)),
        Kind::Call(a, w, p) => Kind::Call(a.map(one), word(w.text), all(p)),
        Kind::List(p) => Kind::List(all(p)),
        Kind::Not(a) => Kind::Not(one(a)),
        Kind::Negative(a) => Kind::Negative(one(a)),
        Kind::Binary(o, a, b) => Kind::Binary(o, one(a), one(b)),
        Kind::And(p) => Kind::And(all(p)),
        Kind::Or(p) => Kind::Or(all(p)),
        Kind::If(a, b, c) => Kind::If(one(a), one(b), one(c)),
        other => other,
    };
    e
}

proptest! {
    #[test]
    fn printed_trees_are_read_back(tree in tree()) {
        let text = print(&tree, 0);
        prop_assume!(text.len() <= super::MOST_BYTES);
        let place = Place::plain(Span::new(FileId(0), 0, text.len()));
        let mut found = Found::new(&place);
        let read = parse(&text, &mut found);
        prop_assert!(found.list.is_empty(), "{text}\n{:?}", found.list);
        prop_assert_eq!(bare(read.unwrap()), bare(tree), "{}", text);
    }
}
