//! What the phone calls the commands that it offers.

use super::{commands::PhoneCommand, file::File};
use crate::i18n::{Lang, hazards as t, office};
use domain::hazard::Hazard;

pub struct Wording {
    pub title: &'static str,
    /// Of the field for note or reason; empty where the sheet has none.
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
        PhoneCommand::Assign if hazard.plan.is_some() => [office::reassign(lang), "", office::reassign(lang)],
        PhoneCommand::Assign => [office::assign_title(lang), "", office::assign(lang)],
        PhoneCommand::GrantExtension => [office::grant(lang), "", office::grant(lang)],
        PhoneCommand::RefuseExtension => {
            [office::refuse(lang), office::why_refused(lang), office::refuse(lang)]
        }
        PhoneCommand::Refer => [office::refer(lang), office::why_referred(lang), office::refer(lang)],
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
        PhoneCommand::Assign => office::assign(lang),
        PhoneCommand::GrantExtension => office::grant(lang),
        PhoneCommand::RefuseExtension => office::refuse(lang),
        PhoneCommand::Refer => office::refer(lang),
    }
}

pub fn photos(lang: Lang, command: PhoneCommand) -> &'static str {
    match command {
        PhoneCommand::Rectify => t::photos_after(lang),
        PhoneCommand::AskExtension
        | PhoneCommand::Accept
        | PhoneCommand::Return
        | PhoneCommand::Assign
        | PhoneCommand::GrantExtension
        | PhoneCommand::RefuseExtension
        | PhoneCommand::Refer => t::photos_recheck(lang),
    }
}

pub fn day(lang: Lang, command: PhoneCommand) -> &'static str {
    match command {
        PhoneCommand::AskExtension => t::extension_until(lang),
        PhoneCommand::Assign => office::deadline(lang),
        PhoneCommand::Rectify
        | PhoneCommand::Accept
        | PhoneCommand::Return
        | PhoneCommand::GrantExtension
        | PhoneCommand::RefuseExtension
        | PhoneCommand::Refer => office::new_deadline(lang),
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
        PhoneCommand::Assign => t::submission_assigned(lang, site),
        PhoneCommand::GrantExtension => t::submission_granted(lang, site),
        PhoneCommand::RefuseExtension => t::submission_refused(lang, site),
        PhoneCommand::Refer => t::submission_referred(lang, site),
    }
}
