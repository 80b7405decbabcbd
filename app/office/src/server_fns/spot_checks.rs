//! Plans of spot checks, what they are made of, and what is published of their draws.

use crate::{
    error::AppError,
    json::Json,
    server_fns::{
        AsOf,
        spot_checks::{plan_change::PlanChange, plan_form::PlanForm, rule_words::RuleWords},
    },
};
use domain::{
    id::{SpotCheckId, SpotCheckPlanId},
    spot_check::{
        SpotCheckFilter, SpotCheckPage,
        file::{DrawPage, PlanChoices, PlanFile, ProposedSites},
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

pub mod plan_change;
pub mod plan_form;
pub mod rule_words;

#[cfg(feature = "ssr")]
use {
    super::{
        fault::fault,
        request::{Asking, RequestContext, asking},
    },
    crate::{
        i18n::use_lang,
        plain_form,
        spot_checks::address::{choose_address, plan_address},
    },
    domain::spot_check::plan::PlanRequest,
};

/// What the form of a plan is filled in from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanEdit {
    pub choices: PlanChoices,
    /// None: a new one.
    pub plan: Option<PlanFile>,
}

/// What sites are chosen from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanChoosing {
    pub plan: PlanFile,
    pub choices: PlanChoices,
    pub proposed: ProposedSites,
}

#[server(prefix = "/api/pages", endpoint = "spot_checks", input = Json, output = Json)]
pub async fn load_spot_checks(filter: SpotCheckFilter) -> Result<AsOf<SpotCheckPage>, AppError> {
    let asking = asking()?;
    let page = asking.said(service::spot_checks::list(&asking.services, &asking.by, &filter).await)?;
    Ok(asking.answer(page))
}

/// [`AppError::NotFound`] where the address names none.
#[server(prefix = "/api/pages", endpoint = "spot_check_plan", input = Json, output = Json)]
pub async fn load_plan(id: Option<SpotCheckPlanId>) -> Result<AsOf<PlanFile>, AppError> {
    let id = id.ok_or(AppError::NotFound)?;
    let asking = asking()?;
    let file = asking.said(service::spot_checks::file(&asking.services, &asking.by, id).await)?;
    Ok(asking.answer(file))
}

#[server(prefix = "/api/pages", endpoint = "edit_spot_check_plan", input = Json, output = Json)]
pub async fn load_plan_edit(id: Option<SpotCheckPlanId>) -> Result<AsOf<PlanEdit>, AppError> {
    let asking = asking()?;
    let choices = asking.said(service::spot_checks::choices(&asking.services, &asking.by).await)?;
    let plan = match id {
        None => None,
        Some(id) => Some(asking.said(service::spot_checks::file(&asking.services, &asking.by, id).await)?),
    };
    Ok(asking.answer(PlanEdit { choices, plan }))
}

/// What the rule finds, and who can be sent.
#[server(prefix = "/api/pages", endpoint = "propose_spot_checks", input = Json, output = Json)]
pub async fn propose_sites(
    id: Option<SpotCheckPlanId>,
    rule: RuleWords,
    words: String,
) -> Result<AsOf<PlanChoosing>, AppError> {
    let id = id.ok_or(AppError::NotFound)?;
    let asking = asking()?;
    let rule = rule.read(use_lang())?;
    // It asks the role first.
    let choices = asking.said(service::spot_checks::choices(&asking.services, &asking.by).await)?;
    let plan = asking.said(service::spot_checks::file(&asking.services, &asking.by, id).await)?;
    // Whoever did not make it is told nothing: a list of sites at the address of a plan would look like the plan's.
    if !plan.may_plan {
        return Err(AppError::NotAllowed);
    }
    let proposed = service::spot_checks::propose(&asking.services, &asking.by, &rule, &words).await;
    let proposed = asking.said(proposed)?;
    Ok(asking.answer(PlanChoosing { plan, choices, proposed }))
}

/// Makes a plan or changes what it says, and goes to its page. What is wrong with the form is told by field.
#[server(prefix = "/api/pages", endpoint = "save_spot_check_plan", output = Json)]
pub async fn save_plan(form: PlanForm) -> Result<(), AppError> {
    let saved = match asking() {
        Ok(asking) => keep(&asking, &form).await,
        Err(fault) => Err(fault),
    };
    match &saved {
        Ok(id) => leptos_axum::redirect(&plan_address(*id)),
        Err(fault) => plain_form::show_typed(&form.page(), fault.status(), &form),
    }
    saved.map(drop)
}

#[cfg(feature = "ssr")]
async fn keep(asking: &Asking, form: &PlanForm) -> Result<SpotCheckPlanId, AppError> {
    let outline = form.read(use_lang())?;
    if form.id.is_empty() {
        return asking.said(service::spot_checks::draft(&asking.services, &asking.by, &outline).await);
    }
    let id = form.id.parse().map_err(|_| AppError::NotFound)?;
    let request = PlanRequest::Outline(Box::new(outline));
    asking.said(service::spot_checks::change(&asking.services, &asking.by, id, &request).await)?;
    Ok(id)
}

/// Does with a plan what the form says, and goes to its page.
#[server(prefix = "/api/pages", endpoint = "change_spot_check_plan", output = Json)]
pub async fn change_plan(form: PlanChange) -> Result<(), AppError> {
    let done = match asking() {
        Ok(asking) => do_it(&asking, &form).await,
        Err(fault) => Err(fault),
    };
    match &done {
        Ok(id) => leptos_axum::redirect(&plan_address(*id)),
        Err(fault) => {
            let page = form.id.parse::<SpotCheckPlanId>().ok().map(|id| match form.does.as_str() {
                "choose" | "freeze" => choose_address(id),
                _ => plan_address(id),
            });
            let page = page.unwrap_or_else(|| crate::spot_checks::address::CHECKS.to_owned());
            plain_form::show_typed(&page, fault.status(), &form);
        }
    }
    done.map(drop)
}

#[cfg(feature = "ssr")]
async fn do_it(asking: &Asking, form: &PlanChange) -> Result<SpotCheckPlanId, AppError> {
    let id: SpotCheckPlanId = form.id.parse().map_err(|_| AppError::NotFound)?;
    let (services, by) = (&asking.services, &asking.by);
    let codes = form.codes();
    let sites = asking.said(service::spot_checks::sites_of_codes(services, by, &codes).await)?;
    let request = form.read(use_lang(), &sites)?;
    asking.said(service::spot_checks::change(services, by, id, &request).await)?;
    Ok(id)
}

/// The words that open a check without signal, for its leader and its makers. Each time is told in the audit.
#[server(prefix = "/api/pages", endpoint = "spoken_words", input = Json, output = Json)]
pub async fn spoken_words(check: SpotCheckId) -> Result<Vec<String>, AppError> {
    let asking = asking()?;
    let words = service::sealed_orders::words_for_leader(&asking.services, &asking.by, check).await;
    Ok(asking.said(words)?.0.to_vec())
}

/// What anybody may read of a plan's draws.
#[server(prefix = "/api/pages", endpoint = "draw", input = Json, output = Json)]
pub async fn load_draw(id: Option<SpotCheckPlanId>) -> Result<DrawPage, AppError> {
    let id = id.ok_or(AppError::NotFound)?;
    let RequestContext { services, lang, .. } = RequestContext::find()?;
    service::spot_checks::draw_page(&services, id).await.map_err(|error| fault(lang, error))
}
