//! A walk over TOML that keeps places, finds every problem, and fills the input table.

mod numbers;
mod problems;

pub use problems::{assumed, bad_number, duplicate, out_of_domain, unknown_word, unstated};

use crate::cite::Bibliography;
use crate::codes;
use crate::number;
use crate::suggest::{did_you_mean, listed};
use raison_core::vocabulary::Word;
use raison_core::{
    Citation, Date, Diagnostic, Domain, FileId, Input, Inputs, Num, Problems, Provenance, Span,
    Uncertain,
};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What a loader carries along.
pub struct Context<'c> {
    /// The file being read.
    pub file: FileId,
    /// Its text.
    pub text: &'c str,
    /// Works that may be cited.
    pub bibliography: &'c Bibliography,
    /// What was found wrong so far.
    pub problems: &'c mut Problems,
    /// The numbers read so far.
    pub inputs: &'c mut Inputs,
}

impl Context<'_> {
    /// Reports a problem.
    pub fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// Adds a number that nobody stated.
    pub fn assume(&mut self, path: String, amount: Uncertain, domain: Domain, why: &str) -> Num {
        self.inputs.add(Input {
            path,
            amount,
            domain,
            provenance: Provenance::Assumed(why.to_owned()),
            span: None,
        })
    }
}

/// One TOML table with its place, its dotted path, and the provenance that holds in it.
#[derive(Clone)]
pub struct Table<'t> {
    map: &'t DeTable<'t>,
    /// Where the table stands.
    pub span: Span,
    /// Dotted path with a trailing dot, or empty at the top.
    pub path: String,
    provenance: Provenance,
    works: Vec<Citation>,
}

/// A value with its place.
#[derive(Clone)]
pub struct Value<'t> {
    /// The value.
    pub value: &'t DeValue<'t>,
    /// Where it stands.
    pub span: Span,
}

/// Keys that may stand in any table.
const EVERYWHERE: [&str; 3] = ["source", "judgement", "note"];

impl<'t> Table<'t> {
    /// The top of a file; numbers in it belong to inputs whose paths begin with `prefix`.
    pub fn top(map: &'t DeTable<'t>, span: Span, prefix: &str, ctx: &mut Context<'_>) -> Self {
        let mut table = Table {
            map,
            span,
            path: prefix.to_owned(),
            provenance: Provenance::Unstated,
            works: Vec::new(),
        };
        table.take_provenance(ctx);
        table
    }

    /// Takes the table's own source and judgement. Where it has both, the source is for
    /// what the table says and the judgement for its numbers.
    fn take_provenance(&mut self, ctx: &mut Context<'_>) {
        let works = self.citations("source", ctx);
        if !works.is_empty() {
            self.provenance = Provenance::Source(works.clone());
            self.works = works;
        }
        if let Some(why) = self.opt_text("judgement", ctx) {
            self.provenance = Provenance::Judgement(why);
        }
    }

    /// The provenance that holds in this table.
    pub fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    /// Reports every key that is not one of `keys`.
    pub fn know(&self, ctx: &mut Context<'_>, keys: &[&str]) {
        for (key, _) in self.map.iter() {
            let name: &str = key.get_ref();
            if keys.contains(&name) || EVERYWHERE.contains(&name) {
                continue;
            }
            let at = span(ctx.file, key.span());
            let near = did_you_mean(name, keys.iter().chain(&EVERYWHERE).copied());
            let none_near = near.is_none();
            let mut problem =
                Diagnostic::error(codes::UNKNOWN_KEY, format!("unknown key `{name}`"))
                    .at(at, "not a key here")
                    .help_if(near);
            if none_near {
                problem = problem.help(format!("keys here: {}", listed(keys.iter().copied())));
            }
            ctx.report(problem);
        }
    }

