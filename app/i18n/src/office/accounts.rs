//! People and their accounts.

messages! {
    new_person = "新增人员", "New account";
    no_people = "没有符合的人员", "Nobody fits";
    count_people(count: u64) = "{count} 人", "{count} people";
    username = "账号", "Account";
    role = "角色", "Role";
    scope = "负责范围", "Answers for";
    last_seen = "最近使用", "Last seen";
    never_seen = "还没用过", "Never";
    whole_office = "全街道", "The whole office";
    no_scope = "还没有定，什么也看不到", "Nothing yet, so nothing is seen";
    switched_off = "已停用", "Off";
    is_disabled = "停用账号", "Switched off";
    disabled_hint = "停用后不能登录，做过的记录都还在", "Can no longer sign in; what they recorded stays";
    username_hint = "登录用，只用字母、数字和 - _ .", "For signing in: letters, digits and - _ . only";
    own_department = "所在部门", "Department";
    own_department_hint = "部门负责人必填：看得到本部门和它主管行业的全部场所", "Needed for a department officer, who sees the department's sites and all of its sectors";
    own_communities = "负责的村（社区）", "Communities";
    own_communities_hint = "社区（村）安全员至少一个，看得到其中所有网格", "At least one for a community safety officer, who sees all grids in it";
    own_grids = "负责的网格", "Grids";
    own_grids_hint = "网格员至少一个，只看得到这些网格里的场所", "At least one for an inspector, who sees the sites of these grids only";
    own_sites = "负责的场所", "Sites";
    own_sites_hint = "写场所编码，几处就用空格隔开", "Codes of the sites, with spaces between";
    certificates = "执法证件", "Certificates";
    certificates_hint = "做行政检查才要。一行一个：证号/发证机关/到期日，例如 0173/区司法局/2027-12-31", "Needed for administrative inspections. A line each: number/issuer/last day, such as 0173/District Justice Bureau/2027-12-31";
    certificate_wrong(words: String) = "“{words}”看不出是哪个证件，请写成：证号/发证机关/到期日，例如 0173/区司法局/2027-12-31", "“{words}” is no certificate; write number/issuer/last day, such as 0173/District Justice Bureau/2027-12-31";
    password = "密码", "Password";
    password_hint = "8 到 128 个字符", "8 to 128 characters";
    new_password = "新密码", "New password";
    new_password_hint = "不改就空着；要改，8 到 128 个字符，改完对方的设备都要重新登录", "Leave empty to keep it; otherwise 8 to 128 characters, and their devices have to sign in again";
    needs_role = "请选角色", "Choose the role";
    needs_person_name = "请填姓名", "Write the name";
    needs_department = "部门负责人要有部门", "A department officer needs a department";
    community_gone = "所选的村（社区）已合并或停用，请刷新后重新选择", "A community that you chose was merged or closed; reload the page and choose again";
    needs_communities = "社区（村）安全员至少负责一个村（社区）", "A community safety officer needs at least one community";
    needs_grids = "网格员至少负责一个网格", "An inspector needs at least one grid";
    needs_sites = "请写所负责场所的编码", "Write the codes of the sites that this account answers for";
    no_such_code(code: String) = "没有编码为“{code}”的场所", "There is no site with the code \"{code}\"";
}
