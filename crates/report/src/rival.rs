//! How far a second coder agrees, in words.

use crate::figures::{count, percent, whole};
use crate::view::Rival;
use raison_study::compare::Alike;

/// Agreement over what both state and over what either states.
pub(crate) fn agreement(rival: &Rival<'_>) -> String {
    let a = rival.agreement;
    let share = |of: usize| percent(a.overlapping as f64 / of.max(1) as f64);
    format!(
        "Of {} that either coder states both state {}. The stated ranges of {} overlap: {} % of \
         those that both state, {} % of all. Central values of those that both state lie {} % \
         of an input's domain apart on average.",
        count(a.either(), "input", "inputs"),
        whole(a.shared),
        whole(a.overlapping),
        share(a.shared),
        share(a.either()),
        percent(a.mean_distance),
    )
}

/// What is said where no single difference changes a lead.
pub(crate) fn nothing(rival: &Rival<'_>) -> &'static str {
    match rival.agreement.same_sets() {
        true => {
            "Nothing hangs on any single difference: putting the second coder's value of one \
             input into the first coding changes no lens's lead."
        }
        false => {
            "No single number that both state changes a lens's lead when the second coder's \
             value is put into the first coding. What hangs on the alternatives and criteria \
             that only one of them has is not tested."
        }
    }
}

/// How the leading alternatives of two codings compare.
pub(crate) enum Verdict {
    Neither,
    Agree,
    /// They may be one alternative under two ids.
    Perhaps,
    Differ,
}

/// Compares what leads in the first and in the second coding.
pub(crate) fn verdict(rival: &Rival<'_>, first: Option<&str>, second: Option<&str>) -> Verdict {
    let alike = |a: &Alike| Some(a.first.as_str()) == first && Some(a.second.as_str()) == second;
    match (first, second) {
        (None, None) => Verdict::Neither,
        (a, b) if a == b => Verdict::Agree,
        _ if rival.agreement.alike.iter().any(alike) => Verdict::Perhaps,
        _ => Verdict::Differ,
    }
}

/// Alternatives that may be one under two ids, in words.
pub(crate) fn alike(rival: &Rival<'_>) -> Vec<String> {
    let one = |a: &Alike| {
        format!(
            "`{}` and `{}` state the same value for {} of {}: perhaps one alternative under two \
             ids. Give both the same id to compare them.",
            a.first,
            a.second,
            whole(a.same),
            count(a.of, "number", "numbers")
        )
    };
    rival.agreement.alike.iter().map(one).collect()
}
