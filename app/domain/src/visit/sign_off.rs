//! 签收: the end of a visit. Whoever answers for the site signs for the note of what was seen, or refuses, or nobody is there;
//! then it is written down what happened, before a witness, or with a photo where none was to be found.
//!
//! It is offered and never in the way: a visit without it is one. What was begun of it has to be whole.

use super::{VisitNature, VisitOutcome};
use crate::{
    ink::Ink,
    limits::{
        Checked, Field, PHOTOS, check_count, check_name, check_phone, check_text, tidy_line, tidy_text,
    },
    photo::PhotoHash,
    text::Bilingual,
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SignOff {
    /// 签收
    Signed(Signed),
    /// 拒签
    Refused { reason: RefusalReason, circumstances: Circumstances },
    /// 没有人在
    Absent { circumstances: Circumstances },
}

/// Somebody of the site signed on the phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Signed {
    pub signature: DrawnSignature,
    /// So that the signature can be read.
    pub name: String,
    /// What they are there: 店长.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub post: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
}

/// A signature that was drawn on the phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DrawnSignature {
    /// An attachment like other photos.
    pub picture: PhotoHash,
    /// As measured on the pad.
    pub ink: Ink,
}

/// What happened where nobody of the site signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Circumstances {
    pub words: String,
    /// Of the note that was left or put up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<PhotoHash>,
    /// None: nobody was to be found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<Witness>,
}

/// 见证人: somebody who saw it and says so by signing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Witness {
    pub name: String,
    /// Who that is: the owner of the shop next door.
    pub who: String,
    pub signature: DrawnSignature,
}

/// Why somebody does not sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RefusalReason {
    /// 等负责人
    WaitsForPersonInCharge,
    /// 不认可
    Disagrees,
    /// 不愿留名
    NamelessByChoice,
    /// 别的
    Other,
}

/// How far the people of the site are asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignOffAsked {
    /// There is nothing to sign for.
    NotOffered,
    /// Whoever likes to sign may.
    Optional,
    /// A hazard was found that the site is to put right.
    Asked,
}

/// What a sign-off that was begun still needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SignOffLack {
    #[error("there is no name to the signature")]
    Name,
    #[error("the signature is empty")]
    Signature,
    #[error("it is not said why nobody signed")]
    Reason,
    #[error("it is not said what happened")]
    Words,
    /// Nobody was to be found who could have been a witness.
    #[error("there is neither a witness nor a photo")]
    Photo,
    #[error("the witness has no name")]
    WitnessName,
    #[error("it is not said who the witness is")]
    WitnessWho,
    #[error("the signature of the witness is empty")]
    WitnessSignature,
}

impl SignOff {
    /// Whether anybody is asked. Whoever checks their own site signs for nothing, and where nothing was checked there is no note
    /// of it. `finds`: a hazard that the site is to put right; `answered_for`: somebody is known who answers for the site.
    pub fn asked(
        nature: VisitNature,
        outcome: VisitOutcome,
        finds: bool,
        answered_for: bool,
    ) -> SignOffAsked {
        if !outcome.is_done() || nature == VisitNature::SelfCheck {
            SignOffAsked::NotOffered
        } else if finds && answered_for {
            SignOffAsked::Asked
        } else {
            SignOffAsked::Optional
        }
    }

    /// Signatures, and photos of what was left.
    pub fn photos(&self) -> Vec<&PhotoHash> {
        match self {
            Self::Signed(Signed { signature, .. }) => vec![&signature.picture],
            Self::Refused { circumstances, .. } | Self::Absent { circumstances } => {
                let witness = circumstances.witness.iter().map(|witness| &witness.signature.picture);
                circumstances.photos.iter().chain(witness).collect()
            }
        }
    }

    /// With every text as a person would have it.
    pub(crate) fn tidied(self) -> Self {
        match self {
            Self::Signed(signed) => Self::Signed(Signed {
                name: tidy_line(&signed.name),
                post: tidy_line(&signed.post),
                phone: tidy_line(&signed.phone),
                ..signed
            }),
            Self::Refused { reason, circumstances } => {
                Self::Refused { reason, circumstances: circumstances.tidied() }
            }
            Self::Absent { circumstances } => Self::Absent { circumstances: circumstances.tidied() },
        }
    }

    pub(crate) fn check_limits(&self) -> Checked {
        match self {
            Self::Signed(Signed { name, post, phone, .. }) => {
                check_name(Field::Name, name)?;
                check_name(Field::Post, post)?;
                check_phone(phone)
            }
            Self::Refused { circumstances, .. } | Self::Absent { circumstances } => {
                check_text(Field::Note, &circumstances.words)?;
                check_count(Field::Photos, circumstances.photos.len(), PHOTOS)?;
                circumstances.witness.as_ref().map_or(Ok(()), |Witness { name, who, .. }| {
                    check_name(Field::Name, name)?;
                    check_name(Field::Post, who)
                })
            }
        }
    }

    /// What it lacks, as a phone asks before it is sealed and the server before it is believed.
    pub(super) fn lacks(&self) -> Vec<SignOffLack> {
        match self {
            Self::Signed(Signed { signature, name, .. }) => lacks_of_signed(name, signature.ink),
            Self::Refused { circumstances, .. } | Self::Absent { circumstances } => {
                let Circumstances { words, photos, witness } = circumstances;
                let witness = witness.as_ref();
                let witness = witness
                    .map(|witness| (witness.name.as_str(), witness.who.as_str(), witness.signature.ink));
                lacks_of_circumstances(words, photos, witness)
            }
        }
    }
}

impl Circumstances {
    fn tidied(self) -> Self {
        let witness = self.witness.map(|witness| Witness {
            name: tidy_line(&witness.name),
            who: tidy_line(&witness.who),
            ..witness
        });
        Self { words: tidy_text(&self.words), witness, ..self }
    }
}

impl RefusalReason {
    pub const ALL: [Self; 4] =
        [Self::WaitsForPersonInCharge, Self::Disagrees, Self::NamelessByChoice, Self::Other];

    pub fn name(self) -> Bilingual {
        match self {
            Self::WaitsForPersonInCharge => Bilingual::new("等负责人", "Waits for the person in charge"),
            Self::Disagrees => Bilingual::new("不认可", "Disagrees"),
            Self::NamelessByChoice => Bilingual::new("不愿留名", "Will not leave a name"),
            Self::Other => Bilingual::new("别的", "Another reason"),
        }
    }
}

pub(super) fn lacks_of_signed(name: &str, ink: Ink) -> Vec<SignOffLack> {
    let mut lacks = vec![];
    if !ink.is_signature() {
        lacks.push(SignOffLack::Signature);
    }
    if tidy_line(name).is_empty() {
        lacks.push(SignOffLack::Name);
    }
    lacks
}

/// `witness`: name, who that is, and what was drawn; none where nobody was to be found.
pub(super) fn lacks_of_circumstances(
    words: &str,
    photos: &[PhotoHash],
    witness: Option<(&str, &str, Ink)>,
) -> Vec<SignOffLack> {
    let mut lacks = vec![];
    if tidy_text(words).is_empty() {
        lacks.push(SignOffLack::Words);
    }
    match witness {
        Some((name, who, ink)) => {
            if tidy_line(name).is_empty() {
                lacks.push(SignOffLack::WitnessName);
            }
            if tidy_line(who).is_empty() {
                lacks.push(SignOffLack::WitnessWho);
            }
            if !ink.is_signature() {
                lacks.push(SignOffLack::WitnessSignature);
            }
        }
        None if photos.is_empty() => lacks.push(SignOffLack::Photo),
        None => {}
    }
    lacks
}
