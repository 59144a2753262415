//! `raison study counterfactual`: another leader, doctrine, number or theory.

use super::case::{self, CaseArgs};
use super::settings;
use crate::failure::Failure;
use crate::output::{self, Format, print};
use clap::Args;
use raison::cases::{self, Origin};
use raison::core::{Case, Diagnostic, Lens, Problems};
use raison::files::{Kind, Swap};
use raison::registry;
use raison::report::Look;
use raison::report::counterfactual::{View, document, render};
use raison::shelf::Layered;
use raison::study::Options;
use raison::study::counterfactual::{Change, MOST_CHANGES, Setup, run as compare};

/// A decision under another leader, doctrine, number or theory, on paired draws
///
/// Several changes are made together; up to five are told apart by their Shapley values.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct CounterfactualArgs {
    #[command(flatten)]
    case: CaseArgs,
    /// What to change, separated by commas: leader=SLUG|FILE, doctrine=SLUG|FILE,
    /// lens=LENS, or PATH=VALUE; may be repeated [default: the study's]
    #[arg(long, value_name = "CHANGES")]
    swap: Vec<String>,
    /// Paired draws of the uncertain inputs; 0 takes the central values once
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=200_000))]
    draws: Option<u32>,
    /// How to print the result
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  raison study counterfactual cuban-missile-crisis --swap leader=nikita-khrushchev-1961
  raison study counterfactual munich-1938 --swap situation.surprise=[0.6,0.9] --lens memory
  raison study counterfactual cuban-missile-crisis --lens rational --swap lens=governmental";

/// One change, found.
#[derive(Clone)]
enum Edit {
    Leader(raison::files::Chosen),
    Doctrine(raison::files::Chosen),
    Lens(String),
    Set(String, String),
}

/// Runs the study.
pub fn run(args: CounterfactualArgs) -> Result<(), Failure> {
    let set: raison::studies::Counterfactual = settings::read(args.case.study.as_deref())?;
    if args.swap.is_empty() && args.case.case.is_some() && args.case.study.is_none() {
        let problem = Diagnostic::error(SWAP, "nothing is to be changed");
        return Err(Failure::problems(vec![problem.help(WRITE)]));
    }
    let swap = if args.swap.is_empty() {
        &set.swap
    } else {
        &args.swap
    };
    let words: Vec<String> = swap.iter().flat_map(|s| split(s)).collect();
    let (case, lenses) = case::chosen(&args.case, &set.case, &set.lenses);
    let found = (cases::find(&case), registry::select(&lenses));
    let shelf = found
        .0
        .as_ref()
        .map_or_else(|_| Layered::default(), Origin::shelf);
    let mut problems = Vec::new();
    let edits: Vec<Edit> = words
        .iter()
        .filter_map(|w| edit(&shelf, w).map_err(|p| problems.push(p)).ok())
        .collect();
    let (origin, lenses) = match found {
        (Ok(origin), Ok(lenses)) if problems.is_empty() => (origin, lenses),
        (origin, lenses) => {
            problems.extend(origin.err());
            problems.extend(lenses.err().into_iter().flatten());
            return Err(Failure::problems(problems));
        }
    };
    let cases = arms(&shelf, &origin, &edits)?;
    let Some(case) = cases.first() else {
        return Ok(());
    };
    let lenses = case::or_all(lenses, case);
    let changes = changes(&words, &edits);
    let options = Options {
        draws: args.draws.unwrap_or(set.draws) as usize,
        seed: args.case.seed.unwrap_or(set.seed),
        flips: false,
    };
    let setup = Setup {
        changes: &changes,
        cases: &cases,
        lenses: &lenses,
        options,
    };
    let threads = args.case.threads.map(usize::from);
    let found =
        raison::threads::with_threads(threads, || compare(&setup)).map_err(Failure::Ours)?;
    let view = View {
        case,
        changes: &words,
        lenses: &found,
        options,
        engine: raison::ENGINE,
    };
    match args.format {
        Format::Json => print(&format!("{:#}\n", document(&view))),
        Format::Text => print(&render(
            &view,
            Look {
                width: 80,
                colour: output::colour(),
            },
        )),
    }
}

