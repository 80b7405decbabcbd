//! Working out what waits, each after what it looks at.

use super::{Change, Session, facts::View};
use crate::{
    expression::{Expression, Value},
    form::{
        Answer, AnswerError, Entry, GroupKey, MOST_INSTANCES, Question, QuestionKind, Repeat, layout::part,
    },
    id::{GroupId, OptionId, QuestionId},
    limits::tidy_text,
};
use std::{cmp::Reverse, collections::BTreeSet};

impl Session {
    /// Evaluates an expression of this entry, `.` being this.
    pub(super) fn evaluate(
        &mut self,
        expression: &Expression,
        node: usize,
        scope: usize,
        this: Value,
    ) -> Value {
        self.evaluations += 1;
        expression.evaluate(&View { session: self, node, scope, this })
    }

    pub(super) fn holds(&mut self, expression: &Expression, node: usize, scope: usize, this: Value) -> bool {
        self.evaluations += 1;
        expression.holds(&View { session: self, node, scope, this })
    }

    /// Parts of an entry have to be worked out again.
    pub(super) fn make_wait(&mut self, node: usize, scope: usize, parts: u8) {
        if parts == part::MEANING {
            return self.make_unclear(node, scope);
        }
        let rank = self.prepared.layout.nodes[node].rank;
        let cell = self.cell_mut(node, scope);
        let waits = cell.waiting != 0;
        cell.waiting |= parts;
        if !waits {
            self.waiting.push(Reverse((rank, scope)));
        }
    }

    /// What its answer means has to be looked at again.
    pub(super) fn make_unclear(&mut self, node: usize, scope: usize) {
        let cell = self.cell_mut(node, scope);
        if !cell.is_unclear {
            cell.is_unclear = true;
            self.unclear.push((node, scope));
        }
    }

    /// All that looks at an entry of this scope waits.
    pub(super) fn make_dependents_wait(&mut self, node: usize, scope: usize) {
        self.make_those_wait(node, self.prepared.layout.nodes[node].repeats.len(), scope);
    }

    /// All that looks at which instances a repeat has waits, whether it names the repeat or what stands in it.
    pub(super) fn make_counters_wait(&mut self, repeat: usize, scope: usize) {
        let node = &self.prepared.layout.nodes[repeat];
        let (around, end) = (node.repeats.len(), node.end);
        (repeat..end).for_each(|inside| self.make_those_wait(inside, around, scope));
    }

    /// What looks at a node from outside of a scope's instances, or from that scope itself; the scope is in so many repeats.
    fn make_those_wait(&mut self, node: usize, around: usize, scope: usize) {
        let prepared = self.prepared.clone();
        let nodes = &prepared.layout.nodes;
        for dependent in &nodes[node].dependents {
            let their = &nodes[dependent.node].repeats;
            let depth = prepared.layout.common(node, dependent.node, dependent.all);
            // Further in than the scope: another of its instances is nothing to it.
            if depth > around {
                continue;
            }
            let base = self.outer(scope, around, depth);
            for target in self.inner(base, &their[depth..]) {
                self.make_wait(dependent.node, target, dependent.part);
            }
        }
    }

    /// Works everything out that waits, then what the answers mean.
    pub(super) fn settle(&mut self, change: &mut Change) {
        let prepared = self.prepared.clone();
        while let Some(Reverse((rank, scope))) = self.waiting.pop() {
            let node = prepared.layout.order[rank];
            let parts = std::mem::take(&mut self.cell_mut(node, scope).waiting);
            match prepared.entry(node) {
                Some(Entry::Group(group)) => {
                    self.show_group(node, scope, &group.id, group.relevant.as_ref(), change);
                }
                Some(Entry::Repeat(repeat)) => self.settle_repeat(node, scope, repeat, change),
                Some(Entry::Question(question)) => self.settle_question(node, scope, question, parts, change),
                None => {}
            }
        }
        for (node, scope) in std::mem::take(&mut self.unclear) {
            self.cell_mut(node, scope).is_unclear = false;
            self.look_at_meaning(node, scope, change);
        }
    }

    /// Whether what it stands in is shown, and its own condition holds.
    fn is_relevant(&mut self, node: usize, scope: usize, relevant: Option<&Expression>) -> bool {
        let prepared = self.prepared.clone();
        let around = match prepared.layout.nodes[node].parent {
            None => true,
            Some(parent) if prepared.layout.nodes[node].repeats.last() == Some(&parent) => {
                self.scopes[scope].in_use
            }
            Some(parent) => self.cell(parent, scope).shown,
        };
        // What was asked once and failed is asked again whatever else was answered then: nobody answers that now.
        if let Some(only) = self.context.only_of(&prepared.form().id) {
            return around && prepared.entry(node).is_some_and(|entry| is_among(entry, only));
        }
        around && relevant.is_none_or(|relevant| self.holds(relevant, node, scope, Value::Nothing))
    }

