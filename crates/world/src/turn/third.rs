//! Third states that join disputes (Siverson & Starr 1991: opportunity and willingness).

use super::{Decisions, Setting};
use crate::luck::{Purpose, ordered};
use crate::snapshot::{DEFENCE, Snapshot};

/// Odds that a third state joins, by what it has to do with the dispute.
#[derive(Clone, Copy, Debug)]
pub(super) struct Third {
    /// The state.
    pub state: u16,
    /// Chance to join.
    pub chance: f64,
    /// Whether it would be with the side of the one who began.
    pub with_first: bool,
}

/// Third states that can join a dispute of `i`, who began, with `j`, of those whom `asks`
/// lets through by number and chance: sides are drawn for them only.
pub(super) fn all<'s>(
    set: &'s Setting<'_>,
    s: &'s Snapshot,
    (i, j): (u16, u16),
    war: bool,
    asks: impl Fn(usize, f64) -> bool + 's,
) -> impl Iterator<Item = Third> + 's {
    let p = set.params;
    let base = p.join_constant() + if war { p.join_war() } else { 0.0 };
    let n = set.system.n;
    // Rows of the two in dispute, which lie together: pacts and borders are of both sides.
    let row = move |with: u16| with as usize * n..(with as usize + 1) * n;
    let (allies, foes) = (&s.pact[row(i)], &s.pact[row(j)]);
    let (here, there) = (&set.system.border[row(i)], &set.system.border[row(j)]);
    let luck = set.luck.year(Purpose::JoinSide, set.year);
    let luck_key = ordered(set.system.keys[i as usize], set.system.keys[j as usize]);
    let chances: [f64; 8] = std::array::from_fn(|c| {
        let yes = |bit: usize| f64::from(u8::from(c & bit != 0));
        let z =
            base + p.join_ally() * yes(1) + p.join_neighbour() * yes(2) + p.join_major() * yes(4);
        1.0 / (1.0 + (-z).exp())
    });
    (0..n)
        .filter(move |k| *k != i as usize && *k != j as usize && s.share[*k] > 0.0)
        .filter_map(move |k| {
            let (first, second) = (allies[k] & DEFENCE != 0, foes[k] & DEFENCE != 0);
            let one = first != second;
            let border = here[k] || there[k];
            let chance =
                chances[usize::from(one) + 2 * usize::from(border) + 4 * usize::from(s.major[k])];
            if !asks(k, chance) {
                return None;
            }
            let u = luck.uniform(ordered(set.system.keys[k], luck_key));
            let with_first = if one {
                first == (u < p.join_loyal())
            } else {
                u >= p.join_defender()
            };
            Some(Third {
                state: k as u16,
                chance,
                with_first,
            })
        })
}

/// Joiners of a dispute below war, without asking a lens: a threat or a show of force to
/// share is not laid out as a question.
pub(super) fn join(
    set: &Setting<'_>,
    s: &Snapshot,
    (i, j): (u16, u16),
    level: u8,
    d: &mut Decisions,
) {
    let luck = set.luck.year(Purpose::Third, set.year);
    let key = ordered(set.system.keys[i as usize], set.system.keys[j as usize]);
    let (mut ours, mut theirs) = (vec![i], vec![j]);
    let keys = &set.system.keys;
    let asks = move |k: usize, chance: f64| luck.uniform(ordered(keys[k], key)) < chance;
    for t in all(set, s, (i, j), false, asks) {
        let (friend, foe) = if t.with_first { (i, j) } else { (j, i) };
        if s.at_war(t.state, friend) || taken(s, t.state, foe) {
            continue;
        }
        match t.with_first {
            true => ours.push(t.state),
            false => theirs.push(t.state),
        }
    }
    let before = d.joined.len();
    spread(&ours, &theirs, level, d);
    let joined = d.joined.split_off(before).into_iter();
    d.joined
        .extend(joined.filter(|(a, b, _)| !taken(s, *a, *b)));
}

/// Two who fight each other, or side by side, begin no dispute.
pub(super) fn taken(s: &Snapshot, i: u16, j: u16) -> bool {
    s.at_war(i, j) || s.beside(i, j)
}

/// Every joiner is in dispute with everyone on the other side.
pub(super) fn spread(ours: &[u16], theirs: &[u16], level: u8, d: &mut Decisions) {
    for (x, a) in ours.iter().enumerate() {
        for (y, b) in theirs.iter().enumerate().filter(|(y, _)| x + y > 0) {
            // The originator of a side is told as the other one.
            let (k, with) = if x > 0 || y == 0 { (*a, *b) } else { (*b, *a) };
            d.joined.push((k, with, level));
        }
    }
}
