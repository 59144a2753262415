//! The diagnostics that any table can give rise to.

use crate::codes;
use crate::number::Bad;
use crate::suggest::{did_you_mean, listed};
use raison_core::{Diagnostic, Domain, Span, Uncertain};

/// The warning for a number that nobody stated.
pub fn assumed(path: &str, amount: Uncertain, why: &str) -> Diagnostic {
    let (low, high) = amount.ends();
    let value = if low == high {
        format!("{low}")
    } else {
        format!("anything from {low} to {high}")
    };
    Diagnostic::warning(
        codes::ASSUMED,
        format!("`{path}` is not stated; taken as {value}"),
    )
    .note(why.to_owned())
    .help("`analyze` lists what other values of it would flip")
}

/// The diagnostic for a second use of an id.
pub fn duplicate(id: &str, first: Span, second: Span) -> Diagnostic {
    Diagnostic::error(codes::DUPLICATE_ID, format!("the id `{id}` is used twice"))
        .at(second, "used again here")
        .also(first, "first used here")
        .help("give one of them another id")
}

/// The diagnostic for a word outside a closed list.
pub fn unknown_word(text: &str, at: Span, words: &[&str]) -> Diagnostic {
    Diagnostic::error(
        codes::UNKNOWN_WORD,
        format!("`{text}` is not a word that may stand here"),
    )
    .at(at, "")
    .help_if(did_you_mean(text, words.iter().copied()))
    .help(format!("one of {}", listed(words.iter().copied())))
}

/// The diagnostic for a number outside its domain.
pub fn out_of_domain(key: &str, x: f64, domain: Domain, at: Span) -> Diagnostic {
    let range = if domain.high == f64::MAX {
        format!("{} or more", domain.low)
    } else {
        format!("from {} to {}", domain.low, domain.high)
    };
    Diagnostic::error(
        codes::OUT_OF_DOMAIN,
        format!("`{key}` is {x}, but it goes {range}"),
    )
    .at(at, "")
}

/// The diagnostic for a number without provenance.
pub fn unstated(key: &str, at: Span) -> Diagnostic {
    Diagnostic::warning(
        codes::UNSTATED,
        format!("`{key}` has neither source nor judgement"),
    )
    .at(at, "")
    .help("add `source = \"key, page\"` or `judgement = \"why\"` to it or to a table around it")
}

/// The diagnostic for something that is not written as a number.
pub fn bad_number(key: &str, at: Span, bad: &Bad) -> Diagnostic {
    let (code, message) = match bad {
        Bad::Type(got) => (codes::WRONG_TYPE, format!("`{key}` is {got}, not a number")),
        Bad::Order => (
            codes::BAD_RANGE,
            format!("the ends of `{key}` are the wrong way round"),
        ),
        Bad::NotFinite => (
            codes::OUT_OF_DOMAIN,
            format!("`{key}` is not a finite number"),
        ),
        Bad::Length(n) => (
            codes::BAD_NUMBER,
            format!("`{key}` is a list of {n}, not of two or three numbers"),
        ),
        Bad::Text(text) => (codes::BAD_NUMBER, format!("`{text}` is not a number")),
    };
    Diagnostic::error(code, message)
        .at(at, "")
        .help("write a number, a range `[low, high]` or an estimate `[low, most likely, high]`")
}