    /// The raw value of a key.
    pub fn raw(&self, key: &str, ctx: &Context<'_>) -> Option<Value<'t>> {
        self.map.get(key).map(|v| value(ctx.file, v))
    }

    /// All keys with their places and values, in order of the keys.
    pub fn entries(&self, ctx: &Context<'_>) -> Vec<(&'t str, Span, Value<'t>)> {
        let entry = |(k, v): (&'t Spanned<_>, &'t Spanned<DeValue<'t>>)| {
            let name: &'t std::borrow::Cow<'t, str> = k.get_ref();
            (name.as_ref(), span(ctx.file, k.span()), value(ctx.file, v))
        };
        self.map.iter().map(entry).collect()
    }

    fn wrong(&self, ctx: &mut Context<'_>, key: &str, v: &Value<'_>, wanted: &str) {
        let got = number::word(v.value);
        ctx.report(
            Diagnostic::error(codes::WRONG_TYPE, format!("`{key}` is {got}, not {wanted}"))
                .at(v.span, format!("{wanted} is wanted")),
        );
    }

    /// Reports that a key is missing.
    pub fn missing(&self, ctx: &mut Context<'_>, key: &str, what: &str) {
        ctx.report(
            Diagnostic::error(codes::MISSING_KEY, format!("`{key}` is missing"))
                .at(self.span, "in this table")
                .help(format!("add `{key} = …`: {what}")),
        );
    }

    /// A text, where there is one.
    pub fn opt_text(&self, key: &str, ctx: &mut Context<'_>) -> Option<String> {
        self.opt_text_at(key, ctx).map(|(text, _)| text)
    }

    /// A text with its place, where there is one.
    pub fn opt_text_at(&self, key: &str, ctx: &mut Context<'_>) -> Option<(String, Span)> {
        let v = self.raw(key, ctx)?;
        match v.value {
            DeValue::String(s) => Some((s.to_string(), v.span)),
            _ => {
                self.wrong(ctx, key, &v, "a text");
                None
            }
        }
    }

    /// A text that has to be there.
    pub fn text(&self, key: &str, what: &str, ctx: &mut Context<'_>) -> String {
        if self.raw(key, ctx).is_none() {
            self.missing(ctx, key, what);
        }
        self.opt_text(key, ctx).unwrap_or_default()
    }

    /// One of a closed list of words.
    pub fn word(&self, key: &str, words: &[&str], ctx: &mut Context<'_>) -> Option<usize> {
        let (text, at) = self.opt_text_at(key, ctx)?;
        let found = words.iter().position(|w| *w == text);
        if found.is_none() {
            ctx.report(unknown_word(&text, at, words));
        }
        found
    }

    /// True or false.
    pub fn opt_bool(&self, key: &str, ctx: &mut Context<'_>) -> Option<bool> {
        let v = self.raw(key, ctx)?;
        match v.value {
            DeValue::Boolean(b) => Some(*b),
            _ => {
                self.wrong(ctx, key, &v, "true or false");
                None
            }
        }
    }

    /// A date, where there is one.
    pub fn opt_date(&self, key: &str, ctx: &mut Context<'_>) -> Option<Date> {
        let v = self.raw(key, ctx)?;
        let date = match v.value {
            DeValue::Datetime(d) => d.date.and_then(|d| {
                Date::new(i16::try_from(d.year).ok()?, d.month as i8, d.day as i8).ok()
            }),
            _ => None,
        };
        if date.is_none() {
            self.wrong(ctx, key, &v, "a date such as 1962-10-22");
        }
        date
    }

    /// A date that has to be there.
    pub fn date(&self, key: &str, what: &str, ctx: &mut Context<'_>) -> Option<Date> {
        if self.raw(key, ctx).is_none() {
            self.missing(ctx, key, what);
        }
        self.opt_date(key, ctx)
    }

    /// A list of texts with their places; empty where the key is not there.
    pub fn texts(&self, key: &str, ctx: &mut Context<'_>) -> Vec<(String, Span)> {
        let Some(v) = self.raw(key, ctx) else {
            return Vec::new();
        };
        let DeValue::Array(list) = v.value else {
            self.wrong(ctx, key, &v, "a list of texts");
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in list.iter() {
            let item = value(ctx.file, item);
            match item.value {
                DeValue::String(s) => out.push((s.to_string(), item.span)),
                _ => self.wrong(ctx, key, &item, "a list of texts"),
            }
        }
        out
    }

    /// Citations under a key: one text or a list of them.
    pub fn citations(&self, key: &str, ctx: &mut Context<'_>) -> Vec<Citation> {
        let texts = match self.raw(key, ctx).map(|v| v.value) {
            Some(DeValue::Array(_)) => self.texts(key, ctx),
            _ => self.opt_text_at(key, ctx).into_iter().collect(),
        };
        texts
            .iter()
            .map(|(text, at)| ctx.bibliography.citation(text, *at, ctx.problems))
            .collect()
    }

    /// The works behind this table: its own, or those of the tables around it.
    pub fn works(&self) -> Vec<Citation> {
        self.works.clone()
    }

    /// A sub-table, where there is one.
    pub fn table(&self, key: &str, ctx: &mut Context<'_>) -> Option<Table<'t>> {
        let v = self.raw(key, ctx)?;
        match v.value {
            DeValue::Table(map) => {
                Some(self.inside(map, v.span, format!("{}{key}.", self.path), ctx))
            }
            _ => {
                self.wrong(ctx, key, &v, "a table");
                None
            }
        }
    }

    /// A table inside this one that goes by another path.
    pub fn inside(
        &self,
        map: &'t DeTable<'t>,
        span: Span,
        path: String,
        ctx: &mut Context<'_>,
    ) -> Table<'t> {
        let mut table = Table {
            map,
            span,
            path,
            provenance: self.provenance.clone(),
            works: self.works.clone(),
        };
        table.take_provenance(ctx);
        table
    }

    /// A list of tables with ids, `[[key]]`: paths go by id, ids are checked and unique.
    pub fn items(&self, key: &str, ctx: &mut Context<'_>) -> Vec<(String, Table<'t>)> {
        let mut seen: Vec<(String, Span)> = Vec::new();
        let mut out = Vec::new();
        for (map, at) in self.raw_tables(key, ctx) {
            let bare = Table {
                map,
                span: at,
                path: String::new(),
                provenance: Provenance::Unstated,
                works: Vec::new(),
            };
            let id = match bare.opt_text_at("id", ctx) {
                Some((id, id_at)) => {
                    check_id(&id, id_at, ctx);
                    if let Some((_, first)) = seen.iter().find(|(other, _)| *other == id) {
                        ctx.report(duplicate(&id, *first, id_at));
                    }
                    seen.push((id.clone(), id_at));
                    id
                }
                None => {
                    if bare.raw("id", ctx).is_none() {
                        bare.missing(ctx, "id", "lower-case letters, digits and hyphens");
                    }
                    format!("{}", out.len() + 1)
                }
            };
            let path = format!("{}{key}.{id}.", self.path);
            let table = self.inside(map, at, path, ctx);
            out.push((id, table));
        }
        out
    }

    /// A list of tables without ids.
    pub fn raw_tables(&self, key: &str, ctx: &mut Context<'_>) -> Vec<(&'t DeTable<'t>, Span)> {
        let Some(v) = self.raw(key, ctx) else {
            return Vec::new();
        };
        let DeValue::Array(list) = v.value else {
            self.wrong(ctx, key, &v, &format!("a list of tables, `[[{key}]]`"));
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in list.iter() {
            let item = value(ctx.file, item);
            match item.value {
                DeValue::Table(map) => out.push((map, item.span)),
                _ => self.wrong(ctx, key, &item, "a table"),
            }
        }
        out
    }
}

/// A byte range of a file as a span.
pub fn span(file: FileId, range: std::ops::Range<usize>) -> Span {
    Span::new(file, range.start, range.end)
}

fn value<'t>(file: FileId, v: &'t Spanned<DeValue<'t>>) -> Value<'t> {
    Value {
        value: v.get_ref(),
        span: span(file, v.span()),
    }
}

/// Whether an id is made of lower-case letters, digits and hyphens.
pub fn is_id(id: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !id.is_empty() && id.len() <= 80 && id.chars().all(plain) && !id.starts_with('-')
}

fn check_id(id: &str, at: Span, ctx: &mut Context<'_>) {
    if !is_id(id) {
        ctx.report(
            Diagnostic::error(codes::BAD_ID, format!("`{id}` is no id"))
                .at(at, "")
                .note("ids are made of lower-case letters, digits and hyphens, at most 80"),
        );
    }
}

/// The names of a vocabulary list.
pub fn names(list: &[Word]) -> Vec<&'static str> {
    list.iter().map(|(n, _)| *n).collect()
}
