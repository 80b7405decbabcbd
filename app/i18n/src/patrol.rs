//! 巡查: door after door down a street, on the phone.

use domain::{
    patrol::{DoorState, Order, Rhythm},
    visit::VisitOutcome,
};

messages! {
    title = "巡查", "Patrol";
    streets = "按街走", "Street by street";
    streets_count(n: usize) = "{n} 条街", "Streets: {n}";
    without_number = "没有门牌", "Without a door number";
    doors(n: usize) = "{n} 户", "Doors: {n}";
    door(number: String) = "{number} 号", "No. {number}";
    until(day: String) = "{day} 前走完", "to be walked by {day}";
    walked(walked: usize, doors: usize) = "已走 {walked} / {doors} 户", "Doors walked: {walked} of {doors}";
    each_state(in_order: usize, closed: usize, hazards: usize) = "正常 {in_order}，关门 {closed}，隐患 {hazards}", "In order {in_order}, closed {closed}, hazards {hazards}";
    by_number = "按门牌走", "By number";
    side_by_side = "先单后双", "One side, then the other";
    by_distance = "按远近", "Nearest first";
    only_unseen(n: usize) = "关门的 {n}", "Closed {n}";
    only_left(n: usize) = "没走的 {n}", "Left {n}";
    each_day = "每天走一遍", "Every day";
    each_week = "每周走一遍", "Every week";
    each_month = "每月走一遍", "Every month";
    how_often = "多久走一遍", "How often";
    all_walked = "这条街走完了", "This street is walked";
    all_walked_hint = "关门的可以改天再来，点“关门的”就能看到", "Come back to those that were closed another day: they are under “Closed”";
    walked_before(first: String, last: String) = "{first} 至 {last} 号", "No. {first} to {last}";
    walked_before_short = "已走的", "Walked";
    not_walked = "没走", "Not walked";
    in_order = "正常", "In order";
    closed = "关门", "Closed";
    refused = "拒绝", "Refused";
    moved = "搬走", "Moved";
    gone = "已拆", "Gone";
    hazard = "隐患", "Hazard";
    take_back = "撤回", "Take back";
    elsewhere = "这一家已在另一个页面提交或撤回，这里显示的是现在的情况", "This door was handed in or taken back on another page; what is shown here is how it stands now";
    take_back_of(name: String) = "撤回：{name}", "Take back: {name}";
    not_seen = "没看成", "Not seen";
    last(day: String) = "上次 {day}", "Last {day}";
    first_time = "没有来过", "Never visited";
    owed(n: usize) = "上次 {n} 项没改", "{n} not put right";
    refused_words = "当时的情况", "What happened";
    refused_needs_words = "请写明对方怎么说的", "Write what was said";
    write_down = "记下", "Write it down";
    in_order_next(door: String, next: String) = "{door}全部正常，去 {next}", "{door} in order, on to {next}";
    in_order_last(door: String) = "{door}全部正常", "{door} in order";
    look_at(door: String) = "看 {door}", "Look at {door}";
    missing_door = "没有登记的门牌", "Nothing registered here";
    new_shop = "＋ 新开的店", "+ New here";
    new_site = "新开的店", "New site";
    new_site_hint = "先记在本机，可以马上检查、随手报；街道确认后转为正式场所", "It is kept on this phone, to be visited and reported at at once; the office confirms it later";
    not_in_list = "地点不在表里，新增一处", "It is not in the list: make a new one";
    site_name = "店名", "Name";
    site_kind = "是什么场所", "What it is";
    other_kind = "其他类别", "Another kind";
    site_address = "门牌", "Address";
    site_grid = "网格", "Grid";
    door_photo = "门头照片", "Photo of the door";
    make_site = "记下这家店", "Make this site";
    is_this_one = "就是这家", "It is this one";
    may_be_known(n: usize) = "附近已有 {n} 家，请先看是不是", "Known here already: {n}. Look whether it is one of them";
    needs_name = "请写店名，没有店名就写看到的招牌或用途", "Write the name; where there is none, what the sign says or what it is used for";
    needs_site_kind = "请选是什么场所，决定用哪张短表", "Choose what it is; that decides which list is asked";
    not_yours_to_make = "这个网格不归您负责，不能在这里新增。请换网格，或告诉负责的网格员", "This grid is not yours. Choose another one, or tell its inspector";
    made(site: String) = "{site} 新增场所", "{site}: new site";
    submission(site: String) = "{site} 巡查", "{site}: patrol";
    not_put_right = "上次没改好", "Not put right last time";
    look_here_first(n: usize) = "{n} 项，先看这里", "{n}, look here first";
    before = "上次", "Last time";
    mended = "已改好", "Put right";
    not_mended = "还没改", "Not yet";
    recheck = "拍复查照片，报上去", "Photograph it and report";
    say_each = "请先逐项点“已改好”或“还没改”", "Say of each whether it is put right";
    remark_mended(what: String) = "已改好：{what}", "Put right: {what}";
    remark_not_mended(what: String) = "还没改：{what}", "Not put right yet: {what}";
    items(n: usize) = "{n} 项", "Items: {n}";
    the_rest(n: usize) = "其余 {n} 项", "All others: {n}";
    all_items(n: usize) = "一共 {n} 项", "Items: {n}";
    tap_what_is_wrong = "有问题的点 ✕", "Tap ✕ where something is wrong";
    is_wrong(text: String) = "有问题：{text}", "Wrong: {text}";
    rest_in_order_next(n: usize, next: String) = "其余 {n} 项正常，去 {next}", "The other {n} in order, on to {next}";
    rest_in_order(n: usize) = "其余 {n} 项正常", "The other {n} in order";
    all_in_order_next(n: usize, next: String) = "{n} 项全部正常，去 {next}", "All {n} in order, on to {next}";
    all_in_order(n: usize) = "{n} 项全部正常", "All {n} in order";
}

/// As a door shows it.
pub fn state(lang: Lang, state: DoorState) -> &'static str {
    match state {
        DoorState::NotWalked => not_walked(lang),
        DoorState::InOrder => in_order(lang),
        DoorState::Closed => closed(lang),
        DoorState::Refused => refused(lang),
        DoorState::Moved => moved(lang),
        DoorState::Gone => gone(lang),
        DoorState::Hazard => hazard(lang),
    }
}

/// What is tapped where nothing could be seen.
pub fn outcome(lang: Lang, outcome: VisitOutcome) -> &'static str {
    match outcome {
        VisitOutcome::Done => in_order(lang),
        VisitOutcome::Closed => closed(lang),
        VisitOutcome::Refused => refused(lang),
        VisitOutcome::Moved => moved(lang),
        VisitOutcome::Gone => gone(lang),
    }
}

pub fn order(lang: Lang, order: Order) -> &'static str {
    match order {
        Order::ByNumber => by_number(lang),
        Order::SideBySide => side_by_side(lang),
        Order::ByDistance => by_distance(lang),
    }
}

pub fn rhythm(lang: Lang, rhythm: Rhythm) -> &'static str {
    match rhythm {
        Rhythm::Day => each_day(lang),
        Rhythm::Week => each_week(lang),
        Rhythm::Month => each_month(lang),
    }
}
