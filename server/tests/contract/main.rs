//! What every implementation of a seam keeps. One suite to a trait; an implementation is named once, below, and runs
//! all of it.

#![expect(clippy::unwrap_used, reason = "tests say what is wrong by panicking")]

mod blobs;
mod photos;
#[expect(dead_code, reason = "no server is killed here")]
#[path = "../support/postgres.rs"]
mod postgres;
#[path = "../support/s3.rs"]
mod s3;
mod store;

use server::{
    blobs::{folder::FolderBlobs, s3::S3Blobs},
    storage::{postgres::PostgresStore, sqlite::SqliteStore},
};
use std::path::Path;

/// Makes a test of each promise for one implementation; what it opens lies in a folder that goes with the test.
macro_rules! keeps {
    ($name:ident: $open:path, $suite:ident::{$($promise:ident),+ $(,)?}) => {
        mod $name {
            $(#[tokio::test]
            async fn $promise() {
                let folder = tempfile::tempdir().unwrap();
                super::$suite::$promise(&$open(folder.path()).await).await;
            })+
        }
    };
}

async fn open_folder(folder: &Path) -> FolderBlobs {
    FolderBlobs::open(folder.join("photos")).unwrap()
}

async fn open_sqlite(folder: &Path) -> SqliteStore {
    SqliteStore::open(&folder.join("a.sqlite").to_string_lossy(), true).await.unwrap()
}

async fn open_s3(_: &Path) -> S3Blobs {
    s3::bucket().blobs()
}

macro_rules! blobs {
    ($name:ident: $open:path) => {
        keeps!($name: $open, blobs::{
            what_was_put_comes_back,
            writing_twice_is_writing_once,
            variants_stand_apart,
            what_was_deleted_is_gone,
            many_may_write_the_same_at_once,
        });
    };
}

blobs!(folder_blobs: super::open_folder);
blobs!(s3_blobs: super::open_s3);

async fn open_postgres(_: &Path) -> PostgresStore {
    PostgresStore::open(&postgres::database().await).await.unwrap()
}

macro_rules! store {
    ($name:ident, $of_photos:ident: $open:path) => {
        keeps!($of_photos: $open, photos::{
            a_photo_is_known_by_who_told_of_it_and_who_brought_it,
            a_record_shows_what_its_author_brought_or_could_see,
            nearly_the_same_photos_are_found_with_the_records_that_show_them,
        });
        keeps!($name: $open, store::{
            what_is_not_committed_never_was,
            numbers_run_on_and_are_never_given_twice,
            numbers_asked_for_at_once_are_all_different,
            an_operation_is_recorded_with_its_first_outcome,
            a_record_keeps_its_newest_change_only,
            a_reader_skips_no_change_however_late_it_commits,
            a_place_is_what_was_put_last,
            codes_and_usernames_belong_to_one,
            lists_hold_what_the_scope_covers,
            words_are_found_whatever_their_case,
            figures_agree_with_the_rows,
            a_hazards_log_grows_and_keeps_what_it_had,
            every_column_follows_the_state,
            hazards_are_folded_anew_a_page_at_a_time,
            a_session_ends_by_time_by_hand_and_with_the_account,
            tries_are_counted_until_they_are_old_or_taken_back,
            an_id_belongs_to_one_office,
            what_was_done_is_found_by_who_what_and_when,
            a_job_is_one_servers_until_its_lease_ends,
        });
    };
}

store!(sqlite_store, sqlite_store_photos: super::open_sqlite);
store!(postgres_store, postgres_store_photos: super::open_postgres);
