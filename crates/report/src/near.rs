//! How clear a lead is, and whether the central values agree with the draws.

use crate::figures::number;
use crate::view::{View, letter};
use raison_study::{Answer, SweepRow};

/// Alternatives whose mean probability lies this near to the highest are nearly tied with
/// the one that leads.
pub(crate) const NEAR: f64 = 0.02;

/// An alternative that leads in this share of draws is nearly tied with none.
const FIRM: f64 = 0.9;

/// Alternatives nearly tied with the one that leads: within [`NEAR`] of its mean
/// probability where that leads in less than [`FIRM`] of the draws, or leading in at least
/// as many draws. Those of the same rank are left
/// out. The nearest first.
pub(crate) fn near(a: &Answer) -> Vec<usize> {
    let share = |i: usize| a.leads.get(i).copied().unwrap_or(0.0);
    let tied = |i: usize| {
        (a.firmness < FIRM && behind(a, i) <= NEAR)
            || (share(i) > 0.0 && share(i) >= share(a.leading))
    };
    let mut out: Vec<usize> = (0..a.probabilities.len())
        .filter(|i| *i != a.leading && a.rank.get(*i) != Some(&1) && tied(*i))
        .collect();
    out.sort_by(|x, y| behind(a, *x).total_cmp(&behind(a, *y)));
    out
}

/// Alternatives exactly tied with the one that leads.
pub(crate) fn tied(a: &Answer) -> Vec<usize> {
    a.tied.iter().copied().filter(|i| *i != a.leading).collect()
}

/// The letter of what leads, with what is tied (`=`) or nearly tied (`≈`) with it.
pub(crate) fn headline(a: &Answer) -> String {
    let lead = letter(a.leading);
    match (tied(a).as_slice(), near(a).as_slice()) {
        ([], []) => lead,
        ([one], []) => format!("{lead}={}", letter(*one)),
        (_, []) => format!("{lead}=…"),
        ([], [one]) => format!("{lead}≈{}", letter(*one)),
        _ => format!("{lead}≈…"),
    }
}

/// How far the mean probability of an alternative lies behind that of the leading one.
pub(crate) fn behind(a: &Answer, index: usize) -> f64 {
    let p = |i: usize| a.probabilities.get(i).copied().unwrap_or(0.0);
    p(a.leading) - p(index)
}

/// Alternatives that are nearly tied with what leads, and by how much.
pub(crate) fn close(view: &View<'_>, a: &Answer) -> String {
    let one = |i: usize| {
        let share = a.leads.get(i).copied().unwrap_or(0.0);
        let more = match share > a.firmness {
            true => ", though ahead in more draws",
            false => "",
        };
        let points = number((1000.0 * behind(a, i)).round() / 10.0);
        format!("{} ({points} points behind{more})", view.name(i))
    };
    near(a).into_iter().map(one).collect::<Vec<_>>().join(", ")
}

/// What leads at the central values, where reasons, flips and the sweep start.
pub(crate) fn central(view: &View<'_>, a: &Answer) -> usize {
    let situation = &view.case.question.situation;
    situation.leading(&a.central.probabilities)
}

/// What leads at the central values, where it is not what leads over the draws.
pub(crate) fn differs(view: &View<'_>, a: &Answer) -> Option<usize> {
    let central = central(view, a);
    let known = !a.central.probabilities.is_empty();
    (known && central != a.leading).then_some(central)
}

/// What the rows of a sweep have in common, compared with what leads over the draws.
pub(crate) fn swept(rows: &[SweepRow], headline: usize, name: &dyn Fn(usize) -> String) -> String {
    let mut leads = rows.iter().map(|r| r.leading);
    let first = leads.next().unwrap_or(headline);
    let same = leads.all(|l| l == first);
    match (same, first == headline) {
        (true, true) => "the same leads throughout".to_owned(),
        (true, false) => format!(
            "{} leads throughout at the central values, where over the draws {} does",
            name(first),
            name(headline)
        ),
        (false, _) => format!(
            "the lead changes with it (over the draws {} leads)",
            name(headline)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(value: f64, probabilities: [f64; 2]) -> SweepRow {
        let leading = usize::from(probabilities[1] > probabilities[0]);
        SweepRow {
            parameter: "precision",
            value,
            probabilities: probabilities.to_vec(),
            leading,
        }
    }

    #[test]
    fn a_sweep_is_compared_with_the_headline() {
        let name = |i: usize| ["A", "B"][i].to_owned();
        let rows = [row(1.0, [0.6, 0.4]), row(2.0, [0.7, 0.3])];
        assert_eq!(swept(&rows, 0, &name), "the same leads throughout");
        assert!(swept(&rows, 1, &name).contains("over the draws B does"));
        let rows = [row(1.0, [0.6, 0.4]), row(2.0, [0.3, 0.7])];
        assert!(swept(&rows, 0, &name).contains("changes with it"));
    }
}
