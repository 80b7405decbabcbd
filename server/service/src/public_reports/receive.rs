//! A report comes in.

use super::{code_mark, contacts, gate::Gate, near, network, puzzle, wall};
use crate::{
    blobs::Variant,
    error::Error,
    picture::{MOST_TO_WALK, Picture, decoded, slots, small, walked},
    services::Services,
    storage::{NewPublicReport, SpentPuzzle},
};
use bytes::Bytes;
use chrono::{Datelike, Duration};
use domain::{
    id::{OfficeId, PublicReportId},
    limits::Field,
    photo::PhotoHash,
    public_report::{FollowCode, NewReport, NotSent, PublicReport, REPORT_PHOTOS, ReportState, SAME_DAYS},
    text::Lang,
    time::office_day,
};
use i18n::public_reports as t;
use sha2::{Digest, Sha256};
use std::net::IpAddr;

/// Bytes of the photos of a stranger, all together: their browser makes each of them small.
pub const LARGEST_PHOTO: u64 = 4 * 1024 * 1024;

/// Pixels of the long edge of what is kept of it.
const EDGE: u32 = 1600;

/// Reports of one network within the window: beyond the first they are set aside, beyond the second they are not taken.
const MANY: u32 = 5;
const MOST: u32 = 20;

/// How often one solved puzzle is looked at within the window: the same comes again where an answer was lost on the way, and each
/// time its photos are unpacked.
const AGAIN: u32 = 5;

/// Reports that are compared with a new one.
const COMPARED: u32 = 20;

/// What a stranger sends.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    pub report: NewReport,
    /// The files as they came.
    pub photos: Vec<Bytes>,
    /// The puzzle's question, and what solves it.
    pub question: String,
    pub answer: String,
    /// The mark of the open hazard that it is taken for; empty: of none.
    pub same: String,
    /// The code that was read from a wall; empty: of none.
    pub wall: String,
    /// The mark of the site near the position that was chosen, or [`NO_SITE`](super::NO_SITE); empty: nothing was.
    pub beside: String,
}

/// What the sender is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    pub number: String,
    pub code: FollowCode,
    /// How many people told of the same by now.
    pub voices: u32,
}

/// Takes it in, once: the same that comes again by the same puzzle is given the same number and code.
///
/// # Errors
/// [`Error::Invalid`] with the words for the field, [`Error::TooManyTries`] where one network sends without end,
/// [`Error::Crowded`] where too many send at once.
pub async fn receive(
    state: &Services,
    office: OfficeId,
    address: Option<IpAddr>,
    lang: Lang,
    sent: Sent,
) -> Result<Received, Error> {
    let digest = digest_of(state, &sent);
    let Sent { report, photos, question, answer, same, wall: code_read, beside: chosen } = sent;
    let mut new = report.tidied();
    let hangs = wall::site_at(state, address, &code_read).await?;
    let hangs = hangs.filter(|(at, _)| *at == office).map(|(_, site)| site);
    new.place.site = hangs.as_ref().map(|site| site.id);
    new.check().map_err(|why| Error::invalid(field(why), t::not_sent(lang, why)))?;
    let solved = puzzle::checked(state, office, &question, &answer);
    let solved = solved.ok_or_else(|| Error::invalid("puzzle", t::e_puzzle(lang)))?;
    let now = state.now();
    let sends = state.strangers.count("sends", &network(address), now);
    if sends > MOST || state.strangers.count("puzzle", &solved.token, now) > AGAIN {
        return Err(Error::TooManyTries { after_seconds: Gate::window_seconds() });
    }
    let _turn = state.strangers.turn().await.ok_or(Error::Crowded)?;
    if !state.store.office_settings(office).await?.public.open {
        return Err(Error::invalid("report", t::closed(lang)));
    }
    let around = near::around(state, office).await?;
    let beside = match &new.place.location {
        Some(here) if around.is_outside(here) => {
            return Err(Error::invalid("location", t::e_outside(lang)));
        }
        Some(here) => around.site_of(state, office, here, &chosen),
        None => None,
    };
    // The code on the wall is surer than a position.
    let site = match &hangs {
        Some(site) => Some((site.id, &site.name, site.resource_scope())),
        None => beside.map(|site| (site.id, &site.name, site.lies)),
    };
    if let Some((id, name, lies)) = site {
        new.place.site = Some(id);
        new.place.site_name.clone_from(name);
        new.place.grid = Some(lies.grid);
    }
    new.taken_for = near::taken_for(state, office, &same);
    let id: PublicReportId = state.new_id();
    let sealed = contacts::sealed(state, office, id, &new.phone, lang).await?;
    new.photos = keep(state, photos, lang).await?;
    let code = FollowCode::of(&state.secrets.mark("code", &[office.0.as_bytes(), solved.token.as_bytes()]));

    let mut tx = state.store.write().await?;
    if let Some(spent) = tx.spent_puzzle(&solved.token).await? {
        let known = tx.public_report(office, spent.report).await?.filter(|_| spent.digest == digest);
        let known = known.ok_or_else(|| Error::invalid("puzzle", t::e_puzzle(lang)))?;
        return Ok(Received { number: known.number, code, voices: 1 });
    }
    let year = office_day(now).year();
    let running = tx.next_public_report(office, year).await?;
    let number = format!("JB-{year}-{running:06}");
    let suspicion = new.suspicion(sends > MANY);
    let state_of = if suspicion.is_some() { ReportState::Quarantined } else { ReportState::Received };
    let same_words = hex::encode(Sha256::digest(new.key()));
    let mut stored = NewPublicReport {
        report: PublicReport {
            id,
            number: number.clone(),
            what: new.what.clone(),
            place: new.place.clone(),
            photos: new.photos.clone(),
            received_at: now,
            state: state_of,
            suspicion,
            taken_for: new.taken_for,
            answer: String::new(),
            question: None,
            reward: None,
            events: vec![],
        },
        voice_of: None,
        lies: site.map(|(_, _, lies)| lies),
        same_words,
        code: code_mark(state, office, &number, code.plain()),
    };
    let since = now - Duration::days(SAME_DAYS);
    let like = tx.like_public_report(office, &stored, since, COMPARED).await?;
    // What nobody may ever look at speaks for nobody else: whoever would silence others would only have to be set aside first.
    let speaks = |known: &PublicReport| suspicion.is_some() || known.state != ReportState::Quarantined;
    let first = like.iter().find(|known| speaks(known) && new.is_of(known, now));
    stored.voice_of = first.map(|known| known.id);
    tx.put_public_report(office, &stored).await?;
    for photo in &stored.report.photos {
        tx.settle_bytes(photo).await?;
    }
    if let Some(sealed) = &sealed {
        tx.put_public_contact(office, id, sealed).await?;
    }
    tx.spend_puzzle(&solved.token, &SpentPuzzle { report: id, digest }, solved.until, now).await?;
    let voices = match stored.voice_of {
        Some(first) => tx.voices_of(office, first).await?,
        None => 1,
    };
    tx.commit().await?;
    Ok(Received { number, code, voices })
}

