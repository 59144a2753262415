//! Everything that is wrong with files, case folders and libraries.

use crate::embedded::Embedded;
use crate::open::{self, Loose, Target};
use crate::registry;
use crate::shelf::{Folder, Layered, WithoutCases, read_below};
use raison_core::{Case, Diagnostic, Inputs, Lens, Problems, SourceMap};
use raison_files::library::{KINDS, Kind, Loader, Parsed, path};
use raison_files::suggest::{did_you_mean, listed};
use raison_files::{Chosen, Shelf, Swap, codes, question, source, table};
use std::collections::HashSet;
use std::path::Path;

/// What one path given by the user holds.
#[derive(Debug, Default)]
pub struct Inspected {
    /// One row per file read.
    pub files: Vec<Counted>,
    /// The texts that the problems point into.
    pub sources: SourceMap,
    /// What was found, each once.
    pub problems: Vec<Diagnostic>,
}

/// How the numbers of one file are supported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// What it is.
    pub kind: Kind,
    /// Slug.
    pub id: String,
    /// Numbers with a source.
    pub source: usize,
    /// Numbers that are the coder's judgement.
    pub judgement: usize,
    /// Numbers with neither.
    pub neither: usize,
    /// Numbers that nobody stated, for which a default stands in.
    pub assumed: usize,
    /// Ties of a world by layer: recorded, stated, estimated.
    pub ties: Vec<(String, [usize; 3])>,
}

/// Inspects a path given by the user.
pub fn inspect(path: &Path) -> Inspected {
    match open::target(path) {
        Err(problem) => Inspected {
            problems: vec![problem.help_if(built_in(path))],
            ..Inspected::default()
        },
        Ok(Target::Library(folder, kinds)) => library(&folder, &kinds),
        Ok(Target::File(loose)) => file(&loose),
    }
}

/// A hint where the user names an item of the built-in library instead of a file.
fn built_in(path: &Path) -> Option<String> {
    let name = path.to_str()?;
    let kind = KINDS.into_iter().find(|k| Embedded.holds(*k, name))?;
    Some(format!(
        "`{name}` is a {} of the built-in library, which is checked already; name a file of yours",
        kind.word()
    ))
}

fn library(folder: &Folder, kinds: &[Kind]) -> Inspected {
    let shelf = Layered {
        folder: Some(folder.clone()),
    };
    let shelf = WithoutCases(&shelf);
    let mut desk = Desk::new(&shelf);
    for &kind in kinds {
        for slug in folder.slugs(kind) {
            desk.slug(folder, kind, &slug);
        }
    }
    desk.done()
}

fn file(loose: &Loose) -> Inspected {
    let shelf = loose.shelf();
    let shelf = WithoutCases(&shelf);
    let mut desk = Desk::new(&shelf);
    if let Some((name, bytes)) = read_below(&loose.beside, "sources.bib") {
        desk.loader.add_bibliography(&name, &bytes);
    }
    match open::bytes(&loose.path) {
        Err(problem) => desk.loader.problems.push(problem),
        Ok(bytes) => desk.loose(loose, &bytes),
    }
    desk.done()
}

/// A loader with what it has counted so far.
struct Desk<'s> {
    loader: Loader<'s>,
    shelf: &'s dyn Shelf,
    lenses: Vec<Box<dyn Lens>>,
    files: Vec<Counted>,
}

impl<'s> Desk<'s> {
    fn new(shelf: &'s dyn Shelf) -> Self {
        Desk {
            loader: crate::loader(shelf),
            shelf,
            lenses: registry::all(),
            files: Vec::new(),
        }
    }

    fn done(self) -> Inspected {
        let sources = self.loader.sources;
        Inspected {
            problems: once(&sources, self.loader.problems.into_vec()),
            files: self.files,
            sources,
        }
    }

