//! `raison study doctrine-effect`: what a doctrine does in the same world and luck.

use super::super::recording::StoreArgs;
use super::super::worlds::WorldArgs;
use crate::failure::Failure;
use crate::output::{self, Format};
use clap::Args;
use raison::core::Standing;
use raison::core::world::World;
use raison::study::world::effect::{
    Against, OUTCOMES, Plan, Variant, run as study, without_pillar,
};
use serde_json::json;

/// What a doctrine does to a state's autonomy, dependence, depth, deterrence and disputes:
/// against other doctrines, and pillar by pillar, in the same world and luck.
#[derive(Args)]
pub struct DoctrineEffectArgs {
    /// World of the library, or a file.
    #[arg(long, default_value = "world-2010")]
    world: String,
    /// Whose doctrine.
    #[arg(long, value_name = "CODE", default_value = "IRN")]
    state: String,
    /// The doctrine that is the base [default: the world's own].
    #[arg(long, value_name = "SLUG")]
    doctrine: Option<String>,
    /// Doctrines to compare it with.
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "iran-negotiation-2013,five-principles-1954,ostpolitik-1969"
    )]
    against: Vec<String>,
    /// Also with the leader's exit at this date.
    #[arg(long, value_name = "DATE")]
    exit: Option<String>,
    /// Years.
    #[arg(long, default_value_t = 25, value_parser = clap::value_parser!(u16).range(1..=200))]
    years: u16,
    /// Runs of each variant.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u64).range(2..=100_000))]
    runs: u64,
    /// Seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The lens that decides.
    #[arg(long, default_value = "composite")]
    lens: String,
    /// Do not switch single pillars off.
    #[arg(long)]
    no_pillars: bool,
    /// How to write the result.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    store: StoreArgs,
}

impl DoctrineEffectArgs {
    fn world(&self, doctrine: Option<&str>, exit: Option<&str>) -> Result<World, Failure> {
        self.asked(doctrine, exit).load()
    }

    fn asked(&self, doctrine: Option<&str>, exit: Option<&str>) -> WorldArgs {
        let swap = doctrine.map(|d| (format!("{}.doctrine", self.state), d.to_owned()));
        WorldArgs {
            world: self.world.clone(),
            from: None,
            years: self.years,
            runs: self.runs,
            seed: self.seed,
            lens: self.lens.clone(),
            set: Vec::new(),
            swap: swap.into_iter().collect(),
            exit: exit
                .map(|d| (self.state.clone(), d.to_owned()))
                .into_iter()
                .collect(),
            store: StoreArgs {
                store: self.store.store.clone(),
            },
        }
    }
}

/// Runs the verb.
pub fn run(args: DoctrineEffectArgs) -> Result<(), Failure> {
    let base = args.world(args.doctrine.as_deref(), None)?;
    let Some(state) = base.state(&args.state) else {
        return Err(Failure::Request(format!(
            "`{}` is no state of `{}`",
            args.state, args.world
        )));
    };
    let doctrine = base.states[state]
        .seats
        .first()
        .and_then(|s| s.mind)
        .and_then(|m| base.minds.get(m))
        .and_then(|m| m.doctrine.clone());
    let Some(doctrine) = doctrine else {
        return Err(Failure::Request(format!(
            "{} has no doctrine in `{}`: name one with `--doctrine`",
            args.state, args.world
        )));
    };
    let lens = args.asked(None, None).lens()?;
    let plan = Plan {
        seed: args.seed,
        runs: args.runs,
        years: args.years,
    };
    let mut variants = vec![Variant {
        name: doctrine.id.clone(),
        world: base.clone(),
    }];
    for slug in &args.against {
        variants.push(Variant {
            name: slug.clone(),
            world: args.world(Some(slug), None)?,
        });
    }
    if !args.no_pillars {
        for p in &doctrine.pillars {
            variants.push(Variant {
                name: format!("without pillar {}", p.id),
                world: without_pillar(&base, state, &p.id),
            });
        }
    }
    if let Some(date) = &args.exit {
        let world = args.world(args.doctrine.as_deref(), Some(date))?;
        variants.push(Variant {
            name: format!("leader leaves {date}"),
            world,
        });
    }
    let results = study(variants, state, lens.as_ref(), plan);
    let claims = doctrine
        .principles
        .iter()
        .map(|p| p.standing)
        .chain(doctrine.pillars.iter().map(|p| p.standing));
    let claims: Vec<Standing> = claims.collect();
    let head = head(&args, &doctrine.title, &claims, &base);
    match args.format {
        Format::Json => output::print(&document(&args, &head, &results)),
        _ => output::print(&text(&head, &results)),
    }
}

