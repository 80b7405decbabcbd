//! 消息: one's own inbox, who is told what, and the ways out of the house.

use crate::{
    error::AppError,
    json::Json,
    server_fns::notices::{channel_form::ChannelForm, rule_form::RuleForm},
};
use domain::notice::{Notice, NoticeSettingsFile};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

pub mod channel_form;
pub mod rule_form;

#[cfg(feature = "ssr")]
use {
    super::request::asking,
    crate::{
        i18n::{notices as t, use_lang},
        notices::{NOTICES, settings::RULES},
        plain_form,
    },
    channel_form::RETIRE,
    domain::id::NoticeId,
};

/// Which of one's own notices are before one's eyes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SeenForm {
    pub ids: Vec<String>,
}

#[server(prefix = "/api/pages", endpoint = "notices", input = Json, output = Json)]
pub async fn load_notices() -> Result<Vec<Notice>, AppError> {
    let asking = asking()?;
    asking.said(service::notices::inbox(&asking.services, &asking.by).await)
}

#[server(prefix = "/api/pages", endpoint = "see_notices", output = Json)]
pub async fn see_notices(form: SeenForm) -> Result<(), AppError> {
    let asking = asking()?;
    // What is none of the ids names nothing.
    let ids: Vec<NoticeId> = form.ids.iter().filter_map(|id| id.parse().ok()).collect();
    asking.said(service::notices::see(&asking.services, &asking.by, &ids).await)?;
    if plain_form::is_plain() {
        leptos_axum::redirect(NOTICES);
    }
    Ok(())
}

#[server(prefix = "/api/pages", endpoint = "notice_settings", input = Json, output = Json)]
pub async fn load_notice_settings() -> Result<NoticeSettingsFile, AppError> {
    let asking = asking()?;
    asking.said(service::notices::file(&asking.services, &asking.by).await)
}

/// A row of the rules, a new one, or the quiet hours, as the form says.
#[server(prefix = "/api/pages", endpoint = "save_notice_rule", output = Json)]
pub async fn save_notice_rule(form: RuleForm) -> Result<(), AppError> {
    let done = match asking() {
        Ok(asking) => {
            let file = asking.said(service::notices::file(&asking.services, &asking.by).await);
            match file.and_then(|file| form.read(use_lang(), file.settings)) {
                Ok(settings) => {
                    asking.said(service::notices::change_rules(&asking.services, &asking.by, settings).await)
                }
                Err(fault) => Err(fault),
            }
        }
        Err(fault) => Err(fault),
    };
    match &done {
        Ok(()) if plain_form::is_plain() => leptos_axum::redirect(RULES),
        Ok(()) => {}
        Err(fault) => plain_form::show_typed(RULES, fault.status(), &form),
    }
    done
}

/// Makes a channel, changes one, or takes one away.
#[server(prefix = "/api/pages", endpoint = "save_notice_channel", output = Json)]
pub async fn save_notice_channel(form: ChannelForm) -> Result<(), AppError> {
    let done = match asking() {
        Ok(asking) => match form.read() {
            Ok((Some(id), _)) if form.does == RETIRE && form.sure => {
                asking.said(service::notices::retire_channel(&asking.services, &asking.by, id).await)
            }
            Ok(_) if form.does == RETIRE => {
                let reason = t::refused_sure(use_lang()).to_owned();
                Err(AppError::Invalid { field: "sure".to_owned(), reason })
            }
            Ok((id, change)) => {
                asking.said(service::notices::change_channel(&asking.services, &asking.by, id, &change).await)
            }
            Err(fault) => Err(fault),
        },
        Err(fault) => Err(fault),
    };
    match &done {
        Ok(()) if plain_form::is_plain() => leptos_axum::redirect(RULES),
        Ok(()) => {}
        Err(fault) => {
            // A key is typed anew: it stands in no page.
            let shown = ChannelForm { secret: String::new(), ..form };
            plain_form::show_typed(RULES, fault.status(), &shown);
        }
    }
    done
}
