//! What a site is made among: the office's grids and kinds, and the sites that are known.

use crate::device::PhoneRef;
use client::{DeviceError, records, session};
use domain::{id::GridId, role::Scope, site::Site, sync::Directory};
use std::sync::Arc;

/// What it is made among.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Around {
    pub(super) directory: Directory,
    pub(super) sites: Vec<Site>,
    /// Grids in which this person may make one.
    pub(super) grids: Vec<GridId>,
}

pub(super) async fn read(phone: PhoneRef) -> Result<Option<Arc<Around>>, DeviceError> {
    let (Some(me), Some(directory)) = (session::current(&phone), records::directory(&phone).await?) else {
        return Ok(None);
    };
    let sites = records::sites(&phone).await?.known;
    let grids = match &me.actor.scope {
        Scope::Grids(grids) => grids.clone(),
        Scope::Office | Scope::Department { .. } => directory.grids.iter().map(|grid| grid.id).collect(),
        Scope::Sites(_) => vec![],
    };
    Ok(Some(Arc::new(Around { directory, sites, grids })))
}