    /// Whether that is another state than before.
    fn show_group(
        &mut self,
        node: usize,
        scope: usize,
        id: &GroupId,
        relevant: Option<&Expression>,
        change: &mut Change,
    ) -> bool {
        let shown = self.is_relevant(node, scope, relevant);
        if self.cell(node, scope).shown == shown {
            return false;
        }
        self.cell_mut(node, scope).shown = shown;
        let key = GroupKey { group: id.clone(), instance: self.instance(scope) };
        if shown {
            change.groups_shown.push(key);
        } else {
            change.groups_hidden.push(key);
        }
        let prepared = self.prepared.clone();
        if !prepared.layout.nodes[node].is_repeat {
            prepared.layout.children(node).for_each(|child| self.make_wait(child, scope, part::RELEVANT));
        }
        true
    }

    fn settle_repeat(&mut self, node: usize, scope: usize, repeat: &Repeat, change: &mut Change) {
        self.show_group(node, scope, &repeat.id, repeat.relevant.as_ref(), change);
        let shown = self.cell(node, scope).shown;
        let mut in_use = self.cell(node, scope).instances.len();
        if let (Some(count), true) = (&repeat.count, shown) {
            // What is no number is none.
            let count = self.evaluate(count, node, scope, Value::Nothing).number();
            in_use = count.clamp(0.0, repeat.most.min(MOST_INSTANCES).into()) as usize;
            while self.cell(node, scope).instances.len() < in_use && self.make_instance(node, scope).is_some()
            {
            }
        }
        let prepared = self.prepared.clone();
        let mut is_other = false;
        for (place, instance) in self.cell(node, scope).instances.clone().into_iter().enumerate() {
            let used = shown && place < in_use;
            if self.scopes[instance].in_use != used {
                self.scopes[instance].in_use = used;
                is_other = true;
                prepared
                    .layout
                    .children(node)
                    .for_each(|child| self.make_wait(child, instance, part::RELEVANT));
            }
        }
        if is_other {
            change.instances.push(GroupKey { group: repeat.id.clone(), instance: self.instance(scope) });
            self.make_counters_wait(node, scope);
        }
    }

    fn settle_question(
        &mut self,
        node: usize,
        scope: usize,
        question: &Question,
        mut parts: u8,
        change: &mut Change,
    ) {
        let before = self.cell(node, scope).shown;
        let shown = if parts & part::RELEVANT == 0 {
            before
        } else {
            self.is_relevant(node, scope, question.relevant.as_ref())
        };
        if shown != before {
            self.cell_mut(node, scope).shown = shown;
            let key = self.key(question, scope);
            if shown {
                change.shown.push(key);
            } else {
                change.hidden.push(key);
            }
            parts |= part::CALCULATION | part::CHOICES;
            self.make_unclear(node, scope);
        }
        if shown {
            self.give_default(node, scope, question);
            if let (Some(worked_out), true) = (question.worked_out(), parts & part::CALCULATION != 0) {
                let answer = self.work_out(node, scope, question, worked_out);
                self.cell_mut(node, scope).answer = answer;
            }
        }
        if parts & part::CHOICES != 0 {
            self.offer(node, scope, question, shown, change);
        }
        self.see(node, scope, change);
    }

    /// What nobody answers. `once()` looks at what stands already, and of a record that is what somebody sent: where it can
    /// be found out what stood there first, that stands there now.
    fn work_out(
        &mut self,
        node: usize,
        scope: usize,
        question: &Question,
        expression: &Expression,
    ) -> Option<Answer> {
        if self.sealed && is_fixed(expression) {
            let first = self.come_to(node, scope, question, expression, None);
            if self.come_to(node, scope, question, expression, first.as_ref()) == first {
                return first;
            }
        }
        let stands = self.cell(node, scope).answer.clone();
        self.come_to(node, scope, question, expression, stands.as_ref())
    }

