//! The form of a site as browsers send it: flat words. Reading it is a pure function, and what was typed can be shown
//! again as it was.

use crate::{
    error::AppError,
    i18n::{admin, limits, office},
    server_fns::{
        meanwhile::{THEIRS, Take},
        sites::attributes_form::AttributesForm,
    },
};
use domain::{
    datum::Datum,
    id::{DepartmentId, SiteId, SiteKind},
    limits::{records::check_site, tidy_line},
    party::SiteParty,
    place::Location,
    risk::RiskLevel,
    sector::Sector,
    site::{Contact, Site},
    sync::Directory,
    text::Lang,
};
use serde::{Deserialize, Serialize};

/// An empty `id` is a new site.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteForm {
    pub id: String,
    pub name: String,
    pub code: String,
    pub kinds: Vec<String>,
    /// Empty: the sector of the first kind.
    pub sector: String,
    pub risk: String,
    pub grid: String,
    pub attributes: AttributesForm,
    pub address: String,
    /// Degrees; both or neither.
    pub latitude: String,
    pub longitude: String,
    /// Which map new degrees were read from; they are kept as WGS 84.
    pub datum: String,
    /// Lines that are wholly empty count for nothing.
    pub contacts: Vec<Contact>,
    /// The full name of the party, or its credit code.
    pub party: String,
    pub leader: String,
    pub department: String,
    pub retired: bool,
    /// The form as it was loaded.
    pub base: String,
    /// What was chosen where somebody else had changed the site meanwhile.
    pub take: Take,
}

impl SiteForm {
    /// The form with what is known of the site.
    pub fn of(site: &Site) -> Self {
        let degrees = |of: fn(&Location) -> f64| site.location.as_ref().map(of).map(|d| d.to_string());
        Self {
            id: site.id.to_string(),
            name: site.name.clone(),
            code: site.code.clone(),
            kinds: site.kinds.iter().map(ToString::to_string).collect(),
            sector: site.sector.as_str().to_owned(),
            risk: site.risk.as_str().to_owned(),
            grid: site.grid.to_string(),
            attributes: AttributesForm::of(&site.attributes),
            address: site.address.clone(),
            latitude: degrees(|at| at.latitude).unwrap_or_default(),
            longitude: degrees(|at| at.longitude).unwrap_or_default(),
            datum: String::new(),
            contacts: site.contacts.clone(),
            party: site.party.as_ref().map(|party| party.name.clone()).unwrap_or_default(),
            leader: site.leader.clone(),
            department: site.department.map(|id| id.to_string()).unwrap_or_default(),
            retired: site.retired,
            base: String::new(),
            take: Take::new(),
        }
    }

    /// Where the form stands.
    pub fn page(&self) -> String {
        match self.id.parse::<SiteId>() {
            Ok(id) => format!("/office/sites/{id}/edit"),
            Err(_) => "/office/sites/new".to_owned(),
        }
    }

