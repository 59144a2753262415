//! Worlds for tests.
#![allow(dead_code)]

use raison_core::world::World;
use raison_core::{Lens, Problems, SourceMap};
use raison_files::library::Kind;
use raison_files::{Loader, Shelf};
use std::path::PathBuf;

/// The library of the repository.
pub struct OnDisk;

impl Shelf for OnDisk {
    fn read(&self, path: &str) -> Option<(String, Vec<u8>)> {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../library");
        Some((path.to_owned(), std::fs::read(root.join(path)).ok()?))
    }

    fn slugs(&self, _: Kind) -> Vec<String> {
        Vec::new()
    }
}

/// A world from its text.
pub fn parse(text: &str) -> (Option<World>, Problems, SourceMap) {
    let mut loader = Loader::new(&OnDisk);
    let parsed = loader.parse("world.toml", text.as_bytes());
    let world = parsed.and_then(|p| loader.world("test", &p, &|_| None, &[]));
    (world, loader.problems, loader.sources)
}

/// A world of the library.
pub fn library(slug: &str) -> World {
    let mut loader = Loader::new(&OnDisk);
    let world = loader.shelf_world(slug, &[]);
    let errors: Vec<_> = loader
        .problems
        .as_slice()
        .iter()
        .filter(|d| d.is_error())
        .cloned()
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    world.expect("a world")
}

/// A lens by name.
pub fn lens(name: &str) -> Box<dyn Lens> {
    raison_lenses::find(name).expect("a lens")
}

/// A world of `n` equal states in a ring, one major power for every 20.
pub fn ring(n: usize) -> String {
    laid(n, |i| (1.0 / n as f64, i % 20 == 0))
}

/// A ring of five major powers with three quarters of all capabilities and `n` − 5 small
/// states, so that the relevant pairs grow with `n`.
pub fn ring_of_five_majors(n: usize) -> String {
    let small = 0.25 / (n as f64 - 5.0);
    laid(n, |i| match i % (n / 5) == 0 && i / (n / 5) < 5 {
        true => (0.15, true),
        false => (small, false),
    })
}

/// A ring whose states have the share and the rank that `of` gives.
fn laid(n: usize, of: impl Fn(usize) -> (f64, bool)) -> String {
    let mut text = String::from(
        "kind = \"world\"\ntitle = \"Ring\"\nstart = 2000\nsource = \"marshall-2020\"\n",
    );
    let code = |i: usize| {
        let letter = |k: usize| (b'A' + (k % 26) as u8) as char;
        format!("{}{}{}", letter(i / 676), letter(i / 26), letter(i))
    };
    for i in 0..n {
        let (share, major) = of(i);
        text.push_str(&format!(
            "[[states]]\ncode = \"{}\"\nregion = \"r{}\"\nshare = {}\ngdp = {}\npopulation = 10\ndemocracy = {}\nmajor = {}\nlat = {}\nlon = {}\n",
            code(i),
            i % 4,
            share,
            50 + i,
            (i as i64 % 21) - 10,
            major,
            (i % 120) as f64 - 60.0,
            (i * 7 % 360) as f64 - 180.0
        ));
    }
    for i in 0..n {
        for k in [1, 2] {
            let (a, b) = (code(i), code((i + k) % n));
            text.push_str(&format!(
                "[[borders]]\na = \"{a}\"\nb = \"{b}\"\nland = true\n"
            ));
        }
    }
    text
}
