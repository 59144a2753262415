//! Corridors as flows: capacity between states, edge-disjoint routes, chokepoints.

use crate::snapshot::Route;
use petgraph::algo::ford_fulkerson;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use std::collections::{BTreeMap, BTreeSet};

/// The corridor network of a year.
#[derive(Debug)]
pub struct Corridors {
    /// Capacity of each link between two states, the lower index first.
    links: BTreeMap<(u16, u16), f64>,
    /// States on it, sorted.
    pub states: Vec<u16>,
}

/// What the corridor network gives each state on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survey {
    states: Vec<u16>,
    /// Largest flow between each two states on it.
    flow: Vec<f64>,
    /// Edge-disjoint routes between each two.
    routes: Vec<f64>,
    /// Part of each state's reach that each other one can close.
    loss: Vec<f64>,
}

/// Links with their capacity, by places in a list of `n` states.
type Links = Vec<(usize, usize, f64)>;

impl Corridors {
    /// Corridors that are open in `year`.
    pub fn new(routes: &[Route], year: i16) -> Corridors {
        let mut links: BTreeMap<(u16, u16), f64> = BTreeMap::new();
        for r in routes.iter().filter(|r| r.opens <= year) {
            for w in r.through.windows(2).filter(|w| w[0] != w[1]) {
                let key = (w[0].min(w[1]), w[0].max(w[1]));
                *links.entry(key).or_insert(0.0) += r.capacity;
            }
        }
        let states: BTreeSet<u16> = links.keys().flat_map(|(a, b)| [*a, *b]).collect();
        let states = states.into_iter().collect();
        Corridors { links, states }
    }

    /// Links with both ends among the states, without `closed`.
    fn open(&self, closed: Option<usize>) -> Links {
        let place = |s: &u16| self.states.binary_search(s).ok();
        let all = self.links.iter();
        let placed = all.filter_map(|((a, b), c)| Some((place(a)?, place(b)?, *c)));
        placed
            .filter(|(a, b, _)| closed != Some(*a) && closed != Some(*b))
            .collect()
    }

    /// Capacity of the links of each state with others, `n × n` of the world.
    pub fn weights(&self, n: usize) -> Vec<f32> {
        let mut out = vec![0.0; n * n];
        for ((a, b), c) in &self.links {
            let (a, b) = (*a as usize, *b as usize);
            out[a * n + b] = *c as f32;
            out[b * n + a] = *c as f32;
        }
        out
    }

    /// Flows between all pairs, and what is left of them where each state closes.
    pub fn survey(&self) -> Survey {
        let n = self.states.len();
        let links = self.open(None);
        let unit: Links = links.iter().map(|(a, b, _)| (*a, *b, 1.0)).collect();
        let flow = between_all(n, &links);
        let sums: Vec<f64> = (0..n).map(|i| reach(&flow, n, i)).collect();
        let mut loss = vec![0.0; n * n];
        for k in 0..n {
            let degree = links.iter().filter(|(a, b, _)| *a == k || *b == k).count();
            // Nothing passes through a state with a single neighbour.
            let without = (degree > 1).then(|| between_all(n, &self.open(Some(k))));
            for i in (0..n).filter(|i| *i != k && sums[*i] > 0.0) {
                let left = match &without {
                    Some(flow) => reach(flow, n, i),
                    None => sums[i] - flow[i * n + k],
                };
                loss[i * n + k] = (1.0 - left / sums[i]).clamp(0.0, 1.0);
            }
        }
        Survey {
            states: self.states.clone(),
            routes: between_all(n, &unit),
            flow,
            loss,
        }
    }
}

fn reach(flow: &[f64], n: usize, i: usize) -> f64 {
    flow[i * n..(i + 1) * n].iter().fold(0.0, |sum, x| sum + x)
}

impl Survey {
    fn place(&self, state: u16) -> Option<usize> {
        self.states.binary_search(&state).ok()
    }

