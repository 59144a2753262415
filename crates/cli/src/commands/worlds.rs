//! What the verbs on worlds share: what is asked, the manifest, a world laid out.

use super::recording::StoreArgs;
use crate::failure::{Failure, print_problems};
use clap::Args;
use raison::core::world::World;
use raison::core::{Lens, SourceMap};
use raison::worlds::{Asked, load};
use std::path::Path;

/// A world and what is changed in it.
#[derive(Args)]
pub struct WorldArgs {
    /// A world of the library, a file, or `record:YEAR`.
    pub world: String,
    /// First year, for the record: `simulate record --from 1950`.
    #[arg(long, value_name = "YEAR")]
    pub from: Option<i32>,
    /// Years to simulate.
    #[arg(long, value_name = "N", default_value_t = 25, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub years: u16,
    /// Runs, each with luck of its own.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub runs: u64,
    /// Seed of all luck.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// The lens that decides.
    #[arg(long, value_name = "LENS", default_value = "composite")]
    pub lens: String,
    /// Set an input: `parameters.war.costs=0.2`, `states.IRN.share=[0.01, 0.02]`.
    #[arg(long = "set", value_name = "PATH=VALUE", value_parser = pair)]
    pub set: Vec<(String, String)>,
    /// Put another leader or doctrine in: `IRN.doctrine=five-principles-1954`.
    #[arg(long = "swap", value_name = "STATE.WHAT=SLUG", value_parser = pair)]
    pub swap: Vec<(String, String)>,
    /// Let a leader leave at a date: `IRN=2020-01-01`.
    #[arg(long = "exit", value_name = "STATE=DATE", value_parser = pair)]
    pub exit: Vec<(String, String)>,
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

    /// Loads the world; warnings go to standard error, counted.
    pub fn load(&self) -> Result<World, Failure> {
        let asked = Asked {
            world: self.name(),
            set: self.set.clone(),
            swap: self.swap.clone(),
            exit: self.exit.clone(),
        };
        let store = match asked.world.starts_with("record") {
            true => Some(self.store.open()?),
            false => None,
        };
        let (world, warnings) = load(&asked, store.as_ref())
            .map_err(|(problems, sources)| Failure::Input { problems, sources })?;
        if let (Some(from), false) = (self.from, asked.world.starts_with("record"))
            && i32::from(world.start) != from
        {
            return Err(Failure::Request(format!(
                "`{}` begins in {}; `--from` is for `record`",
                asked.world, world.start
            )));
        }
        if !warnings.is_empty() {
            crate::output::tell(&format!(
                "note: {} warnings about the world; `raison check` shows them\n",
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
            self.name(),
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
        out
    }

    /// The arguments that a manifest tells.
    pub fn from_manifest(text: &str, store: &StoreArgs) -> WorldArgs {
        let one = |key: &str| {
            text.lines()
                .find_map(|l| l.strip_prefix(key)?.strip_prefix(": "))
                .unwrap_or("")
                .to_owned()
        };
        let many = |key: &str| {
            let lines = text
                .lines()
                .filter_map(|l| l.strip_prefix(key)?.strip_prefix(": "));
            lines.filter_map(|l| pair(l).ok()).collect()
        };
        WorldArgs {
            world: one("world"),
            from: None,
            years: one("years").parse().unwrap_or(1),
            runs: one("runs").parse().unwrap_or(1),
            seed: one("seed").parse().unwrap_or(1),
            lens: one("lens"),
            set: many("set"),
            swap: many("swap"),
            exit: many("exit"),
            store: StoreArgs {
                store: store.store.clone(),
            },
        }
    }
}

/// A folder of runs and the arguments it was made with.
pub fn folder(
    path: &Path,
    store: &StoreArgs,
) -> Result<(raison::world::output::Folder, WorldArgs, String), Failure> {
    let (folder, manifest) =
        raison::world::output::Folder::open(path).map_err(super::recording::failure)?;
    let args = WorldArgs::from_manifest(&manifest, store);
    Ok((folder, args, manifest))
}

/// Prints problems without a file.
#[allow(dead_code)]
pub fn warn(problems: &[raison::core::Diagnostic]) {
    print_problems(&SourceMap::new(), problems);
}
