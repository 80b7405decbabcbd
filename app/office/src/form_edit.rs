//! 编制: a draft as rows, the row that is open with its fields, and a phone beside it on which it is tried out. Everything
//! works by plain forms; the program adds what is wrong as one types, dragging, and answers that can be tapped.

pub mod address;
pub mod compare;
pub mod faults;
mod field;
mod head;
pub mod kinds;
mod leaving;
mod lint;
mod notices;
mod panel;
mod phone;
mod picker;
mod picture;
mod row_form;
mod rows;
pub mod slots;
pub mod typed;

use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::fault::{PageErrorNotice, tell_gone},
    error::AppError,
    forms::address::FORMS,
    i18n::{form_editing as t, office, use_lang},
    plain_form,
    sending::Sending,
    server_fns::form_editing::{DiscardDraft, EditDraft, LoadDraft, PublishDraft, draft::DraftPage},
};
use address::{Chosen, EditorView, read};
use chrono::SecondsFormat;
use domain::{role::Action, text::Lang};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map, use_query_map},
};
use phone::Tried;
use picker::Known;
use picture::Uploading;
use std::{collections::BTreeMap, sync::Arc};
use typed::Typed;

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub struct Doing {
    pub lang: Lang,
    pub edit: Sending,
    pub publish: Sending,
    pub discard: Sending,
    /// How often the draft was to be loaded anew.
    pub saved: RwSignal<u32>,
    pub view: Memo<EditorView>,
    /// Something is being saved, or was and is not drawn yet: until then nothing can be typed that the new page would lose.
    busy: Signal<bool>,
    /// What was typed into the open row and is not saved.
    typed: RwSignal<Option<Typed>>,
    /// What was typed into a row that another person has removed meanwhile.
    gone: RwSignal<Vec<String>>,
    /// The picture that is being sent for a row.
    uploading: Uploading,
    /// Why the last picture was not put to its row, where that is not told there: another person had changed the draft, or the
    /// row is closed.
    overtaken: RwSignal<Option<AppError>>,
    /// Where somebody goes on to once the row is saved.
    next: StoredValue<Option<String>>,
    /// The same, once the saved draft is drawn: it is gone to then, however often the page is drawn meanwhile.
    going: RwSignal<Option<String>>,
    /// The field that had the keys last.
    focused: StoredValue<Option<String>>,
    /// The round that is drawn.
    drawn: RwSignal<u32>,
    go: Callback<String>,
    /// What is known of the ids that the draft names, and of those that were looked for.
    known: Known,
    tried: Tried,
}

impl Doing {
    fn new(view: Memo<EditorView>) -> Self {
        let typed = RwSignal::new(plain_form::typed().and_then(Typed::refused));
        let beside = Callback::new(move |()| {
            typed.with_untracked(|typed| typed.as_ref().map(Typed::fields).unwrap_or_default())
        });
        let edit = Sending::to::<EditDraft>().beside(beside);
        let (saved, drawn, pending) = (RwSignal::new(0), RwSignal::new(0), edit.pending());
        let navigate = use_navigate();
        Self {
            lang: use_lang(),
            edit,
            publish: Sending::to::<PublishDraft>(),
            discard: Sending::to::<DiscardDraft>(),
            saved,
            view,
            busy: Signal::derive(move || pending.get() || saved.get() != drawn.get()),
            typed,
            gone: RwSignal::new(vec![]),
            uploading: Uploading::new(),
            overtaken: RwSignal::new(None),
            next: StoredValue::new(None),
            going: RwSignal::new(None),
            focused: StoredValue::new(None),
            drawn,
            go: Callback::new(move |address: String| {
                navigate(&address, NavigateOptions { scroll: false, ..NavigateOptions::default() });
            }),
            known: RwSignal::new(BTreeMap::new()),
            tried: Tried::new(),
        }
    }

    /// The draft is loaded anew after every change, and where another person changed it meanwhile. What was refused for any
    /// other reason is not: the row stays as it was typed, and the keys where they were.
    fn follow(self) {
        self.uploading.follow(&self);
        // The browser's own way back opens another row and asks nobody: what was typed and not saved stays in sight.
        Effect::new(move |_| {
            let chosen = self.view.with(|view| view.chosen);
            let is_left =
                |typed: &Option<Typed>| typed.as_ref().is_some_and(|typed| Some(typed.row) != chosen);
            if self.typed.with_untracked(is_left)
                && let Some(left) = self.typed.try_update(Option::take).flatten()
            {
                self.gone.update(|gone| gone.extend(left.texts()));
            }
        });
        // Here and not where the draft is drawn: what is drawn anew before this runs would take it along.
        Effect::new(move |_| {
            let Some(there) = self.going.get() else { return };
            self.going.set(None);
            // Going looks at where the page is, and would go again whenever somebody goes elsewhere.
            untrack(|| self.go.run(there));
        });
        self.edit.when_done(move || {
            self.typed.set(None);
            self.overtaken.set(None);
            self.saved.update(|count| *count += 1);
        });
        let (edit, publish) = (self.edit.fault(), self.publish.fault());
        Effect::new(move |_| {
            let Some(fault) = edit.get() else { return };
            self.next.set_value(None);
            if let AppError::Changed { .. } = fault {
                self.saved.update(|count| *count += 1);
            } else if self.typed.with_untracked(Option::is_some) {
                row_form::focus(self.focused.get_value());
            }
        });
        Effect::new(move |_| {
            if let Some(AppError::Changed { .. }) = publish.get() {
                self.saved.update(|count| *count += 1);
            }
        });
    }
}

