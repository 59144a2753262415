//! `raison study doctrine-effect`: what a doctrine does in the same world and luck.

mod standing;

use super::super::recording::StoreArgs;
use super::super::worlds::Settled;
use crate::failure::Failure;
use crate::output::{self, Format, cell};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use raison::core::world::World;
use raison::core::{Diagnostic, Doctrine};
use raison::files::suggest::did_you_mean;
use raison::study::world::effect::{
    Against, OUTCOMES, Plan, Variant, run as study, without_pillar,
};
use raison::study::world::scoring::{Paired, RELEVANT};
use raison::world::Networks;

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
    /// Doctrines to compare it with [default: iran-negotiation-2013, five-principles-1954
    /// and ostpolitik-1969].
    #[arg(
        long,
        value_delimiter = ',',
        hide_default_value = true,
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

    fn asked(&self, doctrine: Option<&str>, exit: Option<&str>) -> Settled {
        let swap = doctrine.map(|d| (format!("{}.doctrine", self.state), d.to_owned()));
        Settled {
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
            networks: Networks::Last,
            branch: None,
            store: StoreArgs {
                store: self.store.store.clone(),
            },
        }
    }
}

/// Runs the verb.
pub fn run(args: DoctrineEffectArgs) -> Result<(), Failure> {
    let base = args.world(args.doctrine.as_deref(), None)?;
    let state = base.state(&args.state).ok_or_else(|| {
        let codes = base.states.iter().map(|s| s.code.as_str());
        let text = format!("`{}` is no state of `{}`", args.state, args.world);
        let code = raison::files::world::codes::UNKNOWN_STATE;
        Failure::problems(vec![
            Diagnostic::error(code, text).help_if(did_you_mean(&args.state, codes)),
        ])
    })?;
    let Some(doctrine) = doctrine_of(&base, state) else {
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
    let (labels, variants, doctrines) = variants(&args, &base, state, &doctrine)?;
    let bar = progress(variants.len() as u64);
    let results = study(variants, state, lens.as_ref(), plan, &|n| {
        bar.set_position(n as u64);
    });
    bar.finish_and_clear();
    let head = standing::head(&args, &doctrines, &base);
    let report = Report {
        args: &args,
        head: &head,
        labels: &labels,
        results: &results,
    };
    match args.format {
        Format::Json => output::print(&report.document()),
        _ => output::print(&report.text()),
    }
}

/// What a variant changes.
struct Label {
    kind: &'static str,
    heading: String,
    note: String,
}

impl Label {
    fn new(kind: &'static str, heading: String) -> Label {
        Label {
            kind,
            heading,
            note: String::new(),
        }
    }
}

/// The base, the other doctrines, the base without each pillar, and the exit.
fn variants(
    args: &DoctrineEffectArgs,
    base: &World,
    state: usize,
    doctrine: &Doctrine,
) -> Result<(Vec<Label>, Vec<Variant>, Vec<Doctrine>), Failure> {
    let mut doctrines = vec![doctrine.clone()];
    let mut labels = vec![Label::new("base", format!("Base: {}", doctrine.id))];
    let mut out = vec![Variant {
        name: doctrine.id.clone(),
        world: base.clone(),
    }];
    for slug in &args.against {
        let world = args.world(Some(slug), None)?;
        if let Some(other) = doctrine_of(&world, state) {
            if let Some(same) = doctrines.iter().find(|d| d.id == other.id) {
                output::tell(&output::wrap(
                    &twice(slug, &same.id, same.id == doctrine.id),
                    "",
                ));
                continue;
            }
            doctrines.push(other);
        }
        labels.push(Label::new("doctrine", format!("{slug} minus base")));
        out.push(Variant {
            name: slug.clone(),
            world,
        });
    }
    if !args.no_pillars {
        for p in &doctrine.pillars {
            let mut label = Label::new("pillar", format!("Without pillar {}, minus base", p.id));
            label.note = format!("The pillar: {}.", p.title.trim_end_matches('.'));
            labels.push(label);
            out.push(Variant {
                name: format!("without pillar {}", p.id),
                world: without_pillar(base, state, &p.id),
            });
        }
    }
    if let Some(date) = &args.exit {
        let world = args.world(args.doctrine.as_deref(), Some(date))?;
        let mut label = Label::new("exit", format!("Leader leaves {date}, minus base"));
        label.note = exit_note(args, base, state, &world);
        labels.push(label);
        out.push(Variant {
            name: format!("leader leaves {date}"),
            world,
        });
    }
    Ok((labels, out, doctrines))
}

/// The doctrine of the first seat of a state.
fn doctrine_of(world: &World, state: usize) -> Option<Doctrine> {
    let seat = world.states.get(state)?.seats.first()?;
    world.minds.get(seat.mind?)?.doctrine.clone()
}

fn twice(slug: &str, id: &str, base: bool) -> String {
    match base {
        true => format!("note: `{slug}` is the base itself: it is not compared with itself"),
        false => format!("note: `{slug}` is `{id}`, which is compared already: it is left out"),
    }
}

/// What goes with the leader and what stays; in the base the leader leaves by hazard.
fn exit_note(args: &DoctrineEffectArgs, base: &World, state: usize, world: &World) -> String {
    let Some(seat) = base.states.get(state).and_then(|s| s.seats.first()) else {
        return String::new();
    };
    let personal = seat
        .mind
        .and_then(|m| base.minds.get(m))
        .is_some_and(|m| m.personal);
    let stays = match personal {
        true => "the doctrine is the leader's own and goes with the leader",
        false => "the doctrine is the state's and stays; the leader's profile goes",
    };
    let until = world.states.get(state).and_then(|s| s.seats.first());
    let year = until.and_then(|s| s.until).map(|d| d.year());
    let end = base.start.saturating_add_unsigned(args.years);
    let late = match year {
        Some(y) if y >= end => format!(" The date is after the last year, {}.", end - 1),
        _ => String::new(),
    };
    format!("In the base the leader leaves by hazard. Here until the date; then {stays}.{late}")
}

fn progress(all: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} variant {pos} of {len}, {eta} left");
    let bar = ProgressBar::new(all);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

struct Report<'r> {
    args: &'r DoctrineEffectArgs,
    head: &'r [String],
    labels: &'r [Label],
    results: &'r [Against],
}

