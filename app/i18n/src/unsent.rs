//! 没传的: who holds what unsent, since when.

use domain::device::heartbeat::{Unsent, UnsentState, UnsentSums};

messages! {
    unsent = "没传的", "Unsent work";
    hint = "按每部手机上一次联系时自己报的数；只记有多少没传，不记人在哪里、上线多久。", "As each phone said itself when it was last in contact: how much is unsent, never where somebody is or how long they work.";
    who = "谁", "Who";
    where_from = "网格、部门", "Grid or department";
    role = "角色", "Role";
    telephone = "电话", "Telephone";
    what = "没传的内容", "What is unsent";
    visits = "检查", "Inspections";
    hazards = "隐患", "Hazards";
    others = "其他", "Other";
    photos = "照片", "Photos";
    refused = "传不上去", "Refused";
    drafts = "没写完", "Drafts begun";
    size = "大小", "Size";
    bytes = "照片字节", "Bytes of photos";
    since = "最早一件", "Oldest";
    heard_at = "上次联系", "Last contact";
    app = "版本", "Version";
    phone = "手机编号", "Phone";
    state = "情况", "State";
    state_holding = "没传完", "Not all sent";
    state_long = "两天以上", "Two days or more";
    state_refused = "传不上去", "Refused";
    state_sent = "都传完了", "All sent";
    waits = "等着上传", "Waits to be sent";
    silent(days: u32) = "{days} 天没联系", "No contact for {days} days";
    days(days: u32) = "{days} 天", "{days} d";
    visits_of(n: u32) = "检查 {n}", "inspections {n}";
    hazards_of(n: u32) = "隐患 {n}", "hazards {n}";
    others_of(n: u32) = "其他 {n}", "other {n}";
    photos_of(n: u32) = "照片 {n}", "photos {n}";
    refused_of(n: u32) = "传不上去 {n}", "refused {n}";
    drafts_of(n: u32) = "没写完 {n}", "drafts {n}";
    nothing_unsent = "没有要传的", "Nothing to send";
    between = "、", ", ";
    count(phones: u64) = "共 {phones} 部手机，都传完了", "{phones} phones, all sent";
    count_unsent(phones: u64, things: u64, photos: u64, size: &str) = "共 {phones} 部手机，没传 {things} 件，其中照片 {photos} 张、{size}", "{phones} phones hold {things} things unsent, {photos} photos of {size} among them";
    find = "找人：姓名、电话", "Find people: name, telephone";
    none = "没有符合条件的手机", "No phones match";
    of_person(name: String) = "人员：{name}", "Person: {name}";
    for_long = "手机上两天以上没传", "Unsent on phones for two days or more";
    on_phones = "手机上没传的", "Unsent on phones";
    on_phones_none = "名下的手机还没有报过数", "No phone of this person has said anything yet";
    on_phone(what: String, at: String) = "{what}（{at} 联系）", "{what} (contact {at})";
}

pub fn state_of(lang: Lang, state: UnsentState) -> &'static str {
    match state {
        UnsentState::Holding => state_holding(lang),
        UnsentState::Long => state_long(lang),
        UnsentState::Refused => state_refused(lang),
        UnsentState::Sent => state_sent(lang),
    }
}

/// So many of something, in words.
type Words = fn(Lang, u32) -> String;

/// `检查 6、隐患 2、照片 22`; without what there is none of.
pub fn in_words(lang: Lang, unsent: &Unsent) -> String {
    let Unsent { visits, hazards, others, photos, photo_bytes: _, refused } = *unsent;
    let all: [(u32, Words); 5] = [
        (visits, visits_of),
        (hazards, hazards_of),
        (others, others_of),
        (photos, photos_of),
        (refused, refused_of),
    ];
    let said: Vec<_> = all.into_iter().filter(|(n, _)| *n > 0).map(|(n, words)| words(lang, n)).collect();
    if said.is_empty() { nothing_unsent(lang).to_owned() } else { said.join(between(lang)) }
}

/// What stands beside the filters.
pub fn counted(lang: Lang, phones: u64, sums: &UnsentSums) -> String {
    if sums.things == 0 {
        return count(lang, phones);
    }
    count_unsent(lang, phones, sums.things, sums.photos, &super::field::size(sums.photo_bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unsent_is_told_without_what_there_is_none_of() {
        let unsent = Unsent { visits: 6, photos: 22, photo_bytes: 61_000_000, ..Unsent::default() };
        assert_eq!(in_words(Lang::Zh, &unsent), "检查 6、照片 22");
        assert_eq!(in_words(Lang::En, &Unsent::default()), "Nothing to send");
    }
}
