//! The rules: a row each, with after how many days and who is told; and the hours at which nothing goes out.

use super::Forms;
use crate::{
    components::{
        choices::Choice,
        fault::ErrorLine,
        field::{Field, Fields},
    },
    i18n::{notices as t, places},
    sending::SentForm,
    server_fns::notices::rule_form::{PARTY, QUIET, RULE},
};
use domain::notice::{
    MOST_A_DAY, NoticeKind, NoticeRule, NoticeSettings, NoticeSettingsFile, NoticeTo, PartyNoticeKind,
    QuietHours,
};
use leptos::prelude::*;

pub fn rules(forms: &Forms, file: &NoticeSettingsFile) -> AnyView {
    let (lang, settings) = (forms.lang, &file.settings);
    let fault = forms.rule.fault();
    let known = settings.rules.iter().map(|rule| row(forms, file, rule, true));
    // One more row for each kind that may have several.
    let more = NoticeKind::ALL.into_iter().filter(|kind| kind.counts_days());
    let more = more.map(|kind| NoticeRule { kind, after_days: 0, to: vec![] });
    let more = more.map(|rule| row(forms, file, &rule, false));
    let rows: Vec<AnyView> = known.chain(more).collect();
    view! {
        <section class="page-body">
            <p>{t::rules_hint(lang)}</p>
            <ErrorLine fault />
        </section>
        <div class="table-scroll">
            <table class="data-table data-table--stacked">
                <thead>
                    <tr>
                        <th scope="col">{t::rule_kind(lang)}</th>
                        <th scope="col">{t::rule_to(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <section class="page-body">{quiet(forms, settings)} {party(forms, settings)}</section>
    }
    .into_any()
}

/// The channels that carried such notices and are deleted, where no other does; none: nothing was lost.
fn lost(file: &NoticeSettingsFile, kind: NoticeKind) -> Option<String> {
    let carrying: Vec<_> =
        file.channels.iter().map(|known| &known.channel).filter(|one| one.kinds.contains(&kind)).collect();
    let retired: Vec<_> = carrying.iter().filter(|one| one.retired).map(|one| one.name.as_str()).collect();
    let is_lost = !retired.is_empty() && carrying.iter().all(|one| one.retired || !one.on);
    is_lost.then(|| retired.join("、"))
}

fn row(forms: &Forms, file: &NoticeSettingsFile, rule: &NoticeRule, is_known: bool) -> AnyView {
    let (lang, version) = (forms.lang, file.settings.version);
    let kind = t::kind(lang, rule.kind);
    let after = if is_known { rule.after_days.to_string() } else { String::new() };
    let typed = forms.typed_rule.as_ref();
    let typed = typed.filter(|typed| typed.kind == rule.kind.as_str() && typed.after == after);
    let fields = Fields { lang, form: RULE, group: "form", fault: forms.rule.fault() };
    let days = typed.map_or_else(|| after.clone(), |typed| typed.days.clone());
    let days = rule.kind.counts_days().then(|| {
        view! {
            <label class="notice-rule__days">
                {t::rule_days(lang)}
                <input
                    class="input"
                    type="number"
                    min="0"
                    max="90"
                    name=fields.name("days")
                    value=days
                    aria-label=t::rule_days_of(lang, kind)
                />
            </label>
        }
    });
    let name = format!("{}[]", fields.name("to"));
    let choices = NoticeTo::all().map(|to| {
        let chosen = match typed {
            Some(typed) => typed.to.iter().any(|word| word == to.as_str()),
            None => rule.to.contains(&to),
        };
        view! {
            <label class="chip">
                <input
                    class="chip__control"
                    type="checkbox"
                    name=name.clone()
                    value=to.as_str()
                    checked=chosen
                />
                {t::to(lang, to)}
            </label>
        }
    });
    let choices = choices.collect_view();
    let nobody =
        (is_known && rule.to.is_empty()).then(|| view! { <p class="u-small">{t::rule_off(lang)}</p> });
    let lost = lost(file, rule.kind).filter(|_| is_known);
    let lost = lost.map(|names| view! { <p class="u-small">{t::rule_lost(lang, names)}</p> });
    let title = if is_known { kind.to_owned() } else { t::rule_more(lang, kind) };
    let (version, word) = (version.to_string(), rule.kind.as_str());
    view! {
        <tr>
            <td class="cell--wrap notice-rule__kind" data-label=t::rule_kind(lang)>
                <b>{title}</b>
                {nobody}
                {lost}
            </td>
            <td class="cell--wrap cell--full" data-label=t::rule_to(lang)>
                <SentForm to=forms.rule attr:class="notice-rule">
                    {fields.hidden("does", RULE)}
                    {fields.hidden("version", version)}
                    {fields.hidden("kind", word)}
                    {fields.hidden("after", after)}
                    {days}
                    <fieldset class="notice-rule__to">
                        <legend class="u-visually-hidden">{t::rule_to_of(lang, kind)}</legend>
                        <div class="chip-list">{choices}</div>
                    </fieldset>
                    <button class="button button--quiet button--small" aria-label=t::save_rule_of(lang, kind)>
                        {places::save(lang)}
                    </button>
                </SentForm>
            </td>
        </tr>
    }
    .into_any()
}

fn quiet(forms: &Forms, settings: &NoticeSettings) -> AnyView {
    let lang = forms.lang;
    let fields = Fields { lang, form: QUIET, group: "form", fault: forms.rule.fault() };
    let clock = |minutes: fn(QuietHours) -> u16| {
        settings.quiet.map(|quiet| QuietHours::clock(minutes(quiet))).unwrap_or_default()
    };
    let (from, until) = (clock(|quiet| quiet.from), clock(|quiet| quiet.until));
    let from = Field::new("quiet_from", t::quiet_from(lang), from).hint(t::quiet_hint(lang));
    let version = fields.hidden("version", settings.version.to_string());
    view! {
        <h2>{t::quiet(lang)}</h2>
        <SentForm to=forms.rule attr:class="form">
            {fields.hidden("does", QUIET)}
            {version}
            {fields.input("time", from)}
            {fields.input("time", Field::new("quiet_until", t::quiet_until(lang), until))}
            <button class="button">{t::save_rules(lang)}</button>
        </SentForm>
    }
    .into_any()
}

/// What goes to the parties of hazards.
fn party(forms: &Forms, settings: &NoticeSettings) -> AnyView {
    let lang = forms.lang;
    let fields = Fields { lang, form: PARTY, group: "form", fault: forms.rule.fault() };
    let typed = forms.typed_rule.as_ref().filter(|typed| typed.does == PARTY);
    let kinds = PartyNoticeKind::ALL.map(|kind| Choice {
        value: kind.as_str().to_owned(),
        words: t::party_kind(lang, kind).to_owned(),
        chosen: match typed {
            Some(typed) => typed.party_kinds.iter().any(|word| word == kind.as_str()),
            None => settings.party.kinds.contains(&kind),
        },
    });
    let address = typed.map_or_else(|| settings.party.address.clone(), |typed| typed.party_address.clone());
    let address = Field::new("party_address", t::party_address(lang), address);
    let version = fields.hidden("version", settings.version.to_string());
    view! {
        <h2>{t::party_rules(lang)}</h2>
        <p>{t::party_rules_hint(lang, MOST_A_DAY)}</p>
        <SentForm to=forms.rule attr:class="form">
            {fields.hidden("does", PARTY)}
            {version}
            {fields.several(Field::new("party_kinds", t::party_kinds(lang), ""), kinds.into())}
            {fields.text(address.hint(t::party_address_hint(lang)).autocomplete("off"))}
            <button class="button">{t::save_party_rules(lang)}</button>
        </SentForm>
    }
    .into_any()
}
