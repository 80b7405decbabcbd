//! 抽查: plans of spot checks, their steps, and why one is not changed as was wanted.

use crate::{draws, limits, office};
use chrono::NaiveDate;
use domain::{spot_check::plan::PlanRejection, visit::VisitNature};

messages! {
    checks = "抽查", "Spot checks";
    find = "搜抽查计划名称", "Find plans of spot checks";
    new_plan = "新建抽查计划", "New plan of spot checks";
    edit_plan = "修改计划", "Change the plan";
    count(n: u64) = "{n} 个计划", "{n} plans";
    none = "还没有抽查计划", "There are no plans of spot checks yet";
    missed_plans = "有抽查没有开展的计划", "Plans with spot checks not carried out";
    only_missed = "有没开展的", "With missed checks";

    title = "名称", "Title";
    kind = "方式", "Kind";
    step = "进度", "Step";
    leader = "带队领导", "Leader";
    opens_at = "启封时间", "Opens";
    until = "截止日期", "Last day";
    done = "已开展", "Carried out";
    missed = "没有开展", "Not carried out";
    under_way = "进行中", "Under way";
    withdrawn = "已撤回", "Withdrawn";
    opened_by_key(person: &str, at: String) = "{person} {at} 到时打开", "{person} opened it at its hour, {at}";
    opened_by_words(person: &str, at: String) = "{person} {at} 凭口令打开", "{person} opened it by the words, {at}";

    nature = "检查性质", "Nature";
    forms = "检查表", "Checklists";
    basis = "依据", "Basis";
    basis_hint = "年度抽查计划、专项部署等，写明文件和文号", "The yearly plan, a campaign: name the document";
    opens_day = "启封日期", "Day on which it opens";
    opens_hour = "启封时刻", "Hour at which it opens";
    team_size = "每处几人", "People for each site";
    departments = "参加部门", "Departments that take part";
    meet = "集合时间地点", "Where and when they meet";
    bring = "随身携带", "What to bring";
    note = "说明", "Note";
    title_hint = "名称会公开，不要写出场所", "The title is published: it names no site";
    save = "保存计划", "Save the plan";
    name_of_office(office: &str, nature: &str) = "抽查名义：{office} · {nature}", "In the name of {office} · {nature}";
    not_administrative = "巡查，不是行政检查", "patrol, not an administrative inspection";

    most(n: usize) = "最多 {n} 项", "{n} at the most";
    too_many_lines(n: usize) = "最多 {n} 行，请删去多余的", "{n} lines at the most; take some away";
    scope = "定范围", "Scope";
    seal_list = "封存名单", "Seal the list";
    take_seed = "取种子", "Take the seed";
    draw = "抽取", "Draw";
    send = "密封下发", "Send sealed";
    publish = "公布结果", "Publish";
    steps = "进度", "Steps";
    is_done = "已完成", "done";
    is_next = "下一步", "next";
    figures_of_list(sites: u32, people: u32) = "{sites} 处，可去的 {people} 人", "{sites} sites, {people} people";
    figures_of_plan(sites: usize) = "{sites} 处", "{sites} sites";
    fingerprint_published(at: String) = "{at} 公布指纹", "Fingerprint published {at}";
    seed_due(at: String) = "{at} 以后", "After {at}";
    seed_known(at: String) = "{at}", "{at}";
    drawn_at(sites: usize, at: String) = "{sites} 处，{at}", "{sites} sites, {at}";
    opens(at: String) = "{at} 打开", "Opens {at}";
    sent_at(at: String) = "{at} 下发", "Sent {at}";
    published_at(at: String) = "{at} 公布", "Published {at}";
    after_all = "全部查完以后", "After all checks";

    order = "次序", "No.";
    site = "场所", "Site";
    site_kind = "类别", "Kind of site";
    weight = "权重", "Weight";
    team = "去的人", "Who goes";
    why_site = "为什么选它", "Why this site";
    last_visit = "上次到", "Last visit";
    never = "没到过", "Never";
    by_chance = "随机", "By chance";
    by_workload = "手上最少", "Least to do";
    instead_of(out: &str) = "换下{out}", "In place of {out}";
    state = "情况", "State";
    community = "社区", "Community";
    chosen_by_hand = "人工选定", "Chosen by hand";

    reason_never = "从来没到过", "Never visited";
    reason_unvisited(days: u32) = "{days} 天没到", "Not visited for {days} days";
    reason_open(n: u32) = "未销号隐患 {n} 处", "{n} open hazards";
    reason_hazards(n: u32, days: u16) = "{days} 天内查出隐患 {n} 处", "{n} hazards found within {days} days";
    reason_reports(n: u32, days: u16) = "{days} 天内群众举报 {n} 件", "{n} reports by the public within {days} days";

    choose_sites = "选定场所", "Choose sites";
    list_sites = "列出场所", "List the sites";
    risk_least = "风险等级不低于", "Risk at least";
    any_risk = "不限", "Any";
    any_kind = "不限类别", "Any kind of site";
    unvisited_least = "多少天没到", "Not visited for days";
    open_least = "未销号隐患不少于", "Open hazards at least";
    hazards_least = "近期隐患不少于", "Hazards found lately at least";
    reports_least = "近期群众举报不少于", "Reports by the public lately at least";
    within = "近期指多少天内", "Lately means within days";
    fits(n: u64) = "符合条件的 {n} 处", "{n} sites fit";
    fits_cut(n: u64, shown: usize) = "符合条件的 {n} 处，列出权重最大的 {shown} 处", "{n} sites fit; the {shown} of the greatest weight are listed";
    none_fits = "没有符合条件的场所，请放宽条件", "No site fits; ask for less";
    tick_site(name: &str) = "选 {name}", "Choose {name}";
    who_can_go = "可以派的人", "Who can be sent";
    workload(n: u32) = "手上 {n} 处", "{n} in hand";
    use_these = "按这些场所和人员编组", "Make teams for these sites";
    draw_instead = "改用双随机抽取", "Draw them instead";
    draw_these = "封存名单、公布指纹", "Seal the list and publish its fingerprint";
    draw_hint = "名单、权重、人员和方法一经封存不能再改；指纹公布以后才能取种子", "List, weights, people and method cannot be changed once sealed; the seed comes after the fingerprint is published";
    draw_sites = "抽几处", "How many sites";
    avoid_own_grid = "回避本人网格", "Nobody goes to sites of their own grids";
    avoidance = "回避（谁不去哪里）", "Who keeps away from where";
    avoidance_hint = "每行一条：姓名，场所编码。原因不写、不公布", "One a line: name, code of the site. The reason is written nowhere";
    avoidance_wrong(line: &str) = "“{line}”看不懂：写成“姓名，场所编码”，人要在可派的人里", "\"{line}\" is not understood: write the name of somebody who can be sent, a comma and the code of the site";
    source = "种子来源", "Where the seed comes from";
    source_public = "公开来源（开奖号码、收盘价）", "A public source (numbers of a lottery, a closing price)";
    source_people = "几个人各自承诺的话", "Words that several people commit";
    source_what = "公布什么", "What is published";
    source_what_example = "中国福利彩票双色球第 2026136 期开奖号码", "The numbers of the state lottery of the day";
    source_place = "在哪里看", "Where it is read";
    source_day = "公布日期", "Day on which it is published";
    source_hour = "公布时刻", "Hour at which it is published";
    commitments = "承诺", "Commitments";
    commitments_hint = "每行一人：姓名，承诺的摘要（64 位）", "One person a line: name, digest of the words (64 digits)";
    commitment_wrong(line: &str) = "“{line}”看不懂：写成“姓名，64 位摘要”", "\"{line}\" is not understood: write the name, a comma and the 64 digits";
    make_commitment = "算一个承诺", "Work out a commitment";
    make_commitment_hint = "只在这台电脑上算，不上传。请本人记下话和盐值，取种子时公开", "Worked out on this computer alone. Whoever commits keeps words and salt until the seed is taken";
    commit_name = "姓名", "Name";
    commit_words = "承诺的话", "Words";
    commit_salt = "盐值（自己留着）", "Salt (keep it)";
    commit_digest = "摘要（交上来）", "Digest (hand it in)";
    work_out = "计算", "Work out";
    seed_words = "公布的号码", "What was published";
    seed_words_hint = "原样填写，一字不差", "Exactly as it was published";
    reveals = "公开的话", "Words that are revealed";
    reveals_hint = "每行一人：姓名，话，盐值", "One person a line: name, words, salt";
    reveal_wrong(line: &str) = "“{line}”看不懂：写成“姓名，话，64 位盐值”", "\"{line}\" is not understood: write the name, the words and the 64 digits of the salt, with commas";
    draw_now = "抽取", "Draw";
    waits_for_seed(at: String) = "{at} 种子公布以后才能抽取", "It can be drawn once the seed is published, after {at}";

    exchange = "换人", "Exchange";
    exchange_out = "换下", "Who leaves";
    exchange_in = "换上", "Who comes";
    exchange_why = "原因（会公布）", "Why (published)";
    send_to(n: usize) = "密封下发到 {n} 人", "Send sealed to {n} people";
    send_hint = "下发以后不能再改，只能换人、撤回，没开展的可以改期；启封之前手机上看不到是哪一处", "Once sent it is not changed: people are exchanged, it is withdrawn, and what was missed gets another date; before it opens no phone shows which site it is";
    void_and_again = "作废重抽", "Declare void and draw again";
    void_why = "作废原因（公布时一起公布）", "Why it is void (published along with it)";
    cancel = "取消计划", "Cancel the plan";
    withdraw = "撤回任务", "Withdraw the checks";
    cancel_why = "取消原因", "Why it is cancelled";
    publish_now = "公布名单和结果", "Publish list and result";
    publish_hint = "名单、盐值、种子、方法和换人都会公开，任何人可以重算", "List, salt, seed, method and exchanges become public, so that anybody can compute it again";
    still_under_way(n: u32) = "还有 {n} 处没查完，查完或过期以后才能公布", "{n} checks are still under way; it is published when they are over";

    can_be_checked = "这次抽取可以重算", "This draw can be computed again";
    checked_now(at: String) = "{at} 按封存的名单和种子重算，一字不差", "Computed again {at} from the sealed list and the seed: the same";
    checked_wrong = "重算的结果不一致", "Computed again it differs";
    not_drawn_yet = "名单已封存，还没有抽取", "The list is sealed and nothing is drawn yet";
    proof_list = "名单", "List";
    proof_list_is(sites: u32, people: u32) = "{sites} 处、{people} 人，加随机数取指纹", "{sites} sites and {people} people, fingerprint with a random salt";
    proof_seed = "种子", "Seed";
    proof_order = "先后", "Order";
    proof_order_is(hours: i64) = "指纹公布 {hours} 小时以后种子才知道", "The seed was known {hours} hours after the fingerprint was published";
    proof_weight = "权重", "Weight";
    proof_weight_is = "风险 × 多久没到 × 90 天内隐患", "Risk × how long unvisited × hazards of 90 days";
    proof_result = "结果", "Result";
    fingerprint = "指纹", "Fingerprint";
    anybody_checks = "谁都能验", "Anybody can check";
    anybody_checks_note = "名单、随机数、60 行脚本查完后公布", "List, salt and a script of 60 lines are published after the checks";
    download = "下载文件", "Download the file";
    open_page = "公布页", "Public page";
    void_times(n: usize) = "作废过 {n} 次", "Declared void {n} times";
    void_kept = "留着，公布时一起公布", "Kept, and published along with it";
    void_line(at: String, by: &str, why: &str) = "{at} {by} 作废：{why}", "{at}, {by}: {why}";
    who_sees = "打开之前谁看得到", "Who sees it before it opens";
    who_sees_is(names: &str, leader: &str) = "{names}。社区、场所和去的人都看不到是哪一处；没有信号时由{leader}电话报口令。", "{names}. Neither the communities, the sites nor those who go see which sites they are; without signal {leader} says the words over the telephone.";
    words = "口令", "Words";
    words_hint = "没有信号时由带队领导打电话告诉去的人。每看一次都记录", "Without signal the leader says them over the telephone to those who go. Each look is recorded";
    words_of = "哪一处", "Which check";
    show_words = "看口令", "Show the words";
    hidden = "启封之前，场所和人员只有制定人和带队领导看得到", "Before it opens, sites and people are shown to its makers and its leader alone";
    missed_line(n: u32) = "{n} 处没有开展", "{n} not carried out";
    missed_hint = "截止日期已过，没有收到检查记录", "The last day is over and no record has come";
    sites_of_plan = "场所和人员", "Sites and people";
    nothing_chosen = "还没有选定场所", "No site is chosen yet";

    public_title = "双随机抽取公布", "Published draws";
    public_before = "名单在检查全部结束后公布。现在公布的是它的指纹：名单、方法和种子来源都已封存，事后可以核对。", "The list is published when all checks are over. Until then there is its fingerprint: list, method and source of the seed are sealed and can be checked afterwards.";
    public_holds = "在这个页面上重新计算：与公布的指纹、种子和结果一致", "Computed again on this page: it agrees with the published fingerprint, seed and result";
    public_wrong = "在这个页面上重新计算：不一致", "Computed again on this page: it does not agree";
    public_method(sites: u32, people: u32) = "抽 {sites} 处，每处 {people} 人", "{sites} sites, {people} people for each";
    public_own_grid = "回避本人网格", "nobody goes to sites of their own grids";
    public_replaces = "代替作废的抽取", "In place of the void draw";
    public_void(at: String) = "{at} 作废", "Void since {at}";
    public_announced(at: String) = "{at} 公布", "Published {at}";
    public_exchanges = "抽取以后换人", "Exchanged after the draw";
    public_exchange(site: &str, out: &str, instead: &str, why: &str) = "{site}：{out} 换成 {instead}，{why}", "{site}: {instead} in place of {out}, {why}";
    public_result = "抽取结果", "Result";
    public_file = "下载抽取文件，用 xunan draw check 或 60 行脚本核对", "Download the file of the draw and check it with xunan draw check or the script of 60 lines";

    title_missing = "请填写计划名称", "Give the plan a title";
    title_tells(site: &str) = "名称会公开，里面不能有“{site}”，请改名", "The title is published and must not name {site}; change it";
    order_tells(site: &str) = "启封前执行人员就能看到，里面不能有“{site}”，请改写", "The team reads this before the hour, and it must not name {site}; change it";
    basis_missing = "请写明检查依据", "Say by what it is checked";
    forms_missing = "请至少选一张检查表", "Choose a checklist at least";
    unknown_form(form: &str) = "检查表“{form}”已停用，请另选", "The checklist {form} is no longer in use; choose another";
    wrong_nature = "抽查只能是巡查或行政检查", "A spot check is a patrol or an administrative inspection";
    opens_in_past = "启封时间已经过去，请改成以后的时间", "It opens in the past; choose a later time";
    ends_before = "截止日期早于启封日期，请修改", "The last day is before it opens; change it";
    team_size_wrong(from: u32) = "每处要去 {from} 到 10 人", "From {from} to 10 people go to a site";
    no_leader = "请选一位可以带队的领导", "Choose a leader who may lead spot checks";
    departments_missing = "联合检查至少要有两个部门", "Two departments at least take part in a joint check";
    joint_not_drawn = "联合检查的人员由参加部门派出，不能抽取。请手工或按规则选场所", "The departments send the people of a joint check, and they are not drawn; choose the sites by hand or by rule";
    department_not_there(department: &str, site: &str) = "“{department}”没有人去“{site}”。联合检查每个参加部门至少去一人，请补上", "Nobody of {department} goes to {site}. From each department of a joint check one person goes at least; name somebody";
    department_without_people(site: &str) = "有一个参加部门没有可派的账号，“{site}”去不齐。请先建账号，或改参加部门", "A department that takes part has nobody with an account who could go to {site}; make an account first, or change the departments";
    no_sites = "还没有选定场所，请先选", "No site is chosen; choose some first";
    unknown_site = "场所已经不在了，请重新选", "The site is no longer there; choose again";
    site_retired(site: &str) = "“{site}”已停用，请去掉或作废重抽", "{site} is no longer in use; take it out, or declare the draw void";
    site_twice(site: &str) = "“{site}”选了两次，请去掉一次", "{site} is chosen twice; take one away";
    unknown_person = "没有这个人，请重新选", "There is no such person; choose again";
    person_twice(person: &str, site: &str) = "“{person}”在“{site}”排了两次", "{person} is named twice for {site}";
    person_left(person: &str) = "“{person}”的账号已停用，请换人", "The account of {person} is no longer in use; choose somebody else";
    may_not_inspect(person: &str) = "“{person}”没有检查权限，请换人", "{person} may not inspect; choose somebody else";
    only_patrols(person: &str) = "“{person}”是网格员或社区安全员，只能巡查，不能做行政检查，请换人", "{person} patrols and carries out no administrative inspections; choose somebody else";
    not_certified(people: String, until: NaiveDate) = "{people} 没有在 {until} 当天仍有效的执法证件，不能派去做行政检查。请换人，或先在人员资料里登记证件", "{people} hold no certificate that is still valid on {until} and are not sent to an administrative inspection. Choose somebody else, or enter the certificate with the person first";
    unknown_matter(code: &str) = "检查事项“{code}”不在公布的清单上，或者这是巡查，请重新选", "{code} is not on the published list of matters, or this is a patrol; choose again";
    not_of_matter(people: String, matter: &str) = "{people} 不是检查事项“{matter}”承办部门的人员，请换人，或改用联合检查", "{people} are not of the department of {matter}; choose somebody else, or make it a joint check";
    matter = "检查事项", "Matter inspected";
    matter_hint = "只有行政检查要选；清单写明承办部门的，只派这个部门的人", "For administrative inspections alone; where the list names a department, its people are sent";
    matter_at_site = "到场再选", "Chosen at the site";
    certified_until(day: NaiveDate) = "执法证件到 {day}", "certificate until {day}";
    no_certificate = "没有执法证件", "no certificate";
    avoids(person: &str, site: &str) = "“{person}”要回避“{site}”，请换人", "{person} is to keep away from {site}; choose somebody else";
    own_community(person: &str, site: &str) = "“{site}”在“{person}”自己的社区，交叉检查要派别的社区的人", "{site} lies in {person}'s own community; a cross-check is made by people of another";
    team_of(site: &str, wanted: u32, there: usize) = "“{site}”要去 {wanted} 人，现在可以去的是 {there} 人，请调整人员", "{wanted} people are wanted for {site}, and there are {there} who may go; choose others";
    nobody_records(site: &str) = "“{site}”去的人里没有人可以填检查记录", "Nobody who goes to {site} may keep the record";
    leader_not_there(site: &str) = "领导带队检查，“{site}”要有带队领导", "The leader goes to {site}, too, on a check led by a leader";
    not_in_team(person: &str, site: &str) = "“{person}”不在“{site}”的组里", "{person} does not go to {site}";
    check_over(site: &str) = "“{site}”已经查完或撤回，不用再换人", "The check of {site} was carried out or withdrawn: nobody is exchanged any more";
    lead_not_to_oneself = "带队的计划不能交接给自己，请选其他分管领导", "A plan's lead is not handed over to oneself; choose another leader in charge";
    own_round = "领导带队检查由领导本人参加，不能交接。请计划制定人撤回后重新制定", "The leader goes on this round in person, and it is not handed over. Ask the plan's maker to withdraw it and to draw up another";
    handed_over_why = "工作交接", "Work handed over";
    not_taken_over = "其中有抽查任务不能由这个人接手，全部没有交接。请换一个人，或请计划制定人换人、撤回", "One of the spot checks cannot be taken over by this person, and nothing was handed over. Choose somebody else, or ask the plan's maker to exchange people or to withdraw it";
    reschedule = "改期", "Another date";
    reschedule_why = "改期原因", "Why on another date";
    reschedule_hint = "原来的封存任务作废，重新封存，口令也换新的；到新的启封时间之前，只有制定人和带队领导看得到", "The old orders are withdrawn and sealed anew with new words; until the new hour only makers and leader see the site";
    rescheduled(at: String, why: &str) = "改到 {at}：{why}", "Moved to {at}: {why}";
    not_missed = "这一处已经开展，或者还没过截止日期", "This check was carried out, or its last day is not over";
    explain = "没有开展的原因", "Why it was not carried out";
    explain_save = "记下原因", "Keep the reason";
    not_explained = "没有写原因", "No reason is given";
    explained(words: &str, by: &str) = "{words}（{by}）", "{words} ({by})";
    reason_missing = "请写明原因", "Say why";
    draw_changed(what: String) = "封存的抽取被改动过，不能继续：{what}。请作废后查明", "What was sealed has been changed, and it cannot go on: {what}. Declare it void and find out";
    other_step = "计划已经到了别的步骤，请刷新后再看", "The plan is at another step by now; load the page again";
    left_under_way(n: u32) = "还有 {n} 处没查完，查完或过期以后再公布", "{n} checks are under way; publish when they are over";
    number_wrong = "请填一个整数", "Enter a whole number";
    code_unknown(code: &str) = "没有编码为“{code}”的场所，请按台账里的编码填写", "There is no site with the code \"{code}\"; enter it as the register has it";
    day_wrong = "日期或时刻看不懂，请重新选", "The day or the hour is not understood; choose again";
}

