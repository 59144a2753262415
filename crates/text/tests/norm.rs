//! The shipped norm group is what the coder gives now.

mod common;

use common::{Rows, shared};
use raison_text::profile::{FEWEST_WORDS, Profile, Scheme, Scorer, norm_of};
use std::collections::BTreeMap;

const FILE: &str = include_str!("../../../library/norms/us-presidents-raison.toml");

/// Mean and standard deviation in the line `NAME = { mean = …, sd = … }` of a section.
fn written(section: &str, name: &str) -> Option<(f64, f64)> {
    let from = FILE.find(&format!("[{section}]"))?;
    let mut lines = FILE.get(from..)?.lines();
    let line = lines.find(|l| l.starts_with(&format!("{name} = ")))?;
    let mut numbers = line
        .split(|c: char| !matches!(c, '0'..='9' | '.' | '-'))
        .filter_map(|n| n.parse::<f64>().ok().filter(|_| n.contains('.')));
    Some((numbers.next()?, numbers.next()?))
}

#[test]
fn the_norm_file_is_up_to_date() {
    let Some(folder) = shared("data/speeches") else {
        return;
    };
    let index = Rows::read(&folder.join("index.csv"));
    let scheme = Scheme::shipped(raison_text::names::Names::shipped().find("USA"));
    let mut scorer = Scorer::new(&scheme);
    let mut by_president = BTreeMap::new();
    for row in 0..index.len() {
        let text = std::fs::read_to_string(folder.join(index.get(row, "file"))).expect("readable");
        let list: &mut Vec<_> = by_president
            .entry(index.get(row, "president").to_string())
            .or_default();
        list.push(scorer.speech(&text));
    }
    let profiles: Vec<Profile> = by_president
        .values()
        .map(|s| Profile::new(s, 0, 1))
        .collect();
    let reliable = profiles.iter().filter(|p| p.total.words >= FEWEST_WORDS);
    let norm = norm_of("", "", &reliable.collect::<Vec<_>>());
    assert_eq!(norm.n, 31);
    let check = |section, names: &[&str], spreads: &[Option<raison_core::Spread>]| {
        for (name, spread) in names.iter().zip(spreads) {
            let (mean, sd) = written(section, name).expect("in the file");
            let s = spread.expect("defined");
            assert!(
                (s.mean - mean).abs() < 1e-6 && (s.sd - sd).abs() < 1e-6,
                "{name}: {s:?}, file {mean} {sd}"
            );
        }
    };
    check("indices", &raison_core::INDICES, &norm.indices);
    check("traits", &raison_core::TRAITS, &norm.traits);
}
