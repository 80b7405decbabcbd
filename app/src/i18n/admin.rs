//! What is wrong with a site, an account or a row of an import.

messages! {
    name_missing = "请填名称", "Write the name";
    code_missing = "请填编码，就是贴在墙上的那个短号", "Write the code, the short one on the wall";
    code_taken = "这个编码已经用在别的场所", "Another site has this code";
    kind_missing = "请至少选一个场所类别", "Choose at least one kind of site";
    kind_unknown(word: String) = "没有“{word}”这个类别", "There is no kind \"{word}\"";
    grid_missing = "请选网格", "Choose the grid";
    community_missing = "请填村（社区）", "Write the community";
    department_unknown = "没有这个部门", "There is no such department";
    department_missing = "部门负责人要有部门", "A department officer needs a department";
    location_wrong = "经纬度不对：纬度在 −90 到 90 之间，经度在 −180 到 180 之间", "Latitude lies between −90 and 90, longitude between −180 and 180";
    risk_unknown(word: String) = "没有“{word}”这个风险等级，可填：重大、较大、一般、低", "There is no risk level \"{word}\"; use major, considerable, general or low";
    sector_unknown(word: String) = "没有“{word}”这个行业", "There is no sector \"{word}\"";
    role_unknown(word: String) = "没有“{word}”这个角色", "There is no role \"{word}\"";
    site_unknown(word: String) = "没有编码为“{word}”的场所", "There is no site with the code \"{word}\"";
    grid_unknown(word: String) = "没有“{word}”这个网格，写法：社区/网格", "There is no grid \"{word}\"; write community/grid";
    username_wrong = "账号只用字母、数字和 - _ .，最多 40 个字", "An account name takes letters, digits and - _ . only, at most 40";
    username_taken = "这个账号已经有人用", "Somebody has this account name";
    password_missing = "新账号要有密码", "A new account needs a password";
    password_length = "密码要 8 到 128 个字", "A password has 8 to 128 characters";
    not_oneself = "不能停用自己，也不能去掉自己的管理员角色", "You cannot switch yourself off or give up your own administrator role";
    twice(row: u32) = "和第 {row} 行重复", "The same as row {row}";
    column_missing = "缺这一列", "This column is missing";
    file_unreadable = "读不懂这个文件。请用 .xlsx 或 UTF-8 的 .csv，第一行是列名", "The file cannot be read. Use .xlsx or UTF-8 .csv with the headings in the first row";
    file_empty = "文件里没有数据", "The file holds no rows";
    file_too_long(most: usize) = "一次最多 {most} 行，请分几次导入", "At most {most} rows at a time; split the file";
    whole_file = "整个文件", "The file";
}
