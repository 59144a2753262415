//! The store: packs converted once, read by column ever after.
//!
//! A folder with `store.toml` (the index) and `tables/NAME-DIGEST.parquet`. Table files are
//! written beside, flushed, renamed; the index is written last, in the same way. Since a
//! file's name holds its digest, an index never points at anything but the whole file it
//! was written for: whenever the program is killed, the next one sees the store as it
//! was or as it was to become.

use crate::codes;
use crate::column::{Kind, Table};
use crate::pack::{self, nearest};
use crate::read::bytes::sha256;
use crate::refusal::{Outcome, Refusal, cannot_write, unreadable};
use raison_core::Diagnostic;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Layout of the folder; a different number is a different program's.
const LAYOUT: u32 = 1;

/// What the index says about a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The pack it belongs to.
    pub pack: String,
    /// File under `tables/`.
    pub file: String,
    /// SHA-256 of that file.
    pub sha256: String,
    /// Size of that file in bytes.
    pub bytes: u64,
    /// Rows.
    pub rows: u64,
    /// Name of the file it came from.
    pub from: String,
    /// SHA-256 of the file it came from.
    pub from_sha256: String,
    /// Whether that digest is one of the pack's known versions.
    pub verified: bool,
    /// The columns.
    pub columns: Vec<StoredColumn>,
}

/// A column of a stored table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredColumn {
    /// Name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Codes that mean missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<i32>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Index {
    layout: u32,
    #[serde(default)]
    tables: BTreeMap<String, Entry>,
}

/// A store, opened. Nothing but the index is read until a table is asked for.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    index: Index,
}

/// A table ready to go into the store.
pub(crate) struct Prepared {
    pub name: String,
    pub entry: Entry,
    pub content: Vec<u8>,
}

/// What [`Store::verify`] found about a table.
#[derive(Debug)]
pub struct Verdict {
    /// The table.
    pub table: String,
    /// Its entry.
    pub entry: Entry,
    /// What is wrong, if anything.
    pub fault: Option<String>,
}