    /// A file of the library that is being inspected.
    fn slug(&mut self, folder: &Folder, kind: Kind, slug: &str) {
        let Some((name, bytes)) = folder.read(&path(kind, slug)) else {
            return;
        };
        let Some(parsed) = self.loader.parse(&name, &bytes) else {
            return;
        };
        self.check_slug(slug, &name);
        match self.loader.kind_of(&parsed) {
            Some(found) if found != kind => self.misplaced(&name, &parsed, kind, found),
            Some(_) => {
                let own = folder.root.join(kind.folder());
                let beside = if kind == Kind::World {
                    own
                } else {
                    own.join(slug)
                };
                self.read(kind, slug, &name, &bytes, &parsed, &beside);
            }
            None => {}
        }
    }

    /// A file outside.
    fn loose(&mut self, loose: &Loose, bytes: &[u8]) {
        let name = loose.name();
        match loose.path.extension().and_then(|e| e.to_str()) {
            Some("bib") => return self.loader.add_bibliography(&name, bytes),
            Some("csv" | "md") => return self.loader.problems.push(no_file(loose)),
            _ => {}
        }
        let Some(parsed) = self.loader.parse(&name, bytes) else {
            return;
        };
        self.check_slug(&loose.id, &name);
        if let Some(kind) = self.loader.kind_of(&parsed) {
            self.read(kind, &loose.id, &name, bytes, &parsed, &loose.beside);
        }
    }

    fn read(
        &mut self,
        kind: Kind,
        id: &str,
        name: &str,
        bytes: &[u8],
        parsed: &Parsed,
        beside: &Path,
    ) {
        let mut inputs = Inputs::default();
        #[cfg_attr(not(feature = "world"), expect(unused_mut))]
        let mut tied = Vec::new();
        let chosen = || Chosen::Loose(id.to_owned(), name.to_owned(), bytes.to_vec());
        match kind {
            Kind::Case => {
                let beside = |name: &str| read_below(beside, name);
                let case = self.loader.case(id, parsed, &beside, &Swap::default());
                let Some(case) = case else { return };
                traces(&case, &self.lenses, &mut self.loader.problems);
                inputs = own(&case);
            }
            Kind::Doctrine => {
                self.loader.doctrine(&chosen(), None, "", &mut inputs);
                self.leader_of(parsed);
            }
            Kind::Leader => {
                self.loader.leader(&chosen(), None, "", None, &mut inputs);
            }
            Kind::Norm => {
                self.loader.walk(parsed, &mut inputs, "", |top, _, ctx| {
                    raison_files::leader::read_norm(id, top, ctx)
                });
            }
            Kind::World => {
                let beside = |name: &str| read_below(beside, name);
                if let Some(world) = self.loader.world(id, parsed, &beside, &[]) {
                    inputs = world.inputs.clone();
                    #[cfg(feature = "world")]
                    {
                        tied = ties(world);
                    }
                }
            }
            #[cfg(feature = "record")]
            Kind::Study => self.study(name, bytes, parsed),
            #[cfg(not(feature = "record"))]
            Kind::Study => self.loader.problems.push(not_yet(kind, name)),
        }
        let mut counted = count(kind, id, &inputs);
        counted.ties = tied;
        self.files.push(counted);
    }

    fn study(&mut self, name: &str, bytes: &[u8], parsed: &Parsed) {
        // The study's own reader knows one file; here it is one of many.
        for mut problem in crate::studies::problems(name, bytes) {
            let labels = problem.primary.iter_mut().chain(&mut problem.secondary);
            labels.for_each(|label| label.span.file = parsed.file);
            self.loader.problems.push(problem);
        }
    }

    /// The leader that a doctrine belongs to has to exist.
    fn leader_of(&mut self, parsed: &Parsed) {
        let mut inputs = Inputs::default();
        let named = self.loader.walk(parsed, &mut inputs, "", |top, _, ctx| {
            top.opt_text_at("leader", ctx)
        });
        if let Some((slug, at)) = named.flatten()
            && self.shelf.read(&path(Kind::Leader, &slug)).is_none()
        {
            self.loader.unknown_slug(Kind::Leader, &slug, Some(at));
        }
    }

    fn check_slug(&mut self, slug: &str, name: &str) {
        if !table::is_id(slug) {
            self.loader.problems.push(
                Diagnostic::error(
                    codes::BAD_ID,
                    format!("`{name}`: the name `{slug}` is no id"),
                )
                .note("the name of the file or case folder is its id")
                .help("use lower-case letters, digits and hyphens, at most 80"),
            );
        }
    }

