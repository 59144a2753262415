//! `raison study`: built-in studies.

#[cfg(feature = "record")]
use super::fit::{coefficient_plot, document, report, write_plot};
#[cfg(feature = "record")]
use super::recording::{Format, StoreArgs, failure, print};
use crate::failure::Failure;
use clap::{Args, Subcommand};
#[cfg(feature = "record")]
use raison::record::stats::{dangerous_dyads, margins};
#[cfg(feature = "record")]
use std::path::PathBuf;

#[cfg(feature = "record")]
mod backtest;
mod case;
mod counterfactual;
#[cfg(feature = "world")]
mod doctrine_effect;
#[cfg(feature = "world")]
mod hindcast;
#[cfg(feature = "record")]
mod leader_share;
mod sensitivity;
mod settings;
#[cfg(feature = "record")]
mod succession;

/// Built-in studies.
#[derive(Args)]
pub struct StudyArgs {
    #[command(subcommand)]
    study: Study,
}

#[derive(Subcommand)]
enum Study {
    #[cfg(feature = "record")]
    Backtest(backtest::BacktestArgs),
    #[cfg(feature = "world")]
    Hindcast(hindcast::HindcastArgs),
    #[cfg(feature = "world")]
    DoctrineEffect(doctrine_effect::DoctrineEffectArgs),
    /// Which pairs of states fall into disputes (after Bremer 1992).
    #[cfg(feature = "record")]
    DangerousDyads(DangerousDyadsArgs),
    Counterfactual(counterfactual::CounterfactualArgs),
    #[cfg(feature = "record")]
    LeaderShare(leader_share::LeaderShareArgs),
    Sensitivity(sensitivity::SensitivityArgs),
    #[cfg(feature = "record")]
    Succession(succession::SuccessionArgs),
}

/// Which pairs of states fall into disputes.
///
/// Bremer (1992) modelled the onset of interstate war from 1816 to 1965. This is the
/// version of the R package peacesciencer: onset of militarised disputes between
/// politically relevant states from 1816 to 2010.
#[cfg(feature = "record")]
#[derive(Args)]
struct DangerousDyadsArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// Average marginal effects, too.
    #[arg(long)]
    margins: bool,
    /// Draw the coefficients.
    #[arg(long, value_name = "FILE.svg", default_value = "dangerous-dyads.svg")]
    plot: PathBuf,
    /// Draw nothing.
    #[arg(long)]
    no_plot: bool,
    /// Write the data: `.parquet`, `.csv` or `.dta`.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// How to write the result.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Runs the verb.
pub fn run(args: StudyArgs) -> Result<(), Failure> {
    match args.study {
        #[cfg(feature = "record")]
        Study::Backtest(args) => backtest::run(args),
        #[cfg(feature = "world")]
        Study::Hindcast(args) => hindcast::run(args),
        #[cfg(feature = "world")]
        Study::DoctrineEffect(args) => doctrine_effect::run(args),
        #[cfg(feature = "record")]
        Study::DangerousDyads(args) => dangerous(args),
        Study::Counterfactual(args) => counterfactual::run(args),
        #[cfg(feature = "record")]
        Study::LeaderShare(args) => leader_share::run(args),
        Study::Sensitivity(args) => sensitivity::run(args),
        #[cfg(feature = "record")]
        Study::Succession(args) => succession::run(args),
    }
}

#[cfg(feature = "record")]
const SOURCE: &str = "politically relevant dyad-years 1816–2010; GML disputes 2.2.1, NMC 7.0, \
     ATOP 5.1, Extended UDS, Fariss et al.";

#[cfg(feature = "record")]
fn dangerous(args: DangerousDyadsArgs) -> Result<(), Failure> {
    let store = args.store.open()?;
    let done = dangerous_dyads::run(&store).map_err(failure)?;
    let effects = args
        .margins
        .then(|| margins::average(&done.sample, &done.fit));
    if let Some(out) = &args.out {
        let citations = raison::record::tables::citations(&done.table);
        raison::record::write::to_file(&done.table, out, &citations).map_err(failure)?;
        eprintln!("wrote {}", out.display());
    }
    if !args.no_plot {
        let title = "Dangerous dyads: onset of militarised disputes";
        let chart = coefficient_plot(&done.fit, title, SOURCE, dangerous_dyads::LABELS);
        write_plot(&args.plot, &chart)?;
    }
    if args.format == Format::Json {
        return print(&format!("{:#}\n", document(&done.fit, effects.as_deref())));
    }
    let mut out = String::from(
        "Dangerous dyads: onset of militarised disputes, politically relevant\n\
         dyad-years 1816-2010, logit. Bremer (1992) explained the onset of interstate\n\
         war 1816-1965; this is the dispute version of the R package peacesciencer.\n\
         A defence pact counts where either state owes it.\n\n",
    );
    out.push_str(&report(
        &done.fit,
        effects.as_deref(),
        dangerous_dyads::LABELS,
    ));
    print(&out)
}
