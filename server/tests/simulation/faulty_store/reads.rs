//! What is read of the store.

use super::FaultyStore;
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    audit::{AuditEntry, AuditFilter, AuditPage},
    campaign::CampaignPart,
    code::{CodeSubject, ComplaintFilter, ComplaintPage, ComplaintRow, VisitComplaint},
    device::heartbeat::{UnsentFilter, UnsentPage, UnsentRow},
    form::Form,
    hazard::Hazard,
    id::{
        CodeId, FormId, HazardId, OfficeId, PartyId, PersonId, PublicReportId, SealedOrderId, SiteId,
        SpotCheckId, SpotCheckPlanId, VisitId,
    },
    import::ImportKind,
    inspection::{CountedInspections, Inspected, InspectionRules},
    integrity::{FingerprintState, SimilarUse},
    job::{JobCount, JobPage},
    ledger::{LedgerFilter, LedgerPage, LedgerRow},
    map::Outline,
    notice::{DeliveryRow, Notice, NoticeFacts, NoticeSettings, PartyNotice},
    overview::Overview,
    party::{Party, PartyFilter, PartyPage, PartyRow},
    person::{Person, PersonFilter, PersonPage},
    photo::{ImageFingerprint, PhotoHash},
    place::{FormerPlace, GridFilter, GridPage, GridRow, Office, PlaceId, command::Living},
    public_report::{ContactHolder, ContactOpening, PublicReportFilter, PublicReportPage, PublicReportRow},
    quarantine::{QuarantineFilter, QuarantineList, QuarantinedOperation},
    quick_report::office::{HazardWords, OfficePhrase},
    role::{ResourceScope, Scope},
    settings::OfficeSettings,
    site::{Site, SiteFilter, SitePage, SiteRow},
    spot_check::{
        SiteFacts, SpotCheck, SpotCheckFilter, SpotCheckPage, SpotCheckRow,
        plan::{PlanEventRecord, SpotCheckPlan},
    },
    task::{Task, TaskFilter, TaskPage},
    visit::{VisitFilter, VisitPage, VisitRow, VisitSummary},
};
use server::storage::{
    Account, AudienceFault, ChangeQuery, Changes, CodeMark, DeliveryCount, Earlier, EarlierQuery,
    FollowedReport, FormDraft, HazardSpot, JobEnd, JobExchange, KnownJob, LeasedJob, LoadedRecord,
    OrderOpening, Places, PublishedForm, ReadAttachments, ReadAudiences, ReadAudit, ReadChanges, ReadCodes,
    ReadComplaints, ReadFactors, ReadFingerprints, ReadFormPictures, ReadForms, ReadHazards, ReadHeartbeats,
    ReadImports, ReadInspections, ReadJobs, ReadNotices, ReadOutlines, ReadOverview, ReadParties,
    ReadPartyNotices, ReadPeople, ReadPhrases, ReadPlaces, ReadPublicReports, ReadPushSubscriptions,
    ReadQuarantine, ReadRecords, ReadSealedOrders, ReadSessions, ReadSettings, ReadSigningKeys, ReadSites,
    ReadSpotChecks, ReadTasks, ReadUploads, ReadVisits, Record, Result, Session, SiteSpot, StoredAttachment,
    StoredChannel, StoredCode, StoredContact, StoredFactor, StoredImport, StoredOrder, StoredPlan,
    StoredPushSubscription, StoredUpload, StoredVisit, TokenHash,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use tokio::sync::mpsc;
use uuid::Uuid;

macro_rules! reads {
    ($($noun:ident { $($name:ident($($arg:ident: $type:ty),* $(,)?) -> $value:ty;)* })*) => {
        $(#[async_trait]
        impl $noun for FaultyStore {
            $(async fn $name(&self, $($arg: $type),*) -> Result<$value> {
                self.fault_plan.survive(self.inner.$name($($arg),*)).await
            })*
        })*
    };
}

reads! {
    ReadAudiences {
        audience_faults(office: OfficeId) -> Vec<AudienceFault>;
    }
    ReadAudit {
        audit(office: OfficeId, filter: &AuditFilter) -> AuditPage;
        send_audit(office: OfficeId, filter: &AuditFilter, most: u32, to: mpsc::Sender<AuditEntry>) -> u32;
    }
    ReadChanges {
        changes(office: OfficeId, query: &ChangeQuery) -> Changes;
    }
    ReadCodes {
        code_of_mark(mark: &CodeMark) -> Option<StoredCode>;
        code(id: CodeId) -> Option<StoredCode>;
        codes_of(office: OfficeId, subjects: &[CodeSubject]) -> Vec<StoredCode>;
    }
    ReadComplaints {
        visit_complaints(office: OfficeId, scope: &Scope, filter: &ComplaintFilter) -> ComplaintPage;
        send_visit_complaints(
            office: OfficeId,
            scope: &Scope,
            filter: &ComplaintFilter,
            most: u32,
            to: mpsc::Sender<ComplaintRow>,
        ) -> u32;
        visit_complaint(office: OfficeId, scope: &Scope, id: Uuid) -> Option<ComplaintRow>;
        complaints_of_code(code: CodeId, most: u32) -> Vec<VisitComplaint>;
    }
    ReadFormPictures {
        form_pictures(office: OfficeId) -> BTreeSet<PhotoHash>;
        is_form_picture(office: OfficeId, hash: &PhotoHash) -> bool;
    }
    ReadForms {
        form(office: OfficeId, id: &FormId, version: u32) -> Option<Form>;
        form_versions(office: OfficeId) -> BTreeSet<(FormId, u32)>;
        editions(office: OfficeId, id: &FormId) -> Vec<PublishedForm>;
        newest_editions(office: OfficeId) -> Vec<PublishedForm>;
        newest_edition(office: OfficeId, id: &FormId) -> Option<PublishedForm>;
        form_drafts(office: OfficeId) -> Vec<FormDraft>;
        form_draft(office: OfficeId, id: &FormId) -> Option<FormDraft>;
    }
    ReadFactors {
        second_factor(person: PersonId) -> Option<StoredFactor>;
        asks_second_factor(office: OfficeId) -> bool;
    }
    ReadHazards {
        hazard(office: OfficeId, id: HazardId) -> Option<Hazard>;
        hazards_of_number(office: OfficeId, scope: &Scope, number: &str) -> Vec<(HazardId, String)>;
        ledger(office: OfficeId, scope: &Scope, filter: &LedgerFilter, now: DateTime<Utc>) -> LedgerPage;
        send_ledger(
            office: OfficeId,
            scope: &Scope,
            filter: &LedgerFilter,
            now: DateTime<Utc>,
            most: u32,
            to: mpsc::Sender<LedgerRow>,
        ) -> u32;
    }
    ReadHeartbeats {
        unsent(office: OfficeId, scope: &Scope, filter: &UnsentFilter, now: DateTime<Utc>) -> UnsentPage;
        send_unsent(
            office: OfficeId,
            scope: &Scope,
            filter: &UnsentFilter,
            now: DateTime<Utc>,
            most: u32,
            to: mpsc::Sender<UnsentRow>,
        ) -> u32;
        unsent_since(office: OfficeId, since: DateTime<Utc>) -> Vec<UnsentRow>;
    }
    ReadOutlines {
        outlines(office: OfficeId) -> Vec<Outline>;
    }
    ReadPhrases {
        phrases(office: OfficeId) -> Vec<OfficePhrase>;
        hazard_words(office: OfficeId, since: DateTime<Utc>, most: u32) -> Vec<HazardWords>;
    }
    ReadImports {
        import_plan(office: OfficeId, person: PersonId, id: Uuid, now: DateTime<Utc>) -> Option<StoredPlan>;
        last_import(office: OfficeId, what: ImportKind) -> Option<StoredImport>;
    }
    ReadNotices {
        notice_settings(office: OfficeId) -> NoticeSettings;
        notice_facts(office: OfficeId, since: DateTime<Utc>, until: NaiveDate) -> NoticeFacts;
        known_notices(office: OfficeId, keys: &[String]) -> HashSet<String>;
        notices(office: OfficeId, person: PersonId, most: u32) -> Vec<Notice>;
        unseen_notices(office: OfficeId, person: PersonId) -> u64;
        notice_channels(office: OfficeId) -> Vec<StoredChannel>;
        notice_deliveries(office: OfficeId, most: u32) -> Vec<DeliveryRow>;
        delivery_counts(office: OfficeId) -> Vec<DeliveryCount>;
        offices_to_deliver(now: DateTime<Utc>) -> Vec<OfficeId>;
    }
    ReadPushSubscriptions {
        push_subscriptions(office: OfficeId, now: DateTime<Utc>) -> Vec<StoredPushSubscription>;
    }
    ReadPartyNotices {
        hazards_to_tell(office: OfficeId, since: DateTime<Utc>, due: (NaiveDate, NaiveDate)) -> Vec<Hazard>;
        known_party_notices(office: OfficeId, keys: &[String]) -> HashSet<String>;
        party_notices(office: OfficeId, hazard: HazardId, most: u32) -> Vec<PartyNotice>;
        party_notices_sent(office: OfficeId, number: &[u8], since: DateTime<Utc>) -> u64;
        offices_to_tell_parties(now: DateTime<Utc>) -> Vec<OfficeId>;
    }
    ReadTasks {
        tasks(office: OfficeId, scope: &Scope, filter: &TaskFilter, now: DateTime<Utc>) -> TaskPage;
        send_tasks(office: OfficeId, scope: &Scope, filter: &TaskFilter, now: DateTime<Utc>, most: u32, to: mpsc::Sender<Task>) -> u32;
    }
    ReadVisits {
        visit(office: OfficeId, id: VisitId) -> Option<StoredVisit>;
        visit_summary(office: OfficeId, id: VisitId) -> Option<VisitSummary>;
        visits(office: OfficeId, scope: &Scope, filter: &VisitFilter) -> VisitPage;
        send_visits(
            office: OfficeId,
            scope: &Scope,
            filter: &VisitFilter,
            most: u32,
            to: mpsc::Sender<VisitRow>,
        ) -> u32;
    }
    ReadJobs {
        next_job(known: &[KnownJob]) -> Option<DateTime<Utc>>;
        settle_and_lease_jobs(
            ended: &[(LeasedJob, JobEnd)],
            now: DateTime<Utc>,
            lease: Uuid,
            known: &[KnownJob],
            most: u32,
        ) -> JobExchange;
        renew_job(job: &LeasedJob, until: DateTime<Utc>) -> bool;
        recurring_jobs() -> HashMap<String, DateTime<Utc>>;
        jobs(office: OfficeId, page: u32) -> JobPage;
        job_counts() -> Vec<JobCount>;
    }
    ReadFingerprints {
        fingerprint(office: OfficeId, hash: &PhotoHash) -> FingerprintState;
        fingerprints_near(office: OfficeId, fingerprint: &ImageFingerprint) -> Vec<(PhotoHash, ImageFingerprint)>;
        shown(office: OfficeId, hash: &PhotoHash) -> Vec<SimilarUse>;
        photos_without_fingerprint(
            after: Option<&(OfficeId, PhotoHash)>,
            most: u32,
            job: &str,
        ) -> Vec<(OfficeId, PhotoHash)>;
    }
    ReadOverview {
        overview(office: OfficeId, scope: &Scope, now: DateTime<Utc>) -> Overview;
    }
    ReadParties {
        all_parties(office: OfficeId) -> Vec<Party>;
        parties(office: OfficeId, scope: &Scope, filter: &PartyFilter) -> PartyPage;
        send_parties(
            office: OfficeId,
            scope: &Scope,
            filter: &PartyFilter,
            most: u32,
            to: mpsc::Sender<PartyRow>,
        ) -> u32;
        party(office: OfficeId, id: PartyId) -> Option<Party>;
        parties_called(office: OfficeId, words: &str) -> Vec<Party>;
        parties_of_hazards(office: OfficeId) -> HashSet<PartyId>;
    }
    ReadInspections {
        inspection_rules(office: OfficeId) -> InspectionRules;
        counted_inspections(office: OfficeId, year: i32) -> Vec<CountedInspections>;
        count_inspections(office: OfficeId, of: Inspected, year: i32) -> u32;
    }
    ReadPeople {
        account(username: &str) -> Option<Account>;
        people(office: OfficeId) -> Vec<Person>;
        people_page(office: OfficeId, filter: &PersonFilter) -> PersonPage;
        send_people(office: OfficeId, filter: &PersonFilter, most: u32, to: mpsc::Sender<Person>) -> u32;
    }
    ReadAttachments {
        attachment(office: OfficeId, hash: &PhotoHash) -> Option<StoredAttachment>;
        announcement(office: OfficeId, hash: &PhotoHash, person: PersonId) -> Option<StoredAttachment>;
        photo_places(office: OfficeId, hash: &PhotoHash) -> Vec<ResourceScope>;
    }
    ReadPlaces {
        offices() -> Vec<Office>;
        places(office: OfficeId) -> Places;
        living(office: OfficeId) -> BTreeMap<PlaceId, Living>;
        former_places(office: OfficeId) -> Vec<FormerPlace>;
        grids(office: OfficeId, scope: &Scope, filter: &GridFilter) -> GridPage;
        send_grids(
            office: OfficeId,
            scope: &Scope,
            filter: &GridFilter,
            most: u32,
            to: mpsc::Sender<GridRow>,
        ) -> u32;
    }
    ReadRecords {
        load_records(office: OfficeId, records: &[Record]) -> HashMap<Record, Result<LoadedRecord>>;
        earlier(office: OfficeId, scope: &Scope, query: &EarlierQuery) -> Vec<Earlier>;
    }
    ReadSealedOrders {
        sealed_order(office: OfficeId, id: SealedOrderId) -> Option<StoredOrder>;
        order_openings(office: OfficeId, plan: SpotCheckPlanId) -> Vec<(SpotCheckId, PersonId, OrderOpening)>;
    }
    ReadSessions {
        session(token: &TokenHash, now: DateTime<Utc>) -> Option<Session>;
        sessions_of(person: PersonId, now: DateTime<Utc>) -> Vec<Session>;
    }
    ReadSettings {
        office_settings(office: OfficeId) -> OfficeSettings;
    }
    ReadPublicReports {
        public_report(office: OfficeId, id: PublicReportId) -> Option<PublicReportRow>;
        followed_report(office: OfficeId, number: &str) -> Option<FollowedReport>;
        public_reports(office: OfficeId, scope: &Scope, filter: &PublicReportFilter) -> PublicReportPage;
        send_public_reports(office: OfficeId, scope: &Scope, filter: &PublicReportFilter, most: u32, to: mpsc::Sender<PublicReportRow>) -> u32;
        sees_public_report(office: OfficeId, scope: &Scope, id: PublicReportId) -> bool;
        public_contact(office: OfficeId, report: PublicReportId) -> Option<StoredContact>;
        contact_holders(office: OfficeId) -> Vec<ContactHolder>;
        contact_opening(office: OfficeId, report: PublicReportId) -> Option<ContactOpening>;
        site_spots(office: OfficeId) -> Vec<SiteSpot>;
        hazard_spots(office: OfficeId) -> Vec<HazardSpot>;
        disclosed_hazards(office: OfficeId) -> Vec<(HazardId, DateTime<Utc>)>;
    }
    ReadQuarantine {
        quarantine(office: OfficeId, filter: &QuarantineFilter) -> QuarantineList;
        send_quarantine(
            office: OfficeId,
            filter: &QuarantineFilter,
            most: u32,
            to: mpsc::Sender<QuarantinedOperation>,
        ) -> u32;
    }
    ReadSigningKeys {
        signing_key() -> Option<Vec<u8>>;
        signing_keys() -> Vec<Vec<u8>>;
    }
    ReadSites {
        all_sites(office: OfficeId) -> Vec<Site>;
        sites_in_use(office: OfficeId, scope: &Scope) -> Vec<Site>;
        sites(office: OfficeId, scope: &Scope, filter: &SiteFilter, now: DateTime<Utc>) -> SitePage;
        send_sites(
            office: OfficeId,
            scope: &Scope,
            filter: &SiteFilter,
            now: DateTime<Utc>,
            most: u32,
            to: mpsc::Sender<SiteRow>,
        ) -> u32;
        campaign_progress(office: OfficeId, scope: &Scope, form: &FormId, now: DateTime<Utc>) -> Vec<CampaignPart>;
        site(office: OfficeId, id: SiteId) -> Option<Site>;
        sites_of_code(office: OfficeId, scope: &Scope, code: &str) -> Vec<(SiteId, String)>;
    }
    ReadSpotChecks {
        spot_check_plan(office: OfficeId, id: SpotCheckPlanId) -> Option<SpotCheckPlan>;
        spot_check_plan_of_anybody(id: SpotCheckPlanId) -> Option<SpotCheckPlan>;
        spot_check_log(office: OfficeId, id: SpotCheckPlanId) -> Vec<PlanEventRecord>;
        spot_checks_of(office: OfficeId, plan: SpotCheckPlanId) -> Vec<SpotCheck>;
        spot_check(office: OfficeId, id: SpotCheckId) -> Option<SpotCheck>;
        spot_checks_at(office: OfficeId, sites: &[SiteId]) -> Vec<SpotCheck>;
        spot_check_plans(
            office: OfficeId,
            scope: &Scope,
            filter: &SpotCheckFilter,
            now: DateTime<Utc>,
        ) -> SpotCheckPage;
        send_spot_check_plans(
            office: OfficeId,
            scope: &Scope,
            filter: &SpotCheckFilter,
            now: DateTime<Utc>,
            most: u32,
            to: mpsc::Sender<SpotCheckRow>,
        ) -> u32;
        site_facts(office: OfficeId, since: DateTime<Utc>) -> Vec<SiteFacts>;
        sent_spot_checks(office: OfficeId) -> Vec<SpotCheck>;
    }
    ReadUploads {
        upload(id: Uuid) -> Option<StoredUpload>;
        uploads_of(hash: &PhotoHash) -> Vec<StoredUpload>;
    }
}
