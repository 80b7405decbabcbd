//! What went wrong on the phone, in the person's words.

use crate::i18n::{Lang, clock, device as t, limits, photos, ready};
use client::DeviceError;
use domain::photo::NotAPhoto;

pub trait ErrorWords {
    /// What to tell the person: what happened, what is safe, what to do.
    fn words(&self, lang: Lang) -> &'static str;
}

impl ErrorWords for DeviceError {
    fn words(&self, lang: Lang) -> &'static str {
        match self {
            Self::StorageFull => t::storage_full(lang),
            Self::StorageClosed(_) | Self::Unreadable(_) => t::storage_closed(lang),
            Self::Unwritable(_) => t::not_written(lang),
            Self::OverLimit(_) => limits::somewhere(lang),
            Self::StorageSilent => ready::storage_silent(lang),
            Self::NoLocalStorage => ready::no_local_storage(lang),
            Self::CannotKeep => t::cannot_keep(lang),
            Self::NotABundle => t::not_a_bundle(lang),
            Self::SomebodyElses => t::somebody_elses(lang),
            Self::Locked => t::locked(lang),
            Self::WrongPin => t::wrong_pin(lang),
            Self::NoCrypto => t::no_crypto(lang),
            Self::NewerData => t::newer_data(lang),
            Self::NewerRecord => t::newer_record(lang),
            Self::ChangedElsewhere => t::changed_elsewhere(lang),
            Self::DeadlinesGone => clock::deadlines_gone(lang),
            Self::PhotoUnreadable => photos::not_a_photo(lang, NotAPhoto::Cut),
            Self::NotAPhoto(why) => photos::not_a_photo(lang, *why),
            Self::PhotoNotMade => t::photo_not_made(lang),
            Self::PhotoTooLarge(_) => t::photo_too_large(lang),
            Self::CameraRefused => t::camera_refused(lang),
            Self::NoCamera => t::no_camera(lang),
            Self::Offline => t::not_reached(lang),
            Self::WrongPassword => t::wrong_password(lang),
            Self::TooManyTries => t::too_many_tries(lang),
            Self::Server(_) => t::server_failed(lang),
        }
    }
}
