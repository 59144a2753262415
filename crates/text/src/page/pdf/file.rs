//! The objects of a file, found by scanning it.

use super::filter;
use super::object::{Dict, Lexer, Object};
use std::collections::{BTreeMap, HashSet};

/// Objects that are kept at most.
const MOST_OBJECTS: usize = 2_000_000;
/// Bytes that all decoded streams together may have.
const BUDGET: usize = 256 << 20;

/// A scanned file.
pub(super) struct File<'a> {
    bytes: &'a [u8],
    objects: BTreeMap<u32, (Object, Option<(usize, usize)>)>,
    /// A trailer asks for a password.
    pub encrypted: bool,
    /// The cross-reference table is where the file says.
    pub table_ok: bool,
    root: Option<u32>,
    left: std::cell::Cell<usize>,
}

/// A page with what it inherits.
#[derive(Clone, Debug, Default)]
pub(super) struct PageObject {
    pub dict: Dict,
    pub resources: Dict,
}

impl<'a> File<'a> {
    pub fn scan(bytes: &'a [u8]) -> Self {
        let mut file = Self {
            bytes,
            objects: BTreeMap::new(),
            encrypted: false,
            table_ok: table_ok(bytes),
            root: None,
            left: std::cell::Cell::new(BUDGET),
        };
        file.scan_objects();
        file.scan_trailers();
        file.unpack_streams();
        file
    }

    fn scan_objects(&mut self) {
        let mut at = 0;
        while let Some(found) = find(self.bytes, b"obj", at) {
            at = found + 3;
            let Some(number) = number_before(self.bytes, found) else {
                continue;
            };
            let mut lexer = Lexer::new(self.bytes, at);
            let Some(value) = lexer.value() else { continue };
            let stream = self.stream_at(&mut lexer, &value);
            at = stream.map_or(lexer.at, |(_, end)| end).max(at);
            if self.objects.len() < MOST_OBJECTS {
                self.objects.insert(number, (value, stream));
            }
        }
    }

    /// Bytes of the stream that follows a dictionary.
    fn stream_at(&self, lexer: &mut Lexer<'_>, value: &Object) -> Option<(usize, usize)> {
        let Object::Dict(dict) = value else {
            return None;
        };
        lexer.skip_blanks();
        let rest = self.bytes.get(lexer.at..)?;
        let rest = rest.strip_prefix(b"stream")?;
        let skip = match rest {
            [b'\r', b'\n', ..] => 2,
            [b'\n' | b'\r', ..] => 1,
            _ => 0,
        };
        let start = lexer.at + 6 + skip;
        let length = dict
            .get("Length")
            .and_then(Object::number)
            .filter(|n| *n >= 0.0);
        if let Some(end) = length.map(|n| start.saturating_add(n as usize)) {
            let after = self.bytes.get(end..(end + 20).min(self.bytes.len()));
            if after.is_some_and(|a| find(a, b"endstream", 0).is_some()) {
                return Some((start, end));
            }
        }
        let end = find(self.bytes, b"endstream", start).unwrap_or(self.bytes.len());
        Some((start, end))
    }

    fn scan_trailers(&mut self) {
        let mut at = 0;
        let mut dicts = Vec::new();
        while let Some(found) = find(self.bytes, b"trailer", at) {
            at = found + 7;
            if let Some(Object::Dict(dict)) = Lexer::new(self.bytes, at).value() {
                dicts.push(dict);
            }
        }
        let streams = self.objects.values().filter_map(|(o, _)| match o {
            Object::Dict(d) if is_type(d, "XRef") => Some(d.clone()),
            _ => None,
        });
        dicts.extend(streams);
        for dict in dicts {
            self.encrypted |= dict.get("Encrypt").is_some_and(|e| *e != Object::Null);
            if let Some(Object::Reference(root)) = dict.get("Root") {
                self.root = Some(*root);
            }
        }
    }

    /// Objects inside object streams; those of the file itself go before.
    fn unpack_streams(&mut self) {
        let streams: Vec<(Dict, Vec<u8>)> = self
            .objects
            .values()
            .filter_map(|(o, s)| match (o, s) {
                (Object::Dict(d), Some(range)) if is_type(d, "ObjStm") => {
                    Some((d.clone(), self.decoded(d, *range)?))
                }
                _ => None,
            })
            .collect();
        for (dict, data) in streams {
            let get = |key: &str| dict.get(key).and_then(Object::number).unwrap_or(0.0) as usize;
            let (count, first) = (get("N").min(MOST_OBJECTS), get("First"));
            let mut header = Lexer::new(&data, 0);
            for _ in 0..count {
                let pair = (header.value(), header.value());
                let (Some(Object::Number(number)), Some(Object::Number(offset))) = pair else {
                    break;
                };
                let at = first.saturating_add(offset.max(0.0) as usize);
                if let Some(value) = Lexer::new(&data, at).value() {
                    self.objects
                        .entry(number.max(0.0) as u32)
                        .or_insert((value, None));
                }
            }
        }
    }