#[component]
pub fn FormEditorPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let view = Memo::new(move |_| query.with(read));
    let kind = Memo::new(move |_| view.with(|view| view.kind.clone()));
    let doing = Doing::new(view);
    doing.follow();
    leaving::guard(&doing, id);
    let asked = Asked::new(move || {
        let kind = kind.get().map(|kind| kind.to_string());
        ask(LoadDraft { id: id.get(), kind }).in_round(doing.saved.get())
    });
    // What was typed is on no page then.
    let unreached = RwSignal::new(false);
    Effect::new(move |_| unreached.set(asked.text.with(|answer| matches!(answer, Some(Err(_))))));
    let shown = await_resource(asked, move |frame, draft: Option<DraftPage>| {
        if !frame.me.may_do(Action::ManageForms) {
            return view! { <div class="page-body"><PageErrorNotice fault=AppError::NotAllowed /></div> }
                .into_any();
        }
        match draft {
            Some(draft) => page(&doing, &frame, draft),
            None => gone(&doing),
        }
    });
    view! {
        {move || unreached.get().then(|| notices::not_loaded(&doing)).flatten()}
        {shown}
    }
    .into_any()
}

fn gone(doing: &Doing) -> AnyView {
    tell_gone();
    let (lang, kept) = (doing.lang, notices::kept(doing));
    view! {
        <div class="notice notice--refused" role="alert">
            <p>{t::draft_gone(lang)}</p>
            {kept}
            <div class="link-row">
                <a class="link" href=FORMS>
                    {office::to_list(lang)}
                </a>
            </div>
        </div>
    }
    .into_any()
}

fn page(doing: &Doing, frame: &crate::server_fns::frame::Frame, draft: DraftPage) -> AnyView {
    let doing = *doing;
    doing.drawn.set(doing.saved.get_untracked());
    doing.known.update(|known| {
        known.extend(draft.references.iter().map(|one| (one.id.clone(), one.clone())));
    });
    find_again(&doing, &draft);
    let draft = Arc::new(draft);
    let notices = notices::notices(&doing);
    let head = head::head(&doing, &draft);
    let (rows, phone) = (rows::rows(&doing, &draft), phone::phone(&doing, frame, &draft));
    let opened = Arc::clone(&draft);
    let open = move || doing.view.with(|view| view.chosen.is_some());
    // Each row's fields are built anew: a form that was given over from one row to the next would keep the first one's listeners.
    let panel = move |chosen: Chosen| panel::panel(&doing, &opened, chosen);
    view! {
        {head}
        {notices}
        <div class="form-edit" class:form-edit--open=open>
            <div class="form-edit__left" inert=move || doing.busy.get()>
                {rows}
                <For each=move || doing.view.with(|view| view.chosen) key=|chosen| *chosen let:chosen>
                    {panel(chosen)}
                </For>
            </div>
            {phone}
        </div>
    }
    .into_any()
}

/// What was typed goes to where its row stands now, and is shown there. Whoever wanted to go on from a row that is saved goes on.
fn find_again(doing: &Doing, draft: &DraftPage) {
    let doing = *doing;
    let chosen = doing.view.with_untracked(|view| view.chosen);
    let mut next = doing.next.try_update_value(Option::take).flatten();
    if let Some(typed) = doing.typed.get_untracked() {
        let moved = typed.moved(&draft.sheets);
        if moved.is_none() {
            // Beside what stands there already.
            doing.gone.update(|gone| gone.extend(typed.texts()));
        }
        let row = moved.as_ref().map(|moved| moved.row);
        // Nobody goes on from what is not saved.
        next = (chosen != row && (row.is_some() || chosen == Some(typed.row))).then(|| {
            let kind = doing.view.with_untracked(|view| view.kind.clone());
            address::editor_address(&draft.id, &EditorView { chosen: row, kind })
        });
        if row != Some(typed.row) {
            doing.typed.set(moved);
        }
    }
    if next.is_some() {
        doing.going.set(next);
    }
}

/// What every form of the page says: which draft, as it was when this page was loaded.
fn hidden(doing: &Doing, draft: &DraftPage, row: &str) -> AnyView {
    let kind = doing.view.with_untracked(|view| view.kind.as_ref().map(ToString::to_string));
    view! {
        <input type="hidden" name="edit[form]" value=draft.id.to_string() />
        <input type="hidden" name="edit[site_kind]" value=kind />
        <input type="hidden" name="edit[seen]" value=seen(draft) />
        <input type="hidden" name="edit[row]" value=row.to_owned() />
    }
    .into_any()
}

fn seen(draft: &DraftPage) -> String {
    draft.saved_at.to_rfc3339_opts(SecondsFormat::Millis, true)
}
