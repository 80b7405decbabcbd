//! 短信: by a gateway's own request, which the office writes as a template.

use super::http::{Destination, Request, SendError, send};
use domain::notice::{Escape, SmsTemplate, Success, Values};

/// Whether it went its answer says, by the field that the office named; a status of success says nothing.
pub async fn send_sms(
    to: Destination<'_>,
    template: &str,
    success: Option<&Success>,
    values: &Values<'_>,
) -> Result<(), SendError> {
    let template =
        SmsTemplate::read(template).map_err(|_| SendError::Never("the template cannot be read"))?;
    let success = success.ok_or(SendError::Never("no field says whether it went well"))?;
    let content_type = match template.escape() {
        Escape::Json => "application/json",
        Escape::Form => "application/x-www-form-urlencoded",
    };
    let body = template.fill(values).into();
    let answer = send(to, Request { content_type, headers: vec![], body }).await?;
    if success.is_said(&answer) {
        Ok(())
    } else {
        Err(SendError::NotTaken(format!("{} is not {}", success.field, success.value)))
    }
}
