//! Instances of repeats: they come, they go, and their numbers are never used twice.

use super::{Cell, Change, Refused, Scope, Session};
use crate::form::{Entry, GroupKey, MOST_INSTANCES, Repeat, layout::part};
use std::sync::Arc;

/// Instances of all repeats together: repeats in repeats are many soon.
pub(super) const MOST_ALTOGETHER: usize = 5_000;

impl Session {
    /// Adds an instance at the end of a repeat, and answers its number.
    ///
    /// # Errors
    /// Why there can be none.
    pub fn add_instance(&mut self, key: &GroupKey) -> Result<(u16, Change), Refused> {
        let (node, scope) = self.open_repeat(key)?;
        let prepared = Arc::clone(&self.prepared);
        let Some(Entry::Repeat(repeat)) = prepared.entry(node) else { return Err(Refused::Unknown) };
        if !self.has_room(repeat, node, scope) {
            return Err(Refused::Full);
        }
        let number = self.make_instance(node, scope).ok_or(Refused::Full)?;
        let mut change = Change::default();
        self.make_wait(node, scope, part::COUNT);
        self.settle(&mut change);
        Ok((number, change))
    }

    /// Removes an instance, with every answer in it.
    ///
    /// # Errors
    /// Why there is nothing to remove.
    pub fn remove_instance(&mut self, key: &GroupKey, number: u16) -> Result<Change, Refused> {
        let (node, scope) = self.open_repeat(key)?;
        let instances = &self.cell(node, scope).instances;
        let place = instances.iter().position(|instance| self.scopes[*instance].number == number);
        let place = place.ok_or(Refused::Unknown)?;
        let instance = self.cell_mut(node, scope).instances.remove(place);
        let later = self.cell(node, scope).instances[place..].to_vec();
        let mut change = Change { instances: vec![key.clone()], ..Change::default() };
        self.scopes[instance].in_use = false;
        let prepared = Arc::clone(&self.prepared);
        let layout = &prepared.layout;
        layout.children(node).for_each(|child| self.make_wait(child, instance, part::RELEVANT));
        self.make_counters_wait(node, scope);
        for inside in node + 1..layout.nodes[node].end {
            let parts = layout.nodes[inside].by_position;
            // An instance further in counts for itself.
            if parts == 0 || layout.nodes[inside].repeats.last() != Some(&node) {
                continue;
            }
            for later in &later {
                self.make_wait_parts(inside, *later, parts);
            }
        }
        self.settle(&mut change);
        self.forget(instance);
        Ok(change)
    }

    /// Whether an instance can be added by hand.
    pub(super) fn has_room(&self, repeat: &Repeat, node: usize, scope: usize) -> bool {
        let cell = self.cell(node, scope);
        let most = repeat.most.min(MOST_INSTANCES);
        cell.shown
            && repeat.count.is_none()
            && cell.instances.len() < most.into()
            && cell.last_number < u16::MAX
    }

    /// Where an instance stands among those of its repeat, from 1.
    pub fn position_of(&self, key: &GroupKey, number: u16) -> Option<usize> {
        let (node, scope) = self.locate(key.group.as_str(), &key.instance)?;
        let mut instances = self.cell(node, scope).instances.iter();
        instances.position(|instance| self.scopes[*instance].number == number).map(|place| place + 1)
    }

    fn open_repeat(&self, key: &GroupKey) -> Result<(usize, usize), Refused> {
        let (node, scope) = self.locate(key.group.as_str(), &key.instance).ok_or(Refused::Unknown)?;
        match self.prepared.entry(node) {
            Some(Entry::Repeat(repeat)) if repeat.count.is_some() => Err(Refused::ReadOnly),
            Some(Entry::Repeat(_)) if !self.cell(node, scope).shown => Err(Refused::NotAsked),
            Some(Entry::Repeat(_)) => Ok((node, scope)),
            Some(Entry::Group(_) | Entry::Question(_)) | None => Err(Refused::Unknown),
        }
    }

    /// Makes an instance with the next number, not in use yet. None: there are no numbers left, or no room.
    pub(super) fn make_instance(&mut self, node: usize, scope: usize) -> Option<u16> {
        if self.scopes.len() > MOST_ALTOGETHER {
            return None;
        }
        let number = self.cell(node, scope).last_number.checked_add(1)?;
        self.cell_mut(node, scope).last_number = number;
        self.place_instance(node, scope, number);
        Some(number)
    }

    pub(super) fn place_instance(&mut self, node: usize, scope: usize, number: u16) -> usize {
        let made = self.scopes.len();
        let mut cells = vec![];
        cells.resize_with(self.prepared.layout.nodes[node].cells, Cell::default);
        self.scopes.push(Scope { parent: scope, repeat: Some(node), number, in_use: false, cells });
        self.cell_mut(node, scope).instances.push(made);
        made
    }

    /// What waits and what is only unclear.
    fn make_wait_parts(&mut self, node: usize, scope: usize, parts: u8) {
        if parts & part::MEANING != 0 {
            self.make_unclear(node, scope);
        }
        if parts & !part::MEANING != 0 {
            self.make_wait(node, scope, parts & !part::MEANING);
        }
    }

    /// Empties a removed instance and those in it.
    fn forget(&mut self, scope: usize) {
        for cell in std::mem::take(&mut self.scopes[scope].cells) {
            cell.instances.into_iter().for_each(|inside| self.forget(inside));
        }
    }
}
