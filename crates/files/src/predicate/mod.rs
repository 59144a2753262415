//! The predicate language: text to a checked [`Program`].
//!
//! Conditions are written in the Common Expression Language (CEL) and checked when the
//! file is loaded: syntax, names and types against a [`Vocabulary`], cost. What CEL has
//! and predicates have not is recognised and named. `docs/predicates.md` is the
//! description for users; it lists where our rules differ from CEL's.

mod ast;
mod calls;
mod check;
mod escape;
mod lexer;
mod names;
mod operators;
mod parser;
mod place;
#[cfg(test)]
mod printed;
mod suggest;

use raison_core::predicate::{Place, Program, Vocabulary};
use raison_core::{Code, Diagnostic, Problems};

pub use place::place_in_toml;

/// The longest predicate, in bytes.
pub const MOST_BYTES: usize = 4096;
/// The deepest nesting: parentheses, operators, calls, `!`.
pub const MOST_NESTING: u16 = 64;
/// The most costly predicate, in steps ([`Program::cost`]).
pub const MOST_COST: u64 = 1_000_000;

mod codes {
    use super::Code;
    pub const EMPTY: Code = Code("R0400");
    pub const CHARACTERS: Code = Code("R0401");
    pub const SYNTAX: Code = Code("R0402");
    pub const TOO_BIG: Code = Code("R0403");
    pub const UNSUPPORTED: Code = Code("R0404");
    pub const UNKNOWN_NAME: Code = Code("R0405");
    pub const UNKNOWN_FUNCTION: Code = Code("R0406");
    pub const WRONG_TYPE: Code = Code("R0407");
    pub const NO_CONDITION: Code = Code("R0408");
    pub const ARGUMENTS: Code = Code("R0409");
    pub const DIVISION: Code = Code("R0410");
    pub const TOO_COSTLY: Code = Code("R0411");
    pub const ALWAYS: Code = Code("R0412");
    pub const OUT_OF_RANGE: Code = Code("R0413");
    pub const UNKNOWN_WORD: Code = Code("R0414");
    pub const REPEATED: Code = Code("R0415");
}

/// Checks and compiles a predicate. Everything found goes to `problems`: errors (then
/// there is no program) and warnings.
///
/// ```
/// use raison_core::predicate::{Place, Type, Vocabulary};
/// use raison_core::{FileId, Problems, Span};
/// use raison_files::predicate::compile;
///
/// let mut vocabulary = Vocabulary::new();
/// let threat = vocabulary
///     .add("situation.threat", Type::Double, "how grave the threat is, from 0 to 1")
///     .unwrap();
/// let text = "situation.threat > 0.6";
/// let place = Place::plain(Span::new(FileId(0), 0, text.len()));
/// let mut problems = Problems::new();
/// let program = compile(text, &place, &vocabulary, &mut problems).unwrap();
///
/// let mut slots = vocabulary.slots();
/// slots.set_number(threat, 0.8);
/// assert_eq!(program.eval(&slots), Ok(true));
/// assert_eq!(
///     program.explain(&slots).to_string(),
///     "situation.threat (0.8) > 0.6: true"
/// );
/// ```
pub fn compile(
    text: &str,
    place: &Place,
    vocabulary: &Vocabulary,
    problems: &mut Problems,
) -> Option<Program> {
    let mut found = Found::new(place);
    let program = parser::parse(text, &mut found)
        .and_then(|ast| check::check(&ast, text, vocabulary, &mut found));
    let program = program.filter(|_| !found.has_errors());
    problems.extend(found.into_sorted());
    program
}

/// The dotted names that a predicate mentions, in order, each once: so that a loader can
/// add the names of an open group (`effects.…`) to its vocabulary before it compiles.
/// Empty where the text is no predicate.
pub fn names(text: &str) -> Vec<String> {
    let place = Place::whole(raison_core::Span::new(raison_core::FileId(0), 0, 0));
    let mut found = Found::new(&place);
    parser::parse(text, &mut found).map_or_else(Vec::new, |ast| names::names(&ast))
}

/// The problems of one predicate.
struct Found<'a> {
    place: &'a Place,
    list: Vec<Diagnostic>,
}

impl<'a> Found<'a> {
    fn new(place: &'a Place) -> Self {
        let list = Vec::new();
        Self { place, list }
    }

    fn push(&mut self, problem: Diagnostic) {
        self.list.push(problem);
    }

    fn has_errors(&self) -> bool {
        self.list.iter().any(Diagnostic::is_error)
    }

    fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.list
            .sort_by_key(|p| p.primary.as_ref().map(|l| l.span));
        self.list
    }

    fn span(&self, at: raison_core::predicate::Bytes) -> raison_core::Span {
        self.place.part(at.start, at.end)
    }
}
