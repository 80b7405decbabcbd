//! 示例图: what the forms on this phone show. Their pictures are brought along while there is signal, lie with the small
//! pictures of hazards, sealed like these, and go when no form and no draft shows them any more.

use crate::{Device, DeviceError, db};
use domain::{
    device::{StoreName, bundle::Copies, form_pictures::FormPictures, key},
    form::Form,
    json,
    order::collected,
    photo::PhotoHash,
    sync::{RecordKind, StoredRecord},
};
use std::collections::BTreeSet;

/// All that the forms here show, whether they have come or not.
pub(crate) async fn shown(device: &Device) -> Result<BTreeSet<PhotoHash>, DeviceError> {
    let stores = [StoreName::Meta, StoreName::Records];
    let (known, forms) = db::read(&device.db, &stores, async |tx| {
        let known: Option<FormPictures> = tx.get(StoreName::Meta, key::FORM_PICTURES).await?;
        Ok((known.unwrap_or_default(), tx.keys_of(RecordKind::Form).await?))
    })
    .await?;
    let mut looked = known.clone();
    // One at a time: who uses the phone meanwhile does not wait for all of them.
    for form in known.unread(forms) {
        let text =
            db::read(&device.db, &[StoreName::Records], async |tx| tx.text(StoreName::Records, &form).await)
                .await?;
        if let Some(pictures) = text.as_deref().and_then(of_form) {
            looked.put(form, pictures);
        }
    }
    if looked != known {
        db::write(&device.db, &[StoreName::Meta], async |tx| {
            tx.put(StoreName::Meta, key::FORM_PICTURES, &looked).await
        })
        .await?;
    }
    Ok(looked.shown())
}

/// None where only a newer version of the app can tell.
fn of_form(text: &str) -> Option<BTreeSet<PhotoHash>> {
    // A form is long, and few show anything.
    if !text.contains("\"picture\"") {
        return Some(BTreeSet::new());
    }
    let stored: StoredRecord<Form> = json::read(text).ok()?;
    let form = stored.understood()?;
    Some(collected(form.pictures().into_iter().cloned()))
}

/// Throws away what neither a form nor a draft shows any more; nothing where a draft cannot be read.
pub(crate) async fn prune(device: &Device) -> Result<(), DeviceError> {
    let stores = [StoreName::Meta, StoreName::Records, StoreName::DraftCopies, StoreName::Thumbnails];
    db::write(&device.db, &stores, async |tx| {
        let known: Option<FormPictures> = tx.get(StoreName::Meta, key::FORM_PICTURES).await?;
        let copies: Option<Vec<Copies>> = tx.all_or_none(StoreName::DraftCopies).await?;
        let (Some(mut known), Some(copies)) = (known, copies) else { return Ok(()) };
        let forms = copies.iter().flat_map(|copies| &copies.forms);
        let drafts: BTreeSet<PhotoHash> = collected(forms.flat_map(Form::pictures).cloned());
        let here = tx.keys_of(RecordKind::Form).await?;
        for picture in known.prune(&here, &drafts) {
            tx.delete(StoreName::Thumbnails, picture.as_str()).await?;
        }
        tx.put(StoreName::Meta, key::FORM_PICTURES, &known).await
    })
    .await
}
