//! The row that is open: its fields, where it can go, and what can be added below it.

use super::{
    Doing,
    address::{Chosen, EditorView, editor_address, number},
    faults::{is_of_list, is_of_row, is_of_settings, list},
    field::{Shown, area, field, select},
    hidden,
    kinds::RowKind,
    lint::Lint,
    picture::picture,
    row_form::{self, FORM, TITLE},
    slots::{Part, SLOTS, Slot},
    typed::{Texts, Typed},
};
use crate::{
    i18n::form_editing as t,
    sending::SentForm,
    server_fns::form_editing::{draft::DraftPage, edit::choices_text},
};
use domain::form::editing::SheetFault;
use leptos::{
    prelude::*,
    web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition},
};
use std::sync::Arc;

pub fn panel(doing: &Doing, draft: &Arc<DraftPage>, chosen: Chosen) -> AnyView {
    let doing = *doing;
    let lang = doing.lang;
    let row = match chosen {
        Chosen::Row(row) if row >= draft.sheets.survey.rows.len() || draft.sheets.is_end(row) => {
            return ().into_any();
        }
        Chosen::Row(row) => Some(row),
        Chosen::Whole => None,
    };
    let title = row.map_or_else(|| t::whole_form(lang).to_owned(), |row| t::row(lang, number(row)));
    let close = editor_address(&draft.id, &EditorView { chosen: None, kind: draft.kind.clone() });
    let lint = Lint::new(draft, chosen);
    let saved = saved_texts(draft, row);
    let typed = typed_here(&doing, draft, chosen, &saved);
    let is_typed = typed.is_some();
    Effect::new(move |_| {
        if is_typed {
            lint.later();
        }
    });
    let kind = RwSignal::new(kind_shown(draft, row, typed.as_ref()));
    let faults = faults(lint, draft, row);
    let shown = Shown {
        lang,
        kind,
        faults,
        draft: Arc::clone(draft),
        row,
        typed: typed.map(Arc::new),
        known: doing.known,
    };
    focus_where_it_was(&doing);
    keep_row_in_sight();
    let named = row.map(|row| draft.sheets.survey.get(row, "name").to_owned()).unwrap_or_default();
    let said = (
        hidden(&doing, draft, &chosen.word()),
        view! { <input type="hidden" name="edit[named]" value=named.clone() /> },
    );
    let (fields, unplaced) = (fields(&shown), unplaced(&shown));
    let ended = ended(lint, draft, row);
    let keep = move |_| {
        if let Some(cells) = row_form::texts() {
            let typed = Typed::new(chosen, &named, cells, &saved);
            doing.typed.update(|before| *before = typed.map(|typed| typed.and_before(before.take())));
        }
        lint.later();
    };
    view! {
        <section class="form-edit__panel" aria-labelledby=TITLE>
            <div class="form-edit__bar">
                <h2 id=TITLE tabindex="-1">
                    {title}
                </h2>
                {row.map(|row| moving(&doing, draft, row))}
                <a class="chip" href=close data-noscroll="true">
                    {t::close(lang)}
                </a>
            </div>
            {unplaced}
            {ended}
            <SentForm
                to=doing.edit
                attr:id=FORM
                attr:class="form-edit__fields"
                on:input=keep
                on:focusin=move |_| doing.focused.set_value(row_form::focused())
            >
                {said}
                <input type="hidden" name="edit[does]" value="save" />
                {fields}
                {saving(&doing)}
            </SentForm>
            {row.and_then(|row| picture(&doing, draft, row))}
            {row.map(|_| adding(&doing, draft, Some(chosen)))}
            {row.map(|_| deleting(&doing, draft, chosen))}
        </section>
    }
    .into_any()
}

/// What was typed into this row before, over what is saved of it now.
fn typed_here(doing: &Doing, draft: &DraftPage, chosen: Chosen, saved: &Texts) -> Option<Typed> {
    let typed = doing.typed.get_untracked().filter(|typed| typed.is_of(chosen, &draft.sheets))?;
    let over = typed.over(saved);
    doing.typed.set(over.clone());
    over
}

/// Every field of the row as the draft has it, by its name.
fn saved_texts(draft: &DraftPage, row: Option<usize>) -> Texts {
    let cells = if row.is_some() { &draft.sheets.survey } else { &draft.sheets.settings };
    let slots = SLOTS.iter().filter(|slot| slot.is_of_form() == row.is_none());
    let slots = slots.map(|slot| (slot.name, slot.value(cells, row.unwrap_or_default()).to_owned()));
    let besides = row.filter(|row| !is_group(draft, *row)).map(|row| {
        let kind = kind_of(draft, row).map(|(kind, _)| kind.word().to_owned()).unwrap_or_default();
        let list = list(&draft.sheets, row).to_owned();
        row_form::BESIDES.into_iter().zip([kind, list.clone(), choices_text(&draft.sheets, &list)])
    });
    let all = slots.chain(besides.into_iter().flatten());
    all.map(|(name, text)| (name.to_owned(), text)).collect()
}

