//! The store under bad input, kills and damage.

mod common;

use raison_record::add::{Options, add};
use raison_record::{Code, Outcome, Store, codes};
use std::io::Write;
use std::path::{Path, PathBuf};

const UNVERIFIED: Options = Options { unverified: true };
const HEAD: &str = "ccode,year,imports,exports\n";

struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        Bench {
            folder: tempfile::tempdir().expect("folder"),
        }
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).expect("file");
        path
    }

    fn store(&self) -> Store {
        Store::open(&self.folder.path().join("store")).expect("store")
    }

    /// Adds a file that must be refused with a code, and finds the store untouched.
    fn refused(&self, path: &Path, code: Code) -> String {
        let mut store = self.store();
        add(
            &mut store,
            &self.file("cow_trade_sy.csv", format!("{HEAD}2,1900,1,2\n")),
            UNVERIFIED,
        )
        .expect("good");
        let before = std::fs::read(self.folder.path().join("store/store.toml")).expect("index");
        let refusal = add(&mut store, path, UNVERIFIED).expect_err("bad");
        assert_eq!(refusal.problems()[0].code, code, "{refusal}");
        let after = std::fs::read(self.folder.path().join("store/store.toml")).expect("index");
        assert_eq!(before, after, "the store is untouched");
        assert!(self.store().verify().iter().all(|v| v.fault.is_none()));
        let raison_record::Refusal::Input(both) = refusal else {
            panic!("not the user's")
        };
        both.0
            .iter()
            .map(|d| {
                let place = d
                    .primary
                    .as_ref()
                    .map_or(String::new(), |l| both.1.place(l.span));
                let text = d.primary.as_ref().map_or("", |l| both.1.text(l.span));
                format!("{place}|{text}|{}\n", d.message)
            })
            .collect()
    }
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(content).expect("gzip");
    out.finish().expect("gzip")
}

#[test]
fn a_missing_column_is_named() {
    let b = Bench::new();
    let bad = b.file("cow_igo_sy.csv", "ccode,year,sum_igo_ful,sum_igo_associate,sum_igo_observer,sum_igo_anytype\n2,1900,1,1,1,1\n");
    let told = b.refused(&bad, codes::MISSING_COLUMN);
    assert!(told.contains("cow_igo_sy.csv:1:1"), "{told}");
    assert!(told.contains("`sum_igo_full`"), "{told}");
}

#[test]
fn shifted_columns_are_seen() {
    let b = Bench::new();
    // The first cell of the second row is lost, and a last one is added.
    let bad = b.file("cow_nmc.csv", "ccode,year,milex,milper,irst,pec,tpop,upop,cinc\n2,1816,1,1,1,1,1,1,0.1\n1817,1,1,1,1,1,1,0.1,0\n");
    let told = b.refused(&bad, codes::OUT_OF_RANGE);
    assert!(told.contains("cow_nmc.csv:3:1|1817|"), "{told}");
    let short = b.file(
        "cow_nmc.csv",
        "ccode,year,milex,milper,irst,pec,tpop,upop,cinc\n2,1816,1,1,1,1,1,1\n",
    );
    let told = b.refused(&short, codes::RAGGED);
    assert!(told.contains("cow_nmc.csv:2:1"), "{told}");
}

#[test]
fn a_duplicate_key_names_both_rows() {
    let b = Bench::new();
    let bad = b.file("x/cow_trade_sy.csv".replace('/', "-").as_str(), "");
    std::fs::remove_file(bad).expect("file");
    let folder = b.folder.path().join("in");
    std::fs::create_dir(&folder).expect("folder");
    let bad = folder.join("cow_trade_sy.csv");
    std::fs::write(&bad, format!("{HEAD}2,1900,1,2\n20,1900,1,2\n2,1900,3,4\n")).expect("file");
    let told = b.refused(&bad, codes::DUPLICATE_KEY);
    assert!(told.contains("cow_trade_sy.csv:4:1"), "{told}");
    assert!(told.contains("`ccode` 2, `year` 1900"), "{told}");
}

