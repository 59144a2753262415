//! Who speaks in a transcript of an interview or press conference.
//!
//! A paragraph that begins with a label (`Q.`, `THE PRESIDENT:`, `MR. HAGERTY:`) begins a
//! turn. With spontaneous material only the leader's turns are scored.

/// Keeps the leader's turns; remembers who speaks between pieces of a transcript.
#[derive(Clone, Debug)]
pub struct Turns {
    surname: Option<String>,
    speaking: bool,
    /// Whether any label was seen.
    pub labelled: bool,
    /// Bytes left out.
    pub dropped: u64,
}

const ANSWERS: [&str; 9] = [
    "A",
    "ANSWER",
    "THE PRESIDENT",
    "PRESIDENT",
    "THE PRIME MINISTER",
    "PRIME MINISTER",
    "THE CHANCELLOR",
    "THE CHAIRMAN",
    "THE LEADER",
];

impl Turns {
    /// For a leader of that name; labels that hold the last word of it are the leader's.
    pub fn new(name: Option<&str>) -> Self {
        let last = name.and_then(|n| n.split_whitespace().last());
        Self {
            surname: last.map(str::to_uppercase),
            speaking: true,
            labelled: false,
            dropped: 0,
        }
    }

    /// The leader's lines of a piece; the others are replaced by empty lines.
    pub fn keep(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            let words = match label(line) {
                Some((label, length)) => {
                    self.labelled = true;
                    self.speaking = self.is_leader(label);
                    line.get(length..).unwrap_or("")
                }
                None => line,
            };
            if self.speaking {
                out.push_str(words);
            } else {
                self.dropped += line.len() as u64;
                out.push('\n');
            }
        }
        out
    }

    fn is_leader(&self, label: &str) -> bool {
        let upper = label.to_uppercase();
        let own = self
            .surname
            .as_ref()
            .is_some_and(|s| upper.contains(s.as_str()));
        own || ANSWERS.contains(&upper.trim_end_matches('.'))
    }
}

/// The label at the start of a line and how many bytes it takes with its mark.
fn label(line: &str) -> Option<(&str, usize)> {
    let start = line.len() - line.trim_start().len();
    let rest = &line[start..];
    for short in ["Q.", "Q:", "A.", "A:"] {
        if rest.starts_with(short) && rest[2..].starts_with(char::is_whitespace) {
            return Some((&rest[..1], start + 2));
        }
    }
    let window = rest.char_indices().take(48).find(|(_, c)| *c == ':')?.0;
    let label = &rest[..window];
    let words = label.split_whitespace().count();
    let capitals = label.chars().any(char::is_alphabetic) && !label.chars().any(char::is_lowercase);
    let named = ["Question", "Reporter", "Interviewer", "Answer"].contains(&label);
    ((1..=5).contains(&words) && (capitals || named)).then_some((label, start + window + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_leaders_turns_stay() {
        let text = "THE PRESIDENT: We agree.\nQ. Do you attack?\nMR. SMITH: No.\nHe went on.\nPRESIDENT EISENHOWER: We help.\nStill me.\n";
        let mut turns = Turns::new(Some("Dwight D. Eisenhower"));
        let kept = turns.keep(text);
        let lines: Vec<&str> = kept
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .collect();
        assert_eq!(lines, ["We agree.", "We help.", "Still me."]);
        assert!(turns.labelled && turns.dropped > 20);
    }

    #[test]
    fn a_text_without_labels_is_kept_whole() {
        let text = "One thing is clear: we stay. I said: no.\n";
        assert_eq!(Turns::new(None).keep(text), text);
    }
}
