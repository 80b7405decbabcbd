//! The controls of a list's filters: chips that switch, choices and days that apply as soon as they are made, words to find.

use super::{DeskList, address::address};
use crate::{
    components::filter_chips::{FilterDay, FilterLink, FilterSelect},
    i18n::office,
    server_fns::frame::Frame,
};
use chrono::NaiveDate;
use domain::{
    id::CommunityId,
    list::{ListFilter, Word},
    text::Lang,
};
use leptos::prelude::*;

/// One control.
pub enum Control<Filter> {
    /// Leads to the list with this filter.
    Chip {
        words: String,
        to: Filter,
        on: bool,
    },
    Choice {
        key: &'static str,
        label: &'static str,
        /// Word and name of each.
        options: Vec<(String, String)>,
        chosen: String,
        /// What is sent where none of them is chosen.
        unchosen: String,
    },
    Day {
        key: &'static str,
        label: &'static str,
        chosen: Option<NaiveDate>,
    },
    Search {
        key: &'static str,
        label: &'static str,
        words: String,
    },
}

impl<Filter> Control<Filter> {
    /// A choice that may be left open.
    pub fn choice<T: Word>(
        key: &'static str,
        label: &'static str,
        options: Vec<(String, String)>,
        chosen: Option<&T>,
    ) -> Self {
        let chosen = chosen.map(Word::word).unwrap_or_default();
        Self::Choice { key, label, options, chosen, unchosen: String::new() }
    }

    /// The part of the filter that it sends; a chip sends none.
    pub fn key(&self) -> Option<&'static str> {
        match self {
            Self::Chip { .. } => None,
            Self::Choice { key, .. } | Self::Day { key, .. } | Self::Search { key, .. } => Some(key),
        }
    }
}

/// A choice among all of these, by their names.
pub fn one_of<T: Word>(
    all: impl IntoIterator<Item = T>,
    name: impl Fn(&T) -> String,
) -> Vec<(String, String)> {
    all.into_iter().map(|one| (one.word(), name(&one))).collect()
}

/// A choice among the office's own things.
pub fn named<'a, T: Word + 'a>(all: impl IntoIterator<Item = (&'a T, &'a String)>) -> Vec<(String, String)> {
    all.into_iter().map(|(id, name)| (id.word(), name.clone())).collect()
}

/// The choice of a community.
pub fn communities<Filter>(lang: Lang, frame: &Frame, chosen: Option<&CommunityId>) -> Control<Filter> {
    let options = named(frame.communities.iter().map(|community| (&community.id, &community.name)));
    Control::choice("community", office::community(lang), options, chosen)
}

pub(super) fn view<L: DeskList>(control: Control<L::Filter>) -> AnyView {
    match control {
        Control::Chip { words, to, on } => {
            let href = address::<L>(&to.at_page(1));
            view! {
                <FilterLink href on>
                    {words}
                </FilterLink>
            }
            .into_any()
        }
        Control::Choice { key, label, options, chosen, unchosen } => {
            view! { <FilterSelect name=key label options chosen unchosen /> }.into_any()
        }
        Control::Day { key, label, chosen } => view! { <FilterDay name=key label chosen /> }.into_any(),
        Control::Search { key, label, words } => view! {
            <input class="chip chip--input" type="search" name=key placeholder=label aria-label=label value=words />
        }
        .into_any(),
    }
}
