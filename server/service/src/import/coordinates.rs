//! Coordinates of a list: which datum, whether the right way round, whether anywhere near.

use super::{
    plan::{CellValue, Plan, RowReading, ValidatedRow, asked},
    sites::{DATUM, LATITUDE, LONGITUDE},
};
use domain::{datum::Datum, import::ImportCoordinates, place::Location, site::Site, text::Lang};
use i18n::import as t;

/// Metres from the office's middle beyond which a place is asked about, at the least.
const FAR: f64 = 20_000.0;
/// The same where only the list itself tells the middle.
const FAR_OF_LIST: f64 = 50_000.0;
/// Known places that tell a middle.
const ENOUGH: usize = 3;
/// Metres that a site may move without a question.
const MOVED: f64 = 500.0;
/// Metres within which a place is the same.
const SAME: f64 = 1.0;

pub struct Ground {
    datum: Option<Datum>,
    swapped: bool,
    around: Option<(Location, f64)>,
    /// Row and place of what the list gives, and whether it says anything new.
    read: Vec<(u32, Location, bool)>,
    given: usize,
    /// Rows whose datum was not chosen.
    unsaid: usize,
    far: usize,
}

impl Ground {
    pub fn new(plan: &Plan, sites: &[Site]) -> Self {
        let known: Vec<Location> =
            sites.iter().filter(|site| !site.retired).filter_map(|site| site.location).collect();
        let around = (known.len() >= ENOUGH).then(|| middle(&known)).flatten().map(|middle| {
            let mut away: Vec<f64> = known.iter().map(|at| at.distance(&middle)).collect();
            away.sort_by(f64::total_cmp);
            let most = away.get(away.len() * 95 / 100).copied().unwrap_or_default();
            (middle, FAR.max(most * 3.0))
        });
        Self { datum: plan.datum, swapped: plan.swapped, around, read: vec![], given: 0, unsaid: 0, far: 0 }
    }

    /// The place of the row's site.
    pub fn read(&mut self, reading: &mut RowReading<'_>, old: Option<&Site>) -> Option<Location> {
        let lang = reading.lang;
        let before = old.and_then(|old| old.location);
        let given = (reading.given(&LATITUDE), reading.given(&LONGITUDE));
        let said = reading.given(&DATUM);
        let (latitude, longitude) = match given {
            (CellValue::Words(latitude), CellValue::Words(longitude)) => (latitude, longitude),
            (CellValue::Clear, _) | (_, CellValue::Clear) => {
                let before = before.map(|at| written(&at)).unwrap_or_default();
                reading.cleared(&LATITUDE, &before);
                return None;
            }
            (CellValue::Words(_), CellValue::Absent | CellValue::Empty) => {
                reading.missing(&LONGITUDE);
                return before;
            }
            (CellValue::Absent | CellValue::Empty, CellValue::Words(_)) => {
                reading.missing(&LATITUDE);
                return before;
            }
            (CellValue::Wrong, _)
            | (_, CellValue::Wrong)
            | (CellValue::Absent | CellValue::Empty, CellValue::Absent | CellValue::Empty) => return before,
        };
        let (columns, texts) = if self.swapped {
            ([&LONGITUDE, &LATITUDE], [longitude, latitude])
        } else {
            ([&LATITUDE, &LONGITUDE], [latitude, longitude])
        };
        let [latitude, longitude] = texts.map(|text| degrees(&text));
        let (Some(latitude), Some(longitude)) = (latitude, longitude) else {
            let column = if latitude.is_none() { columns[0] } else { columns[1] };
            reading.fault(column, t::degrees_wrong(lang), vec![]);
            return before;
        };
        self.given += 1;
        let lies_in_china = |latitude: f64, longitude: f64| {
            (3.0..=54.0).contains(&latitude) && (73.0..=136.0).contains(&longitude)
        };
        if !lies_in_china(latitude, longitude) && lies_in_china(longitude, latitude) {
            reading.fault(columns[0], t::degrees_swapped(lang), vec![]);
            return before;
        }
        if (Location { latitude, longitude, accuracy: None }).is_nowhere() {
            reading.fault(columns[0], t::degrees_nowhere(lang), vec![]);
            return before;
        }
        if latitude.abs() > 90.0 || longitude.abs() > 180.0 {
            let column = if latitude.abs() > 90.0 { columns[0] } else { columns[1] };
            reading.fault(column, t::degrees_wrong(lang), vec![]);
            return before;
        }
        let datum = match said {
            CellValue::Words(words) => match Datum::called(&words) {
                Some(datum) => Some(datum),
                None => {
                    reading.fault(&DATUM, t::datum_unknown(lang, words), vec![]);
                    return before;
                }
            },
            CellValue::Absent | CellValue::Empty | CellValue::Clear | CellValue::Wrong => self.datum,
        };
        let Some(datum) = datum else {
            self.unsaid += 1;
            return before;
        };
        let after = datum.to_wgs84(latitude, longitude);
        let is_new = before.is_none_or(|before| before.distance(&after) >= SAME);
        self.read.push((reading.row.number, after, is_new));
        let Some(before) = before else {
            reading.change(&LATITUDE, "", &written(&after), false);
            return Some(after);
        };
        let moved = before.distance(&after);
        if moved < SAME {
            return Some(before);
        }
        let metres = moved.round() as u32;
        reading.change(&LATITUDE, &written(&before), &t::moved(lang, written(&after), metres), false);
        if moved > MOVED {
            reading.ask("moved", t::ask_moved_place(lang, metres), t::tick_change(lang), None);
        }
        Some(after)
    }

