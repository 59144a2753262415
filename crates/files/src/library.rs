//! A library: files by kind and slug, and the questions that can be put from them.

use crate::case::{self, Beside};
use crate::cite::Bibliography;
use crate::table::{Context, Table};
use crate::{codes, doctrine, leader, source, suggest};
use raison_core::{
    Case, Diagnostic, Doctrine, FileId, Inputs, Leader, Norm, Problems, SourceMap, Span,
};
use toml::de::DeTable;

/// What a file of the library can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A decision.
    Case,
    /// Principles and pillars.
    Doctrine,
    /// A leader's profile.
    Leader,
    /// A norm group.
    Norm,
    /// A simulated system.
    World,
    /// A study.
    Study,
}

/// All kinds.
pub const KINDS: [Kind; 6] = [
    Kind::Case,
    Kind::Doctrine,
    Kind::Leader,
    Kind::Norm,
    Kind::World,
    Kind::Study,
];

impl Kind {
    /// The word in `kind = "…"`.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Case => "case",
            Kind::Doctrine => "doctrine",
            Kind::Leader => "leader",
            Kind::Norm => "norm",
            Kind::World => "world",
            Kind::Study => "study",
        }
    }

    /// The folder of the library.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Case => "cases",
            Kind::Doctrine => "doctrines",
            Kind::Leader => "leaders",
            Kind::Norm => "norms",
            Kind::World => "worlds",
            Kind::Study => "studies",
        }
    }

    /// The kind of a word.
    pub fn of(word: &str) -> Option<Kind> {
        KINDS.into_iter().find(|k| k.word() == word)
    }
}

/// Where files of the library come from: embedded in the program, or a folder.
pub trait Shelf {
    /// A file by its path below `library/`, such as `leaders/john-kennedy-1961.toml`:
    /// the name to show, and the bytes.
    fn read(&self, path: &str) -> Option<(String, Vec<u8>)>;

    /// The slugs of a kind, sorted.
    fn slugs(&self, kind: Kind) -> Vec<String>;
}

/// The path of a file below `library/`.
pub fn path(kind: Kind, slug: &str) -> String {
    match kind {
        Kind::Case => format!("cases/{slug}/case.toml"),
        _ => format!("{}/{slug}.toml", kind.folder()),
    }
}

/// A parsed file, ready to be walked.
pub struct Parsed {
    /// The file.
    pub file: FileId,
    text: std::sync::Arc<str>,
}

/// Reads files of a library into checked values.
pub struct Loader<'l> {
    /// The texts read so far.
    pub sources: SourceMap,
    /// What was found wrong so far.
    pub problems: Problems,
    /// Works that may be cited.
    pub bibliography: Bibliography,
    shelf: &'l dyn Shelf,
}

/// Which leader and doctrine to put into a case, where not its own.
#[derive(Clone, Debug, Default)]
pub struct Swap {
    /// Slug of a leader, or the text of a loose leader file with its name.
    pub leader: Option<Chosen>,
    /// Slug of a doctrine, or the text of a loose doctrine file with its name.
    pub doctrine: Option<Chosen>,
}

/// A file of the library by slug, or a loose one.
#[derive(Clone, Debug)]
pub enum Chosen {
    /// From the shelf.
    Slug(String),
    /// From outside: id, name to show, bytes.
    Loose(String, String, Vec<u8>),
}

impl Chosen {
    /// The slug, or the id of a loose file.
    pub fn id(&self) -> &str {
        match self {
            Chosen::Slug(id) | Chosen::Loose(id, ..) => id,
        }
    }
}

impl<'l> Loader<'l> {
    /// A loader with the bibliography of its shelf.
    pub fn new(shelf: &'l dyn Shelf) -> Self {
        let mut loader = Loader {
            sources: SourceMap::new(),
            problems: Problems::new(),
            bibliography: Bibliography::default(),
            shelf,
        };
        if let Some((name, bytes)) = shelf.read("sources.bib") {
            loader.add_bibliography(&name, &bytes);
        }
        loader
    }

