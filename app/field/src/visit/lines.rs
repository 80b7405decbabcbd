//! What a form shows, line by line: headings, repeats and their instances, questions.

use domain::{
    form::{AnswerKey, Entry, Form, GroupKey, session::Line},
    order::sort_by,
};
use std::{iter::Peekable, vec::IntoIter};

/// A line by what it is; what may change of it is asked where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LineKey {
    /// How deep it stands in others, from 0; an instance stands in its repeat.
    Group(GroupKey, u8),
    Repeat(GroupKey, u8),
    /// Its number, and how deep it stands.
    Instance(GroupKey, u16, u8),
    /// The way to one more, behind the last instance.
    Add(GroupKey),
    Question(AnswerKey),
}

/// With a question's number among those that are asked, and an instance's position; 0 for all else.
pub type Numbered = domain::device::pace::Numbered<LineKey>;

/// The outline, with the end of each repeat and without headings of nothing.
pub fn of(form: &Form, outline: Vec<Line<'_>>) -> Vec<Numbered> {
    let mut nesting = Nesting { coming: outline.into_iter().peekable(), lines: vec![], asked: 0 };
    nesting.take(&form.entries, 0);
    nesting.lines
}

/// Numbers of questions, sorted by their keys to be looked up.
pub type Numbers = Vec<(AnswerKey, usize)>;

pub fn numbers(lines: &[Numbered]) -> Numbers {
    let mut numbers: Vec<_> = lines
        .iter()
        .filter_map(|(line, number)| match line {
            LineKey::Question(key) => Some((key.clone(), *number)),
            LineKey::Group(..) | LineKey::Repeat(..) | LineKey::Instance(..) | LineKey::Add(_) => None,
        })
        .collect();
    sort_by(&mut numbers, |a, b| a.0.cmp(&b.0));
    numbers
}

/// Goes through form and outline together: the outline says what is shown, the form what stands in what.
struct Nesting<'a> {
    coming: Peekable<IntoIter<Line<'a>>>,
    lines: Vec<Numbered>,
    asked: usize,
}

impl Nesting<'_> {
    fn take(&mut self, entries: &[Entry], depth: u8) {
        for entry in entries {
            match (entry, self.coming.peek()) {
                (Entry::Group(group), Some(Line::Group(key, shown))) if shown.id == group.id => {
                    let (head, at) = (LineKey::Group(key.clone(), depth), self.lines.len());
                    self.coming.next();
                    self.lines.push((head, 0));
                    self.take(&group.entries, depth + 1);
                    // Nothing of it is shown.
                    if self.lines.len() == at + 1 {
                        self.lines.truncate(at);
                    }
                }
                (Entry::Repeat(repeat), Some(Line::Repeat { key, repeat: shown, can_add }))
                    if shown.id == repeat.id =>
                {
                    let (key, can_add) = (key.clone(), *can_add);
                    self.coming.next();
                    self.lines.push((LineKey::Repeat(key.clone(), depth), 0));
                    while let Some(Line::Instance { repeat: of, number, position }) = self.coming.peek()
                        && *of == key
                    {
                        self.lines.push((LineKey::Instance(key.clone(), *number, depth + 1), *position));
                        self.coming.next();
                        self.take(&repeat.entries, depth + 2);
                    }
                    if can_add {
                        self.lines.push((LineKey::Add(key), 0));
                    }
                }
                (Entry::Question(question), Some(Line::Question(key, shown))) if shown.id == question.id => {
                    let asks = shown.asks();
                    self.asked += usize::from(asks);
                    self.lines.push((LineKey::Question(key.clone()), if asks { self.asked } else { 0 }));
                    self.coming.next();
                }
                (Entry::Group(_) | Entry::Repeat(_) | Entry::Question(_), _) => {}
            }
        }
    }
}
