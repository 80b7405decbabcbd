//! What the commands say.

messages! {
    no_database(file: String) = "{file} 不存在。请检查 --data；新单位先建一个空的：xunan init，或 xunan serve --new", "There is no {file}. Check --data; for a new office make an empty one: xunan init, or xunan serve --new";
    done = "已完成", "Done";
    office_called(name: String) = "单位名称：{name}", "The office is called {name}";
    no_place(name: String, known: String) = "没有“{name}”，请从现有的里选：{known}", "There is no {name}; choose one of these: {known}";
    several_alike(name: String) = "有几个名称与“{name}”相近，请按原样填写完整名称", "Several are called nearly {name}; write the name exactly";
    write_path(path: String) = "网格请写成 社区/网格，不是“{path}”", "Write COMMUNITY/GRID, not {path}";
    nobody_yet = "还没有街道和账号。请先建立第一个管理员：xunan user add admin --name 姓名 --office 街道名称", "There is no office yet. Make its first administrator: xunan user add admin --name NAME --office OFFICE";
    several_offices = "这里有几个街道的数据，这个命令只能用于一个街道；请在办公端办理", "This database holds several offices, and the command works only with one; use the desk instead";
    office_name_missing = "街道名称不能为空，请写在 --office 后面", "The office needs a name; give it after --office";
    no_department(name: String) = "没有“{name}”这个部门，请核对名称：xunan department list", "There is no department {name}; check its name: xunan department list";
    no_account(name: String) = "没有“{name}”这个账号，请核对：xunan user list", "There is no account {name}; check it: xunan user list";
    added(name: String, username: String) = "{name} 可以用账号 {username} 登录了。", "{name} can sign in as {username}.";
    password_changed(username: String) = "{username} 的密码已重设，所有登录都已结束。", "{username} has a new password and is signed out everywhere.";
    password_said(words: String) = "密码：{words}（只显示这一次；首次登录时要改）", "Password: {words} (shown this once; it is changed at the first sign-in)";
    switched_off = "（已停用）", "(switched off)";
    key_rotated(id: String, public: String) = "从现在起用新密钥 {id} 签名，旧密钥签的回执仍然有效。公钥：{public}", "From now on the key {id} signs; receipts signed before stay valid. Public key: {public}";
    factor_removed(username: String) = "{username} 的两步验证已停用", "The second factor of {username} is removed";
    factor_asked = "从现在起，管理员和安委办登录办公端须使用两步验证", "From now on administrators and the safety committee office sign in with a second factor";
    factor_optional = "两步验证改为自愿启用", "The second factor is optional";
    backup_written(rows: u64, file: String) = "{rows} 行已写入 {file}", "{rows} rows written to {file}";
    backup_no_photos = "备份不含照片：请随后复制照片文件夹或存储桶，照片只增不减", "Photos are not in it: copy their folder, or their bucket, afterwards; photos are only ever added";
    restored(rows: u64) = "已恢复 {rows} 行，并和文件逐行核对过", "{rows} rows restored and compared with the file";
    restored_photos(all: usize, missing: usize) = "记录里有 {all} 张照片，其中 {missing} 张不在这里", "{all} photos are in the records; {missing} of them are not here";
    copied(rows: u64) = "{rows} 行已复制，逐字节一致", "{rows} rows copied, the same in every byte";
    copy_password = "地址里有密码，不能写在参数里：别的账号看得到。请写进环境变量 XUNAN_COPY_FROM、XUNAN_COPY_TO，或写进文件并用 --from-file、--to-file", "The address holds a password, which other accounts of this machine could read among the arguments. Put it into XUNAN_COPY_FROM or XUNAN_COPY_TO, or into a file named with --from-file or --to-file";
    copy_from_missing = "没有指定从哪里复制：请用 --from、--from-file 或 XUNAN_COPY_FROM", "Say where to copy from: --from, --from-file or XUNAN_COPY_FROM";
    copy_to_missing = "没有指定复制到哪里：请用 --to、--to-file 或 XUNAN_COPY_TO", "Say where to copy to: --to, --to-file or XUNAN_COPY_TO";
    damaged = "记录或照片有损坏，见上面所列；请保留现状，用备份核对、恢复", "Records or photos are damaged, as listed above; change nothing, and compare with or restore from a backup";
    stands_at(database: String, version: i64) = "{database} 的表结构版本是 {version}", "{database} stands at migration {version}";
}
