//! The names that predicates may use.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Bound;
use std::sync::Arc;

use super::slots::Slots;
use super::symbol::{Interner, List};

/// What kind of value a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// True or false.
    Bool,
    /// A number; whole numbers are numbers too.
    Double,
    /// A text.
    String,
    /// A list of texts, without order or repetition.
    Strings,
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Type::Bool => "true or false",
            Type::Double => "a number",
            Type::String => "a text",
            Type::Strings => "a list of texts",
        })
    }
}

/// The number of a name in its vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot(pub(super) u16);

impl Slot {
    /// Position in the vocabulary, from 0.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// One name of a vocabulary.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// Dotted name such as `situation.threat`.
    pub name: Arc<str>,
    /// Type of its values.
    pub kind: Type,
    /// One line that says what it means, with unit and range.
    pub about: Arc<str>,
    /// Least and greatest number that it can be, where that is known.
    pub range: Option<(f64, f64)>,
    /// The texts that it (or its items) can be; empty where any text can be.
    pub words: Vec<Arc<str>>,
}

/// Why a name cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameError {
    /// The vocabulary has the name already.
    Taken,
    /// Not of the form `group.name`: the first part must be a CEL identifier, the others
    /// letters, digits, `_` and `-`.
    Malformed,
    /// The name is the beginning of another name, or the other way round.
    Nested,
    /// 65 535 names are the most.
    Full,
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NameError::Taken => "the vocabulary has this name already",
            NameError::Malformed => {
                "a name is made of letters, digits, `_` and `-`, its parts are joined by dots, \
                 and its first part is no word of the language and begins with a letter"
            }
            NameError::Nested => "a name cannot be the beginning of another name",
            NameError::Full => "a vocabulary holds at most 65535 names",
        })
    }
}

impl std::error::Error for NameError {}

/// The words of CEL that cannot begin a name.
const RESERVED: [&str; 21] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "false",
    "for",
    "function",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "namespace",
    "null",
    "package",
    "return",
    "true",
    "var",
    "void",
    "while",
];

/// The names that predicates may use, each with type, meaning and slot.
///
/// A clone may be given more names (say, the effects that one case defines); it shares
/// its texts with the original, and programs compiled for the original run on its slots.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    variables: Vec<Variable>,
    by_name: BTreeMap<Arc<str>, Slot>,
    /// After each name, a print of all names and types so far.
    prints: Vec<u64>,
    interner: Arc<Interner>,
}

impl Vocabulary {
    /// An empty vocabulary.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a name. `about` is one line with unit and range.
    pub fn add(&mut self, name: &str, kind: Type, about: &str) -> Result<Slot, NameError> {
        self.admit(name)?;
        let index = u16::try_from(self.variables.len()).map_err(|_| NameError::Full)?;
        if index == u16::MAX {
            return Err(NameError::Full);
        }
        let print = self.prints.last().copied().unwrap_or(0xcbf2_9ce4_8422_2325);
        self.prints.push(print_of(print, name, kind));
        let name: Arc<str> = name.into();
        self.by_name.insert(name.clone(), Slot(index));
        self.variables.push(Variable {
            name,
            kind,
            about: about.into(),
            range: None,
            words: Vec::new(),
        });
        Ok(Slot(index))
    }

    /// States least and greatest value of a number, so that comparisons outside are
    /// noticed. Nothing happens where `least > greatest`.
    pub fn set_range(&mut self, slot: Slot, least: f64, greatest: f64) {
        if let Some(variable) = self.variables.get_mut(slot.index())
            && least <= greatest
        {
            variable.range = Some((least, greatest));
        }
    }

    /// States the texts that a name (or the items of its list) can be, so that others are
    /// noticed.
    pub fn set_words<T: AsRef<str>>(&mut self, slot: Slot, words: impl IntoIterator<Item = T>) {
        if let Some(variable) = self.variables.get_mut(slot.index()) {
            variable.words = words.into_iter().map(|w| w.as_ref().into()).collect();
        }
    }

