//! Layout: sizes in, geometry out.
//!
//! In: a [`Graph`] of measured boxes. Out: a [`Geometry`] in which no two boxes overlap, every cluster holds its
//! members and nothing else, and edges run around what is not theirs. How: clusters that no edge enters are laid out by
//! themselves ([`nest`]); what is left of a scope falls into connected parts; each is laid out by the layered method
//! (Sugiyama, Tagawa & Toda 1981; Gansner et al. 1993), with clusters as frames ([`layered`] and the modules it
//! names); parts are packed ([`pack`]). A small plain graph that
//! still has crossings is shown to `layout-rs` as well, and the better drawing is kept ([`layout_rs`], [`score`]). Deterministic; never panics; every loop is bounded.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "indices are u32 to keep the work in the caches; no graph has as many parts"
)]
#![allow(clippy::match_same_arms, reason = "a table of directions reads best with a line for each")]

mod acyclic;
mod along;
mod curve;
mod ends;
mod layered;
mod layers;
mod layout_rs;
mod looping;
mod nest;
mod odd;
mod order;
mod pack;
mod part;
mod place;
mod port;
mod rank;
mod route;
mod scope;
mod score;
mod simplex;
mod spacing;
#[cfg(test)]
mod tests;
mod titles;

use super::graph::{Direction, Geometry, Graph, Point, Rect, Route, Size};

use nest::{Nest, Scope};
use scope::{Places, contents};
use spacing::{FRAME_PAD, MARGIN, TITLE_PAD};

/// Lays out a graph. Every graph has a layout, the empty one too.
pub fn layout(graph: &Graph) -> Geometry {
    let nest = Nest::new(graph);
    let (all, mut odd) = contents(graph, &nest);
    let directions = directions(graph, &nest);
    let mut geometry = Geometry {
        size: Size::default(),
        nodes: vec![Point::default(); graph.nodes.len()],
        clusters: vec![Rect::default(); graph.clusters.len()],
        titles: vec![Point::default(); graph.clusters.len()],
        routes: vec![Route::default(); graph.edges.len()],
    };
    let mut places = Places::new(graph);
    // Inner scopes come after outer ones, and are laid out before them.
    let mut sizes = vec![Size::default(); all.len()];
    for s in (0..all.len()).rev() {
        let scope = Scope(s as u32);
        if scope.cluster().is_some_and(|c| !nest.isolated[c as usize]) {
            continue;
        }
        let size = scope::lay_out(graph, &nest, &all[s], directions[s], &mut places, &mut geometry, &mut odd);
        sizes[s] = size;
        if let Some(c) = scope.cluster() {
            geometry.clusters[c as usize] = framed(size, graph.clusters[c as usize].title);
        }
    }
    geometry.size = Size { width: sizes[0].width + 2.0 * MARGIN, height: sizes[0].height + 2.0 * MARGIN };
    let corners = corners(graph, &nest, &sizes, &mut geometry);
    shift(graph, &nest, &corners, &mut geometry);
    if !odd.is_empty() {
        odd::route(graph, &odd, &mut geometry);
    }
    if !graph.clusters.is_empty() {
        titles::place(graph, &mut geometry);
    }
    ends::place(graph, &mut geometry);
    layout_rs::better(graph, geometry)
}

/// The direction of each scope: that of its cluster, or of what is around it.
fn directions(graph: &Graph, nest: &Nest) -> Vec<Direction> {
    let mut directions = vec![graph.direction; graph.clusters.len() + 1];
    for (c, cluster) in graph.clusters.iter().enumerate() {
        let around = directions[nest.scope_in(nest.cluster_parent[c]).0 as usize];
        directions[c + 1] = cluster.direction.filter(|_| nest.isolated[c]).unwrap_or(around);
    }
    directions
}

/// The frame of an isolated cluster around content of a size; where it stands is not known yet.
fn framed(content: Size, title: Size) -> Rect {
    let inner = content.width.max(title.width);
    Rect { x: 0.0, y: 0.0, width: inner + 2.0 * FRAME_PAD, height: content.height + title_room(title) + FRAME_PAD }
}

fn title_room(title: Size) -> f32 {
    if title.height > 0.0 { title.height + 2.0 * TITLE_PAD } else { FRAME_PAD }
}

/// Where the content of each scope begins in the whole drawing. Boxes of isolated clusters are moved there.
fn corners(graph: &Graph, nest: &Nest, sizes: &[Size], geometry: &mut Geometry) -> Vec<Point> {
    let mut corners = vec![Point { x: MARGIN, y: MARGIN }; graph.clusters.len() + 1];
    for c in 0..graph.clusters.len() {
        let outer = corners[nest.scope_in(nest.cluster_parent[c]).0 as usize];
        let r = &mut geometry.clusters[c];
        r.x += outer.x;
        r.y += outer.y;
        if !nest.isolated[c] {
            continue;
        }
        let title = graph.clusters[c].title;
        let x = r.x + (r.width - sizes[c + 1].width) / 2.0;
        corners[c + 1] = Point { x, y: r.y + title_room(title) };
    }
    corners
}

/// Moves what is in each scope to where the scope is.
fn shift(graph: &Graph, nest: &Nest, corners: &[Point], geometry: &mut Geometry) {
    for (p, &parent) in geometry.nodes.iter_mut().zip(&nest.node_parent) {
        let by = corners[nest.scope_in(parent).0 as usize];
        *p = Point { x: p.x + by.x, y: p.y + by.y };
    }
    for (route, edge) in geometry.routes.iter_mut().zip(&graph.edges) {
        if !nest.knows(edge) {
            continue;
        }
        let by = corners[nest.scope_of(edge.from).0 as usize];
        for p in route.curve.iter_mut().chain(&mut route.label) {
            *p = Point { x: p.x + by.x, y: p.y + by.y };
        }
    }
}
