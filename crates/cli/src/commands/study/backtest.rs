//! `raison study backtest`: every lens on decisions that it was not fitted to.

use super::super::recording::{Format, StoreArgs, failure};
use crate::failure::{Failure, print_problems};
use crate::output::{deliver, tell};
use clap::{Args, ValueEnum};
use raison::backtest::{self, Ran, Settings};
use raison::core::Diagnostic;
use raison::study::backtest::{Split, Target};
use std::path::PathBuf;

/// How well every lens predicts crisis decisions that it was not fitted to.
///
/// About a thousand decisions of states in crisis (International Crisis Behavior, actor
/// level). All choices are made inside the training rows of each split; the study checks
/// that, and refuses its own result where it finds otherwise. Settings come from
/// `library/studies/backtest.toml`, or from a copy given with --study.
#[derive(Args)]
pub struct BacktestArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// Settings: a study file, such as a changed copy of the built-in one.
    #[arg(long, value_name = "FILE")]
    study: Option<PathBuf>,
    /// Protocols, separated by commas [default: all three].
    #[arg(long, value_enum, value_name = "SPLIT", value_delimiter = ',', conflicts_with_all = ["train", "test"])]
    split: Vec<SplitArg>,
    /// Fit on these actor rows instead.
    #[arg(long, value_name = "FILE", requires = "test")]
    train: Option<PathBuf>,
    /// Test on these; rows whose crisis is in the training file are left out.
    #[arg(long, value_name = "FILE", requires = "train")]
    test: Option<PathBuf>,
    /// What is forecast [default: force; with --format json both unless asked].
    #[arg(long, value_enum, value_delimiter = ',')]
    target: Vec<TargetArg>,
    /// Lenses to ask, separated by commas [default: all].
    #[arg(long, value_name = "LENS", value_delimiter = ',')]
    lens: Vec<String>,
    /// Draws of the bootstrap over crises, 100 to 100000.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(100..=100_000))]
    draws: Option<u32>,
    /// Seed of the bootstrap.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Folder for reliability diagrams, one SVG for each lens and split.
    #[arg(long, value_name = "FOLDER")]
    plots: Option<PathBuf>,
    /// Also write how sure the lenses of a case may be, as in `library/calibration.toml`;
    /// needs the rolling split.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["train", "test", "lens"])]
    calibrate: Option<PathBuf>,
    /// How to write the result.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Write the result to a file instead of standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Threads to use [default: one for each core]; the answer is the same on any number.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SplitArg {
    /// Ten folds of whole crises.
    Cv,
    /// Fitted on crises before 1975, tested on later ones.
    T1975,
    /// An expanding window.
    Rolling,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TargetArg {
    /// Force or not.
    Force,
    /// The four response classes.
    Response,
}

/// Runs the study.
pub fn run(args: BacktestArgs) -> Result<(), Failure> {
    let settings = settings(&args)?;
    let store = args.store.open()?;
    let files = args.train.as_deref().zip(args.test.as_deref());
    let bar = bar();
    let progress = |share: f64| bar.set_position((share * 1000.0) as u64);
    let threads = args.threads.map(usize::from);
    let ran = raison::threads::with_threads(threads, || {
        backtest::run(&store, files, &settings, &progress)
    });
    bar.finish_and_clear();
    let ran = ran.map_err(Failure::Ours)?.map_err(failure)?;
    print_problems(&raison::core::SourceMap::new(), &ran.warnings);
    let text = match args.format {
        Format::Text => raison::report::backtest::text(&ran.view()),
        Format::Json => raison::report::backtest::json(&ran.view()),
    };
    plots(&args, &ran)?;
    calibrate(&args, &ran)?;
    deliver(&text, args.out.as_deref())?;
    verdict(&ran)
}

fn settings(args: &BacktestArgs) -> Result<Settings, Failure> {
    let read = match &args.study {
        None => Settings::built_in(),
        Some(path) => {
            let bytes = raison::open::bytes(path).map_err(|p| Failure::problems(vec![p]))?;
            Settings::read(&path.display().to_string(), &bytes)
        }
    };
    let (mut settings, warnings) = match read {
        Ok(read) => read,
        Err((problems, sources)) => return Err(Failure::Input { problems, sources }),
    };
    print_problems(&raison::core::SourceMap::new(), &warnings);
    if !args.split.is_empty() {
        settings.splits = args
            .split
            .iter()
            .map(|s| match s {
                SplitArg::Cv => Split::Cv,
                SplitArg::T1975 => Split::T1975,
                SplitArg::Rolling => Split::Rolling,
            })
            .collect();
        settings.splits.dedup();
    }
    if !args.target.is_empty() {
        settings.targets = args
            .target
            .iter()
            .map(|t| match t {
                TargetArg::Force => Target::Force,
                TargetArg::Response => Target::Response,
            })
            .collect();
        settings.targets.dedup();
    }
    if !args.lens.is_empty() {
        settings.lenses = args.lens.clone();
    }
    settings.draws = args.draws.map_or(settings.draws, |d| d as usize);
    settings.seed = args.seed.unwrap_or(settings.seed);
    let unknown: Vec<Diagnostic> = settings.unknown_lenses();
    if unknown.is_empty() {
        Ok(settings)
    } else {
        Err(Failure::problems(unknown))
    }
}

/// A bar on standard error where a person watches.
fn bar() -> indicatif::ProgressBar {
    let bar = indicatif::ProgressBar::new(1000);
    let style = indicatif::ProgressStyle::with_template("{msg} [{bar:40}] {percent}% {elapsed}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.set_message("fitting and testing");
    bar
}

fn plots(args: &BacktestArgs, ran: &Ran) -> Result<(), Failure> {
    let Some(folder) = &args.plots else {
        return Ok(());
    };
    std::fs::create_dir_all(folder)
        .map_err(|e| Failure::Request(format!("`{}` cannot be made: {e}", folder.display())))?;
    for (name, svg) in raison::report::backtest::reliability(&ran.view()) {
        crate::output::write(&folder.join(name), svg.as_bytes())?;
    }
    tell(&format!(
        "wrote the reliability diagrams to {}\n",
        folder.display()
    ));
    Ok(())
}

fn calibrate(args: &BacktestArgs, ran: &Ran) -> Result<(), Failure> {
    let Some(file) = &args.calibrate else {
        return Ok(());
    };
    if !ran.result.looked.is_empty() {
        return Ok(());
    }
    let text = ran.calibration("raison study backtest --calibrate library/calibration.toml");
    let text = text.ok_or_else(|| {
        Failure::Request("`--calibrate` needs the rolling split: add it to `--split`".to_owned())
    })?;
    crate::output::write(file, text.as_bytes())
}

fn verdict(ran: &Ran) -> Result<(), Failure> {
    for alarm in &ran.result.alarms {
        tell(&format!(
            "warning: {} on {} has {} {:.3}: treat this as a leak until shown otherwise\n",
            alarm.lens, alarm.split, alarm.score, alarm.value
        ));
    }
    match ran.result.looked.as_slice() {
        [] => Ok(()),
        found => Err(Failure::Ours(format!(
            "the study looked at held-back rows: {}",
            found.join(", ")
        ))),
    }
}
