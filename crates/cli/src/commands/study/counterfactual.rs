//! `raison study counterfactual`: another leader, doctrine, number or theory.

use super::case::{self, CaseArgs};
use super::settings;
use crate::failure::Failure;
use crate::output::{self, Format, deliver};
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
    #[cfg(feature = "record")]
    #[command(flatten)]
    store: crate::commands::recording::StoreArgs,
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
    /// Write the result to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<std::path::PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  raison study counterfactual cuban-missile-crisis \\
      --swap leader=nikita-khrushchev-1961
  raison study counterfactual munich-1938 \\
      --swap situation.surprise=[0.6,0.9] --lens memory
  raison study counterfactual cuban-missile-crisis \\
      --lens rational --swap lens=governmental
  raison study counterfactual icb:196:USA --swap record.trigger_violent=1";

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
    #[cfg(feature = "record")]
    if case::is_row(&case) {
        let asked = of_the_record(&args, &case, &lenses, &words)?;
        return answer(&args, &set, &asked, &words);
    }
    answer(&args, &set, &of_a_case(&case, &lenses, &words)?, &words)
}

/// The case under every set of changes, the lenses, and the changes.
struct Asked {
    cases: Vec<Case>,
    lenses: Vec<Box<dyn Lens>>,
    changes: Vec<Change>,
}

fn of_a_case(case: &str, lenses: &[String], words: &[String]) -> Result<Asked, Failure> {
    let found = (cases::find(case), registry::select(lenses));
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
    let coded = case::load(&shelf, &origin, &Swap::default())?;
    let swapped = |swap: &Swap| case::load_quietly(&shelf, &origin, swap);
    Ok(Asked {
        lenses: case::or_all(lenses, &coded),
        cases: arms(&coded, &edits, &swapped)?,
        changes: changes(words, &edits, |name| lens(name).ok()),
    })
}

/// A decision of the crisis record, by lenses fitted on other crises.
#[cfg(feature = "record")]
fn of_the_record(
    args: &CounterfactualArgs,
    case: &str,
    lenses: &[String],
    words: &[String],
) -> Result<Asked, Failure> {
    use raison::crises::{self, Record};
    let mut problems = Vec::new();
    let edits: Vec<Edit> = words
        .iter()
        .filter_map(|w| edit_of_row(w).map_err(|p| problems.extend(p)).ok())
        .collect();
    let ids = crises::lenses(lenses).map_err(|p| problems.extend(p));
    let store = args.store.open()?;
    let record =
        Record::load(&store, Default::default()).map_err(crate::commands::recording::failure)?;
    let row = record.find(case).map_err(|p| problems.push(p)).ok();
    let (Some(row), Ok(ids), []) = (row, ids, problems.as_slice()) else {
        return Err(Failure::problems(problems));
    };
    let threads = args.case.threads.map(usize::from);
    let (coded, fitted) =
        raison::threads::with_threads(threads, || record.case(row)).map_err(Failure::Ours)?;
    let boxed = |id: &str| fitted.iter().find(|f| f.lens.id() == id);
    let boxed = |id: &str| boxed(id).map(|f| f.lens.boxed());
    Ok(Asked {
        lenses: ids.iter().filter_map(|id| boxed(id)).collect(),
        cases: arms(&coded, &edits, &|_| Ok(coded.clone()))?,
        changes: changes(words, &edits, |name| boxed(name.trim())),
    })
}

/// A change of a row of the record: a number or a theory.
#[cfg(feature = "record")]
fn edit_of_row(word: &str) -> Result<Edit, Vec<Diagnostic>> {
    let Some((name, value)) = word.split_once('=').map(|(n, v)| (n.trim(), v.trim())) else {
        return Err(vec![unsaid(word)]);
    };
    match name {
        "leader" | "doctrine" => Err(vec![raison::crises::no_swap(&format!("{name}="))]),
        "lens" => raison::crises::lenses(&[value.to_owned()]).map(|_| Edit::Lens(value.to_owned())),
        path => Ok(Edit::Set(path.to_owned(), value.to_owned())),
    }
}

fn answer(
    args: &CounterfactualArgs,
    set: &raison::studies::Counterfactual,
    asked: &Asked,
    words: &[String],
) -> Result<(), Failure> {
    let Some(case) = asked.cases.first() else {
        return Ok(());
    };
    let known = |case: &Case| {
        let mut inputs = case.question.inputs.iter();
        inputs.all(|(_, i)| i.amount.is_known())
    };
    // Where nothing is uncertain, every draw is the same.
    let draws = match asked.cases.iter().all(known) {
        true => 0,
        false => args.draws.unwrap_or(set.draws) as usize,
    };
    let options = Options {
        draws,
        seed: args.case.seed.unwrap_or(set.seed),
        flips: false,
    };
    let setup = Setup {
        changes: &asked.changes,
        cases: &asked.cases,
        lenses: &asked.lenses,
        options,
    };
    let threads = args.case.threads.map(usize::from);
    let found =
        raison::threads::with_threads(threads, || compare(&setup)).map_err(Failure::Ours)?;
    let view = View {
        case,
        changes: words,
        lenses: &found,
        options,
        engine: raison::ENGINE,
    };
    let look = Look {
        width: 80,
        colour: args.out.is_none() && output::colour(),
    };
    let text = match args.format {
        Format::Json => format!("{:#}\n", document(&view)),
        Format::Text => render(&view, look),
    };
    deliver(&text, args.out.as_deref())
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
        return Err(unsaid(word));
    };
    match name {
        "leader" => cases::choose(shelf, Kind::Leader, value).map(Edit::Leader),
        "doctrine" => cases::choose(shelf, Kind::Doctrine, value).map(Edit::Doctrine),
        "lens" => lens(value).map(|_| Edit::Lens(value.to_owned())),
        path => Ok(Edit::Set(path.to_owned(), value.to_owned())),
    }
}

fn unsaid(word: &str) -> Diagnostic {
    Diagnostic::error(SWAP, format!("`{word}` does not say what it changes to")).help(WRITE)
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

fn changes(
    words: &[String],
    edits: &[Edit],
    lens: impl Fn(&str) -> Option<Box<dyn Lens>>,
) -> Vec<Change> {
    let made = words.iter().zip(edits);
    made.map(|(name, edit)| Change {
        name: name.clone(),
        lens: match edit {
            Edit::Lens(name) => lens(name),
            _ => None,
        },
    })
    .collect()
}

/// The case with another leader or doctrine in place.
type Swapped<'a> = dyn Fn(&Swap) -> Result<Case, Failure> + 'a;

/// The case under every set of changes, or under none and all where they are many.
fn arms(coded: &Case, edits: &[Edit], swapped: &Swapped<'_>) -> Result<Vec<Case>, Failure> {
    let sets: Vec<usize> = match edits.len() {
        n if n <= MOST_CHANGES => (0..1 << n).collect(),
        _ => vec![0, usize::MAX],
    };
    sets.into_iter()
        .map(|set| arm(coded, edits, set, swapped))
        .collect()
}

fn arm(coded: &Case, edits: &[Edit], set: usize, swapped: &Swapped<'_>) -> Result<Case, Failure> {
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
        true => swapped(&swap)?,
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
