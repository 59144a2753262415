//! Data packs: what a public data set is called, what its columns hold, how to cite it,
//! on which terms, and by which digests its known versions are recognised.
//!
//! The manifests are `library/packs/*.toml`, built into the program.

use crate::column::Kind;
use serde::Deserialize;
use std::sync::OnceLock;

/// A pack manifest.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Name, the file name of the manifest.
    pub name: String,
    /// What it is.
    pub title: String,
    /// Where it is published.
    pub published: String,
    /// The tables in it.
    #[serde(rename = "table")]
    pub tables: Vec<TableSpec>,
}

/// One table of a pack.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableSpec {
    /// Name in the store.
    pub name: String,
    /// What its rows tell.
    pub what: String,
    /// What one row is.
    pub unit: String,
    /// Which years it covers, for people.
    pub years: String,
    /// Version and way it came.
    pub version: String,
    /// File names it goes by, without `.gz`.
    pub files: Vec<String>,
    /// Columns that together name a row; empty where rows may repeat.
    pub key: Vec<String>,
    /// Keys into `library/packs/citations.bib`.
    pub cite: Vec<String>,
    /// Licence or terms as stated upstream.
    pub terms: String,
    /// SHA-256 of known versions, of the file as published or unpacked.
    pub sha256: Vec<String>,
    /// Where the file itself can be fetched, where that is known.
    #[serde(default)]
    pub url: Option<String>,
    /// Whether a cell that is not of its type becomes missing, with a warning: for data
    /// whose published versions carry typing errors.
    #[serde(default)]
    pub lenient: bool,
    /// The columns.
    pub columns: Vec<ColumnSpec>,
}

/// One column of a table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnSpec {
    /// Name in the store.
    pub name: String,
    /// Name in the file, where it differs.
    #[serde(default)]
    pub header: Option<String>,
    /// What it holds.
    #[serde(rename = "type")]
    pub kind: CellKind,
    /// Codes that mean missing or not applicable.
    #[serde(default)]
    pub missing: Vec<i32>,
    /// Smallest and largest value.
    #[serde(default)]
    pub range: Option<[f64; 2]>,
    /// Whether older versions lack it.
    #[serde(default)]
    pub optional: bool,
    /// What it means.
    #[serde(default)]
    pub about: String,
}

/// Types of cells, with what makes sense in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CellKind {
    /// A state code, 1 to 999.
    State,
    /// A calendar year, 1400 to 2100.
    Year,
    /// A day of the month, or 66, 77, 88 for its early, middle, late part.
    Day,
    /// A whole number.
    Int,
    /// A real number.
    Float,
    /// A text.
    Text,
    /// A calendar day, `YYYY-MM-DD`.
    Date,
}

impl CellKind {
    /// The column kind that holds it.
    pub fn kind(self) -> Kind {
        match self {
            CellKind::State | CellKind::Year | CellKind::Day | CellKind::Int => Kind::Int,
            CellKind::Float => Kind::Float,
            CellKind::Text => Kind::Text,
            CellKind::Date => Kind::Date,
        }
    }

    /// The range that comes with the type.
    pub fn range(self) -> Option<[f64; 2]> {
        match self {
            CellKind::State => Some([1.0, 999.0]),
            CellKind::Year => Some([1400.0, 2100.0]),
            CellKind::Day => Some([1.0, 88.0]),
            _ => None,
        }
    }
}

impl ColumnSpec {
    /// The name in the file.
    pub fn header(&self) -> &str {
        self.header.as_deref().unwrap_or(&self.name)
    }

    /// Smallest and largest value that make sense, where there are any.
    pub fn bounds(&self) -> Option<[f64; 2]> {
        self.range.or(self.kind.range())
    }

    /// Whether a number is within the bounds or one of the missing codes.
    pub fn allows(&self, value: f64) -> bool {
        match self.bounds() {
            None => true,
            Some([low, high]) => {
                (low <= value && value <= high)
                    || self.missing.iter().any(|m| f64::from(*m) == value)
            }
        }
    }

