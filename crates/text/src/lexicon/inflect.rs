//! The forms of English verbs: irregular ones from a table, the others by rule.

use std::collections::{HashMap, HashSet};

/// Which form of a verb a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// `defend`
    Base,
    /// `defends`
    Third,
    /// `defended`
    Past,
    /// `defended`, `broken`
    Participle,
    /// `defending`
    Ing,
}

/// The table of irregular verbs.
#[derive(Clone, Debug, Default)]
pub struct Irregular {
    verbs: HashMap<String, [Vec<String>; 2]>,
    double: HashSet<String>,
}

impl Irregular {
    /// Reads `base past participle` lines and a list of verbs that double their last
    /// letter; lines of another shape are skipped.
    pub fn new(lines: &str, double: &str) -> Self {
        let row = |line: &str| {
            let mut words = line.split_whitespace();
            let base = words.next()?.to_string();
            let variants = |w: &str| w.split('/').map(str::to_string).collect();
            Some((base, [variants(words.next()?), variants(words.next()?)]))
        };
        Self {
            verbs: lines.lines().filter_map(row).collect(),
            double: double.split_whitespace().map(str::to_string).collect(),
        }
    }

    /// The base forms in the table.
    pub fn bases(&self) -> impl Iterator<Item = &str> {
        self.verbs.keys().map(String::as_str)
    }

    /// All forms of a verb, given its base form in lower case.
    pub fn forms(&self, base: &str) -> Vec<(String, Form)> {
        let mut out = vec![
            (base.to_string(), Form::Base),
            (third(base), Form::Third),
            (self.suffixed(base, "ing"), Form::Ing),
        ];
        match self.verbs.get(base) {
            Some([past, participle]) => {
                out.extend(past.iter().map(|p| (p.clone(), Form::Past)));
                out.extend(participle.iter().map(|p| (p.clone(), Form::Participle)));
            }
            None => {
                let ed = self.suffixed(base, "ed");
                out.push((ed.clone(), Form::Past));
                out.push((ed, Form::Participle));
            }
        }
        out
    }

    fn suffixed(&self, base: &str, suffix: &str) -> String {
        let ing = suffix == "ing";
        let cut = |n: usize| base.get(..base.len().saturating_sub(n)).unwrap_or(base);
        if base.ends_with("ie") && ing {
            return format!("{}y{suffix}", cut(2));
        }
        if ends_consonant_y(base) && !ing {
            return format!("{}i{suffix}", cut(1));
        }
        let keeps_e = ["ee", "oe", "ye"].iter().any(|e| base.ends_with(e)) && ing;
        if base.ends_with('e') && base.len() > 2 && !keeps_e {
            return format!("{}{suffix}", cut(1));
        }
        if base.ends_with('c') {
            return format!("{base}k{suffix}");
        }
        if self.doubles(base) {
            let last = base.chars().last().unwrap_or_default();
            return format!("{base}{last}{suffix}");
        }
        format!("{base}{suffix}")
    }

    fn doubles(&self, base: &str) -> bool {
        self.double.contains(base) || one_syllable_short_vowel(base)
    }
}

fn third(base: &str) -> String {
    match base {
        "be" => return "is".into(),
        "have" => return "has".into(),
        _ => {}
    }
    let hiss = ["s", "x", "z", "ch", "sh", "o"];
    if ends_consonant_y(base) {
        format!("{}ies", &base[..base.len() - 1])
    } else if hiss.iter().any(|h| base.ends_with(h)) {
        format!("{base}es")
    } else {
        format!("{base}s")
    }
}

fn vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn ends_consonant_y(base: &str) -> bool {
    matches!(base.as_bytes(), [.., before, b'y'] if before.is_ascii_alphabetic() && !vowel(*before))
}

/// `stop`, `plan`, `ban`: one vowel, then one consonant that doubles.
fn one_syllable_short_vowel(base: &str) -> bool {
    let bytes = base.as_bytes();
    let vowels = bytes.iter().filter(|b| vowel(**b)).count();
    match bytes {
        [.., v, c] => {
            let quit = bytes.starts_with(b"qu");
            (vowels == 1 || quit && vowels == 2)
                && vowel(*v)
                && !vowel(*c)
                && !matches!(c, b'w' | b'x' | b'y')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_follow_the_rules_of_spelling() {
        let table = Irregular::new("break broke broken\nhang hung/hanged hung", "admit");
        let all = |base: &str| {
            let forms = table.forms(base);
            forms.iter().map(|(w, _)| w.clone()).collect::<Vec<_>>()
        };
        assert_eq!(
            all("defend"),
            ["defend", "defends", "defending", "defended", "defended"]
        );
        assert_eq!(
            all("deny"),
            ["deny", "denies", "denying", "denied", "denied"]
        );
        assert_eq!(all("ban"), ["ban", "bans", "banning", "banned", "banned"]);
        assert_eq!(all("admit")[2], "admitting");
        assert_eq!(
            all("agree"),
            ["agree", "agrees", "agreeing", "agreed", "agreed"]
        );
        assert_eq!(all("die"), ["die", "dies", "dying", "died", "died"]);
        assert_eq!(
            all("break"),
            ["break", "breaks", "breaking", "broke", "broken"]
        );
        assert_eq!(all("reach")[1], "reaches");
        assert_eq!(all("visit")[2], "visiting");
        assert_eq!(all("obey")[3], "obeyed");
    }
}
