//! `raison study hindcast`: a world from the record against what came.

use super::super::recording::{StoreArgs, failure};
use crate::failure::Failure;
use crate::output::{self, Format};
use clap::Args;
use raison::study::world::hindcast::{Hindcast, Plan, run as study};
use raison::worlds::{Asked, load};
use serde_json::json;

/// Start from the record's world of one year, with parameters fitted on earlier years
/// only, and compare what many runs give with what came.
#[derive(Args)]
pub struct HindcastArgs {
    /// First simulated year.
    #[arg(long, default_value_t = 1950, value_parser = clap::value_parser!(i32).range(1860..=2010))]
    from: i32,
    /// Last simulated year.
    #[arg(long, default_value_t = 2010, value_parser = clap::value_parser!(i32).range(1860..=2016))]
    to: i32,
    /// Keep to the states of the first year, in the world and in the record; by default
    /// states enter and leave by the record's dates.
    #[arg(long)]
    start_only: bool,
    /// Runs.
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u64).range(2..=100_000))]
    runs: u64,
    /// Seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The lens that decides.
    #[arg(long, default_value = "composite")]
    lens: String,
    /// How to write the result.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    store: StoreArgs,
}

/// Runs the verb.
pub fn run(args: HindcastArgs) -> Result<(), Failure> {
    if args.to < args.from {
        return Err(Failure::Request(format!(
            "`--to {}` is before `--from {}`",
            args.to, args.from
        )));
    }
    let store = args.store.open()?;
    let asked = Asked {
        world: if args.start_only {
            format!("record:{}", args.from)
        } else {
            format!("record:{}-{}", args.from, args.to)
        },
        ..Asked::default()
    };
    let (world, _) = load(&asked, Some(&store))
        .map_err(|(problems, sources)| Failure::Input { problems, sources })?;
    let found =
        raison::registry::select(std::slice::from_ref(&args.lens)).map_err(Failure::problems)?;
    let Some(lens) = found.into_iter().next() else {
        return Err(Failure::Request("no lens".into()));
    };
    let plan = Plan {
        from: args.from,
        to: args.to,
        runs: args.runs,
        seed: args.seed,
    };
    let h = study(&store, world, lens.as_ref(), plan).map_err(failure)?;
    match args.format {
        Format::Json => output::print(&document(&args, &h)),
        _ => output::print(&text(&args, &h)),
    }
}

fn text(args: &HindcastArgs, h: &Hindcast) -> String {
    let (from, fitted) = (args.from, &h.fitted);
    let (pairs, disputes) = fitted.dyads;
    let mut out = String::new();
    for paragraph in [
        format!(
            "DATA: the {} states of {from} with capabilities, borders, pacts and trade of the record, \
             and the dates on which {} others enter and some leave. Fitted on years before {from} only: \
             disputes ({pairs} dyad-years, {disputes} disputes between originators), who begins ({}), \
             who joins, replies, durations and sizes of wars ({} wars), pacts, regimes, major powers, growth, trade, terms of leaders.",
            h.states.0, h.states.1, fitted.initiators, fitted.wars
        ),
        "ASSUMPTION: sanctions, strategies and what lenses value are not fitted.".to_owned(),
        format!(
            "{} runs of {} years, seed {}, lens {}.",
            args.runs,
            args.to - from + 1,
            args.seed,
            args.lens
        ),
    ] {
        out.push_str(&output::wrap(&paragraph, ""));
    }
    out.push('\n');
    out.push_str("CRPS, mean over years: 0 is perfect, smaller is better; * is the best of a row.\nInside: share of years in the world's central intervals, to be near 50 and 90 %.\n\n");
    out.push_str(
        "series            observed   world   CRPS:world  persist.  counts   in50  in90\n",
    );
    for s in &h.scores {
        if s.years == 0 {
            out.push_str(&format!(
                "{:<17} the record tells none of these years\n",
                s.name
            ));
            continue;
        }
        let best = [Some(s.world), Some(s.persistence), s.counts]
            .into_iter()
            .flatten()
            .fold(f64::INFINITY, f64::min);
        let cell = |x: f64| format!("{x:.4}{}", if x <= best { "*" } else { " " });
        out.push_str(&format!(
            "{:<17} {:>8.3} {:>8.3}  {:>10} {:>10} {:>9} {:>4.0} % {:>3.0} %\n",
            s.name,
            s.means.0,
            s.means.1,
            cell(s.world),
            cell(s.persistence),
            s.counts.map_or("-".into(), cell),
            100.0 * s.inside50,
            100.0 * s.inside90
        ));
    }
    out.push_str(&numbers(h));
    out.push_str(&obligations(h));
    out.push_str(&failures(h));
    out
}