    /// The codes that stand for missing when the column is read for use; the day codes
    /// 66, 77 and 88 are no days.
    pub fn missing_codes(&self) -> Vec<i32> {
        let mut codes = self.missing.clone();
        if self.kind == CellKind::Day {
            codes.extend([66, 77, 88]);
        }
        codes
    }
}

macro_rules! manifests {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../library/packs/", $name, ".toml")))),*]
    };
}

/// The built-in manifests: name and text.
pub const MANIFESTS: &[(&str, &str)] = manifests![
    "alliances",
    "armed-conflicts",
    "capabilities",
    "capitals",
    "contiguity",
    "democracy",
    "ethnic-fractionalisation",
    "gdp-population",
    "group-decisions",
    "icb",
    "ideal-points",
    "igos",
    "leader-attributes",
    "leaders",
    "mids-cow",
    "mids-gml",
    "minimum-distance",
    "portfolios",
    "psycl",
    "regional-powers",
    "rivalries",
    "speeches",
    "state-system-cow",
    "state-system-gw",
    "trade",
    "un-votes",
    "wars",
    "willingness-to-use-force",
];

/// The built-in packs. Broken manifests are left out; a test holds that there is none.
pub fn packs() -> &'static [Pack] {
    static PACKS: OnceLock<Vec<Pack>> = OnceLock::new();
    PACKS.get_or_init(|| {
        MANIFESTS
            .iter()
            .filter_map(|(_, text)| toml::from_str(text).ok())
            .collect()
    })
}

/// Every table of every pack.
pub fn tables() -> impl Iterator<Item = (&'static Pack, &'static TableSpec)> {
    packs()
        .iter()
        .flat_map(|p| p.tables.iter().map(move |t| (p, t)))
}

/// The table of a name, with its pack.
pub fn table(name: &str) -> Option<(&'static Pack, &'static TableSpec)> {
    tables().find(|(_, t)| t.name == name)
}

/// All citations, as BibTeX.
pub const CITATIONS: &str = include_str!("../../../library/packs/citations.bib");

/// The BibTeX entry of a key.
pub fn citation(key: &str) -> Option<&'static str> {
    let opening = format!("{{{key},");
    let at = CITATIONS.find(&opening)?;
    let start = CITATIONS[..at].rfind('@')?;
    let rest = &CITATIONS[start..];
    let end = rest.find("\n}").map_or(rest.len(), |i| i + 2);
    rest.get(..end)
}

/// The name among `known` that a misspelt one probably means.
pub fn nearest<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|k| (distance(wrong, k), k))
        .filter(|(d, k)| *d <= 1 + k.len().max(wrong.len()) / 4)
        .min_by_key(|(d, _)| *d)
        .map(|(_, k)| k)
}

/// Edit distance; names are short, so the plain algorithm does.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(64).enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = corner + usize::from(!x.eq_ignore_ascii_case(y));
            corner = row[j + 1];
            row[j + 1] = change.min(corner + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_manifest_reads_and_every_citation_exists() {
        for (name, text) in MANIFESTS {
            let pack: Pack = toml::from_str(text).unwrap_or_else(|e| panic!("{name}: {e}"));
            assert_eq!(pack.name, *name);
            for table in &pack.tables {
                for key in &table.cite {
                    assert!(citation(key).is_some(), "{name}: {key}");
                }
                for key in &table.key {
                    assert!(
                        table.columns.iter().any(|c| c.name == *key),
                        "{name}: key {key} is no column"
                    );
                }
            }
        }
    }

    #[test]
    fn every_manifest_of_the_library_is_built_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../library/packs");
        for entry in std::fs::read_dir(folder).expect("library/packs") {
            let path = entry.expect("entry").path();
            if path.extension().is_some_and(|e| e == "toml") {
                let stem = path.file_stem().and_then(|s| s.to_str()).expect("stem");
                assert!(MANIFESTS.iter().any(|(n, _)| *n == stem), "{stem}");
            }
        }
    }

    #[test]
    fn near_names_are_found() {
        let known = ["capabilities", "contiguity", "trade"];
        assert_eq!(
            nearest("capabilites", known.into_iter()),
            Some("capabilities")
        );
        assert_eq!(nearest("xyz", known.into_iter()), None);
    }
}
