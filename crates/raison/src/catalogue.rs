//! What a library holds, one row per file, without checking it.

use raison_core::{Date, Inputs};
use raison_files::Shelf;
use raison_files::library::{Kind, Loader, path};
use raison_files::table::{Context, Table};

/// A file of the library in a few words. What a file does not say is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Slug.
    pub id: String,
    /// Title.
    pub title: String,
    /// Three-letter code of the state.
    pub state: String,
    /// Case: the day of the decision. Doctrine, leader: the first day.
    pub from: Option<Date>,
    /// Doctrine, leader: the last day.
    pub to: Option<Date>,
    /// Doctrine: its holder. Leader: the name. Norm group: who coded it.
    pub who: String,
    /// Leader: `lagged`, `pooled` or `norm`.
    pub basis: String,
    /// Leader: words scored. Norm group: leaders.
    pub count: Option<f64>,
}

/// A shelf whose bibliography is left unread: a list needs no citations.
struct Unreferenced<'s>(&'s dyn Shelf);

impl Shelf for Unreferenced<'_> {
    fn read(&self, path: &str) -> Option<(String, Vec<u8>)> {
        (path != "sources.bib").then(|| self.0.read(path)).flatten()
    }

    fn slugs(&self, kind: Kind) -> Vec<String> {
        self.0.slugs(kind)
    }
}

/// The rows of a kind, in order of their slugs.
pub fn entries(shelf: &dyn Shelf, kind: Kind) -> Vec<Entry> {
    let shelf = Unreferenced(shelf);
    let mut loader = Loader::new(&shelf);
    let slugs = shelf.slugs(kind);
    slugs
        .into_iter()
        .map(|slug| entry(&mut loader, &shelf, kind, slug))
        .collect()
}

fn entry(loader: &mut Loader<'_>, shelf: &dyn Shelf, kind: Kind, slug: String) -> Entry {
    let read = shelf.read(&path(kind, &slug)).and_then(|(name, bytes)| {
        let parsed = loader.parse(&name, &bytes)?;
        loader.walk(&parsed, &mut Inputs::default(), "", |top, _, ctx| {
            fields(top, ctx)
        })
    });
    Entry {
        id: slug,
        ..read.unwrap_or_default()
    }
}

fn fields(top: &Table<'_>, ctx: &mut Context<'_>) -> Entry {
    let inner = top.table("decider", ctx);
    let mut first = |keys: &[&str]| {
        let found = keys.iter().find_map(|key| top.opt_text(key, ctx));
        found.unwrap_or_default()
    };
    let (title, state, basis) = (first(&["title"]), first(&["state"]), first(&["basis"]));
    let who = first(&["holder", "name", "coder"]);
    let number = |key: &str, ctx: &Context<'_>| {
        let v = top.raw(key, ctx)?;
        raison_files::number::scalar(v.value).ok()
    };
    Entry {
        id: String::new(),
        title,
        who,
        basis,
        state: match inner {
            Some(t) => t.opt_text("state", ctx).unwrap_or_default(),
            None => state,
        },
        from: top
            .opt_date("decided", ctx)
            .or_else(|| top.opt_date("from", ctx)),
        to: top.opt_date("to", ctx),
        count: number("words", ctx).or_else(|| number("n", ctx)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedded::Embedded;

    #[test]
    fn every_entry_of_the_built_in_library_has_its_fields() {
        for kind in [Kind::Case, Kind::Doctrine, Kind::Leader] {
            let rows = entries(&Embedded, kind);
            assert!(!rows.is_empty());
            for row in rows {
                assert!(!row.title.is_empty(), "{row:?}");
                assert!(kind == Kind::Leader || row.state.len() == 3, "{row:?}");
                assert!(kind != Kind::Case || row.from.is_some(), "{row:?}");
            }
        }
    }
}