    /// The shelf that slugs refer to.
    pub fn shelf(&self) -> &'l dyn Shelf {
        self.shelf
    }

    /// Adds works of another bibliography.
    pub fn add_bibliography(&mut self, name: &str, bytes: &[u8]) {
        if let Some(file) = source::add(&mut self.sources, name, bytes, &mut self.problems) {
            self.bibliography
                .read(&self.sources, file, &mut self.problems);
        }
    }

    /// Parses a file's bytes; problems of syntax are reported, all of them.
    pub fn parse(&mut self, name: &str, bytes: &[u8]) -> Option<Parsed> {
        let file = source::add(&mut self.sources, name, bytes, &mut self.problems)?;
        let text = self.sources.file(file)?.text.clone();
        if text.trim().is_empty() {
            self.problems.push(
                Diagnostic::error(codes::EMPTY, format!("`{name}` is empty")).help(
                    "`raison new` writes a scaffold: of a case, a doctrine, a leader or a world",
                ),
            );
            return None;
        }
        if let Some(at) = too_deep(&text) {
            self.problems.push(
                Diagnostic::error(
                    codes::TOO_DEEP,
                    format!("brackets are nested more than {DEEPEST} deep"),
                )
                .at(Span::new(file, at, at + 1), "here")
                .note("no file of the library needs more"),
            );
            return None;
        }
        Some(Parsed { file, text })
    }

    /// Walks a parsed file with `read`; the numbers go into `inputs` below `prefix`.
    pub fn walk<T>(
        &mut self,
        parsed: &Parsed,
        inputs: &mut Inputs,
        prefix: &str,
        read: impl FnOnce(&Table<'_>, &mut SourceMap, &mut Context<'_>) -> T,
    ) -> Option<T> {
        let (document, errors) = DeTable::parse_recoverable(&parsed.text);
        let broken = !errors.is_empty();
        for error in errors {
            if error.message() == "recursion limit" {
                self.problems.push(deep_keys(parsed, error.span()));
                continue;
            }
            let range = error.span().unwrap_or(0..0);
            self.problems.push(
                Diagnostic::error(
                    codes::NOT_TOML,
                    format!("this is not TOML: {}", error.message()),
                )
                .at(Span::new(parsed.file, range.start, range.end), "here"),
            );
        }
        if broken {
            return None;
        }
        let span = source::whole(&self.sources, parsed.file);
        let mut ctx = Context {
            file: parsed.file,
            text: &parsed.text,
            bibliography: &self.bibliography,
            problems: &mut self.problems,
            inputs,
        };
        let top = Table::top(document.get_ref(), span, prefix, &mut ctx);
        Some(read(&top, &mut self.sources, &mut ctx))
    }

    /// What a parsed file says it is.
    pub fn kind_of(&mut self, parsed: &Parsed) -> Option<Kind> {
        let words: Vec<&str> = KINDS.iter().map(|k| k.word()).collect();
        self.walk(parsed, &mut Inputs::default(), "", |top, _, ctx| {
            if top.raw("kind", ctx).is_none() {
                ctx.report(
                    Diagnostic::error(codes::NO_KIND, "the file does not say what it is")
                        .at(top.span, "")
                        .help(format!(
                            "add `kind = \"…\"` at the top: {}",
                            suggest::listed(words.iter().copied())
                        )),
                );
            }
            top.word("kind", &words, ctx).map(|i| KINDS[i])
        })
        .flatten()
    }

    /// Reads a case and everything that it names.
    pub fn case(
        &mut self,
        id: &str,
        parsed: &Parsed,
        beside: &Beside<'_>,
        swap: &Swap,
    ) -> Option<Case> {
        self.case_with(id, parsed, beside, swap, true)
    }

    fn case_with(
        &mut self,
        id: &str,
        parsed: &Parsed,
        beside: &Beside<'_>,
        swap: &Swap,
        look_back: bool,
    ) -> Option<Case> {
        let mut inputs = Inputs::default();
        let read = self.walk(parsed, &mut inputs, "", |top, sources, ctx| {
            case::read(id, top, sources, beside, ctx)
        })??;
        let (mut case, names) = (read.case, read.references);
        case.question.inputs = inputs;
        self.fill_leaders(&mut case, &names, swap);
        self.fill_doctrine(&mut case, &names, swap);
        if look_back {
            self.look_back(&mut case);
        }
        crate::question::complete(&mut case.question, &mut self.problems);
        Some(case)
    }

    fn fill_leaders(&mut self, case: &mut Case, names: &case::References, swap: &Swap) {
        let until = case.question.situation.information_until;
        let own = match &swap.leader {
            Some(chosen) => Some((chosen.clone(), None)),
            None => names
                .leader
                .clone()
                .map(|(slug, at)| (Chosen::Slug(slug), Some(at))),
        };
        let mut inputs = std::mem::take(&mut case.question.inputs);
        if let Some((chosen, at)) = own {
            case.question.decider.leader =
                self.leader(&chosen, at, "leader.", Some(until), &mut inputs);
        }
        if let (Some(opponent), Some((slug, at))) = (
            &mut case.question.situation.opponent,
            &names.opponent_leader,
        ) {
            let chosen = Chosen::Slug(slug.clone());
            opponent.leader = self.leader(
                &chosen,
                Some(*at),
                "opponent.leader.",
                Some(until),
                &mut inputs,
            );
        }
        case.question.inputs = inputs;
    }

    fn fill_doctrine(&mut self, case: &mut Case, names: &case::References, swap: &Swap) {
        for (slug, at) in names.doctrines.iter().skip(1) {
            if self.shelf.read(&path(Kind::Doctrine, slug)).is_none() {
                self.unknown_slug(Kind::Doctrine, slug, Some(*at));
            }
        }
        let chosen = match (&swap.doctrine, names.doctrines.first()) {
            (Some(chosen), _) => Some((chosen.clone(), None)),
            (None, Some((slug, at))) => Some((Chosen::Slug(slug.clone()), Some(*at))),
            (None, None) => None,
        };
        let Some((chosen, at)) = chosen else { return };
        let named = names.doctrines.iter().map(|(slug, _)| slug.clone());
        case.question.decider.further = named.filter(|slug| *slug != chosen.id()).collect();
        let mut inputs = std::mem::take(&mut case.question.inputs);
        case.question.decider.doctrine = self.doctrine(&chosen, at, "doctrine.", &mut inputs);
        case.question.inputs = inputs;
    }

    fn fetch(&mut self, kind: Kind, chosen: &Chosen, at: Option<Span>) -> Option<(String, Parsed)> {
        let (id, name, bytes) = match chosen {
            Chosen::Loose(id, name, bytes) => (id.clone(), name.clone(), bytes.clone()),
            Chosen::Slug(slug) => match self.shelf.read(&path(kind, slug)) {
                Some((name, bytes)) => (slug.clone(), name, bytes),
                None => {
                    self.unknown_slug(kind, slug, at);
                    return None;
                }
            },
        };
        let parsed = self.parse(&name, &bytes)?;
        let found = self.kind_of(&parsed)?;
        if found != kind {
            let at = source::whole(&self.sources, parsed.file);
            self.problems.push(
                Diagnostic::error(
                    codes::UNKNOWN_WORD,
                    format!("`{name}` is a {}, not a {}", found.word(), kind.word()),
                )
                .at(at, "this file"),
            );
            return None;
        }
        Some((id, parsed))
    }

    /// Reports that a slug is not on the shelf.
    pub fn unknown_slug(&mut self, kind: Kind, slug: &str, at: Option<Span>) {
        let slugs = self.shelf.slugs(kind);
        let near = || slugs.iter().map(String::as_str);
        let mut problem = Diagnostic::error(
            codes::UNKNOWN_SLUG,
            format!("no {} `{slug}` in the library", kind.word()),
        )
        .help_if(suggest::did_you_mean(slug, near()))
        .help(format!("`raison list {}` lists them", kind.folder()));
        if slug.ends_with(".toml") || slug.contains('/') {
            problem = problem.help(format!(
                "a file names what is in the library; your own file goes in from the command line: \
                 `--{0} {slug}` for a case, `--swap STATE.{0}={slug}` for a world",
                kind.word()
            ));
        }
        if let Some(at) = at {
            problem = problem.at(at, "named here");
        }
        self.problems.push(problem);
    }

    /// Reads a leader and the norm group that the file names.
    pub fn leader(
        &mut self,
        chosen: &Chosen,
        at: Option<Span>,
        prefix: &str,
        until: Option<raison_core::Date>,
        inputs: &mut Inputs,
    ) -> Option<Leader> {
        let (id, parsed) = self.fetch(Kind::Leader, chosen, at)?;
        let read = self.walk(&parsed, inputs, prefix, |top, _, ctx| {
            leader::read(&id, top, ctx)
        })?;
        if let (Some(until), Some(to), "lagged") = (until, read.to, read.basis.as_str())
            && to > until
        {
            let whole = source::whole(&self.sources, parsed.file);
            self.problems.push(
                Diagnostic::warning(
                    codes::TOO_LATE,
                    format!("the words of leader `{id}` end on {to}, after {until}"),
                )
                .at(at.unwrap_or(whole), "used here")
                .note("a profile should be scored on words spoken before the decision")
                .help("use a profile of earlier words, or mark it `basis = \"pooled\"`"),
            );
        }
        let norm = match &read.norm {
            Some((slug, at)) => self.norm(slug, Some(*at)).unwrap_or_default(),
            None => Norm::default(),
        };
        Some(read.against(norm))
    }

    /// Reads a norm group of the shelf.
    pub fn norm(&mut self, slug: &str, at: Option<Span>) -> Option<Norm> {
        self.chosen_norm(&Chosen::Slug(slug.to_owned()), at)
    }

    /// Reads a norm group of the shelf, or a loose one.
    pub fn chosen_norm(&mut self, chosen: &Chosen, at: Option<Span>) -> Option<Norm> {
        let (id, parsed) = self.fetch(Kind::Norm, chosen, at)?;
        self.walk(&parsed, &mut Inputs::default(), "", |top, _, ctx| {
            leader::read_norm(&id, top, ctx)
        })
    }

    /// Reads a doctrine.
    pub fn doctrine(
        &mut self,
        chosen: &Chosen,
        at: Option<Span>,
        prefix: &str,
        inputs: &mut Inputs,
    ) -> Option<Doctrine> {
        let (id, parsed) = self.fetch(Kind::Doctrine, chosen, at)?;
        self.walk(&parsed, inputs, prefix, |top, _, ctx| {
            doctrine::read(&id, top, ctx)
        })
    }

    /// Adds the earlier cases of the shelf as episodes to look back to.
    fn look_back(&mut self, case: &mut Case) {
        let until = case.question.situation.information_until;
        let shelf = self.shelf;
        for slug in shelf.slugs(Kind::Case) {
            if slug == case.question.situation.id {
                continue;
            }
            let Some(earlier) = self.quietly(&slug) else {
                continue;
            };
            if earlier.question.situation.decided < until {
                crate::question::remember(&mut case.question, &earlier);
            }
        }
    }

    /// A case of the shelf, without its problems: they are its own affair.
    fn quietly(&mut self, slug: &str) -> Option<Case> {
        let kept = std::mem::take(&mut self.problems);
        let case = self.shelf_case_with(slug, &Swap::default(), false);
        let problems = std::mem::replace(&mut self.problems, kept);
        case.filter(|_| case::clean(&problems))
    }

    /// Reads a case of the shelf.
    pub fn shelf_case(&mut self, slug: &str, swap: &Swap) -> Option<Case> {
        self.shelf_case_with(slug, swap, true)
    }

    fn shelf_case_with(&mut self, slug: &str, swap: &Swap, look_back: bool) -> Option<Case> {
        let (_, parsed) = self.fetch(Kind::Case, &Chosen::Slug(slug.to_owned()), None)?;
        let shelf = self.shelf;
        let beside = |name: &str| shelf.read(&format!("cases/{slug}/{name}"));
        self.case_with(slug, &parsed, &beside, swap, look_back)
    }
}

/// The deepest nesting of brackets and dotted keys that is read.
const DEEPEST: usize = 64;

/// The parser of TOML counts dotted keys as nesting, too.
fn deep_keys(parsed: &Parsed, span: Option<std::ops::Range<usize>>) -> Diagnostic {
    let range = span.unwrap_or(0..0);
    Diagnostic::error(
        codes::TOO_DEEP,
        format!("a key is nested more than {DEEPEST} deep"),
    )
    .at(Span::new(parsed.file, range.start, range.end), "here")
    .note("each dot of a key is one level; no file of the library needs more than a few")
}

/// Where brackets are nested too deeply, strings and comments aside.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut quote: Option<u8> = None;
    let mut comment = false;
    for (at, b) in text.bytes().enumerate() {
        match (b, quote) {
            (b'\n', _) => {
                comment = false;
                quote = None;
            }
            _ if comment => {}
            (b'#', None) => comment = true,
            (b'"' | b'\'', None) => quote = Some(b),
            (q, Some(open)) if q == open => quote = None,
            (b'[' | b'{', None) => depth += 1,
            (b']' | b'}', None) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Some(at);
        }
    }
    None
}