    fn decoded(&self, dict: &Dict, (start, end): (usize, usize)) -> Option<Vec<u8>> {
        if self.left.get() == 0 {
            return None;
        }
        let mut dict = dict.clone();
        for key in ["Filter", "DecodeParms"] {
            if let Some(value) = dict.get(key) {
                let resolved = self.resolve(value);
                dict.insert(key.to_string(), resolved);
            }
        }
        let data = filter::decode(&dict, self.bytes.get(start..end)?)?;
        self.left.set(self.left.get().saturating_sub(data.len()));
        Some(data)
    }

    /// Follows references, a few steps at most.
    pub fn resolve(&self, value: &Object) -> Object {
        let mut value = value;
        for _ in 0..8 {
            match value {
                Object::Reference(number) => match self.objects.get(number) {
                    Some((object, _)) => value = object,
                    None => return Object::Null,
                },
                other => return other.clone(),
            }
        }
        Object::Null
    }

    pub fn dict(&self, value: Option<&Object>) -> Option<Dict> {
        match self.resolve(value?) {
            Object::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    /// The decoded bytes of a stream object.
    pub fn stream(&self, value: &Object) -> Option<(Dict, Vec<u8>)> {
        let Object::Reference(number) = value else {
            return None;
        };
        match self.objects.get(number)? {
            (Object::Dict(dict), Some(range)) => Some((dict.clone(), self.decoded(dict, *range)?)),
            _ => None,
        }
    }

    /// All pages in order; where the tree of pages is broken, in the order of their numbers.
    pub fn pages(&self) -> Vec<PageObject> {
        let mut out = Vec::new();
        let root = self.root.map(Object::Reference);
        let catalog = self.dict(root.as_ref()).or_else(|| {
            let catalogs = self.objects.values().rev();
            catalogs.filter_map(|(o, _)| as_type(o, "Catalog")).next()
        });
        if let Some(pages) = catalog.as_ref().and_then(|c| c.get("Pages")) {
            let mut seen = HashSet::new();
            self.walk(pages, &Dict::new(), &mut seen, &mut out, 0);
        }
        if out.is_empty() {
            let pages = self
                .objects
                .values()
                .filter_map(|(o, _)| as_type(o, "Page"));
            out.extend(pages.map(|dict| self.page(dict, &Dict::new())));
        }
        out
    }

    fn walk(
        &self,
        node: &Object,
        inherited: &Dict,
        seen: &mut HashSet<u32>,
        out: &mut Vec<PageObject>,
        depth: usize,
    ) {
        if let Object::Reference(number) = node
            && !seen.insert(*number)
        {
            return;
        }
        let Some(dict) = self.dict(Some(node)).filter(|_| depth < 40) else {
            return;
        };
        let resources = self
            .dict(dict.get("Resources"))
            .unwrap_or_else(|| inherited.clone());
        match dict.get("Kids").map(|k| self.resolve(k)) {
            Some(Object::Array(kids)) => {
                kids.iter()
                    .for_each(|k| self.walk(k, &resources, seen, out, depth + 1));
            }
            _ => out.push(PageObject { dict, resources }),
        }
    }

    fn page(&self, dict: Dict, inherited: &Dict) -> PageObject {
        let resources = self
            .dict(dict.get("Resources"))
            .unwrap_or_else(|| inherited.clone());
        PageObject { dict, resources }
    }
}

fn is_type(dict: &Dict, wanted: &str) -> bool {
    dict.get("Type").and_then(Object::name) == Some(wanted)
}

fn as_type(object: &Object, wanted: &str) -> Option<Dict> {
    match object {
        Object::Dict(dict) if is_type(dict, wanted) => Some(dict.clone()),
        _ => None,
    }
}

/// Where `needle` stands at or after `from`.
pub(super) fn find(bytes: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let first = *needle.first()?;
    let mut at = 0;
    while let Some(step) = rest.get(at..)?.iter().position(|b| *b == first) {
        at += step;
        if rest[at..].starts_with(needle) {
            return Some(from + at);
        }
        at += 1;
    }
    None
}

/// The object number before `obj`: `12 0 obj`.
fn number_before(bytes: &[u8], at: usize) -> Option<u32> {
    let start = at.saturating_sub(24);
    let text = String::from_utf8_lossy(bytes.get(start..at)?);
    if !text.ends_with(char::is_whitespace) {
        return None;
    }
    let mut words = text.split_ascii_whitespace().rev();
    let generation = words.next()?;
    let number = words.next()?;
    generation.parse::<u32>().ok()?;
    let digits = number.len() - number.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    number.get(number.len() - digits..)?.parse().ok()
}

/// Whether `startxref` points at a table or at an object.
fn table_ok(bytes: &[u8]) -> bool {
    let tail = bytes.len().saturating_sub(2048);
    let mut last = None;
    let mut at = tail;
    while let Some(found) = find(bytes, b"startxref", at) {
        last = Some(found);
        at = found + 9;
    }
    let Some(Object::Number(offset)) = last.and_then(|l| Lexer::new(bytes, l + 9).value()) else {
        return false;
    };
    let start = offset.max(0.0) as usize;
    let there = bytes
        .get(start..(start + 24).min(bytes.len()))
        .unwrap_or(&[]);
    let text = String::from_utf8_lossy(there);
    let mut words = text.split_ascii_whitespace();
    let number = |w: Option<&str>| w.is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit()));
    text.trim_start().starts_with("xref")
        || number(words.next())
            && number(words.next())
            && words.next().is_some_and(|w| w.starts_with("obj"))
}
