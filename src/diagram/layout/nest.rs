//! Nesting: which clusters are diagrams within the diagram.
//!
//! A cluster is *isolated* when no edge runs between something inside it and something outside; edges that end at the
//! cluster itself do not count. Isolated clusters are laid out by themselves, in their own direction where they have
//! one, and stand as one block in what is around them; mermaid too honours a direction only then. All other clusters
//! are frames in the layout around them.
//!
//! In: a graph. Out: for everything the [`Scope`] it is laid out in. Cost: edges times the depth of nesting.

use crate::diagram::graph::{ClusterId, Edge, End, Graph, NodeId};

/// The diagram itself (0), or the inside of an isolated cluster (its number plus 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Scope(pub u32);

impl Scope {
    pub const ROOT: Self = Self(0);

    pub fn of(cluster: u32) -> Self {
        Self(cluster + 1)
    }

    /// The cluster whose inside it is.
    pub fn cluster(self) -> Option<u32> {
        self.0.checked_sub(1)
    }
}

/// The nesting of a graph, all references checked.
#[derive(Debug)]
pub(super) struct Nest {
    /// Sound parents: of clusters an earlier cluster, of nodes an existing one.
    pub cluster_parent: Vec<Option<u32>>,
    pub node_parent: Vec<Option<u32>>,
    pub isolated: Vec<bool>,
    /// The scope of what is directly inside each cluster.
    inside: Vec<Scope>,
}

impl Nest {
    pub fn new(graph: &Graph) -> Self {
        let count = graph.clusters.len() as u32;
        let cluster_parent: Vec<Option<u32>> = graph
            .clusters
            .iter()
            .enumerate()
            .map(|(i, c)| c.parent.map(|p| p.0).filter(|&p| (p as usize) < i))
            .collect();
        let node_parent = graph.nodes.iter().map(|n| n.parent.map(|p| p.0).filter(|&p| p < count)).collect();
        let mut it = Self { cluster_parent, node_parent, isolated: vec![true; count as usize], inside: Vec::new() };
        it.find_isolated(graph);
        for c in 0..count {
            let scope = if it.isolated[c as usize] { Scope::of(c) } else { it.scope_in(it.cluster_parent[c as usize]) };
            it.inside.push(scope);
        }
        it
    }

    /// The scope of what is directly inside a cluster, or inside none.
    pub fn scope_in(&self, cluster: Option<u32>) -> Scope {
        cluster.map_or(Scope::ROOT, |c| self.inside[c as usize])
    }

    /// The scope an edge's end is laid out in.
    pub fn scope_of(&self, end: End) -> Scope {
        match end {
            End::Node(NodeId(n)) => self.scope_in(self.node_parent[n as usize]),
            End::Cluster(ClusterId(c)) if self.isolated[c as usize] => self.scope_in(self.cluster_parent[c as usize]),
            End::Cluster(ClusterId(c)) => self.inside[c as usize],
        }
    }

    /// The innermost frame in a scope, given the innermost cluster.
    pub fn frame(&self, cluster: Option<u32>) -> Option<u32> {
        cluster.filter(|&c| !self.isolated[c as usize])
    }

    /// Whether both ends exist.
    pub fn knows(&self, edge: &Edge) -> bool {
        [edge.from, edge.to].into_iter().all(|end| match end {
            End::Node(NodeId(n)) => (n as usize) < self.node_parent.len(),
            End::Cluster(ClusterId(c)) => (c as usize) < self.cluster_parent.len(),
        })
    }

    /// The innermost cluster an end is strictly inside of.
    pub fn holder(&self, end: End) -> Option<u32> {
        match end {
            End::Node(NodeId(n)) => self.node_parent[n as usize],
            End::Cluster(ClusterId(c)) => self.cluster_parent[c as usize],
        }
    }

    fn find_isolated(&mut self, graph: &Graph) {
        // The last edge that was seen from inside each cluster, to find clusters around one end only.
        let mut seen = vec![u32::MAX; self.isolated.len()];
        for (e, edge) in graph.edges.iter().enumerate() {
            if !self.knows(edge) {
                continue;
            }
            let mut at = self.holder(edge.from);
            while let Some(c) = at {
                seen[c as usize] = e as u32;
                at = self.cluster_parent[c as usize];
            }
            let mut at = self.holder(edge.to);
            while let Some(c) = at {
                if seen[c as usize] == e as u32 {
                    break;
                }
                self.isolated[c as usize] = false;
                at = self.cluster_parent[c as usize];
            }
            let shared = at;
            let mut at = self.holder(edge.from);
            while at != shared {
                let Some(c) = at else { break };
                self.isolated[c as usize] = false;
                at = self.cluster_parent[c as usize];
            }
        }
    }
}
