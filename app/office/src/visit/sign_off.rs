//! How the visit ended with the people of the site: who signed, or why nobody did and who saw it.

use super::photos::{figure, picture};
use crate::{
    i18n::{inspection, sign_off as t},
    server_fns::visits::record::VisitRecord,
};
use domain::{
    text::Lang,
    visit::{Circumstances, DrawnSignature, RefusalReason, SignOff, Signed, Witness},
};
use leptos::prelude::*;

/// What happened where nobody signed; nothing where somebody did, whose name stands at the foot.
pub fn circumstances(lang: Lang, file: &VisitRecord) -> Option<AnyView> {
    let (reason, told) = match file.sign_off.as_deref()? {
        SignOff::Signed(_) => return None,
        SignOff::Refused { reason, circumstances } => (Some(*reason), circumstances),
        SignOff::Absent { circumstances } => (None, circumstances),
    };
    let Circumstances { words, photos, witness } = told;
    let figures: Vec<_> = photos.iter().map(|hash| figure(lang, file, hash, t::photos(lang))).collect();
    let photos = (!figures.is_empty()).then(|| view! { <div class="record__photos">{figures}</div> });
    let witness = match witness {
        Some(Witness { name, who, signature }) => view! {
            <p>{t::witness(lang)} " · " {name.clone()} " · " {who.clone()}</p>
            {drawn(lang, file, signature, t::witness_signature(lang))}
        }
        .into_any(),
        None => view! { <p>{t::no_witness_found(lang)}</p> }.into_any(),
    };
    let shown = view! {
        <h3>{t::title(lang)} " · " {way(lang, reason)}</h3>
        <p>{words.clone()}</p>
        {photos}
        {witness}
    };
    Some(shown.into_any())
}

/// What stands where the site signs: the signature, why there is none, or room for one on paper.
pub fn at_foot(lang: Lang, file: &VisitRecord) -> AnyView {
    let site = view! { <span>{inspection::signed_for_site(lang, file.nature)}</span> };
    let signed = match file.sign_off.as_deref() {
        None => ().into_any(),
        Some(SignOff::Signed(Signed { signature, name, post, phone })) => {
            let parts = [name, post, phone].into_iter().filter(|part| !part.is_empty());
            let who = parts.map(String::as_str).collect::<Vec<_>>().join(" · ");
            view! {
                {drawn(lang, file, signature, t::signature(lang))}
                <p>{who}</p>
            }
            .into_any()
        }
        Some(SignOff::Refused { reason, .. }) => view! { <p>{way(lang, Some(*reason))}</p> }.into_any(),
        Some(SignOff::Absent { .. }) => view! { <p>{way(lang, None)}</p> }.into_any(),
    };
    view! {
        <div>
            {site}
            {signed}
        </div>
    }
    .into_any()
}

/// `拒签：等负责人`
fn way(lang: Lang, reason: Option<RefusalReason>) -> String {
    match reason {
        Some(reason) => t::refused_because(lang, reason.name().get(lang)),
        None => t::absent(lang).to_owned(),
    }
}

fn drawn(lang: Lang, file: &VisitRecord, signature: &DrawnSignature, words: &'static str) -> AnyView {
    let photo = file.photos.iter().find(|photo| photo.hash == signature.picture);
    view! { <div class="record__signature">{picture(lang, photo, words.to_owned())}</div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_nobody_signed_is_said_in_one_line() {
        assert_eq!(way(Lang::Zh, Some(RefusalReason::Disagrees)), "拒签：不认可");
        assert_eq!(way(Lang::En, None), "Nobody there");
    }
}