#[test]
fn a_mistyped_year_and_all_other_faults_come_at_once() {
    let b = Bench::new();
    let bad = b.file("cow_capitals.csv", "ccode,statenme,capital,stdate,enddate,lat,lng\n2,\"U, S\",W,1816-01-01,2024-12-31,38,-77\n20,C,O,18i6-01-01,2024-02-31,45,-75\n,M,M,1900-01-01,1901-01-01,99,0\n");
    let told = b.refused(&bad, codes::BAD_CELL);
    assert!(told.contains("cow_capitals.csv:3:8|18i6-01-01|"), "{told}");
    assert!(told.contains("cow_capitals.csv:3:19|2024-02-31|"), "{told}");
    assert!(told.contains("cow_capitals.csv:4:28|99|"), "{told}");
    let year = b.file("cow_igo_sy.csv", "ccode,year,sum_igo_full,sum_igo_associate,sum_igo_observer,sum_igo_anytype\n2,18i6,1,1,1,1\n");
    let told = b.refused(&year, codes::BAD_CELL);
    assert!(
        told.contains("cow_igo_sy.csv:2:3|18i6|`18i6` in column `year` is not a year"),
        "{told}"
    );
}

#[test]
fn an_empty_key_is_refused() {
    let b = Bench::new();
    let bad = b.file("cow_igo_sy.csv", "ccode,year,sum_igo_full,sum_igo_associate,sum_igo_observer,sum_igo_anytype\n,1900,1,1,1,1\n");
    b.refused(&bad, codes::EMPTY_KEY);
}

#[test]
fn a_truncated_gzip_and_a_bomb_are_refused() {
    let b = Bench::new();
    let packed = gzip(
        format!(
            "ccode1,ccode2,year,dyadigos\n{}",
            "2,20,1920,7\n".repeat(500)
        )
        .as_bytes(),
    );
    let bad = b.file("cow_igo_ndy.csv.gz", &packed[..packed.len() - 20]);
    let told = b.refused(&bad, codes::DAMAGED);
    assert!(told.contains("ends too early"), "{told}");
    let mut spoilt = packed.clone();
    let middle = spoilt.len() / 2;
    spoilt[middle] ^= 0xff;
    b.refused(&b.file("cow_igo_ndy.csv.gz", spoilt), codes::DAMAGED);
    // 400 MB of one letter in half a megabyte.
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let block = vec![b'1'; 1 << 20];
    (0..400).for_each(|_| bomb.write_all(&block).expect("gzip"));
    let bomb = bomb.finish().expect("gzip");
    b.refused(&b.file("cow_igo_ndy.csv.gz", bomb), codes::TOO_LARGE);
}

#[test]
fn things_that_are_no_tables_are_told_apart() {
    let b = Bench::new();
    b.refused(&b.folder.path().join("nowhere.csv"), codes::UNREADABLE);
    b.refused(&b.file("notes.csv", "a,b\n1,2\n"), codes::UNKNOWN_FILE);
    b.refused(&b.file("cow_nmc.csv", ""), codes::MISSING_COLUMN);
    b.refused(
        &b.file("cow_nmc.csv", b"PK\x03\x04rest"),
        codes::UNKNOWN_FORMAT,
    );
    b.refused(&b.file("cow_nmc.parquet", b"PAR1PAR1"), codes::DAMAGED);
    b.refused(
        &b.file("cow_nmc.dta", b"<stata_dta><header><release>118"),
        codes::DAMAGED,
    );
    let twins = "dispnum,styear,stmon,outcome,settle,fatality,mindur,maxdur,hiact,hostlev,recip\n";
    let told = b.refused(&b.file("disputes.csv", twins), codes::UNKNOWN_FILE);
    assert!(
        told.contains("could be table `cow_mid_disps` or `gml_mid_disps`"),
        "{told}"
    );
    let empty = b.folder.path().join("empty");
    std::fs::create_dir(&empty).expect("folder");
    b.refused(&empty, codes::UNKNOWN_FILE);
}

#[cfg(unix)]
#[test]
fn an_unreadable_folder_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let b = Bench::new();
    let locked = b.folder.path().join("locked");
    std::fs::create_dir(&locked).expect("folder");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).expect("mode");
    if std::fs::read_dir(&locked).is_ok() {
        println!("SKIPPED: this user may read every folder");
    } else {
        let told = b.refused(&locked, codes::UNREADABLE);
        assert!(told.contains("no permission"), "{told}");
    }
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o700)).expect("mode");
}

#[test]
fn unknown_versions_need_a_word_and_stay_marked() {
    let b = Bench::new();
    let file = b.file("cow_trade_sy.csv", format!("{HEAD}2,1900,1,2\n"));
    let mut store = b.store();
    let refusal = add(&mut store, &file, Options::default()).expect_err("unknown version");
    assert_eq!(refusal.problems()[0].code, codes::UNVERIFIED);
    add(&mut store, &file, UNVERIFIED).expect("accepted");
    assert!(!b.store().entry("cow_trade_sy").expect("entry").verified);
}

