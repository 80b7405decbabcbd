//! How the outbox says what it knows.

use crate::i18n::{Lang, device as d, hazards as t, limits, trade};
use chrono::{DateTime, Days, Utc};
use client::outbox::{LastTry, Subject, Submission, TryFailure};
use domain::{
    receipt::Receipt,
    sync::{Reason, Refusal},
    time::{clock as hour, near, office_day},
};

/// `9:14`, `昨天 17:44`, else month and day too. `now`: the office's.
pub fn when(lang: Lang, now: DateTime<Utc>, at: DateTime<Utc>) -> String {
    let (day, today) = (office_day(at), office_day(now));
    if day == today {
        hour(at)
    } else if Some(day) == today.checked_sub_days(Days::new(1)) {
        t::yesterday(lang, hour(at))
    } else {
        near(at, now)
    }
}

/// `等信号 · 9:14 试过，服务器没有应答`
pub fn waiting(
    lang: Lang,
    now: DateTime<Utc>,
    online: bool,
    submission: &Submission,
    last_try: Option<&LastTry>,
) -> String {
    let for_what = match last_try.map(|last| last.why) {
        Some(TryFailure::SignIn) => t::waits_for_sign_in(lang),
        Some(TryFailure::NoAnswer | TryFailure::Server | TryFailure::RetryAfter | TryFailure::Quota)
        | None => {
            if online {
                t::waits_for_turn(lang)
            } else {
                t::waits_for_signal(lang)
            }
        }
    };
    let tried = last_try.map(|last| {
        let why = match last.why {
            TryFailure::NoAnswer => d::not_reached(lang),
            TryFailure::Server => t::tried_server(lang),
            TryFailure::SignIn => t::tried_sign_in(lang),
            TryFailure::RetryAfter => t::tried_later(lang),
            TryFailure::Quota => limits::quota_spent(lang),
        };
        t::tried(lang, when(lang, now, last.at), why)
    });
    join([Some(for_what.to_owned()), photos(lang, submission), tried])
}

/// `检查已收到，照片 3 / 5 · 断了会从这里接着传`
pub fn sending(lang: Lang, submission: &Submission) -> String {
    let (here, all) = submission.photos;
    let sent = match submission.subject {
        Subject::Visit { .. } => t::sending_visit(lang, here, all),
        Subject::Hazard { .. } | Subject::Site { .. } | Subject::Task { .. } => {
            t::sending_command(lang, here, all)
        }
    };
    join([Some(sent), Some(t::goes_on(lang).to_owned())])
}

fn photos(lang: Lang, submission: &Submission) -> Option<String> {
    let (here, all) = submission.photos;
    (all > 0).then(|| t::photos_sent(lang, here, all))
}

/// Why it was not taken and what to do; kept all the same where the server says so.
pub fn refused(lang: Lang, refusal: &Refusal) -> Vec<String> {
    let kept = refusal.kept.as_ref().map(|receipt| t::kept_all_the_same(lang, receipt.number.clone()));
    let waits = refusal.kept.is_some() && refusal.reason.waits_for_administrator();
    let why = if waits {
        trade::waits_for_administrator(lang).to_owned()
    } else if matches!(refusal.reason, Reason::Malformed { .. }) && !refusal.message.is_empty() {
        // A reason that this version does not know comes with the server's words.
        t::refused(lang, refusal.message.clone())
    } else {
        t::refused(lang, trade::reason(lang, &refusal.reason))
    };
    [Some(why), kept].into_iter().flatten().collect()
}

/// `回执 HZ-2026-004817 · 8:51`
pub fn receipt(lang: Lang, now: DateTime<Utc>, receipt: &Receipt) -> String {
    t::receipt(lang, receipt.number.clone(), when(lang, now, receipt.at))
}

fn join<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
