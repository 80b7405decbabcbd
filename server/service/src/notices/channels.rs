//! The rules and the channels, as administrators set them. What is secret of a channel is sealed, shown to nobody again, and
//! written down nowhere else.

use super::{
    deliver::unsealed,
    fence::{self, Fenced},
    make::deliveries,
};
use crate::{asker::Asker, error::Error, services::Services, storage::StoredChannel};
use domain::{
    audit::{Act, Subject, SubjectKind},
    id::NoticeChannelId,
    limits::NOTICE_CHANNELS,
    notice::{
        ChannelChange, ChannelFile, ChannelKind, ChannelSecret, NoticeChannel, NoticeDelivery, NoticeRule,
        NoticeSettings, NoticeSettingsFile, QuietHours, decide_channel,
    },
    role::Action,
    text::Lang,
};
use i18n::notices as t;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

/// What is said of a notice that waited for a channel which was taken away.
const RETIRED: &str = "the channel was deleted";

/// Lines of what was sent lately.
const LATELY: u32 = 50;

/// Who is told what, by which ways, and how that went lately.
pub async fn file(state: &Services, by: &Asker) -> Result<NoticeSettingsFile, Error> {
    by.allow(Action::ManageSettings)?;
    let (store, office) = (&state.store, by.actor.office);
    let counts = store.delivery_counts(office).await?;
    let channels = store.notice_channels(office).await?.into_iter().map(|stored| {
        let count = counts.iter().find(|count| count.channel == stored.channel.id);
        ChannelFile {
            channel: stored.channel,
            waiting: count.map_or(0, |count| count.waiting),
            failed: count.map_or(0, |count| count.failed),
        }
    });
    Ok(NoticeSettingsFile {
        settings: store.notice_settings(office).await?,
        channels: channels.collect(),
        deliveries: store.notice_deliveries(office, LATELY).await?,
    })
}

/// Writes other rules, or says why not; then nothing was changed.
pub async fn change_rules(state: &Services, by: &Asker, is: NoticeSettings) -> Result<(), Error> {
    by.allow(Action::ManageSettings)?;
    let office = by.actor.office;
    let mut tx = state.store.write().await?;
    let was = tx.notice_settings(office).await?;
    let is = was.changed(is).map_err(|fault| match t::settings_fault(by.lang, fault) {
        (Some(field), reason) => Error::invalid(field, reason),
        (None, _) => Error::Changed,
    })?;
    tx.put_notice_settings(office, &is).await?;
    let subject = Subject::new(SubjectKind::NoticeRules, None, t::rules(Lang::Zh));
    let entry = state.audit(office, &by.author(), Act::Changed, subject);
    tx.put_audit(&entry.change(&told_of_rules(&was), &told_of_rules(&is))).await?;
    Ok(tx.commit().await?)
}

/// As 操作记录 keeps them, in words.
fn told_of_rules(settings: &NoticeSettings) -> Value {
    let row = |rule: &NoticeRule| {
        let to: Vec<String> = rule.to.iter().map(|to| t::to(Lang::Zh, *to)).collect();
        let kind = t::kind(Lang::Zh, rule.kind);
        let name =
            if rule.kind.counts_days() { format!("{kind} {}", rule.after_days) } else { kind.to_owned() };
        (name, json!(to))
    };
    let mut told: Map<String, Value> = settings.rules.iter().map(row).collect();
    let quiet = settings.quiet.map(|QuietHours { from, until }| {
        format!("{}–{}", QuietHours::clock(from), QuietHours::clock(until))
    });
    told.insert(t::quiet(Lang::Zh).to_owned(), json!(quiet));
    let kinds: Vec<_> = settings.party.kinds.iter().map(|kind| t::party_kind(Lang::Zh, *kind)).collect();
    told.insert(t::party_rules(Lang::Zh).to_owned(), json!(kinds));
    told.insert(t::party_address(Lang::Zh).to_owned(), json!(settings.party.address));
    Value::Object(told)
}

