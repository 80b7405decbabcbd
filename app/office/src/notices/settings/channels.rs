//! The ways out of the house, and the form of one. Address and key are typed and never shown.

use super::{Forms, with_channel};
use crate::{
    components::{
        choices::Choice,
        fault::ErrorLine,
        field::{Field, Fields},
    },
    i18n::notices as t,
    sending::SentForm,
    server_fns::notices::channel_form::{CHANNEL, ChannelForm, RETIRE},
};
use domain::{
    id::NoticeChannelId,
    notice::{ChannelFile, ChannelKind, NoticeKind, NoticeSettingsFile},
};
use leptos::prelude::*;

pub fn channels(forms: &Forms, file: &NoticeSettingsFile, chosen: Option<NoticeChannelId>) -> AnyView {
    let lang = forms.lang;
    let rows: Vec<AnyView> = file.channels.iter().map(|known| row(forms, known)).collect();
    let none = rows.is_empty().then(|| view! { <p class="u-small">{t::no_channels(lang)}</p> });
    let list = (!rows.is_empty()).then(|| view! { <ul class="card rows">{rows}</ul> });
    let mut live = file.channels.iter().filter(|known| !known.channel.retired);
    let chosen = live.find(|known| Some(known.channel.id) == chosen);
    view! {
        <section class="page-body">
            <h2>{t::channels(lang)}</h2>
            <p>{t::channels_hint(lang)}</p>
            {none}
            {list}
            {form(forms, chosen)}
            {chosen.map(|known| retire(forms, known))}
        </section>
    }
    .into_any()
}

fn row(forms: &Forms, known: &ChannelFile) -> AnyView {
    let lang = forms.lang;
    let channel = &known.channel;
    let state = match (channel.retired, channel.on) {
        (true, _) => t::channel_retired(lang),
        (false, true) => t::channel_on(lang),
        (false, false) => t::channel_off(lang),
    };
    let name = channel.name.clone();
    let name = if channel.retired {
        name.into_any()
    } else {
        // The form of another channel is another page.
        view! {
            <a class="link" href=with_channel(channel.id) rel="external">
                {name}
            </a>
        }
        .into_any()
    };
    let failed = known.failed;
    let failed = (failed != 0).then(|| {
        view! { <span class="badge badge--act">{t::channel_failed(lang, failed)}</span> }
    });
    let waiting = (known.waiting != 0).then(|| t::channel_waiting(lang, known.waiting));
    view! {
        <li>
            <div class="rows__body">
                <p class="rows__title">{name}</p>
                <p class="rows__meta">
                    <span>{t::channel_kind_name(lang, channel.kind)}</span>
                    <span>{channel.shown.clone()}</span>
                    <span>{state}</span>
                    <span>{waiting}</span>
                </p>
            </div>
            {failed}
        </li>
    }
    .into_any()
}

fn form(forms: &Forms, chosen: Option<&ChannelFile>) -> AnyView {
    let lang = forms.lang;
    let fault = forms.channel.fault();
    let fields = Fields { lang, form: CHANNEL, group: "form", fault };
    let known = chosen.map(|known| ChannelForm::of(&known.channel));
    let shown = forms.typed_channel.clone().or(known).unwrap_or_default();
    let is_known = !shown.id.is_empty();
    let title = match chosen {
        Some(known) => t::edit_channel(lang, known.channel.name.clone()),
        None => t::add_channel(lang).to_owned(),
    };
    let kind = if is_known {
        fields.hidden("kind", shown.kind.clone())
    } else {
        let words = |kind: ChannelKind| t::channel_kind_name(lang, kind).to_owned();
        let options = ChannelKind::ALL.map(|kind| (kind.as_str().to_owned(), words(kind)));
        fields.select(Field::new("kind", t::channel_kind(lang), shown.kind.clone()), options.into())
    };
    let kinds = NoticeKind::ALL.map(|kind| Choice {
        value: kind.as_str().to_owned(),
        words: t::kind(lang, kind).to_owned(),
        chosen: shown.kinds.iter().any(|word| word == kind.as_str()),
    });
    let hint = |fresh: &'static str| if is_known { t::channel_kept(lang) } else { fresh };
    let address = Field::new("address", t::channel_address(lang), shown.address.clone());
    let told = if is_known {
        t::channel_kept(lang).to_owned()
    } else {
        format!("{} {}", t::channel_address_hint(lang), t::channel_push_hint(lang))
    };
    let address = address.hint(told).autocomplete("off");
    let key = Field::new("secret", t::channel_key(lang), "").hint(hint(t::channel_key_hint(lang)));
    let key = key.autocomplete("new-password");
    let template = Field::new("template", t::channel_template(lang), shown.template.clone());
    let success = Field::new("success", t::channel_success_field(lang), shown.success.clone());
    let (name, value) = (shown.name.clone(), shown.value.clone());
    let from = Field::new("mail_from", t::channel_mail_from(lang), shown.mail_from.clone());
    let mail_to = Field::new("mail_to", t::channel_mail_to(lang), shown.mail_to.clone());
    view! {
        <h3>{title}</h3>
        <SentForm to=forms.channel attr:class="form">
            {fields.hidden("does", CHANNEL)}
            {fields.hidden("id", shown.id.clone())}
            <ErrorLine fault />
            {fields.text(Field::new("name", t::channel_name(lang), name))}
            {kind}
            {fields.check(Field::new("on", t::channel_on(lang), ""), shown.on || !is_known)}
            {fields.several(Field::new("kinds", t::channel_kinds(lang), ""), kinds.into())}
            {fields.text(address)}
            {fields.input("password", key)}
            {fields.area(template.hint(t::channel_template_hint(lang)))}
            {fields.text(success.hint(t::channel_success_hint(lang)))}
            {fields.text(Field::new("value", t::channel_success_value(lang), value))}
            {fields.text(from.hint(t::channel_mail_hint(lang)))}
            {fields.area(mail_to)}
            <button class="button">{t::save_channel(lang)}</button>
        </SentForm>
    }
    .into_any()
}

/// By which a channel is taken away.
fn retire(forms: &Forms, known: &ChannelFile) -> AnyView {
    let lang = forms.lang;
    let fields = Fields { lang, form: RETIRE, group: "form", fault: forms.channel.fault() };
    let id = known.channel.id.to_string();
    view! {
        <h3>{t::retire_channel(lang)}</h3>
        <p>{t::retire_channel_hint(lang)}</p>
        <SentForm to=forms.channel attr:class="form">
            {fields.hidden("does", RETIRE)}
            {fields.hidden("id", id.clone())}
            {fields.check(Field::new("sure", t::retire_sure(lang), ""), false)}
            <button class="button">{t::retire_channel(lang)}</button>
        </SentForm>
    }
    .into_any()
}
