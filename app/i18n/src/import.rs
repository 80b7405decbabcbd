//! Lists of sites and people: what is wrong with a file, a row, a cell; what would change, and what wants somebody's word.

use domain::{
    datum::Datum,
    import::{ImportKind, RowStatus},
};

messages! {
    between = "、", ", ";
    file_not_a_table = "这个文件不是表格。请使用 .xlsx 文件，或以逗号、分号、制表符分隔的 .csv 文件", "This file is not a table. Use .xlsx, or .csv with commas, semicolons or tabs";
    file_encrypted = "这个表格设置了打开密码。请在表格软件里取消密码，另存后重新上传", "This workbook is protected with a password. Save it without one and send it again";
    file_old = "这是旧版 .xls 格式。请在表格软件里另存为 .xlsx，再重新上传", "This is a workbook in the old .xls format. Save it as .xlsx and send it again";
    file_web_page = "这个文件的内容是网页，不是表格（有些系统导出的“.xls”就是这样）。请用表格软件打开，另存为 .xlsx，再重新上传", "This file is a web page, not a table, as some systems export it. Open it in a spreadsheet, save it as .xlsx and send it again";
    file_broken(part: String) = "这个表格已损坏（{part}）。请在表格软件里打开，另存一份后重新上传", "This workbook is damaged ({part}). Open it in a spreadsheet, save a new copy and send that";
    file_empty = "表头下面没有数据。请填好数据后重新上传", "There are no rows below the headings. Add them and send the list again";
    file_too_big = "这个表格解压后太大。请只保留要导入的工作表和行，另存后重新上传", "The workbook is too large when unpacked. Keep only the sheet and rows to import, save it and send it again";
    file_too_slow = "读取这个表格用时过长，已停止。请只保留要导入的行，另存后重新上传", "Reading took too long and was stopped. Keep only the rows to import, save the list and send it again";
    file_busy = "系统正在读取其他表格，请一分钟后重新上传", "Other lists are being read. Send this one again in a minute";
    records_move = "写入时他人也在修改这些记录，尚未写入任何内容。请再看一次预览后写入", "Others are changing these records just now; nothing was written. Look at the preview and write it once more";
    no_headings(rows: usize) = "前 {rows} 行里没有找到表头。表头至少要有“编码”（场所）或“账号”（人员），请补上后重新上传", "No headings were found in the first {rows} rows. They must include `code` for sites or `username` for people; add it and send the list again";
    two_headings(name: String) = "有两列的列名都是“{name}”，无法确定用哪一列。请改名或删除其中一列，再重新上传", "Two columns are called \"{name}\". Rename or remove one and send the list again";
    too_many_rows(most: usize) = "一次最多导入 {most} 行，请分几次导入", "At most {most} rows at a time; split the list";
    too_far(cell: String, most: usize) = "{cell} 有内容，但最多只读取前 {most} 列。请删除右侧多余的列，再重新上传", "{cell} has something in it, but only the first {most} columns are read. Remove the columns beyond them and send the list again";
    cell_too_long(cell: String, most: usize) = "{cell} 超过 {most} 个字，请缩短后重新上传", "{cell} has more than {most} characters; shorten it and send it again";
    open_quote(row: u32) = "第 {row} 行的引号没有成对，后面的内容无法识别。请补上引号后重新上传", "A quotation mark in row {row} is never closed, so the rest cannot be read. Close it and send the list again";
    rounded(shown: String) = "数字太长，表格软件只保留了前 15 位（现为 {shown}）。请按原件填写", "The number is too long: the spreadsheet kept only 15 digits and now has {shown}. Enter it as it is on paper";
    digits_lost(shown: String) = "{shown} 的后几位在表格里已经丢失。请按原件填写", "{shown}: the last digits were lost in the spreadsheet. Enter it as it is on paper";
    became_day(shown: String) = "现为 {shown}，可能被表格软件自动改成了日期。请填写原来的内容", "This is {shown}; a spreadsheet seems to have turned it into a date. Enter what was meant";
    is_percent(shown: String) = "{shown} 是百分数，这一列不能填，请改正", "{shown} is a percentage, which does not belong here. Enter the right value";
    is_truth(shown: String) = "{shown} 是逻辑值，这一列不能填，请改正", "{shown} is a true-or-false value, which does not belong here. Enter the right value";
    is_fault(shown: String) = "{shown} 是表格软件的错误提示，不是内容，请改正", "{shown} is a spreadsheet error, not a value. Enter the right value";
    uncomputed = "这一格是公式，没有计算结果。请在表格软件里打开并保存一次，再重新上传", "This cell is a formula without a result. Open the list in a spreadsheet, save it and send it again";
    zero_lost(shown: String) = "{shown} 可能少了区号前面的 0，请核对", "{shown} seems to lack the 0 before the area code; check it";
    word_clear = "清空", "clear";
    too_long(most: usize) = "最多 {most} 个字，请缩短", "At most {most} characters; shorten it";
    no_brackets = "不能有 < 或 >，请改用文字", "< and > cannot be used; write it in words";
    cell_missing(column: String) = "请填{column}", "Enter the {column}";
    column_missing(column: String) = "新增时必须有{column}，表里没有这一列，请补填", "A new one needs {column}, and the list has no such column; enter it";
    and_more_faults(more: usize) = "（这一行还有 {more} 处有误）", " ({more} more in this row)";
    too_many_words(most: usize) = "这一格最多填写 {most} 个，请减少", "At most {most} in this cell; take some away";
    twice(row: u32) = "与第 {row} 行重复，请改正，或不导入这一行", "The same as row {row}; correct this row or leave it out";
    kind_unknown(word: String) = "没有“{word}”这个类别，请按导入页面列出的类别填写", "There is no kind \"{word}\"; use one that the import page lists";
    risk_unknown(word: String) = "没有“{word}”这个风险等级，可填：重大、较大、一般、低", "There is no risk level \"{word}\"; use major, considerable, general or low";
    sector_unknown(word: String) = "没有“{word}”这个行业，请按导入页面列出的行业填写", "There is no sector \"{word}\"; use one that the import page lists";
    role_unknown(word: String) = "没有“{word}”这个角色，请按导入页面列出的角色填写", "There is no role \"{word}\"; use one that the import page lists";
    department_unknown(word: String) = "没有“{word}”这个部门，请核对名称，或先在“设置”里新增", "There is no department \"{word}\"; check the name, or add it in the settings first";
    department_wanted = "部门负责人必须填写部门", "A department officer needs a department; enter it";
    site_unknown(word: String) = "没有编码为“{word}”的场所，请核对编码", "There is no site with the code \"{word}\"; check the code";
    community_unknown(word: String) = "没有“{word}”这个村（社区），请核对名称", "There is no community \"{word}\"; check its name";
    grid_unknown(word: String) = "没有“{word}”这个网格，请核对，并按“社区/网格”的格式填写", "There is no grid \"{word}\"; check it, and write community/grid";
    grid_wanted = "社区有变更，请同时填写网格", "The community changes; enter the grid too";
    state_unknown(word: String) = "状态只能填“在用”或“停用”，现为“{word}”", "The state must be `active` or `retired`, not \"{word}\"";
    state_on = "在用", "active";
    state_off = "停用", "retired";
    not_oneself = "不能停用自己，也不能取消自己的管理员角色，请由其他管理员办理", "You cannot switch yourself off or give up your own administrator role; ask another administrator to do it";
    last_administrator = "按这份表导入，将没有可以登录的管理员。请至少保留一个管理员账号", "With this list no administrator would be left who can sign in. Keep at least one";
    too_many_contacts(most: usize) = "最多 {most} 位责任人，请减少", "At most {most} contacts; take some away";
    contact_wanted = "填了电话或职务，但没有填责任人，请补填姓名", "There is a phone or a position, but no contact; enter the person's name";
    contacts_differ(people: usize, column: String, parts: usize) = "责任人 {people} 位，{column} {parts} 个，数量不一致，请逐一对应填写", "{people} contacts, but {parts} in {column}; enter one for each, in the same order";
    degrees_wrong = "请填写小数形式的度数：纬度在 −90 到 90 之间，经度在 −180 到 180 之间，例如 34.8712 和 113.6205", "Enter decimal degrees, latitude between −90 and 90, longitude between −180 and 180, such as 34.8712 and 113.6205";
    degrees_nowhere = "经纬度是 0,0，说明位置没有取到。请填写实际的经纬度，不知道就把两格都留空", "The coordinates are 0,0, which means that no position was found. Enter the real ones, or leave both cells empty";
    degrees_swapped = "经度和纬度可能填反了。整列填反的，请在上方选“经纬度对调”；只有这一行填反的，请改正这一行", "Latitude and longitude seem to be the wrong way round. If the whole list is so, tick “Latitude and longitude swapped” above; otherwise correct this row";
    datum_unknown(word: String) = "没有“{word}”这种坐标系，可填：WGS-84、GCJ-02、BD-09", "There is no datum \"{word}\"; write WGS-84, GCJ-02 or BD-09";
    datum_wanted(rows: usize) = "{rows} 行有坐标，请先选择坐标系：不同地图的坐标相差几百米", "{rows} rows have coordinates. Choose their datum first: maps differ by several hundred metres";
    moved(to: String, metres: u32) = "{to}（移动 {metres} 米）", "{to} (moved by {metres} m)";
    still_off(rows: usize) = "{rows} 行现在是停用的，表里没有“状态”一列，导入后仍是停用；要恢复，请增加这一列，填写“在用”", "{rows} rows are out of use and stay so, as the list has no state column; to use them again add it and write `active`";
    taken_for(written: String, known: String) = "“{written}”与“{known}”视为同一名称，按“{known}”导入", "\"{written}\" looks the same as \"{known}\" and is read as \"{known}\"";
    too_many_places(communities: usize, grids: usize, most_communities: usize, most_grids: usize) = "按这份表要新建 {communities} 个社区、{grids} 个网格，可能是列对应错了，请核对。一次最多新建 {most_communities} 个社区、{most_grids} 个网格", "This list would add {communities} communities and {grids} grids; check that its columns are not mixed up. At most {most_communities} and {most_grids} can be added at a time";
    count_grids(n: usize) = "{n} 个网格", "{n} grids";
    password_set = "设置新密码，本人需要重新登录", "a new one; the person has to sign in again";
    ask_clear(column: String) = "{column}将被清空", "{column} would be emptied";
    tick_clear = "同意清空", "Empty it";
    ask_moved = "预览之后，这条记录又被他人修改，现按最新内容比对", "Somebody changed this after the list was sent; it is compared with the latest record";
    tick_moved = "已核对", "I have checked it";
    ask_other_name(code: String, before: String, after: String) = "{code} 现为“{before}”，表里是“{after}”，可能是两处场所", "{code} is \"{before}\", but the list says \"{after}\"; they may be two different sites";
    tick_renamed = "是同一处，改名", "The same, renamed";
    ask_lowered(before: String, after: String) = "风险等级由{before}降为{after}", "The risk level falls from {before} to {after}";
    tick_lowered = "同意降级", "Lower it";
    ask_contact(column: String, before: String, after: String) = "{column}：{before} → {after}", "{column}: {before} → {after}";
    ask_moved_place(metres: u32) = "位置移动 {metres} 米", "The place moves by {metres} m";
    ask_far(kilometres: u32) = "坐标离本街道 {kilometres} 公里", "The coordinates lie {kilometres} km away from the office";
    tick_change = "同意", "Agree";
    ask_role(before: String, after: String) = "角色由{before}改为{after}", "The role changes from {before} to {after}";
    tick_role = "同意变更角色", "Change the role";
    ask_communities_lost = "负责的村（社区）减少：", "Communities taken away: ";
    ask_grids_lost = "负责的网格减少：", "Grids taken away: ";
    ask_sites_lost = "负责的场所减少：", "Sites taken away: ";
    ask_certificates_lost = "将减少执法证件：", "Certificates are taken away: ";
    tick_lost = "同意减少", "Take them away";
    ask_retire = "将停用", "It would be put out of use";
    tick_retire = "同意停用", "Put it out of use";
    ask_revive = "目前已停用，导入后将恢复使用", "It is out of use; the import would bring it back";
    tick_revive = "同意恢复", "Bring it back";
    ask_twin(how: String, code: String, name: String) = "新增，但已有{how}的场所：{code} {name}", "New, but there is a site {how}: {code} {name}";
    within(metres: u32) = " {metres} 米内", "within {metres} m";
    same_name = "同一社区同名", "of the same name in the community";
    only_case = "编码仅大小写不同", "whose code differs only in capital letters";
    is_the_same = "是同一处", "The same one";
    tick_two = "是两处", "Two different ones";
    still_open(wrong: usize, unconfirmed: usize) = "还有 {wrong} 行有误、{unconfirmed} 行待确认，尚未写入任何内容。请逐行处理后再写入", "{wrong} rows are wrong and {unconfirmed} need your confirmation; nothing was written. Deal with them, then write";
    nothing_to_write = "没有需要写入的内容：与现有数据一致", "Nothing to write: the list is the same as what is there";
    too_late = "不能撤销：已超过 7 天、已经撤销过，或之后又导入过。如需更正，请直接修改相应记录", "It cannot be taken back: a week has passed, it was taken back before, or another list was imported after it. Change the records themselves";
    row_refused(row: u32, reason: String) = "第 {row} 行：{reason}", "Row {row}: {reason}";
    row_wrong(row: u32, cell: String, heading: String, shown: String, reason: String) = "第 {row} 行 {cell} {heading}“{shown}”：{reason}", "row {row} {cell} {heading} \"{shown}\": {reason}";
    row_asks(row: u32, key: String, name: String, words: String) = "第 {row} 行 {key} {name}：{words}（全部同意请加 --agree）", "row {row} {key} {name}: {words} (to agree to all, add --agree)";
    counted(wrong: usize, confirm: usize, changed: usize, new: usize, same: usize) = "有误 {wrong}，待确认 {confirm}，有变更 {changed}，新增 {new}，无变化 {same}", "wrong {wrong}, to confirm {confirm}, changed {changed}, new {new}, unchanged {same}";
    has_written(new: usize, changed: usize) = "已导入：新增 {new}，变更 {changed}", "imported: {new} new, {changed} changed";
    larger_than(file: String) = "{file} 超过 10 MB，请拆分后分次导入", "{file} is larger than 10 MB; split it";
    plan_gone = "这份预览已失效：已超过一天，或又上传了其他表格。请重新上传", "This preview has expired: a day has passed or another list was sent. Send the list again";
    too_many_passwords(most: usize) = "一次最多设置 {most} 个密码，其余的请分次导入", "At most {most} passwords at a time; split the list";
    row_number = "行", "Row";
    needs_file = "请先选择文件", "Choose a file first";
    send = "上传并预览", "Send and preview";
    reading = "正在读取表格……", "Reading…";
    rule = "上传后先预览：哪些有误、哪些待确认、将变更什么。点“写入”之前，不改动任何数据。表里没有的列和空着的格，保持原有内容不变；要清空某一项，请在格里填“清空”。", "What you send is previewed first: what is wrong, what needs your confirmation, what would change. Nothing is changed before you press Write. Columns that the list lacks and empty cells change nothing; to empty a field, write \"clear\" in its cell.";
    file_hint = ".xlsx 或 .csv，不超过 10 MB、10000 行、50 列；表头须在前 10 行内", ".xlsx or .csv, up to 10 MB, 10,000 rows and 50 columns, with the headings among the first 10 rows";
    not_read = "文件未能读取，未改动任何数据", "The file was not read; nothing was changed";
    not_written = "未能写入，未改动任何数据", "The list was not written; nothing was changed";
    not_undone = "未能撤销", "The import was not taken back";
    datum = "坐标系", "Datum of the coordinates";
    datum_hint = "表里有经纬度时才需要选。不同地图的坐标相差几百米，写入时统一换算成 WGS-84", "Needed only where the list has coordinates. Maps differ by several hundred metres; all are converted to WGS 84";
    datum_later = "没有坐标，或预览时再选", "No coordinates, or choose in the preview";
    title_sites = "导入场所", "Import sites";
    title_people = "导入人员", "Import people";
    not_yet = "预览，尚未写入", "Preview, nothing written yet";
    other_file = "更换文件", "Another file";
    sheet(name: String) = "工作表“{name}”", "sheet \"{name}\"";
    heading_row(row: u32) = "表头在第 {row} 行", "headings in row {row}";
    count_rows(n: usize) = "{n} 行", "{n} rows";
    recognised = "已识别", "Recognised:";
    count_columns(n: usize) = "{n} 列", "{n} columns";
    unused = "未使用", "Not used:";
    absent = "表里没有、保持不变", "Not in the list, left as they are:";
    would_make = "写入时新建", "To be added:";
    has_coordinates(n: usize) = "{n} 行有坐标，请选择坐标系", "{n} rows have coordinates. Choose their datum";
    converted(datum: String, near: usize, far: usize) = "坐标按 {datum} 换算：{near} 处在本街道附近，{far} 处距离较远", "Coordinates read as {datum}: {near} near the office, {far} far away";
    swapped = "经纬度对调", "Latitude and longitude swapped";
    convert_so = "按此换算", "Convert them so";
    first_these = "请先改正", "put these right first";
    with_a_tick = "勾选后才写入", "written only with a tick";
    not_written_short = "不写入", "not written";
    becomes = "比对结果", "Outcome";
    becomes_so = "改为", "becomes";
    differs = "具体情况", "Details";
    to_do = "处理", "To do";
    key_any = "编码、账号", "Code or account";
    name_any = "名称", "Name";
    no_name = "没有名称", "no name";
    nothing = "空", "empty";
    none_of_these = "没有符合条件的行", "There are no rows of this kind";
    fill_in = "手工填写", "Enter it";
    it_is(value: String) = "应为 {value}", "Use {value}";
    leave = "这一行不导入", "Leave this row out";
    take_again = "恢复导入", "Import it after all";
    back_to_rows = "返回列表", "Back to the rows";
    restore = "恢复表里的内容", "Restore what the list says";
    this_row(row: u32) = "第 {row} 行", "Row {row}";
    in_the_list(cell: String, shown: String) = "表里 {cell} 为“{shown}”", "The list says \"{shown}\" in {cell}";
    should_be(heading: String) = "{heading}应为", "{heading} should be";
    use_it = "采用", "Use it";
    next_open(n: usize) = "下一处 · 还有 {n} 处", "Next · {n} to go";
    tick_all(n: usize) = "全部同意（{n} 处）", "Agree to all {n}";
    leave_wrong(n: usize) = "有误的 {n} 行都不导入", "Leave out all {n} wrong rows";
    write(new: usize, changed: usize) = "写入：新增 {new}、变更 {changed}", "Write: {new} new, {changed} changed";
    all_or_none = "有误和待确认的行全部处理完，才能写入。写入后 7 天内可以整批撤销，直到再导入一份同类的表格。", "Nothing is written until every row is right and confirmed. What is written can be taken back as a whole for 7 days, until another list of its kind is written.";
    download_marked = "下载标注后的表格", "Download the marked list";
    forget = "放弃导入", "Discard this list";
    last = "上一次导入", "Last import";
    last_title(kind: String, by: String, at: String) = "{kind} · {by} {at}", "{kind} · {by}, {at}";
    wrote(new: usize, changed: usize) = "新增 {new}、变更 {changed}", "{new} new, {changed} changed";
    made_places(places: String) = "同时新建：{places}", "Also added: {places}";
    ask_twin_row(how: String, row: u32, code: String, name: String) = "新增，但本表第 {row} 行有{how}的场所：{code} {name}", "New, but row {row} of this list is a site {how}: {code} {name}";
    was_undone(by: String, at: String, kept: usize) = "{by} {at} 整批撤销，{kept} 条予以保留：之后又有修改或检查、原网格、部门或责任主体已停用、责任主体另有场所或隐患在用，或为必须保留的管理员", "Taken back by {by}, {at}; {kept} were kept: changed or inspected since, their old grid, department or party closed, a party that other sites or hazards have, or an administrator who has to stay";
    would_stay(n: usize, names: String) = "撤销时保留的 {n} 条（之后又有修改，或原网格、部门、责任主体已停用）：{names}", "{n} would be kept (changed since, or their old grid, department or party was closed): {names}";
    parties_would_stay(n: usize, names: String) = "撤销时保留的 {n} 个责任主体（之后又有修改，或另有场所、隐患在用）：{names}", "{n} parties would be kept (changed since, or other sites or hazards have them): {names}";
    undo = "整批撤销", "Take it back as a whole";
    undo_now = "确定撤销", "Take it back now";
    undo_sites = "变更的场所恢复到导入前的内容，新增的场所停用（编码保留）；新建的责任主体没有别处在用的停用；新建的社区、网格保留。", "Changed sites go back to what they were; new ones are put out of use and keep their codes; new parties that nothing else has go out of use; new communities and grids stay.";
    undo_people = "变更的账号恢复到导入前的内容，新增的账号停用；已更换的密码不恢复。", "Changed accounts go back to what they were; new ones are disabled; passwords that were set stay set.";
    undo_until(at: String) = "{at} 前可以撤销", "It can be taken back until {at}";
    remarks = "导入说明", "Remarks";
    between_remarks = "；", "; ";
}

/// What becomes of a row, in a word.
pub const fn status(lang: Lang, status: RowStatus) -> &'static str {
    match (lang, status) {
        (Lang::Zh, RowStatus::Wrong) => "有误",
        (Lang::Zh, RowStatus::Confirm) => "待确认",
        (Lang::Zh, RowStatus::Changed) => "有变更",
        (Lang::Zh, RowStatus::New) => "新增",
        (Lang::Zh, RowStatus::Same) => "无变化",
        (Lang::Zh, RowStatus::Left) => "不导入",
        (Lang::En, RowStatus::Wrong) => "wrong",
        (Lang::En, RowStatus::Confirm) => "to confirm",
        (Lang::En, RowStatus::Changed) => "changed",
        (Lang::En, RowStatus::New) => "new",
        (Lang::En, RowStatus::Same) => "unchanged",
        (Lang::En, RowStatus::Left) => "left out",
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