    fn admit(&self, name: &str) -> Result<(), NameError> {
        if !well_formed(name) {
            return Err(NameError::Malformed);
        }
        if self.by_name.contains_key(name) {
            return Err(NameError::Taken);
        }
        let inside_another = name
            .match_indices('.')
            .any(|(at, _)| self.by_name.contains_key(&name[..at]));
        if inside_another || self.is_group(name) {
            return Err(NameError::Nested);
        }
        Ok(())
    }

    /// The slot of a name.
    pub fn find(&self, name: &str) -> Option<Slot> {
        self.by_name.get(name).copied()
    }

    /// Whether names begin with `prefix` and a dot.
    pub fn is_group(&self, prefix: &str) -> bool {
        let start = format!("{prefix}.");
        self.by_name
            .range::<str, _>((Bound::Included(start.as_str()), Bound::Unbounded))
            .next()
            .is_some_and(|(name, _)| name.starts_with(&start))
    }

    /// What a slot stands for.
    pub fn variable(&self, slot: Slot) -> Option<&Variable> {
        self.variables.get(slot.index())
    }

    /// All names, in the order of their slots.
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// The texts shared by all programs and slots of this vocabulary.
    pub fn interner(&self) -> &Arc<Interner> {
        &self.interner
    }

    /// A list of texts for [`Slots::set_list`]; `None` where it is too long.
    pub fn list<T: AsRef<str>>(&self, texts: impl IntoIterator<Item = T>) -> Option<Arc<List>> {
        List::new(&self.interner, texts).map(Arc::new)
    }

    /// Slots for every name, all missing.
    pub fn slots(&self) -> Slots {
        Slots::new(self.interner.clone(), self.prints.as_slice().into())
    }

    /// A number that tells apart the lists of the first `names` names and their types.
    pub(super) fn print(&self, names: usize) -> u64 {
        names
            .checked_sub(1)
            .and_then(|last| self.prints.get(last))
            .copied()
            .unwrap_or(0)
    }

    /// A name as a predicate writes it: `effects.trade`, `effects["trade-depth"]`.
    pub fn spelling(name: &str) -> String {
        let mut parts = name.split('.');
        let mut spelled = parts.next().unwrap_or("").to_owned();
        for part in parts {
            if is_identifier(part) {
                spelled = spelled + "." + part;
            } else {
                spelled = format!("{spelled}[\"{part}\"]");
            }
        }
        spelled
    }
}

fn is_identifier(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !matches!(part, "in" | "true" | "false" | "null")
}

fn well_formed(name: &str) -> bool {
    let mut parts = name.split('.');
    let first = parts.next().unwrap_or("");
    let letter = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    is_identifier(first)
        && !RESERVED.contains(&first)
        && parts.all(|part| !part.is_empty() && part.chars().all(letter))
}

/// FNV-1a over name and type.
fn print_of(before: u64, name: &str, kind: Type) -> u64 {
    let step = |print: u64, byte: u8| (print ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let print = name.bytes().fold(before, step);
    step(step(print, 0xff), kind as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked() {
        let mut v = Vocabulary::new();
        assert!(v.add("situation.threat", Type::Double, "").is_ok());
        assert!(v.add("effects.trade-depth", Type::Double, "").is_ok());
        let mut error = |name: &str| v.add(name, Type::Bool, "").unwrap_err();
        assert_eq!(error("situation.threat"), NameError::Taken);
        assert_eq!(error("situation"), NameError::Nested);
        assert_eq!(error("situation.threat.of"), NameError::Nested);
        for bad in ["", ".", "a.", "in.x", "9a", "a b", "trade-depth", "é"] {
            assert_eq!(error(bad), NameError::Malformed, "{bad}");
        }
        assert_eq!(
            Vocabulary::spelling("effects.trade-depth.of"),
            r#"effects["trade-depth"].of"#
        );
    }

    #[test]
    fn a_vocabulary_ends_at_its_limit() {
        let mut v = Vocabulary::new();
        let added = (0..70_000)
            .filter(|i| v.add(&format!("a.n{i}"), Type::Bool, "").is_ok())
            .count();
        assert_eq!(added, 65_535);
        assert_eq!(v.add("b", Type::Bool, ""), Err(NameError::Full));
    }
}
