//! Opening a form over what was answered, and giving that back to be kept.

use super::{Cell, Change, Context, PreparedForm, Scope, Session, Standing, instances::MOST_ALTOGETHER};
use crate::{
    form::{Answers, Aside, AsideBecause, Entry, GroupKey, Instances, MOST_INSTANCES, layout::part},
    visit::Tally,
};
use std::{collections::BinaryHeap, sync::Arc};

impl Session {
    /// Goes on with a form where these answers left it; without any, begins it.
    pub fn open(prepared: Arc<PreparedForm>, answers: Answers, context: Arc<Context>) -> Self {
        Self::over(prepared, answers, context, false)
    }

    /// Looks at a form as it was recorded: no default is given any more, and what is worked out is worked out anew.
    pub fn open_sealed(prepared: Arc<PreparedForm>, answers: Answers, context: Arc<Context>) -> Self {
        Self::over(prepared, answers, context, true)
    }

    fn over(prepared: Arc<PreparedForm>, answers: Answers, context: Arc<Context>, sealed: bool) -> Self {
        let mut cells = vec![];
        cells.resize_with(prepared.layout.cells, Cell::default);
        let mut session = Self {
            prepared,
            context,
            scopes: vec![Scope { cells, in_use: true, ..Scope::default() }],
            waiting: BinaryHeap::new(),
            unclear: vec![],
            standing: Standing::default(),
            tally: Tally::default(),
            aside: vec![],
            unknown_instances: vec![],
            evaluations: 0,
            sealed,
        };
        session.restore(answers);
        let prepared = session.prepared.clone();
        prepared.layout.roots().for_each(|node| session.make_wait(node, 0, part::RELEVANT));
        session.settle(&mut Change::default());
        session
    }

    fn restore(&mut self, answers: Answers) {
        let Answers { responses, mut instances, aside } = answers;
        self.aside = aside;
        // What a repeat stands in has to be there before it.
        instances.sort_by_key(|instances| instances.repeat.instance.len());
        for Instances { repeat, numbers, next } in instances {
            let place = self.locate(repeat.group.as_str(), &repeat.instance);
            let Some((node, scope)) = place.filter(|(node, _)| self.prepared.layout.nodes[*node].is_repeat)
            else {
                self.unknown_instances.push(Instances { repeat, numbers, next });
                continue;
            };
            for number in numbers.into_iter().take(MOST_INSTANCES.into()) {
                if self.scopes.len() > MOST_ALTOGETHER {
                    break;
                }
                let cell = self.cell(node, scope);
                let is_known = cell.instances.iter().any(|known| self.scopes[*known].number == number);
                if !is_known {
                    self.place_instance(node, scope, number);
                    let cell = self.cell_mut(node, scope);
                    cell.last_number = cell.last_number.max(number);
                }
            }
            let cell = self.cell_mut(node, scope);
            cell.last_number = cell.last_number.max(next.saturating_sub(1));
        }
        for response in responses {
            let place = self.locate(response.key.question.as_str(), &response.key.instance);
            match place.filter(|(node, _)| self.prepared.question(*node).is_some()) {
                Some((node, scope)) => {
                    let cell = self.cell_mut(node, scope);
                    cell.touched = true;
                    cell.answer = response.answer;
                    cell.typed = response.typed;
                    cell.note = response.note;
                    cell.photos = response.photos;
                }
                None if response.is_empty() => {}
                None => self.aside.push(Aside { response, because: AsideBecause::Gone }),
            }
        }
    }

    /// All that has to be kept, so that [`open`](Self::open) goes on where this session is.
    pub fn answers(&self) -> Answers {
        let mut answers = Answers {
            responses: vec![],
            instances: self.unknown_instances.clone(),
            aside: self.aside.clone(),
        };
        self.walk(&mut |session, node, scope| {
            let cell = session.cell(node, scope);
            match session.prepared.entry(node) {
                Some(Entry::Repeat(repeat)) if cell.last_number > 0 => {
                    let numbers = cell.instances.iter().map(|instance| session.scopes[*instance].number);
                    answers.instances.push(Instances {
                        repeat: GroupKey { group: repeat.id.clone(), instance: session.instance(scope) },
                        numbers: numbers.collect(),
                        next: cell.last_number.saturating_add(1),
                    });
                }
                Some(Entry::Question(question)) => {
                    // Kept after every tap: of what nothing was given, nothing is copied.
                    let had_default = question.asks() && question.default.is_some();
                    if !cell.is_empty() || (cell.touched && had_default) {
                        answers.responses.push(cell.response(session.key(question, scope)));
                    }
                }
                Some(Entry::Group(_) | Entry::Repeat(_)) | None => {}
            }
        });
        answers
    }

    /// Every entry of every instance, in form order, whether shown or not: node and scope.
    pub(super) fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Self, usize, usize)) {
        for node in self.prepared.layout.roots() {
            self.walk_in(node, 0, visit);
        }
    }

    fn walk_in<'a>(&'a self, node: usize, scope: usize, visit: &mut dyn FnMut(&'a Self, usize, usize)) {
        visit(self, node, scope);
        let layout = &self.prepared.layout;
        if layout.nodes[node].is_repeat {
            for instance in &self.cell(node, scope).instances {
                layout.children(node).for_each(|child| self.walk_in(child, *instance, visit));
            }
        } else {
            layout.children(node).for_each(|child| self.walk_in(child, scope, visit));
        }
    }
}
