//! Pacts of several in a network of pacts between two.

/// Fewest members of a pact of several.
pub const FEWEST: usize = 4;

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
