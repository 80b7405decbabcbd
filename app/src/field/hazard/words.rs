//! What the phone calls the deeds that it offers.

use super::{file::File, steps::Way};
use crate::i18n::{Lang, hazards as t, office};
use domain::hazard::Hazard;

pub struct Wording {
    pub title: &'static str,
    /// Of the field for note or reason.
    pub words: &'static str,
    pub submit: &'static str,
}

pub fn of(lang: Lang, way: Way, hazard: &Hazard) -> Wording {
    let [title, words, submit] = match way {
        Way::Rectify => [t::rectify_title(lang), t::rectify_note(lang), t::rectify_submit(lang)],
        Way::AskExtension => [t::extension_title(lang), t::extension_reason(lang), t::extension_submit(lang)],
        Way::Accept if hazard.needs_second_acceptance() => {
            [t::accept_title(lang), office::acceptance_note(lang), office::accept_first(lang)]
        }
        Way::Accept => [t::accept_title(lang), office::acceptance_note(lang), office::accept(lang)],
        Way::Return => [t::return_title(lang), office::why_returned(lang), office::send_back(lang)],
    };
    Wording { title, words, submit }
}

/// The button that opens the sheet.
pub fn opens(lang: Lang, way: Way) -> &'static str {
    match way {
        Way::Rectify => t::rectify_open(lang),
        Way::AskExtension => t::extension_title(lang),
        Way::Accept => t::accept_open(lang),
        Way::Return => office::send_back(lang),
    }
}

pub fn photos(lang: Lang, way: Way) -> &'static str {
    match way {
        Way::Rectify => t::photos_after(lang),
        _ => t::photos_recheck(lang),
    }
}

pub fn day(lang: Lang, way: Way) -> &'static str {
    match way {
        Way::AskExtension => t::extension_until(lang),
        _ => office::new_deadline(lang),
    }
}

/// How the deed is called in the outbox.
pub fn parcel(lang: Lang, way: Way, file: &File) -> String {
    let site = match file.site_name() {
        name if name.is_empty() => file.hazard.title().to_owned(),
        name => name,
    };
    match way {
        Way::Rectify => t::parcel_rectified(lang, site),
        Way::AskExtension => t::parcel_extension(lang, site),
        Way::Accept => t::parcel_accepted(lang, site),
        Way::Return => t::parcel_returned(lang, site),
    }
}