    fn row<'s>(&self, all: &'s [f64], state: u16) -> &'s [f64] {
        let n = self.states.len();
        match self.place(state) {
            Some(i) => all.get(i * n..(i + 1) * n).unwrap_or(&[]),
            None => &[],
        }
    }

    /// Whether a state is on the network.
    pub fn holds(&self, state: u16) -> bool {
        self.place(state).is_some()
    }

    /// Sum over all other states of the largest flow to each, taken one by one. By the
    /// theorem of Ford & Fulkerson (1956) each is the smallest cut anywhere between the
    /// two.
    pub fn reach(&self, state: u16) -> f64 {
        self.row(&self.flow, state)
            .iter()
            .fold(0.0, |sum, x| sum + x)
    }

    /// Edge-disjoint routes to another state (Menger 1927), mean over those that can be
    /// reached (Beineke, Oellermann & Pippert 2002); 0 where there is none.
    pub fn routes(&self, state: u16) -> f64 {
        let row = self.row(&self.routes, state).iter();
        let (sum, n) = row
            .filter(|x| **x > 0.0)
            .fold((0.0, 0.0), |(sum, n), x| (sum + x, n + 1.0));
        if n > 0.0 { sum / n } else { 0.0 }
    }

    /// The part of a state's reach that another one closes: flows to it and flows through
    /// it.
    pub fn loss(&self, state: u16, closes: u16) -> f64 {
        let row = self.row(&self.loss, state);
        self.place(closes)
            .and_then(|k| row.get(k).copied())
            .unwrap_or(0.0)
    }

    /// The most that one other state can close, and who.
    pub fn chokepoint(&self, state: u16) -> (f64, Option<u16>) {
        let row = self.row(&self.loss, state).iter().zip(&self.states);
        row.fold((0.0, None), |best, (x, k)| {
            if *x > best.0 + 1e-12 {
                (*x, Some(*k))
            } else {
                best
            }
        })
    }
}

/// Largest flow between all pairs, `n × n`: one flow for each state but one (Gomory & Hu
/// 1961, in the form of Gusfield 1990 that merges no nodes).
fn between_all(n: usize, links: &Links) -> Vec<f64> {
    let mut graph: DiGraph<(), f64> = DiGraph::new();
    let nodes: Vec<NodeIndex> = (0..n).map(|_| graph.add_node(())).collect();
    for (a, b, c) in links {
        graph.add_edge(nodes[*a], nodes[*b], *c);
        graph.add_edge(nodes[*b], nodes[*a], *c);
    }
    let mut all = vec![0.0; n * n];
    let mut parent = vec![0; n];
    for i in 1..n {
        let to = parent[i];
        let (flow, used) = ford_fulkerson(&graph, nodes[i], nodes[to]);
        let side = side(&graph, &used, nodes[i]);
        for j in i + 1..n {
            if side[j] && parent[j] == to {
                parent[j] = i;
            }
        }
        for j in 0..i {
            let x = if j == to {
                flow
            } else {
                flow.min(all[to * n + j])
            };
            all[i * n + j] = x;
            all[j * n + i] = x;
        }
    }
    all
}

