//! Who is a major power.

use super::{Facts, Values, put};
use std::collections::BTreeSet;

/// The floor that nine of ten major-power years reach, hazards above and below it, and what
/// a defeat by another does. Rates have half a case added.
pub fn fit(facts: &Facts, from: i32, out: &mut Values) {
    let mut shares: Vec<f64> = Vec::new();
    for year in 1817..from {
        let known = |s: i32| facts.cinc.get(&(s, year)).copied();
        let majors = facts
            .alive(year)
            .into_iter()
            .filter(|s| facts.major(*s, year));
        shares.extend(majors.filter_map(known));
    }
    shares.sort_by(f64::total_cmp);
    let Some(floor) = shares.get(shares.len() / 10).copied() else {
        return;
    };
    let beaten = beaten(facts, from);
    let (mut may, mut entered, mut low, mut left) = (0.0, 0.5, 0.0, 0.5);
    for year in 1817..from - 1 {
        for s in facts.alive(year) {
            let (Some(x), true) = (facts.cinc.get(&(s, year)), facts.member(s, year + 1)) else {
                continue;
            };
            match (facts.major(s, year), facts.major(s, year + 1)) {
                (false, next) if *x >= floor => {
                    may += 1.0;
                    entered += f64::from(u8::from(next));
                }
                (true, next) if *x < floor => {
                    low += 1.0;
                    let war = beaten.iter().any(|b| b.0 == s && (b.1 - year).abs() <= 1);
                    left += f64::from(u8::from(!next && !war));
                }
                _ => {}
            }
        }
    }
    put(out, "major.floor", floor);
    put(out, "major.enter", entered / f64::max(may, 1.0));
    put(out, "major.exit", left / f64::max(low, 1.0));
    let lost = beaten.iter().filter(|(s, year)| {
        (year - 1..=year + 1).any(|y| facts.major(*s, y) && !facts.major(*s, y + 1))
    });
    let all = beaten.len() as f64;
    put(
        out,
        "major.defeat",
        (lost.count() as f64 + 0.5) / (all + 1.0),
    );
}

/// Major powers that lost a war in which another fought against them, with the last year of
/// their part in it.
fn beaten(facts: &Facts, from: i32) -> BTreeSet<(i32, i32)> {
    let mut out = BTreeSet::new();
    for f in facts
        .fights
        .iter()
        .filter(|f| f.outcome == 2 && f.year < from)
    {
        let part = facts
            .fights
            .iter()
            .filter(|g| (g.war, g.state) == (f.war, f.state));
        let great = part
            .clone()
            .any(|g| facts.major(g.state, g.year) && facts.major(g.other, g.year));
        if let (true, Some(last)) = (great, part.map(|g| g.year).max().filter(|y| *y < from)) {
            out.insert((f.state, last));
        }
    }
    out
}
