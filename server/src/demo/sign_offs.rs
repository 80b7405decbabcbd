//! How some of the invented visits ended: signed for, refused before a witness, or nobody was there.

use super::picture::SIGNATURE;
use domain::{
    id::QuestionId,
    ink::{Dot, Strokes},
    photo::PhotoHash,
    site::Site,
    visit::{OpenDraft, Pad, RefusalReason, SignOffDraft, SignOffWay, WitnessDraft},
};

/// Of so many visits, in their order, these are signed for, and these two end otherwise.
const OF: usize = 20;
const SIGNED: [usize; 4] = [0, 4, 8, 12];
const REFUSED: usize = 6;
const ABSENT: usize = 14;

/// As somebody writes in a hurry.
const NAME: [&[Dot]; 4] = [
    &[(220, 120), (330, 120), (240, 230), (350, 330)],
    &[(290, 90), (290, 380)],
    &[(470, 110), (690, 110), (520, 220), (700, 230), (480, 360)],
    &[(860, 100), (840, 240), (1_000, 220), (930, 390), (830, 330)],
];

pub(super) fn strokes() -> Strokes {
    let mut strokes = Strokes::default();
    for line in NAME {
        let mut dots = line.iter().copied();
        dots.next().into_iter().for_each(|at| strokes.begin(at));
        dots.for_each(|at| strokes.go_on(at));
    }
    strokes
}

/// The visit at this place among all ends so, if any way is its. `take` gives a photo of this scene.
pub(super) fn end(
    open: &mut OpenDraft,
    site: &Site,
    nth: usize,
    scene: fn(&QuestionId) -> u64,
    mut take: impl FnMut(u64) -> PhotoHash,
) {
    let Some(contact) = site.contacts.first().filter(|_| !open.draft().forms.is_empty()) else { return };
    let mut pad = || Pad { strokes: strokes(), picture: Some(take(SIGNATURE)) };
    let sign_off = match nth % OF {
        signed if SIGNED.contains(&signed) => SignOffDraft {
            way: Some(SignOffWay::Signed),
            signature: pad(),
            name: contact.name.clone(),
            post: contact.duty.clone(),
            phone: contact.phone.clone(),
            ..SignOffDraft::default()
        },
        REFUSED => SignOffDraft {
            way: Some(SignOffWay::Refused),
            reason: Some(RefusalReason::WaitsForPersonInCharge),
            words: "店员称负责人外出，不肯签。告知单已当面念过，贴在收银台旁".to_owned(),
            witness: WitnessDraft {
                name: "孙桂兰".to_owned(), who: "隔壁店主".to_owned(), signature: pad()
            },
            ..SignOffDraft::default()
        },
        ABSENT => SignOffDraft {
            way: Some(SignOffWay::Absent),
            words: "门开着，等了一会儿没有人来，告知单贴在门上".to_owned(),
            photos: vec![take(scene(&QuestionId::from("door")))],
            no_witness: true,
            ..SignOffDraft::default()
        },
        _ => return,
    };
    open.draft_mut().sign_off = sign_off;
}
