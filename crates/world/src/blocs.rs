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
    /// states' luck.
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
        for members in cliques(n, |i, j| stated[i * n + j] != 0) {
            out.cover(&stated, keys, members);
        }
        out
    }

    /// Makes one pact of several out of what binds its members in pairs.
    fn cover(&mut self, stated: &[u8], keys: &[u64], members: Vec<u16>) {
        let n = keys.len();
        let mut common = u8::MAX;
        for (k, i) in members.iter().enumerate() {
            for j in &members[k + 1..] {
                common &= stated[*i as usize * n + *j as usize];
            }
        }
        for i in &members {
            for j in &members {
                self.bilateral[*i as usize * n + *j as usize] = 0;
            }
        }
        let key = members
            .iter()
            .fold(0, |k, i| luck::ordered(k, keys[*i as usize]));
        self.blocs.push(Bloc {
            id: self.blocs.len() as u32 + 1,
            key,
            members,
            bits: if common == 0 { CONSULT } else { common },
        });
    }
}

/// Covers the pacts of a network by groups of at least four in which everyone is tied to
/// everyone: greedily, from the state with the most uncovered ties, each time adding the
/// state that keeps the most candidates. What is left over are pacts of two.
pub fn cliques(n: usize, tied: impl Fn(usize, usize) -> bool) -> Vec<Vec<u16>> {
    let near: Vec<Vec<usize>> = (0..n)
        .map(|i| (0..n).filter(|j| *j != i && tied(i, *j)).collect())
        .collect();
    let mut free: Vec<Vec<bool>> = (0..n)
        .map(|i| (0..n).map(|j| near[i].binary_search(&j).is_ok()).collect())
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
        assert_eq!(cliques(9, tied), [vec![0, 1, 2, 3, 4], vec![4, 5, 6, 7]]);
        assert!(cliques(9, |i, j| i == 0 || j == 0).is_empty());
        assert!(cliques(0, |_, _| true).is_empty());
    }
}
