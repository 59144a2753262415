//! `raison analyze`: one case through every lens.

use crate::failure::{Failure, print_problems};
use crate::output::{self, deliver, tell};
use clap::{Args, ValueEnum};
use raison::cases::{self, Origin};
use raison::core::{Case, Diagnostic, Lens, Problems};
use raison::files::library::Loader;
use raison::files::{Chosen, Kind, Swap, codes};
use raison::inspect::once;
use raison::report::{
    Against, Further, Look, Rival, View, analysis_html, analysis_json, analysis_text,
};
use raison::shelf::Layered;
use raison::study::{Agreement, Analysis, Counterfactual, Options, analyze, counterfactual};
use raison::{registry, study};
use std::path::PathBuf;

/// Draws of the uncertain inputs unless the user says otherwise.
const DRAWS: usize = 10_000;

/// Judge one case by every lens, side by side, with reasons
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct AnalyzeArgs {
    /// Slug of a built-in case, a case file, a case folder, or a row of the crisis record
    /// such as icb:196:USA or icb:cracno:N
    case: String,
    #[cfg(feature = "record")]
    #[command(flatten)]
    store: super::recording::StoreArgs,
    /// Lenses to ask, separated by commas [default: all]
    #[arg(long, value_name = "LENS", value_delimiter = ',')]
    lens: Vec<String>,
    /// Draws of the uncertain inputs; 0 takes the central values once
    #[arg(long, default_value_t = DRAWS, value_name = "N", value_parser = draws,
          allow_negative_numbers = true)]
    draws: usize,
    /// Seed of the draws: the same seed gives the same answer
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = seed,
          allow_negative_numbers = true)]
    seed: u64,
    /// Change an input and print the difference, such as players.rusk.salience=0.9 or
    /// situation.surprise=[0.3,0.6]; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE", value_parser = setting)]
    settings: Vec<(String, String)>,
    /// Put another leader in the decider's place and print the difference
    #[arg(long, value_name = "SLUG|FILE")]
    leader: Option<String>,
    /// Put another doctrine in force and print the difference
    #[arg(long, value_name = "SLUG|FILE")]
    doctrine: Option<String>,
    /// Leave out what was really chosen, for use in class
    #[arg(long)]
    hide_outcome: bool,
    /// A second coder's coding of the case: report agreement and what hangs on it
    #[arg(long, value_name = "FILE")]
    rival: Option<String>,
    /// How to print the result
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
    /// Write the result to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Threads to use [default: one for each core]; the answer is the same on any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
    /// Show every warning about the case and the files that it names
    #[arg(long)]
    verbose: bool,
}

const EXAMPLES: &str = "\
Examples:
  raison analyze cuban-missile-crisis
  raison analyze munich-1938 --lens rational,doctrine --format json
  raison analyze cuban-missile-crisis --set criteria.peace.weight=0.6
  raison analyze cuban-missile-crisis --leader nikita-khrushchev-1961
  raison analyze icb:196:USA --lens composite,organizational
  raison analyze october-war-1973 --hide-outcome --format html --out page.html
  raison analyze munich-1938 --rival my-munich      your second coding

Paths for --set are dotted, list items by id; --format json lists them all.
Values are a number, a range [low, high], or [low, most likely, high].";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// For programs: one document at full precision
    Json,
    /// One self-contained page
    Html,
}

/// More draws tell nothing more of ranges that a coder judged.
const MOST_DRAWS: usize = 1_000_000;

fn draws(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n) if n <= MOST_DRAWS => Ok(n),
        _ => Err("draws are a whole number from 0 to 1,000,000".to_owned()),
    }
}

fn seed(text: &str) -> Result<u64, String> {
    let wrong = |_| format!("a seed is a whole number from 0 to {}", u64::MAX);
    text.parse().map_err(wrong)
}

fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((path, value)) if !path.trim().is_empty() => {
            Ok((path.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("write PATH=VALUE, such as players.rusk.salience=0.9".to_owned()),
    }
}

/// Everything that the user asked for, found; nothing read yet but loose files.
struct Wanted {
    origin: Origin,
    rival: Option<Origin>,
    /// Those named; empty where none was.
    lenses: Vec<Box<dyn Lens>>,
    swap: Swap,
}

/// Runs the verb.
pub fn run(args: AnalyzeArgs) -> Result<(), Failure> {
    #[cfg(feature = "record")]
    if args.case.to_ascii_lowercase().starts_with("icb:") {
        return of_the_record(&args);
    }
    let origin = cases::find(&args.case);
    let shelf = origin
        .as_ref()
        .map_or_else(|_| Layered::default(), Origin::shelf);
    let mut wanted = wanted(&args, &shelf, origin)?;
    let mut loader = raison::loader(&shelf);
    let read = read(&args, &wanted, &mut loader);
    let mut problems = std::mem::take(&mut loader.problems).into_vec();
    problems = once(&loader.sources, problems);
    let Some(read) = read.filter(|_| !problems.iter().any(Diagnostic::is_error)) else {
        problems.retain(Diagnostic::is_error);
        let sources = loader.sources;
        return Err(Failure::Input { problems, sources });
    };
    if args.lens.is_empty() {
        wanted.lenses = raison::lenses::for_question(&read.coded.question);
    }
    wanted.lenses = raison::calibration::applied(wanted.lenses);
    warn(&args, &wanted, &loader, &problems);
    let threads = args.threads.map(usize::from);
    let ran = raison::threads::with_threads(threads, || ran(&args, &wanted.lenses, &read));
    let ran = ran.map_err(Failure::Ours)?;
    let text = report(&args, &read, &ran, &loader);
    deliver(&text, args.out.as_deref())
}

/// A decision of the crisis record, by lenses fitted on other crises.
#[cfg(feature = "record")]
fn of_the_record(args: &AnalyzeArgs) -> Result<(), Failure> {
    use super::recording::failure;
    use raison::crises::Record;
    let store = args.store.open()?;
    let mut problems: Vec<Diagnostic> = [
        ("--leader", args.leader.is_some()),
        ("--doctrine", args.doctrine.is_some()),
        ("--rival", args.rival.is_some()),
    ]
    .into_iter()
    .filter(|(_, given)| *given)
    .map(|(flag, _)| raison::crises::no_swap(flag))
    .collect();
    let record = Record::load(&store, Default::default()).map_err(failure)?;
    let row = record.find(&args.case).map_err(|p| problems.push(p)).ok();
    let lenses = raison::crises::lenses(&args.lens).map_err(|p| problems.extend(p));
    let (Some(row), Ok(ids), []) = (row, lenses, problems.as_slice()) else {
        return Err(Failure::problems(problems));
    };
    let threads = args.threads.map(usize::from);
    let done = raison::threads::with_threads(threads, || {
        let (coded, fitted) = record.case(row);
        let mut lenses: Vec<Box<dyn Lens>> = fitted.iter().map(|f| f.lens.boxed()).collect();
        lenses.retain(|l| ids.contains(&l.id()));
        let mut problems = Problems::new();
        let changed = (!args.settings.is_empty()).then(|| {
            let mut case = coded.clone();
            cases::set(&mut case, &args.settings, &mut problems);
            case
        });
        let read = Read {
            changed,
            changes: changes(args),
            rival: None,
            further: Vec::new(),
            coded,
        };
        (ran(args, &lenses, &read), read, problems.into_vec())
    });
    let (ran, read, problems) = done.map_err(Failure::Ours)?;
    if !problems.is_empty() {
        return Err(Failure::problems(problems));
    }
    let shelf = Layered::default();
    let text = report(args, &read, &ran, &raison::loader(&shelf));
    deliver(&text, args.out.as_deref())
}

/// Finds what was asked for, and reports everything that does not exist at once.
fn wanted(
    args: &AnalyzeArgs,
    shelf: &Layered,
    origin: Result<Origin, Diagnostic>,
) -> Result<Wanted, Failure> {
    let mut problems = Vec::new();
    let mut swap = Swap::default();
    let origin = origin.map_err(|p| problems.push(p)).ok();
    let rival = args.rival.as_deref().map(cases::find);
    let rival = rival.and_then(|r| r.map_err(|p| problems.push(p)).ok());
    let lenses = registry::select(&args.lens).map_err(|p| problems.extend(p));
    for (name, kind) in [
        (&args.leader, Kind::Leader),
        (&args.doctrine, Kind::Doctrine),
    ] {
        let Some(name) = name else { continue };
        match cases::choose(shelf, kind, name) {
            Ok(chosen) if kind == Kind::Leader => swap.leader = Some(chosen),
            Ok(chosen) => swap.doctrine = Some(chosen),
            Err(problem) => problems.push(problem),
        }
    }
    match (origin, lenses) {
        (Some(origin), Ok(lenses)) if problems.is_empty() => Ok(Wanted {
            origin,
            rival,
            lenses,
            swap,
        }),
        _ => Err(Failure::problems(problems)),
    }
}

/// The cases as read.
struct Read {
    /// As coded.
    coded: Case,
    /// As changed, where something was to be changed.
    changed: Option<Case>,
    /// The changes in the user's words.
    changes: Vec<String>,
    /// A second coder's.
    rival: Option<Case>,
    /// The case with each further doctrine that it names in force.
    further: Vec<Case>,
}

fn read(args: &AnalyzeArgs, wanted: &Wanted, loader: &mut Loader<'_>) -> Option<Read> {
    let coded = cases::load(loader, &wanted.origin, &Swap::default());
    let changes = changes(args);
    let mut changed = None;
    if !changes.is_empty() {
        changed = match swaps(&wanted.swap) {
            true => cases::load(loader, &wanted.origin, &wanted.swap),
            false => coded.clone(),
        };
        if let Some(case) = &mut changed {
            cases::set(case, &args.settings, &mut loader.problems);
        }
    }
    let rival = wanted.rival.as_ref().map(|origin| {
        let rival = cases::load(loader, origin, &Swap::default());
        if let (Some(a), Some(b)) = (&coded, &rival) {
            same_alternatives(a, b, &mut loader.problems);
        }
        rival
    });
    let shown = changed.as_ref().or(coded.as_ref());
    let further = shown.map_or(Vec::new(), |c| further(args, wanted, loader, c));
    Some(Read {
        further,
        coded: coded?,
        changed,
        changes,
        rival: rival.flatten(),
    })
}

/// The case with each further doctrine that it names in force. What is said of the case
/// itself has been said already.
fn further(
    args: &AnalyzeArgs,
    wanted: &Wanted,
    loader: &mut Loader<'_>,
    shown: &Case,
) -> Vec<Case> {
    let asked = wanted.lenses.is_empty() || wanted.lenses.iter().any(|l| l.id() == "doctrine");
    let slugs = shown.question.decider.further.iter().filter(|_| asked);
    let said = std::mem::take(&mut loader.problems);
    let cases = slugs
        .filter_map(|slug| {
            let swap = Swap {
                doctrine: Some(Chosen::Slug(slug.clone())),
                leader: wanted.swap.leader.clone(),
            };
            let mut case = cases::load(loader, &wanted.origin, &swap)?;
            // Inputs of the other doctrine are not there.
            cases::set(&mut case, &args.settings, &mut Problems::new());
            Some(case)
        })
        .collect();
    let errors = std::mem::replace(&mut loader.problems, said).into_vec();
    let errors = errors.into_iter().filter(Diagnostic::is_error);
    errors.for_each(|e| loader.problems.push(e));
    cases
}

fn swaps(swap: &Swap) -> bool {
    swap.leader.is_some() || swap.doctrine.is_some()
}

fn changes(args: &AnalyzeArgs) -> Vec<String> {
    let set = args.settings.iter().map(|(p, v)| format!("--set {p}={v}"));
    let leader = args.leader.iter().map(|l| format!("--leader {l}"));
    let doctrine = args.doctrine.iter().map(|d| format!("--doctrine {d}"));
    set.chain(leader).chain(doctrine).collect()
}

/// Two codings of one case share alternatives, or they cannot be compared.
fn same_alternatives(a: &Case, b: &Case, problems: &mut Problems) {
    let ids = |c: &Case| -> Vec<String> {
        let list = c.question.situation.alternatives.iter();
        list.map(|a| a.id.clone()).collect()
    };
    let (a, b) = (ids(a), ids(b));
    if !a.iter().any(|id| b.contains(id)) {
        problems.push(
            Diagnostic::error(
                codes::UNKNOWN_REFERENCE,
                "the two codings have no alternative in common",
            )
            .note(format!("first: {}; second: {}", a.join(", "), b.join(", ")))
            .help("--rival takes a second coding of the same case"),
        );
    }
}

fn warn(args: &AnalyzeArgs, wanted: &Wanted, loader: &Loader<'_>, problems: &[Diagnostic]) {
    if let Origin::BuiltIn(slug) = &wanted.origin
        && std::path::Path::new(slug).join("case.toml").is_file()
    {
        tell(&format!(
            "note: this is the built-in case `{slug}`; the folder beside you is `./{slug}`\n"
        ));
    }
    match problems.len() {
        0 => {}
        _ if args.verbose => print_problems(&loader.sources, problems),
        1 => tell("note: 1 warning about the case; --verbose shows it\n"),
        n => tell(&format!(
            "note: {n} warnings about the case; --verbose shows them\n"
        )),
    }
}

/// What the lenses say.
struct Ran {
    alone: Option<Analysis>,
    against: Option<Counterfactual>,
    agreement: Option<Agreement>,
    /// What the doctrine lens says of each of the cases in [`Read::further`].
    further: Vec<Analysis>,
}

fn ran(args: &AnalyzeArgs, lenses: &[Box<dyn Lens>], read: &Read) -> Ran {
    let options = Options {
        draws: args.draws,
        seed: args.seed,
        flips: true,
    };
    let against = read.changed.as_ref();
    let against = against.map(|c| counterfactual(&read.coded, c, lenses, options));
    let alone = against
        .is_none()
        .then(|| analyze(&read.coded, lenses, options));
    let rival = read.rival.as_ref();
    Ran {
        alone,
        against,
        further: doctrines(&read.further, options),
        agreement: rival.map(|r| study::rival(&read.coded, r, lenses, options)),
    }
}

/// The doctrine lens alone, where there is a further doctrine.
fn doctrines(cases: &[Case], options: Options) -> Vec<Analysis> {
    let Some(lens) = registry::find("doctrine") else {
        return Vec::new();
    };
    let (lens, options) = (
        raison::calibration::applied(vec![lens]),
        Options {
            flips: false,
            ..options
        },
    );
    cases.iter().map(|c| analyze(c, &lens, options)).collect()
}

fn report(args: &AnalyzeArgs, read: &Read, ran: &Ran, loader: &Loader<'_>) -> String {
    let works = |key: &str| cases::work(loader, key);
    let (case, analysis) = match (&read.changed, &ran.against, &ran.alone) {
        (Some(case), Some(against), _) => (case, &against.changed),
        (_, _, Some(analysis)) => (&read.coded, analysis),
        _ => return String::new(),
    };
    let mut view = View::new(case, analysis, &loader.sources, &works, raison::ENGINE);
    view.hide_outcome = args.hide_outcome;
    view.against = ran.against.as_ref().map(|counterfactual| Against {
        case: &read.coded,
        counterfactual,
        changes: &read.changes,
    });
    view.rival = match (&read.rival, &ran.agreement, &args.rival) {
        (Some(case), Some(agreement), Some(name)) => Some(Rival {
            case,
            agreement,
            name,
        }),
        _ => None,
    };
    let pairs = read.further.iter().zip(&ran.further);
    let further: Vec<Further> = pairs
        .map(|(case, analysis)| Further { case, analysis })
        .collect();
    view.further = &further;
    let colour = args.out.is_none() && output::colour();
    match args.format {
        Format::Text => analysis_text::render(&view, Look { width: 80, colour }),
        Format::Json => analysis_json::to_string(&view),
        Format::Html => analysis_html::render(&view),
    }
}
