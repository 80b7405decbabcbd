//! One line that is typed: a name, a post.

use super::SigningOff;
use crate::typed_line::TypedLine;
use domain::visit::SignOffDraft;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Line {
    pub id: &'static str,
    pub label: &'static str,
    /// An example of it.
    pub hint: &'static str,
    pub most: usize,
    /// Where it stands in the draft.
    pub place: fn(&mut SignOffDraft) -> &mut String,
}

impl Line {
    /// `words`: what is typed, which another act may fill in.
    pub fn view(self, signing_off: SigningOff, words: RwSignal<String>) -> AnyView {
        let Self { id, label, hint, most, place } = self;
        let line = TypedLine { id, label, hint: Some(hint), most };
        line.view(words.into(), move |typed| {
            signing_off.change(|sign_off| place(sign_off).clone_from(&typed));
            words.set(typed);
        })
    }
}
