//! What an expression sees from the place where it stands.

use super::{Session, context::SiteOnly};
use crate::{
    expression::{Facts, Value},
    id::{QuestionId, SiteKind},
    text::Lang,
};
use chrono::{DateTime, FixedOffset};

pub(super) struct View<'a> {
    pub session: &'a Session,
    pub node: usize,
    pub scope: usize,
    pub this: Value,
}

impl Session {
    /// What others see of a question.
    pub(super) fn value(&self, node: usize, scope: usize) -> Value {
        let answer = self.cell(node, scope).effective.as_ref();
        let kind = self.prepared.question(node).map(|question| &question.kind);
        answer.zip(kind).map_or(Value::Nothing, |(answer, kind)| answer.value(kind))
    }

    /// The scope that this one is in at so many repeats' depth.
    pub(super) fn outer(&self, mut scope: usize, from: usize, to: usize) -> usize {
        for _ in to..from {
            scope = self.scopes[scope].parent;
        }
        scope
    }

    /// Scopes that are in use below one, through these repeats.
    pub(super) fn inner(&self, scope: usize, repeats: &[usize]) -> Vec<usize> {
        let mut scopes = vec![scope];
        for repeat in repeats {
            let instances = scopes.iter().flat_map(|scope| &self.cell(*repeat, *scope).instances);
            scopes = instances.copied().filter(|scope| self.scopes[*scope].in_use).collect();
        }
        scopes
    }
}

impl View<'_> {
    fn site_only(&self) -> SiteOnly<'_> {
        SiteOnly { at: &self.session.context, form: &self.session.prepared.form }
    }

    fn find(&self, name: &str) -> Option<usize> {
        let prepared = &self.session.prepared;
        prepared.layout.find(&prepared.form, name)
    }

    /// Values of a node in all instances that are inside the instance that one stands in, down from so many repeats.
    fn all(&self, node: usize, depth: usize) -> Vec<Value> {
        let nodes = &self.session.prepared.layout.nodes;
        let base = self.session.outer(self.scope, nodes[self.node].repeats.len(), depth);
        let scopes = self.session.inner(base, &nodes[node].repeats[depth..]);
        if nodes[node].is_repeat {
            let instances = scopes.iter().flat_map(|scope| self.session.inner(*scope, &[node]));
            return instances
                .map(|instance| Value::Number(self.session.scopes[instance].number.into()))
                .collect();
        }
        scopes.into_iter().map(|scope| self.session.value(node, scope)).collect()
    }
}

impl Facts for View<'_> {
    fn answer(&self, question: &QuestionId) -> Value {
        let Some(node) = self.find(question.as_str()) else { return Value::Nothing };
        let layout = &self.session.prepared.layout;
        let depth = layout.common(node, self.node, false);
        if layout.nodes[node].is_repeat || depth < layout.nodes[node].repeats.len() {
            return Value::Many(self.all(node, depth));
        }
        self.session.value(node, self.session.outer(self.scope, layout.nodes[self.node].repeats.len(), depth))
    }

    fn answers(&self, question: &QuestionId) -> Vec<Value> {
        let node = self.find(question.as_str());
        node.map_or(vec![], |node| self.all(node, self.session.prepared.layout.common(node, self.node, true)))
    }

    fn this(&self) -> Value {
        self.this.clone()
    }

    fn position(&self) -> Option<usize> {
        let scope = &self.session.scopes[self.scope];
        let instances = &self.session.cell(scope.repeat?, scope.parent).instances;
        instances.iter().position(|instance| *instance == self.scope).map(|place| place + 1)
    }

    fn now(&self) -> DateTime<FixedOffset> {
        self.site_only().now()
    }

    fn is_site_kind(&self, kind: &SiteKind) -> bool {
        self.site_only().is_site_kind(kind)
    }

    fn site(&self, attribute: &str) -> Value {
        self.site_only().site(attribute)
    }

    fn last(&self, question: &QuestionId) -> Value {
        self.site_only().last(question)
    }

    fn choice_name(&self, question: &QuestionId, option: &str) -> Option<String> {
        let question = self.session.prepared.question(self.find(question.as_str())?)?;
        let choice = question.kind.choices().iter().find(|choice| choice.id.as_str() == option)?;
        // Records are in Chinese, whoever filled them in.
        Some(choice.text.get(Lang::Zh).to_owned())
    }

    fn pull(&self, table: &str, column: &str, key: &str, value: &str) -> Value {
        self.site_only().pull(table, column, key, value)
    }
}