fn head(args: &DoctrineEffectArgs, title: &str, claims: &[Standing], world: &World) -> Vec<String> {
    let count = |s: Standing| claims.iter().filter(|c| **c == s).count();
    let mut out = vec![
        format!("CLAIM: what the doctrine “{title}” says is as its sources tell it: {} statements are claims, {} documented, {} measured.", count(Standing::Claim), count(Standing::Documented), count(Standing::Measured)),
        format!("DATA: capabilities, economies, borders, pacts and trade of {} and the rates of disputes, replies and exits come from the record; disputes in the record end in 2010, so nothing of what is simulated is observed.", world.start),
        "ASSUMPTION: energy, payments, arms, technology, presence and corridors are the coder's judgement; so are all effects of strategies and acts on measures, the lens's weights, and every parameter that `docs/worlds.md` does not call estimated.".to_owned(),
        format!("Read it as what follows inside this model: {} runs of {} years, seed {}, lens {}, same luck for all variants. Intervals (95 %) hold luck, not doubts about the assumptions.", args.runs, args.years, args.seed, args.lens),
    ];
    if world.id == "world-2010" {
        out.push("Later turns (looking East, BRICS and SCO growth, the agreement of 2015) are unobserved here: the world begins before them.".to_owned());
    }
    out
}

fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in text.split_whitespace() {
        let n = word.chars().count();
        if width + n + 1 > 79 && width > 0 {
            out.push('\n');
            width = 0;
        }
        if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += n;
    }
    out.push('\n');
    out
}

fn text(head: &[String], results: &[Against]) -> String {
    let mut out: String = head.iter().map(|l| wrapped(l)).collect();
    let Some(base) = results.first() else {
        return out;
    };
    out.push_str(&format!(
        "\n{}\n",
        output::bold(&format!("Base: {}", base.name))
    ));
    for ((name, take), mean) in OUTCOMES.iter().zip(&base.mean) {
        out.push_str(&format!("  {name:<24} {mean:>9.4}  {}\n", take.word()));
    }
    for r in &results[1..] {
        out.push_str(&format!(
            "\n{}\n",
            output::bold(&format!("{} minus base", r.name))
        ));
        let mut told = 0;
        for ((name, _), d) in OUTCOMES.iter().zip(&r.difference) {
            let clear = d.n > 1 && (d.low > 0.0 || d.high < 0.0);
            if clear {
                told += 1;
                out.push_str(&format!(
                    "  {name:<24} {:>+9.4}  [{:>+9.4}, {:>+9.4}]\n",
                    d.mean, d.low, d.high
                ));
            }
        }
        if told < OUTCOMES.len() {
            out.push_str(&format!(
                "  no clear difference in {} of {} measures\n",
                OUTCOMES.len() - told,
                OUTCOMES.len()
            ));
        }
    }
    out
}

fn document(args: &DoctrineEffectArgs, head: &[String], results: &[Against]) -> String {
    let rows: Vec<_> = results
        .iter()
        .map(|r| {
            let measures: Vec<_> = OUTCOMES
                .iter()
                .enumerate()
                .map(|(k, (name, take))| {
                    let d = r.difference[k];
                    json!({ "measure": name, "taken": take.word(), "mean": r.mean[k], "n": d.n,
                            "difference": { "value": d.mean, "interval": [d.low, d.high] } })
                })
                .collect();
            json!({ "variant": r.name, "measures": measures })
        })
        .collect();
    let document = json!({ "standing": head, "state": args.state, "world": args.world, "runs": args.runs,
                           "years": args.years, "seed": args.seed, "lens": args.lens, "variants": rows });
    format!("{document:#}\n")
}
