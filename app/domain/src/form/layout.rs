//! A form as the engine goes through it, made once: its entries in one row, what depends on what, and an order in which
//! everything can be worked out so that what it looks at is there before.
//!
//! An entry's *cell* holds its state. Cells stand in *scopes*: one for what is in no repeat, and one for each instance of a
//! repeat. So an entry has a number ([`Node::cell`]) among those of its scope, whatever the instance.

use super::{
    Entry, Form,
    expressions::{ExpressionPlace, names},
};
use std::{
    cmp::Reverse,
    collections::{BTreeSet, BinaryHeap},
};

/// Parts of an entry that are worked out apart, as bits.
pub(super) mod part {
    pub const RELEVANT: u8 = 1;
    pub const COUNT: u8 = 1 << 1;
    pub const CALCULATION: u8 = 1 << 2;
    pub const CHOICES: u8 = 1 << 3;
    /// Required, constraint, criterion: nobody else looks at them.
    pub const MEANING: u8 = 1 << 4;
}

#[derive(Debug)]
pub(super) struct Layout {
    /// In form order: what stands in an entry follows it.
    pub nodes: Vec<Node>,
    /// Nodes by rank.
    pub order: Vec<usize>,
    /// Nodes that can never be worked out, because each waits for another, or for itself.
    pub circular: Vec<usize>,
    /// Cells outside of repeats.
    pub cells: usize,
    /// Nodes by name.
    names: Vec<usize>,
}

#[derive(Debug, Default)]
pub(super) struct Node {
    /// Places among the entries, from the form down.
    path: Vec<usize>,
    pub parent: Option<usize>,
    /// Repeats around it, the outermost first.
    pub repeats: Vec<usize>,
    /// The first node after it that does not stand in it.
    pub end: usize,
    /// Its number among the cells of its scope.
    pub cell: usize,
    pub is_repeat: bool,
    /// Of a repeat: cells of one instance.
    pub cells: usize,
    /// Its place in the order in which things are worked out.
    pub rank: usize,
    pub dependents: Vec<Dependent>,
    /// Parts that look at which instance they stand in.
    pub by_position: u8,
}

/// What has to be worked out again when an entry changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Dependent {
    pub node: usize,
    pub part: u8,
    /// It looks at all instances, not only at the nearest.
    pub all: bool,
}

impl Layout {
    pub fn of(form: &Form) -> Self {
        let mut layout = Self { nodes: vec![], order: vec![], circular: vec![], cells: 0, names: vec![] };
        layout.cells = layout.add(&form.entries, &Node::default(), 0);
        let mut names: Vec<usize> = (0..layout.nodes.len()).collect();
        names.sort_by_key(|node| layout.name(form, *node));
        layout.names = names;
        layout.depend(form);
        layout
    }

    /// Adds entries below a parent, the next free cell being `cell`; answers the next free cell after them.
    fn add(&mut self, entries: &[Entry], around: &Node, mut cell: usize) -> usize {
        for (place, entry) in entries.iter().enumerate() {
            let at = self.nodes.len();
            let path = [around.path.as_slice(), &[place]].concat();
            let repeats = around.repeats.clone();
            self.nodes.push(Node { path, parent: around.parent, repeats, cell, ..Node::default() });
            cell += 1;
            let mut below = Node {
                path: self.nodes[at].path.clone(),
                parent: Some(at),
                repeats: around.repeats.clone(),
                ..Node::default()
            };
            match entry {
                Entry::Group(group) => cell = self.add(&group.entries, &below, cell),
                Entry::Repeat(repeat) => {
                    below.repeats.push(at);
                    self.nodes[at].is_repeat = true;
                    self.nodes[at].cells = self.add(&repeat.entries, &below, 0);
                }
                Entry::Question(_) => {}
            }
            self.nodes[at].end = self.nodes.len();
        }
        cell
    }

