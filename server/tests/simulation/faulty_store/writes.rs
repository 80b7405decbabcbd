//! What is written in a transaction, and read in it.

use super::FaultyTransaction;
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    attachment::{AttachmentFacts, AttachmentHash, AttachmentKind},
    audit::AuditEntry,
    code::{CodeSubject, ComplaintMark, VisitComplaint},
    form::{Form, LastAnswers, Validity},
    hazard::Hazard,
    id::{
        CodeId, DepartmentId, DeviceId, FormId, HazardId, JobId, NoticeChannelId, NoticeId, OfficeId,
        OperationId, PartyId, PersonId, PublicReportId, SealedOrderId, SiteId, SiteKind, SpotCheckId,
        SpotCheckPlanId, TaskId, VisitId,
    },
    inspection::{Inspected, InspectionRules},
    job::JobRow,
    map::Outline,
    notice::{NoticeDelivery, NoticeKind, NoticeSettings},
    party::Party,
    person::Person,
    photo::{ImageFingerprint, PhotoHash},
    place::{Community, Department, FormerPlace, Grid, Office, PlaceId, command::Living},
    public_report::{ContactHolder, ContactOpening, PublicReport, SealedContact},
    quarantine::QuarantinedOperation,
    quick_report::office::OfficePhrase,
    quota::Usage,
    role::{ResourceScope, Scope},
    schedule::VisitIntervals,
    sector::Sector,
    settings::OfficeSettings,
    site::{Site, attributes::SiteAttributes},
    spot_check::{
        SpotCheck,
        plan::{PlanEventRecord, SpotCheckPlan},
    },
    task::Task,
    visit::{PlaceNames, Visit},
};
use server::storage::{
    Brought, ChangeSweep, FormDraft, LooseBytes, NamedPhoto, NewHeartbeat, NewJob, NewNotice, NewOperation,
    NewPublicReport, NewPushSubscription, NewSession, Numbers, OpenHazards, OpenHazardsOf, OrderOpening,
    Places, PublishedForm, PushOutcome, Rebuilt, Record, Recorded, Result, SpentPuzzle, StoredChannel,
    StoredCode, StoredContact, StoredDelivery, StoredFactor, StoredImport, StoredOperation, StoredOrder,
    StoredPartyNotice, StoredPlan, StoredUpload, StoredVisit, SweptChanges, TokenHash, Undone,
    WriteAttachments, WriteAudiences, WriteAudit, WriteChanges, WriteCodes, WriteComplaints, WriteFactors,
    WriteFingerprints, WriteFormPictures, WriteForms, WriteHazards, WriteHeartbeats, WriteImports,
    WriteInspections, WriteJobs, WriteLoginAttempts, WriteLooseBytes, WriteNotices, WriteNumbers,
    WriteOperations, WriteOutlines, WriteParties, WritePartyNotices, WritePeople, WritePhrases, WritePlaces,
    WritePublicReports, WritePushSubscriptions, WriteQuarantine, WriteQuotas, WriteSealedOrders,
    WriteSessions, WriteSettings, WriteSigningKeys, WriteSites, WriteSpotChecks, WriteTasks, WriteUploads,
    WriteVisits,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use uuid::Uuid;

macro_rules! writes {
    ($($noun:ident { $($name:ident($($arg:ident: $type:ty),* $(,)?) -> $value:ty;)* })*) => {
        $(#[async_trait]
        impl $noun for FaultyTransaction {
            $(async fn $name(&mut self, $($arg: $type),*) -> Result<$value> {
                self.fault_plan.survive(self.inner.$name($($arg),*)).await
            })*
        })*
    };
}

writes! {
    WriteAudiences {
        rebuild_audiences(office: OfficeId, since: DateTime<Utc>) -> u64;
    }
    WriteAudit {
        put_audit(entry: &AuditEntry) -> ();
    }
    WriteCodes {
        put_codes(codes: &[StoredCode]) -> ();
        revoke_codes(office: OfficeId, subjects: &[CodeSubject], now: DateTime<Utc>) -> ();
        code_opened(id: CodeId, now: DateTime<Utc>) -> ();
    }
    WriteComplaints {
        put_visit_complaint(office: OfficeId, complaint: &VisitComplaint) -> ();
        visit_complaint(office: OfficeId, scope: &Scope, id: Uuid) -> Option<VisitComplaint>;
        mark_complaint(office: OfficeId, id: Uuid, mark: &ComplaintMark) -> ();
    }
    WriteChanges {
        touch(office: OfficeId, records: &[Record]) -> ();
        begin_epoch(office: OfficeId, epoch: i64) -> ();
        sweep_changes(office: OfficeId, sweep: &ChangeSweep, after: i64, most: u32) -> SweptChanges;
    }
    WriteFormPictures {
        form_pictures(office: OfficeId) -> BTreeSet<PhotoHash>;
        put_form_picture(office: OfficeId, hash: &PhotoHash, now: DateTime<Utc>) -> ();
        sweep_form_pictures(
            office: OfficeId,
            now: DateTime<Utc>,
            unused_before: DateTime<Utc>,
        ) -> BTreeSet<PhotoHash>;
    }
    WriteForms {
        form(office: OfficeId, id: &FormId, version: u32) -> Option<Form>;
        sector_of(office: OfficeId, id: &FormId) -> Option<Sector>;
        put_form(office: OfficeId, form: &Form) -> ();
        put_forms(office: OfficeId, forms: &[Form]) -> ();
        publish_form(office: OfficeId, form: &Form) -> bool;
        set_validity(office: OfficeId, id: &FormId, version: u32, validity: Validity) -> bool;
        editions(office: OfficeId, id: &FormId) -> Vec<PublishedForm>;
        newest_edition(office: OfficeId, id: &FormId) -> Option<PublishedForm>;
        form_draft(office: OfficeId, id: &FormId) -> Option<FormDraft>;
        put_form_draft(office: OfficeId, draft: &FormDraft) -> ();
        delete_form_draft(office: OfficeId, id: &FormId) -> ();
    }
    WriteFactors {
        second_factor(person: PersonId) -> Option<StoredFactor>;
        put_second_factor(person: PersonId, secret: &[u8]) -> ();
        second_factor_used(person: PersonId, step: i64, now: DateTime<Utc>) -> ();
        end_second_factor(person: PersonId) -> ();
        put_recovery_codes(person: PersonId, codes: &[TokenHash]) -> ();
        take_recovery_code(person: PersonId, code: &TokenHash) -> bool;
        ask_second_factor(office: OfficeId, asks: bool) -> ();
    }
    WriteHazards {
        hazards(office: OfficeId, ids: &[HazardId]) -> HashMap<HazardId, Hazard>;
        known_hazards(ids: &[HazardId]) -> HashSet<HazardId>;
        put_hazards(office: OfficeId, hazards: &[Hazard], now: DateTime<Utc>) -> ();
        rebuild_hazards(after: Option<HazardId>, most: u32) -> Rebuilt;
        open_hazards(office: OfficeId, of: OpenHazardsOf) -> OpenHazards;
        relocate_unreadable(office: OfficeId, hazard: HazardId, to: &ResourceScope) -> ();
        hand_over_hazards(office: OfficeId, from: DepartmentId, into: DepartmentId) -> Vec<HazardId>;
    }
    WriteHeartbeats {
        put_heartbeats(office: OfficeId, heartbeats: &[NewHeartbeat], now: DateTime<Utc>) -> ();
        forget_heartbeat(office: OfficeId, person: PersonId, device: DeviceId) -> ();
    }
    WriteOutlines {
        put_outlines(office: OfficeId, outlines: &[Outline]) -> ();
        remove_outline(office: OfficeId, place: PlaceId) -> bool;
    }
    WritePhrases {
        put_phrases(office: OfficeId, phrases: &[OfficePhrase]) -> ();
    }
    WriteImports {
        put_import_plan(plan: &StoredPlan, now: DateTime<Utc>) -> ();
        end_import_plan(person: PersonId, id: Uuid) -> ();
        put_import(import: &StoredImport) -> ();
        import_undone(office: OfficeId, id: Uuid, undone: &Undone) -> ();
    }
    WriteNotices {
        notice_settings(office: OfficeId) -> NoticeSettings;
        put_notice_settings(office: OfficeId, settings: &NoticeSettings) -> ();
        put_notices(office: OfficeId, notices: &[NewNotice]) -> Vec<NoticeId>;
        see_notices(office: OfficeId, person: PersonId, notices: &[NoticeId], at: DateTime<Utc>) -> u64;
        notice_channels(office: OfficeId) -> Vec<StoredChannel>;
        put_notice_channel(office: OfficeId, channel: &StoredChannel) -> ();
        put_deliveries(office: OfficeId, deliveries: &[NoticeDelivery]) -> ();
        take_deliveries(office: OfficeId, now: DateTime<Utc>, until: DateTime<Utc>, most: u32) -> Vec<StoredDelivery>;
        settle_deliveries(office: OfficeId, deliveries: &[NoticeDelivery]) -> ();
        end_deliveries(office: OfficeId, channel: NoticeChannelId, at: DateTime<Utc>, failure: &str) -> Vec<(NoticeId, NoticeKind)>;
        forget_notices(office: OfficeId, before: DateTime<Utc>, most: u32) -> u64;
    }
    WritePushSubscriptions {
        put_push_subscription(subscription: &NewPushSubscription) -> ();
        end_push_subscription(session: i64) -> ();
        push_tried(session: i64, endpoint: &str, outcome: PushOutcome, now: DateTime<Utc>) -> ();
    }
    WritePartyNotices {
        put_party_notices(office: OfficeId, notices: &[StoredPartyNotice]) -> u64;
        take_party_notices(office: OfficeId, now: DateTime<Utc>, until: DateTime<Utc>, most: u32) -> Vec<StoredPartyNotice>;
        settle_party_notice(office: OfficeId, notice: &StoredPartyNotice) -> ();
    }
    WriteTasks {
        tasks(office: OfficeId, ids: &[TaskId]) -> HashMap<TaskId, Task>;
        known_tasks(ids: &[TaskId]) -> HashSet<TaskId>;
        open_tasks_at(office: OfficeId, sites: &[SiteId], hazards: &[HazardId]) -> Vec<Task>;
        open_tasks_of(office: OfficeId, person: PersonId) -> Vec<Task>;
        put_tasks(office: OfficeId, tasks: &[Task]) -> ();
    }
    WriteVisits {
        known_visits(ids: &[VisitId]) -> HashSet<VisitId>;
        visits(office: OfficeId, ids: &[VisitId]) -> HashMap<VisitId, Visit>;
        put_visits(office: OfficeId, visits: &[StoredVisit]) -> ();
    }
    WriteJobs {
        put_jobs(jobs: &[NewJob]) -> ();
        put_recurring_job(job: &NewJob, before: Option<DateTime<Utc>>) -> bool;
        failed_job(office: OfficeId, id: JobId) -> Option<JobRow>;
        retry_job(id: JobId, now: DateTime<Utc>) -> ();
        discard_job(id: JobId) -> ();
    }
    WriteFingerprints {
        put_fingerprint(office: OfficeId, hash: &PhotoHash, fingerprint: Option<&ImageFingerprint>, alike: &[(PhotoHash, u32)]) -> ();
        put_damaged_photo(office: OfficeId, hash: &PhotoHash) -> ();
        damaged_photos(office: OfficeId, hashes: &[PhotoHash]) -> HashSet<PhotoHash>;
    }
    WriteNumbers {
        numbers(office: OfficeId, year: i32) -> Numbers;
        put_numbers(office: OfficeId, year: i32, numbers: &Numbers) -> ();
    }
    WriteOperations {
        recorded(ids: &[OperationId]) -> HashMap<OperationId, Recorded>;
        record(operations: &[NewOperation]) -> ();
    }
    WriteParties {
        party(office: OfficeId, id: PartyId) -> Option<Party>;
        count_sites_of_party(office: OfficeId, id: PartyId) -> u64;
        put_party(office: OfficeId, party: &Party) -> ();
    }
    WriteInspections {
        inspection_rules(office: OfficeId) -> InspectionRules;
        count_inspections(office: OfficeId, of: Inspected, year: i32) -> u32;
        move_inspections(office: OfficeId, from: Inspected, to: Inspected) -> ();
        put_inspection_rules(office: OfficeId, rules: &InspectionRules) -> ();
    }
    WritePeople {
        people(office: OfficeId) -> Vec<Person>;
        people_in(office: OfficeId, place: PlaceId) -> Vec<Person>;
        put_person(office: OfficeId, person: &Person, password_hash: Option<&str>) -> ();
        put_password(person: PersonId, password_hash: &str, due: bool, but: Option<i64>) -> ();
    }
    WriteAttachments {
        announcers(
            office: OfficeId,
            kind: AttachmentKind,
            hashes: &[AttachmentHash],
        ) -> HashSet<(AttachmentHash, PersonId)>;
        photo_places(office: OfficeId, hashes: &[PhotoHash]) -> HashMap<PhotoHash, Vec<ResourceScope>>;
        name_photos(office: OfficeId, named: &[NamedPhoto]) -> ();
        put_attachments(office: OfficeId, facts: &[AttachmentFacts]) -> ();
        put_brought(office: OfficeId, facts: &AttachmentFacts, now: DateTime<Utc>) -> ();
        attachments_received(office: OfficeId, brought: &[Brought], now: DateTime<Utc>) -> ();
    }
    WritePlaces {
        places(office: OfficeId) -> Places;
        departments(office: OfficeId) -> HashSet<DepartmentId>;
        living(office: OfficeId) -> BTreeMap<PlaceId, Living>;
        put_office(office: &Office) -> ();
        put_intervals(office: OfficeId, intervals: &VisitIntervals) -> ();
        put_community(office: OfficeId, community: &Community) -> ();
        put_grid(office: OfficeId, grid: &Grid) -> ();
        put_department(office: OfficeId, department: &Department) -> ();
        end_place(office: OfficeId, former: &FormerPlace) -> ();
    }
    WriteQuotas {
        usage(people: &[PersonId], day: NaiveDate) -> HashMap<PersonId, Usage>;
        put_usage(day: NaiveDate, usage: &[(PersonId, Usage)]) -> ();
    }
    WriteSealedOrders {
        sealed_orders(office: OfficeId, ids: &[SealedOrderId]) -> HashMap<SealedOrderId, StoredOrder>;
        orders_of_check(office: OfficeId, check: SpotCheckId) -> Vec<StoredOrder>;
        put_order_openings(office: OfficeId, openings: &[(SealedOrderId, OrderOpening)]) -> ();
        put_sealed_orders(office: OfficeId, orders: &[StoredOrder]) -> ();
    }
    WriteSessions {
        put_session(session: &NewSession) -> ();
        confirm_session(session: i64, now: DateTime<Utc>) -> ();
        end_token(token: &TokenHash) -> ();
        seen(session: i64, now: DateTime<Utc>) -> ();
        end_session(person: PersonId, session: i64) -> ();
        end_sessions_of(person: PersonId, but: Option<i64>) -> ();
    }
    WriteSettings {
        office_settings(office: OfficeId) -> OfficeSettings;
        put_office_settings(office: OfficeId, settings: &OfficeSettings) -> ();
    }
    WritePublicReports {
        public_report(office: OfficeId, id: PublicReportId) -> Option<PublicReport>;
        like_public_report(office: OfficeId, new: &NewPublicReport, since: DateTime<Utc>, most: u32) -> Vec<PublicReport>;
        next_public_report(office: OfficeId, year: i32) -> i64;
        put_public_report(office: OfficeId, new: &NewPublicReport) -> ();
        change_public_report(office: OfficeId, report: &PublicReport) -> ();
        voices_of(office: OfficeId, id: PublicReportId) -> u32;
        spent_puzzle(token: &str) -> Option<SpentPuzzle>;
        spend_puzzle(token: &str, spent: &SpentPuzzle, until: DateTime<Utc>, now: DateTime<Utc>) -> ();
        put_public_contact(office: OfficeId, report: PublicReportId, sealed: &SealedContact) -> ();
        public_contact(office: OfficeId, report: PublicReportId) -> Option<StoredContact>;
        contact_holders(office: OfficeId) -> Vec<ContactHolder>;
        put_contact_holder(office: OfficeId, holder: &ContactHolder) -> ();
        end_contact_holder(office: OfficeId, person: PersonId) -> ();
        contact_opening(office: OfficeId, report: PublicReportId) -> Option<ContactOpening>;
        put_contact_opening(office: OfficeId, opening: &ContactOpening) -> ();
        contact_opened(office: OfficeId, report: PublicReportId) -> ();
        put_disclosed_hazard(office: OfficeId, hazard: HazardId, at: DateTime<Utc>) -> ();
        end_disclosed_hazard(office: OfficeId, hazard: HazardId) -> ();
    }
    WriteQuarantine {
        put_quarantine(office: OfficeId, waiting: &[QuarantinedOperation]) -> ();
        quarantine(office: OfficeId, id: OperationId) -> Option<StoredOperation>;
        decide_quarantine(office: OfficeId, id: OperationId, by: &str, at: DateTime<Utc>, taken: bool) -> ();
    }
    WriteSigningKeys {
        signing_key() -> Option<Vec<u8>>;
        put_signing_key(id: &str, secret: &[u8], made_at: DateTime<Utc>) -> ();
    }
    WriteSites {
        sites(office: OfficeId, ids: &[SiteId]) -> HashMap<SiteId, Site>;
        kinds_had(ids: &[SiteId]) -> HashMap<SiteId, Vec<Vec<SiteKind>>>;
        attributes_had(ids: &[SiteId]) -> HashMap<SiteId, Vec<SiteAttributes>>;
        named_sites(office: OfficeId, ids: &[SiteId]) -> HashMap<SiteId, (Site, PlaceNames)>;
        known_sites(ids: &[SiteId]) -> HashSet<SiteId>;
        same_sites(office: OfficeId, ids: &[SiteId]) -> HashMap<SiteId, SiteId>;
        put_same_sites(office: OfficeId, pairs: &[(SiteId, SiteId)]) -> ();
        sites_in(office: OfficeId, place: PlaceId) -> Vec<Site>;
        put_site(office: OfficeId, site: &Site) -> ();
        put_last_answers(office: OfficeId, given: &[(SiteId, LastAnswers)]) -> ();
        put_last_visits(office: OfficeId, visits: &[(SiteId, DateTime<Utc>)]) -> ();
    }
    WriteSpotChecks {
        spot_check_plan(office: OfficeId, id: SpotCheckPlanId) -> Option<SpotCheckPlan>;
        put_spot_check_plan(
            office: OfficeId,
            plan: &SpotCheckPlan,
            leader_name: &str,
            event: &PlanEventRecord,
        ) -> ();
        unsent_spot_check_plans(office: OfficeId) -> Vec<SpotCheckPlan>;
        spot_checks_of(office: OfficeId, plan: SpotCheckPlanId) -> Vec<SpotCheck>;
        spot_checks_at(office: OfficeId, sites: &[SiteId]) -> Vec<SpotCheck>;
        sent_spot_checks(office: OfficeId) -> Vec<SpotCheck>;
        put_spot_checks(office: OfficeId, checks: &[SpotCheck]) -> ();
    }
    WriteLoginAttempts {
        login_attempts(key: &str, since: DateTime<Utc>) -> Vec<DateTime<Utc>>;
        put_login_attempt(keys: &[&str], at: DateTime<Utc>, since: DateTime<Utc>) -> ();
        forget_login_attempts(key: &str) -> ();
        take_back_login_attempt(key: &str, at: DateTime<Utc>) -> ();
    }
    WriteLooseBytes {
        await_bytes(hash: &PhotoHash, now: DateTime<Utc>) -> ();
        loose_bytes(before: DateTime<Utc>) -> Option<LooseBytes>;
        settle_bytes(hash: &PhotoHash) -> ();
    }
    WriteUploads {
        upload(id: Uuid) -> Option<StoredUpload>;
        upload_of(person: PersonId, hash: &PhotoHash) -> Option<(Uuid, Result<StoredUpload>)>;
        put_upload(upload: &StoredUpload) -> ();
        end_upload(id: Uuid) -> ();
        expired_uploads(now: DateTime<Utc>, most: u32) -> Vec<(Uuid, Result<StoredUpload>)>;
    }
}
