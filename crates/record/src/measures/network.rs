//! Networks of states: who stands in the middle.

/// An undirected network with weights; no loops.
#[derive(Clone, Debug, Default)]
pub struct Network {
    neighbours: Vec<Vec<(usize, f64)>>,
}

/// Centralities of the nodes of a network.
#[derive(Clone, Debug, PartialEq)]
pub struct Centrality {
    /// Ties of each node.
    pub degree: Vec<f64>,
    /// Weights of the ties of each node.
    pub strength: Vec<f64>,
    /// Share of shortest paths through each node, 0 to 1 (Freeman 1977; Brandes 2001).
    pub betweenness: Vec<f64>,
    /// First eigenvector, its largest entry 1 (Bonacich 1972).
    pub eigenvector: Vec<f64>,
}

impl Network {
    /// `nodes` nodes without ties.
    pub fn new(nodes: usize) -> Self {
        Network {
            neighbours: vec![Vec::new(); nodes],
        }
    }

    /// Ties two nodes; a second tie of the same two adds to the weight. Loops, unknown
    /// nodes and weights that are not positive are left out.
    pub fn tie(&mut self, a: usize, b: usize, weight: f64) {
        let n = self.neighbours.len();
        if a == b || a >= n || b >= n || weight.is_nan() || weight <= 0.0 {
            return;
        }
        for (from, to) in [(a, b), (b, a)] {
            match self.neighbours[from].iter_mut().find(|t| t.0 == to) {
                Some(tie) => tie.1 += weight,
                None => self.neighbours[from].push((to, weight)),
            }
        }
    }

    /// How many nodes.
    pub fn nodes(&self) -> usize {
        self.neighbours.len()
    }

    /// How many ties.
    pub fn ties(&self) -> usize {
        self.neighbours.iter().map(Vec::len).sum::<usize>() / 2
    }

    /// Ties over possible ties.
    pub fn density(&self) -> f64 {
        let n = self.nodes() as f64;
        if n < 2.0 {
            f64::NAN
        } else {
            2.0 * self.ties() as f64 / (n * (n - 1.0))
        }
    }

    /// All centralities.
    pub fn centrality(&self) -> Centrality {
        Centrality {
            degree: self.neighbours.iter().map(|t| t.len() as f64).collect(),
            strength: self
                .neighbours
                .iter()
                .map(|t| t.iter().map(|x| x.1).sum())
                .collect(),
            betweenness: self.betweenness(),
            eigenvector: self.eigenvector(),
        }
    }

    /// Brandes (2001), unweighted, divided by the number of pairs of other nodes.
    fn betweenness(&self) -> Vec<f64> {
        let n = self.nodes();
        let mut out = vec![0.0; n];
        for source in 0..n {
            let mut order = Vec::with_capacity(n);
            let mut distance = vec![usize::MAX; n];
            let mut paths = vec![0.0; n];
            distance[source] = 0;
            paths[source] = 1.0;
            order.push(source);
            let mut at = 0;
            while let Some(&v) = order.get(at) {
                at += 1;
                for (w, _) in &self.neighbours[v] {
                    if distance[*w] == usize::MAX {
                        distance[*w] = distance[v] + 1;
                        order.push(*w);
                    }
                    if distance[*w] == distance[v] + 1 {
                        paths[*w] += paths[v];
                    }
                }
            }
            let mut dependency = vec![0.0; n];
            for &w in order.iter().rev() {
                for (v, _) in &self.neighbours[w] {
                    if distance[*v] + 1 == distance[w] {
                        dependency[*v] += paths[*v] / paths[w] * (1.0 + dependency[w]);
                    }
                }
                if w != source {
                    out[w] += dependency[w];
                }
            }
        }
        // Each pair was counted from both ends.
        let pairs = (n as f64 - 1.0) * (n as f64 - 2.0);
        out.iter_mut()
            .for_each(|x| *x = if pairs > 0.0 { *x / pairs } else { 0.0 });
        out
    }

    /// Power iteration on the weights plus the identity, which converges on two-sided
    /// networks, too, and leaves the eigenvector as it is.
    fn eigenvector(&self) -> Vec<f64> {
        let n = self.nodes();
        if self.ties() == 0 {
            return vec![0.0; n];
        }
        let most = self
            .neighbours
            .iter()
            .flatten()
            .map(|t| t.1)
            .fold(0.0, f64::max);
        let mut x = vec![1.0; n];
        for _ in 0..10_000 {
            let mut next: Vec<f64> = (0..n)
                .map(|i| {
                    let ties = &self.neighbours[i];
                    x[i] + ties.iter().map(|(j, w)| w / most * x[*j]).sum::<f64>()
                })
                .collect();
            let top = next.iter().copied().fold(0.0, f64::max);
            next.iter_mut().for_each(|v| *v /= top);
            let moved = x
                .iter()
                .zip(&next)
                .map(|(a, b)| (a - b).abs())
                .fold(0.0, f64::max);
            x = next;
            if moved < 1e-13 {
                break;
            }
        }
        x
    }
}

/// Centralisation (Freeman 1979): how far the most central node is ahead of the others,
/// over the same in a star of as many nodes. `star` is that sum for the star.
pub fn centralisation(values: &[f64], star: f64) -> f64 {
    let top = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let ahead: f64 = values.iter().map(|v| top - v).sum();
    if star > 0.0 { ahead / star } else { f64::NAN }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn star(n: usize) -> Network {
        let mut net = Network::new(n);
        (1..n).for_each(|i| net.tie(0, i, 1.0));
        net
    }

    #[test]
    fn the_hub_of_a_star_is_all_and_a_ring_has_no_middle() {
        let c = star(6).centrality();
        assert_eq!(c.betweenness, [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!(c.eigenvector[0], 1.0);
        assert!((c.eigenvector[1] - 1.0 / 5f64.sqrt()).abs() < 1e-9);
        assert_eq!(centralisation(&c.degree, 20.0), 1.0);
        let mut ring = Network::new(5);
        (0..5).for_each(|i| ring.tie(i, (i + 1) % 5, 2.0));
        let c = ring.centrality();
        assert!(
            c.betweenness
                .iter()
                .all(|b| (b - c.betweenness[0]).abs() < 1e-12)
        );
        assert!(c.eigenvector.iter().all(|e| (e - 1.0).abs() < 1e-9));
        assert_eq!(centralisation(&c.degree, 12.0), 0.0);
        assert_eq!(ring.density(), 0.5);
    }

    #[test]
    fn odd_ties_are_left_out() {
        let mut net = Network::new(2);
        net.tie(0, 0, 1.0);
        net.tie(0, 9, 1.0);
        net.tie(0, 1, f64::NAN);
        assert_eq!(net.ties(), 0);
        assert_eq!(net.centrality().eigenvector, [0.0, 0.0]);
    }
}
