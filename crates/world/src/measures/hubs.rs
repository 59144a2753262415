//! Dependence and autonomy in the layers of shares: direct, and through hubs.
//!
//! Weaponised interdependence (Farrell & Newman 2019): what matters is what a state loses
//! when one hub state closes its hub.

use crate::snapshot::Link;

/// The direct share of one partner.
pub fn direct(links: &[Link], on: u16) -> f64 {
    let to = links.iter().filter(|l| l.to == on);
    to.fold(0.0, |sum, l| sum + l.share)
}

/// The largest direct share of any one partner.
pub fn most_direct(links: &[Link]) -> f64 {
    links
        .iter()
        .map(|l| direct(links, l.to))
        .fold(0.0, f64::max)
}

/// 1 - Herfindahl index of the direct shares of all partners.
pub fn spread(links: &[Link]) -> f64 {
    let first = |at: usize| links[..at].iter().all(|l| l.to != links[at].to);
    let partners = (0..links.len()).filter(|at| first(*at));
    super::diversification(partners.map(|at| direct(links, links[at].to)))
}

/// What is lost where one state closes: links to it and links through it. No other link
/// takes over, so this is an upper bound.
pub fn lost(links: &[Link], closes: u16) -> f64 {
    closed(links, |k| k == closes)
}

/// The same where several states close: a link that two of them close is lost once.
pub fn closed(links: &[Link], closes: impl Fn(u16) -> bool) -> f64 {
    let hit = |l: &&Link| closes(l.to) || l.through.iter().any(|k| closes(*k));
    links.iter().filter(hit).fold(0.0, |sum, l| sum + l.share)
}

/// The most that a single other state can close, and who: dependence. 0 where there is
/// no link. Of two that can close as much, the one with the lower key counts: keys, not
/// places in a list, so that the order of states never matters.
pub fn worst(links: &[Link], key: impl Fn(u16) -> u64) -> (f64, Option<u16>) {
    let mut best: (f64, Option<u16>) = (0.0, None);
    for who in links.iter().flat_map(|l| l.through.iter().chain([&l.to])) {
        let x = lost(links, *who);
        let first = |other: u16| key(*who) < key(other);
        if x > best.0 || (x == best.0 && best.1.is_some_and(first)) {
            best = (x, Some(*who));
        }
    }
    best
}

/// How much each state can close of a layer, summed over all who have links in it; the sum
/// over states can exceed what there is, as a link passes through several.
pub fn hold(layer: &[Vec<Link>], n: usize) -> Vec<f64> {
    let mut out = vec![0.0; n];
    for link in layer.iter().flatten() {
        let who = link.through.iter().filter(|t| **t != link.to);
        for k in who.chain([&link.to]) {
            if let Some(x) = out.get_mut(*k as usize) {
                *x += link.share;
            }
        }
    }
    out
}

/// The network of a layer, `n × n`, symmetrical: links between those who need and those who
/// supply or are passed through.
pub fn network(layer: &[Vec<Link>], n: usize) -> Vec<f32> {
    let mut out = vec![0.0; n * n];
    for (i, links) in layer.iter().enumerate() {
        for l in links {
            for k in l.through.iter().filter(|t| **t != l.to).chain([&l.to]) {
                let k = *k as usize;
                out[i * n + k] += l.share as f32;
                out[k * n + i] += l.share as f32;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(to: u16, share: f64, through: &[u16]) -> Link {
        Link {
            to,
            share,
            through: through.to_vec(),
        }
    }

    #[test]
    fn a_hub_costs_those_tied_to_it_and_nobody_else() {
        let tied = [link(1, 0.3, &[]), link(2, 0.2, &[1]), link(3, 0.1, &[])];
        let worst = |l: &[Link]| worst(l, u64::from);
        assert!((lost(&tied, 1) - 0.5).abs() < 1e-12, "direct and through");
        assert!((direct(&tied, 1) - 0.3).abs() < 1e-12);
        assert_eq!(most_direct(&tied), 0.3);
        assert_eq!(lost(&tied, 9), 0.0, "no ties to it: nothing lost");
        assert_eq!(lost(&[], 1), 0.0);
        assert_eq!(worst(&tied), (0.5, Some(1)));
        assert_eq!(worst(&[]), (0.0, None));
    }

    #[test]
    fn a_link_that_two_close_is_lost_once() {
        let tied = [link(1, 0.3, &[]), link(2, 0.2, &[1]), link(3, 0.1, &[])];
        assert!((closed(&tied, |k| k == 1 || k == 2) - 0.5).abs() < 1e-12);
        assert!((closed(&tied, |k| k == 2 || k == 3) - 0.3).abs() < 1e-12);
    }

    #[test]
    fn of_two_worst_hubs_the_key_decides() {
        let tied = [link(1, 0.3, &[]), link(2, 0.3, &[])];
        assert_eq!(worst(&tied, u64::from).1, Some(1));
        assert_eq!(worst(&tied, |k| 9 - u64::from(k)).1, Some(2));
    }
}
