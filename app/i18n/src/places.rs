//! Setting an office up: its places, the steps of the first run, and what is said when two people change one record.

use domain::place::command::Living;

messages! {
    settings = "设置", "Settings";
    parts = "设置的各部分", "Parts of the settings";
    part_office = "单位", "Office";
    part_departments = "部门", "Departments";
    part_places = "社区和网格", "Communities and grids";
    part_intervals = "检查频次", "Visit intervals";
    part_former = "已合并、停用", "Merged and closed";
    lead_departments = "一个行业可以由几个部门主管。部门负责人可以查看本部门及其主管行业的全部场所和隐患。", "Several departments may answer for one sector. A department officer sees the sites and hazards of the department and of all its sectors.";
    lead_places = "一个网格属于一个村（社区），一个网格员可以负责几个网格。名称以后可以修改、合并或停用，原有记录归到新的名称下。", "A grid belongs to one community, and one inspector may answer for several grids. Names can be changed, merged and closed later; earlier records go under the new name.";
    lead_intervals = "两次检查最多间隔的天数，按场所的风险等级设定。方案没有规定每一级的天数，由本单位确定。", "The most days between two visits, by the site's risk level. The plan does not fix them for every level; the office does.";
    lead_former = "以下名称已不再使用。场所、未销号隐患和人员都已转到所列去处，以前的记录仍可查阅。", "These names are no longer used. Their sites, open hazards and people went where it says; earlier records can still be read.";

    office_name = "单位名称", "Name of the office";
    office_name_hint = "文书和手机上都使用这个名称，例如：新城街道办事处", "As it appears on papers and phones, for example Xincheng Sub-district Office";
    department_name = "部门名称", "Name of the department";
    community_name = "村（社区）名称", "Name of the community";
    grid_name = "网格名称", "Name of the grid";
    sectors_of_department = "主管的行业", "Sectors it answers for";
    sectors_hint = "可以选几个；尚未确定的可以先不选", "Choose any number; this may be left for later";
    grids_to_make = "网格数量", "How many grids";
    grids_to_make_hint = "填写数字，从“第 1 网格”起依次新建；不填可以以后再建", "Enter a number to add “Grid 1” and so on; leave it empty to add them later";
    grids_to_make_wrong = "网格数量请填 0 到 50 的整数", "Enter a whole number from 0 to 50";
    grid_numbered(number: u32) = "第 {number} 网格", "Grid {number}";
    add_department = "新增部门", "New department";
    add_community = "新增村（社区）", "New community";
    add_grid = "新增网格", "New grid";
    add = "新增", "Add";
    save = "保存", "Save";
    merge_into = "并入", "Merge into";
    merge_hint = "场所、未销号隐患和人员全部转入，这个名称停用；不能撤销", "Its sites, open hazards and people go there, and this name is no longer used; this cannot be undone";
    merge = "合并", "Merge";
    close = "停用", "Close";
    close_hint = "名下还有场所、人员或网格时，请选择转到哪里", "If sites, people or grids are still here, choose where they go";
    close_into = "名下内容转到", "What is here goes to";
    nowhere = "名下已没有内容", "Nothing is here any more";
    belongs_to = "所属村（社区）", "Community";
    back_to_list = "关闭", "Back to the list";
    lives_here = "现有", "Now here";
    living_sites(count: u64) = "场所 {count} 处", "{count} sites";
    living_people(count: u64) = "人员 {count} 人", "{count} people";
    living_grids(count: u64) = "网格 {count} 个", "{count} grids";
    living_hazards(count: u64) = "未销号隐患 {count} 条", "{count} open hazards";
    living_nothing = "没有内容", "nothing";
    column_sites = "场所", "Sites";
    column_open = "未销号", "Open";
    column_grids = "网格", "Grids";
    column_people = "人员", "People";
    column_sectors = "主管行业", "Sectors";
    column_name = "原名称", "Former name";
    column_kind = "类别", "Kind";
    column_into = "转入", "Went to";
    column_when = "时间", "When";
    column_by = "办理人", "By";
    no_departments = "还没有部门，由管理员新增", "No department yet; the administrator adds them";
    no_communities = "还没有村（社区），由管理员或应急办新增", "No community yet; the administrator or the emergency management office adds them";
    no_former = "没有合并或停用的记录", "Nothing has been merged or closed";
    first_grid = "新建第 1 个网格", "Add the first grid";
    kind_department = "部门", "Department";
    kind_community = "村（社区）", "Community";
    kind_grid = "网格", "Grid";
    looks_like(name: String) = "与“{name}”只差空格、大小写、全角半角或不可见字符，可能是同一个", "Differs from \"{name}\" only in spaces, case, width or invisible characters; probably the same";
    merge_over(name: String) = "并入“{name}”", "Merge into {name}";
    risk_major = "重大风险，天", "Major risk, days";
    risk_considerable = "较大风险，天", "Considerable risk, days";
    risk_general = "一般风险，天", "General risk, days";
    risk_low = "低风险，天", "Low risk, days";
    not_yours = "部门和单位名称由管理员修改", "Only the administrator can change departments and the office's name";

    name_missing = "请填名称", "Enter the name";
    name_taken(name: String) = "已经有“{name}”，请换一个名称", "There is a \"{name}\" already; choose another name";
    twin(name: String) = "与已有的“{name}”只差空格、大小写、全角半角或不可见字符，可能是同一个。是同一个的，不用再建；要合并的，请在“并入”里选择", "Differs from \"{name}\" only in spaces, case, width or invisible characters and may be the same. If so, there is no need to add it again; to merge the two, choose it under “Merge into”";
    place_unknown = "这一项已不存在，可能刚被他人合并或停用，请刷新页面", "This one is gone: somebody may have merged or closed it. Reload the page";
    place_other_kind = "只能并入同一类：部门并入部门，社区并入社区，网格并入网格。请重新选择", "Merge only into one of the same kind: a department, a community or a grid. Choose again";
    place_into_itself = "不能并入自己，请另选一个", "It cannot be merged into itself; choose another one";
    choose_target = "请选择转入哪里", "Choose where it goes";
    place_occupied(living: String) = "名下还有{living}，请选择转到哪里", "There are still {living} here; choose where they go";
    interval_wrong = "天数请填 1 到 3650 的整数", "Enter a whole number of days from 1 to 3650";

    changed_title = "您打开以后，他人修改过这条记录", "Somebody else changed this record after you opened it";
    changed_reload = "尚未保存。请记下填写的内容，刷新页面看过最新情况，再填一次。", "Nothing was saved. Note what you typed, reload the page to see how it stands, and fill it in again.";
    changed_words = "尚未保存，您填写的内容都还在。请在下面逐项选择用谁的，再保存一次。", "Nothing was saved, and all that you typed is here. Choose for each point, then save again.";
    theirs(words: String) = "用对方的：{words}", "Theirs: {words}";
    mine(words: String) = "用我的：{words}", "Mine: {words}";
    nothing = "（空）", "(empty)";
    yes = "是", "yes";
    no = "否", "no";

    start_title = "启用系统", "Set up the office";
    step_of(step: usize, steps: usize) = "第 {step} 步，共 {steps} 步", "Step {step} of {steps}";
    saved_as_you_go = "填写的内容随时保存，可以关闭页面，以后接着填。", "Everything is saved as you go; you may leave and come back.";
    steps = "启用的步骤", "Steps of the set-up";
    step_people = "人员", "People";
    step_sites = "场所", "Sites";
    next_is(step: &str) = "下一步：{step}", "Next: {step}";
    later = "以后再填", "Later";
    finish = "启用完成，进入总览", "Finish and go to the overview";
    before_use = "启用之前", "Before use";
    ready_office(name: String) = "{name}", "{name}";
    ready_office_missing = "尚未填写单位名称", "The office has no name yet";
    ready_departments(count: u64) = "{count} 个部门", "{count} departments";
    ready_departments_missing = "还没有部门；没有部门就不能设部门负责人", "No department yet; without one there can be no department officer";
    ready_without_officer(names: String) = "还没有负责人：{names}", "Without a department officer: {names}";
    ready_all_officers = "均有负责人", "each with a department officer";
    ready_places(communities: u64, grids: u64) = "{communities} 个村（社区），{grids} 个网格", "{communities} communities, {grids} grids";
    ready_places_missing = "还没有网格；场所和网格员都要归到网格", "No grid yet; sites and inspectors belong to grids";
    ready_without_grid(names: String) = "没有网格：{names}", "Without a grid: {names}";
    ready_twins(names: String) = "名称可能重复：{names}", "Names that may be duplicates: {names}";
    ready_people(desk: u64, inspectors: u64) = "应急办、部门 {desk} 人，网格员 {inspectors} 人", "{desk} at the desk, {inspectors} inspectors";
    ready_people_missing = "至少要有一名应急办人员或部门负责人、一名网格员", "At least one person of the emergency management office or one department officer, and one inspector";
    ready_sites(count: u64) = "{count} 处场所", "{count} sites";
    ready_sites_missing = "至少要有一处场所，手机上才有可去的地方", "At least one site, so that phones have somewhere to go";
    who_sees = "谁能看到什么", "Who sees what";
    who_sees_words = "确定网格后，网格员的手机上只有本人负责网格的场所。", "Once grids are set, an inspector's phone holds only the sites of the grids that the inspector answers for.";
    is_ready = "可以用了", "Ready";
    is_ready_words = "下一步：请网格员用手机浏览器打开本系统网址，登录后检查一处场所，再看结果是否传回。", "Next: ask an inspector to open this address in the phone's browser, sign in and visit one site; then see whether the result arrives here.";
    left_to_do(count: usize) = "启用还差 {count} 步", "{count} steps left before use";
    go_on = "继续填写", "Go on";
    people_lead = "部门负责人要选部门，网格员要选网格。请把密码告知本人，首次登录时要修改。", "A department officer needs a department, an inspector a grid. Tell each person the password; they change it at the first sign-in.";
    sites_lead = "可以逐处填写，也可以用表格导入。没有表格也能开始使用，以后随时补充。", "Enter them one by one, or import a list. You can begin without a list and add sites as you go.";
    import_list = "用表格导入", "Import a list";

    set_up_title = "首次启用", "First set-up";
    set_up_lead = "系统里还没有单位和账号。请先建立管理员账号，再逐步填写单位的部门、网格和人员。", "There is no office and no account yet. Set up the administrator first, then the office's departments, grids and people step by step.";
    set_up_code = "启用码", "Set-up code";
    set_up_code_hint = "服务器启动时显示在服务器的控制台上，只有能登录服务器的人看得到", "Shown on the server's console when it starts; only those who can log in to the server see it";
    set_up_name = "管理员姓名", "Administrator's name";
    set_up_username_hint = "登录用，只用字母、数字和 - _ .", "For signing in: letters, digits and - _ . only";
    set_up_do = "启用", "Begin";
    set_up_wrong_code = "启用码不对，请重新输入。启用码显示在服务器的控制台上，每次启动都会更换", "The code is wrong; enter it again. It is on the server's console and changes with every start";
    set_up_too_often = "输错次数太多，请过 15 分钟再试", "Too many tries; try again in 15 minutes";
    set_up_done_already = "系统已经启用过，请直接登录", "It has been set up already; sign in";

    page_gone(last: u32) = "没有这一页，列表只有 {last} 页", "There is no such page; the list has {last}";
    to_last_page = "去最后一页", "Go to the last page";

    no_program = "页面的程序没有启动，链接和表单照常可用", "This page's program did not start; links and forms still work";
}

/// What lives in a place; of nothing, no words.
pub fn living(lang: Lang, living: Living) -> String {
    let Living { sites, people, grids, open_hazards } = living;
    let parts = [
        (grids, living_grids(lang, grids)),
        (sites, living_sites(lang, sites)),
        (people, living_people(lang, people)),
        (open_hazards, living_hazards(lang, open_hazards)),
    ];
    let there: Vec<_> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    there.join(super::office::between_choices(lang))
}
