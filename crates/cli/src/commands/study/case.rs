//! What the studies of one case share: the case, the lenses, the seed.

use crate::failure::Failure;
use crate::output::tell;
use clap::Args;
use raison::cases::{self, Origin};
use raison::core::{Case, Diagnostic, Lens};
use raison::files::Swap;
use raison::inspect::once;
use raison::registry;
use raison::shelf::Layered;

/// The case, the lenses, the seed.
#[derive(Args)]
pub struct CaseArgs {
    /// Slug of a built-in case, a case file, a case folder, or a row of the crisis record
    /// such as icb:196:USA [default: the study's]
    pub case: Option<String>,
    /// Settings: a study file, such as a changed copy of the built-in one
    #[arg(long, value_name = "FILE")]
    pub study: Option<std::path::PathBuf>,
    /// Lenses to ask, separated by commas [default: all]
    #[arg(long, value_name = "LENS", value_delimiter = ',')]
    pub lens: Vec<String>,
    /// Seed of the draws: the same seed gives the same answer [default: the study's]
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Threads to use [default: one for each core]; the answer is the same on any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
}

/// A case and the lenses to ask.
pub struct Read {
    /// The case.
    pub case: Case,
    /// The lenses.
    pub lenses: Vec<Box<dyn Lens>>,
}

/// Sobol points: 2 to 65,536.
pub fn points(text: &str) -> Result<usize, String> {
    let most = raison::study::sensitivity::MOST_POINTS;
    match text.parse() {
        Ok(n) if (2..=most).contains(&n) => Ok(n),
        _ => Err(format!("a whole number from 2 to {most}")),
    }
}

/// Whether a case is the address of a row of the crisis record.
pub fn is_row(case: &str) -> bool {
    case.starts_with("icb:")
}

/// What the user asks for, where anything is, or what the study sets. Its lenses are for
/// its own case.
pub fn chosen(args: &CaseArgs, case: &str, lenses: &[String]) -> (String, Vec<String>) {
    let own = args.case.clone().unwrap_or_else(|| case.to_owned());
    let lenses = match args.lens.is_empty() && args.case.is_none() {
        true => lenses.to_vec(),
        false => args.lens.clone(),
    };
    (own, lenses)
}

/// Reads the case as coded; everything that is wrong is reported at once.
pub fn read(case: &str, lenses: &[String]) -> Result<Read, Failure> {
    let origin = cases::find(case);
    let lenses = registry::select(lenses);
    let (origin, lenses) = match (origin, lenses) {
        (Ok(origin), Ok(lenses)) => (origin, lenses),
        (origin, lenses) => {
            let mut problems: Vec<Diagnostic> = origin.err().into_iter().collect();
            problems.extend(lenses.err().into_iter().flatten());
            return Err(Failure::problems(problems));
        }
    };
    let shelf: Layered = origin.shelf();
    let case = load(&shelf, &origin, &Swap::default())?;
    let lenses = or_all(lenses, &case);
    Ok(Read { case, lenses })
}

/// The lenses asked for, as sure as the record allows; where none was named, all that fit
/// the case.
pub fn or_all(lenses: Vec<Box<dyn Lens>>, case: &Case) -> Vec<Box<dyn Lens>> {
    raison::calibration::applied(match lenses.is_empty() {
        true => registry::for_question(&case.question),
        false => lenses,
    })
}

/// Loads a case with other things put in its place; warnings are counted.
pub fn load(shelf: &Layered, origin: &Origin, swap: &Swap) -> Result<Case, Failure> {
    let (case, warnings) = loaded(shelf, origin, swap)?;
    if warnings > 0 {
        tell(&format!(
            "note: warnings about the case: {warnings}; `raison check` shows them\n"
        ));
    }
    Ok(case)
}

/// The same without a word about warnings.
pub fn load_quietly(shelf: &Layered, origin: &Origin, swap: &Swap) -> Result<Case, Failure> {
    loaded(shelf, origin, swap).map(|(case, _)| case)
}

fn loaded(shelf: &Layered, origin: &Origin, swap: &Swap) -> Result<(Case, usize), Failure> {
    let mut loader = raison::loader(shelf);
    let case = cases::load(&mut loader, origin, swap);
    let problems = std::mem::take(&mut loader.problems).into_vec();
    let mut problems = once(&loader.sources, problems);
    match case.filter(|_| !problems.iter().any(Diagnostic::is_error)) {
        Some(case) => Ok((case, problems.len())),
        None => {
            problems.retain(Diagnostic::is_error);
            let sources = loader.sources;
            Err(Failure::Input { problems, sources })
        }
    }
}