    fn misplaced(&mut self, name: &str, parsed: &Parsed, kind: Kind, found: Kind) {
        let at = source::whole(&self.loader.sources, parsed.file);
        self.loader.problems.push(
            Diagnostic::error(
                codes::UNKNOWN_WORD,
                format!("`{name}` is a {}, not a {}", found.word(), kind.word()),
            )
            .at(at, "this file")
            .help(format!("move it to `{}`", found.folder())),
        );
    }
}

fn no_file(loose: &Loose) -> Diagnostic {
    Diagnostic::error(
        codes::NOT_READABLE,
        format!("`{}` is no file of the library by itself", loose.name()),
    )
    .help(format!(
        "`raison check {}` checks it with its case",
        loose.beside.display()
    ))
}

#[cfg(not(feature = "record"))]
fn not_yet(kind: Kind, name: &str) -> Diagnostic {
    Diagnostic::error(
        codes::NOT_READABLE,
        format!("`{name}`: this version reads no {} files", kind.word()),
    )
    .help("it reads cases, doctrines, leaders and norm groups")
}

/// The inputs of the case file itself, without those of its leaders and doctrine.
fn own(case: &Case) -> Inputs {
    const OTHERS: [&str; 3] = ["leader.", "opponent.leader.", "doctrine."];
    let mut inputs = Inputs::default();
    for (_, input) in case.question.inputs.iter() {
        if !OTHERS.iter().any(|o| input.path.starts_with(o)) {
            inputs.add(input.clone());
        }
    }
    inputs
}

fn count(kind: Kind, id: &str, inputs: &Inputs) -> Counted {
    let [source, judgement, assumed, _, neither] = question::provenance_counts(inputs);
    Counted {
        kind,
        id: id.to_owned(),
        source,
        judgement,
        neither,
        assumed,
        ties: Vec::new(),
    }
}

/// Ties of a world's start, those that gravity estimates with them.
#[cfg(feature = "world")]
fn ties(world: raison_core::world::World) -> Vec<(String, [usize; 3])> {
    let counted = raison_world::ties::counts(&raison_world::System::new(world));
    let row = |c: raison_world::ties::Counted| (c.layer.to_owned(), c.marks);
    counted.into_iter().map(row).collect()
}

/// Reports process traces of lenses that do not exist, or that the lens does not list.
fn traces(case: &Case, lenses: &[Box<dyn Lens>], problems: &mut Problems) {
    let ids = || lenses.iter().map(|l| l.id());
    for mark in &case.marks {
        let lens = lenses.iter().find(|l| l.id() == mark.lens);
        let problem = match lens {
            None => Diagnostic::error(codes::UNKNOWN_REFERENCE, format!("no lens `{}`", mark.lens))
                .help_if(did_you_mean(&mark.lens, ids()))
                .help(format!("lenses: {}", listed(ids()))),
            Some(lens) => {
                let traces = || lens.about().traces.iter().map(|t| t.id);
                if traces().any(|t| t == mark.trace) {
                    continue;
                }
                Diagnostic::error(
                    codes::UNKNOWN_REFERENCE,
                    format!("the lens `{}` lists no trace `{}`", mark.lens, mark.trace),
                )
                .help_if(did_you_mean(&mark.trace, traces()))
                .help(format!("its traces: {}", listed(traces())))
            }
        };
        problems.push(match mark.span {
            Some(span) => problem.at(span, "named in this table"),
            None => problem,
        });
    }
}

/// Each problem once, in order of files and places: a leader that three cases name is
/// read three times.
pub fn once(sources: &SourceMap, mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut seen = HashSet::new();
    let place = |d: &Diagnostic| d.primary.as_ref().map(|l| (l.span.file, l.span.start));
    problems.sort_by_key(place);
    let key = |d: &Diagnostic| {
        let place = d.primary.as_ref().map(|l| sources.place(l.span));
        (d.code, d.message.clone(), place)
    };
    problems
        .into_iter()
        .filter(|d| seen.insert(key(d)))
        .collect()
}