    /// The entry of a node of this form.
    pub fn entry<'a>(&self, form: &'a Form, node: usize) -> Option<&'a Entry> {
        let (last, above) = self.nodes.get(node)?.path.split_last()?;
        let entries = above
            .iter()
            .try_fold(form.entries.as_slice(), |entries, place| Some(entries.get(*place)?.entries()));
        entries?.get(*last)
    }

    fn name<'a>(&self, form: &'a Form, node: usize) -> &'a str {
        self.entry(form, node).map(Entry::name).unwrap_or_default()
    }

    /// The node of this name; of two with one name, one.
    pub fn find(&self, form: &Form, name: &str) -> Option<usize> {
        let at = self.names.binary_search_by(|node| self.name(form, *node).cmp(name)).ok()?;
        self.names.get(at).copied()
    }

    /// How many repeats, from the outermost, one looks from `by` through the same instances of when it looks at `node`: at the
    /// nearest instance, or at all of its own repeat.
    pub fn common(&self, node: usize, by: usize, all: bool) -> usize {
        let (around, by) = (&self.nodes[node].repeats, &self.nodes[by].repeats);
        let own = around.len() - usize::from(all && !self.nodes[node].is_repeat && !around.is_empty());
        around.iter().zip(by).take_while(|(one, other)| one == other).count().min(own)
    }

    /// What stands directly in it.
    pub fn children(&self, node: usize) -> impl Iterator<Item = usize> {
        let end = self.nodes[node].end;
        std::iter::successors(Some(node + 1), |child| Some(self.nodes.get(*child)?.end))
            .take_while(move |child| *child < end)
    }

    /// What stands in no group and no repeat.
    pub fn roots(&self) -> impl Iterator<Item = usize> {
        let next = |node: &usize| Some(self.nodes.get(*node)?.end);
        std::iter::successors(Some(0), next).take_while(|node| *node < self.nodes.len())
    }

    fn depend(&mut self, form: &Form) {
        let count = self.nodes.len();
        // Who has to be worked out after a node, and how many a node still waits for.
        let mut after: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); count];
        let mut found = vec![];
        for node in 0..count {
            if let Some(parent) = self.nodes[node].parent {
                after[parent].insert(node);
            }
            let entry = self.entry(form, node);
            let question = entry.and_then(Entry::question);
            let follows = question.is_some_and(|question| question.worked_out().is_some());
            for (place, expression) in entry.map(Entry::expressions).unwrap_or_default() {
                let part = bit(&place, follows);
                if expression.needs().position {
                    self.nodes[node].by_position |= part;
                }
                for (name, all) in names(expression) {
                    let Some(source) = self.find(form, name.as_str()) else { continue };
                    if place.makes_values() {
                        after[source].insert(node);
                    }
                    found.push((source, Dependent { node, part, all }));
                }
            }
        }
        (self.order, self.circular) = sorted(&after);
        for (rank, node) in self.order.iter().enumerate() {
            self.nodes[*node].rank = rank;
        }
        for (source, dependent) in found {
            // A default that can be overwritten is worked out once. In a circle nothing is worked out a second time either, so that it ends.
            let later = self.nodes[source].rank < self.nodes[dependent.node].rank;
            if dependent.part == part::MEANING || (dependent.part != 0 && later) {
                self.nodes[source].dependents.push(dependent);
            }
        }
        for node in &mut self.nodes {
            node.dependents.sort_unstable();
            node.dependents.dedup();
        }
    }
}

/// None for what is worked out once. `follows`: nobody answers, so that the default is worked out as a calculation is.
fn bit(place: &ExpressionPlace, follows: bool) -> u8 {
    match place {
        ExpressionPlace::Relevant => part::RELEVANT,
        ExpressionPlace::Count => part::COUNT,
        ExpressionPlace::Default if follows => part::CALCULATION,
        ExpressionPlace::Default | ExpressionPlace::OfferedIf => 0,
        ExpressionPlace::Calculation => part::CALCULATION,
        ExpressionPlace::Choice(_) => part::CHOICES,
        ExpressionPlace::Required | ExpressionPlace::Constraint | ExpressionPlace::Criterion => part::MEANING,
    }
}

/// Every node after those that it waits for, else in form order; and those that wait in a circle.
fn sorted(after: &[BTreeSet<usize>]) -> (Vec<usize>, Vec<usize>) {
    let mut waits = vec![0_usize; after.len()];
    for node in after.iter().flatten() {
        waits[*node] += 1;
    }
    let mut ready: BinaryHeap<Reverse<usize>> =
        (0..after.len()).filter(|node| waits[*node] == 0).map(Reverse).collect();
    let mut order = vec![];
    while let Some(Reverse(node)) = ready.pop() {
        order.push(node);
        for next in &after[node] {
            waits[*next] -= 1;
            if waits[*next] == 0 {
                ready.push(Reverse(*next));
            }
        }
    }
    let mut circular: Vec<usize> = (0..after.len()).filter(|node| waits[*node] > 0).collect();
    order.extend(&circular);
    // What only comes after a circle is in none.
    loop {
        let before = circular.len();
        let kept: BTreeSet<usize> = circular.iter().copied().collect();
        circular.retain(|node| after[*node].iter().any(|next| kept.contains(next)));
        if circular.len() == before {
            return (order, circular);
        }
    }
}
