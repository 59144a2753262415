//! Corridors as flows: capacity between states, edge-disjoint routes, chokepoints.

use crate::snapshot::Route;
use petgraph::algo::ford_fulkerson;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::BTreeMap;

/// The corridor network of a year: capacities between neighbours on it.
#[derive(Debug)]
pub struct Corridors {
    edges: BTreeMap<(u16, u16), f64>,
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
        let mut states: Vec<u16> = edges.keys().flat_map(|(a, b)| [*a, *b]).collect();
        states.sort_unstable();
        states.dedup();
        Corridors { edges, states }
    }

    /// Largest flow from a state to all others on the network that are not its direct
    /// neighbours, through a common sink; where every other state is a neighbour, to all.
    /// By the theorem of Ford & Fulkerson (1956) it is the smallest cut. With `unit`, every
    /// link counts 1: the number of edge-disjoint routes (Menger 1927). `without` closes a
    /// state.
    pub fn reach(&self, from: u16, unit: bool, without: Option<u16>) -> f64 {
        if self.states.binary_search(&from).is_err() || without == Some(from) {
            return 0.0;
        }
        let near = |s: u16| self.edges.contains_key(&(from.min(s), from.max(s)));
        let far: Vec<u16> = self.states.iter().copied().filter(|s| *s != from && !near(*s)).collect();
        let targets = if far.is_empty() {
            self.states.iter().copied().filter(|s| *s != from).collect()
        } else {
            far
        };
        let mut graph: DiGraph<u16, f64> = DiGraph::new();
        let nodes: Vec<NodeIndex> = self.states.iter().map(|s| graph.add_node(*s)).collect();
        let sink = graph.add_node(u16::MAX);
        let open = |s: u16| without != Some(s);
        for ((a, b), capacity) in self.edges.iter().filter(|((a, b), _)| open(*a) && open(*b)) {
            let c = if unit { 1.0 } else { *capacity };
            if let (Some(a), Some(b)) = (self.node(&nodes, *a), self.node(&nodes, *b)) {
                graph.add_edge(a, b, c);
                graph.add_edge(b, a, c);
            }
        }
        let all: f64 = self.edges.values().sum::<f64>() + self.edges.len() as f64;
        for t in targets.into_iter().filter(|t| open(*t)) {
            if let Some(t) = self.node(&nodes, t) {
                graph.add_edge(t, sink, all);
            }
        }
        match self.node(&nodes, from) {
            Some(source) => ford_fulkerson(&graph, source, sink).0,
            None => 0.0,
        }
    }

    fn node(&self, nodes: &[NodeIndex], state: u16) -> Option<NodeIndex> {
        let at = self.states.binary_search(&state).ok()?;
        nodes.get(at).copied()
    }

    /// The share of a state's reach that the worst other state can close, and who.
    pub fn chokepoint(&self, from: u16) -> (f64, Option<u16>) {
        let whole = self.reach(from, false, None);
        if whole <= 0.0 {
            return (0.0, None);
        }
        let others = self.states.iter().copied().filter(|s| *s != from);
        others.fold((0.0, None), |best, s| {
            let lost = 1.0 - self.reach(from, false, Some(s)) / whole;
            if lost > best.0 + 1e-12 { (lost, Some(s)) } else { best }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(through: &[u16], capacity: f64) -> Route {
        Route { through: through.to_vec(), capacity, opens: 2000, told: true }
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
        assert!(Corridors::new(&[route(&[0, 1], 3.0)], 1999).states.is_empty());
    }
}
