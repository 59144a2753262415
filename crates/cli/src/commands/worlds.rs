//! What the verbs on worlds share: what is asked, the manifest, a world laid out.

use super::recording::{StoreArgs, failure};
use crate::failure::Failure;
use clap::Args;
use raison::core::world::World;
use raison::core::{Diagnostic, Lens};
use raison::files::suggest::did_you_mean;
use raison::world::output::{CHANGED, Folder, digest};
use raison::world::{Networks, Origin, System};
use raison::worlds::{Asked, load};
use std::path::Path;

/// A world and what is changed in it.
#[derive(Args)]
pub struct WorldArgs {
    /// A world of the library, a file, or `record:YEAR`; with `--branch` a folder of runs.
    pub world: String,
    /// First year, for the record: `simulate record --from 1950`.
    #[arg(long, value_name = "YEAR")]
    pub from: Option<i32>,
    /// Years to simulate [default: 25; of a branch, the years that are left].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=500))]
    pub years: Option<u16>,
    /// Runs, each with luck of its own [default: 100; of a branch, as many as the folder
    /// has].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub runs: Option<u64>,
    /// Seed of all luck [default: 1].
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// The lens that decides [default: composite].
    #[arg(long, value_name = "LENS")]
    pub lens: Option<String>,
    /// Set an input: `parameters.war.costs=0.2`, `states.IRN.share=[0.01, 0.02]`. Shares are
    /// divided by their sum: setting one rescales those of all others.
    #[arg(long = "set", value_name = "PATH=VALUE", value_parser = pair)]
    pub set: Vec<(String, String)>,
    /// Put another leader or doctrine in: `IRN.doctrine=five-principles-1954`.
    #[arg(long = "swap", value_name = "STATE.WHAT=SLUG", value_parser = pair)]
    pub swap: Vec<(String, String)>,
    /// Let a leader leave at a date, not before the world begins: `IRN=2020-01-01`.
    #[arg(long = "exit", value_name = "STATE=DATE", value_parser = pair)]
    pub exit: Vec<(String, String)>,
    /// Years of the measures on networks, which cost most: `every:N`, years such as
    /// `2015,2020`, or `last`; the last year is always one [default: every:5; of a branch,
    /// as in the folder].
    #[arg(long, value_name = "WHEN")]
    pub networks: Option<Networks>,
    #[command(flatten)]
    pub store: StoreArgs,
}

/// `A=B`.
pub fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((a, b)) if !a.is_empty() && !b.is_empty() => {
            Ok((a.trim().to_owned(), b.trim().to_owned()))
        }
        _ => Err("write it as NAME=VALUE".to_owned()),
    }
}

impl WorldArgs {
    fn name(&self) -> String {
        match (self.world.as_str(), self.from) {
            ("record", Some(year)) => format!("record:{year}"),
            (name, _) => name.to_owned(),
        }
    }

    /// Refuses what is asked twice: only one of the two could hold.
    pub fn once(&self) -> Result<(), Failure> {
        for (option, list) in [
            ("--set", &self.set),
            ("--swap", &self.swap),
            ("--exit", &self.exit),
        ] {
            let mut seen = std::collections::BTreeMap::new();
            for (what, to) in list {
                if let Some(first) = seen.insert(what, to) {
                    return Err(Failure::Request(format!(
                        "`{option} {what}` is given twice, as `{first}` and as `{to}`\n\
                         help: leave one of them out"
                    )));
                }
            }
        }
        Ok(())
    }

    /// Everything that is asked, with defaults filled in.
    pub fn settled(self) -> Settled {
        Settled {
            world: self.name(),
            from: self.from,
            years: self.years.unwrap_or(25),
            runs: self.runs.unwrap_or(100),
            seed: self.seed.unwrap_or(1),
            lens: self.lens.unwrap_or_else(|| "composite".to_owned()),
            set: self.set,
            swap: self.swap,
            exit: self.exit,
            networks: self.networks.unwrap_or_default(),
            branch: None,
            store: self.store,
        }
    }
}

/// What is simulated: a world, what is changed in it, how often and for how long.
pub struct Settled {
    /// Slug, path, or `record:YEAR`.
    pub world: String,
    /// First year that the user named.
    pub from: Option<i32>,
    /// Years.
    pub years: u16,
    /// Runs.
    pub runs: u64,
    /// Seed.
    pub seed: u64,
    /// Lens.
    pub lens: String,
    /// Inputs set.
    pub set: Vec<(String, String)>,
    /// Leaders and doctrines put in.
    pub swap: Vec<(String, String)>,
    /// Exits of leaders.
    pub exit: Vec<(String, String)>,
    /// When network measures are taken.
    pub networks: Networks,
    /// Where the runs branch off, as the manifest says it.
    pub branch: Option<String>,
    /// Where the store is.
    pub store: StoreArgs,
}

impl Settled {
    /// Loads the world; warnings go to standard error, counted.
    pub fn load(&self) -> Result<World, Failure> {
        let asked = Asked {
            world: self.world.clone(),
            set: self.set.clone(),
            swap: self.swap.clone(),
            exit: self.exit.clone(),
        };
        if asked.world == "record" {
            return Err(Failure::Request(
                "`record` needs a year: `record:1950`, or `record --from 1950`".to_owned(),
            ));
        }
        let recorded = asked.world.starts_with("record:");
        let store = match recorded {
            true => Some(self.store.open()?),
            false => None,
        };
        let (world, warnings) = load(&asked, store.as_ref())
            .map_err(|(problems, sources)| Failure::Input { problems, sources })?;
        if let (Some(from), false) = (self.from, recorded)
            && i32::from(world.start) != from
        {
            return Err(Failure::Request(format!(
                "`{}` begins in {}; `--from` is for `record`",
                asked.world, world.start
            )));
        }
        if !warnings.is_empty() {
            let s = if warnings.len() == 1 { "" } else { "s" };
            crate::output::tell(&format!(
                "note: {} warning{s} about the world; `raison check` shows those of a file\n",
                warnings.len()
            ));
        }
        Ok(world)
    }

