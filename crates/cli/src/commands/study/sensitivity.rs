//! `raison study sensitivity`: where the uncertainty of an answer comes from.

use super::case::{self, CaseArgs, points};
use super::settings;
use crate::failure::Failure;
use crate::output::{self, Format, deliver};
use clap::Args;
use raison::core::{Case, Diagnostic};
use raison::files::codes;
use raison::files::suggest::{did_you_mean, listed};
use raison::report::Look;
use raison::report::sensitivity::{View, document, render, tornado};
use raison::study::sensitivity::{Plan, sensitivity};
use std::path::PathBuf;

/// Where the uncertainty of an answer comes from: Sobol indices and a tornado plot
///
/// A case leaves hundreds of inputs uncertain and a lens reads a few dozen. So inputs are
/// screened by elementary effects (Morris 1991); the strongest get indices of their own,
/// the others are one factor together.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct SensitivityArgs {
    #[command(flatten)]
    case: CaseArgs,
    /// The alternative whose probability is decomposed [default: what was really chosen,
    /// or the one that leads]
    #[arg(long, value_name = "ID")]
    alternative: Option<String>,
    /// Sobol points; powers of two are best, and fewer than 64 tell nothing
    #[arg(long, value_name = "N", value_parser = points)]
    draws: Option<usize>,
    /// Most inputs with indices of their own
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    most: Option<u16>,
    /// Inputs shown for each lens
    #[arg(long, default_value_t = 10, value_name = "N")]
    top: usize,
    /// Draw a tornado plot
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
    /// How to print the result
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
    /// Write the result to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  raison study sensitivity cuban-missile-crisis
  raison study sensitivity munich-1938 --lens rational \\
      --alternative fight --plot t.svg";

/// Runs the study.
pub fn run(args: SensitivityArgs) -> Result<(), Failure> {
    let set: raison::studies::Sensitivity = settings::read(args.case.study.as_deref())?;
    let (case, lenses) = case::chosen(&args.case, &set.case, &set.lenses);
    if case::is_row(&case) {
        return Err(Failure::problems(vec![certain(&case)]));
    }
    let read = case::read(&case, &lenses)?;
    let alternative = match &args.alternative {
        None => None,
        Some(id) => Some(find(&read.case, id)?),
    };
    let plan = Plan {
        points: args.draws.unwrap_or(set.points),
        seed: args.case.seed.unwrap_or(set.seed),
        most: args.most.map_or(set.most, usize::from),
        ..Plan::default()
    };
    let found = raison::threads::with_threads(args.case.threads.map(usize::from), || {
        sensitivity(&read.case, &read.lenses, alternative, plan)
    })
    .map_err(Failure::Ours)?;
    let view = View {
        case: &read.case,
        found: &found,
        engine: raison::ENGINE,
        shown: args.top,
    };
    if let Some(plot) = &args.plot {
        deliver(&tornado(&view), Some(plot))?;
        output::tell(&format!("wrote {}\n", plot.display()));
    }
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

/// Nothing is uncertain in a case, so there is nothing to decompose.
const CERTAIN: raison::core::Code = raison::core::Code("R5503");

fn certain(case: &str) -> Diagnostic {
    let problem = Diagnostic::error(
        CERTAIN,
        format!("`{case}` has no uncertain input: a row of the crisis record holds known values"),
    );
    problem
        .note(
            "sensitivity divides the variance that uncertain inputs cause, and here there is none",
        )
        .help(format!(
            "change an input instead: `raison study counterfactual {case} --swap \
             record.power_ratio=1`, or see what would flip each lens: `raison analyze {case}`"
        ))
}

fn find(case: &Case, id: &str) -> Result<usize, Failure> {
    let situation = &case.question.situation;
    situation.alternative(id).ok_or_else(|| {
        let ids = || situation.alternatives.iter().map(|a| a.id.as_str());
        let problem = Diagnostic::error(
            codes::UNKNOWN_REFERENCE,
            format!("the case has no alternative `{id}`"),
        );
        let problem = problem.help_if(did_you_mean(id, ids()));
        Failure::problems(vec![problem.help(format!("one of {}", listed(ids())))])
    })
}
