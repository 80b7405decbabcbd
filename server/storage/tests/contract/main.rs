//! What every implementation of a seam keeps. One suite to a trait; an implementation is named once, below, and runs
//! all of it.

#![expect(clippy::unwrap_used, reason = "tests say what is wrong by panicking")]

mod blobs;
mod complete;
mod photos;
mod store;

use std::path::Path;
use storage::{
    SqlStore,
    address::DatabaseAddress,
    blobs::{folder::FolderBlobs, s3::S3Blobs},
};
use test_support::{postgres, s3};

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

async fn open_sqlite(folder: &Path) -> SqlStore {
    SqlStore::open(&DatabaseAddress::Sqlite(folder.join("a.sqlite")), true).await.unwrap()
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
            pieces_are_found_by_their_age,
        });
    };
}

blobs!(folder_blobs: super::open_folder);
blobs!(s3_blobs: super::open_s3);

async fn open_postgres(_: &Path) -> SqlStore {
    SqlStore::open(&postgres::database().await.parse().unwrap(), true).await.unwrap()
}

macro_rules! store {
    ($name:ident, $of_photos:ident: $open:path) => {
        keeps!($of_photos: $open, photos::{
            a_photo_is_known_by_who_told_of_it_and_who_brought_it,
            a_paper_is_kept_as_a_photo_is_and_nobody_is_to_look_at_it,
            what_came_without_an_account_is_here_at_once,
            a_record_shows_what_its_author_brought_or_could_see,
            a_turn_knows_who_told_of_photos_and_where_they_are_shown,
            nearly_the_same_photos_are_found_with_the_records_that_show_them,
            pictures_of_forms_are_their_offices_own,
            a_picture_that_neither_a_version_nor_a_draft_names_is_cleared_some_time_after,
            bytes_are_loose_until_something_names_them,
        });
        keeps!($name: $open, store::{
            what_is_not_committed_never_was,
            numbers_run_on_and_are_never_given_twice,
            numbers_asked_for_at_once_are_all_different,
            an_operation_is_recorded_with_its_first_outcome,
            what_cannot_be_written_takes_the_whole_turn_with_it,
            a_record_keeps_its_newest_change_only,
            a_reader_skips_no_change_however_late_it_commits,
            an_audience_hears_of_what_it_sees_and_of_nothing_else,
            who_answers_for_many_sites_hears_of_all_of_them,
            who_does_not_see_it_any_more_hears_that_it_is_gone,
            what_has_ended_is_left_out_for_who_fills_up_and_sent_to_who_was_here,
            records_are_read_together_each_as_far_as_it_is_there,
            a_sites_past_is_told_from_its_newest_on,
            changes_are_forgotten_by_what_they_are_of_and_when_they_were_written,
            changes_are_forgotten_a_slice_at_a_time,
            an_offices_changes_are_of_its_epoch,
            what_nobody_was_told_of_is_announced_anew,
            a_place_is_what_was_put_last,
            a_report_is_listed_where_it_lies_with_those_who_said_the_same,
            a_puzzle_is_spent_once_and_forgotten_when_it_has_ended,
            a_number_lies_sealed_and_each_opening_is_counted,
            what_is_near_is_told_of_sites_in_use_and_open_hazards,
            codes_and_usernames_belong_to_one,
            lists_hold_what_the_scope_covers,
            words_are_found_whatever_their_case,
            figures_agree_with_the_rows,
            a_hazards_log_grows_and_keeps_what_it_had,
            every_column_follows_the_state,
            what_is_to_be_referred_is_listed_apart,
            a_hazard_that_cannot_be_read_is_laid_elsewhere_by_its_row,
            hazards_are_folded_anew_a_page_at_a_time,
            a_session_ends_by_time_by_hand_and_with_the_account,
            tries_are_counted_until_they_are_old_or_taken_back,
            an_id_belongs_to_one_office,
            what_was_done_is_found_by_who_what_and_when,
            jobs_are_taken_by_priority_and_then_by_age,
            a_job_is_one_servers_until_its_lease_ends,
            a_days_use_is_kept_for_a_month,
            a_new_password_ends_the_other_sessions,
            a_session_that_is_used_goes_on_until_somebody_ends_it,
            a_second_factor_is_in_force_from_its_first_code,
            a_place_that_ended_leaves_its_name,
            an_office_decides_for_itself,
            a_session_knows_what_its_office_took_away_and_which_grids_a_community_has,
            what_a_department_saw_to_is_handed_over,
            sites_and_hazards_are_called_by_code_and_number,
            every_version_of_a_form_stays,
            a_version_takes_the_place_of_those_before_it_once_it_is_asked,
            what_is_built_in_does_not_overtake_what_the_office_wrote,
            an_upgrade_does_not_bring_back_what_was_withdrawn,
            how_long_a_version_is_asked_may_change_and_phones_hear_of_it,
            a_form_has_one_draft_which_the_last_writing_makes,
            a_visit_is_sealed_and_moves_its_sites_last_visit,
            visits_are_found_by_what_they_are,
            a_closed_door_leaves_the_last_visit_where_it_was,
            a_site_proposed_again_is_the_one_that_is_there,
            what_was_made_on_the_spot_is_listed_until_it_is_confirmed,
            a_site_remembers_the_kinds_that_it_had,
            what_is_known_about_a_site_is_kept_and_comes_back,
            what_was_answered_last_is_kept_with_the_site,
            a_visit_of_several_forms_is_listed_once_under_each,
            a_list_waits_for_its_person_for_a_day,
            what_a_list_changed_is_remembered_for_a_month,
            an_upload_is_one_persons_until_it_ends,
            what_is_quarantined_waits_until_it_is_decided,
            every_row_comes_out_and_goes_in_once,
            the_newest_key_signs_and_every_key_is_kept,
            a_store_that_was_closed_answers_nothing,
            a_job_that_is_given_back_waits_as_it_did,
            a_lease_is_renewed_by_whoever_has_it,
            a_job_is_put_once_by_office_name_and_key,
            a_job_that_failed_stays_until_somebody_says_what_becomes_of_it,
            jobs_of_unknown_names_are_left,
            what_recurs_is_put_once_however_many_servers_ask,
            every_figure_counts_the_rows_that_it_opens,
            a_file_holds_so_many_rows_at_the_most,
            people_are_found_by_role_name_account_and_phone,
            grids_are_told_with_those_who_walk_them,
            a_site_says_of_its_party_what_the_partys_own_record_says,
            a_credit_code_belongs_to_one_party_of_the_office,
            parties_are_found_by_kind_name_code_and_phone,
            what_a_phone_said_last_counts_however_late_the_rest_comes,
            phones_are_listed_by_what_waits_on_them_and_whose_they_are,
            of_one_person_the_newest_phones_are_remembered,
            a_campaigns_figures_are_the_sites_that_they_open,
            an_outline_is_the_one_that_its_place_was_given_last, an_outline_is_removed_once, sites_in_use_are_told_as_far_as_one_sees,
            a_notice_is_its_persons_own_and_is_made_once,
            what_somebody_may_have_to_be_told_of_is_found,
            a_delivery_is_taken_by_one_and_ends_once,
            rules_and_channels_of_notices_are_the_offices_own,
            what_waits_for_a_channel_that_goes_fails_and_nothing_else_does,
            a_party_is_told_once_and_what_became_of_it_stays,
            hazards_of_which_a_party_may_have_to_be_told_are_found,
            a_code_is_found_by_its_mark_whatever_became_of_it,
            the_first_opening_of_a_code_stays,
            what_a_party_says_of_a_visit_is_kept_once,
            complaints_are_listed_by_where_when_and_how_far_they_have_come,
            a_browser_is_told_while_its_session_lasts_and_of_one_session,
            a_browser_that_is_gone_or_fails_for_long_is_forgotten,
            an_offices_phrases_are_what_was_put_last,
            the_words_of_hazards_are_told_from_the_newest_on,
            the_rules_of_inspections_are_the_offices_own,
            inspections_count_by_party_and_year,
            inspections_are_told_by_year_and_of_one_office,
            last_visits_move_on_and_never_back,
            a_task_is_its_persons_own_until_it_ends,
            open_tasks_are_found_by_what_may_do_them_and_by_who_has_them,
            tasks_are_listed_where_they_lie_by_who_has_them_and_how_late,
            a_plan_keeps_what_happened_to_it,
            plans_that_were_not_sent_are_told,
            a_check_is_found_at_its_site_until_it_is_withdrawn,
            whoever_reads_a_visit_finds_the_check_that_it_carried_out,
            plans_are_listed_by_what_is_to_be_done,
            sites_are_told_with_what_a_rule_looks_at,
            reports_count_at_the_site_that_they_turned_out_to_be_of,
            an_order_is_announced_to_its_person_alone,
            the_first_opening_of_an_order_stays,
            an_order_that_is_long_over_is_not_sent_to_a_fresh_phone,
        });
    };
}

store!(sqlite_store, sqlite_store_photos: super::open_sqlite);
store!(postgres_store, postgres_store_photos: super::open_postgres);
