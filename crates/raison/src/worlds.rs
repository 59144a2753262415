//! Worlds by slug, path or `record:YEAR`, with what the user changes in them.

use crate::cases::choose;
use crate::embedded::Embedded;
use crate::open::{self, Target};
use crate::shelf::{Layered, read_below};
use raison_core::world::World;
use raison_core::{Date, Diagnostic, Problems, Provenance, SourceMap, Uncertain};
use raison_files::library::{Chosen, Kind, Loader};
use raison_files::suggest::did_you_mean;
use raison_files::{Shelf, codes, number};
use raison_record::Store;
use std::path::Path;

/// A swap of the user names what worlds do not have.
pub const BAD_SWAP: raison_core::Code = raison_core::Code("R6023");

/// What the user asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// Slug, path, or `record:YEAR`.
    pub world: String,
    /// Values of inputs, `path=value`.
    pub set: Vec<(String, String)>,
    /// `STATE.leader` or `STATE.doctrine`, and a slug or path.
    pub swap: Vec<(String, String)>,
    /// Exits of leaders: state and date.
    pub exit: Vec<(String, String)>,
}

/// What went wrong: problems and the texts that they point into.
pub type Wrong = (Vec<Diagnostic>, SourceMap);

/// Loads a world; warnings come with it.
///
/// # Errors
/// Every problem found.
pub fn load(asked: &Asked, store: Option<&Store>) -> Result<(World, Vec<Diagnostic>), Wrong> {
    if let Some(year) = asked.world.strip_prefix("record:") {
        return recorded(asked, year, store);
    }
    let origin = find(&asked.world).map_err(|d| (vec![d], SourceMap::new()))?;
    let shelf = match &origin {
        Origin::BuiltIn => Layered::default(),
        Origin::Outside(loose) => loose.shelf(),
    };
    let mut problems = Vec::new();
    let swaps = swaps(asked, &shelf, &mut problems);
    let mut loader = crate::loader(&shelf);
    let world = match &origin {
        Origin::BuiltIn => loader.shelf_world(&asked.world, &swaps),
        Origin::Outside(loose) => outside(&mut loader, loose, &swaps),
    };
    let mut more = std::mem::take(&mut loader.problems);
    let world = world.map(|mut w| {
        change(&mut w, asked, &mut more);
        w
    });
    problems.extend(more.into_vec());
    finish(world, problems, loader.sources)
}

fn finish(
    world: Option<World>,
    problems: Vec<Diagnostic>,
    sources: SourceMap,
) -> Result<(World, Vec<Diagnostic>), Wrong> {
    match world {
        Some(world) if !problems.iter().any(Diagnostic::is_error) => Ok((world, problems)),
        _ => Err((
            problems.into_iter().filter(Diagnostic::is_error).collect(),
            sources,
        )),
    }
}

enum Origin {
    BuiltIn,
    Outside(open::Loose),
}

fn find(name: &str) -> Result<Origin, Diagnostic> {
    if Embedded.holds(Kind::World, name) {
        return Ok(Origin::BuiltIn);
    }
    let path = Path::new(name);
    if path.exists() || name.ends_with(".toml") || name.contains('/') {
        return match open::target(path)? {
            Target::File(loose) => Ok(Origin::Outside(loose)),
            Target::Library(..) => Err(unknown(name)),
        };
    }
    Err(unknown(name))
}

fn unknown(name: &str) -> Diagnostic {
    let slugs = Embedded.slugs(Kind::World);
    Diagnostic::error(codes::UNKNOWN_SLUG, format!("no world `{name}`"))
        .help_if(did_you_mean(name, slugs.iter().map(String::as_str)))
        .help(format!(
            "worlds: {}; or a file, or `record:YEAR`",
            slugs.join(", ")
        ))
}

fn outside(
    loader: &mut Loader<'_>,
    loose: &open::Loose,
    swaps: &raison_files::world::Swaps,
) -> Option<World> {
    let parsed = open::parse(loader, loose)?;
    let kind = loader.kind_of(&parsed)?;
    if kind != Kind::World {
        let text = format!("`{}` is a {}, not a world", loose.name(), kind.word());
        loader
            .problems
            .push(Diagnostic::error(codes::UNKNOWN_WORD, text));
        return None;
    }
    let beside = |name: &str| read_below(&loose.beside, name);
    loader.world(&loose.id, &parsed, &beside, swaps)
}

fn recorded(
    asked: &Asked,
    year: &str,
    store: Option<&Store>,
) -> Result<(World, Vec<Diagnostic>), Wrong> {
    let one = |d: Diagnostic| (vec![d], SourceMap::new());
    // `1950-2010`: with the states that enter or leave up to the second year.
    let (first, last) = year.split_once('-').unwrap_or((year, year));
    let (Ok(from), Ok(to)) = (first.parse::<i32>(), last.parse::<i32>()) else {
        let d = Diagnostic::error(
            codes::WRONG_TYPE,
            format!("`{}` names no year", asked.world),
        );
        return Err(one(d.help(
            "write it as `record:1962`, or `record:1962-2010` with states that enter later",
        )));
    };
    if to < from {
        let text = format!("`{}` ends before it begins", asked.world);
        let d = Diagnostic::error(raison_files::world::codes::BAD_YEAR, text);
        return Err(one(d.help(format!("write `record:{to}-{from}`"))));
    }
    let Some(store) = store else {
        return Err(one(Diagnostic::error(
            codes::NOT_READABLE,
            "there is no store of the record",
        )));
    };
    let made = raison_world::record_world::world_until(store, from, to);
    let mut world = made.map_err(|r| match r {
        raison_record::Refusal::Input(both) => *both,
        raison_record::Refusal::Machine(text) => one(Diagnostic::error(codes::NOT_READABLE, text)),
    })?;
    raison_files::world::defaults(&mut world.inputs);
    let mut problems = Vec::new();
    let shelf = Layered::default();
    let swaps = swaps(asked, &shelf, &mut problems);
    let mut loader = crate::loader(&shelf);
    loader.people(&mut world, &swaps);
    let mut more = std::mem::take(&mut loader.problems);
    change(&mut world, asked, &mut more);
    problems.extend(more.into_vec());
    finish(Some(world), problems, loader.sources)
}

