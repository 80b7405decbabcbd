//! What the phone's records say, read again whenever they change.

use super::device::use_device;
use client::changes::Topic;
use leptos::{prelude::*, task::spawn_local};
use std::{cell::Cell, pin::Pin, rc::Rc};

/// What was read last; none until the first reading is done.
pub type Live<T> = ReadSignal<Option<T>, LocalStorage>;

type Reading<T> = Pin<Box<dyn Future<Output = T>>>;

/// Reads now, and again whenever one of the topics or a signal that `read` asks for changes. Until the new reading is
/// done the old one stands; one that was overtaken by another is dropped.
pub fn live<T: 'static, F: Future<Output = T> + 'static>(
    topics: &'static [Topic],
    read: impl Fn() -> F + 'static,
) -> Live<T> {
    follow(topics, Box::new(move || Box::pin(read())))
}

/// Compiled once for what is read, not once for each reader.
fn follow<T: 'static>(topics: &'static [Topic], read: Box<dyn Fn() -> Reading<T>>) -> Live<T> {
    let (shown, show) = signal_local(None);
    let again = move |is_last: IsLast| -> Reading<()> {
        let reading = read();
        Box::pin(async move {
            let value = reading.await;
            if is_last() {
                // The person may have left the screen by now.
                show.try_set(Some(value));
            }
        })
    };
    again_and_again(topics, Box::new(again));
    shown
}

/// Whether no other reading has begun since.
type IsLast = Box<dyn Fn() -> bool>;

/// Compiled once.
fn again_and_again(topics: &'static [Topic], read: Box<dyn Fn(IsLast) -> Reading<()>>) {
    let (phone, turn) = (use_device(), Rc::new(Cell::new(0_u64)));
    ui::effect(move || {
        topics.iter().copied().for_each(|topic| phone.watch(topic));
        let mine = turn.get() + 1;
        turn.set(mine);
        let turn = turn.clone();
        spawn_local(read(Box::new(move || turn.get() == mine)));
    });
}