/// Splits at commas outside brackets: `a=[1,2],b=3`.
fn split(text: &str) -> Vec<String> {
    let mut depth = 0i32;
    let mut parts = vec![String::new()];
    for c in text.chars() {
        depth += match c {
            '[' => 1,
            ']' => -1,
            _ => 0,
        };
        match parts.last_mut() {
            Some(part) if c != ',' || depth > 0 => part.push(c),
            _ => parts.push(String::new()),
        }
    }
    parts
        .iter()
        .map(|p| p.trim().to_owned())
        .filter(|p| !p.is_empty())
        .collect()
}

fn edit(shelf: &Layered, word: &str) -> Result<Edit, Diagnostic> {
    let Some((name, value)) = word.split_once('=').map(|(n, v)| (n.trim(), v.trim())) else {
        return Err(
            Diagnostic::error(SWAP, format!("`{word}` does not say what it changes to"))
                .help(WRITE),
        );
    };
    match name {
        "leader" => cases::choose(shelf, Kind::Leader, value).map(Edit::Leader),
        "doctrine" => cases::choose(shelf, Kind::Doctrine, value).map(Edit::Doctrine),
        "lens" => lens(value).map(|_| Edit::Lens(value.to_owned())),
        path => Ok(Edit::Set(path.to_owned(), value.to_owned())),
    }
}

const WRITE: &str = "write --swap leader=SLUG, doctrine=SLUG, lens=LENS or PATH=VALUE";

/// A swap that cannot be read.
const SWAP: raison::core::Code = raison::core::Code("R5501");

fn lens(name: &str) -> Result<Box<dyn Lens>, Diagnostic> {
    let mut found = registry::select(&[name.to_owned()]).map_err(|p| {
        let unknown = Diagnostic::error(
            raison::files::codes::UNKNOWN_LENS,
            format!("no lens `{name}`"),
        );
        p.into_iter().next().unwrap_or(unknown)
    })?;
    found = raison::calibration::applied(found);
    found
        .pop()
        .ok_or_else(|| Diagnostic::error(SWAP, format!("no lens `{name}`")))
}

fn changes(words: &[String], edits: &[Edit]) -> Vec<Change> {
    let made = words.iter().zip(edits);
    made.map(|(name, edit)| Change {
        name: name.clone(),
        lens: match edit {
            Edit::Lens(name) => lens(name).ok(),
            _ => None,
        },
    })
    .collect()
}

/// The case under every set of changes, or under none and all where they are many.
fn arms(shelf: &Layered, origin: &Origin, edits: &[Edit]) -> Result<Vec<Case>, Failure> {
    let coded = case::load(shelf, origin, &Swap::default())?;
    let sets: Vec<usize> = match edits.len() {
        n if n <= MOST_CHANGES => (0..1 << n).collect(),
        _ => vec![0, usize::MAX],
    };
    sets.into_iter()
        .map(|set| arm(shelf, origin, &coded, edits, set))
        .collect()
}

fn arm(
    shelf: &Layered,
    origin: &Origin,
    coded: &Case,
    edits: &[Edit],
    set: usize,
) -> Result<Case, Failure> {
    let made = edits
        .iter()
        .enumerate()
        .filter(|(i, _)| set == usize::MAX || set >> i & 1 == 1);
    let (mut swap, mut settings) = (Swap::default(), Vec::new());
    for (_, edit) in made {
        match edit {
            Edit::Leader(chosen) => swap.leader = Some(chosen.clone()),
            Edit::Doctrine(chosen) => swap.doctrine = Some(chosen.clone()),
            Edit::Set(path, value) => settings.push((path.clone(), value.clone())),
            Edit::Lens(_) => {}
        }
    }
    let mut case = match swap.leader.is_some() || swap.doctrine.is_some() {
        true => case::load_quietly(shelf, origin, &swap)?,
        false => coded.clone(),
    };
    let mut problems = Problems::new();
    cases::set(&mut case, &settings, &mut problems);
    match problems.has_errors() {
        true => Err(Failure::problems(problems.into_vec())),
        false => Ok(case),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn commas_in_brackets_do_not_split() {
        assert_eq!(super::split("a=[1,2], b=3,,"), ["a=[1,2]", "b=3"]);
        assert_eq!(
            super::split("]],["),
            ["]]", "["],
            "brackets that open nothing are kept as they are"
        );
    }
}
