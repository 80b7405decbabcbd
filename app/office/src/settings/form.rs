//! The forms of places. Each works without the program; what was typed into one that was refused stands in it again, and
//! in no other.

use crate::{
    components::{error_signal::ErrorSignal, fault::ErrorLine, field::Fields},
    desk::{DeskContext, use_desk},
    i18n::Lang,
    plain_form::typed,
    sending::{Sending, SentForm},
    server_fns::{
        places::{ChangePlace, SaveSettings, place_form::PlaceForm, settings_form::SettingsForm},
        settings::{SaveOfficeSettings, office_settings_form::OfficeSettingsForm},
    },
};
use domain::place::PlaceKind;
use leptos::prelude::*;

/// What the forms of a page share. To be made where the page begins.
#[derive(Clone)]
pub struct Forms {
    pub lang: Lang,
    desk: DeskContext,
    typed: Option<PlaceForm>,
    typed_settings: Option<SettingsForm>,
    typed_own: Option<OfficeSettingsForm>,
}

/// One form of a place: what it does, to what kind, to which; a new one has no id.
#[derive(Clone, Copy)]
pub struct Does<'a> {
    pub does: &'static str,
    pub kind: PlaceKind,
    pub id: &'a str,
}

impl Forms {
    pub fn new(lang: Lang) -> Self {
        let (place, settings, own) =
            (typed::<PlaceForm>(), typed::<SettingsForm>(), typed::<OfficeSettingsForm>());
        Self {
            lang,
            desk: use_desk(),
            typed: place.filter(|form| !form.kind.is_empty()),
            typed_settings: settings.filter(|form| !form.does.is_empty()),
            typed_own: own.filter(|form| !form.does.is_empty()),
        }
    }

    /// `known` is what the form begins with; `page` is where it stands.
    pub fn place(
        &self,
        Does { does, kind, id }: Does<'_>,
        known: PlaceForm,
        page: String,
        class: &'static str,
        fields: impl FnOnce(Fields, PlaceForm) -> AnyView,
    ) -> AnyView {
        let typed = self.typed.clone().filter(|typed| typed.is_of(does, kind, id));
        let act = Sending::to::<ChangePlace>();
        let fault = own_fault(act, self.typed.is_some() && typed.is_none());
        self.reload_after(act);
        let shown = Fields { lang: self.lang, form: name_of(does, kind), group: "form", fault };
        let fields = fields(shown, typed.unwrap_or(known));
        let id = id.to_owned();
        view! {
            <SentForm to=act attr:class=class>
                {shown.hidden("does", does)}
                {shown.hidden("kind", kind.as_str())}
                {shown.hidden("id", id)}
                {shown.hidden("page", page)}
                <ErrorLine fault />
                {fields}
            </SentForm>
        }
        .into_any()
    }

    /// The office's own settings.
    pub fn settings(
        &self,
        known: SettingsForm,
        page: String,
        fields: impl FnOnce(Fields, SettingsForm) -> AnyView,
    ) -> AnyView {
        let typed = self.typed_settings.clone().filter(|typed| typed.does == known.does);
        let act = Sending::to::<SaveSettings>();
        let fault = own_fault(act, self.typed_settings.is_some() && typed.is_none());
        self.reload_after(act);
        let shown = Fields { lang: self.lang, form: "settings", group: "form", fault };
        let form = typed.unwrap_or(known);
        let does = form.does.clone();
        let fields = fields(shown, form);
        view! {
            <SentForm to=act attr:class="form">
                {shown.hidden("does", does)}
                {shown.hidden("page", page)}
                <ErrorLine fault />
                {fields}
            </SentForm>
        }
        .into_any()
    }

    /// What the office decides for itself.
    pub fn own(
        &self,
        known: OfficeSettingsForm,
        page: String,
        class: &'static str,
        fields: impl FnOnce(Fields, OfficeSettingsForm) -> AnyView,
    ) -> AnyView {
        let typed = self.typed_own.clone().filter(|typed| typed.does == known.does);
        let act = Sending::to::<SaveOfficeSettings>();
        let fault = own_fault(act, self.typed_own.is_some() && typed.is_none());
        self.reload_after(act);
        let shown = Fields { lang: self.lang, form: "own-settings", group: "form", fault };
        let form = typed.unwrap_or(known);
        let does = form.does.clone();
        let fields = fields(shown, form);
        view! {
            <SentForm to=act attr:class=class>
                {shown.hidden("does", does)}
                {shown.hidden("page", page)}
                <ErrorLine fault />
                {fields}
            </SentForm>
        }
        .into_any()
    }

    /// Names stand in every page's frame.
    fn reload_after(&self, act: Sending) {
        let desk = self.desk;
        act.when_done(move || {
            desk.frame.refetch();
            desk.changed();
        });
    }
}

/// A refused plain form comes back in the page's address, where every form of the page would take it for its own.
fn own_fault(act: Sending, is_of_another: bool) -> ErrorSignal {
    act.fault().only_if(move || !is_of_another || act.tries() > 0)
}

/// Tells the ids of a page's fields apart.
fn name_of(does: &'static str, kind: PlaceKind) -> &'static str {
    match (does, kind) {
        ("add", PlaceKind::Grid) => "add-grid",
        ("add", PlaceKind::Community) => "add-community",
        ("add", PlaceKind::Department) => "add-department",
        ("merge", _) => "merge",
        ("close", _) => "close",
        _ => "change",
    }
}
