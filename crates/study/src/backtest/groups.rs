//! Kinds of situation, and how well each lens does in them.

use super::bootstrap::{Paired, Resamples, Scored, paired, scored};
use super::metrics::{Outcome, Target};
use super::run::Forecasts;
use super::splits::Split;
use raison_core::record::Rows;
use std::collections::BTreeMap;

/// A kind of situation: how it is sorted, and the name of the sort.
pub const SORTS: [&str; 5] = ["regime", "threat", "decade", "mover", "trigger"];

/// The name of a row's kind.
pub fn kind(rows: &Rows, row: usize, sort: &str) -> &'static str {
    let get = |name: &str| {
        let column = rows.column(name);
        column
            .and_then(|c| rows.of(row).get(c))
            .copied()
            .unwrap_or(f64::NAN)
    };
    let first = |list: &[(&str, &'static str)], other| {
        list.iter()
            .find(|(name, _)| get(name) == 1.0)
            .map_or(other, |(_, word)| *word)
    };
    match sort {
        "regime" => first(
            &[("democracy", "democracy"), ("military_regime", "military")],
            "civil authoritarian",
        ),
        "threat" => first(
            &[
                ("threat_territory", "territory"),
                ("threat_grave", "damage or existence"),
                ("threat_influence", "influence"),
                ("threat_political", "regime"),
                ("threat_limited", "limited military"),
                ("threat_economic", "economy"),
            ],
            "other or not stated",
        ),
        "mover" => first(&[("first_mover", "nobody has moved")], "others have moved"),
        "trigger" => first(
            &[
                ("trigger_violent", "violent"),
                ("trigger_indirect", "indirect violent"),
            ],
            "not violent",
        ),
        _ => decade(rows.rows.get(row).map_or(0, |r| r.year)),
    }
}

fn decade(year: i32) -> &'static str {
    match year {
        ..1930 => "before 1930",
        1930..1940 => "1930s",
        1940..1950 => "1940s",
        1950..1960 => "1950s",
        1960..1970 => "1960s",
        1970..1980 => "1970s",
        1980..1990 => "1980s",
        1990..2000 => "1990s",
        _ => "from 2000",
    }
}

/// Scores of one lens on one kind of situation.
#[derive(Clone, Debug)]
pub struct GroupScore {
    /// Lens or baseline.
    pub lens: &'static str,
    /// Target.
    pub target: Target,
    /// Protocol.
    pub split: Split,
    /// `regime`, `threat` and so on.
    pub sort: &'static str,
    /// Which kind.
    pub kind: &'static str,
    /// Rows.
    pub n: usize,
    /// Scores with intervals.
    pub scored: Scored,
}

/// The lens with the least loss on one kind of situation; baselines and mixtures aside.
#[derive(Clone, Debug)]
pub struct Lead {
    /// Target.
    pub target: Target,
    /// Protocol.
    pub split: Split,
    /// `regime`, `threat` and so on.
    pub sort: &'static str,
    /// Which kind.
    pub kind: &'static str,
    /// Rows.
    pub n: usize,
    /// The best lens and its log loss.
    pub best: (&'static str, f64),
    /// The next one.
    pub next: &'static str,
    /// The best less the next.
    pub paired: Paired,
}

/// One kind of situation: the places of its rows in a list of forecasts.
pub(super) struct Sorted {
    sort: &'static str,
    kind: &'static str,
    places: Vec<usize>,
}

/// Forecasts by kind of situation; kinds with fewer than `smallest` rows are left out.
pub(super) fn sorted(list: &[Outcome], rows: &Rows, smallest: usize) -> Vec<Sorted> {
    let mut out = Vec::new();
    for sort in SORTS {
        let mut kinds: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
        for (place, o) in list.iter().enumerate() {
            let found = kinds.entry(kind(rows, o.row, sort)).or_default();
            found.push(place);
        }
        let large = kinds.into_iter().filter(|(_, p)| p.len() >= smallest);
        out.extend(large.map(|(kind, places)| Sorted { sort, kind, places }));
    }
    out
}

/// Every lens on every kind of situation, and which does best there. All lenses answer the
/// same rows in the same order; intervals use the draws of the whole study.
pub(super) fn scores(
    here: &[&Forecasts],
    target: Target,
    kinds: &[Sorted],
    resamples: &Resamples,
) -> (Vec<GroupScore>, Vec<Lead>) {
    let (mut groups, mut leads) = (Vec::new(), Vec::new());
    for k in kinds {
        let draws = resamples.of(&k.places);
        let own = |f: &Forecasts| -> Vec<Outcome> {
            let found = k.places.iter().filter_map(|at| f.list.get(*at));
            found.copied().collect()
        };
        let scores = here.iter().map(|f| GroupScore {
            lens: f.lens,
            target,
            split: f.split,
            sort: k.sort,
            kind: k.kind,
            n: k.places.len(),
            scored: scored(&own(f), target, &draws),
        });
        let scores: Vec<GroupScore> = scores.collect();
        leads.extend(lead(here, &scores, k, |a, b| {
            paired(&own(a), &own(b), target, &draws)
        }));
        groups.extend(scores);
    }
    (groups, leads)
}

fn lead(
    here: &[&Forecasts],
    scores: &[GroupScore],
    kind: &Sorted,
    against: impl Fn(&Forecasts, &Forecasts) -> Paired,
) -> Option<Lead> {
    let loss = |at: &usize| scores[*at].scored.log_loss.value;
    let simple = |at: &usize| !here[*at].baseline && !here[*at].mixture;
    let mut order: Vec<usize> = (0..here.len().min(scores.len())).filter(simple).collect();
    order.sort_by(|a, b| loss(a).total_cmp(&loss(b)));
    let [first, second, ..] = order[..] else {
        return None;
    };
    Some(Lead {
        target: scores[first].target,
        split: scores[first].split,
        sort: kind.sort,
        kind: kind.kind,
        n: kind.places.len(),
        best: (here[first].lens, loss(&first)),
        next: here[second].lens,
        paired: against(here[first], here[second]),
    })
}