    /// `before` is the site as it stood, if it is not new; what the form does not ask stays as it was. `party` is the one
    /// that was named.
    pub fn read(
        self,
        lang: Lang,
        directory: &Directory,
        party: Option<SiteParty>,
        before: Option<Site>,
        fresh: impl FnOnce() -> SiteId,
    ) -> Result<Site, AppError> {
        let invalid = |field: &str, reason: &'static str| AppError::Invalid {
            field: field.to_owned(),
            reason: reason.to_owned(),
        };
        let written = |field: &str, text: &str, missing| match tidy_line(text) {
            text if text.is_empty() => Err(invalid(field, missing)),
            text => Ok(text),
        };
        let name = written("name", &self.name, office::needs_name(lang))?;
        let code = written("code", &self.code, office::needs_code(lang))?;
        let kinds: Vec<_> = self.kinds.iter().map(|kind| SiteKind::from(kind.as_str())).collect();
        let first = kinds.first().ok_or_else(|| invalid("kinds", office::needs_kind(lang)))?;
        let usual = directory.kinds.iter().find(|kind| kind.id == *first).map(|kind| kind.sector);
        let sector = Sector::parse(&self.sector).or(usual).unwrap_or(Sector::General);
        let risk = RiskLevel::parse(&self.risk).ok_or_else(|| invalid("risk", office::needs_risk(lang)))?;
        let grid = directory.grids.iter().find(|grid| grid.id.to_string() == self.grid);
        let grid = grid.ok_or_else(|| invalid("grid", office::needs_grid(lang)))?;
        let attributes = self.attributes.read(lang)?;
        let location = self.location(before.as_ref()).map_err(|field| {
            let reason =
                if field == "datum" { office::needs_datum(lang) } else { office::needs_degrees(lang) };
            invalid(field, reason)
        })?;
        let contacts = self.contacts.into_iter().map(trimmed).filter(|one| *one != Contact::default());
        let contacts: Vec<_> = contacts.collect();
        if contacts.iter().any(|contact| contact.name.is_empty()) {
            return Err(invalid("contacts", office::needs_contact_name(lang)));
        }
        let department: Option<DepartmentId> = match self.department.as_str() {
            "" => None,
            id => Some(id.parse().map_err(|_| invalid("department", admin::department_unknown(lang)))?),
        };
        let site = Site {
            id: before.as_ref().map_or_else(fresh, |site| site.id),
            community: grid.community,
            grid: grid.id,
            name,
            code,
            kinds,
            sector,
            risk,
            attributes,
            address: tidy_line(&self.address),
            location,
            contacts,
            party,
            leader: tidy_line(&self.leader),
            department,
            pinyin: before.as_ref().map(|site| site.pinyin.clone()).unwrap_or_default(),
            last_visit: before.as_ref().and_then(|site| site.last_visit),
            last_answers: before.as_ref().map(|site| site.last_answers.clone()).unwrap_or_default(),
            retired: self.retired,
            // Whoever saves it at the desk has confirmed it.
            to_confirm: None,
        };
        check_site(&site).map_err(|over| AppError::Invalid {
            field: over.field.as_str().to_owned(),
            reason: limits::over(lang, over),
        })?;
        Ok(site)
    }

    /// The field that is wrong where the two are not degrees, or nobody says of which map. A point that was measured keeps
    /// its accuracy.
    fn location(&self, before: Option<&Site>) -> Result<Option<Location>, &'static str> {
        let (latitude, longitude) = (self.latitude.trim(), self.longitude.trim());
        if latitude.is_empty() && longitude.is_empty() {
            return Ok(None);
        }
        let within = |text: &str, most: f64| text.parse().ok().filter(|degrees: &f64| degrees.abs() <= most);
        let latitude = within(latitude, 90.0).ok_or("latitude")?;
        let longitude = within(longitude, 180.0).ok_or("longitude")?;
        if (Location { latitude, longitude, accuracy: None }).is_nowhere() {
            return Err("latitude");
        }
        let known = before.and_then(|site| site.location);
        let same = known.filter(|at| at.latitude == latitude && at.longitude == longitude);
        // What another person wrote meanwhile and was chosen is WGS 84 already.
        let theirs = |field: &str| self.take.get(field).is_some_and(|choice| choice == THEIRS);
        let taken = theirs("latitude") && theirs("longitude");
        match (same, Datum::parse(&self.datum).filter(|_| !taken)) {
            (Some(same), None | Some(Datum::Wgs84)) => Ok(Some(same)),
            (_, Some(datum)) => Ok(Some(datum.to_wgs84(latitude, longitude))),
            (None, None) => Err("datum"),
        }
    }
}