#[test]
fn damage_is_found() {
    let b = Bench::new();
    let mut store = b.store();
    add(
        &mut store,
        &b.file("cow_trade_sy.csv", format!("{HEAD}2,1900,1,2\n")),
        UNVERIFIED,
    )
    .expect("added");
    let file = store.entry("cow_trade_sy").expect("entry").file.clone();
    let path = b.folder.path().join("store/tables").join(file);
    let mut bytes = std::fs::read(&path).expect("table");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    std::fs::write(&path, &bytes).expect("table");
    assert!(b.store().verify()[0].fault.is_some());
    std::fs::write(&path, &bytes[..40]).expect("table");
    let refusal = b.store().read("cow_trade_sy", None).expect_err("damaged");
    assert_eq!(refusal.problems()[0].code, codes::STORE_DAMAGED);
    std::fs::write(b.folder.path().join("store/store.toml"), "layout = 9\n").expect("index");
    assert!(Store::open(&b.folder.path().join("store")).is_err());
}

#[test]
fn tables_and_packs_are_removed() {
    let b = Bench::new();
    let mut store = b.store();
    add(
        &mut store,
        &b.file("cow_trade_sy.csv", format!("{HEAD}2,1900,1,2\n")),
        UNVERIFIED,
    )
    .expect("added");
    assert!(store.remove(&["trad".to_owned()]).is_err());
    assert_eq!(
        store.remove(&["trade".to_owned()]).expect("removed"),
        ["cow_trade_sy"]
    );
    assert_eq!(
        std::fs::read_dir(b.folder.path().join("store/tables"))
            .expect("folder")
            .count(),
        0
    );
    assert!(store.read("cow_trade_sy", None).is_err());
}

/// Not a test of its own: what the next test kills.
#[test]
fn child_that_adds() {
    let Some(folder) = std::env::var_os("RAISON_TEST_KILL") else {
        return;
    };
    let folder = PathBuf::from(folder);
    for round in 0.. {
        let mut store = Store::open(&folder.join("store")).expect("store");
        let source = folder.join(if round % 2 == 0 { "a" } else { "b" });
        add(&mut store, &source, UNVERIFIED).expect("added");
    }
}

#[test]
fn a_kill_leaves_the_store_as_it_was_or_complete() {
    let b = Bench::new();
    // Two sources with the same tables and other values.
    for (name, value) in [("a", 1), ("b", 2)] {
        let folder = b.folder.path().join(name);
        std::fs::create_dir(&folder).expect("folder");
        let rows: String = (0..3000)
            .map(|y| format!("{},{},{value},{value}\n", 1 + y % 900, 1500 + y / 900))
            .collect();
        std::fs::write(folder.join("cow_trade_sy.csv"), format!("{HEAD}{rows}")).expect("file");
        let rows: String = (0..3000)
            .map(|y| format!("{},{},{value}\n", 1 + y % 900, 1500 + y / 900))
            .collect();
        let head = "ccode,year,sum_igo_full,sum_igo_associate,sum_igo_observer,sum_igo_anytype\n";
        let rows = rows.replace(&format!(",{value}\n"), &format!(",{value},0,0,{value}\n"));
        std::fs::write(folder.join("cow_igo_sy.csv"), format!("{head}{rows}")).expect("file");
    }
    let mut seen = std::collections::BTreeSet::new();
    for kill in 0..25u64 {
        let mut child = std::process::Command::new(std::env::current_exe().expect("self"))
            .args(["--exact", "child_that_adds", "--nocapture"])
            .env("RAISON_TEST_KILL", b.folder.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("child");
        std::thread::sleep(std::time::Duration::from_millis(3 + kill * 7 % 60));
        child.kill().expect("kill");
        child.wait().expect("child");
        let store = b.store();
        let verdicts = store.verify();
        assert!(verdicts.iter().all(|v| v.fault.is_none()), "{verdicts:?}");
        let value = |table: &str, column: &str| -> Outcome<i32> {
            Ok(store
                .read(table, Some(&[column]))?
                .get(column)
                .and_then(|c| c.int(0))
                .unwrap_or(0))
        };
        if store.tables().count() > 0 {
            // Both tables are of one source: the index changed as a whole.
            let both = (
                value("cow_trade_sy", "imports").expect("a"),
                value("cow_igo_sy", "sum_igo_full").expect("b"),
            );
            assert_eq!(both.0, both.1);
            seen.insert(both.0);
        }
    }
    assert!(!seen.is_empty(), "the child never finished a round");
    // A last, unhurried run works on whatever the kills left.
    let mut store = b.store();
    add(&mut store, &b.folder.path().join("a"), UNVERIFIED).expect("added");
    assert_eq!(b.store().tables().count(), 2);
}
