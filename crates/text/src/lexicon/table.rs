//! A TOML table with spans, read key by key; every problem is reported, with its place.

use raison_core::{Code, Diagnostic, FileId, Problems, Span};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

const SYNTAX: Code = Code("R4001");
const UNKNOWN: Code = Code("R4002");
const VALUE: Code = Code("R4004");

/// A parsed file or a table in it.
pub(crate) struct Reader<'a> {
    file: FileId,
    text: &'a str,
    table: DeTable<'a>,
}

/// One key and its value.
pub(crate) struct Field<'a> {
    /// The key, one of those asked for.
    pub key: &'a str,
    file: FileId,
    text: &'a str,
    name: Span,
    value: &'a Spanned<DeValue<'a>>,
}

impl<'a> Reader<'a> {
    /// Parses a file; syntax errors are reported and yield nothing.
    pub fn parse(file: FileId, text: &'a str, problems: &mut Problems) -> Option<Self> {
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let at = error.span().unwrap_or(0..0);
            problems.push(
                Diagnostic::error(SYNTAX, format!("this is not TOML: {}", error.message()))
                    .at(Span::new(file, at.start, at.end), ""),
            );
        }
        errors.is_empty().then(|| Self {
            file,
            text,
            table: table.into_inner(),
        })
    }

    /// The fields whose keys are known; the others are reported.
    pub fn fields<'b>(&'b self, keys: &[&'b str], problems: &mut Problems) -> Vec<Field<'b>> {
        fields(self.file, self.text, &self.table, keys, problems)
    }
}

fn fields<'b>(
    file: FileId,
    text: &'b str,
    table: &'b DeTable<'b>,
    keys: &[&'b str],
    problems: &mut Problems,
) -> Vec<Field<'b>> {
    let mut out = Vec::new();
    let mut entries: Vec<(&Spanned<DeString<'b>>, &Spanned<DeValue<'b>>)> = table.iter().collect();
    entries.sort_by_key(|(k, _)| k.span().start);
    for (name, value) in entries {
        let span = Span::new(file, name.span().start, name.span().end);
        match keys.iter().find(|k| **k == name.get_ref().as_ref()) {
            Some(key) => out.push(Field {
                key,
                file,
                text,
                name: span,
                value,
            }),
            None => problems.push(unknown(name.get_ref(), span, keys)),
        }
    }
    out
}

fn unknown(name: &str, span: Span, keys: &[&str]) -> Diagnostic {
    let near = keys
        .iter()
        .map(|k| (strsim::damerau_levenshtein(k, name), k))
        .min()
        .filter(|(d, k)| *d <= k.len() / 3 + 1);
    Diagnostic::error(UNKNOWN, format!("unknown key `{name}`"))
        .at(span, "")
        .help(match near {
            Some((_, key)) => format!("did you mean `{key}`?"),
            None => format!("known here: {}", keys.join(", ")),
        })
}

impl<'a> Field<'a> {
    fn wrong(&self, wanted: &str, problems: &mut Problems) {
        let at = self.value.span();
        problems.push(
            Diagnostic::error(VALUE, format!("`{}` must be {wanted}", self.key))
                .at(Span::new(self.file, at.start, at.end), "")
                .also(self.name, "for this key"),
        );
    }

    /// The value as a table.
    pub fn table(&self, keys: &[&'a str], problems: &mut Problems) -> Vec<Field<'a>> {
        match self.value.get_ref() {
            DeValue::Table(table) => fields(self.file, self.text, table, keys, problems),
            _ => {
                self.wrong("a table", problems);
                Vec::new()
            }
        }
    }

    /// The value as a table with any keys.
    pub fn open_table(&self, problems: &mut Problems) -> Vec<Field<'a>> {
        let keys: Vec<&'a str> = match self.value.get_ref() {
            DeValue::Table(table) => table.keys().map(|k| k.get_ref().as_ref()).collect(),
            _ => Vec::new(),
        };
        self.table(&keys, problems)
    }

    /// The value as a string.
    pub fn string(&self, problems: &mut Problems) -> Option<String> {
        match self.value.get_ref() {
            DeValue::String(s) => Some(s.to_string()),
            _ => {
                self.wrong("a text in quotation marks", problems);
                None
            }
        }
    }

    /// The value as `true` or `false`.
    pub fn boolean(&self, problems: &mut Problems) -> Option<bool> {
        match self.value.get_ref() {
            DeValue::Boolean(b) => Some(*b),
            _ => {
                self.wrong("true or false", problems);
                None
            }
        }
    }

    /// The value as a list of strings.
    pub fn strings(&self, problems: &mut Problems) -> Vec<String> {
        let DeValue::Array(array) = self.value.get_ref() else {
            self.wrong("a list of texts", problems);
            return Vec::new();
        };
        let text = |v: &Spanned<DeValue<'_>>| v.get_ref().as_str().map(str::to_string);
        let list: Vec<String> = array.iter().filter_map(text).collect();
        if list.len() < array.len() {
            self.wrong("a list of texts", problems);
        }
        list
    }

    /// Which of the two words the value is.
    pub fn choice(&self, words: [&str; 2], problems: &mut Problems) -> Option<usize> {
        let text = self.string(problems)?;
        let found = words.iter().position(|w| *w == text);
        if found.is_none() {
            self.wrong(&format!("`{}` or `{}`", words[0], words[1]), problems);
        }
        found
    }

    /// The entries of a word list, lower-cased, each with its place.
    pub fn words(
        &self,
        separator: impl Fn(char) -> bool,
        problems: &mut Problems,
    ) -> Vec<(String, Span)> {
        if self.string(problems).is_none() {
            return Vec::new();
        }
        let range = self.value.span();
        let raw = self.text.get(range.clone()).unwrap_or("");
        let inner = raw.trim_matches('"');
        let base = range.start + (raw.len() - raw.trim_start_matches('"').len());
        let mut out = Vec::new();
        for piece in inner.split(separator) {
            let word = piece.trim();
            if !word.is_empty() {
                let start = base + (word.as_ptr() as usize - inner.as_ptr() as usize);
                let span = Span::new(self.file, start, start + word.len());
                out.push((word.to_lowercase(), span));
            }
        }
        out
    }
}
