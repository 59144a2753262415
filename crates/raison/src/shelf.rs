//! Shelves: a folder on disk, a folder before the built-in library, and a shelf
//! without its cases.

use crate::embedded::Embedded;
use raison_files::Shelf;
use raison_files::library::Kind;
use raison_files::source::LARGEST;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// A library folder on disk.
#[derive(Clone, Debug)]
pub struct Folder {
    /// The folder, as the user wrote it.
    pub root: PathBuf,
}

impl Shelf for Folder {
    fn read(&self, path: &str) -> Option<(String, Vec<u8>)> {
        read_below(&self.root, path)
    }

    fn slugs(&self, kind: Kind) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.root.join(kind.folder())) else {
            return Vec::new();
        };
        let mut slugs: Vec<String> = entries
            .flatten()
            .filter_map(|e| slug_of(kind, &e.path()))
            .collect();
        slugs.sort();
        slugs
    }
}

fn slug_of(kind: Kind, path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    if name.starts_with('.') {
        return None;
    }
    match kind {
        Kind::Case => path.join("case.toml").is_file().then(|| name.to_owned()),
        _ => Some(name.strip_suffix(".toml")?.to_owned()),
    }
}

/// A regular file below a folder, at most one byte more than may be read: the loader
/// then says that it is too large. Paths that climb out of the folder do not exist.
pub fn read_below(root: &Path, path: &str) -> Option<(String, Vec<u8>)> {
    let climbs = |c: Component| !matches!(c, Component::Normal(_));
    if Path::new(path).components().any(climbs) {
        return None;
    }
    let full = root.join(path);
    if !full.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    File::open(&full)
        .ok()?
        .take(LARGEST as u64 + 1)
        .read_to_end(&mut bytes)
        .ok()?;
    Some((full.display().to_string(), bytes))
}

/// A folder whose files take precedence over the built-in library's, or the latter
/// alone.
#[derive(Clone, Debug, Default)]
pub struct Layered {
    /// The user's library.
    pub folder: Option<Folder>,
}

impl Shelf for Layered {
    fn read(&self, path: &str) -> Option<(String, Vec<u8>)> {
        let own = self.folder.as_ref().and_then(|f| f.read(path));
        own.or_else(|| Embedded.read(path))
    }

    fn slugs(&self, kind: Kind) -> Vec<String> {
        let mut slugs = Embedded.slugs(kind);
        slugs.extend(self.folder.iter().flat_map(|f| f.slugs(kind)));
        slugs.sort();
        slugs.dedup();
        slugs
    }
}

/// A shelf that lists no cases, so that a case is read without the earlier ones.
pub struct WithoutCases<'s>(pub &'s dyn Shelf);

impl Shelf for WithoutCases<'_> {
    fn read(&self, path: &str) -> Option<(String, Vec<u8>)> {
        self.0.read(path)
    }

    fn slugs(&self, kind: Kind) -> Vec<String> {
        match kind {
            Kind::Case => Vec::new(),
            _ => self.0.slugs(kind),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_cannot_climb_out_of_the_library() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(read_below(root, "Cargo.toml").is_some());
        assert!(read_below(root, "../raison/Cargo.toml").is_none());
        assert!(read_below(root, "/etc/passwd").is_none());
    }
}
