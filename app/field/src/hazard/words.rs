//! What the phone calls the commands that it offers.

use super::{commands::PhoneCommand, file::File};
use crate::i18n::{Lang, hazards as t, office};
use domain::hazard::Hazard;

pub struct Wording {
    pub title: &'static str,
    /// Of the field for note or reason.
    pub words: &'static str,
    pub submit: &'static str,
}

pub fn of(lang: Lang, command: PhoneCommand, hazard: &Hazard) -> Wording {
    let [title, words, submit] = match command {
        PhoneCommand::Rectify => [t::rectify_title(lang), t::rectify_note(lang), t::rectify_submit(lang)],
        PhoneCommand::AskExtension => {
            [t::extension_title(lang), t::extension_reason(lang), t::extension_submit(lang)]
        }
        PhoneCommand::Accept if hazard.needs_second_acceptance() => {
            [t::accept_title(lang), office::acceptance_note(lang), office::accept_first(lang)]
        }
        PhoneCommand::Accept => [t::accept_title(lang), office::acceptance_note(lang), office::accept(lang)],
        PhoneCommand::Return => [t::return_title(lang), office::why_returned(lang), office::send_back(lang)],
    };
    Wording { title, words, submit }
}

/// The button that opens the sheet.
pub fn opens(lang: Lang, command: PhoneCommand) -> &'static str {
    match command {
        PhoneCommand::Rectify => t::rectify_open(lang),
        PhoneCommand::AskExtension => t::extension_title(lang),
        PhoneCommand::Accept => t::accept_open(lang),
        PhoneCommand::Return => office::send_back(lang),
    }
}

pub fn photos(lang: Lang, command: PhoneCommand) -> &'static str {
    match command {
        PhoneCommand::Rectify => t::photos_after(lang),
        PhoneCommand::AskExtension | PhoneCommand::Accept | PhoneCommand::Return => t::photos_recheck(lang),
    }
}

pub fn day(lang: Lang, command: PhoneCommand) -> &'static str {
    match command {
        PhoneCommand::AskExtension => t::extension_until(lang),
        PhoneCommand::Rectify | PhoneCommand::Accept | PhoneCommand::Return => office::new_deadline(lang),
    }
}

/// How the command is called in the outbox.
pub fn submission(lang: Lang, command: PhoneCommand, file: &File) -> String {
    let site = match file.site_name() {
        name if name.is_empty() => file.hazard.title().to_owned(),
        name => name,
    };
    match command {
        PhoneCommand::Rectify => t::submission_rectified(lang, site),
        PhoneCommand::AskExtension => t::submission_extension(lang, site),
        PhoneCommand::Accept => t::submission_accepted(lang, site),
        PhoneCommand::Return => t::submission_returned(lang, site),
    }
}
