//! 双随机抽取: why a draw cannot be made, and what is wrong with a published one.

use crate::limits;
use domain::draw::{DrawError, DrawFault, DrawPart, SeedSource, VoidReason};

messages! {
    plan = "抽取名称或所代替的抽取", "the title, or which draw it takes the place of";
    population = "名单（场所、权重、人员、工作量、回避）", "the list: sites, weights, people, workload, avoidance";
    method = "抽取方法", "the method";
    source = "种子来源", "where the seed comes from";
    salt = "盐值", "the salt";
    fingerprint = "指纹", "the fingerprint";
    seed = "种子", "the seed";
    result = "抽取结果", "the result";

    changed(part: &str) = "被改过：{part}", "This was changed: {part}";
    other_fingerprint = "指纹与事先公布的不一致：这不是当时封存的那次抽取", "The fingerprint is not the one that was published before: this is another draw";
    not_of_this_seed = "用这个种子抽不出这个结果：种子或抽取结果连同其校验值一起被改过", "This seed does not give this result: the seed or the result was changed along with its hash";
    unfinished = "还没有抽取结果，也没有作废", "There is no result yet, and the draw is not void";
    invalid(why: String) = "这次抽取不应成立：{why}", "This draw should never have been made: {why}";

    by_commitments(names: String) = "{names} 事先承诺、事后公开的话", "the words that {names} committed before and revealed afterwards";
    at_place(what: &str, place: &str) = "{what}（{place}）", "{what} ({place})";
    silent(names: String) = "{names} 没有公开承诺的话", "{names} did not reveal the committed words";

    no_sites = "名单里没有场所，请先选定抽查范围", "There is no site on the list; choose the sites first";
    no_people = "名单里没有检查人员，请先选定人员", "There is nobody on the list to be sent; choose the people first";
    nothing_wanted = "抽取的场所数和每处人数都要大于 0", "The number of sites and of people for each must be above 0";
    too_few_sites(wanted: u32, there: usize) = "要抽 {wanted} 处，名单里只有 {there} 处，请减少数量或扩大范围", "{wanted} sites are wanted and {there} are on the list; want fewer, or add sites";
    too_few_may_go(site: &str, wanted: u32, there: usize) = "“{site}”要去 {wanted} 人，除去回避的只有 {there} 人，请增加人员", "{wanted} people are wanted for {site}, and {there} may go there; add people";
    duplicate_site(name: &str) = "“{name}”在场所名单里有两次，请去掉一次", "{name} is on the list of sites twice; take one away";
    duplicate_person(name: &str) = "“{name}”在人员名单里有两次，请去掉一次", "{name} is on the list of people twice; take one away";
    weight(site: &str) = "“{site}”的权重要在 1 到 1000000 之间", "The weight of {site} must be between 1 and 1,000,000";
    unknown_method(version: u16) = "不认识第 {version} 版抽取方法，请更新程序", "Version {version} of the method is unknown here; update the program";
    seed_text = "种子来源和种子要写成一行，1 到 200 个字", "Where the seed comes from, and the seed, must be one line of 1 to 200 characters";
    too_few_commitments = "至少要有两个人各自承诺一段话", "At least two people must each commit words";
    duplicate_commitment(name: &str) = "“{name}”承诺了两次，请去掉一次", "{name} has committed twice; take one away";
    seed_too_early = "种子在指纹公布之前，或在约定的时间之前就已知道", "The seed was known before the fingerprint was published, or before the time that was named";
    other_source = "种子不是从事先约定的来源取得的", "The seed is not from the source that was named";
    not_revealed(name: &str) = "“{name}”没有公开承诺的话，这次抽取作废", "{name} has not revealed the committed words; the draw is void";
    wrong_reveal(name: &str) = "“{name}”公开的话与承诺的不一致，这次抽取作废", "{name} has revealed other words than the committed ones; the draw is void";
    not_committed(name: &str) = "“{name}”没有承诺过", "{name} has committed nothing";
    no_reason = "请写明作废的原因", "Say why the draw is void";
    ended = "这次抽取已有结果或已作废", "The draw has a result already, or is void";
}

pub const fn part(lang: Lang, part: DrawPart) -> &'static str {
    match part {
        DrawPart::Plan => plan(lang),
        DrawPart::Population => population(lang),
        DrawPart::Method => method(lang),
        DrawPart::Source => source(lang),
        DrawPart::Salt => salt(lang),
        DrawPart::Fingerprint => fingerprint(lang),
        DrawPart::Seed => seed(lang),
        DrawPart::Result => result(lang),
    }
}

/// What is wrong with a published draw.
pub fn fault(lang: Lang, fault: &DrawFault) -> String {
    match fault {
        DrawFault::Changed(changed_part) => changed(lang, part(lang, *changed_part)),
        DrawFault::OtherFingerprint => other_fingerprint(lang).to_owned(),
        DrawFault::NotOfThisSeed => not_of_this_seed(lang).to_owned(),
        DrawFault::Invalid(why) => invalid(lang, error(lang, why)),
        DrawFault::Unfinished => unfinished(lang).to_owned(),
    }
}

/// From what the seed comes.
pub fn seed_source(lang: Lang, source: &SeedSource) -> String {
    match source {
        SeedSource::Public { what, place, .. } => at_place(lang, what, place),
        SeedSource::Commitments { commitments } => {
            by_commitments(lang, names(lang, commitments.iter().map(|commitment| commitment.name.as_str())))
        }
    }
}

pub fn void_reason(lang: Lang, reason: &VoidReason) -> String {
    match reason {
        VoidReason::NotRevealed { people } => silent(lang, names(lang, people.iter().map(String::as_str))),
        VoidReason::Other { words } => words.clone(),
    }
}

fn names<'a>(lang: Lang, names: impl Iterator<Item = &'a str>) -> String {
    let between = match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    };
    names.collect::<Vec<_>>().join(between)
}

/// Why a draw is not made, and what to do.
pub fn error(lang: Lang, error: &DrawError) -> String {
    match error {
        DrawError::NoSites => no_sites(lang).to_owned(),
        DrawError::NoPeople => no_people(lang).to_owned(),
        DrawError::NothingWanted => nothing_wanted(lang).to_owned(),
        DrawError::TooFewSites { wanted, there } => too_few_sites(lang, *wanted, *there),
        DrawError::TooFewMayGo { site, wanted, there } => too_few_may_go(lang, site, *wanted, *there),
        DrawError::DuplicateSite(name) => duplicate_site(lang, name),
        DrawError::DuplicatePerson(name) => duplicate_person(lang, name),
        DrawError::Weight(site) => weight(lang, site),
        DrawError::UnknownMethod(version) => unknown_method(lang, *version),
        DrawError::OverLimit(over) => limits::over(lang, *over),
        DrawError::SeedText => seed_text(lang).to_owned(),
        DrawError::TooFewCommitments => too_few_commitments(lang).to_owned(),
        DrawError::DuplicateCommitment(name) => duplicate_commitment(lang, name),
        DrawError::SeedTooEarly => seed_too_early(lang).to_owned(),
        DrawError::OtherSource => other_source(lang).to_owned(),
        DrawError::NotRevealed(name) => not_revealed(lang, name),
        DrawError::WrongReveal(name) => wrong_reveal(lang, name),
        DrawError::NotCommitted(name) => not_committed(lang, name),
        DrawError::NoReason => no_reason(lang).to_owned(),
        DrawError::Ended => ended(lang).to_owned(),
    }
}
