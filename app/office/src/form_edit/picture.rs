//! 示例图 of the row that is open: the one that it has, another in its place, or none. What it shows is said in two fields of the
//! row.

use super::{
    Doing,
    address::Chosen,
    hidden,
    panel::kind_of,
    seen,
    slots::{SLOTS, Slot},
};
use crate::{
    components::fault::ErrorLine,
    error::AppError,
    file_form::{Answer, choose_again, file_form},
    form_words::picture::PictureWords,
    i18n::form_editing as t,
    sending::SentForm,
    server_fns::form_editing::{
        draft::DraftPage,
        picture::{SendPicture, send_picture},
    },
};
use domain::text::Lang;
use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn};

/// The picture that is on its way. It is the page's, and not its row's: whoever saves or closes the row meanwhile hears all the
/// same what came of it.
#[derive(Clone, Copy)]
pub struct Uploading {
    answer: Answer<()>,
    pending: Signal<bool>,
    submit: Callback<SubmitEvent>,
    /// The row for which one was sent last.
    row: RwSignal<Option<Chosen>>,
}

impl Uploading {
    pub fn new() -> Self {
        let (answer, pending, submit) = file_form(send_picture);
        Self { answer, pending, submit: Callback::new(submit), row: RwSignal::new(None) }
    }

    fn send(self, row: Chosen, event: SubmitEvent) {
        self.row.set(Some(row));
        self.submit.run(event);
    }

    /// Why the last one for this row was refused.
    fn fault(self, row: Chosen) -> Option<AppError> {
        // Without the program only the open row can have sent one.
        let is_of_it = self.row.get().is_none_or(|sent| sent == row);
        self.answer.get().and_then(Result::err).filter(|_| is_of_it)
    }

    /// The draft is loaded anew once the picture is there; what was typed into the row stands over it.
    pub fn follow(self, doing: &Doing) {
        let doing = *doing;
        Effect::new(move |_| {
            let Some(answer) = self.answer.get() else { return };
            let is_overtaken = matches!(answer, Err(AppError::Changed { .. }));
            let is_open = self.row.get_untracked() == doing.view.with_untracked(|view| view.chosen);
            let is_put = answer.is_ok();
            // What is wrong with the file is told at its field, while that is there.
            doing.overtaken.set(answer.err().filter(|_| is_overtaken || !is_open));
            if is_put || is_overtaken {
                doing.saved.update(|count| *count += 1);
            }
        });
    }
}

/// None where the row is a group: only questions show one.
pub fn picture(doing: &Doing, draft: &DraftPage, row: usize) -> Option<AnyView> {
    if kind_of(draft, row).is_some_and(|(kind, _)| kind.is_group()) {
        return None;
    }
    let doing = *doing;
    let lang = doing.lang;
    let file = draft.sheets.survey.image(row);
    let shown = shown(lang, draft, row);
    let missing = (shown.is_none() && !file.is_empty())
        .then(|| view! { <p class="u-small">{t::picture_to_add(lang, file.to_owned())}</p> });
    let choose = if shown.is_some() { t::picture_other(lang) } else { t::picture_add(lang) };
    let removing = (!file.is_empty()).then(|| {
        let said = hidden(&doing, draft, &Chosen::Row(row).word());
        view! {
            <SentForm to=doing.edit>
                {said}
                <button class="chip" name="edit[does]" value="remove_picture">
                    {t::picture_remove(lang)}
                </button>
            </SentForm>
        }
    });
    let view = view! {
        <section class="form-edit__picture" aria-labelledby="picture-title">
            <h3 id="picture-title">{t::part_picture(lang)}</h3>
            {shown.map(|picture| picture.view("form-edit__image"))}
            {missing}
            {choosing(&doing, draft, row, choose)}
            {removing}
        </section>
    };
    Some(view.into_any())
}

/// The picture that the row names, if it is one of the office's.
fn shown(lang: Lang, draft: &DraftPage, row: usize) -> Option<PictureWords> {
    let survey = &draft.sheets.survey;
    let image = survey.image(row).split('.').next()?.parse().ok()?;
    let said = |name: &str| {
        let slot: Option<&Slot> = SLOTS.iter().find(|slot| slot.name == name);
        slot.map_or("", |slot| slot.value(survey, row))
    };
    let description = match lang {
        Lang::Zh => said("picture_zh"),
        Lang::En => said("picture_en"),
    };
    Some(PictureWords { image, description: description.to_owned() })
}

/// A form of its own: it sends a file, and is done once that is here.
fn choosing(doing: &Doing, draft: &DraftPage, row: usize, words: &'static str) -> AnyView {
    let doing = *doing;
    let (lang, row, uploading) = (doing.lang, Chosen::Row(row), doing.uploading);
    let pending = uploading.pending;
    let kind = doing.view.with_untracked(|view| view.kind.as_ref().map(ToString::to_string));
    let fault = move || uploading.fault(row).map(|fault| refused(lang, fault));
    view! {
        <form
            class="form-edit__add"
            method="post"
            enctype="multipart/form-data"
            action=SendPicture::url()
            on:submit=move |event| uploading.send(row, event)
        >
            <input type="hidden" name="form" value=draft.id.to_string() />
            <input type="hidden" name="site_kind" value=kind />
            <input type="hidden" name="seen" value=seen(draft) />
            <input type="hidden" name="row" value=row.word() />
            <div class="field">
                <label for="picture-file">{words}</label>
                <p class="field__hint" id="picture-file-h">
                    {t::picture_file_hint(lang)}
                </p>
                <input
                    class="input"
                    type="file"
                    id="picture-file"
                    name="file"
                    accept="image/jpeg,image/png,image/webp"
                    required
                    aria-describedby="picture-file-h picture-file-e"
                />
            </div>
            <button
                class="button button--small button--quiet"
                aria-busy=move || pending.get().then_some("true")
                disabled=move || pending.get()
            >
                {t::picture_upload(lang)}
            </button>
            <div id="picture-file-e" role="status">
                {fault}
                {choose_again::<()>()}
            </div>
        </form>
    }
    .into_any()
}

fn refused(lang: Lang, fault: AppError) -> AnyView {
    match fault {
        AppError::Invalid { reason, .. } => view! { <p class="error-line">{reason}</p> }.into_any(),
        AppError::Changed { .. } => view! { <p class="error-line">{t::changed_title(lang)}</p> }.into_any(),
        fault => view! { <ErrorLine fault=Signal::derive(move || Some(fault.clone())) /> }.into_any(),
    }
}
