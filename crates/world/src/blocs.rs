//! Pacts at the start of a world, and pacts of several in a network of pacts between two.

use crate::luck;
use crate::snapshot::{Bloc, CONSULT, DEFENCE, OFFENCE, PEACEFUL};
use raison_core::world::{Layer, Obligations, World};

/// Fewest members of a pact of several.
pub const FEWEST: usize = 4;

/// The pacts with which a world begins: they are certain, so they are found once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beginning {
    /// Pacts of two, `n × n`, symmetrical: bits.
    pub bilateral: Vec<u8>,
    /// Pacts of several, with numbers from 1.
    pub blocs: Vec<Bloc>,
}

fn bits(o: Obligations) -> u8 {
    u8::from(o.defence) * DEFENCE
        + u8::from(o.offence) * OFFENCE
        + u8::from(o.neutrality || o.nonaggression) * PEACEFUL
        + u8::from(o.consultation) * CONSULT
}

impl Beginning {
    /// Finds the pacts of several among those stated between two; `keys` are those of the
    /// states' luck. A group has the obligations that all its pairs have; what a pair has
    /// beyond them stays a pact of two, so that the pacts of the start are those that the
    /// world states.
    pub fn new(world: &World, keys: &[u64]) -> Beginning {
        let n = keys.len();
        let mut stated = vec![0u8; n * n];
        for tie in world.ties.iter().filter(|t| t.layer == Layer::Alliance) {
            let bits = bits(tie.obligations);
            for at in [tie.from * n + tie.to, tie.to * n + tie.from] {
                stated[at] |= bits;
            }
        }
        let mut out = Beginning {
            bilateral: stated.clone(),
            blocs: Vec::new(),
        };
        let defends = |i: usize, j: usize| stated[i * n + j] & DEFENCE != 0;
        let tied = |i: usize, j: usize| stated[i * n + j] != 0;
        for (members, _) in layers(n, defends, tied) {
            out.cover(&stated, keys, members);
        }
        out
    }

    /// Makes one pact of several out of what binds its members in pairs.
    fn cover(&mut self, stated: &[u8], keys: &[u64], members: Vec<u16>) {
        let n = keys.len();
        let pairs = || {
            let places = members.iter().map(|i| *i as usize);
            let others = places.clone();
            places.flat_map(move |i| others.clone().map(move |j| (i, j)))
        };
        let apart = || pairs().filter(|(i, j)| i != j);
        let bits = apart().fold(u8::MAX, |bits, (i, j)| bits & stated[i * n + j]);
        if bits == 0 {
            return;
        }
        for (i, j) in apart() {
            self.bilateral[i * n + j] &= !bits;
        }
        self.blocs.push(Bloc {
            id: self.blocs.len() as u32 + 1,
            key: self.key(keys, &members, bits),
            members,
            bits,
        });
    }

    /// Luck of a pact of several of the start: of its member with the least key, what it
    /// obliges to, and how many such pacts that member has already. It does not hang on
    /// the other members, so that one who is removed leaves it alone.
    fn key(&self, keys: &[u64], members: &[u16], bits: u8) -> u64 {
        let least = |m: &[u16]| m.iter().map(|i| keys[*i as usize]).min();
        let own = least(members);
        let alike = |b: &&Bloc| b.bits == bits && least(&b.members) == own;
        let before = self.blocs.iter().filter(alike).count() as u64;
        luck::ordered(own.unwrap_or(0), before << 8 | u64::from(bits))
    }
}

/// Pacts of several among `n` states, the closest first: groups that are obliged to defend
/// each other (`defends`), then looser ones over whatever pacts are left (`tied`), so that
/// a wide pact to consult does not hide the narrow one to defend within it. `true` marks
/// the groups of the first kind. What no group covers is a pact of two.
pub fn layers(
    n: usize,
    defends: impl Fn(usize, usize) -> bool,
    tied: impl Fn(usize, usize) -> bool,
) -> Vec<(Vec<u16>, bool)> {
    let close = cliques(n, &defends, &defends);
    let mut covered = vec![false; n * n];
    for group in &close {
        for i in group {
            for j in group {
                covered[*i as usize * n + *j as usize] = true;
            }
        }
    }
    let open = |i: usize, j: usize| tied(i, j) && !covered[i * n + j];
    let wide = cliques(n, &tied, open);
    let close = close.into_iter().map(|g| (g, true));
    close.chain(wide.into_iter().map(|g| (g, false))).collect()
}

/// Covers the pacts that are `open` by groups of at least four in which everyone is
/// `tied` to everyone: greedily, from the state with the most open ties, each time adding
/// the state that keeps the most candidates.
fn cliques(
    n: usize,
    tied: impl Fn(usize, usize) -> bool,
    open: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<u16>> {
    let near: Vec<Vec<usize>> = (0..n)
        .map(|i| (0..n).filter(|j| *j != i && tied(i, *j)).collect())
        .collect();
    let mut free: Vec<Vec<bool>> = (0..n)
        .map(|i| (0..n).map(|j| i != j && open(i, j)).collect())
        .collect();
    let mut spent = vec![false; n];
    let mut out = Vec::new();
    loop {
        let open = |i: usize| free[i].iter().filter(|x| **x).count();
        let start = (0..n)
            .filter(|i| !spent[*i] && open(*i) + 1 >= FEWEST)
            .max_by_key(|i| (open(*i), std::cmp::Reverse(*i)));
        let Some(start) = start else { return out };
        let group = grow(start, &near, &free[start]);
        if group.len() < FEWEST {
            spent[start] = true;
            continue;
        }
        for i in &group {
            for j in &group {
                free[*i][*j] = false;
            }
        }
        out.push(group.into_iter().map(|i| i as u16).collect());
    }
}

/// A group around a state, in order of index: it begins with an uncovered tie.
fn grow(start: usize, near: &[Vec<usize>], free: &[bool]) -> Vec<usize> {
    let shared = |a: &[usize], b: &[usize]| -> Vec<usize> {
        a.iter()
            .copied()
            .filter(|x| b.binary_search(x).is_ok())
            .collect()
    };
    let mut group = vec![start];
    let mut candidates: Vec<usize> = near[start].iter().copied().filter(|j| free[*j]).collect();
    while !candidates.is_empty() {
        let best = candidates
            .iter()
            .map(|c| (shared(&candidates, &near[*c]), *c))
            .max_by_key(|(rest, c)| (rest.len(), std::cmp::Reverse(*c)));
        let Some((rest, c)) = best else { break };
        group.push(c);
        candidates = rest;
    }
    group.sort_unstable();
    group
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_groups_with_one_common_member_are_found_and_a_star_is_none() {
        let (a, b) = ([0, 1, 2, 3, 4], [4, 5, 6, 7]);
        let tied = |i: usize, j: usize| {
            [&a[..], &b[..]]
                .iter()
                .any(|g| g.contains(&i) && g.contains(&j))
        };
        let groups = [vec![0, 1, 2, 3, 4], vec![4, 5, 6, 7]];
        assert_eq!(cliques(9, tied, tied), groups);
        let star = |i: usize, j: usize| i == 0 || j == 0;
        assert!(cliques(9, star, star).is_empty());
        assert!(cliques(0, |_, _| true, |_, _| true).is_empty());
    }

    #[test]
    fn a_wide_pact_does_not_hide_the_one_to_defend_within_it() {
        let defends = |i: usize, j: usize| i < 4 && j < 4;
        let found = layers(8, defends, |_, _| true);
        let all: Vec<u16> = (0..8).collect();
        assert_eq!(found, [(vec![0, 1, 2, 3], true), (all, false)]);
    }
}
