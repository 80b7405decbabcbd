//! What a phone reads again of a site that it made on the spot and that waits to be sent: it is shown beside the office's. Nothing
//! but sites is read by it, so that whoever lists sites needs nothing of what else a phone can send.

use crate::site::ProposedSite;
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// Of an [`Operation`](crate::sync::Operation) that makes a site.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct SiteOperation {
    pub at: DateTime<Utc>,
    pub payload: SitePayload,
}

/// Of a [`Payload`](crate::sync::Payload).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SitePayload {
    /// All of it: a phone shows the site that it makes.
    NewSite(ProposedSite),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::{Operation, Payload};

    /// As it lies in the old shapes.
    #[test]
    fn a_site_is_read_again_and_nothing_else_is_taken_for_one() {
        let texts: Vec<serde_json::Value> =
            serde_json::from_str(include_str!("../../tests/shapes/v1/operations.json")).unwrap();
        let mut sites = 0;
        for text in texts {
            let operation: Operation = serde_json::from_value(text.clone()).unwrap();
            match (serde_json::from_value::<SiteOperation>(text), operation.payload) {
                (Ok(SiteOperation { at, payload: SitePayload::NewSite(read) }), Payload::NewSite(made)) => {
                    assert_eq!((at, read), (operation.at, made));
                    sites += 1;
                }
                (Ok(read), _) => panic!("no site: {read:?}"),
                (Err(error), Payload::NewSite(made)) => panic!("{error}: {made:?}"),
                (Err(_), _) => {}
            }
        }
        assert!(sites > 0, "a site that was made on the spot is among them");
    }
}