/// Wars, their sizes, and who begins; what too few years or wars tell is said so.
fn numbers(h: &Hindcast) -> String {
    let mut out = String::from("\n");
    let (low, high, seen) = h.wars;
    out.push_str(&match h.war_years {
        Some((from, to)) => format!(
            "Wars {from} to {to}: {seen:.0} observed; nine runs of ten have {low:.0} to {high:.0}.\n"
        ),
        None => "Wars: the record tells none of these years.\n".to_owned(),
    });
    let pair = |(x, y): (f64, f64), digits: usize| match x.is_finite() && y.is_finite() {
        true => format!("{x:.digits$} observed, {y:.digits$} simulated"),
        false => "too few to tell".to_owned(),
    };
    out.push_str(&format!(
        "Onsets, variance over mean: {} (1 is Poisson).\nExponent of sizes of at least 1000 deaths: {}",
        pair(h.dispersion, 2),
        pair(h.exponent, 3)
    ));
    let (low, high) = h.exponent_range;
    if low.is_finite() && high.is_finite() {
        out.push_str(&format!("\n(nine runs of ten: {low:.2} to {high:.2})"));
    }
    out.push_str(".\n");
    let (score, disputes) = h.initiators;
    out.push_str(&match score.is_finite() && disputes > 0 {
        true => format!(
            "Who begins: mean log score {score:.3} over {disputes} disputes (a fair coin: -0.693).\n"
        ),
        false => "Who begins: no dispute of these years to score.\n".to_owned(),
    });
    out
}

/// How far obligations carry wars.
fn obligations(h: &Hindcast) -> String {
    let (seen, world) = h.obligations;
    let share = |x: f64, n: f64| match n > 0.0 {
        true => format!("{:.0} %", 100.0 * x),
        false => "-".to_owned(),
    };
    let line = format!(
        "Of those who entered wars, {} observed and {} simulated had a defence pact with the side attacked; of those with one, {} observed ({:.0} of {:.0}) and {} simulated entered.",
        share(seen.of_entrants(), seen.entered),
        share(world.of_entrants(), world.entered),
        share(seen.of_obliged(), seen.obliged),
        seen.bound,
        seen.obliged,
        share(world.of_obliged(), world.obliged)
    );
    output::wrap(&line, "")
}

/// Where it fails, in words.
fn failures(h: &Hindcast) -> String {
    let mut out = String::from("\nWhere it fails:\n");
    let start = out.len();
    let mut told = |line: String| out.push_str(&output::wrap(&line, ""));
    for s in h.scores.iter().filter(|s| s.years > 0) {
        if s.world > s.persistence {
            told(format!(
                "- {}: persistence is better ({:.4} against {:.4})",
                s.name, s.persistence, s.world
            ));
        }
        if let Some(c) = s.counts.filter(|c| *c < s.world) {
            told(format!(
                "- {}: the count model is better ({c:.4} against {:.4})",
                s.name, s.world
            ));
        }
        if s.inside90 < 0.8 {
            told(format!(
                "- {}: only {:.0} % of years lie in the 90 % interval: too sure or off",
                s.name,
                100.0 * s.inside90
            ));
        }
    }
    if out.len() == start {
        out.push_str("- nowhere among these comparisons\n");
    }
    out
}

fn document(args: &HindcastArgs, h: &Hindcast) -> String {
    let scores: Vec<_> = h
        .scores
        .iter()
        .map(|s| {
            json!({ "series": s.name, "years": s.years, "crps": { "world": s.world, "persistence": s.persistence, "counts": s.counts },
                    "inside50": s.inside50, "inside90": s.inside90, "observed": s.means.0, "simulated": s.means.1 })
        })
        .collect();
    let parameters: serde_json::Map<String, serde_json::Value> = h
        .fitted
        .parameters
        .iter()
        .map(|(k, v)| (k.clone(), json!(v)))
        .collect();
    let document = json!({ "from": args.from, "to": args.to, "runs": args.runs, "seed": args.seed, "lens": args.lens,
        "states": h.states.0, "entering": h.states.1, "parameters": parameters, "scores": scores,
        "dispersion": { "observed": h.dispersion.0, "simulated": h.dispersion.1 },
        "exponent": { "observed": h.exponent.0, "simulated": h.exponent.1, "interval": [h.exponent_range.0, h.exponent_range.1] },
        "initiators": { "log_score": h.initiators.0, "disputes": h.initiators.1 },
        "obligations": {
            "observed": { "entered": h.obligations.0.entered, "bound": h.obligations.0.bound, "obliged": h.obligations.0.obliged },
            "simulated": { "entered": h.obligations.1.entered, "bound": h.obligations.1.bound, "obliged": h.obligations.1.obliged } },
        "wars": { "years": h.war_years.map(|y| [y.0, y.1]), "observed": h.wars.2, "interval": [h.wars.0, h.wars.1] } });
    format!("{document:#}\n")
}
