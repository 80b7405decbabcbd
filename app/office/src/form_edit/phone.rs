//! 手机上的样子: the draft as an inspector is asked it at a site of the chosen kind. The server works it out by the phone's own
//! rules; what is tapped here is sent there, and what is asked then comes back.

mod lines;

use super::{Doing, address::editor_address};
use crate::{
    components::options::Options,
    i18n::form_editing as t,
    server_fns::{
        form_editing::{
            draft::DraftPage,
            preview::{Preview, Step, Tap},
        },
        frame::Frame,
    },
};
use domain::text::Lang;
use leptos::prelude::*;
use leptos_router::components::Form;

/// What was tapped, and what is asked now; both stay while the draft is changed.
#[derive(Clone, Copy)]
pub struct Tried {
    steps: RwSignal<Vec<Step>>,
    shown: RwSignal<Option<Preview>>,
    failed: RwSignal<bool>,
    /// Which draft, and where.
    at: StoredValue<(String, String)>,
    /// Counts what was asked: only the last answer counts.
    round: StoredValue<u32>,
}

impl Tried {
    pub fn new() -> Self {
        Self {
            steps: RwSignal::new(vec![]),
            shown: RwSignal::new(None),
            failed: RwSignal::new(false),
            at: StoredValue::new(Default::default()),
            round: StoredValue::new(0),
        }
    }

    /// A draft was loaded.
    fn load(self, draft: &DraftPage) {
        let kind = draft.kind.as_ref().map(ToString::to_string).unwrap_or_default();
        let at = (draft.id.to_string(), kind);
        if self.at.with_value(|known| *known != at) {
            self.at.set_value(at);
            self.steps.set(vec![]);
            self.shown.set(None);
        }
        // While there are faults the last that was shown stays.
        if let Some(preview) = &draft.preview {
            self.shown.set(Some(preview.clone()));
            if self.steps.with_untracked(|steps| !steps.is_empty()) {
                self.ask(None);
            }
        }
    }

    fn step(self, name: &str, instance: &[u16], tap: Tap) {
        // What is taken out takes its button with it: the keys go on at the heading.
        let focus = matches!(tap, Tap::Remove(_)).then(|| lines::id(name, instance, "head"));
        let step = Step { name: name.to_owned(), instance: instance.to_vec(), tap };
        self.steps.update(|steps| steps.push(step));
        self.ask(focus);
    }

    fn restart(self) {
        self.steps.set(vec![]);
        self.ask(None);
    }

    /// `focus`: the id of what has the focus afterwards; none: what had it.
    #[cfg(not(feature = "ssr"))]
    fn ask(self, focus: Option<String>) {
        use crate::server_fns::form_editing::PreviewDraft;
        use leptos::server_fn::ServerFn;
        self.round.update_value(|round| *round += 1);
        let (round, (id, kind)) = (self.round.get_value(), self.at.get_value());
        let steps = self.steps.get_untracked();
        leptos::task::spawn_local(async move {
            let Ok(arguments) = serde_json::to_string(&PreviewDraft { id, kind, steps }) else { return };
            let answer = crate::wire::ask(PreviewDraft::PATH, arguments).await;
            if self.round.try_get_value() != Some(round) {
                return;
            }
            let shown = answer.ok().and_then(|text| serde_json::from_str::<Option<Preview>>(&text).ok());
            self.failed.try_set(shown.is_none());
            if let Some(Some(preview)) = shown {
                let focused = focus.or_else(|| document().active_element().map(|element| element.id()));
                self.shown.try_set(Some(preview));
                request_animation_frame(move || focus_again(focused));
            }
        });
    }

    /// Only a browser taps.
    #[cfg(feature = "ssr")]
    fn ask(self, focus: Option<String>) {
        let _ = (self.round, focus);
    }
}