fn trimmed(contact: Contact) -> Contact {
    Contact {
        name: tidy_line(&contact.name),
        duty: tidy_line(&contact.duty),
        phone: tidy_line(&contact.phone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        id::{OfficeId, PersonId},
        permission::Withheld,
        place::{Community, Grid, Office},
        role::{Actor, Role, Scope},
        sync::SiteKindInfo,
        text::Bilingual,
    };
    use serde_json::json;
    use uuid::Uuid;

    fn directory() -> Directory {
        let office = OfficeId(Uuid::nil());
        let me = Actor {
            office,
            person: PersonId(Uuid::nil()),
            name: String::new(),
            role: Role::Supervisor,
            scope: Scope::Office,
            withheld: Withheld::default(),
            extension_limit: None,
        };
        let community = Uuid::from_u128(1).into();
        Directory {
            office: Office { id: office, name: "新城街道".into(), demo: false },
            me,
            communities: vec![Community { id: community, name: "惠民社区".into() }],
            grids: vec![Grid { id: Uuid::from_u128(2).into(), community, name: "第一网格".into() }],
            departments: vec![],
            kinds: vec![SiteKindInfo {
                id: "school".into(),
                name: Bilingual::new("学校", "School"),
                sector: Sector::School,
            }],
            intervals: Default::default(),
            colleagues: vec![],
            window: Default::default(),
            phrases: vec![],
            inspection: None,
            outlines: vec![],
        }
    }

    fn form() -> SiteForm {
        SiteForm {
            name: " 第一小学 ".into(),
            code: "XX-01".into(),
            kinds: vec!["school".into()],
            risk: "general".into(),
            grid: Uuid::from_u128(2).to_string(),
            contacts: vec![Contact { name: "李敏".into(), ..Contact::default() }, Contact::default()],
            ..SiteForm::default()
        }
    }

    fn read(form: SiteForm, before: Option<Site>) -> Result<Site, AppError> {
        let party = before.as_ref().and_then(|site| site.party.clone());
        form.read(Lang::Zh, &directory(), party, before, || Uuid::from_u128(9).into())
    }

    fn wrong_field(form: SiteForm) -> String {
        match read(form, None) {
            Err(AppError::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_new_site_takes_its_community_from_the_grid_and_its_sector_from_the_kind() {
        let site = read(form(), None).unwrap();
        assert_eq!((site.id.0, site.community.0), (Uuid::from_u128(9), Uuid::from_u128(1)));
        assert_eq!((site.name.as_str(), site.sector, site.contacts.len()), ("第一小学", Sector::School, 1));
    }

    #[test]
    fn each_wrong_field_is_named() {
        assert_eq!(wrong_field(SiteForm { department: "2".into(), ..form() }), "department");
        assert_eq!(wrong_field(SiteForm { name: " ".into(), ..form() }), "name");
        assert_eq!(wrong_field(SiteForm { code: String::new(), ..form() }), "code");
        assert_eq!(wrong_field(SiteForm { kinds: vec![], ..form() }), "kinds");
        assert_eq!(wrong_field(SiteForm { risk: "red".into(), ..form() }), "risk");
        assert_eq!(wrong_field(SiteForm { grid: String::new(), ..form() }), "grid");
        assert_eq!(wrong_field(SiteForm { latitude: "34.8".into(), ..form() }), "longitude");
        let nowhere = SiteForm { latitude: "0".into(), longitude: "0".into(), ..form() };
        assert_eq!(wrong_field(nowhere), "latitude");
        let attributes = serde_json::from_value(json!({ "storeys": "-1" })).unwrap();
        assert_eq!(wrong_field(SiteForm { attributes, ..form() }), "storeys");
        let nobody = Contact { phone: "138".into(), ..Contact::default() };
        assert_eq!(wrong_field(SiteForm { contacts: vec![nobody], ..form() }), "contacts");
    }

    #[test]
    fn new_degrees_are_kept_as_wgs_84_whatever_map_they_were_read_from() {
        let typed = |datum: &str| SiteForm {
            latitude: "34.8712".into(),
            longitude: "113.6205".into(),
            datum: datum.into(),
            ..form()
        };
        assert_eq!(wrong_field(typed("")), "datum", "nobody guesses which map it was");
        let measured = Location { latitude: 34.8712, longitude: 113.6205, accuracy: None };
        assert_eq!(read(typed("wgs84"), None).unwrap().location, Some(measured));
        let by_amap = read(typed("gcj02"), None).unwrap();
        let off = by_amap.location.unwrap().distance(&measured);
        assert!((300.0..800.0).contains(&off), "{off} m");
        // A point that stood there by mistake is read anew where somebody says so, and stays otherwise.
        let site = Site { location: Some(measured), ..by_amap.clone() };
        let same = SiteForm { datum: "gcj02".into(), ..SiteForm::of(&site) };
        assert_eq!(read(same, Some(site.clone())).unwrap().location, by_amap.location);
        assert_eq!(read(SiteForm::of(&site), Some(site)).unwrap().location, Some(measured));
    }

    #[test]
    fn a_form_that_changes_nothing_leaves_the_site_as_it_was() {
        let at = Location { latitude: 34.8712, longitude: 113.6205, accuracy: Some(8.0) };
        let site = Site { location: Some(at), pinyin: "diyixiaoxue".into(), ..read(form(), None).unwrap() };
        assert_eq!(read(SiteForm::of(&site), Some(site.clone())).unwrap(), site);
    }
}
