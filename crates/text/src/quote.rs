//! Which tokens stand in quotation marks.

use crate::token::{Token, Tokens};

/// A quotation is at most so many tokens; a mark without partner within them is ignored.
const LONGEST: usize = 400;
/// Shorter ones are terms or titles, not somebody's statement.
const SHORTEST: usize = 5;

/// Marks the tokens inside quotations; one flag per token.
///
/// Nested marks of the other kind (`“ … ‘ … ’ … ”`) stay inside. Each mark is looked at
/// once, so the work grows with the number of tokens only.
pub fn quoted(text: &str, tokens: &Tokens, flags: &mut Vec<bool>) {
    flags.clear();
    flags.resize(tokens.list.len(), false);
    let mut open: Option<usize> = None;
    for (at, token) in tokens.list.iter().enumerate() {
        let Some(mark) = Mark::of(token, text) else {
            continue;
        };
        open = match (mark, open) {
            (Mark::Open, _) | (Mark::Straight, None) => Some(at),
            (Mark::Close | Mark::Straight, Some(start)) if at - start <= LONGEST => {
                if at - start > SHORTEST {
                    flags[start..at].fill(true);
                }
                None
            }
            (Mark::Straight, Some(_)) => Some(at),
            (Mark::Close, _) => None,
        };
    }
}

#[derive(Clone, Copy)]
enum Mark {
    Open,
    Close,
    Straight,
}

impl Mark {
    fn of(token: &Token, text: &str) -> Option<Mark> {
        if token.end - token.start > 3 {
            return None;
        }
        match token.text(text) {
            "“" | "«" => Some(Mark::Open),
            "”" | "»" => Some(Mark::Close),
            "\"" => Some(Mark::Straight),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(text: &str) -> Vec<&str> {
        let mut tokens = Tokens::default();
        tokens.read(text);
        let mut flags = Vec::new();
        quoted(text, &tokens, &mut flags);
        let pairs = tokens.list.iter().zip(&flags);
        pairs
            .filter(|(_, f)| **f)
            .map(|(t, _)| t.text(text))
            .collect()
    }

    #[test]
    fn statements_are_quoted_and_terms_are_not() {
        assert!(inside("The so-called \"open door\" policy.").is_empty());
        let got = inside("He said: “We shall never attack you, my friends.” I agree.");
        assert_eq!(got.first(), Some(&"“"));
        assert_eq!(got.last(), Some(&"."));
    }

    #[test]
    fn an_open_mark_without_partner_quotes_nothing() {
        assert!(inside("A \" stands here and nothing follows it at all in this text").is_empty());
    }
}