/// The keys go on where they were: the phone was drawn anew.
#[cfg(not(feature = "ssr"))]
fn focus_again(id: Option<String>) {
    use leptos::{wasm_bindgen::JsCast, web_sys::HtmlElement};
    let element = id.filter(|id| id.starts_with("try-")).and_then(|id| document().get_element_by_id(&id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot be focused leaves the focus where it is.
        let _ = element.focus();
    }
}

pub fn phone(doing: &Doing, frame: &Frame, draft: &DraftPage) -> AnyView {
    let doing = *doing;
    let (lang, tried) = (doing.lang, doing.tried);
    tried.load(draft);
    let faults = draft.faults.len();
    let title = draft.title.clone();
    let at = draft.kind.as_ref().map(|kind| frame.kind(kind, lang).to_owned()).unwrap_or_default();
    let under = t::draft_version(lang, draft.version);
    let screen = move || {
        tried.shown.with(|preview| match preview {
            Some(preview) => screen(lang, tried, &title, &under, preview, faults),
            None => view! { <p class="form-phone__body">{t::phone_after_mending(lang)}</p> }.into_any(),
        })
    };
    let failed =
        move || tried.failed.get().then(|| view! { <p class="error-line">{t::phone_failed(lang)}</p> });
    view! {
        <aside class="form-phone" aria-label=t::phone(lang)>
            <p class="u-small">{t::phone_at(lang, at)}</p>
            {kinds(&doing, frame, draft)}
            <div class="form-phone__frame">{screen}</div>
            <div role="status">{failed}</div>
            <p class="u-small">{t::phone_can_be_tapped(lang)}</p>
        </aside>
    }
    .into_any()
}

/// Where it is tried out.
fn kinds(doing: &Doing, frame: &Frame, draft: &DraftPage) -> AnyView {
    let doing = *doing;
    let lang = doing.lang;
    let options = frame.names.kinds.iter().map(|kind| (kind.id.to_string(), kind.name.get(lang).to_owned()));
    let options: Vec<_> = options.collect();
    let chosen = draft.kind.as_ref().map(ToString::to_string).unwrap_or_default();
    let row = move || {
        let chosen = doing.view.with(|view| view.chosen);
        chosen.map(|chosen| view! { <input type="hidden" name="row" value=chosen.word() /> })
    };
    let action = editor_address(&draft.id, &super::EditorView::default());
    view! {
        <Form method="GET" action=action attr:class="form-phone__kind" noscroll=true>
            {row}
            <label class="u-visually-hidden" for="try-kind">
                {t::site_kind(lang)}
            </label>
            <select class="input input--select" id="try-kind" name="kind">
                <Options options chosen />
            </select>
            <button class="button button--small button--quiet">{t::show(lang)}</button>
        </Form>
    }
    .into_any()
}

fn screen(lang: Lang, tried: Tried, title: &str, under: &str, preview: &Preview, faults: usize) -> AnyView {
    let before = (faults > 0).then(|| view! { <p class="notice">{t::phone_before(lang, faults)}</p> });
    let not_offered =
        (!preview.offered).then(|| view! { <p class="u-small">{t::phone_not_offered(lang)}</p> });
    let nothing = preview.lines.is_empty().then(|| view! { <p>{t::phone_asks_nothing(lang)}</p> });
    let lines = preview.lines.iter().map(|line| lines::line(lang, tried, line)).collect_view();
    let again = move || {
        let tapped = tried.steps.with(|steps| !steps.is_empty());
        tapped.then(|| {
            view! {
                <button type="button" class="button button--small button--quiet" on:click=move |_| tried.restart()>
                    {t::phone_restart(lang)}
                </button>
            }
        })
    };
    view! {
        <div class="form-phone__top">
            <div>
                <b>{title.to_owned()}</b>
                <p class="u-small">{under.to_owned()}</p>
            </div>
            <span class="u-small" role="status">
                {t::phone_progress(lang, preview.answered, preview.asked)}
            </span>
        </div>
        <div class="form-phone__body">{before} {not_offered} {nothing} {lines} {again}</div>
    }
    .into_any()
}
