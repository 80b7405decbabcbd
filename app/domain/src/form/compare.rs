//! Two versions of a form, side by side: for whoever edits it, and for whoever is to take a draft over.

use super::{Entry, Form, layout::Layout};
use crate::id::QuestionId;

/// Questions, groups and repeats by their names, in the order of the newer version; what was removed comes last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// Of the form itself.
    Form(Vec<FormPart>),
    Added(QuestionId),
    Removed(QuestionId),
    Changed(QuestionId, Vec<EntryPart>),
    /// It stands in another group, or at another place of the same. What stands in it moves with it.
    Moved(QuestionId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormPart {
    Title,
    Layer,
    Sector,
    SiteKinds,
    OfferedIf,
    Review,
    ReviewDue,
    Quotes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryPart {
    /// A question's text, a group's title.
    Text,
    Hint,
    Picture,
    /// What is asked for; of a choice its options, of a figure its range.
    Kind,
    Required,
    ReadOnly,
    Default,
    Relevant,
    Constraint,
    Criterion,
    Photo,
    Basis,
    Every,
    Fact,
    /// How many instances a repeat has.
    Count,
}

impl Form {
    /// What a newer version of this form has otherwise.
    pub fn differences(&self, newer: &Self) -> Vec<Difference> {
        let (old, new) = (Layout::of(self), Layout::of(newer));
        let mut found = vec![];
        let parts = self.other_parts(newer);
        if !parts.is_empty() {
            found.push(Difference::Form(parts));
        }
        let moved = moved(self, &old, newer, &new);
        for (node, entry) in newer.all_entries().into_iter().enumerate() {
            let id = QuestionId::from(entry.name());
            let before = old.find(self, entry.name()).and_then(|node| old.entry(self, node));
            let Some(before) = before else {
                found.push(Difference::Added(id));
                continue;
            };
            let parts = other_parts(before, entry);
            if !parts.is_empty() {
                found.push(Difference::Changed(id.clone(), parts));
            }
            if moved.contains(&node) {
                found.push(Difference::Moved(id));
            }
        }
        let gone = self.all_entries().into_iter().filter(|entry| new.find(newer, entry.name()).is_none());
        found.extend(gone.map(|entry| Difference::Removed(QuestionId::from(entry.name()))));
        found
    }

    fn other_parts(&self, newer: &Self) -> Vec<FormPart> {
        let parts = [
            (FormPart::Title, self.title != newer.title),
            (FormPart::Layer, self.layer != newer.layer),
            (FormPart::Sector, self.sector != newer.sector),
            (FormPart::SiteKinds, self.site_kinds != newer.site_kinds),
            (FormPart::OfferedIf, self.offered_if != newer.offered_if),
            (FormPart::Review, self.review != newer.review),
            (FormPart::ReviewDue, self.review_due != newer.review_due),
            (FormPart::Quotes, self.quotes != newer.quotes),
        ];
        parts.into_iter().filter(|(_, is_other)| *is_other).map(|(part, _)| part).collect()
    }
}

fn other_parts(old: &Entry, new: &Entry) -> Vec<EntryPart> {
    let relevant = (EntryPart::Relevant, old.relevant() != new.relevant());
    let parts = match (old, new) {
        (Entry::Group(old), Entry::Group(new)) => vec![(EntryPart::Text, old.title != new.title), relevant],
        (Entry::Repeat(old), Entry::Repeat(new)) => vec![
            (EntryPart::Text, old.title != new.title),
            relevant,
            (EntryPart::Count, old.count != new.count || old.most != new.most),
        ],
        (Entry::Question(old), Entry::Question(new)) => vec![
            (EntryPart::Text, old.text != new.text),
            (EntryPart::Hint, old.hint != new.hint),
            (EntryPart::Picture, old.picture != new.picture),
            (EntryPart::Kind, old.kind != new.kind),
            (EntryPart::Required, old.required != new.required),
            (EntryPart::ReadOnly, old.read_only != new.read_only),
            (EntryPart::Default, old.default != new.default),
            relevant,
            (EntryPart::Constraint, old.constraint != new.constraint),
            (EntryPart::Criterion, old.criterion != new.criterion),
            (
                EntryPart::Photo,
                old.photo != new.photo || old.allow_existing_photo != new.allow_existing_photo,
            ),
            (EntryPart::Basis, old.basis != new.basis),
            (EntryPart::Every, old.every != new.every),
            (EntryPart::Fact, old.fact != new.fact),
        ],
        (Entry::Group(_) | Entry::Repeat(_) | Entry::Question(_), _) => vec![(EntryPart::Kind, true)],
    };
    parts.into_iter().filter(|(_, is_other)| *is_other).map(|(part, _)| part).collect()
}

/// Nodes of the newer version that stand elsewhere, as few as explain the new order.
fn moved(old_form: &Form, old: &Layout, new_form: &Form, new: &Layout) -> Vec<usize> {
    let name = |form, layout: &Layout, node: Option<usize>| {
        node.and_then(|node| layout.entry(form, node)).map(|entry: &Entry| entry.name().to_owned())
    };
    let mut moved = vec![];
    let mut check = |children: Vec<usize>| {
        // Those that stood in the same, by where they stood.
        let mut stayed = vec![];
        for child in children {
            let before = name(new_form, new, Some(child)).and_then(|name| old.find(old_form, &name));
            let Some(before) = before else { continue };
            let parents = (old.nodes[before].parent, new.nodes[child].parent);
            if name(old_form, old, parents.0) == name(new_form, new, parents.1) {
                stayed.push((before, child));
            } else {
                moved.push(child);
            }
        }
        let kept = longest_rising(&stayed.iter().map(|(before, _)| *before).collect::<Vec<_>>());
        moved.extend(stayed.iter().filter(|(before, _)| !kept.contains(before)).map(|(_, child)| *child));
    };
    check(new.roots().collect());
    (0..new.nodes.len()).for_each(|node| check(new.children(node).collect()));
    moved
}

/// The longest row of numbers that only rises, out of a row without two the same.
fn longest_rising(row: &[usize]) -> Vec<usize> {
    // For each length the place where the best row of that length ends, and before each place the one that it follows.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (vec![], vec![]);
    for (place, number) in row.iter().enumerate() {
        let length = ends.partition_point(|end: &usize| row[*end] < *number);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() { ends.push(place) } else { ends[length] = place }
    }
    let mut rising: Vec<usize> =
        std::iter::successors(ends.last().copied(), |place| before[*place]).map(|place| row[place]).collect();
    rising.reverse();
    rising
}