fn kind_shown(draft: &DraftPage, row: Option<usize>, typed: Option<&Typed>) -> Option<RowKind> {
    let typed = typed.and_then(|typed| RowKind::parse(typed.text("kind")?));
    typed.or_else(|| kind_of(draft, row?).map(|(kind, _)| kind))
}

fn is_group(draft: &DraftPage, row: usize) -> bool {
    kind_of(draft, row).is_some_and(|(kind, _)| kind.is_group())
}

/// The button, and whether it has to be pressed.
fn saving(doing: &Doing) -> AnyView {
    let doing = *doing;
    let (lang, pending, fault) = (doing.lang, doing.edit.pending(), doing.edit.fault());
    // What is typed is laid over a draft that is loaded anew, just before this row is drawn anew.
    let refused = move || fault.try_with(Option::is_some).unwrap_or_default();
    let state = move || match (refused(), doing.typed.with(Option::is_some)) {
        (true, _) => t::refused_above(lang),
        (false, true) => t::unsaved(lang),
        (false, false) => "",
    };
    view! {
        <div class="form-edit__save">
            <button
                class="button"
                id="row-save"
                aria-busy=move || pending.get().then_some("true")
                disabled=move || pending.get()
            >
                {t::save(lang)}
            </button>
            <span class="u-small" role="status">
                {state}
            </span>
        </div>
    }
    .into_any()
}

pub fn kind_of(draft: &DraftPage, row: usize) -> Option<(RowKind, String)> {
    let survey = &draft.sheets.survey;
    RowKind::of(survey.get(row, "type"), survey.get(row, "appearance"))
}

/// What is wrong here: as it was saved, or as it is typed now.
fn faults(lint: Lint, draft: &Arc<DraftPage>, row: Option<usize>) -> Signal<Vec<SheetFault>> {
    let draft = Arc::clone(draft);
    Signal::derive(move || {
        let all = lint.found.get().map_or_else(|| draft.faults.clone(), |found| found.faults);
        let is_here = |fault: &SheetFault| match row {
            Some(row) => is_of_row(fault, &draft.sheets, row),
            None => is_of_settings(fault),
        };
        all.into_iter().filter(is_here).collect()
    })
}

/// What the row rests on that is not in force: as it was saved, or as it is typed now. It may be published all the same.
fn ended(lint: Lint, draft: &Arc<DraftPage>, row: Option<usize>) -> AnyView {
    let draft = Arc::clone(draft);
    let lines = move || {
        let all = lint.found.get().map_or_else(|| draft.ended.clone(), |found| found.ended);
        let here =
            all.into_iter().filter(|basis| row.is_some_and(|row| is_of_row(basis, &draft.sheets, row)));
        here.map(|basis| view! { <p class="notice">{basis.words}</p> }).collect_view()
    };
    view! { <div role="status">{lines}</div> }.into_any()
}

/// What is wrong with the row and with none of its fields.
fn unplaced(shown: &Shown) -> AnyView {
    let shown = shown.clone();
    let lines = move || {
        let cells = shown.cells();
        let fits = |slot: &Slot| shown.has(slot);
        let told = |fault: &SheetFault| {
            let row = shown.row.unwrap_or_default();
            fault.heading == "type"
                || is_of_list(fault, &shown.draft.sheets, list(&shown.draft.sheets, row))
                || SLOTS.iter().any(|slot| fits(slot) && slot.is_under(&fault.heading, cells))
        };
        let faults = shown.faults.get();
        let lines = faults.into_iter().filter(|fault| !told(fault));
        lines.map(|fault| view! { <p class="error-line">{fault.words}</p> }).collect_view()
    };
    view! { <div role="status">{lines}</div> }.into_any()
}

fn fields(shown: &Shown) -> AnyView {
    let lang = shown.lang;
    let parts = [
        (Part::Text, t::group_text(lang)),
        (Part::When, t::group_when(lang)),
        (Part::Fails, t::group_fails(lang)),
        (Part::Basis, t::group_basis(lang)),
    ];
    let part = |(part, title): (Part, &'static str)| {
        let of_part = move || SLOTS.iter().filter(move |slot| slot.part == part);
        let own = shown.clone();
        let fields = of_part().filter(|slot| slot.is_of_form() == shown.row.is_none());
        let fields = fields.map(|slot| field(shown, slot)).collect_view();
        let kind = (part == Part::Text).then(|| shown.row.map(|row| kind_fields(shown, row)));
        view! {
            <fieldset class="form-edit__part" hidden=move || !of_part().any(|slot| own.has(slot))>
                <legend>{title}</legend>
                {kind}
                {fields}
            </fieldset>
        }
    };
    parts.map(part).collect_view().into_any()
}

