//! Third states that join disputes (Siverson & Starr 1991: opportunity and willingness).

use super::dispute::far;
use super::{Decisions, Setting};
use crate::luck::{Purpose, ordered};
use crate::params::Params;
use crate::snapshot::{DEFENCE, Snapshot};
use crate::system::logistic;

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
/// lets through by number and chance: sides are drawn for them only. Wars have a logit of
/// their own: a defence pact with the target counts apart from one with the initiator, since
/// only the first is called upon, and states far away seldom come.
pub(super) fn all<'s>(
    set: &'s Setting<'_>,
    s: &'s Snapshot,
    (i, j): (u16, u16),
    war: bool,
    asks: impl Fn(usize, f64) -> bool + 's,
) -> impl Iterator<Item = Third> + 's {
    let n = set.system.n;
    // Rows of the two in dispute, which lie together: pacts and borders are of both sides.
    let row = move |with: u16| with as usize * n..(with as usize + 1) * n;
    let (allies, foes) = (&s.pact[row(i)], &s.pact[row(j)]);
    let (here, there) = (&set.system.border[row(i)], &set.system.border[row(j)]);
    let luck = set.luck.year(Purpose::JoinSide, set.year);
    let luck_key = ordered(set.system.keys[i as usize], set.system.keys[j as usize]);
    let below = below_war(set.params);
    (0..n)
        .filter(move |k| *k != i as usize && *k != j as usize && s.share[*k] > 0.0)
        .filter_map(move |k| {
            let at = Place {
                pacts: [allies[k] & DEFENCE != 0, foes[k] & DEFENCE != 0],
                near: here[k] || there[k],
                major: s.major[k],
            };
            let km = |with: u16| set.system.km(k, with as usize);
            let chance = match war {
                true => at.war(set.params, km(i).min(km(j))),
                false => below[at.cell()],
            };
            if !asks(k, chance) {
                return None;
            }
            let u = luck.uniform(ordered(set.system.keys[k], luck_key));
            Some(Third {
                state: k as u16,
                chance,
                with_first: at.with_first(set.params, war, u),
            })
        })
}

/// What a third state has to do with a dispute.
struct Place {
    /// Defence pact with the one who began, and with the target.
    pacts: [bool; 2],
    near: bool,
    major: bool,
}

fn yes(x: bool) -> f64 {
    f64::from(u8::from(x))
}

/// Chances to join below war, by [`Place::cell`].
fn below_war(p: &Params) -> [f64; 8] {
    std::array::from_fn(|c| {
        let bit = |b: usize| yes(c & b != 0);
        logistic(
            p.join_constant()
                + p.join_ally() * bit(1)
                + p.join_neighbour() * bit(2)
                + p.join_major() * bit(4),
        )
    })
}

impl Place {
    /// An ally of one of the two only.
    fn one(&self) -> bool {
        self.pacts[0] != self.pacts[1]
    }

    fn cell(&self) -> usize {
        usize::from(self.one()) + 2 * usize::from(self.near) + 4 * usize::from(self.major)
    }

    /// Chance to enter a war.
    fn war(&self, p: &Params, km: f64) -> f64 {
        let pact = match self.pacts {
            [false, false] => 0.0,
            [true, false] => p.enter_initiator(),
            [false, true] => p.enter_target(),
            [true, true] => p.enter_both(),
        };
        logistic(
            p.enter_constant()
                + pact
                + p.enter_neighbour() * yes(self.near)
                + p.enter_major() * yes(self.major)
                + p.enter_distance() * far(km),
        )
    }

    /// Whether it would be with the one who began, by an even draw.
    fn with_first(&self, p: &Params, war: bool, u: f64) -> bool {
        match (war, self.pacts) {
            (false, [first, _]) if self.one() => first == (u < p.join_loyal()),
            (false, _) => u >= p.join_defender(),
            (true, [false, true]) => u >= p.enter_loyal(),
            (true, [true, false]) => u < p.enter_accomplice(),
            (true, _) => u >= p.enter_defender(),
        }
    }
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
        if set.explain {
            let why = super::told::third(set, s, t.state, (i, j), t.chance);
            d.why.push((t.state, foe, why));
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