    /// Asks about places far from the office, once all are known.
    pub fn settle(&mut self, plan: &Plan, rows: &mut [ValidatedRow<Site>], lang: Lang) {
        let list: Vec<Location> = self.read.iter().map(|(_, at, _)| *at).collect();
        let of_list =
            || (list.len() >= ENOUGH).then(|| middle(&list)).flatten().map(|middle| (middle, FAR_OF_LIST));
        let Some((middle, most)) = self.around.or_else(of_list) else { return };
        for (number, at, is_new) in &self.read {
            let metres = at.distance(&middle);
            if metres <= most {
                continue;
            }
            self.far += 1;
            let kilometres = (metres / 1000.0).round() as u32;
            let row = rows.binary_search_by_key(number, |row| row.row).ok().and_then(|at| rows.get_mut(at));
            if let Some(row) = row.filter(|row| *is_new && row.record.is_some()) {
                row.asks.push(asked(
                    plan,
                    *number,
                    "far",
                    t::ask_far(lang, kilometres),
                    t::tick_change(lang),
                    None,
                ));
            }
        }
    }

    pub fn blocked(&self, lang: Lang) -> Option<String> {
        (self.unsaid > 0).then(|| t::datum_wanted(lang, self.unsaid))
    }

    /// None where the list has no coordinates.
    pub fn tally(&self) -> Option<ImportCoordinates> {
        (self.given > 0).then(|| ImportCoordinates {
            given: self.given,
            datum: self.datum,
            swapped: self.swapped,
            near: self.read.len() - self.far,
            far: self.far,
        })
    }
}

/// `34.8712, 113.6205`
pub fn written(at: &Location) -> String {
    format!("{}, {}", at.latitude, at.longitude)
}

/// Decimal degrees, with or without their signs.
fn degrees(text: &str) -> Option<f64> {
    let plain = text.trim_start_matches(['北', '东', '纬', '经', 'N', 'E', 'n', 'e', ' ']);
    let plain = plain.trim_end_matches(['°', '度', 'N', 'E', 'n', 'e', ' ']);
    let number = plain.parse::<f64>().ok().filter(|number| number.is_finite());
    number.filter(|_| plain.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+')))
}

/// Of most of them: those that lie elsewhere by a mistake move it little.
pub fn middle(places: &[Location]) -> Option<Location> {
    let median = |of: fn(&Location) -> f64| {
        let mut all: Vec<f64> = places.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied()
    };
    Some(Location {
        latitude: median(|at| at.latitude)?,
        longitude: median(|at| at.longitude)?,
        accuracy: None,
    })
}