impl Store {
    /// Opens the store in a folder; a folder that does not exist is an empty store.
    pub fn open(folder: &Path) -> Outcome<Store> {
        let path = folder.join("store.toml");
        let index = match fs::read_to_string(&path) {
            Ok(text) => parse_index(&text, &path)?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Index {
                layout: LAYOUT,
                ..Index::default()
            },
            Err(e) => return Err(unreadable(&path, &e)),
        };
        Ok(Store {
            folder: folder.to_owned(),
            index,
        })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Names and entries of all tables.
    pub fn tables(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.index.tables.iter().map(|(n, e)| (n.as_str(), e))
    }

    /// The entry of a table.
    pub fn entry(&self, table: &str) -> Option<&Entry> {
        self.index.tables.get(table)
    }

    /// Whether a table is there.
    pub fn has(&self, table: &str) -> bool {
        self.index.tables.contains_key(table)
    }

    /// Reads columns of a table (all where `columns` is `None`); codes that mean missing
    /// become missing.
    pub fn read(&self, table: &str, columns: Option<&[&str]>) -> Outcome<Table> {
        let mut out = self.read_raw(table, columns)?;
        if let Some(entry) = self.entry(table) {
            for stored in entry.columns.iter().filter(|c| !c.missing.is_empty()) {
                if let Some(i) = out.names.iter().position(|n| *n == stored.name) {
                    let column =
                        std::mem::replace(&mut out.columns[i], crate::Column::empty(stored.kind));
                    out.columns[i] = column.without_codes(&stored.missing);
                }
            }
        }
        Ok(out)
    }

    /// Reads columns of a table as published, with all codes.
    pub fn read_raw(&self, table: &str, columns: Option<&[&str]>) -> Outcome<Table> {
        let entry = self.entry(table).ok_or_else(|| self.missing(table))?;
        for column in columns.unwrap_or_default() {
            if !entry.columns.iter().any(|c| c.name == *column) {
                return Err(no_column(table, column, entry));
            }
        }
        let content = self.content(table, entry)?;
        let mut out = crate::parquet_read::read(content.into(), columns, &entry.file)
            .map_err(|e| self.damaged(table, &e.to_string()))?;
        if out.rows() as u64 != entry.rows {
            return Err(self.damaged(table, "the number of rows differs"));
        }
        out.uses(table);
        Ok(out)
    }

    fn content(&self, table: &str, entry: &Entry) -> Outcome<Vec<u8>> {
        let content =
            fs::read(self.path(entry)).map_err(|e| self.damaged(table, &e.to_string()))?;
        if content.len() as u64 != entry.bytes {
            return Err(self.damaged(table, "its size differs"));
        }
        Ok(content)
    }

    fn path(&self, entry: &Entry) -> PathBuf {
        self.folder.join("tables").join(&entry.file)
    }

    fn damaged(&self, table: &str, why: &str) -> Refusal {
        let origin = self.entry(table).map_or("", |e| e.from.as_str());
        Refusal::one(
            Diagnostic::error(
                codes::STORE_DAMAGED,
                format!("table `{table}` of the store is damaged: {why}"),
            )
            .note(format!("the store is `{}`", self.folder.display()))
            .help(format!("add it again: raison data add PATH-TO/{origin}")),
        )
    }

    fn missing(&self, table: &str) -> Refusal {
        let spec = pack::table(table);
        let mut d = Diagnostic::error(
            codes::NOT_IN_STORE,
            match spec {
                Some((_, spec)) => format!("table `{table}` ({}) is not in the store", spec.what),
                None => format!("there is no table `{table}`"),
            },
        );
        d = d.note(format!("the store is `{}`", self.folder.display()));
        d = match spec {
            Some((pack, spec)) => d.help(format!(
                "get `{}` from {} and add it: raison data add FILE-OR-FOLDER",
                spec.files.first().map_or("the file", String::as_str),
                pack.published
            )),
            None => d.help_if(
                nearest(table, pack::tables().map(|(_, t)| t.name.as_str()))
                    .map(|n| format!("did you mean `{n}`?")),
            ),
        };
        Refusal::one(d)
    }

    /// Reads every table file again and compares digests.
    pub fn verify(&self) -> Vec<Verdict> {
        use rayon::prelude::*;
        let all: Vec<(&String, &Entry)> = self.index.tables.iter().collect();
        all.into_par_iter()
            .map(|(table, entry)| Verdict {
                table: table.clone(),
                entry: entry.clone(),
                fault: self.fault(table, entry),
            })
            .collect()
    }

    fn fault(&self, table: &str, entry: &Entry) -> Option<String> {
        match self.content(table, entry) {
            Err(e) => Some(e.to_string()),
            Ok(content) if sha256(&content) != entry.sha256 => {
                Some("the digest differs: the file was changed".to_owned())
            }
            Ok(_) => self.read_raw(table, None).err().map(|e| e.to_string()),
        }
    }

    /// Takes tables or whole packs out of the store; returns the tables removed.
    pub fn remove(&mut self, names: &[String]) -> Outcome<Vec<String>> {
        let lock = self.lock()?;
        let mut removed = Vec::new();
        for name in names {
            let tables: Vec<String> = self
                .index
                .tables
                .iter()
                .filter(|(t, e)| *t == name || e.pack == *name)
                .map(|(t, _)| t.clone())
                .collect();
            if tables.is_empty() {
                let known: Vec<&str> = self
                    .index
                    .tables
                    .iter()
                    .flat_map(|(t, e)| [t.as_str(), e.pack.as_str()])
                    .collect();
                return Err(Refusal::one(
                    Diagnostic::error(
                        codes::NOT_IN_STORE,
                        format!("no table or pack `{name}` is in the store"),
                    )
                    .help_if(
                        nearest(name, known.into_iter()).map(|n| format!("did you mean `{n}`?")),
                    ),
                ));
            }
            removed.extend(tables);
        }
        let mut next = self.index.clone();
        next.tables.retain(|t, _| !removed.contains(t));
        self.commit(next)?;
        self.sweep();
        drop(lock);
        Ok(removed)
    }

    /// Puts tables in: files first, the index last.
    pub(crate) fn insert(&mut self, prepared: Vec<Prepared>) -> Outcome<()> {
        let lock = self.lock()?;
        let folder = self.folder.join("tables");
        let mut next = self.index.clone();
        next.layout = LAYOUT;
        for table in prepared {
            let path = folder.join(&table.entry.file);
            if !same_size(&path, table.entry.bytes) {
                write_durably(&path, &table.content)?;
            }
            next.tables.insert(table.name, table.entry);
        }
        sync_folder(&folder);
        self.commit(next)?;
        self.sweep();
        drop(lock);
        Ok(())
    }

    /// Takes the lock of the store and reads the index again, since another program may
    /// have written it.
    fn lock(&mut self) -> Outcome<File> {
        let tables = self.folder.join("tables");
        fs::create_dir_all(&tables).map_err(|e| cannot_write(&tables, &e))?;
        let path = self.folder.join("lock");
        let lock = File::create(&path).map_err(|e| cannot_write(&path, &e))?;
        lock.lock().map_err(|e| cannot_write(&path, &e))?;
        self.index = Store::open(&self.folder)?.index;
        Ok(lock)
    }

    fn commit(&mut self, next: Index) -> Outcome<()> {
        let text = toml::to_string(&next)
            .map_err(|e| Refusal::Machine(format!("cannot write the index: {e}")))?;
        write_durably(&self.folder.join("store.toml"), text.as_bytes())?;
        sync_folder(&self.folder);
        self.index = next;
        Ok(())
    }

    /// Removes table files that the index does not name: left by a kill, or replaced.
    /// What cannot be removed does no harm.
    fn sweep(&self) {
        let Ok(entries) = fs::read_dir(self.folder.join("tables")) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let used = self.index.tables.values().any(|e| name == e.file.as_str());
            if !used {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

fn parse_index(text: &str, path: &Path) -> Outcome<Index> {
    let broken = |why: String| {
        Refusal::error(
            codes::STORE_DAMAGED,
            format!("the index `{}` cannot be used: {why}", path.display()),
            "remove the folder and add the data again",
        )
    };
    let index: Index = toml::from_str(text).map_err(|e| broken(e.message().to_owned()))?;
    if index.layout != LAYOUT {
        return Err(broken(format!(
            "layout {} where this program knows {LAYOUT}",
            index.layout
        )));
    }
    let odd = |e: &Entry| e.file.contains(['/', '\\']) || e.file.starts_with('.');
    if index.tables.values().any(odd) {
        return Err(broken("a table lies outside the store".to_owned()));
    }
    Ok(index)
}

fn no_column(table: &str, column: &str, entry: &Entry) -> Refusal {
    let near = nearest(column, entry.columns.iter().map(|c| c.name.as_str()));
    Refusal::one(
        Diagnostic::error(
            codes::UNKNOWN_NAME,
            format!("table `{table}` has no column `{column}`"),
        )
        .help_if(near.map(|n| format!("did you mean `{n}`?"))),
    )
}

fn same_size(path: &Path, bytes: u64) -> bool {
    fs::metadata(path).is_ok_and(|m| m.len() == bytes)
}

/// Beside, flushed to the disk, renamed.
fn write_durably(path: &Path, content: &[u8]) -> Outcome<()> {
    crate::write::atomically(path, |file| {
        file.write_all(content)
            .and_then(|()| file.sync_all())
            .map_err(|e| cannot_write(path, &e))
    })
}

/// Makes renames durable where the system can; elsewhere the rename alone must do.
fn sync_folder(folder: &Path) {
    if let Ok(handle) = File::open(folder) {
        let _ = handle.sync_all();
    }
}
