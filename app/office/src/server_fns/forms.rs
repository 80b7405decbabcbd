//! The forms of the office: the list of them, and each as it will be asked.

use crate::{error::AppError, json::Json, server_fns::AsOf};
use domain::{
    campaign::CampaignPart,
    form::editing::{DraftHead, Edition, FormOverview},
};
use leptos::prelude::*;
use row::FormFilter;
use serde::{Deserialize, Serialize};
use sheet::FormSheet;

pub mod hazard_words;
pub mod question_words;
pub mod row;
pub mod sheet;

#[cfg(feature = "ssr")]
use {
    super::request::asking,
    crate::{form_words::condition::ConditionWords, i18n::use_lang},
    domain::{form::Layer, id::FormId},
};

/// A form as it is asked, its versions, and whether somebody works on the next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormFile {
    pub sheet: FormSheet,
    /// The newest first.
    pub editions: Vec<Edition>,
    pub draft: Option<DraftHead>,
    /// Of a campaign's list: how far it is, by grid.
    pub progress: Option<Vec<CampaignPart>>,
}

#[server(prefix = "/api/pages", endpoint = "forms", input = Json, output = Json)]
pub async fn load_forms(filter: FormFilter) -> Result<AsOf<Vec<FormOverview>>, AppError> {
    let asking = asking()?;
    let (overviews, forms) =
        asking.said(service::form_editing::overview(&asking.services, &asking.by).await)?;
    Ok(asking.answer(row::rows(overviews, &forms, &filter)))
}

/// [`AppError::NotFound`] where there is no such form.
#[server(prefix = "/api/pages", endpoint = "form", input = Json, output = Json)]
pub async fn load_form(id: String) -> Result<AsOf<FormFile>, AppError> {
    let asking = asking()?;
    let id = FormId::from(id.as_str());
    let form = asking.said(service::forms::newest(&asking.services, &asking.by, &id).await)?;
    let directory = asking.said(service::sync::directory(&asking.services, &asking.by.actor).await)?;
    let words = ConditionWords {
        lang: use_lang(),
        form: &form,
        kinds: &directory.kinds,
        written: service::forms::written,
    };
    let ended = asking.said(service::form_editing::ended(&asking.services, &asking.by, &form).await)?;
    let sheet = FormSheet::of(&words, &ended);
    let (editions, draft) =
        asking.said(service::form_editing::versions(&asking.services, &asking.by, &id).await)?;
    let progress = match form.layer {
        Layer::Campaign => {
            Some(asking.said(service::campaigns::progress(&asking.services, &asking.by, &id).await)?)
        }
        Layer::Patrol | Layer::Inspection => None,
    };
    Ok(asking.answer(FormFile { sheet, editions, draft, progress }))
}
