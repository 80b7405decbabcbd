//! The database's versions. [`open`] leads from every earlier one to the present one.

use domain::device::StoreName;
use indexed_db_futures::{OpenDbResult, database::Database, error::Error, prelude::*};

/// Raised with each change of the stores.
const VERSION: u8 = 5;

/// Data of earlier versions is deleted: none of them was released.
const FIRST: u64 = 5;

pub(super) async fn open(name: String, blocked: impl FnOnce() + 'static) -> OpenDbResult<Database> {
    Database::open(name)
        .with_version(VERSION)
        // Another tab holds an earlier version open, and is of a build that does not give way.
        .with_on_blocked(|_| {
            blocked();
            Ok(())
        })
        .with_on_upgrade_needed(|event, db| upgrade(event.old_version() as u64, &db))
        .await
}

fn upgrade(from: u64, db: &Database) -> Result<(), Error> {
    if from < FIRST {
        for name in db.object_store_names() {
            db.delete_object_store(&name)?;
        }
        for store in StoreName::ALL {
            db.create_object_store(store.name()).build()?;
        }
    }
    Ok(())
}