    /// What an expression comes to where this stands already. A default never looks at what stands. A calculation that does keeps
    /// a text as the record will have it, which is all that is known of it later.
    fn come_to(
        &mut self,
        node: usize,
        scope: usize,
        question: &Question,
        expression: &Expression,
        stands: Option<&Answer>,
    ) -> Option<Answer> {
        let looks = matches!(question.kind, QuestionKind::Calculation(_));
        let stands = stands.filter(|_| looks).map_or(Value::Nothing, |answer| answer.value(&question.kind));
        let value = self.evaluate(expression, node, scope, stands);
        match Answer::of(value, &question.kind) {
            Some(Answer::Text(text)) if looks && expression.looks_at_this() => {
                Some(tidy_text(&text)).filter(|text| !text.is_empty()).map(Answer::Text)
            }
            answer => answer,
        }
    }

    /// Gives the default, if it never was.
    fn give_default(&mut self, node: usize, scope: usize, question: &Question) {
        let given = !self.sealed && question.asks();
        let Some(default) = question.default.as_ref().filter(|_| given) else { return };
        if std::mem::replace(&mut self.cell_mut(node, scope).touched, true) {
            return;
        }
        let value = self.evaluate(default, node, scope, Value::Nothing);
        let answer = Answer::of(value, &question.kind);
        let cell = self.cell_mut(node, scope);
        if cell.answer.is_none() && cell.typed.is_empty() {
            cell.answer = answer;
        }
    }

    /// Which choices are offered.
    fn offer(&mut self, node: usize, scope: usize, question: &Question, shown: bool, change: &mut Change) {
        let mut not_offered = vec![];
        if shown {
            for (place, choice) in question.kind.choices().iter().enumerate() {
                let test = choice.shown_if.as_ref();
                if test.is_some_and(|test| !self.holds(test, node, scope, Value::Nothing)) {
                    not_offered.push(place);
                }
            }
        }
        if self.cell(node, scope).not_offered != not_offered {
            self.cell_mut(node, scope).not_offered = not_offered;
            change.choices.push(self.key(question, scope));
        }
    }

    /// Looks at what others see of a question; if that is something else now, those who look at it wait.
    pub(super) fn see(&mut self, node: usize, scope: usize, change: &mut Change) {
        let prepared = self.prepared.clone();
        let Some(question) = prepared.question(node) else { return };
        let cell = self.cell(node, scope);
        let given = cell.taken.as_ref().unwrap_or(&cell.answer).as_ref().filter(|_| cell.shown);
        let effective = given.and_then(|answer| counted(answer, &question.kind, &cell.not_offered));
        if cell.effective == effective {
            return;
        }
        self.cell_mut(node, scope).effective = effective;
        change.answers.push(self.key(question, scope));
        self.make_unclear(node, scope);
        self.make_dependents_wait(node, scope);
    }
}

/// Whether it is one of these questions, or a group that one of them stands in. What repeats is asked as a whole or not at all.
fn is_among(entry: &Entry, only: &BTreeSet<QuestionId>) -> bool {
    match entry {
        Entry::Question(question) => only.contains(&question.id),
        Entry::Group(group) => group.entries.iter().any(|entry| is_among(entry, only)),
        Entry::Repeat(_) => false,
    }
}

/// Whether it looks at what stands already, and besides at nothing that can change during a visit.
fn is_fixed(expression: &Expression) -> bool {
    expression.looks_at_this() && expression.references().is_empty() && !expression.needs().position
}

/// What counts of an answer: nothing of another type, no option that is not offered.
fn counted(answer: &Answer, kind: &QuestionKind, not_offered: &[usize]) -> Option<Answer> {
    if matches!(kind, QuestionKind::Calculation(_)) {
        return Some(answer.clone());
    }
    let choices = kind.choices();
    let is_offered = |id: &OptionId| {
        choices.iter().position(|choice| choice.id == *id).is_some_and(|place| !not_offered.contains(&place))
    };
    match (kind, answer) {
        // As it will be sealed, so that nothing is worked out from a blank that the record has not.
        (QuestionKind::Text { .. }, Answer::Text(text)) => {
            let text = tidy_text(text);
            (!text.is_empty()).then_some(Answer::Text(text))
        }
        (QuestionKind::SelectOne(_), Answer::SelectOne(chosen)) => is_offered(chosen).then(|| answer.clone()),
        (QuestionKind::SelectMultiple(_), Answer::SelectMultiple(chosen)) => {
            let offered: BTreeSet<_> = chosen.iter().filter(|id| is_offered(id)).cloned().collect();
            (!offered.is_empty()).then_some(Answer::SelectMultiple(offered))
        }
        (kind, answer) => {
            let is_none =
                matches!(answer.fits(kind), Err(AnswerError::WrongType | AnswerError::NotANumber { .. }));
            (!is_none).then(|| answer.clone())
        }
    }
}