    /// The lens.
    pub fn lens(&self) -> Result<Box<dyn Lens>, Failure> {
        let found = raison::registry::select(std::slice::from_ref(&self.lens))
            .map_err(Failure::problems)?;
        found
            .into_iter()
            .next()
            .ok_or_else(|| Failure::Request("no lens".to_owned()))
    }

    /// The manifest of these runs.
    pub fn manifest(&self, digest: u64) -> String {
        let mut out = format!(
            "engine: {}\nworld: {}\ndigest: {digest:016x}\nlens: {}\nseed: {}\nyears: {}\nruns: {}\n",
            raison::ENGINE,
            self.world,
            self.lens,
            self.seed,
            self.years,
            self.runs
        );
        for (key, list) in [
            ("set", &self.set),
            ("swap", &self.swap),
            ("exit", &self.exit),
        ] {
            list.iter()
                .for_each(|(a, b)| out.push_str(&format!("{key}: {a}={b}\n")));
        }
        out.push_str(&format!("networks: {}\n", self.networks));
        if let Some(branch) = &self.branch {
            out.push_str(&format!("branch: {branch}\n"));
        }
        out
    }

    /// What a manifest tells.
    pub fn from_manifest(text: &str, store: &StoreArgs) -> Settled {
        let maybe = |key: &str| {
            text.lines()
                .find_map(|l| l.strip_prefix(key)?.strip_prefix(": "))
                .map(str::to_owned)
        };
        let one = |key: &str| maybe(key).unwrap_or_default();
        let many = |key: &str| {
            let lines = text
                .lines()
                .filter_map(|l| l.strip_prefix(key)?.strip_prefix(": "));
            lines.filter_map(|l| pair(l).ok()).collect()
        };
        Settled {
            world: one("world"),
            from: None,
            years: one("years").parse().unwrap_or(1),
            runs: one("runs").parse().unwrap_or(1),
            seed: one("seed").parse().unwrap_or(1),
            lens: one("lens"),
            set: many("set"),
            swap: many("swap"),
            exit: many("exit"),
            networks: one("networks").parse().unwrap_or_default(),
            branch: maybe("branch"),
            store: StoreArgs {
                store: store.store.clone(),
            },
        }
    }
}

/// A folder of runs with what was asked for it.
pub struct Runs {
    /// The folder.
    pub folder: Folder,
    /// What was asked.
    pub asked: Settled,
    /// Its manifest.
    pub manifest: String,
}

/// Opens a folder of runs.
pub fn folder(path: &Path, store: &StoreArgs) -> Result<Runs, Failure> {
    let (folder, manifest) = Folder::open(path).map_err(failure)?;
    Ok(Runs {
        folder,
        asked: Settled::from_manifest(&manifest, store),
        manifest,
    })
}

impl Runs {
    /// The world that was simulated, and where the runs begin if not with it.
    pub fn lay(&self) -> Result<(System, Option<Origin>), Failure> {
        let mut system = System::new(self.asked.load()?);
        let now = format!("digest: {:016x}", digest(&system));
        if !self.manifest.lines().any(|l| l == now) {
            return Err(Failure::problems(vec![
                Diagnostic::error(CHANGED, "the world is no longer the one that was simulated")
                    .note("its numbers, ties or doctrines differ from those of the manifest")
                    .help("simulate it again into a new folder"),
            ]));
        }
        let origin = match &self.asked.branch {
            Some(_) => Some(self.origin(&system)?),
            None => None,
        };
        if let Some(origin) = &origin {
            origin.place(&mut system);
        }
        Ok((system, origin))
    }

    fn origin(&self, system: &System) -> Result<Origin, Failure> {
        let text = std::fs::read_to_string(self.folder.condition()).map_err(|e| {
            Failure::Request(format!("`{}`: {e}", self.folder.condition().display()))
        })?;
        Origin::from_json(&text, system).map_err(|d| Failure::problems(vec![d]))
    }

    /// Refuses a run that the folder does not hold.
    pub fn holds(&self, run: u64) -> Result<(), Failure> {
        if run < self.asked.runs {
            return Ok(());
        }
        Err(Failure::problems(vec![
            Diagnostic::error(
                raison::core::Code("R6024"),
                format!("there is no run {run}"),
            )
            .help(format!(
                "the folder holds runs 0 to {}",
                self.asked.runs.saturating_sub(1)
            )),
        ]))
    }
}

/// Refuses a code that is no state of the world.
pub fn state_of(system: &System, code: &str) -> Result<usize, Failure> {
    let codes = system.world.states.iter().map(|s| s.code.as_str());
    system.world.state(code).ok_or_else(|| {
        Failure::problems(vec![
            Diagnostic::error(
                raison::files::world::codes::UNKNOWN_STATE,
                format!("`{code}` is no state of `{}`", system.world.id),
            )
            .help_if(did_you_mean(code, codes)),
        ])
    })
}

/// How ties are known, by layer.
pub fn tied<'r>(head: &str, rows: impl Iterator<Item = (&'r str, [usize; 3])>) -> String {
    let width = head.chars().count().max(18);
    let mut out = format!("{head:<width$}  recorded    stated  estimated\n");
    for (layer, [recorded, stated, estimated]) in rows {
        out.push_str(&format!(
            "{layer:<width$}  {recorded:>8}  {stated:>8}  {estimated:>9}\n"
        ));
    }
    out
}
