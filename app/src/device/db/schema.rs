//! The database's versions. [`open`] leads from every earlier one to the present one.

use domain::device::Shelf;
use indexed_db_futures::{OpenDbResult, database::Database, error::Error, prelude::*};

const NAME: &str = "xunan";

/// Raised with each change of the stores.
const VERSION: u8 = 3;

/// What came with the first version.
const OF_1: [Shelf; 11] = [
    Shelf::Meta,
    Shelf::Sites,
    Shelf::Checklists,
    Shelf::Hazards,
    Shelf::Inspections,
    Shelf::Drafts,
    Shelf::Outbox,
    Shelf::Parcels,
    Shelf::Photos,
    Shelf::PhotoBytes,
    Shelf::Thumbnails,
];

/// Payloads by themselves, keys, the engine's log.
const OF_2: [Shelf; 3] = [Shelf::Operations, Shelf::Keys, Shelf::Log];

/// What drafts stand on.
const OF_3: [Shelf; 1] = [Shelf::DraftCopies];

pub(super) async fn open(blocked: impl FnOnce() + 'static) -> OpenDbResult<Database> {
    Database::open(NAME)
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
    let made = |shelves: &[Shelf]| {
        shelves.iter().try_for_each(|shelf| db.create_object_store(shelf.name()).build().map(drop))
    };
    if from < 1 {
        made(&OF_1)?;
    }
    if from < 2 {
        made(&OF_2)?;
    }
    if from < 3 {
        made(&OF_3)?;
    }
    Ok(())
}
