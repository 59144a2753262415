//! The procedural model: an agenda setter proposes, a qualified majority disposes.

use crate::error::{finite, length, not_negative};
use crate::{Error, Result};

/// How many votes a proposal needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quota {
    /// More than half of all votes.
    Majority,
    /// At least this share of all votes, above 0 and at most 1.
    Share(f64),
    /// At least this many votes.
    Votes(f64),
}

/// What the procedure leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct Procedure {
    /// The outcome, on the scale of the positions.
    pub point: f64,
    /// Whether a proposal passes; where not, `point` is the reference point.
    pub passes: bool,
    /// Votes for the outcome against the reference point.
    pub votes: f64,
    /// Votes needed.
    pub needed: f64,
    /// The actors who vote for it.
    pub supporters: Vec<usize>,
    /// The actor whose acceptance limits the proposal, where the setter cannot have its
    /// own position.
    pub pivot: Option<usize>,
}

/// The agenda-setter model on one issue.
///
/// Actors prefer nearer points and accept a proposal that is at least as near as the
/// reference point. The setter proposes the point nearest to its own position among
/// those that gather the quota; its own votes count.
///
/// Domain: votes 0 or more, one per actor; `setter` an index.
///
/// Source: Romer & Rosenthal 1978; Steunenberg 1994; Tsebelis 2002.
///
/// # Errors
/// Empty or unequal lists, numbers not finite, negative votes, no votes at all, a setter
/// who is not in the list, a share outside 0..=1.
pub fn procedural(
    positions: &[f64],
    votes: &[f64],
    setter: usize,
    reference: f64,
    quota: Quota,
) -> Result<Procedure> {
    let needed = check(positions, votes, setter, reference, quota)?;
    let ideal = positions[setter];
    // Seen from the reference point towards the setter.
    let way = if ideal >= reference { 1.0 } else { -1.0 };
    let wish = (ideal - reference).abs();
    // How far each would go along at most: twice the way to its own position.
    let mut limits: Vec<(f64, usize)> = positions
        .iter()
        .enumerate()
        .map(|(i, x)| (2.0 * way * (x - reference), i))
        .collect();
    limits.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut gathered = 0.0;
    let mut reach = None;
    for &(limit, i) in &limits {
        gathered += votes[i];
        if enough(gathered, needed, quota) {
            reach = Some((limit, i));
            break;
        }
    }
    let (step, pivot) = match reach {
        Some((limit, _)) if limit >= wish => (wish, None),
        Some((limit, i)) if limit > 0.0 => (limit, Some(i)),
        _ => (0.0, None),
    };
    let supporters: Vec<usize> = (0..positions.len())
        .filter(|&i| step > 0.0 && 2.0 * way * (positions[i] - reference) >= step)
        .collect();
    Ok(Procedure {
        point: reference + way * step,
        passes: step > 0.0,
        votes: supporters.iter().map(|i| votes[*i]).sum(),
        needed,
        supporters,
        pivot,
    })
}

fn enough(gathered: f64, needed: f64, quota: Quota) -> bool {
    let slack = 1e-12 * needed;
    match quota {
        Quota::Majority => gathered > needed + slack,
        _ => gathered >= needed - slack,
    }
}

fn check(
    positions: &[f64],
    votes: &[f64],
    setter: usize,
    reference: f64,
    quota: Quota,
) -> Result<f64> {
    let total = super::check_weights(votes, positions)?;
    length("votes", positions.len(), votes.len())?;
    finite("the reference point", &[reference])?;
    if setter >= positions.len() {
        return Err(Error::Structure(
            "the agenda setter is not an actor".to_owned(),
        ));
    }
    let needed = match quota {
        Quota::Majority => total / 2.0,
        Quota::Share(share) => share * total,
        Quota::Votes(count) => count,
    };
    not_negative("the quota", &[needed])?;
    match quota {
        Quota::Share(share) if !(share > 0.0 && share <= 1.0) => Err(Error::OutOfRange {
            what: "the quota",
            index: 0,
            value: share,
            domain: "above 0 and at most 1",
        }),
        _ => Ok(needed),
    }
}