/// The leaders and doctrines that are to be put in, read from the shelf or from files.
fn swaps(
    asked: &Asked,
    shelf: &Layered,
    problems: &mut Vec<Diagnostic>,
) -> Vec<(String, Kind, Chosen)> {
    let mut out = Vec::new();
    for (what, name) in &asked.swap {
        match swap(what).and_then(|(state, kind)| Ok((state, kind, choose(shelf, kind, name)?))) {
            Ok(swap) => out.push(swap),
            Err(d) => problems.push(d),
        }
    }
    out
}

/// The works behind the numbers and ties of a world, each as `key: author, year, title`.
pub fn works(world: &World) -> Vec<String> {
    let mut keys: Vec<&str> = Vec::new();
    for (_, input) in world.inputs.iter() {
        if let Provenance::Source(works) = &input.provenance {
            keys.extend(works.iter().map(|w| w.key.as_str()));
        }
    }
    let ties = world.ties.iter().flat_map(|t| &t.sources);
    keys.extend(ties.map(|w| w.key.as_str()));
    keys.sort_unstable();
    keys.dedup();
    let shelf = Layered::default();
    let loader = crate::loader(&shelf);
    keys.iter()
        .map(|key| match loader.bibliography.get(key) {
            Some(work) => format!("{key}: {}", work.line),
            None => (*key).to_owned(),
        })
        .collect()
}

/// `STATE.leader` or `STATE.doctrine`.
fn swap(what: &str) -> Result<(String, Kind), Diagnostic> {
    let kind = match what.split_once('.') {
        Some((state, "leader")) => Some((state, Kind::Leader)),
        Some((state, "doctrine")) => Some((state, Kind::Doctrine)),
        _ => None,
    };
    kind.map(|(state, kind)| (state.to_owned(), kind)).ok_or_else(|| {
        Diagnostic::error(BAD_SWAP, format!("`{what}` cannot be swapped"))
            .help("write `STATE.leader=SLUG` or `STATE.doctrine=SLUG`, such as `IRN.doctrine=five-principles-1954`")
    })
}

fn change(world: &mut World, asked: &Asked, problems: &mut Problems) {
    for (path, value) in &asked.set {
        if let Err(d) = set(world, path, value) {
            problems.push(d);
        }
    }
    for (state, date) in &asked.exit {
        if let Err(d) = exit(world, state, date) {
            problems.push(d);
        }
    }
}

/// Sets an input of a world.
///
/// # Errors
/// Where there is no such path, or the value is outside its domain.
pub fn set(world: &mut World, path: &str, value: &str) -> Result<(), Diagnostic> {
    let Some(num) = world.inputs.find(path) else {
        let names = world.inputs.iter().map(|(_, i)| i.path.as_str());
        return Err(Diagnostic::error(
            codes::UNKNOWN_PATH,
            format!("the world has no input `{path}`"),
        )
        .help_if(did_you_mean(path, names))
        .help("inputs are such as `states.IRN.share` or `parameters.war.costs`"));
    };
    let amount: Uncertain = number::from_text(value).map_err(|_| {
        Diagnostic::error(codes::BAD_NUMBER, format!("`{value}` is no number"))
            .help("write `0.4`, `[0.3, 0.6]` or `[0.3, 0.4, 0.6]`")
    })?;
    let domain = world.inputs.get(num).domain;
    let (low, high) = amount.ends();
    if !domain.holds(low) || !domain.holds(high) {
        return Err(Diagnostic::error(
            codes::OUT_OF_DOMAIN,
            format!(
                "`{path}` goes from {} to {}, not to {value}",
                domain.low, domain.high
            ),
        ));
    }
    world.inputs.set(num, amount);
    Ok(())
}

/// Lets the first leader of a state leave at a date.
///
/// # Errors
/// Where the state or the date does not exist, or the date is before the first year.
pub fn exit(world: &mut World, state: &str, date: &str) -> Result<(), Diagnostic> {
    let when: Date = date.parse().map_err(|_| {
        Diagnostic::error(codes::WRONG_TYPE, format!("`{date}` is no date"))
            .help("write it as 1989-06-03")
    })?;
    if when.year() < world.start {
        return Err(Diagnostic::error(
            codes::OUT_OF_DOMAIN,
            format!(
                "`{state}={date}` lets a leader leave before the world begins in {}",
                world.start
            ),
        )
        .note("whoever has left by then is not in the world")
        .help("name a date of that year or later, or another leader with `--swap`"));
    }
    let codes_of: Vec<String> = world.states.iter().map(|s| s.code.clone()).collect();
    let seat = world
        .states
        .iter_mut()
        .find(|s| s.code == state)
        .and_then(|s| s.seats.first_mut());
    match seat {
        Some(seat) => {
            seat.until = Some(when);
            Ok(())
        }
        None => Err(Diagnostic::error(
            raison_files::world::codes::UNKNOWN_STATE,
            format!("`{state}` is no state of this world"),
        )
        .help_if(did_you_mean(state, codes_of.iter().map(String::as_str)))),
    }
}
