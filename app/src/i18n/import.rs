//! Lists of sites and people: what is wrong with a file, a row, a cell; what would change, and what wants somebody's word.

use crate::backend::import::{ImportKind, RowStanding};
use domain::datum::Datum;

messages! {
    between = "、", ", ";
    file_not_a_table = "这个文件不是表格。请用 .xlsx，或者用逗号、分号、制表符分隔的 .csv", "This file is no table. Use .xlsx, or .csv with commas, semicolons or tabs";
    file_encrypted = "这个表格设了打开密码。请在表格软件里去掉密码，另存后再传", "This workbook is protected with a password. Save it without one and send it again";
    file_old = "这是旧格式的 .xls。请在表格软件里另存为 .xlsx 再传", "This is a workbook of the old .xls format. Save it as .xlsx and send it again";
    file_web_page = "这个文件里是网页，不是表格（有些系统导出的“.xls”就是这样）。请用表格软件打开，另存为 .xlsx 再传", "This file is a web page, not a table, as some systems export it. Open it in a spreadsheet, save it as .xlsx and send it again";
    file_broken(part: String) = "这个表格坏了（{part}）。请在表格软件里打开，另存一份再传", "This workbook is damaged ({part}). Open it in a spreadsheet, save it anew and send that";
    file_empty = "表头下面没有数据", "There are no rows below the headings";
    file_too_big = "这个表格解开以后太大。请只留要导入的工作表和行，另存后再传", "The workbook is too large when unpacked. Keep only the sheet and rows to import, save it and send that";
    file_too_slow = "读这个表格花的时间太长，没有再读。请只留要导入的行，另存后再传", "Reading took too long and was given up. Keep only the rows to import, save it and send that";
    file_busy = "正在读别人的表格，请过一分钟再传", "Other lists are being read; send it again in a minute";
    records_move = "写的时候别人也在改这些记录，一行也没有写。请看过预览再写一次", "Others are changing these records just now; nothing was written. Look at the preview and write it once more";
    no_headings(rows: usize) = "前 {rows} 行里没有找到表头。表头里至少要有“编码”（场所）或者“账号”（人员）", "No headings were found in the first {rows} rows. There must be at least `code` for sites or `username` for people";
    two_headings(name: String) = "有两列都叫“{name}”，不知道用哪一列。请改名或删掉一列再传", "Two columns are called \"{name}\". Rename or remove one and send the list again";
    too_many_rows(most: usize) = "一次最多 {most} 行，请分几次导入", "At most {most} rows at a time; split the list";
    too_far(cell: String, most: usize) = "{cell} 里有内容，最多读前 {most} 列。请把右边多余的列删掉再传", "{cell} holds something, and only the first {most} columns are read. Remove what lies beyond and send it again";
    cell_too_long(cell: String, most: usize) = "{cell} 超过 {most} 个字，请改短后再传", "{cell} has more than {most} characters; shorten it and send it again";
    open_quote(row: u32) = "第 {row} 行的引号没有成对，后面的内容分不清。请补上引号再传", "A quotation mark in row {row} is never closed, so the rest cannot be told apart. Close it and send the list again";
    rounded(shown: String) = "数字太长，表格软件只留了前 15 位（现在是 {shown}）。请照原件填", "The number is too long: the spreadsheet kept 15 digits only and now has {shown}. Write it as it is on paper";
    digits_lost(shown: String) = "{shown} 后几位在表里已经丢了。请照原件填", "{shown}: the last digits are lost in the list. Write it as it is on paper";
    became_day(shown: String) = "这里是 {shown}，像是被表格软件变成了日期", "This is {shown}; a spreadsheet seems to have made a day of it";
    is_percent(shown: String) = "{shown} 是百分数，不该在这一列", "{shown} is a percentage and does not belong here";
    is_truth(shown: String) = "{shown} 是逻辑值，不该在这一列", "{shown} is a truth value and does not belong here";
    is_fault(shown: String) = "{shown} 是表格里的错误，不是内容", "{shown} is an error of the spreadsheet, not a word";
    uncomputed = "这一格是公式，还没有算出结果。请在表格软件里打开、保存一次再传", "This cell is a formula without a result. Open and save the list in a spreadsheet, and send it again";
    zero_lost(shown: String) = "{shown} 像是少了区号前面的 0", "{shown} seems to lack the zero before the area code";
    word_clear = "清空", "clear";
    too_long(most: usize) = "最多 {most} 个字", "At most {most} characters";
    no_brackets = "不能有 < 或 >", "Without < and >";
    cell_missing(column: String) = "请填{column}", "Write the {column}";
    column_missing(column: String) = "新增的要有{column}，表里没有这一列", "A new one needs {column}, and the list has no such column";
    and_more_faults(more: usize) = "（这一行还有 {more} 处不对）", " ({more} more in this row)";
    too_many_words(most: usize) = "这一格最多写 {most} 个", "At most {most} in this cell";
    twice(row: u32) = "和第 {row} 行重复", "The same as row {row}";
    kind_unknown(word: String) = "没有“{word}”这个类别", "There is no kind \"{word}\"";
    risk_unknown(word: String) = "没有“{word}”这个风险等级，可填：重大、较大、一般、低", "There is no risk level \"{word}\"; use major, considerable, general or low";
    sector_unknown(word: String) = "没有“{word}”这个行业", "There is no sector \"{word}\"";
    role_unknown(word: String) = "没有“{word}”这个角色", "There is no role \"{word}\"";
    department_unknown(word: String) = "没有“{word}”这个部门，先在设置里建", "There is no department \"{word}\"; make it in the settings first";
    department_wanted = "部门负责人要有部门", "A department officer needs a department";
    site_unknown(word: String) = "没有编码为“{word}”的场所", "There is no site with the code \"{word}\"";
    grid_unknown(word: String) = "没有“{word}”这个网格，写法：社区/网格", "There is no grid \"{word}\"; write community/grid";
    grid_wanted = "换了社区，也要写是哪个网格", "The community is another one: write the grid too";
    state_unknown(word: String) = "状态只填“在用”或“停用”，这里是“{word}”", "The state is `active` or `retired`, not \"{word}\"";
    state_on = "在用", "active";
    state_off = "停用", "retired";
    not_oneself = "不能停用自己，也不能去掉自己的管理员角色", "You cannot switch yourself off or give up your own administrator role";
    last_administrator = "照这份表，一个能登录的管理员都不剩。至少留一个", "By this list no administrator would be left who can sign in. One has to stay";
    too_many_contacts(most: usize) = "最多 {most} 位责任人", "At most {most} contacts";
    contact_wanted = "写了电话或职务，没写责任人是谁", "There is a phone or a duty, but no contact whose it is";
    contacts_differ(people: usize, column: String, parts: usize) = "责任人 {people} 位，{column} {parts} 个，对不上", "{people} contacts, but {parts} in {column}";
    degrees_wrong = "写小数的度，纬度在 −90 到 90 之间，经度在 −180 到 180 之间，比如 34.8712 和 113.6205", "Write decimal degrees, latitude within −90 and 90, longitude within −180 and 180, such as 34.8712 and 113.6205";
    degrees_swapped = "经纬度像是填反了。整列都反，就在上面选“经纬度对调”；只这一行反，就改这一行", "Latitude and longitude seem to be the wrong way round. Where the whole list is, choose so above; else put this row right";
    datum_unknown(word: String) = "没有“{word}”这种坐标系，可填：WGS-84、GCJ-02、BD-09", "There is no datum \"{word}\"; write WGS-84, GCJ-02 or BD-09";
    datum_wanted(rows: usize) = "{rows} 行有坐标，先选是哪一种坐标系：不同的地图差几百米", "{rows} rows have coordinates. Say first which datum they follow: maps differ by some hundred metres";
    moved(to: String, metres: u32) = "{to}（移动 {metres} 米）", "{to} (moved by {metres} m)";
    still_off(rows: usize) = "{rows} 行现在是停用的，表里没有“状态”一列，导入后仍是停用；要恢复，请加这一列，写“在用”", "{rows} rows are out of use and stay so, as the list has no state column; to use them again add it and write `active`";
    taken_for(written: String, known: String) = "“{written}”和“{known}”看起来一样，按“{known}”认", "\"{written}\" looks like \"{known}\" and was taken for it";
    too_many_places(communities: usize, grids: usize, most_communities: usize, most_grids: usize) = "照这份表要新建 {communities} 个社区、{grids} 个网格，像是列对错了。一次最多 {most_communities} 个社区、{most_grids} 个网格", "This list would make {communities} communities and {grids} grids, as if columns were mixed up. At most {most_communities} and {most_grids} at a time";
    count_grids(n: usize) = "{n} 个网格", "{n} grids";
    password_set = "换成新密码，这个人要重新登录", "a new one; the person signs in again";
    ask_clear(column: String) = "{column}会清空", "{column} would be emptied";
    tick_clear = "同意清空", "Empty it";
    ask_moved = "预览以后，这条又被人改过，以现在的内容为准比较", "Somebody changed this since the list was sent; it is compared with what stands now";
    tick_moved = "看过了", "I have seen it";
    ask_other_name(code: String, before: String, after: String) = "{code} 原来是“{before}”，表里是“{after}”，像是两处", "{code} was \"{before}\" and the list says \"{after}\", as if they were two";
    tick_renamed = "是同一处，改名", "The same, renamed";
    ask_lowered(before: String, after: String) = "风险等级从{before}降到{after}", "The risk falls from {before} to {after}";
    tick_lowered = "同意降级", "Lower it";
    ask_contact(column: String, before: String, after: String) = "{column}：{before} → {after}", "{column}: {before} → {after}";
    ask_moved_place(metres: u32) = "位置移动 {metres} 米", "The place moves by {metres} m";
    ask_far(kilometres: u32) = "坐标离本街道 {kilometres} 公里", "The coordinates lie {kilometres} km away from the office";
    tick_change = "同意", "Agreed";
    ask_role(before: String, after: String) = "角色从{before}换成{after}", "The role changes from {before} to {after}";
    tick_role = "同意换角色", "Change the role";
    ask_grids_lost = "负责的网格少了：", "Grids are lost: ";
    ask_sites_lost = "负责的场所少了：", "Sites are lost: ";
    tick_lost = "同意减少", "Take them away";
    ask_retire = "会停用", "It would be put out of use";
    tick_retire = "同意停用", "Put it out of use";
    ask_revive = "现在是停用的，导入会恢复使用", "It is out of use, and would be in use again";
    tick_revive = "同意恢复", "Use it again";
    ask_twin(how: String, code: String, name: String) = "新增，但{how}已有 {code} {name}", "New, but {how} there is {code} {name}";
    ask_twin_row(how: String, row: u32, code: String, name: String) = "新增，但这份表第 {row} 行还有{how} {code} {name}", "New, but row {row} of this list is {code} {name}, {how}";
    within(metres: u32) = " {metres} 米内", "within {metres} m";
    same_name = "同一社区同名的", "of the same name in the community";
    only_case = "只差大小写的", "with the same code in other case";
    is_the_same = "是同一处", "The same one";
    tick_two = "是两处", "Two different ones";
    still_open(wrong: usize, unconfirmed: usize) = "还有 {wrong} 行不对、{unconfirmed} 行要确认，一行也没有写", "{wrong} rows are wrong and {unconfirmed} want your word; nothing was written";
    nothing_to_write = "没有要写的：和现有的一样", "There is nothing to write: all is as it stands";
    too_late = "不能撤销了：过了 7 天、已经撤销过，或者后面又导入过", "It cannot be taken back: a week has passed, it was taken back before, or another list came after it";
    row_refused(row: u32, reason: String) = "第 {row} 行：{reason}", "Row {row}: {reason}";
    row_wrong(row: u32, cell: String, heading: String, shown: String, reason: String) = "第 {row} 行 {cell} {heading}“{shown}”：{reason}", "row {row} {cell} {heading} \"{shown}\": {reason}";
    row_asks(row: u32, key: String, name: String, words: String) = "第 {row} 行 {key} {name}：{words}（同意就加 --agree）", "row {row} {key} {name}: {words} (--agree says yes)";
    counted(wrong: usize, confirm: usize, changed: usize, new: usize, same: usize) = "不对 {wrong}，要确认 {confirm}，改动 {changed}，新增 {new}，没变 {same}", "wrong {wrong}, to confirm {confirm}, changed {changed}, new {new}, the same {same}";
    has_written(new: usize, changed: usize) = "已导入：新增 {new}，改动 {changed}", "imported: {new} new, {changed} changed";
    larger_than(file: String) = "{file} 超过 10 MB", "{file} is larger than 10 MB";
    plan_gone = "这份预览已经不在：超过一天，或者又传了别的表。请再传一次", "This preview is gone: its day is over or another list was sent. Send the list again";
    too_many_passwords(most: usize) = "一次最多设 {most} 个密码，其余的分几次导入", "At most {most} passwords at a time; split the list";
    row_number = "行", "Row";
    needs_file = "请先选一个文件", "Choose a file first";
    send = "上传，先看会改什么", "Send it and see what would change";
    reading = "正在读表……", "Reading…";
    rule = "上传以后先看预览：哪些不对、哪些要确认、会改什么。按“写入”以前什么都不改。表里没有的列不会动，空着的格也不会动；要清空就在格里写“清空”。", "What you send is shown first: what is wrong, what wants your word, what would change. Nothing is changed before you press Write. Columns that the list lacks change nothing, nor do empty cells; write \"clear\" where something is to go.";
    file_hint = ".xlsx 或 .csv，不超过 10 MB、10000 行、50 列；表头在前 10 行里", ".xlsx or .csv, up to 10 MB, 10,000 rows and 50 columns, with the headings among the first 10 rows";
    not_read = "没有读进来，什么都没有改动", "It was not read; nothing was changed";
    not_written = "没有写入，什么都没有改动", "It was not written; nothing was changed";
    not_undone = "没有撤销", "It was not taken back";
    datum = "坐标系", "Datum of the coordinates";
    datum_hint = "表里有经纬度才要选。不同的地图差几百米，写入时都换算成 WGS-84", "Only where the list has coordinates. Maps differ by some hundred metres; all are turned into WGS 84";
    datum_later = "没有坐标，或者看了预览再选", "No coordinates, or I shall say it in the preview";
    title_sites = "导入场所", "Import sites";
    title_people = "导入人员", "Import people";
    not_yet = "预览，还没写", "Preview, nothing written";
    other_file = "换一个文件", "Another file";
    sheet(name: String) = "工作表“{name}”", "sheet \"{name}\"";
    heading_row(row: u32) = "表头在第 {row} 行", "headings in row {row}";
    count_rows(n: usize) = "{n} 行", "{n} rows";
    recognised = "认出", "Recognised:";
    count_columns(n: usize) = "{n} 列", "{n} columns";
    unused = "没用到", "Not used:";
    absent = "表里没有、不会动", "Not in the list, left as they are:";
    would_make = "写入时新建", "Would be made:";
    has_coordinates(n: usize) = "{n} 行有坐标，是哪一种？", "{n} rows have coordinates. Which datum?";
    converted(datum: String, near: usize, far: usize) = "坐标按 {datum} 读：{near} 处在本街道附近，{far} 处离得远", "Coordinates read as {datum}: {near} near the office, {far} far away";
    swapped = "经纬度对调", "Latitude and longitude swapped";
    convert_so = "按这个换算", "Read them so";
    first_these = "先改这些", "these first";
    with_a_tick = "勾了才写", "written with a tick only";
    not_written_short = "不写", "not written";
    becomes = "会怎样", "What becomes of it";
    becomes_so = "改成", "becomes";
    differs = "哪里不同", "What differs";
    to_do = "怎么办", "To do";
    key_any = "编码、账号", "Code or account";
    name_any = "名称", "Name";
    no_name = "没有名称", "no name";
    nothing = "空", "empty";
    none_of_these = "没有这样的行", "There are no such rows";
    fill_in = "自己填", "Write it";
    it_is(value: String) = "就是 {value}", "It is {value}";
    leave = "这一行不导入", "Leave this row out";
    take_again = "还是导入", "Take it after all";
    back_to_rows = "回到各行", "Back to the rows";
    restore = "恢复表里的", "As in the list";
    this_row(row: u32) = "第 {row} 行", "Row {row}";
    in_the_list(cell: String, shown: String) = "表里 {cell} 是“{shown}”", "{cell} of the list says \"{shown}\"";
    should_be(heading: String) = "{heading}应该是", "{heading} should be";
    use_it = "用它", "Use it";
    next_open(n: usize) = "下一处 · 还有 {n} 处", "Next · {n} to go";
    tick_all(n: usize) = "{n} 处都同意", "Agree to all {n}";
    leave_wrong(n: usize) = "{n} 行不对的都不导入", "Leave all {n} wrong rows out";
    write(new: usize, changed: usize) = "写入：新增 {new}、改 {changed}", "Write: {new} new, {changed} changed";
    all_or_none = "有一行不对，就一行也不写。写进去以后 7 天内可以整批撤销。", "While one row is wrong, none is written. What is written can be taken back as a whole for 7 days.";
    download_marked = "下载标好的表", "Download the marked list";
    forget = "不导入了", "Do not import";
    last = "上一次导入", "Last import";
    last_title(kind: String, by: String, at: String) = "{kind} · {by} {at}", "{kind} · {by}, {at}";
    wrote(new: usize, changed: usize) = "新增 {new}、改 {changed}", "{new} new, {changed} changed";
    made_places(places: String) = "同时新建了：{places}", "Also made: {places}";
    was_undone(by: String, at: String, kept: usize) = "{by} {at} 整批撤销，{kept} 条后来又改过，或者原来的网格、部门已经关闭，没有动", "Taken back by {by}, {at}; {kept} stayed: changed since, or their old grid or department was closed";
    would_stay(n: usize, names: String) = "之后又改过（或者原来的网格、部门已经关闭）、撤销时不动的 {n} 条：{names}", "{n} would stay (changed since, or their old grid or department was closed): {names}";
    undo = "整批撤销", "Take it back as a whole";
    undo_now = "确定撤销", "Take it back";
    undo_sites = "改动的场所恢复成导入以前的样子，新增的场所停用（编码保留），新建的社区和网格留着。", "Changed sites are as they were before, new ones are put out of use and keep their codes; new communities and grids stay.";
    undo_people = "改动的账号恢复成导入以前的样子，新增的账号停用；换过的密码不会换回去。", "Changed accounts are as they were before, new ones are disabled; passwords that were set stay set.";
    undo_until(at: String) = "{at} 以前可以撤销", "It can be taken back until {at}";
    remarks = "导入说明", "Remarks";
    between_remarks = "；", "; ";
}

