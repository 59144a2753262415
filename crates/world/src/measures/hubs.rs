//! Dependence and autonomy in the layers of shares: direct, and through hubs.
//!
//! Weaponised interdependence (Farrell & Newman 2019): what matters is what a state loses
//! when one hub state closes its hub.

use crate::snapshot::Link;

/// The direct share of one partner.
pub fn direct(links: &[Link], on: u16) -> f64 {
    links.iter().filter(|l| l.to == on).map(|l| l.share).sum()
}

/// What is lost where one state closes: links to it and links through it. No other link
/// takes over, so this is an upper bound.
pub fn lost(links: &[Link], closes: u16) -> f64 {
    links
        .iter()
        .filter(|l| l.to == closes || l.through.contains(&closes))
        .map(|l| l.share)
        .sum()
}

/// The most that a single other state can close, and who: dependence. 0 where there is
/// no link.
pub fn worst(links: &[Link]) -> (f64, Option<u16>) {
    let mut who: Vec<u16> = links
        .iter()
        .flat_map(|l| l.through.iter().copied().chain([l.to]))
        .collect();
    who.sort_unstable();
    who.dedup();
    who.into_iter().fold((0.0, None), |best, w| {
        let x = lost(links, w);
        if x > best.0 { (x, Some(w)) } else { best }
    })
}

/// Autonomy: what is left when the worst hub closes.
pub fn autonomy(links: &[Link]) -> f64 {
    1.0 - worst(links).0
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
        assert!((lost(&tied, 1) - 0.5).abs() < 1e-12, "direct and through");
        assert!((direct(&tied, 1) - 0.3).abs() < 1e-12);
        assert_eq!(lost(&tied, 9), 0.0, "no ties to it: nothing lost");
        assert_eq!(lost(&[], 1), 0.0);
        assert_eq!(worst(&tied), (0.5, Some(1)));
        assert!((autonomy(&tied) - 0.5).abs() < 1e-12);
        assert_eq!(autonomy(&[]), 1.0);
    }
}