/// Of all that a person could have changed. A telephone number is among it, and there are so few of them that whoever reads the
/// records would find it by trying all: so only this installation can make it.
fn digest_of(state: &Services, sent: &Sent) -> String {
    let NewReport { what, place, phone, .. } = &sent.report;
    let here = place.location.map(|here| format!("{} {}", here.latitude, here.longitude));
    let here = here.unwrap_or_default();
    let photos: String = sent.photos.iter().map(|photo| PhotoHash::of(photo).as_str().to_owned()).collect();
    let (same, wall, beside) = (&sent.same, &sent.wall, &sent.beside);
    let parts = [what.as_str(), &place.words, phone, same, wall, beside, &here, &photos].map(str::as_bytes);
    hex::encode(state.secrets.mark("what a stranger sent", &parts))
}

fn field(why: NotSent) -> &'static str {
    match why {
        NotSent::PlaceMissing => "place",
        NotSent::Outside => "location",
        NotSent::NotAPhone => "phone",
        NotSent::OverLimit(over) if over.field == Field::Address => "place",
        NotSent::OverLimit(over) if over.field == Field::Phone => "phone",
        NotSent::WordsMissing | NotSent::OverLimit(_) => "what",
    }
}

/// What is kept of them: each once, and nothing where one of them is refused.
async fn keep(state: &Services, files: Vec<Bytes>, lang: Lang) -> Result<Vec<PhotoHash>, Error> {
    if files.len() > REPORT_PHOTOS {
        return Err(Error::invalid("photo", t::e_photos_many(lang, REPORT_PHOTOS)));
    }
    if files.iter().map(Bytes::len).sum::<usize>() as u64 > LARGEST_PHOTO {
        return Err(Error::invalid("photo", t::e_photo_large(lang)));
    }
    let mut made: Vec<(PhotoHash, Vec<u8>)> = vec![];
    for file in files {
        let bytes = anew(file).await.ok_or_else(|| Error::invalid("photo", t::e_photo(lang)))?;
        let hash = PhotoHash::of(&bytes);
        if made.iter().all(|(known, _)| *known != hash) {
            made.push((hash, bytes));
        }
    }
    if !made.is_empty() {
        // Nobody clears the bytes away meanwhile, and whoever finds them without their report later does.
        let mut tx = state.store.write().await?;
        for (hash, _) in &made {
            tx.await_bytes(hash, state.now()).await?;
        }
        tx.commit().await?;
    }
    for (hash, bytes) in &made {
        state.blobs.put(hash, Variant::Original, bytes).await?;
    }
    Ok(made.into_iter().map(|(hash, _)| hash).collect())
}

/// Drawn anew, without all that the phone wrote beside the picture: where it was taken, and by what. None: it is no picture.
async fn anew(file: Bytes) -> Option<Vec<u8>> {
    let looked_at = file.clone();
    let size = file.len() as u64;
    let outline = slots::receiving(size + MOST_TO_WALK, move || walked(&looked_at)).await;
    let outline = outline.and_then(Result::ok)?;
    let work = move || decoded(&file, &outline).ok().and_then(drawn);
    slots::receiving(outline.memory, work).await.flatten()
}

fn drawn(picture: Picture) -> Option<Vec<u8>> {
    small::jpeg(picture.within(EDGE))
}