/// What becomes of a row, in a word.
pub const fn standing(lang: Lang, standing: RowStanding) -> &'static str {
    match (lang, standing) {
        (Lang::Zh, RowStanding::Wrong) => "不对",
        (Lang::Zh, RowStanding::Confirm) => "要确认",
        (Lang::Zh, RowStanding::Changed) => "改动",
        (Lang::Zh, RowStanding::New) => "新增",
        (Lang::Zh, RowStanding::Same) => "没变",
        (Lang::Zh, RowStanding::Left) => "不导入",
        (Lang::En, RowStanding::Wrong) => "wrong",
        (Lang::En, RowStanding::Confirm) => "to confirm",
        (Lang::En, RowStanding::Changed) => "changed",
        (Lang::En, RowStanding::New) => "new",
        (Lang::En, RowStanding::Same) => "the same",
        (Lang::En, RowStanding::Left) => "left out",
    }
}

/// What a row is known by.
pub const fn key(lang: Lang, what: ImportKind) -> &'static str {
    match (lang, what) {
        (Lang::Zh, ImportKind::Sites) => "编码",
        (Lang::Zh, ImportKind::People) => "账号",
        (Lang::En, ImportKind::Sites) => "Code",
        (Lang::En, ImportKind::People) => "Account",
    }
}

pub const fn name_of(lang: Lang, what: ImportKind) -> &'static str {
    match (lang, what) {
        (Lang::Zh, ImportKind::Sites) => "场所",
        (Lang::Zh, ImportKind::People) => "姓名",
        (Lang::En, ImportKind::Sites) => "Site",
        (Lang::En, ImportKind::People) => "Name",
    }
}

pub const fn datum_name(lang: Lang, datum: Datum) -> &'static str {
    match (lang, datum) {
        (Lang::Zh, Datum::Wgs84) => "WGS-84（GPS、北斗）",
        (Lang::Zh, Datum::Gcj02) => "GCJ-02（高德、腾讯地图）",
        (Lang::Zh, Datum::Bd09) => "BD-09（百度地图）",
        (Lang::En, Datum::Wgs84) => "WGS 84 (GPS, BeiDou)",
        (Lang::En, Datum::Gcj02) => "GCJ-02 (Amap, Tencent)",
        (Lang::En, Datum::Bd09) => "BD-09 (Baidu)",
    }
}
