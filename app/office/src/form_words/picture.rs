//! 示例图 as the desk shows it: beside a question of a form, and of a draft.

use crate::components::photo_pair::preview_url;
use domain::{form::QuestionPicture, photo::PhotoHash, text::Lang};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureWords {
    pub image: PhotoHash,
    pub description: String,
}

impl PictureWords {
    pub fn of(lang: Lang, picture: &QuestionPicture) -> Self {
        Self { image: picture.image.clone(), description: picture.description.get(lang).to_owned() }
    }

    pub fn view(&self, class: &'static str) -> AnyView {
        let source = preview_url(&self.image);
        view! { <img class=class src=source alt=self.description.clone() loading="lazy" /> }.into_any()
    }
}
