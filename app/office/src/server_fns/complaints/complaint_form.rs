//! The form of a complaint, as browsers send it: flat words. The rules are the server's.

use crate::{complaints::address::complaint_address, error::AppError};
use domain::code::ComplaintState;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What is done about a complaint: `does` is the word of the state to which it is brought.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ComplaintForm {
    pub does: String,
    pub complaint: String,
    pub answer: String,
}

impl ComplaintForm {
    /// Where the form stands.
    pub fn page(&self) -> String {
        complaint_address(self.complaint.parse().unwrap_or_default())
    }

    /// # Errors
    /// [`AppError::NotFound`] where it names no complaint, or a state that nobody knows.
    pub fn read(&self) -> Result<(Uuid, ComplaintState), AppError> {
        let id = self.complaint.parse().map_err(|_| AppError::NotFound)?;
        Ok((id, ComplaintState::parse(&self.does).ok_or(AppError::NotFound)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_which_complaint_comes_how_far() {
        let id = Uuid::from_u128(7);
        let form =
            ComplaintForm { does: "in_hand".into(), complaint: id.to_string(), ..ComplaintForm::default() };
        assert_eq!(form.read(), Ok((id, ComplaintState::InHand)));
        assert_eq!(form.page(), format!("/office/complaints/{id}"));
        let elsewhere = ComplaintForm { complaint: "../people".into(), ..form.clone() };
        assert_eq!(elsewhere.read(), Err(AppError::NotFound));
        assert!(elsewhere.page().starts_with("/office/complaints/0000"), "{}", elsewhere.page());
        assert_eq!(ComplaintForm { does: "lost".into(), ..form }.read(), Err(AppError::NotFound));
    }
}
