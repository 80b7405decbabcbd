//! 签收 as it is being written. What was written for one way stays when another is chosen: somebody who refused may sign after
//! all, and the witness's name need not be typed twice.

use crate::{
    ink::{Ink, Strokes},
    limits::{
        Checked, Field, PHOTOS, check_count, check_name, check_phone, check_text, tidy_line, tidy_text,
    },
    photo::PhotoHash,
    visit::sign_off::{
        Circumstances, DrawnSignature, RefusalReason, SignOff, SignOffLack, Signed, Witness,
        lacks_of_circumstances, lacks_of_signed,
    },
};
use serde::{Deserialize, Serialize};

/// Which of the three ways was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignOffWay {
    Signed,
    Refused,
    Absent,
}

/// All that was written for any of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SignOffDraft {
    /// None: nothing of it counts.
    pub way: Option<SignOffWay>,
    pub signature: Pad,
    pub name: String,
    pub post: String,
    pub phone: String,
    pub reason: Option<RefusalReason>,
    pub words: String,
    pub photos: Vec<PhotoHash>,
    /// 找不到见证人
    pub no_witness: bool,
    pub witness: WitnessDraft,
}

/// The witness as far as written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WitnessDraft {
    pub name: String,
    pub who: String,
    pub signature: Pad,
}

/// What was drawn, and the picture of it once it is made: when the visit is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Pad {
    pub strokes: Strokes,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<PhotoHash>,
}

/// Whose signature it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signer {
    Site,
    Witness,
}

impl Pad {
    /// Other lines are another picture.
    pub fn draw(&mut self, strokes: Strokes) {
        if self.strokes != strokes {
            *self = Self { strokes, picture: None };
        }
    }

    fn ink(&self) -> Ink {
        self.strokes.ink()
    }

    fn sealed(&self) -> Option<DrawnSignature> {
        Some(DrawnSignature { picture: self.picture.clone()?, ink: self.ink() })
    }
}

impl SignOffDraft {
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    pub fn pad(&self, signer: Signer) -> &Pad {
        match signer {
            Signer::Site => &self.signature,
            Signer::Witness => &self.witness.signature,
        }
    }

    pub fn pad_mut(&mut self, signer: Signer) -> &mut Pad {
        match signer {
            Signer::Site => &mut self.signature,
            Signer::Witness => &mut self.witness.signature,
        }
    }

    /// Every photo that it names, whichever way was chosen.
    pub fn photos(&self) -> impl Iterator<Item = &PhotoHash> {
        let pictures = [&self.signature, &self.witness.signature].into_iter();
        self.photos.iter().chain(pictures.filter_map(|pad| pad.picture.as_ref()))
    }

    /// What it lacks by the way that was chosen.
    pub fn lacks(&self) -> Vec<SignOffLack> {
        let Some(way) = self.way else { return vec![] };
        let circumstances = || {
            let WitnessDraft { name, who, signature } = &self.witness;
            let witness = (!self.no_witness).then(|| (name.as_str(), who.as_str(), signature.ink()));
            lacks_of_circumstances(&self.words, &self.photos, witness)
        };
        match way {
            SignOffWay::Signed => lacks_of_signed(&self.name, self.signature.ink()),
            SignOffWay::Refused => {
                let reason = self.reason.is_none().then_some(SignOffLack::Reason);
                reason.into_iter().chain(circumstances()).collect()
            }
            SignOffWay::Absent => circumstances(),
        }
    }

    /// The signatures that count and of which no picture is made yet.
    pub fn to_be_pictured(&self) -> Vec<Signer> {
        let wanted = match self.way {
            Some(SignOffWay::Signed) => Some(Signer::Site),
            Some(SignOffWay::Refused | SignOffWay::Absent) if !self.no_witness => Some(Signer::Witness),
            Some(SignOffWay::Refused | SignOffWay::Absent) | None => None,
        };
        wanted.into_iter().filter(|signer| self.pad(*signer).picture.is_none()).collect()
    }

    pub(super) fn check_limits(&self) -> Checked {
        // As it will be sealed: what nobody can see is no character.
        check_name(Field::Name, &tidy_line(&self.name))?;
        check_name(Field::Post, &tidy_line(&self.post))?;
        check_phone(&tidy_line(&self.phone))?;
        check_text(Field::Note, &tidy_text(&self.words))?;
        check_count(Field::Photos, self.photos.len(), PHOTOS)?;
        check_name(Field::Name, &tidy_line(&self.witness.name))?;
        check_name(Field::Post, &tidy_line(&self.witness.who))
    }

    /// None where no way was chosen.
    ///
    /// # Errors
    /// What it lacks; a signature of which there is no picture counts as none.
    pub(super) fn seal(&self) -> Result<Option<SignOff>, SignOffLack> {
        let Some(way) = self.way else { return Ok(None) };
        if let Some(lack) = self.lacks().into_iter().next() {
            return Err(lack);
        }
        let sealed = match way {
            SignOffWay::Signed => SignOff::Signed(Signed {
                signature: self.signature.sealed().ok_or(SignOffLack::Signature)?,
                name: self.name.clone(),
                post: self.post.clone(),
                phone: self.phone.clone(),
            }),
            SignOffWay::Refused => {
                let reason = self.reason.ok_or(SignOffLack::Reason)?;
                SignOff::Refused { reason, circumstances: self.circumstances()? }
            }
            SignOffWay::Absent => SignOff::Absent { circumstances: self.circumstances()? },
        };
        Ok(Some(sealed.tidied()))
    }

    fn circumstances(&self) -> Result<Circumstances, SignOffLack> {
        let WitnessDraft { name, who, signature } = &self.witness;
        let witness = if self.no_witness {
            None
        } else {
            let signature = signature.sealed().ok_or(SignOffLack::WitnessSignature)?;
            Some(Witness { name: name.clone(), who: who.clone(), signature })
        };
        Ok(Circumstances { words: self.words.clone(), photos: self.photos.clone(), witness })
    }
}
