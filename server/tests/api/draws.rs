//! `xunan draw check`: who has the file of a draw learns whether it holds, in their language and by how the command ends.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Beside the tests of the rules.
fn published(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/domain/tests/draw/files").join(name)
}

/// With what it ended, and what it said.
fn check(locale: &str, file: &Path, more: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xunan"));
    let run = command.env("LC_ALL", locale).args(["draw", "check"]).arg(file).args(more).output().unwrap();
    (run.status.code(), String::from_utf8([run.stdout, run.stderr].concat()).unwrap())
}

fn says(told: &(Option<i32>, String), code: i32, words: &[&str]) {
    assert_eq!(told.0, Some(code), "{}", told.1);
    for words in words {
        assert!(told.1.contains(words), "{words}: {}", told.1);
    }
}

#[test]
fn a_draw_that_holds_is_said_to_in_the_language_of_the_machine() {
    let fingerprint = "171e2175d2ec0c392ab9c1d5636adc559eb35e765579377efd63e20069274787";
    let file = published("public.json");
    let chinese = check("zh_CN.UTF-8", &file, &[]);
    says(&chinese, 0, &["没有被改过", "12 处场所中抽出 5 处", "双色球", "2026-11-22 21:40", fingerprint]);
    let english = check("C", &file, &["--fingerprint", fingerprint]);
    says(&english, 0, &["public.json holds", "5 sites drawn from 12", "is the one that was given"]);
    says(&check("C", &published("commitments.json"), &[]), 0, &["赵主任, 钱书记, 孙代表"]);
    says(&check("zh_CN.UTF-8", &published("void.json"), &[]), 0, &["已作废", "名单漏了新开的 6 处场所"]);
}

#[test]
fn what_was_changed_in_a_draw_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(published("public.json")).unwrap();
    let changed = |was: &str, is: &str| {
        assert_eq!(text.matches(was).count(), 1, "{was}");
        let file = folder.path().join("changed.json");
        fs::write(&file, text.replace(was, is)).unwrap();
        file
    };
    for (was, is, chinese, english) in [
        ("\"workload\": 6", "\"workload\": 0", "名单", "the list"),
        ("\"avoid_own_grid\": true", "\"avoid_own_grid\": false", "抽取方法", "the method"),
        ("\"words\": \"03 09", "\"words\": \"04 09", "被改过：种子\n", "changed: the seed\n"),
        ("9220e0316191661d", "0220e0316191661d", "抽取结果\n", "the result\n"),
        ("58d7662be81808a4", "08d7662be81808a4", "盐值", "the salt"),
    ] {
        let file = changed(was, is);
        says(&check("zh_CN.UTF-8", &file, &[]), 1, &[chinese, "不一致"]);
        says(&check("C", &file, &[]), 1, &[english, "is not as it was frozen and drawn"]);
    }
    let other = "ab".repeat(32);
    let told = check("C", &published("public.json"), &["--fingerprint", &other]);
    says(&told, 1, &["this is another draw"]);
}

#[test]
fn what_is_no_draw_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("no-draw.json");
    fs::write(&file, "{}").unwrap();
    says(&check("C", &file, &[]), 1, &["does not have the right format"]);
    says(&check("C", &folder.path().join("nothing.json"), &[]), 1, &["cannot be read"]);
    let unwritten = ["--fingerprint", "171E"];
    says(&check("C", &published("public.json"), &unwritten), 1, &["\"171E\" is no fingerprint"]);
}
