//! The library and the explanation pages that the program carries.

use raison_files::Shelf;
use raison_files::library::{KINDS, Kind};

type Files = &'static [(&'static str, &'static [u8])];

static LIBRARY: Files = include!(concat!(env!("OUT_DIR"), "/library.rs"));
static PAGES: Files = include!(concat!(env!("OUT_DIR"), "/pages.rs"));

fn find(files: Files, path: &str) -> Option<&'static [u8]> {
    let at = files.binary_search_by(|(name, _)| (*name).cmp(path)).ok()?;
    files.get(at).map(|(_, bytes)| *bytes)
}

/// The built-in library.
#[derive(Clone, Copy, Debug, Default)]
pub struct Embedded;

impl Shelf for Embedded {
    fn read(&self, path: &str) -> Option<(String, Vec<u8>)> {
        find(LIBRARY, path).map(|bytes| (format!("library/{path}"), bytes.to_vec()))
    }

    fn slugs(&self, kind: Kind) -> Vec<String> {
        LIBRARY
            .iter()
            .filter_map(|(path, _)| slug_of(kind, path))
            .map(str::to_owned)
            .collect()
    }
}

impl Embedded {
    /// Whether the built-in library holds this.
    pub fn holds(self, kind: Kind, slug: &str) -> bool {
        find(LIBRARY, &raison_files::library::path(kind, slug)).is_some()
    }

    /// How many files of each kind there are.
    pub fn counts(self) -> Vec<(Kind, usize)> {
        KINDS
            .into_iter()
            .map(|kind| (kind, self.slugs(kind).len()))
            .collect()
    }
}

/// The slug of a path below `library/`, where it is of this kind.
fn slug_of(kind: Kind, path: &str) -> Option<&str> {
    let rest = path.strip_prefix(kind.folder())?.strip_prefix('/')?;
    let slug = match kind {
        Kind::Case => rest.strip_suffix("/case.toml")?,
        _ => rest.strip_suffix(".toml")?,
    };
    (!slug.contains('/')).then_some(slug)
}

/// The text of an explanation page: `topics/rational.md`, `codes/R0101.md`.
pub fn page(path: &str) -> Option<&'static str> {
    std::str::from_utf8(find(PAGES, path)?).ok()
}

/// The names, without folder and ending, of the pages in a folder of `docs/explain/`.
pub fn pages(folder: &str) -> impl Iterator<Item = &'static str> + '_ {
    PAGES.iter().filter_map(move |(path, _)| {
        path.strip_prefix(folder)?
            .strip_prefix('/')?
            .strip_suffix(".md")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_so_that_search_finds_everything() {
        for files in [LIBRARY, PAGES] {
            assert!(files.iter().all(|(name, _)| find(files, name).is_some()));
        }
        assert!(Embedded.holds(Kind::Case, "cuban-missile-crisis"));
        assert!(!Embedded.holds(Kind::Case, "cuban"));
    }
}
