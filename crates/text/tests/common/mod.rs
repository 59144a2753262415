//! The shared data, where this checkout has it.

use std::path::PathBuf;

/// A path below the shared folder, or `None` with a loud note.
pub fn shared(path: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let beside = ["../shared", "../../shared"].map(|p| root.join(p));
    let named = std::env::var_os("RAISON_SHARED").map(PathBuf::from);
    let found = beside
        .into_iter()
        .chain(named)
        .map(|base| base.join(path))
        .find(|p| p.exists());
    if found.is_none() {
        println!("SKIPPED: shared/{path} is not here (set RAISON_SHARED)");
    }
    found
}

/// Rows of a simple CSV file (no quoted fields) by column name.
#[allow(dead_code)]
pub struct Rows {
    names: Vec<String>,
    rows: Vec<Vec<String>>,
}

#[allow(dead_code)]
impl Rows {
    pub fn read(path: &std::path::Path) -> Rows {
        let text = std::fs::read_to_string(path).expect("readable");
        let mut lines = text.trim_start_matches('\u{feff}').lines();
        let split = |line: &str| line.split(',').map(str::to_string).collect::<Vec<_>>();
        let names = split(lines.next().unwrap_or(""));
        let width = names.len();
        let rows = lines.map(split).filter(|r| r.len() == width).collect();
        Rows { names, rows }
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn get(&self, row: usize, name: &str) -> &str {
        let column = self.names.iter().position(|n| n == name).expect("column");
        &self.rows[row][column]
    }

    pub fn number(&self, row: usize, name: &str) -> f64 {
        self.get(row, name).trim().parse().unwrap_or(f64::NAN)
    }
}
