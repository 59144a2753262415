//! Corridors as flows: capacity between states, edge-disjoint routes, chokepoints.

use crate::snapshot::Route;
use petgraph::algo::ford_fulkerson;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::BTreeMap;

/// The corridor network of a year: capacities between neighbours on it.
#[derive(Debug)]
pub struct Corridors {
    /// Neighbours of each state with the capacity of the link, sorted.
    links: BTreeMap<u16, Vec<(u16, f64)>>,
    /// States on it, sorted.
    pub states: Vec<u16>,
}

impl Corridors {
    /// Corridors that are open in `year`.
    pub fn new(routes: &[Route], year: i16) -> Corridors {
        let mut edges: BTreeMap<(u16, u16), f64> = BTreeMap::new();
        for r in routes.iter().filter(|r| r.opens <= year) {
            for w in r.through.windows(2) {
                let key = (w[0].min(w[1]), w[0].max(w[1]));
                *edges.entry(key).or_insert(0.0) += r.capacity;
            }
        }
        let mut links: BTreeMap<u16, Vec<(u16, f64)>> = BTreeMap::new();
        for ((a, b), c) in edges {
            links.entry(a).or_default().push((b, c));
            links.entry(b).or_default().push((a, c));
        }
        let states = links.keys().copied().collect();
        Corridors { links, states }
    }

    fn near(&self, state: u16) -> &[(u16, f64)] {
        self.links.get(&state).map_or(&[], Vec::as_slice)
    }

    /// Largest flow from a state to all others on the network that are not its direct
    /// neighbours, through a common sink; where there is no such state, to its neighbours.
    /// By the theorem of Ford & Fulkerson (1956) it is the smallest cut. With `unit`, every
    /// link counts 1: the number of edge-disjoint routes (Menger 1927). `without` closes a
    /// state.
    ///
    /// Every path ends at the first state that is no neighbour, so the flow needs the
    /// neighbours and one sink only, however large the network is.
    pub fn reach(&self, from: u16, unit: bool, without: Option<u16>) -> f64 {
        let around = self.near(from);
        if around.is_empty() || without == Some(from) {
            return 0.0;
        }
        let size = |c: f64| if unit { 1.0 } else { c };
        let inner = |s: u16| around.iter().position(|(x, _)| *x == s);
        let outside = |s: u16| s != from && inner(s).is_none();
        let any_far = around
            .iter()
            .any(|(s, _)| self.near(*s).iter().any(|(x, _)| outside(*x)));
        let mut graph: DiGraph<(), f64> = DiGraph::new();
        let source = graph.add_node(());
        let sink = graph.add_node(());
        let nodes: Vec<NodeIndex> = around.iter().map(|_| graph.add_node(())).collect();
        for ((s, c), node) in around
            .iter()
            .zip(&nodes)
            .filter(|((s, _), _)| without != Some(*s))
        {
            graph.add_edge(source, *node, size(*c));
            if !any_far {
                graph.add_edge(*node, sink, size(*c));
                continue;
            }
            for (x, c) in self.near(*s).iter().filter(|(x, _)| without != Some(*x)) {
                match inner(*x).and_then(|i| nodes.get(i)) {
                    Some(other) => {
                        graph.add_edge(*node, *other, size(*c));
                    }
                    None if *x != from => {
                        graph.add_edge(*node, sink, size(*c));
                    }
                    None => {}
                }
            }
        }
        ford_fulkerson(&graph, source, sink).0
    }

    /// The share of a state's reach that the worst other state can close, and who. Only
    /// states within two steps can close any of it.
    pub fn chokepoint(&self, from: u16) -> (f64, Option<u16>) {
        let whole = self.reach(from, false, None);
        if whole <= 0.0 {
            return (0.0, None);
        }
        let around = self.near(from).iter().map(|(s, _)| *s);
        let further = around
            .clone()
            .flat_map(|s| self.near(s).iter().map(|(x, _)| *x));
        let mut others: Vec<u16> = around.chain(further).filter(|s| *s != from).collect();
        others.sort_unstable();
        others.dedup();
        others.into_iter().fold((0.0, None), |best, s| {
            let lost = 1.0 - self.reach(from, false, Some(s)) / whole;
            if lost > best.0 + 1e-12 {
                (lost, Some(s))
            } else {
                best
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(through: &[u16], capacity: f64) -> Route {
        Route {
            through: through.to_vec(),
            capacity,
            opens: 2000,
            told: true,
        }
    }

    #[test]
    fn a_chain_has_one_route_and_a_ring_two() {
        let chain = Corridors::new(&[route(&[0, 1, 2, 3], 7.0)], 2010);
        assert_eq!(chain.reach(0, true, None), 1.0);
        assert_eq!(chain.reach(0, false, None), 7.0);
        assert_eq!(chain.chokepoint(0), (1.0, Some(1)));
        let ring = Corridors::new(&[route(&[0, 1, 2, 3, 4, 0], 5.0)], 2010);
        assert_eq!(ring.reach(0, true, None), 2.0);
        assert_eq!(ring.reach(0, false, None), 10.0);
        let (lost, _) = ring.chokepoint(0);
        assert!((lost - 0.5).abs() < 1e-12);
    }

    #[test]
    fn a_star_hub_closes_everything_for_its_spokes_and_nothing_for_strangers() {
        let star: Vec<Route> = (1..5).map(|i| route(&[0, i], 3.0)).collect();
        let net = Corridors::new(&star, 2010);
        assert_eq!(net.chokepoint(1), (1.0, Some(0)));
        assert_eq!(net.reach(9, false, None), 0.0);
        assert_eq!(net.chokepoint(9), (0.0, None));
    }

    #[test]
    fn corridors_not_yet_open_do_not_count() {
        assert!(
            Corridors::new(&[route(&[0, 1], 3.0)], 1999)
                .states
                .is_empty()
        );
    }
}
