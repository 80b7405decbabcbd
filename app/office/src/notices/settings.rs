//! 消息规则 and 通知渠道: who is told what, when it is quiet, the ways out of the house, and how that went lately.

mod channels;
mod deliveries;
mod rules;

use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::{fault::PageErrorNotice, field::focus_the_refused},
    desk::use_desk,
    error::AppError,
    head::PageHeader,
    i18n::{Lang, notices as t, use_lang},
    plain_form::typed,
    query::Query,
    sending::Sending,
    server_fns::notices::{
        LoadNoticeSettings, SaveNoticeChannel, SaveNoticeRule,
        channel_form::{CHANNEL, ChannelForm},
        rule_form::RuleForm,
    },
};
use domain::{id::NoticeChannelId, notice::NoticeSettingsFile, role::Action};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

pub const RULES: &str = "/office/notices/rules";

/// The page with this channel's form open.
pub fn with_channel(id: NoticeChannelId) -> String {
    Query::default().with("channel", id).at(RULES)
}

/// The forms of the page, each with its last try and what was typed into it.
#[derive(Clone)]
struct Forms {
    lang: Lang,
    rule: Sending,
    channel: Sending,
    typed_rule: Option<RuleForm>,
    typed_channel: Option<ChannelForm>,
}

impl Forms {
    /// To be made where the page begins.
    fn new(lang: Lang) -> Self {
        fn sending<F: ServerFn<Error = AppError>>() -> Sending {
            let sending = Sending::to::<F>();
            let desk = use_desk();
            sending.when_done(move || desk.changed());
            focus_the_refused(sending.fault());
            sending
        }
        Self {
            lang,
            rule: sending::<SaveNoticeRule>(),
            channel: sending::<SaveNoticeChannel>(),
            typed_rule: typed::<RuleForm>().filter(|typed| !typed.version.is_empty()),
            typed_channel: typed::<ChannelForm>().filter(|typed| typed.does == CHANNEL),
        }
    }
}

#[component]
pub fn NoticeSettingsPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let forms = Forms::new(lang);
    let query = use_query_map();
    let chosen = Memo::new(move |_| {
        query.with(|query| query.get_str("channel").and_then(|id| id.parse::<NoticeChannelId>().ok()))
    });
    let asked = Asked::new(move || ask(LoadNoticeSettings {}).in_round(desk.changes.get()));
    view! {
        <PageHeader title=t::rules(lang) />
        {await_resource(
            asked,
            move |frame, file| {
                if frame.me.may_do(Action::ManageSettings) {
                    page(&forms, &file, chosen.get_untracked())
                } else {
                    view! { <div class="page-body"><PageErrorNotice fault=AppError::NotAllowed /></div> }.into_any()
                }
            },
        )}
    }
}

fn page(forms: &Forms, file: &NoticeSettingsFile, chosen: Option<NoticeChannelId>) -> AnyView {
    view! {
        {rules::rules(forms, file)}
        {channels::channels(forms, file, chosen)}
        {deliveries::deliveries(forms.lang, &file.deliveries)}
    }
    .into_any()
}
