//! The proof of each hazard found: how it was, and beside it how it is now.

use super::photos::picture;
use crate::{i18n::office, server_fns::visits::record::VisitRecord};
use domain::{file::Proof, photo::PhotoHash, text::Lang, time};
use leptos::prelude::*;

pub fn proofs(lang: Lang, file: &VisitRecord) -> AnyView {
    let pairs = file.hazards.iter().zip(&file.proofs).filter(|(_, proof)| !proof.before.is_empty());
    let pairs = pairs.map(|(row, proof)| {
        // What has more photos than its counterpart stands alone in its row.
        let rows = (0..proof.before.len().max(proof.after.len())).map(|n| {
            view! {
                {side(lang, proof, office::before(lang), proof.before.get(n))}
                {side(lang, proof, office::after(lang), proof.after.get(n))}
            }
        });
        let rows = rows.collect_view();
        view! {
            <h4>
                <span>{row.number.clone()}</span>
                " "
                {row.what.clone()}
            </h4>
            <div class="record__pair">{rows}</div>
        }
    });
    pairs.collect_view().into_any()
}

fn side(lang: Lang, proof: &Proof, words: &'static str, hash: Option<&PhotoHash>) -> AnyView {
    let Some(hash) = hash else {
        return view! { <figure><figcaption>{words} " · " {office::no_photo(lang)}</figcaption></figure> }
            .into_any();
    };
    let known = proof.photos.iter().find(|photo| photo.hash == *hash);
    let taken = known.and_then(|photo| photo.facts.as_ref()).map(|facts| time::long(facts.at));
    let picture = picture(lang, known, words.to_owned());
    view! {
        <figure>
            {picture}
            <figcaption>{words} " · " {taken}</figcaption>
        </figure>
    }
    .into_any()
}
