//! The phrases of all parts of all patterns, as a tree with a word on each edge.

use rustc_hash::FxHashMap;

use super::pattern::{Choice, Part};
use super::words::Key;

/// The number under which a part is known.
pub(super) type PartId = u32;

/// A node's number.
pub(super) type Node = u32;

pub(super) const ROOT: Node = 0;

/// The tree while phrases are still added to it.
#[derive(Debug, Default)]
pub(super) struct Sapling {
    edges: FxHashMap<(Node, Key), Node>,
    /// The parts, by the nodes at which their phrases are complete: many patterns share a part.
    parts: FxHashMap<Vec<Node>, PartId>,
}

impl Sapling {
    /// Adds `part`, and gives its number.
    pub(super) fn add(&mut self, part: &Part) -> PartId {
        let mut nodes: Vec<Node> = part.iter().flat_map(|choice| self.grow(choice)).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let new = self.parts.len() as PartId;
        *self.parts.entry(nodes).or_insert(new)
    }

    /// The nodes at which the phrases of `choice` end: those that begin alike grow together.
    fn grow(&mut self, choice: &Choice) -> Vec<Node> {
        choice.places().fold(vec![ROOT], |begun, place| {
            let mut reached = Vec::with_capacity(begun.len());
            for node in begun {
                reached
                    .extend(place.clone().map(|phrase| phrase.iter().fold(node, |node, key| self.child(node, *key))));
            }
            reached
        })
    }

    fn child(&mut self, node: Node, key: Key) -> Node {
        let new = self.edges.len() as Node + 1;
        *self.edges.entry((node, key)).or_insert(new)
    }

    /// The tree of all that was added.
    pub(super) fn finish(self) -> Tree {
        let (mut tree, numbers) = by_level(self.edges);
        let ends = self.parts.into_iter().flat_map(|(nodes, part)| nodes.into_iter().map(move |node| (node, part)));
        tree.complete = ends.map(|(node, part)| (numbers[node as usize], part)).collect();
        tree.complete.sort_unstable();
        tree.complete.shrink_to_fit();
        tree
    }
}

/// The tree with these edges, its nodes numbered level by level, and the new number of each node by its old one.
fn by_level(edges: FxHashMap<(Node, Key), Node>) -> (Tree, Vec<Node>) {
    let mut edges: Vec<(Node, Key, Node)> = edges.into_iter().map(|((from, key), to)| (from, key, to)).collect();
    edges.sort_unstable();
    let size = edges.len() + 1;
    let (mut keys, mut children) = (Vec::with_capacity(size), Vec::with_capacity(size + 1));
    let (mut old, mut new) = (Vec::with_capacity(size), vec![ROOT; size]);
    keys.push(Key::MAX);
    old.push(ROOT);
    while let Some(&node) = old.get(children.len()) {
        new[node as usize] = children.len() as Node;
        children.push(old.len() as Node);
        let first = edges.partition_point(|(from, ..)| *from < node);
        for (_, key, child) in edges[first..].iter().take_while(|(from, ..)| *from == node) {
            keys.push(*key);
            old.push(*child);
        }
    }
    children.push(old.len() as Node);
    (Tree { keys, children, complete: Vec::new() }, new)
}

/// The tree. The children of a node have numbers that follow one another, in the order of their keys.
#[derive(Debug)]
pub(super) struct Tree {
    /// The key on the edge that leads to each node; to the root none does.
    keys: Vec<Key>,
    /// The first child of each node; the last child of a node stands before the first of the next.
    children: Vec<Node>,
    /// The nodes at which the phrase of a part is complete, in order.
    complete: Vec<(Node, PartId)>,
}

impl Tree {
    /// The node to which the edge with `key` leads.
    pub(super) fn child(&self, node: Node, key: Key) -> Option<Node> {
        let first = self.children[node as usize];
        let keys = &self.keys[first as usize..self.children[node as usize + 1] as usize];
        keys.binary_search(&key).ok().map(|at| first + at as Node)
    }

    /// The parts whose phrase is complete at `node`.
    pub(super) fn complete_at(&self, node: Node) -> impl Iterator<Item = PartId> {
        let from = self.complete.partition_point(|(known, _)| *known < node);
        self.complete[from..].iter().take_while(move |(known, _)| *known == node).map(|(_, part)| *part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_found() {
        let mut sapling = Sapling::default();
        let parts = [vec![vec![7], vec![9, 7]], vec![vec![9, 7], vec![9, 7, 8]]].map(|phrases| vec![phrases.into()]);
        let [one, other] = parts.each_ref().map(|part| sapling.add(part));
        assert_eq!(sapling.add(&parts[0]), one);
        let tree = sapling.finish();
        let complete = |phrase: &[Key]| {
            let node = phrase.iter().try_fold(ROOT, |node, key| tree.child(node, *key));
            node.map(|node| tree.complete_at(node).collect::<Vec<_>>())
        };
        assert_eq!(complete(&[7]), Some(vec![one]));
        assert_eq!(complete(&[9]), Some(vec![]));
        assert_eq!(complete(&[9, 7]), Some(vec![one, other]));
        assert_eq!(complete(&[9, 7, 8]), Some(vec![other]));
        assert_eq!(complete(&[7, 8]), None);
    }
}