/// Makes a channel, or changes the one of that id. Where its address leads is asked now and again at every try.
pub async fn change_channel(
    state: &Services,
    by: &Asker,
    id: Option<NoticeChannelId>,
    change: &ChannelChange,
) -> Result<(), Error> {
    by.allow(Action::ManageSettings)?;
    let office = by.actor.office;
    let known = state.store.notice_channels(office).await?;
    let known: Vec<_> = known.into_iter().filter(|stored| !stored.channel.retired).collect();
    let was = id.map(|id| known.iter().find(|stored| stored.channel.id == id).ok_or(Error::NotFound));
    let was = was.transpose()?;
    if was.is_none() && known.len() >= NOTICE_CHANNELS {
        return Err(Error::invalid("name", t::refused_many(by.lang, NOTICE_CHANNELS)));
    }
    let opened = was.and_then(|stored| Some((&stored.channel, unsealed(state, stored)?)));
    // Of one whose secret cannot be opened here the kind stays, and the address is asked for anew.
    let kind = was.map(|stored| stored.channel.kind).or(change.kind);
    let change = ChannelChange { kind, ..change.clone() };
    let before = opened.as_ref().map(|(channel, secret)| (*channel, secret));
    let id = id.unwrap_or_else(|| state.new_id());
    let (mut channel, secret) = decide_channel(id, before, &change).map_err(|refusal| {
        let (field, reason) = t::channel_refusal(by.lang, &refusal);
        Error::invalid(field, reason)
    })?;
    channel.shown = match channel.kind {
        // Nothing is sent there.
        ChannelKind::Push => secret.address.clone(),
        kind @ (ChannelKind::Wecom
        | ChannelKind::Dingtalk
        | ChannelKind::Sms
        | ChannelKind::Webhook
        | ChannelKind::Mail) => {
            let passed = fence::pass(kind, &secret.address, &state.notice_hosts).await;
            let passed =
                passed.map_err(|fenced| Error::invalid("address", fenced_words(by.lang, kind, fenced)))?;
            shown(&passed.url)
        }
    };
    let text = serde_json::to_vec(&secret).map_err(|error| Error::Malformed(error.to_string()))?;
    let sealed = state.secrets.seal(id.0.as_bytes(), &text);
    let sealed = sealed.ok_or_else(|| Error::Unavailable("the secret cannot be sealed".to_owned()))?;
    let is_known = was.map(|stored| stored.channel.clone());
    let stored = StoredChannel { channel, secret: sealed };
    let mut tx = state.store.write().await?;
    tx.put_notice_channel(office, &stored).await?;
    let act = if is_known.is_some() { Act::Changed } else { Act::Added };
    let subject = Subject::new(SubjectKind::NoticeChannel, id.0, stored.channel.name.clone());
    let entry = state.audit(office, &by.author(), act, subject);
    let before = is_known.as_ref().map_or(Value::Null, told_of_channel);
    let mut after = told_of_channel(&stored.channel);
    // That they were given anew is told, and nothing of them.
    let is_new = !change.address.trim().is_empty() || !change.key.trim().is_empty();
    if let Some(fields) = after.as_object_mut().filter(|_| is_new) {
        fields.insert("key".to_owned(), json!("…"));
    }
    tx.put_audit(&entry.change(&before, &after)).await?;
    Ok(tx.commit().await?)
}

/// Takes a channel away. What waits for it fails in clear words, and goes by whichever other channel carries such notices; its address
/// and its key are forgotten. Its row stays, so that what went by it still says so. Twice is once.
pub async fn retire_channel(state: &Services, by: &Asker, id: NoticeChannelId) -> Result<(), Error> {
    by.allow(Action::ManageSettings)?;
    let (office, now) = (by.actor.office, state.now());
    let mut tx = state.store.write().await?;
    let (own, others): (Vec<_>, Vec<_>) =
        tx.notice_channels(office).await?.into_iter().partition(|stored| stored.channel.id == id);
    let was = own.into_iter().next().ok_or(Error::NotFound)?.channel;
    if was.retired {
        return Ok(());
    }
    let channel = NoticeChannel { on: false, retired: true, ..was.clone() };
    let text = serde_json::to_vec(&ChannelSecret::default());
    let text = text.map_err(|error| Error::Malformed(error.to_string()))?;
    let sealed = state.secrets.seal(id.0.as_bytes(), &text);
    let secret = sealed.ok_or_else(|| Error::Unavailable("the secret cannot be sealed".to_owned()))?;
    tx.put_notice_channel(office, &StoredChannel { channel, secret }).await?;
    let ended = tx.end_deliveries(office, id, now, RETIRED).await?;
    let quiet = tx.notice_settings(office).await?.quiet;
    let others: Vec<_> = others.into_iter().map(|stored| stored.channel).collect();
    let instead: Vec<NoticeDelivery> = ended
        .into_iter()
        .flat_map(|(notice, kind)| deliveries(state, &others, (notice, kind), quiet, now))
        .collect();
    tx.put_deliveries(office, &instead).await?;
    let subject = Subject::new(SubjectKind::NoticeChannel, id.0, was.name.clone());
    let entry = state.audit(office, &by.author(), Act::Removed, subject);
    tx.put_audit(&entry.change(&told_of_channel(&was), &Value::Null)).await?;
    Ok(tx.commit().await?)
}

fn told_of_channel(channel: &NoticeChannel) -> Value {
    let kinds: Vec<_> = channel.kinds.iter().map(|kind| t::kind(Lang::Zh, *kind)).collect();
    json!({
        "name": channel.name,
        "disabled": !channel.on,
        "kinds": kinds,
        "address": channel.shown,
        // Somebody may have written a key into it.
        "template": mark(&channel.template),
    })
}

/// Tells one text from another, and nothing of it.
fn mark(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes())).chars().take(12).collect()
}

/// As much of an address as tells nothing.
fn shown(url: &reqwest::Url) -> String {
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}://{}{port}", url.scheme(), url.host_str().unwrap_or_default())
}

fn fenced_words(lang: Lang, kind: ChannelKind, fenced: Fenced) -> String {
    match fenced {
        Fenced::Malformed if kind == ChannelKind::Mail => t::address_wrong_mail(lang).to_owned(),
        Fenced::Malformed => t::address_wrong(lang).to_owned(),
        Fenced::OtherHost(host) => t::address_host(lang, host, kind.host().unwrap_or_default()),
        Fenced::Private(host) => t::address_private(lang, host),
        Fenced::Unresolved(host) => t::address_unresolved(lang, host),
    }
}