/// The type, and what is chosen from.
fn kind_fields(shown: &Shown, row: usize) -> AnyView {
    let lang = shown.lang;
    let survey = &shown.draft.sheets.survey;
    let known = kind_of(&shown.draft, row);
    // A group is what it is.
    if is_group(&shown.draft, row) {
        return ().into_any();
    }
    let raw = survey.get(row, "type").to_owned();
    let other = known.is_none().then(|| (String::new(), t::as_it_is(lang, raw)));
    let kinds = RowKind::OF_QUESTIONS.map(|kind| (kind.word().to_owned(), kind.name(lang).to_owned()));
    let chosen = known.as_ref().map(|(kind, _)| kind.word().to_owned()).unwrap_or_default();
    let list_name = list(&shown.draft.sheets, row).to_owned();
    let choices = choices_text(&shown.draft.sheets, &list_name);
    let kind = shown.kind;
    let chooses = move || kind.get().is_some_and(RowKind::chooses);
    view! {
        {select(shown, "kind", t::kind(lang), chosen, other.into_iter().chain(kinds).collect())}
        <div class="form-edit__wide" hidden=move || !chooses()>
            {area(shown, "list", t::list(lang), None, list_name, false)}
            {area(shown, "choices", t::choices(lang), Some(t::choices_hint(lang)), choices, true)}
        </div>
    }
    .into_any()
}

/// One place higher or lower; a group goes whole.
fn moving(doing: &Doing, draft: &DraftPage, row: usize) -> AnyView {
    let doing = *doing;
    let lang = doing.lang;
    let ways = [(draft.sheets.above(row), t::up(lang)), (draft.sheets.below(row), t::down(lang))];
    let way = |(before, words): (Option<usize>, &'static str)| {
        let (said, nowhere) = (hidden(&doing, draft, &Chosen::Row(row).word()), before.is_none());
        let before = before.map(|before| number(before).to_string());
        view! {
            <SentForm to=doing.edit>
                {said}
                <input type="hidden" name="edit[before]" value=before />
                <button class="chip" name="edit[does]" value="move" disabled=nowhere>
                    {words}
                </button>
            </SentForm>
        }
    };
    ways.map(way).collect_view().into_any()
}

/// Below the row that is open, in it where it is a group, or at the end.
pub fn adding(doing: &Doing, draft: &DraftPage, below: Option<Chosen>) -> AnyView {
    let doing = *doing;
    let lang = doing.lang;
    let is_group = below.and_then(Chosen::row).is_some_and(|row| is_group(draft, row));
    let title = if is_group { t::add_in(lang) } else { t::add_below(lang) };
    let ways = [
        ("question", t::add_question(lang)),
        ("group", t::add_group(lang)),
        ("repeat", t::add_repeat(lang)),
        ("note", t::add_note(lang)),
    ];
    let ways = ways.map(|(does, words)| {
        view! {
            <button class="chip" name="edit[does]" value=does aria-label=t::way_of(lang, title, words)>
                {words}
            </button>
        }
    });
    let ways = ways.collect_view();
    let said = hidden(&doing, draft, &below.map(Chosen::word).unwrap_or_default());
    view! {
        <SentForm to=doing.edit attr:class="form-edit__add">
            {said}
            <span class="u-small">{title}</span>
            {ways}
        </SentForm>
    }
    .into_any()
}

fn deleting(doing: &Doing, draft: &DraftPage, chosen: Chosen) -> AnyView {
    let doing = *doing;
    let (lang, said) = (doing.lang, hidden(&doing, draft, &chosen.word()));
    view! {
        <details>
            <summary class="link">{t::delete(lang)}</summary>
            <p class="u-small">{t::delete_hint(lang)}</p>
            <SentForm to=doing.edit>
                {said}
                <button class="button button--small button--danger" name="edit[does]" value="remove">
                    {t::delete_now(lang)}
                </button>
            </SentForm>
        </details>
    }
    .into_any()
}

/// The page was drawn anew under the author's hands: the keys go on where they were, or at the row that was opened.
fn focus_where_it_was(doing: &Doing) {
    let doing = *doing;
    Effect::new(move |_| {
        if doing.saved.get_untracked() == 0 {
            return;
        }
        let is_typed = doing.typed.with_untracked(Option::is_some);
        row_form::focus(doing.focused.get_value().filter(|_| is_typed));
    });
}

/// The fields take their room from the list of rows: the row that was opened is not to vanish below them. Where the list does not
/// scroll by itself, as on a narrow screen, the page stays where it is.
fn keep_row_in_sight() {
    Effect::new(move |_| {
        request_animation_frame(|| {
            let Some(row) = document().query_selector("tr[aria-current]").ok().flatten() else { return };
            let list = row.closest("table").ok().flatten().and_then(|table| table.parent_element());
            if list.is_some_and(|list| list.scroll_height() > list.client_height()) {
                let options = ScrollIntoViewOptions::new();
                options.set_block(ScrollLogicalPosition::Nearest);
                row.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    });
}

impl Shown {
    /// Whether the row has this field, as its type is chosen now.
    pub fn has(&self, slot: &Slot) -> bool {
        match self.row {
            Some(_) => slot.fits(self.kind.get()),
            None => slot.is_of_form(),
        }
    }

    pub fn cells(&self) -> &domain::form::sheets::Cells {
        match self.row {
            Some(_) => &self.draft.sheets.survey,
            None => &self.draft.sheets.settings,
        }
    }

    /// What was typed and is not saved, or what stands in the cell.
    pub fn value(&self, name: &str, saved: String) -> String {
        self.typed.as_ref().and_then(|typed| typed.text(name)).cloned().unwrap_or(saved)
    }
}
