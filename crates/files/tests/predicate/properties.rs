//! What holds for every text and every value.

use proptest::prelude::*;
use raison_core::predicate::{EvalError, Outcome};

use crate::differential::Choices;
use crate::words::{load, october, vocabulary};

/// Texts made of the language's own pieces: they get further into the checker than
/// random characters do.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "situation.threat",
        "alternative.tags",
        "decider.state",
        "world",
        ".",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "&&",
        "||",
        "!",
        "-",
        "+",
        "*",
        "/",
        "%",
        "==",
        "<",
        ">=",
        "in",
        "?",
        ":",
        ",",
        "has",
        "size",
        "exists",
        "all(x,",
        "x",
        "true",
        "null",
        "1",
        "0.5",
        "1e9",
        "0x",
        "\"a\"",
        "'",
        "\"\"\"",
        "r'",
        "b\"",
        "`",
        "\\",
        "//",
        "\n",
        "é",
        "and",
        "not",
        "=",
        "≥",
        "if",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|p| p.join(" "))
}

fn spans_fit(text: &str) -> Result<(), TestCaseError> {
    let (program, problems) = load(text, &vocabulary());
    for p in &problems {
        for label in p.primary.iter().chain(&p.secondary) {
            let range = label.span.start as usize..label.span.end as usize;
            prop_assert!(text.get(range).is_some(), "{text:?} {p:?}");
        }
    }
    if let Some(program) = program {
        let v = vocabulary();
        let _ = program.eval(&v.slots());
        let _ = program.explain(&v.slots()).to_string();
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_panics(text in any::<String>()) {
        spans_fit(&text)?;
    }

    #[test]
    fn no_mixture_of_pieces_panics(text in pieces()) {
        spans_fit(&text)?;
    }

    /// The explanation says what evaluation says, and its reasons are parts of the text.
    #[test]
    fn explanations_agree(shape in prop::collection::vec(any::<u8>(), 0..100)) {
        let v = vocabulary();
        let text = Choices::new(&shape).bool(4, 0);
        let Some(program) = load(&text, &v).0 else {
            return Ok(());
        };
        let slots = october(&v);
        let explanation = program.explain(&slots);
        let expected = match program.eval(&slots) {
            Ok(value) => Outcome::Bool(value),
            Err(error) => Outcome::Error(error),
        };
        prop_assert_eq!(explanation.outcome, expected);
        prop_assert!(!explanation.reasons().is_empty());
    }

    /// A value that the program does not read changes nothing.
    #[test]
    fn only_what_is_read_matters(shape in prop::collection::vec(any::<u8>(), 0..100)) {
        let v = vocabulary();
        let text = Choices::new(&shape).bool(4, 0);
        let Some(program) = load(&text, &v).0 else {
            return Ok(());
        };
        let full = october(&v);
        let mut slots = full.clone();
        for variable in v.variables() {
            let slot = v.find(&variable.name).unwrap();
            if !program.reads().contains(&slot) {
                slots.clear(slot);
            }
        }
        prop_assert_eq!(program.eval(&slots), program.eval(&full));
    }

    /// Compiling again gives an equal program, and its errors name what it reads.
    #[test]
    fn errors_name_what_is_read(shape in prop::collection::vec(any::<u8>(), 0..100)) {
        let v = vocabulary();
        let text = Choices::new(&shape).bool(4, 0);
        let Some(program) = load(&text, &v).0 else {
            return Ok(());
        };
        let again = load(&text, &v).0;
        prop_assert_eq!(again.as_ref(), Some(&program));
        if let Err(EvalError::Missing(slot)) = program.eval(&v.slots()) {
            prop_assert!(program.name(slot).is_some());
            prop_assert!(program.place_of(slot).is_some());
        }
    }
}