/// Who can still be reached where the flow uses what it uses: this side of the cut.
fn side(graph: &DiGraph<(), f64>, used: &[f64], from: NodeIndex) -> Vec<bool> {
    let mut seen = vec![false; graph.node_count()];
    seen[from.index()] = true;
    let mut todo = vec![from];
    while let Some(at) = todo.pop() {
        let on = graph
            .edges(at)
            .filter(|e| used[e.id().index()] < e.weight() - 1e-9);
        let back = graph.edges_directed(at, petgraph::Incoming);
        let back = back.filter(|e| used[e.id().index()] > 1e-9);
        let next = on.map(|e| e.target()).chain(back.map(|e| e.source()));
        for x in next {
            if !seen[x.index()] {
                seen[x.index()] = true;
                todo.push(x);
            }
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn route(through: &[u16], capacity: f64) -> Route {
        Route {
            through: through.to_vec(),
            capacity,
            opens: 2000,
            told: true,
        }
    }

    fn survey(routes: &[Route]) -> Survey {
        Corridors::new(routes, 2010).survey()
    }

    #[test]
    fn closing_a_link_far_down_a_chain_costs_what_lies_beyond() {
        let chain = survey(&[route(&[0, 1, 2, 3, 4], 7.0)]);
        assert_eq!((chain.reach(0), chain.routes(0)), (28.0, 1.0));
        // 3 closes flows to itself and to 4; 4 only those to itself.
        for (k, lost) in [(1, 1.0), (2, 0.75), (3, 0.5), (4, 0.25)] {
            assert!((chain.loss(0, k) - lost).abs() < 1e-12, "{k}");
        }
        assert_eq!(chain.chokepoint(0), (1.0, Some(1)));
    }

    #[test]
    fn the_narrowest_link_on_the_way_limits_the_flow() {
        // 0 has two wide ways to 3, and everything beyond hangs on one narrow link.
        let net = survey(&[
            route(&[0, 1, 3], 10.0),
            route(&[0, 2, 3], 10.0),
            route(&[3, 4], 2.0),
            route(&[4, 5], 50.0),
        ]);
        // To 1 and 2 both ways round, to 3 both, to 4 and 5 what passes the narrow link.
        assert_eq!(net.reach(0), 20.0 + 20.0 + 20.0 + 2.0 + 2.0);
        assert_eq!(net.routes(0), (2.0 + 2.0 + 2.0 + 1.0 + 1.0) / 5.0);
        // 3 closes itself, what lies beyond, and the second ways to 1 and 2.
        assert!((net.loss(0, 3) - 44.0 / 64.0).abs() < 1e-12);
        assert_eq!(net.chokepoint(0).1, Some(3));
    }

    #[test]
    fn a_ring_has_two_routes() {
        let ring = survey(&[route(&[0, 1, 2, 3, 4, 0], 5.0)]);
        assert_eq!((ring.routes(0), ring.reach(0)), (2.0, 40.0));
    }

    #[test]
    fn a_star_hub_closes_everything_for_its_spokes_and_nothing_for_strangers() {
        let star: Vec<Route> = (1..5).map(|i| route(&[0, i], 3.0)).collect();
        let net = survey(&star);
        assert_eq!(net.chokepoint(1), (1.0, Some(0)));
        assert_eq!((net.reach(9), net.holds(9)), (0.0, false));
        assert_eq!(net.chokepoint(9), (0.0, None));
    }

    #[test]
    fn corridors_not_yet_open_do_not_count() {
        let none = Corridors::new(&[route(&[0, 1], 3.0)], 1999);
        assert!(none.states.is_empty() && none.survey() == Survey::default());
    }

    proptest! {
        #[test]
        fn flows_of_all_pairs_are_those_of_each_pair(
            links in prop::collection::vec((0u16..9, 0u16..9, 1u8..9), 1..20)
        ) {
            let routes: Vec<Route> = links
                .iter()
                .filter(|l| l.0 != l.1)
                .map(|l| route(&[l.0, l.1], f64::from(l.2)))
                .collect();
            let net = Corridors::new(&routes, 2010);
            let (n, open) = (net.states.len(), net.open(None));
            let all = between_all(n, &open);
            for i in 0..n {
                for j in (0..n).filter(|j| *j != i) {
                    let mut graph: DiGraph<(), f64> = DiGraph::new();
                    let nodes: Vec<NodeIndex> = (0..n).map(|_| graph.add_node(())).collect();
                    for (a, b, c) in &open {
                        graph.add_edge(nodes[*a], nodes[*b], *c);
                        graph.add_edge(nodes[*b], nodes[*a], *c);
                    }
                    let one = ford_fulkerson(&graph, nodes[i], nodes[j]).0;
                    prop_assert!((all[i * n + j] - one).abs() < 1e-9);
                }
            }
        }
    }
}