/// Why a plan is not changed, and what to do.
pub fn rejection(lang: Lang, rejection: &PlanRejection) -> String {
    let own = str::to_owned;
    match rejection {
        PlanRejection::OverLimit(over) => limits::over(lang, *over),
        PlanRejection::TitleMissing => own(title_missing(lang)),
        PlanRejection::TitleTells { site } => title_tells(lang, site),
        PlanRejection::OrderTells { site, .. } => order_tells(lang, site),
        PlanRejection::BasisMissing => own(basis_missing(lang)),
        PlanRejection::FormsMissing => own(forms_missing(lang)),
        PlanRejection::UnknownForm(form) => unknown_form(lang, form.as_str()),
        PlanRejection::Nature => own(wrong_nature(lang)),
        PlanRejection::OpensInPast => own(opens_in_past(lang)),
        PlanRejection::EndsBeforeOpening => own(ends_before(lang)),
        PlanRejection::TeamSize { from } => team_size_wrong(lang, *from),
        PlanRejection::NoLeader => own(no_leader(lang)),
        PlanRejection::DepartmentsMissing => own(departments_missing(lang)),
        PlanRejection::JointNotDrawn => own(joint_not_drawn(lang)),
        PlanRejection::DepartmentNotThere { department, site } if department.is_empty() => {
            department_without_people(lang, site)
        }
        PlanRejection::DepartmentNotThere { department, site } => {
            department_not_there(lang, department, site)
        }
        PlanRejection::NoSites => own(no_sites(lang)),
        PlanRejection::UnknownSite => own(unknown_site(lang)),
        PlanRejection::SiteRetired { site } => site_retired(lang, site),
        PlanRejection::SiteTwice { site } => site_twice(lang, site),
        PlanRejection::UnknownPerson => own(unknown_person(lang)),
        PlanRejection::PersonTwice { person, site } => person_twice(lang, person, site),
        PlanRejection::PersonLeft { person } => person_left(lang, person),
        PlanRejection::MayNotInspect { person } => may_not_inspect(lang, person),
        PlanRejection::OnlyPatrols { person } => only_patrols(lang, person),
        PlanRejection::NotCertified { people, until } => {
            not_certified(lang, people.join(office::between_choices(lang)), *until)
        }
        PlanRejection::UnknownMatter { code } => unknown_matter(lang, code),
        PlanRejection::NotOfMatter { people, matter } => {
            not_of_matter(lang, people.join(office::between_choices(lang)), matter)
        }
        PlanRejection::Avoids { person, site } => avoids(lang, person, site),
        PlanRejection::OwnCommunity { person, site } => own_community(lang, person, site),
        PlanRejection::TeamOf { site, wanted, there } => team_of(lang, site, *wanted, *there),
        PlanRejection::NobodyRecords { site } => nobody_records(lang, site),
        PlanRejection::LeaderNotThere { site } => leader_not_there(lang, site),
        PlanRejection::OwnRound => own(own_round(lang)),
        PlanRejection::NotInTeam { person, site } => not_in_team(lang, person, site),
        PlanRejection::CheckOver { site } => check_over(lang, site),
        PlanRejection::NotMissed => own(not_missed(lang)),
        PlanRejection::ReasonMissing => own(reason_missing(lang)),
        PlanRejection::Draw(error) => draws::error(lang, error),
        PlanRejection::DrawChanged(fault) => draw_changed(lang, draws::fault(lang, fault)),
        PlanRejection::OtherStep => own(other_step(lang)),
        PlanRejection::UnderWay { left } => left_under_way(lang, *left),
    }
}

/// In whose name it is, for the head of a plan: what is no administrative inspection says so.
pub fn in_the_name_of(lang: Lang, office: &str, nature: VisitNature) -> String {
    let name = nature.name();
    let nature = if nature.is_administrative() { name.get(lang) } else { not_administrative(lang) };
    name_of_office(lang, office, nature)
}
