//! What a block is, judged by itself: page reference, by-line, kicker, caption, heading or text.

use super::blocks::{Block, Hint, Level};

/// What a block is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Points to a page; `jump` says that something continues there.
    Reference { page: Option<u32>, jump: bool },
    /// Author and role.
    Byline { name: String, role: Option<String> },
    /// A label such as OPINION.
    Kicker,
    /// A picture's caption with its credit.
    Caption { credit: Option<String> },
    /// A heading.
    Heading(Level),
    /// Running text.
    Text,
}

/// Judges a block.
pub(super) fn role(block: &Block) -> Role {
    if let Some((page, jump)) = reference(&block.text) {
        return Role::Reference { page, jump };
    }
    if let Some((name, role)) = byline(block) {
        return Role::Byline { name, role };
    }
    if block.hint == Hint::Kicker || all_capitals(&block.text) && block.words() <= 5 {
        return Role::Kicker;
    }
    if let Some(credit) = caption(block) {
        return Role::Caption { credit };
    }
    match block.hint {
        Hint::Heading(level) => Role::Heading(level),
        Hint::Text if looks_like_heading(block) => Role::Heading(0),
        _ => Role::Text,
    }
}

/// `8 >`, `Page 3 >`, `See page 8`, `Continued on page 3`, `→ A7`; the page, and whether
/// the words say that the text goes on there.
fn reference(text: &str) -> Option<(Option<u32>, bool)> {
    let lower = text.trim().to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    if words.is_empty() || words.len() > 8 {
        return None;
    }
    let arrow = lower.contains(['>', '»', '→', '›', '▶', '►']);
    let page = words.iter().rev().find_map(|w| page_number(w));
    let says_page = words.iter().any(|w| matches!(*w, "page" | "p" | "pp"));
    let jump = words
        .iter()
        .any(|w| matches!(*w, "continued" | "continues" | "cont" | "turn"));
    let only_page = words.iter().all(|w| {
        matches!(
            *w,
            "page"
                | "p"
                | "pp"
                | "see"
                | "on"
                | "to"
                | "more"
                | "full"
                | "story"
                | "read"
                | "continued"
                | "continues"
                | "cont"
                | "turn"
                | "from"
        ) || page_number(w).is_some()
    });
    let points = arrow && page.is_some() || says_page && page.is_some() || jump && arrow;
    (only_page && points).then_some((page, jump))
}

fn page_number(word: &str) -> Option<u32> {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let letters = word.len() - digits.len();
    let number = digits.parse().ok().filter(|n| (1..1000).contains(n));
    number.filter(|_| letters <= 1)
}

fn byline(block: &Block) -> Option<(String, Option<String>)> {
    let mut lines = block.text.lines().map(str::trim);
    let first = lines.next()?;
    let hinted = block.hint == Hint::Byline;
    let by = ["By ", "BY ", "by "]
        .iter()
        .find_map(|b| first.strip_prefix(b));
    let name = match by {
        Some(name) => name,
        None if hinted => first,
        None => return None,
    };
    let words = name.split_whitespace().count();
    let capital = name.starts_with(char::is_uppercase);
    let sentence = name.ends_with(['.', '?', '!']) && words > 4;
    if block.words() > 20 || words > 8 || !capital || sentence {
        return None;
    }
    let (name, rest) = match name.split_once([',', '|', '·']) {
        Some((name, role)) => (name.trim(), Some(role.trim().to_string())),
        None => (name, None),
    };
    let below: Vec<&str> = lines.filter(|l| !l.is_empty()).collect();
    let role = rest.or_else(|| (!below.is_empty()).then(|| below.join(", ")));
    Some((name.to_string(), role))
}

fn all_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3 && !text.chars().any(char::is_lowercase)
}

const AGENCIES: [&str; 24] = [
    "AP",
    "AFP",
    "Reuters",
    "REUTERS",
    "Getty",
    "EPA",
    "Xinhua",
    "TASS",
    "IRNA",
    "ISNA",
    "Tasnim",
    "Mehr",
    "Fars",
    "Anadolu",
    "UPI",
    "DPA",
    "dpa",
    "Kyodo",
    "ANI",
    "PTI",
    "WANA",
    "Sputnik",
    "Bloomberg",
    "Alamy",
];

/// A caption's credit: a link or an agency after the last full stop. `Some(None)` is a
/// caption without credit.
fn caption(block: &Block) -> Option<Option<String>> {
    let text = block.text.trim();
    let labelled = ["Photo", "PHOTO", "Picture:", "Caption:", "Image:"];
    let starts = labelled.iter().any(|l| text.starts_with(l));
    let credit = credit(block, text);
    let marked = block.hint == Hint::Caption || starts;
    let short = block.words() <= 120 && !matches!(block.hint, Hint::Heading(_));
    (short && (marked || credit.is_some())).then_some(credit)
}

fn credit(block: &Block, text: &str) -> Option<String> {
    let after = text
        .rfind(". ")
        .and_then(|i| text.get(i + 2..))
        .map(str::trim)?;
    if block.ends_with_link {
        let link = block.links.last()?;
        return (after == link).then(|| link.clone());
    }
    let bare = after.trim_matches(|c: char| "()[]/.".contains(c));
    let words = bare.split_whitespace().count();
    let agency = bare
        .split(|c: char| !c.is_alphanumeric())
        .any(|w| AGENCIES.contains(&w));
    let site = bare.contains('.') && !bare.contains(' ');
    ((1..=6).contains(&words) && (agency || site)).then(|| bare.to_string())
}

/// A short line of its own without full stop that begins with a capital.
fn looks_like_heading(block: &Block) -> bool {
    let text = block.text.trim();
    let words = block.words();
    let closed = text.ends_with(['.', '!', ',', ';', ':', '"', '”', ')', '—', '-']);
    let one_line = !text.contains('\n');
    (2..=14).contains(&words) && one_line && !closed && text.starts_with(char::is_uppercase)
}

/// Whether a paragraph ends within a sentence.
pub(super) fn ends_open(text: &str) -> bool {
    let end = text.trim_end().chars().next_back();
    end.is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | '-' | '—' | '–' | ';'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_references() {
        assert_eq!(reference("8 >"), Some((Some(8), false)));
        assert_eq!(reference("Page 3 >"), Some((Some(3), false)));
        assert_eq!(reference("Continued on page A7"), Some((Some(7), true)));
        assert_eq!(reference("See page 12"), Some((Some(12), false)));
        assert_eq!(reference("In 1953 it was over"), None);
        assert_eq!(reference("8"), None);
        assert_eq!(reference("The page 3 girl won"), None);
    }
}
