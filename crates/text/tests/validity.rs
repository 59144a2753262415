//! How well the coder agrees with PsyCL (Profiler Plus) on presidents whose texts played no
//! part in choosing its rules.
//!
//! The split is mechanical: presidents in the order of their first speech in
//! `data/speeches/index.csv`; the first, third, fifth … were used to train the tagger and
//! to choose lexicon and rules, the second, fourth, sixth … are held back. Only the latter
//! are scored here. "Same text" are those whose words in the shared speeches are 0.8 to
//! 1.25 times the words that PsyCL scored; for the others PsyCL read many more speeches, so
//! their figure mixes coder and corpus.

mod common;

use common::{Rows, shared};
use raison_text::profile::{Profile, Scheme, Scorer, SpeechCounts};
use std::collections::BTreeMap;
use std::path::Path;

struct President {
    name: String,
    files: Vec<String>,
}

fn presidents(index: &Rows) -> Vec<President> {
    let mut rows: Vec<usize> = (0..index.len()).collect();
    rows.sort_by_key(|&r| index.get(r, "date").to_string());
    let mut out: Vec<President> = Vec::new();
    for r in rows {
        let name = index.get(r, "psycl_name").to_string();
        let file = index.get(r, "file").to_string();
        match out.iter_mut().find(|p| p.name == name) {
            Some(p) => p.files.push(file),
            None if name.is_empty() => {}
            None => out.push(President {
                name,
                files: vec![file],
            }),
        }
    }
    out
}

fn score(scorer: &mut Scorer<'_>, folder: &Path, president: &President) -> Profile {
    let speech = |file: &String| {
        let text = std::fs::read_to_string(folder.join(file)).expect("readable");
        scorer.speech(&text)
    };
    let speeches: Vec<SpeechCounts> = president.files.iter().map(speech).collect();
    Profile::new(&speeches, 0, 1)
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let mx = pairs.iter().map(|p| p.0).sum::<f64>() / n;
    let my = pairs.iter().map(|p| p.1).sum::<f64>() / n;
    let s = |f: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(f).sum::<f64>();
    let sxy = s(&|p| (p.0 - mx) * (p.1 - my));
    let sxx = s(&|p| (p.0 - mx).powi(2));
    let syy = s(&|p| (p.1 - my).powi(2));
    sxy / (sxx * syy).sqrt()
}

/// 95 % percentile interval over leaders drawn with replacement.
fn interval(pairs: &[(f64, f64)]) -> (f64, f64) {
    let mut stream = raison_core::draws::Stream::new(1, "validity", 0);
    let mut draw = || {
        let pick = |_| pairs[(stream.uniform() * pairs.len() as f64) as usize];
        let drawn: Vec<(f64, f64)> = (0..pairs.len()).map(pick).collect();
        correlation(&drawn)
    };
    let mut rs: Vec<f64> = (0..2000).map(|_| draw()).filter(|r| r.is_finite()).collect();
    rs.sort_by(f64::total_cmp);
    (rs[rs.len() / 40], rs[rs.len() * 39 / 40])
}

#[test]
fn agreement_with_psycl_on_held_back_presidents() {
    let (Some(folder), Some(psycl)) = (
        shared("data/speeches"),
        shared("data/psycl/leader_opcode.csv"),
    ) else {
        return;
    };
    let index = Rows::read(&folder.join("index.csv"));
    let published = Rows::read(&psycl);
    let lta = Rows::read(&psycl.with_file_name("leader_lta.csv"));
    let scheme = Scheme::shipped(raison_text::names::Names::shipped().find("USA"));
    let mut scorer = Scorer::new(&scheme);
    // RAISON_VALIDITY_SET=tuning prints the figures of the half that rules were chosen on
    let tuning = std::env::var("RAISON_VALIDITY_SET").is_ok_and(|v| v == "tuning");
    let first = usize::from(!tuning);
    let held_back = presidents(&index).into_iter().skip(first).step_by(2);
    let mut by_set: BTreeMap<(&str, String), Vec<(f64, f64)>> = BTreeMap::new();
    for president in held_back {
        let row = |rows: &Rows| (0..rows.len()).find(|&r| rows.get(r, "name") == president.name);
        let (Some(op), Some(traits)) = (row(&published), row(&lta)) else {
            continue;
        };
        let profile = score(&mut scorer, &folder, &president);
        let ratio = profile.total.words as f64 / published.number(op, "Word Count");
        let set = if (0.8..1.25).contains(&ratio) {
            "same text"
        } else {
            "other text"
        };
        let mut add = |name: &str, ours: Option<f64>, theirs: f64| {
            let pair = (ours.expect("defined"), theirs);
            let list = by_set.entry((set, name.to_string())).or_default();
            list.push(pair);
            by_set.entry(("all", name.to_string())).or_default().push(pair);
        };
        for (k, name) in raison_core::INDICES.iter().enumerate().take(8) {
            let theirs = published.number(op, &name.to_lowercase());
            add(name, profile.indices.values()[k], theirs);
        }
        for (k, name) in raison_core::TRAITS.iter().enumerate() {
            let column = ["bace", "power", "sc", "cc", "task", "igb", "distrust"][k];
            add(name, profile.traits[k], lta.number(traits, column));
        }
    }
    let mut r_of = BTreeMap::new();
    for ((set, name), pairs) in &by_set {
        let (low, high) = interval(pairs);
        let r = correlation(pairs);
        let mean = |f: fn(&(f64, f64)) -> f64| pairs.iter().map(f).sum::<f64>() / pairs.len() as f64;
        println!(
            "{set:10} {name:5} n={:2} r={r:+.2} [{low:+.2}, {high:+.2}] mean {:.3} (PsyCL {:.3})",
            pairs.len(),
            mean(|p| p.0),
            mean(|p| p.1)
        );
        r_of.insert((*set, name.as_str()), r);
    }
    assert!(r_of[&("same text", "P4")] > 0.5, "the coder has come apart");
    assert!(r_of[&("same text", "P1")] > 0.5, "the coder has come apart");
}