impl Report<'_> {
    fn text(&self) -> String {
        let mut out: String = self.head.iter().map(|l| output::wrap(l, "")).collect();
        let (Some(base), Some(label)) = (self.results.first(), self.labels.first()) else {
            return out;
        };
        out.push_str(&format!("\n{}\n", output::bold(&label.heading)));
        let coded = OUTCOMES.iter().zip(&base.mean).filter(|x| x.1.is_finite());
        for ((name, take), mean) in coded {
            out.push_str(&format!("  {name:<24} {mean:>9.4}  {}\n", take.word()));
        }
        let missing = self.not_coded();
        if !missing.is_empty() {
            let text = format!(
                "Not coded in this world, so left out: {}.",
                missing.join(", ")
            );
            out.push_str(&output::wrap(&text, "  "));
        }
        for (r, label) in self.results.iter().zip(self.labels).skip(1) {
            out.push_str(&format!("\n{}\n", output::bold(&label.heading)));
            if !label.note.is_empty() {
                out.push_str(&output::wrap(&label.note, "  "));
            }
            out.push_str(&differences(r));
        }
        out.push_str(&self.signs());
        out
    }

    /// Measures without a value in the base.
    fn not_coded(&self) -> Vec<&'static str> {
        let base = self.results.first().into_iter().flat_map(|r| &r.mean);
        let missing = OUTCOMES.iter().zip(base).filter(|x| !x.1.is_finite());
        missing.map(|((name, _), _)| *name).collect()
    }

    /// The signs of all clear differences in one table.
    fn signs(&self) -> String {
        let others = || self.results.iter().skip(1);
        let letters = || ('A'..='Z').take(others().count());
        let mut out = format!("\n{}\n  {:<24}", output::bold("All at a glance"), "");
        letters().for_each(|c| out.push_str(&format!(" {c}")));
        out.push('\n');
        let missing = self.not_coded();
        let told = OUTCOMES.iter().enumerate();
        for (k, (name, _)) in told.filter(|(_, (name, _))| !missing.contains(name)) {
            let mut line = format!("  {name:<24}");
            for r in others().take(26) {
                line.push_str(match compared(r).nth(k) {
                    Some((d, scale)) if d.clear(scale) && d.mean > 0.0 => " +",
                    Some((d, scale)) if d.clear(scale) => " -",
                    _ => " .",
                });
            }
            out.push_str(&line);
            out.push('\n');
        }
        out.push_str("  + more than in the base, - less, . no clear difference.\n");
        for (c, r) in letters().zip(others()) {
            out.push_str(&format!("  {c} {}\n", r.name));
        }
        let (clear, moving) = self.counted();
        out.push('\n');
        out.push_str(&output::wrap(&output::chance_note(clear, moving), ""));
        out
    }

    /// How many differences are clear, and how many luck can move.
    fn counted(&self) -> (usize, usize) {
        let all = || self.results.iter().skip(1).flat_map(compared);
        let clear = all().filter(|(d, scale)| d.clear(*scale)).count();
        (clear, all().filter(|(d, scale)| d.moves(*scale)).count())
    }

    fn document(&self) -> String {
        let missing = self.not_coded();
        let rows: Vec<_> = self
            .results
            .iter()
            .zip(self.labels)
            .map(|(r, label)| {
                let measures: Vec<_> = OUTCOMES
                    .iter()
                    .enumerate()
                    .filter(|(_, (name, _))| !missing.contains(name))
                    .map(|(k, (name, take))| {
                        let d = r.difference[k];
                        json!({ "measure": name, "taken": take.word(), "mean": r.mean[k], "n": d.n,
                                "clear": d.clear(r.scale[k]), "smallest_relevant": RELEVANT * r.scale[k],
                                "difference": { "value": d.mean, "interval": [d.low, d.high] } })
                    })
                    .collect();
                json!({ "variant": r.name, "kind": label.kind, "note": label.note, "measures": measures })
            })
            .collect();
        let args = self.args;
        let (clear, moving) = self.counted();
        let document = json!({ "intervals": { "clear": clear, "moved_by_luck": moving,
            "clear_by_chance": output::by_chance(moving) }, "standing": self.head, "not_coded": missing, "state": args.state, "world": args.world,
            "runs": args.runs, "years": args.years, "seed": args.seed, "lens": args.lens,
            "base": self.results.first().map(|r| r.name.clone()), "variants": rows });
        format!("{document:#}\n")
    }
}

/// Each difference with the scale of its measure.
fn compared(r: &Against) -> impl Iterator<Item = (&Paired, f64)> {
    r.difference.iter().zip(r.scale.iter().copied())
}

fn differences(r: &Against) -> String {
    let mut out = String::new();
    let mut told = 0;
    for ((name, _), (d, scale)) in OUTCOMES.iter().zip(compared(r)) {
        if d.clear(scale) {
            let d = d.without_noise(scale);
            told += 1;
            out.push_str(&format!(
                "  {name:<24} {:>9}  [{:>9}, {:>9}]\n",
                cell(d.mean, true),
                cell(d.low, true),
                cell(d.high, true)
            ));
        }
    }
    let coded = r.difference.iter().filter(|d| d.mean.is_finite()).count();
    if coded > told {
        out.push_str(&format!(
            "  no clear difference in {} of {coded} measures\n",
            coded - told
        ));
    }
    out
}
